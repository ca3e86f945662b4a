package rate

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

const (
	allRated    = "Everything is rated. Enter shows your gaps."
	lastForward = "Nothing else that was due is left to rate."
	firstOfAll  = "No test: an honest 1 is where your plan starts. Stop whenever you like." // must fit on one line
	exampleName = "Example"
	promptName  = "Think of it"
)

func (s *Screen) Help() string {
	return "Rate yourself on one KSB at a time. It is not a test: an honest 1 today is where the plan starts.\nA " +
		"digit rates and goes on, u takes it back.\nWith the levels you read how one differs from the next: " +
		"point at a level to see that. As far as there is room, more follows: what good looks like, an example from " +
		"your field, if your details name one, your last note, what your mentor last said once you may see it, and " +
		"your evidence.\nThe line above the wording shows how much is rated, and what is left.\nn " +
		"says that your post gives you no chance to try it; that is not a low score.\nAfter a 3 or a 4, e keeps one " +
		"dated example that supports it; e and w, a note, are for the KSB that you just rated until you move or " +
		"point.\nComing from the rounds of Appraisal, the screen follows what is due in the round, and the first " +
		"line says how much of it is due; ] and [ leave that list, Enter goes back to it."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	return []ui.Glyph{
		{Shown: "[K7 2]", Means: "the KSB on this page, with its level"},
		{Shown: g.None, Means: "not rated yet"},
		{Shown: "n", Means: "no opportunity in your post"},
		{Shown: g.Tick, Means: "after a code: rated in this round; before a level: the one you chose"},
		{Shown: g.Before, Means: "before a level: your last one, from an earlier round"},
		{Shown: g.Heavy, Means: "the part of the line that is rated"},
		{Shown: g.Done, Means: "this duty is rated"},
	}
}

func chooseFirst(t *theme.Theme) string {
	return "Press 0 to 4, or n. Or point with " + widget.KeyName("↑↓", t) + " and press Enter. s skips it for now."
}

func noFurther(n int) string {
	return "This is the " + lists.Pick(n < 0, "first", "last") + " duty."
}

func listWaits(n int) string {
	if n == 1 {
		return "1 KSB that was due is left; Enter goes back to it."
	}
	return fmt.Sprintf("%d that were due are left; Enter goes back to them.", n)
}

func listDone(n int) string {
	if n == 1 {
		return "The one that was due is rated"
	}
	return fmt.Sprintf("All %d that were due are rated", n)
}

func opened(round string) string {
	if round == "" {
		return ""
	}
	return "Opened " + round + "."
}

func joined(a, b string) string { return strings.TrimSpace(a + " " + b) }

// ratedLine is what to say after a rating that lacks an example or does not count yet. After any other it is "", since
// the strip of KSBs shows the new level.
func ratedLine(c *ui.Context, row gap.Row) string {
	self, _ := c.Profile.Newest(row.KSB.ID, profile.Self)
	differs := row.By == profile.Agreed && self.Level != row.Level
	switch {
	case differs && row.Unsupported():
		return row.KSB.ID + ": your view is kept; what you agreed on still counts. e adds an example."
	case differs:
		return row.KSB.ID + ": your view is kept. The level you agreed on counts until you agree a new one."
	case row.Unsupported():
		return row.KSB.ID + " " + c.Library.Scale().Named(row.Level) + ". One dated example would support it: e"
	case row.NoOpportunity():
		return row.KSB.ID + ": no opportunity so far, kept as a wish"
	}
	return ""
}

// cameBackLines say why a behaviour has come back, and ask for an example: three versions, the longest first.
func cameBackLines(c *ui.Context, row gap.Row) []string {
	in := fmt.Sprintf("%s in Duty %d", row.Level.Figure(), c.Standard.Home(row.KSB.ID))
	return []string{
		"You said " + in + ". This duty needs it too: an example from here?",
		in + " and needed here too: an example?",
		"Needed here too: an example?",
	}
}
