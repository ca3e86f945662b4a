package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// EvidenceDoc is a document of pieces of evidence, in the order given. Files says, by ID, whether the file that a piece
// is kept in was found; limit is how many months old evidence may be. With stale, all pieces are too old, and the
// document says so once.
func EvidenceDoc(all []profile.Evidence, files map[string]bool, limit int, stale bool, today calendar.Date) doc.Doc {
	d := doc.Doc{Title: words.Count(len(all), "piece", "pieces") + " of evidence"}
	old := "too old: older than " + words.Count(limit, "month", "months")
	if stale {
		d.Title += words.Form(len(all), " is ", " are ") + old
	}
	d.Title += "."
	for _, e := range all {
		AddEvidence(&d, e)
		if !e.Fresh(today, limit) && !stale {
			d.Add(doc.Para{Depth: 1, Text: old + ", so it no longer supports a claim"})
		}
		if found, looked := files[e.ID]; looked && !found {
			d.Add(doc.Para{Depth: 1, Text: "file not found: it is not there any more, or not on this machine"})
		}
	}
	return d
}

// AddEvidence adds one piece of evidence with its details.
func AddEvidence(d *doc.Doc, e profile.Evidence) {
	duty := ""
	if e.Duty != 0 {
		duty = fmt.Sprintf("from Duty %d", e.Duty)
	}
	facts := words.Given("shows "+strings.Join(e.KSBs, ", "), duty, e.Where.After("in "), e.Witness.After("seen by "))
	d.Add(doc.Heading{Text: e.ID + ", " + e.On.Long() + ", " + profile.KindName(e.Kind)},
		doc.Para{Depth: 1, Text: e.Title.Line()}, doc.Para{Depth: 1, Text: strings.Join(facts, "; ")})
}

// WithoutDoc is a document of the KSBs of WithoutEvidence.
func WithoutDoc(r *gap.Report, scale *level.Scale, title plan.Titles) doc.Doc {
	rows := WithoutEvidence(r)
	d := doc.Doc{Title: words.Count(len(rows), "KSB", "KSBs") + " rated above 0 and without evidence."}
	t := doc.Table{
		Labelled: true,
		Columns:  []doc.Column{{Name: "KSB", MinWidth: 3}, {Name: "Title", MinWidth: gap.TitleCells}, {Name: "Level"}},
	}
	for _, x := range rows {
		t.Rows = append(t.Rows,
			doc.Row{Cells: []doc.Cell{doc.Words(x.KSB.ID), doc.Words(title(x.KSB.ID)), gap.LevelCell(scale, x.Level)}})
	}
	d.Add(t)
	return d
}

// UnsupportedDoc is a document of the claims of 3 or 4 without recent evidence, in walk order.
func UnsupportedDoc(r *gap.Report, p profile.Profile, title plan.Titles) doc.Doc {
	rows := r.Unsupported()
	d := doc.Doc{Title: fmt.Sprintf("%s of 3 or 4 without a recent example: nothing of the last %s shows them.",
		words.Count(len(rows), "claim", "claims"), words.Count(r.StaleMonths, "month", "months"))}
	newest := NewestEvidence(p)
	t := doc.Table{Labelled: true, Columns: []doc.Column{{Name: "KSB", MinWidth: 3}, {Name: "Claim"}}}
	for _, x := range rows {
		why := "without evidence"
		if on, ok := newest[x.KSB.ID]; ok {
			why = "too old: the newest is of " + on.Long()
		}
		claim := title(x.KSB.ID) + ", " + x.LevelInWords(r.AsOf) + ", " + why
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{doc.Words(x.KSB.ID), doc.Words(claim)}})
	}
	d.Add(t)
	return d
}

