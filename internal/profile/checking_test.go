package profile_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func step(id, words string) profile.Action {
	return profile.Action{ID: id, Sort: profile.Practise, Text: text(words)}
}

// between is a learner some time after a review that set three actions, one of which is done. Another was added since.
func between(t *testing.T) profile.Profile {
	t.Helper()
	p := decode(t, small).Profile
	with := []safetext.Text{text("J. Ode")}
	return mustApply(t, p, newGoal("g", nil),
		profile.StartReview{ID: "r-1", On: today, With: with},
		profile.AddAction{Goal: "g", Action: step("a-1", "One")}, profile.AddAction{Goal: "g", Action: step("a-2", "Two")}, profile.AddAction{Goal: "g", Action: step("a-3", "Three")},
		profile.CloseReview{ID: "r-1", On: today, Next: today.AddDays(90)},
		profile.SetActionStatus{ID: "a-2", Status: profile.ActionDone, On: today.AddDays(9), Note: text("the log")},
		profile.AddAction{Goal: "g", Action: step("a-4", "Four")},
		profile.KeepPrivate{Workload: ptr(text("two lists"))})
}

func checkedIn(p profile.Profile) []profile.Checked {
	r, _ := p.OpenReview()
	return r.Checked
}

func TestReviewLooksBack(t *testing.T) {
	p := mustApply(t, between(t), profile.StartReview{ID: "r-2", On: today.AddDays(90), With: []safetext.Text{text("J")}})
	want := []profile.Checked{
		{Action: "a-1", Outcome: profile.ActionOpen},
		{Action: "a-2", Outcome: profile.ActionDone, Reason: text("the log"), Before: true},
		{Action: "a-3", Outcome: profile.ActionOpen},
		{Action: "a-4", Outcome: profile.ActionOpen, Since: true},
	}
	if got := checkedIn(p); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	mustRefuse(t, p, profile.CheckAction{Review: "r-2", Action: "a-2", Outcome: profile.ActionDone}, "had ended before the review started")
	got := edit(t, string(mustNew(t, p)), profile.CheckAction{Review: "r-2", Action: "a-4", Outcome: profile.ActionDone, Reason: text("seen")})
	for _, line := range []string{"before = true", "since = true", `reason = "seen"`} {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("no %s in\n%s", line, got)
		}
	}
}

// Unchecked actions are counted separately if they were added since the last review.
func TestCountUnchecked(t *testing.T) {
	p := mustApply(t, between(t), profile.StartReview{ID: "r-2", On: today.AddDays(90), With: []safetext.Text{text("J")}})
	for _, x := range []struct{ check, want string }{
		{"", "2 actions of last time and 1 added since"},
		{"a-1", "1 action of last time and 1 added since"},
		{"a-3", "1 action added since last time"},
	} {
		if x.check != "" {
			p = mustApply(t, p, profile.CheckAction{Review: "r-2", Action: x.check, Outcome: profile.ActionDone, Reason: text("seen")})
		}
		r, _ := p.OpenReview()
		if got := p.CountUnchecked(r); got != x.want {
			t.Errorf("%q", got)
		}
	}
	mustRefuse(t, p, profile.CloseReview{ID: "r-2", On: today.AddDays(90), Next: today.AddDays(180)}, "1 action added since last time is not checked yet")
	p = mustApply(t, p, profile.CheckAction{Review: "r-2", Action: "a-4", Outcome: profile.ActionDone})
	if r, _ := p.OpenReview(); p.CountUnchecked(r) != "0 actions of last time" {
		t.Error(p.CountUnchecked(r))
	}
}

// A review notes an action that had ended before it. If its outcome is changed during the review, the note changes too,
// so that the record and the plan agree.
func TestReviewNotesNewOutcomeOfEndedAction(t *testing.T) {
	p := mustApply(t, between(t), profile.StartReview{ID: "r-2", On: today.AddDays(90), With: []safetext.Text{text("J")}})
	noted := func(p profile.Profile) profile.Checked { return checkedIn(p)[1] }
	q := mustApply(t, p, profile.SetActionStatus{ID: "a-2", Status: profile.ActionNotDone, On: today.AddDays(90), Note: text("only half")})
	want := profile.Checked{Action: "a-2", Outcome: profile.ActionNotDone, Reason: text("only half"), Before: true}
	if got := noted(q); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if a, _, _ := q.Action("a-2"); a.Status != noted(q).Outcome || a.Note != noted(q).Reason {
		t.Errorf("the plan says %+v", a)
	}
	if noted(p).Outcome != profile.ActionDone {
		t.Error("the record before the change was changed")
	}
}

