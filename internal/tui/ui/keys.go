package ui

import (
	"cmp"
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

// Board is the keys of a screen as it stands: which of them are named and where, and what each does.
type Board struct {
	Keys
	bound []bound
}

type bound struct {
	key  key.Binding
	does Then
}

// Foot adds a key that the footer names, in its own words or, for "", in those of the help page. Does is nil where
// something else takes the key, such as a list.
func (b *Board) Foot(words string, k key.Binding, does Then) {
	if b.Footer == nil {
		b.Footer = make([]key.Binding, 0, aBoard/2)
	}
	b.Footer = append(b.Footer, Worded(k, cmp.Or(words, k.Help().Desc)))
	b.Hide(k, does)
}

// Tell adds a key that only the help page names.
func (b *Board) Tell(k key.Binding, does Then) {
	if b.More == nil {
		b.More = make([]key.Binding, 0, aBoard)
	}
	b.More = append(b.More, k)
	b.Hide(k, does)
}

// Put adds a key to the footer where that has room for it, else only to the help page.
func (b *Board) Put(foot bool, words string, k key.Binding, does Then) {
	if foot {
		b.Foot(words, k, does)
	} else {
		b.Tell(k, does)
	}
}

// Undo adds the key that takes back the newest change.
func (b *Board) Undo(foot bool) { b.Put(foot, "", Bind("u", "undo", "u"), Asking(Undo{})) }

// aBoard is about how many keys a screen has. A board is made anew at each press, so its lists are not grown key by
// key.
const aBoard = 24

// Hide adds a key that is named nowhere, or elsewhere on the board.
func (b *Board) Hide(k key.Binding, does Then) key.Binding {
	if b.bound == nil {
		b.bound = make([]bound, 0, aBoard)
	}
	b.bound = append(b.bound, bound{k, does})
	return k
}

// Others adds keys for the help page that something else takes, such as a list.
func (b *Board) Others(keys ...key.Binding) { b.More = append(b.More, keys...) }

// Press does what a key is for; the first that does anything with it comes first.
func (b *Board) Press(msg tea.KeyPressMsg, c *Context) []Ask {
	for _, x := range b.bound {
		if x.does != nil && key.Matches(msg, x.key) {
			return x.does(c)
		}
	}
	return nil
}

// Bind makes a binding: the keys, and how the help names and explains them. It is set and not made by options, which
// would cost three allocations more for each key of a board, at each press.
func Bind(name, does string, keys ...string) (b key.Binding) {
	b.SetKeys(keys...)
	b.SetHelp(name, does)
	return b
}

// Named is a binding under another name, with the short words of the footer.
func Named(b key.Binding, name, does string) key.Binding {
	b.SetHelp(name, does)
	return b
}

// Worded is a binding under its own name with the short words of the footer.
func Worded(b key.Binding, does string) key.Binding { return Named(b, b.Help().Key, does) }

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

// Digits are the keys of the levels.
func Digits(does string) key.Binding {
	return Bind("0-4", does, "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4")
}

// NoLevels has the digits beyond the levels say how far these go.
func (b *Board) NoLevels() {
	b.Hide(Bind("5-9", "no level", "5", "6", "7", "8", "9", "kp5", "kp6", "kp7", "kp8", "kp9"),
		Saying("Levels go from 0 to 4; n is for no opportunity."))
}
