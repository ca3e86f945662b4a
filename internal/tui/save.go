package tui

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// savedMsg says how a save ended.
type savedMsg session.Saved

// save starts a save if there is something to save and no save under way. Only the writing happens in the command: the
// changes were made in Update, so that fast keys cannot overtake one another.
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

// afterSave says how a save ended, and saves again if the record has changed meanwhile.
func (a *app) afterSave(r session.Saved) tea.Cmd {
	if !a.s.FinishSave(r) {
		return a.followUps() // the record was saved elsewhere meanwhile, and a message said so
	}
	before, byItself := a.failed, a.retries.byItself
	if session.Changed(r.Err) {
		if cmd, done := a.reloadUnasked(); done {
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
		a.showError(r.Err)
		if e, ok := errors.AsType[shortened](r.Err); ok { // a long path must not push the reason out of the message
			a.message = strings.Replace(a.message, safetext.Line(e.Error()), safetext.Line(e.Short()), 1)
		}
		a.message += ". " + otherWays
		if a.conflict() {
			// in the words of the menu that is open now
			a.message = "Not saved yet: take the file as it is now and put your changes on top, or save yours as a " +
				"new file beside it."
		}
		return a.tryLater()
	}
	a.savedAt = r.At.Format("15:04")
	a.retries.wait = 0
	if before != nil && (a.trouble || a.message == "") {
		a.message, a.trouble = savingAgain, false
	}
	if r.Warning != "" {
		a.message = safetext.Line(r.Warning)
	}
	if cmd := a.save(); cmd != nil {
		return cmd
	}
	cmd := a.putAway()
	if a.leaving {
		return a.quitWhenSaved()
	}
	return tea.Batch(cmd, a.forgetSent())
}

// conflict says whether the last save failed because the file was changed elsewhere. It asks the learner what to do,
// once for each revision.
func (a *app) conflict() bool {
	if a.failed == nil || !session.Changed(a.failed) {
		return false
	}
	if a.front == nil && a.conflictRev != a.s.Rev() {
		a.askConflict()
	}
	return true
}

// leave is Ctrl-C: it quits at once if everything is saved, else as soon as it is. A second press quits in any case.
func (a *app) leave() tea.Cmd {
	if a.front != nil {
		a.keepDrafts(a.front)
	}
	if a.warns() {
		return nil
	}
	again := a.leaving
	a.leaving = true
	if a.s == nil || again {
		return a.quit()
	}
	return a.quitWhenSaved()
}

// warns says, once, that leaving the first form loses what is typed in it. True means that it has just said so.
func (a *app) warns() bool {
	form, ok := a.front.(*dialog.Form)
	if !a.welcome || a.warned || !ok || !form.Touched() {
		return false
	}
	a.warned, a.message = true, "Nothing is kept yet. esc or ctrl+c again leaves; any other key goes on."
	return true
}

// quitWhenSaved quits if everything is on disk, or else sees to it that it soon is.
func (a *app) quitWhenSaved() tea.Cmd {
	saved := !a.s.Dirty() || a.s.ReadOnly() != nil
	switch {
	case saved && a.fileJobs == 0:
		return a.quit()
	case saved:
		return a.showMessage("Writing the file. ctrl+c again leaves at once.")
	case a.failed != nil:
		if a.front != nil && !a.reply.onSave {
			a.message = "Not saved: " + safetext.Line(a.unseen(a.failed).Error()) +
				". ctrl+c again leaves, and tries to keep a copy."
			a.trouble = true
			return nil
		}
		a.askAboutSave()
		return nil
	}
	a.message = "Saving. ctrl+c again leaves at once."
	return a.save()
}

// A save that failed is tried again by itself, since a full disk may get room or a drive come back while the learner
// does something else. Each further try waits twice as long.
const (
	retryTime = 2 * time.Second
	retryMost = time.Minute
)

// retries is the state of trying again.
type retries struct {
	first    time.Duration // how long the first try waits; 0: never try
	wait     time.Duration // how long the last one waited
	turn     int           // number of the newest timer; older ones are ignored
	byItself bool          // the save under way was not asked for by the learner
}

// retryMsg says that it is time to try again, if no newer timer runs.
type retryMsg struct{ turn int }

func (a *app) tryLater() tea.Cmd {
	r := &a.retries
	if r.first == 0 || session.Changed(a.failed) {
		return nil // what to do about a file changed elsewhere is for the learner to decide
	}
	r.wait = min(max(2*r.wait, r.first), retryMost)
	r.turn++
	turn := r.turn
	return tea.Tick(r.wait, func(time.Time) tea.Msg { return retryMsg{turn} })
}

func (a *app) retry(msg retryMsg) tea.Cmd {
	switch {
	case msg.turn != a.retries.turn || a.failed == nil || a.s.Saving():
		return nil
	case a.reply.onSave:
		return a.tryLater() // the learner is just being asked what to do
	}
	return a.tryNow()
}

// tryNow saves again after a failure. It says nothing unless that succeeds, or fails for another reason.
func (a *app) tryNow() tea.Cmd {
	if !a.s.Dirty() {
		a.failed, a.trouble, a.message = nil, false, "" // the learner has undone what could not be saved
		return nil
	}
	a.retries.byItself = true
	return a.save()
}

// savingAgain is the message when a save succeeds after one that failed.
const savingAgain = "Saving works again: everything is in the file."

// watch checks the file when the learner comes back to the window: it may have been changed elsewhere, or another
// ksbcoach may have released its lock.
func (a *app) watch() tea.Cmd {
	if a.s == nil {
		return nil
	}
	a.becomeWriter()
	if a.failed != nil && !session.Changed(a.failed) && !a.s.Saving() && !a.reply.onSave {
		return a.tryNow()
	}
	look := a.s.LookAtFile()
	return inBackground(func() func() tea.Cmd {
		err := look()
		return func() tea.Cmd { return a.watched(err) }
	})
}

// watched merges a file that was changed elsewhere with what was done here, if no question is needed. Else it starts a
// save, which asks.
func (a *app) watched(err error) tea.Cmd {
	if !session.Changed(err) || a.s.Saving() || a.failed != nil {
		return nil
	}
	if cmd, done := a.reloadUnasked(); done {
		return cmd
	}
	if a.s.ReadOnly() != nil {
		return nil // the ksbcoach that holds the lock will ask
	}
	a.s.MarkUnsaved()
	return a.save()
}

// becomeWriter takes the lock if the other ksbcoach that had it has left, and says whether it did.
func (a *app) becomeWriter() bool {
	if a.s.ReadOnly() == nil || !a.s.BecomeWriter() {
		return false
	}
	a.message, a.trouble = "The other ksbcoach has left, so you can change things here now.", false
	return true
}

// mayChange says whether a change that is asked for may be made. It may not if another ksbcoach has only now left: the
// screen did not show what that one changed, so the learner might mean something else and must ask again.
func (a *app) mayChange() bool {
	rev := a.s.Rev()
	if a.becomeWriter() && a.s.Rev() != rev {
		a.message += " What it changed is shown now; please do that again."
		return false
	}
	return true
}

// shortened is an error whose Short leaves out the folders of its file.
type shortened interface {
	error
	Short() string
}

// otherWays goes with the message that a save failed.
const otherWays = "ctrl+s shows other ways to save."

// A choice is an option of a menu of the root's own, which does something that no ui.Ask stands for.
type choice struct {
	ui.Option
	do func() tea.Cmd
}

// offer opens a menu of choices. It may open just before a key that is meant to rate, so digits choose nothing in it.
func (a *app) offer(ask ui.Choose, choices ...choice) tea.Cmd {
	ask.Calm = true
	ask.Options = lists.Each(choices, func(c choice) ui.Option { return c.Option })
	a.front, a.reply = dialog.NewMenu(ask), reply{picked: func(i int) tea.Cmd { return choices[i].do() }}
	return nil
}

// offerSaves asks what to do about changes that are not saved.
func (a *app) offerSaves(title, says string, choices ...choice) {
	a.offer(ui.Choose{Title: title, Says: says}, choices...)
	a.reply.onSave = true
}

// askConflict asks what to do about a file that was changed elsewhere, while there are changes here that are not in it.
// It offers only what can succeed: a file that is gone or cannot be read cannot be merged.
func (a *app) askConflict() {
	a.conflictRev, a.reloadNote = a.s.Rev(), ""
	reload, err := a.s.PrepareReload()
	says := "Another program, or a copy on another computer, has written to the file since it was opened here. " +
		"Nothing was overwritten. All that you did since then is still here, saved or not."
	var choices []choice
	switch {
	case err == nil:
		take := "The usual choice."
		switch n := len(reload.Clashes); {
		case reload.Foreign:
			take = "Careful: it is not a version of this profile. It may be another learner's."
		case n > 0:
			take = "In " + words.Count(n, "place", "places") +
				" the file says something else: you are asked which should count."
		}
		choices = append(choices, choice{
			ui.Option{Text: "Take the file as it is now, and put my changes on top", Says: take},
			func() tea.Cmd { return a.reload(reload) },
		})
	case session.Gone(err):
		says = "The file is no longer where it was: it may have been moved, renamed or deleted. All that you did " +
			"since you opened it is still here, saved or not."
		path := a.s.Path()
		choices = append(choices, choice{
			ui.Option{Text: "Write it again where it was", Says: safetext.Line(path)},
			func() tea.Cmd { return a.savedIn(path, a.s.SaveElsewhere(path)) },
		})
	default:
		says += " As it is now the file cannot be read here: " + safetext.Line(a.unseen(err).Error()) + "."
	}
	choices = append(choices, a.newFile()...)
	choices = append(choices, choice{ui.Option{
		Text: "Decide later",
		Says: "Your changes stay here unsaved until you choose; the next change asks again.",
	}, a.decideLater})
	a.offerSaves("The profile was changed elsewhere", says, choices...)
}

// askAboutSave asks what to do when the last save failed, whatever the cause.
func (a *app) askAboutSave() {
	if a.failed != nil && session.Changed(a.failed) {
		a.askConflict()
		return
	}
	says := "Not saved: " + safetext.Line(a.unseen(a.failed).Error()) + ". All that you did is still here."
	choices := []choice{{ui.Option{Text: "Try again"}, func() tea.Cmd { a.failed = nil; return a.save() }}}
	choices = append(choices, a.newFile()...)
	choices = append(choices, choice{ui.Option{
		Text: "Go on, and decide later",
		Says: "ctrl+s asks again. ctrl+c leaves, and tries to keep a copy.",
	}, a.decideLater})
	a.message, a.trouble = "", false // the menu says it
	a.offerSaves("The last changes are not saved", says, choices...)
}

// newFile returns the choices that leave the old file alone.
func (a *app) newFile() []choice {
	return []choice{
		{
			ui.Option{Text: "Save mine as a new file beside it", Says: "Both are kept; compare them later."},
			func() tea.Cmd { return a.savedIn(a.s.SaveBeside()) },
		},
		{ui.Option{Text: "Save mine under another name", Says: "In any folder, or on another disk."}, func() tea.Cmd {
			a.askFile(a.saveAsJob())
			return nil
		}},
	}
}

func (a *app) decideLater() tea.Cmd {
	a.leaving = false
	return a.showMessage("Not saved yet. " + otherWays)
}

// savedIn says in which file the record is from now on or, if that save failed too, why, and how to try others.
func (a *app) savedIn(path string, err error) tea.Cmd {
	if err != nil {
		a.showError(err)
		a.message += ". " + otherWays
		return nil
	}
	a.failed = nil
	a.savedAt = a.o.now().Format("15:04")
	a.message = "Saved as " + safetext.Line(path) + ", and going on with that file."
	return a.forgetSent()
}

// saveAsJob saves the record under another name. Unlike other jobs it writes in Update, since SaveElsewhere changes the
// session, which belongs to the event loop.
func (a *app) saveAsJob() *fileJob {
	return &fileJob{
		title: "Save under another name", says: "The whole record goes into a new file, and you go on with that one.",
		send: "save it", label: intoFile, out: namesNobody,
		work: func(file string) func() fileResult {
			return func() fileResult {
				return fileResult{then: func() error {
					err := a.s.SaveElsewhere(file)
					if err == nil {
						a.savedIn(a.s.Path(), nil)
					}
					return err
				}}
			}
		},
	}
}

// reload merges what was done here into the file, after asking which value should count wherever both changed.
func (a *app) reload(reload *session.Reload) tea.Cmd {
	then := func(mine map[string]bool) tea.Cmd {
		cmd, err := a.finishReload(reload, mine)
		if err != nil {
			return a.savedIn("", err)
		}
		return cmd
	}
	return a.askSides(clashing{places: reload.Clashes, other: "file", saves: true, then: then}, nil)
}

// clashing is what askSides asks about: the places that were changed both here and in another file.
type clashing struct {
	places []file.Clash
	other  string                             // what the other file is called
	saves  bool                               // the questions are about changes that are not saved
	then   func(mine map[string]bool) tea.Cmd // by the Key of the place: whether the value from here counts
}

// askSides asks for each place which value should count. Mine has the answers so far, for the first places.
func (a *app) askSides(q clashing, mine map[string]bool) tea.Cmd {
	left := q.places[len(mine):]
	if len(left) == 0 {
		return q.then(mine)
	}
	place := left[0]
	answer := func(isMine bool, places int) func() tea.Cmd {
		return func() tea.Cmd {
			next := map[string]bool{}
			maps.Copy(next, mine)
			for _, x := range left[:places] {
				next[x.Key] = isMine
			}
			return a.askSides(q, next)
		}
	}
	theirs := "The " + q.other + "'s"
	here, there := "Mine: "+place.Ours, theirs+": "+place.Theirs
	if place.Covered || a.blind() { // who sits here now must not see the values
		here, there = "The one given here", "The one in the "+q.other
	}
	choices := []choice{{ui.Option{Text: here}, answer(true, 1)}, {ui.Option{Text: there}, answer(false, 1)}}
	if n := len(left); n > 1 {
		all := fmt.Sprintf(", here and in the %d that follow", n-1)
		choices = append(choices, choice{ui.Option{Text: "Mine" + all}, answer(true, n)},
			choice{ui.Option{Text: theirs + all}, answer(false, n)})
	}
	a.offer(ui.Choose{
		Title: fmt.Sprintf("Which one should count? %d of %d", len(mine)+1, len(q.places)),
		Says: "Changed here and in the " + q.other + ": " + safetext.Line(place.What) +
			". The one you do not choose is kept in a backup.",
	}, choices...)
	a.reply.onSave = q.saves
	return nil
}

// finishReload goes on with the file, with what was done here merged into it. Mine has the answers of askSides.
func (a *app) finishReload(reload *session.Reload, mine map[string]bool) (tea.Cmd, error) {
	before := a.s.Warning()
	if err := a.s.Reload(reload, func(key string) bool { return mine[key] }); err != nil {
		return nil, err
	}
	a.failed, a.report, a.trouble = nil, nil, false
	a.message = "The file was read again, and all your changes are in it."
	switch {
	case a.blind() && len(mine) == 0:
		a.message = "The file was changed elsewhere; all that was done here is in it too."
	case len(mine) == 0:
		a.message = safetext.Line(reload.Says())
	case len(reload.Said) > 0 && !a.blind():
		a.message += " " + safetext.Line(strings.Join(reload.Said, " "))
	}
	if w := a.s.Warning(); w != before {
		a.message += " Note: " + safetext.Line(w) + "."
	}
	a.reloadNote, a.reloadNoteAt = a.message, a.o.now()
	if a.leaving && !a.s.Dirty() {
		return a.quitWhenSaved(), nil
	}
	return a.save(), nil
}

// recentReloadNote returns the note that changes made elsewhere were merged, for as long as it takes to read it, or "".
func (a *app) recentReloadNote() string {
	if a.o.now().Sub(a.reloadNoteAt) >= 4*time.Second {
		a.reloadNote = ""
	}
	return a.reloadNote
}

// reloadUnasked merges what was done here into a file that was changed elsewhere. False means that it could not, since
// the learner must be asked first or the file cannot be read.
func (a *app) reloadUnasked() (tea.Cmd, bool) {
	reload, err := a.s.PrepareReload()
	if err != nil || !reload.Unasked() || !reload.HasAll && a.s.ReadOnly() != nil {
		return nil, false
	}
	cmd, err := a.finishReload(reload, nil)
	return cmd, err == nil
}
