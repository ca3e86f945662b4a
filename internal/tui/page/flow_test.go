package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
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
		{"one two three", 7, 1, "one…"}, // the ellipsis takes a cell too
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

func TestPack(t *testing.T) {
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
		if got := strings.Join(widget.Pack(strings.Split(x.facts, ";"), " - ", x.w), "|"); got != x.want {
			t.Errorf("%q: %q", x.facts, got)
		}
	}
}

func TestKeepInView(t *testing.T) {
	for _, x := range []struct{ top, from, to, n, h, want int }{
		{0, 0, 1, 30, 10, 0},
		{0, 12, 13, 30, 10, 4}, // with one more line below
		{20, 12, 13, 30, 10, 11},
		{5, 8, 9, 30, 10, 5}, // in view already
		{0, 29, 30, 30, 10, 20},
		{0, 5, 25, 30, 10, 5}, // longer than the room: show its beginning
		{9, 0, 1, 5, 10, 0},
	} {
		if got := keepInView(x.top, x.from, x.to, x.n, x.h); got != x.want {
			t.Errorf("%+v: %d", x, got)
		}
	}
}

// flowOf lays out blocks, 40 cells wide.
func flowOf(blocks ...Block) *Flow {
	f := &Flow{Theme: theme.New(true, false), W: 40}
	f.Lay(blocks, true)
	return f
}

// drawn is the page on which h lines of a flow are shown, unstyled.
func drawn(l *List, f *Flow, h int) ui.Page {
	p := ui.Page{}
	l.Show(&p, f, h, 0, ">")
	for i, s := range p.Body {
		p.Body[i] = ansi.Strip(s)
	}
	return p
}

func TestLay(t *testing.T) {
	f := flowOf(
		Block{Head: "A heading"},
		Block{Row: Row{Key: "a", Code: "K1", Name: "A name that is longer than there is room for", Says: []string{"said of it"}}},
		Block{Row: Row{Key: "b", Sign: Done, Deep: true, Name: "Without a code"}},
		Block{Text: "Words that are only read."},
		Block{Row: Row{Key: "c", Name: "The last"}},
	)
	var l List
	l.Choose("b")
	p := drawn(&l, f, 20)
	want := []string{
		" A heading",
		"  K1   A name that is longer than there",
		"       is room for",
		"       said of it",
		">   ✓ Without a code",
		"  Words that are only read.",
		"",
		"  The last",
	}
	if !slices.Equal(p.Body, want) {
		t.Errorf("%s", strings.Join(p.Body, "\n"))
	}
	if got := fmt.Sprint(p.Rows); got != "map[1:0 2:0 3:0 4:1 7:2]" || p.Cursor.Y != 4 {
		t.Errorf("rows %s, cursor %+v", got, p.Cursor)
	}
}

// The arrow keys go from row to row and scroll through the text between them, so that everything can be read.
func TestTheArrowKeysReadEverything(t *testing.T) {
	long := strings.Repeat("word ", 200)
	blocks := []Block{{Row: Row{Key: "a", Name: "first"}}, {Text: long + "middle"}, {Row: Row{Key: "b", Name: "second"}}, {Text: long + "end"}}
	const h = 10
	for _, way := range []string{"down", "up"} {
		f, l, seen := flowOf(blocks...), List{}, map[string]bool{}
		l.Put(f.Rows, map[string]int{"up": 1}[way])
		for range 60 {
			l.SettleOn(f, h)
			for _, s := range drawn(&l, f, h).Body {
				seen[strings.TrimLeft(s, "> ")] = true
			}
			l.UpdateOn(press(way), f, h, nil)
		}
		all := drawn(&List{}, f, 1000).Body
		for _, s := range all {
			if way == "down" && !seen[strings.TrimLeft(s, "> ")] {
				t.Errorf("%s: never seen: %q", way, s)
			}
		}
		if want := map[string]string{"down": "b", "up": "a"}[way]; f.Rows[l.At(f.Rows)].Key != want {
			t.Errorf("%s: on row %d", way, l.At(f.Rows))
		}
	}
}

// After scrolling away from the chosen row a click only chooses, and the page stays where it was scrolled to until
// then.
func TestScrollingAwayFromTheRow(t *testing.T) {
	var blocks []Block
	for i := range 30 {
		blocks = append(blocks, Block{Row: Row{Key: fmt.Sprint(i), Name: fmt.Sprint("row ", i), Enter: ui.Asking(ui.Back{})}})
	}
	f, l := flowOf(blocks...), List{}
	l.UpdateOn(press("pgdown"), f, 10, nil)
	if p := drawn(&l, f, 10); p.Body[0] != "  row 9" || l.At(f.Rows) != 0 {
		t.Errorf("%q first, row %d chosen", p.Body[0], l.At(f.Rows))
	}
	if asks, _ := l.UpdateOn(ui.RowMsg{Index: 12}, f, 10, nil); asks != nil || l.At(f.Rows) != 12 {
		t.Errorf("a first click: %v, row %d", asks, l.At(f.Rows))
	}
	if asks, _ := l.UpdateOn(ui.RowMsg{Index: 12}, f, 10, nil); len(asks) != 1 {
		t.Error("a second click is not Enter")
	}
	l.Lift()
	l.SettleOn(f, 10)
	if p := drawn(&l, f, 10); p.Body[1] != "> row 12" {
		t.Errorf("after Lift: %q", p.Body)
	}
}

