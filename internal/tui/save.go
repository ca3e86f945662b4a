package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
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
	a.s.FinishSave(r)
	a.failed = r.Err
	if r.Err != nil {
		a.leaving = false
		a.say(r.Err)
		if a.conflict() {
			a.message = conflictSays
		}
		return nil
	}
	a.savedAt = r.At.Format("15:04")
	if r.Warning != "" {
		a.message = safetext.Line(r.Warning)
	}
	if cmd := a.save(); cmd != nil {
		return cmd
	}
	if a.leaving {
		return a.goOut()
	}
	return a.forgetSent()
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

// noteOf is the type of the root's own notes, so that no screen's note can be one of them.
type noteOf string

const conflictNote = noteOf("conflict")

// conflictSays has the words of the choices, and no others.
const conflictSays = "Not saved yet: take the file as it is now and put your changes on top, or save yours as a new file beside it."

// askConflict asks what to do about a file that was changed elsewhere while there are changes that are not saved.
func (a *app) askConflict() {
	a.asked = a.s.Rev()
	a.front, a.note = dialog.NewMenu(ui.Choose{
		Calm:  true, // it may open under a key that was meant to rate
		Title: "The profile was changed elsewhere",
		Says:  "Another program, or a copy on another computer, has written to the file since it was opened here. Nothing was overwritten, and nothing of yours is lost.",
		Options: []ui.Option{
			{Text: "Take the file as it is now, and put my changes on top", Says: "The usual choice."},
			{Text: "Save mine as a new file beside it", Says: "Both are kept; compare them later."},
			{Text: "Decide later", Says: "Your changes stay here unsaved until you choose; the next change asks again."},
		},
	}), conflictNote
}

func (a *app) resolve(choice int) tea.Cmd {
	switch choice {
	case 0:
		return a.reload()
	case 1:
		path, err := a.s.SaveBeside()
		if err != nil {
			a.say(err)
			return nil
		}
		a.failed = nil
		a.message = "Saved as " + safetext.Line(path) + ", and going on with that file."
	default:
		a.message = "Not saved yet."
	}
	return nil
}

func (a *app) reload() tea.Cmd {
	lost, err := a.s.Reload()
	if err != nil {
		a.say(err)
		return nil
	}
	a.failed, a.report = nil, nil
	a.message = "Read again, and your changes are on top."
	if len(lost) > 0 {
		a.message = "Read again. Of your changes these no longer fit: " + safetext.Line(joined(lost))
	}
	return a.save()
}

func joined(list []string) string {
	out := ""
	for i, s := range list {
		if i > 0 {
			out += ", "
		}
		out += s
	}
	return out
}

// leave is Ctrl-C: at once when all is saved, else as soon as it is, and at a second press in any case.
func (a *app) leave() tea.Cmd {
	if a.front != nil {
		a.keepDrafts(a.front)
		if a.asksUnkept(a.front, a.note, true) {
			return nil
		}
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
		a.message, a.trouble = "Not saved: "+safetext.Line(a.unseen(a.failed).Error())+". ctrl+c again tries once more and leaves.", true
		if session.Changed(a.failed) && a.front == nil {
			a.askConflict()
		}
		return nil
	}
	a.message = "Saving. ctrl+c again leaves at once."
	return a.save()
}
