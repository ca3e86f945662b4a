package plan_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Rules that a lead scientist wanted a plan to keep before signing it.

// learner is a learner at the same level in every KSB, the given number of months into the programme.
func learner(l level.Level, months int, review calendar.Date) profile.Profile {
	p := ratedAll(lib, l)
	p.Learner.Start, p.Learner.Review = nextToday.AddMonths(-months), review
	return p
}

// suggested gives the goals suggested to such a learner, with the actions for their field.
func suggested(p profile.Profile, field string) []plan.Suggestion {
	own := fieldOf(field)
	coach := func(ksb string) (coaching.Entry, bool) {
		e, ok := entry(ksb)
		return e.In(own), ok
	}
	return plan.Suggestions(reportOf(p).WithOrder(orderOf(field)), coach, titleOf)
}

// suggestedFirst does the same with the given KSBs put before equally pressing ones.
func suggestedFirst(p profile.Profile, field string, ksbs ...string) []plan.Suggestion {
	own := fieldOf(field)
	coach := func(ksb string) (coaching.Entry, bool) {
		e, ok := entry(ksb)
		return e.In(own), ok
	}
	return plan.Suggestions(reportOf(p).WithOrder(inOrder(gap.Order{Safety: ksbs})), coach, titleOf)
}

// goalFor is the suggested goal for a KSB.
func goalFor(t *testing.T, list []plan.Suggestion, ksb string) plan.Suggestion {
	t.Helper()
	i := slices.IndexFunc(list, func(s plan.Suggestion) bool { return s.KSBs[0] == ksb })
	if i < 0 {
		t.Fatalf("%s is not suggested", ksb)
	}
	return list[i]
}

// only is the coaching of S7 with just these actions and pieces of evidence.
func only(actions []coaching.Action, pieces ...coaching.Evidence) plan.Coach {
	e := coaching.Entry{KSB: "S7", Actions: actions, Evidence: pieces, Goals: coaching.Goals{Prove: "Show it"}}
	return func(string) (coaching.Entry, bool) { return e, true }
}

// firstWords are the first words of each action.
func firstWords(s plan.Suggestion) (out []string) {
	for _, a := range s.Actions {
		first, _, _ := strings.Cut(a.Text.Line(), " ")
		out = append(out, first)
	}
	return out
}

// A report is never due before the work it is about is observed, and there is time for both.
func TestWorkIsObservedBeforeItsReport(t *testing.T) {
	p := learner(3, 32, calendar.Date{})
	row, _ := reportOf(p).Row("S7")
	s := plan.Suggest(reportOf(p), row, only(nil,
		coaching.Evidence{Kind: "work-product", After: "observed-procedure"}, coaching.Evidence{Kind: "training-record"},
		coaching.Evidence{Kind: "observed-procedure"}, coaching.Evidence{Kind: "feedback"}), titleOf)
	if got := firstWords(s); !slices.Equal(got, []string{"Bring", "Have", "Choose", "Ask"}) {
		t.Errorf("%v", got)
	}
	audit := goalFor(t, suggestedFirst(p, "clinical-engineering", "S26"), "S26")
	watched, report := audit.Actions[0], audit.Actions[1]
	if !strings.HasPrefix(watched.Text.Line(), "Have an assessor") || !strings.Contains(report.Text.Line(), "Your own report") ||
		nextToday.Days(watched.Due) < 42 || watched.Due.Days(report.Due) < 12 {
		t.Errorf("watched on %s, reported on %s", watched.Due.Long(), report.Due.Long())
	}
}

// An assessor comes once for everything that an ordinary session shows, and on another day for the rest. A patient is
// asked first.
func TestOneVisitByAnAssessor(t *testing.T) {
	list := suggestedFirst(learner(3, 30, calendar.Date{}), "medical-illustration", "S12", "B1", "S26")
	seen := func(ksb string) profile.Action {
		s := goalFor(t, list, ksb)
		return s.Actions[slices.IndexFunc(s.Actions, func(a profile.Action) bool { return strings.HasPrefix(a.Text.Line(), "Have an assessor") })]
	}
	consent, dignity, audit := seen("S12"), seen("B1"), seen("S26")
	if consent.Due != dignity.Due || !strings.Contains(consent.Text.Line(), "The same visit can show B1.") ||
		!strings.Contains(dignity.Text.Line(), "The same visit can show S12.") {
		t.Errorf("%s: %s\n%s: %s", consent.Due, consent.Text.Line(), dignity.Due, dignity.Text.Line())
	}
	if strings.Contains(audit.Text.Line(), "same visit") || !strings.Contains(audit.Text.Line(), "If a patient is there, they agree first.") {
		t.Error(audit.Text.Line())
	}
	for _, s := range list {
		if !slices.IsSortedFunc(s.Actions, func(a, b profile.Action) int { return a.Due.Compare(b.Due) }) {
			t.Errorf("%s: not in the order of their days", s.KSBs[0])
		}
	}
}

