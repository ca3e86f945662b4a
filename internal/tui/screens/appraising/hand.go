package appraising

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// InHand is what the chosen row is about: its KSB, those of its goal, or the one that is asked about.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	r := s.chosen(c)
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		_, g, _ := c.Profile.Action(id)
		return ui.Hand{KSBs: slices.Clone(g.KSBs)}
	}
	if i, ok := s.question(c); ok {
		return ui.Holding(c, s.trial.questions[i].KSB)
	}
	return ui.Holding(c, r.KSB)
}
