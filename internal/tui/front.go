package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// reply is what to do when the dialog in front ends, for each way in which it can end.
type reply struct {
	sent   func(ui.Values) tea.Cmd  // a form was sent
	picked func(option int) tea.Cmd // an option was chosen
	typed  func()                   // a name is being typed on a list: opens the form for it
	closed func() tea.Cmd           // it was left without an answer; nil: keep what was typed as a draft
	onSave bool                     // the dialog asks what to do about changes that are not saved
}

// closeFront takes the dialog away, and returns it with its reply, which may open the next one.
func (a *app) closeFront() (front dialog.Dialog, after reply) {
	front, after = a.front, a.reply
	a.front, a.reply = nil, reply{}
	return front, after
}

// sending is what a form that is being sent has done so far. The app has one only while it calls the form's Then.
type sending struct {
	changed bool // it changed something
	same    bool // it asked for something that was so already
}

// nothingChanged is the message after a form was sent as it was opened.
const nothingChanged = "Nothing was changed."

// noteSent notes, while a form is being sent, whether what it asks for is so already. True means that it must not be
// done: undo would have nothing to take back. Outside forms it is false, since rating at the same level again counts.
func (a *app) noteSent(same bool) bool {
	if a.sending == nil {
		return false
	}
	a.sending.same = a.sending.same || same
	a.sending.changed = a.sending.changed || !same
	return same
}

// edit opens a form. If the record refuses what is sent, the form comes back with what was typed still in it.
func (a *app) edit(ask ui.Edit) {
	form := dialog.NewForm(ask.Form, func(field string) string { return a.draft(ask.Form.Key, field) })
	var after reply
	after.sent = func(values ui.Values) tea.Cmd {
		before := a.s.NewestRev()
		a.sending = &sending{}
		a.perform(a.afterAnswer(func(c *ui.Context) []ui.Ask { return ask.Then(values, c) }))
		if a.sending.same && !a.sending.changed && a.front == nil && !a.trouble {
			a.message = nothingChanged
		}
		a.sending = nil
		if a.trouble && a.front == nil {
			a.front, a.reply = form, after
			return a.followUps()
		}
		return tea.Batch(a.followUps(), a.draftSent(form, before))
	}
	a.front, a.reply = form, after
}

// choose opens a menu.
func (a *app) choose(ask ui.Choose) {
	a.front, a.reply = dialog.NewMenu(ask), reply{
		picked: func(i int) tea.Cmd { return a.performAndSave(a.afterAnswer(ask.Options[i].Then)) },
		typed:  func() { a.perform(a.afterAnswer(ask.Typed)) },
	}
}

// afterAnswer tells the screen that an answer was given or a change made, so that it can correct its cursor, and
// returns what the screen asks for and then what then asks for.
func (a *app) afterAnswer(then ui.Then) (asks []ui.Ask) {
	if then != nil {
		asks = then(a.context())
	}
	return append(a.screen().Update(ui.DoneMsg{}, a.context()), asks...)
}

// pauseTime is after how long without a key the program writes down what was typed, even in the middle of a word.
const pauseTime = time.Second

// drafts is what the root knows about texts that are not yet in the saved record. The texts themselves are in the state
// of the session: those typed into forms and not sent, and those sent whose change is not on disk yet. After a power
// cut these drafts are all that is left of them.
type drafts struct {
	pause time.Duration     // pauseTime; 0: write only at the end of a word
	keys  int               // typed so far; tells the timer of the last key from older ones
	sent  map[string]bool   // by draftName: sent, and to be forgotten once the record is saved
	made  map[int]typedText // by revision: what was typed for the change that made it
	fresh bool              // a draft was kept or brought back and must be written down
}

// typedText is what was typed into a form that was sent. Undoing the change that it made brings it back as a draft.
type typedText struct {
	form   string            // ui.Form.Key
	fields map[string]string // by the ID of the field
}

// pausedMsg says that it is pauseTime since a key was typed. It is out of date if another key came since.
type pausedMsg struct{ key int }

func draftName(form, field string) string { return form + "/" + field }

// mostDrafts is how many drafts of one form are kept where changes were undone. The form offers the first; once that is
// sent and saved, the next one moves up.
const mostDrafts = 9

// nthDraft is the name of a draft with n others before it.
func nthDraft(name string, n int) string {
	if n == 0 {
		return name
	}
	return fmt.Sprintf("%s#%d", name, n)
}

// draft returns what was typed into a field earlier and not sent, or "".
func (a *app) draft(form, field string) string {
	name := draftName(form, field)
	if a.drafts.sent[name] {
		return ""
	}
	return a.s.Draft(name)
}

// keepDrafts remembers what is typed into a form. It returns whether anything is typed, and whether that has changed
// since it was last remembered.
func (a *app) keepDrafts(front dialog.Dialog) (some, changed bool) {
	form, ok := front.(*dialog.Form)
	if !ok || a.s == nil || form.Source().Key == "" {
		return false, false
	}
	for field, text := range form.Drafts() {
		name := draftName(form.Source().Key, field)
		some = some || text != ""
		changed = changed || a.s.Draft(name) != text
		a.s.SetDraft(name, text)
		delete(a.drafts.sent, name)
	}
	return some, changed
}

// endsWord says whether a message may have ended a word in a form.
func endsWord(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return true
	case tea.KeyPressMsg:
		return msg.Text == " " || msg.Text == ""
	}
	return false
}

