package evidence

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Help says what the screen is for.
func (s *Screen) Help() string {
	return "Everything you keep that shows what you can do: what it is, when it was, which KSBs it shows and where it lies. The thing itself stays " +
		"where it is. A level of 3 or 4 counts as supported while a dated piece for it is young enough. The other lists show which claims " +
		"lack one, what has grown old, and from which duty one new piece would serve most gaps."
}

// notThere is said of a piece that lies in a file which is gone.
const notThere = "the file is not there now"

const noPatients = "Leave out anything that could tell who a patient is."

// stepSays is what Enter does, for the footer and at the end of an empty list.
var stepSays = map[step]string{
	stepDetails: "all of it", stepAddFor: "add evidence for it", stepAddPiece: "add such a piece", stepAdd: "add the first piece",
	stepAll: "back to all of it", stepRate: "start rating",
}

// kindSays are the kinds in a line each, as the field uses them.
var kindSays = map[string]string{
	profile.KindExample:     "one situation for one KSB, in a line",
	"observed-procedure":    "somebody qualified watched you do it and wrote it down, such as a DOPS",
	"case-based-discussion": "you talked one anonymised case through with somebody senior",
	"witness-testimony":     "a colleague wrote down what they saw you do",
	"work-product":          "something you made: a log, an SOP, a report, a poster, an audit",
	"reflective-account":    "what you made of something that happened",
	"training-record":       "a course, a competency sign-off, a certificate",
	"feedback":              "what patients or colleagues said to you or about you",
}

// kindName is a kind in words: only its last hyphen stands for a space, as in case-based-discussion.
func kindName(kind string) string {
	if i := strings.LastIndexByte(kind, '-'); i >= 0 {
		return kind[:i] + " " + kind[i+1:]
	}
	return kind
}

// introSays stands above a list.
func introSays(m model) string {
	switch m.mode {
	case missingMode:
		if len(m.rows) > 0 {
			return fmt.Sprintf("You say 3 or 4 here, and nothing dated of the last %s shows it yet. One line and a date are enough.", months(m.limit))
		}
	case staleMode:
		if len(m.rows) > 0 {
			return fmt.Sprintf("%s: still true, but too old to support a level of 3 or 4.", capital(olderThan(m.limit)))
		}
	case coverMode:
		if len(m.rows) > 0 {
			return "Gaps without evidence of the last " + months(m.limit) + ", by duty. The first row is where one new piece would serve most."
		}
	case allMode:
		return gapsSays(m)
	}
	return ""
}

// gapsSays is how many gaps have nothing to show, and what would help most.
func gapsSays(m model) string {
	if m.bare+m.old == 0 {
		return ""
	}
	says := ""
	if m.bare > 0 {
		says = fmt.Sprintf("%d of your %s %s no evidence yet.", m.bare, count(m.gaps, "gap", "gaps"), have(m.bare))
	}
	if m.old > 0 {
		says = strings.TrimSpace(fmt.Sprintf("%s %d %s only old evidence.", says, m.old, have(m.old)))
	}
	return says + " m shows where one piece would serve most."
}

func have(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// headSays is the right end of the head.
func headSays(m model, sep string) string {
	says := count(m.pieces, "piece", "pieces")
	if m.gaps > 0 {
		says += fmt.Sprintf(" %s %d of %s %s none", sep, m.bare, count(m.gaps, "gap", "gaps"), have(m.bare))
	}
	return says
}

// emptySays is what stands in place of an empty list.
func emptySays(m model) []string {
	switch {
	case m.mode == allMode:
		return []string{
			"Nothing is kept here yet.",
			"Begin with one thing of this week: a log you keep, a procedure somebody watched, a thank-you note. A line and a date are enough, and one piece may show several KSBs.",
		}
	case m.mode == staleMode && m.pieces == 0:
		return []string{"Nothing is kept here yet, so nothing is old."}
	case m.mode == staleMode:
		return []string{fmt.Sprintf("Everything you keep is of the last %s.", months(m.limit))}
	case !m.rated:
		return []string{"Nothing is rated yet, so it cannot be said what is missing.", "A few ratings are enough to begin with."}
	case m.mode == missingMode && !m.claims:
		return []string{"You have not rated anything 3 or 4 so far. When you do, and nothing dated shows it yet, it is listed here."}
	case m.mode == missingMode:
		return []string{fmt.Sprintf("Every 3 or 4 of yours has something of the last %s to show for it.", months(m.limit))}
	}
	return []string{fmt.Sprintf("No gap is without evidence of the last %s.", months(m.limit))}
}

func enterDoes(does string) string { return "Enter: " + does + "." }

func olderThan(limit int) string { return "older than " + months(limit) }

func months(n int) string { return count(n, "month", "months") }

// keptSays answers a new piece with what is left to do.
func keptSays(of added, bare int) string {
	says := "Kept for " + inList(of.ksbs) + "."
	if bare > 0 {
		says += fmt.Sprintf(" %s %s none yet.", count(bare, "gap", "gaps"), have(bare))
	}
	return says
}

// aimSays names the KSBs that a new piece is for.
func aimSays(c *ui.Context, ksbs []string) string {
	if len(ksbs) == 0 {
		return ""
	}
	named := make([]string, len(ksbs))
	for i, id := range ksbs {
		named[i] = id + " " + c.Title(id)
	}
	return "For " + strings.Join(named, "; ") + "."
}

func codesSays(kind string) string {
	if kind == profile.KindExample {
		return "one code, such as K7; for several choose another kind"
	}
	return "codes such as K7, S7; up to four is what one piece carries well"
}

func unknownSays(std *standard.Standard, word string) string {
	if r := []rune(word); len(r) > 12 {
		word = string(r[:12])
	}
	return fmt.Sprintf("%s is not a code of %s; %s", word, std.Reference, profile.KnownCodes(std))
}

func moreSays(above, below int) string {
	switch {
	case above == 0:
		return fmt.Sprintf("%d more below", below)
	case below == 0:
		return fmt.Sprintf("%d more above", above)
	}
	return fmt.Sprintf("%d more above, %d below", above, below)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// inList joins codes as a sentence does: "K7, S7 and S17".
func inList(ids []string) string {
	if len(ids) < 2 {
		return strings.Join(ids, "")
	}
	last := len(ids) - 1
	return strings.Join(ids[:last], ", ") + " and " + ids[last]
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
