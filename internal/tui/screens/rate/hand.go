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

// inHand is what an example would be of: the one that was rated just now, the behaviour that is pointed at, else the
// KSB that is shown, and nothing at the end of a duty.
func (s *Screen) inHand(c *ui.Context) exampleOf {
	list := s.returned(c)
	switch {
	case s.last != "":
		return exampleOf{s.last, c.Standard.Home(s.last)}
	case s.ended && s.back < len(list):
		return exampleOf{list[s.back], s.duty}
	case s.ended:
		return exampleOf{}
	}
	return exampleOf{s.ksb, s.duty}
}

// InHand is what new evidence would be for: the same that an example would be of.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	of := s.inHand(c)
	if of.ksb == "" {
		return ui.Hand{}
	}
	return ui.Hand{KSBs: []string{of.ksb}, Duty: of.duty}
}
