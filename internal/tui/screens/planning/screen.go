// Package planning is the Plan screen: the goals, and for each goal a page in three parts, after the standard's own
// practice of appraisal: reflect (K31), appraise (K32), act (K33). What is suggested, checked and counted comes from
// the domain; this package decides what to show and which change to ask for.
package planning

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
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

// New returns the Plan screen as it first opens.
func New() *Screen { return &Screen{rev: -1, entries: map[string]*coaching.Entry{}} }

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.refresh(c)
	defer s.settle(c)
	if asks, ok := s.move(msg, c); ok {
		return asks
	}
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.enter(msg.Go, c)
	case ui.UndoneMsg, ui.BackMsg:
		if s.goal != "" && !s.hasPage(c) { // the goal that was shown is gone
			s.onPage, s.straight = false, false
		}
		if !s.onPage {
			s.showRow(c)
		}
	case tea.KeyPressMsg:
		return s.board(c).Press(msg, c)
	}
	return nil
}

// move handles what the list or the page does by itself: cursor, scrolling, Enter and clicks.
func (s *Screen) move(msg tea.Msg, c *ui.Context) ([]ui.Ask, bool) {
	if s.onPage {
		s.onPage = s.hasPage(c)
		return s.lines.UpdateOn(msg, s.flow(c), bodyHeight(c), c)
	}
	_, rows := s.list(c)
	was := s.rows.At(rows)
	asks, ok := s.rows.Walk(msg, rows, max(bodyHeight(c)/4, 1), c) // a row takes about four lines
	if !s.onPage && s.rows.At(rows) != was {
		s.showRow(c)
	}
	return asks, ok
}

func (s *Screen) settle(c *ui.Context) {
	if !s.onPage || c.Size.Wide {
		s.rows.SettleOn(s.listFlow(c), bodyHeight(c))
	}
	if s.onPage {
		s.lines.SettleOn(s.flow(c), bodyHeight(c))
	}
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
	single, bundles := plan.Suggestions(c.Report, c.Entry, c.Title), c.Library.Growth(c.Standard.Reference).Bundles
	s.suggestions = slices.Concat(single, plan.Projects(c.Report, c.Profile, bundles, c.Entry, single))
}

// suggests says whether the list shows suggestions: when they are asked for, and when there is no goal.
func (s *Screen) suggests(c *ui.Context) bool {
	return s.suggest || !slices.ContainsFunc(c.Profile.Goals, func(g profile.Goal) bool { return !g.Status.Ended() })
}

// learn fetches coaching ahead of drawing, once for each KSB.
func (s *Screen) learn(c *ui.Context, ksbs []string) {
	for _, id := range ksbs {
		if _, known := s.entries[id]; !known {
			s.entries[id] = nil
			if e, ok := c.Entry(id); ok {
				s.entries[id] = &e
			}
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

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(c).Keys }

// board has for each key its words in the footer of the list, of the page of a proposal and of that of a goal; "" where
// only the help page names it, and a dash where it is not named.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	say := func(k key.Binding, does ui.Then, list, proposal, goal string) {
		words := list
		if s.onPage {
			words = lists.Pick(s.goal == "", proposal, goal)
		}
		if words == "-" {
			b.Hide(k, does)
		} else {
			b.Put(words != "", words, k, does)
		}
	}
	_, planned := c.Profile.Goal(s.goal)
	now := func(ask func(profile.Goal, *ui.Context) []ui.Ask) ui.Then {
		if !planned {
			return ui.Saying(chooseGoalFirst)
		}
		return goalNow(s.goal, ask)
	}
	enter := "new goal"
	if l, rows := s.list(c); len(rows) > 0 {
		enter = l.rows[s.rows.At(rows)].word
	}
	across := ui.Bind("←→", "goal before, next goal", "left", "right", "h", "l", "tab", "shift+tab")
	m := ui.NewMoves("up", "down", "to the top", "to the bottom")
	b.Others(m.PageUp, m.PageDown, m.Top, m.Bottom)
	say(page.Enter(), s.askGoal, enter, "take it up", "do it") // it comes here where the list is empty
	say(ui.Bind("↑↓", "choose a line", "up", "down", "k", "j"), nil, "choose", "", "")
	say(across, nil, "", "", "-")
	say(ui.Bind("1-3", "to Reflect, Appraise or Act", "1", "2", "3"), nil, "-", "-", "")
	say(ui.Bind("a", "add an action", "a"), now(s.askAction), "", "-", "action")
	say(ui.Bind("e", "keep an example", "e"), now(s.askExample), "", "-", "example")
	say(ui.Bind("w", "change the goal's words, date or reason", "w"), now(s.askEdit), "", "-", "change")
	say(ui.Bind("x", "close, park or take up the goal", "x"), now(s.askClose), "", "-", "close")
	say(across, nil, "-", "-", "goal")
	say(ui.Bind("d", "how deep is the reflection?", "d"), now(s.askDepth), "", "-", "")
	say(ui.Bind("n", "new goal of your own", "n"), s.askGoal, "new goal", "write your own", "")
	say(ui.Bind("c", "all the coaching of this KSB", "c"), s.coach, "", "coach", "coach")
	hides := "goals suggested from your gaps, or hide them"
	say(ui.Bind("b", hides, "b"), ui.Just(s.toggleSuggestions), "suggestions", "", "")
	say(ui.Bind("v", "show closed goals, or hide them", "v"), s.toggleClosed, "closed", "-", "-")
	say(ui.Bind("K", "keep this work as a reflective entry", "K"), s.askKeep, "", "", "")
	b.Undo(true)
	b.Hide(page.Right(), ui.Just(func(c *ui.Context) { s.otherGoal(1, c) }))
	b.Hide(page.Left(), ui.Just(func(c *ui.Context) { s.otherGoal(-1, c) }))
	for i, part := range parts {
		if planned && s.onPage {
			b.Hide(ui.Bind("", "", strconv.Itoa(i+1)), ui.Just(func(*ui.Context) { s.goTo(part, part) }))
		}
	}
	return &b
}

