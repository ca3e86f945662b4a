package gaps

import (
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The columns of a row: marker and code, title, level with its bar, expected, target.
const (
	codeW   = 7
	titleW  = 38
	levelAt = codeW + titleW + 1
	levelW  = 7
	wantAt  = levelAt + levelW + 2
	wantW   = len("expected")
	aimW    = len("target")
	fullW   = wantAt + wantW + 2 + aimW // from here on there is room for all of them
)

// View draws the screen.
func (s *Screen) View(c *ui.Context) ui.Page {
	m := s.model(c)
	t := s.tableOf(m, c)
	p := ui.Page{Left: c.Theme.Title.Render("Gaps"), Right: headSays(m, c.Theme.Glyphs.Sep)}
	page.DrawTabs(&p, tabs(m), int(m.mode), c)
	s.at[m.mode].Draw(&p, t, c)
	if row, ok := s.chosen(t, c); ok && t.W < c.Size.W {
		p.Side = &ui.Side{Lines: s.drawPane(c, row, c.Size.W-t.W-3, t.H), At: t.W, From: 1}
	}
	p.CutTo(c.Size)
	return p
}

// listWidth is how wide the list is drawn.
func listWidth(size ui.Size) int {
	switch {
	case !size.Wide:
		return size.W
	case size.W < fullW+45:
		return size.W * 57 / 100
	}
	return max(fullW, size.W/2) // a wider one has room for the reasons too
}

func (s *Screen) table(c *ui.Context) page.Table { return s.tableOf(s.model(c), c) }

// tableOf is the list that is shown, laid out in its room below the line of the lists.
func (s *Screen) tableOf(m model, c *ui.Context) page.Table {
	if m.mode == heatMode {
		return s.heatTable(c, m)
	}
	w := listWidth(c.Size)
	t := page.Table{W: w, H: c.Size.H - 1, Code: codeW - page.MarkW, Name: titleW, High: 2, Empty: s.empty(c, m)}
	if c.Size.H >= 9 {
		t.Above = widget.Indent(widget.Wrap(introSays(m), min(w, 90)-2), "  ")
	}
	t.Above = append(t.Above, drawColumns(c, m, w))
	t.Rows = make([]page.Row, 0, len(m.rows))
	for _, x := range m.rows {
		r := page.Row{Key: x.KSB.ID, KSB: x.KSB.ID, Code: x.KSB.ID}
		switch m.mode {
		case gapsMode:
			r.Does, r.Enter = "plan this", ui.Asking(ui.Go{To: ui.Plan, KSB: x.KSB.ID})
		case claimsMode:
			r.Does, r.Enter = "add an example", func(c *ui.Context) []ui.Ask { return s.askExample(x, c) }
		default:
			r.Does, r.Enter = "all about it", ui.Asking(ui.Go{To: ui.KSB, KSB: x.KSB.ID})
		}
		t.Rows = append(t.Rows, r)
	}
	t.Fill = func(r *page.Row) {
		x, _ := c.Report.Row(r.KSB)
		r.Name, r.Says = c.Title(r.KSB), []string{secondLine(c, m, x, w-codeW)}
		if m.mode != chanceMode && w >= codeW+8+levelW {
			r.Tail = drawLevel(c, x, w)
		}
	}
	if row, ok := s.chosen(t, c); ok && m.mode == chanceMode && !c.Size.Wide {
		room := t.H - len(t.Above) - len(t.Rows)*t.High
		t.Below = widget.Indent(page.Whole(room, s.asking(c, row, min(w, page.Prose+2)-2)...), "  ")
	}
	return t
}

// empty is what an empty list says, and where it leads on to.
func (s *Screen) empty(c *ui.Context, m model) page.Empty {
	e := page.Empty{Says: emptySays(m)}
	show := func(does string, change func()) {
		e.Does, e.Enter = does, func(*ui.Context) []ui.Ask { change(); return nil }
	}
	switch {
	case m.fresh:
		e.Does, e.Enter = "start rating", ui.Asking(ui.Go{To: ui.Rate})
	case m.counts[m.mode] > 0:
		show("show all of them", func() { s.filter = filter{} })
	case m.mode != gapsMode:
		show("back to the gaps", func() { s.mode = gapsMode })
	case m.rest:
		e.Does, e.Enter = "go on rating", ui.Asking(ui.Go{To: ui.Rate})
	default:
		show("see your strengths", func() { s.mode = strengthsMode })
	}
	return e
}

// drawColumns is the line above the rows: which rows these are, and what the figures mean.
func drawColumns(c *ui.Context, m model, w int) string {
	at := levelAt
	if w < levelAt+levelW {
		at = w - levelW
	}
	says := "  " + widget.CutPlain(orderSays(m), at-3, c.Theme.Glyphs.Cut)
	if m.mode == chanceMode || w < codeW+8+levelW {
		return c.Theme.Faint.Render("  " + widget.CutPlain(orderSays(m), w-3, c.Theme.Glyphs.Cut))
	}
	line := widget.Pad(says, at) + "level"
	if w >= fullW {
		want := "expected"
		if !m.timed {
			want = ""
		}
		line = widget.Pad(line, wantAt) + widget.Pad(want, wantW) + "  target"
	}
	return c.Theme.Faint.Render(line)
}

// drawLevel is the figures of a row.
func drawLevel(c *ui.Context, row gap.Row, w int) string {
	now := levelStyle(c, row).Render(row.Level.String() + " " + levels.Of(row).Bar(row.Level, c.Theme))
	if w < fullW {
		return widget.Pad(now, levelW)
	}
	want := ""
	if x, ok := row.Expected(); ok {
		want = x.String()
	}
	return widget.Pad(now, levelW+2) + widget.Pad("   "+want, wantW) + "    " + row.Target.String()
}

func levelStyle(c *ui.Context, row gap.Row) theme.Style {
	switch {
	case row.Late():
		return c.Theme.Behind
	case row.Gap() > 0:
		return c.Theme.Below
	}
	return c.Theme.Met
}
