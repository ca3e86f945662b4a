package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// How many days a suggested goal and its last action usually have, and the fewest they can be cut down to in order to
// end before the next review. A quarterly review comes round after 13 weeks.
const (
	goalDays, leastGoalDays     = 12 * 7, 4 * 7
	actionDays, leastActionDays = 4 * 7, 7
)

const actionShares = 3 // those days are divided among this many actions of one goal

// Ahead holds the days that a plan made today must fit. Review and Gateway are zero if they are not known.
type Ahead struct{ Today, Review, Gateway calendar.Date }

// AheadOf gives these days for a learner.
func AheadOf(p profile.Profile, today calendar.Date) Ahead {
	return Ahead{today, p.ReviewAhead(), p.GatewayDate()}
}

func aheadOf(r *gap.Report) Ahead { return Ahead{r.AsOf, r.Review, r.Gateway} }

// GoalDue is the suggested due date of a goal: a working day within twelve weeks, before the next review if that leaves
// enough time, and never after the gateway.
func (x Ahead) GoalDue() calendar.Date {
	return x.within(x.daysFor(goalDays, leastGoalDays))
}

// ActionDue is the suggested due date of a new action, for a goal that already has the given number of open ones: a
// working day within four weeks, before the next review if that leaves enough time. The more there are, the later it
// is, so that actions added one after another are spread over that time.
func (x Ahead) ActionDue(open int) calendar.Date {
	return x.within(x.daysFor(actionDays, leastActionDays) * (open%actionShares + 1) / actionShares)
}

// within is the last working day within the given number of days, and no later than the gateway.
func (x Ahead) within(days int) calendar.Date { return x.upToGateway(workdayWithin(x.Today, days)) }

// upToGateway moves a day after the gateway back to the last working day up to the gateway. If no working day is left,
// that is the gateway itself.
func (x Ahead) upToGateway(d calendar.Date) calendar.Date {
	if !x.Gateway.After(x.Today) || !d.After(x.Gateway) {
		return d
	}
	if back := workdayUpTo(x.Gateway); back.After(x.Today) {
		return back
	}
	return x.Gateway
}

