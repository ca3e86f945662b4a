package profile

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
)

// MayHaveHappened refuses a day in the future for what has happened, unless the record has that day already. A zero
// today allows every day.
func MayHaveHappened(on, recorded, today calendar.Date) error {
	if today.IsZero() || on == recorded || !on.After(today) {
		return nil
	}
	return refuse("check the year, or give the day once it has come", "%s is still to come", on.Long())
}

// early is how many months before the start of a programme a learner may begin to rate, in preparation.
const early = 12

// MayRateOn refuses a day on which a rating cannot have been given: one in the future, before its round, or before the
// programme, unless the programme had not begun on the day of the change. A mentor's rating may be older than its
// round, since a sheet may come back late. A zero today means the day of the rating.
func (p Profile) MayRateOn(round Round, by Rater, on, today calendar.Date) error {
	if today.IsZero() {
		today = on
	}
	if err := MayHaveHappened(on, calendar.Date{}, today); err != nil {
		return err
	}
	if by != Mentor && on.Before(round.Opened) {
		return refuse("check the year, the clock of this computer, or the day of the round",
			"%s is before the round %s was opened, on %s", on.Long(), RoundName(round.ID), round.Opened.Long())
	}
	return p.AfterStart(on, today)
}

// AfterStart refuses a day before the start of the programme, except in preparation for it.
func (p Profile) AfterStart(on, today calendar.Date) error {
	start := p.Learner.Start
	if !on.Before(start) || today.Before(start) && !start.After(on.AddMonths(early)) {
		return nil
	}
	return refuse("check the year, or the start of the programme in your details",
		"%s is before the start of the programme, %s", on.Long(), start.Long())
}
