package uitest

import (
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Fits fails the test when a page does not fit its room: the root would cut it, and something would be lost.
func Fits(tb testing.TB, p ui.Page, c *ui.Context) {
	tb.Helper()
	if len(p.Body) > c.Size.H {
		tb.Errorf("%d lines in a body of %d", len(p.Body), c.Size.H)
	}
	for i, l := range p.Lines(c.Theme, c.Size.H) {
		if n := ansi.StringWidth(l); n > c.Size.W {
			tb.Errorf("line %d is %d cells wide, the body has %d: %q", i, n, c.Size.W, ansi.Strip(l))
		}
		if strings.ContainsAny(l, "\n\r\t") {
			tb.Errorf("line %d holds a control character", i)
		}
	}
	if p.Cursor != nil && (p.Cursor.X < 0 || p.Cursor.X >= max(c.Size.W, 1) || p.Cursor.Y < 0 || p.Cursor.Y >= max(c.Size.H, 1)) {
		tb.Errorf("cursor at %+v in a body of %dx%d", *p.Cursor, c.Size.W, c.Size.H)
	}
}

// rooms are every width at some heights and every height at some widths, of those that Tries picks for a test.
func rooms(name string) (out []ui.Size) {
	room := func(w, h int) {
		if Tries(name, w, h) {
			out = append(out, ui.NewSize(w, h))
		}
	}
	for w := 1; w <= 200; w++ {
		for _, h := range []int{1, 9, 17, 21, 37} {
			room(w, h)
		}
	}
	for h := 1; h <= 60; h++ {
		for _, w := range []int{1, 40, 80, 120} {
			room(w, h)
		}
	}
	return out
}

// oneIn is how many sizes there are to each one that a test tries outside CI.
const oneIn = 8

// Tries says whether the test with this name tries a size. In CI it tries all of them; elsewhere about one in eight, others
// for each name, so that all tests together still try every size; and always those at which a layout changes.
func Tries(name string, w, h int) bool {
	if testneed.Thorough() {
		return true
	}
	switch w {
	case 1, 39, 40, 60, ui.NarrowUpTo, ui.NarrowUpTo + 1, 80, ui.WideFrom - 1, ui.WideFrom, 120, 160, 200:
		return h%2 == 1 || h == 24 || h == 20
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name))
	return (int(sum.Sum32()%oneIn)+3*w+h)%oneIn == 0
}

// FitsEverySize draws a screen in rooms of every width and every height, and ends the test at the first that it does not fit. Before
// each it presses one of the keys, in turn. The context keeps its size.
func FitsEverySize(tb testing.TB, name string, s ui.Screen, c *ui.Context, keys ...string) {
	tb.Helper()
	defer func(was ui.Size) { c.Size = was }(c.Size)
	for _, c.Size = range rooms(name) {
		if len(keys) > 0 {
			Press(s, c, keys[(c.Size.W+c.Size.H)%len(keys)])
		}
		if Fits(tb, s.View(c), c); tb.Failed() {
			tb.Fatalf("%s at %dx%d", name, c.Size.W, c.Size.H)
		}
	}
}

// Wander moves the cursor of a screen about in rooms of many sizes, in which nothing is drawn in between: no key may panic.
func Wander(s ui.Screen, c *ui.Context) {
	defer func(was ui.Size) { c.Size = was }(c.Size)
	keys := []string{"down", "up", "pgdown", "end"}
	for i, size := range rooms("wander") {
		if i%len(keys) == i/len(keys)%len(keys) {
			c.Size = size
			Press(s, c, keys[i%len(keys)])
		}
	}
}

// ASCII fails the test when a page has a character that a terminal without UTF-8 cannot show.
func ASCII(tb testing.TB, name string, p ui.Page) {
	tb.Helper()
	lines := slices.Concat(p.Body, []string{p.Left, p.Right})
	if p.Side != nil {
		lines = append(lines, p.Side.Lines...)
	}
	for i, l := range lines {
		if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r > '~' }) {
			tb.Errorf("%s, line %d: %q", name, i, ansi.Strip(l))
		}
	}
}

// OwnKeys fails the test when a key does two things, or is one that works everywhere. It gives what each key does.
func OwnKeys(tb testing.TB, name string, keys ui.Keys) map[string]string {
	tb.Helper()
	does := map[string]string{}
	for _, b := range keys.All() {
		for _, k := range b.Keys() {
			if other, twice := does[k]; twice {
				tb.Errorf("%s: %s is %s and %s", name, k, other, b.Help().Desc)
			}
			does[k] = b.Help().Desc
		}
	}
	for _, taken := range []string{"/", "?", "esc", "q", "M", "E", "ctrl+c", "ctrl+z"} {
		if own, twice := does[taken]; twice {
			tb.Errorf("%s: %s is the root's, here it is %s", name, taken, own)
		}
	}
	return does
}

// Moved compares a body with the one from before the cursor was moved: how many lines changed, and which say something
// else now, the mark of the cursor aside.
func Moved(before, after []string) (changed int, reworded map[int]string) {
	reworded = map[int]string{}
	for i, l := range after {
		if l == before[i] {
			continue
		}
		changed++
		was, is := ansi.Strip(before[i]), ansi.Strip(l)
		if strings.TrimLeft(was, "▸ ") != strings.TrimLeft(is, "▸ ") {
			reworded[i] = was + " -> " + is
		}
	}
	return changed, reworded
}

// CursorMoves fails the test when the cursor, one line down, changes more than the style of two lines: a key is to send few bytes.
func CursorMoves(tb testing.TB, s ui.Screen, c *ui.Context) {
	tb.Helper()
	before := s.View(c).Body
	Press(s, c, "down")
	if changed, reworded := Moved(before, s.View(c).Body); changed != 2 || len(reworded) > 0 {
		tb.Errorf("%d lines changed, and the words of %v", changed, reworded)
	}
}
