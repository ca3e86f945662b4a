// Package uitest helps to test screens. It has contexts to draw in, golden frames to compare with, checks that every
// page must pass, and a Desk that stands in for the root. Review a golden like code: open it, and read it as the
// learner would.
package uitest

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Today is the day on which all tests take place.
var Today = calendar.Date{Year: 2026, Month: 11, Day: 22}

// chrome is how many lines of a terminal the root keeps for the head, the message and the keys.
const chrome = 3

var update = flag.Bool("update", false, "write the golden files anew")

// Sizes are the sizes of the terminal, in columns and rows, at which every screen is drawn.
var Sizes = map[string][2]int{"80x24": {80, 24}, "60x20": {60, 20}, "120x40": {120, 40}}

// Library is the built-in content. All tests of a package share it, so that each of its files is read only once.
var Library = library.New()

// Context makes the context of a profile, in a terminal of this size.
func Context(p profile.Profile, cols, rows int) *ui.Context {
	lib, std := Library, Library.Standard(library.Default)
	n := 0
	order := func() gap.Order {
		fields := lib.Fields(library.Default)
		own, _ := fields.Of(p.Learner.Role.Line())
		return plan.OrderFor(fields, own)
	}
	return &ui.Context{
		Rev: 1, Profile: p, Report: gap.Compute(std, lib.Scale(), p, Today).WithOrder(order), Standard: std,
		Library: lib, Today: Today,
		Theme: theme.New(true, false), Size: ui.NewSize(cols, rows-chrome),
		NewID: func(prefix string) string { n++; return prefix + "-" + strings.Repeat("x", n) },
	}
}

// Demo makes the context of the demo learner.
func Demo(cols, rows int) *ui.Context { return Context(Library.Demo(Today), cols, rows) }

// Fresh makes the context of a learner who has rated nothing yet.
func Fresh(cols, rows int) *ui.Context {
	return Context(profile.Profile{
		Standard: library.Default,
		Learner:  profile.Learner{Name: safetext.New("Sam Okoro")},
	}, cols, rows)
}

// WithoutStart makes the context of the demo learner without the dates of the programme.
func WithoutStart(cols, rows int) *ui.Context {
	p := Demo(cols, rows).Profile
	p.Learner.Start, p.Learner.Gateway, p.Learner.Review = calendar.Date{}, calendar.Date{}, calendar.Date{}
	return Context(p, cols, rows)
}

// Draw returns a page as plain text, cut to the room as the root would cut it.
func Draw(p ui.Page, c *ui.Context) string {
	body := p.Lines(c.Theme, c.Size.H)
	lines := append([]string{p.Left + " || " + p.Right}, body[:min(len(body), c.Size.H)]...)
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(ansi.Truncate(l, c.Size.W, "")), " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// Frames compares a screen with its goldens at every size, after the keys of each scene; keys maps the name of a scene
// to its keys.
func Frames[S ui.Screen](tb testing.TB, prefix string, learner func(cols, rows int) *ui.Context, keys map[string]string,
	shown func(c *ui.Context, keys ...string) S,
) {
	tb.Helper()
	for size, wh := range Sizes {
		for name, k := range keys {
			c := learner(wh[0], wh[1])
			Golden(tb, prefix+name+"-"+size, Draw(shown(c, k).View(c), c))
		}
	}
}

// narrowAndWide are the scenes that have goldens at 60x20 and 120x40 too: one for each page of a screen. The others
// have one at 80x24 only; that they fit other sizes is checked by FitsEverySize and by the sweeps of the root.
var narrowAndWide = []string{
	"all", "demo", "demo-after", "demo-prepare", "demo-rate", "demo-reveal", "end", "forecast", "gaps", "list", "map",
	"meeting-meet",
	"reflect", "skill", "table", "top",
}

// Golden compares a text with testdata/name.golden. It ignores names for 60x20 and 120x40, except for the scenes of
// narrowAndWide.
func Golden(tb testing.TB, name, got string) {
	tb.Helper()
	for _, size := range []string{"-60x20", "-120x40"} {
		if scene, ok := strings.CutSuffix(name, size); ok && !slices.Contains(narrowAndWide, scene) {
			return
		}
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		tb.Fatalf("%v (write it with: go test -update)", err)
	}
	if got != string(want) {
		tb.Errorf("%s differs; look at it, then write it with: go test -update\n--- want\n%s\n--- got\n%s", name, want,
			got)
	}
}

// Updating says whether the golden files are being written, and not compared.
func Updating() bool { return *update }

// Fits fails the test if a page does not fit its room: the root would cut it, and the learner would miss something.
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
	if p.Cursor != nil && (p.Cursor.X < 0 || p.Cursor.X >= max(c.Size.W, 1) || p.Cursor.Y < 0 ||
		p.Cursor.Y >= max(c.Size.H, 1)) {
		tb.Errorf("cursor at %+v in a body of %dx%d", *p.Cursor, c.Size.W, c.Size.H)
	}
}

// rooms returns every width at some heights and every height at some widths, as far as Tries picks them for a test.
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

// oneIn: outside CI a test tries about one in so many sizes.
const oneIn = 32

// Tries says whether the test with this name tries a size. In CI it tries all of them. Elsewhere it tries some at each
// width at which a layout changes, and one in oneIn of the others. Tests with other names try others, so that all tests
// together still try nearly every size.
func Tries(name string, w, h int) bool {
	if testneed.Thorough() {
		return true
	}
	switch w {
	case 1, 39, 40, 60, ui.NarrowUpTo, ui.NarrowUpTo + 1, 80, ui.WideFrom - 1, ui.WideFrom, 120, 160, 200:
		return h%16 == 1 || h == 24 || h == 20
	}
	return (testneed.Nth(name)+3*w+h)%oneIn == 0
}

// FitsEverySize draws a screen in rooms of every width and every height, and ends the test at the first that it does
// not fit. Before each it presses one of the keys, in turn. Afterwards the context has its size of before.
func FitsEverySize(tb testing.TB, name string, s ui.Screen, c *ui.Context, keys ...string) {
	tb.Helper()
	defer func(was ui.Size) { c.Size = was }(c.Size)
	for _, c.Size = range rooms(name) {
		if len(keys) > 0 {
			Press(s, c, keys[(c.Size.W+c.Size.H)%len(keys)])
		}
		Fits(tb, s.View(c), c)
		if tb.Failed() {
			tb.Fatalf("%s at %dx%d", name, c.Size.W, c.Size.H)
		}
	}
}

// Wander moves the cursor of a screen in rooms of many sizes without drawing anything in between: no key may panic.
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

// ASCII fails the test if a page has a character that a terminal without UTF-8 cannot show.
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

// OwnKeys fails the test if a key of a screen does two things, or is one that the root uses on every screen. It returns
// what each key does.
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

// Moved compares a body with the one before the cursor moved. It returns how many lines changed, and by line what
// changed in those whose words did.
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

// CursorMoves fails the test if moving the cursor down by one changes more than the style of two lines: a key must send
// only few bytes.
func CursorMoves(tb testing.TB, s ui.Screen, c *ui.Context) {
	tb.Helper()
	before := s.View(c).Body
	Press(s, c, "down")
	if changed, reworded := Moved(before, s.View(c).Body); changed != 2 || len(reworded) > 0 {
		tb.Errorf("%d lines changed, and the words of %v", changed, reworded)
	}
}
