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
)

// savedMsg is how a save ended; the save's own command sends it.
type savedMsg session.Saved

// save starts a save when there is something to save and none is under way. Only the writing happens in the command:
// the change itself was made in Update, so fast keys cannot overtake one another.
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
		if e, ok := errors.AsType[shortened](r.Err); ok { // the reason and the ways out matter more than the folders
			a.message = strings.Replace(a.message, safetext.Line(e.Error()), safetext.Line(e.Short()), 1)
		}
		a.message += ". " + waysOut
		if a.conflict() {
			// in the words of the choices, and no others
			a.message = "Not saved yet: take the file as it is now and put your changes on top, or save yours as a " +
				"new file beside it."
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
	again := a.leaving
	if a.leaving = true; a.s == nil || again {
		return a.quit()
	}
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
		return a.note("Writing the file. ctrl+c again leaves at once.")
	}
	if a.failed != nil {
		if a.front != nil && !a.reply.ways {
			a.message, a.trouble = "Not saved: "+safetext.Line(
				a.unseen(a.failed).Error())+". ctrl+c again leaves, and tries to keep a copy.", true
			return nil
		}
		a.askStuck()
		return nil
	}
	a.message = "Saving. ctrl+c again leaves at once."
	return a.save()
}

// A save that failed is tried again by itself, since a disk may have room again, or a drive be back, while the learner
// reads. Each further try waits twice as long.
const (
	retryTime = 2 * time.Second
	retryMost = time.Minute
)

type retries struct {
	first    time.Duration // before the first one; 0 for none
	wait     time.Duration // before the one that comes next
	turn     int           // of the timer that counts
	byItself bool          // the save under way is one
}

// retryMsg says that it is time to try again; the timer of a save that failed sends it.
type retryMsg struct{ turn int }

func (a *app) tryLater() tea.Cmd {
	r := &a.retries
	if r.first == 0 || session.Changed(a.failed) {
		return nil // a file that was changed elsewhere is for the learner to decide
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
	case a.reply.ways:
		return a.tryLater() // the learner is being asked what to do
	}
	return a.tryNow()
}

// tryNow saves again after a failure, in silence unless it succeeds or fails for another reason.
func (a *app) tryNow() tea.Cmd {
	if !a.s.Dirty() {
		a.failed, a.trouble, a.message = nil, false, "" // what could not be saved was taken back
		return nil
	}
	a.retries.byItself = true
	return a.save()
}

// savingAgain is said when a save succeeds after one that failed.
const savingAgain = "Saving works again: everything is in the file."

// watch looks at the file when the learner comes back: it may have been changed, and another ksbcoach may have left it.
func (a *app) watch() tea.Cmd {
	if a.s == nil {
		return nil
	}
	a.becomeWriter()
	if a.failed != nil && !session.Changed(a.failed) && !a.s.Saving() && !a.reply.ways {
		return a.tryNow()
	}
	look := a.s.LookAtFile()
	return beside(func() func() tea.Cmd {
		err := look()
		return func() tea.Cmd { return a.watched(err) }
	})
}

// watched reads the file again where it is not as it was left, with what was done here on top, where that asks nobody
// anything. Where it does, saving asks.
func (a *app) watched(err error) tea.Cmd {
	if !session.Changed(err) || a.s.Saving() || a.failed != nil {
		return nil
	}
	if cmd, done := a.settleAlone(); done {
		return cmd
	}
	if a.s.ReadOnly() != nil {
		return nil // the one that has it open sees to it
	}
	a.s.MarkUnsaved()
	return a.save()
}

// becomeWriter takes the file over from another ksbcoach that has left, and says whether it did.
func (a *app) becomeWriter() bool {
	if a.s.ReadOnly() == nil || !a.s.BecomeWriter() {
		return false
	}
	a.message, a.trouble = "The other ksbcoach has left, so you can change things here now.", false
	return true
}

// mayChange says whether the record can be changed, as far as another ksbcoach is concerned. Where that one has left
// and what it did is only now shown, what was asked for here may mean something else, so it is to be asked for again.
func (a *app) mayChange() bool {
	rev := a.s.Rev()
	if a.becomeWriter() && a.s.Rev() != rev {
		a.message += " What it changed is shown now; please do that again."
		return false
	}
	return true
}

// shortened is an error that can leave out the folders of its file.
type shortened interface {
	error
	Short() string
}

