package profile_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestDueAfterKeepsToMonthEnds(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-08-01", 3, "2026-11-30"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2027-11-30", 3, "2028-02-29"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2027-02-28", 12, "2028-02-29"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-12-31", 0, "2026-12-31"},
		{"2026-10-31", 24, "2028-10-31"},
	} {
		if got := profile.DueAfter(day(t, c.from), c.months).String(); got != c.want {
			t.Errorf("%d months after %s: %s, want %s", c.months, c.from, got, c.want)
		}
	}
	if !profile.DueAfter(calendar.Date{}, 3).IsZero() {
		t.Error("an unknown day is known after three months")
	}
}

// dated is a learner whose last review was on 29 February 2028, with no action to check.
func dated(t *testing.T, start string) profile.Profile {
	t.Helper()
	p := decode(t, small).Profile
	p.Learner.Start = day(t, start)
	p.Reviews = []profile.Review{{ID: "r-1", On: day(t, "2028-02-29"), Closed: day(t, "2028-03-02"), Kind: profile.ReviewProgress}}
	return p
}

func TestReviewDate(t *testing.T) {
	const today = "2028-11-22"
	for _, c := range []struct {
		on, start string
		reviews   bool
		want      string
	}{
		{"2028-11-22", "2027-09-15", true, ""},
		{"2028-02-29", "2027-09-15", true, ""},
		{"2028-11-23", "2027-09-15", true, "23 Nov 2028 is still to come"},
		{"2206-11-22", "2027-09-15", true, "22 Nov 2206 is still to come"},
		{"2028-02-28", "2027-09-15", true, "the last review was on 29 Feb 2028, after 28 Feb 2028"},
		{"2027-09-15", "2027-09-15", false, ""},
		{"2027-09-14", "2027-09-15", false, "14 Sep 2027 is before the start of the programme, 15 Sep 2027"},
		{"2023-11-22", "", false, ""},
		{"2023-11-21", "", false, "21 Nov 2023 is more than 5 years ago"},
		{"", "", false, "a review needs a date"},
	} {
		p := dated(t, c.start)
		if !c.reviews {
			p.Reviews = nil
		}
		start := profile.StartReview{ID: "r-x", On: day(t, c.on), With: []safetext.Text{text("J")}, Today: day(t, today)}
		if c.want != "" {
			mustRefuse(t, p, start, c.want)
		}
		open := start
		open.On = day(t, today)
		open.Today = calendar.Date{}
		q := mustApply(t, p, open)
		edit := profile.EditReview{ID: "r-x", On: &start.On, Today: start.Today}
		if c.want != "" {
			mustRefuse(t, q, edit, c.want)
			continue
		}
		mustApply(t, p, start)
		mustApply(t, q, edit)
	}
}

func TestNextReviewDate(t *testing.T) {
	today := day(t, "2028-11-30")
	for _, c := range []struct{ next, want string }{
		{"2029-02-28", ""},
		{"2030-11-30", ""},
		{"2030-12-01", "the next review, 1 Dec 2030, is more than 24 months away"},
		{"2206-02-28", "the next review, 28 Feb 2206, is more than 24 months away"},
		{"2028-11-30", "is not after this one"},
		{"1926-02-28", "is not after this one"},
	} {
		next := day(t, c.next)
		p := mustApply(t, dated(t, ""), profile.StartReview{ID: "r-x", On: today, With: []safetext.Text{text("J")}, Today: today})
		edit := profile.EditReview{ID: "r-x", Next: &next, Today: today}
		closing := profile.CloseReview{ID: "r-x", On: today, Next: next}
		if c.want == "" {
			mustApply(t, p, edit)
			mustApply(t, p, closing)
			continue
		}
		mustRefuse(t, p, edit, c.want)
		mustRefuse(t, p, closing, c.want)
		_, err := closing.Apply(p, std)
		if r := (*profile.Refusal)(nil); errors.As(err, &r) && strings.Contains(c.want, "months") && r.Why != "check the year; by default it is due by 28 Feb 2029" {
			t.Errorf("the hint: %s", r.Why)
		}
	}
}

