package planning

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// listSheet draws the list.
func (s *Screen) listSheet(c *ui.Context) *page.Sheet {
	l, _ := s.list(c)
	t := c.Theme
	d := &page.Sheet{Theme: t, W: listWidth(c), In: 1}
	for _, x := range []struct {
		says  string
		style func(...string) string
	}{{l.intro, t.Plain.Render}, {l.why, t.Faint.Render}} {
		d.Para(page.None, 1, x.says, x.style)
		d.Gap()
	}
	column := codeColumn(l.rows)
	for i, r := range l.rows {
		if i == l.suggest {
			suggestHeading(d, l.rows[0].Key == "rate", roomy(c))
		}
		drawRow(d, r, column, c)
		if roomy(c) {
			d.Gap()
		}
	}
	for _, x := range l.outro {
		d.Para(page.None, 3, x, t.Faint.Render)
	}
	return d
}

func suggestHeading(d *page.Sheet, fresh, roomy bool) {
	if roomy {
		d.Gap()
	}
	text := suggestedFrom
	if fresh {
		text = suggestedFresh
	}
	d.Put(page.None, " "+d.Theme.Title.Render(text))
}

// codeColumn is how wide the codes of the rows are, with the space behind them.
func codeColumn(rows []row) int {
	const most = 12
	w := 0
	for _, r := range rows {
		w = max(w, widget.Width(r.Code))
	}
	return min(w, most) + 2
}

// rowLines is how many lines the words of a row take at most.
const rowLines = 2

func drawRow(d *page.Sheet, r row, column int, c *ui.Context) {
	t := c.Theme
	if r.Code == "" {
		i := d.Wrapped(r.Row, r.lead)
		for _, says := range r.Says {
			d.Para(i, d.Lead(), says, t.Faint.Render)
		}
		return
	}
	indent, n := d.Lead()+column, rowLines
	if tall(c) {
		n++
	}
	i := d.Behind(r.Row, "", widget.Pad(r.Code, column), page.Shorten(r.Name, max(d.W-indent, 1), n, t.Glyphs.Cut))
	for j, says := range r.Says {
		style := t.Faint
		if j == 0 {
			style = t.Plain
		}
		d.Para(i, indent, says, style.Render)
	}
	if r.goal != "" {
		drawStanding(d, i, r, c)
	}
}

// drawStanding is the line below a goal's words: how it stands, and how far along the path it is where there is room.
func drawStanding(d *page.Sheet, i int, r row, c *ui.Context) {
	t, in := d.Theme, d.Lead()
	style := t.Faint
	if r.late {
		style = t.Behind
	}
	facts := append([]string{r.state.word}, r.facts...)
	if len(r.path) == 0 || r.state.sign == page.Waiting {
		d.Facts(i, in, r.state.sign.Draw(t), facts, style.Render)
		return
	}
	line := r.state.sign.Draw(t) + " " + style.Render(page.Shorten(joined(facts, t), max(d.W-in-2, 1), 1, t.Glyphs.Cut)[0])
	path := pathSays(r.path, c)
	switch {
	case widget.Width(line)+widget.Width(path)+2 <= d.W-in:
		d.Put(i, page.Spaces(in)+widget.Spread(line, path, d.W-in, t.Glyphs.Cut))
	case roomy(c) && widget.Width(path) <= d.W-in-2:
		d.Put(i, page.Spaces(in)+line, page.Spaces(in+2)+path)
	default:
		d.Put(i, page.Spaces(in)+line)
	}
}

// pathSays is the parts of the path with a sign for each.
func pathSays(path []plan.Step, c *ui.Context) string {
	parts := make([]string, len(path))
	for i, step := range path {
		parts[i] = stepSign(step.Done).Draw(c.Theme) + " " + step.Name
	}
	return strings.Join(parts, "  ")
}

func stepSign(done bool) page.Sign {
	if done {
		return page.Done
	}
	return page.Open
}
