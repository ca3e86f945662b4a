package profile_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestUncheckedActionKeepsItsWords(t *testing.T) {
	std := library.New().Standard(library.Default)
	day := calendar.Of(2026, 11, 22)
	p := profile.Profile{Standard: "ST0413", Goals: []profile.Goal{{
		ID: "g-1", KSBs: []string{"K7"}, Text: safetext.New("goal"), Status: profile.GoalActive,
		Actions: []profile.Action{{ID: "a-1", Sort: profile.Study, Text: safetext.New("old"), Status: profile.ActionOpen}},
	}}}
	must := func(c profile.Change) {
		t.Helper()
		q, err := c.Apply(p, std)
		if err != nil {
			t.Fatal(err)
		}
		p = q
	}
	words, due := safetext.New("wholly new"), day.AddDays(7)
	must(profile.StartReview{ID: "r-1", On: day, Kind: profile.ReviewProgress, With: []safetext.Text{safetext.New("J")}})
	if _, err := (profile.EditAction{ID: "a-1", Text: &words}).Apply(p, std); err == nil {
		t.Error("an action of last time was reworded before it was checked")
	}
	must(profile.EditAction{ID: "a-1", Due: &due}) // its date may move
	must(profile.CheckAction{Review: "r-1", Action: "a-1", Outcome: profile.ActionChanged, Reason: safetext.New("unit moved"), On: day})
	must(profile.EditAction{ID: "a-1", Text: &words})
}

func TestAgreeingNeedsAnOpenRound(t *testing.T) {
	std := library.New().Standard(library.Default)
	day := calendar.Of(2026, 11, 22)
	p := profile.Profile{Standard: "ST0413", Rounds: []profile.Round{{ID: "baseline", Opened: day, Closed: day}}}
	if _, err := (profile.Agree{KSB: "K7", Level: 2, Reason: safetext.New("late"), On: day}).Apply(p, std); err == nil {
		t.Error("agreeing after the close opened a round unasked")
	}
}

// Reopening an old action counts as new work, so it has to wait until the old actions are checked.
func TestReopeningInAReviewWaitsForTheChecks(t *testing.T) {
	p := decode(t, full).Profile
	p.Reviews = nil
	p = mustApply(t, p,
		profile.AddGoal{Goal: profile.Goal{ID: "g-parked", KSBs: []string{"S1"}, Text: text("Later"), Status: profile.GoalParked, Actions: []profile.Action{{ID: "a-later", Sort: profile.Study, Text: text("Read")}}}},
		profile.AddGoal{Goal: profile.Goal{ID: "g-over", KSBs: []string{"S2"}, Text: text("Over"), Status: profile.GoalDone}})
	up := []profile.Change{
		profile.SetGoalStatus{ID: "g-parked", Status: profile.GoalActive, On: today},
		profile.SetGoalStatus{ID: "g-over", Status: profile.GoalActive, On: today},
		profile.SetActionStatus{ID: "a-91xe", Status: profile.ActionOpen, On: today},
	}
	mustApply(t, p, up...)
	p = mustApply(t, p, profile.StartReview{ID: "r-1", On: today, With: []safetext.Text{text("J")}})
	for _, c := range up {
		mustRefuse(t, p, c, "1 action of last time is not checked yet")
	}
	// Parking and editing are not new work.
	mustApply(t, p, profile.SetGoalStatus{ID: "g-2mq9", Status: profile.GoalParked, On: today, Actions: profile.ActionOpen}, profile.EditGoal{ID: "g-parked", Why: ptr(text("later still"))})
	p = mustApply(t, p, profile.CheckAction{Review: "r-1", Action: "a-91xd", Outcome: profile.ActionDone})
	p = mustApply(t, p, up...)
	r, _ := p.OpenReview()
	var ids []string
	for _, a := range p.NewActions(r) {
		ids = append(ids, a.ID)
	}
	if strings.Join(ids, " ") != "a-91xe a-later" {
		t.Errorf("new in the review: %q", ids)
	}
}

func TestClosingAnActionInAReviewChecksIt(t *testing.T) {
	p := inReview(t)
	for status, note := range map[profile.ActionStatus]string{profile.ActionDone: "", profile.ActionNotDone: "cancelled", profile.ActionChanged: "smaller", profile.ActionDropped: "closed"} {
		c := profile.SetActionStatus{ID: "a-91xd", Status: status, On: today.AddDays(2)}
		if note != "" {
			mustRefuse(t, p, c, "needs a reason")
		}
		c.Note = text(note)
		q := mustApply(t, p, c)
		r, _ := q.OpenReview()
		a, _, _ := q.Action("a-91xd")
		if want := (profile.Checked{Action: "a-91xd", Outcome: status, Reason: text(note)}); r.Checked[0] != want || len(q.Unchecked(r)) != 0 {
			t.Errorf("%s: checked %+v", status, r.Checked)
		}
		if a.Status != status || a.Note != text(note) || a.Closed != c.On {
			t.Errorf("%s: the action %+v", status, a)
		}
	}
	// Outside a review no reason is needed.
	free := mustApply(t, p, profile.CheckAction{Review: "r-new", Action: "a-91xd", Outcome: profile.ActionDone},
		profile.AddAction{Goal: "g-2mq9", Action: profile.Action{ID: "a-x", Sort: profile.Study, Text: text("Read it")}},
		profile.SetActionStatus{ID: "a-x", Status: profile.ActionDropped, On: today})
	if r, _ := free.OpenReview(); len(r.Checked) != 1 {
		t.Errorf("checked %+v", r.Checked)
	}
}

