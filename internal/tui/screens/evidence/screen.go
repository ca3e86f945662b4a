// Package evidence is the screen of the evidence: what the learner keeps, which claims are unsupported, what is without
// evidence or has it too old, and which one new piece would cover most gaps. It adds pieces, changes them and removes
// them.
package evidence

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
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

// New returns the Evidence screen as it first opens.
func New() *Screen { return &Screen{} }

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
	return s.board(m, c).Press(msg, c)
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
	if r, ok := s.row(m); ok && len(r.KSBs) > 0 {
		s.coach.Fetch(c, r.KSBs[0])
	}
}

// tabs are the lists with their keys. What is counted is named, since some lists hold pieces and some KSBs.
func tabs(m model) []page.Tab {
	tab := func(of mode, k key.Binding, name, short, least string) page.Tab {
		if of == coverMode {
			return page.Tab{Key: k, Names: []string{name, short, least}}
		}
		n := m.counts[of]
		return page.Tab{Key: k, Names: []string{fmt.Sprintf("%s %d", name, n), fmt.Sprintf("%s %d", short, n), least}}
	}
	return []page.Tab{
		tab(allMode, ui.Bind("e", "all evidence", "e"), "all pieces", "all", "all"),
		tab(claimsMode, ui.Bind("x", "claims of 3 or 4 without a recent example", "x"), "no recent example", "claims",
			"claims"),
		tab(bareMode, ui.Bind("w", "without evidence: rated above 0, and nothing shows it", "w"),
			"KSBs without evidence", "KSBs without", "without"),
		tab(staleMode, ui.Bind("o", "evidence that is too old", "o"), "old pieces", "old pieces", "old pieces"),
		tab(coverMode, ui.Bind("m", "one piece for many gaps", "m"), "one piece for many gaps", "for many", "for many"),
	}
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(s.model(c), c).Keys }

// board leaves the keys of the lists out of the footer, since they stand on the screen itself.
func (s *Screen) board(m model, c *ui.Context) *ui.Board {
	var b ui.Board
	l, t := s.list(m, c)
	b.Foot(l.Does(t), page.Enter(), nil)
	b.Others(ui.NewMoves("row above", "row below", "first row", "last row").All()...)
	b.Others(page.Left(), page.Right())
	mends := func(foot bool) {
		b.Put(foot, "change", ui.Bind("d", "change its details", "d"), s.withPiece(edit))
		b.Put(foot, "remove", ui.Bind("r", "remove it; asks first", "r", "delete"), s.withPiece(remove))
	}
	add, adding := ui.Bind("a", "add", "a"), func(c *ui.Context) []ui.Ask { return s.add(c, ui.Hand{}) }
	if _, ok := s.opened(c); ok {
		mends(true)
		b.Foot("", add, adding)
		b.Others(page.TabKeys(tabs(m))...)
		b.Undo(false)
		return &b
	}
	b.Put(m.pieces > 0 || m.mode != allMode, "", add, adding)
	if r, _ := s.row(m); r.KSB != "" {
		b.Foot("", ui.Bind("c", "all about it", "c"), ui.Asking(ui.Go{To: ui.KSB, KSB: r.KSB}))
	}
	_, piece := s.inHand(c)
	mends(piece)
	b.Undo(true)
	b.Others(page.TabKeys(tabs(m))...)
	return &b
}

// add asks for a new piece. The list then shows it, and says what is still without evidence.
func (s *Screen) add(c *ui.Context, h ui.Hand) []ui.Ask {
	return ui.Asks(forms.AddEvidence(c, h, func(e profile.Evidence, c *ui.Context) []ui.Ask {
		s.at[allMode].Choose(e.ID)
		return ui.Asks(ui.Say{Text: keptSays(e, s.model(c).bare, unrated(e, c))})
	}))
}

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
	return r.Hand
}

// inHand is the piece whose page is shown or that the cursor is on.
func (s *Screen) inHand(c *ui.Context) (profile.Evidence, bool) {
	if e, ok := s.opened(c); ok {
		return e, true
	}
	r, _ := s.row(s.model(c))
	return c.Profile.Piece(r.Key)
}

func (s *Screen) withPiece(do func(profile.Evidence, *ui.Context) []ui.Ask) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if e, ok := s.inHand(c); ok {
			return do(e, c)
		}
		return ui.Asks(ui.Say{Text: chooseAPiece})
	}
}

func edit(e profile.Evidence, c *ui.Context) []ui.Ask {
	return ui.Asks(ui.Edit{Form: forms.EvidenceEdit(c, e), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		return mend(forms.EvidenceEdited(v, c, e.ID), "Changed.", c)
	}})
}

// remove asks first, and says what would be unsupported then.
func remove(e profile.Evidence, c *ui.Context) []ui.Ask {
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
	return ui.Asks(ui.Do{Change: change, Then: func(*ui.Context) []ui.Ask {
		return ui.Asks(ui.Look{}, ui.Say{Text: says})
	}})
}

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
