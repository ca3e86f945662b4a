// Package doc holds a document as data: a title, and blocks in reading order. The domain builds one for each thing that
// a learner shows or hands on (appraisal.RecordDoc, gap.Report.Doc, plan.Doc and so on); package export decides what it
// looks like in each format. Blocks hold words and numbers, never padding, line breaks or mark-up, so that they can
// become a spreadsheet or a web page as easily as plain text.
//
// It is separate from export because the domain builds documents and may not import a service.
package doc

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Doc is one document.
type Doc struct {
	Title  string // one sentence or a name, such as "3 chances to ask for: Asha Patel"
	Blocks []Block
	// Exact is what a plain text file of the document must hold, to the letter, because a check code covers it; "" if
	// any layout will do.
	Exact string
}

// Block is one part of a document: a Heading, Para, Pair, Item, Table, Bar, Grid, Chart or Signature. Depth is how far
// it is indented: 0 is the page itself, and a deeper block belongs to the shallower one above it.
type Block interface{ cleaned() Block }

type (
	// Heading begins a part of the document.
	Heading struct {
		Depth int
		Text  string
	}
	// Para is a paragraph.
	Para struct {
		Depth       int
		Text        string
		SpaceBefore bool // it begins something new, so leave a gap above it
	}
	// Pair is a label with its text. Pairs in a row form one list.
	Pair struct {
		Depth       int
		Label, Text string
	}
	// Item is an entry of a list.
	Item struct {
		Depth int
		Text  string
	}
	// Table holds rows of cells. Every row has a cell for every column.
	Table struct {
		Depth   int
		Columns []Column
		Rows    []Row
		// In plain text a labelled table has no head and names each number in its row, "level 2  target 3": a screen
		// reader makes more sense of that than of a column of figures.
		Labelled  bool
		NoteLabel string // the label for the notes of the rows, such as "Why"; "" for "Note"
	}
	// Column is a column of a table.
	Column struct {
		Name     string
		MinWidth int // its least width in plain text, in terminal cells, so that the tables of a page line up
	}
	// Row is a row of a table, with a note on the whole row, or "".
	Row struct {
		Cells []Cell
		Note  string
	}
	// Cell holds words, or a number.
	Cell struct {
		Text   string   // the words, or the number as it is shown
		Number *float64 // the value; nil for words
		Words  string   // what the number means, such as the name of a level
		Tone   Tone     // a colour may show it, so the row must say it in words too
	}
	// Bar shows a part of a whole, such as 12 of 33.
	Bar struct {
		Depth     int
		Label     string
		Value, Of float64
		Text      string // the same in words
	}
	// Signature is a place to sign. Name and role may be empty, to be filled in by hand.
	Signature struct {
		Depth      int
		Name, Role string
	}
)

// Words is a cell of words.
func Words(text string) Cell { return Cell{Text: text} }

// Number is a cell with a number and the text that shows it.
func Number(value float64, shown string) Cell { return Cell{Text: shown, Number: &value} }

// Add adds blocks at the end.
func (d *Doc) Add(blocks ...Block) { d.Blocks = append(d.Blocks, blocks...) }

// Section adds a heading with a list below it, or nothing if the list is empty.
func (d *Doc) Section(heading string, items []string) {
	if len(items) == 0 {
		return
	}
	d.Add(Heading{Text: heading})
	for _, x := range items {
		d.Add(Item{1, x})
	}
}

// Parts are the top-level headings of a document in order, as a table of contents.
func (d Doc) Parts() []string {
	var out []string
	for _, b := range d.Blocks {
		if h, ok := b.(Heading); ok && h.Depth == 0 {
			out = append(out, h.Text)
		}
	}
	return out
}

// Cleaned is a copy of the document in which every text is safe to show (package safetext) and, but for Exact, on one
// line. A renderer is only ever given this form, so no text from a profile reaches a terminal or file uncleaned.
func (d Doc) Cleaned() Doc {
	out := Doc{Title: safetext.Line(d.Title), Blocks: make([]Block, len(d.Blocks)), Exact: safetext.Clean(d.Exact)}
	for i, b := range d.Blocks {
		out.Blocks[i] = b.cleaned()
	}
	return out
}

func (b Heading) cleaned() Block { return Heading{b.Depth, safetext.Line(b.Text)} }
func (b Para) cleaned() Block    { return Para{b.Depth, safetext.Line(b.Text), b.SpaceBefore} }
func (b Item) cleaned() Block    { return Item{b.Depth, safetext.Line(b.Text)} }
func (b Pair) cleaned() Block    { return Pair{b.Depth, safetext.Line(b.Label), safetext.Line(b.Text)} }

func (b Bar) cleaned() Block {
	b.Label, b.Text = safetext.Line(b.Label), safetext.Line(b.Text)
	return b
}

func (b Signature) cleaned() Block {
	return Signature{b.Depth, safetext.Line(b.Name), safetext.Line(b.Role)}
}

