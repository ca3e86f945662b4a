// Package appraisal is the screen of the meeting that closes a round: what to bring to it, its agenda with the actions of
// last time, what is agreed afterwards, a rehearsal alone, and the chances to ask for. The two people's ratings are met on
// the mentor's own screen; this one leads there and back.
package appraisal

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// tab is one of the pages.
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
	at      [tabs]place
	minutes int // the length of the meeting
	entered bool
	text    *reading // what is read in front of the page, or nil
	read    string   // the record as it was last read
	trial   trial    // the rehearsal
	untimed bool     // the timer of the rehearsal is hidden
	known   known
	entry   coached
	files   map[string]bool // which files are there, of the evidence that lies in one; nil before the answer
}

// A place is where the cursor stands on a page. The item counts; the index is where to go when it has left the page.
type place struct {
	item  item
	index int
	top   int
}

// reading is a text that is scrolled.
type reading struct {
	title string
	lines []string
	top   int
}

// known is what was worked out of one revision of the record, so that drawing has nothing to work out.
type known struct {
	ok      bool
	rev     int
	today   calendar.Date
	pack    appraisal.Pack
	due     []appraisal.Forward
	content *coaching.Appraisal
	record  string // of the open review, or ""
	changed string // why the record of the last closed review no longer has its hash, or ""
}

// coached is the coaching of the KSB that is chosen.
type coached struct {
	ksb     string
	entry   coaching.Entry
	written bool
}

// usualMinutes is how long a meeting is taken to be until somebody says otherwise.
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
	s.settle(c)
	asks := s.handle(msg, c)
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
	case ui.RowMsg:
		if s.text == nil && msg.Index == s.at[s.tab].index {
			return s.onward(c) // a second click on a row goes on with it
		}
		s.put(c, msg.Index)
	case ui.WheelMsg:
		s.move(c, msg.Lines)
	case tea.KeyPressMsg:
		return s.press(msg, c)
	}
	return nil
}

// enter shows the page that is due: the meeting, when one is under way.
func (s *Screen) enter(c *ui.Context) {
	s.text = nil
	if s.entered {
		return
	}
	s.entered = true
	if r, open := c.Profile.OpenReview(); open && !r.On.After(c.Today) {
		s.tab = meetTab
	}
}

// undone shows the page that what was taken back has left, with the cursor on its line: before the start of a review there is
// only to prepare it.
func (s *Screen) undone(change profile.Change, c *ui.Context) {
	switch change := change.(type) {
	case profile.CheckAction:
		s.show(meetTab)
		s.choose(c, item{kind: check, id: change.Action})
	case profile.EditReview:
		if change.Talked != nil {
			s.show(meetTab)
			s.choose(c, s.untickedItem(c, *change.Talked))
		}
		if to := editedItem(change); to != (item{}) {
			s.show(afterTab)
			s.choose(c, to)
		}
	case profile.StartReview:
		s.show(prepareTab)
	case profile.CancelReview:
		s.show(meetTab)
	case profile.CloseReview:
		s.show(afterTab)
		s.choose(c, item{kind: closing})
	}
}

// editedItem is the line on After that a change of the open review belongs to.
func editedItem(x profile.EditReview) item {
	switch {
	case x.Clear != nil:
		return item{kind: verdict, id: "clear"}
	case x.Helped != nil:
		return item{kind: verdict, id: "helped"}
	case x.Valued != nil:
		return item{kind: verdict, id: "valued"}
	case x.Agreed != nil:
		return item{kind: agreed}
	case x.Share != nil:
		return item{kind: sharing}
	case x.Next != nil:
		return item{kind: nextReview}
	case x.With != nil:
		return item{kind: metWith}
	}
	return item{}
}