func TestNextReviewDateInTheDetails(t *testing.T) {
	today := day(t, "2026-11-30")
	for _, c := range []struct{ review, want string }{
		{"", ""},
		{"2027-02-28", ""},
		{"2026-10-31", ""}, // it may be overdue
		{"2028-11-30", ""},
		{"2028-12-01", "more than 24 months away"},
		{"2206-12-01", "more than 24 months away"},
		{"2024-11-30", ""},
		{"2024-11-29", "more than 24 months ago"},
		{"1926-11-29", "more than 24 months ago"},
	} {
		change := profile.SetLearner{Learner: profile.Learner{Name: text("Asha"), Review: day(t, c.review)}, Today: today}
		p := decode(t, small).Profile
		if c.want != "" {
			mustRefuse(t, p, change, c.want)
			p.Learner.Review = change.Learner.Review
		}
		mustApply(t, p, change) // one that is in the file already may stay
	}
}

// Dates that a form would refuse do not keep a file from opening; they are noted with their line.
func TestOddDatesAreNoted(t *testing.T) {
	src := swap(t, reviewed, `name = "Asha"`, "name = \"Asha\"\nstart = 2025-09-15\nreview = 2206-12-11", "on = 2026-09-09\n", "on = 2027-09-09\n", "next = 2026-12-31", "next = 2206-12-31")
	f := decode(t, src)
	var got []string
	for _, x := range f.OddDates(today) {
		got = append(got, written(x))
	}
	want := []string{
		"7:1 learner.review: the next review, 11 Dec 2206, is more than 24 months away | check the year; by default it is due by 31 May 2027",
		"32:1 review.on: 9 Sep 2027 is still to come | start the review on its day; to set it as your next review: d on Home, or ksbcoach review settings --next 2027-09-09",
		"45:1 review.next: the next review, 31 Dec 2206, is more than 24 months away | check the year; by default it is due by 31 Mar 2028",
		"46:1 review.closed: the review was closed before its day, 9 Sep 2027 | check the year",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if odd := decode(t, reviewed).OddDates(today); len(odd) != 0 {
		t.Errorf("%v", odd)
	}
}

func TestNextReviewIsAMonthEnd(t *testing.T) {
	for _, c := range []struct {
		last  calendar.Date
		every int
		want  calendar.Date
	}{
		{calendar.Of(2026, 8, 1), 3, calendar.Of(2026, 11, 30)},
		{calendar.Of(2026, 8, 31), 3, calendar.Of(2026, 11, 30)},
		{calendar.Of(2026, 1, 31), 3, calendar.Of(2026, 4, 30)},
		{calendar.Of(2025, 11, 30), 3, calendar.Of(2026, 2, 28)},
		{calendar.Of(2027, 11, 1), 3, calendar.Of(2028, 2, 29)},
		{calendar.Of(2028, 2, 29), 12, calendar.Of(2029, 2, 28)},
		{calendar.Of(2028, 2, 29), 3, calendar.Of(2028, 5, 31)},
		{calendar.Of(2026, 10, 15), 3, calendar.Of(2027, 1, 31)},
		{calendar.Of(2026, 12, 31), 1, calendar.Of(2027, 1, 31)},
		{calendar.Date{}, 3, calendar.Date{}},
	} {
		if got := profile.DueAfter(c.last, c.every); got != c.want {
			t.Errorf("%s every %d: %s, want %s", c.last, c.every, got, c.want)
		}
	}
}

func TestNextReviewProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := calendar.Of(2024, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "day"))
		every := rapid.IntRange(1, 24).Draw(t, "every")
		next := profile.DueAfter(last, every)
		if next.AddDays(1).Day != 1 {
			t.Fatalf("%s is no month end", next)
		}
		if n := (next.Year-last.Year)*12 + int(next.Month) - int(last.Month); n != every {
			t.Fatalf("%s to %s: %d calendar months, want %d", last, next, n, every)
		}
	})
}
