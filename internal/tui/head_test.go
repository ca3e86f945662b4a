package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Whatever the screen and the width, the first line says whole whether all is on disk.
func TestTheHeadAlwaysSaysWhetherAllIsSaved(t *testing.T) {
	for _, keys := range [][]string{{"home"}, {"left"}, {"c"}, {"esc", "g"}, {"a"}} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("enter", "2")
		r.keys(keys...)
		for cols := minCols; cols <= 130; cols++ {
			r.send(tea.WindowSizeMsg{Width: cols, Height: 20})
			head := strings.TrimRight(strings.Split(r.screen(), "\n")[0], " ")
			if !strings.HasSuffix(head, " saved") && !strings.HasSuffix(head, " saved 14:02") {
				t.Fatalf("%d columns, after %v: %q", cols, keys, head)
			}
		}
	}
}
