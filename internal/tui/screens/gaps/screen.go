// Package gaps is the screen that shows where the learner stands: the gaps in rank order with their reasons, and beside
// them, as lists of their own, the strengths, what the post gives no chance to try, the claims without a recent example, and a
// map of duties and kinds. It changes nothing but to keep an example; everything else it hands on to other screens.
package gaps

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Gaps screen.
type Screen struct {
	mode   mode
	filter filter
	order  order
	at     [modes]page.List
	coach  ui.Coached
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	asks := s.handle(msg, s.settle(c), c)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, t page.Table, c *ui.Context) []ui.Ask {
	if asks, ok := s.at[s.mode].Update(msg, t, c); ok {
		return asks
	}
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.enter(msg.Go.KSB, c)
	case tea.KeyPressMsg:
		return s.press(msg, t, c)
	}
	return nil
}

// enter puts the cursor on a KSB that was asked for, in the first list that has it; a filter that hides it is taken off.
func (s *Screen) enter(ksb string, c *ui.Context) {
	if ksb == "" {
		s.mode = gapsMode // whoever comes anew wants the gaps, whatever was looked at last
		return
	}
	for _, f := range []filter{s.filter, {}} {
		for _, m := range []mode{s.mode, gapsMode, strengthsMode, chanceMode} {
			if indexOf(list(c.Report, m, f, s.order), ksb) >= 0 {
				s.mode, s.filter = m, f
				s.at[m].Choose(ksb)
				return
			}
		}
	}
}

// Escape leaves the map for the list.
func (s *Screen) Escape(*ui.Context) bool {
	was := s.mode == heatMode
	if was {
		s.mode = gapsMode
	}
	return was
}

func (s *Screen) press(msg tea.KeyPressMsg, t page.Table, c *ui.Context) []ui.Ask {
	if to, ok := page.Turn(msg, tabs(model{}), int(s.mode)); ok {
		if mode(to) == s.mode {
			to = int(gapsMode) // a list's key pressed once more goes back to the gaps
		}
		s.mode = mode(to)
		return nil
	}
	switch {
	case key.Matches(msg, keys().filter):
		return ui.Asks(s.filterChoice(c))
	case key.Matches(msg, keys().sort):
		return ui.Asks(s.orderChoice(c))
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	}
	row, ok := s.chosen(t, c)
	if !ok {
		return nil
	}
	id := row.KSB.ID
	switch {
	case key.Matches(msg, keys().plan):
		return ui.Asks(ui.Go{To: ui.Plan, KSB: id})
	case key.Matches(msg, keys().page):
		return ui.Asks(ui.Go{To: ui.KSB, KSB: id})
	case key.Matches(msg, keys().rate):
		return ui.Asks(ui.Go{To: ui.Rate, KSB: id})
	case key.Matches(msg, keys().example):
		return s.askExample(row, c)
	}
	return nil
}

// chosen is the KSB under the cursor; on the map there is none.
func (s *Screen) chosen(t page.Table, c *ui.Context) (gap.Row, bool) {
	r, _ := s.at[s.mode].Chosen(t.Rows)
	return c.Report.Row(r.KSB)
}

// settle keeps the cursor on its KSB in a list that may have changed, and fetches what will be drawn beside it.
func (s *Screen) settle(c *ui.Context) page.Table {
	t := s.table(c)
	s.at[s.mode].Settle(t)
	if row, ok := s.chosen(t, c); ok {
		s.coach.Fetch(c, row.KSB.ID)
	}
	return t
}

// look shows the list in another order or through another filter. The cursor goes to the top, since whoever asks for another
// order wants to see its first.
func (s *Screen) look(change func()) ui.Then {
	return func(*ui.Context) []ui.Ask {
		change()
		if s.mode == heatMode {
			s.mode = gapsMode
		}
		s.at[s.mode] = page.List{}
		return nil
	}
}

func (s *Screen) askExample(row gap.Row, c *ui.Context) []ui.Ask {
	duty := 0
	switch {
	case len(row.KSB.Duties) == 1:
		duty = row.KSB.Duties[0]
	case s.filter.what == oneDuty:
		duty = s.filter.duty
	}
	entry, _ := s.coach.Of(row.KSB.ID)
	return ui.Asks(forms.Example(c, row.KSB.ID, duty, entry.PromptAt(plan.From(row))))
}
