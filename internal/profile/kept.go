package profile

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// RehearsalModel is the model of reflection under which the notes of a rehearsal are kept. They are never shared.
const RehearsalModel = "rehearsal"

// Kept is a copy, made when a review is closed, of everything that its record mentions and that may change later. It is
// empty in a review that an older version of the program closed.
type Kept struct {
	Learner     safetext.Text           // the learner's name
	Unsupported []string                // KSBs agreed at level 3 or 4 without recent evidence on that day
	Stale       int                     // after how many months evidence was not recent any more
	Reflections []string                // IDs of the reflections that were shared
	Actions     map[string]AgreedAction // by ID: the actions that were checked or set
	Goals       []AgreedGoal            // active, with one of these actions, or ended since the review before
	Levels      map[string]AgreedLevel  // by KSB: of the goals, and of what was agreed or differed on
	Layout      int                     // the RecordLayout with which Review.Hash was made
}

// RecordLayout is the number of the present layout of the record. With another layout the check code would be another
// too, and the program would think that the record had been changed.
const RecordLayout = 4

// A review keeps the layout in which it was closed, and so its check code. OldestLayout is the oldest that is still
// written. From LayoutDiffer on, the record does not mix up levels agreed earlier with what the two differ on now.
const (
	OldestLayout = 3
	LayoutDiffer = 4
)

// DefaultTarget is the level wanted at gateway unless the learner has set another.
const DefaultTarget level.Level = 3

// AgreedGoal is a goal as a review left it.
type AgreedGoal struct {
	ID     string
	Text   safetext.Text
	KSBs   []string
	Status GoalStatus
	Due    calendar.Date
	Note   safetext.Text // why it is parked, or how it ended
	Closed calendar.Date
}

// AgreedLevel is the level of a KSB that counted when a review was closed.
type AgreedLevel struct {
	Level  level.Level
	On     calendar.Date
	By     Rater
	With   safetext.Text // for an agreed level, the mentor
	Target level.Level
	Aged   bool          // the learner had given another level since it was agreed
	Self   level.Level   // if Aged, that level
	Since  calendar.Date // if Aged, the day since which the learner gave it
}

// AgreedAction is an action as a review left it.
type AgreedAction struct {
	Text  safetext.Text
	Who   safetext.Text
	Due   calendar.Date
	Shows safetext.Text
	Next  string // ID of the action that replaces it, or ""
	Goal  string // ID of its goal
}

// Whole says whether a review is closed and has a Kept, so that its record does not depend on anything that may change.
func (r Review) Whole() bool { return !r.Closed.IsZero() && !r.Kept.Learner.Empty() }

// WithKept is a review that is being closed, with its Kept filled in from the record as it is now.
func (p Profile) WithKept(r Review) Review {
	r.Kept = Kept{}
	k := Kept{Learner: p.Learner.Name}
	stale := p.Settings.StaleMonths()
	round, _ := p.Round(r.Round)
	for _, id := range standard.Sorted(round.Ratings[Agreed]) {
		if round.Ratings[Agreed][id].Level >= level.Claim && !p.supported(id, r.Closed, stale) {
			k.Unsupported, k.Stale = append(k.Unsupported, id), stale
		}
	}
	if r.Shares(ShareReflections) {
		for _, x := range p.ReflectionsFor(r) {
			k.Reflections = append(k.Reflections, x.ID)
		}
	}
	k.Actions = p.agreedActions(r)
	k.Goals = p.agreedGoals(r, k.Actions)
	k.Levels = p.agreedLevels(r, k.Goals)
	k.Layout = RecordLayout
	r.Kept = k
	return r
}

// agreedGoals lists the goals for Kept, in the order of the plan.
func (p Profile) agreedGoals(r Review, actions map[string]AgreedAction) []AgreedGoal {
	since := p.reviewBefore(r)
	var out []AgreedGoal
	for _, g := range p.Goals {
		active := g.Status == GoalActive && !g.Set.After(r.Closed)
		ended := g.Status.Ended() && g.Closed.After(since) && !g.Closed.After(r.Closed)
		hasAction := false
		for _, a := range actions {
			hasAction = hasAction || a.Goal == g.ID
		}
		if active || ended || hasAction {
			out = append(out, AgreedGoal{g.ID, g.Text, g.KSBs, g.Status, g.Due, g.Note, g.Closed})
		}
	}
	return out
}

