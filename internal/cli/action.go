package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
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

// actionWords are the flags for an action's own words and date.
type actionWords struct {
	text, sort, who, shows, ifThen string
	due                            calendar.Date
}

func (w *actionWords) flags(k *kit, cmd *cobra.Command, sort string, clearable bool) {
	f := cmd.Flags()
	f.StringVar(&w.text, "text", "", "what you will do, in one line")
	f.StringVar(&w.sort, "sort", sort, "`practise`, people or study")
	f.StringVar(&w.who, "who", "", "who helps")
	f.StringVar(&w.shows, "shows", "", "what will show that it was done")
	f.StringVar(&w.ifThen, "if-then", "", "what you will do when something gets in the way: \"If ..., then I will ...\"")
	about := "by when, such as \"3 Nov 2026\" or \"in 2 weeks\""
	if clearable {
		about += "; none takes the date away"
	}
	f.Var(dateFlag{k, &w.due, calendar.LastOf, clearable}, "due", about)
}

func (w *actionWords) check(cmd *cobra.Command) error {
	if w.sort != "" && !slices.Contains(profile.Sorts, profile.Sort(w.sort)) {
		return misused(cmd, "--sort %q: say practise, people or study", w.sort)
	}
	return nil
}

// onwardFlags are those for the action that takes the place of one that is changed.
func (w *actionWords) onwardFlags(k *kit, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(dateFlag{k: k, date: &w.due, month: calendar.LastOf}, "due", "changed: it goes on, by this new date")
	f.StringVar(&w.text, "text", "", "changed: what you will do now; the same words if not given")
	f.StringVar(&w.who, "who", "", "changed: who helps now; as before if not given")
	f.StringVar(&w.shows, "shows", "", "changed: what will show it now; as before if not given")
}

// goesOn says whether one of those flags was given, and refuses them for any outcome but changed.
func (w *actionWords) goesOn(cmd *cobra.Command, outcome profile.ActionStatus) (bool, error) {
	for _, flag := range []string{"due", "text", "who", "shows"} {
		switch {
		case !cmd.Flags().Changed(flag):
		case outcome != profile.ActionChanged:
			return false, misused(cmd, "--%s belongs to an action that is changed and goes on", flag)
		case flag == "text" && text(w.text).Empty():
			return false, misused(cmd, "--text is empty: say what you will do now")
		default:
			return true, nil
		}
	}
	return false, nil
}

// following is the action that takes the place of another: its words, and what was given anew. A date that is past is no new
// one.
func (w *actionWords) following(cmd *cobra.Command, s *session.Session, id string) (*profile.Action, error) {
	old, _, ok := s.Profile().Action(id)
	if !ok {
		return nil, nil // the change says that there is none
	}
	switch past := old.Due.Before(s.Today()) && !old.Due.IsZero(); {
	case w.due.IsZero() && past:
		return nil, misused(cmd, "--due is missing: by when will it be done now?")
	case !w.due.IsZero() && w.due.Before(s.Today()):
		return nil, misused(cmd, "--due: %s is past", w.due.Long())
	}
	words := old.Text
	if t := given(cmd, "text", w.text); t != nil {
		words = *t
	}
	a := old.Anew(s.NewID("a"), words)
	if !w.due.IsZero() {
		a.Due = w.due
	}
	for flag, to := range map[string]*safetext.Text{"who": &a.Who, "shows": &a.Shows} {
		if t := given(cmd, flag, map[string]string{"who": w.who, "shows": w.shows}[flag]); t != nil {
			*to = *t
		}
	}
	return &a, nil
}

func sayFollowing(p *page, next *profile.Action) {
	if next == nil {
		return
	}
	by := ""
	if !next.Due.IsZero() {
		by = ", by " + next.Due.Full()
	}
	p.Para(0, "it goes on as %s: %s%s", next.ID, next.Text.Line(), by)
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
	o.flags(k, cmd, string(profile.Practise), false)
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
		Sort: profile.Sort(o.sort), Text: text(o.text), Who: text(o.who), Due: o.due, Shows: text(o.shows), IfThen: text(o.ifThen), Status: profile.ActionOpen,
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
	o.flags(k, cmd, "", true)
	return cmd
}

func (o *actionEditOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	c := profile.EditAction{
		ID: args[0], Text: given(cmd, "text", o.text), Who: given(cmd, "who", o.who), Shows: given(cmd, "shows", o.shows), IfThen: given(cmd, "if-then", o.ifThen),
	}
	if cmd.Flags().Changed("sort") {
		sort := profile.Sort(o.sort)
		c.Sort = &sort
	}
	if cmd.Flags().Changed("due") {
		c.Due = &o.due
	}
	if c.Text == nil && c.Who == nil && c.Shows == nil && c.IfThen == nil && c.Sort == nil && c.Due == nil {
		return misused(cmd, "nothing to change was named")
	}
	return o.edit(func(s *session.Session) error {
		c.Today = s.Today()
		return s.Do(c)
	}, func(s *session.Session, p *page) { sayAction(s, p, args[0], "changed") })
}

type actionStatusOptions struct {
	*kit
	actionWords
	status string
	note   string
	onward *profile.Action // what takes its place, if anything
}

func newActionClose(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "close ACTION",
		Short: "Close an action with its outcome",
		Long: "Closes an action as done, not-done, changed or dropped. Every one of these is an honest ending; the note says what came of it. " +
			"In a review, closing an action of last time is its check: all but done need the note then. One that is changed goes on at " +
			"once as a new action where --due, --text, --who or --shows is given.",
		Example: `ksbcoach action close a-91xd --status not-done --note "the visit was cancelled"`,
		Args:    takes("ACTION"),
		RunE:    o.run,
	}
	cmd.Flags().StringVar(&o.status, "status", string(profile.ActionDone), "done, not-done, changed or dropped")
	cmd.Flags().StringVar(&o.note, "note", "", "what came of it, or what shows it")
	o.onwardFlags(k, cmd)
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
		RunE:    func(cmd *cobra.Command, args []string) error { return o.set(cmd, args[0], "open again", false) },
	}
	cmd.Flags().StringVar(&o.note, "note", "", "why")
	return cmd
}

func (o *actionStatusOptions) run(cmd *cobra.Command, args []string) error {
	status := profile.ActionStatus(o.status)
	if status == profile.ActionOpen || !slices.Contains(profile.ActionStatuses, status) {
		return misused(cmd, "--status %q: say done, not-done, changed or dropped", o.status)
	}
	goesOn, err := o.goesOn(cmd, status)
	if err != nil {
		return err
	}
	return o.set(cmd, args[0], o.status, goesOn)
}

func (o *actionStatusOptions) set(cmd *cobra.Command, id, what string, goesOn bool) error {
	checks := false
	return o.edit(func(s *session.Session) error {
		status := profile.ActionStatus(o.status)
		if r, open := s.Profile().OpenReview(); open {
			checks = slices.ContainsFunc(s.Profile().Unchecked(r), func(a profile.Action) bool { return a.ID == id })
		}
		if a, _, ok := s.Profile().Action(id); ok && a.Status == status {
			return &hinted{fmt.Errorf("action %s is %s already", id, status), "ksbcoach plan lists the actions"}
		}
		if goesOn {
			var err error
			if o.onward, err = o.following(cmd, s, id); err != nil {
				return err
			}
		}
		return s.Do(profile.SetActionStatus{ID: id, Status: status, On: s.Today(), Note: text(o.note), Next: o.onward})
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
