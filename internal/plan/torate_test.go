package plan_test

import (
	"reflect"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestWhatIsLeftToRate(t *testing.T) {
	lib := library.New()
	left := func(p profile.Profile, duty int) plan.ToRate {
		return plan.LeftToRate(gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday), p, duty)
	}
	again := ratedAll(lib, 2, "K6")
	again.Rounds[0].Closed = nextToday.AddDays(-1)
	again.Rounds = append(again.Rounds, profile.Round{
		ID: "review-1", Opened: nextToday,
		Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: {"K7": {Level: 2, On: nextToday}}},
	})
	for _, x := range []struct {
		name string
		got  plan.ToRate
		want plan.ToRate
		says string
	}{
		{"at the start", left(profile.Profile{}, 2), plan.ToRate{Here: 12, All: 72, Of: 72}, "12 left here, 72 left in all, about 35 minutes"},
		{
			"some", left(ratedAll(lib, 1, "K6", "K9", "B1", "K21"), 2),
			plan.ToRate{Here: 3, All: 4, Of: 72},
			"3 left here, 4 of 72 left in all, about 2 minutes",
		},
		{
			"elsewhere", left(ratedAll(lib, 1, "K21", "K22"), 2),
			plan.ToRate{All: 2, Of: 72},
			"none left here, 2 of 72 left in all, about 1 minute",
		},
		{
			"none", left(ratedAll(lib, 1), 2),
			plan.ToRate{Of: 72},
			"all 72 rated",
		},
		// Behaviours are rated again in the first of their duties, which is never Duty 2.
		{"in a later round", left(again, 2), plan.ToRate{Here: 7, All: 71, Of: 72}, "7 left here, 71 of 72 left in all, about 35 minutes"},
	} {
		if x.got != x.want || x.got.Words()[0] != x.says {
			t.Errorf("%s: %+v, %q; want %+v, %q", x.name, x.got, x.got.Words()[0], x.want, x.says)
		}
	}
	if says := plan.Takes(72); says != "30 to 40 minutes" {
		t.Errorf("all take %s", says)
	}
	var bars []int
	for _, n := range []int{72, 71, 36, 1, 0} {
		bars = append(bars, plan.ToRate{All: n, Of: 72}.Done(10))
	}
	if want := []int{0, 0, 5, 9, 10}; !reflect.DeepEqual(bars, want) {
		t.Errorf("bars of %v, want %v: none is full before the end", bars, want)
	}
}
