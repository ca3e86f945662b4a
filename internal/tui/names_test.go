package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A mentor who types or pastes a name on the list of names is never taken for the one that is pointed at.
func TestANameTypedOnTheListIsTakenAsTyped(t *testing.T) {
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
