// Package plan turns gaps into a development plan: it suggests goals from the coaching, checks whether a goal is SMART
// and says what is missing, and lays a goal out along the standard's own path: reflect (K31), appraise (K32), act
// (K33). It changes nothing itself; the changes are those of package profile.
package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Basis is what every goal rests on: reflect, appraise, act.
var Basis = []string{"K31", "K32", "K33"}

// Suggestion is a goal that could be set for a gap. Nothing of it is in the profile.
type Suggestion struct {
	KSBs    []string // one, or what a project moves
	Title   string
	Goal    string
	Why     string
	Theory  string
	Due     calendar.Date
	Actions []profile.Action // without IDs
	Written bool             // whether coaching for this KSB has been written
	Bundle  *coaching.Bundle // the project that it is; nil for a goal for one KSB

	Moves []Move // what a project moves, and what shows it; nil for a goal for one KSB

	alone int // for a project: minutes of the suggested actions of its KSBs, one by one
}

// Move is a KSB's step up by a project, and what in the project proves it.
type Move struct {
	KSB      string
	From, To level.Level
	Proof    string
}

// Coach gives the coaching of a KSB, and false when none is written.
type Coach func(ksb string) (coaching.Entry, bool)

// Titles gives the short title of a KSB.
type Titles func(ksb string) string

// Suggest makes a suggestion for one row of the gaps.
func Suggest(r *gap.Report, row gap.Row, coach Coach, title Titles) Suggestion {
	s := Suggestion{
		KSBs: []string{row.KSB.ID}, Title: title(row.KSB.ID), Due: GoalDue(r.AsOf, r.Review),
		Theory: "goal-setting",
	}
	s.Why = whyText(r, row)
	e, ok := coach(row.KSB.ID)
	s.Goal = goalText(row, s.Title, e)
	if !ok {
		return s
	}
	s.Written = true
	actions := firstOfEach(e.ActionsFrom(From(row)))
	if From(row) < beginner {
		slices.Reverse(actions)
	}
	for i, a := range actions {
		s.Actions = append(s.Actions, FromCoaching(a, ActionDue(r.AsOf, r.Review, i)))
	}
	return s
}

// beginner is the level from which practice comes first. Below it one reads, then watches or asks, and only then tries.
const beginner level.Level = 2

// firstOfEach is the first action of each sort, in the order of the sorts.
func firstOfEach(actions []coaching.Action) []coaching.Action {
	var out []coaching.Action
	for _, sort := range profile.Sorts {
		if i := slices.IndexFunc(actions, func(a coaching.Action) bool { return a.Sort == sort }); i >= 0 {
			out = append(out, actions[i])
		}
	}
	return out
}

// From is the level that a plan for a row starts from: the learner's own; the one below where nothing shows the level
// that is claimed, since what reaches it shows it too; and NoOpportunity where there is none to start from, so that the
// coaching starts where anybody can.
func From(row gap.Row) level.Level {
	switch {
	case !row.Rated:
		return level.NoOpportunity
	case row.Unsupported() && row.Strength():
		return row.Level - 1
	}
	return row.Level
}

// FromCoaching makes an action for the profile out of a suggested one, due on a day; it still needs an ID.
func FromCoaching(a coaching.Action, due calendar.Date) profile.Action {
	return profile.Action{
		Sort: a.Sort, Text: safetext.New(a.Text), Who: safetext.New(a.Who), Shows: safetext.New(a.Result),
		Due: due, Minutes: a.Minutes, OffJob: a.OffJob, Status: profile.ActionOpen,
	}
}

// goalText is the coaching's goal for the next step up, one level at a time, since a goal of two levels at once is
// rarely reached in a quarter. Where none is written, the words of the scale have to do. What has no level to start
// from gets a goal that finds one out.
func goalText(row gap.Row, title string, e coaching.Entry) string {
	switch {
	case !row.Rated:
		return title + ": rate it by the words of the levels, write down one example, and take the first step " +
			"from there"
	case row.Opportunity():
		return title + ": get one chance to see it or try it, by rotation or shadowing, and write down what I saw"
	case row.Unsupported() && row.Strength():
		if goal := e.StepFrom(row.Level - 1).Goal; goal != "" {
			return goal // what reaches the level shows it too
		}
		return title + ": back the level I claim with one dated example that somebody else has seen"
	case row.Level >= level.Max:
		return title + ": keep level 4 alive by helping one newer colleague with it"
	}
	if goal := e.StepFrom(row.Level).Goal; goal != "" {
		return goal
	}
	next := row.Level + 1
	return fmt.Sprintf("%s: move from level %s to %s by %s", title, row.Level, next, steps[row.KSB.Kind][next])
}

// steps are what a level asks for, as the way to reach it: the words of the scale, for each kind of KSB.
var steps = map[standard.Kind]map[level.Level]string{
	standard.Knowledge: {
		1: "naming it and finding where it is written", 2: "explaining the basics, with prompts",
		3: "explaining and applying it to my own service, with its limits",
		4: "teaching it and questioning it with evidence",
	},
	standard.Skill: {
		1: "observing or simulating it", 2: "doing it under direct supervision",
		3: "doing it safely to the SOP and knowing when to escalate",
		4: "training, checking or improving it for others",
	},
	standard.Behaviour: {
		1: "finding out what is expected", 2: "showing it in easy cases, reminded if need be",
		3: "showing it consistently, under pressure too", 4: "role-modelling it and challenging others",
	},
}

func whyText(r *gap.Report, row gap.Row) string {
	switch {
	case !row.Rated:
		return "Not rated yet"
	case row.Opportunity():
		return "No opportunity in my post so far"
	}
	reasons := r.Reasons(row)
	if row.Strength() {
		reasons = slices.Insert(reasons, 0, "at target")
	}
	return words.Capital(strings.Join(reasons, ", "))
}

// Taken makes a goal of a suggestion, with IDs from newID. Its reason and theory are left for the learner to write,
// since the suggestion cannot know them and they are what K32 asks for.
func (x Suggestion) Taken(today calendar.Date, newID func(prefix string) string) profile.Goal {
	g := profile.Goal{
		ID: newID("g"), KSBs: x.KSBs, Text: safetext.New(x.Goal), Status: profile.GoalActive, Set: today, Due: x.Due,
	}
	taken := map[string]bool{}
	for _, a := range x.Actions {
		a.ID = newID("a")
		for taken[a.ID] { // newID does not know of those that are not in the record yet
			a.ID = newID("a")
		}
		taken[a.ID] = true
		g.Actions = append(g.Actions, a)
	}
	return g
}
