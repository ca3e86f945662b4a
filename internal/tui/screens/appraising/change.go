package appraising

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// make makes a change and brings the screen up to date before then runs. Then gives the line to say, or "".
func (s *Screen) make(change profile.Change, then func(*ui.Context) string) []ui.Ask {
	return ui.Make(change, func(c *ui.Context) string {
		s.learn(c)
		return then(c)
	})
}

func (s *Screen) onwards(say string) func(*ui.Context) string {
	return func(c *ui.Context) string { s.step(c, 1); return say }
}

// askOutcome asks for the reason that an outcome needs. The form starts with what was said before.
func (s *Screen) askOutcome(c *ui.Context, action string, outcome profile.ActionStatus) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	a, _, ok := c.Profile.Action(action)
	if !ok {
		return nil
	}
	of := forms.Outcome{Action: a, Status: outcome}
	for _, x := range r.Checked {
		if x.Action != action || x.Outcome != of.Status {
			continue
		}
		of.Reason = x.Reason
		if next, _, set := c.Profile.Action(x.Next); set {
			of.Next = &next
		}
	}
	return ui.Asks(ui.Edit{Form: forms.OutcomeForm(c, of), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		reason, next := forms.OutcomeSent(v, c, of)
		change := profile.CheckAction{
			Review: r.ID, Action: a.ID, Outcome: of.Status, Reason: reason, On: c.Today, Next: next, NoNext: next == nil,
		}
		says := words.Capital(of.Status.Words()) + "."
		if next != nil {
			says = "Changed, and set anew."
		}
		return s.check(change, says)
	}})
}

// setAgain checks an action that is not due yet by setting it again in the same words.
func (s *Screen) setAgain(c *ui.Context, action string) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	a, _, ok := c.Profile.Action(action)
	if !ok {
		return nil
	}
	return s.check(appraisal.NotDueYet(r, a, c.NewID("a"), c.Today), "It goes on as it is.")
}

func (s *Screen) check(change profile.CheckAction, says string) []ui.Ask {
	return s.make(change, func(c *ui.Context) string {
		r, _ := c.Profile.OpenReview()
		left := c.Profile.Unchecked(r)
		if len(left) == 0 {
			s.choose(c, partRow(profile.TalkReveal))
			return "All actions are checked. New ones may be set now."
		}
		place := func(id string) int {
			return slices.IndexFunc(r.Checked, func(x profile.Checked) bool { return x.Action == id })
		}
		next := slices.IndexFunc(left, func(a profile.Action) bool { return place(a.ID) > place(change.Action) })
		s.choose(c, actionRow+left[max(next, 0)].ID)
		return says + " " + words.Count(len(left), "action", "actions") + " still to check."
	})
}

// closeReview closes the open review with the hash of its record; the round may stay open. A change that the rules
// refuse is asked for all the same, so that the root says why.
func (s *Screen) closeReview(c *ui.Context, goesOn bool) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	change := appraisal.Closing(c.Profile, c.Standard, r, c.Today, goesOn)
	return s.make(change, func(*ui.Context) string {
		s.show(afterTab)
		s.at[meetTab], s.at[afterTab] = page.List{}, page.List{}
		return "Closed. It is only read from now on. " + appraisal.HashWords
	})
}
