package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type planOptions struct {
	*kit
	ksb     string
	bundles bool
}

func newPlan(k *kit) *cobra.Command {
	o := &planOptions{kit: k}
	cmd := &cobra.Command{
		Use: "plan", Short: "Show your goals and actions, or suggest the first",
		Long: "Shows your goals with their actions along the path of the standard itself: reflect (K31), appraise " +
			"(K32), act (K33). While you have none it suggests three to five, from your largest gaps, and small " +
			"projects that would serve several gaps at once in less time than a goal for each; --bundles shows those " +
			"projects at any time.",
		Example: "ksbcoach plan --ksb K8", RunE: o.run,
	}
	cmd.Flags().StringVar(&o.ksb, "ksb", "", "suggest a goal for this `KSB`")
	cmd.Flags().BoolVar(&o.bundles, "bundles", false, "only the small projects that would serve several of your gaps")
	return cmd
}

func (o *planOptions) run(cmd *cobra.Command, _ []string) error {
	if o.bundles && o.ksb != "" {
		return misused(cmd, "--bundles and --ksb cannot be combined")
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	goals := s.Profile().Goals
	var beside, projects []plan.Suggestion
	switch {
	case o.bundles:
		goals = nil
	case len(goals) == 0 || o.ksb != "":
		if beside, err = o.suggested(s); err != nil {
			return err
		}
		goals = asGoals(beside)
	}
	if o.bundles || len(s.Profile().Goals) == 0 && o.ksb == "" {
		bundles := o.library.Growth(s.Standard().Reference).Bundles
		projects = plan.Projects(s.Report(), s.Profile(), bundles, s.Coach(), beside)
	}
	return o.answer(object{
		"goals", lists.Each(goals, func(g profile.Goal) object { return o.object(s, g) }),
		"bundles", lists.Each(projects, func(x plan.Suggestion) object { return o.project(s, x) }),
	}, func(p *page) {
		if o.bundles {
			o.showProjects(p, s, projects)
			return
		}
		o.show(p, s, goals, projects)
	})
}

func (o *planOptions) suggested(s *session.Session) ([]plan.Suggestion, error) {
	r := s.Report()
	if o.ksb == "" {
		return plan.Suggestions(r, s.Coach(), s.Titles()), nil
	}
	x, err := ksbCode(s.Standard(), o.ksb)
	if err != nil {
		return nil, err
	}
	row, _ := r.Row(x.ID)
	return []plan.Suggestion{plan.Suggest(r, row, s.Coach(), s.Titles())}, nil
}

// asGoals are suggestions in the form of goals. Their actions have no IDs yet.
func asGoals(from []plan.Suggestion) (out []profile.Goal) {
	for i, x := range from {
		out = append(out, profile.Goal{
			ID: fmt.Sprintf("suggested-%d", i+1), KSBs: x.KSBs, Text: safetext.New(x.Goal), Why: safetext.New(x.Why),
			Theory: x.Theory, Status: plan.Suggested, Due: x.Due, Actions: x.Actions,
		})
	}
	return out
}

func (o *planOptions) object(s *session.Session, g profile.Goal) object {
	path := s.GoalPath(g)
	return object{
		"id", g.ID, "ksbs", g.KSBs, "goal", g.Text, "status", g.Status, "due", g.Due, "basis", plan.Basis,
		"actions", lists.Each(g.Actions, actionObject), "why", g.Why, "theory", g.Theory, "note", g.Note,
		"reflect", path[0].Says, "appraise", path[1].Says, "act", path[2].Says,
		"missing", lists.Each(plan.Missing(g, s.Today()), func(l plan.Letter) string { return l.Name + ": " + l.Says }),
	}
}

func (o *planOptions) show(p *page, s *session.Session, goals []profile.Goal, projects []plan.Suggestion) {
	suggested := len(goals) > 0 && goals[0].Status == plan.Suggested
	if suggested {
		for _, says := range plan.Opening(s.Report()) {
			p.Para(0, "%s", says)
			p.Blank()
		}
	}
	p.document(plan.Doc(s.Profile(), goals, s.GoalPath, s.Titles(), s.Today()))
	if suggested {
		if len(projects) > 0 {
			p.Blank()
			o.projects(p, s, projects)
		}
		if plan.Unshown(s.Report()) != "" {
			p.next("ksbcoach evidence add enters what you already hold")
			return
		}
		p.next("ksbcoach goal add --ksb %s --suggested adds the first one to your profile", goals[0].KSBs[0])
		return
	}
	p.next("%s", o.nextFor(s))
}

// nextFor is about the plan: what is late in it before all else.
func (o *planOptions) nextFor(s *session.Session) string {
	if late, ok := plan.LongestOverdue(s.Profile(), s.Today()); ok {
		if late.Action == "" {
			return fmt.Sprintf("goal %s was %s: ksbcoach goal close %s, or ksbcoach goal edit %s --due DATE", late.Goal,
				plan.DueWords(late.Due, s.Today()), late.Goal, late.Goal)
		}
		return fmt.Sprintf("%s is overdue: ksbcoach action close %s --status done, or ksbcoach action edit %s "+
			"--due DATE", late.Action, late.Action, late.Action)
	}
	for _, g := range s.Profile().Goals {
		if g.Status != profile.GoalActive {
			continue
		}
		if path := s.GoalPath(g); !path[0].Done {
			return fmt.Sprintf("ksbcoach reflect --goal %s asks the questions of a model of reflection", g.ID)
		}
		if missing := plan.Missing(g, s.Today()); len(missing) > 0 {
			return fmt.Sprintf("goal %s: %s", g.ID, missing[0].Says)
		}
	}
	step := s.Next()
	return step.Text + commandFor(step)
}

// project is a small project that is offered for several gaps at once. Its field says how it is done in the learner's
// own, where that differs; a move is a KSB's step up by it, and what in it proves that.
func (k *kit) project(s *session.Session, x plan.Suggestion) object {
	b := x.Bundle
	return object{
		"id", b.ID, "name", b.Name, "about", b.About, "field", k.fieldOf(s, *b), "goal", b.Goal, "ksbs", x.KSBs,
		"hours", b.Hours, "offjob", b.OffJob, "why", x.Why, "agree", b.Agree, "leaves", b.Leaves,
		"moves", lists.Each(x.Moves, func(m plan.Move) object {
			return object{"ksb", m.KSB, "from", m.From, "to", m.To, "proof", m.Proof}
		}),
		"due", x.Due, "actions", lists.Each(x.Actions, actionObject),
	}
}

// fieldOf is how a project is done in the learner's field, where that differs; else "".
func (k *kit) fieldOf(s *session.Session, b coaching.Bundle) string {
	return b.In(s.Field().ID)
}

func (o *planOptions) showProjects(p *page, s *session.Session, projects []plan.Suggestion) {
	if len(projects) == 0 {
		p.Para(0, "No small project would serve three of your gaps in less time than a goal for each.")
		p.next("ksbcoach gaps")
		return
	}
	o.projects(p, s, projects)
	p.next("ksbcoach goal add --bundle %s takes it over as one goal", projects[0].Bundle.ID)
}

// projects writes what is offered for several gaps at once.
func (o *planOptions) projects(p *page, s *session.Session, projects []plan.Suggestion) {
	p.document(plan.ProjectsDoc(projects, func(b coaching.Bundle) string { return o.fieldOf(s, b) }, s.Titles(),
		s.Today()))
}

// takeBundle is a project as a goal, with IDs.
func (o *goalAddOptions) takeBundle(s *session.Session) (profile.Goal, error) {
	b, ok := o.library.Growth(s.Standard().Reference).Bundle(o.bundle)
	if !ok {
		return profile.Goal{}, &usageError{
			fmt.Sprintf("there is no project %q", safetext.Line(o.bundle)),
			"ksbcoach plan --bundles lists those that fit your gaps",
		}
	}
	x, err := plan.Project(s.Report(), s.Profile(), b, s.Coach())
	if err != nil {
		return profile.Goal{}, err
	}
	return x.Taken(s.Today(), s.NewID), nil
}
