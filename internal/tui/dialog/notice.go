package dialog

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

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
