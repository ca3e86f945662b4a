package page

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Prose is the most cells that a line of a paragraph should have: longer lines are hard to read.
const Prose = 76

// MarkW is the width of the marker before a row, with its space.
const MarkW = 2

// Table is rows of one height in columns, and the room for them.
type Table struct {
	Rows  []Row
	Fill  func(*Row) // fills in fields that only drawing needs, for the rows in view; may be nil
	Empty Empty      // shown where there are no rows
	Above []string   // lines above the rows, styled
	Below []string   // lines below them, styled
	W, H  int        // the room for all of it, in cells and lines
	Code  int        // the width of the column of codes, with the space after it
	Name  int        // the width of the column of names; 0 for all the room there is
	High  int        // lines of a row: 2 where rows have Says, else 1
	Quiet bool       // only the code of the chosen row is restyled: with long names a key would send many bytes
}

// Empty is shown in place of rows.
type Empty struct {
	Says  []string
	Does  string // what Enter does
	Enter ui.Then
}

// fits returns how many rows there is room for. If not all fit, one line is kept for saying how many more there are.
func (t Table) fits() int {
	lines := t.H - len(t.Above) - len(t.Below)
	if n := max(lines/t.High, 0); n >= len(t.Rows) || lines <= t.High {
		return n
	}
	return (lines - 1) / t.High
}

// window returns the half-open range of the rows in view.
func (t Table) window(l *List) (from, to int) {
	return widget.Window(len(t.Rows), t.fits(), l.At(t.Rows), l.top)
}

// Room returns how many cells are left for names where tails are so wide.
func (t Table) Room(tail int) int {
	room := t.W - MarkW - t.Code
	if tail > 0 {
		room -= tail + 1
	}
	if t.Name > 0 {
		room = min(room, t.Name)
	}
	return max(room, 0)
}

// Draw adds a table to the end of a page, with the cursor on the chosen row.
func (l *List) Draw(p *ui.Page, t Table, c *ui.Context) {
	if len(t.Rows) == 0 {
		t.Empty.draw(p, c)
		return
	}
	if p.Rows == nil {
		p.Rows = map[int]int{}
	}
	p.Body = append(p.Body, t.Above...)
	from, to := t.window(l)
	inView := slices.Clone(t.Rows[from:to])
	tail := 0 // the width of the widest
	for i := range inView {
		if t.Fill != nil {
			t.Fill(&inView[i])
		}
		tail = max(tail, widget.Width(inView[i].Tail))
	}
	at := l.At(t.Rows)
	for i, r := range inView {
		i += from
		if i == at {
			p.Cursor = &ui.Point{X: 0, Y: len(p.Body)}
		}
		for range t.High {
			p.Rows[len(p.Body)] = i
			p.Body = append(p.Body, "")
		}
		copy(p.Body[len(p.Body)-t.High:], t.lines(r, i == at, tail, c))
	}
	if to-from < len(t.Rows) && t.H > len(t.Above)+len(t.Below)+t.High {
		says := widget.Cut(widget.MoreSays(from, len(t.Rows)-to), t.W-MarkW, c.Theme.Glyphs.Cut)
		p.Body = append(p.Body, "  "+c.Theme.Faint.Render(says))
	}
	p.Body = append(p.Body, t.Below...)
}

// lines returns the t.High lines of a row. Choosing it changes only their style, never their width.
func (t Table) lines(r Row, chosen bool, tail int, c *ui.Context) []string {
	g := c.Theme.Glyphs
	mark, style := c.Theme.Mark(chosen)
	if t.Name == 0 { // without columns the tail is at the right end, and the name has the rest
		tail = widget.Width(r.Tail)
	}
	room := t.Room(tail)
	name := widget.CutPlain(r.Name, room, g.Cut)
	line := widget.Pad(r.Code, t.Code)
	if t.Quiet {
		line = mark + style.Render(line) + name
	} else {
		line = mark + style.Render(line+name)
	}
	if r.Tail != "" {
		line += Spaces(room-widget.Width(name)+1) + r.Tail
	}
	out := []string{widget.Cut(line, t.W, "")}
	if t.High > 1 {
		indent := MarkW + t.Code
		says := widget.CutPlain(strings.Join(r.Says, " "+g.Sep+" "), t.W-indent, g.Cut)
		out = append(out, widget.Cut(Spaces(indent)+c.Theme.Faint.Render(says), t.W, ""))
	}
	return out
}

func (e Empty) draw(p *ui.Page, c *ui.Context) {
	w := min(c.Size.W-2, Prose)
	p.Body = append(p.Body, "")
	for _, x := range e.Says {
		p.Body = append(p.Body, widget.Indent(widget.Wrap(x, w), "  ")...)
	}
	p.Body = append(p.Body, "")
	if y := len(p.Body); y < c.Size.H && w > 0 {
		p.Body = append(p.Body, "  "+c.Theme.Key.Render(widget.CutPlain("Enter: "+e.Does+".", w, c.Theme.Glyphs.Cut)))
		if p.Keys == nil {
			p.Keys = map[int]string{}
		}
		p.Keys[y] = "enter"
		p.Cursor = &ui.Point{X: min(2, c.Size.W-1), Y: y}
	}
}
