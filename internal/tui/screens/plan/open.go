package plan

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// enter shows what was asked for: a goal, what there is or could be for a KSB, or the list.
func (s *Screen) enter(g ui.Go, c *ui.Context) {
	if _, ok := c.Profile.Goal(g.Goal); ok {
		s.showGoal(g.Goal, c)
		s.place, s.straight = onPage, true
		return
	}
	if goal, ok := c.Profile.GoalFor(g.KSB); ok {
		s.showGoal(goal.ID, c)
		s.place, s.straight = onPage, true
		return
	}
	if row, ok := c.Report.Row(g.KSB); ok {
		s.showProposal(plan.Suggest(c.Report, row, s.coachOf(c), c.Title), c)
		s.place, s.straight = onPage, true
		return
	}
	s.place, s.straight, s.loose = onList, false, false
	s.row = s.firstRow(c)
	s.showRow(c)
}

// firstRow is the row of the list to start at: the first goal in flight with something to do.
func (s *Screen) firstRow(c *ui.Context) pick {
	l := s.list(c)
	i := slices.IndexFunc(l.rows, func(r row) bool {
		return r.kind == goalRow && r.goal.Status == profile.GoalActive && unfinished(r.goal, c)
	})
	return pickAt(l.keys(), i)
}

// showRow makes the page that of the chosen row, so that a wide terminal shows it beside the list.
func (s *Screen) showRow(c *ui.Context) {
	l := s.list(c)
	keys := l.keys()
	s.row = pickAt(keys, s.row.index(keys))
	s.goal, s.proposal = "", nil
	if len(l.rows) == 0 {
		return
	}
	switch r := l.rows[s.row.at]; r.kind {
	case goalRow:
		s.showGoal(r.goal.ID, c)
	case suggestionRow:
		s.showProposal(r.suggestion, c)
	}
}

// showGoal makes a goal's page the one that is shown, at its step in hand.
func (s *Screen) showGoal(id string, c *ui.Context) {
	g, ok := c.Profile.Goal(id)
	if !ok {
		return
	}
	s.goal, s.proposal = id, nil
	s.learn(c, g.KSBs...)
	s.toStepInHand(c)
	l := s.list(c)
	if i := slices.Index(l.keys(), "g:"+id); i >= 0 {
		s.row = pickAt(l.keys(), i)
	}
}

// toStepInHand goes to where the learner goes on with the goal that is shown.
func (s *Screen) toStepInHand(c *ui.Context) {
	g, ok := c.Profile.Goal(s.goal)
	if !ok {
		return
	}
	item, open := s.page(g, c).stepInHand(c)
	s.open = open
	keys := s.page(g, c).items
	s.item = pickAt(keys, slices.Index(keys, item))
	s.pageTop, s.loose = 0, false
}

func (s *Screen) showProposal(x plan.Suggestion, c *ui.Context) {
	s.goal, s.proposal, s.here = "", &x, ""
	s.learn(c, x.KSBs...)
	if x.Bundle != nil {
		own, _ := c.Library.Fields(c.Standard.Reference).Of(c.Profile.Learner.Role.Line())
		s.here = x.Bundle.In(own.ID)
	}
	s.open, s.pageTop, s.loose = "", 0, false
	s.item = pickAt(proposalItems, 0)
}

// proposalItems are the lines of a proposal that can be chosen.
var proposalItems = []string{itemTake, itemCoach}

// items are the lines of the page that can be chosen.
func (s *Screen) items(c *ui.Context) []string {
	if g, ok := c.Profile.Goal(s.goal); ok {
		return s.page(g, c).items
	}
	if s.proposal != nil {
		return proposalItems
	}
	return nil
}

// act is Enter.
func (s *Screen) act(c *ui.Context) []ui.Ask {
	if s.place == onList {
		return s.actOnRow(c)
	}
	items := s.items(c)
	if len(items) == 0 {
		s.place = onList
		return nil
	}
	item := items[s.item.index(items)]
	switch {
	case item == itemCoach && tall(c):
		return s.coach(c)
	case item == itemCoach:
		s.unfold(itemCoach)
		return nil
	case item == itemTake:
		return s.takeUp(*s.proposal, c)
	}
	g, _ := c.Profile.Goal(s.goal)
	return s.actOnItem(item, g, c)
}

