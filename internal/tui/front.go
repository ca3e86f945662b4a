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

// reply is what follows once the dialog in front has ended. It is written where the question is asked.
type reply struct {
	sent   func(ui.Values) tea.Cmd  // a form was sent
	picked func(option int) tea.Cmd // an option was chosen
	typed  func()                   // a name is being typed: opens the form that takes it
	closed func() tea.Cmd           // it was left; nil keeps what was typed as a draft
	ways   bool                     // it offers the ways out of a save that failed
}

// ended takes the dialog away, with what follows. The next one may be opened from there.
func (a *app) ended() (front dialog.Dialog, after reply) {
	front, after = a.front, a.reply
	a.front, a.reply = nil, reply{}
	return front, after
}

// sending is what became of a form while it is sent off.
type sending struct {
	changed bool // something is other than it was
	same    bool // something that was sent is so already
}

// nothingChanged is said of a form that was sent off as it was opened.
const nothingChanged = "Nothing was changed."

// sends notes whether something that is done is sent off with a form and is so already. That is no change then, and
// nothing that undo takes back; outside forms, to rate at the same level again is a rating.
func (a *app) sends(same bool) bool {
	if a.sending == nil {
		return false
	}
	a.sending.same = a.sending.same || same
	a.sending.changed = a.sending.changed || !same
	return same
}

// edit opens a form. What the record refuses comes back with what was typed still in it, to be mended.
func (a *app) edit(ask ui.Edit) {
	form := dialog.NewForm(ask.Form, func(field string) string { return a.draft(ask.Form.Key, field) })
	var after reply
	after.sent = func(values ui.Values) tea.Cmd {
		before := a.s.NewestRev()
		a.sending = &sending{}
		a.then(a.follows(func(c *ui.Context) []ui.Ask { return ask.Then(values, c) }))
		if a.sending.same && !a.sending.changed && a.front == nil && !a.trouble {
			a.message = nothingChanged
		}
		a.sending = nil
		if a.trouble && a.front == nil {
			a.front, a.reply = form, after
			return a.goOn()
		}
		return tea.Batch(a.goOn(), a.sentOff(form, before))
	}
	a.front, a.reply = form, after
}

func (a *app) choose(ask ui.Choose) {
	a.front, a.reply = dialog.NewMenu(ask), reply{
		picked: func(i int) tea.Cmd { return a.do(a.follows(ask.Options[i].Then)) },
		typed:  func() { a.then(a.follows(ask.Typed)) },
	}
}

// follows is what comes after an answer or a change. The screen hears of it, so that its cursor is right when drawn.
func (a *app) follows(then ui.Then) (asks []ui.Ask) {
	if then != nil {
		asks = then(a.context())
	}
	return append(a.screen().Update(ui.DoneMsg{}, a.context()), asks...)
}

// pauseTime is how long nothing is typed until what was typed is written down, in the middle of a word too.
const pauseTime = time.Second

// drafts are what is typed into forms and not sent off, or sent off and not yet on disk: until the record holds it, a
// draft is the only trace of it that a power cut leaves.
type drafts struct {
	pause time.Duration   // 0: only the end of a word writes it down
	keys  int             // typed so far
	sent  map[string]bool // by key: sent off, and to be forgotten once the record is saved
	made  map[int]written // by the revision that it led to
	fresh bool            // what was kept or brought back is to be written down
}

// written is what was typed into a form that was sent off, and so what undoing the change that it led to would lose.
type written struct {
	form   string
	fields map[string]string
}

// pausedMsg says that nothing may have been typed for a while; the timer of the key of that number sends it.
type pausedMsg struct{ key int }

func draftKey(form, field string) string { return form + "/" + field }

// shelves is how many texts of one form are kept that were sent off and taken back. The first is what the form offers.
const shelves = 9

// shelf is the name of a draft that waits behind n others.
func shelf(name string, n int) string {
	if n == 0 {
		return name
	}
	return fmt.Sprintf("%s#%d", name, n)
}

// draft is what was typed before and not sent off.
func (a *app) draft(form, field string) string {
	name := draftKey(form, field)
	if a.drafts.sent[name] {
		return ""
	}
	return a.s.Draft(name)
}

