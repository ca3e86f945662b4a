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

// ChecksFirst is the rule that old actions are checked before new ones are set, in the words of the screens.
const ChecksFirst = "a new review cannot set new actions until each old action is done, not done, changed or dropped " +
	"with a reason"

// StartReview starts a review of the open round. The review lists the actions to check (see checklist) and takes over
// the private notes that were prepared for it.
type StartReview struct {
	ID    string
	On    calendar.Date
	Kind  ReviewKind // "" means ReviewProgress
	With  []safetext.Text
	Today calendar.Date // the day of the change; may be zero, see MayHold and MayBeNext
}

func (c StartReview) Label() string { return "start of the review" }

// Undoing says what undoing the start means.
func (c StartReview) Undoing() string {
	return "The review of " + c.On.Long() + " would not be under way any more. Private notes from before it would " +
		"wait for the next one again."
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
	notes := p.Prepared
	r.Wellbeing, r.Workload, r.Support, r.Adjust = notes.Wellbeing, notes.Workload, notes.Support, notes.Adjust
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

// EditReview changes an open review; nil fields stay as they are. A closed review cannot be changed.
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
	Today     calendar.Date // the day of the change; may be zero, see MayHold and MayBeNext
}

// Label says what the change is about; the first that fits.
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

// ownList copies a list. An empty list becomes nil, since the file cannot tell the two apart.
func ownList[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}

// withReview is the record with a change to an open review.
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

// CloseReview closes a review. It is refused while an action that the review has to check is unchecked. Everything that
// its record mentions is copied to Kept, and the date of the next review becomes the learner's. The round of the review
// may stay open only if nothing in it is agreed or recorded as differing; it then does not belong to the review any
// more.
type CloseReview struct {
	ID    string
	On    calendar.Date
	With  []safetext.Text // nil keeps the names that are there
	Next  calendar.Date   // the day of the next review; zero keeps the date that is there
	Round bool            // closes the round of the review too, if it is open and has a rating
	Hash  string          // the check code of the record; package appraisal makes it
}

func (c CloseReview) Label() string { return "closing of the review" }

// Undoing says what undoing the closing means.
func (c CloseReview) Undoing() string {
	reopened := "The review would be open again."
	if c.Round {
		reopened = "The review would be open again, and so would its round of rating."
	}
	return reopened + " Its record and its check code would be gone; closing it again makes new ones."
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
	if c.Round { // the record shows what mentors rated, even where the learner did not
		q = q.reveal(c.On, func(x Round) bool { return x.ID == r.Round })
	}
	if open, ok := q.Open(); c.Round && ok && open.begun() && open.ID == r.Round {
		if q, err = (CloseRound{On: c.On}).Apply(q, std); err != nil {
			return p, err
		}
	}
	return q, nil
}

// check refuses to close a review for which something is missing or wrong.
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
		return Refuse("a check code is one word", "the check code has characters that cannot be shown")
	}
	return p.MayBeNext(r.Next, r.On, c.On)
}

// settledCount is the number of KSBs in a round that are agreed or recorded as differing.
func (r Round) settledCount() int {
	n := r.Rated(Agreed)
	for ksb := range r.Differ {
		if _, agreed := r.Ratings[Agreed][ksb]; !agreed {
			n++
		}
	}
	return n
}

// AsksAboutRound is the round that would close with an open review but could as well stay open, so that the learner has
// to be asked. That is so if some KSBs have never been rated, and nothing in the round is agreed or recorded as
// differing.
func (p Profile) AsksAboutRound(r Review, std *standard.Standard) (Round, bool) {
	round, closes := p.ClosesWith(r)
	isUnrated := func(id string) bool {
		_, rated := p.Newest(id, Self)
		return !rated
	}
	return round, closes && slices.ContainsFunc(std.Walk(), isUnrated) && round.settledCount() == 0
}

// closingRound is the ID of the round that belongs to a review when it is closed, or "" if its round stays open.
func (p Profile) closingRound(r Review, closeRound bool) (string, error) {
	round, _ := p.RoundOf(r)
	if !round.Closed.IsZero() || closeRound && round.begun() {
		return round.ID, nil
	}
	if n := round.settledCount(); n > 0 {
		return "", Refuse("close the round with the review, so that its record keeps them",
			"the round %s cannot stay open: %s in it already", RoundName(round.ID),
			words.Count(n, "level is agreed or differed on", "levels are agreed or differed on"))
	}
	return "", nil
}

// maySetActions refuses new actions while an open review still has old ones to check.
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

