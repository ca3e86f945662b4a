package planning

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// askAction offers the actions that the coaching has for the goal's KSBs, and one of the learner's own.
func (s *Screen) askAction(g profile.Goal, c *ui.Context) []ui.Ask {
	actions := s.suggestedActions(g, c)
	if len(actions) == 0 {
		return ui.Asks(s.ownAction(g, c))
	}
	menu := ui.Choose{Title: "An action for " + codes(g.KSBs), Says: actionAdvice}
	for _, a := range actions {
		menu.Options = append(menu.Options, ui.Option{Text: a.Text, Says: suggestedLine(a), Then: goalNow(g.ID, func(g profile.Goal, c *ui.Context) []ui.Ask {
			x := plan.FromCoaching(a, dueFor(g, c))
			x.ID = c.NewID("a")
			return s.addAction(g.ID, x, c)
		})})
	}
	menu.Options = append(menu.Options, ui.Option{
		Text: "Write my own", Says: "What, with whom, by when, and what will show it.",
		Then: goalNow(g.ID, func(g profile.Goal, c *ui.Context) []ui.Ask { return ui.Asks(s.ownAction(g, c)) }),
	})
	return ui.Asks(menu)
}

// suggestedActions are those that help from the learner's level and that the goal does not have yet: practise first, then
// people, then study.
func (s *Screen) suggestedActions(g profile.Goal, c *ui.Context) []coaching.Action {
	s.learn(c, g.KSBs...)
	var out []coaching.Action
	for _, sort := range profile.Sorts {
		for _, id := range g.KSBs {
			if s.entries[id] == nil {
				continue
			}
			row, _ := c.Report.Row(id)
			for _, a := range s.entries[id].ActionsFrom(plan.From(row)) {
				taken := slices.ContainsFunc(g.Actions, func(x profile.Action) bool { return x.Text.Line() == a.Text })
				if a.Sort == sort && !taken {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

func (s *Screen) addAction(goal string, a profile.Action, c *ui.Context) []ui.Ask {
	return s.make(profile.AddAction{Goal: goal, Action: a, Today: c.Today}, func(c *ui.Context) string {
		s.choose(goal, itemAction+a.ID, c)
		return actionAddedLine(a.ID, c)
	})
}

// dueFor is the day that is suggested for one more action of a goal.
func dueFor(g profile.Goal, c *ui.Context) calendar.Date {
	return plan.ActionDue(c.Today, c.Profile.ReviewAhead(), len(g.OpenActions()))
}

func (s *Screen) ownAction(g profile.Goal, c *ui.Context) ui.Edit {
	a := profile.Action{Sort: profile.Practise, Due: dueFor(g, c)}
	add := func(v ui.Values, c *ui.Context) []ui.Ask {
		return s.addAction(g.ID, fillAction(profile.Action{ID: c.NewID("a"), Status: profile.ActionOpen}, v), c)
	}
	return ui.Edit{Then: add, Form: ui.Form{
		Key: "plan-action-new-" + g.ID, Title: "An action for " + codes(g.KSBs), Says: g.Text.Line(), Send: "add the action", Fields: actionFields(a, c),
	}}
}

func (s *Screen) actionEdit(a profile.Action, c *ui.Context) ui.Edit {
	return ui.Edit{Then: s.editAction(a.ID), Form: ui.Form{
		Key: "plan-action-" + a.ID, Title: "Change the action", Send: "keep the changes", Fields: actionFields(a, c),
	}}
}

func actionFields(a profile.Action, c *ui.Context) []ui.Field {
	return []ui.Field{
		{ID: "text", Label: "What will you do?", Says: "One step, small enough for a working week.", Value: a.Text.Raw(), Need: true},
		{ID: "who", Label: "Who helps?", Says: "A name or a role; ask them first.", Value: a.Who.Raw()},
		{ID: "due", Label: "By when?", Says: dateAdvice, Value: a.Due.String(), Day: ui.DueDay, Check: ui.CheckDay(dueAhead(a.Due, c))},
		{ID: "shows", Label: "What will show it?", Says: "What you will bring back, without anything about a patient.", Value: a.Shows.Raw()},
		{ID: "ifthen", Label: "If something gets in the way?", Says: ifThenAdvice, Value: a.IfThen.Raw()},
		{ID: "sort", Label: "Which sort?", Says: sortAdvice, Value: string(a.Sort), Check: checkSort},
	}
}

// readSort reads a sort of action by its first letters; nothing is practise.
func readSort(text string) (profile.Sort, bool) {
	word := strings.ToLower(strings.TrimSpace(text))
	if word == "" {
		return profile.Practise, true
	}
	for _, sort := range profile.Sorts {
		if len(word) > 1 && strings.HasPrefix(string(sort), word) {
			return sort, true
		}
	}
	return "", false
}

func checkSort(text string) string {
	if _, ok := readSort(text); !ok {
		return "write practise, people or study"
	}
	return ""
}

func fillAction(to profile.Action, values ui.Values) profile.Action {
	to.Text, to.Who, to.Shows = safetext.New(values["text"]), safetext.New(values["who"]), safetext.New(values["shows"])
	to.IfThen = safetext.New(values["ifthen"])
	to.Sort, _ = readSort(values["sort"])
	to.Due = readDate(values["due"])
	return to
}

func (s *Screen) editAction(id string) func(ui.Values, *ui.Context) []ui.Ask {
	return func(v ui.Values, c *ui.Context) []ui.Ask {
		a := fillAction(profile.Action{}, v)
		was, _, _ := c.Profile.Action(id)
		change := profile.EditAction{ID: id, Sort: &a.Sort, Text: &a.Text, Who: &a.Who, Due: newDay(was.Due, v), Shows: &a.Shows, IfThen: &a.IfThen, Today: c.Today}
		return s.make(change, func(*ui.Context) string { return actionChanged })
	}
}

// actionWay is one thing to do with an action; without a status it is to change its words.
type actionWay struct {
	status profile.ActionStatus
	option ui.Option
}

var (
	openWays   = append(endings(), actionWay{"", ui.Option{Text: "Change its words or its date"}})
	closedWays = []actionWay{
		{profile.ActionOpen, ui.Option{Text: "Open it again"}},
		{"", ui.Option{Text: "Change its words"}},
	}
)

func endings() []actionWay {
	var out []actionWay
	for _, w := range forms.Ways {
		out = append(out, actionWay{w.Status, w.Option})
	}
	return out
}

func waysOf(a profile.Action) []actionWay {
	if a.Status == profile.ActionOpen {
		return openWays
	}
	return closedWays
}

func (s *Screen) actionMenu(a profile.Action) ui.Choose {
	menu := ui.Choose{Title: "How did it go?", Says: a.Text.Line()}
	if a.Status != profile.ActionOpen {
		menu.Title = "This action is closed"
	}
	for _, w := range waysOf(a) {
		w.option.Then = func(c *ui.Context) []ui.Ask { return s.endAction(a.ID, w.status, c) }
		menu.Options = append(menu.Options, w.option)
	}
	return menu
}

// endAction asks for what belongs to a way for an action to end or go on.
func (s *Screen) endAction(id string, status profile.ActionStatus, c *ui.Context) []ui.Ask {
	a, _, ok := c.Profile.Action(id)
	switch {
	case !ok:
		return nil
	case status == "":
		return ui.Asks(s.actionEdit(a, c))
	case status == profile.ActionOpen:
		return s.setAction(profile.SetActionStatus{ID: id, Status: status, On: c.Today})
	}
	of := forms.Outcome{Action: a, Status: status}
	return ui.Asks(ui.Edit{Form: forms.OutcomeForm(c, of), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		reason, next := forms.OutcomeSent(v, c, of)
		return s.setAction(profile.SetActionStatus{ID: id, Status: status, On: c.Today, Note: reason, Next: next})
	}})
}

func (s *Screen) setAction(to profile.SetActionStatus) []ui.Ask {
	return s.make(to, func(c *ui.Context) string {
		_, g, _ := c.Profile.Action(to.ID)
		if to.Status == profile.ActionOpen {
			return actionReopened
		}
		s.onward(g.ID, c)
		switch {
		case to.Status == profile.ActionDone:
			return actionDone(g)
		case to.Next != nil:
			return actionOnward
		}
		return actionEnded
	})
}
