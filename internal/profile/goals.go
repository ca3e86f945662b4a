package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

var parkedNote = fmt.Sprintf("%d goals are under way; this one waits until one of them is done", MaxInFlight)

// AddGoal adds a goal, which is active unless it says otherwise. If MaxInFlight goals are active already it is parked,
// with the reason as its note.
type AddGoal struct {
	Goal  Goal
	Again bool          // add it even if there is an open goal in the same words for one of its KSBs
	Today calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c AddGoal) Label() string { return "new goal" }

func (c AddGoal) Apply(p Profile, std *standard.Standard) (Profile, error) {
	g := c.Goal
	g.Status = cmp.Or(g.Status, GoalActive)
	err := cmp.Or(p.maySetActions(), p.checkID(g.ID), p.checkGoal(g, std), MayBeDue(g.Due, calendar.Date{}, c.Today))
	if err != nil {
		return p, err
	}
	if same, ok := p.SameGoal(g); ok && !c.Again {
		return p, Refuse("change or close that one, or say that a second one is meant", "%s", same.Already())
	}
	g.Actions = slices.Clone(g.Actions)
	for i := range g.Actions {
		a := &g.Actions[i]
		a.Status = cmp.Or(a.Status, ActionOpen)
		if err := p.checkNewAction(*a, c.Today); err != nil {
			return p, err
		}
		if a.ID == g.ID || slices.ContainsFunc(g.Actions[:i], func(x Action) bool { return x.ID == a.ID }) {
			return p, Refuse("take another", "the id %s is in use", a.ID)
		}
	}
	if g.Status == GoalActive && !p.HasRoom() {
		g.Status, g.Note = GoalParked, safetext.New(parkedNote)
	}
	p.Goals = append(slices.Clone(p.Goals), g)
	return p, nil
}

// Already is the message that this goal, set already or parked, has the same words as one that is to be set.
func (g Goal) Already() string {
	status := "set already"
	if g.Status == GoalParked {
		status = "parked"
	}
	return fmt.Sprintf("the goal %s for %s is %s, in the same words", g.ID, strings.Join(g.KSBs, ", "), status)
}

func (p Profile) checkGoal(g Goal, std *standard.Standard) error {
	if err := checkKSBs(std, g.KSBs); err != nil {
		return err
	}
	if g.Text.Empty() {
		return Refuse("say in one line what you will be able to do", "a goal needs words")
	}
	return cmp.Or(checkWord(g.Status, GoalStatuses, notGoalStatus),
		p.checkTexts(part{"the goal", g.Text}, part{"the reason", g.Why}, part{"the note", g.Note}))
}

const (
	notGoalStatus   = "is not a state of a goal"
	notActionStatus = "is not a state of an action"
)

func (p Profile) checkNewAction(a Action, today calendar.Date) error {
	return cmp.Or(p.checkID(a.ID), p.checkAction(a), MayBeDue(a.Due, calendar.Date{}, today))
}

func (p Profile) checkAction(a Action) error {
	if a.Text.Empty() {
		return Refuse("say in one line what you will do", "an action needs words")
	}
	return cmp.Or(
		checkWord(a.Sort, Sorts, "is not a sort of action"), checkWord(a.Status, ActionStatuses, notActionStatus),
		p.checkTexts(part{"the action", a.Text}, part{"who helps", a.Who}, part{"what shows it", a.Shows},
			part{"the if-then plan", a.IfThen}, part{"the note", a.Note}))
}

// EditGoal changes a goal's own words and dates; nil fields stay as they are.
type EditGoal struct {
	ID     string
	Text   *safetext.Text
	Why    *safetext.Text
	Theory *string
	Due    *calendar.Date
	Today  calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c EditGoal) Label() string { return "goal" }

func (c EditGoal) Apply(p Profile, std *standard.Standard) (Profile, error) {
	return p.withGoal(c.ID, func(g *Goal) error {
		recorded := g.Due
		setGiven(g, c)
		return cmp.Or(p.checkGoal(*g, std), MayBeDue(g.Due, recorded, c.Today))
	})
}

// SetGoalStatus parks, closes, drops or reopens a goal. Reopening needs room for one more active goal and, in a review,
// counts as new work. Parking or ending a goal must say what becomes of its open actions.
type SetGoalStatus struct {
	ID     string
	Status GoalStatus
	On     calendar.Date
	Note   safetext.Text

	Actions ActionStatus  // what becomes of its open actions; ActionOpen leaves them open, "" is refused if it has any
	Reason  safetext.Text // the note on these actions; if empty, Note
}

func (c SetGoalStatus) Label() string { return "goal " + string(c.Status) }

