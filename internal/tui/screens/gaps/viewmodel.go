package gaps

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A mode is one of the lists.
type mode int

const (
	gapsMode mode = iota
	strengthsMode
	chanceMode // no opportunity
	claimsMode // claims without a recent example
	heatMode   // the map of duties and kinds
	modes
)

// A model is what there is to draw, without any width.
type model struct {
	mode   mode
	filter filter
	order  order
	counts [modes]int
	fresh  bool // nothing is rated
	rest   bool // something is not rated yet
	timed  bool
	bare   bool // there is no evidence for anything
	month  int
	length int
	behind int
	review calendar.Date // the next one; zero when it is past or not known
	rows   []gap.Row
}

func (s *Screen) model(c *ui.Context) model {
	r := c.Report
	all := r.Tally(0)
	m := model{
		mode: s.mode, filter: s.filter.in(s.mode), order: s.order, fresh: all.Rated == 0, rest: all.Rated < all.Total,
		timed: r.Timed, bare: r.WithoutEvidence(), month: r.Month, length: r.Length, behind: all.Behind,
	}
	m.counts = [modes]int{gapsMode: all.Below, strengthsMode: len(r.Strengths()), chanceMode: all.Opportunity, claimsMode: len(r.Unsupported())}
	if d := c.Profile.ReviewSet(); !d.Before(c.Today) {
		m.review = d
	}
	m.rows = list(r, s.mode, s.filter, s.order)
	return m
}

// in is what a filter leaves of itself in a list: only gaps are behind or lack evidence to close them.
func (f filter) in(m mode) filter {
	if m != gapsMode && (f.what == behindOnly || f.what == noEvidence) {
		return filter{}
	}
	return f
}

// list is the rows of a list as filtered and in order.
func list(r *gap.Report, m mode, f filter, o order) []gap.Row {
	var rows []gap.Row
	switch m {
	case gapsMode:
		rows = r.Gaps()
	case strengthsMode:
		rows = r.Strengths()
	case chanceMode:
		rows = r.Opportunities()
	case claimsMode:
		rows = r.Unsupported()
	}
	f = f.in(m)
	rows = slices.DeleteFunc(rows, func(x gap.Row) bool { return !f.keeps(x, m) })
	if by := orders[o].compare; by != nil {
		sorting.By(rows, by)
	}
	return rows
}

func indexOf(rows []gap.Row, ksb string) int {
	return slices.IndexFunc(rows, func(x gap.Row) bool { return x.KSB.ID == ksb })
}
