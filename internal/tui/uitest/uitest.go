// Package uitest helps the tests of screens: contexts to draw in, golden frames to compare with, what every page must
// hold to, and a desk that carries out what a screen asks for. A golden is reviewed like code: open it and read it as
// the learner would.
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

// chrome is how many lines of a terminal the root keeps for head, rule and keys.
const chrome = 3

var update = flag.Bool("update", false, "write the golden files anew")

// Sizes are the terminal sizes that every screen is drawn in.
var Sizes = map[string][2]int{"80x24": {80, 24}, "60x20": {60, 20}, "120x40": {120, 40}}

// Library is the content built in. It is one for all tests of a package, so that each file of it is read once.
var Library = library.New()

// Context is what a screen sees of a profile in a terminal of cols and rows.
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

// Demo is the context of the demo learner.
func Demo(cols, rows int) *ui.Context { return Context(Library.Demo(Today), cols, rows) }

// Fresh is the context of a learner who has rated nothing yet.
func Fresh(cols, rows int) *ui.Context {
	return Context(profile.Profile{
		Standard: library.Default,
		Learner:  profile.Learner{Name: safetext.New("Sam Okoro")},
	}, cols, rows)
}

// WithoutStart is the demo learner with no dates of the programme.
func WithoutStart(cols, rows int) *ui.Context {
	p := Demo(cols, rows).Profile
	p.Learner.Start, p.Learner.Gateway, p.Learner.Review = calendar.Date{}, calendar.Date{}, calendar.Date{}
	return Context(p, cols, rows)
}

// Draw is a page as plain text, one line a row, cut to the room as the root cuts it.
func Draw(p ui.Page, c *ui.Context) string {
	body := p.Lines(c.Theme, c.Size.H)
	lines := append([]string{p.Left + " || " + p.Right}, body[:min(len(body), c.Size.H)]...)
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(ansi.Truncate(l, c.Size.W, "")), " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// Frames compares what a screen shows with its golden at every size, for each name after its keys.
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

// narrowAndWide are the scenes with goldens at 60x20 and 120x40 too: one for each page of a screen. Every other scene
// has one at 80x24, which says what it shows; that nothing of it is cut or lost at another size is held by
// FitsEverySize and by the sweeps of the root.
var narrowAndWide = []string{
	"all", "demo", "demo-after", "demo-prepare", "demo-rate", "demo-reveal", "end", "forecast", "gaps", "list", "map",
	"meeting-meet",
	"reflect", "skill", "table", "top",
}

// Golden compares text with testdata/name.golden, at 60x20 and 120x40 for the scenes of narrowAndWide only.
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

// Updating says whether golden files are to be written anew.
func Updating() bool { return *update }

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
	if p.Cursor != nil && (p.Cursor.X < 0 || p.Cursor.X >= max(c.Size.W, 1) || p.Cursor.Y < 0 ||
		p.Cursor.Y >= max(c.Size.H, 1)) {
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
const oneIn = 32

// Tries says whether the test with this name tries a size. In CI it tries all of them; elsewhere about one in
// thirty-two, others for each name, so that all tests together still try every size; and always some at each width at
// which a layout changes.
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
// not fit. Before each it presses one of the keys, in turn. The context keeps its size.
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

// Wander moves the cursor of a screen about in rooms of many sizes, in which nothing is drawn in between: no key may
// panic.
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

// Moved compares a body with the one before the cursor moved: how many lines changed, and which say something else.
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

// CursorMoves fails the test when the cursor, one line down, changes more than the style of two lines: a key is to send
// few bytes.
func CursorMoves(tb testing.TB, s ui.Screen, c *ui.Context) {
	tb.Helper()
	before := s.View(c).Body
	Press(s, c, "down")
	if changed, reworded := Moved(before, s.View(c).Body); changed != 2 || len(reworded) > 0 {
		tb.Errorf("%d lines changed, and the words of %v", changed, reworded)
	}
}
