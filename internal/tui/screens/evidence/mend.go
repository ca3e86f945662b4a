package evidence

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// What a form, a menu or a change was for that mends what is kept.
type (
	editing  struct{ id string }
	removing struct{ id string }
	mended   struct {
		says string
		lost []string // the claims that it left unsupported
	}
)

// removeIt is the option that removes.
const removeIt = 1

// inHand is the piece whose page is shown or that the cursor is on.
func (s *Screen) inHand(c *ui.Context) (profile.Evidence, bool) {
	if e, ok := s.opened(c); ok {
		return e, true
	}
	m := s.model(c)
	if s.mode != allMode && s.mode != staleMode || m.cur >= len(m.rows) {
		return profile.Evidence{}, false
	}
	return c.Profile.Piece(m.rows[m.cur].id)
}

func (s *Screen) edit(c *ui.Context) []ui.Ask {
	e, ok := s.inHand(c)
	if !ok {
		return ui.Asks(ui.Say{Text: chooseAPiece})
	}
	return ui.Asks(ui.Edit{Form: forms.EvidenceEdit(c, e), Note: editing{e.ID}})
}

func keepEdit(of editing, values map[string]string, c *ui.Context) []ui.Ask {
	change := forms.EvidenceEdited(values, c, of.id)
	return ui.Asks(ui.Do{Change: change, Note: mended{"Changed.", losing(change, c)}})
}

// remove asks first, and says what would be unsupported then.
func (s *Screen) remove(c *ui.Context) []ui.Ask {
	e, ok := s.inHand(c)
	if !ok {
		return ui.Asks(ui.Say{Text: chooseAPiece})
	}
	says := e.Title.Line() + ", " + e.On.Long() + ". The thing itself stays where it lies."
	if lost := losing(profile.RemoveEvidence{ID: e.ID}, c); len(lost) > 0 {
		says += " " + lostSays(lost, "would be")
	}
	return ui.Asks(ui.Choose{Title: "Remove this piece of evidence?", Says: says, Note: removing{e.ID}, Options: []ui.Option{
		{Text: "Leave it", Says: "nothing is removed"}, {Text: "Remove it", Says: "until you leave the program, u brings it back"},
	}})
}

func removed(of removing, index int, c *ui.Context) []ui.Ask {
	if index != removeIt {
		return nil
	}
	change := profile.RemoveEvidence{ID: of.id}
	return ui.Asks(ui.Do{Change: change, Note: mended{"Removed; u brings it back.", losing(change, c)}})
}

// losing are the claims that a change would leave unsupported.
func losing(change profile.Change, c *ui.Context) []string {
	after, err := change.Apply(c.Profile, c.Standard)
	if err != nil {
		return nil // the root says why
	}
	return profile.LosesSupport(c.Profile, after, c.Today)
}

// undone puts the cursor on the piece that came back.
func (s *Screen) undone(change profile.Change) {
	if was, ok := change.(profile.RemoveEvidence); ok {
		s.at[allMode].id, s.at[staleMode].id = was.ID, was.ID
	}
}
