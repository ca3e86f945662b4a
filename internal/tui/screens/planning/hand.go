package planning

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// InHand are the KSBs of the goal that is shown or chosen, or the one that it is proposed for.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if g, ok := c.Profile.Goal(s.goal); ok {
		if len(g.KSBs) == 1 {
			return ui.Holding(c, g.KSBs[0])
		}
		return ui.Hand{KSBs: slices.Clone(g.KSBs)}
	}
	if s.proposal != nil {
		if len(s.proposal.KSBs) == 1 {
			return ui.Holding(c, s.proposal.KSBs[0])
		}
		return ui.Hand{KSBs: slices.Clone(s.proposal.KSBs)}
	}
	return ui.Hand{}
}
