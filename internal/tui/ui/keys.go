package ui

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/level"
)

// Keys are a screen's bindings. The footer shows as many of Footer as there is room for, most useful first, and after
// them all of Always, where there is room. The help page lists these and More.
type Keys struct{ Footer, Always, More []key.Binding }

// All returns Footer, Always and More as one list.
func (k Keys) All() []key.Binding { return slices.Concat(k.Footer, k.Always, k.More) }

// Board collects the keys that work on a screen at the moment: what each does, and where it is explained. A screen
// builds a new one for each key press.
type Board struct {
	Keys
	bound []bound
}

type bound struct {
	key  key.Binding
	does Then
}

// Foot adds a key that the footer names, in words of its own or, for "", in those of the help page. Does is nil where
// something else handles the key, such as a list.
func (b *Board) Foot(words string, k key.Binding, does Then) {
	if b.Footer == nil {
		b.Footer = make([]key.Binding, 0, usualKeys/2)
	}
	b.Footer = append(b.Footer, Worded(k, cmp.Or(words, k.Help().Desc)))
	b.Hide(k, does)
}

// Tell adds a key that only the help page names.
func (b *Board) Tell(k key.Binding, does Then) {
	if b.More == nil {
		b.More = make([]key.Binding, 0, usualKeys)
	}
	b.More = append(b.More, k)
	b.Hide(k, does)
}

// Put is Foot where foot is true, else Tell.
func (b *Board) Put(foot bool, words string, k key.Binding, does Then) {
	if foot {
		b.Foot(words, k, does)
	} else {
		b.Tell(k, does)
	}
}

// Undo adds u, which takes back the newest change.
func (b *Board) Undo(foot bool) { b.Put(foot, "", Bind("u", "undo", "u"), Asking(Undo{})) }

// usualKeys is about how many keys a screen has. A board is built at each press, so room for them is made at once.
const usualKeys = 24

// Hide adds a key that neither the footer nor the help page names, or that another entry of the board explains. It
// returns the key.
func (b *Board) Hide(k key.Binding, does Then) key.Binding {
	if b.bound == nil {
		b.bound = make([]bound, 0, usualKeys)
	}
	b.bound = append(b.bound, bound{k, does})
	return k
}

// Others adds keys to the help page that something else handles, such as a list.
func (b *Board) Others(keys ...key.Binding) { b.More = append(b.More, keys...) }

// Press does what a key is for. Of several entries with that key, the first that has something to do does it.
func (b *Board) Press(msg tea.KeyPressMsg, c *Context) []Ask {
	for _, x := range b.bound {
		if x.does != nil && key.Matches(msg, x.key) {
			return x.does(c)
		}
	}
	return nil
}

// Bind makes a binding of keys, with the name and the explanation that the help page gives. It uses setters and not
// key.NewBinding, whose options would cost three more allocations for each key of a board at each press.
func Bind(name, does string, keys ...string) (b key.Binding) {
	b.SetKeys(keys...)
	b.SetHelp(name, does)
	return b
}

// Named returns a copy of a binding with another name and explanation.
func Named(b key.Binding, name, does string) key.Binding {
	b.SetHelp(name, does)
	return b
}

// Worded returns a copy of a binding with another explanation, such as the short one of the footer.
func Worded(b key.Binding, does string) key.Binding { return Named(b, b.Help().Key, does) }

// Moves are the keys that move a cursor along a list, or the view along a text.
type Moves struct{ Up, Down, PageUp, PageDown, Top, Bottom key.Binding }

// NewMoves returns the keys that every screen uses for moving, explained in the words of this screen.
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

// All returns them in the order of the help page.
func (m Moves) All() []key.Binding {
	return []key.Binding{m.Up, m.Down, m.PageUp, m.PageDown, m.Top, m.Bottom}
}

// By returns how many rows a key moves down (up if negative), and false for any other key. Page is how many rows a page
// has. Top and Bottom give more than any list is long, so the caller must limit the result.
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

// LevelKey returns the level that a key rates at, and false for any other key.
func LevelKey(msg tea.KeyPressMsg, digits, none key.Binding) (level.Level, bool) {
	if key.Matches(msg, none) {
		return level.NoOpportunity, true
	}
	if !key.Matches(msg, digits) {
		return 0, false
	}
	name := msg.String() // 3, or kp3 on the number pad, where a key may have no text
	return level.Level(name[len(name)-1] - '0'), true
}

// Digits binds 0 to 4, the keys of the levels.
func Digits(does string) key.Binding {
	return Bind("0-4", does, "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4")
}

// NoLevels makes the digits 5 to 9 say which levels there are.
func (b *Board) NoLevels() {
	b.Hide(Bind("5-9", "no level", "5", "6", "7", "8", "9", "kp5", "kp6", "kp7", "kp8", "kp9"),
		Saying("Levels go from 0 to 4; n is for no opportunity."))
}
