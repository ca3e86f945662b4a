package forms

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Outcome is what is known of the ending of an action before its form is filled in.
type Outcome struct {
	Action profile.Action
	Status profile.ActionStatus // any but open
	Reason safetext.Text        // as it was said before, if it was
	Next   *profile.Action      // what was set in its place before, if anything
}

// A Way is one way in which an action may end, as it is offered.
type Way struct {
	Status profile.ActionStatus
	Option ui.Option
}

// Ways are the ways in which an action may end, wherever they are offered: which of them let it go on stands in each.
var Ways = []Way{
	{profile.ActionDone, ui.Option{Text: "Done", Says: "A line on what shows it, if you like."}},
	{profile.ActionNotDone, ui.Option{Text: "Not done: it ends here", Says: "A line on what was in the way. If it is still to be done, choose the next one."}},
	{profile.ActionChanged, ui.Option{Text: "Changed: it goes on", Says: "Otherwise, or simply to another day. The new one is set at once, in the same words unless you change them."}},
	{profile.ActionDropped, ui.Option{Text: "Dropped: no longer wanted", Says: "It is not needed any more, or it cannot be done here, so it ends. A line on why."}},
}

// noBlame stands where a reason is asked for.
const noBlame = "One line. It is for learning from, not for blame."

// OutcomeForm asks for the line that goes with an ending: what shows it, which may stay empty, or why; and for an action that
// is changed, for the one that takes its place.
func OutcomeForm(c *ui.Context, o Outcome) ui.Form {
	a := o.Action
	form := ui.Form{Key: "action-" + string(o.Status) + "-" + a.ID, Says: a.Text.Line(), Send: "keep the reason"}
	why := ui.Field{ID: "reason", Label: "Why?", Says: noBlame, Value: o.Reason.Raw(), Need: true}
	switch o.Status {
	case profile.ActionDone:
		form.Title, form.Send = "Done", "keep it"
		why.Label, why.Says, why.Need = "What shows it?", "One line, such as where it lies. It may stay empty.", false
		if !a.Shows.Empty() {
			why.Says += " You meant to show: " + a.Shows.Line()
		}
	case profile.ActionNotDone:
		form.Title = "Not done: it ends here"
	case profile.ActionDropped:
		form.Title = "Dropped: no longer wanted"
	case profile.ActionChanged:
		form.Title, form.Send = "Changed: it goes on", "keep both"
		why.Label = "What changed, and why?"
		form.Fields = onwardFields(c, o)
	}
	form.Fields = append([]ui.Field{why}, form.Fields...)
	return form
}

func onwardFields(c *ui.Context, o Outcome) []ui.Field {
	next := o.Action
	set := calendar.Date{}
	if next.Due = onwardDue(next.Due, c); o.Next != nil {
		next, set = *o.Next, o.Next.Due
	}
	ahead := func(due calendar.Date) error { return profile.MayBeDue(due, set, c.Today) }
	return []ui.Field{
		{ID: "text", Label: "What will you do now?", Says: "Leave it empty if nothing takes its place.", Value: next.Text.Raw()},
		{ID: "due", Label: "By when now?", Says: "may stay empty", Value: next.Due.String(), Day: ui.DueDay, Check: ui.CheckDay(ahead)},
		{ID: "who", Label: "Who helps?", Says: "may stay empty", Value: next.Who.Raw()},
		{ID: "shows", Label: "What will show it?", Says: "may stay empty", Value: next.Shows.Raw()},
	}
}

// onwardDue is the date to begin with: the old one while that is still to come, else as for a new action that takes its time.
func onwardDue(due calendar.Date, c *ui.Context) calendar.Date {
	if due.After(c.Today) {
		return due
	}
	return plan.ActionDue(c.Today, c.Profile.ReviewAhead(), plan.Shares-1)
}

// OutcomeSent is what a sent form says: the reason, and the action that takes the place of one that is changed, or nil.
func OutcomeSent(values map[string]string, c *ui.Context, o Outcome) (safetext.Text, *profile.Action) {
	reason := safetext.New(values["reason"])
	words := safetext.New(values["text"])
	if o.Status != profile.ActionChanged || words.Empty() {
		return reason, nil
	}
	due, _ := calendar.Parse(strings.TrimSpace(values["due"])) // the form has checked it: none is zero
	next := o.Action.Anew(c.NewID("a"), words)
	next.Who, next.Due, next.Shows = safetext.New(values["who"]), due, safetext.New(values["shows"])
	return reason, &next
}
