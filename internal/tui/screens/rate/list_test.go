package rate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// walker drives the screen as the root does, but for drawing what stands in front.
type walker struct {
	t    *testing.T
	c    *ui.Context
	s    *Screen
	said string
	to   *ui.Go
}

// inNewRound is the demo learner in a round that was just opened; K8 was agreed at 1 before, against a 0 of the learner's own.
func inNewRound(cols, rows int) *ui.Context {
	c := uitest.Demo(cols, rows)
	change(c, profile.Rate{KSB: "K8", By: profile.Self, Level: 0, On: c.Today})
	change(c, profile.Agree{KSB: "K8", Level: 1, Reason: safetext.New("explained it to me"), On: c.Today})
	change(c, profile.CloseRound{On: c.Today})
	change(c, profile.OpenRound{On: c.Today})
	return c
}

func change(c *ui.Context, x profile.Change) {
	p, err := x.Apply(c.Profile, c.Standard)
	if err != nil {
		panic(err)
	}
	c.Profile, c.Rev = p, c.Rev+1
	c.Report = gap.Compute(c.Standard, c.Library.Scale(), p, c.Today)
}

func newWalker(t *testing.T, c *ui.Context, ask ui.Go) *walker {
	w := &walker{t: t, c: c, s: New()}
	w.send(ui.EnterMsg{Go: ask})
	return w
}

func (w *walker) send(msg tea.Msg) {
	w.t.Helper()
	w.said, w.to = "", nil
	asks := w.s.Update(msg, w.c)
	for len(asks) > 0 {
		ask := asks[0]
		asks = asks[1:]
		switch ask := ask.(type) {
		case ui.Do:
			change(w.c, ask.Change)
			asks = append(asks, w.s.Update(ui.DoneMsg{Note: ask.Note}, w.c)...)
		case ui.Say:
			w.said = ask.Text
		case ui.Go:
			w.to = &ask
		}
	}
	uitest.Fits(w.t, w.s.View(w.c), w.c)
}

func (w *walker) press(keys ...string) {
	w.t.Helper()
	for _, k := range keys {
		switch k {
		case "enter":
			w.send(tea.KeyPressMsg{Code: tea.KeyEnter})
		case "left":
			w.send(tea.KeyPressMsg{Code: tea.KeyLeft})
		default:
			w.send(tea.KeyPressMsg{Code: rune(k[0]), Text: k})
		}
	}
}

func (w *walker) at(ksb, right string) {
	w.t.Helper()
	if w.s.ksb != ksb {
		w.t.Fatalf("at %s, want %s; it says %q", w.s.ksb, ksb, w.said)
	}
	if page := w.s.View(w.c); page.Right != right {
		w.t.Errorf("at %s: %q, want %q", ksb, page.Right, right)
	}
}

func TestTheWalkFollowsWhatIsPutForward(t *testing.T) {
	c := inNewRound(80, 24)
	want := newList(c).ksbs
	if len(want) < 20 || slices.IsSortedFunc(want, func(a, b string) int { return c.Standard.Place(a) - c.Standard.Place(b) }) {
		t.Fatalf("a list in walk order shows nothing: %v", want)
	}
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: want[1], Forward: true})
	w.at(want[1], due(c, len(want)))
	w.press("2")
	w.at(want[2], due(c, len(want)-1))
	w.press("enter")
	if w.s.ksb != want[2] || w.said != chooseFirst(c.Theme) {
		t.Errorf("Enter on what is not rated in this round: at %s, %q", w.s.ksb, w.said)
	}
	w.press("s") // it comes again at the end
	w.at(want[3], due(c, len(want)-1))
	for range len(want) - 3 {
		w.press("2")
	}
	w.at(want[0], due(c, 2)) // round to the beginning
	w.press("2")
	w.at(want[2], due(c, 1))
	w.press("s")
	w.at(want[2], due(c, 1))
	if w.said != lastForward {
		t.Errorf("said %q", w.said)
	}
	w.press("2")
	first := c.Standard.Walk()[slices.IndexFunc(c.Standard.Walk(), func(id string) bool { return !slices.Contains(want, id) })]
	if frame := uitest.Draw(w.s.View(c), c); w.s.ksb != first || !strings.Contains(frame, listDone(len(want))) || !strings.Contains(frame, restWaits(len(c.Standard.Walk()) - len(want))[:40]) {
		t.Errorf("at the end of the list, %s, want %s:\n%s", w.s.ksb, first, frame)
	}
	uitest.Golden(t, "list-done-80x24", uitest.Draw(w.s.View(c), c))
	w.press("enter")
	if w.s.ended || w.s.ksb != first {
		t.Errorf("Enter goes on with the rest: at %s", w.s.ksb)
	}
}

