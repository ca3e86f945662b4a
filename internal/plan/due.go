package plan

import (
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
)

// How far ahead a suggested goal and its last action are due, in days, and how little time each is given at least when
// the next review would cut that short. A quarterly review comes round after 13 weeks.
const (
	goalDays, leastGoalDays     = 12 * 7, 4 * 7
	actionDays, leastActionDays = 4 * 7, 7
)

// shares is among how many actions of one goal those days are shared out.
const shares = 3

// GoalDue is the day that is suggested for a goal: a working day within twelve weeks, before the next review where that
// is nearer and leaves enough time.
func GoalDue(today, review calendar.Date) calendar.Date {
	return workday(today, days(today, review, goalDays, leastGoalDays))
}

// ActionDue is the day that is suggested for an action of a goal that has so many open ones already: a working day
// within four weeks, before the next review where that is nearer and leaves enough time. Actions added one after the
// other are spread over that time.
func ActionDue(today, review calendar.Date, open int) calendar.Date {
	return workday(today, days(today, review, actionDays, leastActionDays)*(open%shares+1)/shares)
}

// togetherDue is the same for the nth of so many actions that are suggested at once, counted from 0: spread over the time
// of their goals, which they share, up to a fortnight before its end.
func togetherDue(today, review calendar.Date, n, of int) calendar.Date {
	last := max(days(today, review, goalDays, leastActionDays)-finishDays, leastActionDays)
	return spreadDue(today, last, n, of)
}

// spreadDue is the nth of so many days that are spread from today over so many, none within the first week. The weeks
// around Christmas are left out where that leaves five working days at least.
func spreadDue(today calendar.Date, last, n, of int) calendar.Date {
	var open []calendar.Date
	for day := leastActionDays; day <= last; day++ {
		if d := today.AddDays(day); !quiet(d) && !off(d) {
			open = append(open, d)
		}
	}
	if len(open) < leastOpenDays {
		return workday(today, leastActionDays+(last-leastActionDays)*(n+1)/of)
	}
	return open[(len(open)-1)*(n+1)/of]
}

// leastOpenDays is how many working days must be left for the weeks around Christmas to be left out.
const leastOpenDays = 5

// finishDays are left between the last action and the day of its goal, to finish what the actions have begun.
const finishDays = 2 * 7

// askDays is how long it takes at least to get an assessor, a witness or a senior colleague to a piece of work.
const askDays = 3 * 7

// workDays is how long it takes at least to be given an audit or a task of its size, and to have it watched.
const workDays = 7 * 7

// soonDue is the day for the first two actions of a goal that people's safety asks for: within a working week, and the week
// after it.
func soonDue(today calendar.Date, n int) calendar.Date {
	return workday(today, leastActionDays-2+n*leastActionDays)
}

// quiet says whether a day is around Christmas and New Year, when those whom an action needs are hard to find.
func quiet(d calendar.Date) bool {
	return d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 8
}

// days is how many days there are: as many as usual, or those until the day before the next review.
func days(today, review calendar.Date, usual, least int) int {
	if n := today.Days(review) - 1; !review.IsZero() && n >= least && n < usual {
		return n
	}
	return usual
}

// off says whether a day is at a weekend or between Christmas and New Year, when few can keep a date.
func off(d calendar.Date) bool {
	return d.Weekend() || d.Month == time.December && d.Day >= 25 || d.Month == time.January && d.Day == 1
}

// dayFrom is the first working day in so many days or after.
func dayFrom(today calendar.Date, days int) calendar.Date {
	d := today.AddDays(days)
	for off(d) {
		d = d.AddDays(1)
	}
	return d
}

// workday is the day in so many days, or the last working day before it; where that is no later than today, the first
// after it.
func workday(today calendar.Date, days int) calendar.Date {
	d := today.AddDays(days)
	back := d
	for off(back) {
		back = back.AddDays(-1)
	}
	if back.After(today) {
		return back
	}
	return dayFrom(d, 0)
}
