// Package appraising is the screen of the meeting that closes a round: what to bring to it, its agenda with the actions
// of last time, what is agreed afterwards, a rehearsal alone, and the chances to ask for. The two people's ratings are
// met on the mentor's own screen; this one leads there and back.
package appraising

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

type tab int

const (
	prepareTab tab = iota
	meetTab
	afterTab
	rehearseTab
	chanceTab
	tabs
)

// Screen is the Appraisal screen.
type Screen struct {
	tab     tab
	at      [tabs]page.List
	minutes int      // the length of the meeting
	text    *reading // what is read in front of the page, or nil
	read    string   // the record as it was last read
	trial   trial    // the rehearsal
	untimed bool     // the timer of the rehearsal is hidden
	known   known
	entry   ui.Coached
	open    string          // the key of the line on Prepare that is unfolded, or ""
	files   map[string]bool // which files are there, of the evidence that lies in one; nil before the answer
}

// known is worked out once for each revision of the record, so that drawing need not.
type known struct {
	ok      bool
	rev     int
	today   calendar.Date
	pack    appraisal.Pack
	page    []appraisal.Section
	due     []appraisal.Forward
	record  string // of the open review, or ""
	changed string // why the record of the last closed review no longer has its hash, or ""
}

const usualMinutes = 60

// New makes the screen.
func New() *Screen { return &Screen{minutes: usualMinutes} }

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	if x, ok := msg.(ui.FilesMsg); ok {
		s.files = x.Found // it comes to a page that is not shown too, where no time of a rehearsal passes
		return nil
	}
	s.learn(c)
	was := s.tab
	asks := s.handle(msg, c)
	if _, entered := msg.(ui.EnterMsg); entered || s.tab != was {
		s.cover(c)
	}
	s.tick(msg, c)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.enter(c)
		return ui.Asks(ui.Look{})
	case ui.UndoneMsg:
		s.undone(msg.Change, c)
		return nil
	}
	press, pressed := msg.(tea.KeyPressMsg)
	switch {
	case s.text == nil:
		if asks, ok := s.at[s.tab].Walk(msg, s.rows(c), max(bodyHeight(c)/3, 1), c); ok {
			return asks
		}
	case s.text.Update(msg, len(s.textLines(c)), bodyHeight(c)):
		return nil
	case pressed && key.Matches(press, page.Enter()): // read, so that Enter goes on
		s.text = nil
		s.step(c, 1)
		return nil
	}
	if pressed {
		return s.press(press, c)
	}
	return nil
}

// goOn is Enter on a row that is only read: down the page, and from its last line to the next page.
func (s *Screen) goOn(c *ui.Context) []ui.Ask {
	rows, at := s.rows(c), &s.at[s.tab]
	switch i := at.At(rows); {
	case i < len(rows)-1:
		at.Put(rows, i+1)
	case s.pageAfter() != "":
		s.show(s.tab + 1)
		s.at[s.tab] = page.List{}
	default:
		s.choose(c, closeRow)
		s.choose(c, prepareRow)
	}
	return nil
}

// enter shows the page that is due: the meeting when one is under way, else what is to be prepared. A rehearsal that was begun goes on.
func (s *Screen) enter(c *ui.Context) {
	s.text = nil
	switch r, open := c.Profile.OpenReview(); {
	case open && !r.On.After(c.Today):
		s.tab = meetTab
	case !s.rehearsing():
		s.tab = prepareTab
	}
}

// undone shows the page that the undone change belongs to, with the cursor on its line.
func (s *Screen) undone(change profile.Change, c *ui.Context) {
	switch change := change.(type) {
	case profile.CheckAction:
		s.show(meetTab)
		s.choose(c, actionRow+change.Action)
	case profile.EditReview:
		if change.Talked != nil {
			s.show(meetTab)
			s.choose(c, s.untickedPart(c, *change.Talked))
		}
		if to := editedRow(change); to != "" {
			s.show(afterTab)
			s.choose(c, to)
		}
	case profile.StartReview:
		s.show(prepareTab)
	case profile.CancelReview:
		s.show(meetTab)
	case profile.CloseReview:
		s.show(afterTab)
		s.choose(c, closeRow)
	}
}

// editedRow is the row on After that a change belongs to, or "".
func editedRow(x profile.EditReview) string {
	switch {
	case x.Clear != nil:
		return verdictRow + "clear"
	case x.Helped != nil:
		return verdictRow + "helped"
	case x.Valued != nil:
		return verdictRow + "valued"
	case x.Agreed != nil:
		return agreedRow
	case x.Share != nil:
		return shareRow
	case x.Next != nil:
		return nextRow
	case x.With != nil:
		return metRow
	}
	return ""
}

