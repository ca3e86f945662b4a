package rate

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type choiceRow struct {
	level            level.Level
	words            string
	pointed, current bool
	before           bool // the current level is of an earlier round
}

type model struct {
	duty  standard.Duty
	chips []levels.Chip
	left  plan.ToRate

	row     gap.Row
	text    string
	facts   []string // target, expected, last time
	choices []choiceRow
	back    []string // the question for an example, when the behaviour came back: the longest first

	texts []string // the wordings of all KSBs of the duty

	stepName, step string // what divides the level in doubt from the next
	steps          []part // all that can take its place
	good           string
	field, prompt  string // the example of the learner's own field, and what to think of
	known          appraisal.Background
	written        bool

	summary  string
	took     plan.End // what the learner takes away from what was rated
	missed   string   // what was skipped of the duty
	rest     string   // at the end of the list: what else the round has
	returned []string // the behaviours that came back, at the end of a duty
}

func (s *Screen) model(c *ui.Context) model {
	d, _ := c.Standard.Duty(s.duty)
	m := model{duty: d, left: s.left(c, s.duty)}
	for _, id := range d.KSBs {
		row, _ := c.Report.Row(id)
		x := levelNow(row, c)
		chip := levels.Chip{KSB: id, State: c.Theme.Glyphs.None, Here: id == s.ksb && !s.ended}
		if x.rated {
			chip.State = x.level.Key()
		}
		if later(c.Profile) && x.rated && !x.before { // rated in this round, where others came before it
			chip.Tick = c.Theme.Glyphs.Tick
		}
		m.chips, m.texts = append(m.chips, chip), append(m.texts, row.KSB.Text)
	}
	if s.ended {
		m.atEnd(s, c)
	}
	if s.ksb != "" {
		m.inHand(s, c)
	}
	return m
}

// left is what is left to rate, in a duty and in all: of the list while it is followed.
func (s *Screen) left(c *ui.Context, duty int) plan.ToRate {
	if s.onList() && !s.list.done {
		open, _ := c.Profile.Open()
		left := slices.DeleteFunc(slices.Clone(s.list.ksbs), open.Holds)
		return plan.LeftOf(c.Report, left, len(s.list.ksbs), duty)
	}
	return plan.LeftToRate(c.Report, c.Profile, duty)
}

// right is the right end of the head in three lengths: what is left of the list, or how much is rated and, in a later
// round, how much in this round.
func (s *Screen) right(c *ui.Context, d standard.Duty) (long, short, least string) {
	n := c.Report.Tally(d.Number)
	round, open := c.Profile.Open()
	switch {
	case s.onList() && !s.ended:
		due := fmt.Sprintf("%d due", len(s.list.left("", c)))
		return due + " in " + profile.RoundName(s.list.round), due, due
	case !later(c.Profile):
		count := fmt.Sprintf("%d/%d", n.Rated, n.Total)
		return fmt.Sprintf("%d of %d rated", n.Rated, n.Total), count + " rated", count
	case !open:
		return fmt.Sprintf("%d rated, no round open", n.Rated), "no round open", "no round"
	}
	now := lists.Count(d.KSBs, round.Holds)
	count := fmt.Sprintf("%d/%d", now, n.Total)
	return fmt.Sprintf("%d rated, %d in this round", n.Rated, now), count + " this round", count
}

// head shortens the other words before the duty's title, which is then cut at a word if it must be. Where nothing else
// says what is left in all, the head does.
func (s *Screen) head(c *ui.Context, m model, elsewhere bool) (left, right string) {
	t, d := c.Theme, m.duty
	title := " " + t.Glyphs.Sep + " " + c.DutyTitle(d.Number)
	number := t.Title.Render(fmt.Sprintf("Duty %d", d.Number))
	whole := t.Title.Render(fmt.Sprintf("Duty %d of %d", d.Number, len(c.Standard.Duties)))
	long, short, least := s.right(c, d)
	if !elsewhere && !s.onList() && m.left.All > 0 {
		long = fmt.Sprintf("left: %d here, %d in all", m.left.Here, m.left.All)
		short = fmt.Sprintf("%d here, %d left", m.left.Here, m.left.All)
		least = fmt.Sprintf("%d left", m.left.All)
	}
	room := c.Size.W - c.Size.SavedRoom() - 1
	for _, x := range [][2]string{
		{whole + title, long}, {whole + title, short}, {number + title, short}, {number + title, least},
	} {
		if widget.Width(x[0]+x[1]) <= room {
			return x[0], x[1]
		}
	}
	return widget.CutWords(number+title, max(room-widget.Width(least), widget.Width(number)), t.Glyphs.Cut), least
}

