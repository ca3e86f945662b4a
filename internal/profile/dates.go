package profile

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// dueAfter is the last day of the month that is a number of months after a day: 3 months after 1 August is 30 November.
// Zero for an unknown day.
func dueAfter(day calendar.Date, months int) calendar.Date {
	if day.IsZero() {
		return day
	}
	return calendar.Of(day.Year, day.Month, 1).AddMonths(months + 1).AddDays(-1)
}

// ReviewSet is the day that was set for the next review; zero if none was set, or if a review has been held since.
func (p Profile) ReviewSet() calendar.Date {
	last, _ := p.LastReview()
	if d := p.Learner.Review; d.After(last.On) {
		return d
	}
	return calendar.Date{}
}

// ReviewDue is the day of the next review: the one that was set, else the last review plus the interval in the
// settings; zero if neither is known.
func (p Profile) ReviewDue() calendar.Date {
	last, _ := p.LastReview()
	return cmp.Or(p.ReviewSet(), dueAfter(last.On, p.Settings.EveryMonths()))
}

// ReviewAhead is the day of the review at which actions planned now will be checked: ReviewDue or, during a review, the
// day of the one after it; zero if that is not known.
func (p Profile) ReviewAhead() calendar.Date {
	if r, open := p.OpenReview(); open {
		return p.ReviewAfter(r)
	}
	return p.ReviewDue()
}

// ReviewAfter is the day of the review that follows another: as it was set then, else after the interval.
func (p Profile) ReviewAfter(r Review) calendar.Date {
	return cmp.Or(r.Next, dueAfter(r.On, p.Settings.EveryMonths()))
}

// slipYears is how many years from today the day of a review or an action is taken for a slip.
const slipYears = 5

// The functions below, called May..., return nil if something is allowed and a *Refusal if not. If today is zero, the
// checks that need it are left out; MayBeNext then counts from the day of the review.

// MayHold refuses a day on which a review cannot have taken place: one in the future, before the last review, before
// the programme, or long ago.
func (p Profile) MayHold(on, today calendar.Date) error {
	last, _ := p.LastReview()
	start := p.Learner.Start
	switch {
	case on.IsZero():
		return noDay("a review")
	case !today.IsZero() && on.After(today):
		return Refuse("start the review on its day; to set it as your next review: d on Home, or ksbcoach review "+
			"settings --next "+on.String(), "%s is still to come", on.Long())
	case on.Before(last.On):
		return Refuse("choose that day or a later one", "the last review was on %s, after %s", last.On.Long(),
			on.Long())
	case on.Before(start):
		return beforeStart(on, start)
	case !today.IsZero() && on.Before(today.AddMonths(-12*slipYears)):
		return Refuse("check the year", "%s is more than %d years ago", on.Long(), slipYears)
	}
	return nil
}

// MayBeNext refuses a day for the next review that is not after this review, or further away than the largest interval.
func (p Profile) MayBeNext(next, on, today calendar.Date) error {
	switch {
	case next.IsZero():
		return nil
	case !next.After(on):
		return Refuse("choose a later day", "the next review, %s, is not after this one", next.Long())
	case next.After(dueAfter(later(on, today), MaxEvery)):
		return p.tooFar(next, dueAfter(on, p.Settings.EveryMonths()))
	}
	return nil
}

// AskIfPast is a question about a date for the next review that is past, or "". The learner may mean an overdue review,
// or have given the date of the last one by mistake. A date that is in the record already is not asked about.
func (p Profile) AskIfPast(next, today calendar.Date) string {
	if next.IsZero() || next == p.Learner.Review || !next.Before(today) {
		return ""
	}
	return next.Long() + " is past: is that the last review, or is the next one overdue?"
}

