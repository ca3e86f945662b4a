package planning

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// enter shows what was asked for: a goal, at one of its actions where that is said, what there is or could be for a KSB,
// or the list.
func (s *Screen) enter(to ui.Go, c *ui.Context) {
	if _, g, ok := c.Profile.Action(to.Action); ok {
		s.onPage, s.straight = true, true
		s.showGoal(g.ID, c)
		s.goTo(itemAction+to.Action, itemAct)
		return
	}
	g, planned := c.Profile.Goal(to.Goal)
	if !planned {
		g, planned = c.Profile.GoalFor(to.KSB)
	}
	row, known := c.Report.Row(to.KSB)
	s.onPage, s.straight = planned || known, planned || known
	switch {
	case planned:
		s.showGoal(g.ID, c)
	case known:
		s.showProposal(plan.Suggest(c.Report, row, c.Entry, c.Title), c)
	default:
		s.rows = page.List{}
		s.rows.Choose(firstRow(c))
		s.showRow(c)
	}
}

// firstRow is the key of the row to start at: the first goal in flight with something to do.
func firstRow(c *ui.Context) string {
	for _, g := range c.Profile.Goals {
		if g.Status == profile.GoalActive && unfinished(g, c) {
			return goalKey(g.ID)
		}
	}
	return ""
}

// showRow loads the page of the chosen row, which a wide terminal shows beside the list.
func (s *Screen) showRow(c *ui.Context) {
	l, rows := s.list(c)
	s.rows.Put(rows, s.rows.At(rows))
	s.goal, s.proposal = "", nil
	if len(rows) == 0 {
		return
	}
	switch r := l.rows[s.rows.At(rows)]; {
	case r.goal.ID != "":
		s.showGoal(r.goal.ID, c)
	case r.suggestion != nil:
		s.showProposal(*r.suggestion, c)
	}
}

// showGoal shows the page of a goal, at its step in hand.
func (s *Screen) showGoal(id string, c *ui.Context) {
	g, ok := c.Profile.Goal(id)
	if !ok {
		return
	}
	s.goal, s.proposal = id, nil
	s.learn(c, g.KSBs...)
	s.toStepInHand(c)
	if slices.Contains(s.order(c), id) {
		s.rows.Choose(goalKey(id))
	}
}

// toStepInHand puts the cursor where work on the shown goal continues.
func (s *Screen) toStepInHand(c *ui.Context) {
	if g, ok := c.Profile.Goal(s.goal); ok {
		s.goTo(s.page(g, c).stepInHand(c))
	}
}

// afterPart moves on after a part of a goal was done. In the list the cursor stays.
func (s *Screen) afterPart(goal string, c *ui.Context) {
	if !s.onPage || goal != s.goal {
		s.showRow(c)
		return
	}
	s.toStepInHand(c)
}

// goTo shows the page from its top with the cursor on a row, and a part unfolded.
func (s *Screen) goTo(row, open string) {
	s.open, s.lines = open, page.List{}
	s.lines.Choose(row)
}

func (s *Screen) showProposal(x plan.Suggestion, c *ui.Context) {
	s.goal, s.proposal, s.here = "", &x, ""
	s.learn(c, x.KSBs...)
	if x.Bundle != nil {
		s.here = x.Bundle.In(c.Field().ID)
	}
	s.goTo(itemTake, "")
}

// otherGoal goes to the goal before or after in the order of the list.
func (s *Screen) otherGoal(n int, c *ui.Context) {
	if !s.onPage {
		_, rows := s.list(c)
		s.rows.Put(rows, s.rows.At(rows)+n)
		s.showRow(c)
		return
	}
	order := s.order(c)
	if len(order) == 0 {
		return
	}
	to := 0
	if i := slices.Index(order, s.goal); i >= 0 {
		to = (i + n + len(order)) % len(order)
	}
	s.showGoal(order[to], c)
}

func (s *Screen) actOnAppraise(p goalPage, c *ui.Context) []ui.Ask {
	if p.steps[1].Done && s.open != itemAppraise {
		s.unfold(itemAppraise)
		return nil
	}
	return s.askTheory(p.goal, c)
}

func (s *Screen) actOnAct(p goalPage, c *ui.Context) []ui.Ask {
	if s.open != itemAct {
		s.unfold(itemAct)
		return nil
	}
	return s.mend(p, c)
}

func (s *Screen) actOnCoach(c *ui.Context) []ui.Ask {
	if tall(c) {
		return s.coach(c)
	}
	s.unfold(itemCoach)
	return nil
}

// unfold opens a part and folds the others; an open one is folded.
func (s *Screen) unfold(part string) {
	if s.open == part {
		part = ""
	}
	s.open = part
	s.lines.Rewind()
}

// mend asks for what the SMART check misses first, and for one more action when nothing is missing.
func (s *Screen) mend(p goalPage, c *ui.Context) []ui.Ask {
	letter, open := p.missing().Letter, p.goal.OpenActions()
	inActions := letter == "M" || letter == "A" || letter == "R"
	switch {
	case letter == "R" && p.goal.Why.Empty():
		return s.askTheory(p.goal, c)
	case letter == "", inActions && len(open) == 0:
		return s.askAction(p.goal, c)
	case inActions && letter != "R":
		return ui.Asks(s.actionEdit(open[0], c))
	}
	return s.askEdit(p.goal, c)
}

// jump goes to Reflect, Appraise or Act by its number and opens it.
func (s *Screen) jump(digit string, c *ui.Context) {
	if _, ok := c.Profile.Goal(s.goal); ok && s.onPage {
		part := parts[digit[0]-'1']
		s.goTo(part, part)
	}
}

// toggleSuggestions shows the suggestions in the list, or hides them; from a page it goes to the list.
func (s *Screen) toggleSuggestions(c *ui.Context) {
	s.suggest = s.onPage || !s.suggest
	s.onPage, s.straight = false, false
	s.refresh(c)
	if l, rows := s.list(c); s.suggest && l.suggest >= 0 {
		s.rows.Put(rows, l.suggest)
		s.rows.Lift()
	}
	s.showRow(c)
}

func (s *Screen) toggleClosed(c *ui.Context) []ui.Ask {
	s.closed = !s.closed
	if !s.onPage {
		s.showRow(c)
	}
	ended := func(g profile.Goal) bool { return g.Status.Ended() }
	if s.closed && !slices.ContainsFunc(c.Profile.Goals, ended) {
		return ui.Asks(ui.Say{Text: nothingClosed})
	}
	return nil
}
