package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// chanceBlocks are the requests, duty by duty.
func (s *Screen) chanceBlocks(c *ui.Context) []block {
	list := s.known.pack.Requests
	if len(list) == 0 {
		return []block{
			{text: "So far there is nothing that your post gives you no chance to try."},
			{text: "When rating, n says so. It counts as rated, it is no low score, and it comes here as a request."},
			{item: item{kind: rateKSB}, name: "Go on rating", does: "go on rating", key: "rate"},
		}
	}
	out := []block{{text: chanceIntro(c)}, {text: asFile}}
	duty := 0
	for _, q := range list {
		if q.Duty != duty {
			duty = q.Duty
			out = append(out, block{head: fmt.Sprintf("Duty %d, %s", duty, c.DutyTitle(duty))})
		}
		b := block{item: item{kind: planKSB, id: q.KSB}, code: q.KSB, name: q.Title, does: "plan it: who, by when, what will show it", key: "plan it"}
		b.says = []string{"Ask for: " + q.Want, "How: " + strings.Join(q.Ways, "; or ") + ".", "To try: " + q.Exposure[0], "Who: " + strings.Join(q.Ask, "; ") + "."}
		if x, _, ok := c.Profile.Level(q.KSB); ok && x.Level == level.NoOpportunity && !x.Note.Empty() {
			b.says = append(b.says, "You noted: "+x.Note.Line())
		}
		out = append(out, b)
	}
	return out
}