// waysOut is said beside a save that failed.
const waysOut = "ctrl+s shows other ways to save."

// A way is one thing that can be done about what is not saved, as a line of a menu.
type way struct {
	ui.Option
	do func() tea.Cmd
}

// offer asks which way to go. The question may open under a key that was meant to rate, so digits choose nothing in it.
func (a *app) offer(ask ui.Choose, ways ...way) tea.Cmd {
	ask.Calm = true
	ask.Options = lists.Each(ways, func(w way) ui.Option { return w.Option })
	a.front, a.reply = dialog.NewMenu(ask), reply{picked: func(i int) tea.Cmd { return ways[i].do() }}
	return nil
}

// offerSaves asks what to do about what is not saved.
func (a *app) offerSaves(title, says string, ways ...way) {
	a.offer(ui.Choose{Title: title, Says: says}, ways...)
	a.reply.ways = true
}

// askConflict asks what to do about a file that was changed elsewhere while there are changes that are not in it. Only
// what can succeed is offered: a file that is gone or cannot be read cannot be taken.
func (a *app) askConflict() {
	a.asked, a.told = a.s.Rev(), ""
	met, err := a.s.PrepareReload()
	says := "Another program, or a copy on another computer, has written to the file since it was opened here. " +
		"Nothing was overwritten. All that you did since then is still here, saved or not."
	var ways []way
	switch {
	case err == nil:
		take := "The usual choice."
		switch n := len(met.Clashes); {
		case met.Foreign:
			take = "Careful: it is not a version of this profile. It may be another learner's."
		case n > 0:
			take = fmt.Sprintf("In %d of them the file says something else: you are asked which one should count.", n)
		}
		ways = append(ways, way{
			ui.Option{Text: "Take the file as it is now, and put my changes on top", Says: take},
			func() tea.Cmd { return a.settle(met) },
		})
	case session.Gone(err):
		says = "The file is no longer where it was: it may have been moved, renamed or deleted. All that you did " +
			"since you opened it is still here, saved or not."
		path := a.s.Path()
		ways = append(ways, way{
			ui.Option{Text: "Write it again where it was", Says: safetext.Line(path)},
			func() tea.Cmd {
				return a.savedIn(path, a.s.SaveElsewhere(path))
			},
		})
	default:
		says += " As it is now the file cannot be read here: " + safetext.Line(a.unseen(err).Error()) + "."
	}
	ways = append(ways, a.newFile()...)
	ways = append(ways, way{ui.Option{
		Text: "Decide later",
		Says: "Your changes stay here unsaved until you choose; the next change asks again.",
	}, a.decideLater})
	a.offerSaves("The profile was changed elsewhere", says, ways...)
}

// askStuck asks what to do when the last save failed, whatever the cause.
func (a *app) askStuck() {
	if a.failed != nil && session.Changed(a.failed) {
		a.askConflict()
		return
	}
	says := "Not saved: " + safetext.Line(a.unseen(a.failed).Error()) + ". All that you did is still here."
	ways := []way{{ui.Option{Text: "Try again"}, func() tea.Cmd { a.failed = nil; return a.save() }}}
	ways = append(ways, a.newFile()...)
	a.message, a.trouble = "", false // the menu says it
	a.offerSaves("The last changes are not saved", says, append(ways, way{ui.Option{
		Text: "Go on, and decide later",
		Says: "ctrl+s asks again. ctrl+c leaves, and tries to keep a copy.",
	}, a.decideLater})...)
}

// newFile are the ways that leave the old file alone.
func (a *app) newFile() []way {
	return []way{
		{
			ui.Option{Text: "Save mine as a new file beside it", Says: "Both are kept; compare them later."},
			func() tea.Cmd { return a.savedIn(a.s.SaveBeside()) },
		},
		{ui.Option{Text: "Save mine under another name", Says: "In any folder, or on another disk."}, func() tea.Cmd {
			a.askFile(a.elsewhere())
			return nil
		}},
	}
}

func (a *app) decideLater() tea.Cmd {
	a.leaving = false
	return a.note("Not saved yet. " + waysOut)
}

// savedIn says where the record is from now on, or why another way to save failed too, and where the others are.
func (a *app) savedIn(path string, err error) tea.Cmd {
	if err != nil {
		a.say(err)
		a.message += ". " + waysOut
		return nil
	}
	a.failed, a.savedAt = nil, a.o.now().Format("15:04")
	a.message = "Saved as " + safetext.Line(path) + ", and going on with that file."
	return a.forgetSent()
}

