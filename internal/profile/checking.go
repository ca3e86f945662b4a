package profile

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// lookBack lists the actions that a review which starts now has to look at: first those that were set in the review
// before, whatever became of their goals, with what became of those that have ended since; then the others that are
// open, except those that wait with a parked goal.
func (p Profile) lookBack() []Checked {
	last, _ := p.LastReview()
	var out []Checked
	for _, id := range last.Actions {
		a, _, ok := p.Action(id)
		switch {
		case ok && a.Status != ActionOpen:
			out = append(out, Checked{Action: id, Outcome: a.Status, Reason: a.Note, Before: true})
		case ok:
			out = append(out, Checked{Action: id, Outcome: ActionOpen})
		}
	}
	for _, a := range p.openWhere(func(g Goal) bool { return g.Status != GoalParked }) {
		if !slices.Contains(last.Actions, a.ID) {
			out = append(out, Checked{Action: a.ID, Outcome: ActionOpen, Since: len(last.Actions) > 0})
		}
	}
	return out
}

// ToCheck lists the open actions that a review which starts now would have to check.
func (p Profile) ToCheck() []Action { return p.Unchecked(Review{Checked: p.lookBack()}) }

// CheckAction records in an open review what became of an action, and gives the action that status. A changed action
// may be replaced by a new one at once, even while others are still to check, since that continues old work. Checking
// it again takes the replacement back, unless that was dealt with in the meantime.
type CheckAction struct {
	Review  string
	Action  string
	Outcome ActionStatus  // any but ActionOpen
	Reason  safetext.Text // required for all but ActionDone, where it says what shows it
	On      calendar.Date // zero: the day of the review
	Next    *Action       // for ActionChanged: what takes its place in the same goal; nil keeps what was set before
	NoNext  bool          // nothing takes its place, so that what was set before goes
}

func (c CheckAction) Label() string { return "outcome of an action" }

func (c CheckAction) LabelIn(p Profile) string {
	if a, _, ok := p.Action(c.Action); ok {
		return "outcome of " + a.Text.Quoted()
	}
	return c.Label()
}

