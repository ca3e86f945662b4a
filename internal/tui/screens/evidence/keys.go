package evidence

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
	all, claims, bare, stale, cover, add, edit, remove key.Binding
	about, undo                                        key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: ui.NewMoves("row above", "row below", "first row", "last row"),

		all:    ui.Bind("e", "all evidence", "e"),
		claims: ui.Bind("x", "claims of 3 or 4 without a recent example", "x"),
		bare:   ui.Bind("w", "without evidence: rated above 0, and nothing shows it", "w"),
		stale:  ui.Bind("o", "evidence that is too old", "o"),
		cover:  ui.Bind("m", "one piece for many gaps", "m"),
		add:    ui.Bind("a", "add", "a"),
		edit:   ui.Bind("d", "change its details", "d"),
		remove: ui.Bind("r", "remove it; asks first", "r", "delete"),
		about:  ui.Bind("c", "all about it", "c"),
		undo:   ui.Bind("u", "undo", "u"),
	}
}}

func keys() *keySet { return keyring.Get() }

// tabs are the lists with their keys. What is counted is named, since some lists hold pieces and some KSBs.
func tabs(m model) []page.Tab {
	tab := func(k key.Binding, of mode, name, short, least string) page.Tab {
		if of == coverMode {
			return page.Tab{Key: k, Names: []string{name, short, least}}
		}
		n := m.counts[of]
		return page.Tab{Key: k, Names: []string{fmt.Sprintf("%s %d", name, n), fmt.Sprintf("%s %d", short, n), least}}
	}
	return []page.Tab{
		tab(keys().all, allMode, "all pieces", "all", "all"),
		tab(keys().claims, claimsMode, "no recent example", "claims", "claims"),
		tab(keys().bare, bareMode, "KSBs without evidence", "KSBs without", "without"),
		tab(keys().stale, staleMode, "old pieces", "old pieces", "old pieces"),
		tab(keys().cover, coverMode, "one piece for many gaps", "for many", "for many"),
	}
}

// Keys are the bindings of the screen. The keys of the lists stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	k := ui.Keys{More: append(keys().Moves.All(), page.Left(), page.Right())}
	lists := []key.Binding{keys().all, keys().claims, keys().bare, keys().stale, keys().cover}
	m := s.model(c)
	l, t := s.list(m, c)
	k.Footer = append(k.Footer, ui.Named(page.Enter(), "enter", l.Does(t)))
	mending := []key.Binding{ui.Named(keys().edit, "d", "change"), ui.Named(keys().remove, "r", "remove")}
	if _, ok := s.opened(c); ok {
		k.Footer = append(append(k.Footer, mending...), keys().add)
		k.More = append(append(k.More, lists...), keys().undo)
		return k
	}
	if m.pieces > 0 || m.mode != allMode {
		k.Footer = append(k.Footer, keys().add)
	} else {
		k.More = append(k.More, keys().add)
	}
	if r, _ := s.row(m); r.KSB != "" {
		k.Footer = append(k.Footer, keys().about)
	}
	if _, piece := s.inHand(c); piece {
		k.Footer = append(k.Footer, mending...)
	} else {
		k.More = append(k.More, keys().edit, keys().remove)
	}
	k.Footer = append(k.Footer, keys().undo)
	k.More = append(k.More, lists...)
	return k
}