// due is the head while so many of the list are left.
func due(c *ui.Context, n int) string {
	open, _ := c.Profile.Open()
	return fmt.Sprintf("%d due in %s", n, open.ID)
}

func TestMovesAreFreeAndTheListWaits(t *testing.T) {
	c := inNewRound(80, 24)
	want := newList(c).ksbs
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: want[0], Forward: true})
	duty := w.s.duty
	w.press("]")
	if w.s.duty != duty+1 || w.said != listWaits(len(want)) {
		t.Fatalf("duty %d, said %q", w.s.duty, w.said)
	}
	at := w.s.ksb
	w.press("3")
	if got := c.Standard.Place(w.s.ksb) - c.Standard.Place(at); got != 1 {
		t.Errorf("a rating off the list goes on in the duty: from %s to %s", at, w.s.ksb)
	}
	w.press("enter")
	left := len(want)
	if slices.Contains(want, at) {
		left-- // it was on the list all the same
	}
	w.at(want[0], due(c, left)) // where it was left
	w.press("2")
	w.send(ui.EnterMsg{Go: ui.Go{To: ui.Rate, KSB: "B1"}}) // such as from the finder
	if w.s.ksb != "B1" || w.s.onList() || w.said != listWaits(len(w.s.list.left("", c))) {
		t.Errorf("at %s, said %q", w.s.ksb, w.said)
	}
	w.send(ui.EnterMsg{Go: ui.Go{To: ui.Rate}})
	w.at(want[1], due(c, left-1))
	w.press("2")
	w.at(want[2], due(c, left-2))
	w.send(ui.UndoneMsg{Change: profile.Rate{KSB: want[1]}})
	w.at(want[1], due(c, left-2))
	change(c, profile.CloseRound{On: c.Today})
	w.press("left")
	if len(w.s.list.ksbs) > 0 {
		t.Error("the list outlives its round")
	}
}

func TestANewRoundDoesNotLookFinished(t *testing.T) {
	c := inNewRound(80, 24)
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: "K6"})
	w.at("K6", "12 rated, 0 in this round")
	frame := uitest.Draw(w.s.View(c), c)
	if strings.Contains(frame, c.Theme.Glyphs.Done) || !strings.Contains(frame, c.Theme.Glyphs.Open+" 2  Supported") {
		t.Errorf("a level of last time is ticked:\n%s", frame)
	}
	w.press("2")
	w.at("K7", "12 rated, 1 in this round")
	if frame = uitest.Draw(w.s.View(c), c); !strings.Contains(frame, "K6 2"+c.Theme.Glyphs.Done) {
		t.Errorf("K6 is not ticked:\n%s", frame)
	}
	w.press("2")
	w.at("K8", "12 rated, 2 in this round")
	if frame = uitest.Draw(w.s.View(c), c); !strings.Contains(frame, "agreed 1 Aware on 22 Nov (you say 0)") || !strings.Contains(frame, c.Theme.Glyphs.Open+" 1  Aware") {
		t.Errorf("what counts of K8 is not said:\n%s", frame)
	}
	w.press("2")
	if !strings.Contains(w.said, "The level you agreed on counts") {
		t.Errorf("said %q", w.said)
	}
	fresh := newWalker(t, uitest.Fresh(80, 24), ui.Go{To: ui.Rate})
	fresh.press("2")
	fresh.at("K2", "1 of 15 rated")
}

// Past the end of a duty the round goes on where nothing was rated in it yet.
func TestTheRestOfARoundIsOfferedInWalkOrder(t *testing.T) {
	c := inNewRound(80, 24)
	for _, id := range c.Standard.Walk() {
		if row, _ := c.Report.Row(id); !row.Rated || slices.Contains(c.Standard.Duties[0].KSBs, id) {
			change(c, profile.Rate{KSB: id, By: profile.Self, Level: 2, On: c.Today})
		}
	}
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: "K6"})
	for range 8 {
		w.press("2")
	}
	if frame := uitest.Draw(w.s.View(c), c); !w.s.ended || !strings.Contains(frame, "Next: Duty 3") {
		t.Errorf("at the end of duty 2:\n%s", frame)
	}
	w.press("enter", "s")
	if w.s.ksb != "K11" {
		t.Errorf("skipped to %s", w.s.ksb)
	}
}
