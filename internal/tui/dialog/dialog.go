// Package dialog has what opens in front of a screen for a moment: forms, menus, the finder, the palette of commands,
// the help page and notices. A dialog takes the whole body, so that a screen reader finds nothing behind it. It knows
// nothing of the root and changes no record: it only says how it ended.
package dialog

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Dialog is what is open in front of a screen.
type Dialog interface {
	Update(msg tea.Msg, c *ui.Context) Outcome // how it ended, or nil while it is open
	View(c *ui.Context) ui.Page
	Keys() []key.Binding
	Typing() bool // letters are text here: keys that work everywhere else must not
}

// Outcome is how a dialog ended.
type Outcome interface{ outcome() }

// Closed says that a dialog was left without an answer.
type Closed struct{}

// Sent is what was typed into a form that was sent.
type Sent struct{ Values ui.Values }

// Picked is the option that was chosen from a menu.
type Picked struct{ Index int }

// Typed says that a name is being typed on a list of names. The same message should go to the form for another name.
type Typed struct{}

// Jump goes to what was chosen in the finder.
type Jump struct{ Go ui.Go }

func (Closed) outcome() {}
func (Sent) outcome()   {}
func (Picked) outcome() {}
func (Typed) outcome()  {}
func (Jump) outcome()   {}

// Notice says why a form cannot open now. It swallows what is typed in the form's place, so that none of it reaches the
// screen behind: a "2" meant for a note must not rate.
type Notice struct {
	title, says string
	typed       bool
}

// NewNotice opens a notice.
func NewNotice(title, says string) *Notice { return &Notice{title: title, says: says} }

// Typing is true: what is typed is swallowed.
func (d *Notice) Typing() bool { return true }

// Keys lists the keys of the notice: once something was typed, Enter no longer closes it.
func (d *Notice) Keys() []key.Binding {
	if d.typed {
		return []key.Binding{keys().back}
	}
	return []key.Binding{ui.Bind("enter", "go on", "enter"), keys().back}
}

// Update closes the notice at Esc, and at Enter if nothing was typed before.
func (d *Notice) Update(msg tea.Msg, _ *ui.Context) Outcome {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		d.typed = true
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, keys().back), !d.typed && msg.Code == tea.KeyEnter:
			return Closed{}
		case msg.Text != "":
			d.typed = true
		}
	}
	return nil
}

// View draws the notice. Once something is typed, it also says that this is not kept.
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

// keySet has the keys of every dialog.
type keySet struct {
	up, down, pageUp, pageDown, back, findOpen, findRead, findRate, findCommands, boxChoose, menuPick, formNext,
	formPrev, formDone, formSend, formTake, formPick, formLine, doIt, findInstead key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		up:           ui.Bind("↑", "up", "up", "k"),
		down:         ui.Bind("↓", "down", "down", "j"),
		pageUp:       ui.Bind("pgup", "page up", "pgup"),
		pageDown:     ui.Bind("pgdn", "page down", "pgdown"),
		back:         ui.Bind("esc", "back", "esc"),
		findOpen:     ui.Bind("enter", "open it", "enter"),
		findRead:     ui.Bind("enter", "read about it", "enter", "tab"),
		findRate:     ui.Bind("ctrl+r", "rate it", "ctrl+r"),
		findCommands: ui.Bind("ctrl+p", "commands", "ctrl+p"),
		boxChoose:    ui.Bind("↑↓", "choose", "up", "down"),
		menuPick:     ui.Bind("enter", "choose", "enter", "space"),
		formNext:     ui.Bind("tab", "next field", "tab"),
		formPrev:     ui.Bind("shift+tab", "back", "shift+tab"),
		formDone:     ui.Bind("enter", "on", "enter"),
		formSend:     ui.Bind("ctrl+s", "send now", "ctrl+s"),
		formTake:     ui.Bind("→", "take it", "right", "ctrl+e", "end"),
		formPick:     ui.Bind("enter", "take it", "enter"),
		formLine:     ui.Bind("ctrl+j", "new line", "ctrl+j", "alt+enter", "shift+enter"),
		doIt:         ui.Bind("enter", "do it", "enter"),
		findInstead:  ui.Bind("/", "find instead", "/"),
	}
}}

func keys() *keySet { return keyring.Get() }
