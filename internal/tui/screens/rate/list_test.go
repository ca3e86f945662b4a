package rate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// walker is a learner at the Rate screen.
type walker struct{ *uitest.Desk[*Screen] }

// inNewRound is the demo learner in a round that was just opened. Before it K8 was agreed at 1, while the learner said
// 0.
func inNewRound(cols, rows int) *ui.Context {
	c := uitest.Demo(cols, rows)
	return uitest.With(c,
		profile.Rate{KSB: "K8", By: profile.Self, Level: 0, On: c.Today},
		profile.Agree{KSB: "K8", Level: 1, Reason: safetext.New("explained it to me"), On: c.Today},
		profile.CloseRound{On: c.Today},
		profile.OpenRound{On: c.Today})
}

func newWalker(tb testing.TB, c *ui.Context, ask ui.Go) *walker {
	tb.Helper()
	return &walker{uitest.NewDesk(tb, New(), c, ask)}
}

func (w *walker) at(ksb, right string) {
	w.TB.Helper()
	if w.S.ksb != ksb {
		w.TB.Fatalf("at %s, want %s; it says %q", w.S.ksb, ksb, w.Said)
	}
	if page := w.S.View(w.C); page.Right != right {
		w.TB.Errorf("at %s: %q, want %q", ksb, page.Right, right)
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
	w.Press("2")
	w.at(want[2], due(c, len(want)-1))
	w.Press("enter")
	if w.S.ksb != want[2] || w.Said != chooseFirst(c.Theme) {
		t.Errorf("Enter on what is not rated in this round: at %s, %q", w.S.ksb, w.Said)
	}
	w.Press("s") // it comes back at the end
	w.at(want[3], due(c, len(want)-1))
	for range len(want) - 3 {
		w.Press("2")
	}
	w.at(want[0], due(c, 2)) // round to the beginning
	w.Press("2")
	w.at(want[2], due(c, 1))
	w.Press("s")
	w.at(want[2], due(c, 1))
	if w.Said != lastForward {
		t.Errorf("said %q", w.Said)
	}
	w.Press("2")
	first := c.Standard.Walk()[slices.IndexFunc(c.Standard.Walk(), func(id string) bool { return !slices.Contains(want, id) })]
	if frame := uitest.Draw(w.S.View(w.C), w.C); w.S.ksb != first || !strings.Contains(frame, listDone(len(want))) || !strings.Contains(frame, appraisal.RestSays(len(c.Standard.Walk()) - len(want))[:40]) {
		t.Errorf("at the end of the list, %s, want %s:\n%s", w.S.ksb, first, frame)
	}
	uitest.Golden(t, "list-done-80x24", uitest.Draw(w.S.View(w.C), w.C))
	w.Press("enter")
	if w.S.ended || w.S.ksb != first {
		t.Errorf("Enter goes on with the rest: at %s", w.S.ksb)
	}
}

// due is the right end of the first line while n KSBs of the list are left.
func due(c *ui.Context, n int) string {
	open, _ := c.Profile.Open()
	return fmt.Sprintf("%d due in %s", n, profile.RoundName(open.ID))
}

func TestMovesAreFreeAndTheListWaits(t *testing.T) {
	c := inNewRound(80, 24)
	want := newList(c).ksbs
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: want[0], Forward: true})
	duty := w.S.duty
	w.Press("]")
	if w.S.duty != duty+1 || w.Said != listWaits(len(want)) {
		t.Fatalf("duty %d, said %q", w.S.duty, w.Said)
	}
	at := w.S.ksb
	w.Press("3")
	if got := c.Standard.Place(w.S.ksb) - c.Standard.Place(at); got != 1 {
		t.Errorf("a rating off the list goes on in the duty: from %s to %s", at, w.S.ksb)
	}
	w.Press("enter")
	left := len(want)
	if slices.Contains(want, at) {
		left-- // it was on the list too
	}
	w.at(want[0], due(c, left)) // where it was left
	w.Press("2")
	w.Send(ui.EnterMsg{Go: ui.Go{To: ui.Rate, KSB: "B1"}}) // such as from the finder
	if w.S.ksb != "B1" || w.S.onList() || w.Said != listWaits(len(w.S.list.left("", w.C))) {
		t.Errorf("at %s, said %q", w.S.ksb, w.Said)
	}
	w.Send(ui.EnterMsg{Go: ui.Go{To: ui.Rate}})
	w.at(want[1], due(c, left-1))
	w.Press("2")
	w.at(want[2], due(c, left-2))
	w.Send(ui.UndoneMsg{Change: profile.Rate{KSB: want[1]}})
	w.at(want[1], due(c, left-2))
	w.C = uitest.With(w.C, profile.CloseRound{On: c.Today})
	w.Press("left")
	if len(w.S.list.ksbs) > 0 {
		t.Error("the list outlives its round")
	}
}

