package rate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// at is the screen with a KSB shown.
func at(c *ui.Context, ksb string) *Screen {
	s := New()
	s.Update(ui.EnterMsg{Go: ui.Go{To: ui.Rate, KSB: ksb}}, c)
	return s
}

// states are screens worth looking at.
func states(c *ui.Context) map[string]*Screen {
	end := at(c, "S24")
	end.end(c)
	back := at(c, "K6")
	back.show(2, "B1", c)
	pointing := at(c, "K8")
	pointing.point(1, c)
	return map[string]*Screen{"skill": at(c, "S9"), "behaviour": at(c, "B5"), "end": end, "back": back, "pointing": pointing}
}

func TestGoldens(t *testing.T) {
	for size, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		for name, s := range states(c) {
			page := s.View(c)
			uitest.Fits(t, page, c)
			uitest.Golden(t, name+"-"+size, uitest.Draw(page, c))
		}
		round := uitest.With(inNewRound(wh[0], wh[1]), profile.Rate{KSB: "K6", By: profile.Self, Level: 2, On: uitest.Today})
		uitest.Golden(t, "round-"+size, uitest.Draw(at(round, "K8").View(round), round))
		listed := newWalker(t, round, ui.Go{To: ui.Rate, KSB: newList(round).ksbs[1], Forward: true})
		uitest.Golden(t, "list-"+size, uitest.Draw(listed.S.View(round), round))
		fresh := uitest.Fresh(wh[0], wh[1])
		first := newWalker(t, fresh, ui.Go{To: ui.Rate})
		for range 15 {
			first.Press("1")
		}
		uitest.Golden(t, "end-first-"+size, uitest.Draw(first.S.View(first.C), first.C))
		uitest.Golden(t, "first-"+size, uitest.Draw(at(fresh, "").View(fresh), fresh))
	}
}

// From 80 columns up, the words of all levels are shown whole for every KSB.
func TestTheWordsOfEveryLevelAreOnTheScreen(t *testing.T) {
	for _, wh := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {60, 20}} {
		c := uitest.Demo(wh[0], wh[1])
		for _, id := range c.Standard.Walk() {
			s := at(c, id)
			page := s.View(c)
			uitest.Fits(t, page, c)
			m := s.model(c)
			for i, x := range m.choices {
				if !contains(uitest.Draw(page, c), x.words) {
					t.Errorf("%dx%d, %s: the words of level %d are not on the screen:\n%s", wh[0], wh[1], id, i, uitest.Draw(page, c))
				}
			}
			drawn := bothPanes(uitest.Draw(page, c))
			if wh[1] >= 24 && m.written && !contains(drawn, flat(m.prompt)) {
				t.Errorf("%dx%d, %s: the prompt is not whole:\n%s", wh[0], wh[1], id, uitest.Draw(page, c))
			}
			if wh[1] >= 24 && m.written && !contains(drawn, flat(m.stepName+" "+m.step)) {
				t.Errorf("%dx%d, %s: what divides two levels is not whole:\n%s", wh[0], wh[1], id, uitest.Draw(page, c))
			}
		}
	}
}

// On coming to a duty, learners see the whole text of it, and below it no question cut short. For the next KSB the text
// gives way to help.
func TestADutyIsReadWholeOnEnteringIt(t *testing.T) {
	for _, wh := range [][2]int{{80, 24}, {60, 20}, {120, 40}} {
		c := uitest.Demo(wh[0], wh[1])
		for _, d := range c.Standard.Duties {
			for _, id := range d.KSBs {
				s := New()
				s.show(d.Number, id, c)
				text := flat(leftPane(uitest.Draw(s.View(c), c)))
				if !contains(text, flat(d.Text)) {
					t.Errorf("%dx%d, %s: the text of duty %d is not whole:\n%s", wh[0], wh[1], id, d.Number, uitest.Draw(s.View(c), c))
				}
				m := s.model(c)
				if at := strings.Index(text, "Think of it"); at >= 0 && !contains(text, flat(m.prompt)) || !contains(text, flat(m.text)) {
					t.Errorf("%dx%d, %s: half a text:\n%s", wh[0], wh[1], id, uitest.Draw(s.View(c), c))
				}
				s.show(d.Number, id, c)
				if text = flat(leftPane(uitest.Draw(s.View(c), c))); !contains(text, flat(m.prompt)) {
					t.Errorf("%dx%d, %s: the prompt is not there:\n%s", wh[0], wh[1], id, uitest.Draw(s.View(c), c))
				}
			}
		}
	}
}

