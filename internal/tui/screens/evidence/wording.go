package evidence

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) Help() string {
	return "Everything you keep that shows what you can do: what it is, when it was, which KSBs it shows and where " +
		"it is. The thing itself stays there.\nA level of 3 or 4 counts as supported while a dated piece for it is " +
		"recent enough.\nThe other lists show which claims have none, what is rated above 0 without any evidence, " +
		"what is too old, and in which duty one new piece would cover most gaps.\nA piece that names a file on this " +
		"computer says so when the file is not found.\nd changes any part of a piece; r asks, and then removes it."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph { return nil }

const chooseAPiece = "Choose a piece in the list of all evidence first: e."

// The words for what may be wrong with evidence, the same everywhere.
const (
	withoutEvidence = "without evidence"
	tooOld          = "too old"
	notThere        = "file not found"
)

func introSays(m model) string {
	months := words.Count(m.limit, "month", "months")
	switch {
	case m.mode == allMode:
		return gapsSays(m)
	case len(m.rows) == 0:
		return ""
	case m.mode == claimsMode:
		return "You say 3 or 4 here, and nothing dated in the last " + months +
			" shows it yet. One line and a date are enough."
	case m.mode == bareMode:
		return "Without evidence: rated above 0, and nothing shows it yet. The highest levels come first."
	case m.mode == staleMode:
		return "Too old: still true, but more than " + months + " ago, so it no longer supports a level of 3 or 4." +
			nothingNewer(m.onlyOld)
	}
	return "Gaps without evidence from the last " + months +
		", by duty. In the first one, a single new piece would cover most."
}

// gapsSays is how many gaps have no evidence or only old evidence, and what would help most.
func gapsSays(m model) string {
	if m.bare+m.old == 0 {
		return ""
	}
	says := ""
	if m.bare > 0 {
		says = fmt.Sprintf("%d of your %s %s without evidence.", m.bare, words.Count(m.gaps, "gap", "gaps"),
			words.Form(m.bare, "is", "are"))
	}
	if m.old > 0 {
		count := fmt.Sprintf("%d of your %s", m.old, words.Count(m.gaps, "gap", "gaps"))
		if says != "" {
			count = fmt.Sprintf(" %d more", m.old)
		}
		says += fmt.Sprintf("%s %s nothing newer than %s.", count, words.Form(m.old, "has", "have"),
			words.Count(m.limit, "month", "months"))
	}
	return says + " m shows where one piece would cover most."
}

// mostNamed is the most KSBs that a sentence names; it only counts more than that.
const mostNamed = 5

// nothingNewer names the KSBs whose pieces are all too old.
func nothingNewer(ksbs []string) string {
	if len(ksbs) == 0 {
		return " All that they show has newer evidence too."
	}
	if len(ksbs) > mostNamed {
		return fmt.Sprintf(" %d KSBs have nothing newer.", len(ksbs))
	}
	return " " + words.List(ksbs) + " " + words.Form(len(ksbs), "has", "have") + " nothing newer."
}

func headSays(m model, sep string) string {
	says := words.Count(m.pieces, "piece", "pieces")
	if m.gaps > 0 {
		says += fmt.Sprintf(" %s %d of %s %s", sep, m.bare, words.Count(m.gaps, "gap", "gaps"), withoutEvidence)
	}
	return says
}

func emptySays(m model) []string {
	switch {
	case m.mode == allMode:
		return []string{
			"Nothing is kept here yet.",
			"Begin with one thing of this week: a log you keep, a procedure somebody watched, a thank-you note. A " +
				"line and a date are enough, and one piece may show several KSBs.",
		}
	case m.mode == staleMode && m.pieces == 0:
		return []string{"Nothing is kept here yet, so nothing is too old."}
	case m.mode == staleMode:
		return []string{"Everything you keep is from the last " + words.Count(m.limit, "month", "months") + "."}
	case !m.rated:
		return []string{
			"Nothing is rated yet, so there is nothing that needs evidence.",
			"A few ratings are enough to begin with.",
		}
	case m.mode == claimsMode && !m.claims:
		return []string{"You have not rated anything 3 or 4 so far. When you do, and nothing dated shows it yet, it " +
			"is listed here."}
	case m.mode == bareMode:
		return []string{"Everything that you rated above 0 has something to show for it."}
	case m.mode == claimsMode:
		return []string{fmt.Sprintf("Every 3 or 4 of yours has something from the last %s to show for it.",
			words.Count(m.limit, "month", "months"))}
	}
	return []string{"No gap is without evidence from the last " + words.Count(m.limit, "month", "months") + "."}
}

// keptSays says after a new piece how many gaps are still without evidence. A KSB that is not rated is no gap yet, so
// it says why that number has not changed.
func keptSays(e profile.Evidence, bare int, unrated []string) string {
	says := forms.EvidenceKept(e)
	if n := len(unrated); n > 0 {
		closes := words.List(unrated) + " " + words.Form(n, "is", "are") + " not rated yet, so " +
			words.Form(n, "it closes", "they close") + " no gap."
		if n == len(e.KSBs) {
			return closes + " It is kept."
		}
		says += " " + closes
	}
	if bare > 0 {
		says += fmt.Sprintf(" %s %s %s.", words.Count(bare, "gap", "gaps"), words.Form(bare, "is", "are"),
			withoutEvidence)
	}
	return says
}

// lostSays names the claims that nothing supports any more. Be is "is", or "would be" before it has happened.
func lostSays(ksbs []string, be string) string {
	if be == "is" && len(ksbs) > 1 {
		be = "are"
	}
	return words.List(ksbs) + " " + be + " without a recent example: nothing else recent enough shows it."
}