// enter shows what was asked for: a goal, at one of its actions where that is said, what there is or could be for a
// KSB, or the list.
func (s *Screen) enter(to ui.Go, c *ui.Context) {
	if _, g, ok := c.Profile.Action(to.Action); ok {
		s.onPage, s.straight = true, true
		s.showGoal(g.ID, c)
		s.goTo(itemAction+to.Action, itemAct)
		return
	}
	g, planned := c.Profile.Goal(to.Goal)
	if !planned {
		g, planned = c.Profile.GoalFor(to.KSB)
	}
	row, known := c.Report.Row(to.KSB)
	s.onPage, s.straight = planned || known, planned || known
	switch {
	case planned:
		s.showGoal(g.ID, c)
	case known:
		s.showProposal(plan.Suggest(c.Report, row, c.Entry, c.Title), c)
	default: // at the first goal in flight with something to do, else at the first row
		todo := func(g profile.Goal) bool { return g.Status == profile.GoalActive && !pathOf(g, c).Done() }
		g, _ := lists.First(c.Profile.Goals, todo)
		s.rows = page.List{}
		s.rows.Choose(goalKey(g.ID))
		s.showRow(c)
	}
}

// showRow loads the page of the chosen row, which a wide terminal shows beside the list.
func (s *Screen) showRow(c *ui.Context) {
	l, rows := s.list(c)
	s.rows.Put(rows, s.rows.At(rows))
	if s.goal, s.proposal = "", nil; len(rows) == 0 {
		return
	}
	switch r := l.rows[s.rows.At(rows)]; {
	case r.goal.ID != "":
		s.showGoal(r.goal.ID, c)
	case r.suggestion != nil:
		s.showProposal(*r.suggestion, c)
	}
}

func (s *Screen) showGoal(id string, c *ui.Context) {
	g, ok := c.Profile.Goal(id)
	if !ok {
		return
	}
	s.goal, s.proposal = id, nil
	s.learn(c, g.KSBs)
	s.goTo(s.page(g, c).stepInHand(c))
	if slices.Contains(s.order(c), id) {
		s.rows.Choose(goalKey(id))
	}
}

// afterPart moves on after a part of a goal was done. In the list the cursor stays.
func (s *Screen) afterPart(goal string, c *ui.Context) {
	if g, ok := c.Profile.Goal(goal); !s.onPage || goal != s.goal {
		s.showRow(c)
	} else if ok {
		s.goTo(s.page(g, c).stepInHand(c))
	}
}

// goTo shows the page from its top with the cursor on a row, and a part unfolded.
func (s *Screen) goTo(row, open string) {
	s.open, s.lines = open, page.List{}
	s.lines.Choose(row)
}

func (s *Screen) showProposal(x plan.Suggestion, c *ui.Context) {
	s.goal, s.proposal, s.here = "", &x, ""
	s.learn(c, x.KSBs)
	if x.Bundle != nil {
		s.here = x.Bundle.In(c.Field().ID)
	}
	s.goTo(itemTake, "")
}

// otherGoal goes to the goal before or after in the order of the list.
func (s *Screen) otherGoal(n int, c *ui.Context) {
	if _, rows := s.list(c); !s.onPage {
		s.rows.Put(rows, s.rows.At(rows)+n)
		s.showRow(c)
		return
	}
	order, to := s.order(c), 0
	if i := slices.Index(order, s.goal); i >= 0 {
		to = (i + n + len(order)) % len(order)
	}
	if len(order) > 0 {
		s.showGoal(order[to], c)
	}
}

// unfolding opens a part and folds the others; an open one is folded.
func (s *Screen) unfolding(part string) ui.Then {
	return ui.Just(func(*ui.Context) {
		s.open = lists.Pick(s.open == part, "", part)
		s.lines.Rewind()
	})
}

// mend asks for what the SMART check misses first, and for one more action when nothing is missing.
func (s *Screen) mend(g profile.Goal, c *ui.Context) []ui.Ask {
	letter, open := s.page(g, c).missing().Letter, g.OpenActions()
	inActions := letter == "M" || letter == "A" || letter == "R"
	switch {
	case letter == "R" && g.Why.Empty():
		return s.askTheory(g, c)
	case letter == "", inActions && len(open) == 0:
		return s.askAction(g, c)
	case inActions && letter != "R":
		return ui.Asks(s.actionEdit(open[0], c))
	}
	return s.askEdit(g, c)
}

// toggleSuggestions shows the suggestions in the list, or hides them; from a page it goes to the list.
func (s *Screen) toggleSuggestions(c *ui.Context) {
	s.suggest = s.onPage || !s.suggest
	s.onPage, s.straight = false, false
	s.refresh(c)
	if l, rows := s.list(c); s.suggest && l.suggest >= 0 {
		s.rows.Put(rows, l.suggest)
		s.rows.Lift()
	}
	s.showRow(c)
}

func (s *Screen) toggleClosed(c *ui.Context) []ui.Ask {
	if s.closed = !s.closed; !s.onPage {
		s.showRow(c)
	}
	if l, _ := s.list(c); s.closed && l.over == 0 {
		return ui.Asks(ui.Say{Text: "No goal is closed yet."})
	}
	return nil
}
