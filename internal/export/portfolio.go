package export

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// IndexFormats are the formats that the index of a portfolio is written in: those of documents, and a workbook.
func IndexFormats() []Format {
	return lists.Where(Formats, func(f Format) bool { return f.render != nil || f.index != nil })
}

// Index is the index of a portfolio in a format of IndexFormats.
func (f Format) Index(x handout.Index) ([]byte, error) {
	if f.index != nil {
		return f.index(x)
	}
	return f.Write(x.Doc())
}

// The rows above the first KSB of the matrix, its columns before the first piece, and how many pieces a sheet has room
// for.
const (
	matrixHead  = 3
	matrixFirst = 6
	mostPieces  = 16_000
)

// What stands where a piece shows a KSB.
const (
	marksShown = "x"
	marksOld   = "old"
)

// indexBook is the index as a workbook: a matrix of KSBs and pieces with counts that are formulas, and the list of
// pieces.
func indexBook(x handout.Index) ([]byte, error) {
	if len(x.Pieces) > mostPieces {
		return nil, fmt.Errorf("a workbook has room for %d pieces of evidence, and there are %d", mostPieces,
			len(x.Pieces))
	}
	return xlsx.Book{Title: x.Title, Made: x.AsOf, Sheets: []xlsx.Sheet{matrix(x), pieceList(x)}}.Write()
}

func matrix(x handout.Index) xlsx.Sheet {
	// one column at least, so that there is something to count
	last := xlsx.Column(matrixFirst + max(len(x.Pieces), 1) - 1)
	first, bottom := xlsx.Column(matrixFirst), matrixHead+len(x.KSBs)
	head := xlsx.Heads("Duty", "Code", "Statement", "Pieces", "Young enough", "State")
	states := fmt.Sprintf("F%d:F%d", matrixHead+1, bottom)
	s := xlsx.Sheet{
		Name: "Matrix", Head: matrixHead, Widths: []float64{6, 7, 60, 8, 10, 17},
		Filter: fmt.Sprintf("A%d:%s%d", matrixHead, last, bottom),
		Rules: []xlsx.Rule{
			rule(states, fmt.Sprintf(`$F%d="shown"`, matrixHead+1), doc.ToneMet),
			rule(states, fmt.Sprintf(`OR($F%[1]d="too old",$F%[1]d="without evidence")`, matrixHead+1), doc.ToneBelow),
		},
	}
	for _, p := range x.Pieces {
		head = append(head, xlsx.Words(p.Mark+"\n"+p.On.Short()).As(xlsx.Head))
		s.Widths = append(s.Widths, 8)
	}
	s.Rows = []xlsx.Row{
		xlsx.Titled(x.Title),
		{Cells: []xlsx.Cell{xlsx.Words(fmt.Sprintf("x: it shows the KSB. old: it did, and is older than %d months on "+
			"%s.", x.Limit, x.AsOf.Long())).As(xlsx.Faint)}},
		{Cells: head, Height: 32},
	}
	for i, k := range x.KSBs {
		row, marks, fresh := matrixHead+i+1, make([]xlsx.Cell, len(x.Pieces)), 0
		for _, at := range k.Pieces {
			if marks[at] = xlsx.Words(marksShown).As(xlsx.Figure); x.Pieces[at].Old {
				marks[at].Text = marksOld
			} else {
				fresh++
			}
		}
		cells := fmt.Sprintf("%s%d:%s%[2]d", first, row, last)
		s.Rows = append(s.Rows, xlsx.Row{Cells: append([]xlsx.Cell{
			xlsx.Number(float64(k.KSB.Duties[0])), xlsx.Words(k.KSB.ID).As(xlsx.Strong), xlsx.Words(k.KSB.Text),
			counted(len(k.Pieces), "COUNTA("+cells+")"), counted(fresh, `COUNTIF(`+cells+`,"`+marksShown+`")`),
			xlsx.Words(string(k.State)),
		}, marks...)})
	}
	return s
}

// counted is a number with the formula that comes to it.
func counted(n int, formula string) xlsx.Cell {
	c := xlsx.Number(float64(n))
	c.Formula = formula
	return c
}

func pieceList(x handout.Index) xlsx.Sheet {
	s := xlsx.Sheet{Name: "List", Head: 1, Widths: []float64{6, 13, 20, 46, 36, 20, 7, 24, 8, 10}}
	s.Rows = []xlsx.Row{{Cells: xlsx.Heads("No", "Day", "Kind", "What it is", "Where it is kept", "Seen by", "Duty",
		"Shows", "KSBs", "Age")}}
	for i, p := range x.Pieces {
		n := lists.Count(x.KSBs,
			func(k handout.Shown) bool { return slices.Contains(k.Pieces, i) }) // once at most in each
		column := xlsx.Column(matrixFirst + i)
		cells := []xlsx.Cell{
			xlsx.Words(p.Mark).As(xlsx.Strong), xlsx.Day(p.On), xlsx.Words(p.Kind), xlsx.Words(p.Title),
			xlsx.Words(p.Where), xlsx.Words(p.Witness),
			{},
			xlsx.Words(p.Shows), counted(n,
				fmt.Sprintf("COUNTA(Matrix!%s%d:%s%d)", column, matrixHead+1, column, matrixHead+len(x.KSBs))),
			xlsx.Words(map[bool]string{true: "too old", false: ""}[p.Old]),
		}
		if p.Duty > 0 {
			cells[6] = xlsx.Number(float64(p.Duty))
		}
		s.Rows = append(s.Rows, xlsx.Row{Cells: cells})
	}
	s.Filter = fmt.Sprintf("A1:J%d", max(2, len(s.Rows)))
	return s
}