func (c CheckAction) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if err := checkWord(c.Outcome, ActionEndings, "does not say what became of it"); err != nil {
		return p, err
	}
	switch {
	case c.Outcome != ActionDone && c.Reason.Empty():
		return p, Refuse("a few words on what got in the way, or what takes its place",
			"an action that is %s needs a reason", c.Outcome)
	case c.Next != nil && c.Outcome != ActionChanged:
		return p, errNotChanged()
	}
	if err := cmp.Or(p.checkTexts(part{"the note", c.Reason}), p.mayCheck(c.Review, c.Action)); err != nil {
		return p, err
	}
	on := c.On
	old := ""
	q, err := p.withReview(c.Review, func(r *Review) error {
		if on.IsZero() {
			on = r.On
		}
		r.Checked = slices.Clone(r.Checked)
		now := &r.Checked[r.checkOf(c.Action)]
		old = now.Next
		now.Outcome, now.Reason = c.Outcome, c.Reason
		switch {
		case c.Next != nil:
			now.Next = c.Next.ID
		case c.NoNext, c.Outcome != ActionChanged:
			now.Next = ""
		default:
			old = ""
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	if q, err = q.withoutOpen(old).withReplacement(c.Action, c.Next, c.On); err == nil {
		q, err = q.withStatus(SetActionStatus{ID: c.Action, Status: c.Outcome, On: on, Note: c.Reason})
	}
	if err != nil {
		return p, err
	}
	return q, nil
}

// mayCheck refuses an action that is not among those that an open review has to check.
func (p Profile) mayCheck(review, action string) error {
	r, ok := p.Review(review)
	if !ok || !r.Closed.IsZero() {
		return nil // withReview says so
	}
	a, _, known := p.Action(action)
	switch {
	case !known:
		return noAction(action)
	case r.checks(action):
		return nil
	case r.checkOf(action) >= 0:
		return Refuse(endedStays, "this action had ended before the review started")
	case a.Status == ActionOpen:
		return Refuse("ksbcoach action close says how it ended",
			"%s is not among the actions that this review has to check", a.ID)
	}
	return Refuse(endedStays, "%s", p.endedWords(a))
}

const endedStays = "its outcome stays as it is; ksbcoach action reopen takes it up again"

// endedWords say how and when an action ended, such as "a-8zdh was dropped on 16 Sep 2026, in an earlier review".
func (p Profile) endedWords(a Action) string {
	words := a.ID + " was " + a.Status.Words()
	if !a.Closed.IsZero() {
		words += " on " + a.Closed.Long()
	}
	if slices.ContainsFunc(p.Reviews, func(r Review) bool { return !r.Closed.IsZero() && r.checkOf(a.ID) >= 0 }) {
		words += ", in an earlier review"
	}
	return words
}

// checkOf is the place of an action among those that a review looks at, and -1 for none.
func (r Review) checkOf(action string) int {
	return slices.IndexFunc(r.Checked, func(x Checked) bool { return x.Action == action })
}

func errNotChanged() error {
	return Refuse("say changed, or leave the new action out", "only a changed action can be replaced by a new one")
}

// withReplacement adds on a day the action that takes the place of another, in the same goal; nil adds nothing.
func (p Profile) withReplacement(id string, next *Action, on calendar.Date) (Profile, error) {
	if next == nil {
		return p, nil
	}
	a := *next
	a.Status = ActionOpen
	_, g, ok := p.Action(id)
	if !ok {
		return p, cmp.Or(p.checkNewAction(a, on), noAction(id))
	}
	return p.withNewAction(g.ID, a, on)
}

// withoutOpen takes an action out, unless it has ended or is not there.
func (p Profile) withoutOpen(id string) Profile {
	a, g, ok := p.Action(id)
	if !ok || a.Status != ActionOpen {
		return p
	}
	q, _ := p.withGoal(g.ID, func(g *Goal) error {
		g.Actions = slices.DeleteFunc(slices.Clone(g.Actions), func(x Action) bool { return x.ID == id })
		return nil
	})
	return q
}

// CancelReview takes a review back that was started by mistake: the actions that were checked in it are open again,
// those that took the place of one go, and the private notes wait for the next review as before. Ratings, agreed levels
// and other new actions stay.
type CancelReview struct{ ID string }

func (c CancelReview) Label() string { return "taking back of the review" }

func (c CancelReview) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	q, err := p.withReview(c.ID, func(*Review) error { return nil })
	if err != nil {
		return p, err
	}
	r, _ := q.Review(c.ID)
	for _, x := range r.Checked {
		q = q.unchecked(x)
	}
	kept := []*safetext.Text{&q.Prepared.Wellbeing, &q.Prepared.Workload, &q.Prepared.Support, &q.Prepared.Adjust}
	for i, note := range r.Private().Notes() {
		if !note.Text.Empty() {
			*kept[i] = note.Text
		}
	}
	q.Reviews = slices.DeleteFunc(q.Reviews, func(x Review) bool { return x.ID == c.ID })
	return q, nil
}

// unchecked takes back what a review did to one action.
func (p Profile) unchecked(x Checked) Profile {
	a, _, ok := p.Action(x.Action)
	if x.Before || !ok || x.Outcome == ActionOpen || a.Status != x.Outcome {
		return p
	}
	q, _ := p.withoutOpen(x.Next).withStatus(SetActionStatus{ID: x.Action, Status: ActionOpen})
	return q
}

// WithoutOpenAction lists the goals in flight that have nothing left to do.
func (p Profile) WithoutOpenAction() []Goal {
	return slices.DeleteFunc(slices.Clone(p.Goals), func(g Goal) bool {
		return g.Status != GoalActive || len(g.OpenActions()) > 0
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
