// Package planning is the Plan screen: a list of goals and suggestions, and for each goal a page in three parts, as the
// standard itself says that appraisal should be done: reflect (K31), appraise (K32), act (K33). Package plan works out
// what to suggest and what is missing; this package decides what to show and which change to ask for.
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
	onPage          bool // the keys act on the page, and not on the list
	fromElsewhere   bool // the page was opened from another screen, so Esc goes back there
	showClosed      bool // the list has closed goals too
	showSuggestions bool // the list has suggestions even if there are goals
	listCursor      page.List

	// The page:
	goal       string           // the goal whose page it is; "" if it is the page of proposal
	proposal   *plan.Suggestion // what could be a goal; nil if goal is set, or without a page
	inField    string           // how a project is done in the learner's field, if that differs
	pageCursor page.List
	open       string // the key of the part that is unfolded

	suggestions []plan.Suggestion
	rev         int                        // with day: what suggestions were made from
	day         calendar.Date              // see rev
	entries     map[string]*coaching.Entry // by KSB, once it was fetched; nil if no coaching is written
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
			s.onPage, s.fromElsewhere = false, false
		}
		if !s.onPage {
			s.showRow(c)
		}
	case tea.KeyPressMsg:
		return s.board(c).Press(msg, c)
	}
	return nil
}

// move handles the cursor, scrolling, Enter and clicks in the list or on the page. It says whether the message was one
// of these.
func (s *Screen) move(msg tea.Msg, c *ui.Context) ([]ui.Ask, bool) {
	if s.onPage {
		s.onPage = s.hasPage(c)
		return s.pageCursor.UpdateOn(msg, s.flow(c), bodyHeight(c), c)
	}
	_, rows := s.list(c)
	before := s.listCursor.At(rows)
	asks, ok := s.listCursor.Walk(msg, rows, max(bodyHeight(c)/4, 1), c) // a row takes about four lines
	if !s.onPage && s.listCursor.At(rows) != before {
		s.showRow(c)
	}
	return asks, ok
}

func (s *Screen) settle(c *ui.Context) {
	if !s.onPage || c.Size.Wide {
		s.listCursor.SettleOn(s.listFlow(c), bodyHeight(c))
	}
	if s.onPage {
		s.pageCursor.SettleOn(s.flow(c), bodyHeight(c))
	}
}

// Escape goes from a page back to the list, and says whether it did.
func (s *Screen) Escape(c *ui.Context) bool {
	if !s.onPage || s.fromElsewhere {
		return false
	}
	s.onPage = false
	s.showRow(c)
	s.settle(c)
	return true
}

// refresh makes the suggestions again after the record or the day has changed, since View looks nothing up. They need
// the coaching of several KSBs, so it does so only if the list shows them.
func (s *Screen) refresh(c *ui.Context) {
	if s.rev == c.Rev && s.day == c.Today || !s.suggests(c) {
		return
	}
	s.rev, s.day = c.Rev, c.Today
	single := plan.Suggestions(c.Report, c.Entry, c.Title)
	bundles := c.Library.Growth(c.Standard.Reference).Bundles
	s.suggestions = slices.Concat(single, plan.Projects(c.Report, c.Profile, bundles, c.Entry, single))
}

// suggests says whether the list shows suggestions: if the learner asked for them, or has no open goal.
func (s *Screen) suggests(c *ui.Context) bool {
	open := func(g profile.Goal) bool { return !g.Status.Ended() }
	return s.showSuggestions || !slices.ContainsFunc(c.Profile.Goals, open)
}

// fetch fetches coaching before it is drawn, once for each KSB.
func (s *Screen) fetch(c *ui.Context, ksbs []string) {
	for _, id := range ksbs {
		if _, known := s.entries[id]; !known {
			s.entries[id] = nil
			if e, ok := c.Entry(id); ok {
				s.entries[id] = &e
			}
		}
	}
}

// firstEntry is the coaching of the first of some KSBs that has any, or nil. It must have been fetched.
func (s *Screen) firstEntry(ksbs []string) *coaching.Entry {
	for _, id := range ksbs {
		if e := s.entries[id]; e != nil {
			return e
		}
	}
	return nil
}

