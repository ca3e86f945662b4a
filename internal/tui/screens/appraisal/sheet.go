package appraisal

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// sheet is a page as lines, as many as it takes. Which line is chosen changes no line's length and no line's place.
type sheet struct {
	lines []string
	at    []int // index of the item that a line belongs to, or none
	from  int   // the lines of the chosen item
	to    int
}

const none = -1

// roomyFrom is the height from which on there is room for empty lines between the parts.
const roomyFrom = 15

const (
	indent  = 2 // of the marker
	deeper  = 2 // further in, for what belongs to the row above
	codeW   = 5
	sayMost = 3 // lines of quiet words below a row, each
)

// layOut turns the blocks of a page into lines of w cells.
func layOut(c *ui.Context, m page, w int) sheet {
	d := sheet{}
	w = max(w, 1)
	index := map[item]int{}
	for i, x := range m.items {
		index[x] = i
	}
	for i, b := range m.blocks {
		at := none
		if b.item != (item{}) {
			at = index[b.item]
		}
		roomy := c.Size.H >= roomyFrom
		if roomy && i > 0 && at != none && m.blocks[i-1].text != "" {
			d.put(none, "")
		}
		start := len(d.lines)
		switch {
		case b.head != "":
			if i > 0 && roomy {
				d.put(none, "")
			}
			for _, l := range widget.Wrap(b.head, max(w-1, 1)) {
				d.put(none, " "+c.Theme.Title.Render(l))
			}
		case b.item == (item{}):
			d.words(b, w)
		default:
			d.row(c.Theme, b, at, at == m.cur, w)
		}
		if at == m.cur && at != none {
			d.from, d.to = start, len(d.lines)
		}
	}
	d.edges(m)
	return d
}

// edges makes the words above the first and below the last item part of what is seen with them.
func (d *sheet) edges(m page) {
	if len(m.items) == 0 {
		d.to = len(d.lines)
		return
	}
	if m.cur == 0 {
		d.from = 0
	}
	if m.cur == len(m.items)-1 {
		d.to = len(d.lines)
	}
}

func (d *sheet) put(at int, lines ...string) {
	for _, l := range lines {
		d.lines, d.at = append(d.lines, l), append(d.at, at)
	}
}

func (d *sheet) words(b block, w int) {
	in := indent
	if b.deep {
		in += deeper
	}
	for _, l := range widget.Wrap(b.text, max(w-in, 1)) {
		d.put(none, spaces(in)+l)
	}
}

// row is one line that can be chosen, with quiet lines below it. Of it only the marker and the code change when it is chosen,
// and where it has no code the first line of the name.
func (d *sheet) row(t *theme.Theme, b block, at int, chosen bool, w int) {
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	in := indent
	lead := mark
	if b.deep {
		lead += spaces(deeper)
		in += deeper
	}
	if b.sign != noSign {
		lead += glyph(b.sign, t) + " "
		in += 2
	}
	code := ""
	if b.code != "" {
		code = widget.Pad(b.code, max(codeW, widget.Width(b.code)+1))
		in += widget.Width(code)
	}
	for i, l := range widget.Wrap(b.name, max(w-in, 1)) {
		switch {
		case i > 0:
			d.put(at, spaces(in)+l)
		case code != "":
			d.put(at, lead+style.Render(code)+l)
		default:
			d.put(at, lead+style.Render(l))
		}
	}
	for _, s := range b.says {
		for _, l := range shorten(s, max(w-in, 1), sayMost, t.Glyphs.Cut) {
			d.put(at, spaces(in)+t.Faint.Render(l))
		}
	}
}

// topFor is the line on which a window of h lines starts, so that the chosen item is seen with as little scrolling as that
// takes.
func (d sheet) topFor(top, h int) int {
	margin := 1
	if d.to-d.from+2*margin > h {
		margin = 0
	}
	top = max(top, d.to+margin-h)
	top = min(top, max(d.from-margin, 0))
	return max(min(top, len(d.lines)-h), 0)
}

func glyph(s sign, t *theme.Theme) string {
	switch s {
	case isDone:
		return t.Met.Render(t.Glyphs.Done)
	case isOver:
		return t.Glyphs.Sep
	case isLate:
		return t.Behind.Render(t.Glyphs.Late)
	}
	return t.Glyphs.Open
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

// shorten wraps text into at most n lines. What is left out is left out at a word, and a sign says so.
func shorten(text string, w, n int, cut string) []string {
	lines := widget.Wrap(text, w)
	if len(lines) <= n {
		return lines
	}
	lines = lines[:n]
	last := strings.TrimRight(lines[n-1], " ")
	if room := w - widget.Width(cut); widget.Width(last) > room {
		last = strings.TrimRight(append(widget.Wrap(last, room), "")[0], " ")
	}
	lines[n-1] = last + cut
	return lines
}
