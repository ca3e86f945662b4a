package appraisal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// who are learners at different points of the cycle.
var who = map[string]func(*ui.Context) *ui.Context{
	"demo": func(c *ui.Context) *ui.Context { return c }, "meeting": meeting, "met": met,
}

// shown is a screen that was entered and had keys pressed.
func shown(c *ui.Context, keys ...string) *Screen {
	s := New()
	s.Update(ui.EnterMsg{}, c)
	for _, k := range keys {
		s.Update(press(k), c)
	}
	return s
}

func TestFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for name, keys := range map[string]string{
			"prepare": "1", "prepare-lower": "1 pgdown pgdown", "prepare-end": "1 end", "changes": "1 enter", "meet": "2", "meet-lower": "2 down down down down", "after": "3", "after-end": "3 end",
			"rehearse": "4", "question": "4 enter down", "trial-end": "4 enter end up", "opportunity": "5",
		} {
			for learner, at := range who {
				if learner != "demo" && name != "meet" && name != "meet-lower" && name != "after" && name != "after-end" {
					continue
				}
				c := at(uitest.Demo(wh[0], wh[1]))
				uitest.Golden(t, learner+"-"+name+"-"+size, uitest.Draw(shown(c, strings.Fields(keys)...).View(c), c))
			}
		}
		d := newDesk(t, meeting(uitest.Demo(wh[0], wh[1])))
		d.press("3")
		d.goTo(record)
		d.press("enter")
		uitest.Golden(t, "meeting-record-"+size, uitest.Draw(d.s.View(d.c), d.c))
		d = newDesk(t, rehearsed(t).c)
		d.c.Size = ui.NewSize(wh[0], wh[1]-3)
		d.press("4")
		uitest.Golden(t, "rehearsed-intro-"+size, uitest.Draw(d.s.View(d.c), d.c))
		d.press("enter", "end")
		uitest.Golden(t, "rehearsed-end-"+size, uitest.Draw(d.s.View(d.c), d.c))
		d.press("up", "enter")
		uitest.Golden(t, "rehearsed-notes-"+size, uitest.Draw(d.s.View(d.c), d.c))
		for name, keys := range map[string]string{"prepare": "1", "meet": "2", "after": "3", "question": "4 enter", "opportunity": "5"} {
			c := uitest.Fresh(wh[0], wh[1])
			uitest.Golden(t, "fresh-"+name+"-"+size, uitest.Draw(shown(c, strings.Fields(keys)...).View(c), c))
		}
	}
}

func TestFitsEverySize(t *testing.T) {
	contexts := map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "meeting": meeting(uitest.Demo(80, 24)), "met": met(uitest.Demo(80, 24))}
	for name, c := range contexts {
		for _, keys := range []string{"1", "1 enter end", "2", "2 end", "3", "3 end up enter", "4", "4 enter", "4 enter end", "5"} {
			s := shown(c, strings.Fields(keys)...)
			for _, wh := range sizes() {
				c.Size = ui.NewSize(wh[0], wh[1])
				if uitest.Fits(t, s.View(c), c); t.Failed() {
					t.Fatalf("%s, %s at %dx%d", name, keys, wh[0], wh[1])
				}
			}
			for _, wh := range sizes()[:60] {
				c.Size = ui.NewSize(wh[0], wh[1])
				s.Update(press([]string{"down", "up", "pgdown", "end"}[wh[0]%4]), c)
			}
			c.Size = ui.NewSize(80, 21)
		}
	}
}

// sizes are every width at some heights, and every height at some widths.
func sizes() (out [][2]int) {
	for w := 1; w <= 200; w++ {
		for _, h := range []int{9, 21} {
			out = append(out, [2]int{w, h})
		}
	}
	for h := 1; h <= 60; h++ {
		for _, w := range []int{1, 40, 120} {
			out = append(out, [2]int{w, h})
		}
	}
	return out
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
			p := shown(c, strings.Fields(keys)...).View(c)
			for i, l := range append(p.Body, p.Left, p.Right) {
				if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r > 126 }) {
					t.Errorf("%s, line %d: %q", keys, i, ansi.Strip(l))
				}
			}
		}
	}
}

// Few bytes a key: within what is seen, moving the cursor changes two rows' first lines and the line that says what Enter does.
func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	s := shown(c, "2", "home")
	before := s.View(c)
	s.Update(press("down"), c)
	changed := 0
	for i, l := range s.View(c).Body {
		if l == before.Body[i] {
			continue
		}
		changed++
		if i > 1 && strings.TrimLeft(ansi.Strip(l), "▸ ") != strings.TrimLeft(ansi.Strip(before.Body[i]), "▸ ") {
			t.Errorf("line %d: %q was %q", i, ansi.Strip(l), ansi.Strip(before.Body[i]))
		}
	}
	if changed > 3 {
		t.Errorf("%d lines changed", changed)
	}
}

func BenchmarkView(b *testing.B) {
	c := meeting(uitest.Demo(120, 40))
	for i, x := range tabKeys {
		s := shown(c, fmt.Sprint(i+1))
		b.Run(x.name, func(b *testing.B) {
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
		s.Update(press([]string{"down", "up"}[i%2]), c)
		s.View(c)
	}
}
