package profile

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// ChecksFirst is the rule of a review with memory, as people read it.
const ChecksFirst = "a new review cannot set new actions until each old action is done, not done, changed or dropped " +
	"with a reason"

// StartReview starts a review of the open round. It lists last time's actions, with the outcome of those that have
// ended, and every other open action of the goals in flight, and takes over the private notes that were prepared.
type StartReview struct {
	ID    string
	On    calendar.Date
	Kind  ReviewKind // "" is ReviewProgress
	With  []safetext.Text
	Today calendar.Date // the day of the change; zero is the day of the review
}

func (c StartReview) Label() string { return "start of the review" }

// Undoing says what taking it back means.
func (c StartReview) Undoing() string {
	return "The review of " + c.On.Long() + " would not be under way any more. Private notes from before it wait for " +
		"the next one again."
}

func (c StartReview) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if r, open := p.OpenReview(); open {
		return p, Refuse("close it first", "the review of %s is still open", r.On.Long())
	}
	r := Review{ID: c.ID, On: c.On, Kind: cmp.Or(c.Kind, ReviewProgress), With: ownList(c.With)}
	if round, open := p.Open(); open {
		r.Round = round.ID
	}
	if err := cmp.Or(p.checkID(c.ID), p.MayHold(r.On, c.Today), MayBeNames(r.With), p.checkReview(r)); err != nil {
		return p, err
	}
	r.Wellbeing, r.Workload, r.Support, r.Adjust = p.Prepared.Wellbeing, p.Prepared.Workload, p.Prepared.Support,
		p.Prepared.Adjust
	p.Prepared = Private{}
	r.Checked = p.checklist()
	p.Reviews = append(slices.Clone(p.Reviews), r)
	return p, nil
}

func (p Profile) checkReview(r Review) error {
	if err := checkWord(r.Kind, ReviewKinds, "is not a kind of review"); err != nil {
		return err
	}
	for _, name := range r.With {
		if name.Empty() || utf8.RuneCountInString(name.Raw()) > MaxName {
			return Refuse("a name or a role in a few words", "a name is empty or longer than %d characters", MaxName)
		}
	}
	err := cmp.Or(checkWords(r.Share, Shares, "wellbeing, workload, support, adjustments and reflections",
		"cannot be shared"), checkWords(r.Talked, Talks, strings.Join(Talks, ", "), "cannot be ticked by hand"))
	if err != nil {
		return err
	}
	for _, v := range []string{r.Clear, r.Helped, r.Valued} {
		if err := checkWord(v, Verdicts, "is not an answer to a closing question"); v != "" && err != nil {
			return err
		}
	}
	return cmp.Or(p.checkTexts(part{"what was agreed", r.Agreed}), p.checkPrivate(r.Private()))
}

// checkWords refuses a word of a list that is not among those known, or is there twice.
func checkWords(list, known []string, names, cannot string) error {
	for i, s := range list {
		if !slices.Contains(known, s) || slices.Contains(list[:i], s) {
			return Refuse("name each of "+names+" once at most", "%q %s, or is named twice", safetext.Brief(s, 20),
				cannot)
		}
	}
	return nil
}

// EditReview changes what an open review says; what is nil stays. A closed review is only read.
type EditReview struct {
	ID        string
	On        *calendar.Date
	Kind      *ReviewKind
	With      *[]safetext.Text
	Agreed    *safetext.Text
	Talked    *[]string
	Wellbeing *safetext.Text
	Workload  *safetext.Text
	Support   *safetext.Text
	Adjust    *safetext.Text
	Share     *[]string
	Clear     *string
	Helped    *string
	Valued    *string
	Next      *calendar.Date
	Today     calendar.Date // the day of the change; zero is the day of the review
}

// Label names the change by what it is about.
func (c EditReview) Label() string {
	for _, x := range []struct {
		set  bool
		what string
	}{
		{c.Clear != nil || c.Helped != nil || c.Valued != nil, "answer to a closing question"},
		{c.Agreed != nil, "words that were agreed"},
		{c.Talked != nil, "tick in the agenda"},
		{c.Share != nil, "choice of what is included"},
		{c.Next != nil, "date of the next review"},
		{c.With != nil || c.On != nil || c.Kind != nil, "who met, when and what for"},
		{c.Wellbeing != nil || c.Workload != nil || c.Support != nil || c.Adjust != nil, "private notes"},
	} {
		if x.set {
			return x.what
		}
	}
	return "review"
}