func TestANewRoundDoesNotLookFinished(t *testing.T) {
	c := inNewRound(80, 24)
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: "K6"})
	w.at("K6", "12 rated, 0 in this round")
	frame := uitest.Draw(w.S.View(w.C), w.C)
	if strings.Contains(frame, c.Theme.Glyphs.Done) || !strings.Contains(frame, c.Theme.Glyphs.Open+" 2  Supported") {
		t.Errorf("a level of last time is ticked:\n%s", frame)
	}
	w.Press("2")
	w.at("K7", "12 rated, 1 in this round")
	if frame = uitest.Draw(w.S.View(w.C), w.C); !strings.Contains(frame, "K6 2"+c.Theme.Glyphs.Done) {
		t.Errorf("K6 is not ticked:\n%s", frame)
	}
	w.Press("2")
	w.at("K8", "12 rated, 2 in this round")
	if frame = uitest.Draw(w.S.View(w.C), w.C); !strings.Contains(frame, "agreed 1 Aware on 22 Nov (you say 0)") || !strings.Contains(frame, c.Theme.Glyphs.Open+" 1  Aware") {
		t.Errorf("what counts of K8 is not said:\n%s", frame)
	}
	w.Press("2")
	if !strings.Contains(w.Said, "The level you agreed on counts") {
		t.Errorf("said %q", w.Said)
	}
	fresh := newWalker(t, uitest.Fresh(80, 24), ui.Go{To: ui.Rate})
	fresh.Press("2")
	fresh.at("K2", "1 of 15 rated")
}

// After the end of a duty the walk goes on with what is not rated in this round.
func TestTheRestOfARoundIsOfferedInWalkOrder(t *testing.T) {
	c := inNewRound(80, 24)
	for _, id := range c.Standard.Walk() {
		if row, _ := c.Report.Row(id); !row.Rated || slices.Contains(c.Standard.Duties[0].KSBs, id) {
			c = uitest.With(c, profile.Rate{KSB: id, By: profile.Self, Level: 2, On: c.Today})
		}
	}
	w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: "K6"})
	for range 8 {
		w.Press("2")
	}
	if frame := uitest.Draw(w.S.View(w.C), w.C); !w.S.ended || !strings.Contains(frame, "Next: Duty 3") {
		t.Errorf("at the end of duty 2:\n%s", frame)
	}
	w.Press("enter", "s")
	if w.S.ksb != "K11" {
		t.Errorf("skipped to %s", w.S.ksb)
	}
}

// A line above the wording shows how much is rated and says how much is left; where it has no room, the first line of
// the page says so.
func TestWhatIsLeftIsAlwaysShown(t *testing.T) {
	for size, want := range map[[2]int]string{
		{80, 24}:  "━━── none left here, 4 of 72 left in all, about 2 minutes",
		{120, 40}: "━━── none left here, 4 of 72 left in all, about 2 minutes",
		{60, 20}:  "left: 0 here, 4 in all",
	} {
		c := uitest.Demo(size[0], size[1])
		for _, row := range c.Report.Unrated() {
			if !slices.Contains([]string{"K21", "K22", "K32", "K33"}, row.KSB.ID) {
				c = uitest.With(c, profile.Rate{KSB: row.KSB.ID, By: profile.Self, Level: 2, On: c.Today})
			}
		}
		for _, id := range c.Standard.Walk() {
			if row, _ := c.Report.Row(id); row.Rated {
				c = uitest.With(c, profile.Rate{KSB: id, By: profile.Self, Level: 2, On: c.Today})
			}
		}
		frame := uitest.Draw(newWalker(t, c, ui.Go{To: ui.Rate, KSB: "K10"}).S.View(c), c)
		if !strings.Contains(frame, want) {
			t.Errorf("%v: no %q in:\n%s", size, want, frame)
		}
	}
	fresh := newWalker(t, uitest.Fresh(80, 24), ui.Go{To: ui.Rate})
	if fresh.Said != firstOfAll || len(firstOfAll) > 80 {
		t.Errorf("said %q", fresh.Said) // on one line: a second would be taken from the step of the first KSB
	}
}
