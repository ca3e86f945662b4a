package planning

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// The rows of a page by key; an action is itemAction and its ID.
const (
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

// parts are the three parts of a page in order.
var parts = [3]string{itemReflect, itemAppraise, itemAct}

// goalPage is what the page of a goal is made of.
type goalPage struct {
	goal   profile.Goal
	steps  [3]plan.Step
	smart  []plan.Letter
	open   string
	begun  bool         // there is a reflection on it
	next   profile.Goal // the goal to go on to
	more   bool         // whether there is one
	room   bool         // whether one more goal may be in flight
	number int          // which of how many goals it is
	of     int
}

func (s *Screen) page(g profile.Goal, c *ui.Context) goalPage {
	p := goalPage{goal: g, steps: pathOf(g, c), smart: plan.Check(g, c.Today), open: s.open, room: c.Profile.InFlight() < profile.MaxInFlight}
	_, p.begun = plan.ReflectionOf(c.Profile, g.ID)
	order := s.order(c)
	p.of = len(order)
	if i := slices.Index(order, g.ID); i >= 0 {
		p.number = i + 1
	}
	p.next, p.more = nextGoal(g, order, c)
	return p
}

// order is the goals in the order of the list.
func (s *Screen) order(c *ui.Context) []string {
	var out []string
	for _, status := range profile.GoalStatuses {
		over := status == profile.GoalDone || status == profile.GoalDropped
		for _, g := range c.Profile.Goals {
			if g.Status == status && (!over || s.closed || g.ID == s.goal) {
				out = append(out, g.ID)
			}
		}
	}
	return out
}

// nextGoal is the goal to go on to: the next one in flight that has something to do, else simply the next one in flight.
func nextGoal(from profile.Goal, order []string, c *ui.Context) (profile.Goal, bool) {
	var rest []profile.Goal
	at := slices.Index(order, from.ID)
	for i := range order {
		g, _ := c.Profile.Goal(order[(at+1+i)%len(order)])
		if g.ID != from.ID && g.Status == profile.GoalActive {
			rest = append(rest, g)
		}
	}
	for _, g := range rest {
		if unfinished(g, c) {
			return g, true
		}
	}
	if len(rest) == 0 {
		return profile.Goal{}, false
	}
	return rest[0], true
}

// unfinished says whether a goal has a part to do or an action to see to.
func unfinished(g profile.Goal, c *ui.Context) bool {
	for _, step := range pathOf(g, c) {
		if !step.Done {
			return true
		}
	}
	_, overdue := openActions(g, c.Today)
	return overdue > 0
}

// stepInHand is the line of a page where the learner goes on, and the part that is open there: what is overdue or not done
// yet, in the order of the path, then what comes after.
func (p goalPage) stepInHand(c *ui.Context) (item, open string) {
	g := p.goal
	switch {
	case g.Status == profile.GoalParked && p.room, g.Status != profile.GoalActive && g.Status != profile.GoalParked && !p.more:
		return itemReopen, ""
	case g.Status != profile.GoalActive && g.Status != profile.GoalParked:
		return itemNext, ""
	case !p.steps[0].Done:
		return itemReflect, itemReflect
	case !p.steps[1].Done:
		return itemAppraise, itemAppraise
	case !p.steps[2].Done:
		return itemAct, itemAct
	}
	for _, a := range sorted(g.Actions, c.Today) {
		if overdueOn(a, c.Today) {
			return itemAction + a.ID, itemAct
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

// firstMissing is the first letter of SMART that is not met.
func (p goalPage) firstMissing() (plan.Letter, bool) {
	for _, l := range p.smart {
		if !l.OK {
			return l, true
		}
	}
	return plan.Letter{}, false
}

// sorted is the actions as they are shown: open ones by their date, then those that ended, the newest first.
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
	slices.SortStableFunc(out, func(a, b profile.Action) int { return cmp.Compare(when(a), when(b)) })
	return out
}

// toMend is the action to which a missing letter is best added: the first open one.
func toMend(g profile.Goal) (profile.Action, bool) {
	i := slices.IndexFunc(g.Actions, func(a profile.Action) bool { return a.Status == profile.ActionOpen })
	if i < 0 {
		return profile.Action{}, false
	}
	return g.Actions[i], true
}

// actionState is how an action stands.
func actionState(a profile.Action, c *ui.Context) state {
	switch a.Status {
	case profile.ActionDone:
		return state{page.Done, "done"}
	case profile.ActionNotDone:
		return state{page.Over, "not done"}
	case profile.ActionChanged:
		return state{page.Over, "changed"}
	case profile.ActionDropped:
		return state{page.Over, "dropped"}
	}
	if overdueOn(a, c.Today) {
		return state{page.Late, "overdue"}
	}
	return state{page.Open, "open"}
}

// reflectHint says what Enter does on Reflect.
func (p goalPage) reflectHint() string {
	switch {
	case p.steps[0].Done && p.open == itemReflect:
		return "change it, go deeper, or reflect again"
	case p.steps[0].Done:
		return "read your reflection"
	case p.begun:
		return "finish your reflection: what it means for patients"
	}
	return "reflect on it; a few lines, about two minutes"
}

func (p goalPage) appraiseHint() string {
	switch {
	case !p.steps[1].Done:
		return "say why this goal, in the terms of a theory; one line"
	case p.open != itemAppraise:
		return "see the theory behind your reason"
	}
	return "change the reason or the theory"
}

func (p goalPage) actHint() string {
	l, missing := p.firstMissing()
	switch {
	case p.open != itemAct:
		return "see the actions"
	case missing && len(p.goal.Actions) == 0:
		return "add a first action"
	case missing:
		return l.Says
	}
	return "add an action"
}

func actionHint(a profile.Action, c *ui.Context) string {
	switch {
	case a.Status != profile.ActionOpen:
		return "open this action again, or change its words"
	case overdueOn(a, c.Today):
		return "say how it went; it was due " + day(a.Due, c.Today)
	}
	return "say how this action went, or change it"
}

// actionFacts are what is known of an action beside its words.
func actionFacts(a profile.Action, c *ui.Context) []string {
	st := actionState(a, c)
	head := st.word
	switch {
	case a.Status == profile.ActionOpen && st.sign == page.Late:
		head = "overdue since " + day(a.Due, c.Today)
	case a.Status == profile.ActionOpen && !a.Due.IsZero():
		head, _ = dueFact(a.Due, c.Today)
	case !a.Closed.IsZero():
		head += " " + day(a.Closed, c.Today)
	}
	facts := []string{head, string(a.Sort)}
	if !a.Who.Empty() {
		facts = append(facts, "with: "+a.Who.Line())
	}
	if a.Status == profile.ActionOpen && a.Takes() != "" {
		facts = append(facts, a.Takes())
	}
	if a.Status == profile.ActionOpen && !a.Shows.Empty() {
		facts = append(facts, "shows: "+a.Shows.Line())
	}
	if a.Status == profile.ActionOpen && !a.IfThen.Empty() {
		facts = append(facts, a.IfThen.Line())
	}
	if !a.Note.Empty() {
		facts = append(facts, a.Note.Line())
	}
	return facts
}
