package planning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// row is one row of the list.
type row struct {
	page.Row
	word       string // what Enter does, for the footer
	lead       string // before the words, where they have no code
	goal       string // its ID, or ""
	suggestion *plan.Suggestion
	state      state
	facts      []string
	late       bool // the facts hold something overdue
	path       []plan.Step
}

// state is how something stands, as a sign and a word.
type state struct {
	sign page.Sign
	word string
}

// A list is all that the list draws.
type list struct {
	rows    []row
	counts  string   // how many goals are in flight
	asides  []string // how many are parked and closed
	why     string   // why no more goals are taken up
	intro   string
	outro   []string
	suggest int // the index of the first suggestion, or -1
}

// list is the list, and its rows to move among.
func (s *Screen) list(c *ui.Context) (list, []page.Row) {
	l := list{suggest: -1}
	groups := map[profile.GoalStatus][]row{}
	for _, g := range c.Profile.Goals {
		groups[g.Status] = append(groups[g.Status], s.goalRow(g, c))
	}
	active, parked := groups[profile.GoalActive], groups[profile.GoalParked]
	over := slices.Concat(groups[profile.GoalDone], groups[profile.GoalDropped])
	fresh := len(c.Profile.Goals) == 0 && c.Profile.Ratings() == 0
	if fresh {
		l.rows = append(l.rows, row{word: "rate", Row: page.Row{
			Key: "rate", Name: rateFirst, Says: []string{rateFirstWhy}, Does: "start rating", Enter: ui.Asking(ui.Go{To: ui.Rate}),
		}})
	}
	l.rows = slices.Concat(l.rows, active, parked)
	if s.closed {
		l.rows = append(l.rows, over...)
	}
	if keepOffered(c) {
		l.rows = append(l.rows, row{word: "keep", lead: "+ ", Row: s.keepRow(c)})
	}
	if s.suggests(c) {
		l.suggest = len(l.rows)
		l.rows = append(l.rows, s.suggestionRows(c)...)
		if l.suggest == len(l.rows) {
			l.suggest = -1
		}
	}
	l.counts, l.asides = countGoals(len(active)), countOthers(len(parked), len(over))
	if len(active) >= profile.MaxInFlight {
		l.why = whyParked
	}
	l.intro = introOf(fresh, len(active), len(parked), len(over))
	l.outro = outroOf(len(over), s.closed, l.suggest >= 0)
	rows := make([]page.Row, len(l.rows))
	for i, r := range l.rows {
		rows[i] = r.Row
	}
	return l, rows
}

// keepRow offers to keep this work, in the list and on a page.
func (s *Screen) keepRow(c *ui.Context) page.Row {
	return page.Row{Key: itemKeep, Name: keepLine(c), Does: "keep this work as a reflective entry", Enter: s.askKeep}
}

func goalKey(id string) string { return "g:" + id }

func (s *Screen) goalRow(g profile.Goal, c *ui.Context) row {
	r := row{word: "open", goal: g.ID, state: goalState(g), Row: page.Row{Key: goalKey(g.ID), Code: codes(g.KSBs), Name: g.Text.Line(), Does: "open this goal"}}
	r.Enter = func(c *ui.Context) []ui.Ask {
		s.showGoal(g.ID, c)
		s.place, s.straight = onPage, false
		return nil
	}
	r.facts, r.late = goalFacts(g, c.Today)
	if g.Status == profile.GoalActive || g.Status == profile.GoalParked {
		path := pathOf(g, c)
		r.path, r.Does = path[:], "" // the hint says what comes next on its page
	}
	return r
}

func pathOf(g profile.Goal, c *ui.Context) [3]plan.Step {
	return plan.Path(c.Profile, g, c.Library.Reflection(), c.Library.Appraisal(), c.Today)
}

