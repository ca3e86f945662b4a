package home

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// widest is the width beyond which a table is hard to read across.
const widest = 110

// duties is the width of the left pane on a wide terminal.
const duties = 80

// View draws the screen. On a wide terminal the goals in flight and the first gaps stand beside the duties.
func (s *Screen) View(c *ui.Context) ui.Page {
	m, t, w := build(c), c.Theme, min(c.Size.W, widest)
	if c.Size.Wide {
		w = duties
	}
	page := ui.Page{Left: t.Title.Render("ksbcoach") + fmt.Sprintf(" %s %d of %d rated", t.Glyphs.Sep, m.all.Rated, m.all.Total), Right: m.programme, Rows: map[int]int{}}
	add := func(lines ...string) { page.Body = append(page.Body, lines...) }
	add(who(m, t, w))
	add(t.Faint.Render(strings.Repeat(t.Glyphs.Rule, w)))
	foot := footLines(m, t, w)
	for _, l := range s.next(c, m.next, w) {
		page.Rows[len(page.Body)] = 0
		add(l)
	}
	// On a small terminal the duties come before empty lines and before what is only worth a look.
	gap := 1
	switch over := len(page.Body) + 1 + len(m.duties) + len(foot) - c.Size.H; {
	case over >= 0:
		gap = 0
		foot = foot[:max(len(foot)-over, 1)]
	case over < -1:
		add("")
	}
	room := c.Size.H - len(page.Body) - len(foot) - 1 - gap
	add("  " + t.Faint.Render(heading(m, w)))
	from := widget.Centre(s.cursor-1, s.cursor, len(m.duties), room)
	for i := from; i < min(from+max(room, 0), len(m.duties)); i++ {
		page.Rows[len(page.Body)] = i + 1
		add(s.row(c, i+1, s.duty(c, m, i, w)))
	}
	if gap > 0 {
		add("")
	}
	add(foot...)
	if c.Size.Wide {
		page.Body = widget.Beside(page.Body, rightPane(c, m, c.Size.W-duties-3), duties, c.Size.H, t.Faint.Render(t.Glyphs.Bar))
	}
	page.Body = page.Body[:min(len(page.Body), c.Size.H)]
	page.Cursor = &ui.Point{}
	for y, l := range page.Body {
		page.Body[y] = widget.Cut(l, c.Size.W, "")
		if i, ok := page.Rows[y]; ok && i == s.cursor && page.Cursor.Y == 0 {
			page.Cursor.Y = y
		}
	}
	return page
}

// who is the learner, and when the next review is. Where not all fits the review comes before the role.
func who(m model, t *theme.Theme, w int) string {
	whole, name := t.Title.Render(m.name+m.role), t.Title.Render(m.name)
	return widget.SpreadFirst([][2]string{{whole, m.review}, {whole, m.briefly}, {name, m.review}, {name, m.briefly}}, w, t.Glyphs.Cut)
}

// next is the next step with the key that takes it while it is pointed at, in two lines where one is too short.
func (s *Screen) next(c *ui.Context, text string, w int) []string {
	t := c.Theme
	enter := t.Key.Render("enter")
	lines := widget.WrapTo(text, w-2-widget.Width(enter)-2, 2, t.Glyphs.Cut)
	if s.cursor > 0 {
		enter = ""
	}
	for i, l := range lines {
		l = s.pointed(c, 0, l)
		if i > 0 {
			lines[i] = "  " + l
			continue
		}
		lines[i] = s.row(c, 0, widget.Spread(l, enter, w-2, t.Glyphs.Cut))
	}
	return lines
}

// row puts the marker before the line that is pointed at.
func (s *Screen) row(c *ui.Context, i int, line string) string {
	if i == s.cursor {
		return c.Theme.Accent.Render(c.Theme.Glyphs.Marker) + " " + line
	}
	return "  " + line
}

func (s *Screen) pointed(c *ui.Context, i int, text string) string {
	if i == s.cursor {
		return c.Theme.Accent.Render(text)
	}
	return text
}

// columnsOf are the widths of the columns behind the duty's title; 0 leaves one out.
type columnsOf struct{ rated, behind, below, levels int }

const numberW = 4

func widths(m model, w int) columnsOf {
	c := columnsOf{rated: 8, behind: 9, below: 15, levels: 9}
	if w < 76 {
		c = columnsOf{rated: 7, behind: 8, below: 7}
	}
	if !m.timed {
		c.behind = 0
	}
	return c
}

func titleW(m model, w int) int {
	c := widths(m, w)
	return max(w-2-numberW-c.rated-c.behind-c.below-c.levels, 8)
}

func heading(m model, w int) string {
	c := widths(m, w)
	below := "below target"
	if c.below < len(below) {
		below = "below"
	}
	return widget.Pad("Duty", numberW+titleW(m, w)) + widget.PadLeft("rated", c.rated) + widget.PadLeft("behind", c.behind) +
		widget.PadLeft(below, c.below) + widget.PadLeft("levels", c.levels)
}

