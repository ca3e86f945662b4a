package appraising

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// The timer is in the first line and counts only from key to key on its own page. One key hides it for as long as the
// program runs.
func TestTheTimerCountsOnItsPageAndCanBeHidden(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	asked := 0
	c := uitest.Demo(80, 24)
	c.Clock = func() time.Time { asked++; return now }
	d := newDesk(t, c)
	right := func() string { return ansi.Strip(d.S.View(d.C).Right) }
	after := func(minutes int, keys ...string) {
		now = now.Add(time.Duration(minutes) * time.Minute)
		d.Press(keys...)
	}
	d.Press("r")
	if right() != headSays(d.C) {
		t.Errorf("before it begins: %q", right())
	}
	for _, x := range []struct {
		minutes int
		key     string
		want    string
	}{
		{0, "enter", "just begun"}, {2, "down", "2 min so far"}, {1, "f", headSays(d.C)}, {30, "r", "3 min so far"}, {1, "t", ""}, {1, "down", ""},
	} {
		if after(x.minutes, x.key); right() != x.want {
			t.Errorf("%s: %q, want %q", x.key, right(), x.want)
		}
	}
	d.Press("end", "enter") // begun anew: the choice stays
	if right() != "" {
		t.Errorf("hidden, and begun anew: %q", right())
	}
	d.Press("t")
	now = now.Add(time.Hour)
	d.Send(ui.BackMsg{})
	if right() != "just begun" {
		t.Errorf("an hour elsewhere counts: %q", right())
	}
	d.Press("down")
	now = now.Add(30 * time.Minute)
	d.Send(ui.FilesMsg{Found: map[string]bool{"a.pdf": true}}) // while another screen is shown
	if d.Send(ui.BackMsg{}); right() != "just begun" {
		t.Errorf("half an hour elsewhere counts when files are looked for: %q", right())
	}
	before := asked
	for range 3 {
		d.S.View(d.C)
		d.S.Keys(d.C)
	}
	if asked != before {
		t.Error("drawing asks the clock")
	}
}
