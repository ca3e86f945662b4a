package plan

import (
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// enterDoes names Enter in the footer of the list.
func (s *Screen) enterDoes(c *ui.Context) string {
	l := s.list(c)
	if len(l.rows) == 0 {
		return "new goal"
	}
	switch l.rows[s.row.index(l.keys())].kind {
	case rateRow:
		return "rate"
	case suggestionRow:
		if l.rows[s.row.index(l.keys())].suggestion.Bundle != nil {
			return "open"
		}
		return "take it up"
	case keepRow:
		return "keep"
	}
	return "open"
}

// rowHint says what Enter does on a row of the list.
func (s *Screen) rowHint(r row, c *ui.Context) string {
	switch r.kind {
	case rateRow:
		return "start rating"
	case suggestionRow:
		if r.suggestion.Bundle != nil {
			return "see the " + count(len(r.suggestion.Actions), "step") + " of this project"
		}
		if c.Profile.InFlight() >= profile.MaxInFlight {
			return "keep " + r.code + " as a goal, parked for now"
		}
		return "take " + r.code + " up as a goal, " + comesWith(r.suggestion)
	case keepRow:
		return "keep this work as a reflective entry"
	}
	if r.goal.Status == profile.GoalDone || r.goal.Status == profile.GoalDropped {
		return "open this goal"
	}
	p := s.page(r.goal, c)
	item, open := p.stepInHand(c)
	p.open = open
	return "open it. Next: " + p.hint(item, c)
}

func comesWith(x plan.Suggestion) string {
	if len(x.Actions) == 0 {
		return "without actions so far"
	}
	return "with " + count(len(x.Actions), "action")
}

// hint says what Enter does on a line of a page.
func (p page) hint(item string, c *ui.Context) string {
	switch item {
	case itemReflect:
		return p.reflectHint()
	case itemAppraise:
		switch {
		case !p.steps[1].Done:
			return "say why this goal, in the terms of a theory; one line"
		case p.open != itemAppraise:
			return "see the theory behind your reason"
		}
		return "change the reason or the theory"
	case itemAct:
		return p.actHint()
	case itemAdd:
		return "add an action"
	case itemCoach:
		return coachHint(p.open, c)
	case itemKeep:
		return "keep this work as a reflective entry"
	case itemNext:
		return "on to the next goal, " + codes(p.next.KSBs)
	case itemReopen:
		if !p.room {
			return "see why it waits"
		}
		return "take the goal up again"
	}
	return actionHint(item, p.goal, c)
}

func coachHint(open string, c *ui.Context) string {
	switch {
	case tall(c):
		return "read all the coaching"
	case open == itemCoach:
		return "fold the coaching"
	}
	return "see what to ask for, and what would show it"
}

func (p page) reflectHint() string {
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

func (p page) actHint() string {
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

func actionHint(item string, g profile.Goal, c *ui.Context) string {
	for _, a := range g.Actions {
		if itemAction+a.ID != item {
			continue
		}
		switch {
		case a.Status != profile.ActionOpen:
			return "open this action again, or change its words"
		case overdueOn(a, c.Today):
			return "say how it went; it was due " + day(a.Due, c.Today)
		}
		return "say how this action went, or change it"
	}
	return ""
}
