package evidence

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

var keys = struct {
	ui.Moves
	enter, next, prev                                  key.Binding
	all, claims, bare, stale, cover, add, edit, remove key.Binding
	about, undo                                        key.Binding
}{
	Moves: ui.NewMoves("row above", "row below", "first row", "last row"),
	enter: ui.Bind("enter", "the next step", "enter"),
	next:  ui.Bind("→", "list to the right", "right", "l", "tab"),
	prev:  ui.Bind("←", "list to the left", "left", "h", "shift+tab"),

	all:    ui.Bind("e", "all evidence", "e"),
	claims: ui.Bind("x", "unsupported: claims of 3 or 4 that nothing young enough shows", "x"),
	bare:   ui.Bind("w", "without evidence: rated above 0, and nothing shows it", "w"),
	stale:  ui.Bind("o", "evidence that is too old", "o"),
	cover:  ui.Bind("m", "one piece for many gaps", "m"),
	add:    ui.Bind("a", "add", "a"),
	edit:   ui.Bind("d", "change its details", "d"),
	remove: ui.Bind("r", "remove it; asks first", "r", "delete"),
	about:  ui.Bind("c", "all about it", "c"),
	undo:   ui.Bind("u", "undo", "u"),
}

// A tab is one of the lists with its key and its names: in full, for less room, and for little. What is counted is named,
// since some lists hold pieces and some KSBs.
type tab struct {
	mode               mode
	key                key.Binding
	name, short, least string
}

var tabs = [modes]tab{
	{allMode, keys.all, "all pieces", "all", "all"},
	{claimsMode, keys.claims, "KSBs unsupported", "KSBs unsupported", "unsupported"},
	{bareMode, keys.bare, "KSBs without evidence", "KSBs without", "without"},
	{staleMode, keys.stale, "old pieces", "old pieces", "old pieces"},
	{coverMode, keys.cover, "one piece for many gaps", "for many", "for many"},
}

// Keys are the bindings of the screen. The keys of the lists stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	k := ui.Keys{More: append(keys.Moves.All(), keys.prev, keys.next)}
	lists := []key.Binding{keys.all, keys.claims, keys.bare, keys.stale, keys.cover}
	if _, ok := s.opened(c); ok {
		k.Footer = []key.Binding{ui.Named(keys.enter, "enter", "about this KSB"), ui.Named(keys.edit, "d", "change"), ui.Named(keys.remove, "r", "remove"), keys.add}
		k.More = append(append(k.More, lists...), keys.undo)
		return k
	}
	m := s.model(c)
	k.Footer = append(k.Footer, ui.Named(keys.enter, "enter", stepSays[m.next()]))
	if m.next() != stepAdd {
		k.Footer = append(k.Footer, keys.add)
	} else {
		k.More = append(k.More, keys.add)
	}
	if (m.mode == claimsMode || m.mode == bareMode) && len(m.rows) > 0 {
		k.Footer = append(k.Footer, keys.about)
	}
	if _, piece := s.inHand(c); piece {
		k.Footer = append(k.Footer, ui.Named(keys.edit, "d", "change"), ui.Named(keys.remove, "r", "remove"))
	} else {
		k.More = append(k.More, keys.edit, keys.remove)
	}
	k.Footer = append(k.Footer, keys.undo)
	k.More = append(k.More, lists...)
	return k
}
