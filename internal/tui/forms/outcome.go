package forms

import (
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Outcome is what is known about how an action ended before the form is filled in.
type Outcome struct {
	Action profile.Action
	Status profile.ActionStatus // any but open
	Reason safetext.Text        // as it was said before, if it was
	Next   *profile.Action      // what was set in its place before, if anything
}

// noBlame goes with every question for a reason.
const noBlame = "One line. It is for learning from, not for blame."

// OutcomeForm asks what shows that an action is done, or why it ended otherwise; for one that is changed, also for the
// action that replaces it.
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
	if next.Due = plan.OnwardDue(next.Due, c.Profile, c.Today); o.Next != nil {
		next = *o.Next
	}
	return []ui.Field{
		{
			ID: "text", Label: plan.AskOnward, Says: "Leave it empty if nothing takes its place.",
			Value: next.Text.Raw(),
		},
		Due(c, "By when now?", next.Due),
		{ID: "who", Label: "Who helps?", Says: mayBeEmpty, Value: next.Who.Raw()},
		{ID: "shows", Label: "What will show it?", Says: mayBeEmpty, Value: next.Shows.Raw()},
	}
}

// OutcomeSent reads the form: the reason, and the action that replaces one that is changed, or nil.
func OutcomeSent(v ui.Values, c *ui.Context, o Outcome) (safetext.Text, *profile.Action) {
	reason, words := v.Text("reason"), v.Text("text")
	if o.Status != profile.ActionChanged || words.Empty() {
		return reason, nil
	}
	next := o.Action.Anew(c.NewID("a"), words)
	next.Who, next.Due, next.Shows = v.Text("who"), v.Day("due"), v.Text("shows")
	return reason, &next
}
