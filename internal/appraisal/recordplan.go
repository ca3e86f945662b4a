package appraisal

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// goals writes the goals in flight, each with its objective, the levels of its KSBs and its actions, and then the goals
// that have ended.
func (w *recorder) goals() {
	var going, ended []doc.Item
	for _, g := range w.kept.Goals {
		if g.Status.Ended() {
			ended = append(ended, line(sentence(outcomeOf(g)+": "+g.Text.Line()+" ("+strings.Join(g.KSBs, ", ")+")",
				g.Note)))
		}
		if !g.Status.Ended() || len(w.setIn(g.ID)) > 0 {
			going = append(going, w.goal(g)...)
		}
	}
	w.part("Goals", going)
	w.part("Actions without a goal in this record", each(w.setIn(""), line))
	w.part("Goals that have ended", ended)
}

func (w *recorder) goal(g profile.AgreedGoal) []doc.Item {
	out := []doc.Item{line(strings.Join(g.KSBs, ", ") + ": " + g.Text.Line())}
	if g.Status == profile.GoalParked {
		out = append(out, under(sentence("Parked", g.Note)))
	}
	if !g.Due.IsZero() {
		out = append(out, under("By "+g.Due.Long()))
	}
	for _, id := range g.KSBs {
		out = append(out, under(id+" "+strings.TrimSpace(w.wording(id))))
		if says := w.levelLine(id); says != "" {
			out = append(out, doc.Item{Depth: 3, Text: says})
		}
	}
	for _, says := range w.setIn(g.ID) {
		out = append(out, under(says))
	}
	return out
}

func outcomeOf(g profile.AgreedGoal) string {
	words := words.Capital(string(g.Status))
	if !g.Closed.IsZero() {
		words += " on " + g.Closed.Long()
	}
	return words
}

// setIn lists the actions of a goal that were set in the review: first those continued from last time, then the new
// ones.
func (w *recorder) setIn(goal string) []string {
	next := map[string]bool{}
	for _, a := range w.kept.Actions {
		next[a.Next] = true
	}
	var on, fresh []string
	for _, id := range w.set {
		a, ok := w.kept.Actions[id]
		switch {
		case !ok || w.goalOf(a) != goal:
		case next[id]:
			on = append(on, "Goes on: "+actionLine(a))
		default:
			fresh = append(fresh, "New: "+actionLine(a))
		}
	}
	return append(on, fresh...)
}

// goalOf is the ID of an action's goal if the record mentions that goal, else "".
func (w *recorder) goalOf(a profile.AgreedAction) string {
	if slices.ContainsFunc(w.kept.Goals, func(g profile.AgreedGoal) bool { return g.ID == a.Goal }) {
		return a.Goal
	}
	return ""
}

// lastTime writes what became of the actions of last time and of those that were added since, each under its goal.
func (w *recorder) lastTime() {
	w.part("Actions of last time", w.checked(false))
	w.part("Actions added since", w.checked(true))
}

func (w *recorder) checked(since bool) []doc.Item {
	var order []string
	became := map[string][]string{}
	for _, c := range w.r.Checked {
		if c.Since != since {
			continue
		}
		goal := w.goalOf(w.kept.Actions[c.Action])
		if _, there := became[goal]; !there {
			order = append(order, goal)
		}
		became[goal] = append(became[goal], w.outcome(c))
	}
	var out []doc.Item
	for _, goal := range order {
		in := line
		if i := slices.IndexFunc(w.kept.Goals, func(g profile.AgreedGoal) bool { return g.ID == goal }); i >= 0 {
			g := w.kept.Goals[i]
			out, in = append(out, line(strings.Join(g.KSBs, ", ")+": "+g.Text.Line())), under
		}
		for _, says := range became[goal] {
			out = append(out, in(says))
		}
	}
	return out
}

// outcome is what became of one action, in words.
func (w *recorder) outcome(c profile.Checked) string {
	what := "an action that is no longer in the plan"
	a, ok := w.kept.Actions[c.Action]
	if ok {
		what = a.Text.Line()
	}
	state := c.Outcome.Words()
	if c.Outcome == profile.ActionOpen {
		state = "not checked yet"
	}
	line := sentence(state+": "+what, c.Reason)
	if next, ok := w.kept.Actions[a.Next]; ok {
		line = strings.TrimSuffix(line, ".") + ". It " + GoesOn(a.Text, next) + "."
	}
	return line
}

// GoesOn describes the action that replaces a changed one, such as "goes on in the same words, by 31 Jan 2027".
func GoesOn(old safetext.Text, next profile.AgreedAction) string {
	words := "goes on as: " + strings.TrimSuffix(next.Text.Line(), ".")
	if next.Text.Line() == old.Line() {
		words = "goes on in the same words"
	}
	if !next.Due.IsZero() {
		words += ", by " + next.Due.Long()
	}
	return words
}

func actionLine(a profile.AgreedAction) string {
	line := a.Text.Line()
	for _, x := range []struct{ name, text string }{
		{"Who helps: ", a.Who.Line()},
		{"By ", a.Due.Long()},
		{"Shown by: ", a.Shows.Line()},
	} {
		if x.text != "" {
			line = strings.TrimSuffix(line, ".") + ". " + x.name + x.text
		}
	}
	return line
}

// LeftOpen lists what closing a review leaves open, in a sentence each: levels that are not settled, goals that nothing is
// done for, and what the review before left without an answer.
func LeftOpen(p profile.Profile, r profile.Review) []string {
	round, _ := p.RoundOf(r)
	var goals []string
	for _, g := range p.WithoutOpenAction() {
		goals = append(goals, words.List(g.KSBs))
	}
	sentence := func(says string, names []string, apart string) string {
		if len(names) == 0 {
			return ""
		}
		return says + strings.Join(names, apart) + "."
	}
	return words.Given(sentence("Not settled between you: ", unsettled(round), ", "),
		sentence("Goals under way without an open action: ", goals, "; "), NotAnswered(p))
}

// Bare is a sentence about what a reader would expect in the record and will not find, or "".
func Bare(p profile.Profile, r profile.Review) string {
	var without []string
	if !slices.ContainsFunc(p.Goals, func(g profile.Goal) bool { return g.Status == profile.GoalActive }) {
		without = append(without, "no goal under way")
	}
	if len(p.NewActions(r)) == 0 {
		without = append(without, "no new action")
	}
	if AgreedBeside(r).Empty() {
		without = append(without, "no word of what was agreed")
	}
	if len(without) == 0 {
		return ""
	}
	return "The record holds " + words.List(without) + "."
}