func (c EditReview) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	return p.withReview(c.ID, func(r *Review) error {
		setGiven(r, c)
		r.With, r.Share, r.Talked = ownList(r.With), ownList(r.Share), ownList(r.Talked)
		if c.With != nil {
			if err := MayBeNames(r.With); err != nil {
				return err
			}
		}
		if c.On != nil || c.Next != nil {
			if err := cmp.Or(p.MayHold(r.On, c.Today), p.MayBeNext(r.Next, r.On, c.Today)); err != nil {
				return err
			}
		}
		return p.checkReview(*r)
	})
}

// ownList copies a list. An empty one becomes nil, since the file cannot tell the two apart.
func ownList[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}

// withReview changes an open review, on a list of its own.
func (p Profile) withReview(id string, edit func(*Review) error) (Profile, error) {
	i := slices.IndexFunc(p.Reviews, func(r Review) bool { return r.ID == id })
	if i < 0 {
		return p, Refuse("the list of reviews has their ids", "there is no review %q", safetext.Brief(id, 20))
	}
	r := p.Reviews[i]
	if !r.Closed.IsZero() {
		return p, Refuse("start a new one; what was agreed then stays as it was agreed",
			"the review of %s was closed on %s", r.On.Long(), r.Closed.Long())
	}
	if err := edit(&r); err != nil {
		return p, err
	}
	p.Reviews = withItem(p.Reviews, i, r)
	return p, nil
}

// CloseReview closes a review with its participants, its day and the date of the next one, which becomes the learner's
// next review. It is refused while an action that was open at the start is unchecked. Everything that the record
// mentions is kept as it is on that day. The round may stay open only if nothing in it is agreed or recorded as
// differing; it then no longer belongs to the review.
type CloseReview struct {
	ID    string
	On    calendar.Date
	With  []safetext.Text // nil keeps the names that are there
	Next  calendar.Date   // zero keeps the date that is there
	Round bool            // closes its round too, where that is open and anything is rated in it
	Hash  string          // of the record; package appraisal makes both
}

func (c CloseReview) Label() string { return "closing of the review" }

// Undoing says what taking it back means.
func (c CloseReview) Undoing() string {
	if c.Round {
		return "The review would be open again, and so would its round of rating. Its record and its check code go; " +
			"closing it again makes new ones."
	}
	return "The review would be open again. Its record and its check code go; closing it again makes new ones."
}

func (c CloseReview) Apply(p Profile, std *standard.Standard) (Profile, error) {
	q, err := p.withReview(c.ID, func(r *Review) error {
		if c.With != nil {
			r.With = ownList(c.With)
			if err := MayBeNames(r.With); err != nil {
				return err
			}
		}
		r.Next = cmp.Or(c.Next, r.Next)
		if err := c.check(p, *r); err != nil {
			return err
		}
		round, err := p.closingRound(*r, c.Round)
		if err != nil {
			return err
		}
		r.Round, r.Closed, r.Hash, r.Actions, r.Left = round, c.On, c.Hash, nil, p.Left()
		for _, a := range p.NewActions(*r) {
			r.Actions = append(r.Actions, a.ID)
		}
		*r = p.WithKept(*r)
		return p.checkReview(*r)
	})
	if err != nil {
		return p, err
	}
	r, _ := q.Review(c.ID)
	q.Learner.Review, q.Answered = r.Next, nil
	if c.Round { // its record tells what only mentors rated
		q = q.reveal(c.On, func(x Round) bool { return x.ID == r.Round })
	}
	if open, ok := q.Open(); c.Round && ok && open.begun() && open.ID == r.Round {
		if q, err = (CloseRound{On: c.On}).Apply(q, std); err != nil {
			return p, err
		}
	}
	return q, nil
}

// check says what keeps a review from being closed.
func (c CloseReview) check(p Profile, r Review) error {
	switch n := len(p.Unchecked(r)); {
	case n > 0:
		return Refuse("say for each: done, not done, changed or dropped", "%s %s not checked yet", p.CountUnchecked(r),
			words.Form(n, "is", "are"))
	case c.On.IsZero():
		return noDay("closing a review")
	case c.On.Before(r.On):
		return Refuse("choose that day or a later one", "the review was on %s", r.On.Long())
	case len(r.With) == 0:
		return Refuse("name at least one: a name or a role", "the record does not say who met")
	case r.Next.IsZero():
		return Refuse("by default it is due by "+dueAfter(r.On, p.Settings.EveryMonths()).Long(),
			"the date of the next review is missing")
	case !safetext.Plain(c.Hash):
		return Refuse("a check code is one word", "the check code holds what cannot be shown")
	}
	return p.MayBeNext(r.Next, r.On, c.On)
}

