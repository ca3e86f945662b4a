package mentor

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// InHand is the KSB of the chosen difference. While the mentor rates blind there is nothing in hand.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if s.Blind() {
		return ui.Hand{}
	}
	d, _ := s.difference(c)
	return ui.Holding(c, d.KSB)
}
