package tui

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

const (
	takeBackNote = noteOf("take back")
	takeBack     = 1 // the option that does
)

// undo takes the newest change back. One that more hangs on is taken back only after asking.
func (a *app) undo() {
	change, ok := a.s.Newest()
	if !ok {
		a.message = "There is nothing to undo."
		return
	}
	if x, ok := change.(profile.Weighty); ok {
		a.front, a.note = dialog.NewMenu(ui.Choose{
			Title: "Undo the " + x.Label() + "?", Says: x.Undoing(),
			Options: []ui.Option{{Text: "Leave it", Says: "nothing is undone"}, {Text: "Undo it"}},
		}), takeBackNote
		return
	}
	a.takeBack()
}

func (a *app) takeBack() {
	change, ok := a.s.Undo()
	if !ok {
		return
	}
	a.message = "Undone: " + safetext.Line(change.Label()) + "."
	a.then(a.screen().Update(ui.UndoneMsg{Change: change}, a.context()))
}
