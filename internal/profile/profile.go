// Package profile is one learner's record: the ratings by round, evidence, goals with their actions, reflections,
// reviews and settings; and every Change that may be made to it, with its rules. It opens no files and asks no clock:
// callers pass in dates and identifiers. Package file below it reads and writes the record as TOML.
package profile

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Format is the version of the file format that this program writes, and the newest that it reads.
const Format = 1

// ProgrammeMonths is the length of a programme whose gateway date is not given.
const ProgrammeMonths = 36

// Profile is one learner's record. It is a value: a Change returns a new Profile that shares with the old one whatever
// did not change. So never modify a list or a map of a Profile in place.
type Profile struct {
	Standard    string // reference, such as ST0413
	Learner     Learner
	Pauses      []Pause
	Targets     map[string]level.Level // by KSB: targets other than the default of the scale
	Curve       level.Curve            // the learner's own; zero for that of the scale
	Rounds      []Round                // the oldest first; only the last may be open
	Evidence    []Evidence
	Reflections []Reflection
	Goals       []Goal
	Reviews     []Review // only the last may be open
	Prepared    Private  // private notes for the next review
	Answered    []Left   // what came of the things that the last review left open; kept until the next one is closed
	Settings    Settings
	Privacy     Privacy
	Sheet       bool     // this is a rating sheet for a mentor who sits elsewhere; see sheet.go
	Asked       []string // the KSBs that a rating sheet asks for
}

// Learner is the person that the profile is about. Only the name is required.
type Learner struct {
	Name    safetext.Text
	Role    safetext.Text // role or specialism
	Start   calendar.Date
	Gateway calendar.Date // as planned; see Profile.GatewayDate for the default
	Review  calendar.Date // the next appraisal or progress review
	ID      string        // tells learners of the same name apart on rating sheets; "" until Identify sets it
}

// Title is the name and the role, if they are known: "Asha Patel, Audiology".
func (l Learner) Title() string { return strings.Join(words.Given(l.Name.Line(), l.Role.Line()), ", ") }

// Pause is a break in learning, from its first to its last day.
type Pause struct{ From, To calendar.Date }

// Rater says whose view a rating is.
type Rater string

// The raters. A mentor's rating alone never changes the level.
const (
	Self   Rater = "self"
	Mentor Rater = "mentor"
	Agreed Rater = "agreed"
)

// Raters lists the raters in the order of the file.
var Raters = []Rater{Self, Mentor, Agreed}

// Words names the rater when the learner is spoken to: "you", "mentor" or "agreed".
func (r Rater) Words() string {
	if r == Self {
		return "you"
	}
	return string(r)
}

// Rating is one level for one KSB by one rater.
type Rating struct {
	Level  level.Level
	On     calendar.Date
	Note   safetext.Text
	By     safetext.Text // the mentor's name, for mentor and agreed ratings
	Reason safetext.Text // for agreed ratings; empty if both had given this level anyway

	// Shown is the day on which learner and mentor looked at this mentor's rating together (see Reveal). If the learner
	// rated the KSB only after that, their rating has this day too.
	Shown   calendar.Date
	Changed bool        // the level was changed after they had looked
	Blind   level.Level // if Changed, the level that was given before
}

// Round is one pass of rating. It is open until it has a closing date.
type Round struct {
	ID      string
	Opened  calendar.Date
	Closed  calendar.Date
	Ratings map[Rater]map[string]Rating // by KSB; for Mentor, only the newest rating by any of them
	Others  map[string][]Rating         // by KSB: the ratings by all other mentors, one each, the newest first
	Differ  map[string]Differ           // by KSB: where learner and mentor recorded that they differ
}

// Evidence is a dated thing with a title that shows one or more KSBs. An example, which is one situation for one KSB,
// is evidence of the kind KindExample.
type Evidence struct {
	ID      string
	KSBs    []string
	On      calendar.Date
	Kind    string // one of Kinds
	Title   safetext.Text
	Where   safetext.Text // where it is kept
	Witness safetext.Text
	Duty    int // number of the duty that an example came from; 0 if none was named
}

// Reflection is a short reflection in one of the models, about a goal or about KSBs.
type Reflection struct {
	ID      string
	On      calendar.Date
	Model   string
	Goal    string // the goal's ID, or ""
	KSBs    []string
	Answers []Answer // in the model's order
}

// Answer is what was written for one step of a model.
type Answer struct {
	Step string
	Text safetext.Text
}

// Answer is what was written for a step, or empty.
func (r Reflection) Answer(step string) safetext.Text {
	a, _ := lists.First(r.Answers, func(a Answer) bool { return a.Step == step })
	return a.Text
}