// MayPlan refuses a date for the next review in what must be the wrong year, unless it is in the record already.
func (p Profile) MayPlan(next, today calendar.Date) error {
	if next.IsZero() || today.IsZero() || next == p.Learner.Review {
		return nil
	}
	usual := dueAfter(today, p.Settings.EveryMonths())
	switch {
	case next.After(dueAfter(today, MaxEvery)):
		return p.tooFar(next, usual)
	case next.Before(today.AddMonths(-MaxEvery)):
		return Refuse(checkYear(usual), "the next review, %s, is more than %d months ago", next.Long(), MaxEvery)
	}
	return nil
}

// MayBeDue refuses a due date in the past, or in what must be the wrong year. The recorded one, which the thing has
// already, may stay.
func MayBeDue(due, recorded, today calendar.Date) error {
	switch {
	case due.IsZero() || today.IsZero() || due == recorded:
		return nil
	case due.Before(today):
		return Refuse("check the year, or choose a day from today on", "%s is past already", due.Long())
	case due.After(today.AddMonths(12 * slipYears)):
		return Refuse("check the year", "%s is more than %d years away", due.Long(), slipYears)
	}
	return nil
}

// spanYears is how many years before or after today the start or the gateway of a programme may be.
const spanYears = 10

// MaySpan refuses a start, a gateway or a day of a pause in what must be the wrong year.
func MaySpan(day, today calendar.Date) error {
	switch {
	case day.IsZero() || today.IsZero():
		return nil
	case day.Before(today.AddMonths(-12 * spanYears)):
		return Refuse("check the year", "%s is more than %d years ago", day.Long(), spanYears)
	case day.After(today.AddMonths(12 * spanYears)):
		return Refuse("check the year", "%s is more than %d years away", day.Long(), spanYears)
	}
	return nil
}

func (p Profile) tooFar(next, usual calendar.Date) error {
	return Refuse(checkYear(usual), "the next review, %s, is more than %d months away", next.Long(), MaxEvery)
}

func checkYear(day calendar.Date) string {
	return fmt.Sprintf("check the year; by default it is due by %s", day.Long())
}

func later(a, b calendar.Date) calendar.Date {
	if b.After(a) {
		return b
	}
	return a
}

// MayHaveHappened refuses a day in the future for something that has happened. The recorded day, which it has already,
// may stay.
func MayHaveHappened(on, recorded, today calendar.Date) error {
	if today.IsZero() || on == recorded || !on.After(today) {
		return nil
	}
	return Refuse("check the year, or give the day once it has come", "%s is still to come", on.Long())
}

// preparationMonths is how many months before the start of the programme a learner may begin to rate.
const preparationMonths = 12

// MayRateOn refuses a day on which a rating cannot have been given: one in the future, before its round was opened, or
// before the programme (see AfterStart). A mentor's rating may be older than its round, since a sheet may come back
// late. If today is zero, it is taken to be the day of the rating.
func (p Profile) MayRateOn(round Round, by Rater, on, today calendar.Date) error {
	if today.IsZero() {
		today = on
	}
	if err := MayHaveHappened(on, calendar.Date{}, today); err != nil {
		return err
	}
	if by != Mentor && on.Before(round.Opened) {
		return Refuse("check the year, the clock of this computer, or the day of the round",
			"%s is before the round %s was opened, on %s", on.Long(), RoundName(round.ID), round.Opened.Long())
	}
	return p.AfterStart(on, today)
}

// AfterStart refuses a day before the start of the programme, unless today is before it too and the start at most 12
// months away.
func (p Profile) AfterStart(on, today calendar.Date) error {
	start := p.Learner.Start
	if !on.Before(start) || today.Before(start) && !start.After(on.AddMonths(preparationMonths)) {
		return nil
	}
	return beforeStart(on, start)
}

func beforeStart(on, start calendar.Date) error {
	return Refuse("check the year, or the start of the programme in your details",
		"%s is before the start of the programme, %s", on.Long(), start.Long())
}

// appraisalMonths is how many months of learning there are from one appraisal to the next.
const appraisalMonths = 12

