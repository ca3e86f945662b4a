// Package plan turns gaps into a development plan: it suggests goals from the coaching, checks whether a goal is SMART
// and says what is missing, and lays a goal out along the standard's own path: reflect (K31), appraise (K32), act
// (K33). It changes nothing itself; the changes are those of package profile.
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

	soon    bool // whether the first action must be done within days, for people's safety
	oneself int  // how many actions, from the first, need nobody to be asked for their time
	alone   int  // for a project: minutes of the suggested actions of its KSBs, one by one

	tight bool // a project that cannot end before a suggested goal would be due

	weeks    []int  // of each action: for how many it runs
	sessions []bool // of each action: whether one visit of an assessor may show it with others
	reported []bool // of each action: whether the next one comes of the same piece of work
}

// Move is a KSB's step up by a project, and what in the project proves it. Where the level is there already and nothing
// shows it yet, From and To are the same.
type Move struct {
	KSB      string
	From, To level.Level
	Proof    string
}

// Says is the step in words.
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

// Suggest makes a suggestion for one row of the gaps.
func Suggest(r *gap.Report, row gap.Row, coach Coach, title Titles) Suggestion {
	s := suggest(r, row, coach, title)
	s.inTurn(aheadOf(r))
	s.startInTime(r.AsOf)
	return s
}

// suggest is a suggestion whose days may yet be moved.
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

// fill gives a goal for a row the actions of the coaching, and what their days rest on.
func (x *Suggestion) fill(row gap.Row, e coaching.Entry) {
	actions := firstActions(row, e)
	x.soon = len(actions) > 0 && actions[0].Soon
	x.oneself = len(actions)
	if proves(row) && e.Goals.Prove != "" {
		pieces := inOrder(e.Evidence)
		asked := func(p coaching.Evidence) bool { return !comeBy.Get()[p.Kind].alone }
		if n := slices.IndexFunc(pieces, asked); n >= 0 {
			x.oneself = n
		}
		for i, p := range pieces {
			x.sessions = append(x.sessions, p.Session)
			x.reported = append(x.reported, i+1 < len(pieces) && pieces[i+1].After == p.Kind)
		}
	}
	for _, a := range actions {
		x.weeks = append(x.weeks, a.Weeks)
		x.Actions = append(x.Actions, FromCoaching(a, calendar.Date{}))
	}
}

// inTurn gives the actions of one goal their days, each after the one before it, where there is the time.
func (x *Suggestion) inTurn(ahead Ahead) {
	for i := range x.Actions {
		a := &x.Actions[i]
		a.Due = latest(ahead.ActionDue(i), x.earliest(i, ahead))
		if x.soon && i < soonActions && !x.runs(i) {
			a.Due = x.soonDue(i, ahead)
		}
		if a.Due.After(x.Due) {
			a.Due = x.Due
		}
	}
}

// startInTime says by when to start what runs for weeks.
func (x *Suggestion) startInTime(today calendar.Date) {
	for i := range x.Actions {
		if !x.runs(i) {
			continue
		}
		a := &x.Actions[i]
		if start := dayUpTo(a.Due.AddDays(-7 * x.weeks[i])); start.After(today) {
			a.Text = safetext.New(a.Text.Line() + " Start by " + start.Long() + ".")
		}
	}
}

// firstActions are the actions that a goal for a row starts with, the most sensible first.
func firstActions(row gap.Row, e coaching.Entry) []coaching.Action {
	actions := firstOfEach(e, From(row))
	switch {
	case proves(row) && e.Goals.Prove != "":
		actions = gathering(e)
	case From(row) < beginner:
		slices.Reverse(actions)
	}
	if From(row) < 1 {
		sorting.By(actions, func(a, b coaching.Action) int { return newcomers(a.Sort) - newcomers(b.Sort) })
	}
	sorting.By(actions, func(a, b coaching.Action) int { return cmp.Compare(rank(a), rank(b)) })
	return actions
}

// beginner is the level from which practice comes first. Below it one reads, then watches or asks, and only then tries.
const beginner level.Level = 2

// firstOfEach is the first action of each sort for somebody at a level, in the order of the sorts: the one that must
// come soon, where there is one; the one that the goal begins with; or the one that is the goal's own deed, and not
// what leads up to it.
func firstOfEach(e coaching.Entry, l level.Level) []coaching.Action {
	actions := e.ActionsFrom(l)
	pick := func(a coaching.Action) int {
		if !a.Soon && slices.Contains(a.Deed, max(l, 0)) {
			return rank(coaching.Action{Opens: true})
		}
		return rank(a)
	}
	sorting.By(actions, func(a, b coaching.Action) int { return cmp.Compare(pick(a), pick(b)) })
	var out []coaching.Action
	for _, sort := range profile.Sorts {
		if a, ok := lists.First(actions, func(a coaching.Action) bool { return a.Sort == sort }); ok {
			out = append(out, a)
		}
	}
	return out
}