func mustNew(t *testing.T, p profile.Profile) []byte {
	t.Helper()
	src, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// The replacement of a changed action is added at once, even if other actions are unchecked. Checking it again gives
// one replacement, not two.
func TestChangedActionIsReplaced(t *testing.T) {
	p := mustApply(t, between(t), profile.StartReview{ID: "r-2", On: today.AddDays(90), With: []safetext.Text{text("J")}})
	next := step("a-5", "One, on two days")
	next.Due = today.AddDays(120)
	changed := profile.CheckAction{Review: "r-2", Action: "a-1", Outcome: profile.ActionChanged, Reason: text("more time"), Next: &next}
	q := mustApply(t, p, changed)
	a, g, ok := q.Action("a-5")
	if !ok || g.ID != "g" || a.Status != profile.ActionOpen || a.Due != next.Due || checkedIn(q)[0].Next != "a-5" {
		t.Fatalf("%+v, %+v", a, checkedIn(q))
	}
	if old, _, _ := q.Action("a-1"); old.Status != profile.ActionChanged || old.Note.Raw() != "more time" {
		t.Errorf("the old one: %+v", old)
	}
	r, _ := q.OpenReview()
	if n := q.NewActions(r); len(n) != 1 || n[0].ID != "a-5" || len(q.Unchecked(r)) != 2 {
		t.Errorf("new %+v, unchecked %+v", n, q.Unchecked(r))
	}
	mustRefuse(t, q, profile.AddAction{Goal: "g", Action: step("a-6", "Six")}, "1 action of last time and 1 added since are not checked yet")
	mustRefuse(t, p, profile.CheckAction{Review: "r-2", Action: "a-1", Outcome: profile.ActionDone, Next: &next}, "only a changed action can be replaced")
	mustRefuse(t, p, profile.CheckAction{Review: "r-2", Action: "a-1", Outcome: profile.ActionChanged, Reason: text("x"), Next: ptr(step("a-1", "x"))}, "is in use")
	mustRefuse(t, p, profile.CheckAction{Review: "r-2", Action: "a-9", Outcome: profile.ActionChanged, Reason: text("x"), Next: &next}, "no action")
	ids := func(p profile.Profile) (out []string) {
		g, _ := p.Goal("g")
		for _, a := range g.Actions {
			out = append(out, a.ID)
		}
		return out
	}
	same := changed
	same.Next, same.Reason = nil, text("still")
	if q := mustApply(t, q, same); !slices.Equal(ids(q), ids(mustApply(t, p, changed))) || checkedIn(q)[0].Next != "a-5" {
		t.Errorf("another reason: %q", ids(q))
	}
	mustRefuse(t, q, profile.CheckAction{Review: "r-2", Action: "a-5", Outcome: profile.ActionDone}, "a-5 is not among the actions")
	none := same
	none.NoNext = true
	if q := mustApply(t, q, none); !slices.Equal(ids(q), ids(p)) || checkedIn(q)[0].Next != "" || checkedIn(q)[0].Reason.Raw() != "still" {
		t.Errorf("nothing takes its place after all: %q", ids(q))
	}
	again := changed
	again.Next = ptr(step("a-7", "One, on three days"))
	if q := mustApply(t, q, again); !slices.Equal(ids(q), []string{"a-1", "a-2", "a-3", "a-4", "a-7"}) || checkedIn(q)[0].Next != "a-7" {
		t.Errorf("changed otherwise: %q", ids(q))
	}
	if q := mustApply(t, q, profile.CheckAction{Review: "r-2", Action: "a-1", Outcome: profile.ActionDone}); !slices.Equal(ids(q), ids(p)) || checkedIn(q)[0].Next != "" {
		t.Errorf("done after all: %q", ids(q))
	}
}

// An action that ended in a closed review keeps its outcome and note; a later review cannot check it again.
func TestOutcomeInClosedReviewStays(t *testing.T) {
	with := []safetext.Text{text("J")}
	p := mustApply(t, between(t), profile.StartReview{ID: "r-2", On: today.AddDays(90), With: with})
	r, _ := p.OpenReview()
	for _, a := range p.Unchecked(r) {
		p = mustApply(t, p, profile.CheckAction{Review: "r-2", Action: a.ID, Outcome: profile.ActionDropped, Reason: text("moved ward")})
	}
	p = mustApply(t, p, profile.CloseReview{ID: "r-2", On: today.AddDays(90), Next: today.AddDays(180)}, profile.StartReview{ID: "r-3", On: today.AddDays(180), With: with})
	mustRefuse(t, p, profile.CheckAction{Review: "r-3", Action: "a-1", Outcome: profile.ActionDone}, "a-1 was dropped on "+today.AddDays(90).Long()+", in an earlier review")
	p = mustApply(t, p, profile.AddAction{Goal: "g", Action: step("a-8", "Eight")})
	mustRefuse(t, p, profile.CheckAction{Review: "r-3", Action: "a-8", Outcome: profile.ActionDone}, "a-8 is not among the actions")
}

// Closing an action in the plan has the same effect as checking it, in a review and outside.
func TestActionClosedAsChangedIsReplaced(t *testing.T) {
	c := profile.SetActionStatus{ID: "a-1", Status: profile.ActionChanged, On: today.AddDays(91), Note: text("more time"), Next: ptr(step("a-5", "Goes on"))}
	p := between(t)
	if a, _, _ := mustApply(t, p, c).Action("a-5"); a.Status != profile.ActionOpen {
		t.Errorf("%+v", a)
	}
	p = mustApply(t, p, profile.StartReview{ID: "r-2", On: today.AddDays(90), With: []safetext.Text{text("J")}})
	if q := mustApply(t, p, c); checkedIn(q)[0].Next != "a-5" {
		t.Errorf("%+v", checkedIn(q))
	}
	c.Status = profile.ActionDone
	mustRefuse(t, between(t), c, "only a changed action can be replaced")
	c.ID, c.Status = "a-2", profile.ActionChanged
	mustRefuse(t, p, c, "2 actions of last time and 1 added since are not checked yet")
}

func TestCancelReview(t *testing.T) {
	before := between(t)
	p := mustApply(t, before, profile.StartReview{ID: "r-2", On: today.AddDays(90), With: []safetext.Text{text("J")}})
	same(t, mustApply(t, p, profile.CancelReview{ID: "r-2"}), before)
	p = mustApply(t, p,
		profile.CheckAction{Review: "r-2", Action: "a-1", Outcome: profile.ActionChanged, Reason: text("x"), Next: ptr(step("a-5", "Goes on"))},
		profile.CheckAction{Review: "r-2", Action: "a-3", Outcome: profile.ActionDone, Reason: text("seen")})
	same(t, mustApply(t, p, profile.CancelReview{ID: "r-2"}), before)
	p = mustApply(t, p, profile.CheckAction{Review: "r-2", Action: "a-4", Outcome: profile.ActionDropped, Reason: text("x")},
		profile.AddAction{Goal: "g", Action: step("a-6", "Six")}, profile.KeepPrivate{Support: ptr(text("an hour"))},
		profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today})
	q := mustApply(t, p, profile.CancelReview{ID: "r-2"})
	if _, _, ok := q.Action("a-6"); !ok || q.Prepared.Support.Raw() != "an hour" || q.Prepared.Workload.Raw() != "two lists" {
		t.Errorf("a new action is there: %v; notes %+v", ok, q.Prepared)
	}
	if x, _ := q.Newest("K7", profile.Self); x.Level != 2 {
		t.Errorf("the rating went: %+v", x)
	}
	mustRefuse(t, q, profile.CancelReview{ID: "r-2"}, "there is no review")
	mustRefuse(t, q, profile.CancelReview{ID: "r-1"}, "was closed on")
}

