package tui

import (
	"errors"
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// blind says whether the screen keeps the learner's ratings hidden, so that the root shows none either.
func (a *app) blind() bool {
	x, ok := a.screen().(interface{ Blind() bool })
	return ok && x.Blind()
}

// askLeaveBlind stands between the blind rating and the learner's own screens, so that a mentor never gets there unasked.
func (a *app) askLeaveBlind() {
	kept := "What you rated is kept."
	if a.s.Dirty() {
		kept = "What you rated is not saved yet; it stays here until it is."
	}
	a.choose(ui.Choose{
		Title: "Hand back to the learner?", Says: "The next page shows the learner's own levels. " + kept,
		Options: []ui.Option{
			{Text: "Stay here", Says: "go on rating blind"},
			{Text: "Hand back", Says: "the learner goes on", Then: func(*ui.Context) []ui.Ask { return ui.Asks(ui.Back{}) }},
		},
	})
}

// unseen is an error in the learner's file as a mentor who rates blind may read it: where, and not what stands there. A
// sheet is the mentor's own.
func (a *app) unseen(err error) error {
	var faults file.Faults
	if a.s == nil || a.sheet() || !a.blind() || !errors.As(err, &faults) {
		return err
	}
	return fmt.Errorf("line %d of the file cannot be read; the learner can correct it", faults[0].Pos.Line)
}
