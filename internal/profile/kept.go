package profile

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// RehearsalModel is the model that the notes of a rehearsal name; they are never shared.
const RehearsalModel = "rehearsal"

// Kept is a copy of everything that the record of a closed review mentions and that may still change elsewhere, as it
// was at the closing. It is empty in a review that an older version closed.
type Kept struct {
	Learner     safetext.Text           // the learner's name
	Unsupported []string                // the agreed claims without a fresh example on that day
	Stale       int                     // the limit that these miss, in months
	Reflections []string                // IDs of those that were shared
	Actions     map[string]AgreedAction // by ID: those that were checked, and those that were set
	Goals       []AgreedGoal            // in flight, of these actions, and closed since the review before
	Levels      map[string]AgreedLevel  // by KSB: of the goals, of what was agreed, and of what they differ on
	Layout      int                     // of the record that the hash belongs to; see RecordLayout
}

// RecordLayout numbers how a record is laid out, so that a check code of an earlier layout is not taken for one of a
// text that was changed.
const RecordLayout = 4

// The oldest layout that a record is still written in, and the first that sets a level agreed before apart from what
// two differ on now. A review that was closed in one of them keeps its text, and so its check code.
const (
	OldestLayout = 3
	LayoutDiffer = 4
)

// DefaultTarget is the level wanted at gateway where the learner has set no other.
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
	With   safetext.Text // who agreed on it with the learner
	Target level.Level
	Aged   bool          // the learner had rated it otherwise since it was agreed
	Self   level.Level   // at this level, when Aged
	Since  calendar.Date // and since then
}

// AgreedAction is an action in the words of the review.
type AgreedAction struct {
	Text  safetext.Text
	Who   safetext.Text
	Due   calendar.Date
	Shows safetext.Text
	Next  string // ID of the action that takes its place, or ""
	Goal  string // ID of its goal
}

// Whole reports whether a closed review keeps everything that its record mentions, so that later changes do not show in
// it.
func (r Review) Whole() bool { return !r.Closed.IsZero() && !r.Kept.Learner.Empty() }

// WithKept is a review that is being closed, with what its record tells of written down.
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

// agreedGoals are the goals that a record tells of, in the order of the plan.
func (p Profile) agreedGoals(r Review, actions map[string]AgreedAction) []AgreedGoal {
	since := p.reviewBefore(r)
	var out []AgreedGoal
	for _, g := range p.Goals {
		tells := g.Status == GoalActive && !g.Set.After(r.Closed)
		for _, a := range actions {
			tells = tells || a.Goal == g.ID
		}
		ended := g.Status.Ended()
		if tells || ended && g.Closed.After(since) && !g.Closed.After(r.Closed) {
			out = append(out, AgreedGoal{g.ID, g.Text, g.KSBs, g.Status, g.Due, g.Note, g.Closed})
		}
	}
	return out
}

