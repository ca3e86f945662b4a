package plan

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// What a form, a menu or a change about a part of the path was for.
type (
	reflectMenu struct{ goal string }
	modelChoice struct {
		goal   string
		models []string
	}
	depthChoice struct{ goal string }
	reflection  struct{ goal, id, model string }
	reflected   struct{ goal string }

	theoryChoice struct {
		goal     string
		theories []string
	}
	reason   struct{ goal, theory string }
	reasoned struct{ goal string }

	exampleOf   struct{ goal string }
	exampleKept struct{ ksbs string }
	keepChoice  struct{}
	workKept    struct{ ksbs []string }
)

// actOnReflect begins a reflection, finishes it, shows it, or offers what to do with it.
func (s *Screen) actOnReflect(p page, c *ui.Context) []ui.Ask {
	r, begun := plan.ReflectionOf(c.Profile, p.goal.ID)
	switch {
	case !begun:
		return askModel(p.goal.ID, c)
	case !p.steps[0].Done:
		return askAnswers(p.goal, r.Model, "", c)
	case s.open != itemReflect:
		s.unfold(itemReflect)
		return nil
	}
	return ui.Asks(ui.Choose{Title: "Your reflection", Note: reflectMenu{p.goal.ID}, Options: []ui.Option{
		{Text: "Change the answers"},
		{Text: "How deep is it?", Says: "Four depths, each with a question that leads on. No score."},
		{Text: "Reflect again", Says: "In the same model or another one. This reflection stays in the file."},
	}})
}

func chooseReflect(goal string, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(goal)
	r, begun := plan.ReflectionOf(c.Profile, goal)
	if !ok || !begun {
		return nil
	}
	switch index {
	case 0:
		return askAnswers(g, r.Model, "", c)
	case 1:
		return depths(goal, c)
	case 2:
		return askModel(goal, c)
	}
	return nil
}

// askModel offers the models of reflection, the default first.
func askModel(goal string, c *ui.Context) []ui.Ask {
	ref := c.Library.Reflection()
	models := slices.Clone(ref.Models)
	slices.SortStableFunc(models, func(a, b coaching.Model) int { return first(a.ID == ref.Default, b.ID == ref.Default) })
	note := modelChoice{goal: goal}
	menu := ui.Choose{Title: "Reflect (K31): choose a model", Says: modelAdvice}
	for _, m := range models {
		note.models = append(note.models, m.ID)
		menu.Options = append(menu.Options, ui.Option{Text: m.Name, Says: m.Suits + " " + m.Authors + "."})
	}
	menu.Note = note
	return ui.Asks(menu)
}

// first orders what is preferred before what is not.
func first(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}

func chooseModel(of modelChoice, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(of.goal)
	if !ok || index < 0 || index >= len(of.models) {
		return nil
	}
	m, _ := c.Library.Reflection().Model(of.models[index])
	return ui.Asks(answersForm(g, m, profile.Reflection{ID: c.NewID("r")}, "", c))
}

// askAnswers asks for the newest reflection's answers again, with a question of its own on top where there is one.
func askAnswers(g profile.Goal, model, question string, c *ui.Context) []ui.Ask {
	r, _ := plan.ReflectionOf(c.Profile, g.ID)
	m, ok := c.Library.Reflection().Model(model)
	if !ok {
		return askModel(g.ID, c)
	}
	return ui.Asks(answersForm(g, m, r, question, c))
}

func answersForm(g profile.Goal, m coaching.Model, r profile.Reflection, question string, c *ui.Context) ui.Edit {
	says := c.Library.Reflection().Anonymise
	if question != "" {
		says = question + " " + says
	}
	form := ui.Form{
		Key: "plan-reflect-" + g.ID + "-" + m.ID, Title: m.Name, Says: says, Send: "keep the reflection",
	}
	for _, step := range m.Steps {
		form.Fields = append(form.Fields, ui.Field{ID: step.ID, Label: step.Name, Says: step.Question, Value: r.Answer(step.ID).Raw(), Lines: 3})
	}
	return ui.Edit{Form: form, Note: reflection{g.ID, r.ID, m.ID}}
}

