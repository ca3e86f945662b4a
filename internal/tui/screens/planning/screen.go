// Package planning is the Plan screen: the goals, and for each goal a page in three parts, after the standard's own
// practice of appraisal: reflect (K31), appraise (K32), act (K33). What is suggested, checked and counted comes from
// the domain; this package decides what to show and which change to ask for.
package planning

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Plan screen.
type Screen struct {
	onPage   bool // a page is open, and not the list
	straight bool // the page was opened from another screen, so that Esc goes back there
	closed   bool // closed goals are listed too
	suggest  bool // suggestions are listed beside goals

	rows page.List // the cursor of the list

	goal     string           // the goal whose page is shown; "" when it is a proposal
	proposal *plan.Suggestion // what could be a goal
	here     string           // how a project is done in the learner's field, where that differs
	lines    page.List        // the cursor of the page
	open     string           // the part of the page that is unfolded, by its row's key

	rev         int
	day         calendar.Date // with rev: what the suggestions were made from
	suggestions []plan.Suggestion
	entries     map[string]*coaching.Entry // by KSB; nil where none is written
}

// New makes the screen.
func New() *Screen { return &Screen{rev: -1, entries: map[string]*coaching.Entry{}} }

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.refresh(c)
	asks := s.handle(msg, c)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.enter(msg.Go, c)
		return nil
	case ui.UndoneMsg, ui.BackMsg:
		s.keepPlace(c)
		return nil
	}
	if asks, ok := s.move(msg, c); ok {
		return asks
	}
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		return s.press(msg, c)
	}
	return nil
}

// rowHeight is about how many lines a row of the list takes, for paging.
const rowHeight = 4

// move handles what the list or the page does by itself: cursor, scrolling, Enter and clicks.
func (s *Screen) move(msg tea.Msg, c *ui.Context) ([]ui.Ask, bool) {
	if s.onPage {
		s.onPage = s.hasPage(c)
		return s.lines.UpdateOn(msg, s.sheet(c), bodyHeight(c), c)
	}
	_, rows := s.list(c)
	was := s.rows.At(rows)
	asks, ok := s.rows.Walk(msg, rows, max(bodyHeight(c)/rowHeight, 1), c)
	if !s.onPage && s.rows.At(rows) != was {
		s.showRow(c)
	}
	return asks, ok
}

// settle keeps the chosen rows in view, for the next drawing and the next key.
func (s *Screen) settle(c *ui.Context) {
	if !s.onPage || c.Size.Wide {
		s.rows.SettleOn(s.listSheet(c), bodyHeight(c))
	}
	if s.onPage {
		s.lines.SettleOn(s.sheet(c), bodyHeight(c))
	}
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch {
	case key.Matches(msg, keys().next):
		s.otherGoal(1, c)
	case key.Matches(msg, keys().prev):
		s.otherGoal(-1, c)
	case key.Matches(msg, keys().part):
		s.jump(msg.String(), c)
	case key.Matches(msg, keys().add), key.Matches(msg, page.Enter()): // Enter comes here where the list is empty
		return s.askGoal(c)
	case key.Matches(msg, keys().suggest):
		s.toggleSuggestions(c)
	case key.Matches(msg, keys().closed):
		return s.toggleClosed(c)
	case key.Matches(msg, keys().keep):
		return s.askKeep(c)
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	case key.Matches(msg, keys().coach):
		return s.coach(c)
	}
	return s.pressGoal(msg, c)
}

// pressGoal handles the keys that need a goal: the one of the page, or of the chosen row.
func (s *Screen) pressGoal(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	for _, k := range []struct {
		binding key.Binding
		ask     func(profile.Goal, *ui.Context) []ui.Ask
	}{
		{keys().action, s.askAction},
		{keys().example, s.askExample},
		{keys().edit, s.askEdit},
		{keys().close, s.askClose},
		{keys().depth, s.askDepth},
	} {
		if !key.Matches(msg, k.binding) {
			continue
		}
		if g, ok := c.Profile.Goal(s.goal); ok {
			return k.ask(g, c)
		}
		return ui.Asks(ui.Say{Text: chooseGoalFirst})
	}
	return nil
}