// keepDrafts remembers what is typed into a form, and says whether there is anything and whether anything changed.
func (a *app) keepDrafts(front dialog.Dialog) (some, changed bool) {
	form, ok := front.(*dialog.Form)
	if !ok || a.s == nil || form.Source().Key == "" {
		return false, false
	}
	for field, text := range form.Drafts() {
		name := draftKey(form.Source().Key, field)
		some = some || text != ""
		changed = changed || a.s.Draft(name) != text
		a.s.SetDraft(name, text)
		delete(a.drafts.sent, name)
	}
	return some, changed
}

// wordTyped says whether a message may have ended a word of a form.
func wordTyped(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return true
	case tea.KeyPressMsg:
		return msg.Text == " " || msg.Text == ""
	}
	return false
}

// keepTyping keeps what is being typed at the end of each word, and in the middle of one when the learner pauses.
func (a *app) keepTyping(msg tea.Msg) tea.Cmd {
	if form, ok := a.front.(*dialog.Form); !ok || a.s == nil || form.Source().Key == "" {
		return nil
	}
	a.drafts.keys++
	if wordTyped(msg) {
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

// saveDrafts writes what is being typed, so that even a killed program leaves it.
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

// sentOff notes that what was typed into a form is in the record, and forgets it once that is on disk. Before is the
// revision that the newest change had made until then.
func (a *app) sentOff(front dialog.Dialog, before int) tea.Cmd {
	form, ok := front.(*dialog.Form)
	if !ok || form.Source().Key == "" {
		return nil
	}
	for field := range form.Drafts() {
		a.drafts.sent[draftKey(form.Source().Key, field)] = true
	}
	if now := a.s.NewestRev(); now != before && form.Touched() {
		a.drafts.made[now] = written{form.Source().Key, form.Drafts()}
	}
	return a.forgetSent()
}

// bringBack keeps what was typed for a change that was taken back, by the revision that it had made, as what the form
// offers next. Where something is kept for that form already it waits behind it. It says whether there was anything.
func (a *app) bringBack(rev int) bool {
	was, ok := a.drafts.made[rev]
	if !ok {
		return false
	}
	delete(a.drafts.made, rev)
	n := 0
	for n < shelves-1 && a.taken(was, n) {
		n++
	}
	for field, text := range was.fields {
		name := draftKey(was.form, field)
		if n == 0 {
			delete(a.drafts.sent, name)
		}
		a.s.SetDraft(shelf(name, n), text)
	}
	a.drafts.fresh = true
	return true
}

// taken says whether something else is kept on a shelf.
func (a *app) taken(w written, n int) bool {
	for field := range w.fields {
		name := draftKey(w.form, field)
		if a.s.Draft(shelf(name, n)) != "" && (n > 0 || !a.drafts.sent[name]) {
			return true
		}
	}
	return false
}

// waitingForm is where the drafts are of notes that wait for their rating, each under its KSB.
const waitingForm = "waiting"

// waitingNote is the note that waits for the rating of a KSB.
func (a *app) waitingNote(ksb string) safetext.Text { return safetext.New(a.draft(waitingForm, ksb)) }

// noteWaits keeps a note until its rating is made. From then on it is a text that was sent off: it is forgotten once
// the rating is on disk, and waits again when that is undone.
func (a *app) noteWaits(ask ui.Wait) {
	name := draftKey(waitingForm, ask.KSB)
	note := a.draft(waitingForm, ask.KSB)
	switch {
	case !ask.Taken && a.sends(ask.Note == note):
	case !ask.Taken:
		delete(a.drafts.sent, name)
		a.s.SetDraft(name, ask.Note)
		a.drafts.fresh = true
	case note != "":
		a.drafts.sent[name] = true
		a.drafts.made[a.s.NewestRev()] = written{waitingForm, map[string]string{ask.KSB: note}}
	}
}

// writeFresh writes down what was kept to wait, and what an undo brought back.
func (a *app) writeFresh() tea.Cmd {
	if !a.drafts.fresh {
		return nil
	}
	a.drafts.fresh = false
	return a.saveDrafts()
}

// forgetSent forgets what was sent off, when the record that holds it is on disk.
func (a *app) forgetSent() tea.Cmd {
	if a.s == nil || a.s.Dirty() || len(a.drafts.sent) == 0 {
		return nil
	}
	for name := range a.drafts.sent {
		for n := range shelves {
			a.s.SetDraft(shelf(name, n), a.s.Draft(shelf(name, n+1)))
		}
	}
	clear(a.drafts.sent)
	return a.saveDrafts()
}

// askEvidence opens the way to a new piece of evidence in front of the screen, for what the screen has in hand.
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
