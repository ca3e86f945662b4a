package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
)

// pauseTime is how long nothing is typed until what was typed is written down, in the middle of a word too.
const pauseTime = time.Second

// drafts are what is typed into forms and not sent off, or sent off and not yet on disk: until the record holds it, a draft is
// the only trace of it that a power cut leaves.
type drafts struct {
	pause time.Duration   // 0: only the end of a word writes it down
	keys  int             // typed so far
	sent  map[string]bool // by key: sent off, and to be forgotten once the record is saved
}

// pausedMsg says that nothing may have been typed for a while; the timer of the key of that number sends it.
type pausedMsg struct{ key int }

func draftKey(form, field string) string { return form + "/" + field }

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

// paused keeps what is being typed where nothing was typed since the timer began.
func (a *app) paused(msg pausedMsg) tea.Cmd {
	if msg.key != a.drafts.keys {
		return nil
	}
	return a.writeTyped()
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

// sentOff notes that what was typed into a form is in the record, and forgets it once that is on disk.
func (a *app) sentOff(front dialog.Dialog) tea.Cmd {
	form, ok := front.(*dialog.Form)
	if !ok || form.Source().Key == "" {
		return nil
	}
	if a.drafts.sent == nil {
		a.drafts.sent = map[string]bool{}
	}
	for field := range form.Drafts() {
		a.drafts.sent[draftKey(form.Source().Key, field)] = true
	}
	return a.forgetSent()
}

// forgetSent forgets what was sent off, when the record that holds it is on disk.
func (a *app) forgetSent() tea.Cmd {
	if a.s == nil || a.s.Dirty() || len(a.drafts.sent) == 0 {
		return nil
	}
	for name := range a.drafts.sent {
		a.s.SetDraft(name, "")
	}
	clear(a.drafts.sent)
	return a.saveDrafts()
}
