package gaps

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A filter keeps part of a list. The zero filter keeps all.
type filter struct {
	what what
	duty int // for oneDuty
}

// what a filter looks at.
type what int

const (
	everything what = iota
	behindOnly
	knowledge
	skills
	behaviours
	noEvidence
	oneDuty
)

// keeps says whether a row of a list passes. Only a gap can be behind, so that other lists are not emptied by it.
func (f filter) keeps(row gap.Row, m mode) bool {
	switch f.what {
	case behindOnly:
		return row.Late() || m != gapsMode
	case knowledge:
		return row.KSB.Kind == standard.Knowledge
	case skills:
		return row.KSB.Kind == standard.Skill
	case behaviours:
		return row.KSB.Kind == standard.Behaviour
	case noEvidence:
		return row.Evidence == 0
	case oneDuty:
		return slices.Contains(row.KSB.Duties, f.duty)
	}
	return true
}

// filters are all there are, in the order of the menu.
func filters(std *standard.Standard) []filter {
	out := []filter{{}, {what: behindOnly}, {what: knowledge}, {what: skills}, {what: behaviours}, {what: noEvidence}}
	for _, d := range std.Duties {
		out = append(out, filter{oneDuty, d.Number})
	}
	return out
}

// An order is one of the orders that a list can be put in.
type order int

const (
	byRank order = iota
	byDuty
	byGap
	byAge
)

// orders are all there are, in the order of the menu. The rank rule needs no comparison: the lists come in it.
var orders = [...]struct {
	name, says string
	compare    func(a, b gap.Row) int
}{
	byRank: {"most pressing first", "", nil},
	byDuty: {"in duty order", "as the walk goes, Duty 1 first", func(a, b gap.Row) int { return cmp.Compare(a.Place, b.Place) }},
	byGap:  {"largest gap first", "furthest below target, whatever the month", func(a, b gap.Row) int { return cmp.Compare(b.Gap(), a.Gap()) }},
	byAge:  {"oldest rating first", "what you have not looked at for longest", func(a, b gap.Row) int { return a.On.Compare(b.On) }},
}

// filterChoice is the menu of filters, each with how many gaps it would show.
func (s *Screen) filterChoice(c *ui.Context) ui.Choose {
	all := c.Report.Gaps()
	ask := ui.Choose{Title: "Show which gaps?", Says: filterSays(c.Report.Timed)}
	for _, f := range filters(c.Standard) {
		n := 0
		for _, row := range all {
			if f.keeps(row, gapsMode) {
				n++
			}
		}
		ask.Options = append(ask.Options, ui.Option{Text: fmt.Sprintf("%s (%d)", words.Capital(f.name(c)), n), Key: f.key(), Then: s.look(func() { s.filter = f })})
	}
	return ask
}

// key chooses a filter in its menu. Duties go by their own numbers, the tenth by 0, so that the digit and the name agree.
func (f filter) key() string {
	switch {
	case f.what == oneDuty && f.duty <= 10:
		return strconv.Itoa(f.duty % 10)
	case f.what == oneDuty:
		return ""
	}
	return map[what]string{everything: "a", behindOnly: "b", knowledge: "w", skills: "s", behaviours: "v", noEvidence: "e"}[f.what]
}

// orderChoice is the menu of orders.
func (s *Screen) orderChoice(c *ui.Context) ui.Choose {
	ask := ui.Choose{Title: "In which order?"}
	for i, o := range orders {
		says := o.says
		if order(i) == byRank {
			says = rankSays(c.Report.Timed)
		}
		ask.Options = append(ask.Options, ui.Option{Text: words.Capital(o.name), Says: says, Then: s.look(func() { s.order = order(i) })})
	}
	return ask
}

// name is a filter in words.
func (f filter) name(c *ui.Context) string {
	if f.what == oneDuty {
		return fmt.Sprintf("Duty %d, %s", f.duty, c.DutyTitle(f.duty))
	}
	return f.what.name()
}
