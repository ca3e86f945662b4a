package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A mentor who types or pastes a name on the list of names is never taken for the one at the cursor.
func TestANameTypedOnTheListIsTakenAsTyped(t *testing.T) {
	t.Parallel()
	for way, give := range map[string]func(*rig){
		"typed":  func(r *rig) { r.text("Jo Kerr") },
		"pasted": func(r *rig) { r.send(tea.PasteMsg{Content: "Jo Kerr"}) },
	} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("b", "enter")
		r.sees("Who is rating?")
		r.sees("Somebody else")
		give(r)
		r.keys("enter")
		if frame := r.screen(); !strings.Contains(frame, "You rate as Jo Kerr") {
			t.Errorf("%s:\n%s", way, frame)
		}
	}
}

// A digit rates, or chooses in a menu. It never changes a page, since the options of a menu that opens there are
// numbered from 1.
func TestADigitRatesOrChooses(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	for name, s := range r.a.screens {
		c := r.a.context()
		for _, b := range s.Keys(c).All() {
			rates := name == ui.Rate || name == ui.Mentor || name == ui.KSB
			if i := slices.IndexFunc(b.Keys(), func(k string) bool { return len(k) == 1 && k >= "0" && k <= "9" }); i >= 0 && !rates {
				t.Errorf("%s: %s is for %q", name, b.Keys()[i], b.Help().Desc)
			}
		}
	}
}
