package ksb

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestKeysThatGoElsewhere(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, x := range []struct {
		ksb, key string
		want     ui.Ask
	}{
		{"K8", "enter", ui.Go{To: ui.Plan, KSB: "K8"}},
		{"K21", "enter", ui.Go{To: ui.Rate, KSB: "K21"}},
		{"S6", "p", ui.Go{To: ui.Plan, KSB: "S6"}},
		{"S6", "r", ui.Go{To: ui.Rate, KSB: "S6"}},
		{"S6", "u", ui.Undo{}},
		{"K1", "left", ui.Say{Text: "K1 is the first KSB of the walk."}},
		{"S18", "l", ui.Say{Text: "S18 is the last KSB of the walk."}},
	} {
		if asks := uitest.Press(shown(c, x.ksb), c, x.key); !reflect.DeepEqual(asks, ui.Asks(x.want)) {
			t.Errorf("%s %s: %#v, want %#v", x.ksb, x.key, asks, x.want)
		}
	}
}

func TestEnterWithinThePage(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "S24", "enter")
	if got := s.doc(c).name(s.section); got != supportName || s.top == 0 {
		t.Errorf("no opportunity: %s", got)
	}
	if s = shown(c, "K18", "enter"); s.ksb == "K18" {
		t.Error("a strength goes on to the next KSB")
	}
	asks := uitest.Press(shown(c, "S2"), c, "enter")
	if edit, ok := asks[0].(ui.Edit); !ok || edit.Form.Key != "example:S2" {
		t.Errorf("a claim without example: %#v", asks)
	}
}

// Where several mentors rated in a round, the page shows each of them.
func TestEveryMentorIsShown(t *testing.T) {
	page := whole(uitest.Demo(120, 40), "S7")
	for _, words := range []string{"2 Supported, 12 Nov 2026, by J. Ode", "1 Aware, 10 Nov 2026, by R. Lindqvist. Note: Finds the fault"} {
		if !strings.Contains(page, words) {
			t.Errorf("no %q on\n%s", words, page)
		}
	}
}

func TestWhatIsShownFirst(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "")
	if s.ksb != "K1" {
		t.Errorf("nothing asked for: %s", s.ksb)
	}
	c.Position = "S7"
	if s = shown(c, ""); s.ksb != "S7" {
		t.Errorf("where the learner stopped: %s", s.ksb)
	}
	if s = shown(c, "Q9"); s.ksb != "S7" {
		t.Errorf("unknown: %s", s.ksb)
	}
	s = shown(c, "S6", "tab", "tab", "tab")
	top := s.top
	s.Update(ui.EnterMsg{Go: ui.Go{To: ui.KSB, KSB: "S6"}}, c)
	if s.top != top || top == 0 {
		t.Errorf("back on the same page: line %d, was %d", s.top, top)
	}
	s.Update(ui.EnterMsg{Go: ui.Go{To: ui.KSB, KSB: "K7"}}, c)
	if s.ksb != "K7" || s.top != 0 || s.content.entry.KSB != "K7" {
		t.Errorf("another: %s, line %d, words of %s", s.ksb, s.top, s.content.entry.KSB)
	}
}

func TestSections(t *testing.T) {
	c := uitest.Demo(80, 24)
	name := func(s *Screen) string { return s.doc(c).name(s.section) }
	for keys, want := range map[string]string{
		"":                      "Official wording",
		"tab":                   "Where you stand",
		"tab tab shift+tab":     "Where you stand",
		"shift+tab":             coaching.ReadingsHead, // S6 has none of its own and shows those of K6
		"shift+tab tab":         "Official wording",
		"tab tab tab tab tab":   "Actions to try",
		"end":                   coaching.ReadingsHead,
		"end home":              "Official wording",
		"tab tab tab up":        "What good looks like", // the blank line above belongs to it
		"tab tab tab up up":     "Ratings so far",
		"down down down":        "Official wording",
		"j j j j":               "Where you stand",
		"tab tab tab right":     "What good looks like",
		"tab tab left":          "Ratings so far",
		"tab tab tab tab right": "In different fields",
	} {
		if got := name(shown(c, "S6", keys)); got != want {
			t.Errorf("%q: %s, want %s", keys, got, want)
		}
	}
}

// The last sections of a page never come to its top, but scrolling on still reaches them.
func TestEverySectionIsReachedByScrolling(t *testing.T) {
	c := uitest.Demo(80, 60)
	s := shown(c, "S6")
	seen := map[int]bool{}
	for range 400 {
		seen[s.section] = true
		uitest.Press(s, c, "down")
	}
	if n := len(s.doc(c).sections); len(seen) != n {
		t.Errorf("%d of %d sections", len(seen), n)
	}
	for range 400 {
		s.Update(ui.WheelMsg{Lines: -1}, c)
	}
	if s.section != 0 || s.top != 0 {
		t.Errorf("section %d, line %d after scrolling all the way up", s.section, s.top)
	}
}