// Reflection finds a reflection by its ID.
func (p Profile) Reflection(id string) (Reflection, bool) {
	return lists.First(p.Reflections, func(r Reflection) bool { return r.ID == id })
}

// GoalStatus is the state of a goal.
type GoalStatus string

// The states of a goal. A suggestion is not a goal yet, so it has none of these.
const (
	GoalActive  GoalStatus = "active"
	GoalParked  GoalStatus = "parked"
	GoalDone    GoalStatus = "done"
	GoalDropped GoalStatus = "dropped"
)

// GoalStatuses lists the states of a goal.
var GoalStatuses = []GoalStatus{GoalActive, GoalParked, GoalDone, GoalDropped}

// Ended says whether a goal is over: done or dropped.
func (s GoalStatus) Ended() bool { return s == GoalDone || s == GoalDropped }

// Words is the status of a goal in a sentence, such as "under way".
func (s GoalStatus) Words() string {
	if s == GoalActive {
		return "under way"
	}
	return string(s)
}

// Goal is one thing to reach, for one or more KSBs.
type Goal struct {
	ID     string
	KSBs   []string
	Text   safetext.Text
	Status GoalStatus
	Set    calendar.Date // the day it was added to the plan
	Due    calendar.Date
	Theory string        // the id of the theory that its reason rests on (K32)
	Why    safetext.Text // the reason, in one line
	Note   safetext.Text // why it is parked, closed or dropped
	Closed calendar.Date // the day it ended

	Actions []Action
}

// Sort is the kind of an action.
type Sort string

// The sorts of action.
const (
	Practise Sort = "practise"
	People   Sort = "people"
	Study    Sort = "study"
)

// Sorts lists the sorts of action.
var Sorts = []Sort{Practise, People, Study}

// ActionStatus is the state of an action.
type ActionStatus string

// The states of an action. All but ActionOpen mean that it has ended.
const (
	ActionOpen    ActionStatus = "open"
	ActionDone    ActionStatus = "done"
	ActionNotDone ActionStatus = "not-done"
	ActionChanged ActionStatus = "changed"
	ActionDropped ActionStatus = "dropped"
)

// ActionStatuses lists the states of an action, and ActionEndings all of them but ActionOpen.
var (
	ActionStatuses = append([]ActionStatus{ActionOpen}, ActionEndings...)
	ActionEndings  = []ActionStatus{ActionDone, ActionNotDone, ActionChanged, ActionDropped}
)

// Words is the status in a sentence, such as "not done".
func (s ActionStatus) Words() string { return strings.ReplaceAll(string(s), "-", " ") }

// Action is one step towards a goal.
type Action struct {
	ID     string
	Sort   Sort
	Text   safetext.Text
	Who    safetext.Text // who helps
	Due    calendar.Date
	Shows  safetext.Text // what will show that it was done
	IfThen safetext.Text // what to do when something gets in the way

	Minutes int    // the learner's own time in all; 0 if not known
	OffJob  OffJob // "" if not known

	Status ActionStatus
	Note   safetext.Text // what came of it
	Closed calendar.Date // the day it ended
}

// GatewayDate is the planned gateway: the learner's own date, else the start plus 36 months, else the zero Date.
func (p Profile) GatewayDate() calendar.Date {
	if !p.Learner.Gateway.IsZero() || p.Learner.Start.IsZero() {
		return p.Learner.Gateway
	}
	return p.Learner.Start.AddMonths(ProgrammeMonths)
}

// Length is the length of the programme in months, at least 1, and false if the start is unknown. The gateway is its
// last day, so from 1 September to 31 August is 12 months.
func (p Profile) Length() (int, bool) {
	if p.Learner.Start.IsZero() {
		return 0, false
	}
	return max(p.Learner.Start.Months(p.GatewayDate().AddDays(1)), 1), true
}

// Month is the number of completed programme months on a day, not counting pauses, and false if the start is unknown.
// During a pause the month does not advance, and it never goes back.
func (p Profile) Month(on calendar.Date) (int, bool) {
	if p.Learner.Start.IsZero() {
		return 0, false
	}
	start := p.Learner.Start // moved on by each pause that is over
	reached := 0
	for _, q := range mergePauses(p.Pauses) {
		q.From = later(q.From, p.Learner.Start)
		if on.Before(q.From) {
			break
		}
		if q.To.Before(q.From) {
			continue // it was over before the programme began
		}
		reached = max(reached, start.Months(q.From))
		if !on.After(q.To) {
			return reached, true
		}
		start = q.moveOn(start)
	}
	// Months differ in length, so the first day back could otherwise count as one month less.
	return max(reached, start.Months(on)), true
}

