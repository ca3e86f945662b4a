package plan

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// What a form, a menu or a change about a goal was for.
type (
	newGoal     struct{}
	goalAdded   struct{ id string }
	goalEdit    struct{ id string }
	goalMenu    struct{ id string }
	goalActions struct {
		id     string
		status profile.GoalStatus
	}
	goalReason struct {
		id      string
		status  profile.GoalStatus
		actions profile.ActionStatus
	}
	goalStatus struct {
		id     string
		status profile.GoalStatus
	}
)

// askGoal asks for a goal of the learner's own.
func (s *Screen) askGoal(c *ui.Context) []ui.Ask {
	var ksbs []string
	if s.goal == "" {
		ksbs = s.ksbs(c)
	}
	return ui.Asks(ui.Edit{Note: newGoal{}, Form: ui.Form{
		Key: "plan-goal", Title: "A goal of your own", Says: goalAdvice, Send: "set the goal",
		Fields: []ui.Field{
			{ID: "text", Label: "What will you be able to do?", Says: "Something that others could watch, and where.", Need: true},
			{ID: "ksbs", Label: "For which KSBs?", Says: forms.CodesAdvice, Value: strings.Join(ksbs, ", "), Need: true, Check: forms.CheckKSBs(c)},
			{ID: "due", Label: "By when?", Says: dateAdvice, Value: plan.GoalDue(c.Today, c.Profile.ReviewAhead()).String(), Day: ui.DueDay, Check: ui.CheckDay(dueAhead(calendar.Date{}, c))},
			{ID: "why", Label: "Why this one, now?", Says: "May stay empty; Appraise asks again."},
		},
	}})
}

