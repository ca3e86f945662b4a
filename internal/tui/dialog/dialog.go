// Package dialog is what comes in front of a screen for a moment: forms, menus, the finder and the help page. A dialog
// takes the whole body, so that a screen reader finds nothing behind it.
package dialog

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Dialog is one of them. Update says how it ended, or nil while it goes on.
type Dialog interface {
	Update(msg tea.Msg, c *ui.Context) Outcome
	View(c *ui.Context) ui.Page
	Keys() []key.Binding
	// Typing says whether keys are text, so that the root leaves them alone.
	Typing() bool
}

// Outcome is how a dialog ended.
type Outcome interface{ outcome() }

// Closed says that a dialog was left.
type Closed struct{}

// Sent is what was typed into a form that was sent.
type Sent struct{ Values ui.Values }

// Picked is the option that was chosen from a menu.
type Picked struct{ Index int }

// Typed says that text came to a list of names: it belongs into the form in which a name is typed.
type Typed struct{}

// Jump is a place that was found.
type Jump struct{ Go ui.Go }

func (Closed) outcome() {}
func (Sent) outcome()   {}
func (Picked) outcome() {}
func (Typed) outcome()  {}
func (Jump) outcome()   {}

// Notice says why something that would take typing cannot open now. It takes the typing in its place, so that nothing
// of it reaches the screen behind: a "2" meant for a note must not rate.
type Notice struct {
	title, says string
	typed       bool
}

// NewNotice opens a notice.
func NewNotice(title, says string) *Notice { return &Notice{title: title, says: says} }

// Typing says that keys are text, which goes nowhere.
func (d *Notice) Typing() bool { return true }

// Keys are the bindings of the notice.
func (d *Notice) Keys() []key.Binding {
	if d.typed {
		return []key.Binding{keys().keyClose}
	}
	return []key.Binding{ui.Bind("enter", "go on", "enter"), keys().keyClose}
}

// Update closes at Esc, and at Enter where nothing was typed before it.
func (d *Notice) Update(msg tea.Msg, _ *ui.Context) Outcome {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		d.typed = true
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, keys().keyClose), !d.typed && msg.Code == tea.KeyEnter:
			return Closed{}
		case msg.Text != "":
			d.typed = true
		}
	}
	return nil
}

// View draws what it says, and that nothing that is typed is kept.
func (d *Notice) View(c *ui.Context) ui.Page {
	page := ui.Page{Left: c.Theme.Title.Render(d.title), Cursor: &ui.Point{}}
	says := d.says
	if d.typed {
		says += " What you type here is not kept, and does nothing. Esc goes back."
	}
	page.Body = widget.Wrap(says, max(min(c.Size.W-2, 90), 1))
	page.CutTo(c.Size)
	return page
}

// keySet is the keys of what stands in front of a screen.
type keySet struct {
	keyUp, keyDown, keyPgUp, keyPgDn, keyClose, findOpen, findRead, findRate, findDo, boxChoose, menuPick, formNext,
	formPrev, formDone, formSend, formTake, formPick, formLine, doIt, findKeys key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		keyUp:     ui.Bind("↑", "up", "up", "k"),
		keyDown:   ui.Bind("↓", "down", "down", "j"),
		keyPgUp:   ui.Bind("pgup", "page up", "pgup"),
		keyPgDn:   ui.Bind("pgdn", "page down", "pgdown"),
		keyClose:  ui.Bind("esc", "back", "esc"),
		findOpen:  ui.Bind("enter", "open it", "enter"),
		findRead:  ui.Bind("enter", "read about it", "enter", "tab"),
		findRate:  ui.Bind("ctrl+r", "rate it", "ctrl+r"),
		findDo:    ui.Bind("ctrl+p", "commands", "ctrl+p"),
		boxChoose: ui.Bind("↑↓", "choose", "up", "down"),
		menuPick:  ui.Bind("enter", "choose", "enter", "space"),
		formNext:  ui.Bind("tab", "next field", "tab"),
		formPrev:  ui.Bind("shift+tab", "back", "shift+tab"),
		formDone:  ui.Bind("enter", "on", "enter"),
		formSend:  ui.Bind("ctrl+s", "send now", "ctrl+s"),
		formTake:  ui.Bind("→", "take it", "right", "ctrl+e", "end"),
		formPick:  ui.Bind("enter", "take it", "enter"),
		formLine:  ui.Bind("ctrl+j", "new line", "ctrl+j", "alt+enter", "shift+enter"),
		doIt:      ui.Bind("enter", "do it", "enter"),
		findKeys:  ui.Bind("/", "find instead", "/"),
	}
}}

func keys() *keySet { return keyring.Get() }
