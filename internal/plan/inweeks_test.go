package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
)

// For any today, review and gateway: at most two actions a week, none due after its goal or in the quiet weeks, no goal
// due after the gateway, and a first action for each goal.
func TestDatesOfSuggestedActions(t *testing.T) {
	for _, today := range []calendar.Date{calendar.Of(2026, 11, 10), calendar.Of(2026, 11, 29), calendar.Of(2026, 12, 10), calendar.Of(2026, 12, 13)} {
		for _, l := range []level.Level{0, 2, 3} {
			checkDates(t, today, l)
		}
	}
}

// checkDates checks this for one learner.
func checkDates(t *testing.T, today calendar.Date, l level.Level) {
	t.Helper()
	quiet := func(d calendar.Date) bool {
		return d.Weekend() || d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 8
	}
	for _, review := range []int{0, 4, 8, 10, 12, 16, 18, 22, 28, 40, 60, 120} {
		for _, gateway := range []int{22, 28, 35, 60, 100, 900} {
			p := ratedAll(lib, l)
			p.Learner.Start, p.Learner.Gateway = today.AddMonths(-20), today.AddDays(gateway)
			if review > 0 {
				p.Learner.Review = today.AddDays(review)
			}
			r := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, today).WithOrder(orderOf("audiology"))
			weeks, more, before := map[calendar.Date]int{}, map[calendar.Date]int{}, 0
			last, visit := calendar.Date{}, calendar.Date{}
			var cut []plan.Suggestion
			list := plan.Suggestions(r, entry, titleOf)
			for _, s := range list {
				row, _ := r.Row(s.KSBs[0])
				if whole := plan.Suggest(r, row, entry, titleOf); len(s.Actions) < len(whole.Actions) {
					cut = append(cut, s)
				}
				if s.Due.After(p.Learner.Gateway) || quiet(s.Due) || len(s.Actions) == 0 {
					t.Errorf("%s, level %s, review %d, gateway %d: %s due %s with %d actions", today, l, review, gateway, s.KSBs[0], s.Due, len(s.Actions))
				}
				for i, a := range s.Actions {
					shared := strings.Contains(a.Text.Line(), "The same visit can show")
					switch {
					case len(s.Actions) == 1 && a.Due == s.Due: // a goal keeps its first action, however full the week
						more[monday(a.Due)]++
					case !shared:
						weeks[monday(a.Due)]++
					case visit.IsZero(): // the actions that one visit covers count once
						visit = a.Due
						weeks[monday(visit)]++
					case a.Due != visit:
						t.Errorf("%s, level %s, review %d, gateway %d: the visit is on %s and %s", today, l, review, gateway, visit.Long(), a.Due.Long())
					}
					if a.Due.Before(p.Learner.Review) {
						before++
					}
					if last.Before(a.Due) {
						last = a.Due
					}
					if a.Due.After(s.Due) || quiet(a.Due) || i > 0 && !a.Due.After(s.Actions[i-1].Due) && a.Due != visit || today.Days(a.Due) < 3 {
						t.Errorf("%s, level %s, review %d, gateway %d: %s, action %d is due %s, its goal %s", today, l, review, gateway, s.KSBs[0], i+1, a.Due.Long(), s.Due.Long())
					}
				}
			}
			for week, n := range weeks {
				if n > 2 {
					t.Errorf("%s, level %s, review %d, gateway %d: %d in the week of %s", today, l, review, gateway, n, week.Long())
				}
			}
			for _, s := range cut { // no action is left out while there is room for it
				if n := weeks[monday(s.Due)] + more[monday(s.Due)]; n < 2 && !s.Due.Weekend() {
					t.Errorf("%s, level %s, review %d, gateway %d: %s has %d actions, and there are %d in the last week, to %s", today, l, review, gateway, s.KSBs[0], len(s.Actions), n, s.Due.Long())
				}
			}
			// An action for people's safety comes soon in any case, unless it takes weeks.
			if l < 3 && gateway == 900 && review >= 12 && review <= 22 && (before > 3 || l == 0 && before < 1 || today.Days(last) < 60) {
				t.Errorf("%s, level %s, review in %d days: %d actions before it, the last %s", today, l, review, before, last.Long())
			}
		}
	}
}

// monday is the first day of the week of a day.
func monday(d calendar.Date) calendar.Date {
	for d.Weekday() != time.Monday {
		d = d.AddDays(-1)
	}
	return d
}

// The steps of a project are due one after another, none in the quiet weeks. It is refused if it cannot end by the
// gateway.
func TestAProjectKeepsItsOrderAndTheGateway(t *testing.T) {
	today, offered := calendar.Of(2026, 11, 29), 0
	for _, b := range lib.Growth(library.Default).Bundles {
		for _, review := range []int{0, 10, 18, 40, 60} {
			for l := level.Level(0); l < 3; l++ {
				p := ratedAll(lib, l)
				p.Learner.Start, p.Learner.Review = today.AddMonths(-20), today.AddDays(review)
				x, err := plan.Project(gap.Compute(lib.Standard(library.Default), lib.Scale(), p, today), p, b, entry)
				if err != nil {
					continue
				}
				offered++
				for i, a := range x.Actions {
					start := a.Due.AddDays(-7 * b.Steps[i].Weeks)
					for d := start; !d.After(a.Due); d = d.AddDays(1) {
						if d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 8 {
							t.Fatalf("%s, review %d: step %d runs from %s to %s", b.ID, review, i+1, start, a.Due)
						}
					}
					if i > 0 && (!x.Actions[i-1].Due.Before(a.Due) || start.Before(x.Actions[i-1].Due)) || a.Due.After(x.Due) {
						t.Errorf("%s, review %d: step %d runs from %s to %s, after %s; the goal is due %s", b.ID, review, i+1, start, a.Due, x.Actions[max(i-1, 0)].Due, x.Due)
					}
				}
			}
		}
	}
	if offered < 50 {
		t.Errorf("%d are offered in all", offered)
	}
	b, _ := lib.Growth(library.Default).Bundle("one-small-change")
	p := ratedAll(lib, 2)
	p.Learner.Start, p.Learner.Gateway = today.AddMonths(-35), today.AddDays(28)
	if _, err := plan.Project(gap.Compute(lib.Standard(library.Default), lib.Scale(), p, today), p, b, entry); err == nil {
		t.Error("a change of six weeks is offered four weeks before the gateway")
	}
}
