package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

func newAction(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:     "action",
		Short:   "Add, edit, close or reopen an action",
		Long:    "Changes the actions of your goals. ksbcoach plan lists them with their ids.",
		Example: `ksbcoach action close a-91xd --status done --note "two of three checks were new to me"`,
	}, newActionAdd(k), newActionEdit(k), newActionClose(k), newActionReopen(k))
}

// actionWords are the flags for an action's own words and date.
type actionWords struct {
	text, sort, who, shows string
	due                    calendar.Date
}

func (w *actionWords) flags(cmd *cobra.Command, sort string, clearable bool) {
	f := cmd.Flags()
	f.StringVar(&w.text, "text", "", "what you will do, in one line")
	f.StringVar(&w.sort, "sort", sort, "`practise`, people or study")
	f.StringVar(&w.who, "who", "", "who helps")
	f.StringVar(&w.shows, "shows", "", "what will show that it was done")
	about := "by when"
	if clearable {
		about += "; none takes the date away"
	}
	f.Var(dateFlag{&w.due, clearable}, "due", about)
}

func (w *actionWords) check(cmd *cobra.Command) error {
	if w.sort != "" && !slices.Contains(profile.Sorts, profile.Sort(w.sort)) {
		return misused(cmd, "--sort %q: say practise, people or study", w.sort)
	}
	return nil
}

type actionAddOptions struct {
	*kit
	actionWords
}

func newActionAdd(k *kit) *cobra.Command {
	o := &actionAddOptions{kit: k}
	cmd := &cobra.Command{
		Use:     "add GOAL --text TEXT",
		Short:   "Add an action to a goal",
		Long:    "Adds an action to a goal. A good one names who helps, by when, and what will show that it was done.",
		Example: `ksbcoach action add g-2mq9 --text "Go along on a service visit" --sort people --who "Medical engineering" --due 2027-01-31`,
		Args:    takes("GOAL"),
		RunE:    o.run,
	}
	o.flags(cmd, string(profile.Practise), false)
	return cmd
}

func (o *actionAddOptions) run(cmd *cobra.Command, args []string) error {
	if text(o.text).Empty() {
		return misused(cmd, "--text is missing: say what you will do")
	}
	if err := o.check(cmd); err != nil {
		return err
	}
	a := profile.Action{
		Sort: profile.Sort(o.sort), Text: text(o.text), Who: text(o.who), Due: o.due, Shows: text(o.shows), Status: profile.ActionOpen,
	}
	return o.edit(func(s *session.Session) error {
		if err := profile.MayBeDue(a.Due, calendar.Date{}, s.Today()); err != nil {
			return err
		}
		a.ID = s.NewID("a")
		return s.Do(profile.AddAction{Goal: args[0], Action: a})
	}, func(s *session.Session, p *page) { sayAction(s, p, a.ID, "added") })
}

// sayAction tells what became of an action.
func sayAction(s *session.Session, p *page, id, what string) {
	a, g, _ := s.Profile().Action(id)
	p.para(0, "%s %s: %s", a.ID, what, a.Text.Line())
	open := 0
	for _, x := range g.Actions {
		if x.Status == profile.ActionOpen {
			open++
		}
	}
	if open == 0 && g.Status == profile.GoalActive {
		p.next("no action of goal %s is open: ksbcoach action add %s --text TEXT, or ksbcoach goal close %s", g.ID, g.ID, g.ID)
		return
	}
	p.next("ksbcoach plan (goal %s has %s)", g.ID, count(open, "open action", "open actions"))
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
	o.flags(cmd, "", true)
	return cmd
}

func (o *actionEditOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	c := profile.EditAction{ID: args[0], Text: given(cmd, "text", o.text), Who: given(cmd, "who", o.who), Shows: given(cmd, "shows", o.shows)}
	if cmd.Flags().Changed("sort") {
		sort := profile.Sort(o.sort)
		c.Sort = &sort
	}
	if cmd.Flags().Changed("due") {
		c.Due = &o.due
	}
	if c.Text == nil && c.Who == nil && c.Shows == nil && c.Sort == nil && c.Due == nil {
		return misused(cmd, "nothing to change was named")
	}
	return o.edit(func(s *session.Session) error {
		a, _, _ := s.Profile().Action(args[0])
		if err := profile.MayBeDue(o.due, a.Due, s.Today()); err != nil {
			return err
		}
		return s.Do(c)
	}, func(s *session.Session, p *page) { sayAction(s, p, args[0], "changed") })
}

type actionStatusOptions struct {
	*kit
	status string
	note   string
}

func newActionClose(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "close ACTION",
		Short: "Close an action with its outcome",
		Long: "Closes an action as done, not-done, changed or dropped. Every one of these is an honest ending; the note says what came of it. " +
			"In a review, closing an action of last time is its check: all but done need the note then.",
		Example: `ksbcoach action close a-91xd --status not-done --note "the visit was cancelled"`,
		Args:    takes("ACTION"),
		RunE:    o.run,
	}
	cmd.Flags().StringVar(&o.status, "status", string(profile.ActionDone), "done, not-done, changed or dropped")
	cmd.Flags().StringVar(&o.note, "note", "", "what came of it")
	return cmd
}

func newActionReopen(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k, status: string(profile.ActionOpen)}
	cmd := &cobra.Command{
		Use:   "reopen ACTION",
		Short: "Open a closed action again",
		Long: "Opens a closed action again; its outcome is taken away. In a review that is new work, and waits until the old actions are " +
			"checked.",
		Example: "ksbcoach action reopen a-91xd",
		Args:    takes("ACTION"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.set(args[0], "open again") },
	}
	cmd.Flags().StringVar(&o.note, "note", "", "why")
	return cmd
}

func (o *actionStatusOptions) run(cmd *cobra.Command, args []string) error {
	status := profile.ActionStatus(o.status)
	if status == profile.ActionOpen || !slices.Contains(profile.ActionStatuses, status) {
		return misused(cmd, "--status %q: say done, not-done, changed or dropped", o.status)
	}
	return o.set(args[0], o.status)
}

func (o *actionStatusOptions) set(id, what string) error {
	checks := false
	return o.edit(func(s *session.Session) error {
		status := profile.ActionStatus(o.status)
		if r, open := s.Profile().OpenReview(); open {
			checks = slices.ContainsFunc(s.Profile().Unchecked(r), func(a profile.Action) bool { return a.ID == id })
		}
		if a, _, ok := s.Profile().Action(id); ok && a.Status == status {
			return &hinted{fmt.Errorf("action %s is %s already", id, status), "ksbcoach plan lists the actions"}
		}
		return s.Do(profile.SetActionStatus{ID: id, Status: status, On: s.Today(), Note: text(o.note)})
	}, func(s *session.Session, p *page) {
		if !checks {
			sayAction(s, p, id, what)
			return
		}
		a, _, _ := s.Profile().Action(id)
		p.para(0, "%s %s, and so checked in the open review: %s", id, what, a.Text.Line())
		p.next("%s", reviewNext(s))
	})
}
