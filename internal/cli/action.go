package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newAction(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:     "action",
		Short:   "Add, edit, close or reopen an action",
		Long:    "Changes the actions of your goals. ksbcoach plan lists them with their ids.",
		Example: `ksbcoach action close a-91xd --status done --note "two of three checks were new to me"`,
	}, newActionAdd(k), newActionEdit(k), newActionClose(k), newActionReopen(k))
}

type actionAddOptions struct {
	*kit
	actionWords
}

func newActionAdd(k *kit) *cobra.Command {
	o := &actionAddOptions{kit: k, actionWords: actionWords{sort: profile.Practise}}
	cmd := &cobra.Command{
		Use:     "add GOAL --text TEXT",
		Short:   "Add an action to a goal",
		Long:    "Adds an action to a goal. A good one names who helps, by when, and what will show that it was done.",
		Example: `ksbcoach action add g-2mq9 --text "Go along on a service visit" --sort people --who "Medical engineering" --due 2027-01-31`,
		Args:    takes("GOAL"),
		RunE:    o.run,
	}
	o.flags(k, cmd, false)
	return cmd
}

func (o *actionAddOptions) run(cmd *cobra.Command, args []string) error {
	if o.text.Empty() {
		return misused(cmd, "--text is missing: say what you will do")
	}
	a := profile.Action{
		Sort: o.sort, Text: o.text, Who: o.who, Due: o.due, Shows: o.shows, IfThen: o.ifThen,
		Status: profile.ActionOpen,
	}
	return o.edit(func(s *session.Session) error {
		a.ID = s.NewID("a")
		return s.Do(profile.AddAction{Goal: args[0], Action: a, Today: s.Today()})
	}, func(s *session.Session, p *page) { sayAction(s, p, a.ID, "added") })
}

// sayAction tells what became of an action.
func sayAction(s *session.Session, p *page, id, what string) {
	a, g, _ := s.Profile().Action(id)
	p.Para(0, "%s %s: %s", a.ID, what, a.Text.Line())
	if a.Status == profile.ActionOpen {
		sayDue(p, a.Due)
	}
	open := len(g.OpenActions())
	if open == 0 && g.Status == profile.GoalActive {
		p.next("no action of goal %s is open: ksbcoach action add %s --text TEXT, or ksbcoach goal close %s", g.ID,
			g.ID, g.ID)
		return
	}
	p.next("ksbcoach plan (goal %s has %s)", g.ID, words.Count(open, "open action", "open actions"))
}

type actionEditOptions struct {
	*kit
	actionWords
}

func newActionEdit(k *kit) *cobra.Command {
	o := &actionEditOptions{kit: k}
	cmd := &cobra.Command{
		Use:     "edit ACTION",
		Short:   "Change an action's words or date",
		Long:    "Changes what you name and leaves the rest.",
		Example: "ksbcoach action edit a-91xd --due 2027-02-14",
		Args:    takes("ACTION"),
		RunE:    o.run,
	}
	o.flags(k, cmd, true)
	return cmd
}

func (o *actionEditOptions) run(cmd *cobra.Command, args []string) error {
	if err := needsChange(cmd); err != nil {
		return err
	}
	return o.do(profile.EditAction{
		ID: args[0], Sort: given(cmd, "sort", o.sort), Text: given(cmd, "text", o.text), Who: given(cmd, "who", o.who),
		Shows: given(cmd, "shows", o.shows), IfThen: given(cmd, "if-then", o.ifThen), Due: given(cmd, "due", o.due),
		Today: o.today(),
	}, func(s *session.Session, p *page) { sayAction(s, p, args[0], "changed") })
}

type actionStatusOptions struct {
	*kit
	actionWords
	status profile.ActionStatus
	note   safetext.Text
	onward *profile.Action // what takes its place, if anything
}

func newActionClose(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k, status: profile.ActionDone}
	cmd := &cobra.Command{
		Use:   "close ACTION",
		Short: "Close an action with its outcome",
		Long: "Closes an action as done, not-done, changed or dropped. Every one of these is an honest ending; the " +
			"note says what came of it. In a review, closing an action of last time is its check: all but done need " +
			"the note then. One that is changed goes on at once as a new action where --due, --text, --who or " +
			"--shows is given.",
		Example: `ksbcoach action close a-91xd --status not-done --note "the visit was cancelled"`,
		Args:    takes("ACTION"),
		RunE:    o.run,
	}
	cmd.Flags().Var(wordFlag(&o.status, profile.ActionEndings), "status",
		"done, not-done, changed or dropped")
	cmd.Flags().Var(textFlag(&o.note), "note", "what came of it, or what shows it")
	o.onwardFlags(k, cmd)
	return cmd
}

func newActionReopen(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k, status: profile.ActionOpen}
	cmd := &cobra.Command{
		Use:   "reopen ACTION",
		Short: "Open a closed action again",
		Long: "Opens a closed action again; its outcome is taken away. In a review that is new work, and waits until " +
			"the old actions are checked.",
		Example: "ksbcoach action reopen a-91xd",
		Args:    takes("ACTION"),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.set(cmd, args[0], "open again", false) },
	}
	cmd.Flags().Var(textFlag(&o.note), "note", "why")
	return cmd
}

func (o *actionStatusOptions) run(cmd *cobra.Command, args []string) error {
	goesOn, err := o.changesNext(cmd, o.status)
	if err != nil {
		return err
	}
	return o.set(cmd, args[0], string(o.status), goesOn)
}

func (o *actionStatusOptions) set(cmd *cobra.Command, id, what string, goesOn bool) error {
	checks := false
	return o.edit(func(s *session.Session) error {
		if r, open := s.Profile().OpenReview(); open {
			checks = slices.ContainsFunc(s.Profile().Unchecked(r), func(a profile.Action) bool { return a.ID == id })
		}
		if a, _, ok := s.Profile().Action(id); ok && a.Status == o.status {
			return &hinted{fmt.Errorf("action %s is %s already", id, o.status), "ksbcoach plan lists the actions"}
		}
		if goesOn {
			var err error
			if o.onward, err = o.replacingAction(cmd, s, id); err != nil {
				return err
			}
		}
		return s.Do(profile.SetActionStatus{ID: id, Status: o.status, On: s.Today(), Note: o.note, Next: o.onward})
	}, func(s *session.Session, p *page) {
		if !checks {
			sayFollowing(p, o.onward)
			sayAction(s, p, id, what)
			return
		}
		a, _, _ := s.Profile().Action(id)
		p.Para(0, "%s %s, and so checked in the open review: %s", id, what, a.Text.Line())
		sayFollowing(p, o.onward)
		p.next("%s", reviewNext(s))
	})
}