// A flow that shows only some of its rows still numbers them as in the whole list.
func TestAFlowThatShowsSomeRows(t *testing.T) {
	f := &Flow{Theme: theme.New(true, false), W: 40, Rows: rowsOf("a", "b", "c")}
	f.Lay([]Block{{Row: f.Rows[1]}}, false)
	var l List
	l.Choose("b")
	if p := drawn(&l, f, 5); len(f.Rows) != 3 || p.Rows[0] != 1 || !strings.HasPrefix(p.Body[0], ">") {
		t.Errorf("%d rows, %v", len(f.Rows), p.Rows)
	}
}

// A row with a limit keeps to it at every width. Its name is cut before its tail is, but never to a stump.
func TestRowsWithALimit(t *testing.T) {
	r := Row{Key: "k", Code: "K8", Name: "Teaching and assessing skills", Tail: "you 0, J. Ode 1"}
	for w, want := range map[int]string{
		90: "  Talk over  K8   Teaching and assessing skills: you 0, J. Ode 1",
		60: "  Talk over  K8   Teaching and assessing…: you 0, J. Ode 1",
		50: "  Talk over  K8   Teaching and…: you 0, J. Ode 1",
		40: " Talk over|  K8   Teaching and…: you 0, J. Ode 1",
		20: " Talk over|  K8   Teach…: you…",
	} {
		f := &Flow{Theme: theme.New(true, false), W: w}
		f.Lay([]Block{{Row: r, Most: 1, Label: "Talk over"}}, true)
		if got := ansi.Strip(strings.Join(f.Lines(9), "|")); got != want {
			t.Errorf("%d cells: %q, want %q", w, got, want)
		}
	}
	long := Row{Key: "k", Code: "S7", Name: "Keeping equipment safe to use", Tail: "you 1, J. Ode 2, R. Lindqvist 1, and the tool shop 2"}
	f := &Flow{Theme: theme.New(true, false), W: 60}
	f.Lay([]Block{{Row: long, Most: 1, Label: "Talk over"}}, true)
	if got := ansi.Strip(f.Lines(1)[0]); !strings.HasPrefix(got, "  Talk over  S7   Keeping equipment…: you 1, J. Ode 2,") {
		t.Errorf("a stump: %q", got)
	}
	for w := range 100 {
		f := &Flow{Theme: theme.New(true, false), W: w + 8}
		f.Lay([]Block{{Row: r, Most: 2}, {Row: Row{Key: "only", Name: r.Tail}, Most: 1}}, true)
		lines := f.Lines(9)
		if len(lines) > 3 {
			t.Errorf("%d cells: %d lines", w, len(lines))
		}
		for _, l := range lines {
			if widget.Width(l) > f.W {
				t.Errorf("%d cells: %q", f.W, ansi.Strip(l))
			}
		}
	}
}

// A page that goes on below says so in its last line, which then cannot be clicked. The chosen row is never replaced by
// that line, and a page that is shown to its end does not have it.
func TestAFlowSaysThatItGoesOn(t *testing.T) {
	var blocks []Block
	for i := range 20 {
		blocks = append(blocks, Block{Row: Row{Key: fmt.Sprint(i), Name: fmt.Sprint("row ", i)}})
	}
	f := flowOf(blocks...)
	const h = 10
	for at := range blocks {
		var l List
		l.Put(f.Rows, at)
		p := drawn(&l, f, h)
		last := p.Body[h-1]
		_, clicks := p.Rows[h-1]
		if says, ends := strings.Contains(last, "more lines below"), strings.Contains(last, "row 19"); says == ends || says == clicks {
			t.Errorf("row %d is chosen, and the last line is %q, to click %v", at, last, clicks)
		}
		if !strings.Contains(strings.Join(p.Body, "\n"), fmt.Sprint("> row ", at)) {
			t.Errorf("row %d is chosen, and not there:\n%s", at, strings.Join(p.Body, "\n"))
		}
	}
	var l List
	if p := drawn(&l, f, h); strings.TrimSpace(p.Body[h-1]) != "11 more lines below" {
		t.Errorf("%q", p.Body[h-1])
	}
}