// Each way to get evidence says how long it takes. If it needs an occasion, it says what to do if there was none.
func TestEvidenceTakesTimeAndHasAnotherWay(t *testing.T) {
	p := learner(3, 32, calendar.Date{})
	row, _ := reportOf(p).Row("S7")
	for _, kind := range profile.Kinds[1:] {
		s := plan.Suggest(reportOf(p), row, only(nil, coaching.Evidence{Kind: kind}), titleOf)
		a := s.Actions[0]
		if a.Minutes < 10 || a.Minutes > 120 {
			t.Errorf("%s takes %d minutes", kind, a.Minutes)
		}
		if kind == "witness-testimony" && !strings.Contains(a.Text.Line(), "If there was no such occasion") {
			t.Errorf("%q waits for an occasion", a.Text.Line())
		}
	}
}

// The action that the goal asks for is chosen before those that lead up to it, and one that takes weeks says when to
// start.
func TestTheActionOfTheGoalIsStartedInTime(t *testing.T) {
	for _, review := range []calendar.Date{{}, nextToday.AddDays(60)} {
		honest := goalFor(t, suggestedFirst(learner(0, 2, review), "decontamination", "B3"), "B3")
		deed := honest.Actions[len(honest.Actions)-1]
		start := deed.Due.AddDays(-28)
		for start.Weekend() || start.Month == time.December && start.Day > 20 || start.Month == time.January && start.Day < 9 {
			start = start.AddDays(-1)
		}
		if !strings.HasPrefix(deed.Text.Line(), "For four weeks") || !start.After(nextToday) || deed.Due.After(honest.Due) ||
			!strings.HasSuffix(deed.Text.Line(), "Start by "+start.Long()+".") {
			t.Errorf("due %s, its goal %s: %s", deed.Due.Long(), honest.Due.Long(), deed.Text.Line())
		}
	}
	p := learner(2, 20, calendar.Date{})
	row, _ := reportOf(p).Row("S7")
	s := plan.Suggest(reportOf(p), row, only([]coaching.Action{
		{Sort: profile.Practise, Text: "Draw it.", From: []level.Level{2}, Minutes: 30},
		{Sort: profile.Practise, Text: "Do it for five weeks.", From: []level.Level{2}, Deed: []level.Level{2}, Minutes: 240, Weeks: 5},
		{Sort: profile.People, Text: "Talk about it.", From: []level.Level{2}, Minutes: 30},
		{Sort: profile.Study, Text: "Request it.", From: []level.Level{2}, Minutes: 30, Opens: true},
	}), titleOf)
	if got := firstWords(s); !slices.Equal(got, []string{"Request", "Talk", "Do"}) || nextToday.Days(s.Actions[2].Due) < 36 {
		t.Errorf("%v, due %s", got, s.Actions[2].Due.Long())
	}
	own, _ := plan.OfferFor(profile.Goal{KSBs: []string{"S7"}, Due: nextToday.AddDays(70), Status: profile.GoalActive}, reportOf(p), only([]coaching.Action{
		{Sort: profile.Practise, Text: "Do it for five weeks.", From: []level.Level{2}, Weeks: 5},
	}), func(string) string { return "a" })
	if text := own.Actions[0].Text.Line(); !strings.Contains(text, "Start by ") {
		t.Errorf("in a goal of one's own: %q", text)
	}
	for _, id := range lib.Standard(library.Default).Walk() {
		for l := level.Level(0); l < level.Max; l++ {
			p := supported(ratedAll(lib, l))
			e, _ := entry(id)
			row, _ := reportOf(p).Row(id)
			if s := plan.Suggest(reportOf(p), row, entry, titleOf); !slices.ContainsFunc(s.Actions, func(a profile.Action) bool {
				return slices.ContainsFunc(e.Actions, func(x coaching.Action) bool {
					return slices.Contains(x.Deed, l) && strings.HasPrefix(a.Text.Raw(), x.Text)
				})
			}) {
				t.Errorf("%s from %s: %q, and no action is that", id, l, s.Goal)
			}
		}
	}
	audit := goalFor(t, suggestedFirst(p, "genomics", "S26"), "S26")
	if first, last := audit.Actions[0].Text.Line(), audit.Actions[2].Text.Line(); !strings.HasPrefix(first, "Ask this month for one audit") ||
		!strings.HasPrefix(last, "Register an audit") {
		t.Errorf("%q comes first, %q last", first, last)
	}
}

// A step of a project that takes weeks starts after the step before it, and does not run over Christmas if there is
// time.
func TestStepsThatRunForWeeksBeginInTime(t *testing.T) {
	p := learner(2, 20, calendar.Date{})
	b, _ := lib.Growth(library.Default).Bundle("one-small-change")
	today := calendar.Of(2026, 11, 28)
	r := reportOf(p)
	r.AsOf = today
	x, err := plan.Project(r, p, b, entry)
	if err != nil {
		t.Fatal(err)
	}
	running := 0
	for i, step := range b.Steps {
		due := x.Actions[i].Due
		start := due.AddDays(-7 * step.Weeks)
		if i > 0 && start.Before(x.Actions[i-1].Due) || due.After(x.Due) {
			t.Errorf("step %d runs from %s to %s, after %s", i+1, start, due, x.Actions[i-1].Due)
		}
		if step.Weeks == 0 {
			continue
		}
		running++
		if quiet := calendar.Of(2026, 12, 20); start.After(quiet) && start.Before(calendar.Of(2027, 1, 9)) ||
			!strings.HasSuffix(x.Actions[i].Text.Line(), "Start by "+start.Long()+".") {
			t.Errorf("step %d starts on %s: %s", i+1, start.Long(), x.Actions[i].Text.Line())
		}
	}
	if running < 2 {
		t.Errorf("%d steps run for weeks", running)
	}
}

