package home

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

type dutyRow struct {
	number        int
	title         string
	rated, total  int
	behind, below int
	levels        [level.Max + 1]int
}

// goalRow is a goal in flight with its next action.
type goalRow struct {
	text, next string
	late       bool
}

type model struct {
	name, role, programme    string
	review, briefly          string // when the next review is, and that in fewer words
	yearly                   string // the yearly appraisal, where it is near
	round                    string // that the next rating opens one
	waiting                  string // that a note waits for its rating
	next                     string
	duties                   []dutyRow
	timed                    bool
	all                      gap.Tally
	inFlight                 int
	overdue, soon            int
	evidence                 int
	unsupported, opportunity int
	goals                    []goalRow
	gaps                     [][2]string // what, and level of target
	news                     []string    // which facts behind the goals have changed
}

// nextStep is the one thing that makes most sense next.
func nextStep(c *ui.Context) plan.NextStep {
	due := appraisal.Due(c.Report, c.Profile, c.Profile.Settings.StaleMonths())
	return plan.Next(c.Report, c.Profile, c.Today, c.Position, appraisal.Codes(due), c.Title)
}

func build(c *ui.Context) model {
	p := c.Profile
	m := model{
		name: p.Learner.Name.Line(), next: nextStep(c).Text, timed: c.Report.Timed,
		all: c.Report.Tally(0), inFlight: p.InFlight(), overdue: len(p.Overdue(c.Today)), soon: dueSoon(p, c.Today), evidence: len(p.Evidence),
		unsupported: len(c.Report.Unsupported()), opportunity: len(c.Report.Opportunities()),
	}
	if !p.Learner.Role.Empty() {
		m.role = ", " + p.Learner.Role.Line()
	}
	if _, open := p.Open(); !open && len(p.Rounds) > 0 {
		m.round = "your next rating opens " + p.NextRound()
	}
	m.programme = c.Standard.Reference
	if d, passed := plan.GatewayPassed(p, c.Today); passed {
		m.programme += " " + c.Theme.Glyphs.Sep + " gateway was " + d.Long()
	} else if c.Report.Timed {
		m.programme += fmt.Sprintf(" %s month %d of %d", c.Theme.Glyphs.Sep, c.Report.Month, c.Report.Length)
	}
	if p.AppraisalNear(c.Today) {
		m.yearly = "Your " + plan.Yearly(p, c.Today) + ": a prepares it"
	}
	m.news, m.waiting = newsSays(c), c.WaitingNotes()
	m.review, m.briefly = plan.ReviewSays(p, c.Today)
	for _, d := range c.Standard.Duties {
		t := c.Report.Tally(d.Number)
		m.duties = append(m.duties, dutyRow{d.Number, c.DutyTitle(d.Number), t.Rated, t.Total, t.Behind, t.Below, t.Levels})
	}
	for _, g := range p.Goals {
		if g.Status == profile.GoalActive {
			m.goals = append(m.goals, goalLine(g, c))
		}
	}
	for i, row := range c.Report.Gaps() {
		if i == firstGaps {
			break
		}
		m.gaps = append(m.gaps, [2]string{fmt.Sprintf("%-3s %s", row.KSB.ID, c.Title(row.KSB.ID)), fmt.Sprintf("%s of %s", row.Level, row.Target)})
	}
	return m
}

// newsSays names the fact cards that have changed, each with a KSB of a goal on whose page it is.
func newsSays(c *ui.Context) []string {
	var names []string
	for _, card := range c.News {
		names = append(names, card.Title+" ("+goalKSB(c.Profile, card.KSBs)+")")
	}
	return names
}

// goalKSB is the first of some KSBs that a goal in flight is about.
func goalKSB(p profile.Profile, ksbs []string) string {
	for _, id := range ksbs {
		for _, g := range p.Goals {
			if g.Status == profile.GoalActive && slices.Contains(g.KSBs, id) {
				return id
			}
		}
	}
	return ksbs[0]
}

// firstGaps is how many gaps stand beside the duties.
const firstGaps = 6

// goalLine is a goal with the open action that is due first.
func goalLine(g profile.Goal, c *ui.Context) goalRow {
	row := goalRow{text: g.Text.Line(), next: "no open action"}
	var first calendar.Date
	for _, a := range g.Actions {
		if a.Status != profile.ActionOpen || !first.IsZero() && !a.Due.Before(first) {
			continue
		}
		first = a.Due
		row.next, row.late = a.Text.Line(), !a.Due.IsZero() && a.Due.Before(c.Today)
		if !a.Due.IsZero() {
			row.next = "by " + a.Due.Short() + ": " + row.next
		}
		if row.late {
			row.next = "overdue since " + a.Due.Short() + ": " + a.Text.Line()
		}
	}
	return row
}

// dueSoon counts the open actions of goals in flight that are due within a week from today.
func dueSoon(p profile.Profile, today calendar.Date) int {
	n := 0
	for _, g := range p.Goals {
		for _, a := range g.Actions {
			if g.Status == profile.GoalActive && a.Status == profile.ActionOpen && !a.Due.IsZero() && !a.Due.Before(today) && today.Days(a.Due) <= 7 {
				n++
			}
		}
	}
	return n
}
