// Package plan turns gaps into a development plan. It suggests goals and projects from the coaching, gives their
// actions dates, checks whether a goal is SMART and says what is missing, and follows a goal along the standard's own
// path: reflect (K31), appraise (K32), act (K33). It also says what to do next. It changes no record: that is for
// package profile.
package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Basis lists the KSBs that every goal exercises: reflect, appraise, act.
var Basis = []string{"K31", "K32", "K33"}

// Suggestion is a goal that could be set for a gap, or a project for several. Nothing of it is in the profile yet.
type Suggestion struct {
	KSBs    []string // one, or those that a project moves up
	Title   string
	Goal    string
	Why     string
	Theory  string
	Due     calendar.Date
	Actions []profile.Action // without IDs
	Written bool             // whether there is coaching for this KSB

	// Only projects have these two; they are nil for a goal for one KSB.
	Bundle *coaching.Bundle // what the coaching says about the project
	Moves  []Move           // the steps up that it brings, and what shows them

	urgent        bool // the first actions must be done within days, for people's safety
	unaided       int  // how many actions, from the first, need nobody else's time
	singleMinutes int  // for a project: how many minutes single goals for its KSBs would take
	overruns      bool // for a project: it takes longer than a goal set today would have

	// These have an entry for each action.
	weeks      []int  // how many weeks it runs for; 0 if it does not
	sameVisit  []bool // one visit by an assessor can cover it together with others
	followedUp []bool // the next action follows from the same piece of work
}

// Move is a KSB's step up by a project, and what in the project proves it. From and To are the same if the level is
// reached already but nothing shows it yet.
type Move struct {
	KSB      string
	From, To level.Level
	Proof    string
}

// Says gives the step in words, such as "from 1 towards 2".
func (m Move) Says() string {
	if m.From == m.To {
		return "to show " + m.To.String()
	}
	return fmt.Sprintf("from %s towards %s", m.From, m.To)
}

// Coach gives the coaching of a KSB, and false when none is written.
type Coach func(ksb string) (coaching.Entry, bool)

// Titles gives the short title of a KSB.
type Titles func(ksb string) string

// Suggest makes a suggestion for one KSB.
func Suggest(r *gap.Report, row gap.Row, coach Coach, title Titles) Suggestion {
	s := suggest(r, row, coach, title)
	s.setDueDates(aheadOf(r))
	s.addStartDates(r.AsOf)
	return s
}

// suggest makes a suggestion whose actions have no dates yet.
func suggest(r *gap.Report, row gap.Row, coach Coach, title Titles) Suggestion {
	id := row.KSB.ID
	e, written := coach(id)
	s := Suggestion{
		KSBs: []string{id}, Title: title(id), Due: aheadOf(r).GoalDue(), Theory: "goal-setting", Why: whyText(r, row),
		Goal: goalText(row, title(id), e), Written: written,
	}
	if written {
		s.fill(row, e)
	}
	return s
}

// fill adds the actions of the coaching for a row, and what their dates will depend on.
func (x *Suggestion) fill(row gap.Row, e coaching.Entry) {
	actions := firstActions(row, e)
	x.urgent = len(actions) > 0 && actions[0].Soon
	x.unaided = len(actions)
	if needsProof(row) && e.Goals.Prove != "" { // the actions are then those of evidenceActions, in the same order
		pieces := evidenceInOrder(e.Evidence)
		needsHelp := func(p coaching.Evidence) bool { return !evidenceSources.Get()[p.Kind].unaided }
		if n := slices.IndexFunc(pieces, needsHelp); n >= 0 {
			x.unaided = n
		}
		for i, p := range pieces {
			x.sameVisit = append(x.sameVisit, p.Session)
			x.followedUp = append(x.followedUp, i+1 < len(pieces) && pieces[i+1].After == p.Kind)
		}
	}
	for _, a := range actions {
		x.weeks = append(x.weeks, a.Weeks)
		x.Actions = append(x.Actions, FromCoaching(a, calendar.Date{}))
	}
}

// setDueDates gives the actions of one goal their due dates, each after the one before it if there is time.
func (x *Suggestion) setDueDates(ahead Ahead) {
	for i := range x.Actions {
		a := &x.Actions[i]
		a.Due = latest(ahead.ActionDue(i), x.earliest(i, ahead))
		if x.urgent && i < soonActions && !x.runs(i) {
			a.Due = x.soonDue(i, ahead)
		}
		if a.Due.After(x.Due) {
			a.Due = x.Due
		}
	}
}

// addStartDates adds to each action that runs for weeks by when to start it.
func (x *Suggestion) addStartDates(today calendar.Date) {
	for i := range x.Actions {
		if !x.runs(i) {
			continue
		}
		a := &x.Actions[i]
		if start := workdayUpTo(a.Due.AddDays(-7 * x.weeks[i])); start.After(today) {
			a.Text = safetext.New(a.Text.Line() + " Start by " + start.Long() + ".")
		}
	}
}

