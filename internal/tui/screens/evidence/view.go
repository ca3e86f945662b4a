package evidence

import (
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// leadW is the column of the date, the code or the duty, by list.
var leadW = [modes]int{allMode: 13, claimsMode: 5, bareMode: 5, staleMode: 13, coverMode: 9}

const (
	tailW    = 8
	minTitle = 16
	listMost = 76 // wider lists are harder to read
)

// View draws the screen.
func (s *Screen) View(c *ui.Context) ui.Page {
	m := s.model(c)
	p := ui.Page{Left: c.Theme.Title.Render("Evidence"), Right: headSays(m, c.Theme.Glyphs.Sep)}
	if e, ok := s.opened(c); ok {
		s.drawPiece(c, e, &p)
	} else {
		t := s.table(m, c)
		page.DrawTabs(&p, tabs(m), int(m.mode), c)
		s.at[m.mode].Draw(&p, t, c)
		if r, ok := s.row(m); ok && t.W < c.Size.W {
			p.Side = &ui.Side{Lines: s.drawPane(c, r, min(c.Size.W-t.W-3, page.Prose), t.H), At: t.W, From: 1}
		}
	}
	p.CutTo(c.Size)
	return p
}

// table is the list that is shown, laid out in its room below the line of the lists.
func (s *Screen) table(m model, c *ui.Context) page.Table {
	w := c.Size.W
	if c.Size.Wide {
		w = min(w*57/100, listMost)
	}
	t := page.Table{Rows: m.pageRows(), Empty: s.empty(m), W: w, H: c.Size.H - 1, Code: leadW[m.mode], High: 2, Quiet: true}
	if c.Size.H >= 9 {
		t.Above = widget.Indent(widget.Wrap(introSays(m), min(w, 90)-2), "  ")
	}
	if c.Size.H >= 12 {
		t.Above = append(t.Above, "")
	}
	t.Fill = func(r *page.Row) {
		if t.Room(tailW) < minTitle {
			r.Tail = ""
		} else if r.Tail != "" {
			r.Tail = widget.PadLeft(r.Tail, tailW)
		}
	}
	return t
}