// Escape goes back from a text to its page, and from a rehearsal to all of them.
func (s *Screen) Escape(c *ui.Context) bool {
	if s.text != nil {
		s.text = nil
		return true
	}
	return s.layAside(c)
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if to, ok := page.Turn(msg, tabKeys(), int(s.tab)); ok {
		s.show(tab(to))
		return nil
	}
	switch {
	case key.Matches(msg, keys().rounds):
		return ui.Asks(s.roundMenu(c))
	case key.Matches(msg, keys().write) && s.writes(c):
		return ui.Asks(ui.Write{Paper: ui.PackPaper})
	case key.Matches(msg, keys().blind):
		if s.tab != meetTab {
			return ui.Asks(ui.Say{Text: levelsHere})
		}
		return ui.Asks(ui.Go{To: ui.Mentor})
	case key.Matches(msg, keys().private):
		return s.askPrivate(c)
	case key.Matches(msg, keys().minutes):
		return ui.Asks(s.minutesMenu())
	case key.Matches(msg, keys().timer) && len(s.trialKeys()) > 0:
		s.untimed = !s.untimed
	case key.Matches(msg, keys().tick):
		if id, may := s.handTick(c); may {
			r, _ := c.Profile.OpenReview()
			return s.tickPart(r, id, false)
		}
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	}
	return s.withChosen(msg, c)
}

func (s *Screen) withChosen(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	id := s.chosen(c).KSB
	if s.text != nil || id == "" {
		return nil
	}
	switch {
	case key.Matches(msg, keys().coach):
		return ui.Asks(ui.Go{To: ui.KSB, KSB: id})
	case key.Matches(msg, keys().plan):
		return ui.Asks(ui.Go{To: ui.Plan, KSB: id})
	}
	return nil
}

// InHand is what the chosen row is about: its KSB, those of its goal, or the one that is asked about.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	r := s.chosen(c)
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		_, g, _ := c.Profile.Action(id)
		return ui.Holding(c, g.KSBs...)
	}
	if i, ok := s.question(c); ok {
		return ui.Holding(c, s.trial.questions[i].KSB)
	}
	return ui.Holding(c, r.KSB)
}

func (s *Screen) show(to tab) { s.tab, s.text = to, nil }

func (s *Screen) showing(to tab) ui.Then {
	return func(*ui.Context) []ui.Ask { s.show(to); return nil }
}

func (s *Screen) toAction(id string) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		s.show(meetTab)
		s.choose(c, actionRow+id)
		return nil
	}
}

func (s *Screen) step(c *ui.Context, n int) {
	rows := s.rows(c)
	s.at[s.tab].Put(rows, s.at[s.tab].At(rows)+n)
}

// choose sets the cursor to a row, where it is on the page.
func (s *Screen) choose(c *ui.Context, to string) {
	rows := s.rows(c)
	if i := slices.IndexFunc(rows, func(r page.Row) bool { return r.Key == to }); i >= 0 {
		s.at[s.tab].Put(rows, i)
	}
}

func (s *Screen) learn(c *ui.Context) {
	if s.known.ok && s.known.rev == c.Rev && s.known.today == c.Today {
		return
	}
	k := known{ok: true, rev: c.Rev, today: c.Today}
	k.pack = appraisal.Prepare(c.Report, c.Profile, c.Entry, c.Title)
	k.page = appraisal.Sections(c.Report, c.Profile, k.pack, c.Title, appraisal.You)
	k.due = appraisal.Due(c.Report, c.Profile, c.Profile.Settings.StaleMonths())
	if r, ok := c.Profile.LastReview(); ok {
		k.changed = appraisal.Changed(c.Profile, c.Standard, r)
	}
	if r, open := c.Profile.OpenReview(); open {
		k.record = appraisal.Record(c.Profile, c.Standard, r)
	}
	s.known = k
}

// settle keeps the cursor on its item on a page that may have changed, and fetches what will be drawn beside it.
func (s *Screen) settle(c *ui.Context) {
	s.learn(c)
	d, at := s.sheet(c), &s.at[s.tab]
	if *at == (page.List{}) {
		at.Choose(firstOpen(d.Rows))
	}
	at.SettleOn(d, bodyHeight(c))
	r, _ := at.Chosen(d.Rows)
	s.entry.Fetch(c, r.KSB)
}
