package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// EvidenceDoc is pieces of evidence as a document, in the order given. Files says of pieces in a file whether it is
// there; stale says that all of them are too old, so that it is said once.
func EvidenceDoc(all []profile.Evidence, files map[string]bool, limit int, stale bool, today calendar.Date) doc.Doc {
	d := doc.Doc{Title: words.Count(len(all), "piece", "pieces") + " of evidence"}
	old := "too old: older than " + words.Count(limit, "month", "months")
	switch {
	case !stale:
	case len(all) == 1:
		d.Title += " is " + old
	default:
		d.Title += " are " + old
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

// AddEvidence adds one piece of evidence with what is known of it.
func AddEvidence(d *doc.Doc, e profile.Evidence) {
	facts := []string{"shows " + strings.Join(e.KSBs, ", ")}
	if e.Duty != 0 {
		facts = append(facts, fmt.Sprintf("from Duty %d", e.Duty))
	}
	if !e.Where.Empty() {
		facts = append(facts, "in "+e.Where.Line())
	}
	if !e.Witness.Empty() {
		facts = append(facts, "seen by "+e.Witness.Line())
	}
	d.Add(doc.Heading{Text: e.ID + ", " + e.On.Long() + ", " + profile.KindName(e.Kind)},
		doc.Para{Depth: 1, Text: e.Title.Line()}, doc.Para{Depth: 1, Text: strings.Join(facts, "; ")})
}

// WithoutDoc is the KSBs that are rated above 0 and without evidence, the highest level first.
func WithoutDoc(r *gap.Report, scale *level.Scale, title plan.Titles) doc.Doc {
	rows := WithoutEvidence(r)
	d := doc.Doc{Title: words.Count(len(rows), "KSB", "KSBs") + " rated above 0 and without evidence."}
	t := doc.Table{Labelled: true, Columns: []doc.Column{
		{Name: "KSB", Least: 3},
		{Name: "Title", Least: gap.TitleCells},
		{Name: "Level"},
	}}
	for _, x := range rows {
		t.Rows = append(t.Rows,
			doc.Row{Cells: []doc.Cell{doc.Words(x.KSB.ID), doc.Words(title(x.KSB.ID)), gap.LevelCell(scale, x.Level)}})
	}
	d.Add(t)
	return d
}

// UnsupportedDoc is the claims of 3 or 4 without evidence that is young enough, in walk order.
func UnsupportedDoc(r *gap.Report, p profile.Profile, title plan.Titles) doc.Doc {
	rows := r.Unsupported()
	d := doc.Doc{Title: fmt.Sprintf("%s of 3 or 4 without a recent example: nothing of the last %s shows them.",
		words.Count(len(rows), "claim", "claims"), words.Count(r.Limit, "month", "months"))}
	newest := NewestEvidence(p)
	t := doc.Table{Labelled: true, Columns: []doc.Column{{Name: "KSB", Least: 3}, {Name: "Claim"}}}
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

// CoverDoc is the duties from which one new piece of evidence would show most gaps.
func CoverDoc(r *gap.Report, growth *coaching.Growth, dutyTitle func(duty int) string) doc.Doc {
	all := Cover(r, growth)
	d := doc.Doc{Title: words.Count(len(all), "duty has", "duties have") + " gaps without fresh evidence."}
	for _, c := range all {
		d.Add(doc.Heading{Text: fmt.Sprintf("Duty %d: %s", c.Duty, dutyTitle(c.Duty))},
			doc.Para{Depth: 1, Text: c.Words})
	}
	return d
}
