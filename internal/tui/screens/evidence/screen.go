// Package evidence is the screen where the learner adds, changes and removes evidence. Its lists show what they keep,
// which claims are unsupported, what has no evidence or only old evidence, and where one new piece would cover most
// gaps.
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
	mode   mode
	lists  [modes]page.List // each keeps its own cursor
	piece  string           // the ID of the piece whose page is shown; "" for none
	ksbs   page.List        // the KSBs on that page
	coach  ui.Coached
	growth coaching.Growth // which KSBs grow together, fetched when coverMode is first shown
	files  map[string]bool // by ID of a piece that names a file: is the file there? nil until the answer to ui.Look
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
		s.growth = *c.Library.Growth(c.Standard.Reference)
	}
}

// enter opens the piece that was asked for. For a KSB it puts the cursor on the newest piece or, if there is none, on
// the KSB in the list that says so.
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
	s.lists[m].Choose(key)
}

// Escape leaves the page of a piece for the list. It says whether a page was open.
func (s *Screen) Escape(*ui.Context) bool {
	onPage := s.piece != ""
	s.piece = ""
	return onPage
}

func (s *Screen) press(msg tea.KeyPressMsg, m model, c *ui.Context) []ui.Ask {
	if to, ok := page.Turn(msg, tabs(m), int(s.mode)); ok {
		if mode(to) == s.mode && s.piece == "" {
			to = int(allMode) // pressing the key of a list again goes back to all evidence
		}
		s.mode, s.piece = mode(to), ""
		return nil
	}
	return s.board(m, c).Press(msg, c)
}

// list is what the arrows move in: the list that is shown, or the KSBs on the page of a piece.
func (s *Screen) list(m model, c *ui.Context) (*page.List, page.Table) {
	if e, ok := s.opened(c); ok {
		return &s.ksbs, ksbTable(c, e, 0)
	}
	return &s.lists[s.mode], s.table(m, c)
}

// opened is the piece whose page is shown, and false if there is none. Undo may have removed the piece since.
func (s *Screen) opened(c *ui.Context) (profile.Evidence, bool) {
	if s.piece == "" {
		return profile.Evidence{}, false
	}
	return c.Profile.Piece(s.piece)
}

// settle keeps the cursor on its row in a list that may have changed, and fetches the coaching for the right pane.
func (s *Screen) settle(c *ui.Context) {
	m := s.model(c)
	l, t := s.list(m, c)
	l.Settle(t)
	if _, ok := s.opened(c); ok {
		return
	}
	s.piece = ""
	if r, ok := s.chosen(m); ok && len(r.KSBs) > 0 {
		s.coach.Fetch(c, r.KSBs[0])
	}
}

