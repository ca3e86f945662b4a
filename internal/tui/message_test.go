package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// A message of several lines covers nothing, on any screen or dialog: the page is drawn as on a terminal with so many
// lines fewer. If the message were drawn over the page, it would cover the ends of sentences.
func TestAPageGivesWayToAMessage(t *testing.T) {
	t.Parallel()
	drawn := func(r *rig, cols, rows int, message string) []string {
		r.a.Update(tea.WindowSizeMsg{Width: cols, Height: rows})
		r.a.message, r.a.trouble, r.a.frame = message, false, nil
		return strings.Split(ansi.Strip(r.a.View().Content), "\n")
	}
	for name, way := range places {
		if !testneed.Tries("message "+name, 5) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, demoProfile(), 80, 24)
			r.keys(way...)
			for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}} {
				cols, rows := size[0], size[1]
				long := strings.TrimSpace(strings.Repeat("kept ", cols/5+5))
				const keys = 1 // the last line
				before := drawn(r, cols, rows, "kept")
				lower := drawn(r, cols, rows-1, "kept")
				with := drawn(r, cols, rows, long)
				if n := len(lower) - keys - 1; strings.Join(with[:n], "\n") != strings.Join(lower[:n], "\n") {
					t.Errorf("%dx%d: with a message of two lines\n%s\nand on a lower terminal\n%s", cols, rows,
						strings.Join(with, "\n"), strings.Join(lower, "\n"))
				}
				if after := drawn(r, cols, rows, "kept"); strings.Join(after, "\n") != strings.Join(before, "\n") {
					t.Errorf("%dx%d: the page is not back after the message", cols, rows)
				}
			}
		})
	}
}
