package evidence

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
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

// A step is what Enter does.
type step int

const (
	stepDetails step = iota
	stepAddFor
	stepAddPiece
	stepAdd
	stepAll
	stepRate
)

// A row is one line of a list with a second one below it.
type row struct {
	id    string // of the piece, the KSB, or the duty
	lead  string // date, code or duty
	title string
	tail  string // at the right end
	says  []string
	ksbs  []string // that a new piece would be for
	duty  int
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
	cur    int
}

func (s *Screen) model(c *ui.Context) model {
	stale := appraisal.Stale(c.Profile, c.Today, c.Report.Limit)
	claims, bare := c.Report.Unsupported(), appraisal.WithoutEvidence(c.Report)
	cover := appraisal.Cover(c.Report)
	m := model{mode: s.mode, pieces: len(c.Profile.Evidence), limit: c.Report.Limit}
	m.counts = [modes]int{allMode: m.pieces, claimsMode: len(claims), bareMode: len(bare), staleMode: len(stale), coverMode: len(cover)}
	m.count(c.Report)
	switch s.mode {
	case allMode:
		m.rows = s.pieceRows(c, newestFirst(c.Profile.Evidence), true)
	case claimsMode:
		m.rows = claimRows(c, claims)
	case bareMode:
		m.rows = claimRows(c, bare)
	case staleMode:
		m.rows = s.pieceRows(c, newestFirst(stale), false)
	case coverMode:
		m.rows = coverRows(c, cover)
	}
	at := s.at[s.mode]
	if i := slices.IndexFunc(m.rows, func(r row) bool { return r.id == at.id }); i >= 0 {
		at.index = i
	}
	m.cur = max(min(at.index, len(m.rows)-1), 0)
	return m
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

// next is what Enter does. It is never nothing: an empty list leads on, too.
func (m model) next() step {
	switch {
	case len(m.rows) > 0 && (m.mode == claimsMode || m.mode == bareMode):
		return stepAddFor
	case len(m.rows) > 0 && m.mode == coverMode:
		return stepAddPiece
	case len(m.rows) > 0:
		return stepDetails
	case m.mode == allMode:
		return stepAdd
	case !m.rated && m.mode != staleMode:
		return stepRate
	}
	return stepAll
}

func newestFirst(all []profile.Evidence) []profile.Evidence {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	return all
}

// pieceRows are pieces of evidence; old says whether those that are too old are to be marked.
func (s *Screen) pieceRows(c *ui.Context, all []profile.Evidence, old bool) []row {
	out := make([]row, len(all))
	for i, e := range all {
		r := row{id: e.ID, lead: e.On.Long(), title: e.Title.Line(), says: []string{profile.KindName(e.Kind), strings.Join(e.KSBs, ", ")}}
		if old && !e.Fresh(c.Today, c.Report.Limit) {
			r.says = append(r.says, tooOld)
		}
		if s.gone(e.ID) {
			r.says = append(r.says, notThere)
		}
		if !e.Witness.Empty() {
			r.says = append(r.says, "seen by "+e.Witness.Line())
		}
		out[i] = r
	}
	return out
}

// claimRows are KSBs that want evidence.
func claimRows(c *ui.Context, rows []gap.Row) []row {
	out := make([]row, len(rows))
	for i, x := range rows {
		r := row{id: x.KSB.ID, lead: x.KSB.ID, title: c.Title(x.KSB.ID), tail: "level " + x.Claim().String(), ksbs: []string{x.KSB.ID}}
		if len(x.KSB.Duties) == 1 {
			r.duty = x.KSB.Duties[0]
		}
		r.says = []string{"rated on " + x.On.Long(), withoutEvidence}
		if x.Stale() {
			newest := newestFirst(c.Profile.EvidenceFor(x.KSB.ID))[0]
			r.says[1] = tooOld + ": the newest is of " + newest.On.Long()
		}
		out[i] = r
	}
	return out
}

func coverRows(c *ui.Context, all []appraisal.Coverage) []row {
	out := make([]row, len(all))
	for i, x := range all {
		out[i] = row{
			id: fmt.Sprint(x.Duty), lead: fmt.Sprintf("Duty %d", x.Duty), title: c.DutyTitle(x.Duty), tail: count(len(x.All), "gap", "gaps"),
			says: []string{"one piece could show " + standard.InWords(x.KSBs)}, ksbs: x.KSBs, duty: x.Duty,
		}
	}
	return out
}

// others are the gaps of a duty that the best piece leaves open.
func others(c *ui.Context, duty int) []string {
	for _, x := range appraisal.Cover(c.Report) {
		if x.Duty == duty {
			return x.All[len(x.KSBs):]
		}
	}
	return nil
}