// checklist lists the actions that a review looks at if it starts now. First come those that were set in the last
// review, whatever became of their goals, with the outcome of those that have ended since. Then come all other open
// actions, except those of parked goals.
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

// ToCheck lists the open actions that a review would have to check if it started now.
func (p Profile) ToCheck() []Action { return p.Unchecked(Review{Checked: p.checklist()}) }

// CheckAction records in an open review what became of an action, and gives the action that status. A changed action
// may be replaced by a new one at once, even while others are still unchecked, since that continues old work. Checking
// the action again removes an earlier replacement, unless that has ended.
type CheckAction struct {
	Review  string
	Action  string
	Outcome ActionStatus  // any but ActionOpen
	Reason  safetext.Text // required, except for ActionDone, where it says what shows that
	On      calendar.Date // zero means the day of the review
	Next    *Action       // for ActionChanged: the replacement in the same goal; nil keeps an earlier one
	NoNext  bool          // for ActionChanged: there is no replacement any more
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
	replaced := "" // the ID of an earlier replacement that goes
	q, err := p.withReview(c.Review, func(r *Review) error {
		if on.IsZero() {
			on = r.On
		}
		r.Checked = slices.Clone(r.Checked)
		check := &r.Checked[r.checkIndex(c.Action)]
		check.Outcome, check.Reason = c.Outcome, c.Reason
		switch {
		case c.Next != nil:
			replaced, check.Next = check.Next, c.Next.ID
		case c.NoNext, c.Outcome != ActionChanged:
			replaced, check.Next = check.Next, ""
		}
		return nil
	})
	if err == nil {
		q, err = q.dropIfOpen(replaced).withReplacement(c.Action, c.Next, c.On)
	}
	if err == nil {
		q, err = q.withStatus(SetActionStatus{ID: c.Action, Status: c.Outcome, On: on, Note: c.Reason})
	}
	if err != nil {
		return p, err
	}
	return q, nil
}

// mayCheck refuses an action that an open review does not have to check.
func (p Profile) mayCheck(review, action string) error {
	r, ok := p.Review(review)
	if !ok || !r.Closed.IsZero() {
		return nil // withReview refuses that
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

// endedWords says how and when an action ended, such as "a-8zdh was dropped on 16 Sep 2026, in an earlier review".
func (p Profile) endedWords(a Action) string {
	said := a.ID + " was " + a.Status.Words()
	if !a.Closed.IsZero() {
		said += " on " + a.Closed.Long()
	}
	if slices.ContainsFunc(p.Reviews, func(r Review) bool { return !r.Closed.IsZero() && r.checkIndex(a.ID) >= 0 }) {
		said += ", in an earlier review"
	}
	return said
}

// checkIndex is the index of an action in Checked, or -1.
func (r Review) checkIndex(action string) int {
	return slices.IndexFunc(r.Checked, func(x Checked) bool { return x.Action == action })
}

func errNotChanged() error {
	return Refuse("say changed, or leave the new action out", "only a changed action can be replaced by a new one")
}

// withReplacement adds the action that replaces another, to the same goal, checked as on a day (zero leaves those
// checks out). If next is nil it adds nothing.
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

// dropIfOpen removes an action from the plan if it is there and open.
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

// CancelReview takes back a review that was started by mistake. The actions that were checked in it are open again,
// their replacements are removed, and the private notes wait for the next review as before. Ratings, agreed levels and
// other new actions stay.
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
	prepared := []*safetext.Text{&q.Prepared.Wellbeing, &q.Prepared.Workload, &q.Prepared.Support, &q.Prepared.Adjust}
	for i, note := range r.Private().Notes() { // which are in the same order
		if !note.Text.Empty() {
			*prepared[i] = note.Text
		}
	}
	q.Reviews = slices.DeleteFunc(q.Reviews, func(x Review) bool { return x.ID == c.ID })
	return q, nil
}

// undoCheck opens an action again that a review has checked, and removes its replacement. It leaves alone an action
// whose status has changed since.
func (p Profile) undoCheck(x Checked) Profile {
	a, _, ok := p.Action(x.Action)
	if x.Before || !ok || x.Outcome == ActionOpen || a.Status != x.Outcome {
		return p
	}
	q, _ := p.dropIfOpen(x.Next).withStatus(SetActionStatus{ID: x.Action, Status: ActionOpen})
	return q
}

// WithoutOpenAction lists the active goals that have no open action.
func (p Profile) WithoutOpenAction() []Goal {
	return slices.DeleteFunc(slices.Clone(p.Goals), func(g Goal) bool {
		return g.Status != GoalActive || len(g.OpenActions()) > 0
	})
}
