// Package progress is the screen of what became of the rounds of rating: the mean level of each duty from round to round
// beside what is expected by now, the learner beside the mentor by kind, and what the ratings so far say about gateway.
// It changes nothing.
package progress

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Progress screen.
type Screen struct {
	mode   mode
	table  bool // numbers instead of the picture
	duty   int  // row of the duty that the cursor is on
	top    int  // of the duties
	scroll [modes]int
	page   ksbPage
	past   *past
}

// ksbPage is the page of the KSBs of the duty under the cursor.
type ksbPage struct {
	open     bool
	cur, top int
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
		s.page = ksbPage{}
		s.enter(msg.Go.KSB, c)
	case ui.RowMsg:
		if msg.Index == s.here() {
			return s.onward(c) // a second click on a row goes on with it
		}
		s.move(msg.Index-s.here(), c)
	case ui.WheelMsg:
		s.move(msg.Lines, c)
	case tea.KeyPressMsg:
		return s.press(msg, c)
	}
	return nil
}

// enter opens the page of the duty in which the walk meets a KSB that was asked for.
func (s *Screen) enter(ksb string, c *ui.Context) {
	home := c.Standard.Home(ksb)
	for i, d := range c.Standard.Duties {
		if d.Number == home && len(s.past.moments) > 0 {
			s.mode, s.duty = dutiesMode, i
			s.page = ksbPage{open: true, cur: slices.Index(d.KSBs, ksb)}
		}
	}
}

// Escape leaves the page of a duty for the duties.
func (s *Screen) Escape(*ui.Context) bool {
	was := s.page.open
	s.page = ksbPage{}
	return was
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if n, ok := s.movement(msg, c); ok {
		s.move(n, c)
		return nil
	}
	for _, t := range tabs {
		if key.Matches(msg, t.key) {
			s.mode, s.page = t.mode, ksbPage{}
			return nil
		}
	}
	switch {
	case key.Matches(msg, keys.enter):
		return s.onward(c)
	case key.Matches(msg, keys.next):
		s.turn(1, c)
	case key.Matches(msg, keys.prev):
		s.turn(-1, c)
	case key.Matches(msg, keys.table) && !s.page.open:
		s.table = !s.table
	}
	return nil
}

// turn goes to the neighbouring part, and on the page of a duty to the neighbouring duty.
func (s *Screen) turn(n int, c *ui.Context) {
	if !s.page.open {
		s.mode = (s.mode + mode(n) + modes) % modes
		return
	}
	if to := s.duty + n; to >= 0 && to < len(c.Standard.Duties) {
		s.duty, s.page = to, ksbPage{open: true}
	}
}

// movement is how far a key moves the cursor.
func (s *Screen) movement(msg tea.KeyPressMsg, c *ui.Context) (int, bool) {
	return keys.By(msg, max(c.Size.H-4, 1))
}

// onward is Enter: the sensible next step from what is shown.
func (s *Screen) onward(c *ui.Context) []ui.Ask {
	switch s.next(s.past) {
	case stepKSBs:
		s.page = ksbPage{open: true}
	case stepKSB:
		return ui.Asks(ui.Go{To: ui.KSB, KSB: s.ksbs(c)[s.page.cur]})
	case stepStart, stepRate:
		return ui.Asks(ui.Go{To: ui.Rate})
	case stepMentor, stepDates: // a mentor rates from Home, since the levels are on this page

		return ui.Asks(ui.Go{To: ui.Home})
	case stepGaps:
		return ui.Asks(ui.Go{To: ui.Gaps})
	}
	return nil
}

// ksbs are those of the duty under the cursor.
func (s *Screen) ksbs(c *ui.Context) []string { return c.Standard.Duties[s.duty].KSBs }

// here is the row that the cursor is on.
func (s *Screen) here() int {
	if s.page.open {
		return s.page.cur
	}
	return s.duty
}

// move moves the cursor, or scrolls where there is none.
func (s *Screen) move(n int, c *ui.Context) {
	switch {
	case s.page.open:
		s.page.cur += n
	case s.mode == dutiesMode:
		s.duty += n
	default:
		s.scroll[s.mode] += n
	}
	s.settle(c)
}

// settle reckons the past anew when the record has changed, and keeps every cursor inside what there is.
func (s *Screen) settle(c *ui.Context) {
	s.past = s.pastOf(c)
	s.duty = max(min(s.duty, len(c.Standard.Duties)-1), 0)
	if s.page.open {
		s.page.cur = max(min(s.page.cur, len(s.ksbs(c))-1), 0)
	}
	if s.mode != dutiesMode {
		end := max(len(s.text(c, s.past))-textRoom(c.Size), 0)
		s.scroll[s.mode] = max(min(s.scroll[s.mode], end), 0)
	}
	s.top = s.arrange(c, s.past).from
	if s.page.open {
		s.page.top, _ = s.page.window(len(s.ksbs(c)), ksbRoom(c, s.past))
	}
}

// pastOf is what was reckoned last, as long as it is of this revision of the record.
func (s *Screen) pastOf(c *ui.Context) *past {
	if s.past != nil && s.past.report == c.Report {
		return s.past
	}
	return newPast(c)
}
