package plan

import (
	"slices"
	"strings"
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

const shares = 3 // among how many actions of one goal those days are shared out

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

// bound is a day, or the last working day up to the gateway where that is before it. In the last days, when none is
// left, it is the gateway itself.
func (x Ahead) bound(d calendar.Date) calendar.Date {
	if !x.Gateway.After(x.Today) || !d.After(x.Gateway) {
		return d
	}
	if back := dayUpTo(x.Gateway); back.After(x.Today) {
		return back
	}
	return x.Gateway
}

// days is how many days there are: as many as usual, or those until the day before the next review. A review that comes
// in the quiet weeks leaves only the time before them.
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

// agreed is the next review, where what is suggested today can be agreed there: before it is due. It is false where
// none is ahead.
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

// How many days it takes at least.
const (
	firstDays  = 5     // to do what one can do alone
	othersDays = 11    // to get to somebody other than one's own supervisor, or half a day free for it
	finishDays = 2 * 7 // to finish what the actions of a goal have begun: between the last one and the day of the goal
	askDays    = 3 * 7 // to get an assessor, a witness or a senior colleague to a piece of work
	workDays   = 7 * 7 // to be given an audit or a task of its size, and to have it watched
)

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
	if back := dayUpTo(today.AddDays(days)); back.After(today) {
		return back
	}
	return dayFrom(today, days)
}

// dayUpTo is a day, or the last working day before it.
func dayUpTo(d calendar.Date) calendar.Date {
	for off(d) {
		d = d.AddDays(-1)
	}
	return d
}

// running is the first day on which what runs for so many weeks can end, begun on a day or after: not over the quiet
// weeks, so it begins after them where it cannot end before.
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

// mostWeekly is how many actions of all that is suggested at once are due in one week: beside a full job there is time
// for no more.
const mostWeekly = 2

// A schedule gives days to the actions of goals that are suggested at once.
type schedule struct {
	Ahead
	due  calendar.Date // of all goals
	all  []Suggestion
	week map[calendar.Date]int // how many actions are due in the week of a Monday
	n    int                   // how many have their day
}

type turn struct{ goal, action int }

// together gives the actions of goals their days: first the first of each goal, then the second, spread over the time
// that the goals share, two a week at most, each in its turn. Where a review comes too soon for the goals, the first
// action comes before it and the others after it. What one visit of an assessor shows has one day, and one place in its
// week. What there is no time for before the goals are due is left out, except the first of each goal.
func together(all []Suggestion, x Ahead, due calendar.Date) {
	s := &schedule{x, due, all, map[calendar.Date]int{}, 0}
	before, visits, after := s.turns()
	total := len(before) + len(after) + min(len(visits), 1)
	if total == 0 {
		return
	}
	first := leastActionDays
	if x.near() {
		first = x.Today.Days(x.Review)
	}
	open := x.openDays(first, due.AddDays(-finishDays))
	if len(open)*mostWeekly < total*workdays {
		open = x.openDays(first, due) // there is no time to spare
	}
	spread := func() calendar.Date {
		if s.n++; len(open) == 0 {
			return due
		}
		return open[(len(open)-1)*s.n/total]
	}
	for _, t := range before {
		s.day(t, spread())
	}
	if len(visits) > 0 {
		s.visit(visits, spread())
	}
	for _, t := range after {
		s.day(t, spread())
	}
	for i := range all {
		all[i].cut()
	}
}

const workdays = 5

// turns are the actions in the order in which they get their days: those before the visit of an assessor, what that
// visit shows, and those that come after it in their goals.
func (s *schedule) turns() (before, visits, after []turn) {
	longest := 0
	for _, g := range s.all {
		longest = max(longest, len(g.Actions))
	}
	for round := range longest {
		for i, g := range s.all {
			if round >= len(g.Actions) {
				continue
			}
			visit := slices.Index(g.sessions, true)
			switch {
			case visit < 0 || round < visit:
				before = append(before, turn{i, round})
			case g.sessions[round]:
				visits = append(visits, turn{i, round})
			default:
				after = append(after, turn{i, round})
			}
		}
	}
	return before, visits, after
}

// day gives an action its day, as near to the one wanted as its week and its work allow.
func (s *schedule) day(t turn, want calendar.Date) {
	g := &s.all[t.goal]
	least := g.earliest(t.action, s.Ahead)
	if t.action > 0 {
		before := g.Actions[t.action-1].Due
		if before.IsZero() {
			return // it would be left out with the one before it, and take the room of another
		}
		least = latest(least, dayFrom(before, 1))
	}
	switch {
	case g.soon && t.action < soonActions && !g.runs(t.action):
		want = g.soonDue(t.action, s.Ahead)
		least = want
	case s.n == 1 && s.near() && least.Before(s.Review) && g.Actions[t.action].Minutes <= dayLimit:
		want = workday(s.Today, s.Today.Days(s.Review)-1)
	}
	g.Actions[t.action].Due = s.place(want, least, g.Due)
}

