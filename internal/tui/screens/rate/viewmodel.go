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

// choiceRow is one of the levels to choose from.
type choiceRow struct {
	level   level.Level
	words   string
	pointed bool
	current bool // the KSB has this level
	earlier bool // the level that it has is of an earlier round
}

type model struct {
	duty  standard.Duty
	chips []levels.Chip // the KSBs of the duty
	texts []string      // their wordings
	left  plan.ToRate

	// Of the KSB that a digit rates:
	row            gap.Row
	text           string
	facts          []string // target, expected, last time
	choices        []choiceRow
	askExample     []string // why the behaviour has come back: versions of a line, the longest first
	written        bool     // there is coaching for it
	stepName, step string   // the text between two levels that is shown, chosen by the pointer
	steps          []part   // all of them
	good           string
	field, prompt  string // the example from the learner's own field, and the question
	known          appraisal.Background

	// At the end of a duty or of the list:
	summary     string
	outcome     plan.End
	missed      string   // what was skipped in the duty
	restOfRound string   // at the end of the list: what else is not rated in the round
	returned    []string // the behaviours that came back, a line for each
}

func (s *Screen) model(c *ui.Context) model {
	d, _ := c.Standard.Duty(s.duty)
	m := model{duty: d, left: s.left(c, s.duty)}
	for _, id := range d.KSBs {
		row, _ := c.Report.Row(id)
		now := levelNow(row, c)
		chip := levels.Chip{KSB: id, State: c.Theme.Glyphs.None, Here: id == s.ksb && !s.ended}
		if now.rated {
			chip.State = now.level.Key()
		}
		if later(c.Profile) && now.rated && !now.earlier { // in the first round all would have a tick
			chip.Tick = c.Theme.Glyphs.Tick
		}
		m.chips = append(m.chips, chip)
		m.texts = append(m.texts, row.KSB.Text)
	}
	if s.ended {
		m.fillEnd(s, c)
	}
	if s.ksb != "" {
		m.fillKSB(s, c)
	}
	return m
}

// left is how much is left to rate, in a duty and in all; while the list is followed, how much of the list.
func (s *Screen) left(c *ui.Context, duty int) plan.ToRate {
	if s.onList() && !s.list.done {
		open, _ := c.Profile.Open()
		left := slices.DeleteFunc(slices.Clone(s.list.ksbs), open.Holds)
		return plan.LeftOf(c.Report, left, len(s.list.ksbs), duty)
	}
	return plan.LeftToRate(c.Report, c.Profile, duty)
}

// headRight is the right end of the first line in three lengths: how much of the list is left, or how much of the duty
// is rated and, in a later round, how much in this round.
func (s *Screen) headRight(c *ui.Context, d standard.Duty) (long, short, least string) {
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

// head is the first line of the page. Where it is too long, the right end is shortened before the title of the duty is
// cut. Without a progress bar on the page, the right end says how much is left in all.
func (s *Screen) head(c *ui.Context, m model, bar bool) (left, right string) {
	t, d := c.Theme, m.duty
	title := " " + t.Glyphs.Sep + " " + c.DutyTitle(d.Number)
	number := t.Title.Render(fmt.Sprintf("Duty %d", d.Number))
	whole := t.Title.Render(fmt.Sprintf("Duty %d of %d", d.Number, len(c.Standard.Duties)))
	long, short, least := s.headRight(c, d)
	if !bar && !s.onList() && m.left.All > 0 {
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
	rated   bool
	level   level.Level
	earlier bool // it is of an earlier round
}

// levelNow is the learner's own level if they gave one in the open round that is newer than what was agreed in it;
// otherwise it is the level that counts.
func levelNow(row gap.Row, c *ui.Context) givenLevel {
	open, _ := c.Profile.Open()
	self, said := open.Ratings[profile.Self][row.KSB.ID]
	if _, agreed := open.Ratings[profile.Agreed][row.KSB.ID]; said && (!agreed || self.On.After(row.On)) {
		return givenLevel{true, self.Level, false}
	}
	return givenLevel{row.Rated, row.Level, row.Rated && !open.Holds(row.KSB.ID)}
}

func (m *model) fillKSB(s *Screen, c *ui.Context) {
	row, _ := c.Report.Row(s.ksb)
	m.row, m.text, m.facts = row, row.KSB.Text, facts(row, c)
	scale, now := c.Library.Scale(), levelNow(row, c)
	for i, l := range levels.All {
		m.choices = append(m.choices, choiceRow{
			level: l, words: scale.Words(l).For(row.KSB.Kind), pointed: s.choice == i,
			current: now.rated && now.level == l, earlier: now.earlier,
		})
	}
	if !s.ended && cameBack(c, s.duty, s.ksb) {
		m.askExample = cameBackLines(c, row)
	}
	m.known = appraisal.BackgroundOf(c.Profile, scale, s.ksb, c.Today)
	m.written = s.written
	if s.written {
		m.fillCoaching(s, c)
	}
}

// fillCoaching fills in what helps to choose a level: what divides the one pointed at from the next, an example from
// the learner's field, and a question that somebody at their level can answer.
func (m *model) fillCoaching(s *Screen, c *ui.Context) {
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
	var out []string
	if _, waiting := c.WaitingNote(row.KSB.ID); waiting {
		out = append(out, "your note waits for this rating")
	}
	out = append(out, words.Given(appraisal.Last(c.Profile, c.Library.Scale(), row.KSB.ID, c.Today))...)
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
