package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

// watchedMsg says whether the file is still as it was left here; the command that watching makes sends it.
type watchedMsg struct{ err error }

// otherLeft is said when a program that could only read may write.
const otherLeft = "The other ksbcoach has left, so you can change things here now."

// watch looks at the file when the learner comes back to the program: it may have been changed elsewhere meanwhile, and another
// ksbcoach that had it open may have left.
func (a *app) watch() tea.Cmd {
	if a.s == nil {
		return nil
	}
	a.becomeWriter()
	if a.failed != nil && !session.Changed(a.failed) && !a.s.Saving() && !a.reply.ways {
		return a.tryNow()
	}
	look := a.s.LookAtFile()
	return func() tea.Msg { return watchedMsg{look()} }
}

// watched reads the file again, with what was done here on top, where that asks nobody anything. Where it does, saving asks.
func (a *app) watched(msg watchedMsg) tea.Cmd {
	if !session.Changed(msg.err) || a.s.Saving() || a.failed != nil {
		return nil
	}
	if cmd, done := a.settleAlone(); done {
		return cmd
	}
	if a.s.ReadOnly() != nil {
		return nil // the one that has it open sees to it
	}
	a.s.Distrust()
	return a.save()
}

// becomeWriter takes the file over from another ksbcoach that has left, and says whether it did.
func (a *app) becomeWriter() bool {
	if a.s.ReadOnly() == nil || !a.s.BecomeWriter() {
		return false
	}
	a.message, a.trouble = otherLeft, false
	return true
}

// mayChange says whether the record can be changed, as far as another ksbcoach is concerned. Where that one has left and what
// it did is only now shown, what was asked for here may mean something else, so it is to be asked for again.
func (a *app) mayChange() bool {
	rev := a.s.Rev()
	if a.becomeWriter() && a.s.Rev() != rev {
		a.message += " What it changed is shown now; please do that again."
		return false
	}
	return true
}
