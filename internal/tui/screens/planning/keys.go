package planning

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of the screen.
type keySet struct {
	ui.Moves
	arrows, across, next, prev, part        key.Binding
	add, suggest, closed, keep, undo, coach key.Binding
	action, example, edit, close, depth     key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves:  ui.NewMoves("up", "down", "to the top", "to the bottom"),
		arrows: ui.Bind("↑↓", "choose a line", "up", "down", "k", "j"),
		across: ui.Bind("←→", "goal before, next goal", "left", "right", "h", "l", "tab", "shift+tab"),
		next:   ui.Bind("→", "next goal", "right", "l", "tab"),
		prev:   ui.Bind("←", "goal before", "left", "h", "shift+tab"),
		part:   ui.Bind("1-3", "to Reflect, Appraise or Act", "1", "2", "3"),

		add:     ui.Bind("n", "new goal of your own", "n"),
		suggest: ui.Bind("b", "goals suggested from your gaps, or hide them", "b"),
		closed:  ui.Bind("v", "show closed goals, or hide them", "v"),
		keep:    ui.Bind("K", "keep this work as a reflective entry", "K"),
		undo:    ui.Bind("u", "undo", "u"),
		coach:   ui.Bind("c", "all the coaching of this KSB", "c"),

		action:  ui.Bind("a", "add an action", "a"),
		example: ui.Bind("e", "keep an example", "e"),
		edit:    ui.Bind("w", "change the goal's words, date or reason", "w"),
		close:   ui.Bind("x", "close, park or take up the goal", "x"),
		depth:   ui.Bind("d", "how deep is the reflection?", "d"),
	}
}}

func keys() *keySet { return keyring.Get() }

// Keys are the bindings of the screen.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	paging := []key.Binding{keys().PageUp, keys().PageDown, keys().Top, keys().Bottom}
	switch {
	case !s.onPage:
		enter := "new goal"
		if l, rows := s.list(c); len(rows) > 0 {
			enter = l.rows[s.rows.At(rows)].word
		}
		k := ui.Keys{Footer: []key.Binding{
			ui.Named(page.Enter(), "enter", enter), ui.Named(keys().arrows, "↑↓", "choose"), ui.Named(keys().add, "n", "new goal"),
			ui.Named(keys().suggest, "b", "suggestions"), ui.Named(keys().closed, "v", "closed"), keys().undo,
		}}
		k.More = slices.Concat(paging, []key.Binding{
			keys().across, keys().action, keys().example, keys().edit, keys().close, keys().depth, keys().coach, keys().keep,
		})
		return k
	case s.goal == "":
		return ui.Keys{
			Footer: []key.Binding{
				ui.Named(page.Enter(), "enter", "take it up"), ui.Named(keys().add, "n", "write your own"),
				ui.Named(keys().coach, "c", "coach"), keys().undo,
			},
			More: append(paging, keys().arrows, keys().across, keys().suggest, keys().keep),
		}
	}
	return ui.Keys{
		Footer: []key.Binding{
			ui.Named(page.Enter(), "enter", "do it"), ui.Named(keys().action, "a", "action"), ui.Named(keys().example, "e", "example"),
			ui.Named(keys().edit, "w", "change"), ui.Named(keys().close, "x", "close"), ui.Named(keys().across, "←→", "goal"),
			ui.Named(keys().coach, "c", "coach"), keys().undo,
		},
		More: append(paging, keys().arrows, keys().part, keys().depth, keys().add, keys().suggest, keys().keep),
	}
}
