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

// text writes plain text. People read it on a terminal or in an e-mail, and screen readers read it aloud, so it draws
// no boxes: only indents show what belongs to what.
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
			words := strings.TrimLeft(b.Text, " ") // the learner may have indented it: that is kept
			further := 2
			if i+1 < len(d.Blocks) && depth(d.Blocks[i+1]) > b.Depth {
				further = 4 // or the second line would look like one of the blocks below it
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

// depth is the depth of an item or paragraph, and 0 for any other block.
func depth(b doc.Block) int {
	switch b := b.(type) {
	case doc.Item:
		return b.Depth
	case doc.Para:
		return b.Depth
	}
	return 0
}

// indents has the column at which blocks of each depth begin: two columns after the block they belong to, or below the
// text of the pair they belong to.
type indents []int

// at returns the indent of a depth, and forgets those of deeper blocks.
func (in *indents) at(depth int) int {
	for len(*in) <= depth {
		*in = append(*in, (*in)[len(*in)-1]+2)
	}
	*in = (*in)[:depth+1]
	return (*in)[depth]
}

// deepen lets blocks one deeper than a depth begin so many columns after it.
func (in *indents) deepen(depth, columns int) { *in = append((*in)[:depth+1], (*in)[depth]+columns) }

// labels is the width of the column of labels for block i, a pair or bar, and its neighbours of the same depth.
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

// table writes a table in aligned columns. The note on a row goes below it, from the second column on.
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

// grid says each row in a sentence, since columns help nobody who listens or has a narrow terminal.
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

// blank is a line to write on by hand.
const blank = "______________________________"

func signature(p *Page, indent int, s doc.Signature) {
	p.Para(indent, "%s", signer(s))
	p.Para(indent+2, "Signature %s Date ________________", blank)
}

// signer names who signs, with blanks for what is not known.
func signer(s doc.Signature) string {
	return cmp.Or(s.Name, "Name "+blank) + ", " + cmp.Or(s.Role, "role "+blank)
}

// PlainWidth is the width of plain text, in columns, where there is no terminal to ask.
const PlainWidth = 80

// Page writes plain text for people. It cleans whatever it writes, so that no text from a file reaches the terminal
// raw, and wraps it to Width columns. It ignores errors: Out must keep its first one, as a bufio.Writer does.
type Page struct {
	Out   io.Writer
	Width int
}

// Line writes one line without wrapping it.
func (p *Page) Line(format string, args ...any) { p.put(safetext.Line(fmt.Sprintf(format, args...))) }

// put writes a line that is already clean.
func (p *Page) put(clean string) { _, _ = io.WriteString(p.Out, strings.TrimRight(clean, " ")+"\n") }

// Blank writes an empty line.
func (p *Page) Blank() { p.put("") }

// Para writes a paragraph with every line indented.
func (p *Page) Para(indent int, format string, args ...any) {
	p.Hang(strings.Repeat(" ", indent), fmt.Sprintf(format, args...))
}

// Item writes a paragraph whose lines after the first are indented by two more columns.
func (p *Page) Item(indent int, format string, args ...any) {
	p.item(indent, 2, fmt.Sprintf(format, args...))
}

// item writes a paragraph whose lines after the first are indented by so many more columns.
func (p *Page) item(indent, further int, words string) {
	head := strings.Repeat(" ", indent)
	for _, l := range Wrap(safetext.Line(words), p.Width-indent-further) {
		p.put(head + l)
		head = strings.Repeat(" ", indent+further)
	}
}

// Hang writes a head and a text after it. All lines of the text begin in the same column.
func (p *Page) Hang(head, body string) {
	head = safetext.Line(head)
	indent := strings.Repeat(" ", cells(head))
	for _, l := range Wrap(safetext.Line(body), p.Width-cells(head)) {
		p.put(head + l)
		head = indent
	}
}

// Pair writes a label in a column of a certain width, and a text in the next.
func (p *Page) Pair(indent, column int, label, format string, args ...any) {
	p.Hang(strings.Repeat(" ", indent)+Pad(label, column), fmt.Sprintf(format, args...))
}

// Table writes rows in aligned columns with two spaces between. The last column wraps.
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
	return len(s) // most texts are ASCII, and this is much faster than looking for wide characters
}

// Pad cleans a text and adds spaces up to a width in columns.
func Pad(s string, width int) string {
	s = safetext.Line(s)
	return s + strings.Repeat(" ", max(width-cells(s), 0))
}

// leastWidth keeps a column readable even if the head takes up the whole line.
const leastWidth = 20

// Wrap breaks text at spaces into lines of at most width columns, and inside a word only if the word is longer than a
// line. It never breaks at a hyphen, so that flags and identifiers can be copied.
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
