package ui_test

import (
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

func TestAPageIsCutToItsRoom(t *testing.T) {
	for _, x := range []struct {
		w, h   int
		cursor bool
		want   []string
	}{
		{10, 4, true, []string{"first line", "second lin", "third"}},
		{5, 2, true, []string{"first", "secon"}},
		{5, 1, false, []string{"first"}},
		{0, 2, true, []string{"", ""}},
		{10, -1, false, nil},
	} {
		p := ui.Page{Body: []string{"first line", "second line", "third"}, Cursor: &ui.Point{Y: 1}}
		p.CutTo(ui.NewSize(x.w, x.h))
		if !slices.Equal(p.Body, x.want) {
			t.Errorf("%dx%d: %q, want %q", x.w, x.h, p.Body, x.want)
		}
		if there := p.Cursor != nil; there != x.cursor {
			t.Errorf("%dx%d: the cursor is at %+v", x.w, x.h, p.Cursor)
		}
	}
}