// mergePauses sorts pauses and joins those that overlap or touch, so that no day counts twice.
func mergePauses(pauses []Pause) []Pause {
	sorted := slices.Clone(pauses)
	sorting.By(sorted, func(a, b Pause) int { return a.From.Compare(b.From) })
	var out []Pause
	for _, q := range sorted {
		if n := len(out); n > 0 && !q.From.After(out[n-1].To.AddDays(1)) {
			out[n-1].To = later(out[n-1].To, q.To)
			continue
		}
		out = append(out, q)
	}
	return out
}

// Open is the round in which ratings are given now, and false if every round is closed.
func (p Profile) Open() (Round, bool) {
	if n := len(p.Rounds); n > 0 && p.Rounds[n-1].Closed.IsZero() {
		return p.Rounds[n-1], true
	}
	return Round{}, false
}

// Newest is the newest rating of a KSB by a rater: the one with the latest date or, on the same date, in the later
// round. For Mentor it is the newest that the learner may see; see SeenIn.
func (p Profile) Newest(ksb string, by Rater) (Rating, bool) {
	best, at := p.NewestAt(ksb, by)
	return best, at >= 0
}

// NewestAt is Newest with the index of its round, or -1 if there is none.
func (p Profile) NewestAt(ksb string, by Rater) (newest Rating, at int) {
	at = -1
	for i, r := range p.Rounds {
		x, ok := r.Ratings[by][ksb]
		if ok && by == Mentor && !p.learnerRated(i, ksb) {
			seen := p.SeenIn(i, ksb)
			ok = len(seen) > 0
			if ok {
				x = seen[0]
			}
		}
		if ok && (at < 0 || !x.On.Before(newest.On)) {
			newest, at = x, i
		}
	}
	return newest, at
}

// Level is the rating that counts for gaps: the newest agreed one, else the learner's newest.
func (p Profile) Level(ksb string) (Rating, Rater, bool) {
	if r, ok := p.Newest(ksb, Agreed); ok {
		return r, Agreed, true
	}
	r, ok := p.Newest(ksb, Self)
	return r, Self, ok
}

// Before is a rater's newest rating of a KSB in the rounds that are closed.
func (p Profile) Before(ksb string, by Rater) (Rating, bool) {
	if _, open := p.Open(); open {
		p.Rounds = p.Rounds[:len(p.Rounds)-1]
	}
	return p.Newest(ksb, by)
}

// EvidenceFor lists the evidence of a KSB in file order.
func (p Profile) EvidenceFor(ksb string) []Evidence {
	return lists.Where(p.Evidence, func(e Evidence) bool { return slices.Contains(e.KSBs, ksb) })
}

// Goal finds a goal by its ID.
func (p Profile) Goal(id string) (Goal, bool) {
	return lists.First(p.Goals, func(g Goal) bool { return g.ID == id })
}

// GoalFor finds a goal for a KSB: one that is active or, failing that, parked.
func (p Profile) GoalFor(ksb string) (Goal, bool) { return p.OtherGoalFor(Goal{KSBs: []string{ksb}}) }

// OtherGoalFor finds another goal than this one that is for one of the same KSBs, in flight or, failing that, parked.
func (p Profile) OtherGoalFor(g Goal) (Goal, bool) {
	return p.openGoal(g, func(Goal) bool { return true })
}

// SameGoal is OtherGoalFor a goal in the same words, ignoring case and spacing.
func (p Profile) SameGoal(g Goal) (Goal, bool) {
	words := func(g Goal) string { return strings.ToLower(strings.Join(strings.Fields(g.Text.Line()), " ")) }
	return p.openGoal(g, func(x Goal) bool { return words(x) == words(g) })
}

func (p Profile) openGoal(g Goal, match func(Goal) bool) (Goal, bool) {
	shared := func(ksb string) bool { return slices.Contains(g.KSBs, ksb) }
	for _, status := range []GoalStatus{GoalActive, GoalParked} {
		other, ok := lists.First(p.Goals, func(x Goal) bool {
			return x.Status == status && x.ID != g.ID && match(x) && slices.ContainsFunc(x.KSBs, shared)
		})
		if ok {
			return other, true
		}
	}
	return Goal{}, false
}

// Action finds an action by its ID, and the goal that it belongs to.
func (p Profile) Action(id string) (Action, Goal, bool) {
	for _, g := range p.Goals {
		if a, ok := lists.First(g.Actions, func(a Action) bool { return a.ID == id }); ok {
			return a, g, true
		}
	}
	return Action{}, Goal{}, false
}

