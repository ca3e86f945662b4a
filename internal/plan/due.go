package plan

import (
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// How far ahead a suggested goal and its last action are due, in days, and how little time each is given at least when
// the next review would cut that short. A quarterly review comes round after 13 weeks.
const (
	goalDays, leastGoalDays     = 12 * 7, 4 * 7
	actionDays, leastActionDays = 4 * 7, 7
)

// shares is among how many actions of one goal those days are shared out.
const shares = 3

// Ahead are the days that a plan of today keeps to. Review and Gateway are zero where they are not known.
type Ahead struct{ Today, Review, Gateway calendar.Date }

// AheadOf are those of a learner.
func AheadOf(p profile.Profile, today calendar.Date) Ahead {
	return Ahead{today, p.ReviewAhead(), p.GatewayDate()}
}

func aheadOf(r *gap.Report) Ahead { return Ahead{r.AsOf, r.Review, r.Gateway} }

// GoalDue is the day that is suggested for a goal: a working day within twelve weeks, before the next review where that
// is nearer and leaves enough time, and never after the gateway.
func (x Ahead) GoalDue() calendar.Date {
	return x.within(x.days(goalDays, leastGoalDays))
}

// ActionDue is the day that is suggested for an action of a goal that has so many open ones already: a working day
// within four weeks, before the next review where that is nearer and leaves enough time. Actions added one after the
// other are spread over that time.
func (x Ahead) ActionDue(open int) calendar.Date {
	return x.within(x.days(actionDays, leastActionDays) * (open%shares + 1) / shares)
}

// within is the working day in so many days, or before it, and no later than the gateway.
func (x Ahead) within(days int) calendar.Date { return x.bound(workday(x.Today, days)) }

// bound is a day, or the last working day up to the gateway where that is before it. In the last days, when none is left, it is
// the gateway itself.
func (x Ahead) bound(d calendar.Date) calendar.Date {
	if !x.Gateway.After(x.Today) || !d.After(x.Gateway) {
		return d
	}
	back := x.Gateway
	for off(back) && back.After(x.Today) {
		back = back.AddDays(-1)
	}
	if back.After(x.Today) {
		return back
	}
	return x.Gateway
}

// days is how many days there are: as many as usual, or those until the day before the next review. A review that comes in the
// quiet weeks leaves only the time before them.
func (x Ahead) days(usual, least int) int {
	if x.Review.IsZero() {
		return usual
	}
	last := x.Review.AddDays(-1)
	for quiet(last) {
		last = last.AddDays(-1)
	}
	if n := x.Today.Days(last); n >= least && n < usual {
		return n
	}
	return usual
}

// agreed is the next review, where what is suggested today can be agreed there: before it is due. It is false where none is ahead.
func (x Ahead) agreed() (calendar.Date, bool) {
	return x.Review, x.Review.After(x.Today) && x.Review.Before(x.GoalDue())
}

// near says whether a review comes too soon for goals to be due before it, and yet leaves time for a first action.
func (x Ahead) near() bool {
	n := x.Today.Days(x.Review)
	return !x.Review.IsZero() && n > leastActionDays && n < goalDays && x.days(goalDays, leastGoalDays) == goalDays
}

// openDays are the working days from one in so many days to a last day.
func (x Ahead) openDays(first int, last calendar.Date) []calendar.Date {
	var out []calendar.Date
	for d := x.Today.AddDays(first); !d.After(last); d = d.AddDays(1) {
		if !off(d) {
			out = append(out, d)
		}
	}
	return out
}

// finishDays are left between the last action and the day of its goal, to finish what the actions have begun.
const finishDays = 2 * 7

// askDays is how long it takes at least to get an assessor, a witness or a senior colleague to a piece of work.
const askDays = 3 * 7

// othersDays is how long it takes at least to get to somebody other than one's own supervisor, or half a day free for it.
const othersDays = 11

// firstDays is how long it takes at least to do what one can do alone.
const firstDays = 5

// workDays is how long it takes at least to be given an audit or a task of its size, and to have it watched.
const workDays = 7 * 7

// soonDue is the day for the first two actions of a goal that people's safety asks for: within a working week, and the week
// after it.
func (x Ahead) soonDue(n int) calendar.Date {
	return x.within(leastActionDays - 2 + n*leastActionDays)
}

// quiet says whether a day is around Christmas and New Year, when those whom an action needs are hard to find.
func quiet(d calendar.Date) bool {
	return d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 8
}

// off says whether a day is at a weekend or in the quiet weeks, when few can keep a date.
func off(d calendar.Date) bool { return d.Weekend() || quiet(d) }

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

// running is the first day on which what runs for so many weeks can end, begun on a day or after: not over the quiet weeks, so it
// begins after them where it cannot end before.
func running(from calendar.Date, weeks int) calendar.Date {
	start := dayFrom(from, 0)
	end := start.AddDays(7 * weeks)
	for d := start; !d.After(end); d = d.AddDays(1) {
		if quiet(d) {
			return dayFrom(dayFrom(d, 0), 7*weeks)
		}
	}
	return dayFrom(end, 0)
}
