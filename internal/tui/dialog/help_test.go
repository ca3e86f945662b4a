package dialog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// A text is laid out once for each width, however often it is scrolled, and can be scrolled to its end.
func TestATextIsLaidOutOncePerWidth(t *testing.T) {
	made := 0
	d := NewReading("A paper", func(width int) []string {
		made++
		return strings.Split(strings.TrimSpace(strings.Repeat(fmt.Sprintf("as wide as %d\n", width), 100)+"the end"), "\n")
	})
	wide, narrow := uitest.Demo(80, 24), uitest.Demo(40, 24)
	uitest.Fits(t, d.View(wide), wide)
	for _, key := range []string{"down", "pgdown", "up", "end"} {
		if out := d.Update(uitest.Key(key), wide); out != nil {
			t.Fatalf("%s ends it: %v", key, out)
		}
	}
	if got := uitest.Draw(d.View(wide), wide); made != 1 || !strings.Contains(got, "the end") {
		t.Errorf("made %d times, and it shows\n%s", made, got)
	}
	if got := uitest.Draw(d.View(narrow), narrow); made != 2 || !strings.Contains(got, "as wide as 38") {
		t.Errorf("made %d times, and it shows\n%s", made, got)
	}
	if out := d.Update(uitest.Key("esc"), wide); out != (Closed{}) {
		t.Errorf("%v", out)
	}
}