// firstActions are the actions that a goal for a row starts with, in a sensible order.
func firstActions(row gap.Row, e coaching.Entry) []coaching.Action {
	actions := firstOfEach(e, From(row))
	switch {
	case needsProof(row) && e.Goals.Prove != "":
		actions = evidenceActions(e)
	case From(row) < beginner:
		slices.Reverse(actions)
	}
	if From(row) < 1 {
		sorting.By(actions, func(a, b coaching.Action) int { return newcomerOrder(a.Sort) - newcomerOrder(b.Sort) })
	}
	sorting.By(actions, func(a, b coaching.Action) int { return cmp.Compare(actionRank(a), actionRank(b)) })
	return actions
}

// beginner is the level from which practice comes first. Below it one reads, then watches or asks, and only then tries.
const beginner level.Level = 2

// firstOfEach is one action of each sort for somebody at a level, in the order of the sorts. It prefers the action that
// must be done soon, then one that opens the goal or is the very thing the goal asks for, over what leads up to it.
func firstOfEach(e coaching.Entry, l level.Level) []coaching.Action {
	actions := e.ActionsFrom(l)
	preference := func(a coaching.Action) int {
		if slices.Contains(a.Deed, max(l, 0)) {
			return min(actionRank(a), rankOpens)
		}
		return actionRank(a)
	}
	sorting.By(actions, func(a, b coaching.Action) int { return cmp.Compare(preference(a), preference(b)) })
	var out []coaching.Action
	for _, sort := range profile.Sorts {
		if a, ok := lists.First(actions, func(a coaching.Action) bool { return a.Sort == sort }); ok {
			out = append(out, a)
		}
	}
	return out
}

// newcomerOrder is the order of the sorts for somebody to whom it is all new: first watch and ask, then read, and only
// then try, because criteria mean little until one has seen what they are for.
func newcomerOrder(s profile.Sort) int {
	return slices.Index([]profile.Sort{profile.People, profile.Study, profile.Practise}, s)
}

// The ranks of actions. One that takes half a day comes last, since it needs somebody's time or cases prepared for it.
const (
	rankSoon = iota
	rankOpens
	rankShort
	rankLong
)

func actionRank(a coaching.Action) int {
	switch {
	case a.Soon:
		return rankSoon
	case a.Opens:
		return rankOpens
	case a.Minutes > maxDayMinutes:
		return rankLong
	}
	return rankShort
}

const maxDayMinutes = 120 // minutes: a longer action does not fit into an ordinary working day

// needsProof reports whether a row needs proof and nothing else: the target is reached, but nothing shows it yet.
func needsProof(row gap.Row) bool { return row.Unsupported() && row.Strength() }

// evidenceActions turns the evidence that the coaching asks for into actions: how to get each piece, what it must show,
// and where such pieces often fall short.
func evidenceActions(e coaching.Entry) []coaching.Action {
	return lists.Each(evidenceInOrder(e.Evidence), func(x coaching.Evidence) coaching.Action {
		how := evidenceSources.Get()[x.Kind]
		return coaching.Action{
			Sort: how.sort, Text: how.text + "What convinces: " + x.Shows, Who: how.who, Minutes: how.minutes,
			OffJob: "ask", Result: "A dated entry in your evidence. What makes it weak: " + x.Weakness,
		}
	})
}

// evidenceInOrder puts the evidence that the learner can gather alone before what needs an assessor or a witness. A
// piece that follows from another about the same work comes right after that one: the report of an audit cannot be
// handed in before the audit was observed.
func evidenceInOrder(all []coaching.Evidence) []coaching.Evidence {
	var alone, helped, following []coaching.Evidence
	for _, x := range all {
		switch how, known := evidenceSources.Get()[x.Kind]; {
		case !known:
		case x.After != "":
			following = append(following, x)
		case how.unaided:
			alone = append(alone, x)
		default:
			helped = append(helped, x)
		}
	}
	out := slices.Concat(alone, helped)
	for _, x := range following {
		at := slices.IndexFunc(out, func(y coaching.Evidence) bool { return y.Kind == x.After })
		out = slices.Insert(out, at+1, x)
	}
	return out
}

// An evidenceSource says how to get one kind of evidence.
type evidenceSource struct {
	sort      profile.Sort
	text, who string
	minutes   int  // roughly
	unaided   bool // nobody else's time is needed
}