// promptOf is the question that a learner can answer at the level that their plan starts from.
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

// InHand is the KSBs of the goal or the proposal that is shown or chosen.
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

// makeChange makes a change and refreshes the screen. Then runs after that, and returns a line to say, or "".
func (s *Screen) makeChange(change profile.Change, then func(*ui.Context) string) []ui.Ask {
	return ui.Make(change, func(c *ui.Context) string {
		s.refresh(c)
		return then(c)
	})
}

// goOn is for makeChange: it moves on after a part of a goal was done, and says a line.
func (s *Screen) goOn(goal, say string) func(*ui.Context) string {
	return func(c *ui.Context) string {
		s.afterPart(goal, c)
		return say
	}
}

// goalNow looks up the goal again when the answer comes, since it may have changed by then. If it is gone, nothing
// follows.
func goalNow(id string, then func(profile.Goal, *ui.Context) []ui.Ask) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if g, ok := c.Profile.Goal(id); ok {
			return then(g, c)
		}
		return nil
	}
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(c).Keys }

// board gives each key three texts for the footer: on the list, on the page of a proposal and on the page of a goal.
// With "" only the help page names the key there, and with "-" nothing does.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	put := func(k key.Binding, does ui.Then, list, proposal, goal string) {
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
	ofGoal := func(ask func(profile.Goal, *ui.Context) []ui.Ask) ui.Then {
		if !planned {
			return ui.Saying(chooseGoalFirst)
		}
		return goalNow(s.goal, ask)
	}
	enter := "new goal"
	if l, rows := s.list(c); len(rows) > 0 {
		enter = l.rows[s.listCursor.At(rows)].footer
	}
	across := ui.Bind("←→", "goal before, next goal", "left", "right", "h", "l", "tab", "shift+tab")
	m := ui.NewMoves("up", "down", "to the top", "to the bottom")
	b.Others(m.PageUp, m.PageDown, m.Top, m.Bottom)
	put(page.Enter(), s.askGoal, enter, "take it up", "do it") // askGoal: on an empty list, for rows handle Enter
	put(ui.Bind("↑↓", "choose a line", "up", "down", "k", "j"), nil, "choose", "", "")
	put(across, nil, "", "", "-")
	put(ui.Bind("1-3", "to Reflect, Appraise or Act", "1", "2", "3"), nil, "-", "-", "")
	put(ui.Bind("a", "add an action", "a"), ofGoal(s.askAction), "", "-", "action")
	put(ui.Bind("e", "keep an example", "e"), ofGoal(s.askExample), "", "-", "example")
	put(ui.Bind("w", "change the goal's words, date or reason", "w"), ofGoal(s.askEdit), "", "-", "change")
	put(ui.Bind("x", "close, park or take up the goal", "x"), ofGoal(s.askClose), "", "-", "close")
	put(across, nil, "-", "-", "goal")
	put(ui.Bind("d", "how deep is the reflection?", "d"), ofGoal(s.askDepth), "", "-", "")
	put(ui.Bind("n", "new goal of your own", "n"), s.askGoal, "new goal", "write your own", "")
	put(ui.Bind("c", "all the coaching of this KSB", "c"), s.coach, "", "coach", "coach")
	suggestions := ui.Bind("b", "goals suggested from your gaps, or hide them", "b")
	put(suggestions, ui.Just(s.toggleSuggestions), "suggestions", "", "")
	put(ui.Bind("v", "show closed goals, or hide them", "v"), s.toggleClosed, "closed", "-", "-")
	put(ui.Bind("K", "keep this work as a reflective entry", "K"), s.askKeep, "", "", "")
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

