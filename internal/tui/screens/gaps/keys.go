package gaps

import (
	"fmt"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of the screen.
type keySet struct {
	ui.Moves
	gaps, strengths, chance, claims, heat, filter, sort key.Binding
	plan, page, rate, example, undo                     key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: ui.NewMoves("row above", "row below", "first row", "last row"),

		gaps:      ui.Bind("g", "gaps", "g"),
		strengths: ui.Bind("+", "strengths", "+", "="),
		chance:    ui.Bind("o", "no opportunity", "o"),
		claims:    ui.Bind("x", "claims without a recent example", "x"),
		heat:      ui.Bind("m", "map of duties and kinds", "m"),
		filter:    ui.Bind("f", "filter", "f"),
		sort:      ui.Bind("s", "sort", "s"),

		plan:    ui.Bind("p", "plan this KSB", "p"),
		page:    ui.Bind("c", "all about it", "c"),
		rate:    ui.Bind("r", "rate it again", "r"),
		example: ui.Bind("e", "add an example", "e"),
		undo:    ui.Bind("u", "undo", "u"),
	}
}}

func keys() *keySet { return keyring.Get() }

// tabs are the lists with their keys, each with how many rows it has where there is room for that.
func tabs(m model) []page.Tab {
	tab := func(k key.Binding, of mode, name, short string) page.Tab {
		long, count := name, name
		switch {
		case m.fresh || of == heatMode:
		case of == gapsMode && m.timed:
			count = fmt.Sprintf("%d behind", m.behind)
			long = name + ", " + count
		default:
			long = fmt.Sprintf("%s %d", name, m.counts[of])
			count = long
		}
		return page.Tab{Key: k, Names: []string{long, count, name, short}}
	}
	return []page.Tab{
		tab(keys().gaps, gapsMode, "gaps", "gaps"),
		tab(keys().strengths, strengthsMode, "strengths", "strengths"),
		tab(keys().chance, chanceMode, "no opportunity", "no chance yet"),
		tab(keys().claims, claimsMode, "no recent example", "no example"),
		tab(keys().heat, heatMode, "map", "map"),
	}
}

// Keys are the bindings of the screen. The keys of the lists stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	t := s.table(c)
	k := ui.Keys{
		Footer: []key.Binding{ui.Named(page.Enter(), "enter", s.at[s.mode].Does(t))},
		More:   append(keys().Moves.All(), page.Left(), page.Right()),
	}
	if _, ok := s.chosen(t, c); ok {
		k.Footer = append(k.Footer, keys().page, ui.Named(keys().example, "e", "example"), ui.Named(keys().rate, "r", "rate"))
		k.More = append(k.More, keys().plan)
	}
	if s.mode != heatMode && c.Report.Tally(0).Rated > 0 {
		k.Footer = append(k.Footer, keys().filter, keys().sort)
	}
	k.More = append(k.More, keys().gaps, keys().strengths, keys().chance, keys().claims, keys().heat, keys().undo)
	return k
}
