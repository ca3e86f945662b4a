package home

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type dutyRow struct {
	gap.Tally
	number int
	title  string
	opened bool // something has been rated in this duty; behaviours rated in another one do not count
}

// goalRow is a goal under way with its next action.
type goalRow struct {
	text, next string
	late       bool
}

// dueRow is an action or a goal that is overdue, or due within a week.
type dueRow struct {
	day, text string
	late      bool
}

// gapRow is one of the most important gaps: the level now, and the level that it is measured against.
type gapRow struct{ code, title, now, against string }

type model struct {
	name, role, programme string
	review, reviewShort   string // when the next review is, and the same in fewer words
	next                  string
	duties                []dutyRow
	timed                 bool // the start date is known, so expected levels are too
	all                   gap.Tally
	due                   []dueRow
	overdue               int      // how many rows of due, which come first
	dueSays               []string // how many are overdue and due, the most important first
	notices               []string // what must not be missed
	facts                 []string // what is only worth a look
	goals                 []goalRow
	gaps                  []gapRow
	terms                 []string // the words that a newcomer may not know, explained
	copies                string   // which other copies of the profile there are, in words
	news                  []string // which facts behind the goals have changed
}

// Next is the one thing that makes most sense next.
func Next(c *ui.Context) plan.NextStep {
	due := appraisal.Due(c.Report, c.Profile)
	return plan.Next(c.Report, c.Profile, c.Today, c.Position, appraisal.Codes(due), c.Title)
}

// cache is a model with what it was made from: a key that only moves the cursor needs no new one.
type cache struct {
	from  source
	model model
}

// source is everything that build reads and that can change. What is missing here would be shown out of date.
type source struct {
	rev                             int
	report                          *gap.Report
	today                           calendar.Date
	theme                           *theme.Theme
	size                            ui.Size
	position, waiting, copies, news string
}

func (s *Screen) model(c *ui.Context) model {
	news := strings.Join(newsSays(c), "\n")
	from := source{c.Rev, c.Report, c.Today, c.Theme, c.Size, c.Position, c.WaitingNotes(), c.Copies, news}
	if s.cache.from != from {
		s.cache = cache{from, build(c)}
	}
	return s.cache.model
}

func build(c *ui.Context) model {
	p := c.Profile
	m := model{
		name: p.Learner.Name.Line(), role: words.After(", ", p.Learner.Role.Line()), next: Next(c).Text,
		timed: c.Report.Timed, all: c.Report.Tally(0), facts: factsSay(c), news: newsSays(c), copies: c.Copies,
		notices: words.Given(c.WaitingNotes()),
	}
	m.programme = programmeSays(c, m.all)
	if m.all.Rated == 0 {
		m.terms = words.FirstTerms()
	}
	if p.AppraisalNear(c.Today) {
		m.notices = append(m.notices, "Your "+plan.Yearly(p, c.Today)+": a prepares it")
	}
	if _, open := p.Open(); !open && len(p.Rounds) > 0 {
		m.notices = append(m.notices, "Your next rating opens "+profile.RoundName(p.NextRound())+".")
	}
	m.review, m.reviewShort = plan.ReviewSays(p, c.Today)
	for _, d := range c.Standard.Duties {
		n := d.Number
		m.duties = append(m.duties, dutyRow{c.Report.Tally(n), n, c.DutyTitle(n), c.Report.Opened(n)})
	}
	var due []profile.DueItem
	due, m.overdue = p.DueSoon(c.Today)
	for i, x := range due {
		m.due = append(m.due, dueRow{x.Due.Short(), x.Text.Line(), i < m.overdue})
	}
	m.dueSays = dueSays(due, m.overdue)
	for _, g := range p.Goals {
		if g.Status == profile.GoalActive {
			m.goals = append(m.goals, goalLine(g, c))
		}
	}
	if !c.Size.Wide {
		return m // the gaps are shown only on a wide terminal
	}
	gaps := plan.Firsts(c.Report)
	const most = 6 // gaps beside the duties
	for _, row := range gaps[:min(len(gaps), most)] {
		against := row.Target
		if x, ok := row.Expected(); ok {
			against = x
		}
		m.gaps = append(m.gaps, gapRow{row.KSB.ID, c.Title(row.KSB.ID), row.Level.String(), against.String()})
	}
	return m
}

// programmeSays is the right end of the first line: how much is behind in which month, and the standard.
func programmeSays(c *ui.Context, all gap.Tally) string {
	parts := []string{c.Standard.Reference}
	d, passed := plan.GatewayPassed(c.Profile, c.Today)
	switch {
	case passed:
		parts = append(parts, "gateway was "+d.Long())
	case c.Report.Timed:
		month := fmt.Sprintf("month %d of %d", c.Report.Month, c.Report.Length)
		parts = []string{fmt.Sprintf("%d behind", all.Behind), month, c.Standard.Reference}
	case all.Rated > 0:
		parts = []string{fmt.Sprintf("%d below target", all.Below), c.Standard.Reference}
	}
	return strings.Join(parts, " "+c.Theme.Glyphs.Sep+" ")
}

func factsSay(c *ui.Context) (out []string) {
	p := c.Profile
	if !c.Report.Timed {
		out = append(out, "no start date yet: d adds it")
	}
	if n := p.InFlight(); n > 0 {
		out = append(out, words.Count(n, "goal", "goals")+" "+profile.GoalActive.Words())
	}
	if n := len(p.Evidence); n > 0 {
		out = append(out, words.Count(n, "piece", "pieces")+" of evidence")
	}
	if n := len(c.Report.Unsupported()); n > 0 {
		out = append(out, gap.ClaimsInWords(n))
	}
	if n := len(c.Report.NoOpportunity()); n > 0 {
		out = append(out, fmt.Sprintf("%d without opportunity", n))
	}
	return out
}

// newsSays names the fact cards that have changed, each with a KSB whose page shows it.
func newsSays(c *ui.Context) []string {
	var names []string
	for _, card := range c.News {
		names = append(names, card.Title+" ("+goalKSB(c.Profile, card.KSBs)+")")
	}
	return names
}

// goalKSB is the first of some KSBs that a goal under way is for, else the first of all.
func goalKSB(p profile.Profile, ksbs []string) string {
	i := slices.IndexFunc(ksbs, func(id string) bool {
		return slices.ContainsFunc(p.Goals, func(g profile.Goal) bool {
			return g.Status == profile.GoalActive && slices.Contains(g.KSBs, id)
		})
	})
	return ksbs[max(i, 0)]
}

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
			row.next = plan.DueWords(a.Due, c.Today) + ": " + a.Text.Line()
		}
	}
	return row
}
