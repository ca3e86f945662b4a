// Package profile is one learner's record: the ratings by round, evidence, goals with their actions, reflections,
// reviews and settings; and the rules of every Change that may be made to it. Its form as TOML is package file's. It
// opens no files and asks no clock: dates and identifiers are handed in.
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

// Profile is one learner's record. It is a value: a Change returns a new one that shares what it did not touch, so no
// part of a Profile is ever modified in place.
type Profile struct {
	Standard    string // reference, such as ST0413
	Learner     Learner
	Pauses      []Pause
	Targets     map[string]level.Level // by KSB, where it differs from the scale's
	Curve       level.Curve            // zero: the scale's
	Rounds      []Round
	Evidence    []Evidence
	Reflections []Reflection
	Goals       []Goal
	Reviews     []Review
	Prepared    Private // notes for the next review
	Answered    []Left  // what came of what the last review left, until the next one is closed
	Settings    Settings
	Privacy     Privacy
	Sheet       bool     // it is a rating sheet, for a mentor who sits elsewhere: see sheet.go
	Asked       []string // the KSBs that a rating sheet asks for
}

// Learner is the person that the profile is about. Only the name is required.
type Learner struct {
	Name    safetext.Text
	Role    safetext.Text // role or specialism
	Start   calendar.Date
	Gateway calendar.Date // planned; see Profile.GatewayDate for the default
	Review  calendar.Date // the next appraisal or progress review
	ID      string        // tells learners of one name apart on rating sheets; "" until Identify gives one
}

// Title is the name with the role, as far as they are known: "Asha Patel, Audiology".
func (l Learner) Title() string { return strings.Join(words.Given(l.Name.Line(), l.Role.Line()), ", ") }

// Pause is a break in learning; both days belong to it.
type Pause struct{ From, To calendar.Date }

// Rater is whose view a rating is.
type Rater string

// The raters. A mentor's rating alone never changes the level.
const (
	Self   Rater = "self"
	Mentor Rater = "mentor"
	Agreed Rater = "agreed"
)

// Raters lists them in the order in which the file keeps them.
var Raters = []Rater{Self, Mentor, Agreed}

// Words are whose view it is, as the learner would say it.
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
	By     safetext.Text // who, for mentor and agreed ratings
	Reason safetext.Text // why, for agreed ratings; empty where both had given the level

	// Shown is the day on which learner and mentor looked at a mentor's rating together (see Reveal). A rating that the
	// learner first gave after that has the day too.
	Shown   calendar.Date
	Changed bool        // the level was changed after that
	Blind   level.Level // the level that was given before, when Changed
}

// Round is one pass of rating. It is open until it has a closing date.
type Round struct {
	ID      string
	Opened  calendar.Date
	Closed  calendar.Date
	Ratings map[Rater]map[string]Rating // of mentors the newest; see Others
	Others  map[string][]Rating         // by KSB: what other mentors gave, one rating of each, the newest first
	Differ  map[string]Differ           // by KSB: recorded that learner and mentor differ
}

// Evidence is a dated, titled thing that shows one or more KSBs. An example, one situation for one KSB, is evidence of
// the kind KindExample.
type Evidence struct {
	ID      string
	KSBs    []string
	On      calendar.Date
	Kind    string // one of Kinds
	Title   safetext.Text
	Where   safetext.Text // where it is kept
	Witness safetext.Text
	Duty    int // the duty that an example came from; 0 when none was named
}

// Reflection is a short reflection in one of the models, on a goal or on KSBs.
type Reflection struct {
	ID      string
	On      calendar.Date
	Model   string
	Goal    string // the goal's ID, or ""
	KSBs    []string
	Answers []Answer // in the model's order
}

// Answer is what was written to one step of a model.
type Answer struct {
	Step string
	Text safetext.Text
}

// Answer is what was written to a step, or empty.
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

// The states of a goal in a profile. Suggestions are no goals yet.
const (
	GoalActive  GoalStatus = "active"
	GoalParked  GoalStatus = "parked"
	GoalDone    GoalStatus = "done"
	GoalDropped GoalStatus = "dropped"
)

// GoalStatuses lists them.
var GoalStatuses = []GoalStatus{GoalActive, GoalParked, GoalDone, GoalDropped}

// Ended says whether a goal is over: done or dropped.
func (s GoalStatus) Ended() bool { return s == GoalDone || s == GoalDropped }

// Words are the status of a goal as a sentence says it, such as "under way".
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
	Set    calendar.Date // when it was made
	Due    calendar.Date
	Theory string        // the theory its reason rests on (K32)
	Why    safetext.Text // the reason, in one line
	Note   safetext.Text // why it is parked, closed or dropped
	Closed calendar.Date

	Actions []Action
}

