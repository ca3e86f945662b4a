package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// For a goal in the learner's own words, the actions of a suggested goal are offered. None is due after the goal, and
// none is added before the learner says yes.
func TestSuggestedActionsAreOfferedForAnOwnGoal(t *testing.T) {
	lib := library.New()
	p := ratedAll(lib, 1)
	r := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday)
	row, _ := r.Row("K7")
	suggested := plan.Suggest(r, row, entry, func(string) string { return "T" })
	n := 0
	newID := func(prefix string) string { n++; return fmt.Sprintf("%s-%d", prefix, n/2) } // each ID comes twice
	due := nextToday.AddDays(9)
	g := profile.Goal{ID: "g", KSBs: []string{"K7", "S7"}, Text: safetext.New("Say it"), Due: due, Status: profile.GoalActive}
	x, ok := plan.OfferFor(g, r, entry, newID)
	if !ok || len(x.Actions) != len(suggested.Actions) || x.Ask != "Add the 3 actions that are suggested for K7?" {
		t.Fatalf("%q: %d actions, %d suggested", x.Ask, len(x.Actions), len(suggested.Actions))
	}
	ids := map[string]bool{}
	for i, a := range x.Actions {
		if a.Text != suggested.Actions[i].Text || a.Due.After(due) || a.Due.After(suggested.Actions[i].Due) || ids[a.ID] {
			t.Errorf("%+v for %+v", a, suggested.Actions[i])
		}
		ids[a.ID] = true
	}
	std := lib.Standard(library.Default)
	set, err := profile.AddGoal{Goal: g, Today: nextToday}.Apply(p, std)
	if err != nil || len(set.Goals[0].Actions) != 0 || plan.Check(set.Goals[0], nextToday)[1].OK {
		t.Errorf("before the answer: %+v, %v", set.Goals, err)
	}
	if set, err = x.Taken(nextToday).Apply(set, std); err != nil || len(set.Goals[0].Actions) != len(x.Actions) {
		t.Errorf("once taken: %+v, %v", set.Goals, err)
	}
	r = gap.Compute(std, lib.Scale(), ratedAll(lib, 3), nextToday)
	for _, id := range std.Walk() { // gathering evidence takes its time in an own goal too
		row, _ := r.Row(id)
		s := plan.Suggest(r, row, entry, titleOf)
		own, _ := plan.OfferFor(profile.Goal{KSBs: []string{id}, Due: s.Due, Status: profile.GoalActive}, r, entry, newID)
		for i, a := range own.Actions {
			if a.Due != s.Actions[i].Due || a.Text != s.Actions[i].Text {
				t.Errorf("%s: %s, suggested for %s", id, a.Due, s.Actions[i].Due)
			}
		}
	}
	for name, none := range map[string]profile.Goal{
		"with an action": {KSBs: []string{"K7"}, Actions: []profile.Action{{ID: "a"}}, Status: profile.GoalActive},
		"parked":         {KSBs: []string{"K7"}, Status: profile.GoalParked},
		"for nothing":    {Status: profile.GoalActive},
	} {
		if got, ok := plan.OfferFor(none, r, entry, newID); ok {
			t.Errorf("%s: %+v", name, got.Actions)
		}
	}
}

// A plan says how long it takes in all, if that is known for each open action.
func TestThePlanSaysHowLongItTakes(t *testing.T) {
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
