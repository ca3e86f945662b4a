package tui

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// blind says whether the screen keeps the learner's ratings hidden, so that the root shows none either.
func (a *app) blind() bool {
	x, ok := a.screen().(interface{ Blind() bool })
	return ok && x.Blind()
}

// noteOf is the type of the root's own notes, so that no screen's note can be one of them.
type noteOf string

const (
	leaveBlindNote = noteOf("leave blind")
	leaveBlind     = 1 // the option that leaves
)

// askLeaveBlind stands between the blind rating and the learner's own screens, so that a mentor never gets there unasked.
func (a *app) askLeaveBlind() {
	kept := "What you rated is kept."
	if a.s.Dirty() {
		kept = "What you rated is not saved yet; it stays here until it is."
	}
	a.front, a.note = dialog.NewMenu(ui.Choose{
		Title: "Hand back to the learner?", Says: "The next page shows the learner's own levels. " + kept,
		Options: []ui.Option{{Text: "Stay here", Says: "go on rating blind"}, {Text: "Hand back", Says: "the learner goes on"}},
	}), leaveBlindNote
}

// unseen is an error in the learner's file as a mentor who rates blind may read it: where, and not what stands there. A
// sheet is the mentor's own.
func (a *app) unseen(err error) error {
	var faults profile.Faults
	if a.s == nil || a.o.Sheet != nil || !a.blind() || !errors.As(err, &faults) {
		return err
	}
	return fmt.Errorf("line %d of the file cannot be read; the learner can correct it", faults[0].Pos.Line)
}

// unkeptNote is the question about a note that cannot be kept: the form, what it was for, and whether the program is left.
type unkeptNote struct {
	form dialog.Dialog
	note any
	quit bool
}

// leaveNote is the option that leaves without the note.
const leaveNote = 1

// asksUnkept asks before a note that was begun on a sheet is left: what lies beside a sheet goes with the program, so
// what was typed could not be kept. It says whether it asked.
func (a *app) asksUnkept(front dialog.Dialog, note any, quit bool) bool {
	form, ok := front.(*dialog.Form)
	if !ok || a.o.Sheet == nil || form.Drafts()["note"] == "" {
		return false
	}
	leave := "back to the sheet; what you typed is lost"
	if quit {
		leave = "and out of the program; what you typed is lost"
	}
	a.front, a.note = dialog.NewMenu(ui.Choose{
		Title: "Leave without this note?", Says: "What you typed is not on the sheet yet.", Calm: true,
		Options: []ui.Option{{Text: "Go on writing", Says: "nothing is lost"}, {Text: "Leave without it", Says: leave}},
	}), unkeptNote{form, note, quit}
	return true
}

// answerUnkept brings the form back as it was, or leaves.
func (a *app) answerUnkept(asked unkeptNote, out dialog.Outcome) tea.Cmd {
	picked, ok := out.(dialog.Picked)
	switch {
	case !ok || picked.Index != leaveNote:
		a.front, a.note = asked.form, asked.note
		return nil
	case asked.quit:
		return a.leave()
	}
	return nil
}
