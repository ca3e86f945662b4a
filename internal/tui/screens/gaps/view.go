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
	codeW      = 7
	titleW     = 38
	levelAt    = codeW + titleW + 1
	levelW     = 7
	levelFrom  = codeW + 8 + levelW // the narrowest list that shows the level
	expectedAt = levelAt + levelW + 2
	expectedW  = len("expected")
	fullW      = expectedAt + expectedW + 2 + len("target") // the narrowest list that shows all of them
)

func (s *Screen) View(c *ui.Context) ui.Page {
	m := s.model(c)
	t := s.tableOf(m, c)
	p := ui.Page{Left: c.Theme.Title.Render("Gaps"), Right: headSays(m, c.Theme.Glyphs.Sep)}
	page.DrawTabs(&p, tabs(m), int(m.mode), c)
	s.lists[m.mode].Draw(&p, t, c)
	if row, ok := s.chosen(t, c); ok && t.W < c.Size.W {
		p.Side = &ui.Side{Lines: s.rightPane(c, row, c.Size.W-t.W-3, t.H), At: t.W, From: 1}
	}
	p.CutTo(c.Size)
	return p
}

// listWidth leaves the right pane at least 45 cells on a wide terminal, and the reasons of the list as many as it can.
func listWidth(size ui.Size) int {
	switch {
	case !size.Wide:
		return size.W
	case size.W < fullW+45:
		return size.W * 57 / 100
	}
	return max(fullW, size.W/2)
}

func (s *Screen) table(c *ui.Context) page.Table { return s.tableOf(s.model(c), c) }

// tableOf is the list that is shown, in the room below the tabs.
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
		if m.mode != chanceMode && w >= levelFrom {
			r.Tail = drawLevel(c, x, w)
		}
	}
	if row, ok := s.chosen(t, c); ok && m.mode == chanceMode && !c.Size.Wide {
		room := t.H - len(t.Above) - len(t.Rows)*t.High
		t.Below = widget.Indent(page.Whole(room, s.asking(c, row, min(w, page.Prose+2)-2)...), "  ")
	}
	return t
}

// empty is what an empty list says, and what Enter does there.
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
	case m.unrated:
		e.Does, e.Enter = "go on rating", ui.Going(ui.Rate)
	default:
		show("see your strengths", func() { s.mode = strengthsMode })
	}
	return e
}

// drawColumns is the line above a list: what it shows, and the headings of its columns.
func drawColumns(c *ui.Context, m model, w int) string {
	if m.mode == chanceMode || w < levelFrom {
		return c.Theme.Faint.Render("  " + widget.CutPlain(orderSays(m), w-3, c.Theme.Glyphs.Cut))
	}
	at := min(levelAt, w-levelW)
	line := widget.Pad("  "+widget.CutPlain(orderSays(m), at-3, c.Theme.Glyphs.Cut), at) + "level"
	if w >= fullW {
		expected := "expected"
		if !m.timed {
			expected = ""
		}
		line = widget.Pad(line, expectedAt) + widget.Pad(expected, expectedW) + "  target"
	}
	return c.Theme.Faint.Render(line)
}

func drawLevel(c *ui.Context, row gap.Row, w int) string {
	now := styleOf(row.Late(), row.Gap() > 0, c.Theme).Render(row.Level.String() + " " +
		levels.Of(row).Bar(row.Level, c.Theme))
	if w < fullW {
		return widget.Pad(now, levelW)
	}
	expected := ""
	if x, ok := row.Expected(); ok {
		expected = x.String()
	}
	return widget.Pad(now, levelW+2) + widget.Pad("   "+expected, expectedW) + "    " + row.Target.String()
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
	cellBoth  = 12 // two figures: behind and below target
	cellOne   = 10 // one figure
	cellTight = 7  // one figure, in a column narrower than its heading
)

var kindNames = [3]string{"knowledge", "skills", "behaviours"}

// A grid is the widths of the columns of the map, and what its cells show.
type grid struct {
	title, gap, cell int
	words            bool // cells in words
	timed            bool // cells show how many are behind; else how many are below target
	both             bool // cells show both
}

// gridFor makes the cells say as much as they can without cutting the longest title.
func gridFor(timed bool, longest, w int) grid {
	g := grid{cell: cellBoth, gap: 2, timed: timed, both: timed, words: w >= numberW+34+3*(cellWords+2)}
	switch room := w - numberW - longest; {
	case g.words:
		g.cell = cellWords
	case room < 3*(cellOne+1) || timed && room < 3*(cellBoth+1):
		g.cell, g.both, g.gap = cellTight, false, 1
	case !timed:
		g.cell = cellOne
	}
	if w < numberW+longest+3*(g.cell+g.gap) {
		g.gap = 1
	}
	g.title = max(min(w-numberW-3*(g.cell+g.gap), titleW), 0)
	return g
}

// heatTable is the map. Below it are the duty under the cursor in words and, if there is room, how to read a cell.
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
			Enter: ui.Just(func(*ui.Context) { s.filter, s.mode = filter{part: oneDuty, duty: n}, gapsMode }),
		})
	}
	t.Above = widget.Style(drawHeatHead(c, g), c.Theme.Faint.Render)
	if c.Size.H < 12 {
		return t
	}
	w := min(c.Size.W, 100) - 2
	duty := duties[s.lists[heatMode].At(t.Rows)]
	says := append([]string{""}, widget.Wrap(dutySays(c, duty, m.timed), w)...)
	legend := widget.Wrap(heatLegend(duty, g.timed), w)
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
	return line[1:] // the table leaves a cell free before the tail of a row
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
	if g.cell == cellTight { // the names are wider than their columns, so they use the room before the first
		first = widget.PadLeft(strings.Join(kindNames[:], " "), numberW+g.title+3*(g.cell+g.gap))
	}
	second := widget.Pad("  duty", numberW+g.title+1) + g.row(func(int) string { return under })
	return []string{widget.Cut(first, c.Size.W, ""), widget.Cut(second, c.Size.W, "")}
}

// drawCell says in words or figures how many are behind and below target. Nobody needs to see the colour or the height
// of the column, which only repeat it.
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

// rightPane is what there is to know about the chosen KSB, in at most h lines. Paragraphs that do not fit whole are
// left out: the last line leads to the KSB's own page, which has them all.
func (s *Screen) rightPane(c *ui.Context, row gap.Row, w, h int) []string {
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
	parts := append(s.coachParts(id, plan.From(row)), page.Part{Head: "Last ratings", Says: lastRatings(c, id)})
	blocks = append(blocks, page.Parts(parts, w, t)...)
	lines := append(slices.Clone(first), page.Whole(h-2-len(first), blocks...)...)
	if h < len(lines)+2 {
		return lines[:max(min(len(lines), h), 0)]
	}
	return append(lines, "", t.Key.Render("c")+" "+t.Faint.Render(widget.Cut("all about it", w-2, t.Glyphs.Cut)))
}

// asking is how to ask for a chance to try a KSB, and what would help.
func (s *Screen) asking(c *ui.Context, row gap.Row, w int) [][]string {
	blocks := [][]string{append([]string{""}, widget.Wrap(askFor(row, c.Title(row.KSB.ID)), w)...)}
	if entry, ok := s.coach.Of(row.KSB.ID); ok {
		blocks = append(blocks, append([]string{""}, widget.Wrap("What would help: "+entry.Support, w)...))
	}
	return blocks
}
