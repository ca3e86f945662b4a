package gaps

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

var keys = struct {
	ui.Moves
	enter, next, prev                                        key.Binding
	gaps, strengths, chance, unsupported, heat, filter, sort key.Binding
	plan, page, rate, example, undo                          key.Binding
}{
	Moves: ui.NewMoves("row above", "row below", "first row", "last row"),
	enter: ui.Bind("enter", "the next step", "enter"),
	next:  ui.Bind("→", "list to the right", "right", "l", "tab"),
	prev:  ui.Bind("←", "list to the left", "left", "h", "shift+tab"),

	gaps:        ui.Bind("g", "gaps", "g"),
	strengths:   ui.Bind("+", "strengths", "+", "="),
	chance:      ui.Bind("o", "no opportunity", "o"),
	unsupported: ui.Bind("x", "claims without an example", "x"),
	heat:        ui.Bind("m", "map of duties and kinds", "m"),
	filter:      ui.Bind("f", "filter", "f"),
	sort:        ui.Bind("s", "sort", "s"),

	plan:    ui.Bind("p", "plan this KSB", "p"),
	page:    ui.Bind("c", "all about it", "c"),
	rate:    ui.Bind("r", "rate it again", "r"),
	example: ui.Bind("e", "add an example", "e"),
	undo:    ui.Bind("u", "undo", "u"),
}

// A tab is one of the lists with its key and its names, a long one and one for little room.
type tab struct {
	mode        mode
	key         key.Binding
	name, short string
}

var tabs = [modes]tab{
	{gapsMode, keys.gaps, "gaps", "gaps"},
	{strengthsMode, keys.strengths, "strengths", "strengths"},
	{chanceMode, keys.chance, "no opportunity", "no chance yet"},
	{claimsMode, keys.unsupported, "unsupported", "unsupported"},
	{heatMode, keys.heat, "map", "map"},
}

// Keys are the bindings of the screen. The keys of the lists stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	m := s.model(c)
	k := ui.Keys{
		Footer: []key.Binding{ui.Named(keys.enter, "enter", stepSays[m.next()])},
		More:   append(keys.Moves.All(), keys.prev, keys.next),
	}
	if _, ok := m.chosen(); ok {
		k.Footer = append(k.Footer, keys.page, ui.Named(keys.example, "e", "example"), ui.Named(keys.rate, "r", "rate"))
		k.More = append(k.More, keys.plan)
	}
	if m.mode != heatMode && !m.fresh {
		k.Footer = append(k.Footer, keys.filter, keys.sort)
	}
	k.More = append(k.More, keys.gaps, keys.strengths, keys.chance, keys.unsupported, keys.heat, keys.undo)
	return k
}
