package tui

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Update takes in one message: through the door, which keeps out what is no key, to what the message is for.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return a, a.enter(msg, a.now()) }

// enter takes in a message that came at some time.
func (a *app) enter(msg tea.Msg, at time.Time) tea.Cmd {
	now, hold := a.door.take(msg, at)
	var cmds []tea.Cmd
	for _, x := range now {
		if _, ok := x.msg.(uv.PrimaryDeviceAttributesEvent); ok && a.unanswered > 0 {
			a.unanswered-- // what quit asks is answered after that
			continue
		}
		cmds = append(cmds, a.receive(x.msg, x.at))
		a.guard()
	}
	if hold > 0 {
		turn := a.door.turn
		cmds = append(cmds, tea.Tick(hold, func(time.Time) tea.Msg { return heldMsg{turn} }))
	}
	return tea.Batch(cmds...)
}

// now is the time by the clock that the program was given.
func (a *app) now() time.Time {
	if a.o.Now == nil {
		return time.Time{}
	}
	return a.o.Now()
}

// tooSmall says whether the window shows nothing but the wish for a larger one. What is not drawn takes no keys: nobody
// rates what they do not see. Before the size is known, what is typed ahead counts.
func (a *app) tooSmall() bool {
	return a.cols > 0 && a.rows > 0 && (a.cols < minCols || a.rows < minRows)
}

// unseenTakes says whether a message is for the program although nothing is drawn: leaving is, and what is not typed.
func unseenTakes(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return key.Matches(msg, global.leave) || key.Matches(msg, global.suspend)
	case tea.PasteMsg, tea.MouseClickMsg, tea.MouseReleaseMsg, tea.MouseMotionMsg, tea.MouseWheelMsg:
		return false
	}
	return true
}

// asText is a key as the text that it is inside of a burst: a paste of which the terminal does not say that it is one
// has line breaks that send nothing, and tabs that go nowhere. It says whether it is such a key.
func (a *app) asText(msg tea.KeyPressMsg) (tea.PasteMsg, bool) {
	if a.front == nil || !a.front.Typing() || !a.pace.burst || msg.IsRepeat || msg.Mod != 0 {
		return tea.PasteMsg{}, false
	}
	switch msg.Code {
	case tea.KeyEnter:
		return tea.PasteMsg{Content: "\n"}, true
	case tea.KeyTab:
		return tea.PasteMsg{Content: " "}, true
	}
	return tea.PasteMsg{}, false
}

// ask asks the terminal for its background, and expects no answer. Over SSH it asks nothing: there answers come late
// and in pieces, and most terminals are dark.
func (a *app) ask() tea.Cmd {
	a.door.asked = a.now() // the framework asks too
	if overSSH(a.o.Getenv) {
		return nil
	}
	return tea.RequestBackgroundColor
}

// answersWait is how long leaving waits for answers that are on their way.
const answersWait = 500 * time.Millisecond

// waitedMsg says that answers were waited for long enough.
type waitedMsg struct{}

// quit ends the program. So soon after its start that answers of the terminal may be on their way, it waits for them,
// since they would be typed into the shell: one more question, which every terminal answers at once, is answered after
// all others.
func (a *app) quit() tea.Cmd {
	if a.door.asked.IsZero() || a.now().Sub(a.door.asked) > answersTime || a.quitting {
		return tea.Quit
	}
	a.quitting = true
	wait := tea.Tick(answersWait, func(time.Time) tea.Msg { return waitedMsg{} })
	return tea.Batch(tea.Raw(ansi.RequestPrimaryDeviceAttributes), wait)
}

// quits says whether a message ends the wait of quit. Ctrl-C does too.
func quits(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case waitedMsg, uv.PrimaryDeviceAttributesEvent:
		return true
	case tea.KeyPressMsg:
		return key.Matches(msg, global.leave)
	}
	return false
}

// mayEdit says whether the record may be changed. Where it may not, it says why in place of a form of that title.
func (a *app) mayEdit(title string) bool {
	a.becomeWriter()
	err := a.s.ReadOnly()
	if err != nil {
		a.say(err)
		a.refuse(ui.Refuse{Title: title, Says: a.message + "."})
	}
	return err == nil
}

// refuse opens a notice in place of something that would have taken typing.
func (a *app) refuse(x ui.Refuse) {
	a.front, a.reply = dialog.NewNotice(x.Title, x.Says), reply{}
	a.message, a.trouble = "", false
}

// plainEsc reads Ctrl-[ as Esc, which it has always been; a terminal with an enhanced keyboard tells the two apart.
func plainEsc(msg tea.KeyPressMsg) tea.KeyPressMsg {
	if msg.Code == '[' && msg.Mod == tea.ModCtrl {
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	}
	return msg
}

// place is where the learner is: the screens one came by, and what stands in front.
type place struct {
	path    []ui.Name
	front   dialog.Dialog
	reply   reply
	message string
	trouble bool
}

// noteEsc notes where the learner is before an Esc, until the next key: it may turn out to be the beginning of an answer of
// the terminal, which is no key.
func (a *app) noteEsc(msg tea.KeyPressMsg) {
	a.beforeEsc = nil
	if key.Matches(msg, global.back) {
		a.beforeEsc = &place{slices.Clone(a.path), a.front, a.reply, a.message, a.trouble}
	}
}

// takeBackEsc goes back to where the learner was before the Esc that was none.
func (a *app) takeBackEsc() {
	if p := a.beforeEsc; p != nil && !a.leaving {
		a.path, a.front, a.reply, a.message, a.trouble = p.path, p.front, p.reply, p.message, p.trouble
	}
	a.beforeEsc = nil
}
