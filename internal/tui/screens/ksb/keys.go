package ksb

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

var keys = struct {
	up, down, pageUp, pageDown, top, bottom, next, prev, left, right key.Binding
	enter, plan, rate, example, target, undo                         key.Binding
}{
	up:       ui.Bind("↑", "scroll up", "up", "k"),
	down:     ui.Bind("↓", "scroll down", "down", "j"),
	pageUp:   ui.Bind("pgup", "page up", "pgup"),
	pageDown: ui.Bind("pgdn", "page down", "pgdown"),
	top:      ui.Bind("home", "top of the page", "home"),
	bottom:   ui.Bind("end", "end of the page", "end"),
	next:     ui.Bind("tab", "next section", "tab"),
	prev:     ui.Bind("shift+tab", "section before", "shift+tab"),
	left:     ui.Bind("←", "KSB before", "left", "h"),
	right:    ui.Bind("→", "KSB after", "right", "l"),

	enter:   ui.Bind("enter", "the next step", "enter"),
	plan:    ui.Bind("p", "plan", "p"),
	rate:    ui.Bind("r", "rate", "r"),
	example: ui.Bind("e", "example", "e"),
	target:  ui.Bind("t", "target", "t"),
	undo:    ui.Bind("u", "undo", "u"),
}

// Keys are the bindings of the screen.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	row, _ := c.Report.Row(s.ksb)
	step := nextStep(row, s.words.written)
	k := ui.Keys{Footer: []key.Binding{named(keys.enter, "enter", stepSays[step])}}
	add := func(b key.Binding, footer bool) {
		if footer {
			k.Footer = append(k.Footer, b)
		} else {
			k.More = append(k.More, b)
		}
	}
	add(keys.plan, step != stepPlan)
	add(keys.rate, step != stepRate)
	add(keys.example, step != stepExample)
	add(keys.target, true)
	add(named(keys.next, "tab", "section"), true)
	add(named(keys.right, "→", "next KSB"), true)
	k.More = append(k.More, keys.up, keys.down, keys.pageUp, keys.pageDown, keys.top, keys.bottom, keys.prev, keys.left, keys.undo)
	return k
}

// named is a binding under the short words of the footer.
func named(b key.Binding, name, does string) key.Binding {
	b.SetHelp(name, does)
	return b
}
