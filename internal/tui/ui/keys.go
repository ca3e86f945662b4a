package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/level"
)

// Keys are a screen's bindings: those the footer shows where there is room, most useful first; those that it always
// shows, behind them; and the others.
type Keys struct{ Footer, Always, More []key.Binding }

// All are all of them.
func (k Keys) All() []key.Binding { return slices.Concat(k.Footer, k.Always, k.More) }

// Bind makes a binding: the keys, and how the help names and explains them.
func Bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}

// Named is a binding under the short words of the footer.
func Named(b key.Binding, name, does string) key.Binding {
	b.SetHelp(name, does)
	return b
}

// Moves are the keys that move a cursor along a list, or the view along a text.
type Moves struct{ Up, Down, PageUp, PageDown, Top, Bottom key.Binding }

// NewMoves are the keys that every screen has for it, under its own words.
func NewMoves(up, down, top, bottom string) Moves {
	return Moves{
		Up:       Bind("↑", up, "up", "k"),
		Down:     Bind("↓", down, "down", "j"),
		PageUp:   Bind("pgup", "page up", "pgup"),
		PageDown: Bind("pgdn", "page down", "pgdown"),
		Top:      Bind("home", top, "home"),
		Bottom:   Bind("end", bottom, "end"),
	}
}

// All are all of them, in the order of the help page.
func (m Moves) All() []key.Binding {
	return []key.Binding{m.Up, m.Down, m.PageUp, m.PageDown, m.Top, m.Bottom}
}

// By is how many rows a key moves on by, and whether it moves at all. A page has so many rows; the first and the last
// row are further away than any list is long.
func (m Moves) By(msg tea.KeyPressMsg, page int) (int, bool) {
	const far = 1 << 20
	by := [...]int{-1, 1, -page, page, -far, far}
	for i, b := range m.All() {
		if key.Matches(msg, b) {
			return by[i], true
		}
	}
	return 0, false
}

// LevelKey reads a key that rates. A keypad digit has no text of its own, but its name ends in the digit.
func LevelKey(msg tea.KeyPressMsg, digits, none key.Binding) (level.Level, bool) {
	if key.Matches(msg, none) {
		return level.NoOpportunity, true
	}
	if !key.Matches(msg, digits) {
		return 0, false
	}
	name := msg.String()
	return level.Level(name[len(name)-1] - '0'), true
}

// NoLevel are the digits beyond the levels.
func NoLevel() key.Binding {
	return Bind("5-9", "no level", "5", "6", "7", "8", "9", "kp5", "kp6", "kp7", "kp8", "kp9")
}

// LevelsGo says how far the levels go.
const LevelsGo = "Levels go from 0 to 4; n is for no opportunity."