// Escape goes from a page back to the list, and says whether it did.
func (s *Screen) Escape(c *ui.Context) bool {
	if !s.onPage || s.straight {
		return false
	}
	s.onPage = false
	s.showRow(c)
	s.settle(c)
	return true
}

// refresh looks up what drawing needs after the record has changed, since View looks nothing up. Suggestions need the
// coaching of several KSBs, so they wait until the list shows them.
func (s *Screen) refresh(c *ui.Context) {
	if s.rev == c.Rev && s.day == c.Today || !s.suggests(c) {
		return
	}
	s.rev, s.day = c.Rev, c.Today
	ref := c.Standard.Reference
	s.suggestions = plan.Suggestions(c.Report, c.Entry, c.Title)
	s.suggestions = append(s.suggestions,
		plan.Projects(c.Report, c.Profile, c.Library.Growth(ref).Bundles, c.Entry, s.suggestions)...)
}

// suggests says whether the list shows suggestions: when they are asked for, and when there is no goal.
func (s *Screen) suggests(c *ui.Context) bool {
	return s.suggest || !slices.ContainsFunc(c.Profile.Goals, func(g profile.Goal) bool { return !g.Status.Ended() })
}

// learn fetches coaching ahead of drawing, once for each KSB.
func (s *Screen) learn(c *ui.Context, ksbs ...string) {
	for _, id := range ksbs {
		if _, known := s.entries[id]; known {
			continue
		}
		s.entries[id] = nil
		if e, ok := c.Entry(id); ok {
			s.entries[id] = &e
		}
	}
}

// firstEntry is the coaching of the first of some KSBs for which any is written, or nil.
func (s *Screen) firstEntry(ksbs []string) *coaching.Entry {
	for _, id := range ksbs {
		if e := s.entries[id]; e != nil {
			return e
		}
	}
	return nil
}

// promptOf draws out what the learner can tell of at the level that their plan starts from.
func promptOf(e *coaching.Entry, c *ui.Context) string {
	row, _ := c.Report.Row(e.KSB)
	return e.PromptAt(plan.From(row))
}

// keepPlace stays on the page that is shown if its goal is still there.
func (s *Screen) keepPlace(c *ui.Context) {
	if s.goal != "" && !s.hasPage(c) {
		s.onPage, s.straight = false, false
	}
	if !s.onPage {
		s.showRow(c)
	}
}

func (s *Screen) coach(c *ui.Context) []ui.Ask {
	if ksbs := s.ksbs(c); len(ksbs) > 0 {
		return ui.Asks(ui.Go{To: ui.KSB, KSB: ksbs[0]})
	}
	return ui.Asks(ui.Say{Text: chooseGoalFirst})
}

// InHand are the KSBs of the goal that is shown or chosen, or of what is proposed.
func (s *Screen) InHand(c *ui.Context) ui.Hand { return ui.Holding(c, s.ksbs(c)...) }

func (s *Screen) ksbs(c *ui.Context) []string {
	if g, ok := c.Profile.Goal(s.goal); ok {
		return g.KSBs
	}
	if s.proposal != nil {
		return s.proposal.KSBs
	}
	return nil
}

// make makes a change and brings the screen up to date before then runs. Then gives the line to say, or "".
func (s *Screen) make(change profile.Change, then func(*ui.Context) string) []ui.Ask {
	return ui.Make(change, func(c *ui.Context) string {
		s.refresh(c)
		return then(c)
	})
}

func (s *Screen) onwards(goal, say string) func(*ui.Context) string {
	return func(c *ui.Context) string {
		s.afterPart(goal, c)
		return say
	}
}

// goalNow looks the goal up again when the answer comes, since it may have changed or gone by then.
func goalNow(id string, then func(profile.Goal, *ui.Context) []ui.Ask) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if g, ok := c.Profile.Goal(id); ok {
			return then(g, c)
		}
		return nil
	}
}
