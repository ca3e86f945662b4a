package evidence

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// last presses keys and returns what the last one asked for.
func last(c *ui.Context, keys string) (*Screen, []ui.Ask) {
	s := shown(c)
	return s, uitest.Press(s, c, keys)
}

func TestKeysThatGoElsewhere(t *testing.T) {
	demo, fresh := uitest.Demo(80, 24), uitest.Fresh(80, 24)
	for _, x := range []struct {
		c    *ui.Context
		keys string
		want ui.Ask
	}{
		{demo, "j j k enter enter", ui.Go{To: ui.KSB, KSB: "S18"}},
		{demo, "o enter j enter", ui.Go{To: ui.KSB, KSB: "S23"}},
		{demo, "o enter j k enter", ui.Go{To: ui.KSB, KSB: "K23"}},
		{demo, "x c", ui.Go{To: ui.KSB, KSB: "S2"}},
		{demo, "right down c", ui.Go{To: ui.KSB, KSB: "B3"}},
		{demo, "u", ui.Undo{}},
		{fresh, "x enter", ui.Go{To: ui.Rate}},
		{fresh, "m enter", ui.Go{To: ui.Rate}},
	} {
		if _, asks := last(x.c, x.keys); !reflect.DeepEqual(asks, ui.Asks(x.want)) {
			t.Errorf("%s: %#v, want %#v", x.keys, asks, x.want)
		}
	}
	if s, _ := last(fresh, "o enter"); s.mode != allMode {
		t.Errorf("nothing old: list %d", s.mode)
	}
	if s, _ := last(demo, "m m"); s.mode != allMode {
		t.Errorf("its key again: list %d", s.mode)
	}
	if s, _ := last(demo, "enter x"); s.mode != claimsMode || s.piece != "" {
		t.Errorf("from a page: list %d, page %q", s.mode, s.piece)
	}
}

func TestEscape(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "enter")
	if !s.Escape(c) || s.Escape(c) {
		t.Error("Esc leaves the page, and then the screen")
	}
}

func TestAdd(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, x := range []struct {
		keys  string
		ksbs  string
		duty  int
		kinds int
	}{
		{"a", "", 0, len(profile.Kinds)},
		{"x enter", "S2", 1, len(profile.Kinds)},
		{"x down enter", "B3", 0, len(profile.Kinds)},
		{"w end enter", "K29", 8, len(profile.Kinds)},
		{"m enter", "S15, K15, K16, S16", 4, len(profile.Kinds) - 1},
	} {
		s, asks := last(c, x.keys)
		menu := asks[0].(ui.Choose)
		if n := len(menu.Options); n != x.kinds {
			t.Errorf("%s: %d kinds", x.keys, n)
		}
		asks = uitest.Picked(s, c, menu, x.kinds-1)
		edit := asks[0].(ui.Edit)
		if edit.Form.Fields[2].Value != x.ksbs || edit.Form.Fields[1].Value != uitest.Today.String() {
			t.Errorf("%s: %#v", x.keys, edit.Form)
		}
		values := map[string]string{"title": "A card", "on": "2026-10-01", "ksbs": "k7 and S7,k7", "where": "Folder", "witness": "J. Ode"}
		do := uitest.Sent(s, c, edit, values)[0].(ui.Do)
		e := do.Change.(profile.AddEvidence).Evidence
		if e.On != calendar.Of(2026, 10, 1) || e.Kind != "feedback" || strings.Join(e.KSBs, " ") != "K7 S7" || e.Duty != x.duty ||
			e.Where.Raw() != "Folder" || e.Witness.Raw() != "J. Ode" || e.ID == "" {
			t.Errorf("%s: %#v", x.keys, e)
		}
		p, err := do.Change.Apply(c.Profile, c.Standard)
		if err != nil {
			t.Fatal(err)
		}
		after := uitest.Context(p, 80, 24)
		want := ui.Asks(ui.Say{Text: keptSays(e, s.model(after).bare, nil)})
		if asks := uitest.Done(s, after, do); !reflect.DeepEqual(asks, want) {
			t.Errorf("%s: %#v", x.keys, asks)
		}
		s.mode, s.piece = allMode, ""
		if r, _ := s.chosen(s.model(after)); r.Key != e.ID && x.keys != "a" {
			t.Errorf("%s: the cursor is not on the new piece", x.keys)
		}
	}
}

