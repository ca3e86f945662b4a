package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Ctrl-Z stops the program only where a shell can bring it back; elsewhere it would hang for ever.
func TestCtrlZ(t *testing.T) {
	t.Parallel()
	ctrlZ := tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl}
	r := newRig(t, demoProfile(), 80, 24)
	if _, cmd := r.a.Update(r.later(ctrlZ)); cmd != nil {
		t.Error("it stops where nobody is known to resume it")
	}
	r.sees("Nothing here could bring the program back")
	r.a.o.CanResume = func() bool { return true }
	_, cmd := r.a.Update(r.later(ctrlZ))
	if cmd == nil {
		t.Fatal("it does not stop")
	}
	if _, stops := cmd().(tea.SuspendMsg); !stops {
		t.Errorf("%T", cmd())
	}
}

// Ctrl-[ is Esc, even on enhanced keyboards, which tell the two apart.
func TestCtrlBracketIsEsc(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("g")
	r.send(r.later(tea.KeyPressMsg{Code: '[', Mod: tea.ModCtrl}))
	r.sees("Rate what is due")
	r.keys("d")
	r.send(r.later(tea.KeyPressMsg{Code: '[', Mod: tea.ModCtrl}))
	if r.a.front != nil {
		t.Error("a form stays open")
	}
}
