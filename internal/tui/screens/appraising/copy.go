package appraising

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const (
	privateLine  = "They are left out of anything shared unless you include them."
	sheetMake    = "Make a rating sheet for a mentor elsewhere"
	sheetMakeWhy = "a file to send, without anything that you said of yourself"
	sheetTake    = "Take in a rating sheet that came back"
	sheetTakeWhy = "your mentor's ratings and notes go into the open round"
	waitLine     = "They wait for your next review, which takes them over when it starts."
	trialWords   = "The program plays the appraiser: eight to ten questions from your own strengths, gaps, actions " +
		"and differences, one at a time. What went well comes first. Take as long as you like."
	trialPrivate = "Notes are optional. They are kept for you alone, and are never in anything that is shared."
)

// Help says what the screen is for.
func (s *Screen) Help() string {
	return "Prepare is one page to bring to a review; Enter opens a line, and unfolds what is below the page.\nMeet " +
		"is its agenda: the learner speaks first, every action of last time is checked before new ones are set, and " +
		"the two of you rate apart and look together on the mentor's screen. A part of it is ticked when your record " +
		"shows that it is done; what no record shows, such as what went well, you tick yourselves.\nAfter asks the " +
		"three closing questions, sets the next date and closes the review with a record.\nA review that was started " +
		"by mistake can be taken back from both pages.\nRehearse asks you questions beforehand.\nOpportunity turns " +
		"what your post gives no chance to try into requests.\nWith a mentor who sits elsewhere, o makes a rating " +
		"sheet to send and takes in what comes back.\nPrivate notes are left out of anything shared unless you " +
		"include them."
}

// Glyphs are the signs of the screen.
func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	return append(page.Glyphs(t, page.Open, page.Done, page.Late, page.Waiting, page.Over),
		ui.Glyph{Shown: t.Glyphs.Unfold, Means: "Enter unfolds more below this line"},
		ui.Glyph{Shown: t.Glyphs.Fold, Means: "Enter folds it away"})
}

// lookFor are the marks of a well-structured appraisal, in the order of appraisal.Marks, as things to look for.
var lookFor = [...]string{
	"Clear objectives: before you part, say each one in your own words, and what will show that it is met.",
	"Help with your job: take away one thing that you will do differently at work next week.",
	"Being valued: hear one thing that shows that your work counts. If nobody says it, name a strength yourself.",
}

// sameWords are said of a check code that is still that of the record; appraisal.Changed says why one is not.
const sameWords = "The record, made again now, has the same check code."

// yearlyBlock says that the yearly appraisal is due, where it is near.
func yearlyBlock(c *ui.Context) []block {
	if !c.Profile.AppraisalNear(c.Today) {
		return nil
	}
	says := "Your " + plan.Yearly(c.Profile, c.Today)
	if due := c.Profile.ReviewSet(); !due.Before(c.Today) {
		says += "; the review on " + due.Short() + " can be it"
	}
	return []block{{Text: says + "."}}
}

// lateBlock says what can be done about a gateway or a review whose day has passed.
func lateBlock(c *ui.Context) []block {
	due := c.Profile.ReviewSet()
	_, open := c.Profile.OpenReview()
	if d, passed := plan.GatewayPassed(c.Profile, c.Today); passed {
		return []block{{Text: "Your gateway was planned for " + d.Long() +
			". m Meet starts its review; if the date has moved, d on Home changes it."}}
	}
	if open || due.IsZero() || !due.Before(c.Today) {
		return nil
	}
	return []block{{Text: "Your review " + plan.WasDue(due, c.Today) +
		". m Meet starts it, also with the day on which it was held; d on Home sets a new date."}}
}

func headSays(c *ui.Context) string {
	if r, open := c.Profile.OpenReview(); open {
		return "review of " + r.On.Short() + " is open"
	}
	says, _ := plan.ReviewSays(c.Profile, c.Today)
	return says
}

func actionFacts(c *ui.Context, a profile.Action, g profile.Goal) string {
	due := "due "
	if a.Due.Before(c.Today) {
		due = "was due "
	}
	return strings.Join(words.Given(
		words.After(due, a.Due.Long()), words.After("for ", strings.Join(g.KSBs, ", ")),
		words.After("with ", a.Who.Line()),
	), ", ")
}

func checkFacts(c *ui.Context, a profile.Action, g profile.Goal) string {
	says := stopped(a.Text.Line())
	if facts := actionFacts(c, a, g); facts != "" {
		says += " " + words.Capital(facts) + "."
	}
	return says + words.After(" To show it: ", a.Shows.Line())
}

func ordinal(n int) string {
	words := []string{"", "first", "second", "third", "fourth", "fifth", "sixth"}
	if n > 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprintf("%dth", n)
}

// stopped ends a sentence with exactly one full stop, even after a name such as "A. B."
func stopped(words string) string { return strings.TrimSuffix(words, ".") + "." }
