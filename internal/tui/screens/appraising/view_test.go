package appraising

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// who are learners at different points of the cycle.
var who = map[string]func(*ui.Context) *ui.Context{
	"demo": func(c *ui.Context) *ui.Context { return c }, "meeting": meeting, "met": met,
}

// shown is a screen that was entered and had keys pressed.
func shown(c *ui.Context, keys ...string) *Screen { return uitest.Shown(New(), c, ui.Go{}, keys...) }

func TestFrames(t *testing.T) {
	meets := map[string]string{"meet": "2", "meet-lower": "2 down down down down", "after": "3", "after-end": "3 end"}
	for learner, at := range who {
		uitest.Frames(t, learner+"-", func(cols, rows int) *ui.Context { return at(uitest.Demo(cols, rows)) }, meets, shown)
	}
	uitest.Frames(t, "demo-", uitest.Demo, map[string]string{
		"prepare": "1", "prepare-lower": "1 pgdown pgdown", "prepare-end": "1 end", "unfolded": "1 end up up up enter",
		"rehearse": "4", "question": "4 enter down", "trial-end": "4 enter end up", "opportunity": "5",
	}, shown)
	uitest.Frames(t, "fresh-", uitest.Fresh, map[string]string{"prepare": "1", "meet": "2", "after": "3", "question": "4 enter", "opportunity": "5"}, shown)
	for size, wh := range uitest.Sizes {
		d := newDesk(t, meeting(uitest.Demo(wh[0], wh[1])))
		d.Press("3")
		d.goTo(recordRow)
		d.Press("enter")
		uitest.Golden(t, "meeting-record-"+size, uitest.Draw(d.S.View(d.C), d.C))
		d = newDesk(t, rehearsed(t).C)
		d.C.Size = ui.NewSize(wh[0], wh[1]-3)
		d.Press("4")
		uitest.Golden(t, "rehearsed-intro-"+size, uitest.Draw(d.S.View(d.C), d.C))
		d.Press("enter", "end")
		uitest.Golden(t, "rehearsed-end-"+size, uitest.Draw(d.S.View(d.C), d.C))
		d.Press("up", "enter")
		uitest.Golden(t, "rehearsed-notes-"+size, uitest.Draw(d.S.View(d.C), d.C))
	}
}

func TestFitsEverySize(t *testing.T) {
	contexts := map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "meeting": meeting(uitest.Demo(80, 24)), "met": met(uitest.Demo(80, 24))}
	for name, c := range contexts {
		for _, keys := range []string{"1", "1 enter end", "2", "2 end", "3", "3 end up enter", "4", "4 enter", "4 enter end", "5"} {
			s := shown(c, keys)
			uitest.FitsEverySize(t, name+", "+keys, s, c)
			uitest.Wander(s, c)
		}
	}
}

// A screen that was never entered draws all the same.
func TestDrawsBeforeItIsEntered(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), meeting(uitest.Demo(120, 40)), met(uitest.Fresh(60, 20))} {
		for i := range tabs {
			s := New()
			s.tab = i
			uitest.Fits(t, s.View(c), c)
			s.Keys(c)
		}
	}
}

func TestASCII(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), meeting(uitest.Demo(120, 40)), met(uitest.Demo(60, 20)), uitest.Fresh(80, 24)} {
		c.Theme = theme.New(true, true)
		for _, keys := range []string{"1", "1 end", "2", "3", "3 end", "4", "4 enter", "4 enter end", "5"} {
			uitest.ASCII(t, keys, shown(c, keys).View(c))
		}
	}
}

// Few bytes a key: within what is seen, moving the cursor changes two rows' first lines and the line that says what Enter does.
func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	s := shown(c, "2", "home")
	before := s.View(c).Body
	uitest.Press(s, c, "down")
	changed, reworded := uitest.Moved(before, s.View(c).Body)
	delete(reworded, 0)
	delete(reworded, 1)
	if changed > 3 || len(reworded) > 0 {
		t.Errorf("%d lines changed, and the words of %v", changed, reworded)
	}
}

func BenchmarkView(b *testing.B) {
	c := meeting(uitest.Demo(120, 40))
	for i, x := range tabKeys {
		s := shown(c, fmt.Sprint(i+1))
		b.Run(x.Names[0], func(b *testing.B) {
			for b.Loop() {
				s.View(c)
			}
		})
	}
}

func BenchmarkCursor(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c)
	for i := 0; b.Loop(); i++ {
		uitest.Press(s, c, []string{"down", "up"}[i%2])
		s.View(c)
	}
}

// A wider terminal shows more of each line, and not only a wider pane beside it.
func TestAWideTerminalShowsMoreOfALine(t *testing.T) {
	for cols, want := range map[int]string{120: "K18  Confidentiality…:", 200: "K18  Confidentiality and its limits:"} {
		c := uitest.Demo(cols, 50)
		if frame := uitest.Draw(shown(c, "1").View(c), c); !strings.Contains(frame, want) {
			t.Errorf("%d columns: no %q in\n%s", cols, want, frame)
		}
	}
}