// On a wide terminal the arrows choose a section, even one that never comes to the top, and the terminal's cursor is on
// it. Page Down, the space bar and the wheel scroll the text at once.
func TestTheOutlineIsAList(t *testing.T) {
	for _, rows := range []int{12, 40, 60} {
		c := uitest.Demo(120, rows)
		s := shown(c, "S6")
		n := len(s.doc(c).sections)
		for i := range n {
			p := s.View(c)
			if got := p.Rows[p.Cursor.Y]; s.section != i || got != i || p.Side.Scrolls {
				t.Fatalf("%d rows, after %d times down: section %d, cursor on %d", rows, i, s.section, got)
			}
			uitest.Press(s, c, "down")
		}
		if s.section != n-1 {
			t.Errorf("down goes on from the last section to %d", s.section)
		}
		if uitest.Press(s, c, "home"); s.section != 0 || s.top != 0 {
			t.Errorf("home: section %d, line %d", s.section, s.top)
		}
		if uitest.Press(s, c, "end"); s.section != n-1 {
			t.Errorf("end: section %d of %d", s.section, n)
		}
	}
	c := uitest.Demo(120, 20)
	for _, key := range []string{"pgdown", "space"} {
		s := shown(c, "S6", key)
		if s.top != c.Size.H-2 || !s.View(c).Side.Scrolls {
			t.Errorf("%s: line %d", key, s.top)
		}
	}
	s := shown(c, "S6")
	s.Update(ui.WheelMsg{Lines: 1}, c)
	if s.top != 1 || !s.View(c).Side.Scrolls {
		t.Errorf("the wheel: line %d", s.top)
	}
}

func TestClickOnTheOutline(t *testing.T) {
	c := uitest.Demo(120, 40)
	s := shown(c, "S6")
	s.Update(ui.RowMsg{Index: s.View(c).Rows[5]}, c)
	if got := s.doc(c).name(s.section); got != "Actions to try" {
		t.Error(got)
	}
	s.Update(ui.RowMsg{Index: 99}, c)
}

func TestExample(t *testing.T) {
	c := uitest.Demo(80, 24)
	for ksb, duty := range map[string]int{"S6": 2, "B1": 0} {
		s := shown(c, ksb)
		edit := uitest.Press(s, c, "e")[0].(ui.Edit)
		if edit.Form.Key != "example:"+ksb || !strings.Contains(edit.Form.Says, s.content.entry.Prompt) {
			t.Errorf("%#v", edit.Form)
		}
		for on, want := range map[string]calendar.Date{"": uitest.Today, "2026-10-01": calendar.Of(2026, 10, 1)} {
			do := uitest.Sent(s, c, edit, ui.Values{"title": "Found it", "on": on})[0].(ui.Do)
			e := do.Change.(profile.AddEvidence).Evidence
			if e.On != want || e.Duty != duty || e.Kind != profile.KindExample || e.Title.String() != "Found it" {
				t.Errorf("%#v", e)
			}
			if _, err := do.Change.Apply(c.Profile, c.Standard); err != nil {
				t.Error(err)
			}
			if asks := uitest.Done(s, c, do); !reflect.DeepEqual(asks, ui.Asks(ui.Say{Text: "Example kept for " + ksb + "."})) {
				t.Errorf("%#v", asks)
			}
		}
	}
}

func TestTarget(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "S17")
	ask := uitest.Press(s, c, "t")[0].(ui.Choose)
	if len(ask.Options) != 4 || ask.Options[3].Key != "4" || ask.Options[3].Text != "Leads others, as it is now" || ask.Options[0].Says != "have observed or simulated it" {
		t.Errorf("%+v", ask.Options)
	}
	do := uitest.Picked(s, c, ask, 1)[0].(ui.Do)
	if do.Change != (profile.SetTarget{KSB: "S17", Level: 2, Default: 3}) {
		t.Errorf("%#v", do.Change)
	}
	if asks := uitest.Done(s, c, do); !reflect.DeepEqual(asks, ui.Asks(ui.Say{Text: "Target of S17 is 2."})) {
		t.Errorf("%#v", asks)
	}
}

// After a change made elsewhere the page shows it, though no key has been pressed.
func TestPageFollowsTheRecord(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "K21")
	p, err := profile.Rate{KSB: "K21", By: profile.Self, Level: 2, On: uitest.Today}.Apply(c.Profile, c.Standard)
	if err != nil {
		t.Fatal(err)
	}
	c = uitest.Context(p, 80, 24)
	c.Rev = 2
	if frame := uitest.Draw(s.View(c), c); !strings.Contains(frame, "2 Supported") {
		t.Error(frame)
	}
}

func TestCoachingThatIsNotWritten(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "S4")
	s.content = content{ksb: "S4"}
	s.keptFor = version{}
	c.Size.H = 100
	frame := uitest.Draw(s.View(c), c)
	for _, want := range []string{"Coaching for this KSB is not written yet.", othersToo} {
		if !strings.Contains(frame, want) {
			t.Errorf("%q is missing in\n%s", want, frame)
		}
	}
	for _, padding := range []string{"What good looks like\n", "Facts behind it", "Actions to try"} {
		if strings.Contains(frame, padding) {
			t.Errorf("an empty section %q", padding)
		}
	}
}