// CoverDoc is a document of what Cover gives.
func CoverDoc(r *gap.Report, growth *coaching.Growth, dutyTitle func(duty int) string) doc.Doc {
	all := Cover(r, growth)
	d := doc.Doc{Title: words.Count(len(all), "duty has", "duties have") + " gaps without fresh evidence."}
	for _, c := range all {
		d.Add(doc.Heading{Text: fmt.Sprintf("Duty %d: %s", c.Duty, dutyTitle(c.Duty))},
			doc.Para{Depth: 1, Text: c.Words})
	}
	return d
}

// Coverage is what one new piece of evidence from a duty could show.
type Coverage struct {
	Duty   int
	KSBs   []string         // what the piece should show: up to perPiece gaps that grow together, in rank order
	All    []string         // every gap of the duty without fresh evidence, in rank order
	Bundle *coaching.Bundle // a project that the piece could come from; nil if none fits
	Words  string
}

const (
	perPiece    = 4 // how many KSBs one piece of evidence can show well; trackers in the field allow up to four
	minTogether = 3 // a project must show this many gaps to be named
)

// Cover lists, for each duty that has any, the gaps without fresh evidence, and what one new piece could show. A piece
// aims at gaps that grow together: those of a project that fits the learner's levels, else those that the coaching
// links. The duty where one piece would show most comes first, then the one with most gaps, then the one with the
// highest ranked gap.
func Cover(r *gap.Report, growth *coaching.Growth) []Coverage {
	gaps := r.Gaps()
	var out []Coverage
	for _, d := range r.Standard.Duties {
		unshown := lists.Where(gaps, func(x gap.Row) bool {
			return x.Fresh == 0 && slices.Contains(x.KSB.Duties, d.Number)
		})
		if len(unshown) == 0 {
			continue
		}
		c := Coverage{Duty: d.Number, All: lists.Each(unshown, func(x gap.Row) string { return x.KSB.ID })}
		c.KSBs, c.Bundle = ofProject(r, growth, c.All)
		if c.Bundle == nil {
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

// Rest are the gaps of the duty that the piece would not show.
func (c Coverage) Rest() []string {
	return lists.Where(c.All, func(id string) bool { return !slices.Contains(c.KSBs, id) })
}

// ofProject finds the project that helps with most of the gaps at their levels, and gives up to perPiece of those gaps.
// It gives nil if no project helps with minTogether.
func ofProject(r *gap.Report, growth *coaching.Growth, gaps []string) (best []string, from *coaching.Bundle) {
	most := minTogether - 1
	for i, b := range growth.Bundles {
		var shown []string
		for _, id := range gaps {
			row, _ := r.Row(id)
			helps := func(s coaching.Serves) bool { return s.KSB == id && s.Helps(row.Level) }
			if slices.ContainsFunc(b.Serves, helps) {
				shown = append(shown, id)
			}
		}
		if len(shown) > most {
			most, best, from = len(shown), shown[:min(len(shown), perPiece)], &growth.Bundles[i]
		}
	}
	return best, from
}

// linked is the largest set of gaps, up to perPiece, in which each is linked with another of the set.
func linked(growth *coaching.Growth, gaps []string) []string {
	var best []string
	for _, first := range gaps {
		set := []string{first}
		for len(set) < perPiece {
			next := slices.IndexFunc(gaps, func(id string) bool {
				return !slices.Contains(set, id) &&
					slices.ContainsFunc(set, func(in string) bool { return growth.Linked(in, id) })
			})
			if next < 0 {
				break
			}
			set = append(set, gaps[next])
		}
		if len(set) > len(best) {
			best = set
		}
	}
	sorting.By(best, func(a, b string) int { return cmp.Compare(slices.Index(gaps, a), slices.Index(gaps, b)) })
	return best
}

// WithoutEvidence are the KSBs that are rated above 0 and have no evidence of any age, the highest level first.
func WithoutEvidence(r *gap.Report) []gap.Row {
	out := lists.Where(r.Rows, func(x gap.Row) bool { return x.Rated && x.Level > 0 && x.Evidence == 0 })
	sorting.By(out, func(a, b gap.Row) int { return cmp.Compare(b.Level, a.Level) })
	return out
}