// newcomers is the order of the sorts for somebody who has met nothing of it yet: they see and ask, then read, and only
// then try, since criteria say little to those who never saw what they are for.
func newcomers(s profile.Sort) int {
	return slices.Index([]profile.Sort{profile.People, profile.Study, profile.Practise}, s)
}

// rank puts what must come soon before all else, then what the goal begins with, and what takes half a day last: that
// needs somebody's time, or a set of cases made ready.
func rank(a coaching.Action) int {
	switch {
	case a.Soon:
		return 0
	case a.Opens:
		return 1
	case a.Minutes > dayLimit:
		return 3
	}
	return 2
}

const dayLimit = 120 // the most minutes of an action that can be fitted into an ordinary day

// proves says whether what a row needs is proof: the target is reached, and nothing shows it yet.
func proves(row gap.Row) bool { return row.Unsupported() && row.Strength() }

// gathering is the coaching's evidence as actions: each piece, how it is come by, and where such pieces fall short.
func gathering(e coaching.Entry) []coaching.Action {
	return lists.Each(inOrder(e.Evidence), func(x coaching.Evidence) coaching.Action {
		how := comeBy.Get()[x.Kind]
		return coaching.Action{
			Sort: how.sort, Text: how.text + "What convinces: " + x.Shows, Who: how.who, Minutes: how.minutes,
			OffJob: "ask", Result: "A dated entry in your evidence. What makes it weak: " + x.Weakness,
		}
	})
}

// inOrder puts first the evidence that the learner can gather alone, since an assessor or a witness must be asked, and
// behind another piece about the same work what comes after it: nobody hands in the report of an audit that is yet to
// be watched.
func inOrder(all []coaching.Evidence) []coaching.Evidence {
	var alone, asked, after []coaching.Evidence
	for _, x := range all {
		switch how, known := comeBy.Get()[x.Kind]; {
		case !known:
		case x.After != "":
			after = append(after, x)
		case how.alone:
			alone = append(alone, x)
		default:
			asked = append(asked, x)
		}
	}
	out := slices.Concat(alone, asked)
	for _, x := range after {
		at := slices.IndexFunc(out, func(y coaching.Evidence) bool { return y.Kind == x.After })
		out = slices.Insert(out, at+1, x)
	}
	return out
}

// A coming is how one piece of evidence is come by.
type coming struct {
	sort      profile.Sort
	text, who string
	minutes   int
	alone     bool
}

