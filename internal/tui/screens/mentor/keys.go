package mentor

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

var keys = struct {
	rate, none, enter, up, down, left, right, pageUp, pageDown, top, bottom key.Binding
	nextDuty, prevDuty, duties, scope, note, name, undo, reveal             key.Binding
	agree, equal, differ, blind                                             key.Binding
}{
	rate:     ui.Bind("0-4", "rate and go on", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
	none:     ui.Bind("n", "no opportunity in the post", "n"),
	enter:    ui.Bind("enter", "the next step", "enter"),
	up:       ui.Bind("↑", "line above", "up", "k"),
	down:     ui.Bind("↓", "line below", "down", "j"),
	left:     ui.Bind("←", "KSB before", "left", "h"),
	right:    ui.Bind("→", "KSB after, without a rating", "right", "l"),
	pageUp:   ui.Bind("pgup", "page up", "pgup"),
	pageDown: ui.Bind("pgdn", "page down", "pgdown"),
	top:      ui.Bind("home", "to the first", "home"),
	bottom:   ui.Bind("end", "to the last", "end"),

	nextDuty: ui.Bind("]", "next duty", "]"),
	prevDuty: ui.Bind("[", "duty before", "["),
	duties:   ui.Bind("d", "choose a duty", "d"),
	scope:    ui.Bind("a", "all duties in turn, or one at a time", "a"),
	note:     ui.Bind("w", "write what you saw", "w"),
	name:     ui.Bind("i", "who is rating", "i"),
	undo:     ui.Bind("u", "undo", "u"),
	reveal:   ui.Bind("v", "look at the differences together", "v"),

	agree:  ui.Bind("0-4", "agree this level", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
	equal:  ui.Bind("=", "agree all equal ratings", "="),
	differ: ui.Bind("d", "record that you differ", "d"),
	blind:  ui.Bind("b", "back to blind rating", "b"),
}

// Keys are the bindings of the screen. They depend on the part that is shown and on nothing that anybody rated.
func (s *Screen) Keys(*ui.Context) ui.Keys {
	if s.sheet {
		return s.onSheet(s.bindings())
	}
	return s.bindings()
}

func (s *Screen) bindings() ui.Keys {
	moves := []key.Binding{keys.up, keys.down, keys.pageUp, keys.pageDown, keys.top, keys.bottom}
	across := []key.Binding{keys.left, keys.right, keys.nextDuty, keys.prevDuty}
	switch s.mode {
	case introMode:
		return ui.Keys{Footer: []key.Binding{does(keys.enter, "give your name and begin"), does(keys.reveal, "look together")}, More: []key.Binding{keys.name, keys.undo}}
	case pickMode:
		more := append(moves, across...)
		if s.last != "" {
			more = append(more, does(keys.note, "a note to what you rated just now"))
		}
		return ui.Keys{
			Footer: []key.Binding{does(keys.enter, "rate this duty"), does(keys.reveal, "look together"), does(keys.scope, "all in turn"), does(keys.name, "your name"), keys.undo},
			More:   more,
		}
	case revealMode:
		return ui.Keys{
			Footer: []key.Binding{does(keys.enter, "settle it"), does(keys.agree, "agree"), does(keys.differ, "differ"), does(keys.equal, "agree equal ones"), keys.undo, does(keys.blind, "blind rating")},
			More:   append(moves, keys.none),
		}
	}
	return ui.Keys{
		Footer: []key.Binding{
			does(keys.rate, "rate"), does(keys.none, "none"), keyed(keys.left, "←→", "KSB"), does(keys.note, "note"), does(keys.duties, "duties"),
			does(keys.reveal, "look together"), keys.undo,
		},
		More: append(append(moves, across[1:]...), keys.enter, keys.scope, keys.name),
	}
}

// does is a binding under the short words of the footer.
func does(b key.Binding, words string) key.Binding { return keyed(b, b.Help().Key, words) }

func keyed(b key.Binding, name, words string) key.Binding {
	b.SetHelp(name, words)
	return b
}
