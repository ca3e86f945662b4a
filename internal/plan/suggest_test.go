package plan_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// A goal never claims a level that was not given.
func TestSuggestSaysWhatIsTrue(t *testing.T) {
	lib := library.New()
	none := func(string) (coaching.Entry, bool) { return coaching.Entry{}, false }
	title := func(ksb string) string { return "T" }
	supported := func(p profile.Profile) profile.Profile {
		p.Evidence = []profile.Evidence{{ID: "e", KSBs: []string{"S7"}, On: nextToday}}
		return p
	}
	for _, x := range []struct {
		name, ksb string
		p         profile.Profile
		goal, why string
	}{
		{"below", "K7", ratedAll(lib, 1), "T: move from level 1 to 2 by explaining the basics, with prompts", "2 below target"},
		{"skill", "S7", ratedAll(lib, 2), "T: move from level 2 to 3 by doing it safely to the SOP and knowing when to escalate", "1 below target"},
		{"not rated", "K7", ratedAll(lib, 1, "K7"), "T: rate it by the words of the levels, write down one example, and take the first step from there", "Not rated yet"},
		{"no opportunity", "S7", ratedAll(lib, level.NoOpportunity), "T: get one chance to see it or try it, by rotation or shadowing, and write down what I saw", "No opportunity in my post so far"},
		{"unsupported", "S7", ratedAll(lib, 3), "T: back the level I claim with one dated example that somebody else has seen", "At target, no evidence"},
		{"at target", "S7", supported(ratedAll(lib, 3)), "T: move from level 3 to 4 by training, checking or improving it for others", "At target"},
		{"at the top", "S7", supported(ratedAll(lib, 4)), "T: keep level 4 alive by helping one newer colleague with it", "At target"},
	} {
		r := gap.Compute(lib.Standard(library.Default), lib.Scale(), x.p, nextToday)
		row, _ := r.Row(x.ksb)
		s := plan.Suggest(r, row, none, title)
		if s.Goal != x.goal || s.Why != x.why {
			t.Errorf("%s: %q, because %q", x.name, s.Goal, s.Why)
		}
	}
}