// readDate reads a date that a form has checked; empty is no date.
func readDate(text string) calendar.Date {
	d, err := calendar.Parse(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// dueAhead refuses a day that is past, but for the one that stands already.
func dueAhead(stands calendar.Date, c *ui.Context) func(calendar.Date) error {
	return func(d calendar.Date) error { return profile.MayBeDue(d, stands, c.Today) }
}

func addGoal(values map[string]string, c *ui.Context) []ui.Ask {
	g := profile.Goal{
		ID: c.NewID("g"), KSBs: forms.ReadKSBs(c.Standard, values["ksbs"]), Text: safetext.New(values["text"]), Status: profile.GoalActive,
		Set: c.Today, Due: readDate(values["due"]), Why: safetext.New(values["why"]),
	}
	return ui.Asks(ui.Do{Change: profile.AddGoal{Goal: g, Today: c.Today}, Note: goalAdded{g.ID}})
}

// askEdit asks for a goal's own words and date.
func (s *Screen) askEdit(g profile.Goal, c *ui.Context) []ui.Ask {
	return ui.Asks(ui.Edit{Note: goalEdit{g.ID}, Form: ui.Form{
		Key: "plan-goal-" + g.ID, Title: "Change the goal for " + codes(g.KSBs), Says: goalAdvice, Send: "keep the changes",
		Fields: []ui.Field{
			{ID: "text", Label: "What will you be able to do?", Value: g.Text.Raw(), Need: true},
			{ID: "due", Label: "By when?", Says: dateAdvice, Value: g.Due.String(), Day: ui.DueDay, Check: ui.CheckDay(dueAhead(g.Due, c))},
			{ID: "why", Label: "I chose this goal because", Value: g.Why.Raw()},
		},
	}})
}

func editGoal(id string, values map[string]string, c *ui.Context) []ui.Ask {
	text, why := safetext.New(values["text"]), safetext.New(values["why"])
	g, _ := c.Profile.Goal(id)
	return ui.Asks(ui.Do{Change: profile.EditGoal{ID: id, Text: &text, Why: &why, Due: newDay(g.Due, values), Today: c.Today}, Note: goalEdit{id}})
}

// newDay is the day of a form, or nil where it is the one that stands: that may be past by now, and a newer one may come in from
// elsewhere before this is saved.
func newDay(stands calendar.Date, values map[string]string) *calendar.Date {
	due := readDate(values["due"])
	if due == stands {
		return nil
	}
	return &due
}

// ending is one way for a goal to go on or to end.
type ending struct {
	status profile.GoalStatus
	option ui.Option
}

var (
	endDone   = ending{profile.GoalDone, ui.Option{Text: "Done", Says: "You reached it, and somebody could say so."}}
	endDrop   = ending{profile.GoalDropped, ui.Option{Text: "Drop it", Says: "It no longer matters, or it cannot be done. You will be asked why."}}
	endPark   = ending{profile.GoalParked, ui.Option{Text: "Park it", Says: "It still matters, and something else comes first. You will be asked why."}}
	endReopen = ending{profile.GoalActive, ui.Option{Text: "Take it up again", Says: "It counts as in flight from then on."}}
)

func endingsOf(g profile.Goal) []ending {
	switch g.Status {
	case profile.GoalActive:
		return []ending{endDone, endPark, endDrop}
	case profile.GoalParked:
		return []ending{endReopen, endDone, endDrop}
	}
	return []ending{endReopen}
}

// askClose asks how a goal ends or goes on.
func (s *Screen) askClose(g profile.Goal, c *ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "The goal for " + codes(g.KSBs), Says: g.Text.Line(), Note: goalMenu{g.ID}}
	if open, _ := openActions(g, c.Today); open > 0 && g.Status == profile.GoalActive {
		menu.Says = strings.TrimSuffix(menu.Says, ".") + ". " + stillOpen(open)
	}
	for _, e := range endingsOf(g) {
		menu.Options = append(menu.Options, e.option)
	}
	return ui.Asks(menu)
}

func endGoal(id string, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(id)
	endings := endingsOf(g)
	if !ok || index < 0 || index >= len(endings) {
		return nil
	}
	status := endings[index].status
	if n := len(g.OpenActions()); n > 0 && status != profile.GoalActive {
		return ui.Asks(actionsMenu(g, status, n))
	}
	return askReason(g, goalReason{id: id, status: status}, c)
}

// An afterlife is what may become of the open actions of a goal that is put aside or ends.
type afterlife struct {
	status profile.ActionStatus
	option ui.Option
}

const askedNext = "Your next review asks what became of each."

func afterlives(status profile.GoalStatus) []afterlife {
	leave := afterlife{profile.ActionOpen, ui.Option{Text: "Leave them open", Says: askedNext}}
	drop := afterlife{profile.ActionDropped, ui.Option{Text: "Drop them too", Says: "They are not needed any more. You will be asked why."}}
	missed := afterlife{profile.ActionNotDone, ui.Option{Text: "They were not done", Says: "They end here. You will be asked what was in the way."}}
	switch status {
	case profile.GoalDone:
		return []afterlife{{profile.ActionDone, ui.Option{Text: "They are done too"}}, leave, missed, drop}
	case profile.GoalParked:
		leave.option = ui.Option{Text: "They wait with it", Says: "Those that your last review set are asked about at the next one all the same."}
		return []afterlife{leave, drop, missed}
	}
	return []afterlife{drop, missed, leave}
}

// actionsMenu asks what becomes of the open actions of a goal, since none of them may vanish with it.
func actionsMenu(g profile.Goal, status profile.GoalStatus, open int) ui.Choose {
	menu := ui.Choose{Title: "What becomes of its open actions?", Says: stillOpen(open), Note: goalActions{g.ID, status}}
	if open == 1 {
		menu.Says = "One is still open: " + g.OpenActions()[0].Text.Line()
	}
	for _, x := range afterlives(status) {
		menu.Options = append(menu.Options, x.option)
	}
	return menu
}

func chooseAfterlife(of goalActions, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(of.id)
	ways := afterlives(of.status)
	if !ok || index < 0 || index >= len(ways) {
		return nil
	}
	return askReason(g, goalReason{of.id, of.status, ways[index].status}, c)
}

// askReason asks why, where a goal does not end as done or its actions end otherwise.
func askReason(g profile.Goal, to goalReason, c *ui.Context) []ui.Ask {
	missed := to.actions == profile.ActionDropped || to.actions == profile.ActionNotDone
	title := "Park the goal for " + codes(g.KSBs)
	switch {
	case to.status == profile.GoalActive, to.status == profile.GoalDone && !missed:
		return setGoalStatus(to, "", c)
	case to.status == profile.GoalDone:
		title = "The open actions of the goal for " + codes(g.KSBs)
	case to.status == profile.GoalDropped:
		title = "Drop the goal for " + codes(g.KSBs)
	}
	return ui.Asks(ui.Edit{Note: to, Form: ui.Form{
		Key: "plan-end-" + g.ID, Title: title, Says: g.Text.Line(), Send: "keep the reason",
		Fields: []ui.Field{{ID: "reason", Label: "Why?", Says: "One line, for you and for your next review.", Need: true}},
	}})
}

func setGoalStatus(to goalReason, reason string, c *ui.Context) []ui.Ask {
	change := profile.SetGoalStatus{ID: to.id, Status: to.status, On: c.Today, Actions: to.actions}
	if change.Reason = safetext.New(reason); to.status != profile.GoalDone {
		change.Note = change.Reason
	}
	return ui.Asks(ui.Do{Change: change, Note: goalStatus{to.id, to.status}})
}

// reopen takes a goal up again; when there is no room it says so before anything is refused.
func (s *Screen) reopen(g profile.Goal, c *ui.Context) []ui.Ask {
	if c.Profile.InFlight() >= profile.MaxInFlight {
		return ui.Asks(ui.Say{Text: noRoom})
	}
	return setGoalStatus(goalReason{id: g.ID, status: profile.GoalActive}, "", c)
}
