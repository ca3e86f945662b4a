package gaps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A mode is one of the lists.
type mode int

const (
	gapsMode mode = iota
	strengthsMode
	chanceMode // no opportunity
	claimsMode // claims without a recent example
	heatMode   // the map of duties and kinds
	modes
)

// A model is what there is to draw, at any width.
type model struct {
	mode    mode
	filter  filter
	order   order
	counts  [modes]int
	fresh   bool // nothing is rated
	unrated bool // something is not rated yet
	timed   bool // the start date is known, so expected levels are too
	bare    bool // there is no evidence for anything
	month   int  // of the programme, for timed
	length  int  // of the programme in months, for timed
	behind  int
	review  calendar.Date // the next one; zero if it is past or not known
	rows    []gap.Row
}

func (s *Screen) model(c *ui.Context) model {
	r := c.Report
	all := r.Tally(0)
	m := model{
		mode: s.mode, filter: s.filter.in(s.mode), order: s.order,
		fresh: all.Rated == 0, unrated: all.Rated < all.Total, bare: r.WithoutEvidence(),
		timed: r.Timed, month: r.Month, length: r.Length, behind: all.Behind,
		rows: list(r, s.mode, s.filter, s.order),
	}
	m.counts = [modes]int{
		gapsMode: all.Below, strengthsMode: len(r.Strengths()), chanceMode: all.NoOpportunity,
		claimsMode: len(r.Unsupported()),
	}
	if d := c.Profile.ReviewSet(); !d.Before(c.Today) {
		m.review = d
	}
	return m
}

// in is the filter as it counts in a list: behind and no evidence are kept for the gaps, and filter nothing elsewhere.
func (f filter) in(m mode) filter {
	if m != gapsMode && (f.part == behindOnly || f.part == noEvidence) {
		return filter{}
	}
	return f
}

func list(r *gap.Report, m mode, f filter, o order) []gap.Row {
	var rows []gap.Row
	switch m {
	case gapsMode:
		rows = r.Gaps()
	case strengthsMode:
		rows = r.Strengths()
	case chanceMode:
		rows = r.NoOpportunity()
	case claimsMode:
		rows = r.Unsupported()
	}
	f = f.in(m)
	rows = slices.DeleteFunc(rows, func(x gap.Row) bool { return !f.keeps(x) })
	if by := orders[o].compare; by != nil {
		sorting.By(rows, by)
	}
	return rows
}

// reasonsIn joins the reasons of a row in at most w cells. If they are too long it leaves out words that are not
// needed, then whole reasons from the end, which weigh least.
func reasonsIn(reasons []string, month, w int, cut string) string {
	says := strings.Join(reasons, ", ")
	if widget.Width(says) <= w {
		return says
	}
	short := make([]string, len(reasons))
	for i, r := range reasons {
		r = strings.TrimSuffix(r, fmt.Sprintf(" where month %d should be", month))
		r = strings.TrimSuffix(r, fmt.Sprintf(" for month %d", month))
		short[i] = strings.Replace(r, "your mentor sees it", "mentor", 1)
	}
	for n := len(short); n > 0; n-- {
		says = strings.Join(short[:n], ", ")
		for _, rest := range []string{", " + cut, cut} {
			if n == len(short) {
				rest = ""
			}
			if widget.Width(says+rest) <= w {
				return says + rest
			}
		}
	}
	return widget.CutPlain(says, w, cut)
}

func secondLine(c *ui.Context, m model, row gap.Row, w int) string {
	cut := c.Theme.Glyphs.Cut
	switch m.mode {
	case strengthsMode:
		return reasonsIn(strengthSays(c, row), 0, w, cut)
	case chanceMode:
		return widget.CutPlain(chanceSays(c, row), w, cut)
	case claimsMode:
		return widget.CutPlain(claimSays(c, row), w, cut)
	}
	reasons := c.Report.Reasons(row)
	if planned(c.Profile, row.KSB.ID) {
		reasons = append([]string{"in your plan"}, reasons...)
	}
	return reasonsIn(reasons, c.Report.Month, w, cut)
}