// bothPanes are the words of a frame, the left pane before the right.
func bothPanes(frame string) string {
	left, right := "", ""
	for line := range strings.Lines(frame) {
		l, r, _ := strings.Cut(line, "│")
		left, right = left+" "+l, right+" "+r
	}
	return flat(left + " " + right)
}

// leftPane is a frame without the right pane, if it has one.
func leftPane(frame string) string {
	var b strings.Builder
	for line := range strings.Lines(frame) {
		left, _, _ := strings.Cut(line, "│")
		b.WriteString(strings.TrimRight(left, "\n") + "\n")
	}
	return b.String()
}

// The page at the end of a duty has the coaching of the KSB that comes next, not of the one that was rated last.
func TestTheEndOfADutyCoachesWhatComesNext(t *testing.T) {
	for _, wh := range [][2]int{{120, 40}, {120, 24}} {
		c := uitest.Demo(wh[0], wh[1])
		s := at(c, "S24")
		s.end(c)
		next, ok := c.Library.Entry(c.Standard.Reference, s.ksb)
		if !ok || s.ksb == "S24" {
			t.Fatalf("next is %s", s.ksb)
		}
		if got := uitest.Draw(s.View(c), c); !contains(flat(got), flat("Think of it")) || s.entry.Prompt != next.Prompt {
			t.Errorf("%dx%d: the page for %s asks %q:\n%s", wh[0], wh[1], s.ksb, s.entry.Prompt, got)
		}
	}
}

func TestFollowing(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, x := range []struct {
		duty  int
		rated justRated
		want  string
	}{
		{5, justRated{ksb: "K21"}, "K22"},                               // the next one is not rated
		{5, justRated{ksb: "K19"}, "K21"},                               // over what is rated
		{5, justRated{ksb: "K19", rerated: true}, "K21"},                // over what is rated in this round
		{5, justRated{ksb: "K19", rerated: true, inRound: true}, "K20"}, // after a change of this round, simply the next
		{5, justRated{ksb: "S22"}, ""},                                  // behaviours were rated in Duty 1
		{1, justRated{ksb: "S5", rerated: true, inRound: true}, "B1"},   // in their first duty they are rated like the others
		{2, justRated{ksb: "S9", rerated: true, inRound: true}, ""},     // elsewhere they came back
		{10, justRated{ksb: "S18"}, ""},                                 // the end of the walk
	} {
		if got := nextInDuty(c, x.duty, x.rated); got != x.want {
			t.Errorf("after %+v in duty %d: %q, want %q", x.rated, x.duty, got, x.want)
		}
	}
}

func TestABehaviourComesBackOnlyOnceRated(t *testing.T) {
	if c := uitest.Demo(80, 24); !cameBack(c, 2, "B1") || cameBack(c, 1, "B1") || cameBack(c, 2, "K6") {
		t.Error("B1 comes back in Duty 2, not in Duty 1; K6 never does")
	}
	if cameBack(uitest.Fresh(80, 24), 2, "B1") {
		t.Error("a behaviour that was never rated is asked for wherever it is met first")
	}
}

func TestKeypadDigitsRate(t *testing.T) {
	c := uitest.Demo(80, 24)
	for code, want := range map[rune]int{tea.KeyKp0: 0, tea.KeyKp3: 3, '2': 2} {
		msg := tea.KeyPressMsg{Code: code}
		if code == '2' {
			msg.Text = "2"
		}
		asks := at(c, "K21").Update(msg, c)
		do, ok := asks[0].(ui.Do)
		if !ok || int(do.Change.(profile.Rate).Level) != want {
			t.Errorf("%s: %+v", msg.String(), asks)
		}
	}
}

func TestEnterOnWhatIsNotRatedSaysHowToRate(t *testing.T) {
	c := uitest.Demo(80, 24)
	asks := at(c, "K21").Update(tea.KeyPressMsg{Code: tea.KeyEnter}, c)
	if say, ok := asks[0].(ui.Say); !ok || say.Text != chooseFirst(c.Theme) {
		t.Errorf("%+v", asks)
	}
}

func TestPointing(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := at(c, "K21")
	for i, want := range []int{0, 1, 2, 3, 4, levels.Opportunity, levels.Opportunity} {
		s.point(1, c)
		if s.choice != want {
			t.Errorf("down %d times: %d, want %d", i+1, s.choice, want)
		}
	}
	s = at(c, "K21")
	s.point(-1, c)
	if s.choice != 0 { // and not round to "no opportunity", which nobody meant
		t.Errorf("up first: %d", s.choice)
	}
}