type givenLevel struct {
	rated  bool
	level  level.Level
	before bool // it is of an earlier round
}

// levelNow is the level that counts, or a newer one that the learner gave in the open round.
func levelNow(row gap.Row, c *ui.Context) givenLevel {
	open, _ := c.Profile.Open()
	self, said := open.Ratings[profile.Self][row.KSB.ID]
	if _, agreed := open.Ratings[profile.Agreed][row.KSB.ID]; said && (!agreed || self.On.After(row.On)) {
		return givenLevel{true, self.Level, false}
	}
	return givenLevel{row.Rated, row.Level, row.Rated && !open.Holds(row.KSB.ID)}
}

func (m *model) inHand(s *Screen, c *ui.Context) {
	row, _ := c.Report.Row(s.ksb)
	m.row, m.text = row, row.KSB.Text
	scale, x := c.Library.Scale(), levelNow(row, c)
	m.facts = facts(row, c)
	for i, l := range levels.All {
		m.choices = append(m.choices, choiceRow{
			level: l, words: scale.Words(l).For(row.KSB.Kind), pointed: s.choice == i,
			current: x.rated && x.level == l, before: x.before,
		})
	}
	if !s.ended && cameBack(c, s.duty, s.ksb) {
		m.back = cameBackLines(c, row)
	}
	m.known = appraisal.BackgroundOf(c.Profile, c.Library.Scale(), s.ksb, c.Today)
	m.written = s.coach
	if s.coach {
		m.coaching(s, c)
	}
}

// coaching is what helps to choose a level: what divides the one pointed at from the next, an example near to the
// learner's work, and a question that somebody at their level can answer.
func (m *model) coaching(s *Screen, c *ui.Context) {
	m.prompt = s.entry.PromptAt(plan.From(m.row))
	for _, x := range s.entry.Steps() {
		m.steps = append(m.steps, part{name: plan.StepName(x), text: x.Text})
	}
	m.stepName, m.step = plan.Between(s.entry, m.row, levels.Pointed(s.choice))
	if m.stepName != plan.GoodAt {
		m.good = s.entry.Good
	}
	fields := c.Library.Fields(c.Standard.Reference)
	own, _ := fields.Of(c.Profile.Learner.Role.Line())
	if x, ok := fields.ExampleFor(s.entry, own.ID); ok {
		m.field = fields.Says(x, own.ID) + ": " + x.Text
	}
}

// facts are the short facts below the levels: the last rating first, then what is wanted.
func facts(row gap.Row, c *ui.Context) []string {
	_, waits := c.WaitingNote(row.KSB.ID)
	note := map[bool]string{true: "your note waits for this rating"}[waits]
	out := words.Given(note, appraisal.Last(c.Profile, c.Library.Scale(), row.KSB.ID, c.Today))
	if x, ok := row.Expected(); ok {
		out = append(out, fmt.Sprintf("expected by now %s", x))
	}
	target := fmt.Sprintf("target %s", row.Target)
	if len(c.Profile.Rounds) == 0 {
		target += ", the level wanted at gateway" // a newcomer has not met the word
	}
	out = append(out, target)
	if c.Library.Scale().Others(c.Standard.Reference, row.KSB.ID) {
		out = append(out, "3 includes supporting others")
	}
	switch {
	case row.Evidence > 0:
		out = append(out, words.Count(row.Evidence, "example", "examples"))
	case row.Unsupported():
		out = append(out, "no recent example yet")
	}
	if n := len(row.KSB.Duties); n > 1 {
		out = append(out, fmt.Sprintf("in %d duties", n))
	}
	return out
}