// evidenceSources says how to get each kind of evidence. The coaching's own words follow the text. A text that depends
// on an occasion also says what to do if there was none.
var evidenceSources = lazy.Value[map[string]evidenceSource]{Make: func() map[string]evidenceSource {
	return map[string]evidenceSource{
		"work-product": {
			profile.Practise, "Choose a piece of your own work; if there is none, agree which to do next. Make sure " +
				"that it identifies nobody. ", "Your supervisor, who confirms that the work is yours", 90, true,
		},
		"observed-procedure": {profile.Practise, "Have an assessor observe you and write down what they saw. If a " +
			"patient is there, they agree first. ", "An assessor, or a colleague who may sign for it", 60, false},
		"case-based-discussion": {
			profile.People, "Arrange a case-based discussion, and have it written up. ",
			"A senior colleague or an assessor", 60, false,
		},
		"witness-testimony": {
			profile.People, "Ask for a testimony while it is fresh in their mind. If there was no such occasion, " +
				"agree with your assessor what may show it instead. ", "Somebody who saw you do it", 20, false,
		},
		"reflective-account": {
			profile.Practise, "Write a reflective account. ",
			"Your mentor, who reads it and asks what is missing", 60, true,
		},
		"training-record": {
			profile.Study, "Bring your training record up to date. ", "Whoever keeps the record with you", 45, true,
		},
		"feedback": {
			profile.People, "Ask for feedback in writing, and from patients only by your service's own route. ",
			"The people whom it concerns", 30, false,
		},
	}
}}

// From is the level that a plan for a row starts from. That is the learner's own level, or the one below if a reached
// target still needs proof, since what leads to a level also shows it. It is NoOpportunity for a KSB that is not rated
// or had no opportunity, so that the coaching starts where anybody can.
func From(row gap.Row) level.Level {
	switch {
	case !row.Rated:
		return level.NoOpportunity
	case needsProof(row):
		return row.Level - 1
	}
	return row.Level
}

// FromCoaching makes an action of the profile from one of the coaching. It still needs an ID.
func FromCoaching(a coaching.Action, due calendar.Date) profile.Action {
	return profile.Action{
		Sort: a.Sort, Text: safetext.New(a.Text), Who: safetext.New(a.Who), Shows: safetext.New(a.Result),
		Due: due, Minutes: a.Minutes, OffJob: a.OffJob, Status: profile.ActionOpen,
	}
}

// goalText is the coaching's goal for the next level up. It is never for two levels, which are rarely reached in a
// quarter. If the coaching has none, the words of the scale have to do. A KSB without a level gets a goal that finds
// its level.
func goalText(row gap.Row, title string, e coaching.Entry) string {
	switch {
	case !row.Rated:
		return title + ": rate it by the words of the levels, write down one example, and take the first step from " +
			"there"
	case row.NoOpportunity():
		return title + ": get one chance to see it or try it, by rotation or shadowing, and write down what I saw"
	case needsProof(row):
		if row.Level == level.Claim && e.Goals.Prove != "" {
			return e.Goals.Prove
		}
		if goal := e.StepFrom(row.Level - 1).Goal; goal != "" {
			return goal // what leads to the level also shows it
		}
		return title + ": back the level I claim with one dated example that somebody else has seen"
	case row.Level >= level.Max:
		return title + ": keep level 4 alive by helping one newer colleague with it"
	}
	if goal := e.StepFrom(row.Level).Goal; goal != "" {
		return goal
	}
	next := row.Level + 1
	way := waysToLevel.Get()[row.KSB.Kind][next]
	return fmt.Sprintf("%s: move from level %s to %s by %s", title, row.Level, next, way)
}

type ways = map[standard.Kind]map[level.Level]string

