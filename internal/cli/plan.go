package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	goals := s.Profile().Goals
	var suggestions, projects []plan.Suggestion
	switch {
	case o.bundles:
		goals = nil
	case len(goals) == 0 || o.ksb != "":
		if suggestions, err = o.suggested(s); err != nil {
			return err
		}
		goals = asGoals(suggestions)
	}
	if o.bundles || len(s.Profile().Goals) == 0 && o.ksb == "" { // along with suggested goals, or alone
		bundles := o.library.Growth(s.Standard().Reference).Bundles
		projects = plan.Projects(s.Report(), s.Profile(), bundles, s.Coach(), suggestions)
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

// suggested is the goal for --ksb, or the first few goals to set.
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

// asGoals turns suggestions into goals to show. Their actions have no IDs yet.
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
	p.next("%s", o.nextInPlan(s))
}

// nextInPlan says what to do next in the plan: what is overdue first, then what a goal is missing.
func (o *planOptions) nextInPlan(s *session.Session) string {
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

// project is a small project that would serve several gaps at once. Its key field says what is different in the
// learner's field, if anything; each of its moves is one KSB going up a level, with the proof.
func (k *kit) project(s *session.Session, x plan.Suggestion) object {
	b := x.Bundle
	return object{
		"id", b.ID, "name", b.Name, "about", b.About, "field", b.In(s.Field().ID), "goal", b.Goal, "ksbs", x.KSBs,
		"hours", b.Hours, "offjob", b.OffJob, "why", x.Why, "agree", b.Agree, "leaves", b.Leaves,
		"moves", lists.Each(x.Moves, func(m plan.Move) object {
			return object{"ksb", m.KSB, "from", m.From, "to", m.To, "proof", m.Proof}
		}),
		"due", x.Due, "actions", lists.Each(x.Actions, actionObject),
	}
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

// projects writes the small projects that would serve several gaps at once.
func (o *planOptions) projects(p *page, s *session.Session, projects []plan.Suggestion) {
	own := func(b coaching.Bundle) string { return b.In(s.Field().ID) }
	p.document(plan.ProjectsDoc(projects, own, s.Titles(), s.Today()))
}

// takeBundle turns the small project of --bundle into a goal with IDs.
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

type reflectOptions struct {
	*kit
	model, goal, addTo string
	ksbs, answers      []string
	models, keep       bool

	made profile.Reflection
	kept profile.Evidence
}

func newReflect(k *kit) *cobra.Command {
	o := &reflectOptions{kit: k}
	cmd := &cobra.Command{
		Use: "reflect", Short: "Reflect on a goal or a KSB, in a model you choose",
		Long: "Writes a short reflection (K31) on a goal or on KSBs. Without --answer it shows the questions of the " +
			"model; the last one always asks what it means for patients. A few words to one question are enough; " +
			"with --add-to you can go on later.",
		Example: `ksbcoach reflect --goal g-2mq9 --answer what="..." --answer so-what="..." --answer patients="..."`,
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.Var(wordFlag(&o.model, nil), "model", "the `ID` of the model; driscoll if not given")
	f.BoolVar(&o.models, "models", false, "list the models")
	f.StringVar(&o.goal, "goal", "", "the `ID` of the goal that it is about")
	f.Var(codesFlag(&o.ksbs), "ksb", "what it is about; those of the goal if not given")
	f.StringArrayVar(&o.answers, "answer", nil, "`STEP=TEXT`, one answer; may be given several times")
	f.StringVar(&o.addTo, "add-to", "", "the `ID` of a reflection to go on with")
	f.BoolVar(&o.keep, "keep", false, "keep your rating and planning as evidence for those of K31 to K33, S31, S32 "+
		"and B5 that you practised by it")
	return cmd
}

func (o *reflectOptions) run(cmd *cobra.Command, _ []string) error {
	all := o.library.Reflection()
	id := cmp.Or(o.model, all.Default)
	model, ok := all.Model(id)
	switch {
	case !ok:
		ids := lists.Each(all.Models, func(m coaching.Model) string { return m.ID })
		return misused(cmd, "--model %q: the models are %s", id, strings.Join(ids, ", "))
	case o.models:
		return o.list(all.Models)
	case len(o.answers) == 0 && !o.keep:
		return o.questions(model)
	case len(o.answers) > 0 && o.goal == "" && len(o.ksbs) == 0 && o.addTo == "":
		return misused(cmd, "say what it is about: --goal GOAL or --ksb KSB")
	case o.addTo != "" && (o.goal != "" || len(o.ksbs) > 0):
		return misused(cmd, "--add-to goes on with a reflection that has its goal and KSBs already")
	}
	return o.edit(func(s *session.Session) error { return o.write(cmd, s, model) }, o.say)
}

func modelObject(m coaching.Model) object {
	return object{
		"id", m.ID, "name", m.Name, "authors", m.Authors, "suits", m.Suits,
		"steps", lists.Each(m.Steps, func(s coaching.Step) object {
			return object{"id", s.ID, "name", s.Name, "question", s.Question}
		}),
	}
}

func (o *reflectOptions) list(models []coaching.Model) error {
	return o.answer(object{"models", lists.Each(models, modelObject)}, func(p *page) {
		for _, m := range models {
			p.Pair(0, labelWidth, m.ID, "%s (%s). %s", m.Name, m.Authors, m.Suits)
		}
		p.next("ksbcoach reflect --model %s shows its questions", models[0].ID)
	})
}

func (o *reflectOptions) questions(m coaching.Model) error {
	ksbs, err := ksbCodes(o.profileStandard(), o.ksbs)
	if err != nil {
		return err
	}
	if o.goal != "" {
		if err := o.read(func(s *session.Session) error { _, err := o.aboutGoal(s); return err }); err != nil {
			return err
		}
	}
	return o.answer(object{"models", []object{modelObject(m)}}, func(p *page) {
		p.Para(0, "%s (%s). %s", m.Name, m.Authors, m.Suits)
		p.Blank()
		for _, step := range m.Steps {
			p.Pair(0, labelWidth, step.ID, "%s", step.Question)
		}
		p.Blank()
		p.Para(0, "%s", o.library.Reflection().Anonymise)
		about := "--ksb KSB"
		switch {
		case o.goal != "":
			about = "--goal " + o.goal
		case len(ksbs) > 0:
			about = "--ksb " + strings.Join(ksbs, ",")
		}
		p.next(`ksbcoach reflect %s --model %s --answer %s="..." --answer %s="..."`, about, m.ID, m.Steps[0].ID,
			coaching.PatientsStep)
	})
}

// write adds the reflection, the evidence that keeps the work, or both.
func (o *reflectOptions) write(cmd *cobra.Command, s *session.Session, m coaching.Model) error {
	batch := profile.Batch{Name: "reflection"}
	if len(o.answers) > 0 {
		r, err := o.reflection(s, m)
		if err != nil {
			return err
		}
		if r.Answers, err = o.mergeAnswers(cmd, r); err != nil {
			return err
		}
		o.made = r
		batch.Changes = append(batch.Changes, profile.AddReflection{Reflection: r})
	}
	if o.keep {
		after, err := batch.Apply(s.Profile(), s.Standard()) // the new reflection counts too
		if err != nil {
			return err
		}
		if o.kept, err = plan.Kept(s.NewID("e"), after, s.Standard(), s.Today()); err != nil {
			return err
		}
		batch.Changes = append(batch.Changes, profile.AddEvidence{Evidence: o.kept, Today: s.Today()})
	}
	return s.Do(batch)
}

// reflection is the one of --add-to, or a new one.
func (o *reflectOptions) reflection(s *session.Session, m coaching.Model) (profile.Reflection, error) {
	if o.addTo != "" {
		r, ok := s.Profile().Reflection(o.addTo)
		if !ok {
			return r, withHint(fmt.Errorf("there is no reflection %q", o.addTo),
				"its id was shown when it was written; the profile file has it too")
		}
		return r, nil
	}
	ksbs, err := ksbCodes(s.Standard(), o.ksbs)
	if err != nil {
		return profile.Reflection{}, err
	}
	if o.goal != "" {
		g, err := o.aboutGoal(s)
		if err != nil {
			return profile.Reflection{}, err
		}
		if len(ksbs) == 0 {
			ksbs = g.KSBs
		}
	}
	return profile.Reflection{ID: s.NewID("r"), On: s.Today(), Model: m.ID, Goal: o.goal, KSBs: ksbs}, nil
}

// aboutGoal is the goal that a reflection is about.
func (o *reflectOptions) aboutGoal(s *session.Session) (profile.Goal, error) {
	g, ok := s.Profile().Goal(o.goal)
	if !ok {
		return g, withHint(fmt.Errorf("there is no goal %q", o.goal), "ksbcoach plan lists the goals with their ids")
	}
	return g, nil
}

// mergeAnswers adds the new answers to those of a reflection, in the order of the model's steps. A new answer replaces
// an old one.
func (o *reflectOptions) mergeAnswers(cmd *cobra.Command, r profile.Reflection) ([]profile.Answer, error) {
	m, ok := o.library.Reflection().Model(r.Model)
	if !ok {
		return nil, withHint(fmt.Errorf("the reflection %s is in a model that is not known here", r.ID),
			"edit its answers in the profile file")
	}
	said := map[string]safetext.Text{}
	for _, a := range o.answers {
		step, words, ok := strings.Cut(a, "=")
		if !ok || !slices.ContainsFunc(m.Steps, func(s coaching.Step) bool { return s.ID == step }) {
			ids := lists.Each(m.Steps, func(s coaching.Step) string { return s.ID })
			return nil, misused(cmd, "--answer %q: write STEP=TEXT; the steps of %s are %s", a, m.ID,
				strings.Join(ids, ", "))
		}
		if _, twice := said[step]; twice {
			return nil, misused(cmd, "--answer: %s is answered twice", step)
		}
		said[step] = text(words)
	}
	return m.Answers(r, said), nil
}

func (o *reflectOptions) say(_ *session.Session, p *page) {
	if o.made.ID != "" {
		p.Para(0, "kept reflection %s on %s", o.made.ID, strings.Join(o.made.KSBs, ", "))
	}
	if o.keep {
		p.Para(0, "kept as evidence %s for %s: %s. %s", o.kept.ID, strings.Join(o.kept.KSBs, ", "), o.kept.Title.Line(),
			plan.KeptNote)
	}
	switch {
	case o.made.ID != "" && o.made.Answer(coaching.PatientsStep).Empty():
		p.next(`what it means for patients is still open: ksbcoach reflect --add-to %s --answer %s="..."`, o.made.ID,
			coaching.PatientsStep)
	case o.made.Goal != "":
		p.next(`ksbcoach goal edit %s --why "..." says why this goal, now (K32)`, o.made.Goal)
	default:
		p.next("ksbcoach plan")
	}
}
