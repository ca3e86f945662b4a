package gaps

import (
	"fmt"
	"slices"
	"strconv"

	"charm.land/lipgloss/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The columns of the map: marker and number, title, then a cell for each kind.
const (
	numberW   = 5
	cellWords = 24 // in words
	cellW     = 12 // below and behind in figures
	cellShort = 10 // below only
)

var kindNames = [3]string{"knowledge", "skills", "behaviours"}

// A grid is how the map shares the width.
type grid struct {
	title, gap, cell int
	words            bool // cells in words
	behind           bool // cells show how many are behind
}

func gridFor(m model, w int) grid {
	g := grid{cell: cellW, gap: 2, behind: m.timed, words: w >= numberW+34+3*(cellWords+2)}
	switch {
	case g.words:
		g.cell = cellWords
	case !m.timed || w < numberW+3*(cellW+2):
		g.cell, g.behind = cellShort, false
	}
	if w < numberW+3*(g.cell+g.gap) {
		g.gap = 1
	}
	g.title = max(min(w-numberW-3*(g.cell+g.gap), titleW), 0)
	if g.title < 10 {
		g.title = 0
	}
	return g
}

// heatOutro stands below the map: the duty under the cursor in words and, where h lines hold it, how to read a cell.
func heatOutro(m model, size ui.Size, h int) []string {
	if m.cur >= len(m.duties) {
		return nil
	}
	w := min(size.W, 100) - 2
	lines := append([]string{""}, widget.Wrap(dutySays(m.duties[m.cur], m.timed), w)...)
	legend := widget.Wrap(heatLegend, w)
	if !gridFor(m, size.W).words && len(lines)+len(legend) <= h {
		lines = append(lines, legend...)
	}
	return lines
}

func (s *Screen) drawHeat(c *ui.Context, m model, page *ui.Page) {
	f := arrange(m, c.Size, s.at[heatMode].top)
	g := gridFor(m, c.Size.W)
	t := c.Theme
	body := slices.Concat(page.Body, drawHeatHead(c, g))
	for i := f.from; i < f.to; i++ {
		page.Rows[len(body)] = i
		if i == m.cur {
			page.Cursor = &ui.Point{X: 0, Y: len(body)}
		}
		body = append(body, widget.Cut(drawDuty(c, m.duties[i], i == m.cur, g), c.Size.W, ""))
	}
	if f.more {
		body = append(body, "  "+t.Faint.Render(widget.Cut(widget.MoreSays(f.from, m.len()-f.to), c.Size.W-2, t.Glyphs.Cut)))
	}
	for _, l := range f.outro {
		body = append(body, widget.Cut("  "+l, c.Size.W, t.Glyphs.Cut))
	}
	page.Body = body
}

func drawHeatHead(c *ui.Context, g grid) []string {
	first := widget.Pad("", numberW+g.title)
	second := widget.Pad("  duty", numberW+g.title)
	for _, name := range kindNames {
		under := "below"
		if g.behind {
			under = "below behind"
		}
		if g.words {
			under = ""
		}
		first += widget.Pad("", g.gap) + widget.Pad(name, g.cell)
		second += widget.Pad("", g.gap) + widget.Pad(under, g.cell)
	}
	return []string{
		c.Theme.Faint.Render(widget.Cut(first, c.Size.W, "")),
		c.Theme.Faint.Render(widget.Cut(second, c.Size.W, "")),
	}
}

func drawDuty(c *ui.Context, d dutyCells, chosen bool, g grid) string {
	t := c.Theme
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	title := widget.CutPlain(d.title, g.title, t.Glyphs.Cut)
	line := mark + style.Render(widget.PadLeft(strconv.Itoa(d.number), 2)+" "+title)
	line = widget.Pad(line, numberW+g.title)
	for _, x := range d.kinds {
		line += widget.Pad("", g.gap) + widget.Pad(drawCell(c, x, g), g.cell)
	}
	return line
}

// drawCell says in words or figures how many are below target and behind; colour and column only repeat it.
func drawCell(c *ui.Context, x cell, g grid) string {
	t := c.Theme
	switch {
	case x.total == 0:
		return t.Faint.Render("-")
	case x.rated == 0:
		return t.Faint.Render("not rated")
	}
	style := cellStyle(c, x)
	column := t.Glyphs.Columns[(len(t.Glyphs.Columns)-1)*x.below/x.rated]
	if g.words {
		says := fmt.Sprintf("%d of %d below", x.below, x.rated)
		if g.behind && x.behind > 0 {
			says += fmt.Sprintf(", %d behind", x.behind)
		}
		return style.Render(column + " " + says)
	}
	says := fmt.Sprintf("%s %d/%d", column, x.below, x.rated)
	if !g.behind {
		return style.Render(says)
	}
	behind := t.Glyphs.None
	if x.behind > 0 {
		behind = strconv.Itoa(x.behind)
	}
	return style.Render(widget.Pad(says, 8) + " " + behind)
}

func cellStyle(c *ui.Context, x cell) lipgloss.Style {
	switch {
	case x.behind > 0:
		return c.Theme.Behind
	case x.below > 0:
		return c.Theme.Below
	}
	return c.Theme.Met
}