// waysToLevel say how to reach a level of each kind of KSB, in the words of the scale. They follow "move from level 1
// to 2 by".
var waysToLevel = lazy.Value[ways]{Make: func() ways {
	return ways{
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
}}

const finalMonths = 12 // how many months before the gateway a plan starts to say how many are left

// monthsLeft is how many whole months are left to the gateway. It is false if the gateway is more than finalMonths
// away, past or not known. These are calendar months: a pause holds up the programme month, but does not move the
// gateway.
func monthsLeft(r *gap.Report) (int, bool) {
	n := r.AsOf.Months(r.Gateway)
	return n, !r.Gateway.IsZero() && !r.Gateway.Before(r.AsOf) && n <= finalMonths
}

func whyText(r *gap.Report, row gap.Row) string {
	switch {
	case !row.Rated:
		return "Not rated yet"
	case row.NoOpportunity():
		return "No opportunity in my post so far"
	}
	reasons := r.Reasons(row)
	if row.Strength() {
		reasons = slices.Insert(reasons, 0, "at target")
	}
	says := strings.Join(reasons, ", ")
	if row.Gap() > 0 && r.Timed && !row.Late() { // "on track" and "below target" would seem to contradict each other
		says = strings.Replace(says, " below target", " below the gateway target", 1)
	}
	if left, ok := monthsLeft(r); ok && left > 0 && needsProof(row) {
		says += ", " + words.Count(left, "month", "months") + " to the gateway"
	}
	return words.Capital(says)
}

const (
	fewUnshown   = 5     // with more KSBs at target and no evidence, a plan starts by taking stock of existing evidence
	stockDays    = 3 * 7 // days from today to take stock of what there is
	stockMinutes = 2     // how long that takes for each KSB
	bookDays     = 7 * 7 // days from today to book observations and discussions
)

// Unshown tells a learner with a gateway near and many KSBs at target without evidence to take stock first, since
// setting goals one by one would not get them there. It is "" otherwise.
func Unshown(r *gap.Report) string {
	n := lists.Count(r.Rows, needsProof)
	left, ok := monthsLeft(r)
	if n <= fewUnshown || !ok {
		return ""
	}
	time := words.Count(left, "month is", "months are")
	if left <= 1 {
		time = words.Count(r.AsOf.Days(r.Gateway), "day is", "days are")
	}
	return fmt.Sprintf("%d KSBs are at your target with nothing dated that shows them, and %s left to the gateway. "+
		"Begin with what you already hold: by %s go through them with your supervisor and your provider, and mark "+
		"each as shown, weak or nothing yet. This takes about %s, on top of the goals below. Enter each piece of "+
		"evidence once, for every KSB that it shows, and take a goal only where nothing shows it yet. By %s book the "+
		"observations and case discussions that show several at once, and begin what takes weeks, such as an audit.",
		n, time, aheadOf(r).within(stockDays).Short(), words.Count((n*stockMinutes+59)/60, "hour", "hours"),
		aheadOf(r).within(bookDays).Short())
}

// Opening is the advice to give before suggesting goals: on a gateway that is too near, on targets that nothing shows
// yet, and on ratings that are nearly all behind.
func Opening(r *gap.Report) []string { return words.Given(GatewayTalk(r), Unshown(r), farBehind(r)) }

// behindMonth is the first programme month in which being behind nearly everywhere is worth raising. Before that, many
// KSBs can fall behind at once when the expected level first rises.
const behindMonth = 4

// farBehind asks for a talk if nearly all ratings are behind: either they are too low, or nobody has taught the
// learner. It is "" otherwise.
func farBehind(r *gap.Report) string {
	all := r.Tally(0)
	if !r.Timed || r.Month < behindMonth || 10*all.Behind < 9*all.Total {
		return ""
	}
	when := "with your supervisor"
	if review, ok := aheadOf(r).agreedAt(); ok {
		when += ", at the review on " + review.Short() + " at the latest"
	}
	return fmt.Sprintf("%d of %d KSBs are behind where month %d should be. Before you choose goals, go through the "+
		"ratings %s: raise the levels that you can already show, and note an occasion for each. Agree with your "+
		"provider what help the others need, and when you look again.",
		all.Behind, all.Total, r.Month, when)
}

// A plan cannot close a gap of talkGap levels in the last talkWeeks weeks before the gateway.
const (
	talkWeeks = 8
	talkGap   = 2
)

// gatewayDays is how many days are left to the gateway, and whether that is within talkWeeks.
func gatewayDays(r *gap.Report) (days int, near bool) {
	days = r.AsOf.Days(r.Gateway)
	return days, !r.Gateway.IsZero() && days >= 0 && days < 7*talkWeeks
}

// GatewayTalk asks for a talk about the gateway date if it is too near for the gaps that are left; "" if it is not.
func GatewayTalk(r *gap.Report) string {
	n := lists.Count(r.Rows, func(row gap.Row) bool { return row.Gap() >= talkGap })
	days, near := gatewayDays(r)
	if n == 0 || !near {
		return ""
	}
	return fmt.Sprintf("Talk to your line manager and your provider about the gateway date this week: it is %s, %s, "+
		"and %s two levels or more below target.", inDays(days), r.Gateway.Long(), words.Count(n, "KSB is", "KSBs are"))
}

// Taken makes an active goal from a suggestion, with IDs from newID. The reason and the theory are left for the learner
// to write: a suggestion cannot know them, and they are what K32 asks for.
func (x Suggestion) Taken(today calendar.Date, newID func(prefix string) string) profile.Goal {
	return withIDs(profile.Goal{
		ID: newID("g"), KSBs: x.KSBs, Text: safetext.New(x.Goal), Status: profile.GoalActive, Set: today, Due: x.Due,
		Actions: slices.Clone(x.Actions),
	}, newID)
}

func withIDs(g profile.Goal, newID func(prefix string) string) profile.Goal {
	used := map[string]bool{}
	for i := range g.Actions {
		id := newID("a")
		for used[id] { // newID only avoids the IDs in the record, and these actions are not there yet
			id = newID("a")
		}
		used[id] = true
		g.Actions[i].ID = id
	}
	return g
}
