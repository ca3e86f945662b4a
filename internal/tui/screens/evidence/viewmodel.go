package evidence

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
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
	claimsMode      // claims without recent evidence
	bareMode        // KSBs rated above 0 without any evidence
	staleMode       // pieces that are too old to support a claim
	coverMode       // what one new piece could show, by duty
	modes
)

// A row is one row of a list, with what a new piece would be for.
type row struct {
	page.Row
	ui.Hand
}

// A model is what there is to draw, at any width.
type model struct {
	mode    mode
	counts  [modes]int
	pieces  int
	gaps    int
	bare    int      // gaps rated above 0 without any evidence
	old     int      // gaps whose evidence is all too old
	onlyOld []string // KSBs whose evidence is all too old, whether they are gaps or not
	limit   int      // months until evidence is too old
	rated   bool     // something is rated
	claims  bool     // something is rated 3 or 4
	rows    []row
}

func (s *Screen) model(c *ui.Context) model {
	stale := appraisal.Stale(c.Profile, c.Today, c.Report.StaleMonths)
	claims, bare := c.Report.Unsupported(), appraisal.WithoutEvidence(c.Report)
	cover := appraisal.Cover(c.Report, &s.growth)
	m := model{mode: s.mode, pieces: len(c.Profile.Evidence), limit: c.Report.StaleMonths}
	m.counts = [modes]int{
		allMode: m.pieces, claimsMode: len(claims), bareMode: len(bare), staleMode: len(stale), coverMode: len(cover),
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

// chosen is the row under the cursor, and false in an empty list.
func (s *Screen) chosen(m model) (row, bool) {
	if len(m.rows) == 0 {
		return row{}, false
	}
	return m.rows[s.lists[s.mode].At(m.pageRows())], true
}

func (m model) pageRows() []page.Row {
	return lists.Each(m.rows, func(r row) page.Row { return r.Row })
}

func (m *model) count(r *gap.Report) {
	for _, x := range r.Rows {
		m.rated = m.rated || x.Rated
		m.claims = m.claims || x.Rated && x.Level >= level.Claim
		if x.Stale() {
			m.onlyOld = append(m.onlyOld, x.KSB.ID)
		}
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

// empty is what an empty list says, and what Enter does there.
func (s *Screen) empty(m model) page.Empty {
	e := page.Empty{Says: emptySays(m)}
	switch {
	case m.mode == allMode:
		e.Does, e.Enter = "add the first piece", func(c *ui.Context) []ui.Ask { return s.add(c, ui.Hand{}) }
	case !m.rated && m.mode != staleMode:
		e.Does, e.Enter = "start rating", ui.Going(ui.Rate)
	default:
		e.Does, e.Enter = "back to all evidence", ui.Just(func(*ui.Context) { s.mode = allMode })
	}
	return e
}

func newestFirst(all []profile.Evidence) []profile.Evidence {
	all = slices.Clone(all)
	sorting.By(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	return all
}

// pieceRows are pieces of evidence. With markOld each says if it is too old.
func (s *Screen) pieceRows(c *ui.Context, all []profile.Evidence, markOld bool) []row {
	out := make([]row, len(all))
	for i, e := range all {
		r := row{Row: page.Row{
			Key: e.ID, Code: e.On.Long(), Name: e.Title.Line(),
			Says: []string{profile.KindName(e.Kind)},
			Does: "open it", Enter: ui.Just(func(*ui.Context) { s.piece, s.ksbs = e.ID, page.List{} }),
		}}
		if markOld && !e.Fresh(c.Today, c.Report.StaleMonths) {
			r.Says = append(r.Says, tooOld)
		}
		if s.gone(e.ID) {
			r.Says = append(r.Says, notThere)
		}
		r.Says = append(r.Says, strings.Join(e.KSBs, ", ")) // after what is wrong with it, since the end may be cut
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
	all := appraisal.Cover(c.Report, &s.growth)
	if i := slices.IndexFunc(all, func(x appraisal.Coverage) bool { return x.Duty == duty }); i >= 0 {
		return all[i]
	}
	return appraisal.Coverage{}
}