// Sort is what kind of action it is.
type Sort string

// The sorts of action.
const (
	Practise Sort = "practise"
	People   Sort = "people"
	Study    Sort = "study"
)

// Sorts lists them.
var Sorts = []Sort{Practise, People, Study}

// ActionStatus is the state of an action.
type ActionStatus string

// The states of an action. Every state but open is an ending.
const (
	ActionOpen    ActionStatus = "open"
	ActionDone    ActionStatus = "done"
	ActionNotDone ActionStatus = "not-done"
	ActionChanged ActionStatus = "changed"
	ActionDropped ActionStatus = "dropped"
)

// ActionStatuses lists them, and ActionEndings all but open.
var (
	ActionStatuses = append([]ActionStatus{ActionOpen}, ActionEndings...)
	ActionEndings  = []ActionStatus{ActionDone, ActionNotDone, ActionChanged, ActionDropped}
)

// Words are the status as a sentence says it, such as "not done".
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

	Minutes int    // of the learner's own time, in all; 0 if not known
	OffJob  OffJob // "" if not known

	Status ActionStatus
	Note   safetext.Text // the outcome
	Closed calendar.Date
}

// GatewayDate is the planned gateway: the learner's own date, else start plus 36 months, else unknown.
func (p Profile) GatewayDate() calendar.Date {
	if !p.Learner.Gateway.IsZero() || p.Learner.Start.IsZero() {
		return p.Learner.Gateway
	}
	return p.Learner.Start.AddMonths(ProgrammeMonths)
}

// Length is the length of the programme in months, and false when the start is unknown. The gateway is its last day, so
// one that ends the day before a month is up has that month too.
func (p Profile) Length() (int, bool) {
	if p.Learner.Start.IsZero() {
		return 0, false
	}
	return max(p.Learner.Start.Months(p.GatewayDate().AddDays(1)), 1), true
}