// keepTyping writes down what is being typed at the end of each word, and when the learner pauses.
func (a *app) keepTyping(msg tea.Msg) tea.Cmd {
	if form, ok := a.front.(*dialog.Form); !ok || a.s == nil || form.Source().Key == "" {
		return nil
	}
	a.drafts.keys++
	if endsWord(msg) {
		return a.writeTyped()
	}
	if a.drafts.pause == 0 {
		return nil
	}
	at := a.drafts.keys
	return tea.Tick(a.drafts.pause, func(time.Time) tea.Msg { return pausedMsg{at} })
}

func (a *app) writeTyped() tea.Cmd {
	if _, changed := a.keepDrafts(a.front); !changed {
		return nil
	}
	return a.saveDrafts()
}

// saveDrafts writes the drafts to the disk, so that they survive even if the program is killed.
func (a *app) saveDrafts() tea.Cmd {
	if a.s == nil {
		return nil
	}
	job, ok := a.s.StartSaveState()
	if !ok {
		return nil
	}
	return func() tea.Msg {
		job()
		return nil
	}
}

// draftSent notes that what was typed into a form is in the record now, so that the draft is forgotten once that is on
// disk. Before is Session.NewestRev from before the form was sent.
func (a *app) draftSent(front dialog.Dialog, before int) tea.Cmd {
	form, ok := front.(*dialog.Form)
	if !ok || form.Source().Key == "" {
		return nil
	}
	for field := range form.Drafts() {
		a.drafts.sent[draftName(form.Source().Key, field)] = true
	}
	if now := a.s.NewestRev(); now != before && form.Touched() {
		a.drafts.made[now] = typedText{form.Source().Key, form.Drafts()}
	}
	return a.forgetSent()
}

// draftUndone makes a draft again of what was typed for a change that was undone; rev is the revision that the change
// had made. If the form has drafts already, this one is kept after them. False means that nothing was typed for it.
func (a *app) draftUndone(rev int) bool {
	was, ok := a.drafts.made[rev]
	if !ok {
		return false
	}
	delete(a.drafts.made, rev)
	n := 0
	for n < mostDrafts-1 && a.draftTaken(was, n) {
		n++
	}
	for field, text := range was.fields {
		name := draftName(was.form, field)
		if n == 0 {
			delete(a.drafts.sent, name)
		}
		a.s.SetDraft(nthDraft(name, n), text)
	}
	a.drafts.fresh = true
	return true
}

// draftTaken says whether the form has an unsent draft in place n already.
func (a *app) draftTaken(t typedText, n int) bool {
	for field := range t.fields {
		name := draftName(t.form, field)
		if a.s.Draft(nthDraft(name, n)) != "" && (n > 0 || !a.drafts.sent[name]) {
			return true
		}
	}
	return false
}

// waitingForm is the form under which notes that wait for a rating are kept as drafts; the field is the KSB.
const waitingForm = "waiting"

// waitingNote returns the note that waits for the rating of a KSB.
func (a *app) waitingNote(ksb string) safetext.Text { return safetext.New(a.draft(waitingForm, ksb)) }

// noteWaits keeps a note until the KSB is rated. From then on it is like the text of a form that was sent: it is
// forgotten once the rating is on disk, and waits again if the rating is undone.
func (a *app) noteWaits(ask ui.Wait) {
	name := draftName(waitingForm, ask.KSB)
	note := a.draft(waitingForm, ask.KSB)
	switch {
	case !ask.Taken && a.noteSent(ask.Note == note):
	case !ask.Taken:
		delete(a.drafts.sent, name)
		a.s.SetDraft(name, ask.Note)
		a.drafts.fresh = true
	case note != "":
		a.drafts.sent[name] = true
		a.drafts.made[a.s.NewestRev()] = typedText{waitingForm, map[string]string{ask.KSB: note}}
	}
}

// writeFresh writes down drafts that noteWaits or draftUndone has kept.
func (a *app) writeFresh() tea.Cmd {
	if !a.drafts.fresh {
		return nil
	}
	a.drafts.fresh = false
	return a.saveDrafts()
}

// forgetSent drops the drafts of what was sent, if the record that has it is on disk. Drafts after them move up.
func (a *app) forgetSent() tea.Cmd {
	if a.s == nil || a.s.Dirty() || len(a.drafts.sent) == 0 {
		return nil
	}
	for name := range a.drafts.sent {
		for n := range mostDrafts {
			a.s.SetDraft(nthDraft(name, n), a.s.Draft(nthDraft(name, n+1)))
		}
	}
	clear(a.drafts.sent)
	return a.saveDrafts()
}

// askEvidence asks for a new piece of evidence, for what the learner is looking at on the screen.
func (a *app) askEvidence() {
	switch {
	case a.blind():
		a.refuse(ui.Refuse{
			Title: "Evidence waits",
			Says:  "Evidence is the learner's own, so adding it waits until you look together.",
		})
		return
	case !a.mayEdit("Add evidence"):
		return
	}
	c := a.context()
	var hand ui.Hand
	if x, ok := a.screen().(ui.Holder); ok {
		hand = x.InHand(c)
	}
	a.choose(forms.AddEvidence(c, hand, func(e profile.Evidence, _ *ui.Context) []ui.Ask {
		return ui.Asks(ui.Say{Text: forms.EvidenceKept(e)})
	}))
}
