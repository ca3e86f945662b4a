package gaps

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) Help() string {
	return "What is below target, the most pressing first, and why each row is where it is.\nThe order is: " +
		gap.RankRule + ".\nStrengths, claims that still need a recent example, and what your post gives no chance to " +
		"try have lists of their own."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	return append(levels.BarGlyphs(t),
		ui.Glyph{
			Shown: strings.Join(g.Columns, ""),
			Means: "on the map, from low to high: none of its KSBs is behind, up to all of them; without a start " +
				"date, below target",
		},
		ui.Glyph{Shown: g.None, Means: "on the map: none"})
}

const (
	bareSays   = "No evidence yet: one dated example backs a level, and e adds one."
	noStart    = "Without a start date nothing can be called behind. To add it: Home, then d."
	notCoached = "Coaching for this KSB is not written yet."
)

func introSays(m model) string {
	switch m.mode {
	case gapsMode:
		switch {
		case !m.timed:
			return noStart
		case m.bare:
			return bareSays
		}
	case chanceMode:
		when := "your next review"
		if !m.review.IsZero() {
			when = "your review on " + m.review.Short()
		}
		return "To ask for at " + when + ": a rotation, or a day or two of shadowing. These are not low scores: your " +
			"post gives you no chance to try them."
	case claimsMode:
		return "You say 3 or 4 here without a recent example. One line and a date are enough."
	}
	return ""
}

// askFor is how to ask for a chance to try a KSB, in words that the learner can say.
func askFor(row gap.Row, title string) string {
	verbs := map[standard.Kind]string{standard.Knowledge: "meet", standard.Skill: "try", standard.Behaviour: "show"}
	verb := verbs[row.KSB.Kind]
	return fmt.Sprintf("How to ask: \"My post gives me no chance to %s %s, %s. Who does it here, and could I join "+
		"them for a day or two?\"", verb, row.KSB.ID, lower(title))
}

func emptySays(m model) []string {
	switch {
	case m.fresh:
		return []string{
			"Nothing is rated yet, so there is nothing to compare.",
			"Begin with Duty 1. A few ratings are enough to see the first gaps and strengths here, and you can stop " +
				"at any moment.",
		}
	case m.counts[m.mode] > 0:
		return []string{
			fmt.Sprintf("None of the %d here matches the filter: %s.", m.counts[m.mode], filterName(m.filter)),
			"f changes the filter.",
		}
	}
	switch m.mode {
	case strengthsMode:
		return []string{
			"Nothing has reached its target yet. That is usual for a good part of the programme.",
			"Once something does, it is listed here.",
		}
	case chanceMode:
		return []string{
			"So far there is nothing that your post gives you no chance to try.",
			"If there is, press n when you rate it. It counts as rated, and it is not a low score.",
		}
	case claimsMode:
		return []string{"Every 3 or 4 that you claimed has a recent example, or you have not claimed any yet."}
	}
	if m.unrated {
		return []string{"Nothing that you have rated is below its target."}
	}
	return []string{"Everything is rated, and nothing is below its target."}
}

// nouns name one row of a list, and several.
var nouns = [modes][2]string{
	gapsMode: {"gap", "gaps"}, strengthsMode: {"strength", "strengths"},
	chanceMode: {"without opportunity", "without opportunity"}, claimsMode: {"claim", "claims"},
}

// orderSays says how many rows the list shows, through which filter and in which order.
func orderSays(m model) string {
	says := words.Count(len(m.rows), nouns[m.mode][0], nouns[m.mode][1])
	switch {
	case m.filter.part == everything && m.mode == gapsMode && m.timed && m.order == byRank:
		return fmt.Sprintf("%d behind, then %d still to come", m.behind, len(m.rows)-m.behind)
	case m.filter.part != everything:
		says = fmt.Sprintf("%d of %d: %s", len(m.rows), m.counts[m.mode], filterName(m.filter))
	}
	if len(m.rows) < 2 {
		return says
	}
	name := orders[m.order].name
	if m.order == byRank {
		switch m.mode {
		case strengthsMode:
			name = "highest first"
		case chanceMode, claimsMode:
			name = orders[byDuty].name
		}
	}
	return says + ", " + name
}

func filterName(f filter) string {
	if f.part == oneDuty {
		return fmt.Sprintf("Duty %d", f.duty)
	}
	return parts[f.part].name
}

func headSays(m model, sep string) string {
	if m.fresh {
		return "nothing rated yet"
	}
	if !m.timed {
		return fmt.Sprintf("%d below target", m.counts[gapsMode])
	}
	return fmt.Sprintf("%d behind %s month %d of %d", m.behind, sep, m.month, m.length)
}

// dutySays sums up one row of the map, and says what Enter does there.
func dutySays(c *ui.Context, d gap.DutyHeat, timed bool) string {
	all := d.Sum()
	says := fmt.Sprintf("Duty %d, %s: ", d.Duty, c.DutyTitle(d.Duty))
	if timed {
		says += fmt.Sprintf("%d behind, ", all.Behind)
	}
	says += fmt.Sprintf("%d below target", all.Below)
	if n := all.Total - all.Rated; n > 0 {
		says += fmt.Sprintf(", %d not rated yet", n)
	}
	return says + ". Enter shows its gaps."
}

// heatLegend says how to read a cell of the map. It explains the first rated cell of a row, and is "" if there is none.
func heatLegend(d gap.DutyHeat, timed bool) string {
	for _, x := range d.Kinds {
		if x.Rated == 0 {
			continue
		}
		n, late := x.Below, "below target"
		if timed {
			n, late = x.Behind, "behind where this month should be"
		}
		return fmt.Sprintf("%d/%d: of the %d rated, %d %s %s. The taller the column, the larger their share.",
			n, x.Rated, x.Rated, n, words.Form(n, "is", "are"), late)
	}
	return ""
}

func pieces(n int) string {
	if n == 0 {
		return "no evidence yet"
	}
	return words.Count(n, "piece", "pieces") + " of evidence"
}

// lower makes the first letter lower case, unless the text begins with an abbreviation such as SOPs.
func lower(s string) string {
	if len(s) < 2 || strings.ToUpper(s[:2]) == s[:2] {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
