// Package uitest helps the tests of screens: contexts to draw in, golden frames to compare with, what every page must hold
// to, and a desk that carries out what a screen asks for. A golden is reviewed like code: open it and read it as the learner would.
package uitest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Today is the day on which all tests take place.
var Today = calendar.Date{Year: 2026, Month: 11, Day: 22}

// chrome is how many lines of a terminal the root keeps for head, rule and keys.
const chrome = 3

var update = flag.Bool("update", false, "write the golden files anew")

// Sizes are the terminal sizes that every screen has goldens for.
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
		Rev: 1, Profile: p, Report: gap.Compute(std, lib.Scale(), p, Today).In(order), Standard: std, Library: lib, Today: Today,
		Theme: theme.New(true, false), Size: ui.NewSize(cols, rows-chrome),
		NewID: func(prefix string) string { n++; return prefix + "-" + strings.Repeat("x", n) },
	}
}

// Demo is the context of the demo learner.
func Demo(cols, rows int) *ui.Context { return Context(Library.Demo(Today), cols, rows) }

// Fresh is the context of a learner who has rated nothing yet.
func Fresh(cols, rows int) *ui.Context {
	return Context(profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: safetext.New("Sam Okoro")}}, cols, rows)
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
func Frames[S ui.Screen](tb testing.TB, prefix string, learner func(cols, rows int) *ui.Context, keys map[string]string, shown func(c *ui.Context, keys ...string) S) {
	tb.Helper()
	for size, wh := range Sizes {
		for name, k := range keys {
			c := learner(wh[0], wh[1])
			Golden(tb, prefix+name+"-"+size, Draw(shown(c, k).View(c), c))
		}
	}
}

// Golden compares text with testdata/name.golden.
func Golden(tb testing.TB, name, got string) {
	tb.Helper()
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
		tb.Errorf("%s differs; look at it, then write it with: go test -update\n--- want\n%s\n--- got\n%s", name, want, got)
	}
}

// Updating says whether golden files are to be written anew.
func Updating() bool { return *update }
