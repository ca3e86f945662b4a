package progress

import (
	"reflect"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestKeysThatGoElsewhere(t *testing.T) {
	fresh, four, one, noStart := uitest.Fresh(80, 24), rounds(4, 80, 24), rounds(1, 80, 24), uitest.WithoutStart(80, 24)
	for _, x := range []struct {
		name string
		c    *ui.Context
		keys string
		want ui.Ask
	}{
		{"fresh", fresh, "enter", ui.Go{To: ui.Rate}},
		{"fresh", fresh, "f enter", ui.Go{To: ui.Rate}},
		{"four", four, "down enter down enter", ui.Go{To: ui.KSB, KSB: "K7"}},
		{"four", four, "enter right enter", ui.Go{To: ui.KSB, KSB: "K6"}},
		{"four", four, "enter left l h l end home enter", ui.Go{To: ui.KSB, KSB: "K6"}},
		{"four", four, "b enter", ui.Go{To: ui.Gaps}},
		{"four", four, "right right enter", ui.Go{To: ui.Gaps}},
		{"one", one, "b enter", ui.Go{To: ui.Home}},
		{"one", one, "left enter", ui.Go{To: ui.Rate}},
		{"no start", noStart, "f enter", ui.Go{To: ui.Home}},
	} {
		if asks := uitest.Press(shown(x.c), x.c, x.keys); !reflect.DeepEqual(asks, ui.Asks(x.want)) {
			t.Errorf("%s, %s: %#v, want %#v", x.name, x.keys, asks, x.want)
		}
	}
}

func TestPageOfADuty(t *testing.T) {
	c := rounds(4, 80, 24)
	s := shown(c, "enter")
	if !s.Escape(c) || s.Escape(c) {
		t.Error("Esc leaves the page, and then the screen")
	}
	s.Update(ui.EnterMsg{Go: ui.Go{To: ui.Progress, KSB: "S7"}}, c)
	if asks := uitest.Press(s, c, "enter"); !reflect.DeepEqual(asks, ui.Asks(ui.Go{To: ui.KSB, KSB: "S7"})) {
		t.Errorf("%#v", asks)
	}
	if uitest.Press(s, c, "f"); s.open || s.mode != forecastMode {
		t.Error("f does not lead to the forecast")
	}
	fresh := uitest.Fresh(80, 24)
	s = New()
	if s.Update(ui.EnterMsg{Go: ui.Go{KSB: "S7"}}, fresh); s.open {
		t.Error("a page with no round in it")
	}
}

func TestMouse(t *testing.T) {
	c := rounds(4, 80, 24)
	s := shown(c)
	s.Update(ui.WheelMsg{Lines: 3}, c)
	s.Update(ui.RowMsg{Index: 5}, c)
	if _, at := s.duty(c); at != 5 || s.open {
		t.Errorf("duty %d", at)
	}
	if s.Update(ui.RowMsg{Index: 5}, c); !s.open {
		t.Error("the second click opens no page")
	}
	s.Update(ui.RowMsg{Index: 2}, c)
	if at := s.ksbs.At(s.ksbRows(c)); at != 2 {
		t.Errorf("KSB %d", at)
	}
}

// The past is worked out once for each revision of the record.
func TestThePastIsWorkedOutOnce(t *testing.T) {
	c := rounds(4, 80, 24)
	s := shown(c)
	before := s.past
	uitest.Press(s, c, "down")
	if s.past != before {
		t.Error("a move of the cursor reckons anew")
	}
	c = rounds(5, 80, 24)
	if s.Update(ui.BackMsg{}, c); len(s.past.moments) != 5 {
		t.Error("a changed record does not")
	}
}

func TestPairsAreOverTheSameKSBs(t *testing.T) {
	p := newPast(rounds(4, 80, 24))
	for _, k := range p.kinds {
		if k.self.means[0].known || k.mentor.means[0].known {
			t.Errorf("%s: the mentor has not rated in the first round", k.kind)
		}
		if k.both == 0 || !k.self.now().known || k.self.now().level < k.mentor.now().level {
			t.Errorf("%s: %d, you %v, mentor %v", k.kind, k.both, k.self.now(), k.mentor.now())
		}
	}
}

func TestFigure(t *testing.T) {
	l := func(n level.Level) *level.Level { return &n }
	for want, x := range map[string]cell{
		".": {}, "2": {level: l(2)}, "n": {level: l(level.NoOpportunity)}, "2a": {level: l(2), agreed: true}, "2a m1": {l(2), true, l(1)},
		"2  m1": {level: l(2), mentor: l(1)}, ".  mn": {mentor: l(level.NoOpportunity)},
	} {
		if got := x.figure("."); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestColumn(t *testing.T) {
	th := theme.New(true, false)
	for m, want := range map[mean]string{{}: " ", {0, true}: "▁", {1, true}: "▃", {2, true}: "▅", {2.9, true}: "▇", {3, true}: "█", {4, true}: "█"} {
		if got := column(th, m, 3); got != want {
			t.Errorf("%v: %s, want %s", m, got, want)
		}
	}
}

func TestAgainst(t *testing.T) {
	for want, x := range map[string][2]float64{"on track": {1.96, 2.04}, "0.1 below": {1.94, 2}, "0.5 above": {2.5, 2}} {
		if got := compared(x[0], x[1]); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}

func TestGridGivesWay(t *testing.T) {
	p := newPast(rounds(12, 80, 24))
	for _, x := range []struct {
		w           int
		table       bool
		rounds      int
		met, wanted bool
	}{
		{83, false, 12, true, true},
		{75, false, 12, false, true},
		{55, false, 12, false, false},
		{35, false, 12, false, false},
		{30, false, 8, false, false},
		{123, true, 12, true, true},
		{115, true, 12, false, true},
		{75, true, 12, false, false},
		{55, true, 8, false, false},
	} {
		g := gridFor(p, x.w, x.table)
		if g.rounds != x.rounds || g.met != x.met || g.expected != x.wanted || g.from != 12-g.rounds {
			t.Errorf("%d: %+v", x.w, g)
		}
	}
}

func TestKeysAreTheirOwn(t *testing.T) {
	c := rounds(4, 80, 24)
	for part, keys := range parts {
		uitest.OwnKeys(t, part, shown(c, keys).Keys(c))
	}
}

func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := rounds(4, 80, 24)
	uitest.CursorMoves(t, shown(c, "enter"), c)
}
