package rate

import (
	"fmt"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// chip is one KSB in the strip that shows how far the duty is.
type chip struct {
	id, state string
	here      bool
}

// choiceRow is one level that can be chosen.
type choiceRow struct {
	key, name, words string
	pointed, current bool
}

// walkRow is how far one duty of the walk is.
type walkRow struct {
	number, title, count string
	here                 bool
}

// model is all that the view draws.
type model struct {
	duty, duties int
	dutyTitle    string
	dutyText     string
	rated, total int
	chips        []chip

	row     gap.Row
	ksb     string
	text    string
	facts   []string // target, expected, last time
	choices []choiceRow
	back    string // the question for an example, when the behaviour came back

	good, prompt string
	written      bool
	walk         []walkRow

	ended     bool
	summary   string
	returned  []string // questions for examples at the end of a duty
	backAt    int
	nextDuty  string
	everybody bool // nothing is left to rate
}

func (s *Screen) model(c *ui.Context) model {
	d, _ := c.Standard.Duty(s.duty)
	tally := c.Report.Tally(s.duty)
	m := model{
		duty: d.Number, duties: len(c.Standard.Duties), dutyTitle: c.DutyTitle(d.Number), dutyText: d.Text,
		rated: tally.Rated, total: tally.Total, ended: s.ended,
	}
	for _, id := range d.KSBs {
		row, _ := c.Report.Row(id)
		m.chips = append(m.chips, chip{id, state(row, c), id == s.ksb && !s.ended})
	}
	for _, x := range c.Standard.Duties {
		n := c.Report.Tally(x.Number)
		m.walk = append(m.walk, walkRow{strconv.Itoa(x.Number), c.DutyTitle(x.Number), fmt.Sprintf("%d/%d", n.Rated, n.Total), x.Number == s.duty})
	}
	if s.ended {
		m.atEnd(s, c, tally)
	}
	if s.ksb == "" {
		m.everybody = true
		return m
	}
	m.inHand(s, c)
	return m
}

func state(row gap.Row, c *ui.Context) string {
	switch {
	case !row.Rated:
		return c.Theme.Glyphs.None
	case row.Opportunity():
		return "n"
	}
	return row.Level.String()
}

func (m *model) atEnd(s *Screen, c *ui.Context, tally gap.Tally) {
	m.summary = fmt.Sprintf("Duty %d done: %d of %d rated", m.duty, tally.Rated, tally.Total)
	if tally.Rated < tally.Total {
		m.summary = fmt.Sprintf("End of Duty %d: %d of %d rated", m.duty, tally.Rated, tally.Total)
	}
	if tally.Below > 0 {
		m.summary += fmt.Sprintf(", %d below target", tally.Below)
	}
	for _, id := range returned(c, s.duty) {
		row, _ := c.Report.Row(id)
		m.returned = append(m.returned, cameBackLine(c, row))
	}
	m.backAt = s.back
	if s.ksb != "" {
		n := c.Standard.Home(s.ksb)
		m.nextDuty = fmt.Sprintf("Next: Duty %d, %s", n, c.DutyTitle(n))
	}
}

func (m *model) inHand(s *Screen, c *ui.Context) {
	row, _ := c.Report.Row(s.ksb)
	m.row, m.ksb, m.text = row, s.ksb, row.KSB.Text
	scale := c.Library.Scale()
	m.facts = facts(row, c)
	for i := 0; i <= opportunity; i++ {
		l := levelOf(i)
		w := scale.Words(l)
		m.choices = append(m.choices, choiceRow{
			key: choiceKey(l), name: w.Name, words: w.For(row.KSB.Kind), pointed: s.choice == i, current: row.Rated && row.Level == l,
		})
	}
	if !s.ended && cameBack(c, s.duty, s.ksb) {
		m.back = cameBackLine(c, row)
	}
	m.written = s.coach
	m.good, m.prompt = s.entry.Good, s.entry.Prompt
}

func choiceKey(l level.Level) string {
	if l == level.NoOpportunity {
		return "n"
	}
	return l.String()
}

// facts are the short facts below the levels: the last rating first, then what is wanted.
func facts(row gap.Row, c *ui.Context) []string {
	var out []string
	words := c.Library.Scale().Words
	if r, ok := c.Profile.Before(row.KSB.ID, profile.Self); ok {
		out = append(out, fmt.Sprintf("last time %s %s", r.Level, words(r.Level).Name))
	}
	if row.By == profile.Agreed && row.Rated {
		out = append(out, fmt.Sprintf("agreed %s", row.Level))
	}
	if x, ok := row.Expected(); ok {
		out = append(out, fmt.Sprintf("expected by now %s", x))
	}
	out = append(out, fmt.Sprintf("target %s", row.Target))
	if c.Library.Scale().Others(c.Standard.Reference, row.KSB.ID) {
		out = append(out, "3 includes supporting others")
	}
	switch {
	case row.Evidence == 1:
		out = append(out, "1 example")
	case row.Evidence > 1:
		out = append(out, fmt.Sprintf("%d examples", row.Evidence))
	case row.Unsupported():
		out = append(out, "unsupported so far")
	}
	if row.KSB.Kind == standard.Behaviour {
		out = append(out, fmt.Sprintf("in %d duties", len(row.KSB.Duties)))
	}
	return out
}
