package progress

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

var keys = struct {
	ui.Moves
	enter, next, prev              key.Binding
	duties, kinds, forecast, table key.Binding
}{
	Moves: ui.NewMoves("up", "down", "to the top", "to the end"),
	enter: ui.Bind("enter", "the next step", "enter"),
	next:  ui.Bind("→", "part to the right; on a duty's page the next duty", "right", "l", "tab"),
	prev:  ui.Bind("←", "part to the left; on a duty's page the duty before", "left", "h", "shift+tab"),

	duties:   ui.Bind("d", "by duty", "d"),
	kinds:    ui.Bind("b", "by kind, you beside your mentor", "b"),
	forecast: ui.Bind("f", "forecast for gateway", "f"),
	table:    ui.Bind("t", "numbers or picture", "t"),
}

// A tab is one of the parts with its key and its names, a long one and one for little room.
type tab struct {
	mode        mode
	key         key.Binding
	name, short string
}

var tabs = [modes]tab{
	{dutiesMode, keys.duties, "duties", "duties"},
	{kindsMode, keys.kinds, "by kind, you beside your mentor", "by kind"},
	{forecastMode, keys.forecast, "forecast", "forecast"},
}

// Keys are the bindings of the screen. The keys of the parts stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	p := s.pastOf(c)
	k := ui.Keys{
		Footer: []key.Binding{ui.Named(keys.enter, "enter", stepSays[s.next(p)])},
		More:   append(keys.Moves.All(), keys.prev, keys.next, keys.duties, keys.kinds, keys.forecast),
	}
	switch {
	case s.page.open || len(p.moments) == 0:
	case s.table:
		k.Footer = append(k.Footer, ui.Named(keys.table, "t", "picture"))
	default:
		k.Footer = append(k.Footer, ui.Named(keys.table, "t", "numbers"))
	}
	return k
}