// daysFor is how many days there are for something: as many as usual, or the fewer up to the day before the next
// review if they are enough. A review in the quiet weeks leaves only the time before those.
func (x Ahead) daysFor(usual, least int) int {
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

// agreedAt is the next review, and true if a goal suggested today can be agreed at it: it is ahead, and before the
// goal would be due.
func (x Ahead) agreedAt() (calendar.Date, bool) {
	return x.Review, x.Review.After(x.Today) && x.Review.Before(x.GoalDue())
}

// reviewTooSoon reports whether the next review is too soon for goals to be due before it, but leaves time for a first
// action.
func (x Ahead) reviewTooSoon() bool {
	n := x.Today.Days(x.Review)
	return !x.Review.IsZero() && n > leastActionDays && n < goalDays && x.daysFor(goalDays, leastGoalDays) == goalDays
}

// workdays are the working days from the given number of days ahead up to and including the last day.
func (x Ahead) workdays(first int, last calendar.Date) []calendar.Date {
	var out []calendar.Date
	for d := x.Today.AddDays(first); !d.After(last); d = d.AddDays(1) {
		if !dayOff(d) {
			out = append(out, d)
		}
	}
	return out
}

// The fewest days that something takes.
const (
	unaidedDays = 5     // to do what needs nobody else
	othersDays  = 11    // to meet somebody other than one's own supervisor, or to get half a day free
	finishDays  = 2 * 7 // to finish what the actions began: between the last of them and the due date of the goal
	askDays     = 3 * 7 // to get an assessor, a witness or a senior colleague to come
	auditDays   = 7 * 7 // to be given an audit, or a task of that size, and be observed doing it
)

// quiet reports whether a day is around Christmas and New Year, when the people an action needs are hard to find.
func quiet(d calendar.Date) bool {
	return d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 8
}

// dayOff reports whether nothing should be due on a day: it is at a weekend or in the quiet weeks. The other days are
// called working days here.
func dayOff(d calendar.Date) bool { return d.Weekend() || quiet(d) }

// workdayFrom is the first working day at least the given number of days after today.
func workdayFrom(today calendar.Date, days int) calendar.Date {
	d := today.AddDays(days)
	for dayOff(d) {
		d = d.AddDays(1)
	}
	return d
}

// workdayWithin is the day the given number of days after today, or the last working day before that. If there is none
// after today, it is the first working day after that.
func workdayWithin(today calendar.Date, days int) calendar.Date {
	if back := workdayUpTo(today.AddDays(days)); back.After(today) {
		return back
	}
	return workdayFrom(today, days)
}

// workdayUpTo is the day itself if it is a working day, else the last working day before it.
func workdayUpTo(d calendar.Date) calendar.Date {
	for dayOff(d) {
		d = d.AddDays(-1)
	}
	return d
}

// endOfRun is the first day on which something can end that takes the given number of weeks and starts on from or
// later. It must not run over the quiet weeks: if it cannot end before them, it starts after them.
func endOfRun(from calendar.Date, weeks int) calendar.Date {
	start := workdayFrom(from, 0)
	end := start.AddDays(7 * weeks)
	for d := start; !d.After(end); d = d.AddDays(1) {
		if quiet(d) {
			return workdayFrom(workdayFrom(d, 0), 7*weeks)
		}
	}
	return workdayFrom(end, 0)
}

// mostWeekly is how many actions may be due in one week, of all that are suggested together: there is a full job to do
// as well.
const mostWeekly = 2

// A schedule gives due dates to the actions of goals that are suggested together.
type schedule struct {
	Ahead
	due    calendar.Date // of all goals
	all    []Suggestion
	week   map[calendar.Date]int // how many actions are due in a week, by its Monday
	placed int                   // how many actions have had their turn; the actions of a visit count as one
}

// An actionRef is one action, by its index in its goal and the index of that.
type actionRef struct{ goal, action int }

// scheduleTogether gives the actions of several goals their due dates: the first action of each goal, then the second
// of each, and so on, spread over the time up to the due date of all goals and at most two a week. If the next review
// is too soon for the goals, the very first action comes before it and the others after it. The actions that one visit
// by an assessor can cover share a day, and count once in their week. An action for which there is no time is left out,
// with those after it in its goal; each goal keeps its first.
func scheduleTogether(all []Suggestion, x Ahead, due calendar.Date) {
	s := &schedule{x, due, all, map[calendar.Date]int{}, 0}
	before, visits, after := s.order()
	total := len(before) + len(after) + min(len(visits), 1)
	if total == 0 {
		return
	}
	first := leastActionDays
	if x.reviewTooSoon() {
		first = x.Today.Days(x.Review)
	}
	open := x.workdays(first, due.AddDays(-finishDays))
	if len(open)*mostWeekly < total*workdays {
		open = x.workdays(first, due) // there is no time to spare
	}
	next := func() calendar.Date { // the day for the next turn, were they all spread evenly
		s.placed++
		if len(open) == 0 {
			return due
		}
		return open[(len(open)-1)*s.placed/total]
	}
	for _, t := range before {
		s.setDueDate(t, next())
	}
	if len(visits) > 0 {
		s.setVisitDate(visits, next())
	}
	for _, t := range after {
		s.setDueDate(t, next())
	}
	for i := range all {
		all[i].dropUndated()
	}
}

const workdays = 5 // in a week

// order are the actions in the order in which they get their dates: those before the visit by an assessor, those that
// the visit covers, and those that come after it in their goals.
func (s *schedule) order() (before, visits, after []actionRef) {
	longest := 0
	for _, g := range s.all {
		longest = max(longest, len(g.Actions))
	}
	for round := range longest {
		for i, g := range s.all {
			if round >= len(g.Actions) {
				continue
			}
			visit := slices.Index(g.sameVisit, true)
			switch {
			case visit < 0 || round < visit:
				before = append(before, actionRef{i, round})
			case g.sameVisit[round]:
				visits = append(visits, actionRef{i, round})
			default:
				after = append(after, actionRef{i, round})
			}
		}
	}
	return before, visits, after
}

// setDueDate gives an action a due date as near as possible to the wanted one, and none if there is no time for it.
func (s *schedule) setDueDate(t actionRef, want calendar.Date) {
	g := &s.all[t.goal]
	least := g.earliest(t.action, s.Ahead)
	if t.action > 0 {
		before := g.Actions[t.action-1].Due
		if before.IsZero() {
			return // it is left out with the action before it, so it must not take up room in a week
		}
		least = latest(least, workdayFrom(before, 1))
	}
	switch {
	case g.urgent && t.action < soonActions && !g.runs(t.action):
		want = g.soonDue(t.action, s.Ahead)
		least = want
	case s.placed == 1 && s.reviewTooSoon() && least.Before(s.Review) && g.Actions[t.action].Minutes <= maxDayMinutes:
		want = workdayWithin(s.Today, s.Today.Days(s.Review)-1)
	}
	g.Actions[t.action].Due = s.takeDay(want, least, g.Due)
}

// setVisitDate gives the actions that one visit covers the same due date.
func (s *schedule) setVisitDate(all []actionRef, want calendar.Date) {
	var least calendar.Date
	for _, t := range all {
		least = latest(least, s.all[t.goal].earliest(t.action, s.Ahead))
	}
	day := s.takeDay(want, least, s.due)
	for _, t := range all {
		s.all[t.goal].Actions[t.action].Due = day
	}
}

// dropUndated leaves out the first action without a date and all after it. A goal keeps its first action: without a
// date of its own, that is due with the goal.
func (x *Suggestion) dropUndated() {
	n := slices.IndexFunc(x.Actions, func(a profile.Action) bool { return a.Due.IsZero() })
	if n < 0 {
		return
	}
	if n == 0 {
		x.Actions[0].Due = x.Due
	}
	n = max(n, 1)
	x.Actions, x.weeks = x.Actions[:n], x.weeks[:min(n, len(x.weeks))]
	x.sameVisit, x.followedUp = x.sameVisit[:min(n, len(x.sameVisit))], x.followedUp[:min(n, len(x.followedUp))]
}

// takeDay takes a working day in a week with room: the first from the wanted day up to last, or else the nearest before
// it that is not before least. It is zero if there is none.
func (s *schedule) takeDay(want, least, last calendar.Date) calendar.Date {
	take := func(d calendar.Date) bool {
		week := monday(d)
		if dayOff(d) || s.week[week] >= mostWeekly {
			return false
		}
		s.week[week]++
		return true
	}
	want = latest(want, least)
	for d := want; !d.After(last); d = d.AddDays(1) {
		if take(d) {
			return d
		}
	}
	for d := want; !d.Before(least) && d.After(s.Today); d = d.AddDays(-1) {
		if !d.After(last) && take(d) {
			return d
		}
	}
	return calendar.Date{}
}

// monday is the Monday of the week of a day.
func monday(d calendar.Date) calendar.Date { return d.AddDays(-int(d.Weekday()+6) % 7) }

// earliest is the first day on which action n can be due: after the action before it, and with time for the work itself
// and for others to make time to help. It is never after the goal is due.
func (x *Suggestion) earliest(n int, ahead Ahead) calendar.Date {
	today := ahead.Today
	days := unaidedDays
	switch {
	case n >= x.unaided:
		days = askDays
	case !easyToArrange(x.Actions[n]):
		days = othersDays
	}
	least := workdayFrom(today, days)
	if n > 0 {
		least = latest(least, workdayFrom(x.Actions[n-1].Due, 1))
	}
	// nobody starts and finishes an audit in a week: it is observed first, and its report follows
	observed := workdayFrom(today, auditDays)
	reported := func(at int) bool {
		return at >= 0 && at < len(x.followedUp) && x.followedUp[at] && !x.Due.Before(workdayFrom(observed, finishDays))
	}
	if reported(n) {
		least = latest(least, observed)
	}
	if reported(n - 1) {
		least = latest(least, workdayFrom(x.Actions[n-1].Due, finishDays))
	}
	if x.runs(n) {
		end := endOfRun(today.AddDays(leastActionDays), x.weeks[n])
		if end.After(x.Due) { // too late, so it has to run over the quiet weeks
			end = workdayFrom(today, 7*x.weeks[n]+leastActionDays)
		}
		if !end.After(x.Due) {
			least = latest(least, end)
		}
	}
	if least.After(x.Due) {
		return x.Due
	}
	return least
}

// runs reports whether action n runs for weeks.
func (x *Suggestion) runs(n int) bool { return n < len(x.weeks) && x.weeks[n] > 0 }

const soonActions = 2 // how many actions of a goal are due within days, if people's safety needs it soon

// soonDue is the due date of such an action: within a working week for the first, a week later for the second.
func (x *Suggestion) soonDue(n int, ahead Ahead) calendar.Date {
	due := ahead.within(leastActionDays - 2 + n*leastActionDays)
	if n > 0 {
		due = latest(due, workdayFrom(x.Actions[n-1].Due, 1))
	}
	return due
}

func latest(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// atHand lists people whom one meets anyway, so that they can be asked today. An action names them in who it is with.
var atHand = []string{
	"your supervisor", "your workplace supervisor", "your mentor", "your workplace mentor", "on your own", "a friend",
}

// elsewhere lists words in an action that needs another place, another shift or somebody else's permission.
var elsewhere = []string{"department", "night", "ward", "another team", "agreement"}

// easyToArrange reports whether an action can be done alone or with one's own supervisor, and in less than half
// a day.
func easyToArrange(a profile.Action) bool {
	who, text := strings.ToLower(a.Who.Line()), strings.ToLower(a.Text.Line())
	mentioned := func(s string) bool { return strings.Contains(who, s) || strings.Contains(text, s) }
	if a.Minutes > maxDayMinutes || slices.ContainsFunc(elsewhere, mentioned) || strings.Contains(who, ", and ") {
		return false
	}
	return who == "" || slices.ContainsFunc(atHand, func(s string) bool { return strings.HasPrefix(who, s) })
}
