// Package gaps is the screen that shows where the learner stands: the gaps in rank order with their reasons, and beside
// them, as lists of their own, the strengths, what the post gives no chance to try, the claims without an example, and a
// map of duties and kinds. It changes nothing but to keep an example; everything else it hands on to other screens.
package gaps

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Gaps screen.
type Screen struct {
	mode   mode
	filter filter
	order  order
	at     [modes]place
	coach  coached
}

// A place is where the cursor stands in one of the lists. The KSB counts; the index is where to go when it has left the list.
type place struct {
	ksb   string
	index int
	top   int
}

// coached is the coaching of the KSB that is chosen, fetched before it is drawn.
type coached struct {
	ksb     string
	entry   coaching.Entry
	written bool
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
		s.enter(msg.Go.KSB, c)
	case ui.RowMsg:
		if msg.Index == s.at[s.mode].index {
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

// enter puts the cursor on a KSB that was asked for, in the first list that has it; a filter that hides it is taken off.
func (s *Screen) enter(ksb string, c *ui.Context) {
	if ksb == "" {
		return
	}
	for _, f := range []filter{s.filter, {}} {
		for _, m := range []mode{s.mode, gapsMode, strengthsMode, chanceMode} {
			if indexOf(list(c.Report, m, f, s.order), ksb) >= 0 {
				s.mode, s.filter, s.at[m].ksb = m, f, ksb
				return
			}
		}
	}
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if n, ok := s.movement(msg, c); ok {
		s.move(c, n)
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
	case key.Matches(msg, keys.next):
		s.show((s.mode + 1) % modes)
	case key.Matches(msg, keys.prev):
		s.show((s.mode + modes - 1) % modes)
	case key.Matches(msg, keys.filter):
		return ui.Asks(s.filterChoice(c))
	case key.Matches(msg, keys.sort):
		return ui.Asks(s.orderChoice(c))
	case key.Matches(msg, keys.undo):
		return ui.Asks(ui.Undo{})
	}
	return s.withChosen(msg, c)
}

// movement is how far a key moves the cursor.
func (s *Screen) movement(msg tea.KeyPressMsg, c *ui.Context) (int, bool) {
	return keys.By(msg, max(arrange(s.model(c), c.Size, 0).rows-1, 1))
}

// withChosen handles the keys that do something with the KSB under the cursor.
func (s *Screen) withChosen(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	row, ok := s.model(c).chosen()
	if !ok {
		return nil
	}
	id := row.KSB.ID
	switch {
	case key.Matches(msg, keys.plan):
		return ui.Asks(ui.Go{To: ui.Plan, KSB: id})
	case key.Matches(msg, keys.page):
		return ui.Asks(ui.Go{To: ui.KSB, KSB: id})
	case key.Matches(msg, keys.rate):
		return ui.Asks(ui.Go{To: ui.Rate, KSB: id})
	case key.Matches(msg, keys.example):
		return s.askExample(row, c)
	}
	return nil
}

// onward is Enter: the sensible next step from the list that is shown.
func (s *Screen) onward(c *ui.Context) []ui.Ask {
	m := s.model(c)
	row, _ := m.chosen()
	switch m.next() {
	case stepRate, stepStart:
		return ui.Asks(ui.Go{To: ui.Rate})
	case stepPlan:
		return ui.Asks(ui.Go{To: ui.Plan, KSB: row.KSB.ID})
	case stepPage:
		return ui.Asks(ui.Go{To: ui.KSB, KSB: row.KSB.ID})
	case stepExample:
		return s.askExample(row, c)
	case stepDuty:
		s.filter = filter{what: oneDuty, duty: m.duties[m.cur].number}
		s.mode = gapsMode
	case stepAll:
		s.filter = filter{}
	case stepGaps:
		s.mode = gapsMode
	case stepStrengths:
		s.mode = strengthsMode
	}
	return nil
}

// show goes to a list; its key pressed once more goes back to the gaps.
func (s *Screen) show(m mode) {
	if s.mode == m {
		m = gapsMode
	}
	s.mode = m
}

func (s *Screen) move(c *ui.Context, n int) { s.put(c, s.at[s.mode].index+n) }

// put sets the cursor to a row.
func (s *Screen) put(c *ui.Context, i int) {
	m := s.model(c)
	p := &s.at[s.mode]
	p.index = max(min(i, m.len()-1), 0)
	p.ksb = ""
	if p.index < len(m.rows) {
		p.ksb = m.rows[p.index].KSB.ID
	}
}

// settle keeps the cursor on its KSB in a list that may have changed, and fetches what will be drawn beside it.
func (s *Screen) settle(c *ui.Context) {
	m := s.model(c)
	p := &s.at[s.mode]
	p.index = m.cur
	if row, ok := m.chosen(); ok {
		p.ksb = row.KSB.ID
		if s.coach.ksb != p.ksb {
			s.coach.ksb = p.ksb
			s.coach.entry, s.coach.written = c.Library.Entry(c.Standard.Reference, p.ksb)
		}
	}
	p.top = arrange(m, c.Size, p.top).from
}

// look shows the list in another order or through another filter. The cursor goes to the top, since whoever asks for another
// order wants to see its first.
func (s *Screen) look(change func()) ui.Then {
	return func(*ui.Context) []ui.Ask {
		change()
		if s.mode == heatMode {
			s.mode = gapsMode
		}
		s.at[s.mode] = place{}
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
	prompt := ""
	if s.coach.ksb == row.KSB.ID {
		prompt = s.coach.entry.PromptAt(plan.From(row))
	}
	return ui.Asks(forms.Example(c, row.KSB.ID, duty, prompt))
}
