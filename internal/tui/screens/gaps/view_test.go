package gaps

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// press is a key as the terminal sends it.
func press(k string) tea.KeyPressMsg {
	for name, code := range map[string]rune{
		"enter": tea.KeyEnter, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "tab": tea.KeyTab,
	} {
		if name == k {
			return tea.KeyPressMsg{Code: code}
		}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
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

// withoutStart is the demo learner with no start date.
func withoutStart(cols, rows int) *ui.Context {
	p := uitest.Demo(cols, rows).Profile
	p.Learner.Start, p.Learner.Gateway, p.Learner.Review = calendar.Date{}, calendar.Date{}, calendar.Date{}
	return uitest.Context(p, cols, rows)
}

func TestFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for name, keys := range map[string]string{"gaps": "", "strengths": "+", "chance": "o", "claims": "x", "map": "m down"} {
			c := uitest.Demo(wh[0], wh[1])
			uitest.Golden(t, name+"-"+size, uitest.Draw(shown(c, strings.Fields(keys)...).View(c), c))
		}
		c := uitest.Fresh(wh[0], wh[1])
		uitest.Golden(t, "fresh-"+size, uitest.Draw(shown(c).View(c), c))
		c = withoutStart(wh[0], wh[1])
		uitest.Golden(t, "no-start-"+size, uitest.Draw(shown(c).View(c), c))
	}
}

// A filter that keeps nothing, and the map without a start date.
func TestFramesOfRareCases(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "x")
	s.filter = filter{oneDuty, 7}
	uitest.Golden(t, "filtered-away", uitest.Draw(s.View(c), c))
	s.mode = gapsMode
	s.Update(press("end"), c)
	uitest.Golden(t, "filtered", uitest.Draw(s.View(c), c))
	c = withoutStart(80, 24)
	uitest.Golden(t, "map-no-start", uitest.Draw(shown(c, "m").View(c), c))
}

func TestFitsEverySize(t *testing.T) {
	contexts := map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "no start": withoutStart(80, 24)}
	for name, c := range contexts {
		for _, wh := range sizes() {
			c.Size = ui.NewSize(wh[0], wh[1])
			for m := range modes {
				s := New()
				s.mode = m
				s.Update(press([]string{"home", "end"}[(wh[0]+wh[1])%2]), c)
				if uitest.Fits(t, s.View(c), c); t.Failed() {
					t.Fatalf("%s, list %d at %dx%d", name, m, wh[0], wh[1])
				}
			}
		}
	}
}

// sizes are every width at some heights, and every height at some widths.
func sizes() (out [][2]int) {
	for w := 1; w <= 200; w++ {
		for _, h := range []int{1, 9, 21, 37} {
			out = append(out, [2]int{w, h})
		}
	}
	for h := 1; h <= 60; h++ {
		for _, w := range []int{1, 40, 80, 120} {
			out = append(out, [2]int{w, h})
		}
	}
	return out
}

func TestASCII(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Demo(120, 40), uitest.Fresh(60, 20), withoutStart(60, 20)} {
		c.Theme = theme.New(true, true)
		for m := range modes {
			s := New()
			s.mode = m
			s.Update(ui.EnterMsg{}, c)
			p := s.View(c)
			for i, l := range append(p.Body, p.Left, p.Right) {
				if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r > 126 }) {
					t.Errorf("list %d, line %d: %q", m, i, ansi.Strip(l))
				}
			}
		}
	}
}

// Few bytes a key: moving the cursor must change two rows' styles and nothing of their words.
func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c)
	before := s.View(c)
	s.Update(press("down"), c)
	changed := 0
	for i, l := range s.View(c).Body {
		if l != before.Body[i] {
			changed++
			if strings.TrimLeft(ansi.Strip(l), "▸ ") != strings.TrimLeft(ansi.Strip(before.Body[i]), "▸ ") {
				t.Errorf("line %d: %q was %q", i, ansi.Strip(l), ansi.Strip(before.Body[i]))
			}
		}
	}
	if changed != 2 {
		t.Errorf("%d lines changed", changed)
	}
}

func BenchmarkView(b *testing.B) {
	c := uitest.Demo(120, 40)
	for m := range modes {
		s := New()
		s.mode = m
		s.Update(ui.EnterMsg{}, c)
		b.Run(fmt.Sprint(tabs[m].name), func(b *testing.B) {
			for b.Loop() {
				s.View(c)
			}
		})
	}
}

func BenchmarkCursor(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c)
	keys := []tea.KeyPressMsg{press("down"), press("up")}
	for i := 0; b.Loop(); i++ {
		s.Update(keys[i%2], c)
		s.View(c)
	}
}