func TestSweep(t *testing.T) {
	c := uitest.Demo(80, 24)
	for name, s := range states(c) {
		for w := 1; w <= 200; w++ {
			for _, h := range []int{1, 9, 14, 17, 21, 37, 57} {
				c.Size = ui.NewSize(w, h)
				page := s.View(c)
				if w >= 40 && h >= 9 {
					uitest.Fits(t, page, c)
				}
			}
		}
		if t.Failed() {
			t.Fatalf("in %s", name)
		}
	}
}

func contains(s, part string) bool { return strings.Contains(s, part) }

// flat removes the line breaks from a drawn text; a line may also end at a hyphen.
func flat(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "- ", "-")
}

// The text between two levels is about the level that is pointed at or, if none is, about the one expected by now. What
// is below the text does not move with the pointer.
func TestTheStepFollowsThePointer(t *testing.T) {
	for _, wh := range [][2]int{{80, 24}, {120, 24}, {120, 40}} {
		c := uitest.Demo(wh[0], wh[1])
		s := at(c, "K8")
		row, _ := c.Report.Row("K8")
		expected, _ := row.Expected()
		asks := -1
		see := func(step coaching.LevelStep) {
			t.Helper()
			page, text := s.View(c), s.model(c)
			got := page.Lines(c.Theme, c.Size.H)
			drawn, asked := bothPanes(uitest.Draw(page, c)), fmt.Sprintf("%s or %s? ", step.From, step.To)
			if wh[1] == 40 { // where all steps are drawn, it is marked
				asked = c.Theme.Glyphs.Marker + " " + asked
			}
			if text.step != step.Text || !contains(drawn, flat(asked+step.Text)) {
				t.Errorf("%v: %q: %q, want %+v:\n%s", wh, text.stepName, text.step, step, drawn)
			}
			y := slices.IndexFunc(got, func(l string) bool { return contains(l, promptName) })
			if y < 0 || asks >= 0 && y != asks {
				t.Errorf("%v: the question is on line %d, and was on %d", wh, y, asks)
			}
			asks = y
		}
		see(s.entry.StepFrom(expected))
		for i := range levels.All {
			s.choice = i
			if i == levels.Opportunity {
				see(s.entry.StepFrom(expected))
				continue
			}
			see(s.entry.StepFrom(levels.Pointed(i)))
		}
	}
}

// The example is from the learner's own field, or says which field it is from. If the learner's field is not known,
// there is none.
func TestTheExampleIsFromTheLearnersField(t *testing.T) {
	for role, want := range map[string]string{
		"Audiology": "In your field, audiology: Each day you do a listening check", "trainee, paediatric audiology": "In your field, audiology: Each day you do a listening check", "": "", "gardening": "",
	} {
		c := uitest.Demo(120, 40)
		c.Profile.Learner.Role = safetext.New(role)
		s := at(c, "K7")
		m := s.model(c)
		if !strings.HasPrefix(m.field, want) || (want == "") != (m.field == "") {
			t.Errorf("%q: %q", role, m.field)
		}
		if drawn := flat(leftPane(uitest.Draw(s.View(c), c))); contains(drawn, exampleName) != (want != "") || !contains(drawn, flat(m.field)) {
			t.Errorf("%q: the example is not drawn whole:\n%s", role, drawn)
		}
	}
}

// The end of a duty first says what is as it should be. From 60 columns up, the pointer reaches every behaviour that
// came back.
func TestTheEndOfADutySaysWhatIsGoodFirst(t *testing.T) {
	for _, wh := range [][2]int{{60, 20}, {80, 24}, {120, 24}, {120, 40}} {
		c := uitest.Demo(wh[0], wh[1])
		s := at(c, "S24")
		s.end(c)
		drawn := flat(leftPane(uitest.Draw(s.View(c), c)))
		last := -1
		for _, x := range []string{
			"Duty 6 done", "All 7 are at or above where month 14 should be.", "Grown B2",
			"By gateway 4 need 1 level more", "Next: Duty 7",
		} {
			y := strings.Index(drawn, x)
			if y <= last {
				t.Errorf("%v: %q is not there, or not in its place:\n%s", wh, x, drawn)
			}
			last = y
		}
		for _, id := range []string{"B1", "B2", "B3", "B4"} {
			page := s.View(c)
			if y := page.Cursor.Y; !contains(page.Body[y], id+" ") || page.Rows[y] != clickBack+s.returnedAt {
				t.Errorf("%v: %s is not pointed at:\n%s", wh, id, uitest.Draw(page, c))
			}
			s.point(1, c)
		}
	}
}
