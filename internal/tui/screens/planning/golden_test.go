package planning_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/planning"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// A scene is a learner, and where they are on the screen.
type scene struct {
	name string
	ctx  func(cols, rows int) *ui.Context
	to   ui.Go
	keys []string
}

var scenes = []scene{
	{"fresh", uitest.Fresh, ui.Go{}, nil},
	{"list", uitest.Demo, ui.Go{}, nil},
	{"closed", uitest.Demo, ui.Go{}, []string{"v", "end"}},
	{"suggestions", uitest.Demo, ui.Go{}, []string{"b"}},
	{"full", full, ui.Go{}, nil},
	{"overdue", uitest.Demo, ui.Go{Goal: "g-k8tq"}, nil},
	{"reflect", uitest.Demo, ui.Go{Goal: "g-s7rp"}, []string{"1"}},
	{"reflected", uitest.Demo, ui.Go{Goal: "g-s5dn"}, []string{"1"}},
	{"appraised", uitest.Demo, ui.Go{Goal: "g-s5dn"}, []string{"2"}},
	{"complete", uitest.Demo, ui.Go{Goal: "g-s5dn"}, nil},
	{"missing", taken, ui.Go{Goal: "g-own"}, []string{"3"}},
	{"parked", uitest.Demo, ui.Go{Goal: "g-k6va"}, nil},
	{"done", uitest.Demo, ui.Go{Goal: "g-s4wm"}, nil},
	{"coaching", uitest.Demo, ui.Go{Goal: "g-k8tq"}, []string{"end", "enter"}},
	{"project", uitest.Demo, ui.Go{}, []string{"b", "down", "enter"}},
	{"proposal", uitest.Demo, ui.Go{KSB: "S25"}, nil},
}

func (x scene) open(c *ui.Context) *planning.Screen {
	s := shown(c, x.to)
	uitest.Press(s, c, x.keys...)
	return s
}

func TestGoldens(t *testing.T) {
	for _, x := range scenes {
		for size, wh := range uitest.Sizes {
			t.Run(x.name+"-"+size, func(t *testing.T) {
				c := x.ctx(wh[0], wh[1])
				page := x.open(c).View(c)
				uitest.Fits(t, page, c)
				uitest.Golden(t, x.name+"-"+size, uitest.Draw(page, c))
			})
		}
	}
}

// hostile is a learner whose words try to break the display.
func hostile(cols, rows int) *ui.Context {
	c := uitest.Demo(cols, rows)
	long := strings.Repeat("wordwithoutspaces", 15) + " 測試測試測試 e\u0301\u0301\u0301 \x1b[2J \u202e " + strings.Repeat("a b ", 100)
	g := goal("g-bad", long, "K9", "S9", "B1", "B2")
	g.Why, g.Theory, g.Due = safetext.New(long+"\nsecond"), "no\x1bsuch", uitest.Today.AddDays(-3)
	g.Actions = []profile.Action{
		{ID: "a-bad", Sort: profile.Study, Text: safetext.New(long), Who: safetext.New(long), Shows: safetext.New(long), Status: profile.ActionOpen},
		{ID: "a-worse", Sort: profile.People, Text: safetext.New("\n\n"), Status: profile.ActionChanged, Note: safetext.New(long)},
	}
	c.Profile.Goals = append(c.Profile.Goals, g)
	c.Profile.Reflections = append(c.Profile.Reflections, profile.Reflection{
		ID: "r-bad", Goal: "g-bad", Model: "none\x1b", KSBs: []string{"K9"},
		Answers: []profile.Answer{{Step: "st\x1bep", Text: safetext.New(long)}, {Step: "patients", Text: safetext.New("x\n\ny")}},
	})
	return c
}

// clickable is a screen on which every row that can be clicked must be in the body.
type clickable struct {
	*planning.Screen
	t *testing.T
}

func (s clickable) View(c *ui.Context) ui.Page {
	page := s.Screen.View(c)
	for y := range page.Rows {
		if y < 0 || y >= c.Size.H {
			s.t.Errorf("row %d is outside the body", y)
		}
	}
	return page
}

func TestEverySizeFits(t *testing.T) {
	all := append([]scene{
		{"hostile", hostile, ui.Go{Goal: "g-bad"}, nil},
		{"hostile reflection", hostile, ui.Go{Goal: "g-bad"}, []string{"1", "down"}},
		{"hostile list", hostile, ui.Go{}, []string{"end"}},
	}, scenes...)
	all = slices.DeleteFunc(all, func(x scene) bool {
		return slices.Contains([]string{"closed", "overdue", "complete", "parked", "done"}, x.name)
	})
	for _, x := range all {
		t.Run(x.name, func(t *testing.T) {
			c := x.ctx(80, 24)
			uitest.FitsEverySize(t, x.name, clickable{x.open(c), t}, c)
		})
	}
}

func TestASCII(t *testing.T) {
	for _, x := range scenes {
		c := x.ctx(120, 40)
		c.Theme = theme.New(true, true)
		uitest.ASCII(t, x.name, x.open(c).View(c))
	}
}

func TestDrawingChangesNothing(t *testing.T) {
	for _, x := range scenes {
		c := x.ctx(80, 24)
		s := x.open(c)
		first := uitest.Draw(s.View(c), c)
		if again := uitest.Draw(s.View(c), c); again != first {
			t.Errorf("%s: drawing twice draws different pages", x.name)
		}
	}
}

func firstLine(p ui.Page) string {
	if len(p.Body) == 0 {
		return ""
	}
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(ansi.Strip(p.Body[0])), "Enter"))
}

func BenchmarkView(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c, ui.Go{Goal: "g-k8tq"})
	for b.Loop() {
		s.View(c)
	}
}

func BenchmarkMove(b *testing.B) {
	c := uitest.Demo(120, 40)
	s := shown(c, ui.Go{})
	for b.Loop() {
		uitest.Press(s, c, "down", "up")
	}
}
