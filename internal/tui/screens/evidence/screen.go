// Package evidence is the screen of the evidence: what the learner keeps, which claims are unsupported, what is without evidence
// or has it too old, and which one new piece would cover most gaps. It adds pieces, changes them and removes them.
package evidence

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Evidence screen.
type Screen struct {
	mode  mode
	at    [modes]page.List
	piece string    // whose page is shown; none for ""
	shown page.List // the KSBs on that page
	coach ui.Coached
	grow  coaching.Growth // what grows together, fetched when the list that needs it is first shown
	files map[string]bool // which files are there, of the pieces that lie in one; nil before the answer
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.settle(c)
	asks := s.handle(msg, c)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	defer s.fetchGrowth(c)
	m := s.model(c)
	l, t := s.list(m, c)
	if asks, ok := l.Update(msg, t, c); ok {
		return asks
	}
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.piece = ""
		s.enter(msg.Go, c)
		return ui.Asks(ui.Look{})
	case ui.FilesMsg:
		s.files = msg.Found
	case ui.UndoneMsg:
		s.undone(msg.Change)
	case tea.KeyPressMsg:
		return s.press(msg, m, c)
	}
	return nil
}

func (s *Screen) fetchGrowth(c *ui.Context) {
	if s.mode == coverMode {
		s.grow = *c.Library.Growth(c.Standard.Reference)
	}
}

// enter opens the piece that was asked for, or puts the cursor on the newest one for a KSB, or on the KSB where it is
// without one.
func (s *Screen) enter(to ui.Go, c *ui.Context) {
	ksb := to.KSB
	switch {
	case to.Piece != "":
		s.show(allMode, to.Piece)
		s.piece = to.Piece
		return
	case ksb == "":
		return
	}
	for _, e := range newestFirst(c.Profile.Evidence) {
		if slices.Contains(e.KSBs, ksb) {
			s.show(allMode, e.ID)
			return
		}
	}
	switch row, _ := c.Report.Row(ksb); {
	case row.Unsupported():
		s.show(claimsMode, ksb)
	case row.Rated && row.Level > 0:
		s.show(bareMode, ksb)
	}
}

// show goes to a list, and to a row of it.
func (s *Screen) show(m mode, key string) {
	s.mode, s.piece = m, ""
	s.at[m].Choose(key)
}

// Escape leaves the page of a piece for the list.
func (s *Screen) Escape(*ui.Context) bool {
	was := s.piece != ""
	s.piece = ""
	return was
}

func (s *Screen) press(msg tea.KeyPressMsg, m model, c *ui.Context) []ui.Ask {
	if to, ok := page.Turn(msg, tabs(m), int(s.mode)); ok {
		if mode(to) == s.mode && s.piece == "" {
			to = int(allMode) // a list's key pressed once more goes back to the whole
		}
		s.mode, s.piece = mode(to), ""
		return nil
	}
	switch {
	case key.Matches(msg, keys().add):
		return s.add(c, ui.Hand{})
	case key.Matches(msg, keys().edit):
		return s.edit(c)
	case key.Matches(msg, keys().remove):
		return s.remove(c)
	case key.Matches(msg, keys().about):
		if r, ok := s.row(m); ok && r.KSB != "" && s.piece == "" {
			return ui.Asks(ui.Go{To: ui.KSB, KSB: r.KSB})
		}
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	}
	return nil
}

// list is what the keys move in: the list that is shown, or the KSBs on the page of a piece.
func (s *Screen) list(m model, c *ui.Context) (*page.List, page.Table) {
	if e, ok := s.opened(c); ok {
		return &s.shown, shownTable(c, e, 0)
	}
	return &s.at[s.mode], s.table(m, c)
}

// opened is the piece whose page is shown. One that was taken back since has no page.
func (s *Screen) opened(c *ui.Context) (profile.Evidence, bool) {
	if s.piece == "" {
		return profile.Evidence{}, false
	}
	return c.Profile.Piece(s.piece)
}

// settle keeps the cursor on its row in a list that may have changed, and fetches what will be drawn beside it.
func (s *Screen) settle(c *ui.Context) {
	m := s.model(c)
	l, t := s.list(m, c)
	l.Settle(t)
	if _, ok := s.opened(c); ok {
		return
	}
	s.piece = ""
	if r, ok := s.row(m); ok && len(r.ksbs) > 0 {
		s.coach.Fetch(c, r.ksbs[0])
	}
}
