package page

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Prose is how wide a paragraph is drawn: longer lines are hard to read.
const Prose = 76

// MarkW is the width of the marker before a row, with its space.
const MarkW = 2

// Table is rows in columns with lines above and below them, and how they share the room.
type Table struct {
	Rows  []Row
	Fill  func(*Row) // adds what only drawing needs, to the rows that are seen; may be nil
	Empty Empty      // what stands there when there are no rows
	Above []string   // lines above the rows, styled
	Below []string   // lines below them
	W, H  int        // the room for all of it, in cells and lines
	Code  int        // cells of the column of codes, with the space behind it
	Name  int        // cells that the longest name takes; 0 for all the room there is
	High  int        // lines of a row: 2 where it says something below, else 1
	Quiet bool       // names are long: the chosen row changes the style of its code only, so that a key sends few bytes
}

// Empty is shown in place of rows, with what Enter does there.
type Empty struct {
	Says  []string
	Does  string
	Enter ui.Then
}

// fits is how many rows there is room for. If not all fit, one line is kept for saying how many more there are.
func (t Table) fits() int {
	lines := t.H - len(t.Above) - len(t.Below)
	if n := max(lines/t.High, 0); n >= len(t.Rows) || lines <= t.High {
		return n
	}
	return (lines - 1) / t.High
}

func (t Table) window(l *List) (from, to int) {
	return widget.Window(len(t.Rows), t.fits(), l.At(t.Rows), l.top)
}

// Room is how many cells are left for names beside tails of this width.
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

// Draw adds the list to the end of a page, with the cursor on its chosen row.
func (l *List) Draw(p *ui.Page, t Table, c *ui.Context) {
	if len(t.Rows) == 0 {
		t.Empty.draw(p, c)
		return
	}
	if p.Rows == nil {
		p.Rows = map[int]int{}
	}
	p.Body = append(p.Body, t.Above...)
	at, tail := l.At(t.Rows), 0
	from, to := t.window(l)
	seen := slices.Clone(t.Rows[from:to])
	for i := range seen {
		if t.Fill != nil {
			t.Fill(&seen[i])
		}
		tail = max(tail, widget.Width(seen[i].Tail))
	}
	for i, r := range seen {
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

// lines are the t.High lines of a row. Choosing it changes only its style.
func (t Table) lines(r Row, chosen bool, tail int, c *ui.Context) []string {
	g := c.Theme.Glyphs
	mark, style := c.Theme.Mark(chosen)
	if t.Name == 0 { // no columns: the tail stands at the right end, and the name has the rest
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
		line += strings.Repeat(" ", room-widget.Width(name)+1) + r.Tail
	}
	out := []string{widget.Cut(line, t.W, "")}
	if t.High > 1 {
		in := MarkW + t.Code
		says := widget.CutPlain(strings.Join(r.Says, " "+g.Sep+" "), t.W-in, g.Cut)
		out = append(out, widget.Cut(strings.Repeat(" ", in)+c.Theme.Faint.Render(says), t.W, ""))
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
