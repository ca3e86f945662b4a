package progress

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// shown is a screen that was entered, after some keys.
func shown(c *ui.Context, keys ...string) *Screen { return uitest.Shown(New(), c, ui.Go{}, keys...) }

// rounds is a learner with n rounds, three months apart, the last one open. Every KSB rises slowly. The mentor rates
// from the second round on, and skills lower; one KSB is agreed in each round, and one has no opportunity.
func rounds(n, cols, rows int) *ui.Context {
	c := uitest.Fresh(cols, rows)
	start := uitest.Today.AddMonths(-3 * n)
	p := profile.Profile{
		Standard: c.Standard.Reference, Learner: profile.Learner{Name: safetext.New("Sam Okoro"), Start: start, Gateway: start.AddMonths(40)},
	}
	for i := range n {
		on := start.AddMonths(3 * i).AddDays(20)
		r := profile.Round{ID: "baseline", Opened: on, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: {}, profile.Mentor: {}, profile.Agreed: {}}}
		if i > 0 {
			r.ID = "review-" + string(rune('a'+i-1))
		}
		if i < n-1 {
			r.Closed = on.AddDays(10)
		}
		for j, id := range c.Standard.Walk() {
			self := level.Level(min(max((i*(2+j%3)+j%4)/4, 0), 4))
			r.Ratings[profile.Self][id] = profile.Rating{Level: self, On: on}
			if i > 0 && j%3 == 0 {
				mentor := self
				if id[0] == 'S' {
					mentor = max(self-1, 0)
				}
				r.Ratings[profile.Mentor][id] = profile.Rating{Level: mentor, On: on.AddDays(2), By: safetext.New("J. Ode")}
			}
		}
		r.Ratings[profile.Self]["S5"] = profile.Rating{Level: level.NoOpportunity, On: on}
		if i > 0 {
			r.Ratings[profile.Agreed]["K1"] = profile.Rating{Level: 2, On: on.AddDays(3), Reason: safetext.New("the log")}
		}
		p.Rounds = append(p.Rounds, r)
	}
	return uitest.Context(p, cols, rows)
}

// parts are the keys that lead to each part and page.
var parts = map[string]string{
	"duties": "down", "table": "t", "kinds": "b", "kinds-table": "b t", "forecast": "f", "forecast-table": "f t", "ksbs": "down enter down",
}

func TestFrames(t *testing.T) {
	uitest.Frames(t, "", uitest.Demo, parts, shown)
	uitest.Frames(t, "four-", func(cols, rows int) *ui.Context { return rounds(4, cols, rows) }, parts, shown)
	uitest.Frames(t, "", uitest.Fresh, map[string]string{"fresh": ""}, shown)
	for name, c := range map[string]*ui.Context{"no-start": uitest.WithoutStart(80, 24), "one": rounds(1, 80, 24), "twelve": rounds(12, 80, 24)} {
		for part, keys := range parts {
			uitest.Golden(t, name+"-"+part, uitest.Draw(shown(c, keys).View(c), c))
		}
	}
}

func TestFitsEverySize(t *testing.T) {
	for name, c := range map[string]*ui.Context{
		"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "twelve": rounds(12, 80, 24), "no start": uitest.WithoutStart(80, 24),
	} {
		for part, keys := range parts {
			uitest.FitsEverySize(t, name+", "+part, shown(c, keys), c, "home", "end")
		}
	}
}

func TestASCII(t *testing.T) {
	for _, c := range []*ui.Context{uitest.Demo(80, 24), rounds(5, 120, 40), uitest.Fresh(60, 20), uitest.WithoutStart(60, 20)} {
		c.Theme = theme.New(true, true)
		for part, keys := range parts {
			uitest.ASCII(t, part, shown(c, keys).View(c))
		}
	}
}

// Nothing may be said by colour alone: a frame without colours must still have every figure of the table.
func TestThePictureHasItsFigures(t *testing.T) {
	c := rounds(4, 80, 24)
	s := shown(c)
	p := s.pastOf(c)
	frame := uitest.Draw(s.View(c), c)
	for _, d := range p.duties {
		for _, want := range []string{d.now().figure(), mean{d.expected, true}.figure()} {
			if !strings.Contains(frame, want) {
				t.Errorf("%s: %s is missing", d.name, want)
			}
		}
	}
}

func BenchmarkView(b *testing.B) {
	c := rounds(12, 120, 40)
	for part, keys := range parts {
		s := shown(c, keys)
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				s.View(c)
			}
		})
	}
	b.Run("reckon", func(b *testing.B) {
		for b.Loop() {
			newPast(c)
		}
	})
}
