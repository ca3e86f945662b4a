package plan

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Suggested is the status of a goal made from a suggestion, which is not in the record.
const Suggested profile.GoalStatus = "suggested"

// Doc is a document of goals with their actions, those under way first. The goals are either all suggested or all of
// the record; path gives the steps of a goal of the record.
func Doc(
	p profile.Profile, goals []profile.Goal, path func(profile.Goal) Steps, title Titles, today calendar.Date,
) doc.Doc {
	d := doc.Doc{Title: "Goals: " + Counts(p) + "."}
	if len(goals) > 0 && goals[0].Status == Suggested {
		d.Title = "Suggested from your ratings. Nothing of this is in your profile yet. " +
			agreeWords(p, len(goals), today)
	}
	var open []profile.Action
	for _, g := range goals {
		if g.Status == Suggested || g.Status == profile.GoalActive {
			open = append(open, g.Actions...)
		}
	}
	if says := Effort(open); says != "" {
		d.Title += " Together the open actions take " + says + "."
	}
	for _, g := range profile.ByStatus(goals) {
		addGoal(&d, g, path, title, today)
	}
	return d
}

const fewGoals = 3 // how many of the suggested goals are enough to begin with

// agreeWords says how many of n suggested goals are enough, and when to agree them with whom.
func agreeWords(p profile.Profile, n int, today calendar.Date) string {
	says := "These actions begin each goal. "
	if n > fewGoals {
		says += "Three of the goals are enough to begin with. "
	}
	if review, ok := AheadOf(p, today).agreedAt(); ok {
		return says + "Agree them, and what else each needs by its date, at your review on " + review.Short() +
			"; what is due before that can begin now."
	}
	return says + "Agree with your supervisor what else each needs by its date."
}

// Effort says how much time the open actions take together, such as "about 9 hours"; "" if there are none, or one has
// no estimate.
func Effort(actions []profile.Action) string {
	minutes := 0
	for _, a := range actions {
		switch {
		case a.Status != profile.ActionOpen:
		case a.Minutes == 0:
			return ""
		default:
			minutes += a.Minutes
		}
	}
	if minutes == 0 {
		return ""
	}
	return "about " + words.Count(max((minutes+30)/60, 1), "hour", "hours")
}

// addGoal adds one goal, without its path and actions if it has ended.
func addGoal(d *doc.Doc, g profile.Goal, path func(profile.Goal) Steps, title Titles, today calendar.Date) {
	head := g.ID + ", " + g.Status.Words()
	if g.Closed.IsZero() {
		head += words.After(", due ", g.Due.Long())
	}
	head += words.After(" ", g.Closed.Long())
	ksbs := lists.Each(g.KSBs, func(id string) string { return id + " " + title(id) })
	d.Add(doc.Heading{Text: head}, doc.Para{Depth: 1, Text: g.Text.Line()},
		doc.Item{Depth: 1, Text: "for " + strings.Join(ksbs, "; ")})
	if !g.Note.Empty() {
		d.Add(doc.Item{Depth: 1, Text: "note: " + g.Note.Line()})
	}
	if g.Status.Ended() {
		return
	}
	if g.Status == Suggested { // it has no path yet
		d.Add(doc.Item{Depth: 1, Text: because(g.Why.Line())})
	} else {
		for _, step := range path(g) {
			d.Add(doc.Item{Depth: 1, Text: fmt.Sprintf("%s (%s): %s", step.Name, step.KSB, step.Says)})
		}
	}
	for _, a := range g.Actions {
		addAction(d, a, today)
	}
}

// ProjectsDoc is a document of projects that serve several gaps at once. InField says how a project is done in the
// learner's field, or "" if there is nothing special.
func ProjectsDoc(
	projects []Suggestion, inField func(coaching.Bundle) string, title Titles, today calendar.Date,
) doc.Doc {
	d := doc.Doc{Title: "Small projects that would serve several gaps at once. Nothing of this is in your profile " +
		"yet; ksbcoach goal add --bundle ID adds one to it."}
	for _, x := range projects {
		b := x.Bundle
		d.Add(doc.Heading{Text: fmt.Sprintf("%s, project, about %s, %s", b.ID, words.Count(b.Hours, "hour", "hours"),
			b.OffJob.Says())}, doc.Para{Depth: 1, Text: b.Name + ". " + b.About})
		facts := words.Given(words.After("in your field: ", inField(*b)), "goal: "+b.Goal, x.Because(),
			"agree it with: "+b.Agree, "leaves: "+b.Leaves)
		for _, m := range x.Moves {
			facts = append(facts, fmt.Sprintf("for %s %s, %s: %s", m.KSB, title(m.KSB), m.Says(), m.Proof))
		}
		for _, f := range facts {
			d.Add(doc.Item{Depth: 1, Text: f})
		}
		for _, a := range x.Actions {
			addAction(&d, a, today)
		}
	}
	return d
}

// addAction adds one action with its details, indented below its goal.
func addAction(d *doc.Doc, a profile.Action, today calendar.Date) {
	state := a.Status.Words()
	if a.Overdue(today) {
		state = "overdue"
	}
	head := state + ", " + string(a.Sort)
	if a.ID != "" { // a suggested one has none yet
		head = a.ID + ", " + head
	}
	d.Add(doc.Item{Depth: 2, Text: head + ": " + a.Text.Line()})
	facts := words.Given(a.Who.After("with: "), words.After("by ", a.Due.Long()), a.Takes(),
		a.Shows.After("shown by: "), a.IfThen.After(""), a.Note.After("note: "))
	if len(facts) > 0 {
		d.Add(doc.Para{Depth: 3, Text: strings.Join(facts, "; ")})
	}
}

// Counts says how many goals there are, such as "3 under way, 1 parked, 1 done". It leaves out dropped ones.
func Counts(p profile.Profile) string {
	in := func(status profile.GoalStatus) int {
		return lists.Count(p.Goals, func(g profile.Goal) bool { return g.Status == status })
	}
	return fmt.Sprintf("%d under way, %d parked, %d done", p.InFlight(), in(profile.GoalParked), in(profile.GoalDone))
}

// InHand says how many goals are under way, and how many of their actions are overdue.
func InHand(p profile.Profile, today calendar.Date) string {
	says := fmt.Sprintf("%d under way", p.InFlight())
	if n := len(p.Overdue(today)); n > 0 {
		says += ", " + words.Count(n, "action", "actions") + " overdue"
	}
	return says
}
