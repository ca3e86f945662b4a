package plan_test

import (
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
)

func TestSuggestedDays(t *testing.T) {
	sunday := calendar.Of(2026, time.November, 22)
	for _, c := range []struct {
		what        string
		got         calendar.Date
		month       time.Month
		day, inYear int
	}{
		{"a goal: twelve weeks on is a Sunday", plan.GoalDue(sunday, calendar.Date{}), time.February, 12, 2027},
		{"a goal before a review that is nearer", plan.GoalDue(sunday, calendar.Of(2027, time.January, 20)), time.January, 19, 2027},
		{"a goal, and a review too near for one", plan.GoalDue(sunday, calendar.Of(2026, time.December, 11)), time.February, 12, 2027},
		{"a first action", plan.ActionDue(sunday, calendar.Date{}, 0), time.December, 1, 2026},
		{"a second one", plan.ActionDue(sunday, calendar.Date{}, 1), time.December, 10, 2026},
		{"a third one", plan.ActionDue(sunday, calendar.Date{}, 2), time.December, 18, 2026},
		{"a fourth one begins anew", plan.ActionDue(sunday, calendar.Date{}, 3), time.December, 1, 2026},
		{"an action before a review that is nearer", plan.ActionDue(sunday, calendar.Of(2026, time.December, 11), 2), time.December, 10, 2026},
		{"an action, and a review tomorrow", plan.ActionDue(sunday, sunday.AddDays(1), 2), time.December, 18, 2026},
		{"an action, and a review that is over", plan.ActionDue(sunday, sunday.AddDays(-9), 2), time.December, 18, 2026},
	} {
		if want := calendar.Of(c.inYear, c.month, c.day); c.got != want {
			t.Errorf("%s: %s, want %s", c.what, c.got, want)
		}
	}
	// Nobody is asked to be done at Christmas.
	for today, want := range map[string]string{"2026-11-27": "2026-12-24", "2026-12-04": "2026-12-24", "2026-12-07": "2027-01-04", "2027-12-24": "2028-01-21"} {
		day, err := calendar.Parse(today)
		if err != nil {
			t.Fatal(err)
		}
		if got := plan.ActionDue(day, calendar.Date{}, 2).String(); got != want {
			t.Errorf("four weeks from %s: %s, want %s", today, got, want)
		}
	}
	// Whatever today and the review are: a working day to come, before a review that leaves a week.
	for i := range 7 {
		today := sunday.AddDays(i)
		for n := range 60 {
			for open := range 5 {
				d := plan.ActionDue(today, today.AddDays(n), open)
				if d.Weekend() || !d.After(today) || n > 7 && !d.Before(today.AddDays(n)) {
					t.Errorf("on %s, with a review on %s: %s", today.Full(), today.AddDays(n).Full(), d.Full())
				}
			}
		}
	}
}