func (c SetGoalStatus) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := cmp.Or(checkWord(c.Status, GoalStatuses, notGoalStatus),
		p.checkTexts(part{"the note", c.Note})); err != nil {
		return p, err
	}
	if g, ok := p.Goal(c.ID); ok && g.Status != GoalActive && c.Status == GoalActive {
		if err := p.maySetActions(); err != nil {
			return p, err
		}
		if !p.HasRoom() {
			return p, Refuse("close, drop or park one of them first", "%d goals are under way already", MaxInFlight)
		}
	}
	q, err := c.endActions(p, std)
	if err != nil {
		return p, err
	}
	return q.withGoal(c.ID, func(g *Goal) error {
		g.Status, g.Note, g.Closed = c.Status, c.Note, calendar.Date{}
		if c.Status.Ended() {
			g.Closed = c.On
		}
		return nil
	})
}

// endActions ends the open actions of a goal that is parked or ended, as the change says.
func (c SetGoalStatus) endActions(p Profile, std *standard.Standard) (Profile, error) {
	g, _ := p.Goal(c.ID)
	open := g.OpenActions()
	switch {
	case c.Status == GoalActive || len(open) == 0 || c.Actions == ActionOpen:
		return p, nil
	case c.Actions == "":
		them := words.Form(len(open), "it", "them")
		return p, Refuse("say what becomes of "+them+", with --actions done, not-done or dropped; --actions "+
			"open leaves "+them+" open",
			"%s still open", words.Count(len(open), "action of this goal is", "actions of this goal are"))
	case c.Actions == ActionChanged:
		return p, Refuse("say done, not-done, dropped or open; to replace one action by another, use "+
			"ksbcoach action close", "the actions of a goal cannot all be changed at once")
	}
	note := c.Reason
	if note.Empty() {
		note = c.Note
	}
	var batch Batch
	for _, a := range open {
		batch.Changes = append(batch.Changes, SetActionStatus{ID: a.ID, Status: c.Actions, On: c.On, Note: note})
	}
	return batch.Apply(p, std)
}

// AddAction adds an action to a goal.
type AddAction struct {
	Goal   string
	Action Action
	Today  calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c AddAction) Label() string { return "new action" }

func (c AddAction) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	a := c.Action
	a.Status = cmp.Or(a.Status, ActionOpen)
	if err := p.maySetActions(); err != nil {
		return p, err
	}
	return p.withNewAction(c.Goal, a, c.Today)
}

// EditAction changes an action's own words and dates; nil fields stay as they are. In a review, an action of last time
// keeps its words until it is checked, since with other words it would be another action.
type EditAction struct {
	ID     string
	Sort   *Sort
	Text   *safetext.Text
	Who    *safetext.Text
	Due    *calendar.Date
	Shows  *safetext.Text
	IfThen *safetext.Text
	Today  calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c EditAction) Label() string { return "action" }

func (c EditAction) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if r, open := p.OpenReview(); open && c.Text != nil &&
		slices.ContainsFunc(p.Unchecked(r), func(a Action) bool { return a.ID == c.ID && a.Text != *c.Text }) {
		return p, Refuse("check it as changed, then add the new one", "a review is under way, and this action of "+
			"last time is not checked yet")
	}
	return p.withAction(c.ID, func(a *Action) error {
		recorded := a.Due
		setGiven(a, c)
		return cmp.Or(p.checkAction(*a), MayBeDue(a.Due, recorded, c.Today))
	})
}

// SetActionStatus closes an action as done, not done, changed or dropped, or reopens it. While a review is open,
// closing one of the actions that it has to check is the check, reopening such an action takes the check back, and
// reopening any other counts as new work. If an action had ended before the review, the review notes the new status.
type SetActionStatus struct {
	ID     string
	Status ActionStatus
	On     calendar.Date
	Note   safetext.Text
	Next   *Action // for ActionChanged: the action that replaces it in the same goal, or nil
}

func (c SetActionStatus) Label() string { return "action " + string(c.Status) }

func (c SetActionStatus) LabelIn(p Profile) string {
	a, _, ok := p.Action(c.ID)
	switch {
	case !ok:
		return c.Label()
	case c.Status == ActionOpen:
		return "reopening of " + a.Text.Quoted()
	}
	return "outcome of " + a.Text.Quoted()
}

func (c SetActionStatus) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := cmp.Or(checkWord(c.Status, ActionStatuses, notActionStatus),
		p.checkTexts(part{"the note", c.Note})); err != nil {
		return p, err
	}
	r, reviewing := p.OpenReview()
	a, _, known := p.Action(c.ID)
	switch {
	case reviewing && known && r.checks(c.ID) && c.Status == ActionOpen:
		return p.takeBackCheck(r, c.ID)
	case reviewing && known && r.checks(c.ID):
		return CheckAction{
			Review: r.ID, Action: c.ID, Outcome: c.Status, Reason: c.Note, On: c.On, Next: c.Next,
		}.Apply(p, std)
	case c.Next != nil && c.Status != ActionChanged:
		return p, errNotChanged()
	case known && c.Next != nil, known && a.Status != ActionOpen && c.Status == ActionOpen:
		if err := p.maySetActions(); err != nil {
			return p, err
		}
	}
	q, err := p.withReplacement(c.ID, c.Next, c.On)
	if err == nil {
		q, err = q.withStatus(c)
	}
	if err != nil {
		return p, err
	}
	if reviewing && c.Status != ActionOpen {
		q = q.withNotedOutcome(r, c)
	}
	return q, nil
}

