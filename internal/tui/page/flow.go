package page

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Flow is a page of rows among headings and paragraphs, each as high as it needs to be. It is written from top to
// bottom, and a List then scrolls through it. Which row is chosen never changes the place or the length of a line.
type Flow struct {
	Theme *theme.Theme
	W     int    // the width in cells
	In    int    // cells before the marker
	Rows  []Row  // in the order in which they were written
	Open  string // the key of the row below which something is unfolded, or ""
	lines []line
}

// A line is styled only when it is shown, since its style depends on which row is chosen.
type line struct {
	row             int  // the row that it belongs to, or None
	first           bool // it is the first line of its row, with the marker
	pre, name, post string
}

// None is the row of lines that belong to no row.
const None = -1

// Put adds lines, styled already, to a row or to None.
func (f *Flow) Put(row int, lines ...string) {
	for _, l := range lines {
		f.lines = append(f.lines, line{row: row, post: l})
	}
}

// Row adds the first line of a row, and returns the row's number for its other lines. When the row is chosen, only the
// marker and the style of its name change. A flow that shows only some of its rows must start with all of them in Rows.
func (f *Flow) Row(r Row, pre, name, post string) int {
	i := slices.IndexFunc(f.Rows, func(x Row) bool { return x.Key == r.Key })
	if i == None {
		i, f.Rows = len(f.Rows), append(f.Rows, r)
	}
	f.lines = append(f.lines, line{i, true, pre, name, post})
	return i
}

// Lead is how many cells come before the text of a row.
func (f *Flow) Lead() int { return f.In + MarkW }

// Wrapped adds a row and wraps its name, with all lines aligned after pre.
func (f *Flow) Wrapped(r Row, pre string) int {
	return f.named(r, pre, widget.Wrap(r.Name, max(f.W-f.Lead()-widget.Width(pre), 1)))
}

// named adds a row with the lines of its name, aligned after pre.
func (f *Flow) named(r Row, pre string, lines []string) int {
	if len(lines) == 0 {
		return f.Row(r, pre, "", "")
	}
	row := f.Row(r, pre, lines[0], "")
	f.Put(row, widget.Indent(lines[1:], Spaces(f.Lead()+widget.Width(pre)))...)
	return row
}

// Behind adds a row with a short name, such as a code, and lines of words aligned after it.
func (f *Flow) Behind(r Row, pre, name string, words []string) int {
	if len(words) == 0 {
		return f.Row(r, pre, name, "")
	}
	row := f.Row(r, pre, name, words[0])
	f.Put(row, widget.Indent(words[1:], Spaces(f.Lead()+widget.Width(pre)+widget.Width(name)))...)
	return row
}

// Gap adds an empty line, unless it would be the first line or follow another empty one.
func (f *Flow) Gap() {
	if n := len(f.lines); n > 0 && f.lines[n-1] != (line{row: None}) {
		f.Put(None, "")
	}
}

// Para adds text, indented, wrapped and styled by render.
func (f *Flow) Para(row, indent int, text string, render func(...string) string) {
	for _, l := range widget.Wrap(text, max(f.W-indent, 1)) {
		f.Put(row, Spaces(indent)+render(l))
	}
}

// Hang adds wrapped text with something before its first line; the other lines are aligned with the text.
func (f *Flow) Hang(row, indent int, before, text string) {
	w := f.W - indent - widget.Width(before)
	f.Put(row, widget.Hang(Spaces(indent)+before, widget.Wrap(text, max(w, 1)))...)
}

// The column for labels at the left of text.
const (
	labelColumn = 11 // its width in cells
	labelLeast  = 50 // the least width of a flow that has one
)

// Labelled adds text with a label at its left or, on a narrow flow, above it. Without text it adds nothing.
func (f *Flow) Labelled(indent int, label, text string) {
	switch {
	case text == "":
	case f.W < labelLeast:
		f.Put(None, Spaces(indent)+f.Theme.Title.Render(label))
		f.Para(None, indent, text, f.Theme.Plain.Render)
	default:
		f.Hang(None, indent, f.Theme.Title.Render(widget.Pad(label, labelColumn)), text)
	}
}

// Short cuts text between words to one line of w cells.
func (f *Flow) Short(text string, w int) string { return short(text, w, f.Theme.Glyphs.Cut) }

