package planning

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (d drawing) act() {
	d.smart()
	d.space()
	for _, a := range sorted(d.p.goal.Actions, d.c.Today) {
		d.action(a)
	}
	add := goalNow(d.p.goal.ID, d.s.askAction)
	d.Wrapped(page.Row{Key: itemAdd, Name: "Add an action", Does: "add an action", Enter: add}, "  + ")
}

func (d drawing) action(a profile.Action) {
	r := page.Row{
		Key: itemAction + a.ID, Sign: forms.ActionSign(a.Status, a.Overdue(d.c.Today)), Name: a.Text.Line(),
		Says: actionFacts(a, d.c.Today), Does: "say how this action went, or change it",
		Enter: ui.Asking(d.s.actionMenu(a)),
	}
	switch {
	case r.Sign == page.Late:
		r.Does = "say how it went; it was due " + a.Due.Near(d.c.Today)
	case a.Status != profile.ActionOpen:
		r.Does = "open this action again, or change its words"
	}
	pre := "  " + r.Sign.Draw(d.Theme) + " "
	in := d.Lead() + widget.Width(pre)
	i := d.Behind(r, pre, "", widget.Wrap(r.Name, max(d.W-in, 1)))
	d.Facts(i, in, "", r.Says, lateStyle(r.Sign == page.Late, d.Theme).Render)
}

func actionFacts(a profile.Action, today calendar.Date) []string {
	who, sort := a.Who.After("with: "), string(a.Sort)
	if a.Status != profile.ActionOpen {
		ended := a.Status.Words() + words.After(" ", a.Closed.Near(today))
		return words.Given(ended, sort, who, a.Note.Line())
	}
	return words.Given(cmp.Or(plan.DueWords(a.Due, today), a.Status.Words()), sort, who, a.Takes(),
		a.Shows.After("shows: "), a.IfThen.Line(), a.Note.Line())
}

// sorted puts open actions first, by date, and then those that have ended, the newest first.
func sorted(actions []profile.Action, today calendar.Date) []profile.Action {
	out := slices.Clone(actions)
	const ended = 1 << 20 // in days, more than any date is away
	when := func(a profile.Action) int {
		switch {
		case a.Status != profile.ActionOpen:
			return ended - today.Days(a.Closed)
		case a.Due.IsZero():
			return ended / 2
		}
		return today.Days(a.Due)
	}
	sorting.By(out, func(a, b profile.Action) int { return cmp.Compare(when(a), when(b)) })
	return out
}

// askAction offers the actions that the coaching has for the goal's KSBs, and to write one's own.
func (s *Screen) askAction(g profile.Goal, c *ui.Context) []ui.Ask {
	own := goalNow(g.ID, s.ownAction)
	actions := plan.ActionsFor(g, c.Report, c.Entry)
	if len(actions) == 0 {
		return own(c)
	}
	due := dueFor(g, c).Near(c.Today)
	says := "Small enough for a working week; it will be due " + due + ", which can be changed."
	menu := ui.Choose{Title: "An action for " + codes(g.KSBs), Says: says}
	for _, a := range actions {
		take := func(g profile.Goal, c *ui.Context) []ui.Ask {
			return s.addAction(g.ID, plan.FromCoaching(a, dueFor(g, c)), c)
		}
		says := words.Capital(string(a.Sort)) + ", " + a.Takes() + ". With: " + a.Who + ". Shows: " + a.Result + "."
		menu.Options = append(menu.Options, ui.Option{Text: a.Text, Says: says, Then: goalNow(g.ID, take)})
	}
	says = "What, with whom, by when, and what will show it."
	menu.Options = append(menu.Options, ui.Option{Text: "Write my own", Says: says, Then: own})
	return ui.Asks(menu)
}

func (s *Screen) addAction(goal string, a profile.Action, c *ui.Context) []ui.Ask {
	a.ID = c.NewID("a")
	return s.makeChange(profile.AddAction{Goal: goal, Action: a, Today: c.Today}, func(c *ui.Context) string {
		if s.goal == goal && s.onPage {
			s.open = itemAct
			s.pageCursor.Choose(itemAction + a.ID)
		}
		if a, _, ok := c.Profile.Action(a.ID); ok && !a.Due.IsZero() {
			return "Added, due " + a.Due.Near(c.Today) + ". Enter changes its words or its date."
		}
		return "Added."
	})
}

