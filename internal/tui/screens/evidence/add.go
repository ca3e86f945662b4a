package evidence

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// kindMenu is the note of the menu that comes before the form. The form's note is the piece.
type kindMenu struct{ hand ui.Hand }

// added is the note of a piece that was kept.
type added struct{ piece profile.Evidence }

func add(c *ui.Context, h ui.Hand) []ui.Ask {
	ask := forms.EvidenceKind(c, h)
	ask.Note = kindMenu{h}
	return ui.Asks(ask)
}

func chosen(msg ui.ChosenMsg, c *ui.Context) []ui.Ask {
	if of, ok := msg.Note.(removing); ok {
		return removed(of, msg.Index, c)
	}
	menu, ok := msg.Note.(kindMenu)
	kinds := forms.Kinds(menu.hand)
	if !ok || msg.Index < 0 || msg.Index >= len(kinds) {
		return nil
	}
	p := forms.Piece{Hand: menu.hand, Kind: kinds[msg.Index]}
	return ui.Asks(ui.Edit{Form: forms.Evidence(c, p), Note: p})
}

func filled(msg ui.FilledMsg, c *ui.Context) []ui.Ask {
	if of, ok := msg.Note.(editing); ok {
		return keepEdit(of, msg.Values, c)
	}
	p, ok := msg.Note.(forms.Piece)
	if !ok {
		return nil
	}
	e := forms.EvidenceSent(msg.Values, c, p)
	return ui.Asks(ui.Do{Note: added{e}, Change: profile.AddEvidence{Evidence: e, Today: c.Today}})
}

// InHand is what a new piece would be for: the KSB or the KSBs of the chosen row, and of a piece that is too old, those
// that a fresh one would have to show.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if e, ok := s.opened(c); ok {
		if s.page.cur < len(e.KSBs) {
			return ui.Holding(c, e.KSBs[s.page.cur])
		}
		return ui.Hand{}
	}
	m := s.model(c)
	if m.cur >= len(m.rows) {
		return ui.Hand{}
	}
	row := m.rows[m.cur]
	if s.mode == staleMode {
		e, _ := c.Profile.Piece(row.id)
		return ui.Hand{KSBs: slices.Clone(e.KSBs), Duty: e.Duty}
	}
	return ui.Hand{KSBs: row.ksbs, Duty: row.duty}
}
