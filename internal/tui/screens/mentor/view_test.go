package mentor

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// scenes are the parts of the screen, by what it takes to get there.
var scenes = map[string]func(*desk){
	"intro":  func(*desk) {},
	"pick":   func(d *desk) { d.begin(); d.press("down") },
	"rate":   func(d *desk) { d.begin(); d.press("down", "enter", "down", "down") },
	"rated":  func(d *desk) { d.begin(); d.press("down", "enter", "3", "left") },
	"reveal": func(d *desk) { d.begin(); d.look() },
	"lower":  func(d *desk) { d.begin(); d.look(); d.press("end") },
	"both":   func(d *desk) { d.begin(); d.look(); d.press("home", "down", "down") }, // two mentors have rated it
	"second": func(d *desk) {
		d.press("enter")
		d.somebodyElse("M. Ward")
		d.press("3", "enter", "home", "right", "right", "right", "right")
	},
}

func TestFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for name, play := range scenes {
			for learner, c := range map[string]*ui.Context{"demo": uitest.Demo(wh[0], wh[1]), "fresh": uitest.Fresh(wh[0], wh[1])} {
				if learner == "fresh" && slices.Contains([]string{"lower", "both", "second"}, name) {
					continue
				}
				d := newDesk(t, c)
				play(d)
				uitest.Golden(t, learner+"-"+name+"-"+size, uitest.Draw(d.s.View(d.c), d.c))
			}
		}
	}
}

// A sheet that asks for three KSBs, as a mentor elsewhere sees it.
func TestSheetFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for _, name := range []string{"intro", "pick", "rated"} {
			c := uitest.Fresh(wh[0], wh[1])
			c.Standard = c.Standard.Only([]string{"B1", "K7", "S6"})
			d := &desk{t: t, c: c, s: Sheet(c.Profile.Learner.Role)}
			scenes[name](d)
			uitest.Golden(t, "sheet-"+name+"-"+size, uitest.Draw(d.s.View(d.c), d.c))
		}
	}
}

func TestFitsEverySize(t *testing.T) {
	for name, play := range scenes {
		for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Fresh(80, 24)} {
			d := newDesk(t, c)
			play(d)
			for _, wh := range sizes() {
				d.c.Size = ui.NewSize(wh[0], wh[1])
				if uitest.Fits(t, d.s.View(d.c), d.c); t.Failed() {
					t.Fatalf("%s at %dx%d", name, wh[0], wh[1])
				}
			}
			for _, wh := range sizes()[:60] {
				d.c.Size = ui.NewSize(wh[0], wh[1])
				d.s.Update(press([]string{"down", "up", "pgdown", "end"}[wh[0]%4]), d.c)
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

func TestDrawsBeforeItIsEntered(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Fresh(120, 40)} {
		for _, m := range []mode{introMode, pickMode, rateMode, revealMode} {
			s := New()
			s.mode = m
			uitest.Fits(t, s.View(c), c)
			s.Keys(c)
		}
	}
}

func TestASCII(t *testing.T) {
	for name, play := range scenes {
		for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Fresh(120, 40)} {
			c.Theme = theme.New(true, true)
			d := newDesk(t, c)
			play(d)
			p := d.s.View(d.c)
			for i, l := range append(p.Body, p.Left, p.Right) {
				if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r > 126 }) {
					t.Errorf("%s, line %d: %q", name, i, ansi.Strip(l))
				}
			}
		}
	}
}

func BenchmarkView(b *testing.B) {
	for _, name := range []string{"pick", "rate", "reveal"} {
		d := newDesk(&testing.T{}, uitest.Demo(120, 40))
		scenes[name](d)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				d.s.View(d.c)
			}
		})
	}
}
