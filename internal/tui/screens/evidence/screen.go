// Package evidence is the screen of the evidence: what the learner keeps, which claims are unsupported, what is without evidence
// or has it too old, and which one new piece would cover most gaps. It adds pieces, changes them and removes them.
package evidence

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Evidence screen.
type Screen struct {
	mode  mode
	at    [modes]place
	page  opened
	coach coached
	files map[string]bool // which files are there, of the pieces that lie in one; nil before the answer
}

// A place is where the cursor stands in one of the lists. The row's ID counts; the index is where to go when it has left.
type place struct {
	id    string
	index int
	top   int
}

// opened is the piece whose page is shown, none for "", and the KSB that the cursor is on there.
type opened struct {
	id  string
	cur int
}

// coached is what could show a KSB, fetched before it is drawn.
type coached struct {
	ksb  string
	says []string
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
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.page = opened{}
		s.enter(msg.Go.KSB, c)
		return ui.Asks(ui.Look{})
	case ui.FilesMsg:
		s.files = msg.Found
	case ui.UndoneMsg:
		s.undone(msg.Change)
	case ui.RowMsg:
		if msg.Index == s.here(c) {
			return s.onward(c) // a second click on a row goes on with it
		}
		s.move(msg.Index-s.here(c), c)
	case ui.WheelMsg:
		s.move(msg.Lines, c)
	case tea.KeyPressMsg:
		return s.press(msg, c)
	}
	return nil
}

// enter puts the cursor on the newest piece for a KSB that was asked for, or on the KSB where it is without one.
func (s *Screen) enter(ksb string, c *ui.Context) {
	if ksb == "" {
		return
	}
	for _, e := range newestFirst(c.Profile.Evidence) {
		if slices.Contains(e.KSBs, ksb) {
			s.mode, s.at[allMode].id = allMode, e.ID
			return
		}
	}
	switch row, _ := c.Report.Row(ksb); {
	case row.Unsupported():
		s.mode, s.at[claimsMode].id = claimsMode, ksb
	case row.Rated && row.Level > 0:
		s.mode, s.at[bareMode].id = bareMode, ksb
	}
}

// Escape leaves the page of a piece for the list.
func (s *Screen) Escape(*ui.Context) bool {
	was := s.page.id != ""
	s.page = opened{}
	return was
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if n, ok := s.movement(msg, c); ok {
		s.move(n, c)
		return nil
	}
	for _, t := range tabs {
		if key.Matches(msg, t.key) {
			s.show(t.mode)
			return nil
		}
	}
	switch {
	case key.Matches(msg, keys.enter):
		return s.onward(c)
	case key.Matches(msg, keys.add):
		return s.add(c, ui.Hand{})
	case key.Matches(msg, keys.edit):
		return s.edit(c)
	case key.Matches(msg, keys.remove):
		return s.remove(c)
	case key.Matches(msg, keys.next):
		s.show((s.mode + 1) % modes)
	case key.Matches(msg, keys.prev):
		s.show((s.mode + modes - 1) % modes)
	case key.Matches(msg, keys.about):
		if m := s.model(c); (s.mode == claimsMode || s.mode == bareMode) && m.cur < len(m.rows) {
			return ui.Asks(ui.Go{To: ui.KSB, KSB: m.rows[m.cur].id})
		}
	case key.Matches(msg, keys.undo):
		return ui.Asks(ui.Undo{})
	}
	return nil
}

// movement is how far a key moves the cursor.
func (s *Screen) movement(msg tea.KeyPressMsg, c *ui.Context) (int, bool) {
	return keys.By(msg, max(arrange(s.model(c), c.Size, 0).rows-1, 1))
}

// onward is Enter: the sensible next step from what is shown.
func (s *Screen) onward(c *ui.Context) []ui.Ask {
	if e, ok := s.opened(c); ok {
		if s.page.cur < len(e.KSBs) {
			return ui.Asks(ui.Go{To: ui.KSB, KSB: e.KSBs[s.page.cur]})
		}
		return nil
	}
	m := s.model(c)
	switch m.next() {
	case stepDetails:
		s.page = opened{id: m.rows[m.cur].id}
	case stepAddFor, stepAddPiece:
		return s.add(c, s.InHand(c))
	case stepAdd:
		return s.add(c, ui.Hand{})
	case stepAll:
		s.mode = allMode
	case stepRate:
		return ui.Asks(ui.Go{To: ui.Rate})
	}
	return nil
}

// show goes to a list; its key pressed once more goes back to the whole.
func (s *Screen) show(m mode) {
	if s.mode == m && s.page.id == "" {
		m = allMode
	}
	s.mode, s.page = m, opened{}
}

// here is the row that the cursor is on, of the page or of the list.
func (s *Screen) here(c *ui.Context) int {
	if _, ok := s.opened(c); ok {
		return s.page.cur
	}
	return s.at[s.mode].index
}

func (s *Screen) move(n int, c *ui.Context) {
	if e, ok := s.opened(c); ok {
		s.page.cur = max(min(s.page.cur+n, len(e.KSBs)-1), 0)
		return
	}
	m := s.model(c)
	p := &s.at[s.mode]
	p.index = max(min(p.index+n, len(m.rows)-1), 0)
	p.id = ""
	if p.index < len(m.rows) {
		p.id = m.rows[p.index].id
	}
}

// opened is the piece whose page is shown. One that was taken back since has no page.
func (s *Screen) opened(c *ui.Context) (profile.Evidence, bool) {
	if s.page.id == "" {
		return profile.Evidence{}, false
	}
	return c.Profile.Piece(s.page.id)
}

// settle keeps the cursor on its row in a list that may have changed, and fetches what will be drawn beside it.
func (s *Screen) settle(c *ui.Context) {
	if e, ok := s.opened(c); ok {
		s.page.cur = max(min(s.page.cur, len(e.KSBs)-1), 0)
		return
	}
	s.page = opened{}
	m := s.model(c)
	p := &s.at[s.mode]
	p.index = m.cur
	if m.cur < len(m.rows) {
		p.id = m.rows[m.cur].id
		if s.mode != allMode && s.mode != staleMode {
			s.fetch(m.rows[m.cur].ksbs[0], c)
		}
	}
	p.top = arrange(m, c.Size, p.top).from
}

func (s *Screen) fetch(ksb string, c *ui.Context) {
	if s.coach.ksb == ksb {
		return
	}
	s.coach = coached{ksb: ksb}
	entry, _ := c.Library.Entry(c.Standard.Reference, ksb)
	for _, e := range entry.Evidence {
		s.coach.says = append(s.coach.says, e.Sentence())
	}
}