func (s *Screen) duty(c *ui.Context, m model, i, w int) string {
	t, d, cols := c.Theme, m.duties[i], widths(m, w)
	line := widget.PadLeft(strconv.Itoa(d.number), 2) + "  " + widget.Pad(s.pointed(c, i+1, widget.Cut(d.title, titleW(m, w)-1, t.Glyphs.Cut)), titleW(m, w))
	line += widget.PadLeft(fmt.Sprintf("%d/%d", d.rated, d.total), cols.rated)
	line += countCell(d.behind, cols.behind, t, t.Behind.Render)
	line += countCell(d.below, cols.below, t, t.Below.Render)
	return line + widget.PadLeft(columns(d.levels, t), cols.levels)
}

// countCell is a number at the right of its column; none is a dot, so that what counts stands out.
func countCell(n, w int, t *theme.Theme, render func(...string) string) string {
	if w == 0 {
		return ""
	}
	if n == 0 {
		return t.Faint.Render(widget.PadLeft(t.Glyphs.None, w))
	}
	return widget.PadLeft(render(strconv.Itoa(n)), w)
}

// columns is how many KSBs stand at each level, as five little bars.
func columns(levels [level.Max + 1]int, t *theme.Theme) string {
	most := 0
	for _, n := range levels {
		most = max(most, n)
	}
	if most == 0 {
		return ""
	}
	var b strings.Builder
	for _, n := range levels {
		if n == 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(t.Glyphs.Columns[(n*len(t.Glyphs.Columns)-1)/most])
	}
	return b.String()
}

// footLines are goals, actions, evidence, and what else is worth a look.
func footLines(m model, t *theme.Theme, w int) []string {
	gap, soon := "   ", " due this week"
	if w < 76 {
		gap, soon = "  ", " soon"
	}
	actions := "none overdue"
	if m.overdue > 0 {
		actions = t.Behind.Render(fmt.Sprintf("%s %d overdue", t.Glyphs.Late, m.overdue))
	}
	goals := fmt.Sprintf("Goals %d in flight", m.inFlight) + gap + "Actions " + actions
	if more := fmt.Sprintf(", %d%s", m.soon, soon); m.soon > 0 && widget.Width(goals+more) <= w {
		goals += more
	}
	lines := []string{widget.Fitting([]string{goals, fmt.Sprintf("Evidence %d", m.evidence)}, gap, w)}
	var more []string
	if m.round != "" {
		more = append(more, m.round)
	}
	if m.unsupported > 0 {
		more = append(more, fmt.Sprintf("%d claimed without an example", m.unsupported))
	}
	if m.opportunity > 0 {
		more = append(more, fmt.Sprintf("%d without opportunity", m.opportunity))
	}
	if !m.timed {
		more = append(more, "no start date yet: d adds it")
	}
	if m.waiting != "" {
		lines = append(lines, widget.WrapTo(m.waiting, w, 1, t.Glyphs.Cut)...)
	}
	if m.yearly != "" {
		lines = append(lines, m.yearly)
	}
	if len(m.news) > 0 {
		lines = append(lines, newsLine(m.news, w))
	}
	if len(more) > 0 {
		lines = append(lines, t.Faint.Render(widget.Fitting(more, " "+t.Glyphs.Sep+" ", w)))
	}
	if m.all.Rated > 0 {
		lines = append(lines, t.Faint.Render("b my mentor rates, without seeing my levels")) // the footer has no room for it at 80 columns
	}
	return lines
}

// newsLine says which facts behind one's goals have changed, as many of them by name as there is room for.
func newsLine(names []string, w int) string {
	for n := len(names); n > 0; n-- {
		line := "New facts: " + strings.Join(names[:n], ", ")
		if n < len(names) {
			line += fmt.Sprintf(" and %d more", len(names)-n)
		}
		if widget.Width(line) <= w {
			return line
		}
	}
	return fmt.Sprintf("New facts behind your goals: %d, on their KSBs' pages", len(names))
}

// rightPane is the right pane: what is in flight, and the first gaps.
func rightPane(c *ui.Context, m model, w int) []string {
	t := c.Theme
	lines := []string{t.Accent.Render("Goals in flight")}
	if len(m.goals) == 0 {
		lines = append(lines, widget.Wrap("None yet. p makes a plan from your gaps.", w)...)
	}
	for _, g := range m.goals {
		lines = append(lines, "")
		lines = append(lines, widget.WrapTo(g.text, w, 3, t.Glyphs.Cut)...)
		for _, l := range widget.WrapTo(g.next, w-2, 2, t.Glyphs.Cut) {
			if g.late {
				l = t.Behind.Render(l)
			}
			lines = append(lines, "  "+l)
		}
	}
	lines = append(lines, "", t.Accent.Render("Your first gaps"))
	for _, l := range m.gaps {
		lines = append(lines, widget.Pad(widget.Cut(l[0], w-8, t.Glyphs.Cut), w-8)+widget.PadLeft(l[1], 8))
	}
	if len(m.gaps) == 0 {
		lines = append(lines, widget.Wrap("None below target so far.", w)...)
	}
	return lines
}
