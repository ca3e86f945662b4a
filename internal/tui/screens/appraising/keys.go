package appraising

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of the screen.
type keySet struct {
	move                                                                   ui.Moves
	rounds, blind, private, write, minutes, timer, coach, plan, tick, undo key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		move: ui.NewMoves("line above", "line below", "to the top", "to the bottom"),

		rounds:  ui.Bind("o", "rounds: open, close, what is due; rating sheets for a mentor elsewhere", "o"),
		blind:   ui.Bind("b", "your mentor rates, without seeing your figures", "b"),
		private: ui.Bind("w", "private notes: wellbeing, workload, support, adjustments", "w"),
		write:   ui.Bind("x", "write this page into a file, to send or print", "x"),
		minutes: ui.Bind("d", "how long the meeting is", "d"),
		timer:   ui.Bind("t", "timer of the rehearsal on or off", "t"),
		coach:   ui.Bind("c", "all about the KSB", "c"),
		plan:    ui.Bind("p", "plan the KSB", "p"),
		tick:    ui.Bind("space", "tick a part of the meeting that leaves no trace, or take the tick away", "space"),
		undo:    ui.Bind("u", "undo", "u"),
	}
}}

func keys() *keySet { return keyring.Get() }

// tabKeys are letters, since a digit chooses in the menus that open here. That of Prepare opens the screen from Home.
func tabKeys() []page.Tab {
	return []page.Tab{
		{Key: ui.Bind("a", "Prepare", "a"), Names: []string{"Prepare"}},
		{Key: ui.Bind("m", "Meet", "m"), Names: []string{"Meet"}},
		{Key: ui.Bind("f", "After", "f"), Names: []string{"After"}},
		{Key: ui.Bind("r", "Rehearse", "r"), Names: []string{"Rehearse"}},
		{Key: ui.Bind("n", "Opportunity", "n"), Names: []string{"Opportunity"}},
	}
}

// Keys are the bindings of the screen. The footer leaves out the keys of the pages, which the tabs show.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	left, right := ui.Named(page.Left(), "←", "page to the left"), ui.Named(page.Right(), "→", "page to the right")
	k := ui.Keys{More: append(keys().move.All(), left, right)}
	for _, x := range tabKeys() {
		k.More = append(k.More, x.Key)
	}
	// What Enter does is said above the page, where there is room; saying it here too would redraw the footer at each
	// line.
	if s.text != nil {
		k.Footer = append(k.Footer, ui.Named(page.Enter(), "enter", "go on"))
	} else {
		k.More = append(k.More, ui.Named(page.Enter(), "enter", "the next step; the second line says which"))
	}
	k.Footer = append(k.Footer, s.trialKeys()...)
	if _, may := s.handTick(c); may {
		k.Footer = append(k.Footer, ui.Named(keys().tick, "space", "tick"))
	}
	k.Footer = append(k.Footer, ui.Named(keys().rounds, "o", "rounds"), ui.Named(keys().private, "w", "private notes"))
	switch {
	case s.writes(c):
		k.Footer = append(k.Footer, ui.Named(keys().write, "x", "write this page"))
	case s.tab == meetTab:
		k.Footer = append(k.Footer, ui.Named(keys().blind, "b", "my mentor rates"), ui.Named(keys().minutes, "d", "length"))
	}
	if s.tab != meetTab {
		k.More = append(k.More, keys().minutes)
	}
	k.Footer = append(k.Footer, keys().undo)
	if s.text == nil && s.chosen(c).KSB != "" {
		k.More = append(k.More, keys().coach, keys().plan)
	}
	return k
}

// writes says whether the page in hand is one that is sent: what is to be prepared, once there is something in it.
func (s *Screen) writes(c *ui.Context) bool {
	return s.tab == prepareTab && c.Report.Tally(0).Rated > 0
}
