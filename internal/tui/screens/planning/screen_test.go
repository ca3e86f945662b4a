package planning_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestExample(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-s5dn"})
	d.Press("e")
	d.Fill(map[string]string{"title": "Sat down with a caller", "on": "", "witness": "R."})
	e := d.C.Profile.Evidence[len(d.C.Profile.Evidence)-1]
	if e.Kind != "work-product" || e.On != uitest.Today || !slices.Equal(e.KSBs, []string{"S15", "B2"}) || e.Witness.Line() != "R." {
		t.Errorf("%+v", e)
	}
	d.Press("e")
	d.Fill(map[string]string{"title": "Sat down with a caller", "ksbs": "S15"})
	if e := d.C.Profile.Evidence[len(d.C.Profile.Evidence)-1]; e.Kind != profile.KindExample {
		t.Errorf("for one KSB: %+v", e)
	}
}

func TestWhereToGo(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, x := range []struct {
		to   ui.Go
		want string
	}{
		{ui.Go{KSB: "S7"}, "Say what each weekly probe check"},
		{ui.Go{KSB: "K26"}, "Write one audit criterion"},
		{ui.Go{KSB: "S14"}, "suggested, not a goal yet"}, // its only goal is closed
		{ui.Go{KSB: "S24"}, "get one chance to see it"},  // no opportunity
		{ui.Go{KSB: "K33"}, "not rated yet"},
		{ui.Go{Goal: "g-s5dn"}, "Stay with an upset relative"},
		{ui.Go{Goal: "g-none"}, "K26"},
		{ui.Go{KSB: "K99"}, "K26"},
	} {
		s := shown(c, x.to)
		if got := uitest.Draw(s.View(c), c); !strings.Contains(got, x.want) {
			t.Errorf("%+v shows\n%s", x.to, got)
		}
	}
	if asks := uitest.Press(shown(uitest.Fresh(80, 24), ui.Go{}), uitest.Fresh(80, 24), "enter"); len(asks) != 1 || asks[0] != (ui.Go{To: ui.Rate}) {
		t.Errorf("with nothing rated Enter asks for %v", asks)
	}
}

func TestEscape(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, ui.Go{})
	if s.Escape(c) {
		t.Error("the list uses Esc")
	}
	uitest.Press(s, c, "enter")
	if !s.Escape(c) || s.Escape(c) {
		t.Error("Esc on a page goes to the list, once")
	}
	if s = shown(c, ui.Go{Goal: "g-k8tq"}); s.Escape(c) {
		t.Error("who came from elsewhere goes back there")
	}
}

func TestComingBackFromTheCoaching(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c, ui.Go{})
	uitest.Press(s, c, "enter")
	before := uitest.Draw(s.View(c), c)
	if asks := uitest.Press(s, c, "c"); len(asks) != 1 || asks[0] != (ui.Go{To: ui.KSB, KSB: "K8"}) {
		t.Fatalf("c asks for %v", asks)
	}
	s.Update(ui.BackMsg{}, c)
	if after := uitest.Draw(s.View(c), c); after != before {
		t.Errorf("coming back shows\n%s", after)
	}
}

func TestUndoneGoalLeavesTheList(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{KSB: "K4"})
	before := d.C
	d.Press("enter")
	if asks := uitest.Press(d.S, d.C, "u"); len(asks) != 1 || asks[0] != (ui.Undo{}) {
		t.Fatalf("u asks for %v", asks)
	}
	undone := *before
	undone.Rev = d.C.Rev + 1
	d.C = &undone
	if got := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(got, "K26") {
		t.Errorf("before the message comes\n%s", got)
	}
	d.Send(ui.UndoneMsg{})
	if got := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(got, "K26") {
		t.Errorf("after undoing\n%s", got)
	}
}

func TestGoalsInTurn(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	for _, x := range []struct{ key, want string }{
		{"right", "g-s7rp"}, {"tab", "g-s5dn"}, {"l", "g-k6va"}, {"right", "g-k8tq"}, {"left", "g-k6va"}, {"h", "g-s5dn"},
	} {
		d.Press(x.key)
		g, _ := d.C.Profile.Goal(x.want)
		if got := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(got, g.Text.Line()[:30]) {
			t.Errorf("%s does not lead to %s", x.key, x.want)
		}
	}
}

// The down key alone leads through a whole page, and shows every line of it.
func TestEverythingCanBeRead(t *testing.T) {
	c := uitest.Demo(60, 15)
	long := strings.Repeat("One more sentence about that day. ", 60) + "The very end."
	c.Profile.Reflections = append(c.Profile.Reflections, profile.Reflection{
		ID: "r-long", Goal: "g-s7rp", Model: "driscoll", On: c.Today, KSBs: []string{"K7"},
		Answers: []profile.Answer{{Step: "what", Text: safetext.New(long)}, {Step: "patients", Text: safetext.New("Safer.")}},
	})
	s := shown(c, ui.Go{Goal: "g-s7rp"})
	uitest.Press(s, c, "1")
	seen := map[string]bool{}
	for range 80 {
		for _, l := range strings.Split(uitest.Draw(s.View(c), c), "\n") {
			seen[strings.TrimLeft(l, " ▸")] = true
		}
		uitest.Press(s, c, "down")
	}
	if !seen["The very end."] && !slices.ContainsFunc(keysOf(seen), func(l string) bool { return strings.HasSuffix(l, "The very end.") }) {
		t.Error("the end of the answer was never on screen")
	}
	if !slices.ContainsFunc(keysOf(seen), func(l string) bool { return strings.HasPrefix(l, "Coaching") }) {
		t.Error("the last line was never on screen")
	}
	for range 80 {
		uitest.Press(s, c, "up")
	}
	if got := uitest.Draw(s.View(c), c); !strings.Contains(got, "Say what each weekly probe") {
		t.Errorf("up does not lead back to the top\n%s", got)
	}
}

func keysOf(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

func TestMouse(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{})
	page := d.S.View(d.C)
	second := -1
	for y, i := range page.Rows {
		if i == 1 && (second < 0 || y < second) {
			second = y
		}
	}
	d.Send(ui.RowMsg{Index: page.Rows[second]})
	if y := d.S.View(d.C).Cursor.Y; y != second {
		t.Errorf("a click on line %d puts the cursor on line %d", second, y)
	}
	d.Send(ui.RowMsg{Index: 1})
	if !strings.Contains(uitest.Draw(d.S.View(d.C), d.C), "Say what each weekly probe check") {
		t.Error("a click on the chosen row does not open it")
	}
	d.Send(ui.WheelMsg{Lines: 3})
	d.Send(ui.WheelMsg{Lines: -30})
}

// Every key of the screen, and every digit, can be pressed anywhere.
func TestNoKeyHarms(t *testing.T) {
	for _, x := range scenes {
		c := x.ctx(80, 24)
		for _, name := range strings.Split("enter up down left right tab home end pgup pgdown a b c d e n u v w x K 0 1 2 3 4 9 space g G", " ") {
			s := x.open(c)
			uitest.Press(s, c, name, "down", "down", "up")
			uitest.Fits(t, s.View(c), c)
			if len(s.Keys(c).Footer) == 0 || s.Help() == "" {
				t.Error("no keys or no help")
			}
		}
	}
}
