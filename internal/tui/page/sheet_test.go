package page

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

func TestShorten(t *testing.T) {
	for _, x := range []struct {
		text string
		w, n int
		want string
	}{
		{"one two three", 20, 1, "one two three"},
		{"one two three", 10, 1, "one two…"},
		{"one two three", 7, 1, "one…"}, // the sign needs a cell of its own
		{"one two three four", 8, 2, "one two|three…"},
		{"indivisible", 5, 1, "indi…"},
		{"", 5, 1, ""},
		{"one", 5, 0, ""},
	} {
		got := Shorten(x.text, x.w, x.n, "…")
		if strings.Join(got, "|") != x.want {
			t.Errorf("%q in %d: %q", x.text, x.w, got)
		}
		for _, l := range got {
			if widget.Width(l) > x.w {
				t.Errorf("%q is wider than %d", l, x.w)
			}
		}
	}
}

func TestPacked(t *testing.T) {
	for _, x := range []struct {
		facts string
		w     int
		want  string
	}{
		{"a;b;c", 20, "a - b - c"},
		{"aaaa;bbbb;cccc", 11, "aaaa - bbbb|cccc"},
		{"a long fact;b", 8, "a long|fact|b"},
		{"", 8, ""},
	} {
		if got := strings.Join(Packed(strings.Split(x.facts, ";"), x.w, " - "), "|"); got != x.want {
			t.Errorf("%q: %q", x.facts, got)
		}
	}
}

func TestKeepInView(t *testing.T) {
	for _, x := range []struct{ top, from, to, n, h, want int }{
		{0, 0, 1, 30, 10, 0},
		{0, 12, 13, 30, 10, 4}, // with one line more below
		{20, 12, 13, 30, 10, 11},
		{5, 8, 9, 30, 10, 5}, // seen already
		{0, 29, 30, 30, 10, 20},
		{0, 5, 25, 30, 10, 5}, // longer than the room: its beginning
		{9, 0, 1, 5, 10, 0},
	} {
		if got := keepInView(x.top, x.from, x.to, x.n, x.h); got != x.want {
			t.Errorf("%+v: %d", x, got)
		}
	}
}