// tabs are the lists with their keys. Some lists count pieces and some count KSBs, so the longer names say which.
func tabs(m model) []page.Tab {
	tab := func(list mode, k key.Binding, name, short, least string) page.Tab {
		if list == coverMode {
			return page.Tab{Key: k, Names: []string{name, short, least}}
		}
		n := m.counts[list]
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

// board leaves the keys of the lists out of the footer, since the tabs show them.
func (s *Screen) board(m model, c *ui.Context) *ui.Board {
	var b ui.Board
	l, t := s.list(m, c)
	b.Foot(l.Does(t), page.Enter(), nil)
	b.Others(ui.NewMoves("row above", "row below", "first row", "last row").All()...)
	b.Others(page.Left(), page.Right())
	putChanges := func(foot bool) {
		b.Put(foot, "change", ui.Bind("d", "change its details", "d"), s.withPiece(edit))
		b.Put(foot, "remove", ui.Bind("r", "remove it; asks first", "r", "delete"), s.withPiece(remove))
	}
	addKey := ui.Bind("a", "add", "a")
	add := func(c *ui.Context) []ui.Ask { return s.add(c, ui.Hand{}) }
	if _, ok := s.opened(c); ok {
		putChanges(true)
		b.Foot("", addKey, add)
		b.Others(page.TabKeys(tabs(m))...)
		b.Undo(false)
		return &b
	}
	b.Put(m.pieces > 0 || m.mode != allMode, "", addKey, add) // without pieces Enter adds the first one
	if r, _ := s.chosen(m); r.KSB != "" {
		b.Foot("", ui.Bind("c", "all about it", "c"), ui.Asking(ui.Go{To: ui.KSB, KSB: r.KSB}))
	}
	_, onPiece := s.currentPiece(c)
	putChanges(onPiece)
	b.Undo(true)
	b.Others(page.TabKeys(tabs(m))...)
	return &b
}

// add asks for a new piece, puts the cursor on it, and says how many gaps are still without evidence.
func (s *Screen) add(c *ui.Context, h ui.Hand) []ui.Ask {
	return ui.Asks(forms.AddEvidence(c, h, func(e profile.Evidence, c *ui.Context) []ui.Ask {
		s.lists[allMode].Choose(e.ID)
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

// InHand is what a new piece would be for: the KSBs of the chosen row. A piece that is too old needs a new one for the
// same KSBs; any other piece needs none.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	m := s.model(c)
	if _, ok := s.opened(c); ok {
		l, t := s.list(m, c)
		r, _ := l.Chosen(t.Rows)
		return ui.Holding(c, r.KSB)
	}
	r, _ := s.chosen(m)
	if s.mode == staleMode {
		e, _ := c.Profile.Piece(r.Key)
		return ui.Hand{KSBs: slices.Clone(e.KSBs), Duty: e.Duty}
	}
	return r.Hand
}

// currentPiece is the piece whose page is shown or that the cursor is on.
func (s *Screen) currentPiece(c *ui.Context) (profile.Evidence, bool) {
	if e, ok := s.opened(c); ok {
		return e, true
	}
	r, _ := s.chosen(s.model(c))
	return c.Profile.Piece(r.Key)
}

func (s *Screen) withPiece(do func(profile.Evidence, *ui.Context) []ui.Ask) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if e, ok := s.currentPiece(c); ok {
			return do(e, c)
		}
		return ui.Asks(ui.Say{Text: chooseAPiece})
	}
}

func edit(e profile.Evidence, c *ui.Context) []ui.Ask {
	return ui.Asks(ui.Edit{Form: forms.EvidenceEdit(c, e), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		return makeChange(forms.EvidenceEdited(v, c, e.ID), "Changed.", c)
	}})
}

// remove asks first, and says which claims would then be unsupported.
func remove(e profile.Evidence, c *ui.Context) []ui.Ask {
	says := e.Title.Line() + ", " + e.On.Long() + ". The thing itself stays where it is."
	if lost := unsupportedBy(profile.RemoveEvidence{ID: e.ID}, c); len(lost) > 0 {
		says += " " + lostSays(lost, "would be")
	}
	return ui.Asks(ui.Choose{Title: "Remove this piece of evidence?", Says: says, Options: []ui.Option{
		{Text: "Leave it", Says: "nothing is removed"},
		{Text: "Remove it", Says: "until you leave the program, u brings it back", Then: func(c *ui.Context) []ui.Ask {
			return makeChange(profile.RemoveEvidence{ID: e.ID}, "Removed; u brings it back.", c)
		}},
	}})
}

// makeChange makes a change to the evidence, and says which claims it left unsupported. It looks for the files again,
// since a piece may name another one now.
func makeChange(change profile.Change, says string, c *ui.Context) []ui.Ask {
	if lost := unsupportedBy(change, c); len(lost) > 0 {
		says += " " + lostSays(lost, "is")
	}
	return ui.Asks(ui.Do{Change: change, Then: func(*ui.Context) []ui.Ask {
		return ui.Asks(ui.Look{}, ui.Say{Text: says})
	}})
}

// unsupportedBy are the KSBs whose claim a change would leave unsupported.
func unsupportedBy(change profile.Change, c *ui.Context) []string {
	after, err := change.Apply(c.Profile, c.Standard)
	if err != nil {
		return nil // the change will be refused, and the root says why
	}
	return profile.LosesSupport(c.Profile, after, c.Today)
}

// undone puts the cursor on the piece that came back.
func (s *Screen) undone(change profile.Change) {
	if removed, ok := change.(profile.RemoveEvidence); ok {
		s.lists[allMode].Choose(removed.ID)
		s.lists[staleMode].Choose(removed.ID)
	}
}
