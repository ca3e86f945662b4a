package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// restTime is how long the cursor rests before the pane beside a list follows it: longer than a key that is held down
// takes to repeat, shorter than a glance across.
const restTime = 200 * time.Millisecond

// A trail is the pane beside the list while the cursor moves on without it.
type trail struct {
	rest  time.Duration // 0: the pane follows at once
	pane  *ui.Side      // as it was drawn last
	stays bool          // it is kept as it is until the cursor rests
	late  bool          // what was drawn last shows an older pane than the cursor's
	moves int
}

// restedMsg says that the cursor may have come to rest; the timer of the move of that number sends it.
type restedMsg struct{ move int }

// moved notes that a key moved the cursor, or did something else, after which the pane follows at once.
func (t *trail) moved(cursor bool) {
	t.stays = cursor && t.rest > 0
	t.moves++
}

// paneFor is the pane to draw for a page: the page's own, or the one that stays.
func (t *trail) paneFor(own *ui.Side) *ui.Side {
	if t.stays && own != nil && t.pane != nil && own.At == t.pane.At && own.From == t.pane.From {
		t.late = true
		return t.pane
	}
	t.pane, t.late = own, false
	return own
}

// rested says whether the pane follows now: nothing was done since the timer began.
func (t *trail) rested(msg restedMsg) bool {
	if msg.move != t.moves || !t.late {
		return false
	}
	t.stays = false
	return true
}

// follow is the timer at whose end the pane follows, where it is late.
func (t *trail) follow() tea.Cmd {
	if !t.late {
		return nil
	}
	move := t.moves
	return tea.Tick(t.rest, func(time.Time) tea.Msg { return restedMsg{move} })
}

// movement are the keys that move a cursor and do nothing else, on every screen.
var movement = map[string]bool{
	"up": true, "down": true, "k": true, "j": true, "pgup": true, "pgdown": true, "home": true, "end": true,
}

// withPaneTimer adds the timer of a pane that is late to what a key or the wheel wants done. To know, the frame is drawn, which
// it will be in any case.
func (a *app) withPaneTimer(cmd tea.Cmd) tea.Cmd {
	if !a.trail.stays {
		return cmd
	}
	_ = a.View()
	return tea.Batch(cmd, a.trail.follow())
}
