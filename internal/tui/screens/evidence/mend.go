package evidence

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// inHand is the piece whose page is shown or that the cursor is on.
func (s *Screen) inHand(c *ui.Context) (profile.Evidence, bool) {
	if e, ok := s.opened(c); ok {
		return e, true
	}
	r, _ := s.row(s.model(c))
	return c.Profile.Piece(r.Key)
}

func (s *Screen) edit(c *ui.Context) []ui.Ask {
	e, ok := s.inHand(c)
	if !ok {
		return ui.Asks(ui.Say{Text: chooseAPiece})
	}
	return ui.Asks(ui.Edit{Form: forms.EvidenceEdit(c, e), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		return mend(forms.EvidenceEdited(v, c, e.ID), "Changed.", c)
	}})
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
	return ui.Asks(ui.Choose{Title: "Remove this piece of evidence?", Says: says, Options: []ui.Option{
		{Text: "Leave it", Says: "nothing is removed"},
		{Text: "Remove it", Says: "until you leave the program, u brings it back", Then: func(c *ui.Context) []ui.Ask {
			return mend(profile.RemoveEvidence{ID: e.ID}, "Removed; u brings it back.", c)
		}},
	}})
}

// mend makes a change to what is kept, and says which claims it left unsupported. Files are looked for again.
func mend(change profile.Change, says string, c *ui.Context) []ui.Ask {
	if lost := losing(change, c); len(lost) > 0 {
		says += " " + lostSays(lost, "is")
	}
	return ui.Asks(ui.Do{Change: change, Then: func(*ui.Context) []ui.Ask { return ui.Asks(ui.Look{}, ui.Say{Text: says}) }})
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
		s.at[allMode].Choose(was.ID)
		s.at[staleMode].Choose(was.ID)
	}
}
