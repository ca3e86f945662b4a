package mentor

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
	rate, none, left, right                                     key.Binding
	nextDuty, prevDuty, duties, scope, note, name, undo, reveal key.Binding
	number, agree, equal, differ, change, blind                 key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: ui.NewMoves("line above", "line below", "to the first", "to the last"),
		rate:  ui.Bind("0-4", "rate and go on", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
		none:  ui.Bind("n", "no opportunity in the post", "n"),
		left:  ui.Bind("←", "KSB before", "left", "h"),
		right: ui.Bind("→", "KSB after, without a rating", "right", "l"),

		nextDuty: ui.Bind("]", "next duty", "]"),
		prevDuty: ui.Bind("[", "duty before", "["),
		duties:   ui.Bind("d", "choose a duty", "d"),
		scope:    ui.Bind("a", "all duties in turn, or one at a time", "a"),
		note:     ui.Bind("w", "write what you saw", "w"),
		name:     ui.Bind("i", "who is rating", "i"),
		undo:     ui.Bind("u", "undo", "u"),
		reveal:   ui.Bind("v", "look at the differences together", "v"),

		number: ui.Bind("1-9, 0", "to the duty of that number, 0 for the tenth",
			"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "kp1", "kp2", "kp3", "kp4", "kp5", "kp6", "kp7", "kp8", "kp9", "kp0"),

		agree:  ui.Bind("0-4", "agree this level", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
		equal:  ui.Bind("=", "agree all equal ratings", "="),
		differ: ui.Bind("d", "record that you differ", "d"),
		change: ui.Bind("c", "the mentor changes a level, beside the learner", "c"),
		blind:  ui.Bind("b", "back to blind rating", "b"),
	}
}}

func keys() *keySet { return keyring.Get() }

// Keys are the bindings of the screen. They depend on the part that is shown and on nothing that anybody rated.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	if s.sheet {
		return s.onSheet(s.bindings(c.Size.Narrow))
	}
	return s.bindings(c.Size.Narrow)
}

// bindings are the keys of the part that is shown. A narrow footer has shorter words and leaves out what Enter's menu
// offers too.
func (s *Screen) bindings(narrow bool) ui.Keys {
	moves := keys().Moves.All()
	across := []key.Binding{keys().left, keys().right, keys().nextDuty, keys().prevDuty}
	switch s.mode {
	case introMode:
		return ui.Keys{
			Footer: []key.Binding{does(page.Enter(), "give your name and begin"), does(keys().reveal, "look together")},
			More:   []key.Binding{keys().name, keys().undo},
		}
	case pickMode:
		return s.pickKeys(narrow, slices.Concat(moves, across, []key.Binding{keys().number}))
	case revealMode:
		return revealKeys(narrow, moves)
	}
	footer := []key.Binding{does(keys().rate, "rate"), does(keys().none, "no chance"), s.noteKey(narrow), keys().undo}
	across[0] = ui.Named(keys().left, "←→", "KSB")
	more := append(append(moves, across[1:]...), page.Enter(), keys().scope, keys().name)
	if narrow {
		return ui.Keys{Footer: append(footer, does(keys().reveal, "look"), across[0]), More: append(more, keys().duties)}
	}
	reveal := does(keys().reveal, "look together")
	if s.elsewhere() {
		reveal = does(keys().reveal, "look") // the words of the note need the room
	}
	return ui.Keys{Footer: append(footer, does(keys().duties, "duties"), reveal, across[0]), More: more}
}

// elsewhere says whether w is for a KSB other than the one that is shown.
func (s *Screen) elsewhere() bool { return s.last != "" && (s.last != s.ksb || s.mode == pickMode) }

// noteKey is w with the KSB whose note it writes, where that is not the one that is shown.
func (s *Screen) noteKey(narrow bool) key.Binding {
	switch {
	case !s.elsewhere():
		return does(keys().note, "note")
	case narrow:
		return does(keys().note, "note "+s.last)
	}
	return does(keys().note, "note on "+s.last)
}

// pickKeys are those of the list of duties. While w writes a note to what was rated just now the other words are short.
func (s *Screen) pickKeys(narrow bool, more []key.Binding) ui.Keys {
	enter, reveal := does(page.Enter(), "rate this duty"), does(keys().reveal, "look together")
	if narrow || s.elsewhere() {
		enter, reveal = does(page.Enter(), "rate"), does(keys().reveal, "look")
	}
	scope, name := does(keys().scope, "all in turn"), does(keys().name, "name")
	if s.elsewhere() {
		return ui.Keys{Footer: []key.Binding{enter, reveal, s.noteKey(narrow), keys().undo, scope, name}, More: more}
	}
	return ui.Keys{Footer: []key.Binding{enter, reveal, scope, name, keys().undo}, More: more}
}

func revealKeys(narrow bool, moves []key.Binding) ui.Keys {
	if narrow {
		return ui.Keys{
			Footer: []key.Binding{does(page.Enter(), "settle"), does(keys().equal, "equal"), does(keys().blind, "blind"), keys().undo},
			More:   append(moves, keys().agree, keys().none, keys().differ, keys().change),
		}
	}
	return ui.Keys{
		Footer: []key.Binding{
			does(page.Enter(), "settle"), does(keys().agree, "agree"), does(keys().differ, "differ"), does(keys().equal, "equal"),
			does(keys().change, "change"), keys().undo, does(keys().blind, "blind"),
		},
		More: append(moves, keys().none),
	}
}

func does(b key.Binding, words string) key.Binding { return ui.Named(b, b.Help().Key, words) }
