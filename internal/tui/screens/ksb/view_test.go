package ksb

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

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
	if k == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

// shown is the page of a KSB after some keys.
func shown(c *ui.Context, ksb string, keys ...string) *Screen {
	s := New()
	s.Update(ui.EnterMsg{Go: ui.Go{To: ui.KSB, KSB: ksb}}, c)
	for _, k := range keys {
		s.Update(press(k), c)
	}
	return s
}

func TestFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		for name, keys := range map[string]string{"top": "", "ratings": "tab tab", "actions": "tab tab tab tab tab", "facts": "end"} {
			uitest.Golden(t, name+"-"+size, uitest.Draw(shown(c, "S6", strings.Fields(keys)...).View(c), c))
		}
		c = uitest.Fresh(wh[0], wh[1])
		uitest.Golden(t, "fresh-"+size, uitest.Draw(shown(c, "B1").View(c), c))
	}
}

// whole is the page from top to bottom, in the words of a room as high as it takes.
func whole(c *ui.Context, ksb string) string {
	c.Size = ui.NewSize(c.Size.W, 400)
	return uitest.Draw(shown(c, ksb).View(c), c)
}

func TestWholePages(t *testing.T) {
	for _, ksb := range []string{"S24", "B1"} {
		uitest.Golden(t, "whole-"+ksb, whole(uitest.Demo(80, 24), ksb))
	}
}

func TestFitsEverySize(t *testing.T) {
	for name, c := range map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24)} {
		for _, wh := range sizes() {
			c.Size = ui.NewSize(wh[0], wh[1])
			for _, at := range []string{"home", "end"} {
				s := shown(c, "B1", at)
				if uitest.Fits(t, s.View(c), c); t.Failed() {
					t.Fatalf("%s, %s at %dx%d", name, at, wh[0], wh[1])
				}
			}
		}
	}
}

// sizes are every width at some heights, and every height at some widths.
func sizes() (out [][2]int) {
	for w := 1; w <= 200; w++ {
		for _, h := range []int{1, 17, 37} {
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
	for _, size := range [][2]int{{80, 400}, {120, 400}} {
		c := uitest.Demo(size[0], size[1])
		c.Theme = theme.New(true, true)
		p := shown(c, "S6").View(c)
		for i, l := range append(p.Body, p.Left, p.Right) {
			if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r > 126 }) {
				t.Errorf("line %d: %q", i, ansi.Strip(l))
			}
		}
	}
}

// A page drawn in a room that no key has been pressed in yet is made for that room.
func TestResizeBeforeAnyKey(t *testing.T) {
	c := uitest.Demo(120, 40)
	s := shown(c, "S6", "end")
	for _, w := range []int{60, 200, 41} {
		c.Size = ui.NewSize(w, 17)
		uitest.Fits(t, s.View(c), c)
	}
}

func BenchmarkView(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c, "S6")
	for b.Loop() {
		s.View(c)
	}
}

// BenchmarkWrite makes the whole page anew, as after a change or at another width.
func BenchmarkWrite(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c, "S6")
	for b.Loop() {
		write(c, "S6", s.words, 84)
	}
}
