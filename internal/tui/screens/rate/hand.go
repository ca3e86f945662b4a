package rate

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// meant is the KSB that w and e are for: the one that was rated just now, until the learner moves or points, else the
// one that is shown.
func (s *Screen) meant() string {
	if s.last != "" {
		return s.last
	}
	return s.ksb
}

// InHand is what an example would be of: the one that was rated just now, the behaviour that is pointed at, else the
// KSB that is shown, and nothing at the end of a duty.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	list := s.returned(c)
	switch {
	case s.last != "":
		return ui.Hand{KSBs: []string{s.last}, Duty: c.Standard.Home(s.last)}
	case s.ended && s.back < len(list):
		return ui.Hand{KSBs: []string{list[s.back]}, Duty: s.duty}
	case s.ended || s.ksb == "":
		return ui.Hand{}
	}
	return ui.Hand{KSBs: []string{s.ksb}, Duty: s.duty}
}
