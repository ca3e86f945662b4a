package doc

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Tone is what a cell says, so that a format can give it a colour. Words near it say it too.
type Tone int

// The tones, the best last but for what is not known.
const (
	ToneNone   Tone = iota // nothing stands here
	ToneOpen               // not rated yet
	ToneBehind             // something is behind
	ToneBelow              // nothing is behind, and something is below its target
	ToneMet                // all is at its target
)

type (
	// Grid is a map of small figures: a row for each of some things, such as the duties, and a column for each sort.
	Grid struct {
		Depth   int
		Caption string // what the figures are
		Rows    string // what a row is, such as "Duty"
		Columns []string
		Lines   []GridLine // each with a cell for every column
	}
	// GridLine is a row of a Grid.
	GridLine struct {
		Label string // short, such as "Duty 3"
		Name  string // what that is, or ""
		Cells []GridCell
	}
	// GridCell is a small number with its words, which say the whole of it: "1/7" and "1 of 7 behind, 3 below target".
	GridCell struct {
		Figure, Words string
		Tone          Tone
	}
	// Chart is values over days, with a line for each sort of value. Nothing lies between the days: what joins them is
	// only drawn.
	Chart struct {
		Depth   int
		Caption string
		Most    float64  // the top of the scale, which begins at 0
		Steps   []string // what 0, 1, 2 and so on are called, or nil
		Times   []ChartTime
		Lines   []ChartLine
	}
	// ChartTime is a day of a Chart and what was on it.
	ChartTime struct {
		On   calendar.Date
		Name string
	}
	// ChartLine has a value for each day; nil where it is not known.
	ChartLine struct {
		Name   string
		Values []*float64
	}
)

// Head is the label of a row with its name.
func (l GridLine) Head() string {
	if l.Name == "" {
		return l.Label
	}
	return l.Label + " " + l.Name
}

// Table is the grid as a table of words, for formats that draw none and for readers who cannot see it.
func (g Grid) Table() Table {
	t := Table{Depth: g.Depth, Columns: []Column{{Name: g.Rows}}}
	for _, c := range g.Columns {
		t.Columns = append(t.Columns, Column{Name: c})
	}
	for _, l := range g.Lines {
		row := Row{Cells: []Cell{Words(l.Head())}}
		for _, c := range l.Cells {
			row.Cells = append(row.Cells, Words(c.Words))
		}
		t.Rows = append(t.Rows, row)
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
	out := g
	out.Caption, out.Rows = safetext.Line(g.Caption), safetext.Line(g.Rows)
	out.Columns, out.Lines = make([]string, len(g.Columns)), make([]GridLine, len(g.Lines))
	for i, c := range g.Columns {
		out.Columns[i] = safetext.Line(c)
	}
	for i, l := range g.Lines {
		out.Lines[i] = GridLine{safetext.Line(l.Label), safetext.Line(l.Name), make([]GridCell, len(l.Cells))}
		for j, c := range l.Cells {
			out.Lines[i].Cells[j] = GridCell{safetext.Line(c.Figure), safetext.Line(c.Words), c.Tone}
		}
	}
	return out
}

func (c Chart) cleaned() Block {
	out := c
	out.Caption = safetext.Line(c.Caption)
	out.Steps = make([]string, len(c.Steps))
	for i, step := range c.Steps {
		out.Steps[i] = safetext.Line(step)
	}
	out.Times, out.Lines = make([]ChartTime, len(c.Times)), make([]ChartLine, len(c.Lines))
	for i, at := range c.Times {
		out.Times[i] = ChartTime{at.On, safetext.Line(at.Name)}
	}
	for i, l := range c.Lines {
		out.Lines[i] = ChartLine{safetext.Line(l.Name), l.Values}
	}
	return out
}