// suggestionRows are the suggestions for which there is no goal yet. Projects come behind the first of the others, which is
// the first gap of all, so that they are seen without scrolling.
func (s *Screen) suggestionRows(c *ui.Context) []row {
	var out, projects []row
	for _, x := range s.suggestions {
		r := row{word: "take it up", suggestion: &x, Row: page.Row{Key: "s:" + x.KSBs[0], Code: x.KSBs[0], Name: x.Title, Says: suggestionFacts(x)}}
		if x.Bundle != nil {
			r.word, r.Key, r.Code, r.Name = "open", "b:"+x.Bundle.ID, words.Count(len(x.KSBs), "KSB", "KSBs"), "Project: "+x.Title
			r.Does = "see the " + words.Count(len(x.Actions), "step", "steps") + " of this project"
			r.Enter = func(c *ui.Context) []ui.Ask { // hours of work: its steps are seen before it is taken up
				s.showProposal(x, c)
				s.place, s.straight = onPage, false
				return nil
			}
			projects = append(projects, r)
			continue
		}
		if _, taken := c.Profile.GoalFor(r.Code); taken {
			continue
		}
		r.Does = "take " + r.Code + " up as a goal, " + comesWith(x)
		if c.Profile.InFlight() >= profile.MaxInFlight {
			r.Does = "keep " + r.Code + " as a goal, parked for now"
		}
		r.Enter = func(c *ui.Context) []ui.Ask { return s.takeUp(x, c) }
		out = append(out, r)
	}
	return slices.Insert(out, min(len(out), 1), projects...)
}

func comesWith(x plan.Suggestion) string {
	if len(x.Actions) == 0 {
		return "without actions so far"
	}
	return "with " + words.Count(len(x.Actions), "action", "actions")
}

func goalState(g profile.Goal) state {
	switch g.Status {
	case profile.GoalParked:
		return state{page.Waiting, "parked"}
	case profile.GoalDone:
		return state{page.Done, "done"}
	case profile.GoalDropped:
		return state{page.Over, "dropped"}
	}
	return state{page.Open, "in flight"}
}

// goalFacts are the short facts of a goal: when it is due and how its actions stand, or how it ended.
func goalFacts(g profile.Goal, today calendar.Date) (facts []string, late bool) {
	if g.Status != profile.GoalActive {
		if !g.Closed.IsZero() {
			facts = append(facts, day(g.Closed, today))
		}
		if !g.Note.Empty() {
			facts = append(facts, g.Note.Line())
		}
		return facts, false
	}
	if x, over := dueFact(g.Due, today); x != "" {
		facts, late = append(facts, x), over
	}
	open, overdue := openActions(g, today)
	switch {
	case len(g.Actions) == 0:
		facts = append(facts, "no actions yet")
	case overdue > 0:
		facts, late = append(facts, fmt.Sprintf("%d open, %d overdue", open, overdue)), true
	default:
		facts = append(facts, fmt.Sprintf("%d open", open))
	}
	return facts, late
}

func openActions(g profile.Goal, today calendar.Date) (open, overdue int) {
	for _, a := range g.Actions {
		if a.Status == profile.ActionOpen {
			open++
			if overdueOn(a, today) {
				overdue++
			}
		}
	}
	return open, overdue
}

func overdueOn(a profile.Action, today calendar.Date) bool {
	return a.Status == profile.ActionOpen && !a.Due.IsZero() && a.Due.Before(today)
}

func dueFact(due, today calendar.Date) (string, bool) {
	switch {
	case due.IsZero():
		return "", false
	case due.Before(today):
		return "overdue since " + day(due, today), true
	case due == today:
		return "due today", false
	}
	return "due " + day(due, today), false
}

// nearDays is how close a day has to be to be named without its year.
const nearDays = 300

func day(d, today calendar.Date) string {
	if n := today.Days(d); n > -nearDays && n < nearDays {
		return d.Short()
	}
	return d.Long()
}

// maxCodes is how many KSBs a goal is named with in a list.
const maxCodes = 2

func codes(ksbs []string) string {
	if len(ksbs) > maxCodes {
		return strings.Join(ksbs[:maxCodes], ", ") + fmt.Sprintf(" +%d", len(ksbs)-maxCodes)
	}
	return strings.Join(ksbs, ", ")
}

// keepOffered says whether to offer keeping this work: once one goal has all its parts, and until it has been kept.
func keepOffered(c *ui.Context) bool {
	if _, kept := plan.KeptIn(c.Profile); kept || len(practised(c)) == 0 {
		return false
	}
	return slices.ContainsFunc(c.Profile.Goals, func(g profile.Goal) bool {
		path := pathOf(g, c)
		return path[0].Done && path[1].Done && path[2].Done
	})
}

// practised are the KSBs that this work has been practice of so far.
func practised(c *ui.Context) []string { return plan.Practised(c.Profile, c.Standard) }

// plain is text of the learner that is not a safetext.Text, such as a word of the file that is not one of ours.
func plain(s string) string { return safetext.Line(s) }
