package export

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func textFile(d doc.Doc) ([]byte, error) {
	if d.Exact != "" {
		return []byte(d.Exact), nil
	}
	return text(d, PlainWidth), nil
}

// text writes plain text: people read it on a terminal and in an e-mail, and a screen reader reads it aloud, so there
// are no boxes, and indents alone say what belongs to what.
func text(d doc.Doc, width int) []byte {
	var out bytes.Buffer
	p := &Page{&out, width}
	if d.Title != "" {
		p.Para(0, "%s", d.Title)
	}
	in := indents{0}
	for i, b := range d.Blocks {
		switch b := b.(type) {
		case doc.Heading:
			p.Blank()
			p.Para(in.at(b.Depth), "%s", b.Text)
		case doc.Para:
			if b.SpaceBefore {
				p.Blank()
			}
			p.Para(in.at(b.Depth), "%s", b.Text)
		case doc.Item:
			// A learner's own text may be set in by hand; that is kept.
			words := strings.TrimLeft(b.Text, " ")
			further := 2
			if i+1 < len(d.Blocks) && depth(d.Blocks[i+1]) > b.Depth {
				further = 4 // so that its second line does not look like what belongs to it
			}
			p.item(in.at(b.Depth)+len(b.Text)-len(words), further, words)
		case doc.Pair:
			column := labels(d.Blocks, i)
			p.Pair(in.at(b.Depth), column, b.Label, "%s", b.Text)
			in.deepen(b.Depth, column)
		case doc.Bar:
			p.Pair(in.at(b.Depth), labels(d.Blocks, i), b.Label, "%s", b.Text)
		case doc.Table:
			p.table(in.at(b.Depth), b)
		case doc.Grid:
			p.grid(in.at(b.Depth), b)
		case doc.Chart:
			p.Para(in.at(b.Depth), "%s", b.Caption)
			p.table(in.at(b.Depth), b.Table())
		case doc.Signature:
			signature(p, in.at(b.Depth), b)
		}
	}
	return out.Bytes()
}

// depth is how far in an item or paragraph stands, and 0 for all else.
func depth(b doc.Block) int {
	switch b := b.(type) {
	case doc.Item:
		return b.Depth
	case doc.Para:
		return b.Depth
	}
	return 0
}

// indents are the columns at which blocks of each depth begin: two further in than what they belong to, or below the
// text of the pair that they belong to.
type indents []int

// at is the indent of a depth; what is deeper then stands two further in.
func (in *indents) at(depth int) int {
	for len(*in) <= depth {
		*in = append(*in, (*in)[len(*in)-1]+2)
	}
	*in = (*in)[:depth+1]
	return (*in)[depth]
}

// deepen has what is deeper than a depth begin so many columns further in.
func (in *indents) deepen(depth, columns int) { *in = append((*in)[:depth+1], (*in)[depth]+columns) }

// labels is the column behind the labels of the pairs or bars around one, those that follow each other at its depth.
func labels(blocks []doc.Block, i int) int {
	of := func(b doc.Block) (depth int, label string) {
		switch b := b.(type) {
		case doc.Pair:
			return b.Depth, b.Label
		case doc.Bar:
			return b.Depth, b.Label
		}
		return -1, ""
	}
	depth, _ := of(blocks[i])
	widest := 0
	for _, step := range []int{-1, 1} {
		for j := i; j >= 0 && j < len(blocks); j += step {
			d, label := of(blocks[j])
			if d != depth {
				break
			}
			widest = max(widest, cells(label))
		}
	}
	return widest + 2
}

// table aligns the columns and gives each its least width. What is said of a row stands below it, from the second
// column on.
func (p *Page) table(indent int, t doc.Table) {
	var rows [][]string
	if !t.Labelled {
		rows = append(rows, lists.Each(t.Columns, columnName))
	}
	for _, r := range t.Rows {
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = c.Text
			if t.Labelled && c.Number != nil {
				cells[i] = strings.ToLower(t.Columns[i].Name) + " " + c.Text
			}
		}
		rows = append(rows, cells)
	}
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = c.MinWidth
		for _, r := range rows {
			widths[i] = max(widths[i], cells(r[i]))
		}
	}
	for i, r := range rows {
		p.row(indent, r, widths)
		if at := i - len(rows) + len(t.Rows); at >= 0 && t.Rows[at].Note != "" {
			p.Para(indent+widths[0]+2, "%s", t.Rows[at].Note)
		}
	}
}