// keepReflection keeps the answers in the order of the model. Answers to steps that the model does not have are kept behind
// them: somebody wrote them.
func keepReflection(of reflection, values map[string]string, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(of.goal)
	m, known := c.Library.Reflection().Model(of.model)
	if !ok || !known {
		return nil
	}
	r := profile.Reflection{ID: of.id, On: c.Today, Model: of.model, Goal: g.ID, KSBs: g.KSBs}
	old := profile.Reflection{}
	if i := slices.IndexFunc(c.Profile.Reflections, func(x profile.Reflection) bool { return x.ID == of.id }); i >= 0 {
		old = c.Profile.Reflections[i]
		r.On, r.KSBs = old.On, old.KSBs
	}
	for _, step := range m.Steps {
		if text := safetext.New(values[step.ID]); !text.Empty() {
			r.Answers = append(r.Answers, profile.Answer{Step: step.ID, Text: text})
		}
	}
	for _, a := range old.Answers {
		if !slices.ContainsFunc(m.Steps, func(x coaching.Step) bool { return x.ID == a.Step }) {
			r.Answers = append(r.Answers, a)
		}
	}
	return ui.Asks(ui.Do{Change: profile.AddReflection{Reflection: r}, Note: reflected{g.ID}})
}

// askDepth helps to see how deep the reflection on a goal goes.
func (s *Screen) askDepth(g profile.Goal, c *ui.Context) []ui.Ask {
	if _, begun := plan.ReflectionOf(c.Profile, g.ID); !begun {
		return ui.Asks(ui.Say{Text: reflectBefore})
	}
	return depths(g.ID, c)
}

// depths lists the depths with how to know each; the one that is chosen gives the question that leads on.
func depths(goal string, c *ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "How deep is this?", Says: depthAdvice, Note: depthChoice{goal}}
	for _, d := range c.Library.Reflection().Depths {
		menu.Options = append(menu.Options, ui.Option{Text: d.Name, Says: d.Sign + " Next: " + d.Next})
	}
	return ui.Asks(menu)
}

func chooseDepth(goal string, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(goal)
	r, begun := plan.ReflectionOf(c.Profile, goal)
	all := c.Library.Reflection().Depths
	if !ok || !begun || index < 0 || index >= len(all) {
		return nil
	}
	return askAnswers(g, r.Model, "To go further: "+all[index].Next, c)
}

// askTheory offers the theories that are reasons for a goal, the one that was chosen last first, whatever it is for.
func (s *Screen) askTheory(g profile.Goal, c *ui.Context) []ui.Ask {
	theories := c.Library.Appraisal().For(coaching.WhyGoal)
	isChosen := func(t coaching.Theory) bool { return t.ID == g.Theory }
	if chosen, known := c.Library.Appraisal().Theory(g.Theory); known && !slices.ContainsFunc(theories, isChosen) {
		theories = append(theories, chosen)
	}
	slices.SortStableFunc(theories, func(a, b coaching.Theory) int { return first(isChosen(a), isChosen(b)) })
	note := theoryChoice{goal: g.ID}
	menu := ui.Choose{Title: "Appraise (K32): why this goal?", Says: theoryAdvice}
	for _, t := range theories {
		note.theories = append(note.theories, t.ID)
		menu.Options = append(menu.Options, ui.Option{Text: t.Name, Says: t.Says + " Here: " + t.Here + " Its limit: " + t.Limit + " " + source(t)})
	}
	menu.Note = note
	return ui.Asks(menu)
}

// source is where a theory comes from. Whether an author has yet to confirm it is a note for authors, not for learners.
func source(t coaching.Theory) string { return t.Source() + ", " + t.Where + "." }