// visit gives what one visit shows its day.
func (s *schedule) visit(all []turn, want calendar.Date) {
	var least calendar.Date
	for _, t := range all {
		least = latest(least, s.all[t.goal].earliest(t.action, s.Ahead))
	}
	day := s.place(want, least, s.due)
	for _, t := range all {
		s.all[t.goal].Actions[t.action].Due = day
	}
}

// cut leaves out the actions from the first on that has no day; where that is the first of all, it is due with its
// goal.
func (x *Suggestion) cut() {
	n := slices.IndexFunc(x.Actions, func(a profile.Action) bool { return a.Due.IsZero() })
	if n < 0 {
		return
	}
	if n == 0 {
		x.Actions[0].Due = x.Due
	}
	n = max(n, 1)
	x.Actions, x.weeks = x.Actions[:n], x.weeks[:min(n, len(x.weeks))]
	x.sessions, x.reported = x.sessions[:min(n, len(x.sessions))], x.reported[:min(n, len(x.reported))]
}

// place is the first working day from one on in whose week there is room, or the last before it where there is none
// until a last day; zero where there is none at all.
func (s *schedule) place(want, least, last calendar.Date) calendar.Date {
	take := func(d calendar.Date) bool {
		week := monday(d)
		if off(d) || s.week[week] >= mostWeekly {
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

func monday(d calendar.Date) calendar.Date { return d.AddDays(-int(d.Weekday()+6) % 7) }

// earliest is the first day on which an action of a goal can be due: after the one before it, with the time that its
// work takes and that those who help must be given, as far as there is any before the goal is due.
func (x *Suggestion) earliest(n int, ahead Ahead) calendar.Date {
	today := ahead.Today
	days := firstDays
	switch {
	case n >= x.oneself:
		days = askDays
	case !alone(x.Actions[n]):
		days = othersDays
	}
	least := dayFrom(today, days)
	if n > 0 {
		least = latest(least, dayFrom(x.Actions[n-1].Due, 1))
	}
	watched := dayFrom(today, workDays)
	reported := func(at int) bool { // an audit is not begun and closed in a week
		return at >= 0 && at < len(x.reported) && x.reported[at] && !x.Due.Before(dayFrom(watched, finishDays))
	}
	if reported(n) {
		least = latest(least, watched)
	}
	if reported(n - 1) {
		least = latest(least, dayFrom(x.Actions[n-1].Due, finishDays))
	}
	if x.runs(n) {
		end := running(today.AddDays(leastActionDays), x.weeks[n])
		if end.After(x.Due) { // there is not the time to wait until the quiet weeks are over
			end = dayFrom(today, 7*x.weeks[n]+leastActionDays)
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

// runs says whether an action runs for weeks, so that it cannot be done soon.
func (x *Suggestion) runs(n int) bool { return n < len(x.weeks) && x.weeks[n] > 0 }

const soonActions = 2 // how many actions of a goal that people's safety asks for are due within days

// soonDue is the day of one of them: within a working week, and the week after it.
func (x *Suggestion) soonDue(n int, ahead Ahead) calendar.Date {
	due := ahead.within(leastActionDays - 2 + n*leastActionDays)
	if n > 0 {
		due = latest(due, dayFrom(x.Actions[n-1].Due, 1))
	}
	return due
}

func latest(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// atHand are those whom one meets anyway, so that they can be asked today.
var atHand = []string{
	"your supervisor", "your workplace supervisor", "your mentor", "your workplace mentor", "on your own", "a friend",
}

// elsewhere are words of an action that needs another place, another shift or another person's leave.
var elsewhere = []string{"department", "night", "ward", "another team", "agreement"}

// alone says whether an action can be done alone or with one's own supervisor, and in less than half a day.
func alone(a profile.Action) bool {
	who, text := strings.ToLower(a.Who.Line()), strings.ToLower(a.Text.Line())
	begins := func(s string) bool { return strings.HasPrefix(who, s) }
	other := func(s string) bool { return strings.Contains(who, s) || strings.Contains(text, s) }
	if a.Minutes > dayLimit || slices.ContainsFunc(elsewhere, other) || strings.Contains(who, ", and ") {
		return false
	}
	return who == "" || slices.ContainsFunc(atHand, begins)
}
