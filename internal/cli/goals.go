package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newGoal(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "goal", Short: "Add, edit, park, close or reopen a goal",
		Long:    "Changes the goals of your plan. ksbcoach plan lists them with their ids.",
		Example: `ksbcoach goal add --ksb K8 --text "Teach the morning check to one new starter" --due 2027-01-31`,
	}, newGoalAdd(k), newGoalEdit(k), newGoalPark(k), newGoalClose(k), newGoalReopen(k))
}

// goalWords are the flags for what a goal says: its text, the reason for it, and its date.
type goalWords struct {
	text, why safetext.Text
	theory    string
	due       calendar.Date
}

func (w *goalWords) flags(k *kit, cmd *cobra.Command, clearable bool) {
	f := cmd.Flags()
	f.Var(textFlag(&w.text), "text", "what you will be able to do, in one line")
	f.Var(textFlag(&w.why), "why", "why this goal, now, in one line (K32)")
	f.Var(wordFlag(&w.theory, nil), "theory", "the `ID` of the theory that the reason rests on, such as goal-setting")
	k.dueFlag(cmd, &w.due, clearable)
}

func (k *kit) checkTheory(cmd *cobra.Command, id string) error {
	if _, ok := k.library.Appraisal().Theory(id); ok || id == "" {
		return nil
	}
	ids := lists.Each(k.library.Appraisal().Theories, func(t coaching.Theory) string { return t.ID })
	err := misused(cmd, "--theory: %q is not a theory here", id)
	err.hint = "they are " + strings.Join(ids, ", ") + "; or see " + err.hint
	return err
}

type goalAddOptions struct {
	*kit
	goalWords
	ksbs             []string
	bundle           string
	suggested, again bool
}

func newGoalAdd(k *kit) *cobra.Command {
	o := &goalAddOptions{kit: k}
	cmd := &cobra.Command{
		Use: "add --ksb KSB", Short: "Set a goal, your own or the suggested one",
		Long: "Sets a goal for one or more KSBs: in your own words with --text, or the one that the coach suggests " +
			"with --suggested. The suggested goal brings its actions, even if --text gives it other words; a goal of " +
			"your own starts with none. --bundle takes a small project that serves several gaps as one goal, with " +
			"its steps as actions. Five goals can be under way; a sixth is parked, with the reason.",
		Example: "ksbcoach goal add --ksb K8 --suggested", RunE: o.run,
	}
	cmd.Flags().Var(codesFlag(&o.ksbs), "ksb", "what it is for; several are divided by commas")
	o.flags(k, cmd, false)
	cmd.Flags().BoolVar(&o.suggested, "suggested", false, "take the goal and the actions that the coach suggests; "+
		"other flags change parts of it")
	cmd.Flags().BoolVar(&o.again, "again", false, "set it even if there is a goal in the same words already")
	cmd.Flags().StringVar(&o.bundle, "bundle", "", "take the small project of this `ID` instead of --ksb; ksbcoach "+
		"plan --bundles lists those that fit")
	return cmd
}

func (o *goalAddOptions) run(cmd *cobra.Command, _ []string) error {
	switch {
	case o.bundle != "" && (len(o.ksbs) > 0 || o.suggested):
		return misused(cmd, "--bundle cannot be combined with --ksb or --suggested: a project has its own KSBs")
	case o.bundle != "":
	case len(o.ksbs) == 0:
		return misused(cmd, "--ksb is missing: a goal is for at least one KSB")
	case o.suggested && len(o.ksbs) > 1:
		return misused(cmd, "--suggested takes one KSB at a time")
	case !o.suggested && o.text.Empty():
		return misused(cmd, "--text is missing: say what you will be able to do, or use --suggested")
	}
	if err := o.checkTheory(cmd, o.theory); err != nil {
		return err
	}
	var g profile.Goal
	return o.edit(func(s *session.Session) (err error) {
		if g, err = o.startingGoal(s); err != nil {
			return err
		}
		g.Text, g.Why = cmp.Or(o.text, g.Text), cmp.Or(o.why, g.Why)
		g.Theory, g.Due = cmp.Or(o.theory, g.Theory), cmp.Or(o.due, g.Due)
		if same, ok := s.Profile().SameGoal(g); ok && !o.again {
			return withHint(errors.New(same.Already()), showsGoal(same.ID, same.Status == profile.GoalParked)+
				"; --again sets a second one all the same, and --text gives it other words")
		}
		return s.Do(profile.AddGoal{Goal: g, Again: o.again, Today: s.Today()})
	}, func(s *session.Session, p *page) { sayGoal(s, p, g.ID, "added") })
}