// elsewhere asks under which name to save. The record belongs to the loop, so it is written there.
func (a *app) elsewhere() *filing {
	return &filing{
		title: "Save under another name", says: "The whole record goes into a new file, and you go on with that one.",
		send: "save it", asks: intoFile, out: namesNobody,
		work: func(file string) func() filed {
			return func() filed {
				return filed{then: func() error {
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

// settle puts this session on top of the file, and asks first where both changed one place.
func (a *app) settle(met *session.Reload) tea.Cmd {
	return a.sides(clashing{met.Clashes, "file", true, func(mine map[string]bool) tea.Cmd {
		cmd, err := a.take(met, mine)
		if err != nil {
			return a.savedIn("", err)
		}
		return cmd
	}}, nil)
}

// Clashing are the places that were changed here and in another file, how they are asked about, and what follows.
type clashing struct {
	places []file.Clash
	other  string // what the other file is called
	saves  bool   // the questions are about what is not saved
	then   func(mine map[string]bool) tea.Cmd
}

// sides asks which side holds, one place after the other.
func (a *app) sides(q clashing, mine map[string]bool) tea.Cmd {
	left := q.places[len(mine):]
	if len(left) == 0 {
		return q.then(mine)
	}
	c := left[0]
	answer := func(yes bool, n int) func() tea.Cmd {
		return func() tea.Cmd {
			next := map[string]bool{}
			maps.Copy(next, mine)
			for _, x := range left[:n] {
				next[x.Key] = yes
			}
			return a.sides(q, next)
		}
	}
	theirs := "The " + q.other + "'s"
	here, there := "Mine: "+c.Ours, theirs+": "+c.Theirs
	if c.Covered || a.blind() {
		here, there = "The one given here", "The one in the "+q.other // neither is for the eyes of who sits here now
	}
	ways := []way{{ui.Option{Text: here}, answer(true, 1)}, {ui.Option{Text: there}, answer(false, 1)}}
	if n := len(left); n > 1 {
		all := fmt.Sprintf(", here and in the %d that follow", n-1)
		ways = append(ways, way{ui.Option{Text: "Mine" + all}, answer(true, n)},
			way{ui.Option{Text: theirs + all}, answer(false, n)})
	}
	a.offer(ui.Choose{
		Title: fmt.Sprintf("Which one should count? %d of %d", len(mine)+1, len(q.places)),
		Says: "Changed here and in the " + q.other + ": " + safetext.Line(c.What) +
			". The one you do not choose is kept in a backup.",
	}, ways...)
	a.reply.ways = q.saves
	return nil
}

// take goes on with the file and this session on top of it, where every question is answered.
func (a *app) take(met *session.Reload, mine map[string]bool) (tea.Cmd, error) {
	before := a.s.Warning()
	if err := a.s.Reload(met, func(key string) bool { return mine[key] }); err != nil {
		return nil, err
	}
	a.failed, a.report, a.trouble = nil, nil, false
	a.message = "The file was read again, and all your changes are in it."
	switch {
	case a.blind() && len(mine) == 0:
		a.message = "The file was changed elsewhere; all that was done here is in it too."
	case len(mine) == 0:
		a.message = safetext.Line(met.Says())
	case len(met.Said) > 0 && !a.blind():
		a.message += " " + safetext.Line(strings.Join(met.Said, " "))
	}
	if w := a.s.Warning(); w != before {
		a.message += " But " + safetext.Line(w) + "."
	}
	a.told, a.toldAt = a.message, a.o.now()
	if a.leaving && !a.s.Dirty() {
		return a.goOut(), nil
	}
	return a.save(), nil
}

// stillTold is that the file was changed elsewhere, for as long as that stays to be read, whatever is typed meanwhile.
func (a *app) stillTold() string {
	if a.o.now().Sub(a.toldAt) >= 4*time.Second {
		a.told = ""
	}
	return a.told
}

// settleAlone puts this session on top of a file that was changed elsewhere where that asks nobody anything.
func (a *app) settleAlone() (tea.Cmd, bool) {
	met, err := a.s.PrepareReload()
	if err != nil || !met.Unasked() || !met.HasAll && a.s.ReadOnly() != nil {
		return nil, false
	}
	cmd, err := a.take(met, nil)
	return cmd, err == nil
}
