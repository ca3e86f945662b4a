package ksb

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// shown opens the page of a KSB and presses some keys.
func shown(c *ui.Context, ksb string, keys ...string) *Screen {
	return uitest.Shown(New(), c, ui.Go{To: ui.KSB, KSB: ksb}, keys...)
}

// pageOf is shown for uitest.Frames.
func pageOf(ksb string) func(c *ui.Context, keys ...string) *Screen {
	return func(c *ui.Context, keys ...string) *Screen { return shown(c, ksb, keys...) }
}

func TestFrames(t *testing.T) {
	uitest.Frames(t, "", uitest.Demo, map[string]string{"top": "", "ratings": "tab tab", "actions": "tab tab tab tab tab", "facts": "end"}, pageOf("S6"))
	uitest.Frames(t, "", uitest.Fresh, map[string]string{"fresh": ""}, pageOf("B1"))
}

// whole is the page from top to bottom.
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
		for _, at := range []string{"home", "end"} {
			uitest.FitsEverySize(t, name+", "+at, shown(c, "B1"), c, at)
		}
	}
}

func TestASCII(t *testing.T) {
	for _, size := range [][2]int{{80, 400}, {120, 400}} {
		c := uitest.Demo(size[0], size[1])
		c.Theme = theme.New(true, true)
		uitest.ASCII(t, "S6", shown(c, "S6").View(c))
	}
}

// After a change of size the page is drawn for the new size, though no key has been pressed yet.
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

// BenchmarkWrite makes the whole page again, as after a change or at another width.
func BenchmarkWrite(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c, "S6")
	for b.Loop() {
		write(c, "S6", s.content, 84, false)
	}
}