// showsGoal names the command that shows a goal or, if it is parked, takes it up again.
func showsGoal(id string, parked bool) string {
	if parked {
		return "ksbcoach goal reopen " + id + " takes it up again"
	}
	return "ksbcoach plan shows it"
}

// startingGoal is the goal that the flags then change: a small project, the suggested goal, or one with only its KSBs.
func (o *goalAddOptions) startingGoal(s *session.Session) (profile.Goal, error) {
	if o.bundle != "" {
		return o.takeBundle(s)
	}
	ksbs, err := ksbCodes(s.Standard(), o.ksbs)
	if err != nil || !o.suggested {
		return profile.Goal{ID: s.NewID("g"), KSBs: ksbs, Status: profile.GoalActive, Set: s.Today()}, err
	}
	r := s.Report()
	row, _ := r.Row(ksbs[0])
	return plan.Suggest(r, row, s.Coach(), s.Titles()).Taken(s.Today(), s.NewID), nil
}

// sayGoal says what was done to a goal, such as "added", and what would make it SMART.
func sayGoal(s *session.Session, p *page, id, done string) {
	g, _ := s.Profile().Goal(id)
	p.Para(0, "%s %s: %s", g.ID, done, g.Text.Line())
	sayDue(p, g.Due)
	if g.Status == profile.GoalParked && done == "added" {
		p.Para(0, "It is parked: %s.", g.Note.Line())
	}
	if other, ok := plan.BesideOf(s.Profile(), g); ok && done == "added" {
		p.Para(0, "%s %s", other.Says, showsGoal(other.Goal.ID, other.Parked))
	}
	for _, a := range g.Actions {
		if a.Status == profile.ActionOpen {
			p.Hang("  "+a.ID+"  "+string(a.Sort)+": ", a.Text.Line())
		}
	}
	if g.Status != profile.GoalActive {
		p.next("ksbcoach plan")
		return
	}
	missing := plan.Missing(g, s.Today())
	if len(missing) > 0 {
		p.Para(0, "To make it SMART:")
	}
	for _, l := range missing {
		p.Hang("  "+l.Name+": ", l.Says)
	}
	if len(g.Actions) == 0 {
		p.next("ksbcoach action add %s --text TEXT --who WHO --due DATE --shows SHOWS", g.ID)
		return
	}
	p.next("ksbcoach reflect --goal %s", g.ID)
}

func newGoalEdit(k *kit) *cobra.Command {
	var w goalWords
	cmd := &cobra.Command{
		Use: "edit GOAL", Short: "Change a goal's words or date",
		Long:    "Changes what you name and leaves the rest. Reflections and actions stay.",
		Example: `ksbcoach goal edit g-2mq9 --due 2027-02-28`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(needsChange(cmd), k.checkTheory(cmd, w.theory)); err != nil {
				return err
			}
			return k.do(profile.EditGoal{
				ID: args[0], Text: given(cmd, "text", w.text), Why: given(cmd, "why", w.why),
				Theory: given(cmd, "theory", w.theory), Due: given(cmd, "due", w.due), Today: k.today(),
			}, func(s *session.Session, p *page) { sayGoal(s, p, args[0], "changed") })
		},
	}
	w.flags(k, cmd, true)
	return cmd
}

type goalStatusOptions struct {
	*kit
	note    safetext.Text
	actions profile.ActionStatus
	dropped bool
	status  profile.GoalStatus
	done    string // says the change, such as "parked"
}

func newGoalPark(k *kit) *cobra.Command {
	o := &goalStatusOptions{kit: k, status: profile.GoalParked, done: "parked"}
	cmd := o.command(&cobra.Command{
		Use: "park GOAL", Short: "Put a goal aside for now",
		Long: "Puts a goal aside with its actions, so that three to five stay under way. goal reopen takes it up " +
			"again. " + actionsHelp,
		Example: `ksbcoach goal park g-2mq9 --note "after the exams" --actions open`,
	})
	o.actionsFlag(cmd)
	return cmd
}

