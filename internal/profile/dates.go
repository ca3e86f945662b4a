package profile

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
)

// MayHaveHappened refuses a day to come for what has happened; one that stands in the record already stays. Zero for today lets
// every day through.
func MayHaveHappened(on, stands, today calendar.Date) error {
	if today.IsZero() || on == stands || !on.After(today) {
		return nil
	}
	return refuse("check the year, or give the day once it has come", "%s is still to come", on.Long())
}

// early is how many months before the start of a programme somebody who gets ready for it may rate.
const early = 12

// MayRateOn refuses a day on which a rating cannot have been given: one to come, one before its round, and one before the
// programme, unless that had not begun on the day of the change. What a mentor rated may be older than the round that it goes
// into, since a sheet may come back late. Zero for today takes the day of the rating for it.
func (p Profile) MayRateOn(round Round, by Rater, on, today calendar.Date) error {
	if today.IsZero() {
		today = on
	}
	if err := MayHaveHappened(on, calendar.Date{}, today); err != nil {
		return err
	}
	if by != Mentor && on.Before(round.Opened) {
		return refuse("check the year, the clock of this computer, or the day of the round", "%s is before the round %s was opened, on %s", on.Long(), round.ID, round.Opened.Long())
	}
	return p.AfterStart(on, today)
}

// AfterStart refuses a day before the start of the programme, but for what is done to get ready for it.
func (p Profile) AfterStart(on, today calendar.Date) error {
	start := p.Learner.Start
	if !on.Before(start) || today.Before(start) && !start.After(on.AddMonths(early)) {
		return nil
	}
	return refuse("check the year, or the start of the programme in your details", "%s is before the start of the programme, %s", on.Long(), start.Long())
}

// LastDay is the newest day on which the record says that something happened; zero where it says nothing.
func (p Profile) LastDay() calendar.Date {
	var last calendar.Date
	see := func(days ...calendar.Date) {
		for _, d := range days {
			last = later(last, d)
		}
	}
	for _, r := range p.Rounds {
		see(r.Opened, r.Closed)
		for _, by := range Raters {
			for id := range r.Ratings[by] {
				see(r.Ratings[by][id].On)
			}
		}
		for _, list := range r.Others {
			for _, x := range list {
				see(x.On)
			}
		}
	}
	for _, e := range p.Evidence {
		see(e.On)
	}
	for _, x := range p.Reflections {
		see(x.On)
	}
	for _, x := range p.Reviews {
		see(x.On, x.Closed)
	}
	for _, g := range p.Goals {
		see(g.Set, g.Closed)
		for _, a := range g.Actions {
			see(a.Closed)
		}
	}
	return last
}
