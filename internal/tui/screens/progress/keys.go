package progress

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of the screen.
type keySet struct {
	ui.Moves
	duties, kinds, forecast, table, report key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: ui.NewMoves("up", "down", "to the top", "to the end"),

		duties:   ui.Bind("d", "by duty", "d"),
		kinds:    ui.Bind("b", "by kind, you beside your mentor", "b"),
		forecast: ui.Bind("f", "forecast for gateway", "f"),
		table:    ui.Bind("t", "numbers or picture", "t"),
		report:   ui.Bind("w", "write a report", "w"),
	}
}}

func keys() *keySet { return keyring.Get() }

// tabs are the parts with their keys.
func tabs() []page.Tab {
	return []page.Tab{
		{Key: keys().duties, Names: []string{"duties", "duties"}},
		{Key: keys().kinds, Names: []string{"by kind, you beside your mentor", "by kind"}},
		{Key: keys().forecast, Names: []string{"forecast", "forecast"}},
	}
}

// Keys are the bindings of the screen. The keys of the parts stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	p := s.pastOf(c)
	var does string
	if s.reads(p) {
		does, _ = s.next(p)
	} else {
		l, t := s.list(c, p)
		does = l.Does(t)
	}
	right := ui.Named(page.Right(), "→", "part to the right; on a duty's page the next duty")
	left := ui.Named(page.Left(), "←", "part to the left; on a duty's page the duty before")
	k := ui.Keys{
		Footer: []key.Binding{ui.Named(page.Enter(), "enter", does)},
		More:   append(keys().Moves.All(), left, right, keys().duties, keys().kinds, keys().forecast),
	}
	switch {
	case s.open || len(p.moments) == 0:
	case s.table:
		k.Footer = append(k.Footer, ui.Named(keys().table, "t", "picture"))
	default:
		k.Footer = append(k.Footer, ui.Named(keys().table, "t", "numbers"))
	}
	if len(p.moments) > 0 {
		k.Footer = append(k.Footer, keys().report)
	}
	return k
}