// settledCount is how many levels of a round are agreed or recorded as differing, each once.
func (r Round) settledCount() int {
	n := r.Rated(Agreed)
	for ksb := range r.Differ {
		if _, agreed := r.Ratings[Agreed][ksb]; !agreed {
			n++
		}
	}
	return n
}

// AsksAboutRound is the round that would close with an open review but could stay open, so that the learner has to be
// asked: some KSBs have never been rated, and nothing in the round is agreed or recorded as differing.
func (p Profile) AsksAboutRound(r Review, std *standard.Standard) (Round, bool) {
	round, closes := p.ClosesWith(r)
	unrated := slices.ContainsFunc(std.Walk(), func(id string) bool { _, ok := p.Newest(id, Self); return !ok })
	return round, closes && unrated && round.settledCount() == 0
}

// closingRound is the ID of the round that a review is being closed with, or "" if the round stays open.
func (p Profile) closingRound(r Review, closes bool) (string, error) {
	round, _ := p.RoundOf(r)
	if !round.Closed.IsZero() || closes && round.begun() {
		return round.ID, nil
	}
	if n := round.settledCount(); n > 0 {
		return "", Refuse("close the round with the review, so that its record keeps them",
			"the round %s cannot stay open: %s in it already", RoundName(round.ID),
			words.Count(n, "level is agreed or differed on", "levels are agreed or differed on"))
	}
	return "", nil
}

// maySetActions refuses new actions while a review still has old ones to check.
func (p Profile) maySetActions() error {
	r, open := p.OpenReview()
	if !open {
		return nil
	}
	if n := len(p.Unchecked(r)); n > 0 {
		return Refuse(ChecksFirst, "%s %s not checked yet", p.CountUnchecked(r), words.Form(n, "is", "are"))
	}
	return nil
}

// checklist lists the actions that a review which starts now has to look at: first those that were set in the review
// before, whatever became of their goals, with what became of those that have ended since; then the others that are
// open, except those that wait with a parked goal.
func (p Profile) checklist() []Checked {
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
	for _, a := range p.openActionsOf(func(g Goal) bool { return g.Status != GoalParked }) {
		if !slices.Contains(last.Actions, a.ID) {
			out = append(out, Checked{Action: a.ID, Outcome: ActionOpen, Since: len(last.Actions) > 0})
		}
	}
	return out
}

// ToCheck lists the open actions that a review which starts now would have to check.
func (p Profile) ToCheck() []Action { return p.Unchecked(Review{Checked: p.checklist()}) }

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
		now := &r.Checked[r.checkIndex(c.Action)]
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
	if q, err = q.dropIfOpen(old).withReplacement(c.Action, c.Next, c.On); err == nil {
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
	case r.checkIndex(action) >= 0:
		return Refuse(outcomeStays, "this action had ended before the review started")
	case a.Status == ActionOpen:
		return Refuse("ksbcoach action close says how it ended",
			"%s is not among the actions that this review has to check", a.ID)
	}
	return Refuse(outcomeStays, "%s", p.endedWords(a))
}

const outcomeStays = "its outcome stays as it is; ksbcoach action reopen takes it up again"

// endedWords say how and when an action ended, such as "a-8zdh was dropped on 16 Sep 2026, in an earlier review".
func (p Profile) endedWords(a Action) string {
	words := a.ID + " was " + a.Status.Words()
	if !a.Closed.IsZero() {
		words += " on " + a.Closed.Long()
	}
	if slices.ContainsFunc(p.Reviews, func(r Review) bool { return !r.Closed.IsZero() && r.checkIndex(a.ID) >= 0 }) {
		words += ", in an earlier review"
	}
	return words
}

// checkIndex is the place of an action among those that a review looks at, and -1 for none.
func (r Review) checkIndex(action string) int {
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

// dropIfOpen takes an action out, unless it has ended or is not there.
func (p Profile) dropIfOpen(id string) Profile {
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
		q = q.undoCheck(x)
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

// undoCheck takes back what a review did to one action.
func (p Profile) undoCheck(x Checked) Profile {
	a, _, ok := p.Action(x.Action)
	if x.Before || !ok || x.Outcome == ActionOpen || a.Status != x.Outcome {
		return p
	}
	q, _ := p.dropIfOpen(x.Next).withStatus(SetActionStatus{ID: x.Action, Status: ActionOpen})
	return q
}

// WithoutOpenAction lists the goals in flight that have nothing left to do.
func (p Profile) WithoutOpenAction() []Goal {
	return slices.DeleteFunc(slices.Clone(p.Goals), func(g Goal) bool {
		return g.Status != GoalActive || len(g.OpenActions()) > 0
	})
}
