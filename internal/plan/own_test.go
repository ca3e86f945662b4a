package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// A goal in the learner's own words starts with the actions of a suggested one, none of them due after the goal.
func TestAGoalOfOnesOwnBringsTheSuggestedActions(t *testing.T) {
	lib := library.New()
	p := ratedAll(lib, 1)
	r := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday)
	row, _ := r.Row("K7")
	suggested := plan.Suggest(r, row, entry, func(string) string { return "T" })
	n := 0
	newID := func(prefix string) string { n++; return fmt.Sprintf("%s-%d", prefix, n/2) } // each comes twice
	due := nextToday.AddDays(9)
	g := plan.Own(profile.Goal{ID: "g", KSBs: []string{"K7", "S7"}, Due: due}, r, entry, newID)
	if len(g.Actions) == 0 || len(g.Actions) != len(suggested.Actions) {
		t.Fatalf("%d actions, %d suggested", len(g.Actions), len(suggested.Actions))
	}
	ids := map[string]bool{}
	for i, a := range g.Actions {
		if a.Text != suggested.Actions[i].Text || a.Due.After(due) || a.Due.After(suggested.Actions[i].Due) || ids[a.ID] {
			t.Errorf("%+v for %+v", a, suggested.Actions[i])
		}
		ids[a.ID] = true
	}
	r = gap.Compute(lib.Standard(library.Default), lib.Scale(), ratedAll(lib, 3), nextToday)
	for _, id := range lib.Standard(library.Default).Walk() { // what shows a level takes its time in one's own goal too
		row, _ := r.Row(id)
		s := plan.Suggest(r, row, entry, titleOf)
		for i, a := range plan.Own(profile.Goal{KSBs: []string{id}, Due: s.Due}, r, entry, newID).Actions {
			if a.Due != s.Actions[i].Due || a.Text != s.Actions[i].Text {
				t.Errorf("%s: %s, suggested for %s", id, a.Due, s.Actions[i].Due)
			}
		}
	}
	with := profile.Goal{KSBs: []string{"K7"}, Actions: []profile.Action{{ID: "a"}}}
	if got := plan.Own(with, r, entry, newID); len(got.Actions) != 1 {
		t.Errorf("beside its own: %+v", got.Actions)
	}
}

// What a plan takes in all is said where it is known of each open action.
func TestThePlanSaysWhatItTakesInAll(t *testing.T) {
	open := func(minutes int) profile.Action { return profile.Action{Minutes: minutes, Status: profile.ActionOpen} }
	for _, x := range []struct {
		actions []profile.Action
		want    string
	}{
		{nil, ""},
		{[]profile.Action{open(20)}, "about 1 hour"},
		{[]profile.Action{open(60), open(100), {Status: profile.ActionDone}}, "about 3 hours"},
		{[]profile.Action{open(60), open(0)}, ""},
	} {
		if got := plan.Effort(x.actions); got != x.want {
			t.Errorf("%v: %q, want %q", x.actions, got, x.want)
		}
	}
	r := gap.Compute(lib.Standard(library.Default), lib.Scale(), ratedAll(lib, 1), nextToday)
	row, _ := r.Row("K7")
	ids := 0
	g := plan.Suggest(r, row, entry, titleOf).Taken(nextToday, func(prefix string) string { ids++; return fmt.Sprint(prefix, ids) })
	if d := plan.Doc(profile.Profile{}, []profile.Goal{g}, func(profile.Goal) plan.Steps { return plan.Steps{} }, titleOf, nextToday); !strings.Contains(d.Title, " Together the open actions take about ") {
		t.Error(d.Title)
	}
}