func short(text string, w int, cut string) string {
	return append(Shorten(text, max(w, 1), 1, cut), "")[0]
}

// Facts adds a sign and short facts with separators, wrapped between facts where possible.
func (f *Flow) Facts(row, indent int, sign string, facts []string, render func(...string) string) {
	if sign != "" {
		sign += " "
	}
	lines := widget.Pack(facts, " "+f.Theme.Glyphs.Sep+" ", max(f.W-indent-widget.Width(sign), 1))
	f.Put(row, widget.Hang(Spaces(indent)+sign, widget.Style(lines, render))...)
}

// span returns the half-open range of the lines of a row.
func (f *Flow) span(row int) (from, to int) {
	from = -1
	for y, l := range f.lines {
		if l.row == row {
			if from < 0 {
				from = y
			}
			to = y + 1
		}
	}
	return max(from, 0), to
}

// topFor returns the first line to show where there is room for h. Unless the learner scrolled away from it, the chosen
// row is in view, and as far as there is room also what is above the first row, below the last, or unfolded below it.
func (f *Flow) topFor(l *List, h int) int {
	if l.scrolled || len(f.Rows) == 0 {
		return clampTop(l.top, len(f.lines), h)
	}
	at := l.At(f.Rows)
	from, to := f.span(at)
	switch {
	case at == len(f.Rows)-1:
		to = len(f.lines)
	case f.Rows[at].Key == f.Open:
		to, _ = f.span(at + 1)
	}
	if at == 0 {
		from = 0
	}
	return keepInView(l.top, from, to, len(f.lines), h)
}

// clampTop limits the first line shown, of n lines in a room of h, so that the room is filled as far as possible.
func clampTop(top, n, h int) int { return max(min(top, n-h), 0) }

// keepInView returns the first line to show, of n lines in a room of h. It moves as little as it can from top to show
// the lines from..to and, where there is room, one line around them.
func keepInView(top, from, to, n, h int) int {
	margin := 1
	if to-from+2*margin > h {
		margin = 0
	}
	top = max(top, to+margin-h)
	top = min(top, max(from-margin, 0))
	return clampTop(top, n, h)
}

// SettleOn is Settle for a flow in a room of h lines.
func (l *List) SettleOn(f *Flow, h int) {
	l.Put(f.Rows, l.At(f.Rows))
	l.top = f.topFor(l, h)
}

// Show adds at most h lines of a flow to the end of a page, with its left edge at x and the marker before the chosen
// row. The cursor is on that row or, if it is out of view, on the first line.
func (l *List) Show(p *ui.Page, f *Flow, h, x int, marker string) {
	if p.Rows == nil {
		p.Rows = map[int]int{}
	}
	at, top := None, f.topFor(l, h)
	if len(f.Rows) > 0 {
		at = l.At(f.Rows)
	}
	p.Cursor = &ui.Point{X: x, Y: len(p.Body)}
	for i, line := range f.lines[top:min(top+h, len(f.lines))] {
		if line.row != None {
			p.Rows[len(p.Body)] = line.row
		}
		chosen := line.row != None && line.row == at
		if from, _ := f.span(at); chosen && (i == 0 || top+i == from) {
			p.Cursor = &ui.Point{X: x + f.In, Y: len(p.Body)}
		}
		p.Body = append(p.Body, f.draw(line, chosen, marker))
	}
	f.sayMore(p, top+h, h, at)
}

// sayMore puts into the last of h lines how many more there are (the flow goes on at line end), so that a page which
// happens to end with a whole part is not taken for all of it. A line of the chosen row is never replaced.
func (f *Flow) sayMore(p *ui.Page, end, h, at int) {
	const sayFrom = 8 // a lower page cannot spare a line for it
	if end >= len(f.lines) || h < sayFrom || at != None && f.lines[end-1].row == at {
		return
	}
	y := len(p.Body) - 1
	delete(p.Rows, y)
	p.Body[y] = Spaces(MarkW) + f.Theme.Faint.Render(fmt.Sprintf("%d more lines below", len(f.lines)-end+1))
}

// Lines returns the first h lines of a flow, with no row chosen.
func (f *Flow) Lines(h int) []string {
	return lists.Each(f.lines[:min(h, len(f.lines))], func(l line) string { return f.draw(l, false, "") })
}

