package ui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestMoves(t *testing.T) {
	moves := ui.NewMoves("row above", "row below", "first row", "last row")
	for name, want := range map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -7, "pgdown": 7} {
		if by, ok := moves.By(uitest.Key(name), 7); by != want || !ok {
			t.Errorf("%s moves by %d, %v", name, by, ok)
		}
	}
	for name, way := range map[string]int{"home": -1, "end": 1} {
		if by, ok := moves.By(uitest.Key(name), 7); by*way < 10_000 || !ok {
			t.Errorf("%s moves by %d, %v", name, by, ok)
		}
	}
	if by, ok := moves.By(uitest.Key("x"), 7); by != 0 || ok {
		t.Errorf("x moves by %d", by)
	}
	if all := moves.All(); len(all) != 6 || all[1].Help().Desc != "row below" || all[4].Help().Desc != "first row" || all[5].Help().Desc != "last row" {
		t.Errorf("%+v", all)
	}
}

func TestLevelKey(t *testing.T) {
	digits, none := ui.Bind("0-4", "rate", "0", "3", "kp3"), ui.Bind("n", "none", "n")
	for _, x := range []struct {
		key  tea.KeyPressMsg
		want level.Level
		ok   bool
	}{
		{uitest.Key("0"), 0, true},
		{uitest.Key("3"), 3, true},
		{tea.KeyPressMsg{Code: tea.KeyKp3}, 3, true},
		{uitest.Key("n"), level.NoOpportunity, true},
		{uitest.Key("5"), 0, false},
	} {
		if l, ok := ui.LevelKey(x.key, digits, none); l != x.want || ok != x.ok {
			t.Errorf("%s: %v, %v", x.key, l, ok)
		}
	}
}

func TestNamedLeavesTheBindingAsItWas(t *testing.T) {
	b := ui.Bind("a", "add an action", "a")
	if n := ui.Named(b, "A", "add"); n.Help().Key != "A" || n.Help().Desc != "add" || b.Help().Desc != "add an action" || n.Keys()[0] != "a" {
		t.Errorf("%+v, was %+v", n.Help(), b.Help())
	}
}
