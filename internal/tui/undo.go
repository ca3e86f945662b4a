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

// Whose hands the keyboard is in: the learner's, both people's when they look together, or a mentor's. Each visit of a
// mentor counts for itself, since it may be another one.
const (
	learnerHands = iota
	bothHands
	mentorHands
)

// handOver notices that the keyboard went to somebody else, so that nobody undoes what another did.
func (a *app) handOver() {
	now := learnerHands
	switch {
	case a.s == nil:
		return
	case a.blind():
		now = mentorHands
	case a.here() == ui.Mentor:
		now = bothHands
	}
	if now == a.hands {
		return
	}
	if now == mentorHands {
		a.visits++
	}
	a.hands = now
	if now == mentorHands {
		now += a.visits
	}
	a.s.HandTo(now)
}

// undo takes the newest change back. One that more hangs on is taken back only after asking.
func (a *app) undo() {
	change, ok := a.s.Newest()
	if !ok {
		a.message = "There is nothing to undo."
		if a.visits > 0 {
			a.message = "There is nothing of yours to undo here."
		}
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
