package appraisal

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

var keys = struct {
	move                                                            ui.Moves
	enter, next, prev                                               key.Binding
	rounds, blind, private, minutes, timer, coach, plan, tick, undo key.Binding
}{
	move:  ui.NewMoves("line above", "line below", "to the top", "to the bottom"),
	enter: ui.Bind("enter", "the next step; the second line says which", "enter"),
	next:  ui.Bind("→", "page to the right", "right", "l", "tab"),
	prev:  ui.Bind("←", "page to the left", "left", "h", "shift+tab"),

	rounds:  ui.Bind("o", "rounds: open, close, what is put forward; rating sheets for a mentor elsewhere", "o"),
	blind:   ui.Bind("b", "your mentor rates, without seeing your figures", "b"),
	private: ui.Bind("w", "private notes: wellbeing, workload, support, adjustments", "w"),
	minutes: ui.Bind("m", "how long the meeting is", "m"),
	timer:   ui.Bind("t", "timer of the rehearsal on or off", "t"),
	coach:   ui.Bind("c", "all about the KSB", "c"),
	plan:    ui.Bind("p", "plan the KSB", "p"),
	tick:    ui.Bind("space", "tick a part of the meeting that leaves no trace, or take the tick away", "space"),
	undo:    ui.Bind("u", "undo", "u"),
}

// A tabKey is one of the pages with its key and its name.
type tabKey struct {
	key  key.Binding
	name string
}

var tabKeys = [tabs]tabKey{
	{ui.Bind("1", "Prepare", "1"), "Prepare"},
	{ui.Bind("2", "Meet", "2"), "Meet"},
	{ui.Bind("3", "After", "3"), "After"},
	{ui.Bind("4", "Rehearse", "4"), "Rehearse"},
	{ui.Bind("5", "Opportunity", "5"), "Opportunity"},
}

// Keys are the bindings of the screen. The keys of the pages stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	k := ui.Keys{More: append(keys.move.All(), keys.prev, keys.next)}
	for _, x := range tabKeys {
		k.More = append(k.More, x.key)
	}
	// What Enter does stands above the page, with more room; to say it twice would redraw the footer at each line.
	if s.text != nil {
		k.Footer = append(k.Footer, ui.Named(keys.enter, "enter", "go on"))
	} else {
		k.More = append(k.More, keys.enter)
	}
	k.Footer = append(k.Footer, s.trialKeys()...)
	if _, may := s.handTick(c); may {
		k.Footer = append(k.Footer, ui.Named(keys.tick, "space", "tick"))
	} else {
		k.More = append(k.More, keys.tick)
	}
	k.Footer = append(k.Footer, ui.Named(keys.rounds, "o", "rounds"), ui.Named(keys.private, "w", "private notes"))
	if s.tab == meetTab {
		k.Footer = append(k.Footer, ui.Named(keys.blind, "b", "my mentor rates"), ui.Named(keys.minutes, "m", "length"))
	} else {
		k.More = append(k.More, keys.minutes)
	}
	k.Footer = append(k.Footer, keys.undo)
	k.More = append(k.More, keys.coach, keys.plan)
	return k
}
