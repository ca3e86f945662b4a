package progress

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// InHand is the KSB under the cursor on the page of a duty.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if !s.open {
		return ui.Hand{}
	}
	d, _ := s.duty(c)
	r, _ := s.ksbs.Chosen(s.ksbRows(c))
	return ui.Hand{KSBs: []string{r.KSB}, Duty: d.Number}
}
