package appraising

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// who has learners at different points of the appraisal cycle.
var who = map[string]func(*ui.Context) *ui.Context{
	"demo": func(c *ui.Context) *ui.Context { return c }, "meeting": meeting, "met": met,
}

// shown is a screen that was entered, after some keys.
func shown(c *ui.Context, keys ...string) *Screen { return uitest.Shown(New(), c, ui.Go{}, keys...) }

func TestFrames(t *testing.T) {
	meets := map[string]string{"meet": "m", "meet-lower": "m down down down down", "after": "f", "after-end": "f end"}
	for learner, at := range who {
		uitest.Frames(t, learner+"-", func(cols, rows int) *ui.Context { return at(uitest.Demo(cols, rows)) }, meets, shown)
	}
	uitest.Frames(t, "demo-", uitest.Demo, map[string]string{
		"prepare": "a", "prepare-lower": "a pgdown pgdown", "prepare-end": "a end", "unfolded": "a end up up up enter",
		"rehearse": "r", "question": "r enter down", "trial-end": "r enter end up", "opportunity": "n",
	}, shown)
	uitest.Frames(t, "fresh-", uitest.Fresh, map[string]string{"prepare": "a", "meet": "m", "after": "f", "question": "r enter", "opportunity": "n"}, shown)
	for size, wh := range uitest.Sizes {
		d := newDesk(t, meeting(uitest.Demo(wh[0], wh[1])))
		d.Press("f")
		d.goTo(recordRow)
		d.Press("enter")
		uitest.Golden(t, "meeting-record-"+size, uitest.Draw(d.S.View(d.C), d.C))
		d = newDesk(t, rehearsed(t).C)
		d.C.Size = ui.NewSize(wh[0], wh[1]-3)
		d.Press("r")
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
		for _, keys := range []string{"a", "a enter end", "m", "m end", "f", "f end up enter", "r", "r enter", "r enter end", "n"} {
			s := shown(c, keys)
			uitest.FitsEverySize(t, name+", "+keys, s, c)
			uitest.Wander(s, c)
		}
	}
}

// A screen that was never entered can be drawn.
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
		for _, keys := range []string{"a", "a end", "m", "f", "f end", "r", "r enter", "r enter end", "n"} {
			uitest.ASCII(t, keys, shown(c, keys).View(c))
		}
	}
}

// Few bytes for a key: moving the cursor without scrolling changes only the first lines of two rows and the line that
// says what Enter does.
func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	s := shown(c, "m", "home")
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
	for i, x := range tabKeys() {
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

// At every size enough of a row's name is shown to tell what it is; a larger terminal shows more of it, and of its
// facts.
func TestTheNameOfALineCanBeRead(t *testing.T) {
	for wh, want := range map[[2]int]string{
		{60, 20}: "S18  Protecting and sharing…: Stopped a", {80, 24}: "S18  Protecting and…: Stopped a screenshot",
		{120, 50}: "S18  Protecting and sharing…: Stopped a screenshot of", {200, 50}: "S18  Protecting and sharing information: Stopped a screenshot of a worklist",
	} {
		c := uitest.Demo(wh[0], wh[1])
		if frame := uitest.Draw(shown(c, "a").View(c), c); !strings.Contains(frame, want) {
			t.Errorf("%v: no %q in\n%s", wh, want, frame)
		}
	}
}
