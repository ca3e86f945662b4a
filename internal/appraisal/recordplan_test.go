package appraisal_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// The names of the levels in a record, and the default target, are still those of the content.
func TestRecordsNameTheLevelsOfTheScale(t *testing.T) {
	scale := lib.Scale()
	if scale.Target != profile.DefaultTarget {
		t.Errorf("target %s", scale.Target)
	}
	p := apply(t, blank("Asha"), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	for i, id := range std.Walk()[:5] {
		p = apply(t, p, profile.Agree{KSB: id, Level: level.Level(i), Reason: text("seen"), On: today, Who: text("J. Ode")})
	}
	r, _ := p.OpenReview()
	record := appraisal.Record(p, std, r)
	for i, id := range std.Walk()[:5] {
		l := level.Level(i)
		if want := id + ": Agreed " + l.String() + ", " + scale.Words(l).Name + ", 22 Nov 2026, with J. Ode; target 3"; !strings.Contains(record, want) {
			t.Errorf("no %q in\n%s", want, record)
		}
	}
}

// The record lists actions that go on from last time apart from new ones, each under its goal. It has the answers to
// the closing questions only if the learner includes them, and puts no words into anybody's mouth.
func TestRecordSeparatesWhatGoesOnFromWhatIsNew(t *testing.T) {
	p := apply(t, asha(), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	r, _ := p.OpenReview()
	for i, a := range p.Unchecked(r) {
		check := profile.CheckAction{Review: "r-1", Action: a.ID, Outcome: profile.ActionNotDone, Reason: text("no time")}
		if i == 0 {
			check.Outcome, check.Next = profile.ActionChanged, &profile.Action{ID: "a-on", Sort: a.Sort, Text: text("Go on with it"), Due: calendar.Of(2027, 1, 31)}
		}
		p = apply(t, p, check)
	}
	p = apply(t, p, profile.AddAction{Goal: p.Goals[1].ID, Action: profile.Action{ID: "a-new", Sort: profile.People, Text: text("Teach one")}},
		profile.AgreeEqual{On: today}, profile.EditReview{ID: "r-1", Clear: ptr("yes")})
	r, _ = p.OpenReview()
	record := appraisal.Record(p, std, r)
	goals, after, _ := strings.Cut(record, "\nActions of last time\n")
	on, fresh := strings.Index(goals, "    Goes on: Go on with it. By 31 Jan 2027\n"), strings.Index(goals, "    New: Teach one\n")
	if on < 0 || fresh < 0 || strings.Index(goals, "\nGoals\n") > on {
		t.Errorf("goes on at %d, new at %d in\n%s", on, fresh, goals)
	}
	if strings.Contains(after, "New: ") || strings.Contains(record, "we both saw it the same") || strings.Contains(record, "Clear objectives") {
		t.Errorf("not meant to be in\n%s", record)
	}
	share := []string{profile.ShareAnswers}
	p = apply(t, p, profile.EditReview{ID: "r-1", Share: &share})
	r, _ = p.OpenReview()
	if record := appraisal.Record(p, std, r); !strings.Contains(record, "Closing questions\n  Clear objectives were set: yes\n") {
		t.Errorf("the answers are left out of\n%s", record)
	}
}

// A KSB that only a mentor rated is not in the draft, which the learner reads, until both have looked; it is in the
// closed record. If the mentor changes the level after that, the record says so.
func TestRecordShowsWhatOnlyTheMentorRated(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "K7", 3, today), twoSay("K7", 1, 3)[0], twoSay("S9", 4, 3)[0],
		profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	r, _ := p.OpenReview()
	const alone = "Rated by the mentor alone\n  S9: J. Ode 4.\n"
	if record := appraisal.Record(p, std, r); strings.Contains(record, "J. Ode 4") {
		t.Errorf("the draft tells it:\n%s", record)
	}
	_, record, err := appraisal.Close(p, std, profile.CloseReview{ID: "r-1", On: today, Next: days(90), Round: true})
	if err != nil || !strings.Contains(record, alone) {
		t.Errorf("%v: %s", err, record)
	}
	p = apply(t, p, profile.Reveal{On: today}, twoSay("K7", 3, 3)[0])
	r, _ = p.OpenReview()
	if record := appraisal.Record(p, std, r); !strings.Contains(record, alone) || !strings.Contains(record, "Not settled\n  K7: Asha 3; J. Ode 1, then 3 after talking.") {
		t.Errorf("%s", record)
	}
}

// A closed record keeps the goals, levels and targets of its day. One with an earlier layout does not count as changed.
func TestRecordKeepsGoalsAndLevels(t *testing.T) {
	p, c, record := closed(t)
	later := apply(t, p,
		profile.EditGoal{ID: p.Goals[1].ID, Text: ptr(text("Something else"))}, profile.SetGoalStatus{ID: p.Goals[2].ID, Status: profile.GoalParked, On: today, Note: text("later")},
		profile.SetTarget{KSB: "K7", Level: 4}, rate(profile.Self, "K7", 4, today))
	r, _ := later.Review("r-1")
	if got := appraisal.Record(later, std, r); got != record || appraisal.Changed(later, std, r) != "" {
		t.Errorf("it reads now\n%s", got)
	}
	r.Kept.Layout, r.Hash = 0, c.Hash[:len(c.Hash)-1]+"x"
	if why := appraisal.Changed(later, std, r); !strings.Contains(why, "laid its record out differently") {
		t.Error(why)
	}
	if code := appraisal.Code(c.Hash); len(code) != 14 || strings.Count(code, "-") != 2 || !strings.HasPrefix(c.Hash, "sha256:"+code[:4]) {
		t.Error(code)
	}
}

// Before a review is closed, Bare says what its record lacks.
func TestBareSaysWhatIsMissing(t *testing.T) {
	p := apply(t, blank("Asha"), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	r, _ := p.OpenReview()
	if got := appraisal.Bare(p, r); got != "The record holds no goal under way, no new action and no word of what was agreed." {
		t.Error(got)
	}
	words := text("see her on artefact")
	p = apply(t, p, profile.AddGoal{Goal: profile.Goal{ID: "g-1", KSBs: []string{"K7"}, Text: text("Say it")}},
		profile.AddAction{Goal: "g-1", Action: profile.Action{ID: "a-1", Sort: profile.Study, Text: text("Read")}}, profile.EditReview{ID: "r-1", Agreed: &words})
	r, _ = p.OpenReview()
	if got := appraisal.Bare(p, r); got != "" {
		t.Error(got)
	}
}

// An agreed level that the learner has rated differently since is due in the round, and comes to the review.
func TestAgedAgreementsAreDueAndBroughtToTheReview(t *testing.T) {
	agreed := profile.Agree{KSB: "K7", Level: 2, Reason: text("seen"), On: days(-300), Who: text("J. Ode")}
	p := apply(t, blank("Asha"), rate(profile.Self, "S6", 3, days(-300)), agreed, rate(profile.Self, "K7", 4, days(-20)), profile.CloseRound{On: days(-20)},
		profile.OpenRound{On: days(-1)})
	words := "agreed 2 in January, you say 4 since 2 Nov"
	r := gap.Compute(std, lib.Scale(), p, today)
	due := appraisal.Due(r, p)
	if due[0].KSB != "K7" || !due[0].Aged || due[0].Words != words {
		t.Errorf("put forward: %+v", due[:2])
	}
	pack := appraisal.Prepare(r, p, func(string) (coaching.Entry, bool) { return coaching.Entry{}, false }, func(id string) string { return id })
	if len(pack.Aged) != 1 || pack.Aged[0].Words != words {
		t.Errorf("to bring: %+v", pack.Aged)
	}
	moments := appraisal.Timeline(p, std, lib.Scale(), today)
	progress := func(ksbs ...string) string {
		return fmt.Sprint(appraisal.ProgressDoc(r, p, moments, ksbs, func(id string) string { return id }, strconv.Itoa))
	}
	for _, ksbs := range [][]string{nil, {"K7"}, {"S6", "K7"}} {
		if got := progress(ksbs...); !strings.Contains(got, words) {
			t.Errorf("progress of %v does not say it:\n%s", ksbs, got)
		}
	}
	if got := progress("S6"); strings.Contains(got, words) {
		t.Errorf("progress of another KSB:\n%s", got)
	}
}

// If a level was agreed, then rated differently, and they recorded that they differ, the record lists the KSB only
// under the differences. A record from before that rule keeps its text, and so its check code.
func TestRecordSaysOnceThatTheyDiffer(t *testing.T) {
	earlier := calendar.Of(2026, 11, 12)
	mentor := func(who string, l level.Level, on calendar.Date) profile.Change {
		return profile.Rate{KSB: "K7", By: profile.Mentor, Level: l, On: on, Who: text(who)}
	}
	for said, between := range map[string][]profile.Change{
		"K7: Asha 3; P. Grant 1; J. Ode 2; ": nil, // in the same round
		"K7: Asha 3; P. Grant 1; ":           {profile.CloseRound{On: earlier}, profile.OpenRound{ID: "second", On: today}, rate(profile.Self, "K7", 3, today)},
	} {
		t.Run(said, func(t *testing.T) {
			p := apply(t, blank("Asha"), rate(profile.Self, "K7", 3, earlier), mentor("J. Ode", 2, earlier),
				profile.Agree{KSB: "K7", Level: 2, On: earlier, Who: text("J. Ode"), Reason: text("seen twice")},
				profile.AddGoal{Goal: profile.Goal{ID: "g-1", Text: text("Teach it"), KSBs: []string{"K7"}, Set: earlier}})
			p = apply(t, p, between...)
			p = apply(t, p, mentor("P. Grant", 1, today), profile.RecordDiffer{KSB: "K7", On: today, Note: text("See it once more")},
				profile.StartReview{ID: "r-1", On: today, With: texts([]string{"P. Grant"})})
			c, record, err := appraisal.Close(p, std, profile.CloseReview{ID: "r-1", On: today, Next: today.AddMonths(3), Round: true})
			if err != nil {
				t.Fatal(err)
			}
			_, below, _ := strings.Cut(record, "Where we differ\n")
			if !strings.Contains(below, said+"agreed 2 before that, on 12 Nov 2026, with J. Ode. See it once more") || strings.Contains(record, "Agreed levels") || strings.Contains(record, "Agreed 2") {
				t.Error(record)
			}
			if !strings.Contains(record, "      We differ: ") {
				t.Errorf("the goal is silent:\n%s", record)
			}
			p = apply(t, p, c)
			r, _ := p.Review("r-1")
			r.Kept.Layout = profile.OldestLayout
			if old := appraisal.Record(p, std, r); !strings.Contains(old, "Agreed 2, Supported, 12 Nov 2026") || strings.Contains(old, "before that") {
				t.Errorf("a record of before reads now\n%s", old)
			}
		})
	}
}

// While an action is overdue, not everything of last time is dealt with.
func TestLeftAnswered(t *testing.T) {
	for _, c := range []struct {
		days []int // until each action is due
		want string
	}{
		{nil, "All that was left last time is answered."},
		{[]int{0, 9}, "All that was left last time is answered."},
		{[]int{-1, 9}, "Nothing else is left to answer; 1 action is overdue."},
		{[]int{-1, -20}, "Nothing else is left to answer; 2 actions are overdue."},
	} {
		g := profile.Goal{ID: "g", Status: profile.GoalActive}
		for _, n := range c.days {
			g.Actions = append(g.Actions, profile.Action{Status: profile.ActionOpen, Due: today.AddDays(n)})
		}
		if got := appraisal.LeftAnswered(profile.Profile{Goals: []profile.Goal{g}}, today); got != c.want {
			t.Errorf("%v: %q", c.days, got)
		}
	}
}