func TestDateLeftOutIsToday(t *testing.T) {
	c := uitest.Demo(80, 24)
	s, asks := last(c, "a")
	edit := uitest.Picked(s, c, asks[0].(ui.Choose), 0)[0].(ui.Edit)
	do := uitest.Sent(s, c, edit, map[string]string{"title": "x", "ksbs": "K7"})[0].(ui.Do)
	if e := do.Change.(profile.AddEvidence).Evidence; e.On != uitest.Today {
		t.Errorf("%v", e.On)
	}
}

func TestEnterAtAKSB(t *testing.T) {
	c := uitest.Demo(80, 24)
	for ksb, want := range map[string]string{"S18": "e-m8kd", "S2": "S2", "K29": "K29", "K8": "e-u6nw"} {
		s := New()
		s.Update(ui.EnterMsg{Go: ui.Go{To: ui.Evidence, KSB: ksb}}, c)
		if r, _ := s.chosen(s.model(c)); r.Key != want {
			t.Errorf("%s: %s", ksb, r.Key)
		}
	}
}

// The page of a piece closes when undo removes the piece.
func TestPageOfAPieceThatIsGone(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "enter")
	p := c.Profile
	p.Evidence = p.Evidence[:3]
	c = uitest.Context(p, 80, 24)
	uitest.Fits(t, s.View(c), c)
	s.Update(ui.UndoneMsg{}, c)
	if s.piece != "" {
		t.Error("the page is still open")
	}
}

func TestMovementAndMouse(t *testing.T) {
	c := uitest.Demo(80, 24)
	end := len(c.Profile.Evidence) - 1
	for keys, want := range map[string]int{"end": end, "end home": 0, "up": 0, "pgdown": 7, "pgdown pgup": 0, "end down": end} {
		if s := shown(c, keys); s.lists[allMode].At(s.model(c).pageRows()) != want {
			t.Errorf("%s: row %d, want %d", keys, s.lists[allMode].At(s.model(c).pageRows()), want)
		}
	}
	s := shown(c)
	s.Update(ui.WheelMsg{Lines: 3}, c)
	s.Update(ui.RowMsg{Index: 5}, c)
	if s.lists[allMode].At(s.model(c).pageRows()) != 5 {
		t.Errorf("click: row %d", s.lists[allMode].At(s.model(c).pageRows()))
	}
	if s.Update(ui.RowMsg{Index: 5}, c); s.piece == "" {
		t.Error("the second click opens no page")
	}
}

func TestKeysAreTheirOwn(t *testing.T) {
	c := uitest.Demo(80, 24)
	for list, keys := range scenes {
		uitest.OwnKeys(t, "list "+list, shown(c, keys).Keys(c))
	}
}