// A review is about one round only: its record has what was agreed in that round and nothing else.
func TestRoundOf(t *testing.T) {
	rate := func(ksb string) profile.Change {
		return profile.Rate{KSB: ksb, By: profile.Self, Level: 2, On: today}
	}
	start := profile.StartReview{ID: "r", On: today, With: []safetext.Text{text("J")}}
	closeRound := profile.CloseRound{On: today}
	for name, x := range map[string]struct {
		changes []profile.Change
		want    string
	}{
		"open at the start":                 {[]profile.Change{start}, "baseline"},
		"closed in the meeting":             {[]profile.Change{start, closeRound}, "baseline"},
		"another begins":                    {[]profile.Change{start, closeRound, rate("K7")}, "baseline"},
		"another is opened":                 {[]profile.Change{start, closeRound, profile.OpenRound{ID: "next", On: today}}, "baseline"},
		"none is open":                      {[]profile.Change{closeRound, start}, ""},
		"opened in the meeting":             {[]profile.Change{closeRound, start, rate("K7")}, "review-1"},
		"opened by name":                    {[]profile.Change{closeRound, start, profile.OpenRound{ID: "next", On: today}}, "next"},
		"opened, closed, and another":       {[]profile.Change{closeRound, start, rate("K7"), closeRound, rate("K7")}, "review-1"},
		"before the review, and the review": {[]profile.Change{closeRound, rate("K7"), start}, "review-1"},
	} {
		p := mustApply(t, decode(t, small).Profile, x.changes...)
		r, _ := p.OpenReview()
		if round, ok := p.RoundOf(r); round.ID != x.want || ok != (x.want != "") {
			t.Errorf("%s: %q, want %q", name, round.ID, x.want)
		}
		closed := mustApply(t, p, profile.CloseReview{ID: "r", On: today, Next: today.AddDays(90), Round: true})
		r, _ = closed.Review("r")
		if x.want == "next" {
			x.want = "" // nothing is rated in it, so it stays open
		}
		if r.Round != x.want {
			t.Errorf("%s: closed with %q, want %q", name, r.Round, x.want)
		}
		if open, is := p.Open(); is && open.ID != x.want {
			if _, still := closed.Open(); !still {
				t.Errorf("%s: the round that has begun since was closed too", name)
			}
		}
	}
}

