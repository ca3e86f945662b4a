// Package progress is the screen that shows what has changed from round to round: the mean level of each duty and what
// is expected by now, how the learner rates compared with the mentor, and a forecast for gateway. It changes nothing.
package progress

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Progress screen.
type Screen struct {
	mode   mode
	table  bool // numbers instead of the picture
	duties page.List
	open   bool // the page of the duty under the cursor is shown
	ksbs   page.List
	texts  [modes]page.Text // of the parts that are only to be read
	past   *past
}

// New returns the Progress screen as it first opens.
func New() *Screen { return &Screen{} }

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.settle(c)
	asks := s.handle(msg, c)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	if s.isText(s.past) {
		if s.texts[s.mode].Update(msg, len(s.lines(c, s.past)), textRoom(c.Size)) {
			return nil
		}
	} else {
		l, t := s.list(c, s.past)
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

// enter opens the page of the first duty that has the KSB that was asked for.
func (s *Screen) enter(ksb string, c *ui.Context) {
	if home := c.Standard.Home(ksb); home > 0 && len(s.past.moments) > 0 {
		s.mode, s.open = dutiesMode, true
		s.duties.Choose(strconv.Itoa(home))
		s.ksbs.Choose(ksb)
	}
}

// Escape leaves the page of a duty for the list of duties. It says whether a page was open.
func (s *Screen) Escape(*ui.Context) bool {
	onPage := s.open
	s.open = false
	return onPage
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	to, turns := page.Turn(msg, tabs(), int(s.mode))
	switch {
	case s.open && key.Matches(msg, page.Right()):
		s.turn(1, c)
	case s.open && key.Matches(msg, page.Left()):
		s.turn(-1, c)
	case turns:
		s.mode, s.open = mode(to), false
	default:
		return s.board(s.past, c).Press(msg, c)
	}
	return nil
}

// turn goes from the page of a duty to the page of the duty n places after it.
func (s *Screen) turn(n int, c *ui.Context) {
	rows := s.dutyRows(c)
	if to := s.duties.At(rows) + n; to >= 0 && to < len(rows) {
		s.duties.Put(rows, to)
		s.ksbs = page.List{}
	}
}

// duty is the duty under the cursor, and its index.
func (s *Screen) duty(c *ui.Context) (standard.Duty, int) {
	i := s.duties.At(s.dutyRows(c))
	return c.Standard.Duties[i], i
}

// list is what the arrows move in: the duties, or the KSBs of one.
func (s *Screen) list(c *ui.Context, p *past) (*page.List, page.Table) {
	switch {
	case len(p.moments) == 0:
		empty := page.Empty{Says: emptySays, Does: "start rating", Enter: ui.Going(ui.Rate)}
		return &s.duties, page.Table{W: c.Size.W, H: c.Size.H, High: 1, Empty: empty}
	case s.open:
		return &s.ksbs, s.ksbTable(c, p)
	}
	return &s.duties, s.dutyTable(c, p)
}

// isText says whether the part that is shown is a text to scroll, and not a list.
func (s *Screen) isText(p *past) bool { return s.mode != dutiesMode && len(p.moments) > 0 }

// settle works out the past again if the record has changed, and keeps the cursor or the scrolling in range.
func (s *Screen) settle(c *ui.Context) {
	s.past = s.pastOf(c)
	if s.isText(s.past) {
		s.texts[s.mode].Settle(len(s.lines(c, s.past)), textRoom(c.Size))
		return
	}
	l, t := s.list(c, s.past)
	l.Settle(t)
}

// pastOf is the past that was worked out last, if it is of this revision of the record, or else a new one.
func (s *Screen) pastOf(c *ui.Context) *past {
	if s.past != nil && s.past.report == c.Report {
		return s.past
	}
	return newPast(c)
}

func tabs() []page.Tab {
	return []page.Tab{
		{Key: ui.Bind("d", "by duty", "d"), Names: []string{"duties", "duties"}},
		{
			Key:   ui.Bind("b", "by kind, you beside your mentor", "b"),
			Names: []string{"by kind, you beside your mentor", "by kind"},
		},
		{Key: ui.Bind("f", "forecast for gateway", "f"), Names: []string{"forecast", "forecast"}},
	}
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(s.pastOf(c), c).Keys }

// board leaves the keys of the parts out of the footer, since the tabs show them.
func (s *Screen) board(p *past, c *ui.Context) *ui.Board {
	var b ui.Board
	if s.isText(p) {
		does, enter := s.next(p)
		b.Foot(does, page.Enter(), enter)
	} else {
		l, t := s.list(c, p)
		b.Foot(l.Does(t), page.Enter(), nil)
	}
	table := ui.Bind("t", "numbers or picture", "t")
	toggle := ui.Just(func(*ui.Context) { s.table = !s.table })
	switch {
	case s.open:
	case len(p.moments) == 0:
		b.Hide(table, toggle)
	case s.table:
		b.Foot("picture", table, toggle)
	default:
		b.Foot("numbers", table, toggle)
	}
	if len(p.moments) > 0 {
		b.Foot("", ui.Bind("w", "write a report", "w"), ui.Asking(ui.Report{}))
	}
	b.Others(ui.NewMoves("up", "down", "to the top", "to the end").All()...)
	b.Others(
		ui.Named(page.Left(), "←", "part to the left; on a duty's page the duty before"),
		ui.Named(page.Right(), "→", "part to the right; on a duty's page the next duty"))
	b.Others(page.TabKeys(tabs())...)
	return &b
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