// Escape goes back from a text to its page, and from a rehearsal to all of them.
func (s *Screen) Escape(*ui.Context) bool {
	if s.text != nil {
		s.text = nil
		return true
	}
	return s.layAside()
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if n, ok := keys.move.By(msg, s.pageOf(c)); ok {
		s.move(c, n)
		return nil
	}
	for i, x := range tabKeys {
		if key.Matches(msg, x.key) {
			s.show(tab(i))
			return nil
		}
	}
	switch {
	case key.Matches(msg, keys.enter):
		return s.onward(c)
	case key.Matches(msg, keys.next):
		s.show((s.tab + 1) % tabs)
	case key.Matches(msg, keys.prev):
		s.show((s.tab + tabs - 1) % tabs)
	case key.Matches(msg, keys.rounds):
		return ui.Asks(s.roundMenu(c))
	case key.Matches(msg, keys.blind):
		if s.tab != meetTab {
			return ui.Asks(ui.Say{Text: levelsHere})
		}
		return ui.Asks(ui.Go{To: ui.Mentor})
	case key.Matches(msg, keys.private):
		return ui.Asks(s.privateForm(c))
	case key.Matches(msg, keys.minutes):
		return ui.Asks(s.minutesMenu())
	case key.Matches(msg, keys.timer) && len(s.trialKeys()) > 0:
		s.untimed = !s.untimed
	case key.Matches(msg, keys.tick):
		if i, may := s.handTick(c); may {
			r, _ := c.Profile.OpenReview()
			return s.tickPart(r, i, false)
		}
	case key.Matches(msg, keys.undo):
		return ui.Asks(ui.Undo{})
	}
	return s.withChosen(msg, c)
}

// withChosen handles the keys that do something with the KSB under the cursor.
func (s *Screen) withChosen(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	id := s.page(c).chosen().item.ksb()
	if s.text != nil || id == "" {
		return nil
	}
	switch {
	case key.Matches(msg, keys.coach):
		return ui.Asks(ui.Go{To: ui.KSB, KSB: id})
	case key.Matches(msg, keys.plan):
		return ui.Asks(ui.Go{To: ui.Plan, KSB: id})
	}
	return nil
}

// pageOf is how many lines a page up or down moves on by: of a text nearly all that is seen.
func (s *Screen) pageOf(c *ui.Context) int {
	if s.text != nil {
		return max(bodyHeight(c)-1, 1)
	}
	return max(bodyHeight(c)/3, 1)
}

// show goes to a page.
func (s *Screen) show(to tab) { s.tab, s.text = to, nil }

func (s *Screen) move(c *ui.Context, n int) {
	if s.text != nil {
		s.text.top = max(min(s.text.top+n, len(s.textLines(c))-bodyHeight(c)), 0)
		return
	}
	s.put(c, s.at[s.tab].index+n)
}

// put sets the cursor to an item.
func (s *Screen) put(c *ui.Context, i int) {
	if items := s.page(c).items; len(items) > 0 && s.text == nil {
		p := &s.at[s.tab]
		p.index = max(min(i, len(items)-1), 0)
		p.item = items[p.index]
	}
}

// choose sets the cursor to an item, where it is on the page.
func (s *Screen) choose(c *ui.Context, to item) {
	for i, x := range s.page(c).items {
		if x == to {
			s.put(c, i)
		}
	}
}

// learn works out what is shown of a revision that is new.
func (s *Screen) learn(c *ui.Context) {
	if s.known.ok && s.known.rev == c.Rev && s.known.today == c.Today {
		return
	}
	coach := func(ksb string) (coaching.Entry, bool) { return c.Library.Entry(c.Standard.Reference, ksb) }
	k := known{ok: true, rev: c.Rev, today: c.Today, content: c.Library.Appraisal()}
	k.pack = appraisal.Prepare(c.Report, c.Profile, coach, c.Title)
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
	m := s.page(c)
	p := &s.at[s.tab]
	p.index = m.cur
	if len(m.items) > 0 {
		p.item = m.items[m.cur]
	}
	if id := p.item.ksb(); id != s.entry.ksb {
		s.entry = coached{ksb: id}
		if id != "" {
			s.entry.entry, s.entry.written = c.Library.Entry(c.Standard.Reference, id)
		}
	}
	p.top = layOut(c, m, listWidth(c)).topFor(p.top, bodyHeight(c))
}
