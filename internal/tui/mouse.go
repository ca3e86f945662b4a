package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// pressed is the cell on which the left button of the mouse went down, until it is let go of or moved away.
type pressed struct {
	x, y int
	down bool
}

// clicks takes in a message of the mouse, and says whether it ends a click: press and release on the same cell. A press
// alone may begin to mark text, or bring the window forward.
func (p *pressed) clicks(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		*p = pressed{msg.X, msg.Y, msg.Button == tea.MouseLeft}
	case tea.MouseMotionMsg:
		p.down = p.down && msg.X == p.x && msg.Y == p.y
	case tea.MouseReleaseMsg:
		was := *p
		p.down = false
		return was.down && msg.X == was.x && msg.Y == was.y
	}
	return false
}

// click chooses what a line of the frame is for, or presses the key that it names.
func (a *app) click(y int) tea.Cmd {
	page := a.page(a.drawing()) // as it was when it was pressed, with the message that goes now
	a.message, a.trouble = "", false
	if index, ok := page.Rows[y-1]; ok {
		return a.toShown(ui.RowMsg{Index: index}, a.context())
	}
	if name, ok := page.Keys[y-1]; ok {
		return a.press(keyNamed(name))
	}
	return nil
}

func (a *app) wheel(m tea.Mouse) tea.Cmd {
	lines := 1
	if m.Button == tea.MouseWheelUp {
		lines = -1
	}
	return a.toShown(ui.WheelMsg{Lines: lines}, a.context())
}