// agreedLevels are the levels for Kept, as they count on the day on which the review is closed.
func (p Profile) agreedLevels(r Review, goals []AgreedGoal) map[string]AgreedLevel {
	out := map[string]AgreedLevel{}
	round, _ := p.Round(r.Round)
	ids := slices.AppendSeq(slices.Collect(maps.Keys(round.Ratings[Agreed])), maps.Keys(round.Differ))
	for _, g := range goals {
		ids = append(ids, g.KSBs...)
	}
	onThatDay := p.ratedUpTo(r.Closed)
	for _, id := range ids {
		x, by, ok := onThatDay.Level(id)
		if !ok {
			continue
		}
		l := AgreedLevel{Level: x.Level, On: x.On, By: by, With: x.By, Target: cmp.Or(p.Targets[id], DefaultTarget)}
		if by == Self {
			l.With = safetext.Text{}
		}
		if a, ok := onThatDay.Aged(id); ok {
			l.Aged, l.Self, l.Since = true, a.Self.Level, a.Since
		}
		out[id] = l
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// ratedUpTo is the record without the learner's and the agreed ratings after a day.
func (p Profile) ratedUpTo(day calendar.Date) Profile {
	p.Rounds = slices.Clone(p.Rounds)
	for i, r := range p.Rounds {
		for _, by := range []Rater{Self, Agreed} {
			for id, x := range r.Ratings[by] {
				if x.On.After(day) {
					p.Rounds[i] = p.Rounds[i].withRatings(by)
					delete(p.Rounds[i].Ratings[by], id)
				}
			}
		}
	}
	return p
}

// reviewBefore is the day of the last closed review before another, or zero.
func (p Profile) reviewBefore(r Review) calendar.Date {
	var day calendar.Date
	for _, x := range p.Reviews {
		if x.ID != r.ID && !x.Closed.IsZero() && x.On.Before(r.On) {
			day = later(day, x.On)
		}
	}
	return day
}

// agreedActions are the actions for Kept: of those that were checked, only the words and the replacement; of new ones,
// everything.
func (p Profile) agreedActions(r Review) map[string]AgreedAction {
	out := map[string]AgreedAction{}
	set := slices.Clone(r.Actions)
	for _, c := range r.Checked {
		a, g, ok := p.Action(c.Action)
		if !ok {
			continue
		}
		checked := AgreedAction{Text: a.Text, Goal: g.ID}
		if _, _, ok := p.Action(c.Next); ok {
			checked.Next = c.Next
			set = append(set, c.Next)
		}
		out[a.ID] = checked
	}
	for _, id := range set {
		if a, g, ok := p.Action(id); ok {
			out[a.ID] = AgreedAction{
				Text: a.Text, Who: a.Who, Due: a.Due, Shows: a.Shows, Next: out[id].Next, Goal: g.ID,
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// supported says whether a KSB has evidence that on a day was less than staleMonths old.
func (p Profile) supported(ksb string, on calendar.Date, staleMonths int) bool {
	return slices.ContainsFunc(p.EvidenceFor(ksb), func(e Evidence) bool { return e.Fresh(on, staleMonths) })
}

// ReflectionsFor lists the reflections for a review, if it shares reflections at all. While it is open these are the
// ones written since the review before; after that, those that its Kept lists. The notes of a rehearsal are never among
// them.
func (p Profile) ReflectionsFor(r Review) []Reflection {
	if r.Whole() {
		return lists.Where(p.Reflections, func(x Reflection) bool { return slices.Contains(r.Kept.Reflections, x.ID) })
	}
	since, until := p.reviewBefore(r), later(r.On, r.Closed)
	return lists.Where(p.Reflections, func(x Reflection) bool {
		return x.Model != RehearsalModel && x.On.After(since) && !x.On.After(until)
	})
}

// Left is something that a closed review left open, which is asked about until it is answered: a difference that
// learner and mentor meant to settle, or what they agreed in words. The words themselves are in that review and its
// round.
type Left struct {
	Review  string        // ID of the review that left it
	KSB     string        // the KSB on which they differ; "" for what was agreed in words
	Outcome ActionStatus  // what came of it, of LeftOutcomes; ActionOpen until it is answered
	Note    safetext.Text // more about the outcome; may be empty
	On      calendar.Date // the day of the answer
}

// Key identifies what was left.
func (l Left) Key() string { return l.Review + " " + l.KSB }

// LeftOutcomes lists what can have come of something that was left open.
var LeftOutcomes = []ActionStatus{ActionDone, ActionNotDone, ActionDropped}

// Left lists what the last closed review left open, with the answers since: the differences by code, then what was
// agreed in words, then whatever earlier reviews left that is still unanswered. A difference counts as answered, and is
// not listed, if a level was agreed in a later round.
func (p Profile) Left() []Left {
	last, ok := p.LastReview()
	if !ok {
		return nil
	}
	var all []Left
	if round, ok := p.Round(last.Round); ok {
		for _, ksb := range standard.Sorted(round.Differ) {
			all = append(all, Left{Review: last.ID, KSB: ksb, Outcome: ActionOpen})
		}
	}
	if !last.Agreed.Empty() {
		all = append(all, Left{Review: last.ID, Outcome: ActionOpen})
	}
	for _, old := range last.Left {
		leftAgain := slices.ContainsFunc(all, func(l Left) bool { return l.KSB != "" && l.KSB == old.KSB })
		if old.Outcome == ActionOpen && !leftAgain {
			all = append(all, old)
		}
	}
	var out []Left
	for _, l := range all {
		if i := slices.IndexFunc(p.Answered, func(x Left) bool { return x.Key() == l.Key() }); i >= 0 {
			l = p.Answered[i]
		} else if p.agreedAfter(l) {
			continue
		}
		out = append(out, l)
	}
	return out
}

// Unanswered is Left without what has been answered.
func (p Profile) Unanswered() []Left {
	return slices.DeleteFunc(p.Left(), func(l Left) bool { return l.Outcome != ActionOpen })
}

// agreedAfter says whether, in a later round than that of the review, a level was agreed for what they differed on.
func (p Profile) agreedAfter(l Left) bool {
	r, _ := p.Review(l.Review)
	at := slices.IndexFunc(p.Rounds, func(x Round) bool { return x.ID == r.Round })
	_, agreed := p.NewestAt(l.KSB, Agreed)
	return l.KSB != "" && at >= 0 && agreed > at
}

// AnswerLeft says what came of something that the last review left open. The answer can be given before the next review
// or in it, and changed until that one is closed.
type AnswerLeft struct {
	Review  string
	KSB     string        // "" for what was agreed in words
	Outcome ActionStatus  // one of LeftOutcomes
	Note    safetext.Text // may be empty
	On      calendar.Date
}

func (c AnswerLeft) Label() string {
	if c.KSB == "" {
		return "what came of what was agreed"
	}
	return "what came of " + c.KSB
}

func (c AnswerLeft) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	now := Left(c)
	same := func(l Left) bool { return l.Key() == now.Key() }
	err := cmp.Or(checkWord(c.Outcome, LeftOutcomes, "does not say what came of it"), needsDay(c.On, "what came of it"))
	if err != nil {
		return p, err
	}
	if !slices.ContainsFunc(p.Left(), same) {
		return p, Refuse("ksbcoach review prepare lists what it left", "the last review left nothing of the kind open")
	}
	if err := p.checkTexts(part{"the note", c.Note}); err != nil {
		return p, err
	}
	p.Answered = append(slices.DeleteFunc(slices.Clone(p.Answered), same), now)
	return p, nil
}
