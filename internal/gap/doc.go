package gap

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Doc is the report as a document: the gaps in rank order with their reasons, then what has no opportunity, unsupported
// claims, strengths and what is not rated. It holds only the rows that keep accepts.
func (r *Report) Doc(scale *level.Scale, title func(ksb string) string, keep func(Row) bool) doc.Doc {
	d := doc.Doc{Title: r.Summary()}
	table := func(rows []Row, expected bool, note func(Row) string) doc.Table {
		return r.Table(rows, scale, title, expected, note)
	}
	if rows := lists.Where(r.Gaps(), keep); len(rows) > 0 {
		reasons := func(x Row) string { return strings.Join(r.Reasons(x), ", ") }
		d.Add(doc.Para{Text: "Gaps, in this order: " + RankRule + ".", SpaceBefore: true},
			table(rows, r.Timed, reasons))
	}
	aged := func(x Row) string {
		if x.Aged == nil {
			return ""
		}
		return x.Aged.Words(r.AsOf)
	}
	for _, list := range []struct {
		heading string
		rows    []Row
	}{
		{"No opportunity in this post; ask for a rotation or for shadowing", r.NoOpportunity()},
		{"Claims of 3 or 4 without a recent example yet", r.Unsupported()},
		{"Strengths, at target or above", r.Strengths()},
	} {
		if rows := lists.Where(list.rows, keep); len(rows) > 0 {
			d.Add(doc.Heading{Text: list.heading}, table(rows, false, aged))
		}
	}
	if rows := lists.Where(r.Unrated(), keep); len(rows) > 0 {
		unrated := lists.Each(rows, func(x Row) string { return x.KSB.ID })
		d.Add(doc.Para{Text: "Not rated yet: " + strings.Join(unrated, ", "), SpaceBefore: true})
	}
	return d
}

// TitleCells is the least width of the title column in plain text, in cells, so that the tables of a page line up.
const TitleCells = 38

// Table has a row for each KSB, with its level and target, its expected level if that is wanted, and what note says
// about it. There must be at least one row, and either all rows have no opportunity, which leaves out level and target,
// or none has.
func (r *Report) Table(
	rows []Row, scale *level.Scale, title func(ksb string) string, expected bool, note func(Row) string,
) doc.Table {
	t := doc.Table{Labelled: true, Columns: []doc.Column{
		{Name: "KSB", MinWidth: 3}, {Name: "Title", MinWidth: TitleCells},
	}}
	levels := !rows[0].NoOpportunity()
	if levels {
		t.Columns = append(t.Columns, doc.Column{Name: "Level"}, doc.Column{Name: "Target"})
	}
	if expected {
		t.Columns = append(t.Columns, doc.Column{Name: "Expected"})
	}
	for _, x := range rows {
		cells := []doc.Cell{doc.Words(x.KSB.ID), doc.Words(title(x.KSB.ID))}
		if levels {
			reached := LevelCell(scale, x.Level)
			reached.Tone = x.Tone()
			cells = append(cells, reached, LevelCell(scale, x.Target))
		}
		if expected {
			cells = append(cells, LevelCell(scale, x.expected))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: cells, Note: note(x)})
	}
	return t
}

// Tone says whether a KSB is behind, below its target or at it, so that a format can colour it.
func (r Row) Tone() doc.Tone {
	switch {
	case r.Late():
		return doc.ToneBehind
	case r.Gap() > 0:
		return doc.ToneBelow
	case r.Strength():
		return doc.ToneMet
	case !r.Rated:
		return doc.ToneOpen
	}
	return doc.ToneNone
}

// LevelCell is a cell that holds a level as a number, with its name.
func LevelCell(scale *level.Scale, l level.Level) doc.Cell {
	cell := doc.Number(float64(l), l.String())
	cell.Words = scale.Words(l).Name
	return cell
}