// grid says each row in a sentence, since what is heard or read on a narrow terminal has no columns.
func (p *Page) grid(indent int, g doc.Grid) {
	p.Para(indent, "%s", g.Caption)
	widest := 0
	for _, l := range g.Lines {
		widest = max(widest, cells(l.Label))
	}
	for _, l := range g.Lines {
		head := ""
		if l.Name != "" {
			head = l.Name + ": "
		}
		p.Pair(indent, widest+2, l.Label, "%s", head+g.Says(l))
	}
}

// blank is a place to write by hand in.
const blank = "______________________________"

func signature(p *Page, indent int, s doc.Signature) {
	p.Para(indent, "%s", signer(s))
	p.Para(indent+2, "Signature %s Date ________________", blank)
}

// signer is who signs, with places to fill in what is not known.
func signer(s doc.Signature) string {
	return cmp.Or(s.Name, "Name "+blank) + ", " + cmp.Or(s.Role, "role "+blank)
}

// PlainWidth is how many columns a line of plain text has where no terminal says otherwise.
const PlainWidth = 80

// Page is plain text as it is written, for people. Whatever passes through it is cleaned, so that no text of a file can
// reach the terminal raw, and wrapped to its width. The writer keeps its first error, as a bufio.Writer does.
type Page struct {
	Out   io.Writer
	Width int
}

// Line writes one line as it is, for what must stay on one.
func (p *Page) Line(format string, args ...any) { p.put(safetext.Line(fmt.Sprintf(format, args...))) }

// put writes a line that is clean already.
func (p *Page) put(clean string) { _, _ = io.WriteString(p.Out, strings.TrimRight(clean, " ")+"\n") }

// Blank writes an empty line.
func (p *Page) Blank() { p.put("") }

// Para writes a paragraph, every line of it indented.
func (p *Page) Para(indent int, format string, args ...any) {
	p.Hang(strings.Repeat(" ", indent), fmt.Sprintf(format, args...))
}

// Item writes a paragraph whose further lines stand two blanks further in.
func (p *Page) Item(indent int, format string, args ...any) {
	p.item(indent, 2, fmt.Sprintf(format, args...))
}

// item writes a paragraph whose further lines stand so many blanks further in.
func (p *Page) item(indent, further int, words string) {
	head := strings.Repeat(" ", indent)
	for _, l := range Wrap(safetext.Line(words), p.Width-indent-further) {
		p.put(head + l)
		head = strings.Repeat(" ", indent+further)
	}
}

// Hang writes text behind a head; the lines that follow start where the text of the first did.
func (p *Page) Hang(head, body string) {
	head = safetext.Line(head)
	indent := strings.Repeat(" ", cells(head))
	for _, l := range Wrap(safetext.Line(body), p.Width-cells(head)) {
		p.put(head + l)
		head = indent
	}
}

// Pair writes a label in a column of its own, and text behind it.
func (p *Page) Pair(indent, column int, label, format string, args ...any) {
	p.Hang(strings.Repeat(" ", indent)+Pad(label, column), fmt.Sprintf(format, args...))
}

// Table writes rows in aligned columns, two blanks apart; the last column wraps.
func (p *Page) Table(indent int, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cells(safetext.Line(cell)))
		}
	}
	for _, row := range rows {
		p.row(indent, row, widths)
	}
}

func (p *Page) row(indent int, row []string, widths []int) {
	head := strings.Repeat(" ", indent)
	for i, cell := range row[:len(row)-1] {
		head += Pad(cell, widths[i]+2)
	}
	p.Hang(head, row[len(row)-1])
}

// cells is how many columns a text takes on a terminal.
func cells(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return ansi.StringWidth(s)
		}
	}
	return len(s) // which most texts are, and looking for signs of several letters takes its time
}

// Pad cleans a text and fills it up with blanks to a width.
func Pad(s string, width int) string {
	s = safetext.Line(s)
	return s + strings.Repeat(" ", max(width-cells(s), 0))
}

// leastWidth keeps a column readable even where the head has eaten the line.
const leastWidth = 20

// Wrap breaks text at blanks into lines of at most width cells, and a word that is longer than a line anywhere. It
// never breaks at a hyphen, since flags and identifiers are to be copied.
func Wrap(s string, width int) []string {
	width = max(width, leastWidth)
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range strings.Fields(s) {
		n := cells(word)
		if used > 0 && used+1+n > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		for n > width {
			part := ansi.Truncate(word, width, "") // of clean text this is a prefix
			lines = append(lines, part)
			word = word[len(part):]
			n = cells(word)
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += n
	}
	return append(lines, line.String())
}
