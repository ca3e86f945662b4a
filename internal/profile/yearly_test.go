package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestAppraisalDue(t *testing.T) {
	pause := func(from, to string) profile.Pause { return profile.Pause{From: day(t, from), To: day(t, to)} }
	held := func(on string, kind profile.ReviewKind) profile.Review {
		return profile.Review{ID: "r-" + on, On: day(t, on), Kind: kind, Closed: day(t, on)}
	}
	open := held("2026-11-22", profile.ReviewAppraisal)
	open.Closed = calendar.Date{}
	for _, c := range []struct {
		name    string
		start   string
		pauses  []profile.Pause
		reviews []profile.Review
		due     string
		near    bool // whether it is near on 22 November 2026
	}{
		{name: "nothing is known"},
		{name: "a year after the start", start: "2025-09-15", due: "2026-09-30", near: true},
		{name: "in this month", start: "2025-11-30", due: "2026-11-30", near: true},
		{name: "next month", start: "2025-12-01", due: "2026-12-31"},
		{name: "from a 29 February", start: "2024-02-29", due: "2025-02-28", near: true},
		{name: "to a 29 February", start: "2027-02-28", due: "2028-02-29"},
		{name: "a pause is taken out", start: "2025-09-15", pauses: []profile.Pause{pause("2026-02-01", "2026-03-31")}, due: "2026-11-30", near: true},
		{name: "a pause that is not over", start: "2025-09-15", pauses: []profile.Pause{pause("2026-09-01", "2027-08-31")}, due: "2027-09-30"},
		{name: "a pause after the year", start: "2025-09-15", pauses: []profile.Pause{pause("2026-09-15", "2026-12-31")}, due: "2026-09-30", near: true},
		{name: "a pause before the start", start: "2025-09-15", pauses: []profile.Pause{pause("2025-02-01", "2025-03-31")}, due: "2026-09-30", near: true},
		{name: "two pauses that touch", start: "2025-09-15", pauses: []profile.Pause{pause("2026-02-01", "2026-02-28"), pause("2026-03-01", "2026-03-31")}, due: "2026-11-30", near: true},
		{name: "one was held", start: "2024-09-15", reviews: []profile.Review{held("2025-12-03", profile.ReviewAppraisal)}, due: "2026-12-31"},
		{name: "without a start", reviews: []profile.Review{held("2025-10-31", profile.ReviewAppraisal)}, due: "2026-10-31", near: true},
		{name: "a progress review is none", start: "2025-09-15", reviews: []profile.Review{held("2026-09-01", profile.ReviewProgress)}, due: "2026-09-30", near: true},
		{name: "one is under way", start: "2025-09-15", reviews: []profile.Review{open}, due: "2026-09-30"},
	} {
		p := profile.Profile{Learner: profile.Learner{Start: day(t, c.start)}, Pauses: c.pauses, Reviews: c.reviews}
		p.Rounds = []profile.Round{{ID: "baseline", Opened: day(t, c.start)}} // in use from the start
		if got := p.AppraisalDue(today).String(); got != c.due {
			t.Errorf("%s: due %s, want %s", c.name, got, c.due)
		}
		kind := profile.ReviewProgress
		if c.near {
			kind = profile.ReviewAppraisal
		}
		if p.AppraisalNear(today) != c.near || p.UsualKind(today) != kind {
			t.Errorf("%s: near %v, and the kind suggested is %s", c.name, p.AppraisalNear(today), p.UsualKind(today))
		}
	}
}

// Pauses count for the yearly appraisal as they count for the month of the programme.
func TestAppraisalDueAgreesWithMonth(t *testing.T) {
	p := profile.Profile{Learner: profile.Learner{Start: day(t, "2025-01-31")}, Pauses: []profile.Pause{{From: day(t, "2025-02-10"), To: day(t, "2025-05-31")}, {From: day(t, "2025-12-20"), To: day(t, "2026-02-03")}}}
	p.Rounds = []profile.Round{{ID: "baseline", Opened: day(t, "2025-01-31")}}
	if m, _ := p.Month(p.AppraisalDue(today)); m != 12 {
		t.Errorf("due by %s, in month %d", p.AppraisalDue(today), m)
	}
}

// Nobody can tell whether an appraisal from before the record was held, so it is not called overdue.
func TestNoAppraisalIsDueBeforeTheRecord(t *testing.T) {
	p := profile.Profile{Learner: profile.Learner{Start: day(t, "2025-09-15")}} // made today, 22 November 2026
	if due := p.AppraisalDue(today); due != day(t, "2027-09-30") || p.AppraisalNear(today) {
		t.Errorf("a record of today: due by %s, near %v", due, p.AppraisalNear(today))
	}
	p.Evidence = []profile.Evidence{{ID: "e-1", On: day(t, "2025-10-01")}}
	if p.AppraisalNear(today) {
		t.Error("evidence of an earlier day is no sign of an earlier use")
	}
	p.Rounds = []profile.Round{{ID: "baseline", Opened: today}}
	if next := day(t, "2027-09-10"); !p.AppraisalNear(next) || p.AppraisalDue(next) != day(t, "2027-09-30") {
		t.Errorf("a year later it is due by %s", p.AppraisalDue(next))
	}
	p.Rounds[0].Opened = day(t, "2026-09-01")
	if !p.AppraisalNear(today) {
		t.Error("one that became due while the record was in use is overdue")
	}
}