// withNotedOutcome updates what an open review notes about an action that had ended before it, so that the record and
// the plan agree.
func (p Profile) withNotedOutcome(r Review, c SetActionStatus) Profile {
	at := r.checkIndex(c.ID)
	if at < 0 {
		return p
	}
	q, _ := p.withReview(r.ID, func(r *Review) error {
		r.Checked = slices.Clone(r.Checked)
		noted := &r.Checked[at]
		noted.Outcome, noted.Reason, noted.Next = c.Status, c.Note, ""
		if c.Next != nil {
			noted.Next = c.Next.ID
		}
		return nil
	})
	return q
}

// checks says whether an action is one that the review has to check or has checked. One that had ended before the
// review is not.
func (r Review) checks(action string) bool {
	at := r.checkIndex(action)
	return at >= 0 && !r.Checked[at].Before
}

// takeBackCheck takes back an open review's check of an action. The action is open again and still to be checked.
func (p Profile) takeBackCheck(r Review, action string) (Profile, error) {
	q, err := p.undoCheck(r.Checked[r.checkIndex(action)]).withReview(r.ID, func(r *Review) error {
		at := r.checkIndex(action)
		r.Checked = withItem(r.Checked, at, Checked{Action: action, Outcome: ActionOpen, Since: r.Checked[at].Since})
		return nil
	})
	if err != nil {
		return p, err
	}
	return q.withStatus(SetActionStatus{ID: action, Status: ActionOpen})
}

func (p Profile) withNewAction(goal string, a Action, today calendar.Date) (Profile, error) {
	return p.withGoal(goal, func(g *Goal) error {
		g.Actions = append(slices.Clone(g.Actions), a)
		return p.checkNewAction(a, today)
	})
}

func (p Profile) withStatus(c SetActionStatus) (Profile, error) {
	return p.withAction(c.ID, func(a *Action) error {
		a.Status, a.Note, a.Closed = c.Status, c.Note, c.On
		if c.Status == ActionOpen {
			a.Closed = calendar.Date{}
		}
		return nil
	})
}

func (p Profile) withGoal(id string, edit func(*Goal) error) (Profile, error) {
	i := slices.IndexFunc(p.Goals, func(g Goal) bool { return g.ID == id })
	if i < 0 {
		return p, Refuse("ksbcoach plan lists the goals with their ids", "there is no goal %q", safetext.Brief(id, 20))
	}
	g := p.Goals[i]
	if err := edit(&g); err != nil {
		return p, err
	}
	p.Goals = withItem(p.Goals, i, g)
	return p, nil
}

func (p Profile) withAction(id string, edit func(*Action) error) (Profile, error) {
	_, g, ok := p.Action(id)
	if !ok {
		return p, noAction(id)
	}
	return p.withGoal(g.ID, func(g *Goal) error {
		g.Actions = slices.Clone(g.Actions)
		i := slices.IndexFunc(g.Actions, func(a Action) bool { return a.ID == id })
		return edit(&g.Actions[i])
	})
}

func noAction(id string) error {
	return Refuse("ksbcoach plan lists the actions with their ids", "there is no action %q", safetext.Brief(id, 20))
}

// OffJob says whether an action normally counts as off-the-job training. The provider has the last word. It is "" if
// not known.
type OffJob string

// The answers.
const (
	offJobYes OffJob = "yes"
	offJobNo  OffJob = "no"
	offJobAsk OffJob = "ask" // partly learning, partly the day's work
)

// OffJobs lists the answers.
var OffJobs = []OffJob{offJobYes, offJobNo, offJobAsk}

// MaxMinutes is the most time that an action may take: 100 hours, which is more than any needs.
const MaxMinutes = 6000

// Says is the answer in words, or "" if it is not known.
func (o OffJob) Says() string {
	switch o {
	case offJobYes:
		return "normally counts as off-the-job training"
	case offJobNo:
		return "not off-the-job training"
	case offJobAsk:
		return "ask your provider whether it counts as off-the-job training"
	}
	return ""
}

// Takes says how much time something takes and whether that normally counts as off-the-job training; "" if neither is
// known.
func Takes(minutes int, o OffJob) string {
	if minutes == 0 {
		return o.Says()
	}
	says := fmt.Sprintf("about %d minutes", minutes)
	if o.Says() != "" {
		says += ", " + o.Says()
	}
	return says
}

// Takes says how much time the action takes and whether that normally counts as off-the-job training.
func (a Action) Takes() string { return Takes(a.Minutes, a.OffJob) }

// ContinuedAs is an open action, with its own ID, that continues this one. If the words are new it is a different piece
// of work, whose time is not known yet.
func (a Action) ContinuedAs(id string, words safetext.Text) Action {
	if words != a.Text {
		a.Minutes, a.OffJob = 0, ""
	}
	a.ID, a.Text, a.Status = id, words, ActionOpen
	a.Note, a.Closed = safetext.Text{}, calendar.Date{}
	return a
}