// A newcomer to a KSB watches and asks, then reads, then tries; but an action that opens the goal comes first.
func TestNewcomersWatchBeforeTheyRead(t *testing.T) {
	actions := func(opens bool) plan.Coach {
		from := []level.Level{0, 1}
		return only([]coaching.Action{
			{Sort: profile.Practise, Text: "Try it.", From: from, Opens: opens},
			{Sort: profile.People, Text: "Watch it.", From: from},
			{Sort: profile.Study, Text: "Read it.", From: from},
		})
	}
	for _, x := range []struct {
		l     level.Level
		opens bool
		want  []string
	}{
		{0, false, []string{"Watch", "Read", "Try"}},
		{0, true, []string{"Try", "Watch", "Read"}},
		{level.NoOpportunity, false, []string{"Watch", "Read", "Try"}},
		{1, false, []string{"Read", "Watch", "Try"}},
	} {
		p := learner(x.l, 2, calendar.Date{})
		row, _ := reportOf(p).Row("S7")
		if got := firstWords(plan.Suggest(reportOf(p), row, actions(x.opens), titleOf)); !slices.Equal(got, x.want) {
			t.Errorf("level %s, opens %v: %v", x.l, x.opens, got)
		}
	}
	label := goalFor(t, suggested(learner(0, 2, calendar.Date{}), "decontamination"), "K7").Actions[0].Text.Line()
	if !strings.Contains(label, "label") {
		t.Errorf("the goal starts at the label, and its first action is %q", label)
	}
}

// A learner who never meets patients at work is given other actions than one who does.
func TestActionsAreForTheKindOfField(t *testing.T) {
	p := learner(1, 10, calendar.Date{})
	row, _ := reportOf(p).Row("S13")
	for field, want := range map[string]string{"audiology": "with patients", "genomics": "with real ones", "decontamination": "with real ones", "cardiac": "with patients"} {
		own := fieldOf(field)
		s := plan.Suggest(reportOf(p), row, func(ksb string) (coaching.Entry, bool) {
			e, ok := entry(ksb)
			return e.In(own), ok
		}, titleOf)
		if text := s.Actions[len(s.Actions)-1].Text.Line(); !strings.Contains(text, want) {
			t.Errorf("%s: %q", field, text)
		}
		if watched := s.Actions[0]; !strings.Contains(watched.Text.Line(), "who may sign") || !watched.Due.Before(s.Actions[len(s.Actions)-1].Due) {
			t.Errorf("%s: nobody says first that they may begin: %q", field, watched.Text.Line())
		}
	}
}

// No project is offered for the KSB of a suggested goal. A project shows the proof for the level aimed at and for no
// other.
func TestProjectsLeaveOutKSBsWithASuggestedGoal(t *testing.T) {
	device := project("device", 240, "K7", "S7", "K9", "S9")
	p := learner(1, 10, calendar.Date{})
	row, _ := reportOf(p).Row("S7")
	beside := []plan.Suggestion{plan.Suggest(reportOf(p), row, entry, titleOf)}
	if got := plan.Projects(reportOf(p), p, []coaching.Bundle{device}, entry, beside); len(got) > 0 {
		t.Errorf("offered for %v beside a goal for S7", got[0].KSBs)
	}
	offered := 0
	for l, months := range map[level.Level]int{0: 2, 1: 10, 2: 20, 3: 30} {
		for _, field := range []string{"decontamination", "audiology", "genomics", "medical-illustration"} {
			p := learner(l, months, calendar.Date{})
			list := suggested(p, field)
			for _, x := range plan.Projects(reportOf(p), p, lib.Growth(library.Default).Bundles, entry, list) {
				offered++
				for _, s := range list {
					if slices.Contains(x.KSBs, s.KSBs[0]) {
						t.Errorf("%s, level %s: %s beside a goal for %s", field, l, x.Bundle.ID, s.KSBs[0])
					}
				}
				for _, m := range x.Moves {
					if strings.Contains(m.Proof, "Level ") {
						t.Errorf("%s, %s from %s: %q", x.Bundle.ID, m.KSB, m.From, m.Proof)
					}
				}
			}
		}
	}
	if offered < 16 {
		t.Errorf("%d projects are offered", offered)
	}
}

// If a KSB is on track but below target, the reason says which target.
func TestOnTrackSaysWhichTarget(t *testing.T) {
	for months, want := range map[int]string{2: "On track for month 2, 3 below the gateway target", 20: "2 behind where month 20 should be, 3 below target"} {
		p := learner(0, months, calendar.Date{})
		row, _ := reportOf(p).Row("K8")
		if got := plan.Suggest(reportOf(p), row, entry, titleOf).Why; !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