// agreedLevels are the levels that count on the day of the closing.
func (p Profile) agreedLevels(r Review, goals []AgreedGoal) map[string]AgreedLevel {
	out := map[string]AgreedLevel{}
	round, _ := p.Round(r.Round)
	ids := slices.AppendSeq(slices.Collect(maps.Keys(round.Ratings[Agreed])), maps.Keys(round.Differ))
	for _, g := range goals {
		ids = append(ids, g.KSBs...)
	}
	then := p.ratedUpTo(r.Closed)
	for _, id := range ids {
		x, by, ok := then.Level(id)
		if !ok {
			continue
		}
		l := AgreedLevel{Level: x.Level, On: x.On, By: by, With: x.By, Target: cmp.Or(p.Targets[id], DefaultTarget)}
		if by == Self {
			l.With = safetext.Text{}
		}
		if a, ok := then.Aged(id); ok {
			l.Aged, l.Self, l.Since = true, a.Self.Level, a.Since
		}
		out[id] = l
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// ratedUpTo is the record without the learner's and the agreed ratings of later days.
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

// reviewBefore is the day of the last closed review before one.
func (p Profile) reviewBefore(r Review) calendar.Date {
	var since calendar.Date
	for _, x := range p.Reviews {
		if x.ID != r.ID && !x.Closed.IsZero() && x.On.Before(r.On) {
			since = later(since, x.On)
		}
	}
	return since
}

// agreedActions are the actions of a review as the plan has them: the old ones by their words and by what takes their
// place, the new ones whole.
func (p Profile) agreedActions(r Review) map[string]AgreedAction {
	out := map[string]AgreedAction{}
	fresh := slices.Clone(r.Actions)
	for _, c := range r.Checked {
		a, g, ok := p.Action(c.Action)
		if !ok {
			continue
		}
		old := AgreedAction{Text: a.Text, Goal: g.ID}
		if _, _, set := p.Action(c.Next); set {
			old.Next, fresh = c.Next, append(fresh, c.Next)
		}
		out[a.ID] = old
	}
	for _, id := range fresh {
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

// supported says whether a KSB has evidence that is younger on a day than so many months.
func (p Profile) supported(ksb string, on calendar.Date, staleMonths int) bool {
	return slices.ContainsFunc(p.EvidenceFor(ksb), func(e Evidence) bool { return e.Fresh(on, staleMonths) })
}

// ReflectionsFor are those that a review shares where it shares reflections: as noted at its closing, and before that
// those written since the review before. The notes of a rehearsal are never among them.
func (p Profile) ReflectionsFor(r Review) []Reflection {
	if r.Whole() {
		return slices.DeleteFunc(slices.Clone(p.Reflections),
			func(x Reflection) bool { return !slices.Contains(r.Kept.Reflections, x.ID) })
	}
	since, until := p.reviewBefore(r), later(r.On, r.Closed)
	return slices.DeleteFunc(slices.Clone(p.Reflections), func(x Reflection) bool {
		return x.Model == RehearsalModel || !x.On.After(since) || x.On.After(until)
	})
}

// Left is something that a closed review left open, and what came of it: how learner and mentor would settle a
// difference, or what was agreed in words. The words themselves are in that review and its round.
type Left struct {
	Review  string        // ID of the review that left it
	KSB     string        // what they differ on; "" for what was agreed in words
	Outcome ActionStatus  // what came of it; ActionOpen until it is answered
	Note    safetext.Text // more on that, in words; it may be empty
	On      calendar.Date // the day on which it was said
}

// Key tells one thing that was left from all others.
func (l Left) Key() string { return l.Review + " " + l.KSB }

// LeftOutcomes are the words for what came of something that was left.
var LeftOutcomes = []ActionStatus{ActionDone, ActionNotDone, ActionDropped}

// Left lists what the last closed review left open, with the answers given since: the differences by code, then what
// was agreed in words, then what is still unanswered from earlier reviews. A difference on which a level was agreed in
// a later round is answered by that and left out.
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
		anew := slices.ContainsFunc(all, func(l Left) bool { return l.KSB != "" && l.KSB == old.KSB })
		if old.Outcome == ActionOpen && !anew {
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

// Unanswered lists what the last closed review left open and is not answered yet.
func (p Profile) Unanswered() []Left {
	return slices.DeleteFunc(p.Left(), func(l Left) bool { return l.Outcome != ActionOpen })
}

// agreedAfter says whether a level was agreed for what they differed on, in a later round than that of the review.
func (p Profile) agreedAfter(l Left) bool {
	r, _ := p.Review(l.Review)
	at := slices.IndexFunc(p.Rounds, func(x Round) bool { return x.ID == r.Round })
	_, agreed := p.NewestAt(l.KSB, Agreed)
	return l.KSB != "" && at >= 0 && agreed > at
}

// AnswerLeft says what came of something that the last review left open. It can be answered before or in the next
// review, and answered again until that one is closed.
type AnswerLeft struct {
	Review  string
	KSB     string        // "" for what was agreed in words
	Outcome ActionStatus  // of LeftOutcomes
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
