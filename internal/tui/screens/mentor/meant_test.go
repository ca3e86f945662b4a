package mentor

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// A click on a level points at it; only a second click rates.
func TestAClickPointsBeforeItRates(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.Press("enter")
	past, ksb := len(d.Past), d.S.ksb
	for _, row := range []int{3, 1} {
		if d.Send(ui.RowMsg{Index: row}); len(d.Past) != past || d.S.choice != row || d.S.ksb != ksb {
			t.Fatalf("the first click on level %d rates", row)
		}
	}
	if d.Send(ui.RowMsg{Index: 1}); len(d.Past) != past+1 || own(d.C)[ksb].Level != 1 {
		t.Errorf("the second click: %+v", own(d.C)[ksb])
	}
}

// A KSB chosen in the finder is shown for rating, in its duty. A mentor who has not said their name is asked for it
// first.
func TestWhatIsFoundIsShown(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Send(ui.FoundMsg{KSB: "K12"})
	if d.S.mode != introMode || d.Menu == nil && d.Form == nil {
		t.Fatalf("without a name: mode %d", d.S.mode)
	}
	d.somebodyElse("M. Ward")
	if d.S.mode != rateMode || d.S.ksb != "K12" {
		t.Errorf("after the name: mode %d, %s", d.S.mode, d.S.ksb)
	}
	past := len(d.Past)
	d.Press("d")
	d.Send(ui.FoundMsg{KSB: "S6"})
	has := false
	for _, id := range d.C.Standard.Duties[d.S.duty].KSBs {
		has = has || id == "S6"
	}
	if d.S.mode != rateMode || d.S.ksb != "S6" || !has || len(d.Past) != past {
		t.Errorf("mode %d, %s in duty %d", d.S.mode, d.S.ksb, d.S.duty+1)
	}
}

// At 40x12 and above, every level can be reached with the arrows, and is then shown with all its words and the cursor.
func TestEveryLevelIsReachedWithItsWords(t *testing.T) {
	for _, wh := range [][2]int{{40, 12}, {41, 13}, {50, 12}, {60, 20}, {75, 12}, {80, 12}, {104, 12}, {120, 14}} {
		for _, ksb := range []string{"K17", "S4", "S33", "B1"} {
			d := newDesk(t, uitest.Demo(wh[0], wh[1]))
			d.begin()
			d.Send(ui.FoundMsg{KSB: ksb})
			k, _ := d.C.Standard.KSB(ksb)
			for range levels.All {
				d.Press("up")
			}
			for i := 0; i <= levels.Opportunity; i++ {
				if i > 0 {
					d.Press("down")
				}
				page := d.S.View(d.C)
				body := ""
				for _, l := range page.Body {
					if wh[0] >= ui.WideFrom {
						l = ansi.Truncate(l, leftW, "")
					}
					body += ansi.Strip(l) + " "
				}
				words := d.C.Library.Scale().Seen(levels.Pointed(d.S.choice), k.Kind)
				if !strings.Contains(strings.Join(strings.Fields(body), " "), words) {
					t.Fatalf("%dx%d, %s: not all of %q:\n%s", wh[0], wh[1], ksb, words, strings.Join(page.Body, "\n"))
				}
				if page.Cursor == nil || page.Rows[page.Cursor.Y] != d.S.choice {
					t.Fatalf("%dx%d, %s: the cursor is at %+v", wh[0], wh[1], ksb, page.Cursor)
				}
			}
		}
	}
}