// AppraisalDue is the day by which the yearly appraisal is due; zero if it is not known. It is the end of the month in
// which a year of learning is over, not counting pauses, since the last appraisal or, if there was none, since the
// start. An appraisal that was due before this record was in use is passed over, since nobody can tell here whether it
// was held.
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
	due := dueAfter(p.afterLearning(from, appraisalMonths), 0)
	for years := 2; !held && due.Before(p.inUseSince(today)); years++ {
		due = dueAfter(p.afterLearning(from, appraisalMonths*years), 0)
	}
	return due
}

// inUseSince is the first day on which a round was opened, a review held or a goal set, and today if there was none.
// Evidence does not count, since people add what is older.
func (p Profile) inUseSince(today calendar.Date) calendar.Date {
	first := today
	use := func(day calendar.Date) {
		if !day.IsZero() && (first.IsZero() || day.Before(first)) {
			first = day
		}
	}
	for _, r := range p.Rounds {
		use(r.Opened)
	}
	for _, r := range p.Reviews {
		use(r.On)
	}
	for _, g := range p.Goals {
		use(g.Set)
	}
	return first
}

// AppraisalNear says whether the yearly appraisal is due this month or overdue, and is not under way.
func (p Profile) AppraisalNear(today calendar.Date) bool {
	due := p.AppraisalDue(today)
	r, open := p.OpenReview()
	return !due.IsZero() && !today.Before(calendar.Of(due.Year, due.Month, 1)) && !(open && r.Kind == ReviewAppraisal)
}

// UsualKind is the kind that a new review most likely has: an appraisal if that is near, else a progress review.
func (p Profile) UsualKind(today calendar.Date) ReviewKind {
	if p.AppraisalNear(today) {
		return ReviewAppraisal
	}
	return ReviewProgress
}

// afterLearning is the day on which a number of months of learning are over since a day, not counting pauses.
func (p Profile) afterLearning(from calendar.Date, months int) calendar.Date {
	start := from
	for _, q := range mergePauses(p.Pauses) {
		q.From = later(q.From, from)
		if q.To.Before(q.From) {
			continue // it was over before that day
		}
		if !q.From.Before(start.AddMonths(months)) {
			break
		}
		start = q.moveOn(start)
	}
	return start.AddMonths(months)
}

// moveOn moves a start on by the length of the pause, in whole months and the days that remain.
func (q Pause) moveOn(start calendar.Date) calendar.Date {
	back := q.To.AddDays(1) // the first day of learning again
	months := q.From.Months(back)
	return start.AddMonths(months).AddDays(q.From.AddMonths(months).Days(back))
}

// AddPause adds a break in learning.
type AddPause struct {
	Pause Pause
	Today calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c AddPause) Label() string { return "pause" }

func (c AddPause) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if err := cmp.Or(MayPause(c.Pause), MaySpan(c.Pause.From, c.Today), MaySpan(c.Pause.To, c.Today)); err != nil {
		return p, err
	}
	if slices.Contains(p.Pauses, c.Pause) {
		return p, Refuse("nothing needs doing", "that pause is already there")
	}
	p.Pauses = append(slices.Clone(p.Pauses), c.Pause)
	return p, nil
}

// MayPause refuses a pause whose days are missing or the wrong way round.
func MayPause(q Pause) error {
	if q.From.IsZero() || q.To.Before(q.From) {
		return Refuse("give the first and the last day away", "the pause ends before it begins")
	}
	return nil
}

// RemovePause removes a break in learning, and any duplicates of it.
type RemovePause struct{ Pause Pause }

func (c RemovePause) Label() string { return "removal of a pause" }

func (c RemovePause) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	rest := slices.DeleteFunc(slices.Clone(p.Pauses), func(q Pause) bool { return q == c.Pause })
	if len(rest) == len(p.Pauses) {
		return p, Refuse("ksbcoach pause lists them", "there is no pause from %s to %s", c.Pause.From.Long(),
			c.Pause.To.Long())
	}
	p.Pauses = rest
	return p, nil
}