func (s *Screen) actOnRow(c *ui.Context) []ui.Ask {
	l := s.list(c)
	if len(l.rows) == 0 {
		return s.askGoal(c)
	}
	switch r := l.rows[s.row.index(l.keys())]; r.kind {
	case rateRow:
		return ui.Asks(ui.Go{To: ui.Rate})
	case keepRow:
		return s.askKeep(c)
	case suggestionRow:
		if r.suggestion.Bundle == nil {
			return s.takeUp(r.suggestion, c)
		}
		s.showProposal(r.suggestion, c) // hours of work: its steps are seen before it is taken up
		s.place, s.straight = onPage, false
	case goalRow:
		s.showGoal(r.goal.ID, c)
		s.place, s.straight = onPage, false
	}
	return nil
}

func (s *Screen) actOnItem(item string, g profile.Goal, c *ui.Context) []ui.Ask {
	p := s.page(g, c)
	switch item {
	case itemReflect:
		return s.actOnReflect(p, c)
	case itemAppraise:
		if p.steps[1].Done && s.open != itemAppraise {
			s.unfold(itemAppraise)
			return nil
		}
		return s.askTheory(g, c)
	case itemAct:
		if s.open != itemAct {
			s.unfold(itemAct)
			return nil
		}
		return s.mend(p, c)
	case itemAdd:
		return s.askAction(g, c)
	case itemKeep:
		return s.askKeep(c)
	case itemNext:
		s.showGoal(p.next.ID, c)
	case itemReopen:
		return s.reopen(g, c)
	default:
		if a, _, ok := c.Profile.Action(strings.TrimPrefix(item, itemAction)); ok {
			return ui.Asks(s.actionMenu(a))
		}
	}
	return nil
}

// unfold opens a part and folds the others; an open one is folded.
func (s *Screen) unfold(part string) {
	if s.open == part {
		part = ""
	}
	s.open, s.pageTop, s.loose = part, 0, false
}

// mend asks for what the SMART check misses first, and for one more action when nothing is missing.
func (s *Screen) mend(p page, c *ui.Context) []ui.Ask {
	l, missing := p.firstMissing()
	if !missing {
		return s.askAction(p.goal, c)
	}
	a, some := toMend(p.goal)
	switch l.Letter {
	case "M", "A":
		if some {
			return ui.Asks(s.actionEdit(a, c))
		}
		return s.askAction(p.goal, c)
	case "R":
		if p.goal.Why.Empty() {
			return s.askTheory(p.goal, c)
		}
		if !some {
			return s.askAction(p.goal, c)
		}
	}
	return s.askEdit(p.goal, c)
}

// jump goes to Reflect, Appraise or Act by its number and opens it.
func (s *Screen) jump(digit string, c *ui.Context) {
	if _, ok := c.Profile.Goal(s.goal); !ok || s.place == onList {
		return
	}
	part := parts[digit[0]-'1']
	s.open, s.pageTop, s.loose = part, 0, false
	items := s.items(c)
	s.item = pickAt(items, slices.Index(items, part))
}

// takeUp makes a goal of a suggestion.
func (s *Screen) takeUp(x plan.Suggestion, c *ui.Context) []ui.Ask {
	g := x.Taken(c.Today, c.NewID)
	return s.setGoal(g, c)
}

// toggleSuggestions shows the suggestions in the list, or hides them; from a page it goes to the list.
func (s *Screen) toggleSuggestions(c *ui.Context) {
	s.suggest = s.place == onPage || !s.suggest
	s.place, s.straight = onList, false
	s.refresh(c)
	if l := s.list(c); s.suggest && l.suggest >= 0 {
		s.row, s.listTop = pickAt(l.keys(), l.suggest), far // settle brings it back to just above the row
	}
	s.showRow(c)
}

func (s *Screen) toggleClosed(c *ui.Context) []ui.Ask {
	s.closed = !s.closed
	if s.place == onList {
		s.showRow(c)
	}
	over := func(g profile.Goal) bool { return g.Status == profile.GoalDone || g.Status == profile.GoalDropped }
	if s.closed && !slices.ContainsFunc(c.Profile.Goals, over) {
		return ui.Asks(ui.Say{Text: nothingClosed})
	}
	return nil
}
