package rate

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// inHand is what an example would be of: the behaviour that is pointed at, the claim that was just made, else the KSB that
// is shown, and nothing at the end of a duty.
func (s *Screen) inHand(c *ui.Context) exampleOf {
	list := s.returned(c)
	switch {
	case s.claim != "":
		return exampleOf{s.claim, c.Standard.Home(s.claim)}
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