func chooseTheory(of theoryChoice, index int, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(of.goal)
	if !ok || index < 0 || index >= len(of.theories) {
		return nil
	}
	t, _ := c.Library.Appraisal().Theory(of.theories[index])
	why := ui.Field{ID: "why", Label: "I chose this goal because", Says: whyAdvice, Value: g.Why.Raw(), Need: true}
	if before, had := c.Library.Appraisal().Theory(g.Theory); g.Why.Empty() || had && g.Why.Line() == before.Reason {
		why.Value = ""
		if t.Reason != "" {
			why.Says += " For example: " + t.Reason + "."
		}
	}
	return ui.Asks(ui.Edit{Note: reason{g.ID, t.ID}, Form: ui.Form{
		Key: "plan-why-" + g.ID + "-" + t.ID, Title: "Why this goal: " + t.Name, Says: t.Says, Send: "keep the reason",
		Fields: []ui.Field{why},
	}})
}

func keepReason(of reason, values map[string]string) []ui.Ask {
	why := safetext.New(values["why"])
	return ui.Asks(ui.Do{Change: profile.EditGoal{ID: of.goal, Theory: &of.theory, Why: &why}, Note: reasoned{of.goal}})
}

// askExample asks for one dated example for the goal's KSBs.
func (s *Screen) askExample(g profile.Goal, c *ui.Context) []ui.Ask {
	s.learn(c, g.KSBs...)
	says := exampleAdvice
	for _, id := range g.KSBs {
		if e := s.entries[id]; e != nil {
			says = e.Prompt + " " + says
			break
		}
	}
	return ui.Asks(ui.Edit{Note: exampleOf{g.ID}, Form: ui.Form{
		Key: "plan-example-" + g.ID, Title: "An example for " + codes(g.KSBs), Says: says, Send: "keep the example",
		Fields: []ui.Field{
			{ID: "title", Label: "What happened, in one line?", Need: true},
			{ID: "on", Label: "When?", Value: c.Today.String(), Day: ui.PastDay, Check: ui.CheckPast(c.Today)},
			{ID: "ksbs", Label: "For which KSBs?", Value: strings.Join(g.KSBs, ", "), Need: true, Check: forms.CheckKSBs(c)},
			{ID: "where", Label: "Where does it lie?", Says: "Such as a page of your portfolio; may stay empty."},
			{ID: "witness", Label: "Who saw it?", Says: "A name or a role; may stay empty."},
		},
	}})
}

func keepExample(values map[string]string, c *ui.Context) []ui.Ask {
	ksbs := forms.ReadKSBs(c.Standard, values["ksbs"])
	e := profile.Evidence{
		ID: c.NewID("e"), KSBs: ksbs, On: readDate(values["on"]), Kind: profile.KindFor(ksbs),
		Title: safetext.New(values["title"]), Where: safetext.New(values["where"]), Witness: safetext.New(values["witness"]),
	}
	if e.On.IsZero() {
		e.On = c.Today
	}
	return ui.Asks(ui.Do{Change: profile.AddEvidence{Evidence: e, Today: c.Today}, Note: exampleKept{codes(e.KSBs)}})
}

// askKeep offers to keep the work of rating and planning as a reflective entry.
func (s *Screen) askKeep(c *ui.Context) []ui.Ask {
	if e, kept := plan.KeptIn(c.Profile); kept {
		return ui.Asks(ui.Say{Text: "That is kept already, on " + e.On.Long() + "."})
	}
	would, err := plan.Kept("", c.Profile, c.Standard, c.Today)
	if err != nil {
		return ui.Asks(ui.Say{Text: ui.Wrong(err)})
	}
	return ui.Asks(ui.Choose{Title: "Keep this work as a reflective entry", Says: keepAdvice(would.KSBs), Note: keepChoice{}, Options: []ui.Option{
		{Text: "Keep it", Says: upper(would.Title.Line()) + ". Dated today. You can take it back with u."},
		{Text: "Not now", Says: "The offer stays."},
	}})
}

func chooseKeep(index int, c *ui.Context) []ui.Ask {
	if index != 0 {
		return nil
	}
	e, err := plan.Kept(c.NewID("e"), c.Profile, c.Standard, c.Today)
	if err != nil {
		return ui.Asks(ui.Say{Text: ui.Wrong(err)})
	}
	return ui.Asks(ui.Do{Change: profile.AddEvidence{Evidence: e, Today: c.Today}, Note: workKept{e.KSBs}})
}
