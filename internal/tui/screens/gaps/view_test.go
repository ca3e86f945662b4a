package gaps

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// shown is a screen that was entered, after some keys.
func shown(c *ui.Context, keys ...string) *Screen { return uitest.Shown(New(), c, ui.Go{}, keys...) }

// listed is a screen that shows a list and was never entered.
func listed(m mode) *Screen {
	s := New()
	s.mode = m
	return s
}

func TestFrames(t *testing.T) {
	uitest.Frames(t, "", uitest.Demo, map[string]string{"gaps": "", "strengths": "+", "chance": "o", "claims": "x", "map": "m down"}, shown)
	uitest.Frames(t, "", uitest.Fresh, map[string]string{"fresh": ""}, shown)
	uitest.Frames(t, "", uitest.WithoutStart, map[string]string{"no-start": ""}, shown)
}

// A filter that keeps nothing, and the map without a start date.
func TestFramesOfRareCases(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, "x")
	s.filter = filter{oneDuty, 7}
	uitest.Golden(t, "filtered-away", uitest.Draw(s.View(c), c))
	s.mode = gapsMode
	uitest.Press(s, c, "end")
	uitest.Golden(t, "filtered", uitest.Draw(s.View(c), c))
	c = uitest.WithoutStart(80, 24)
	uitest.Golden(t, "map-no-start", uitest.Draw(shown(c, "m").View(c), c))
}

func TestFitsEverySize(t *testing.T) {
	contexts := map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "no start": uitest.WithoutStart(80, 24)}
	for name, c := range contexts {
		for m := range modes {
			uitest.FitsEverySize(t, fmt.Sprintf("%s, list %d", name, m), listed(m), c, "home", "end")
		}
	}
}

func TestASCII(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Demo(120, 40), uitest.Fresh(60, 20), uitest.WithoutStart(60, 20)} {
		c.Theme = theme.New(true, true)
		for m := range modes {
			uitest.ASCII(t, fmt.Sprintf("list %d", m), uitest.Shown(listed(m), c, ui.Go{}).View(c))
		}
	}
}

func TestMovingTheCursorKeepsTheWords(t *testing.T) {
	c := uitest.Demo(80, 24)
	uitest.CursorMoves(t, shown(c), c)
}

func BenchmarkView(b *testing.B) {
	c := uitest.Demo(120, 40)
	for m := range modes {
		s := uitest.Shown(listed(m), c, ui.Go{})
		b.Run(fmt.Sprint("list ", m), func(b *testing.B) {
			for b.Loop() {
				s.View(c)
			}
		})
	}
}

func BenchmarkCursor(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c)
	keys := []tea.KeyPressMsg{uitest.Key("down"), uitest.Key("up")}
	for i := 0; b.Loop(); i++ {
		s.Update(keys[i%2], c)
		s.View(c)
	}
}
