package plan_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// One line says what was rated this time, what to do next and where it is saved.
func TestOnLeaving(t *testing.T) {
	lib := library.New()
	next := plan.NextStep{Text: "Continue rating at Duty 1, K3"}
	before := ratedAll(lib, 2, "K1", "K2")
	now := before
	for _, x := range []struct{ ksb, want string }{
		{"", "70 of 72 rated. Next: Continue rating at Duty 1, K3. Kept in a.toml."},
		{"K1", "1 rated this time, 71 of 72 in all. Next: Continue rating at Duty 1, K3. Kept in a.toml."},
		{"K2", "2 rated this time, 72 of 72 in all. Next: Continue rating at Duty 1, K3. Kept in a.toml."},
		{"S7", "3 rated this time, 72 of 72 in all. Next: Continue rating at Duty 1, K3. Kept in a.toml."}, // rated again
	} {
		if x.ksb != "" {
			var err error
			change := profile.Rate{KSB: x.ksb, By: profile.Self, Level: 1, On: nextToday, Today: nextToday}
			if now, err = change.Apply(now, lib.Standard(library.Default)); err != nil {
				t.Fatal(err)
			}
		}
		r := gap.Compute(lib.Standard(library.Default), lib.Scale(), now, nextToday)
		if got := plan.OnLeaving(r, before, now, next, "a.toml"); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
	now.Sheet = true
	if got := plan.OnLeaving(nil, before, now, next, "a\x1b.toml"); got != "Kept in a\uFFFD.toml. Send the file back to the learner." {
		t.Errorf("%q", got)
	}
}
