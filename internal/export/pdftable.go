package export

import (
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const cellPad = 3.0

// shortTable is how many rows a table may have at most to be kept on one page.
const shortTable = 6

// table writes a table, and repeats its head on every page. ground may give cells a background.
func (w *pdfPage) table(t doc.Table, ground func(row, column int) (colour, bool)) {
	if len(t.Rows) == 0 {
		return
	}
	x := left(t.Depth)
	head, rows := plainCells(t, func(c doc.Cell) string { return c.Text + words.After(" ", c.Words) })
	wide := w.columns(head, rows, pageWide-marginSide-x)
	writeHead := func() { w.row(x, wide, head, true, func(int) (colour, bool) { return headGround, true }) }
	// The head stays with two rows, and a short table in one piece.
	first := w.high(wide, head)
	for i, r := range rows {
		if i < 2 || len(rows) <= shortTable {
			first += w.high(wide, r)
		}
	}
	w.room(first)
	writeHead()
	for i, r := range rows {
		page := w.page
		w.room(w.high(wide, r))
		if w.page != page {
			writeHead()
		}
		w.row(x, wide, r, false, func(column int) (colour, bool) {
			if ground == nil {
				return colour{}, false
			}
			return ground(i, column)
		})
	}
	w.y += 6
}

// columns sets the width of each column: as wide as its longest cell if there is room for all. Otherwise, columns that
// need no more than an equal share get what they need, and the wider ones share the rest.
func (w *pdfPage) columns(head []string, rows [][]string, room float64) []float64 {
	wants := make([]float64, len(head))
	w.font("bold", smallSize, inkDark)
	for i, h := range head {
		wants[i] = w.width(h) + 2*cellPad
		for word := range strings.FieldsSeq(h) {
			wants[i] = max(wants[i], w.width(word)+2*cellPad)
		}
	}
	w.font("plain", smallSize, inkDark)
	for _, r := range rows {
		for i, text := range r {
			wants[i] = max(wants[i], w.width(text)+2*cellPad)
		}
	}
	wide := make([]float64, len(wants))
	open, rest := len(wants), room
	for given := true; given; { // each round may leave a larger share for the next
		given = false
		share := rest / float64(max(1, open))
		for i, want := range wants {
			if wide[i] == 0 && want <= share {
				wide[i] = want
				given = true
				rest -= want
				open--
			}
		}
	}
	for i := range wide {
		if wide[i] == 0 {
			wide[i] = rest / float64(open)
		}
	}
	return wide
}

func (w *pdfPage) high(wide []float64, cells []string) float64 {
	lines := 1
	w.font("plain", smallSize, inkDark)
	for i, text := range cells {
		lines = max(lines, len(w.broken(text, wide[i]-2*cellPad)))
	}
	return float64(lines)*smallSize*leading + 2*cellPad
}

// row writes one row. If it is higher than the rest of the page, it goes on to the next.
func (w *pdfPage) row(x float64, wide []float64, cells []string, head bool, ground func(column int) (colour, bool)) {
	face := "plain"
	if head {
		face = "bold"
	}
	w.font(face, smallSize, inkDark)
	lines := make([][]string, len(cells))
	most, all := 1, 0.0 // lines in a cell, and the width of all cells
	for i, text := range cells {
		lines[i] = w.broken(text, wide[i]-2*cellPad)
		most = max(most, len(lines[i]))
		all += wide[i]
	}
	for from := 0; from < most; {
		fit := int((pageHigh - marginFoot - w.y - 2*cellPad) / (smallSize * leading))
		if fit < 1 {
			w.newPage()
			w.font(face, smallSize, inkDark)
			continue
		}
		to := min(most, from+fit)
		high := float64(to-from)*smallSize*leading + 2*cellPad
		at := x
		for i := range cells {
			if c, ok := ground(i); ok {
				w.ground(at, w.y, wide[i], high, c)
			}
			for j := from; j < min(to, len(lines[i])); j++ {
				w.at(at+cellPad, w.y+cellPad+float64(j-from)*smallSize*leading, lines[i][j])
			}
			at += wide[i]
		}
		w.y += high
		w.rule(x, w.y, all, lineSoft)
		from = to
	}
}

// chartRoom is the height of a chart with its dates and its key.
const chartRoom = 156.0

// drawn reports whether a chart has anything to draw: values on two dates at least.
func drawn(c doc.Chart) bool { return len(c.Times) >= 2 && c.Max > 0 }

// chart draws values over time. A table with the same values follows it.
func (w *pdfPage) chart(c doc.Chart) {
	const high, side, foot = 110.0, 22.0, 16.0
	if !drawn(c) {
		return
	}
	w.room(chartRoom)
	x, y, wide := marginSide+side, w.y, textWide-side-6
	first, last := c.Times[0].On, c.Times[len(c.Times)-1].On
	across := func(i int) float64 {
		return x + wide*float64(first.Days(c.Times[i].On))/float64(max(1, first.Days(last)))
	}
	up := func(v float64) float64 { return y + high*(1-v/c.Max) }
	w.font("plain", smallSize, inkSoft)
	for v := 0.0; v <= c.Max; v++ {
		w.rule(x, up(v), wide, lineSoft)
		w.at(marginSide+8, up(v)-smallSize/2, strconv.FormatFloat(v, 'f', -1, 64))
	}
	w.at(x, y+high+3, first.Long())
	w.at(x+wide-w.width(last.Long()), y+high+3, last.Long())
	at := marginSide
	for i, l := range c.Lines {
		ink, dashed := chartInks[i%len(chartInks)], i%2 == 1
		w.stroke(ink, dashed)
		before := -1
		for j, v := range l.Values {
			if v == nil {
				continue
			}
			if before >= 0 {
				w.out.Line(across(before), up(*l.Values[before]), across(j), up(*v))
			}
			w.ground(across(j)-1.8, up(*v)-1.8, 3.6, 3.6, ink)
			before = j
		}
		w.out.Line(at, y+high+foot+10, at+18, y+high+foot+10)
		w.font("plain", smallSize, inkDark)
		w.at(at+22, y+high+foot+5, l.Name)
		at += 22 + w.width(l.Name) + 16
	}
	w.out.SetLineType("solid")
	w.y = y + high + foot + 24
}

func (w *pdfPage) stroke(c colour, dashed bool) {
	w.out.SetStrokeColor(c.r, c.g, c.b)
	w.out.SetLineWidth(1.4)
	w.out.SetLineType(lists.Pick(dashed, "dashed", "solid"))
}
