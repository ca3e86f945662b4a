package plan

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// An Offer is of actions for a goal that was just set in the learner's own words. They may not fit what was meant, so
// none of them is in the plan before the learner says so.
type Offer struct {
	Goal    string
	Ask     string // the question
	Actions []profile.Action
}

// What the offer says of the two answers.
const (
	OfferYes  = "Yes, add them"
	OfferNo   = "No, I write my own"
	OfferLeft = "They stay on offer, one by one, wherever an action is added."
)

// OfferFor is what a suggested goal would bring: the actions of the goal's first KSB from the learner's level, none due
// after the goal. There is no offer for a goal that has actions, that is not under way, or whose KSB has no coaching.
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
	x.inTurn(aheadOf(r))
	x.startInTime(r.AsOf)
	g.Actions = x.Actions
	g = withIDs(g, newID)
	n := len(g.Actions)
	ask := "Add the " + words.Count(n, "action that is", "actions that are") + " suggested for " + g.KSBs[0] + "?"
	return Offer{Goal: g.ID, Ask: ask, Actions: g.Actions}, n > 0
}

// Taken adds all of them, as one change to take back.
func (o Offer) Taken(today calendar.Date) profile.Change {
	b := profile.Batch{Name: "suggested actions"}
	for _, a := range o.Actions {
		b.Changes = append(b.Changes, profile.AddAction{Goal: o.Goal, Action: a, Today: today})
	}
	return b
}
