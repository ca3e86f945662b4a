package appraisal

import (
	"slices"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// InHand is what the chosen line is about: its KSB, those of its goal, or the one that is asked about.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	x := s.page(c).chosen().item
	switch x.kind {
	case check:
		_, g, _ := c.Profile.Action(x.id)
		return ui.Hand{KSBs: slices.Clone(g.KSBs)}
	case goalPage:
		g, _ := c.Profile.Goal(x.id)
		return ui.Hand{KSBs: slices.Clone(g.KSBs)}
	case answer:
		if i, _ := strconv.Atoi(x.id); i < len(s.trial.questions) {
			return ui.Holding(c, s.trial.questions[i].KSB)
		}
	}
	return ui.Holding(c, x.ksb())
}
