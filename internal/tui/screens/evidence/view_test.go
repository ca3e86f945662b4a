package evidence

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// shown is a screen that was entered, after some keys.
func shown(c *ui.Context, keys ...string) *Screen { return uitest.Shown(New(), c, ui.Go{}, keys...) }

// scenes are the keys that lead to each list and page.
var scenes = map[string]string{"all": "", "unsupported": "x", "without": "w", "old": "o", "many": "m down", "piece": "down enter down", "old-piece": "o enter"}

func TestFrames(t *testing.T) {
	uitest.Frames(t, "", uitest.Demo, scenes, shown)
	uitest.Frames(t, "fresh", uitest.Fresh, map[string]string{"": "", "-unsupported": "x", "-without": "w", "-many": "m"}, shown)
}

// hostile is the demo learner with one more piece, whose words try to take over the terminal and which shows nearly
// every KSB.
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
		for list, keys := range scenes {
			uitest.FitsEverySize(t, name+", list "+list, shown(c, keys), c, "home", "end")
		}
	}
}

func TestASCII(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Demo(120, 40), uitest.Fresh(60, 20)} {
		c.Theme = theme.New(true, true)
		for list, keys := range scenes {
			uitest.ASCII(t, list, shown(c, keys).View(c))
		}
	}
}

func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := uitest.Demo(80, 24)
	uitest.CursorMoves(t, shown(c), c)
}

func BenchmarkView(b *testing.B) {
	c := uitest.Demo(120, 40)
	for name, keys := range scenes {
		s := shown(c, keys)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.View(c)
			}
		})
	}
}
