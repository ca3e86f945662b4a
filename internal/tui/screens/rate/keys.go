package rate

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of the screen.
type keySet struct {
	rate, none, enter, up, down, left, right, nextDuty, prevDuty, skip, example, note, coach, undo key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		rate:     ui.Bind("0-4", "rate and go on", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
		none:     ui.Bind("n", "no opportunity in my post", "n"),
		enter:    ui.Bind("enter", "take the level pointed at, or go on", "enter"),
		up:       ui.Bind("↑", "point at a level", "up", "k"),
		down:     ui.Bind("↓", "point at a level", "down", "j"),
		left:     ui.Bind("←", "KSB before", "left", "h"),
		right:    ui.Bind("→", "KSB after", "right", "l"),
		nextDuty: ui.Bind("]", "next duty", "]"),
		prevDuty: ui.Bind("[", "duty before", "["),
		skip:     ui.Bind("s", "skip for now", "s"),
		example:  ui.Bind("e", "give an example", "e"),
		note:     ui.Bind("w", "write a note", "w"),
		coach:    ui.Bind("c", "all the coaching of this KSB", "c"),
		undo:     ui.Bind("u", "undo", "u"),
	}
}}

func keys() *keySet { return keyring.Get() }

// Keys are the bindings of the screen.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	example, note := s.named(keys().example, "example"), s.named(keys().note, "note")
	if s.last != "" && !c.Size.Narrow {
		example, note = s.named(keys().example, "example of"), s.named(keys().note, "note on")
	}
	if s.ended {
		k := ui.Keys{Footer: []key.Binding{ui.Named(keys().enter, "enter", "go on")}}
		if missed := s.missed(c); len(missed) > 0 {
			k.Footer = append(k.Footer, ui.Named(keys().skip, "s", "back to "+missed[0]))
		}
		if s.ksb != "" {
			k.Footer = append(k.Footer, ui.Named(keys().rate, "0-4 n", "rate "+s.ksb))
			k.More = append(k.More, keys().none) // the footer names it with the digits
		}
		k.Footer = append(k.Footer, s.undoKey(c))
		if s.last != "" || len(s.returned(c)) > 0 {
			k.Footer = append(k.Footer, example)
		}
		if s.last != "" {
			k.Footer = append(k.Footer, note)
		}
		k.More = append(k.More, keys().up, keys().down, keys().left, keys().nextDuty, keys().prevDuty)
		return k
	}
	k := ui.Keys{
		Footer: append(s.topKeys(c, example, note),
			keys().nextDuty, ui.Named(keys().coach, "c", "coaching"), ui.Named(keys().left, "←→", "KSB")),
		More: []key.Binding{ui.Named(keys().up, "↑↓", "point at a level"), keys().enter, keys().prevDuty},
	}
	if c.Size.Narrow || s.last != "" {
		k.More = append(k.More, keys().none) // its footer names it with the digits
	}
	return k
}

// topKeys are the most useful keys. After a rating, w and e are named with the KSB that they are for.
func (s *Screen) topKeys(c *ui.Context, example, note key.Binding) []key.Binding {
	rate, none := ui.Named(keys().rate, "0-4", "rate"), ui.Named(keys().none, "n", "no opportunity")
	skip := ui.Named(keys().skip, "s", "skip")
	both := ui.Named(keys().rate, "0-4 n", "rate") // the levels on the page say what n means
	switch {
	case s.last != "" && c.Size.Narrow:
		return []key.Binding{both, s.undoKey(c), ui.Named(keys().example, "e", "example"), note, skip}
	case s.last != "":
		return []key.Binding{both, s.undoKey(c), example, note, skip}
	case c.Size.Narrow:
		return []key.Binding{both, example, s.undoKey(c), skip, note}
	}
	return []key.Binding{rate, none, example, s.undoKey(c), skip, note}
}

// undoKey names what u takes back: a skip, or the rating that was made just now. Where it is something else, it is only
// called undo.
func (s *Screen) undoKey(c *ui.Context) key.Binding {
	switch n := len(s.skips) - 1; {
	case n >= 0 && s.skips[n].newest == c.Newest:
		return ui.Named(keys().undo, "u", "undo skip")
	case s.last != "" && s.rev == c.Newest:
		return ui.Named(keys().undo, "u", "undo "+s.last)
	}
	return keys().undo
}

// named adds the KSB that a key is for, if that is not the one shown.
func (s *Screen) named(b key.Binding, words string) key.Binding {
	if s.last != "" {
		words += " " + s.last
	}
	return ui.Named(b, b.Help().Key, words)
}