// Month is the number of completed programme months on a day, pauses taken out, and false when the start is unknown.
// During a pause the month does not advance, and it never goes back.
func (p Profile) Month(on calendar.Date) (int, bool) {
	start := p.Learner.Start
	if start.IsZero() {
		return 0, false
	}
	first, reached := start, 0
	for _, q := range mergePauses(p.Pauses) {
		q.From = later(q.From, first)
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
	// Months differ in length: without the month that was reached, the first day back could count as one month less.
	return max(reached, start.Months(on)), true
}

// mergePauses sorts pauses and joins those that overlap or touch, so that no day is taken out twice.
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

// Open is the round that is being rated, and false when every round is closed.
func (p Profile) Open() (Round, bool) {
	if n := len(p.Rounds); n > 0 && p.Rounds[n-1].Closed.IsZero() {
		return p.Rounds[n-1], true
	}
	return Round{}, false
}

// Newest is the newest rating of a KSB by a rater: the latest date, and of equal dates the later round. Of mentors it
// is the newest that the learner may see; see SeenIn.
func (p Profile) Newest(ksb string, by Rater) (Rating, bool) {
	best, at := p.NewestAt(ksb, by)
	return best, at >= 0
}

// NewestAt is Newest with the place of its round, -1 for none.
func (p Profile) NewestAt(ksb string, by Rater) (best Rating, at int) {
	at = -1
	for i, r := range p.Rounds {
		x, ok := r.Ratings[by][ksb]
		if ok && by == Mentor && !p.learnerRated(i, ksb) {
			seen := p.SeenIn(i, ksb)
			if ok = len(seen) > 0; ok {
				x = seen[0]
			}
		}
		if ok && (at < 0 || !x.On.Before(best.On)) {
			best, at = x, i
		}
	}
	return best, at
}

// Level is the rating that counts for gaps: the newest agreed one, else the newest of the learner's own.
func (p Profile) Level(ksb string) (Rating, Rater, bool) {
	if r, ok := p.Newest(ksb, Agreed); ok {
		return r, Agreed, true
	}
	r, ok := p.Newest(ksb, Self)
	return r, Self, ok
}

// Before is a rater's newest rating of a KSB from the rounds before the open one.
func (p Profile) Before(ksb string, by Rater) (Rating, bool) {
	q := p
	if _, open := p.Open(); open {
		q.Rounds = p.Rounds[:len(p.Rounds)-1]
	}
	return q.Newest(ksb, by)
}

// EvidenceFor lists the evidence of a KSB in file order.
func (p Profile) EvidenceFor(ksb string) []Evidence {
	return lists.Where(p.Evidence, func(e Evidence) bool { return slices.Contains(e.KSBs, ksb) })
}

// Goal finds a goal by its ID.
func (p Profile) Goal(id string) (Goal, bool) {
	return lists.First(p.Goals, func(g Goal) bool { return g.ID == id })
}

// GoalFor finds the goal for a KSB that is in flight or, failing that, parked.
func (p Profile) GoalFor(ksb string) (Goal, bool) { return p.OtherGoalFor(Goal{KSBs: []string{ksb}}) }

// OtherGoalFor finds another goal than this one that is for one of the same KSBs, in flight or, failing that, parked.
func (p Profile) OtherGoalFor(g Goal) (Goal, bool) { return p.openGoal(g, func(Goal) bool { return true }) }

// SameGoal finds another goal in the same words, case and spacing aside, that is in flight or parked for one of the
// same KSBs.
func (p Profile) SameGoal(g Goal) (Goal, bool) {
	words := func(g Goal) string { return strings.ToLower(strings.Join(strings.Fields(g.Text.Line()), " ")) }
	return p.openGoal(g, func(x Goal) bool { return words(x) == words(g) })
}

func (p Profile) openGoal(g Goal, is func(Goal) bool) (Goal, bool) {
	shared := func(ksb string) bool { return slices.Contains(g.KSBs, ksb) }
	for _, status := range []GoalStatus{GoalActive, GoalParked} {
		other, ok := lists.First(p.Goals, func(x Goal) bool {
			return x.Status == status && x.ID != g.ID && is(x) && slices.ContainsFunc(x.KSBs, shared)
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

// ByStatus are goals in the order of GoalStatuses; those of another status come first.
func ByStatus(goals []Goal) []Goal {
	out := slices.Clone(goals)
	place := func(g Goal) int { return slices.Index(GoalStatuses, g.Status) }
	sorting.By(out, func(a, b Goal) int { return place(a) - place(b) })
	return out
}

// InFlight is the number of goals that are active.
func (p Profile) InFlight() int {
	return lists.Count(p.Goals, func(g Goal) bool { return g.Status == GoalActive })
}

// HasRoom says whether one more goal may be in flight.
func (p Profile) HasRoom() bool { return p.InFlight() < MaxInFlight }

// withItem is a list of its own with another item at i.
func withItem[T any](list []T, i int, x T) []T {
	list = slices.Clone(list)
	list[i] = x
	return list
}

// setGiven sets what a change gives: each of its fields that is a pointer and not nil, in the field of that name.
func setGiven(to, change any) {
	is, given := reflect.ValueOf(to).Elem(), reflect.ValueOf(change)
	for i := range given.NumField() {
		if x := given.Field(i); x.Kind() == reflect.Pointer && !x.IsNil() {
			is.FieldByName(given.Type().Field(i).Name).Set(x.Elem())
		}
	}
}

// Overdue says whether an action is still open although its day has passed.
func (a Action) Overdue(today calendar.Date) bool {
	return a.Status == ActionOpen && !a.Due.IsZero() && a.Due.Before(today)
}

// Overdue lists the open actions of active goals whose date is past.
func (p Profile) Overdue(today calendar.Date) []Action {
	return slices.DeleteFunc(p.Pending(), func(a Action) bool { return !a.Overdue(today) })
}

// RatedSince counts the KSBs that the learner has rated since the record was as before.
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

// Ratings is the number of ratings in the file, of all raters and rounds.
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

// IDs lists the identifiers in use.
func (p Profile) IDs() map[string]bool {
	ids := map[string]bool{}
	p.EachID(func(id string) { ids[id] = true })
	return ids
}

// EachID gives every identifier as often as it is written.
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

// withRatings returns a copy of a round in which one rater's ratings may be changed.
func (r Round) withRatings(by Rater) Round {
	ratings := map[string]Rating{}
	maps.Copy(ratings, r.Ratings[by])
	r.Ratings = withKey(r.Ratings, by, ratings)
	return r
}

// withKey is a map of its own with a value under a key.
func withKey[K comparable, V any](m map[K]V, key K, v V) map[K]V {
	own := map[K]V{}
	maps.Copy(own, m)
	own[key] = v
	return own
}

// withoutKey is a map of its own without a key; nil where nothing is left.
func withoutKey[K comparable, V any](m map[K]V, key K) map[K]V {
	own := maps.Clone(m)
	if delete(own, key); len(own) == 0 {
		return nil
	}
	return own
}

// ValidID says whether text has the form of an identifier: letters in lower case, digits and hyphens, at most 40.
func ValidID(s string) bool {
	return s != "" && len(s) <= 40 && strings.Trim(s, "-0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// walkTexts visits every text that a person typed, in a record or a part of it.
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
