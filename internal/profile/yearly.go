package profile

import "github.com/ksbcoach/ksbcoach/internal/calendar"

// yearly is the months of learning from one appraisal to the next.
const yearly = 12

// AppraisalDue is the day by which the yearly appraisal is due, beside the reviews of the interval: the end of the
// month in which a year of learning is over since the last one was closed, or since the start where none was. Pauses
// are taken out. Those that were due before this record was in use are not asked for: it cannot know whether they were
// held. Zero when neither day is known.
func (p Profile) AppraisalDue(today calendar.Date) calendar.Date {
	from, held := p.Learner.Start, false
	for _, r := range p.Reviews {
		if r.Kind == ReviewAppraisal && !r.Closed.IsZero() {
			from, held = later(from, r.On), true
		}
	}
	if from.IsZero() {
		return from
	}
	due := dueAfter(p.learnt(from, yearly), 0)
	for years := 2; !held && due.Before(p.inUseSince(today)); years++ {
		due = dueAfter(p.learnt(from, yearly*years), 0)
	}
	return due
}

// inUseSince is the first day on which anything was rated, met about or planned in this record, and today where nothing
// was yet. Evidence may be of a day before that.
func (p Profile) inUseSince(today calendar.Date) calendar.Date {
	first := today
	see := func(day calendar.Date) {
		if !day.IsZero() && (first.IsZero() || day.Before(first)) {
			first = day
		}
	}
	for _, r := range p.Rounds {
		see(r.Opened)
	}
	for _, r := range p.Reviews {
		see(r.On)
	}
	for _, g := range p.Goals {
		see(g.Set)
	}
	return first
}

// AppraisalNear says whether the yearly appraisal is due this month or was due before, and is not under way.
func (p Profile) AppraisalNear(today calendar.Date) bool {
	due := p.AppraisalDue(today)
	r, open := p.OpenReview()
	return !due.IsZero() && !today.Before(calendar.Of(due.Year, due.Month, 1)) && !(open && r.Kind == ReviewAppraisal)
}

// UsualKind is the kind of review that a new one will most likely be: the yearly appraisal when that is near.
func (p Profile) UsualKind(today calendar.Date) ReviewKind {
	if p.AppraisalNear(today) {
		return ReviewAppraisal
	}
	return ReviewProgress
}

// learnt is the day on which so many months of learning are over since a day, pauses taken out.
func (p Profile) learnt(from calendar.Date, months int) calendar.Date {
	start := from
	for _, q := range mergePauses(p.Pauses) {
		q.From = later(q.From, from)
		if q.To.Before(q.From) {
			continue // it was over before
		}
		if !q.From.Before(start.AddMonths(months)) {
			break
		}
		start = q.moveOn(start)
	}
	return start.AddMonths(months)
}

// moveOn moves a start on by the length of a pause, in whole months and the days that are left.
func (q Pause) moveOn(start calendar.Date) calendar.Date {
	back := q.To.AddDays(1) // the first day of learning again
	months := q.From.Months(back)
	return start.AddMonths(months).AddDays(q.From.AddMonths(months).Days(back))
}