// planned says whether a goal under way is for a KSB, so that nobody plans it twice.
func planned(p profile.Profile, ksb string) bool {
	return slices.ContainsFunc(p.Goals, func(g profile.Goal) bool {
		return g.Status == profile.GoalActive && slices.Contains(g.KSBs, ksb)
	})
}

func strengthSays(c *ui.Context, row gap.Row) []string {
	out := []string{"at target"}
	if n := -row.Gap(); n > 0 {
		out[0] = fmt.Sprintf("%d above target", n)
	}
	if row.Stale() {
		out = append(out, c.Report.EvidenceProblem(row))
	} else if !c.Report.WithoutEvidence() {
		out = append(out, pieces(row.Evidence))
	}
	if row.By == profile.Agreed {
		out = append(out, "agreed with mentor")
	}
	if row.Aged != nil {
		out[len(out)-1] = row.Aged.Words(c.Today)
	}
	if row.Mentor != nil && *row.Mentor == row.Level {
		out = append(out, "mentor sees the same")
	} else if row.Mentor != nil && *row.Mentor >= 0 {
		out = append(out, fmt.Sprintf("mentor sees %s", *row.Mentor))
	}
	return out
}

// chanceSays is the learner's own note on why there is no chance, or else the duty of the KSB.
func chanceSays(c *ui.Context, row gap.Row) string {
	if x, _, ok := c.Profile.Level(row.KSB.ID); ok && !x.Note.Empty() {
		return "you noted: " + x.Note.Line()
	}
	if len(row.KSB.Duties) == 1 {
		return fmt.Sprintf("Duty %d, %s", row.KSB.Duties[0], c.DutyTitle(row.KSB.Duties[0]))
	}
	return fmt.Sprintf("in %d duties", len(row.KSB.Duties))
}

func claimSays(c *ui.Context, row gap.Row) string {
	if row.Aged != nil {
		return row.Aged.Words(c.Today) + ", " + c.Report.EvidenceProblem(row)
	}
	return fmt.Sprintf("rated %s on %s, %s", c.Library.Scale().Words(row.Level).Name, row.On.Long(),
		c.Report.EvidenceProblem(row))
}

func levelFacts(c *ui.Context, row gap.Row) []string {
	sep := " " + c.Theme.Glyphs.Sep + " "
	now := "level " + c.Library.Scale().Named(row.Level)
	against := "target " + row.Target.String() + sep + pieces(row.Evidence)
	if row.NoOpportunity() {
		return []string{"no opportunity so far", against}
	}
	if x, ok := row.Expected(); ok {
		against = fmt.Sprintf("expected %s%s%s", x, sep, against)
	}
	return []string{now, against}
}

func (s *Screen) coachParts(ksb string, from level.Level) []page.Part {
	entry, ok := s.coach.Of(ksb)
	if !ok {
		return []page.Part{{Says: []string{notCoached}}}
	}
	out := []page.Part{{Head: "What good looks like", Says: []string{entry.Good}}}
	first := page.Part{Head: "First steps"}
	for _, sort := range profile.Sorts {
		for _, a := range entry.ActionsFrom(from) {
			if a.Sort == sort {
				first.Says = append(first.Says, words.Capital(string(sort))+": "+a.Text)
				break
			}
		}
	}
	return append(out, first)
}

// lastRatings lists the newest rating of each rater, the agreed one first. Where several mentors rated, it names each.
func lastRatings(c *ui.Context, id string) []string {
	var out []string
	for _, by := range slices.Backward(profile.Raters) {
		mentors := c.Profile.Mentors(id)
		if by == profile.Mentor && len(mentors) > 1 {
			for _, x := range mentors {
				out = append(out, ratingSays(appraisal.MentorName(x.By), x))
			}
		} else if x, ok := c.Profile.Newest(id, by); ok {
			out = append(out, ratingSays(by.Words(), x))
		}
	}
	return out
}

// ratingSays is one rating, with its reason or else its note.
func ratingSays(who string, x profile.Rating) string {
	says := fmt.Sprintf("%s %s, %s", who, appraisal.Level(x), x.On.Long())
	for _, words := range []string{x.Reason.Line(), x.Note.Line()} {
		if words != "" {
			return says + ": " + words
		}
	}
	return says
}
