package library_test

import (
	"bytes"
	"iter"
	"reflect"
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

var today = calendar.Of(2026, 11, 22)

// days are all days of a span in CI. Elsewhere they are every fifth, which meets every weekday, every month and their
// ends.
func days(from, before calendar.Date) iter.Seq[calendar.Date] {
	step := 5
	if testneed.Thorough() {
		step = 1
	}
	return func(yield func(calendar.Date) bool) {
		for day := from; day.Before(before); day = day.AddDays(step) {
			if !yield(day) {
				return
			}
		}
	}
}

func asha(day calendar.Date) (profile.Profile, *library.Library) {
	lib := library.New()
	return lib.Demo(day), lib
}

func TestDemoReadsBackAsWritten(t *testing.T) {
	p, lib := asha(today)
	text, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	read, err := file.Decode(text, lib.Standard)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(read.Notes) > 0 {
		t.Errorf("notes: %v", read.Notes)
	}
	again, err := file.New(read.Profile)
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("the profile does not read back as it was written (%v)", err)
	}
	if other, _ := asha(today); !reflect.DeepEqual(p, other) {
		t.Error("two profiles of one day differ")
	}
}

// Months have different lengths, so every day of two years is tried, a leap year among them.
func TestDemoIsAsFarAlongOnEveryDay(t *testing.T) {
	for day := range days(calendar.Of(2027, 6, 1), calendar.Of(2029, 6, 1)) {
		p, _ := asha(day)
		month, _ := p.Month(day)
		length, _ := p.Length()
		if month != 14 || length != profile.ProgrammeMonths {
			t.Fatalf("%s: month %d of %d", day, month, length)
		}
		if n := len(p.Overdue(day)); n != 2 {
			t.Fatalf("%s: %d actions overdue", day, n)
		}
	}
}

func TestEveryListHasSomethingToShow(t *testing.T) {
	p, lib := asha(today)
	std := lib.Standard(library.Default)
	r := gap.Compute(std, lib.Scale(), p, today)
	for name, rows := range map[string][]gap.Row{
		"gaps": r.Gaps(), "opportunities": r.NoOpportunity(), "unsupported": r.Unsupported(), "strengths": r.Strengths(), "unrated": r.Unrated(),
	} {
		if len(rows) == 0 {
			t.Errorf("no %s", name)
		}
	}
	if n := len(r.Unsupported()); n != 3 {
		t.Errorf("%d unsupported claims, 3 are wanted", n)
	}
	if n := len(r.NoOpportunity()); n != 2 {
		t.Errorf("%d without opportunity, 2 are wanted", n)
	}
	if all := r.Tally(0); all.Rated != 55 || all.Total != 72 {
		t.Errorf("%d of %d rated, 55 of 72 are wanted", all.Rated, all.Total)
	}
	if id := r.Unrated()[0].KSB.ID; id != "K21" {
		t.Errorf("the walk goes on at %s, K21 is wanted", id)
	}
	var levels []int
	for l, n := range r.Tally(0).Levels {
		if n > 0 {
			levels = append(levels, l)
		}
	}
	if !slices.Equal(levels, []int{0, 1, 2, 3, 4}) {
		t.Errorf("levels used: %v", levels)
	}
}

func TestPlanAndEvidenceAreMixed(t *testing.T) {
	p, lib := asha(today)
	byStatus := map[profile.GoalStatus]int{}
	for _, g := range p.Goals {
		byStatus[g.Status]++
	}
	if want := map[profile.GoalStatus]int{profile.GoalActive: 3, profile.GoalParked: 1, profile.GoalDone: 1}; !reflect.DeepEqual(byStatus, want) {
		t.Errorf("goals: %v, want %v", byStatus, want)
	}
	if len(p.Evidence) != 14 {
		t.Errorf("%d pieces of evidence, 14 are wanted", len(p.Evidence))
	}
	for _, kind := range profile.Kinds {
		if !slices.ContainsFunc(p.Evidence, func(e profile.Evidence) bool { return e.Kind == kind }) {
			t.Errorf("no evidence of the kind %s", kind)
		}
	}
	driscoll, _ := lib.Reflection().Model("driscoll")
	for _, r := range p.Reflections {
		for i, step := range driscoll.Steps {
			if r.Answers[i].Step != step.ID || r.Answers[i].Text.Empty() {
				t.Errorf("reflection %s: step %s is not answered in its place", r.ID, step.ID)
			}
		}
	}
	for _, g := range p.Goals {
		if _, ok := lib.Appraisal().Theory(g.Theory); !ok {
			t.Errorf("goal %s rests on %q, which is no theory here", g.ID, g.Theory)
		}
	}
}

// The record in the file must be one that the rules for changes would have allowed.
func TestDemoKeepsToTheRules(t *testing.T) {
	p, lib := asha(today)
	std := lib.Standard(library.Default)
	blank := profile.Profile{Standard: p.Standard}
	var changes []profile.Change
	changes = append(changes, profile.SetLearner{Learner: p.Learner})
	for _, e := range p.Evidence {
		changes = append(changes, profile.AddEvidence{Evidence: e})
	}
	for _, r := range p.Reflections {
		changes = append(changes, profile.AddReflection{Reflection: r})
	}
	for _, g := range p.Goals {
		changes = append(changes, profile.AddGoal{Goal: g})
	}
	for _, c := range changes {
		next, err := c.Apply(blank, std)
		if err != nil {
			t.Errorf("%s: %v", c.Label(), err)
		}
		blank = next
	}
}
