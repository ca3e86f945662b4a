package plan

import (
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// listSheet draws the list.
func (s *Screen) listSheet(c *ui.Context) *sheet {
	l := s.list(c)
	chosen := none
	if len(l.rows) > 0 {
		chosen = s.row.index(l.keys())
	}
	d := newSheet(c.Theme, listWidth(c), len(l.rows), chosen)
	t := c.Theme
	if s.place == onPage && s.hasPage(c) {
		d.marker = t.Faint.Render(t.Glyphs.Sep) // the keys act on the page beside it
	}
	if l.intro != "" {
		d.para(none, 1, l.intro, t.Plain.Render)
		d.gap()
	}
	if l.why != "" {
		d.para(none, 1, l.why, t.Faint.Render)
		d.gap()
	}
	column := codeColumn(l.rows)
	for i, r := range l.rows {
		if i == l.suggest {
			d.suggestHeading(l.rows[0].kind == rateRow, roomy(c))
		}
		d.row(i, r, column, c)
		if roomy(c) {
			d.gap()
		}
	}
	for _, x := range l.outro {
		d.para(none, 3, x, t.Faint.Render)
	}
	return d
}

func (d *sheet) suggestHeading(fresh, roomy bool) {
	if roomy {
		d.gap()
	}
	text := suggestedFrom
	if fresh {
		text = suggestedFresh
	}
	d.put(none, " "+d.t.Title.Render(text))
}

// codeColumn is how wide the codes of the rows are, with the space behind them.
func codeColumn(rows []row) int {
	const most = 12
	w := 0
	for _, r := range rows {
		w = max(w, widget.Width(r.code))
	}
	return min(w, most) + 2
}

// rowLines is how many lines the words of a row take at most.
const rowLines = 2

func (d *sheet) row(i int, r row, column int, c *ui.Context) {
	t := d.t
	switch r.kind {
	case rateRow:
		d.put(i, d.mark(i)+d.name(i, r.text))
		d.para(i, 3, rateFirstWhy, t.Faint.Render)
		return
	case keepRow:
		for j, l := range widget.Wrap(r.text, max(d.w-5, 1)) {
			if j == 0 {
				d.put(i, d.mark(i)+"+ "+d.name(i, l))
				continue
			}
			d.put(i, spaces(5)+l)
		}
		return
	}
	indent := 3 + column
	n := rowLines
	if tall(c) {
		n++
	}
	for j, l := range shorten(r.text, max(d.w-indent, 1), n, t.Glyphs.Cut) {
		if j == 0 {
			d.put(i, d.mark(i)+d.name(i, widget.Pad(r.code, column))+l)
			continue
		}
		d.put(i, spaces(indent)+l)
	}
	if r.kind == suggestionRow {
		d.para(i, indent, r.facts[0], t.Plain.Render)
		for _, x := range r.facts[1:] {
			d.para(i, indent, x, t.Faint.Render)
		}
		return
	}
	d.standing(i, r, c)
}

// standing is the line below a goal's words: how it stands, and how far along the path it is where there is room.
func (d *sheet) standing(i int, r row, c *ui.Context) {
	const indent = 3
	t := d.t
	style := t.Faint
	if r.late {
		style = t.Behind
	}
	facts := append([]string{r.state.word}, r.facts...)
	if len(r.path) == 0 || r.state.sign == isWaiting {
		d.facts(i, indent, glyph(r.state.sign, t), facts, style.Render)
		return
	}
	room := d.w - indent - 2
	words := joined(facts, t)
	line := glyph(r.state.sign, t) + " " + style.Render(shorten(words, max(room, 1), 1, t.Glyphs.Cut)[0])
	path := ""
	for j, step := range r.path {
		if j > 0 {
			path += "  "
		}
		path += glyph(stepSign(step.Done), t) + " " + step.Name
	}
	switch {
	case widget.Width(line)+widget.Width(path)+2 <= d.w-indent:
		d.put(i, spaces(indent)+widget.Spread(line, path, d.w-indent, t.Glyphs.Cut))
	case roomy(c) && widget.Width(path) <= room:
		d.put(i, spaces(indent)+line, spaces(indent+2)+path)
	default:
		d.put(i, spaces(indent)+line)
	}
}

func stepSign(done bool) sign {
	if done {
		return isDone
	}
	return isOpen
}
