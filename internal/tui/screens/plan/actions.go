package plan

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

// What a form, a menu or a change about an action was for.
type (
	actionChoice struct {
		goal    string
		actions []coaching.Action
	}
	newAction    struct{ goal string }
	actionAdded  struct{ goal, id string }
	actionPicked struct{ id string }
	actionEdited struct{ id string }
	actionEnding struct{ of forms.Outcome }
	actionStatus struct {
		id     string
		status profile.ActionStatus
		onward bool // another one takes its place
	}
)

// askAction offers the actions that the coaching has for the goal's KSBs, and one of the learner's own.
func (s *Screen) askAction(g profile.Goal, c *ui.Context) []ui.Ask {
	actions := s.suggestedActions(g, c)
	if len(actions) == 0 {
		return ui.Asks(ownAction(g, c))
	}
	menu := ui.Choose{
		Title: "An action for " + codes(g.KSBs), Says: actionAdvice,
		Note: actionChoice{g.ID, actions},
	}
	for _, a := range actions {
		menu.Options = append(menu.Options, ui.Option{Text: a.Text, Says: suggestedLine(a)})
	}
	menu.Options = append(menu.Options, ui.Option{Text: "Write my own", Says: "What, with whom, by when, and what will show it."})
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

func chooseAction(of actionChoice, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(of.goal)
	if !ok || index < 0 || index > len(of.actions) {
		return nil
	}
	if index == len(of.actions) {
		return ui.Asks(ownAction(g, c))
	}
	a := plan.FromCoaching(of.actions[index], dueFor(g, c))
	a.ID = c.NewID("a")
	return addAction(of.goal, a, c)
}

func addAction(goal string, a profile.Action, c *ui.Context) []ui.Ask {
	return ui.Asks(ui.Do{Change: profile.AddAction{Goal: goal, Action: a, Today: c.Today}, Note: actionAdded{goal, a.ID}})
}

// dueFor is the day that is suggested for one more action of a goal.
func dueFor(g profile.Goal, c *ui.Context) calendar.Date {
	return plan.ActionDue(c.Today, c.Profile.ReviewAhead(), len(g.OpenActions()))
}

func ownAction(g profile.Goal, c *ui.Context) ui.Edit {
	a := profile.Action{Sort: profile.Practise, Due: dueFor(g, c)}
	return ui.Edit{Note: newAction{g.ID}, Form: ui.Form{
		Key: "plan-action-new-" + g.ID, Title: "An action for " + codes(g.KSBs), Says: g.Text.Line(), Send: "add the action", Fields: actionFields(a, c),
	}}
}

func actionEdit(a profile.Action, c *ui.Context) ui.Edit {
	return ui.Edit{Note: actionEdited{a.ID}, Form: ui.Form{
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

func fillAction(to profile.Action, values map[string]string) profile.Action {
	to.Text, to.Who, to.Shows = safetext.New(values["text"]), safetext.New(values["who"]), safetext.New(values["shows"])
	to.IfThen = safetext.New(values["ifthen"])
	to.Sort, _ = readSort(values["sort"])
	to.Due = readDate(values["due"])
	return to
}

func addOwnAction(goal string, values map[string]string, c *ui.Context) []ui.Ask {
	return addAction(goal, fillAction(profile.Action{ID: c.NewID("a"), Status: profile.ActionOpen}, values), c)
}

func editAction(id string, values map[string]string, c *ui.Context) []ui.Ask {
	a := fillAction(profile.Action{}, values)
	was, _, _ := c.Profile.Action(id)
	change := profile.EditAction{ID: id, Sort: &a.Sort, Text: &a.Text, Who: &a.Who, Due: newDay(was.Due, values), Shows: &a.Shows, IfThen: &a.IfThen, Today: c.Today}
	return ui.Asks(ui.Do{Change: change, Note: actionEdited{id}})
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

func actionMenu(a profile.Action) ui.Choose {
	menu := ui.Choose{Title: "How did it go?", Says: a.Text.Line(), Note: actionPicked{a.ID}}
	if a.Status != profile.ActionOpen {
		menu.Title = "This action is closed"
	}
	for _, w := range waysOf(a) {
		menu.Options = append(menu.Options, w.option)
	}
	return menu
}

func pickAction(id string, index int, c *ui.Context) []ui.Ask {
	a, _, ok := c.Profile.Action(id)
	ways := waysOf(a)
	if !ok || index < 0 || index >= len(ways) {
		return nil
	}
	switch status := ways[index].status; status {
	case "":
		return ui.Asks(actionEdit(a, c))
	case profile.ActionOpen:
		return ui.Asks(ui.Do{Change: profile.SetActionStatus{ID: id, Status: status, On: c.Today}, Note: actionStatus{id: id, status: status}})
	default:
		of := forms.Outcome{Action: a, Status: status}
		return ui.Asks(ui.Edit{Note: actionEnding{of}, Form: forms.OutcomeForm(c, of)})
	}
}

func endAction(of forms.Outcome, values map[string]string, c *ui.Context) []ui.Ask {
	reason, next := forms.OutcomeSent(values, c, of)
	change := profile.SetActionStatus{ID: of.Action.ID, Status: of.Status, On: c.Today, Note: reason, Next: next}
	return ui.Asks(ui.Do{Change: change, Note: actionStatus{of.Action.ID, of.Status, next != nil}})
}
