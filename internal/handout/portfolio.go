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
	Limit    int     // months after which a piece is too old to support a claim
	Pieces   []Piece // the newest first
	KSBs     []Shown // in walk order

	redacted bool
	duty     func(duty int) string
}

// Piece is a piece of evidence, with all texts on one line.
type Piece struct {
	Mark                               string // its number in this index, such as E1
	ID                                 string
	On                                 calendar.Date
	Kind, Title, Where, Witness, Shows string // "" if not known or left out; Shows lists the KSBs
	Duty                               int
	Old                                bool // too old to support a claim
}

// Shown is a KSB with the pieces that show it, the newest first.
type Shown struct {
	KSB    standard.KSB
	Title  string
	Pieces []int // indexes in Index.Pieces
	State  State
}

// State says how well evidence shows a KSB.
type State string

const (
	stateShown   State = "shown"
	stateOld     State = "too old"          // all its evidence is too old
	stateWithout State = "without evidence" // and rated above 0
	stateNotYet  State = "not yet"          // not rated, or at level 0, and so no evidence is expected
	stateNone    State = "no opportunity"
)

// IndexOf makes the index of a portfolio. With o.Redacted, it holds only codes and dates; other options do not matter.
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
	evidence := slices.Clone(p.Evidence)
	sorting.By(evidence, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	shownBy := map[string][]int{} // for each KSB, the indexes of its pieces
	for i, e := range evidence {
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
			if !slices.Contains(shownBy[id], i) { // a file edited by hand may name a KSB twice
				shownBy[id] = append(shownBy[id], i)
			}
		}
	}
	for _, row := range gap.Compute(src.Standard, src.Scale, p, src.Today).Rows {
		id := row.KSB.ID
		x.KSBs = append(x.KSBs, Shown{row.KSB, src.Title(id), shownBy[id], x.state(row, shownBy[id])})
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

// in lists the IDs of the KSBs in a state.
func (x Index) in(s State) []string {
	inState := lists.Where(x.KSBs, func(k Shown) bool { return k.State == s })
	return lists.Each(inState, func(k Shown) string { return k.KSB.ID })
}

// Says sums the index up in sentences: how many KSBs have evidence, what is too old, and what is without evidence.
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
		{stateOld, "shown only by evidence older than " + months},
		{stateWithout, "rated above 0 and without evidence"},
		{stateNotYet, "without evidence, and not rated or at level 0"},
		{stateNone, "without evidence, since this post gives no opportunity"},
	} {
		if codes := x.in(part.state); len(codes) > 0 {
			says = append(says, fmt.Sprintf("%s %s: %s.", words.Count(len(codes), "KSB is", "KSBs are"), part.says,
				strings.Join(codes, ", ")))
		}
	}
	return says
}

// Doc is the index as a document: a summary in words, the pieces, then each KSB with the pieces that show it.
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
		t := doc.Table{Depth: 2, Columns: []doc.Column{{Name: "KSB", MinWidth: 3}, {Name: "Evidence"}}}
		if !x.redacted {
			t.Columns = append(t.Columns, doc.Column{Name: "What it is"})
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

// list is the table of all pieces.
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
			cells = append(cells, doc.Words(p.Title+words.After("; ", p.Kind)+words.After("; in ", p.Where)+
				words.After("; seen by ", p.Witness)))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: cells})
	}
	return t
}

// shown lists the pieces that show a KSB, or says why there is none.
func (x Index) shown(k Shown) string {
	if len(k.Pieces) == 0 {
		return string(k.State)
	}
	marks := lists.Each(k.Pieces, func(i int) string {
		if x.Pieces[i].Old && k.State != stateOld {
			return x.Pieces[i].Mark + " (too old)"
		}
		return x.Pieces[i].Mark
	})
	text := strings.Join(marks, ", ")
	if k.State == stateOld {
		text += ": too old"
	}
	return text
}
