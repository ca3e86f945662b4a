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

// Shares is among how many actions of one goal those days are shared out.
const Shares = 3

// GoalDue is the day that is suggested for a goal: a working day within twelve weeks, before the next review where that
// is nearer and leaves enough time.
func GoalDue(today, review calendar.Date) calendar.Date {
	return workday(today, days(today, review, goalDays, leastGoalDays))
}

// ActionDue is the day that is suggested for an action of a goal that has so many open ones already: a working day
// within four weeks, before the next review where that is nearer and leaves enough time. Actions added one after the
// other are spread over that time.
func ActionDue(today, review calendar.Date, open int) calendar.Date {
	return workday(today, days(today, review, actionDays, leastActionDays)*(open%Shares+1)/Shares)
}

// togetherDue is the same for the nth of so many actions that are suggested at once, counted from 0: spread over twice the
// time, since several goals share it, none within the first week, and none in the weeks around Christmas where they can wait.
func togetherDue(today, review calendar.Date, n, of int) calendar.Date {
	later := days(today, review, 2*actionDays, leastActionDays) - leastActionDays
	due := leastActionDays + later*(n+1)/of
	if d := today.AddDays(due); (d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 3) &&
		due+quietDays <= days(today, review, goalDays, leastActionDays) {
		due += quietDays
	}
	return workday(today, due)
}

// quietDays are the weeks around Christmas and New Year.
const quietDays = 2 * 7

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
	for off(d) {
		d = d.AddDays(1)
	}
	return d
}
