package planning

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// The rows of the list and of a page by key; an action is itemAction and its ID.
const (
	itemRate     = "rate"
	itemReflect  = "reflect"
	itemAppraise = "appraise"
	itemAct      = "act"
	itemAction   = "action:"
	itemAdd      = "add"
	itemCoach    = "coach"
	itemKeep     = "keep"
	itemNext     = "next"
	itemReopen   = "reopen"
	itemTake     = "take"
)

var parts = [3]string{itemReflect, itemAppraise, itemAct}

type goalPage struct {
	goal  profile.Goal
	steps plan.Steps
	smart []plan.Letter
	next  profile.Goal // the goal to go on to
	more  bool         // whether there is one
}

func (s *Screen) page(g profile.Goal, c *ui.Context) goalPage {
	p := goalPage{goal: g, steps: pathOf(g, c), smart: plan.Check(g, c.Today)}
	p.next, p.more = nextGoal(g, s.order(c), c)
	return p
}

func pathOf(g profile.Goal, c *ui.Context) plan.Steps {
	return plan.Path(c.Profile, g, c.Library.Reflection(), c.Library.Appraisal(), c.Today)
}

// order lists the IDs of the goals as the list shows them.
func (s *Screen) order(c *ui.Context) []string {
	var out []string
	for _, status := range profile.GoalStatuses {
		for _, g := range c.Profile.Goals {
			if g.Status == status && (!status.Ended() || s.closed || g.ID == s.goal) {
				out = append(out, g.ID)
			}
		}
	}
	return out
}

// nextGoal is the goal to go on to: the next one in flight that has something to do, else simply the next one in
// flight.
func nextGoal(from profile.Goal, order []string, c *ui.Context) (next profile.Goal, ok bool) {
	at := slices.Index(order, from.ID)
	for i := range order {
		g, _ := c.Profile.Goal(order[(at+1+i)%len(order)])
		switch {
		case g.ID == from.ID || g.Status != profile.GoalActive:
		case !pathOf(g, c).Done():
			return g, true
		case !ok:
			next, ok = g, true
		}
	}
	return next, ok
}

// stepInHand is the line of a page where the learner goes on, and the part that is open there: what is overdue, what is
// not done yet in the order of the path, then what comes after.
func (p goalPage) stepInHand(c *ui.Context) (item, open string) {
	g := p.goal
	switch {
	case g.Status == profile.GoalParked && c.Profile.HasRoom(), g.Status.Ended() && !p.more:
		return itemReopen, ""
	case g.Status.Ended():
		return itemNext, ""
	}
	for _, a := range sorted(g.Actions, c.Today) {
		if a.Overdue(c.Today) {
			return itemAction + a.ID, itemAct
		}
	}
	for i, part := range parts {
		if !p.steps[i].Done {
			return part, part
		}
	}
	switch {
	case g.Status != profile.GoalActive:
		return itemAct, itemAct
	case keepOffered(c):
		return itemKeep, itemAct
	case p.more:
		return itemNext, itemAct
	}
	return itemAdd, itemAct
}

// missing is the first letter of SMART that is not met, or the zero letter.
func (p goalPage) missing() plan.Letter {
	if i := slices.IndexFunc(p.smart, func(l plan.Letter) bool { return !l.OK }); i >= 0 {
		return p.smart[i]
	}
	return plan.Letter{}
}

// sorted puts open actions first, by date, and then those that have ended, the newest first.
func sorted(actions []profile.Action, today calendar.Date) []profile.Action {
	out := slices.Clone(actions)
	const ended = 1 << 20 // further away than any day
	when := func(a profile.Action) int {
		switch {
		case a.Status != profile.ActionOpen:
			return ended - today.Days(a.Closed)
		case a.Due.IsZero():
			return ended / 2
		}
		return today.Days(a.Due)
	}
	sorting.By(out, func(a, b profile.Action) int { return cmp.Compare(when(a), when(b)) })
	return out
}

func goalSign(s profile.GoalStatus) page.Sign {
	switch s {
	case profile.GoalActive:
		return page.Open
	case profile.GoalParked:
		return page.Waiting
	case profile.GoalDone:
		return page.Done
	}
	return page.Over
}

// goalFacts say when a goal is due and how many of its actions are open, and how many of these overdue; or how it ended.
func goalFacts(g profile.Goal, today calendar.Date) (facts []string, late bool) {
	facts, late = whenFacts(g, today)
	switch open, overdue := g.OpenActions(), 0; {
	case g.Status != profile.GoalActive:
		return facts, late
	case len(g.Actions) == 0:
		return append(facts, "no actions yet"), late
	default:
		for _, a := range open {
			if a.Overdue(today) {
				overdue++
			}
		}
		return append(facts, plan.OpenInWords(len(open), overdue)), late || overdue > 0
	}
}

// whenFacts say when a goal is due, or when and why it was put aside or ended.
func whenFacts(g profile.Goal, today calendar.Date) (facts []string, late bool) {
	if g.Status != profile.GoalActive {
		return words.Given(near(g.Closed, today), g.Note.Line()), false
	}
	due, late := dueFact(g.Due, today)
	return words.Given(due), late
}

func dueFact(due, today calendar.Date) (says string, late bool) {
	return plan.DueWords(due, today), !due.IsZero() && due.Before(today)
}

func near(d, today calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Near(today)
}

func actionSign(a profile.Action, today calendar.Date) page.Sign {
	switch {
	case a.Overdue(today):
		return page.Late
	case a.Status == profile.ActionOpen:
		return page.Open
	case a.Status == profile.ActionDone:
		return page.Done
	}
	return page.Over
}

func actionFacts(a profile.Action, today calendar.Date) []string {
	who := words.After("with: ", a.Who.Line())
	if a.Status != profile.ActionOpen {
		ended := strings.TrimSpace(a.Status.Words() + " " + near(a.Closed, today))
		return words.Given(ended, string(a.Sort), who, a.Note.Line())
	}
	due, _ := dueFact(a.Due, today)
	return words.Given(cmp.Or(due, a.Status.Words()), string(a.Sort), who, a.Takes(), words.After("shows: ", a.Shows.Line()),
		a.IfThen.Line(), a.Note.Line())
}

// codes are the KSBs of a goal as a list has room to name them.
func codes(ksbs []string) string {
	const most = 2
	if len(ksbs) > most {
		return strings.Join(ksbs[:most], ", ") + fmt.Sprintf(" +%d", len(ksbs)-most)
	}
	return strings.Join(ksbs, ", ")
}

// keepOffered says whether to offer keeping this work: once one goal has all its parts, and until it has been kept.
func keepOffered(c *ui.Context) bool {
	_, kept := plan.KeptIn(c.Profile)
	return !kept && len(practised(c)) > 0 &&
		slices.ContainsFunc(c.Profile.Goals, func(g profile.Goal) bool { return pathOf(g, c).Done() })
}

func practised(c *ui.Context) []string { return plan.Practised(c.Profile, c.Standard) }