// enter shows what was asked for: the page of a goal, at one of its actions if one is named; the goal that there is for
// a KSB, or a proposal for it; or the list.
func (s *Screen) enter(to ui.Go, c *ui.Context) {
	if _, g, ok := c.Profile.Action(to.Action); ok {
		s.onPage, s.fromElsewhere = true, true
		s.showGoal(g.ID, c)
		s.goTo(itemAction+to.Action, itemAct)
		return
	}
	g, planned := c.Profile.Goal(to.Goal)
	if !planned {
		g, planned = c.Profile.GoalFor(to.KSB)
	}
	row, known := c.Report.Row(to.KSB)
	s.onPage, s.fromElsewhere = planned || known, planned || known
	switch {
	case planned:
		s.showGoal(g.ID, c)
	case known:
		s.showProposal(plan.Suggest(c.Report, row, c.Entry, c.Title), c)
	default: // the list, at the first goal under way with something to do, or else at the first row
		todo := func(g profile.Goal) bool { return g.Status == profile.GoalActive && !pathOf(g, c).Done() }
		g, _ := lists.First(c.Profile.Goals, todo)
		s.listCursor = page.List{}
		s.listCursor.Choose(goalKey(g.ID))
		s.showRow(c)
	}
}

// showRow loads the page of the chosen row, which a wide terminal shows next to the list.
func (s *Screen) showRow(c *ui.Context) {
	l, rows := s.list(c)
	s.listCursor.Put(rows, s.listCursor.At(rows))
	s.goal, s.proposal = "", nil
	if len(rows) == 0 {
		return
	}
	switch r := l.rows[s.listCursor.At(rows)]; {
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
	s.fetch(c, g.KSBs)
	s.goTo(s.page(g, c).resumeAt(c))
	if slices.Contains(s.order(c), id) {
		s.listCursor.Choose(goalKey(id))
	}
}

// afterPart moves on to the next part after a part of a goal was done. In the list the cursor stays.
func (s *Screen) afterPart(goal string, c *ui.Context) {
	if g, ok := c.Profile.Goal(goal); !s.onPage || goal != s.goal {
		s.showRow(c)
	} else if ok {
		s.goTo(s.page(g, c).resumeAt(c))
	}
}

// goTo shows the page from its top, with the cursor on a row and a part unfolded.
func (s *Screen) goTo(row, open string) {
	s.open, s.pageCursor = open, page.List{}
	s.pageCursor.Choose(row)
}

func (s *Screen) showProposal(x plan.Suggestion, c *ui.Context) {
	s.goal, s.proposal, s.inField = "", &x, ""
	s.fetch(c, x.KSBs)
	if x.Bundle != nil {
		s.inField = x.Bundle.In(c.Field().ID)
	}
	s.goTo(itemTake, "")
}

// otherGoal goes to the goal n places further on in the list; on a page, from the last goal on to the first and back.
func (s *Screen) otherGoal(n int, c *ui.Context) {
	if !s.onPage {
		_, rows := s.list(c)
		s.listCursor.Put(rows, s.listCursor.At(rows)+n)
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

// unfolding unfolds a part and folds the others, or folds it if it is unfolded.
func (s *Screen) unfolding(part string) ui.Then {
	return ui.Just(func(*ui.Context) {
		s.open = lists.Pick(s.open == part, "", part)
		s.pageCursor.Rewind()
	})
}

// askMissing asks for the first thing that the SMART check misses, or for one more action if nothing is missing.
func (s *Screen) askMissing(g profile.Goal, c *ui.Context) []ui.Ask {
	letter, open := s.page(g, c).missing().Letter, g.OpenActions()
	inActions := letter == "M" || letter == "A" || letter == "R" // the letters that an action can meet
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

// toggleSuggestions shows the suggestions in the list, or hides them. From a page it always shows them.
func (s *Screen) toggleSuggestions(c *ui.Context) {
	s.showSuggestions = s.onPage || !s.showSuggestions
	s.onPage, s.fromElsewhere = false, false
	s.refresh(c)
	if l, rows := s.list(c); s.showSuggestions && l.suggest >= 0 {
		s.listCursor.Put(rows, l.suggest)
		s.listCursor.Lift()
	}
	s.showRow(c)
}

func (s *Screen) toggleClosed(c *ui.Context) []ui.Ask {
	s.showClosed = !s.showClosed
	if !s.onPage {
		s.showRow(c)
	}
	if l, _ := s.list(c); s.showClosed && l.ended == 0 {
		return ui.Asks(ui.Say{Text: "No goal is closed yet."})
	}
	return nil
}
