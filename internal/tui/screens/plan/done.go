package plan

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// filled takes in a form that was sent off.
func (s *Screen) filled(msg ui.FilledMsg, c *ui.Context) []ui.Ask {
	switch what := msg.Note.(type) {
	case newGoal:
		return addGoal(msg.Values, c)
	case goalEdit:
		return editGoal(what.id, msg.Values, c)
	case goalReason:
		return setGoalStatus(what, msg.Values["reason"], c)
	case newAction:
		return addOwnAction(what.goal, msg.Values, c)
	case actionEdited:
		return editAction(what.id, msg.Values, c)
	case actionEnding:
		return endAction(what.of, msg.Values, c)
	case reflection:
		return keepReflection(what, msg.Values, c)
	case reason:
		return keepReason(what, msg.Values)
	case exampleOf:
		return keepExample(msg.Values, c)
	}
	return nil
}

// chosen takes in what was chosen from a menu.
func (s *Screen) chosen(msg ui.ChosenMsg, c *ui.Context) []ui.Ask {
	switch what := msg.Note.(type) {
	case goalMenu:
		return endGoal(what.id, msg.Index, c)
	case goalActions:
		return chooseAfterlife(what, msg.Index, c)
	case actionChoice:
		return chooseAction(what, msg.Index, c)
	case actionPicked:
		return pickAction(what.id, msg.Index, c)
	case reflectMenu:
		return chooseReflect(what.goal, msg.Index, c)
	case modelChoice:
		return chooseModel(what, msg.Index, c)
	case depthChoice:
		return chooseDepth(what.goal, msg.Index, c)
	case theoryChoice:
		return chooseTheory(what, msg.Index, c)
	case keepChoice:
		return chooseKeep(msg.Index, c)
	}
	return nil
}

// done goes on after a change was made, and says what was kept.
func (s *Screen) done(note any, c *ui.Context) []ui.Ask {
	say := ""
	switch what := note.(type) {
	case goalAdded:
		say = s.afterGoal(what.id, c)
	case goalStatus:
		say = s.afterStatus(what, c)
	case goalEdit:
		s.onward(what.id, c)
		say = goalChanged
	case actionAdded:
		s.choose(what.goal, itemAction+what.id, c)
		say = actionAddedLine(what.id, c)
	case actionEdited:
		say = actionChanged
	case actionStatus:
		say = s.afterAction(what, c)
	case reflected:
		s.onward(what.goal, c)
		say = reflectionKept
	case reasoned:
		s.onward(what.goal, c)
		say = reasonKept
	case exampleKept:
		say = "Example kept for " + what.ksbs + "."
	case workKept:
		s.onward(s.goal, c)
		say = keptLine(what.ksbs)
	}
	if say == "" {
		return nil
	}
	return ui.Asks(ui.Say{Text: say})
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

func (s *Screen) afterStatus(what goalStatus, c *ui.Context) string {
	g, ok := c.Profile.Goal(what.id)
	if !ok {
		return ""
	}
	s.onward(what.id, c)
	switch what.status {
	case profile.GoalActive:
		return goalTakenAgain
	case profile.GoalParked:
		return goalParked
	case profile.GoalDropped:
		return goalDropped
	}
	return goalDone(g)
}

func (s *Screen) afterAction(what actionStatus, c *ui.Context) string {
	_, g, ok := c.Profile.Action(what.id)
	if !ok {
		return ""
	}
	if what.status == profile.ActionOpen {
		return actionReopened
	}
	s.onward(g.ID, c)
	if what.status == profile.ActionDone {
		return actionDone(g)
	}
	if what.onward {
		return actionOnward
	}
	return actionEnded
}

// choose puts the cursor on a line of a goal's Act part, when its page is shown.
func (s *Screen) choose(goal, item string, c *ui.Context) {
	if s.goal != goal || s.place == onList {
		return
	}
	s.open, s.loose = itemAct, false
	items := s.items(c)
	if i := slices.Index(items, item); i >= 0 {
		s.item = pickAt(items, i)
	}
}