func (f *Flow) draw(l line, chosen bool, marker string) string {
	if !l.first {
		return l.post
	}
	mark, style := Spaces(MarkW), f.Theme.Plain
	if chosen {
		mark, style = marker+" ", widget.Chosen(l.name, f.Theme)
	}
	return Spaces(f.In) + mark + l.pre + style.Render(l.name) + l.post
}

// UpdateOn is Update for a flow in a room of h lines. The arrow keys go from row to row; where a long text is between
// two rows they scroll through it first, so that all of it can be read.
func (l *List) UpdateOn(msg tea.Msg, f *Flow, h int, c *ui.Context) ([]ui.Ask, bool) {
	switch msg := msg.(type) {
	case ui.RowMsg:
		if msg.Index == l.At(f.Rows) && !l.scrolled {
			return enter(f.Rows, msg.Index, c), true
		}
		l.put(f, msg.Index)
	case ui.WheelMsg:
		l.scroll(f, msg.Lines, h)
	case tea.KeyPressMsg:
		if key.Matches(msg, Enter()) {
			return enter(f.Rows, l.At(f.Rows), c), true
		}
		page := max(h-1, 1)
		switch n, ok := moves.Get().By(msg, page); {
		case !ok:
			return nil, false
		case n == 1 || n == -1:
			l.step(f, n, h)
		case n == page || n == -page:
			l.scroll(f, n, h)
		default: // the first or the last row
			l.put(f, l.At(f.Rows)+n)
			if n > 0 {
				l.scroll(f, n, h)
			}
		}
	default:
		return nil, false
	}
	return nil, true
}

func (l *List) put(f *Flow, i int) {
	l.Put(f.Rows, i)
	l.scrolled = false
}

// scroll moves the flow by n lines, and leaves the cursor on its row even if that is then out of view.
func (l *List) scroll(f *Flow, n, h int) {
	top := f.topFor(l, h)
	if to := clampTop(top+n, len(f.lines), h); to != top {
		l.top, l.scrolled = to, true
	}
}

// step goes to the next row (n is 1) or the one before (-1), or scrolls half a page if that row is further away.
func (l *List) step(f *Flow, n, h int) {
	half := max(h/2, 1)
	at, top := l.At(f.Rows), f.topFor(l, h)
	from, to := f.span(at)
	if l.scrolled && (to <= top || from >= top+h) {
		l.putVisible(f, n, top, h)
		return
	}
	next := at + n
	if next < 0 || next >= len(f.Rows) {
		l.scroll(f, n*half, h)
		return
	}
	from, to = f.span(next)
	if n > 0 && from-(top+h) >= h/2 || n < 0 && top-to >= h/2 {
		l.scroll(f, n*half, h)
		return
	}
	l.put(f, next)
}

// putVisible chooses the first row that is wholly in view (going up, the last), or scrolls on if there is none.
func (l *List) putVisible(f *Flow, n, top, h int) {
	for i := range f.Rows {
		if n < 0 {
			i = len(f.Rows) - 1 - i
		}
		if from, to := f.span(i); from >= top && to <= top+h {
			l.put(f, i)
			return
		}
	}
	l.top = clampTop(top+n*max(h/2, 1), len(f.lines), h)
}

// HeadOf returns how many lines a page of h lines keeps above the part that scrolls: one for each of the given heights
// that it reaches.
func HeadOf(h int, from ...int) int {
	return len(slices.DeleteFunc(from, func(least int) bool { return h < least }))
}

// EnterLine is a line that says what Enter does on the chosen row.
func EnterLine(does string, c *ui.Context) string {
	return " " + c.Theme.Key.Render("Enter") + "  " + short(does, c.Size.W-8, c.Theme.Glyphs.Cut)
}

// Spaces returns n spaces; none if n is negative.
func Spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Shorten wraps text into at most n lines. If anything is left out it cuts between words and ends with cut.
func Shorten(text string, w, n int, cut string) []string {
	lines := widget.Wrap(text, w)
	if len(lines) <= n || n < 1 {
		return lines[:min(len(lines), max(n, 0))]
	}
	lines = lines[:n]
	last := strings.TrimRight(lines[n-1], " ")
	if room := w - widget.Width(cut); widget.Width(last) > room {
		last = strings.TrimRight(append(widget.Wrap(last, room), "")[0], " ")
	}
	lines[n-1] = last + cut
	return lines
}
