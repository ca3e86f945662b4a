package rate

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// footer is what the footer says for a key.
func (w *walker) footer(k string) string {
	for _, b := range w.S.Keys(w.C).All() {
		if len(b.Keys()) > 0 && b.Keys()[0] == k {
			return b.Help().Desc
		}
	}
	return ""
}

// w, e and E are for the KSB that was rated just now until the learner moves or points, and the footer says so. This
// is so at the end of a duty too.
func TestWAndEAreForTheSameKSB(t *testing.T) {
	for _, moves := range []string{"right", "left", "down", "]", "s", "u"} {
		w := newWalker(t, uitest.Demo(100, 24), ui.Go{To: ui.Rate, KSB: "K21"})
		w.Press("2")
		for range 2 {
			if got := w.footer("w") + ", " + w.footer("e"); got != "note on K21, example of K21" {
				t.Fatalf("the footer says %q", got)
			}
			w.Press("w")
			if w.Form == nil || w.Form.Form.Key != "note:K21" {
				t.Fatalf("w is for %+v", w.Form)
			}
			w.Press("e")
			if w.Form == nil || w.Form.Form.Key != "example:K21" || w.S.InHand(w.C).KSBs[0] != "K21" {
				t.Fatalf("e is for %+v, E for %v", w.Form, w.S.InHand(w.C))
			}
		}
		w.Press(moves)
		if got := w.footer("w"); got != "note" {
			t.Errorf("after %s the footer says %q", moves, got)
		}
		shown := w.S.ksb
		if w.Press("w"); w.Form == nil || w.Form.Form.Key != "note:"+shown {
			t.Errorf("after %s, at %s: %+v", moves, shown, w.Form)
		}
	}
	w := newWalker(t, uitest.Demo(60, 20), ui.Go{To: ui.Rate, KSB: "K21"})
	w.Press("2")
	if got := w.footer("w"); got != "note K21" {
		t.Errorf("on a narrow terminal the footer says %q", got)
	}
}

// Undo takes back the last thing that was done, skips and ratings in turn.
func TestUndoTakesBackSkips(t *testing.T) {
	w := newWalker(t, uitest.Demo(80, 24), ui.Go{To: ui.Rate, KSB: "K22"})
	var at []string
	for _, k := range []string{"2", "s", "1", "s", "s"} {
		at = append(at, w.S.ksb)
		w.Press(k)
	}
	for i := len(at) - 1; i >= 0; i-- {
		ratings := len(w.Past)
		w.Press("u")
		if w.S.ksb != at[i] {
			t.Fatalf("undo %d leads to %s, want %s", len(at)-i, w.S.ksb, at[i])
		}
		if skip := i == 1 || i > 2; skip != (len(w.Past) == ratings) {
			t.Errorf("undo %d took a rating back: %v", len(at)-i, !skip)
		}
	}
	if w.Press("u"); len(w.Past) != 0 {
		t.Error("there was something left")
	}
}

// Looking up a KSB does not change where the learner will continue; rating, skipping and walking do.
func TestLookingUpLeavesThePlace(t *testing.T) {
	for keys, moves := range map[string]bool{"": false, "down": false, "e": false, "3": true, "s": true, "right": true, "]": true} {
		w := newWalker(t, uitest.Demo(80, 24), ui.Go{To: ui.Rate, KSB: "K30"})
		place := func() bool {
			for _, ask := range w.Asks {
				if _, ok := ask.(ui.At); ok {
					return true
				}
			}
			return false
		}
		if place() {
			t.Fatal("looking up moves the place")
		}
		if w.Press(keys); place() != moves {
			t.Errorf("%q moves the place: %v, want %v", keys, !moves, moves)
		}
	}
	w := newWalker(t, uitest.Demo(80, 24), ui.Go{To: ui.Rate})
	if len(w.Asks) == 0 || w.Asks[0] != (ui.At{KSB: w.S.ksb}) {
		t.Errorf("going on where one was: %v", w.Asks)
	}
}

// A click on a level points at it; only a second click rates.
func TestAClickPointsBeforeItRates(t *testing.T) {
	w := newWalker(t, uitest.Demo(80, 24), ui.Go{To: ui.Rate, KSB: "K22"})
	for _, row := range []int{3, 2} {
		if w.Send(ui.RowMsg{Index: row}); len(w.Past) != 0 || w.S.choice != row {
			t.Fatalf("the first click on level %d rates", row)
		}
	}
	w.Send(ui.RowMsg{Index: 2})
	if x, _ := w.C.Profile.Newest("K22", profile.Self); x.Level != 2 || len(w.Past) != 1 {
		t.Errorf("the second click: %+v", x)
	}
}

