package gaps

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The columns of the map: marker and number, title, then a cell for each kind.
const (
	numberW   = 5
	cellWords = 24 // in words
	cellW     = 12 // behind and below in figures
	cellShort = 10 // only what leads
	cellTight = 7
)

var kindNames = [3]string{"knowledge", "skills", "behaviours"}

// A grid is how the map shares the width.
type grid struct {
	title, gap, cell int
	words            bool // cells in words
	timed            bool // behind leads; else below target
	both             bool // cells show how many are below target too
}

// gridFor makes the cells as telling as leaves the longest title whole.
func gridFor(timed bool, longest, w int) grid {
	g := grid{cell: cellW, gap: 2, timed: timed, both: timed, words: w >= numberW+34+3*(cellWords+2)}
	switch room := w - numberW - longest; {
	case g.words:
		g.cell = cellWords
	case room < 3*(cellShort+1) || timed && room < 3*(cellW+1):
		g.cell, g.both, g.gap = cellTight, false, 1
	case !timed:
		g.cell = cellShort
	}
	if w < numberW+longest+3*(g.cell+g.gap) {
		g.gap = 1
	}
	g.title = max(min(w-numberW-3*(g.cell+g.gap), titleW), 0)
	return g
}

// heatTable is the map, and below it the duty under the cursor in words and, where there is room, how to read a cell.
func (s *Screen) heatTable(c *ui.Context, m model) page.Table {
	t := page.Table{W: c.Size.W, H: c.Size.H - 1, Code: numberW - page.MarkW, High: 1, Empty: s.empty(c, m)}
	if m.fresh {
		return t
	}
	duties, longest := c.Report.Heat(), 0
	for _, d := range duties {
		longest = max(longest, min(widget.Width(c.DutyTitle(d.Duty)), titleW))
	}
	g := gridFor(m.timed, longest, c.Size.W)
	t.Name = g.title
	for _, d := range duties {
		n := d.Duty
		t.Rows = append(t.Rows, page.Row{
			Key: strconv.Itoa(n), Code: widget.PadLeft(strconv.Itoa(n), 2), Name: c.DutyTitle(n), Tail: g.row(func(kind int) string { return drawCell(c, d.Kinds[kind], g) }),
			Does: "gaps of this duty", Enter: func(*ui.Context) []ui.Ask {
				s.filter, s.mode = filter{what: oneDuty, duty: n}, gapsMode
				return nil
			},
		})
	}
	t.Above = widget.Style(drawHeatHead(c, g), c.Theme.Faint.Render)
	if c.Size.H < 12 {
		return t
	}
	w := min(c.Size.W, 100) - 2
	says := append([]string{""}, widget.Wrap(dutySays(c, duties[s.at[heatMode].At(t.Rows)], m.timed), w)...)
	if legend := widget.Wrap(heatLegend(duties[s.at[heatMode].At(t.Rows)], g.timed), w); !g.words && len(t.Above)+len(t.Rows)+len(says)+len(legend) <= t.H {
		says = append(says, legend...)
	}
	t.Below = widget.Indent(says, "  ")
	return t
}

// row is the cells of a row, each in its column.
func (g grid) row(cell func(kind int) string) string {
	line := ""
	for kind := range kindNames {
		line += widget.Pad("", g.gap) + widget.Pad(cell(kind), g.cell)
	}
	return line[1:] // the list leaves a cell free before it
}

func drawHeatHead(c *ui.Context, g grid) []string {
	under := "below"
	switch {
	case g.words:
		under = ""
	case g.both:
		under = "behind below"
	case g.timed:
		under = "behind"
	}
	first := widget.Pad("", numberW+g.title+1) + g.row(func(kind int) string { return kindNames[kind] })
	if g.cell == cellTight { // the names are wider than their columns, and the line is free before them
		first = widget.PadLeft(strings.Join(kindNames[:], " "), numberW+g.title+3*(g.cell+g.gap))
	}
	second := widget.Pad("  duty", numberW+g.title+1) + g.row(func(int) string { return under })
	return []string{widget.Cut(first, c.Size.W, ""), widget.Cut(second, c.Size.W, "")}
}

// drawCell says in words or figures how many are behind and below target; colour and column only repeat it.
func drawCell(c *ui.Context, x gap.Heat, g grid) string {
	t := c.Theme
	switch {
	case x.Total == 0:
		return t.Faint.Render("-")
	case x.Rated == 0 && g.cell == cellTight:
		return t.Faint.Render("unrated")
	case x.Rated == 0:
		return t.Faint.Render("not rated")
	}
	style := cellStyle(c, x)
	n := x.Below
	if g.timed {
		n = x.Behind
	}
	column := t.Glyphs.Columns[(len(t.Glyphs.Columns)-1)*n/x.Rated]
	if g.words {
		return style.Render(column + " " + x.Words(g.timed))
	}
	says := fmt.Sprintf("%s %d/%d", column, n, x.Rated)
	if !g.both {
		return style.Render(says)
	}
	below := t.Glyphs.None
	if x.Below > 0 {
		below = strconv.Itoa(x.Below)
	}
	return style.Render(widget.Pad(says, 8) + " " + below)
}

func cellStyle(c *ui.Context, x gap.Heat) theme.Style {
	switch {
	case x.Behind > 0:
		return c.Theme.Behind
	case x.Below > 0:
		return c.Theme.Below
	}
	return c.Theme.Met
}
