package levels_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestPointer(t *testing.T) {
	for i, l := range levels.All {
		if levels.Index(l) != i || levels.Pointed(i) != l {
			t.Errorf("%s is at %d, and %d is %s", l, levels.Index(l), i, levels.Pointed(i))
		}
	}
	if levels.Pointed(levels.Nowhere) != level.NoOpportunity || levels.Moved(0, -1) != 0 || levels.Moved(5, 1) != levels.Opportunity {
		t.Error("the pointer leaves the levels")
	}
}

// The level at the pointer is shown with all its words; another one is cut between words.
func TestLines(t *testing.T) {
	c := uitest.Demo(60, 20)
	means := "do it safely to the SOP, and know when to escalate to somebody senior"
	at := levels.Lines(c, 3, "  ", means, true, 40)
	if all := strings.Join(strings.Fields(ansi.Strip(strings.Join(at, " "))), " "); !strings.HasSuffix(all, means) {
		t.Errorf("pointed at: %q", all)
	}
	other := levels.Lines(c, level.NoOpportunity, "✓ ", means, false, 40)
	if got := ansi.Strip(other[0]); len(other) != 1 || got != "✓ n do it safely to the SOP, and know"+c.Theme.Glyphs.Cut {
		t.Errorf("not pointed at: %q", other)
	}
}

func TestStrip(t *testing.T) {
	chips := []levels.Chip{{KSB: "K1", State: "2", Tick: "✓"}, {KSB: "K2", State: "n", Here: true}, {KSB: "K3", State: "·"}}
	lines := levels.Strip(chips, 14, uitest.Demo(80, 24).Theme)
	if len(lines) != 2 || ansi.Strip(lines[0]) != " K1 2✓[K2 n]" || ansi.Strip(lines[1]) != " K3 · " {
		t.Errorf("%q", lines)
	}
}