// At 40x12 and above, every level can be reached with the arrows, and is then shown with all its words and the cursor.
func TestEveryLevelIsReachedWithItsWords(t *testing.T) {
	for _, wh := range [][2]int{{40, 12}, {40, 13}, {41, 14}, {50, 12}, {60, 20}, {75, 12}, {76, 12}, {80, 12}, {104, 12}, {120, 12}, {160, 14}} {
		for _, ksb := range []string{"K1", "K17", "S4", "S33", "B1", "B6"} {
			c := uitest.Demo(wh[0], wh[1])
			w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: ksb})
			k, _ := c.Standard.KSB(ksb)
			for range levels.All {
				w.Press("up")
			}
			for i := 0; i <= levels.Opportunity; i++ {
				if i > 0 {
					w.Press("down")
				}
				l := levels.Pointed(w.S.choice)
				page := w.S.View(w.C)
				body := strings.Join(strings.Fields(ansi.Strip(column(page.Body, c))), " ")
				if words := c.Library.Scale().Words(l).For(k.Kind); !strings.Contains(body, words) {
					t.Fatalf("%dx%d, %s: the words of level %s are not all there:\n%s", wh[0], wh[1], ksb, l, strings.Join(page.Body, "\n"))
				}
				if page.Cursor == nil || page.Rows[page.Cursor.Y] != w.S.choice {
					t.Fatalf("%dx%d, %s: the cursor is at %+v", wh[0], wh[1], ksb, page.Cursor)
				}
			}
		}
	}
}

// column is the left pane of a body.
func column(body []string, c *ui.Context) string {
	w := c.Size.W
	if w >= wideLeft+3+rightLeast {
		w = wideLeft
	}
	out := ""
	for _, l := range body {
		out += ansi.Truncate(l, w, "") + " "
	}
	return out
}

// While nothing is pointed at, the cursor is on the level that the KSB has, or else on the first.
func TestTheCursorIsOnALevel(t *testing.T) {
	for ksb, want := range map[string]int{"K22": 0, "K21": 0, "K1": -1} {
		w := newWalker(t, uitest.Demo(80, 24), ui.Go{To: ui.Rate, KSB: ksb})
		row, _ := w.C.Report.Row(ksb)
		if want < 0 {
			want = int(row.Level)
		}
		page := w.S.View(w.C)
		if i, ok := page.Rows[page.Cursor.Y]; !ok || i != want || row.Level == level.NoOpportunity {
			t.Errorf("%s: the cursor is on row %d (%v), want %d", ksb, i, ok, want)
		}
	}
}

// Moving the pointer redraws only the level that it leaves and the one that it reaches. The text about the level is in
// the side, which may be drawn later.
func TestThePointerMovesInFewBytes(t *testing.T) {
	for _, wh := range [][2]int{{80, 24}, {100, 30}, {120, 24}, {120, 40}, {160, 50}} {
		c := uitest.Demo(wh[0], wh[1])
		w := newWalker(t, c, ui.Go{To: ui.Rate, KSB: "K8"})
		w.Press("down")
		side := strings.Join(w.S.View(c).Side.Lines, "\n")
		uitest.CursorMoves(t, w.S, c)
		if now := strings.Join(w.S.View(c).Side.Lines, "\n"); now == side {
			t.Errorf("%v: the step did not follow", wh)
		}
	}
}

// With the steps comes what the record holds; where there is little room, the learner's own note comes first.
func TestTheRecordIsShownWithTheLevels(t *testing.T) {
	for _, wh := range [][2]int{{80, 24}, {120, 40}} {
		w := newWalker(t, uitest.Demo(wh[0], wh[1]), ui.Go{To: ui.Rate, KSB: "B1"})
		w.S.show(1, "B1", w.C) // not the first of its duty
		want := []string{"Your note 16 Sep 2025: Always, but I go quiet when the list runs late"}
		if wh[0] == 120 {
			want = append(want, "Mentor J. Ode on 12 Nov: 3 Independent",
				"Evidence 3 examples, the newest on 13 Nov: Said hello")
		}
		drawn := bothPanes(uitest.Draw(w.S.View(w.C), w.C))
		for _, x := range want {
			if !strings.Contains(drawn, x) {
				t.Errorf("%v: no %q in:\n%s", wh, x, drawn)
			}
		}
	}
}
