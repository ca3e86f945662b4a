package plan_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
)

// If no level is pointed at, the step from the expected level is shown, or without a start date the one up to the
// target.
func TestWhichStepIsShown(t *testing.T) {
	lib := library.New()
	entry := coaching.Entry{Good: "good", ZeroToOne: "01", OneToTwo: "12", TwoToThree: "23", ThreeToFour: "34"}
	for _, x := range []struct {
		start     string
		pointed   level.Level
		name, say string
	}{
		{"2025-09-10", level.NoOpportunity, "2 or 3?", "23"}, // month 14, when 2 is expected
		{"2026-09-10", level.NoOpportunity, "0 or 1?", "01"},
		{"", level.NoOpportunity, "2 or 3?", "23"},
		{"2025-09-10", 0, "0 or 1?", "01"},
		{"2025-09-10", 1, "1 or 2?", "12"},
		{"", 4, "3 or 4?", "34"},
	} {
		p := ratedAll(lib, 1)
		p.Learner.Start, _ = calendar.Parse(x.start)
		row, _ := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday).Row("K7")
		if name, says := plan.Between(entry, row, x.pointed); name != x.name || says != x.say {
			t.Errorf("from %q, pointing at %s: %s %s, want %s %s", x.start, x.pointed, name, says, x.name, x.say)
		}
	}
	if name, says := plan.Between(coaching.Entry{Good: "good"}, gap.Row{}, 1); name != plan.GoodAt || says != "good" {
		t.Errorf("where no step is written: %s %s", name, says)
	}
}
