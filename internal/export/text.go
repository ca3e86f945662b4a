package export

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
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
			if b.Apart {
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
		head := make([]string, len(t.Columns))
		for i, c := range t.Columns {
			head[i] = c.Name
		}
		rows = append(rows, head)
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
		widths[i] = c.Least
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
		var says []string
		for i, c := range l.Cells {
			if c.Words != "" {
				says = append(says, strings.ToLower(g.Columns[i])+" "+c.Words)
			}
		}
		head := ""
		if l.Name != "" {
			head = l.Name + ": "
		}
		p.Pair(indent, widest+2, l.Label, "%s", head+strings.Join(says, "; "))
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
