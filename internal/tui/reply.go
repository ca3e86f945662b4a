package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// reply is what follows once the dialog in front has ended: it is written where the question is asked, and lives no longer
// than the dialog.
type reply struct {
	sent   func(ui.Values) tea.Cmd  // a form was sent
	picked func(option int) tea.Cmd // an option was chosen
	typed  func()                   // a name is being typed: opens the form that takes it
	closed func() tea.Cmd           // it was left; nil keeps what was typed as a draft
	ways   bool                     // it offers the ways out of a save that failed
}

// ended takes the dialog away, with what follows. The next one may be opened from there.
func (a *app) ended() (front dialog.Dialog, after reply) {
	front, after = a.front, a.reply
	a.front, a.reply = nil, reply{}
	return front, after
}

// sending is what became of a form while it is sent off.
type sending struct {
	changed bool // something is other than it was
	same    bool // something that was sent is so already
}

// nothingChanged is said of a form that was sent off as it was opened.
const nothingChanged = "Nothing was changed."

// sends notes whether something that is done is sent off with a form and is so already. That is no change then, and nothing
// that undo takes back; outside forms, to rate at the same level again is a rating.
func (a *app) sends(same bool) bool {
	if a.sending == nil {
		return false
	}
	a.sending.same = a.sending.same || same
	a.sending.changed = a.sending.changed || !same
	return same
}

// edit opens a form. What the record refuses comes back with what was typed still in it, to be mended.
func (a *app) edit(ask ui.Edit) {
	form := dialog.NewForm(ask.Form, func(field string) string { return a.draft(ask.Form.Key, field) })
	var after reply
	after.sent = func(values ui.Values) tea.Cmd {
		before := a.s.NewestRev()
		a.sending = &sending{}
		a.then(a.follows(func(c *ui.Context) []ui.Ask { return ask.Then(values, c) }))
		if a.sending.same && !a.sending.changed && a.front == nil && !a.trouble {
			a.message = nothingChanged
		}
		a.sending = nil
		if a.trouble && a.front == nil {
			a.front, a.reply = form, after
			return a.goOn()
		}
		return tea.Batch(a.goOn(), a.sentOff(form, before))
	}
	a.front, a.reply = form, after
}

// choose opens a menu.
func (a *app) choose(ask ui.Choose) {
	a.front, a.reply = dialog.NewMenu(ask), reply{
		picked: func(i int) tea.Cmd { return a.do(a.follows(ask.Options[i].Then)) },
		typed:  func() { a.then(a.follows(ask.Typed)) },
	}
}

// follows is what comes after an answer or a change, where something does. The screen hears of it, so that its cursor is
// right when it is drawn.
func (a *app) follows(then ui.Then) (asks []ui.Ask) {
	if then != nil {
		asks = then(a.context())
	}
	return append(a.screen().Update(ui.DoneMsg{}, a.context()), asks...)
}
