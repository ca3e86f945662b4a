package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
)

// savedMsg is how a save ended; the save's own command sends it.
type savedMsg session.Saved

// save starts a save when there is something to save and none is under way. Only the writing happens in the command: the
// change itself was made in Update, so fast keys cannot overtake one another.
func (a *app) save() tea.Cmd {
	if a.s == nil || a.conflict() {
		return nil
	}
	job, ok := a.s.StartSave()
	if !ok {
		return nil
	}
	return func() tea.Msg { return savedMsg(job()) }
}

func (a *app) afterSave(r session.Saved) tea.Cmd {
	if !a.s.FinishSave(r) {
		return a.goOn() // saving in another way has overtaken it, and has said how that ended
	}
	before, byItself := a.failed, a.retries.byItself
	if session.Changed(r.Err) {
		if cmd, done := a.settleAlone(); done {
			a.retries.byItself = false
			return cmd
		}
	}
	a.failed, a.retries.byItself = r.Err, false
	if r.Err != nil {
		a.leaving = false
		if byItself && before != nil && before.Error() == r.Err.Error() {
			return a.tryLater()
		}
		a.say(r.Err)
		a.message += ". " + waysOut
		if a.conflict() {
			a.message = conflictSays
		}
		return a.tryLater()
	}
	a.savedAt, a.retries.wait = r.At.Format("15:04"), 0
	if before != nil && (a.trouble || a.message == "") {
		a.message, a.trouble = savingAgain, false
	}
	if r.Warning != "" {
		a.message = safetext.Line(r.Warning)
	}
	if cmd := a.save(); cmd != nil {
		return cmd
	}
	put := a.putAway()
	if a.leaving {
		return a.goOut()
	}
	return tea.Batch(put, a.forgetSent())
}

// conflict says whether the file was changed elsewhere and nothing was decided yet. Each new change asks again.
func (a *app) conflict() bool {
	if a.failed == nil || !session.Changed(a.failed) {
		return false
	}
	if a.front == nil && a.asked != a.s.Rev() {
		a.askConflict()
	}
	return true
}

// leave is Ctrl-C: at once when all is saved, else as soon as it is, and at a second press in any case.
func (a *app) leave() tea.Cmd {
	if a.front != nil {
		a.keepDrafts(a.front)
	}
	if a.warns() {
		return nil
	}
	if a.s == nil || a.leaving {
		a.leaving = true
		return a.quit()
	}
	a.leaving = true
	return a.goOut()
}

// warns says once of the first form, which is on no disk yet, that leaving loses what is typed. It says whether it did.
func (a *app) warns() bool {
	form, ok := a.front.(*dialog.Form)
	if !a.welcome || a.warned || !ok || !form.Touched() {
		return false
	}
	a.warned, a.message = true, "Nothing is kept yet. esc or ctrl+c again leaves; any other key goes on."
	return true
}

// goOut quits once everything is on disk.
func (a *app) goOut() tea.Cmd {
	switch saved := !a.s.Dirty() || a.s.ReadOnly() != nil; {
	case saved && a.filing == 0:
		return a.quit()
	case saved:
		a.message = "Writing the file. ctrl+c again leaves at once."
		return nil
	}
	if a.failed != nil {
		if a.front != nil && !a.reply.ways {
			a.message, a.trouble = "Not saved: "+safetext.Line(a.unseen(a.failed).Error())+". ctrl+c again leaves, and tries to keep a copy.", true
			return nil
		}
		a.askStuck()
		return nil
	}
	a.message = "Saving. ctrl+c again leaves at once."
	return a.save()
}