func (s *Screen) ownAction(g profile.Goal, c *ui.Context) []ui.Ask {
	add := func(v ui.Values, c *ui.Context) []ui.Ask {
		a := typedAction(v)
		a.Status, a.Due = profile.ActionOpen, v.Day("due")
		return s.addAction(g.ID, a, c)
	}
	return ui.Asks(ui.Edit{Then: add, Form: ui.Form{
		Key: "plan-action-new-" + g.ID, Title: "An action for " + codes(g.KSBs), Says: g.Text.Line(),
		Send: "add the action", Fields: actionFields(profile.Action{Sort: profile.Practise, Due: dueFor(g, c)}, c),
	}})
}

func (s *Screen) actionEdit(a profile.Action, c *ui.Context) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		now, _, _ := c.Profile.Action(a.ID)
		to := typedAction(v)
		change := profile.EditAction{
			ID: a.ID, Sort: &to.Sort, Text: &to.Text, Who: &to.Who, Due: newDay(now.Due, v), Shows: &to.Shows,
			IfThen: &to.IfThen, Today: c.Today,
		}
		return s.makeChange(change, func(*ui.Context) string { return "Changed." })
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "plan-action-" + a.ID, Title: "Change the action", Send: "keep the changes", Fields: actionFields(a, c),
	}}
}

func actionFields(a profile.Action, c *ui.Context) []ui.Field {
	return []ui.Field{
		{ID: "text", Label: "What will you do?", Says: plan.ActionHelp, Value: a.Text.Raw(), Need: true},
		{ID: "who", Label: "Who helps?", Says: plan.WhoHelp, Value: a.Who.Raw()},
		forms.Due(c, "By when?", a.Due),
		{
			ID: "shows", Label: "What will show it?",
			Says: "What you will bring back, without anything about a patient.", Value: a.Shows.Raw(),
		},
		{ID: "ifthen", Label: "If something gets in the way?", Says: ifThenAdvice, Value: a.IfThen.Raw()},
		{ID: "sort", Label: "Which sort?", Says: sortAdvice, Value: string(a.Sort), Check: checkSort},
	}
}

func checkSort(text string) string {
	return forms.CheckOneOf(profile.Sorts, sortAdvice)(cmp.Or(text, string(profile.Practise)))
}

// typedAction reads an action from its form, without the day. If no sort was typed it is something to practise.
func typedAction(v ui.Values) profile.Action {
	sort, _ := forms.OneOf(v["sort"], profile.Sorts)
	return profile.Action{
		Sort: cmp.Or(sort, profile.Practise), Text: v.Text("text"), Who: v.Text("who"), Shows: v.Text("shows"),
		IfThen: v.Text("ifthen"),
	}
}

// changeWords stands for the choice to edit an action, among the statuses that end it.
const changeWords profile.ActionStatus = ""

func (s *Screen) actionMenu(a profile.Action) ui.Choose {
	title := "How did it go?"
	change := ui.Way[profile.ActionStatus]{Is: changeWords, Text: "Change its words or its date"}
	ways := append(slices.Clone(plan.ActionWays), change)
	if a.Status != profile.ActionOpen {
		title, change.Text = "This action is closed", "Change its words"
		ways = []ui.Way[profile.ActionStatus]{{Is: profile.ActionOpen, Text: "Open it again"}, change}
	}
	end := func(to profile.ActionStatus, c *ui.Context) []ui.Ask { return s.endAction(a.ID, to, c) }
	return ui.Choose{Title: title, Says: a.Text.Line(), Options: ui.Ways(ways, end)}
}

// endAction gives an action a status, after asking for what that needs; for changeWords it edits the action.
func (s *Screen) endAction(id string, status profile.ActionStatus, c *ui.Context) []ui.Ask {
	a, _, ok := c.Profile.Action(id)
	switch {
	case !ok:
		return nil
	case status == changeWords:
		return ui.Asks(s.actionEdit(a, c))
	case status == profile.ActionOpen:
		return s.setAction(profile.SetActionStatus{ID: id, Status: status, On: c.Today})
	}
	outcome := forms.Outcome{Action: a, Status: status}
	return ui.Asks(ui.Edit{Form: forms.OutcomeForm(c, outcome), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		reason, next := forms.OutcomeSent(v, c, outcome)
		return s.setAction(profile.SetActionStatus{ID: id, Status: status, On: c.Today, Note: reason, Next: next})
	}})
}

func (s *Screen) setAction(to profile.SetActionStatus) []ui.Ask {
	return s.makeChange(to, func(c *ui.Context) string {
		if to.Status == profile.ActionOpen {
			return "Open again."
		}
		_, g, _ := c.Profile.Action(to.ID)
		s.afterPart(g.ID, c)
		switch {
		case to.Status == profile.ActionDone:
			return "Done. e keeps an example of it for " + codes(g.KSBs) + "."
		case to.Next != nil:
			return "Kept with its reason; what takes its place is set."
		}
		return "Kept with its reason. a adds what takes its place."
	})
}
