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
		{"a goal: twelve weeks on is a Sunday", plan.Ahead{Today: sunday, Review: calendar.Date{}}.GoalDue(), time.February, 12, 2027},
		{"a goal before a review that is nearer", plan.Ahead{Today: sunday, Review: calendar.Of(2027, time.January, 20)}.GoalDue(), time.January, 19, 2027},
		{"a goal, and a review too near for one", plan.Ahead{Today: sunday, Review: calendar.Of(2026, time.December, 11)}.GoalDue(), time.February, 12, 2027},
		{"a first action", plan.Ahead{Today: sunday, Review: calendar.Date{}}.ActionDue(0), time.December, 1, 2026},
		{"a second one", plan.Ahead{Today: sunday, Review: calendar.Date{}}.ActionDue(1), time.December, 10, 2026},
		{"a third one", plan.Ahead{Today: sunday, Review: calendar.Date{}}.ActionDue(2), time.December, 18, 2026},
		{"a fourth one begins anew", plan.Ahead{Today: sunday, Review: calendar.Date{}}.ActionDue(3), time.December, 1, 2026},
		{"an action before a review that is nearer", plan.Ahead{Today: sunday, Review: calendar.Of(2026, time.December, 11)}.ActionDue(2), time.December, 10, 2026},
		{"an action, and a review tomorrow", plan.Ahead{Today: sunday, Review: sunday.AddDays(1)}.ActionDue(2), time.December, 18, 2026},
		{"an action, and a review that is over", plan.Ahead{Today: sunday, Review: sunday.AddDays(-9)}.ActionDue(2), time.December, 18, 2026},
	} {
		if want := calendar.Of(c.inYear, c.month, c.day); c.got != want {
			t.Errorf("%s: %s, want %s", c.what, c.got, want)
		}
	}
	// Nothing is due at Christmas.
	for today, want := range map[string]string{"2026-11-27": "2026-12-18", "2026-12-04": "2026-12-18", "2026-12-07": "2026-12-18", "2026-12-18": "2027-01-15", "2027-12-24": "2028-01-21"} {
		day, err := calendar.Parse(today)
		if err != nil {
			t.Fatal(err)
		}
		if got := (plan.Ahead{Today: day}).ActionDue(2).String(); got != want {
			t.Errorf("four weeks from %s: %s, want %s", today, got, want)
		}
	}
	// On any day and with any review, it is a working day ahead, and before the review if that leaves a week.
	for i := range 7 {
		today := sunday.AddDays(i)
		for n := range 60 {
			for open := range 5 {
				d := plan.Ahead{Today: today, Review: today.AddDays(n)}.ActionDue(open)
				if d.Weekend() || !d.After(today) || n > 7 && !d.Before(today.AddDays(n)) {
					t.Errorf("on %s, with a review on %s: %s", today.Full(), today.AddDays(n).Full(), d.Full())
				}
			}
		}
	}
}
