package evidence

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
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

// lists are the lists and pages by the keys that lead to them.
var lists = map[string]string{"all": "", "unsupported": "x", "without": "w", "old": "o", "many": "m down", "piece": "down enter down", "old-piece": "o enter"}

func TestFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for name, keys := range lists {
			c := uitest.Demo(wh[0], wh[1])
			uitest.Golden(t, name+"-"+size, uitest.Draw(shown(c, strings.Fields(keys)...).View(c), c))
		}
		for name, keys := range map[string]string{"fresh": "", "fresh-unsupported": "x", "fresh-without": "w", "fresh-many": "m"} {
			c := uitest.Fresh(wh[0], wh[1])
			uitest.Golden(t, name+"-"+size, uitest.Draw(shown(c, strings.Fields(keys)...).View(c), c))
		}
	}
}

// hostile is the demo learner with one piece that tries to take over the terminal and shows nearly everything.
func hostile(cols, rows int) *ui.Context {
	c := uitest.Demo(cols, rows)
	x := safetext.New(strings.Repeat("a\x1b[2Jb\u202ec 李\nline ", 60))
	p := c.Profile
	p.Evidence = append(p.Evidence[:3:3], profile.Evidence{
		ID: "e-x", Kind: "feedback", On: uitest.Today, Title: x, Where: x, Witness: x, Duty: 3, KSBs: c.Standard.Walk()[:40],
	})
	return uitest.Context(p, cols, rows)
}

func TestFitsEverySize(t *testing.T) {
	for name, c := range map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "hostile": hostile(80, 24)} {
		for list, keys := range lists {
			s := shown(c, strings.Fields(keys)...)
			for _, wh := range sizes() {
				c.Size = ui.NewSize(wh[0], wh[1])
				s.Update(press([]string{"home", "end"}[(wh[0]+wh[1])%2]), c)
				if uitest.Fits(t, s.View(c), c); t.Failed() {
					t.Fatalf("%s, list %s at %dx%d", name, list, wh[0], wh[1])
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
	for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Demo(120, 40), uitest.Fresh(60, 20)} {
		c.Theme = theme.New(true, true)
		for list, keys := range lists {
			p := shown(c, strings.Fields(keys)...).View(c)
			for i, l := range append(p.Body, p.Left, p.Right) {
				if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r > 126 }) {
					t.Errorf("list %s, line %d: %q", list, i, ansi.Strip(l))
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
	for name, keys := range lists {
		s := shown(c, strings.Fields(keys)...)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.View(c)
			}
		})
	}
}
