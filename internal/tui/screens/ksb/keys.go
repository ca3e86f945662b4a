package ksb

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of the screen.
type keySet struct {
	ui.Moves
	next, prev, left, right     key.Binding
	plan, rate, example, target key.Binding
	more, undo                  key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: pages(ui.NewMoves("scroll up", "scroll down", "top of the page", "end of the page")),
		next:  ui.Bind("tab", "next section", "tab"),
		prev:  ui.Bind("shift+tab", "section before", "shift+tab"),
		left:  ui.Bind("←", "KSB before", "left", "h"),
		right: ui.Bind("→", "KSB after", "right", "l"),

		plan:    ui.Bind("p", "plan", "p"),
		rate:    ui.Bind("r", "rate", "r"),
		example: ui.Bind("e", "example", "e"),
		target:  ui.Bind("t", "target", "t"),
		more:    ui.Bind("m", "show all or less: other fields, other levels, notes of evidence", "m"),
		undo:    ui.Bind("u", "undo", "u"),
	}
}}

func keys() *keySet { return keyring.Get() }

// outline names the keys that move along the outline, where it is shown: the text beside it follows.
func outline() ui.Moves {
	return pages(ui.NewMoves("section before", "section after", "first section", "last section"))
}

// pages has the space bar turn a page on, as it does where people read elsewhere.
func pages(m ui.Moves) ui.Moves {
	m.PageDown = ui.Bind("pgdn", "page down; space does too", "pgdown", "space")
	return m
}

// readsOn says whether a key scrolls the text wherever it stands.
func readsOn(msg tea.KeyPressMsg) bool { return key.Matches(msg, keys().PageUp, keys().PageDown) }

// Keys are the bindings of the screen.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	row, _ := c.Report.Row(s.ksb)
	step := nextStep(row, s.words.written)
	k := ui.Keys{Footer: []key.Binding{ui.Named(page.Enter(), "enter", string(step))}}
	add := func(b key.Binding, footer bool) {
		if footer {
			k.Footer = append(k.Footer, b)
		} else {
			k.More = append(k.More, b)
		}
	}
	add(keys().plan, step != stepPlan)
	add(keys().rate, step != stepRate)
	add(keys().example, step != stepExample)
	add(ui.Named(keys().more, "m", "show "+map[bool]string{false: "all", true: "less"}[s.all]), true)
	add(keys().target, false)
	moves := keys().Moves.All()
	if c.Size.Wide {
		m := outline()
		add(ui.Named(m.Down, "↓", "section"), true)
		add(ui.Named(m.PageDown, "pgdn", "read on"), true)
		moves = []key.Binding{keys().next, m.Up, m.PageUp, m.Top, m.Bottom}
	} else {
		add(ui.Named(keys().next, "tab", "section"), true)
	}
	add(ui.Named(keys().right, "→", "next KSB"), true)
	k.More = append(append(k.More, moves...), keys().prev, keys().left, keys().undo)
	return k
}
