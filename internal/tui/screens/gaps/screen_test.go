package gaps

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// last presses keys and returns what the last one asked for.
func last(c *ui.Context, keys string) (*Screen, []ui.Ask) {
	s := shown(c)
	return s, uitest.Press(s, c, keys)
}

// at is the index of the row under the cursor.
func at(s *Screen, c *ui.Context) int { return s.lists[s.mode].At(s.table(c).Rows) }

func TestKeysThatGoElsewhere(t *testing.T) {
	demo, fresh := uitest.Demo(80, 24), uitest.Fresh(80, 24)
	for _, x := range []struct {
		c    *ui.Context
		keys string
		want ui.Ask
	}{
		{demo, "enter", ui.Go{To: ui.Plan, KSB: "K8"}},
		{demo, "down enter", ui.Go{To: ui.Plan, KSB: "K26"}},
		{demo, "j j k enter", ui.Go{To: ui.Plan, KSB: "K26"}},
		{demo, "c", ui.Go{To: ui.KSB, KSB: "K8"}},
		{demo, "r", ui.Go{To: ui.Rate, KSB: "K8"}},
		{demo, "p", ui.Go{To: ui.Plan, KSB: "K8"}},
		{demo, "u", ui.Undo{}},
		{demo, "+ enter", ui.Go{To: ui.KSB, KSB: "K18"}},
		{demo, "+ p", ui.Go{To: ui.Plan, KSB: "K18"}},
		{demo, "o enter", ui.Go{To: ui.KSB, KSB: "S24"}},
		{demo, "o o enter", ui.Go{To: ui.Plan, KSB: "K8"}},
		{demo, "right right enter", ui.Go{To: ui.KSB, KSB: "S24"}},
		{demo, "left left h g enter", ui.Go{To: ui.Plan, KSB: "K8"}},
		{demo, "m j enter enter", ui.Go{To: ui.Plan, KSB: "K8"}},
		{demo, "m down down down down down down enter enter", ui.Go{To: ui.Plan, KSB: "K26"}},
		{fresh, "enter", ui.Go{To: ui.Rate}},
		{fresh, "m enter", ui.Go{To: ui.Rate}},
	} {
		if _, asks := last(x.c, x.keys); !reflect.DeepEqual(asks, ui.Asks(x.want)) {
			t.Errorf("%s: %#v, want %#v", x.keys, asks, x.want)
		}
	}
	for _, k := range []string{"c", "r", "p", "e"} {
		if _, asks := last(fresh, k); asks != nil {
			t.Errorf("%s with nothing rated: %#v", k, asks)
		}
	}
}

func TestEveryMovementKey(t *testing.T) {
	c := uitest.Demo(80, 24)
	for keys, want := range map[string]int{
		"end": 40, "end home": 0, "up": 0, "pgdown": 8, "pgdown pgdown": 16, "pgdown pgup": 0, "end pgup": 32, "end down": 40,
	} {
		if s := shown(c, keys); at(s, c) != want {
			t.Errorf("%s: row %d, want %d", keys, at(s, c), want)
		}
	}
	s := shown(c)
	s.Update(ui.WheelMsg{Lines: 3}, c)
	s.Update(ui.WheelMsg{Lines: -1}, c)
	if at(s, c) != 2 {
		t.Errorf("wheel: row %d", at(s, c))
	}
	page := s.View(c)
	for y, i := range page.Rows {
		if i == 5 {
			s.Update(ui.RowMsg{Index: page.Rows[y]}, c)
		}
	}
	if at(s, c) != 5 {
		t.Errorf("click: row %d", at(s, c))
	}
	if asks := s.Update(ui.RowMsg{Index: 5}, c); !reflect.DeepEqual(asks, ui.Asks(ui.Go{To: ui.Plan, KSB: "S15"})) {
		t.Errorf("second click: %#v", asks)
	}
}

func TestExample(t *testing.T) {
	c := uitest.Demo(80, 24)
	for keys, want := range map[string]struct {
		ksb  string
		duty int
	}{
		"e":                          {"K8", 2},
		"x enter":                    {"S2", 1},
		"x down e":                   {"B3", 0},
		"m end up up up enter end e": {"B6", 7}, // a behaviour, in the duty that is shown
	} {
		s, asks := last(c, keys)
		if len(asks) != 1 {
			t.Fatalf("%s: %#v", keys, asks)
		}
		edit := asks[0].(ui.Edit)
		if edit.Form.Key != "example:"+want.ksb || edit.Form.Fields[1].Value != uitest.Today.String() {
			t.Errorf("%s: %#v", keys, edit)
		}
		asks = uitest.Sent(s, c, edit, ui.Values{"title": "Showed it back", "on": "2026-10-01"})
		do := asks[0].(ui.Do)
		e := do.Change.(profile.AddEvidence).Evidence
		if e.On != calendar.Of(2026, 10, 1) || e.Kind != profile.KindExample || e.KSBs[0] != want.ksb || e.Duty != want.duty || e.ID == "" {
			t.Errorf("%s: %#v", keys, e)
		}
		if _, err := do.Change.Apply(c.Profile, c.Standard); err != nil {
			t.Errorf("%s: %v", keys, err)
		}
		if asks = uitest.Done(s, c, do); !reflect.DeepEqual(asks, ui.Asks(ui.Say{Text: "Example kept for " + want.ksb + "."})) {
			t.Errorf("%s: %#v", keys, asks)
		}
	}
}

