package appraisal

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Coverage is what one new piece of evidence from a duty could show.
type Coverage struct {
	Duty   int
	KSBs   []string         // up to perPiece that grow together, highest ranked gaps first: what the piece should aim at
	All    []string         // every gap of the duty without fresh evidence, in rank order
	Bundle *coaching.Bundle // the project that could leave such a piece; nil where none fits
	Words  string
}

// perPiece is how many KSBs one piece of evidence carries well; trackers in the field allow up to four.
const perPiece = 4

// minTogether is how many gaps a project shows at least before it is named as where a piece could come from.
const minTogether = 3

// Cover lists, duty by duty, the gaps without fresh evidence; the first entry is where one new piece would show most. A
// piece aims at gaps that grow together: those of a project that fits the learner's levels, else those that are linked.
// Of duties where it shows as many, the one with more gaps comes first, and then the one with the higher ranked gap.
// Duties without any are left out.
func Cover(r *gap.Report, growth *coaching.Growth) []Coverage {
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
		if c.KSBs, c.Bundle = ofProject(r, growth, c.All); c.Bundle == nil {
			c.KSBs = linked(growth, c.All)
		}
		c.Words = fmt.Sprintf("one piece from Duty %d could show %s", c.Duty, words.List(c.KSBs))
		if c.Bundle != nil {
			c.Words += fmt.Sprintf(", such as from the project %q (%s)", c.Bundle.Name, c.Bundle.ID)
		}
		if len(c.All) > len(c.KSBs) {
			c.Words += fmt.Sprintf("; %d gaps there have no fresh evidence", len(c.All))
		}
		out = append(out, c)
	}
	rank := func(id string) int {
		return slices.IndexFunc(gaps, func(row gap.Row) bool { return row.KSB.ID == id })
	}
	sorting.By(out, func(a, b Coverage) int {
		return cmp.Or(cmp.Compare(len(b.KSBs), len(a.KSBs)), cmp.Compare(len(b.All), len(a.All)),
			cmp.Compare(rank(a.All[0]), rank(b.All[0])))
	})
	return out
}

// Rest are the gaps of the duty that the piece leaves open.
func (c Coverage) Rest() []string {
	return slices.DeleteFunc(slices.Clone(c.All), func(id string) bool { return slices.Contains(c.KSBs, id) })
}

// ofProject is the project that shows most of some gaps at the levels that they are at, and up to perPiece of those.
func ofProject(r *gap.Report, growth *coaching.Growth, gaps []string) (best []string, from *coaching.Bundle) {
	most := minTogether - 1
	for i, b := range growth.Bundles {
		var shown []string
		for _, id := range gaps {
			row, _ := r.Row(id)
			if slices.ContainsFunc(b.Serves,
				func(s coaching.Serves) bool { return s.KSB == id && s.Helps(row.Level) }) {
				shown = append(shown, id)
			}
		}
		if len(shown) > most {
			most, best, from = len(shown), shown[:min(len(shown), perPiece)], &growth.Bundles[i]
		}
	}
	return best, from
}

// linked is the largest set of gaps that are linked with each other, one by one, up to perPiece.
func linked(growth *coaching.Growth, gaps []string) []string {
	var best []string
	for _, first := range gaps {
		set := []string{first}
		for grown := true; grown && len(set) < perPiece; {
			next := slices.IndexFunc(gaps, func(id string) bool {
				return !slices.Contains(set, id) &&
					slices.ContainsFunc(set, func(in string) bool { return growth.Linked(in, id) })
			})
			if grown = next >= 0; grown {
				set = append(set, gaps[next])
			}
		}
		if len(set) > len(best) {
			best = set
		}
	}
	sorting.By(best, func(a, b string) int { return cmp.Compare(slices.Index(gaps, a), slices.Index(gaps, b)) })
	return best
}

// WithoutEvidence are the KSBs that are rated above 0 and have no evidence of any age: the highest level first, and
// then in walk order.
func WithoutEvidence(r *gap.Report) []gap.Row {
	var out []gap.Row
	for _, row := range r.Rows {
		if row.Rated && row.Level > 0 && row.Evidence == 0 {
			out = append(out, row)
		}
	}
	sorting.By(out, func(a, b gap.Row) int { return cmp.Compare(b.Level, a.Level) })
	return out
}
