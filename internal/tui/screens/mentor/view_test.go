package mentor

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// scenes are the keys that lead to each part of the screen.
var scenes = map[string]func(*desk){
	"intro":  func(*desk) {},
	"pick":   func(d *desk) { d.begin(); d.Press("down") },
	"rate":   func(d *desk) { d.begin(); d.Press("down", "enter", "down", "down") },
	"rated":  func(d *desk) { d.begin(); d.Press("down", "enter", "3", "left") },
	"reveal": func(d *desk) { d.begin(); d.look() },
	"lower":  func(d *desk) { d.begin(); d.look(); d.Press("end") },
	"both":   func(d *desk) { d.begin(); d.look(); d.Press("home", "down", "down") }, // two mentors have rated it
	"second": func(d *desk) {
		d.Press("enter")
		d.somebodyElse("M. Ward")
		d.Press("3", "enter", "home", "right", "right", "right", "right")
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
				uitest.Golden(t, learner+"-"+name+"-"+size, uitest.Draw(d.S.View(d.C), d.C))
			}
		}
	}
}

// The frames are of a sheet that asks for three KSBs.
func TestSheetFrames(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for _, name := range []string{"intro", "pick", "rated"} {
			c := uitest.Fresh(wh[0], wh[1])
			c.Standard = c.Standard.Only([]string{"B1", "K7", "S6"})
			d := &desk{&uitest.Desk[*Screen]{TB: t, S: Sheet(c.Profile.Learner.Role), C: c}}
			scenes[name](d)
			uitest.Golden(t, "sheet-"+name+"-"+size, uitest.Draw(d.S.View(d.C), d.C))
		}
	}
}

func TestFitsEverySize(t *testing.T) {
	for name, play := range scenes {
		for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Fresh(80, 24)} {
			d := newDesk(t, c)
			play(d)
			uitest.FitsEverySize(t, name, d.S, d.C)
			uitest.Wander(d.S, d.C)
		}
	}
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
			uitest.ASCII(t, name, d.S.View(d.C))
		}
	}
}

func BenchmarkView(b *testing.B) {
	for _, name := range []string{"pick", "rate", "reveal"} {
		d := newDesk(b, uitest.Demo(120, 40))
		scenes[name](d)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				d.S.View(d.C)
			}
		})
	}
}

// The text between two levels follows the pointer, as on Rate; while nothing is pointed at, it is the step to the usual
// target. On a wide terminal the text below it does not move.
func TestTheStepFollowsTheMentorsPointer(t *testing.T) {
	for _, wh := range uitest.Sizes {
		d := newDesk(t, uitest.Demo(wh[0], wh[1]))
		d.begin()
		d.Press("down", "enter")
		good := -1
		see := func(step coaching.LevelStep) {
			t.Helper()
			page := d.S.View(d.C)
			body := page.Lines(d.C.Theme, d.C.Size.H)
			frame := strings.Join(strings.Fields(ansi.Strip(strings.Join(body, " "))), " ")
			if d.C.Size.H > 20 && !strings.Contains(frame, fmt.Sprintf("%s or %s?", step.From, step.To)) {
				t.Errorf("%v: %s is not there:\n%s", wh, fmt.Sprintf("%s or %s?", step.From, step.To), uitest.Draw(d.S.View(d.C), d.C))
			}
			y := slices.IndexFunc(body, func(l string) bool { return strings.Contains(l, "What good looks like") })
			if good >= 0 && y != good || d.C.Size.Wide && y < 0 {
				t.Errorf("%v: what good looks like is on line %d, and was on %d", wh, y, good)
			}
			good = y
		}
		e, _ := d.C.Entry(d.S.ksb)
		see(e.StepFrom(2))
		for i := range levels.Opportunity {
			d.Press("down")
			see(e.StepFrom(levels.Pointed(i)))
		}
		d.Press("down")
		see(e.StepFrom(2))
		d.Press("up", "up")
		uitest.CursorMoves(t, d.S, d.C)
	}
}