// An action that was set in a review is checked in the next one, whatever became of its goal.
func TestNextReviewChecksEveryActionOfTheLast(t *testing.T) {
	for _, status := range []profile.GoalStatus{profile.GoalParked, profile.GoalDone, profile.GoalDropped} {
		p := mustApply(t, decode(t, full).Profile, profile.SetGoalStatus{ID: "g-2mq9", Status: status, On: today, Note: text("later"), Actions: profile.ActionOpen})
		p.Reviews = []profile.Review{{ID: "r-1", On: today.AddDays(-30), Closed: today.AddDays(-30), Actions: []string{"a-91xd"}}}
		if left := p.ToCheck(); len(left) != 1 || left[0].ID != "a-91xd" {
			t.Errorf("%s: to check %+v", status, left)
		}
		p = mustApply(t, p, profile.StartReview{ID: "r-2", On: today, With: []safetext.Text{text("J")}})
		r, _ := p.OpenReview()
		if left := p.Unchecked(r); len(left) != 1 || left[0].ID != "a-91xd" {
			t.Errorf("%s: unchecked %+v", status, left)
		}
		next := profile.Action{ID: "a-next", Sort: profile.Study, Text: text("Read it after all")}
		p = mustApply(t, p, profile.CheckAction{Review: "r-2", Action: "a-91xd", Outcome: profile.ActionChanged, Reason: text("no time"), Next: &next})
		r, _ = p.OpenReview()
		if fresh := p.NewActions(r); len(fresh) != 1 || fresh[0].ID != "a-next" {
			t.Errorf("%s: what goes on is not among those set: %+v", status, fresh)
		}
	}
}

// Ending a goal must say what becomes of its open actions, so that none disappears with it.
func TestEndingAGoalSettlesItsOpenActions(t *testing.T) {
	p := decode(t, full).Profile
	p.Reviews = nil
	for _, status := range []profile.GoalStatus{profile.GoalParked, profile.GoalDone, profile.GoalDropped} {
		c := profile.SetGoalStatus{ID: "g-2mq9", Status: status, On: today, Note: text("why")}
		mustRefuse(t, p, c, "1 action of this goal is still open")
		c.Actions = profile.ActionChanged
		mustRefuse(t, p, c, "cannot all be changed at once")
		c.Actions, c.Reason = profile.ActionNotDone, text("cancelled")
		a, _, _ := mustApply(t, p, c).Action("a-91xd")
		if a.Status != profile.ActionNotDone || a.Note.Raw() != "cancelled" || a.Closed != today {
			t.Errorf("%s: %+v", status, a)
		}
	}
	// In a review it checks each of them, by the same rules.
	p = mustApply(t, p, profile.StartReview{ID: "r-1", On: today, With: []safetext.Text{text("J")}})
	c := profile.SetGoalStatus{ID: "g-2mq9", Status: profile.GoalDone, On: today, Actions: profile.ActionDropped}
	mustRefuse(t, p, c, "needs a reason")
	c.Reason = text("not needed")
	p = mustApply(t, p, c)
	if r, _ := p.OpenReview(); len(p.Unchecked(r)) != 0 || r.Checked[0].Outcome != profile.ActionDropped {
		t.Errorf("checked %+v", r.Checked)
	}
}

// In an open review the record and the plan agree about an action, even if it is changed after its check.
func TestRecordFollowsChangesAfterACheck(t *testing.T) {
	p := inReview(t)
	next := profile.Action{ID: "a-next", Sort: profile.Study, Text: text("Read it after all")}
	p = mustApply(t, p, profile.CheckAction{Review: "r-new", Action: "a-91xd", Outcome: profile.ActionChanged, Reason: text("smaller"), Next: &next})
	again := mustApply(t, p, profile.SetActionStatus{ID: "a-91xd", Status: profile.ActionOpen, On: today})
	r, _ := again.OpenReview()
	a, _, _ := again.Action("a-91xd")
	if a.Status != profile.ActionOpen || len(again.Unchecked(r)) != 1 || r.Checked[0] != (profile.Checked{Action: "a-91xd", Outcome: profile.ActionOpen}) {
		t.Errorf("opened again: %+v, checked %+v", a, r.Checked)
	}
	if _, _, there := again.Action("a-next"); there {
		t.Error("what took its place is still there")
	}
	mustRefuse(t, again, profile.CloseReview{ID: "r-new", On: today, Next: today.AddMonths(3)}, "not checked yet")
	anew := mustApply(t, p, profile.SetActionStatus{ID: "a-91xd", Status: profile.ActionDropped, On: today, Note: text("closed")})
	r, _ = anew.OpenReview()
	if a, _, _ := anew.Action("a-91xd"); a.Status != r.Checked[0].Outcome || a.Note != r.Checked[0].Reason {
		t.Errorf("said anew: %+v, checked %+v", a, r.Checked)
	}
}
