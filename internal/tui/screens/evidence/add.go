package evidence

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// add asks for a new piece. The list then shows it, and says what is still without evidence.
func (s *Screen) add(c *ui.Context, h ui.Hand) []ui.Ask {
	return ui.Asks(forms.AddEvidence(c, h, func(e profile.Evidence, c *ui.Context) []ui.Ask {
		s.at[allMode].Choose(e.ID)
		return ui.Asks(ui.Say{Text: keptSays(e, s.model(c).bare, unrated(e, c))})
	}))
}

// unrated are the KSBs of a piece that have no rating yet.
func unrated(e profile.Evidence, c *ui.Context) []string {
	return slices.DeleteFunc(slices.Clone(e.KSBs), func(id string) bool {
		row, _ := c.Report.Row(id)
		return row.Rated
	})
}

// InHand is what a new piece would be for: the KSB or the KSBs of the chosen row, and of a piece that is too old, those
// that a fresh one would have to show.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	m := s.model(c)
	if _, ok := s.opened(c); ok {
		l, t := s.list(m, c)
		r, _ := l.Chosen(t.Rows)
		return ui.Holding(c, r.KSB)
	}
	r, _ := s.row(m)
	if s.mode == staleMode {
		e, _ := c.Profile.Piece(r.Key)
		return ui.Hand{KSBs: slices.Clone(e.KSBs), Duty: e.Duty}
	}
	return ui.Hand{KSBs: r.ksbs, Duty: r.duty}
}