// ByStatus sorts goals in the order of GoalStatuses, with any of another status first.
func ByStatus(goals []Goal) []Goal {
	out := slices.Clone(goals)
	place := func(g Goal) int { return slices.Index(GoalStatuses, g.Status) }
	sorting.By(out, func(a, b Goal) int { return place(a) - place(b) })
	return out
}

// InFlight is the number of active goals.
func (p Profile) InFlight() int {
	return lists.Count(p.Goals, func(g Goal) bool { return g.Status == GoalActive })
}

// HasRoom says whether one more goal may be active; see MaxInFlight.
func (p Profile) HasRoom() bool { return p.InFlight() < MaxInFlight }

// withItem is a copy of a list with another item at i.
func withItem[T any](list []T, i int, x T) []T {
	list = slices.Clone(list)
	list[i] = x
	return list
}

// setGiven copies each pointer field of a change that is not nil to the field of the same name in the struct that to
// points to.
func setGiven(to, change any) {
	target, given := reflect.ValueOf(to).Elem(), reflect.ValueOf(change)
	for i := range given.NumField() {
		if x := given.Field(i); x.Kind() == reflect.Pointer && !x.IsNil() {
			target.FieldByName(given.Type().Field(i).Name).Set(x.Elem())
		}
	}
}

// Overdue says whether an action is still open after its due date.
func (a Action) Overdue(today calendar.Date) bool {
	return a.Status == ActionOpen && !a.Due.IsZero() && a.Due.Before(today)
}

// Overdue lists the overdue actions of active goals.
func (p Profile) Overdue(today calendar.Date) []Action {
	return slices.DeleteFunc(p.Pending(), func(a Action) bool { return !a.Overdue(today) })
}

// RatedSince counts the KSBs that the learner has rated since the record was in an earlier state.
func (p Profile) RatedSince(before Profile) int {
	rated := map[string]bool{}
	for _, r := range p.Rounds {
		for id := range r.Ratings[Self] {
			x, _ := p.Newest(id, Self)
			if y, ok := before.Newest(id, Self); !ok || x.Level != y.Level || x.On != y.On {
				rated[id] = true
			}
		}
	}
	return len(rated)
}

// Ratings is the number of ratings in the record, by all raters in all rounds.
func (p Profile) Ratings() int {
	n := 0
	for _, r := range p.Rounds {
		for _, m := range r.Ratings {
			n += len(m)
		}
		for _, list := range r.Others {
			n += len(list)
		}
	}
	return n
}

// IDs is the set of identifiers in use.
func (p Profile) IDs() map[string]bool {
	ids := map[string]bool{}
	p.EachID(func(id string) { ids[id] = true })
	return ids
}

// EachID visits every identifier, once for each thing that has it, so that duplicates show.
func (p Profile) EachID(visit func(id string)) {
	for _, r := range p.Rounds {
		visit(r.ID)
	}
	for _, e := range p.Evidence {
		visit(e.ID)
	}
	for _, r := range p.Reflections {
		visit(r.ID)
	}
	for _, g := range p.Goals {
		visit(g.ID)
		for _, a := range g.Actions {
			visit(a.ID)
		}
	}
	for _, r := range p.Reviews {
		visit(r.ID)
	}
}

// withRatings is a copy of a round in which one rater's ratings may be modified.
func (r Round) withRatings(by Rater) Round {
	ratings := map[string]Rating{}
	maps.Copy(ratings, r.Ratings[by])
	r.Ratings = withKey(r.Ratings, by, ratings)
	return r
}

// withKey is a copy of a map with a value under a key.
func withKey[K comparable, V any](m map[K]V, key K, v V) map[K]V {
	own := map[K]V{}
	maps.Copy(own, m)
	own[key] = v
	return own
}

// withoutKey is a copy of a map without a key; nil if nothing is left.
func withoutKey[K comparable, V any](m map[K]V, key K) map[K]V {
	own := maps.Clone(m)
	delete(own, key)
	if len(own) == 0 {
		return nil
	}
	return own
}

// ValidID says whether a text can be an identifier: 1 to 40 lower case letters, digits and hyphens.
func ValidID(s string) bool {
	return s != "" && len(s) <= 40 && strings.Trim(s, "-0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// walkTexts visits every Text in a record or a part of it.
func walkTexts(v reflect.Value, visit func(safetext.Text)) {
	switch {
	case v.Type() == reflect.TypeFor[safetext.Text]():
		visit(v.Interface().(safetext.Text))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walkTexts(v.Field(i), visit)
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			walkTexts(v.Index(i), visit)
		}
	case v.Kind() == reflect.Map:
		for _, key := range v.MapKeys() {
			walkTexts(v.MapIndex(key), visit)
		}
	}
}