// An older version of the program wrote the last round into a review even if that was closed before.
func TestRoundOfAnOlderOpenReview(t *testing.T) {
	p := decode(t, swap(t, small, "opened = 2025-09-20\n", "opened = 2025-09-20\nclosed = 2025-09-28\n")+"[[review]]\nid = \"r\"\non = 2026-09-09\nround = \"baseline\"\n").Profile
	r, _ := p.OpenReview()
	if round, ok := p.RoundOf(r); ok {
		t.Errorf("looks at %s", round.ID)
	}
	p = mustApply(t, p, profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today})
	if r, _ = p.OpenReview(); r.Round != "review-1" {
		t.Errorf("noted %q", r.Round)
	}
}

func TestWithoutOpenAction(t *testing.T) {
	p := between(t)
	if got := p.WithoutOpenAction(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	p = mustApply(t, p, newGoal("g-2", nil), newGoal("g-3", func(g *profile.Goal) { g.Status = profile.GoalParked }))
	for _, id := range []string{"a-1", "a-3", "a-4"} {
		p = mustApply(t, p, profile.SetActionStatus{ID: id, Status: profile.ActionDone, On: today})
	}
	var ids []string
	for _, g := range p.WithoutOpenAction() {
		ids = append(ids, g.ID)
	}
	if !slices.Equal(ids, []string{"g", "g-2"}) {
		t.Errorf("%q", ids)
	}
}

func TestOutcomeLabelQuotesTheAction(t *testing.T) {
	p := profile.Profile{Goals: []profile.Goal{{ID: "g-1", Actions: []profile.Action{
		{ID: "a-1", Text: text("Observe two clinics")}, {ID: "a-2", Text: text("Observe two outpatient clinics, then write down what each of them asked")},
	}}}}
	for want, change := range map[string]profile.Change{
		`outcome of "Observe two clinics"`:                         profile.CheckAction{Action: "a-1"},
		`outcome of "Observe two outpatient clinics, then wri..."`: profile.SetActionStatus{ID: "a-2", Status: profile.ActionDone},
		`reopening of "Observe two clinics"`:                       profile.SetActionStatus{ID: "a-1", Status: profile.ActionOpen},
		"outcome of an action":                                     profile.CheckAction{Action: "a-3"},
		"rating of K7":                                             profile.Rate{KSB: "K7"},
		"answer to a closing question":                             profile.EditReview{Helped: new(string)},
		"words that were agreed":                                   profile.EditReview{Agreed: &safetext.Text{}},
	} {
		if got := profile.LabelOf(change, p); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