func (b Table) cleaned() Block {
	cell := func(c Cell) Cell { return Cell{safetext.Line(c.Text), c.Number, safetext.Line(c.Words), c.Tone} }
	b.NoteLabel = safetext.Line(b.NoteLabel)
	b.Columns = lists.Each(b.Columns, func(c Column) Column { return Column{safetext.Line(c.Name), c.MinWidth} })
	b.Rows = lists.Each(b.Rows, func(r Row) Row { return Row{lists.Each(r.Cells, cell), safetext.Line(r.Note)} })
	return b
}

// Tone is the state that a cell shows, so that a format can give it a colour. It is never the only sign of that state.
type Tone int

// The tones, from bad to good after the first two.
const (
	ToneNone   Tone = iota // nothing to show
	ToneOpen               // not rated yet
	ToneBehind             // something is behind
	ToneBelow              // nothing is behind, but something is below its target
	ToneMet                // everything is at its target
)

type (
	// Grid is a map of small figures, with a row for each duty, say, and a column for each kind of KSB.
	Grid struct {
		Depth    int
		Caption  string // what the figures are
		RowLabel string // what each row stands for, such as "Duty"
		Columns  []string
		Lines    []GridLine // each with a cell for every column
	}
	// GridLine is a row of a Grid.
	GridLine struct {
		Label string // short, such as "Duty 3"
		Name  string // the full name, or ""
		Cells []GridCell
	}
	// GridCell is a short figure and its full meaning in words, such as "1/7" and "1 of 7 behind, 3 below target".
	GridCell struct {
		Figure, Words string
		Tone          Tone
	}
	// Chart shows values on certain days, with a line for each kind of value. There are no values between the days; a
	// format may draw a line to join them.
	Chart struct {
		Depth   int
		Caption string
		Max     float64  // the top of the scale, which begins at 0
		Steps   []string // what 0, 1, 2 and so on are called, or nil
		Times   []ChartTime
		Lines   []ChartLine
	}
	// ChartTime is a day of a Chart and what happened on it, such as a round.
	ChartTime struct {
		On   calendar.Date
		Name string
	}
	// ChartLine has a value for each day, nil if not known.
	ChartLine struct {
		Name   string
		Values []*float64
	}
)

// Head is the label of a row and its name, such as "Duty 3 Quality".
func (l GridLine) Head() string {
	if l.Name == "" {
		return l.Label
	}
	return l.Label + " " + l.Name
}

// Says gives a row in words, without its label.
func (g Grid) Says(l GridLine) string {
	var parts []string
	for i, c := range l.Cells {
		if c.Words != "" {
			parts = append(parts, strings.ToLower(g.Columns[i])+" "+c.Words)
		}
	}
	return strings.Join(parts, "; ")
}

// Table is the grid as a table of words, for formats that cannot draw it and for readers who cannot see it.
func (g Grid) Table() Table {
	t := Table{Depth: g.Depth, Columns: []Column{{Name: g.RowLabel}}}
	for _, c := range g.Columns {
		t.Columns = append(t.Columns, Column{Name: c})
	}
	for _, l := range g.Lines {
		cells := lists.Each(l.Cells, func(c GridCell) Cell { return Words(c.Words) })
		t.Rows = append(t.Rows, Row{Cells: append([]Cell{Words(l.Head())}, cells...)})
	}
	return t
}

// Table is the chart as a table of numbers.
func (c Chart) Table() Table {
	t := Table{Depth: c.Depth, Columns: []Column{{Name: "Day"}, {Name: "Round"}}}
	for _, l := range c.Lines {
		t.Columns = append(t.Columns, Column{Name: l.Name})
	}
	for i, at := range c.Times {
		row := Row{Cells: []Cell{Words(at.On.Long()), Words(at.Name)}}
		for _, l := range c.Lines {
			row.Cells = append(row.Cells, chartCell(l.Values[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func chartCell(v *float64) Cell {
	if v == nil {
		return Words("not known")
	}
	return Number(*v, fmt.Sprintf("%.1f", *v))
}

func (g Grid) cleaned() Block {
	cell := func(c GridCell) GridCell { return GridCell{safetext.Line(c.Figure), safetext.Line(c.Words), c.Tone} }
	g.Caption, g.RowLabel = safetext.Line(g.Caption), safetext.Line(g.RowLabel)
	g.Columns = lists.Each(g.Columns, safetext.Line)
	g.Lines = lists.Each(g.Lines, func(l GridLine) GridLine {
		return GridLine{safetext.Line(l.Label), safetext.Line(l.Name), lists.Each(l.Cells, cell)}
	})
	return g
}

func (c Chart) cleaned() Block {
	c.Caption, c.Steps = safetext.Line(c.Caption), lists.Each(c.Steps, safetext.Line)
	c.Times = lists.Each(c.Times, func(at ChartTime) ChartTime { return ChartTime{at.On, safetext.Line(at.Name)} })
	c.Lines = lists.Each(c.Lines, func(l ChartLine) ChartLine { return ChartLine{safetext.Line(l.Name), l.Values} })
	return c
}
