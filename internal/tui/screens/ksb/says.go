package ksb

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// dutiesSay names the duties that a KSB stands in; all of them need no names.
func dutiesSay(c *ui.Context, duties []int) string {
	if n := len(c.Standard.Duties); n > 1 && len(duties) == n {
		return fmt.Sprintf("all %d duties", n)
	}
	names := make([]string, len(duties))
	for i, n := range duties {
		names[i] = fmt.Sprintf("Duty %d, %s", n, c.DutyTitle(n))
	}
	return strings.Join(names, "; ")
}

// levelSays is the level that counts, in its words, and whose it is.
func levelSays(c *ui.Context, row gap.Row) string {
	if !row.Rated {
		return "not rated yet"
	}
	w := c.Library.Scale().Words(row.Level)
	meaning := w.For(row.KSB.Kind)
	if row.Opportunity() {
		return "no opportunity so far: " + meaning + ". It counts as rated, and is no low score"
	}
	whose := "your own rating of "
	if row.By == profile.Agreed {
		whose = "agreed with your mentor on "
	}
	says := fmt.Sprintf("%s %s: %s; %s%s", row.Level, w.Name, meaning, whose, row.On.Long())
	if row.Aged != nil {
		says += "; " + row.Aged.Words(c.Today) + ": agree it anew"
	}
	return says
}

func expectedSays(c *ui.Context, row gap.Row) string {
	x, ok := row.Expected()
	if !ok {
		return noStart
	}
	return fmt.Sprintf("%s by now, month %d of %d", x, c.Report.Month, c.Report.Length)
}

// reasonsSay is the reasons of a gap, or that there is none; "" where nothing is rated.
func reasonsSay(r *gap.Report, row gap.Row) string {
	if !row.Rated {
		return ""
	}
	says := r.Reasons(row)
	switch n := row.Gap(); {
	case n == 0:
		says = append([]string{"at target"}, says...)
	case n < 0:
		says = append([]string{fmt.Sprintf("%d above target", -n)}, says...)
	}
	if row.Unsupported() {
		says = append(says, "so the claim wants a recent example")
	}
	return strings.Join(says, ", ")
}

func goalSays(g profile.Goal) string {
	says := g.Status.Words()
	if g.Status == profile.GoalActive && !g.Due.IsZero() {
		says += ", due " + g.Due.Long()
	}
	return g.Text.Line() + " (" + says + ")"
}

func evidenceSays(e profile.Evidence) string {
	says := e.On.Long() + ": " + e.Title.Line()
	var more []string
	if e.Kind != "" {
		more = append(more, plain(safetext.Line(e.Kind)))
	}
	if !e.Where.Empty() {
		more = append(more, e.Where.Line())
	}
	if !e.Witness.Empty() {
		more = append(more, "seen by "+e.Witness.Line())
	}
	if len(more) > 0 {
		says += " (" + strings.Join(more, "; ") + ")"
	}
	return says
}

func roundSays(r profile.Round) string {
	name := words.Capital(profile.RoundName(r.ID))
	if r.Closed.IsZero() {
		return name + ", open since " + r.Opened.Long()
	}
	return name + ", closed on " + r.Closed.Long()
}

// ratingSays is one rating of the past in full.
func ratingSays(c *ui.Context, by profile.Rater, x profile.Rating) string {
	says := x.Level.String() + " " + c.Library.Scale().Words(x.Level).Name
	if x.Level == level.NoOpportunity {
		says = "no opportunity"
	}
	if x.Changed {
		says = appraisal.Level(x)
	}
	says += ", " + x.On.Long()
	if !x.By.Empty() {
		with := ", by "
		if by == profile.Agreed {
			with = ", with "
		}
		says += with + x.By.Line()
	}
	if !x.Reason.Empty() {
		says += ". Because: " + x.Reason.Line()
	}
	if !x.Note.Empty() {
		says += ". Note: " + x.Note.Line()
	}
	return says
}

// plain turns a code such as work-product into words.
func plain(code string) string { return strings.ReplaceAll(code, "-", " ") }
