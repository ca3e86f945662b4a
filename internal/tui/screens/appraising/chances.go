package appraising

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

func (s *Screen) chanceBlocks(c *ui.Context) []block {
	list := s.known.pack.Requests
	if len(list) == 0 {
		return []block{
			{Text: "So far there is nothing that your post gives you no chance to try."},
			{Text: "When rating, n says so. It counts as rated, it is no low score, and it comes here as a request."},
			row(page.Row{Key: "rate", Name: "Go on rating", Does: "go on rating", Enter: ui.Asking(ui.Go{To: ui.Rate})}),
		}
	}
	out := []block{{Text: chanceIntro(c)}}
	duty := 0
	for _, q := range list {
		if q.Duty != duty {
			duty = q.Duty
			out = append(out, block{Head: fmt.Sprintf("Duty %d, %s", duty, c.DutyTitle(duty))})
		}
		r := page.Row{Key: q.KSB, Code: q.KSB, Name: q.Title, Does: "plan it: who, by when, what will show it"}
		r.Says = []string{
			"Ask for: " + q.AskFor(), "How: " + strings.Join(q.Ways, "; or ") + ".", "To try: " + q.Exposure[0],
			"Who: " + strings.Join(q.Ask, "; ") + ".",
		}
		if q.Plan.Known() {
			r.Does = "open its goal: it is in your plan already"
			r.Says = append([]string{planSays(c, q.Plan)}, r.Says...)
		}
		if x, _, ok := c.Profile.Level(q.KSB); ok && x.Level == level.NoOpportunity && !x.Note.Empty() {
			r.Says = append(r.Says, "You noted: "+x.Note.Line())
		}
		out = append(out, to(ui.Go{To: ui.Plan, KSB: q.KSB}, r))
	}
	paper := paperBlock(ui.ChancePaper, "Write this page into a file, for your manager", "It holds no level, note or "+
		"evidence of yours.")
	return append(out, block{Head: "To take along"}, paper)
}

// planSays says what is planned for a chance, in the learner's own words.
func planSays(c *ui.Context, x appraisal.Planned) string {
	says := "In your plan already"
	if x.Goal.Status == profile.GoalParked {
		says = "Parked in your plan"
	}
	if x.Action.ID == "" {
		return says + ", with no open action: " + x.Goal.Text.Line()
	}
	return says + ": " + x.Action.Text.Line() + " (" + actionFacts(c, x.Action, profile.Goal{}) + ")"
}
