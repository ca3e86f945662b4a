// Package progress is the screen of what became of the rounds of rating: the mean level of each duty from round to round
// beside what is expected by now, the learner beside the mentor by kind, and what the ratings so far say about gateway.
// It changes nothing.
package progress

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Progress screen.
type Screen struct {
	mode   mode
	table  bool // numbers instead of the picture
	duties page.List
	open   bool // the page of the duty under the cursor
	ksbs   page.List
	text   [modes]page.Text
	past   *past
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
	if s.reads(s.past) {
		if s.text[s.mode].Update(msg, len(s.words(c, s.past)), textRoom(c.Size)) {
			return nil
		}
	} else if l, t := s.list(c, s.past); true {
		if asks, ok := l.Update(msg, t, c); ok {
			return asks
		}
	}
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.open = false
		s.enter(msg.Go.KSB, c)
	case tea.KeyPressMsg:
		return s.press(msg, c)
	}
	return nil
}

// enter opens the page of the duty in which the walk meets a KSB that was asked for.
func (s *Screen) enter(ksb string, c *ui.Context) {
	if home := c.Standard.Home(ksb); home > 0 && len(s.past.moments) > 0 {
		s.mode, s.open = dutiesMode, true
		s.duties.Choose(strconv.Itoa(home))
		s.ksbs.Choose(ksb)
	}
}

// Escape leaves the page of a duty for the duties.
func (s *Screen) Escape(*ui.Context) bool {
	was := s.open
	s.open = false
	return was
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if to, ok := page.Turn(msg, tabs(), int(s.mode)); ok {
		if n, ok := neighbour(msg); ok && s.open {
			s.turn(n, c)
		} else {
			s.mode, s.open = mode(to), false
		}
		return nil
	}
	switch {
	case key.Matches(msg, page.Enter()): // in a part that is read
		_, enter := s.next(s.past)
		return enter(c)
	case key.Matches(msg, keys().table) && !s.open:
		s.table = !s.table
	case key.Matches(msg, keys().report) && len(s.past.moments) > 0:
		return ui.Asks(ui.Report{})
	}
	return nil
}

func neighbour(msg tea.KeyPressMsg) (int, bool) {
	switch {
	case key.Matches(msg, page.Right()):
		return 1, true
	case key.Matches(msg, page.Left()):
		return -1, true
	}
	return 0, false
}

// turn goes from the page of a duty to that of the duty beside it.
func (s *Screen) turn(n int, c *ui.Context) {
	rows := s.dutyRows(c)
	if to := s.duties.At(rows) + n; to >= 0 && to < len(rows) {
		s.duties.Put(rows, to)
		s.ksbs = page.List{}
	}
}

// duty is the one under the cursor.
func (s *Screen) duty(c *ui.Context) (standard.Duty, int) {
	i := s.duties.At(s.dutyRows(c))
	return c.Standard.Duties[i], i
}

// list is what the keys move in: the duties, or the KSBs of one.
func (s *Screen) list(c *ui.Context, p *past) (*page.List, page.Table) {
	switch {
	case len(p.moments) == 0:
		return &s.duties, page.Table{W: c.Size.W, H: c.Size.H, High: 1, Empty: page.Empty{Says: emptySays, Does: "start rating", Enter: ui.Asking(ui.Go{To: ui.Rate})}}
	case s.open:
		return &s.ksbs, s.ksbTable(c, p)
	}
	return &s.duties, s.dutyTable(c, p)
}

// reads says whether a part is shown that is scrolled and has no rows.
func (s *Screen) reads(p *past) bool { return s.mode != dutiesMode && len(p.moments) > 0 }

// settle reckons the past anew when the record has changed, and keeps every cursor inside what there is.
func (s *Screen) settle(c *ui.Context) {
	s.past = s.pastOf(c)
	if s.reads(s.past) {
		s.text[s.mode].Settle(len(s.words(c, s.past)), textRoom(c.Size))
		return
	}
	l, t := s.list(c, s.past)
	l.Settle(t)
}

// pastOf is what was reckoned last, as long as it is of this revision of the record.
func (s *Screen) pastOf(c *ui.Context) *past {
	if s.past != nil && s.past.report == c.Report {
		return s.past
	}
	return newPast(c)
}

// keySet is the keys of the screen.
type keySet struct {
	ui.Moves
	duties, kinds, forecast, table, report key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: ui.NewMoves("up", "down", "to the top", "to the end"),

		duties:   ui.Bind("d", "by duty", "d"),
		kinds:    ui.Bind("b", "by kind, you beside your mentor", "b"),
		forecast: ui.Bind("f", "forecast for gateway", "f"),
		table:    ui.Bind("t", "numbers or picture", "t"),
		report:   ui.Bind("w", "write a report", "w"),
	}
}}

func keys() *keySet { return keyring.Get() }

// tabs are the parts with their keys.
func tabs() []page.Tab {
	return []page.Tab{
		{Key: keys().duties, Names: []string{"duties", "duties"}},
		{Key: keys().kinds, Names: []string{"by kind, you beside your mentor", "by kind"}},
		{Key: keys().forecast, Names: []string{"forecast", "forecast"}},
	}
}

// Keys are the bindings of the screen. The keys of the parts stand on the screen itself, so the footer leaves them out.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	p := s.pastOf(c)
	var does string
	if s.reads(p) {
		does, _ = s.next(p)
	} else {
		l, t := s.list(c, p)
		does = l.Does(t)
	}
	right := ui.Named(page.Right(), "→", "part to the right; on a duty's page the next duty")
	left := ui.Named(page.Left(), "←", "part to the left; on a duty's page the duty before")
	k := ui.Keys{
		Footer: []key.Binding{ui.Named(page.Enter(), "enter", does)},
		More:   append(keys().Moves.All(), left, right, keys().duties, keys().kinds, keys().forecast),
	}
	switch {
	case s.open || len(p.moments) == 0:
	case s.table:
		k.Footer = append(k.Footer, ui.Named(keys().table, "t", "picture"))
	default:
		k.Footer = append(k.Footer, ui.Named(keys().table, "t", "numbers"))
	}
	if len(p.moments) > 0 {
		k.Footer = append(k.Footer, keys().report)
	}
	return k
}

// InHand is the KSB under the cursor on the page of a duty.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if !s.open {
		return ui.Hand{}
	}
	d, _ := s.duty(c)
	r, _ := s.ksbs.Chosen(s.ksbRows(c))
	return ui.Hand{KSBs: []string{r.KSB}, Duty: d.Number}
}
