package plan_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// The end of a duty leads with what is on track, and claims nothing that was not rated.
func TestTheEndOfADuty(t *testing.T) {
	lib := library.New()
	title := func(ksb string) string { return "T" + ksb }
	ksbs := []string{"K6", "K7", "K8", "K9"}
	levels := func(list ...level.Level) profile.Profile {
		p := ratedAll(lib, 0, ksbs...)
		p.Learner.Start = calendar.Of(2025, 9, 10) // month 14: 2 is expected, 3 is the target
		for i, l := range list {
			p.Rounds[0].Ratings[profile.Self][ksbs[i]] = profile.Rating{Level: l, On: nextToday}
		}
		return p
	}
	early := func(list ...level.Level) profile.Profile {
		p := levels(list...)
		p.Learner.Start = nextToday.AddDays(-30) // month 2: nothing is expected
		return p
	}
	untimed := levels(3, 2, 2, 2)
	untimed.Learner.Start = calendar.Date{}
	again := levels(1, 1, 1, 2)
	again.Rounds[0].Closed = nextToday.AddDays(-30)
	again.Rounds = append(again.Rounds, profile.Round{
		ID: "review-1", Opened: nextToday.AddDays(-20),
		Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: {
			"K6": {Level: 2, On: nextToday}, "K7": {Level: 3, On: nextToday}, "K9": {Level: 1, On: nextToday},
		}},
	})
	const should = "at or above where month 14 should be."
	for name, x := range map[string]struct {
		p                  profile.Profile
		now, ahead, praise string
		claims             int
	}{
		"as it should be": {
			levels(2, 2, 3, 4), "All 4 are " + should, "By gateway 2 need 1 level more; none is behind.",
			"Strongest: TK9, 4; TK8, 3; TK6, 2; TK7, 2", 2,
		},
		"some behind": {
			levels(2, 0, 1, 3), "2 of 4 are " + should, "By gateway 3 need 1 to 3 levels more; behind: K7 and K8.",
			"Strongest: TK9, 3; TK6, 2", 1,
		},
		"all behind": {
			levels(1, 0, 1, 1), "You have looked at 4 KSBs honestly, which is where a plan starts.",
			"By gateway 4 need 2 or 3 levels more; 4 are behind, first K7, K6 and K8.", "Strongest: ", 0,
		},
		"no chance": {
			levels(level.NoOpportunity, 3), "It is " + should + " 1 had no opportunity so far.",
			"By gateway nothing more is needed: all have reached their target.", "Strongest: TK7, 3", 1,
		},
		"no start date": {
			untimed, "1 of 4 is at target or above.", "By gateway 3 need 1 level more.",
			"Strongest: TK6, 3; TK7, 2; TK8, 2; TK9, 2", 1,
		},
		"grown since": {
			again, "2 of 4 are " + should, "By gateway 3 need 1 or 2 levels more; behind: K8 and K9.",
			"Grown: TK7, 1 to 3; TK6, 1 to 2", 1,
		},
		"early, one lowest": {
			early(2, 0, 1, 3), "Nothing is expected this early. Lowest: K7 at 0.",
			"By gateway 3 need 1 to 3 levels more; none is behind.", "Strongest: TK9, 3; TK6, 2", 1,
		},
		"early, all the same": {
			early(1, 1, 1, 1), "Nothing is expected this early. All 4 are at 1.",
			"By gateway 4 need 2 levels more; none is behind.", "Strongest: ", 0,
		},
		"nothing rated": {levels(), "", "", "Strongest: ", 0},
	} {
		e := plan.Ended(gap.Compute(lib.Standard(library.Default), lib.Scale(), x.p, nextToday), x.p, ksbs, title)
		praise := strings.NewReplacer("K6 T", "T", "K7 T", "T", "K8 T", "T", "K9 T", "T").
			Replace(e.Label + ": " + strings.Join(e.Glad, "; "))
		if e.Now != x.now || e.Ahead != x.ahead || praise != x.praise || e.Claims != x.claims {
			t.Errorf("%s:\n%q\n%q\n%q, %d claims", name, e.Now, e.Ahead, praise, e.Claims)
		}
	}
}

// An unrated KSB is not called skipped: the learner may not have been asked.
func TestAnUnratedKSBIsNotCalledSkipped(t *testing.T) {
	for want, missed := range map[string][]string{
		"": nil, "K3 is not rated yet": {"K3"}, "K3 and K4 are not rated yet": {"K3", "K4"},
		"5 are not rated yet, first K3, K4 and S1": {"K3", "K4", "S1", "S2", "S3"},
	} {
		if got := (plan.End{Missed: missed}).Skipped(); got != want {
			t.Errorf("%v: %q, want %q", missed, got, want)
		}
	}
}