const actionsHelp = "Where it has open actions, --actions says what becomes of them: open leaves them open, and your " +
	"next review asks about those that the last one set."

// goalActions are the outcomes that open actions may get when their goal is parked or closed.
var goalActions = []profile.ActionStatus{
	profile.ActionDone, profile.ActionNotDone, profile.ActionDropped, profile.ActionOpen,
}

func (o *goalStatusOptions) actionsFlag(cmd *cobra.Command) {
	cmd.Flags().Var(wordFlag(&o.actions, goalActions), "actions",
		"what becomes of its open actions: done, not-done, dropped, or open to leave them open; --note says why")
}

func newGoalClose(k *kit) *cobra.Command {
	o := &goalStatusOptions{kit: k, status: profile.GoalDone, done: "done"}
	cmd := o.command(&cobra.Command{
		Use: "close GOAL", Short: "Close a goal as done, or dropped",
		Long:    "Closes a goal as done, or with --dropped as given up. " + actionsHelp,
		Example: `ksbcoach goal close g-2mq9 --note "seen twice by my mentor" --actions done`,
	})
	o.actionsFlag(cmd)
	cmd.Flags().BoolVar(&o.dropped, "dropped", false, "it is given up, not done")
	return cmd
}

func newGoalReopen(k *kit) *cobra.Command {
	o := &goalStatusOptions{kit: k, status: profile.GoalActive, done: "under way again"}
	return o.command(&cobra.Command{
		Use: "reopen GOAL", Short: "Take a parked or closed goal up again",
		Long: "Takes a parked, done or dropped goal up again. Five goals can be under way at once. While a review is " +
			"open, that counts as new work and has to wait until the old actions are checked.",
		Example: `ksbcoach goal reopen g-2mq9`,
	})
}

func (o *goalStatusOptions) command(cmd *cobra.Command) *cobra.Command {
	cmd.RunE = func(_ *cobra.Command, args []string) error { return o.run(args[0]) }
	cmd.Flags().Var(textFlag(&o.note), "note", "why, or what came of it")
	return cmd
}

func (o *goalStatusOptions) run(id string) error {
	if o.dropped {
		o.status, o.done = profile.GoalDropped, "dropped"
	}
	return o.edit(func(s *session.Session) error {
		if g, ok := s.Profile().Goal(id); ok && g.Status == o.status {
			return withHint(fmt.Errorf("goal %s is %s already", id, o.status), "ksbcoach plan lists the goals")
		}
		return s.Do(profile.SetGoalStatus{ID: id, Status: o.status, On: s.Today(), Note: o.note, Actions: o.actions})
	}, func(s *session.Session, p *page) { sayGoal(s, p, id, o.done) })
}

func newAction(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "action", Short: "Add, edit, close or reopen an action",
		Long:    "Changes the actions of your goals. ksbcoach plan lists them with their ids.",
		Example: `ksbcoach action close a-91xd --status done --note "two of three checks were new to me"`,
	}, newActionAdd(k), newActionEdit(k), newActionClose(k), newActionReopen(k))
}

func newActionAdd(k *kit) *cobra.Command {
	w := actionWords{sort: profile.Practise}
	cmd := &cobra.Command{
		Use: "add GOAL --text TEXT", Short: "Add an action to a goal",
		Long:    "Adds an action to a goal. A good one names who helps, by when, and what will show that it was done.",
		Example: `ksbcoach action add g-2mq9 --text "Go along on a service visit" --sort people --who "Medical engineering" --due 2027-01-31`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if w.text.Empty() {
				return misused(cmd, "--text is missing: say what you will do")
			}
			a := profile.Action{
				Sort: w.sort, Text: w.text, Who: w.who, Due: w.due, Shows: w.shows, IfThen: w.ifThen,
				Status: profile.ActionOpen,
			}
			return k.edit(func(s *session.Session) error {
				a.ID = s.NewID("a")
				return s.Do(profile.AddAction{Goal: args[0], Action: a, Today: s.Today()})
			}, func(s *session.Session, p *page) { sayAction(s, p, a.ID, "added") })
		},
	}
	w.flags(k, cmd, false)
	return cmd
}

