package evidence

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A mode is one of the lists.
type mode int

const (
	allMode    mode = iota
	claimsMode      // unsupported: claims without fresh evidence
	bareMode        // rated above 0, without any evidence
	staleMode       // evidence that is too old to support a claim
	coverMode       // what one new piece could show, by duty
	modes
)

// A row is one row of a list, with what a new piece would be for.
type row struct {
	page.Row
	ui.Hand
}

// A model is what there is to draw, without any width.
type model struct {
	mode   mode
	counts [modes]int
	pieces int
	gaps   int
	bare   int // gaps rated above 0 without any evidence
	old    int // gaps whose evidence is all too old
	limit  int // months until evidence is old
	rated  bool
	aged   []string // KSBs that have only pieces that are too old
	claims bool     // something is rated 3 or 4
	rows   []row
}

func (s *Screen) model(c *ui.Context) model {
	stale := appraisal.Stale(c.Profile, c.Today, c.Report.StaleMonths)
	claims, bare := c.Report.Unsupported(), appraisal.WithoutEvidence(c.Report)
	cover := appraisal.Cover(c.Report, &s.grow)
	m := model{mode: s.mode, pieces: len(c.Profile.Evidence), limit: c.Report.StaleMonths}
	m.counts = [modes]int{
		allMode: m.pieces, claimsMode: len(claims), bareMode: len(bare), staleMode: len(stale),
		coverMode: len(cover),
	}
	m.count(c.Report)
	switch s.mode {
	case allMode:
		m.rows = s.pieceRows(c, newestFirst(c.Profile.Evidence), true)
	case claimsMode:
		m.rows = s.claimRows(c, claims)
	case bareMode:
		m.rows = s.claimRows(c, bare)
	case staleMode:
		m.rows = s.pieceRows(c, newestFirst(stale), false)
	case coverMode:
		m.rows = s.coverRows(c, cover)
	}
	return m
}

// row is the row under the cursor of the list.
func (s *Screen) row(m model) (row, bool) {
	if len(m.rows) == 0 {
		return row{}, false
	}
	return m.rows[s.at[s.mode].At(m.pageRows())], true
}

func (m model) pageRows() []page.Row {
	out := make([]page.Row, len(m.rows))
	for i, r := range m.rows {
		out[i] = r.Row
	}
	return out
}

func (m *model) count(r *gap.Report) {
	for _, x := range r.Rows {
		m.rated = m.rated || x.Rated
		if x.Stale() {
			m.aged = append(m.aged, x.KSB.ID)
		}
		m.claims = m.claims || x.Rated && x.Level >= 3
		if x.Gap() <= 0 {
			continue
		}
		m.gaps++
		switch {
		case x.Evidence == 0 && x.Level > 0:
			m.bare++
		case x.Stale():
			m.old++
		}
	}
}

// empty is what an empty list says, and where it leads on to.
func (s *Screen) empty(m model) page.Empty {
	e := page.Empty{Says: emptySays(m)}
	switch {
	case m.mode == allMode:
		e.Does, e.Enter = "add the first piece", func(c *ui.Context) []ui.Ask { return s.add(c, ui.Hand{}) }
	case !m.rated && m.mode != staleMode:
		e.Does, e.Enter = "start rating", ui.Asking(ui.Go{To: ui.Rate})
	default:
		e.Does, e.Enter = "back to all of it", func(*ui.Context) []ui.Ask { s.mode = allMode; return nil }
	}
	return e
}

func newestFirst(all []profile.Evidence) []profile.Evidence {
	all = slices.Clone(all)
	sorting.By(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	return all
}

// pieceRows are pieces of evidence; old says whether those that are too old are to be marked.
func (s *Screen) pieceRows(c *ui.Context, all []profile.Evidence, old bool) []row {
	out := make([]row, len(all))
	for i, e := range all {
		r := row{Row: page.Row{
			Key: e.ID, Code: e.On.Long(), Name: e.Title.Line(),
			Says: []string{profile.KindName(e.Kind)},
			Does: "all of it", Enter: func(*ui.Context) []ui.Ask { s.piece, s.shown = e.ID, page.List{}; return nil },
		}}
		if old && !e.Fresh(c.Today, c.Report.StaleMonths) {
			r.Says = append(r.Says, tooOld)
		}
		if s.gone(e.ID) {
			r.Says = append(r.Says, notThere)
		}
		r.Says = append(r.Says, strings.Join(e.KSBs, ", ")) // behind what is wrong with it, since the end is cut
		if !e.Witness.Empty() {
			r.Says = append(r.Says, "seen by "+e.Witness.Line())
		}
		out[i] = r
	}
	return out
}

func (s *Screen) claimRows(c *ui.Context, rows []gap.Row) []row {
	out := make([]row, len(rows))
	for i, x := range rows {
		r := row{Hand: ui.Holding(c, x.KSB.ID), Row: page.Row{
			Key: x.KSB.ID, KSB: x.KSB.ID, Code: x.KSB.ID, Name: c.Title(x.KSB.ID), Tail: x.Claim().InWords(),
			Says: []string{"rated on " + x.On.Long(), withoutEvidence}, Does: "add evidence for it",
		}}
		if x.Stale() {
			newest := newestFirst(c.Profile.EvidenceFor(x.KSB.ID))[0]
			r.Says[1] = tooOld + ": newest of " + newest.On.Long()
		}
		r.Enter = func(c *ui.Context) []ui.Ask { return s.add(c, r.Hand) }
		out[i] = r
	}
	return out
}

func (s *Screen) coverRows(c *ui.Context, all []appraisal.Coverage) []row {
	out := make([]row, len(all))
	for i, x := range all {
		out[i] = row{Hand: ui.Hand{KSBs: x.KSBs, Duty: x.Duty}, Row: page.Row{
			Key: fmt.Sprint(x.Duty), Code: fmt.Sprintf("Duty %d", x.Duty), Name: c.DutyTitle(x.Duty),
			Tail: words.Count(len(x.All), "gap", "gaps"),
			Says: coverSays(x), Does: "add such a piece",
			Enter: func(c *ui.Context) []ui.Ask { return s.add(c, ui.Hand{KSBs: x.KSBs, Duty: x.Duty}) },
		}}
	}
	return out
}

// coverSays is what one piece could show, and the project that it could come from.
func coverSays(x appraisal.Coverage) []string {
	if x.Bundle != nil {
		return []string{"could show " + words.List(x.KSBs), x.Bundle.Name}
	}
	return []string{"one piece could show " + words.List(x.KSBs)}
}

func (s *Screen) coverOf(c *ui.Context, duty int) appraisal.Coverage {
	all := appraisal.Cover(c.Report, &s.grow)
	if i := slices.IndexFunc(all, func(x appraisal.Coverage) bool { return x.Duty == duty }); i >= 0 {
		return all[i]
	}
	return appraisal.Coverage{}
}
