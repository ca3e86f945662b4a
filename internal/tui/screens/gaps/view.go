package gaps

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
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
		e.Does, e.Enter = does, ui.Just(func(*ui.Context) { change() })
	}
	switch {
	case m.fresh:
		e.Does, e.Enter = "start rating", ui.Going(ui.Rate)
	case m.counts[m.mode] > 0:
		show("show all of them", func() { s.filter = filter{} })
	case m.mode != gapsMode:
		show("back to the gaps", func() { s.mode = gapsMode })
	case m.rest:
		e.Does, e.Enter = "go on rating", ui.Going(ui.Rate)
	default:
		show("see your strengths", func() { s.mode = strengthsMode })
	}
	return e
}

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

func drawLevel(c *ui.Context, row gap.Row, w int) string {
	now := styleOf(row.Late(), row.Gap() > 0, c.Theme).Render(row.Level.String() + " " +
		levels.Of(row).Bar(row.Level, c.Theme))
	if w < fullW {
		return widget.Pad(now, levelW)
	}
	want := ""
	if x, ok := row.Expected(); ok {
		want = x.String()
	}
	return widget.Pad(now, levelW+2) + widget.Pad("   "+want, wantW) + "    " + row.Target.String()
}

func styleOf(behind, below bool, t *theme.Theme) theme.Style {
	switch {
	case behind:
		return t.Behind
	case below:
		return t.Below
	}
	return t.Met
}

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
			Key: strconv.Itoa(n), Code: widget.PadLeft(strconv.Itoa(n), 2), Name: c.DutyTitle(n),
			Does:  "gaps of this duty",
			Tail:  g.row(func(kind int) string { return drawCell(c, d.Kinds[kind], g) }),
			Enter: ui.Just(func(*ui.Context) { s.filter, s.mode = filter{what: oneDuty, duty: n}, gapsMode }),
		})
	}
	t.Above = widget.Style(drawHeatHead(c, g), c.Theme.Faint.Render)
	if c.Size.H < 12 {
		return t
	}
	w := min(c.Size.W, 100) - 2
	at := duties[s.at[heatMode].At(t.Rows)]
	says, legend := append([]string{""}, widget.Wrap(dutySays(c, at, m.timed), w)...),
		widget.Wrap(heatLegend(at, g.timed), w)
	if !g.words && len(t.Above)+len(t.Rows)+len(says)+len(legend) <= t.H {
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
	style := styleOf(x.Behind > 0, x.Below > 0, t)
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

// drawPane is what stands beside the list about the chosen KSB, in h lines. Paragraphs stand whole or not at all; what
// does not fit is on the KSB's own page, and the last line says so.
func (s *Screen) drawPane(c *ui.Context, row gap.Row, w, h int) []string {
	t := c.Theme
	w = min(w, page.Prose)
	id := row.KSB.ID
	first := widget.Style(widget.Wrap(id+" "+c.Title(id), w), t.Title.Render)
	for _, says := range levelFacts(c, row) {
		first = append(first, widget.Wrap(says, w)...)
	}
	blocks := [][]string{page.Wording(row.KSB.Text, w, t)}
	if s.mode == chanceMode {
		blocks = append(blocks, s.asking(c, row, w)...)
	}
	parts := append(s.coachParts(id, plan.From(row)), page.Part{Head: "Last ratings", Says: ratingSays(c, id)})
	blocks = append(blocks, page.Parts(parts, w, t)...)
	lines := append(slices.Clone(first), page.Whole(h-2-len(first), blocks...)...)
	if h < len(lines)+2 {
		return lines[:max(min(len(lines), h), 0)]
	}
	return append(lines, "", t.Key.Render("c")+" "+t.Faint.Render(widget.Cut("all about it", w-2, t.Glyphs.Cut)))
}

// asking is how to ask for a chance, and what would help.
func (s *Screen) asking(c *ui.Context, row gap.Row, w int) [][]string {
	blocks := [][]string{append([]string{""}, widget.Wrap(askFor(row, c.Title(row.KSB.ID)), w)...)}
	if entry, ok := s.coach.Of(row.KSB.ID); ok {
		blocks = append(blocks, append([]string{""}, widget.Wrap("What would help: "+entry.Support, w)...))
	}
	return blocks
}
