package library_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestTheCycleHasSomethingToShow(t *testing.T) {
	p, lib := asha(today)
	std := lib.Standard(library.Default)
	if open := appraisal.Open(p, std); len(open) != 3 {
		t.Errorf("%d differences are open, 3 are wanted", len(open))
	}
	settled := map[bool]int{}
	for _, d := range appraisal.Compare(p, std) {
		if d.Settled() {
			settled[d.Differ]++
		}
	}
	if settled[true] != 1 || settled[false] != 2 {
		t.Errorf("%d recorded as differing and %d agreed, 1 and 2 are wanted", settled[true], settled[false])
	}
	for _, c := range appraisal.Calibrate(p, std) {
		if !c.Known {
			t.Errorf("calibration: %s", c.Words)
		}
	}
	r := gap.Compute(std, lib.Scale(), p, today)
	if f := appraisal.Project(r, p); !f.Known || f.Low == f.High {
		t.Errorf("forecast: %s", f.Words)
	}
	if old := appraisal.Stale(p, today, p.Settings.StaleMonths()); len(old) != 1 {
		t.Errorf("%d stale pieces, 1 is wanted", len(old))
	}
	if round, _ := p.Open(); len(round.Equal()) != 2 {
		t.Errorf("%v wait to be agreed, 2 are wanted", round.Equal())
	}
}

func TestTheLastReviewIsClosedAndTrue(t *testing.T) {
	for day := range days(today, calendar.Of(2027, 11, 22)) {
		p, lib := asha(day)
		last, ok := p.LastReview()
		if !ok || last.Next != p.Learner.Review || last.Next != day.AddDays(19) {
			t.Fatalf("%s: next review %s", day, last.Next)
		}
		unset := last
		unset.Next = calendar.Date{}
		if due := p.ReviewAfter(unset); last.Next.After(due) {
			t.Fatalf("%s: the next review, %s, is after the day it is due by, %s", day, last.Next, due)
		}
		if appraisal.Hash(appraisal.Record(p, lib.Standard(library.Default), last)) != last.Hash {
			t.Fatalf("%s: the hash is not that of the record", day)
		}
		for _, c := range last.Checked {
			if a, _, ok := p.Action(c.Action); !ok || a.Status != c.Outcome || a.Closed != last.On || c.Outcome != profile.ActionDone && c.Reason.Empty() {
				t.Fatalf("%s: %+v does not fit %+v", day, c, a)
			}
		}
		for _, id := range last.Actions {
			if _, g, ok := p.Action(id); !ok || g.Set != last.On {
				t.Fatalf("%s: the action %s was not set in the review", day, id)
			}
		}
	}
}
