package tui

import (
	"errors"
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Who has the keyboard.
const (
	learnerTypes = iota
	bothType
	mentorTypes
)

// handOver tells the session when the keyboard goes to somebody else, so that nobody can undo what another person did.
// Each time that a mentor gets the keyboard counts as another person, since it may be another mentor.
func (a *app) handOver() {
	now := learnerTypes
	switch {
	case a.s == nil:
		return
	case a.blind():
		now = mentorTypes
	case a.current() == ui.Mentor:
		now = bothType
	}
	var name safetext.Text // of the mentor who rates, once they have typed it
	if x, ok := a.screen().(interface{ Rater() safetext.Text }); ok {
		name = x.Rater()
	}
	if now == a.typist && !a.otherMentor(name) {
		if a.rater.Empty() {
			a.rater = name
		}
		return
	}
	a.rater, a.typist = name, now
	if now == mentorTypes {
		a.visits++
		now += a.visits
	}
	a.s.HandTo(now)
}

// otherMentor says whether another mentor took over from the one who had the keyboard. On a sheet none does: one name
// is for all of it, and correcting that name must not end undo.
func (a *app) otherMentor(name safetext.Text) bool {
	if a.typist != mentorTypes || a.isSheet() || a.rater.Empty() || name.Empty() {
		return false
	}
	return !profile.SameName(a.rater, name)
}

// undo takes the newest change back. It asks first if the change has side effects, and names a change that was made on
// another screen before u takes it back.
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
	if rev := a.s.NewestRev(); a.madeOn[rev] != a.current() && a.undoNamed != rev {
		a.undoNamed = rev
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

// takeBackAsOf takes back the change that was the newest at revision rev. If another change was made since, it asks
// about that one instead.
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

// takeBack takes back the newest change; slip says that nobody had meant to make it.
func (a *app) takeBack(slip bool) {
	rev := a.s.NewestRev()
	change, ok := a.s.Undo()
	if !ok {
		return
	}
	if _, merged := change.(profile.TakeMerged); merged {
		a.takenCopy = nil // the copy stays in its folder, if it has not been moved yet
	}
	a.message = "Undone: " + safetext.Line(profile.LabelOf(change, a.s.Profile())) + "."
	if a.draftUndone(rev) {
		a.message += " Your words are kept for when you open the form again."
	}
	a.perform(a.screen().Update(ui.UndoneMsg{Change: change, Slip: slip}, a.context()))
}

// blind says whether the screen hides the learner's ratings, because a mentor has the keyboard. Then the root must show
// nothing of them either.
func (a *app) blind() bool {
	x, ok := a.screen().(interface{ Blind() bool })
	return ok && x.Blind()
}

// askLeaveBlind asks before the blind rating is left, so that a mentor does not get to the learner's own screens by
// accident.
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

// unseen returns an error in the learner's file as a mentor who rates blind may read it: on which line, but not what
// the learner wrote there. A sheet is the mentor's own.
func (a *app) unseen(err error) error {
	var faults file.Faults
	if a.s == nil || a.isSheet() || !a.blind() || !errors.As(err, &faults) {
		return err
	}
	return fmt.Errorf("line %d of the file cannot be read; the learner can correct it", faults[0].Pos.Line)
}
