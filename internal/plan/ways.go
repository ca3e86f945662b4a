package plan

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Way is one answer to choose from: the value for the record, the answer in words, and a sentence that explains it.
type Way[T any] struct {
	Is         T
	Text, Says string
}

// ActionWays are the ways in which an action may end. They say whether it goes on as a new one.
var ActionWays = []Way[profile.ActionStatus]{
	{profile.ActionDone, "Done", "A line on what shows it, if you like."},
	{profile.ActionNotDone, "Not done: it ends here", "A line on what was in the way. If it is still to be done, " +
		"choose the next one."},
	{profile.ActionChanged, "Changed: it goes on", "In another way, or simply on another day. The new one is set at " +
		"once, in the same words unless you change them."},
	{profile.ActionDropped, "Dropped: no longer wanted", "It is not needed any more, or it cannot be done here, so " +
		"it ends. A line on why."},
}

// GoalWays are what a goal may become from a status.
func GoalWays(from profile.GoalStatus) []Way[profile.GoalStatus] {
	type way = Way[profile.GoalStatus]
	done := way{profile.GoalDone, "Done", "You reached it, and somebody could say so."}
	drop := way{profile.GoalDropped, "Drop it", "It no longer matters, or it cannot be done. You will be asked why."}
	park := way{profile.GoalParked, "Park it", "It still matters, and something else comes first. You will be asked " +
		"why."}
	reopen := way{profile.GoalActive, "Take it up again", "It counts as under way from then on."}
	switch from {
	case profile.GoalActive:
		return []way{done, park, drop}
	case profile.GoalParked:
		return []way{reopen, done, drop}
	}
	return []way{reopen}
}

// Afterlives are the choices for the open actions of a goal that is parked or ends.
func Afterlives(to profile.GoalStatus) []Way[profile.ActionStatus] {
	type way = Way[profile.ActionStatus]
	leave := way{profile.ActionOpen, "Leave them open", "Your next review asks what became of each."}
	drop := way{profile.ActionDropped, "Drop them too", "They are not needed any more. You will be asked why."}
	missed := way{profile.ActionNotDone, "They were not done", "They end here. You will be asked what was in the way."}
	switch to {
	case profile.GoalDone:
		return []way{{profile.ActionDone, "They are done too", ""}, leave, missed, drop}
	case profile.GoalParked:
		leave.Text = "They wait with it"
		leave.Says = "Those that your last review set are asked about at the next one all the same."
		return []way{leave, drop, missed}
	}
	return []way{drop, missed, leave}
}

// WantsReason reports whether to ask for a reason when a goal is parked, dropped or done: unless both the goal and its
// actions end well.
func WantsReason(to profile.SetGoalStatus) bool {
	missed := to.Actions == profile.ActionDropped || to.Actions == profile.ActionNotDone
	return to.Status != profile.GoalActive && (to.Status != profile.GoalDone || missed)
}

// OnwardDue is the suggested due date for an action that goes on: its old one if that is still ahead, else the last day
// that a new action of a goal would get.
func OnwardDue(due calendar.Date, p profile.Profile, today calendar.Date) calendar.Date {
	if due.After(today) {
		return due
	}
	return AheadOf(p, today).ActionDue(actionShares - 1)
}

// ActionsFor are the actions that the coaching suggests for a goal at the learner's level and that the goal does not
// have yet: practise first, then people, then study.
func ActionsFor(g profile.Goal, r *gap.Report, coach Coach) []coaching.Action {
	var out []coaching.Action
	for _, sort := range profile.Sorts {
		for _, id := range g.KSBs {
			e, written := coach(id)
			if !written {
				continue
			}
			row, _ := r.Row(id)
			for _, a := range e.ActionsFrom(From(row)) {
				taken := slices.ContainsFunc(g.Actions, func(x profile.Action) bool { return x.Text.Line() == a.Text })
				if a.Sort == sort && !taken {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// Questions about goals and actions, and hints for the answers, shared by every place that asks.
const (
	AskGoal    = "What will you be able to do?"
	GoalHelp   = "Something that others could watch, and where."
	AskReason  = "One line, for you and for your next review."
	ActionHelp = "One step, small enough for a working week."
	WhoHelp    = "A name or a role; ask them first."
	AskExample = "What happened, in one line?"
	AskOnward  = "What will you do now?"
)

// An Offer is of suggested actions for a goal that the learner just set in their own words. The actions may not fit
// what the learner meant, so they are only added if the learner says yes.
type Offer struct {
	Goal    string // its ID
	Ask     string // the question
	Actions []profile.Action
}

// The answers to an offer, and what to say after a no.
const (
	OfferYes  = "Yes, add them"
	OfferNo   = "No, I write my own"
	OfferLeft = "They stay on offer, one by one, wherever an action is added."
)

// OfferFor offers the actions that a suggestion for the goal's first KSB would have, none due after the goal. There is
// no offer for a goal that has actions or is not under way, or whose first KSB has no coaching.
func OfferFor(g profile.Goal, r *gap.Report, coach Coach, newID func(prefix string) string) (Offer, bool) {
	if len(g.KSBs) == 0 || len(g.Actions) > 0 || g.Status != profile.GoalActive {
		return Offer{}, false
	}
	row, ok := r.Row(g.KSBs[0])
	e, written := coach(g.KSBs[0])
	if !ok || !written {
		return Offer{}, false
	}
	x := Suggestion{Due: g.Due}
	if g.Due.IsZero() {
		x.Due = aheadOf(r).GoalDue()
	}
	x.fill(row, e)
	x.setDueDates(aheadOf(r))
	x.addStartDates(r.AsOf)
	g.Actions = x.Actions
	g = withIDs(g, newID)
	n := len(g.Actions)
	ask := "Add the " + words.Count(n, "action that is", "actions that are") + " suggested for " + g.KSBs[0] + "?"
	return Offer{Goal: g.ID, Ask: ask, Actions: g.Actions}, n > 0
}

// Taken is the change that adds all the actions. Undoing it once removes them all.
func (o Offer) Taken(today calendar.Date) profile.Change {
	b := profile.Batch{Name: "suggested actions"}
	for _, a := range o.Actions {
		b.Changes = append(b.Changes, profile.AddAction{Goal: o.Goal, Action: a, Today: today})
	}
	return b
}

// A Beside is another goal for the same KSB as one that was just set.
type Beside struct {
	Goal   profile.Goal
	Parked bool   // it could be taken up again instead of the new one
	Says   string // a sentence about it
}

// BesideOf is another goal, under way or parked, for one of the KSBs of a goal, and false if there is none. Two goals
// for one KSB are allowed, but may be a slip.
func BesideOf(p profile.Profile, g profile.Goal) (Beside, bool) {
	other, ok := p.OtherGoalFor(g)
	if !ok {
		return Beside{}, false
	}
	parked := other.Status == profile.GoalParked
	says := "You have another goal for "
	if parked {
		says = "You have parked a goal for "
	}
	says += strings.Join(other.KSBs, ", ") + ": " + words.Stop(other.Text.Line())
	return Beside{other, parked, says}, true
}