func TestWords(t *testing.T) {
	of := func(ksbs ...string) profile.Evidence { return profile.Evidence{KSBs: ksbs} }
	for want, got := range map[string]string{
		"28 of your 41 gaps are without evidence. 2 more have nothing newer than 12 months. m shows where one piece would cover most.": gapsSays(model{bare: 28, old: 2, gaps: 41, limit: 12}),
		"1 of your 1 gap is without evidence. m shows where one piece would cover most.":                                               gapsSays(model{bare: 1, gaps: 1}),
		"1 of your 3 gaps has nothing newer than 12 months. m shows where one piece would cover most.":                                 gapsSays(model{old: 1, gaps: 3, limit: 12}),
		" K7 has nothing newer.":                      nothingNewer([]string{"K7"}),
		" 6 KSBs have nothing newer.":                 nothingNewer(make([]string, 6)),
		" All that they show has newer evidence too.": nothingNewer(nil),

		"Kept for K7. 1 gap is without evidence.":                keptSays(of("K7"), 1, nil),
		"Kept for K7, S7 and B1.":                                keptSays(of("K7", "S7", "B1"), 0, nil),
		"S21 is not rated yet, so it closes no gap. It is kept.": keptSays(of("S21"), 25, []string{"S21"}),
		"S21 and S22 are not rated yet, so they close no gap. It is kept.": keptSays(of("S21", "S22"), 25,
			[]string{"S21", "S22"}),
		"Kept for K7 and S21. S21 is not rated yet, so it closes no gap. 25 gaps are without evidence.": keptSays(
			of("K7", "S21"), 25, []string{"S21"}),
		"0 pieces":                               headSays(model{}, "-"),
		"1 piece - 0 of 2 gaps without evidence": headSays(model{pieces: 1, gaps: 2}, "-"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Where a project would leave one piece for several gaps, the row names it, and the right pane says what it leaves.
func TestAProjectIsNamed(t *testing.T) {
	c := uitest.Fresh(120, 40)
	for _, id := range []string{"K26", "S26", "S28", "K25"} {
		c = uitest.With(c, profile.Rate{KSB: id, By: profile.Self, Level: 1, On: uitest.Today})
	}
	wide := uitest.Draw(shown(c, "m").View(c), c)
	c.Size.W, c.Size.H, c.Size.Wide = 80, 21, false
	usual := uitest.Draw(shown(c, "m").View(c), c)
	for want, text := range map[string]string{
		"could show K25, K26, S26 and S28 · Audit one result from end": usual, "Such as from this project": wide, "It leaves: The": wide,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing of %q in\n%s", want, text)
		}
	}
}

func TestInHand(t *testing.T) {
	c := uitest.Demo(80, 24)
	for keys, want := range map[string]ui.Hand{
		"": {}, "x": {KSBs: []string{"S2"}, Duty: 1}, "o": {KSBs: []string{"K23", "S23"}}, "enter": {KSBs: []string{"B1"}},
		"m": {KSBs: []string{"S15", "K15", "K16", "S16"}, Duty: 4},
	} {
		if got := shown(c, keys).InHand(c); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", keys, got, want)
		}
	}
	if got := shown(uitest.Fresh(80, 24)).InHand(c); !reflect.DeepEqual(got, ui.Hand{}) {
		t.Errorf("nothing kept: %+v", got)
	}
}

// did makes a change as the root would, and returns the context after it and what the screen then said.
func did(t *testing.T, s *Screen, asks []ui.Ask, c *ui.Context) (*ui.Context, string) {
	t.Helper()
	do, ok := asks[0].(ui.Do)
	if !ok {
		t.Fatalf("%#v", asks)
	}
	p, err := do.Change.Apply(c.Profile, c.Standard)
	if err != nil {
		t.Fatal(err)
	}
	after := uitest.Context(p, 80, 24)
	for _, ask := range uitest.Done(s, after, do) {
		if say, ok := ask.(ui.Say); ok {
			return after, say.Text
		}
	}
	return after, ""
}

// Every field of a piece can be changed: from the list of all, from the list of old ones and on its page.
func TestEdit(t *testing.T) {
	c := uitest.Demo(80, 24)
	for keys, id := range map[string]string{"d": "e-u6nw", "down d": "e-m8kd", "o d": "e-9wd2", "down enter d": "e-m8kd"} {
		s, asks := last(c, keys)
		edit := asks[0].(ui.Edit)
		was, _ := c.Profile.Piece(id)
		values := map[string]string{}
		for _, f := range edit.Form.Fields {
			values[f.ID] = f.Value
			if f.Check != nil && f.Check(f.Value) != "" {
				t.Errorf("%s: %s is refused: %s", keys, f.ID, f.Check(f.Value))
			}
		}
		same, says := did(t, s, uitest.Sent(s, c, edit, values), c)
		if got, _ := same.Profile.Piece(id); !reflect.DeepEqual(got, was) || says != "Changed." {
			t.Errorf("%s: sent off as it was: %+v, %q", keys, got, says)
		}
		for field, text := range map[string]string{"title": "New", "on": "2026-11-01", "ksbs": "K7 and s7", "kind": "witness", "where": "Drawer", "witness": "R. Lindqvist", "duty": "2"} {
			values[field] = text
		}
		after, _ := did(t, s, uitest.Sent(s, c, edit, values), c)
		e, _ := after.Profile.Piece(id)
		if e.Title.Raw() != "New" || e.On != calendar.Of(2026, 11, 1) || strings.Join(e.KSBs, " ") != "K7 S7" || e.Kind != "witness-testimony" ||
			e.Where.Raw() != "Drawer" || e.Witness.Raw() != "R. Lindqvist" || e.Duty != 2 {
			t.Errorf("%s: %+v", keys, e)
		}
	}
}

func TestRemove(t *testing.T) {
	c := uitest.Demo(80, 24)
	s, asks := last(c, "down enter r")
	menu := asks[0].(ui.Choose)
	if want := "Stopped a screenshot of a worklist going into the team chat, 9 Nov 2026. The thing itself stays where it is."; !strings.HasPrefix(menu.Says, want) {
		t.Errorf("%q", menu.Says)
	}
	if got := uitest.Picked(s, c, menu, 0); len(got) > 0 {
		t.Errorf("left: %#v", got)
	}
	after, says := did(t, s, uitest.Picked(s, c, menu, 1), c)
	if _, there := after.Profile.Piece("e-m8kd"); there || says != "Removed; u brings it back." || s.piece != "" {
		t.Errorf("%q, page %q", says, s.piece)
	}
	if r, _ := s.chosen(s.model(after)); r.Key != "e-x4tm" {
		t.Errorf("the cursor is on %s", r.Key)
	}
	s.Update(ui.UndoneMsg{Change: profile.RemoveEvidence{ID: "e-m8kd"}}, c)
	if r, _ := s.chosen(s.model(c)); r.Key != "e-m8kd" {
		t.Errorf("after undo the cursor is on %s", r.Key)
	}
}

// Before and after removing the only evidence of a claim, the screen says which claim it was.
func TestRemovingTheOnlyEvidenceOfAClaim(t *testing.T) {
	c := uitest.Demo(80, 24)
	claim := ""
	for _, e := range newestFirst(c.Profile.Evidence) {
		if lost := unsupportedBy(profile.RemoveEvidence{ID: e.ID}, c); len(lost) > 0 && claim == "" {
			claim = e.ID
		}
	}
	s := shown(c)
	s.lists[allMode].Choose(claim)
	menu := uitest.Press(s, c, "r")[0].(ui.Choose)
	if !strings.Contains(menu.Says, " would be without a recent example: ") {
		t.Fatalf("%s: %q", claim, menu.Says)
	}
	after, says := did(t, s, uitest.Picked(s, c, menu, 1), c)
	lost := unsupportedBy(profile.RemoveEvidence{ID: claim}, c)
	if row, _ := after.Report.Row(lost[0]); !row.Unsupported() || !strings.HasPrefix(says, "Removed; u brings it back. "+words.List(lost)) {
		t.Errorf("%q", says)
	}
}

func TestNothingChosenToChange(t *testing.T) {
	for _, keys := range []string{"x d", "w r", "m d"} {
		if _, asks := last(uitest.Demo(80, 24), keys); !reflect.DeepEqual(asks, ui.Asks(ui.Say{Text: chooseAPiece})) {
			t.Errorf("%s: %#v", keys, asks)
		}
	}
	if _, asks := last(uitest.Fresh(80, 24), "d"); !reflect.DeepEqual(asks, ui.Asks(ui.Say{Text: chooseAPiece})) {
		t.Errorf("nothing kept: %#v", asks)
	}
}

// A narrow row never cuts off what is wrong with a piece or a claim.
func TestANarrowRowSaysWhatIsWrong(t *testing.T) {
	c := uitest.Demo(60, 20)
	day := calendar.Of(2025, 11, 20)
	c = uitest.With(c,
		profile.AddEvidence{Evidence: profile.Evidence{
			ID: "e-old", Title: safetext.New("Old"), KSBs: []string{"K23", "S23", "K7", "S7"}, On: day, Kind: "observed-procedure",
		}},
		profile.Rate{KSB: "K23", By: profile.Self, Level: 3, On: calendar.Of(2026, 11, 20)})
	for keys, want := range map[string]string{"": profile.KindName("observed-procedure") + " · too old", "x": "too old: newest of 20 Nov 2025\n"} {
		s := shown(c, strings.Fields(keys)...)
		seen := ""
		for range 20 {
			seen += uitest.Draw(s.View(c), c) + "\n"
			uitest.Press(s, c, "down")
		}
		if !strings.Contains(seen, want) {
			t.Errorf("%q: no %q in\n%s", keys, want, seen)
		}
	}
}