// comeBy is how a piece of evidence of each kind is come by, with whom, and how many minutes it takes about. The
// coaching's words follow. What hangs on an event says what to do where there was none.
var comeBy = lazy.Value[map[string]coming]{Make: func() map[string]coming {
	return map[string]coming{
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

// From is the level that a plan for a row starts from: the learner's own; the one below where nothing shows the level
// that is claimed, since what reaches it shows it too; and NoOpportunity where there is none to start from, so that the
// coaching starts where anybody can.
func From(row gap.Row) level.Level {
	switch {
	case !row.Rated:
		return level.NoOpportunity
	case proves(row):
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
		return title + ": rate it by the words of the levels, write down one example, and take the first step from " +
			"there"
	case row.NoOpportunity():
		return title + ": get one chance to see it or try it, by rotation or shadowing, and write down what I saw"
	case proves(row):
		if row.Level == level.Claim && e.Goals.Prove != "" {
			return e.Goals.Prove
		}
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
	return fmt.Sprintf("%s: move from level %s to %s by %s", title, row.Level, next, steps.Get()[row.KSB.Kind][next])
}

// steps are what a level asks for, as the way to reach it: the words of the scale, for each kind of KSB.
var steps = lazy.Value[map[standard.Kind]map[level.Level]string]{Make: func() map[standard.Kind]map[level.Level]string {
	return map[standard.Kind]map[level.Level]string{
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

const lastYear = 12 // how many months before the gateway a plan begins to say how many there are

// lastMonths is how many whole months are left to the gateway, and false where it is further away than lastYear, past
// or not known. They are those of the calendar: a pause moves the month of the programme, and not the day of the
// gateway.
func lastMonths(r *gap.Report) (int, bool) {
	n := r.AsOf.Months(r.Gateway)
	return n, !r.Gateway.IsZero() && !r.Gateway.Before(r.AsOf) && n <= lastYear
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
	if row.Gap() > 0 && r.Timed && !row.Late() { // on track, and yet below a target: it says which
		says = strings.Replace(says, " below target", " below the gateway target", 1)
	}
	if left, ok := lastMonths(r); ok && left > 0 && proves(row) {
		says += ", " + words.Count(left, "month", "months") + " to the gateway"
	}
	return words.Capital(says)
}

// fewUnshown is how many KSBs may be at target with nothing that shows them before a plan begins with what is there
// already.
const fewUnshown = 5

// When what is there already is to be looked through, and the rest to be booked, in days from today; and how many
// minutes it takes to look at what there is for one KSB.
const (
	stockDays, bookDays = 3 * 7, 7 * 7
	stockMinutes        = 2
)

// Unshown says what a plan cannot do goal by goal: near the gateway, with many KSBs at target and nothing that shows
// them. It is "" otherwise.
func Unshown(r *gap.Report) string {
	n := lists.Count(r.Rows, proves)
	left, ok := lastMonths(r)
	if n <= fewUnshown || !ok {
		return ""
	}
	time := words.Count(left, "month is", "months are")
	if left <= 1 {
		time = words.Count(r.AsOf.Days(r.Gateway), "day is", "days are")
	}
	return fmt.Sprintf("%d KSBs are at your target with nothing dated that shows them, and %s left to the gateway. "+
		"Begin with what you already hold: by %s go through them with your supervisor and your provider, and mark "+
		"each as shown, weak or nothing yet. Beside what stands below, that takes about %s. Enter each piece of "+
		"evidence once, for every KSB that it shows, and take a goal only where nothing shows it yet. By %s book the "+
		"observations and case discussions that show several at once, and begin what takes weeks, such as an audit.",
		n, time, aheadOf(r).within(stockDays).Short(), words.Count((n*stockMinutes+59)/60, "hour", "hours"),
		aheadOf(r).within(bookDays).Short())
}

// Opening is what is said before the goals that are suggested: of a gateway that is too near, of what is not shown yet,
// and of ratings that are far behind.
func Opening(r *gap.Report) []string { return words.Given(GatewayTalk(r), Unshown(r), farBehind(r)) }

// behindMonth is the month from which it is spoken of that nearly everything is behind; before, much may be behind by a
// level at once.
const behindMonth = 4

// farBehind asks for a talk about ratings of which nearly all are behind the month: too low, or a learner whom nobody
// has taught. It is "" otherwise.
func farBehind(r *gap.Report) string {
	all := r.Tally(0)
	if !r.Timed || r.Month < behindMonth || 10*all.Behind < 9*all.Total {
		return ""
	}
	when := "with your supervisor"
	if review, ok := aheadOf(r).agreed(); ok {
		when += ", at the review on " + review.Short() + " at the latest"
	}
	return fmt.Sprintf("%d of %d KSBs are behind where month %d should be. Before you choose goals, go through the "+
		"ratings %s: raise what you can already show, with the occasion. Agree with your provider what help the "+
		"others need, and when you look again.",
		all.Behind, all.Total, r.Month, when)
}

// talkWeeks is how many weeks before the gateway a gap of talkGap levels is more than a plan can close.
const (
	talkWeeks = 8
	talkGap   = 2
)

// gatewayDays is how many days are left to the gateway, and whether it is near enough to be talked of before all else.
func gatewayDays(r *gap.Report) (days int, near bool) {
	days = r.AsOf.Days(r.Gateway)
	return days, !r.Gateway.IsZero() && days >= 0 && days < 7*talkWeeks
}

// GatewayTalk asks for a talk about a gateway that is too near for the gaps that are left; "" where it is not.
func GatewayTalk(r *gap.Report) string {
	n := lists.Count(r.Rows, func(row gap.Row) bool { return row.Gap() >= talkGap })
	days, near := gatewayDays(r)
	if n == 0 || !near {
		return ""
	}
	return fmt.Sprintf("Talk to your line manager and your provider about the gateway date this week: it is %s, %s, "+
		"and %s two levels or more below target.", inDays(days), r.Gateway.Long(), words.Count(n, "KSB is", "KSBs are"))
}

// Taken makes a goal of a suggestion, with IDs from newID. Its reason and theory are left for the learner to write,
// since the suggestion cannot know them and they are what K32 asks for.
func (x Suggestion) Taken(today calendar.Date, newID func(prefix string) string) profile.Goal {
	return withIDs(profile.Goal{
		ID: newID("g"), KSBs: x.KSBs, Text: safetext.New(x.Goal), Status: profile.GoalActive, Set: today, Due: x.Due,
		Actions: slices.Clone(x.Actions),
	}, newID)
}

func withIDs(g profile.Goal, newID func(prefix string) string) profile.Goal {
	taken := map[string]bool{}
	for i := range g.Actions {
		id := newID("a")
		for taken[id] { // newID does not know of those that are not in the record yet
			id = newID("a")
		}
		taken[id], g.Actions[i].ID = true, id
	}
	return g
}
