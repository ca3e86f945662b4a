package planning

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// make makes a change. Then follows once the screen knows what the change has made new, and says what was done, or "".
func (s *Screen) make(change profile.Change, then func(*ui.Context) string) []ui.Ask {
	return ui.Asks(ui.Do{Change: change, Then: func(c *ui.Context) []ui.Ask {
		s.refresh(c)
		if say := then(c); say != "" {
			return ui.Asks(ui.Say{Text: say})
		}
		return nil
	}})
}

// onwards goes on with a goal, with a word.
func (s *Screen) onwards(goal, say string) func(*ui.Context) string {
	return func(c *ui.Context) string {
		s.onward(goal, c)
		return say
	}
}

// goalNow is what follows for a goal as it is by then; nothing where it is gone.
func goalNow(id string, then func(profile.Goal, *ui.Context) []ui.Ask) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		g, ok := c.Profile.Goal(id)
		if !ok {
			return nil
		}
		return then(g, c)
	}
}

// onward goes to the step in hand of a goal: what comes after the part that was just done.
func (s *Screen) onward(goal string, c *ui.Context) {
	if s.place == onList || goal != s.goal {
		s.showRow(c)
		return
	}
	s.toStepInHand(c)
}

// afterGoal opens the page of a goal that was just made, and says when it had to be parked.
func (s *Screen) afterGoal(id string, c *ui.Context) string {
	g, ok := c.Profile.Goal(id)
	if !ok {
		return ""
	}
	s.suggest = false
	s.showGoal(id, c)
	s.place = onPage
	if g.Status == profile.GoalParked {
		return "Parked: " + g.Note.Line() + "."
	}
	if other, ok := c.Profile.Beside(g); ok {
		return secondGoal(other)
	}
	return goalTaken
}

// choose puts the cursor on a line of a goal's Act part, when its page is shown.
func (s *Screen) choose(goal, item string, c *ui.Context) {
	if s.goal != goal || s.place == onList {
		return
	}
	s.open = itemAct
	s.lines.Choose(item)
}
