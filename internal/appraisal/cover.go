package appraisal

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Coverage is what one new piece of evidence from a duty could show.
type Coverage struct {
	Duty  int
	KSBs  []string // up to PerPiece, highest ranked gaps first: what the piece should aim at
	All   []string // every gap of the duty without fresh evidence, in rank order
	Words string
}

// PerPiece is how many KSBs one piece of evidence carries well; trackers in the field allow up to four.
const PerPiece = 4

// Cover lists, duty by duty, the gaps without fresh evidence; the first entry is where one new piece would cover most. Of
// duties with as many, the one with the higher ranked gap comes first. Duties without any are left out.
func Cover(r *gap.Report) []Coverage {
	gaps := r.Gaps()
	var out []Coverage
	for _, d := range r.Standard.Duties {
		c := Coverage{Duty: d.Number}
		for _, row := range gaps {
			if row.Fresh == 0 && slices.Contains(row.KSB.Duties, d.Number) {
				c.All = append(c.All, row.KSB.ID)
			}
		}
		if len(c.All) == 0 {
			continue
		}
		c.KSBs = c.All[:min(len(c.All), PerPiece)]
		c.Words = fmt.Sprintf("one piece from Duty %d could show %s", c.Duty, standard.InWords(c.KSBs))
		if len(c.All) > len(c.KSBs) {
			c.Words += fmt.Sprintf(" (%d gaps there have no fresh evidence)", len(c.All))
		}
		out = append(out, c)
	}
	rank := func(id string) int {
		return slices.IndexFunc(gaps, func(row gap.Row) bool { return row.KSB.ID == id })
	}
	slices.SortStableFunc(out, func(a, b Coverage) int {
		return cmp.Or(cmp.Compare(len(b.All), len(a.All)), cmp.Compare(rank(a.All[0]), rank(b.All[0])))
	})
	return out
}

// WithoutEvidence are the KSBs that are rated above 0 and have no evidence of any age: the highest level first, and then in
// walk order.
func WithoutEvidence(r *gap.Report) []gap.Row {
	var out []gap.Row
	for _, row := range r.Rows {
		if row.Rated && row.Level > 0 && row.Evidence == 0 {
			out = append(out, row)
		}
	}
	slices.SortStableFunc(out, func(a, b gap.Row) int { return cmp.Compare(b.Level, a.Level) })
	return out
}