func TestCards(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "S6")
	s.content.cards = []coaching.Card{{
		Title: "Old\x1b[2J", Facts: []string{"One.", "Two."}, Authority: "Somebody", Confirm: true,
		Checked: calendar.Of(2025, 1, 2), ReviewBy: calendar.Of(2026, 11, 21),
		URL: "https://www.hta.gov.uk/a", Locator: "Section 3", Status: coaching.Changing, Changed: "A second edition.", Since: calendar.Of(2026, 2, 1),
	}, {Title: "New", Facts: []string{"Three."}, Authority: "Else", Checked: calendar.Of(2026, 11, 1), ReviewBy: uitest.Today}}
	s.content.readings = nil
	s.keptFor = version{}
	c.Size.H = 300
	_, frame, _ := strings.Cut(uitest.Draw(s.View(c), c), "Facts behind it\n")
	want := `  Old�[2J
  - One.
  - Two.
  new       A second edition.
  Somebody
  Section 3
  https://www.hta.gov.uk/a
  due to be checked again since 21 Nov 2026; last checked 2 Jan 2025
  confirm before you rely on it
  this is changing: look it up before you quote it

  New
  - Three.
  Else
  checked 1 Nov 2026, to be checked again by 22 Nov 2026
`
	if frame != want {
		t.Errorf("got\n%s\nwant\n%s", frame, want)
	}
}

func TestNextStep(t *testing.T) {
	c := uitest.Demo(80, 24)
	for ksb, want := range map[string]next{"K21": stepRate, "K8": stepPlan, "S24": stepSupport, "K19": stepExample, "K18": stepNext} {
		row, _ := c.Report.Row(ksb)
		if got := nextStep(row, true); got != want {
			t.Errorf("%s: %s, want %s", ksb, got, want)
		}
	}
	row, _ := c.Report.Row("S24")
	if nextStep(row, false) != stepPlan {
		t.Error("without coaching there is no support to jump to")
	}
}

func TestStanding(t *testing.T) {
	c := uitest.Demo(80, 24)
	note := safetext.New("a\x1b]0;x\x07b\nc")
	p, err := profile.Rate{KSB: "K5", By: profile.Self, Level: 3, On: uitest.Today, Note: &note}.Apply(c.Profile, c.Standard)
	if err != nil {
		t.Fatal(err)
	}
	p.Learner.Start = calendar.Date{}
	p.Targets = map[string]level.Level{"K5": 2}
	c = uitest.Context(p, 80, 400)
	frame := uitest.Draw(shown(c, "K5").View(c), c)
	for _, want := range []string{
		"level     3 Independent: explain and apply it to my own service, with its\n            limits; your own rating of 22 Nov 2026",
		"target    2 Supported, set for this KSB (3 is usual)",
		"expected  not known without a start date. To add it: Home, then d",
		"in short  1 above target, no evidence, so the claim needs a recent example",
		"Note: a�]0;x�b c",
		standard.Caveat,
	} {
		if !strings.Contains(frame, want) {
			t.Errorf("%q is missing in\n%s", want, frame)
		}
	}
}

func TestKeysAreTheirOwn(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, ksb := range []string{"K21", "K8", "S24", "K19", "K18"} {
		seen := uitest.OwnKeys(t, ksb, shown(c, ksb).Keys(c))
		for _, must := range []string{"p", "r", "e", "t", "enter"} {
			if seen[must] == "" {
				t.Errorf("%s: no %s", ksb, must)
			}
		}
	}
}

// The example of the learner's own field comes first, and the actions of their level; m shows the rest, and folds it again.
func TestOwnFieldAndLevelFirst(t *testing.T) {
	c := uitest.Demo(120, 40)
	c.Profile.Learner.Role = safetext.New("Trainee, audiology")
	page := whole(c, "K7")
	for _, words := range []string{"In your field, audiology", "listening check", "examples from other fields: m shows all", "actions for other levels: m shows all"} {
		if !strings.Contains(page, words) {
			t.Errorf("no %q on\n%s", words, page)
		}
	}
	if strings.Contains(page, "of a body store") || strings.Contains(page, "A weak note") {
		t.Errorf("what is folded shows:\n%s", page)
	}
	s := shown(c, "K7", "m")
	text := func() string {
		var b strings.Builder
		for _, l := range s.doc(c).lines {
			b.WriteString(l.lead + l.text + "\n")
		}
		return b.String()
	}
	for _, words := range []string{"of a body store", "From other levels", "A weak note", "Made up to show the form"} {
		if !strings.Contains(text(), words) {
			t.Errorf("m does not show %q", words)
		}
	}
	if uitest.Press(s, c, "m"); strings.Contains(text(), "of a body store") {
		t.Error("m does not fold again")
	}
}
