package progress

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// InHand is the KSB under the cursor on the page of a duty.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if !s.page.open || s.duty >= len(c.Standard.Duties) {
		return ui.Hand{}
	}
	d := c.Standard.Duties[s.duty]
	if s.page.cur >= len(d.KSBs) {
		return ui.Hand{}
	}
	return ui.Hand{KSBs: d.KSBs[s.page.cur : s.page.cur+1], Duty: d.Number}
}
