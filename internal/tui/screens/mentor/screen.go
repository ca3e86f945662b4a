// Package mentor is the screen for the mentor who sits beside the learner. First the mentor rates blind: what that part
// draws and asks is made from a context out of which everything the learner said has been taken, so that no frame can
// betray it. Then, when both are ready, it shows only where the two differ, for them to agree a level with a reason or
// to record that they differ. Nothing is ever averaged.
package mentor

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

type mode int

const (
	introMode  mode = iota // what this is, for who sits down at it for the first time
	pickMode               // which duty
	rateMode               // one KSB
	revealMode             // where the two differ
)

// Screen is the Mentor screen.
type Screen struct {
	mode       mode
	sheet      bool            // a mentor elsewhere fills a rating sheet: nobody to look at it with
	who        safetext.Text   // the mentor
	before     safetext.Text   // the mentor of the visit before
	met        []safetext.Text // who met or rated before this visit
	duty       int             // index of the duty that is picked
	ksb        string          // the KSB in hand
	all        bool            // after a duty the walk goes on to the next
	choice     int             // the level that is pointed at, or levels.Nowhere
	last       string          // the KSB that was rated just now, which a note would be for
	beforeLast string          // what that was before the newest rating
	arrived    bool            // the duty was come to by rating the last of another
	looked     bool            // the KSB in hand was looked for before the mentor said their name
	given      map[string]int  // how often each KSB was rated on this visit
	entry      ui.Coached

	differs page.List // the cursor of the reveal
}

// New makes the screen.
func New() *Screen { return &Screen{choice: levels.Nowhere, given: map[string]int{}} }

// Blind says whether the learner's ratings are to stay hidden. The root keeps everything else that shows them, such as
// the finder, away from the screen for as long.
func (s *Screen) Blind() bool { return s.mode != revealMode }

// Escape goes back from a KSB to the duties.
func (s *Screen) Escape(*ui.Context) bool {
	if s.mode != rateMode {
		return false
	}
	s.mode = pickMode
	return true
}

// InHand is the KSB of the chosen difference. While the mentor rates blind there is nothing in hand.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if s.Blind() {
		return ui.Hand{}
	}
	d, _ := s.differenceAt(c)
	return ui.Holding(c, d.KSB)
}

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg.(type) {
	case ui.EnterMsg, ui.BackMsg:
		s.enter()
		s.met = c.Profile.MetBefore()
	}
	asks := s.handle(msg, c)
	s.settle(c)
	return asks
}

// enter always starts blind and without a name: today's mentor may not be last time's, and may not have seen the
// ratings. A sheet has one mentor.
func (s *Screen) enter() {
	s.choice, s.last, s.looked, s.given = levels.Nowhere, "", false, map[string]int{}
	s.mode = introMode
	switch {
	case s.sheet && !s.who.Empty():
		s.mode = pickMode
	case !s.who.Empty():
		s.before, s.who = s.who, safetext.Text{}
	}
}

// handle gives everything but the reveal the blindfolded context.
func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	if s.mode == revealMode {
		return s.revealed(msg, c)
	}
	return s.blind(msg, s.blindfold(c))
}

func (s *Screen) blind(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.UndoneMsg:
		was := s.beforeLast
		s.undone(msg.Change, c)
		if msg.Slip {
			s.last = was
		}
	case ui.FoundMsg:
		return s.found(msg.KSB, c)
	case ui.RowMsg:
		s.last = ""
		return s.click(msg.Index, c)
	case ui.WheelMsg:
		s.last = ""
		s.point(msg.Lines, c)
	case tea.KeyPressMsg:
		if key.Matches(msg, keys().note) && s.mode != introMode {
			return s.askNote(c)
		}
		at := s.place()
		asks := s.press(msg, c)
		if s.place() != at {
			s.last = ""
		}
		return asks
	}
	return nil
}

// place is where the mentor is and what they point at. Until it changes, w is for the KSB that was just rated.
func (s *Screen) place() [4]any { return [4]any{s.mode, s.duty, s.ksb, s.choice} }

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch {
	case key.Matches(msg, keys().reveal) && !s.sheet:
		return ui.Asks(s.askReady())
	case key.Matches(msg, keys().name):
		return s.askName(c)
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	case s.mode == introMode:
		if key.Matches(msg, page.Enter()) {
			return s.askName(c)
		}
		return nil
	case key.Matches(msg, keys().scope):
		s.all = !s.all
		return ui.Asks(ui.Say{Text: scopeWords(s.all)})
	case s.mode == pickMode:
		return s.pressPick(msg, c)
	}
	return s.pressRate(msg, c)
}

func (s *Screen) pressPick(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if i := numbered(msg, c); i >= 0 {
		s.duty = i
		return nil
	}
	switch {
	case key.Matches(msg, keys().prevDuty), key.Matches(msg, keys().left):
		s.point(-1, c)
		return nil
	case key.Matches(msg, keys().nextDuty), key.Matches(msg, keys().right):
		s.point(1, c)
		return nil
	}
	return s.inDuties(msg, c)
}

func (s *Screen) inDuties(msg tea.Msg, c *ui.Context) []ui.Ask {
	l, t := s.duties(c)
	asks, _ := l.Update(msg, t, c)
	if s.mode == pickMode {
		s.duty = l.At(t.Rows)
	}
	return asks
}

func (s *Screen) pressRate(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if l, ok := digit(msg); ok {
		return s.rate(l, c)
	}
	switch {
	case key.Matches(msg, page.Enter()):
		return s.rateOrGoOn(c)
	case key.Matches(msg, keys().Up):
		s.point(-1, c)
	case key.Matches(msg, keys().Down):
		s.point(1, c)
	case key.Matches(msg, keys().left), key.Matches(msg, keys().PageUp):
		s.step(-1, c)
	case key.Matches(msg, keys().right), key.Matches(msg, keys().PageDown):
		s.step(1, c)
	case key.Matches(msg, keys().Top):
		s.step(-len(c.Standard.Walk()), c)
	case key.Matches(msg, keys().Bottom):
		s.step(len(c.Standard.Walk()), c)
	case key.Matches(msg, keys().nextDuty):
		s.openDuty(min(s.duty+1, len(c.Standard.Duties)-1), c)
	case key.Matches(msg, keys().prevDuty):
		s.openDuty(max(s.duty-1, 0), c)
	case key.Matches(msg, keys().duties):
		s.mode = pickMode
	case key.Matches(msg, ui.NoLevel()):
		return ui.Asks(ui.Say{Text: ui.LevelsGo})
	}
	return nil
}

func digit(msg tea.KeyPressMsg) (level.Level, bool) {
	return ui.LevelKey(msg, keys().rate, keys().none)
}

// numbered is the index of the duty whose number a key is, 0 for the tenth, or -1. It is pointed at and no more, since
// the key may have been meant to rate one KSB more of the duty before.
func numbered(msg tea.KeyPressMsg, c *ui.Context) int {
	if !key.Matches(msg, keys().number) {
		return -1
	}
	name := msg.String()
	n := int(name[len(name)-1] - '0')
	if n == 0 {
		n = 10
	}
	return slices.IndexFunc(c.Standard.Duties, func(d standard.Duty) bool { return d.Number == n })
}

func (s *Screen) settle(c *ui.Context) {
	if s.mode == revealMode {
		s.settleReveal(c)
	}
	s.entry.Fetch(c, s.ksb)
}