// sayAction says what was done to an action, such as "added".
func sayAction(s *session.Session, p *page, id, done string) {
	a, g, _ := s.Profile().Action(id)
	p.Para(0, "%s %s: %s", a.ID, done, a.Text.Line())
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

func newActionEdit(k *kit) *cobra.Command {
	var w actionWords
	cmd := &cobra.Command{
		Use: "edit ACTION", Short: "Change an action's words or date",
		Long:    "Changes what you name and leaves the rest.",
		Example: "ksbcoach action edit a-91xd --due 2027-02-14",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needsChange(cmd); err != nil {
				return err
			}
			return k.do(profile.EditAction{
				ID: args[0], Sort: given(cmd, "sort", w.sort), Text: given(cmd, "text", w.text),
				Who: given(cmd, "who", w.who), Shows: given(cmd, "shows", w.shows),
				IfThen: given(cmd, "if-then", w.ifThen), Due: given(cmd, "due", w.due), Today: k.today(),
			}, func(s *session.Session, p *page) { sayAction(s, p, args[0], "changed") })
		},
	}
	w.flags(k, cmd, true)
	return cmd
}

type actionStatusOptions struct {
	*kit
	actionWords
	status      profile.ActionStatus
	note        safetext.Text
	replacement *profile.Action // or nil
}

func newActionClose(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k, status: profile.ActionDone}
	cmd := &cobra.Command{
		Use: "close ACTION", Short: "Close an action with its outcome",
		Long: "Closes an action as done, not-done, changed or dropped. Every one of these is an honest ending; the " +
			"note says what came of it. While a review is open, closing an action of last time also checks it; then " +
			"all but done need the note. An action that is changed goes on at once as a new one if you add --due, " +
			"--text, --who or --shows.",
		Example: `ksbcoach action close a-91xd --status not-done --note "the visit was cancelled"`, RunE: o.run,
	}
	cmd.Flags().Var(wordFlag(&o.status, profile.ActionEndings), "status", "done, not-done, changed or dropped")
	cmd.Flags().Var(textFlag(&o.note), "note", "what came of it, or what shows it")
	o.replacementFlags(k, cmd)
	return cmd
}

func newActionReopen(k *kit) *cobra.Command {
	o := &actionStatusOptions{kit: k, status: profile.ActionOpen}
	cmd := &cobra.Command{
		Use: "reopen ACTION", Short: "Open a closed action again",
		Long: "Opens a closed action again and removes its outcome. While a review is open, that counts as new work " +
			"and has to wait until the old actions are checked.",
		Example: "ksbcoach action reopen a-91xd",
		RunE:    func(cmd *cobra.Command, args []string) error { return o.set(cmd, args[0], "open again", false) },
	}
	cmd.Flags().Var(textFlag(&o.note), "note", "why")
	return cmd
}

func (o *actionStatusOptions) run(cmd *cobra.Command, args []string) error {
	replaced, err := o.givesReplacement(cmd, o.status)
	if err != nil {
		return err
	}
	return o.set(cmd, args[0], string(o.status), replaced)
}

func (o *actionStatusOptions) set(cmd *cobra.Command, id, done string, replaced bool) error {
	isCheck := false // closing the action also checks it in the open review
	return o.edit(func(s *session.Session) error {
		if r, open := s.Profile().OpenReview(); open {
			isCheck = slices.ContainsFunc(s.Profile().Unchecked(r), func(a profile.Action) bool { return a.ID == id })
		}
		if a, _, ok := s.Profile().Action(id); ok && a.Status == o.status {
			return withHint(fmt.Errorf("action %s is %s already", id, o.status), "ksbcoach plan lists the actions")
		}
		if replaced {
			var err error
			if o.replacement, err = o.replacementFor(cmd, s, id); err != nil {
				return err
			}
		}
		return s.Do(profile.SetActionStatus{ID: id, Status: o.status, On: s.Today(), Note: o.note, Next: o.replacement})
	}, func(s *session.Session, p *page) {
		if !isCheck {
			sayReplacement(p, o.replacement)
			sayAction(s, p, id, done)
			return
		}
		a, _, _ := s.Profile().Action(id)
		p.Para(0, "%s %s, and so checked in the open review: %s", id, done, a.Text.Line())
		sayReplacement(p, o.replacement)
		p.next("%s", reviewNext(s))
	})
}
