package plan

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// sheet is lines below one another, as many as it takes; what is seen of them is decided later. Some lines belong to
// something that can be chosen, by its index. Which one is chosen changes no line's length and no line's place.
type sheet struct {
	t      *theme.Theme
	w      int
	chosen int    // or none
	count  int    // how many can be chosen
	open   int    // the one below which something is unfolded, or none
	marker string // what stands before the chosen line
	lines  []string
	at     []int
}

// none is the index of lines that cannot be chosen.
const none = -1

func newSheet(t *theme.Theme, w, count, chosen int) *sheet {
	return &sheet{t: t, w: max(w, 1), count: count, chosen: chosen, open: none, marker: t.Accent.Render(t.Glyphs.Marker)}
}

// put adds lines that belong to an index.
func (d *sheet) put(at int, lines ...string) {
	for _, l := range lines {
		d.lines, d.at = append(d.lines, l), append(d.at, at)
	}
}

// gap adds an empty line, unless there is one or nothing is above.
func (d *sheet) gap() {
	if n := len(d.lines); n > 0 && d.lines[n-1] != "" {
		d.put(none, "")
	}
}

// span is the lines of an index, from the first up to and without the one after the last.
func (d *sheet) span(i int) (from, to int) {
	from = -1
	for y, at := range d.at {
		if at == i {
			if from < 0 {
				from = y
			}
			to = y + 1
		}
	}
	return max(from, 0), to
}

// mark is what stands in the first three cells of a line that can be chosen.
func (d *sheet) mark(at int) string {
	if at == d.chosen {
		return " " + d.marker + " "
	}
	return "   "
}

// name draws the words by which something is known: they and the mark are all that changes when it is chosen.
func (d *sheet) name(at int, s string) string {
	if at == d.chosen {
		return d.t.Accent.Render(s)
	}
	return s
}

// para adds wrapped text behind an indent, with every line drawn by render.
func (d *sheet) para(at, indent int, text string, render func(...string) string) {
	for _, l := range widget.Wrap(text, max(d.w-indent, 1)) {
		d.put(at, spaces(indent)+render(l))
	}
}

// labelled adds text with its name at the left, or above it where there is little room.
func (d *sheet) labelled(indent int, label, text string) {
	if text == "" {
		return
	}
	const column = 11
	if d.w < 50 {
		d.put(none, spaces(indent)+d.t.Title.Render(label))
		d.para(none, indent, text, d.t.Plain.Render)
		return
	}
	for i, l := range widget.Wrap(text, max(d.w-indent-column, 1)) {
		name := spaces(column)
		if i == 0 {
			name = d.t.Title.Render(widget.Pad(label, column))
		}
		d.put(none, spaces(indent)+name+l)
	}
}

// window is the lines that are seen from a line on, where the rows among them are, and the cell of the chosen one.
func (d *sheet) window(top, h, x, y int) (lines []string, rows map[int]int, cursor *ui.Point) {
	rows = map[int]int{}
	for i := top; i < min(top+h, len(d.lines)); i++ {
		if d.at[i] != none {
			rows[y+i-top] = d.at[i]
		}
		if d.at[i] == d.chosen && d.chosen != none && cursor == nil {
			cursor = &ui.Point{X: x + 1, Y: y + i - top}
		}
		lines = append(lines, d.lines[i])
	}
	return lines, rows, cursor
}

// facts adds short facts next to each other behind a sign, with line breaks between them where that helps.
func (d *sheet) facts(at, indent int, sign string, facts []string, render func(...string) string) {
	if sign != "" {
		sign += " "
	}
	inner := indent + widget.Width(sign)
	for j, l := range packed(facts, max(d.w-inner, 1), " "+d.t.Glyphs.Sep+" ") {
		if j == 0 {
			d.put(at, spaces(indent)+sign+render(l))
			continue
		}
		d.put(at, spaces(inner)+render(l))
	}
}

// packed fills lines of w cells with facts. A fact that does not fit behind the one before starts a line.
func packed(facts []string, w int, sep string) []string {
	var lines []string
	line := ""
	for _, f := range facts {
		switch {
		case line == "":
			line = f
		case widget.Width(line)+widget.Width(sep)+widget.Width(f) <= w:
			line += sep + f
		default:
			lines, line = append(lines, widget.Wrap(line, w)...), f
		}
	}
	return append(lines, widget.Wrap(line, w)...)
}

// joined puts short facts next to each other.
func joined(facts []string, t *theme.Theme) string { return strings.Join(facts, " "+t.Glyphs.Sep+" ") }

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

// shorten wraps text into at most n lines. What is left out is left out at a word, and a sign says so.
func shorten(text string, w, n int, cut string) []string {
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

// glyph is the sign of a state.
func glyph(s sign, t *theme.Theme) string {
	switch s {
	case isDone:
		return t.Met.Render(t.Glyphs.Done)
	case isLate:
		return t.Behind.Render(t.Glyphs.Late)
	case isWaiting:
		return t.Faint.Render(t.Glyphs.Empty)
	case isOver:
		return t.Faint.Render(t.Glyphs.None)
	}
	return t.Glyphs.Open
}
