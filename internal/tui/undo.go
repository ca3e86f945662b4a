package tui

import (
	"errors"
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Whose hands the keyboard is in. Each visit of a mentor counts for itself, since it may be another one.
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
	var name safetext.Text // as far as the mentor who rates has said it
	if x, ok := a.screen().(interface{ Rater() safetext.Text }); ok {
		name = x.Rater()
	}
	if now == a.hands && !a.relieved(name) {
		if a.rater.Empty() {
			a.rater = name
		}
		return
	}
	a.rater = name
	if now == mentorHands {
		a.visits++
	}
	a.hands = now
	if now == mentorHands {
		now += a.visits
	}
	a.s.HandTo(now)
}

// relieved says whether another mentor took over. On a sheet one name stands for all of it, and a slip may be undone.
func (a *app) relieved(name safetext.Text) bool {
	return a.hands == mentorHands && !a.sheet() && !a.rater.Empty() && !name.Empty() && !profile.SameName(a.rater, name)
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
	if _, ok := change.(profile.Weighty); ok {
		a.askTakeBack(change)
		return
	}
	if rev := a.s.NewestRev(); a.madeOn[rev] != a.here() && a.toTakeBack != rev {
		a.toTakeBack = rev
		a.message = "The last change: " + safetext.Line(profile.LabelOf(change, a.s.Profile()))
		if on, ok := a.madeOn[rev]; ok {
			a.message += ", in " + titleOf[on]
		}
		a.message += ". u again takes it back."
		return
	}
	a.takeBack(false)
}

func (a *app) askTakeBack(change profile.Change) {
	says := ""
	if x, ok := change.(profile.Weighty); ok {
		says = x.Undoing()
	}
	rev := a.s.Rev()
	a.choose(ui.Choose{
		Title: "Undo the " + safetext.Line(profile.LabelOf(change, a.s.Profile())) + "?", Says: says,
		Options: []ui.Option{
			{Text: "Leave it", Says: "nothing is undone"},
			{Text: "Undo it", Then: func(*ui.Context) []ui.Ask { a.takeBackAsOf(rev); return nil }},
		},
	})
}

// takeBackAsOf takes back the change that was asked about. Where another came on top since, it asks about that instead.
func (a *app) takeBackAsOf(rev int) {
	if rev == a.s.Rev() {
		a.takeBack(false)
		return
	}
	if change, ok := a.s.Newest(); ok {
		a.message = "Something was changed meanwhile, so nothing is undone yet."
		a.askTakeBack(change)
		return
	}
	a.message = "The record was read again meanwhile, so there is nothing to undo."
}

// takeBack takes back the newest change; slip says that nobody meant it.
func (a *app) takeBack(slip bool) {
	rev := a.s.NewestRev()
	change, ok := a.s.Undo()
	if !ok {
		return
	}
	if _, merged := change.(profile.TakeMerged); merged {
		a.joint = nil // the copy stays where it is, if it still is there
	}
	a.message = "Undone: " + safetext.Line(profile.LabelOf(change, a.s.Profile())) + "."
	if a.bringBack(rev) {
		a.message += " Your words are kept for when you open the form again."
	}
	a.then(a.screen().Update(ui.UndoneMsg{Change: change, Slip: slip}, a.context()))
}

// blind says whether the screen keeps the learner's ratings hidden, so that the root shows none either.
func (a *app) blind() bool {
	x, ok := a.screen().(interface{ Blind() bool })
	return ok && x.Blind()
}

// askLeaveBlind stands between the blind rating and the learner's own screens, so that a mentor never gets there
// unasked.
func (a *app) askLeaveBlind() {
	kept := "What you rated is kept."
	if a.s.Dirty() {
		kept = "What you rated is not saved yet; it stays here until it is."
	}
	a.choose(ui.Choose{
		Title: "Hand back to the learner?", Says: "The next page shows the learner's own levels. " + kept,
		Options: []ui.Option{
			{Text: "Stay here", Says: "go on rating blind"},
			{
				Text: "Hand back", Says: "the learner goes on",
				Then: func(*ui.Context) []ui.Ask { return ui.Asks(ui.Back{}) },
			},
		},
	})
}

// unseen is an error in the learner's file as a mentor who rates blind may read it: where, not what. A sheet is theirs.
func (a *app) unseen(err error) error {
	var faults file.Faults
	if a.s == nil || a.sheet() || !a.blind() || !errors.As(err, &faults) {
		return err
	}
	return fmt.Errorf("line %d of the file cannot be read; the learner can correct it", faults[0].Pos.Line)
}
