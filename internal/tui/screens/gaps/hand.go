package gaps

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// InHand is the KSB of the chosen row; under the filter of a duty it is meant there.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	row, ok := s.chosen(s.table(c), c)
	if !ok {
		return ui.Hand{}
	}
	h := ui.Holding(c, row.KSB.ID)
	if h.Duty == 0 && s.filter.what == oneDuty {
		h.Duty = s.filter.duty
	}
	return h
}