func TestExampleWithoutDateIsOfToday(t *testing.T) {
	c := uitest.Demo(80, 24)
	s, asks := last(c, "e")
	asks = uitest.Sent(s, c, asks[0].(ui.Edit), ui.Values{"title": "x"})
	if e := asks[0].(ui.Do).Change.(profile.AddEvidence).Evidence; e.On != uitest.Today {
		t.Errorf("%v", e.On)
	}
}

func TestMenus(t *testing.T) {
	c := uitest.Demo(80, 24)
	s, asks := last(c, "end f")
	ask := asks[0].(ui.Choose)
	if len(ask.Options) != 6+len(c.Standard.Duties) || ask.Options[0].Text != "All (41)" || ask.Options[6].Text != "Duty 1, Legal and professional practice (10)" {
		t.Errorf("%+v", ask.Options)
	}
	uitest.Picked(s, c, ask, 3)
	m := s.model(c)
	if at(s, c) != 0 || len(m.rows) == 0 || m.rows[0].KSB.ID != "S25" {
		t.Errorf("skills: row %d of %d, first %s", at(s, c), len(m.rows), m.rows[0].KSB.ID)
	}
	asks = uitest.Press(s, c, "s")
	ask = asks[0].(ui.Choose)
	if len(ask.Options) != len(orders) {
		t.Errorf("%+v", ask.Options)
	}
	uitest.Picked(s, c, ask, int(byDuty))
	if m = s.model(c); m.rows[0].KSB.ID != "S1" {
		t.Errorf("by duty: first %s", m.rows[0].KSB.ID)
	}
}

// rerated is the demo learner after one more rating.
func rerated(t *testing.T, c *ui.Context, ksb string) *ui.Context {
	t.Helper()
	p, err := profile.Rate{KSB: ksb, By: profile.Self, Level: 3, On: uitest.Today}.Apply(c.Profile, c.Standard)
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Context(p, 80, 24)
}

func TestCursorStaysOnItsKSB(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "down", "down", "down")
	ksb := func(c *ui.Context) string { row, _ := s.chosen(s.table(c), c); return row.KSB.ID }
	if ksb(c) != "K4" {
		t.Fatal(ksb(c))
	}
	c = rerated(t, c, "K26")
	s.Update(ui.EnterMsg{}, c)
	if ksb(c) != "K4" || at(s, c) != 2 {
		t.Errorf("one above left: %s, row %d", ksb(c), at(s, c))
	}
	c = rerated(t, c, "K4")
	if ksb(c) != "S11" {
		t.Errorf("it left itself, drawn before any key: %s", ksb(c))
	}
	s.Update(ui.EnterMsg{}, c)
	if ksb(c) != "S11" {
		t.Errorf("it left itself: %s", ksb(c))
	}
}

func TestEnterAtAKSB(t *testing.T) {
	c := uitest.Demo(80, 24)
	for ksb, want := range map[string]mode{"S9": gapsMode, "K18": strengthsMode, "S30": chanceMode} {
		s := New()
		s.filter = filter{part: behaviours}
		s.Update(ui.EnterMsg{Go: ui.Go{To: ui.Gaps, KSB: ksb}}, c)
		if row, _ := s.chosen(s.table(c), c); row.KSB.ID != ksb || s.mode != want {
			t.Errorf("%s: list %d, %s", ksb, s.mode, row.KSB.ID)
		}
	}
}

func TestEmptyListsLeadOn(t *testing.T) {
	p := profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Sam")}}
	rate := func(ksb string) {
		c := uitest.Context(p, 80, 24)
		var err error
		if p, err = (profile.Rate{KSB: ksb, By: profile.Self, Level: 3, On: uitest.Today}).Apply(p, c.Standard); err != nil {
			t.Fatal(err)
		}
	}
	rate("K1")
	c := uitest.Context(p, 80, 24)
	if _, asks := last(c, "enter"); !reflect.DeepEqual(asks, ui.Asks(ui.Go{To: ui.Rate})) {
		t.Errorf("no gaps so far: %#v", asks)
	}
	if s, _ := last(c, "o enter"); s.mode != gapsMode {
		t.Errorf("no opportunity gaps: list %d", s.mode)
	}
	s := shown(c, "+")
	s.filter = filter{part: skills}
	if uitest.Press(s, c, "enter"); s.filter.part != everything || s.mode != strengthsMode {
		t.Errorf("filtered away: %+v in list %d", s.filter, s.mode)
	}
	for _, id := range c.Standard.Walk() {
		rate(id)
	}
	c = uitest.Context(p, 80, 24)
	if s, _ := last(c, "enter"); s.mode != strengthsMode {
		t.Errorf("all at target: list %d", s.mode)
	}
}

func TestKeysAreTheirOwn(t *testing.T) {
	c := uitest.Demo(80, 24)
	for m := range modes {
		uitest.OwnKeys(t, fmt.Sprintf("list %d", m), listed(m).Keys(c))
	}
}
