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
			"model, the last of which always asks what it means for patients. A few words to one question are " +
			"enough; --add-to goes on later.",
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
	f.BoolVar(&o.keep, "keep", false, "keep what you did by rating and planning as evidence, for those of K31 to "+
		"K33, S31, S32 and B5 that it was practice of")
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
	ksbs, err := ksbCodes(o.standard(), o.ksbs)
	if err != nil {
		return err
	}
	if o.goal != "" {
		if err := o.look(func(s *session.Session) error { _, err := o.aboutGoal(s); return err }); err != nil {
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
		if r.Answers, err = o.merge(cmd, r); err != nil {
			return err
		}
		o.made = r
		batch.Changes = append(batch.Changes, profile.AddReflection{Reflection: r})
	}
	if o.keep {
		with, err := batch.Apply(s.Profile(), s.Standard()) // what is written just now counts
		if err != nil {
			return err
		}
		if o.kept, err = plan.Kept(s.NewID("e"), with, s.Standard(), s.Today()); err != nil {
			return err
		}
		batch.Changes = append(batch.Changes, profile.AddEvidence{Evidence: o.kept, Today: s.Today()})
	}
	return s.Do(batch)
}

// reflection is the one to go on with, or a new one.
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

// merge puts the answers into the order of the model's steps; a new answer takes the place of an old one.
func (o *reflectOptions) merge(cmd *cobra.Command, r profile.Reflection) ([]profile.Answer, error) {
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
