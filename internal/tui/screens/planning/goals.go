package planning

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// askGoal asks for a goal of the learner's own.
func (s *Screen) askGoal(c *ui.Context) []ui.Ask {
	var ksbs []string
	if s.goal == "" {
		ksbs = s.ksbs(c)
	}
	return ui.Asks(ui.Edit{Then: s.addGoal, Form: ui.Form{
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

func (s *Screen) addGoal(values ui.Values, c *ui.Context) []ui.Ask {
	g := profile.Goal{
		ID: c.NewID("g"), KSBs: forms.ReadKSBs(c.Standard, values["ksbs"]), Text: safetext.New(values["text"]), Status: profile.GoalActive,
		Set: c.Today, Due: readDate(values["due"]), Why: safetext.New(values["why"]),
	}
	return s.setGoal(g, c)
}

// setGoal puts a goal into the record and shows it. Where there is one in the same words, it asks first.
func (s *Screen) setGoal(g profile.Goal, c *ui.Context) []ui.Ask {
	same, ok := c.Profile.SameGoal(g)
	if !ok {
		return s.putGoal(g, false, c)
	}
	return ui.Asks(ui.Choose{Title: "You have this goal already", Says: same.Text.Line(), Options: []ui.Option{
		{Text: "Open the one there is", Then: func(c *ui.Context) []ui.Ask { s.enter(ui.Go{Goal: same.ID}, c); return nil }},
		{Text: "Set a second one", Says: "Both are in your plan then.", Then: func(c *ui.Context) []ui.Ask { return s.putGoal(g, true, c) }},
	}})
}

func (s *Screen) putGoal(g profile.Goal, again bool, c *ui.Context) []ui.Ask {
	return s.make(profile.AddGoal{Goal: g, Again: again, Today: c.Today}, func(c *ui.Context) string { return s.afterGoal(g.ID, c) })
}

// askEdit asks for a goal's own words and date.
func (s *Screen) askEdit(g profile.Goal, c *ui.Context) []ui.Ask {
	return ui.Asks(ui.Edit{Then: s.editGoal(g.ID), Form: ui.Form{
		Key: "plan-goal-" + g.ID, Title: "Change the goal for " + codes(g.KSBs), Says: goalAdvice, Send: "keep the changes",
		Fields: []ui.Field{
			{ID: "text", Label: "What will you be able to do?", Value: g.Text.Raw(), Need: true},
			{ID: "due", Label: "By when?", Says: dateAdvice, Value: g.Due.String(), Day: ui.DueDay, Check: ui.CheckDay(dueAhead(g.Due, c))},
			{ID: "why", Label: "I chose this goal because", Value: g.Why.Raw()},
		},
	}})
}

func (s *Screen) editGoal(id string) func(ui.Values, *ui.Context) []ui.Ask {
	return func(v ui.Values, c *ui.Context) []ui.Ask {
		text, why := safetext.New(v["text"]), safetext.New(v["why"])
		g, _ := c.Profile.Goal(id)
		change := profile.EditGoal{ID: id, Text: &text, Why: &why, Due: newDay(g.Due, v), Today: c.Today}
		return s.make(change, s.onwards(id, goalChanged))
	}
}

// newDay is the day of a form, or nil where it is the one that stands: that may be past by now, and a newer one may come in from
// elsewhere before this is saved.
func newDay(stands calendar.Date, values ui.Values) *calendar.Date {
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
	menu := ui.Choose{Title: "The goal for " + codes(g.KSBs), Says: g.Text.Line()}
	if open, _ := openActions(g, c.Today); open > 0 && g.Status == profile.GoalActive {
		menu.Says = strings.TrimSuffix(menu.Says, ".") + ". " + stillOpen(open)
	}
	for _, e := range endingsOf(g) {
		e.option.Then = goalNow(g.ID, func(g profile.Goal, c *ui.Context) []ui.Ask { return s.endGoal(g, e.status, c) })
		menu.Options = append(menu.Options, e.option)
	}
	return ui.Asks(menu)
}

// endGoal asks what becomes of the goal's open actions, since none of them may vanish with it, and then why.
func (s *Screen) endGoal(g profile.Goal, status profile.GoalStatus, c *ui.Context) []ui.Ask {
	if n := len(g.OpenActions()); n > 0 && status != profile.GoalActive {
		return ui.Asks(s.actionsMenu(g, status, n))
	}
	return s.askReason(g, profile.SetGoalStatus{ID: g.ID, Status: status}, c)
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

func (s *Screen) actionsMenu(g profile.Goal, status profile.GoalStatus, open int) ui.Choose {
	menu := ui.Choose{Title: "What becomes of its open actions?", Says: stillOpen(open)}
	if open == 1 {
		menu.Says = "One is still open: " + g.OpenActions()[0].Text.Line()
	}
	for _, x := range afterlives(status) {
		x.option.Then = goalNow(g.ID, func(g profile.Goal, c *ui.Context) []ui.Ask {
			return s.askReason(g, profile.SetGoalStatus{ID: g.ID, Status: status, Actions: x.status}, c)
		})
		menu.Options = append(menu.Options, x.option)
	}
	return menu
}

// askReason asks why, where a goal does not end as done or its actions end otherwise.
func (s *Screen) askReason(g profile.Goal, to profile.SetGoalStatus, c *ui.Context) []ui.Ask {
	missed := to.Actions == profile.ActionDropped || to.Actions == profile.ActionNotDone
	title := "Park the goal for " + codes(g.KSBs)
	switch {
	case to.Status == profile.GoalActive, to.Status == profile.GoalDone && !missed:
		return s.setStatus(to, c)
	case to.Status == profile.GoalDone:
		title = "The open actions of the goal for " + codes(g.KSBs)
	case to.Status == profile.GoalDropped:
		title = "Drop the goal for " + codes(g.KSBs)
	}
	because := func(v ui.Values, c *ui.Context) []ui.Ask {
		if to.Reason = safetext.New(v["reason"]); to.Status != profile.GoalDone {
			to.Note = to.Reason
		}
		return s.setStatus(to, c)
	}
	return ui.Asks(ui.Edit{Then: because, Form: ui.Form{
		Key: "plan-end-" + g.ID, Title: title, Says: g.Text.Line(), Send: "keep the reason",
		Fields: []ui.Field{{ID: "reason", Label: "Why?", Says: "One line, for you and for your next review.", Need: true}},
	}})
}

func (s *Screen) setStatus(to profile.SetGoalStatus, c *ui.Context) []ui.Ask {
	to.On = c.Today
	return s.make(to, func(c *ui.Context) string {
		s.onward(to.ID, c)
		switch to.Status {
		case profile.GoalActive:
			return goalTakenAgain
		case profile.GoalParked:
			return goalParked
		case profile.GoalDropped:
			return goalDropped
		}
		g, _ := c.Profile.Goal(to.ID)
		return goalDone(g)
	})
}

// reopen takes a goal up again; when there is no room it says so before anything is refused.
func (s *Screen) reopen(g profile.Goal, c *ui.Context) []ui.Ask {
	if c.Profile.InFlight() >= profile.MaxInFlight {
		return ui.Asks(ui.Say{Text: noRoom})
	}
	return s.setStatus(profile.SetGoalStatus{ID: g.ID, Status: profile.GoalActive}, c)
}
