package handout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Index is the index of a portfolio: which piece of evidence shows which KSB.
type Index struct {
	Title    string
	Standard *standard.Standard
	AsOf     calendar.Date
	Limit    int // months after which a piece is too old to support a claim
	Pieces   []Piece
	KSBs     []Shown // in the order of the walk

	redacted bool
	duty     func(duty int) string
}

// Piece is a piece of evidence, the newest first, with all texts on one line.
type Piece struct {
	Mark                               string // such as E1, in this index
	ID                                 string
	On                                 calendar.Date
	Kind, Title, Where, Witness, Shows string // "" where it is not known or left out
	Duty                               int
	Old                                bool
}

// Shown is a KSB and the pieces that show it, the newest first.
type Shown struct {
	KSB    standard.KSB
	Title  string
	Pieces []int // places in the Pieces of the index
	State  State
}

// State is what the evidence of a KSB comes to.
type State string

// The states.
const (
	stateShown   State = "shown"
	stateOld     State = "too old"          // all that there is, is too old
	stateWithout State = "without evidence" // although it is rated above 0
	stateNotYet  State = "not yet"          // not rated, or 0: nothing is expected to show it
	stateNone    State = "no opportunity"   // in this post
)

// IndexOf is the index of a portfolio. Redacted it has codes and dates alone.
func IndexOf(src Source, o Options) Index {
	x := Index{
		Title: "Portfolio index", Standard: src.Standard, AsOf: src.Today, Limit: src.Profile.Settings.StaleMonths(),
		redacted: o.Redacted, duty: src.DutyTitle,
	}
	p := src.Profile
	if o.Redacted {
		p = redacted(p)
		src.Title, x.duty = func(string) string { return "" }, func(int) string { return "" }
	} else if name := p.Learner.Title(); !p.Learner.Name.Empty() {
		x.Title += ": " + name
	}
	all := slices.Clone(p.Evidence)
	sorting.By(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	shows := map[string][]int{}
	for i, e := range all {
		piece := Piece{
			Mark: fmt.Sprintf("E%d", i+1), ID: safetext.Line(e.ID), On: e.On, Title: e.Title.Line(),
			Where: e.Where.Line(), Witness: e.Witness.Line(), Shows: strings.Join(e.KSBs, ", "), Duty: e.Duty,
			Old: !e.Fresh(src.Today, x.Limit),
		}
		if e.Kind != "" {
			piece.Kind = profile.KindName(e.Kind)
		}
		x.Pieces = append(x.Pieces, piece)
		for _, id := range e.KSBs {
			if !slices.Contains(shows[id], i) { // a file written by hand may name one twice
				shows[id] = append(shows[id], i)
			}
		}
	}
	r := gap.Compute(src.Standard, src.Scale, p, src.Today).WithOrder(src.Order)
	for _, id := range src.Standard.Walk() {
		row := r.Rows[slices.IndexFunc(r.Rows, func(row gap.Row) bool { return row.KSB.ID == id })]
		x.KSBs = append(x.KSBs, Shown{row.KSB, src.Title(id), shows[id], x.state(row, shows[id])})
	}
	return x
}

func (x Index) state(row gap.Row, pieces []int) State {
	switch {
	case slices.ContainsFunc(pieces, func(i int) bool { return !x.Pieces[i].Old }):
		return stateShown
	case len(pieces) > 0:
		return stateOld
	case row.NoOpportunity():
		return stateNone
	case !row.Rated || row.Level == 0:
		return stateNotYet
	}
	return stateWithout
}

// in are the codes of the KSBs in a state.
func (x Index) in(s State) []string {
	of := lists.Where(x.KSBs, func(k Shown) bool { return k.State == s })
	return lists.Each(of, func(k Shown) string { return k.KSB.ID })
}

// Says the index in sentences: what is shown, what is too old and what is without evidence.
func (x Index) Says() []string {
	months := words.Count(x.Limit, "month", "months")
	old := lists.Count(x.Pieces, func(p Piece) bool { return p.Old })
	says := []string{fmt.Sprintf("%s of evidence for %d of the %d KSBs. %s than %s, too old to support a claim.",
		words.Count(len(x.Pieces), "piece", "pieces"), len(x.in(stateShown))+len(x.in(stateOld)), len(x.KSBs),
		words.Count(old, "of them is older", "of them are older"), months)}
	for _, part := range []struct {
		state State
		says  string
	}{
		{stateOld, "shown only by what is older than " + months},
		{stateWithout, "rated above 0 and without evidence"},
		{stateNotYet, "without evidence, and not rated or at level 0"},
		{stateNone, "without evidence, since this post gives no opportunity"},
	} {
		if codes := x.in(part.state); len(codes) > 0 {
			says = append(says, words.Count(len(codes), "KSB is ", "KSBs are ")+part.says+": "+strings.Join(codes,
				", ")+".")
		}
	}
	return says
}

// Doc is the index as a document: in words, then the pieces, then each KSB with what shows it.
func (x Index) Doc() doc.Doc {
	d := doc.Doc{Title: x.Title}
	d.Add(doc.Pair{Label: "Standard", Text: x.Standard.Heading()}, doc.Pair{Label: "As of", Text: x.AsOf.Long()})
	d.Add(doc.Heading{Text: "In short"})
	for _, s := range x.Says() {
		d.Add(doc.Para{Depth: 1, Text: s})
	}
	if len(x.Pieces) > 0 {
		d.Add(doc.Heading{Text: "Evidence, newest first"}, x.list())
	}
	d.Add(doc.Heading{Text: "Each KSB and what shows it"})
	for _, duty := range x.Standard.Duties {
		columns := []doc.Column{{Name: "KSB", MinWidth: 3}, {Name: "Evidence"}, {Name: "What it is"}}
		t := doc.Table{Depth: 2, Columns: columns}
		if x.redacted {
			t.Columns = t.Columns[:2]
		}
		for _, k := range x.KSBs {
			if k.KSB.Duties[0] != duty.Number {
				continue
			}
			cells := []doc.Cell{doc.Words(k.KSB.ID), doc.Words(x.shown(k))}
			if !x.redacted {
				cells = append(cells, doc.Words(k.Title))
			}
			t.Rows = append(t.Rows, doc.Row{Cells: cells})
		}
		if len(t.Rows) > 0 {
			d.Add(doc.Heading{Depth: 1, Text: fmt.Sprintf("Duty %d", duty.Number) +
				words.After(": ", x.duty(duty.Number))}, t)
		}
	}
	return d
}

func (x Index) list() doc.Table {
	t := doc.Table{Depth: 1, Columns: []doc.Column{{Name: "No"}, {Name: "Day"}, {Name: "Shows"}}}
	if !x.redacted {
		t.Columns = append(t.Columns, doc.Column{Name: "What, and where it is kept"})
	}
	for _, p := range x.Pieces {
		day := p.On.Long()
		if p.Old {
			day += ", too old"
		}
		cells := []doc.Cell{doc.Words(p.Mark), doc.Words(day), doc.Words(p.Shows)}
		if !x.redacted {
			cells = append(cells, doc.Words(p.Title+words.After("; ", p.Kind)+words.After("; in ",
				p.Where)+words.After("; seen by ", p.Witness)))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: cells})
	}
	return t
}

// shown is what shows a KSB: its pieces, or why there is none.
func (x Index) shown(k Shown) string {
	if len(k.Pieces) == 0 {
		return string(k.State)
	}
	list := strings.Join(lists.Each(k.Pieces, func(at int) string {
		if x.Pieces[at].Old && k.State != stateOld {
			return x.Pieces[at].Mark + " (too old)"
		}
		return x.Pieces[at].Mark
	}), ", ")
	if k.State == stateOld {
		list += ": too old"
	}
	return list
}
