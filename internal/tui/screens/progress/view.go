package progress

import (
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// markW is the room of the marker and the number of a duty.
const markW = 5

// View draws the screen.
func (s *Screen) View(c *ui.Context) ui.Page {
	p := s.pastOf(c)
	out := ui.Page{Left: c.Theme.Title.Render("Progress"), Right: headSays(c, p, c.Theme.Glyphs.Sep)}
	if len(p.moments) > 0 && !s.open {
		page.DrawTabs(&out, tabs(), int(s.mode), c)
	}
	if s.reads(p) {
		s.text[s.mode].Draw(&out, s.words(c, p), textRoom(c.Size), c)
	} else {
		l, t := s.list(c, p)
		l.Draw(&out, t, c)
		if t.W < c.Size.W {
			out.Side = &ui.Side{Lines: s.drawPane(c, p, min(c.Size.W-t.W-3, page.Prose), t.H), At: t.W, From: 1}
		}
	}
	out.CutTo(c.Size)
	return out
}

// dutyRows are the duties to choose from.
func (s *Screen) dutyRows(c *ui.Context) []page.Row {
	rows := make([]page.Row, len(c.Standard.Duties))
	for i, d := range c.Standard.Duties {
		n := strconv.Itoa(d.Number)
		rows[i] = page.Row{
			Key: n, Code: widget.PadLeft(n, 2), Name: c.DutyTitle(d.Number), Does: "its KSBs",
			Enter: func(*ui.Context) []ui.Ask { s.open, s.ksbs = true, page.List{}; return nil },
		}
	}
	return rows
}

// dutyTable is the duties with their rounds, and below them their sum and what the row under the cursor says.
func (s *Screen) dutyTable(c *ui.Context, p *past) page.Table {
	t := page.Table{Rows: s.dutyRows(c), W: c.Size.W, H: c.Size.H - 1, Code: markW - page.MarkW, High: 1}
	if c.Size.Wide {
		t.W = min(c.Size.W*3/5, 84)
	}
	g := gridFor(p, t.W-markW, s.table)
	t.Name = g.name
	at := s.duties.At(t.Rows)
	for i := range t.Rows {
		t.Rows[i].Tail = strings.TrimPrefix(g.row(c, p.duties[i], false), " ")
	}
	t.Above = []string{"  " + c.Theme.Faint.Render("   "+g.head("duty"))}
	sum := widget.Pad("", markW) + widget.Pad(widget.CutPlain(p.all.name, g.name, c.Theme.Glyphs.Cut), g.name) + g.row(c, p.all, false)
	outro := s.outro(c, p, g, at, t.W, max(t.H-3-len(t.Rows), 0))
	t.Below = append([]string{"", sum}, widget.Indent(widget.Style(outro, c.Theme.Faint.Render), "  ")...)
	return t
}

// outro stands below the duties: what the row under the cursor says, and how to read the columns, as far as h lines hold it.
func (s *Screen) outro(c *ui.Context, p *past, g grid, duty, listW, h int) []string {
	w := min(listW-2, page.Prose)
	var says []string
	if s.table {
		says = append(says, roundsSays(p, g.from)) // first, since the numbers above the columns mean nothing without it
	}
	if !c.Size.Wide {
		says = append(says, dutySays(c.Standard.Duties[duty].Number, p, p.duties[duty]))
	}
	if !s.table {
		says = append(says, columnsSays(p, g.from))
	}
	if !p.timed {
		says = append(says, noStart)
	}
	var blocks [][]string
	for _, x := range says {
		blocks = append(blocks, append([]string{""}, widget.Wrap(x, w)...))
	}
	return page.Whole(h, blocks...)
}
