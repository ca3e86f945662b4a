package planning

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// actOnReflect begins a reflection, finishes it, shows it, or offers what to do with it.
func (s *Screen) actOnReflect(p goalPage, c *ui.Context) []ui.Ask {
	id := p.goal.ID
	_, begun := plan.ReflectionOf(c.Profile, id)
	switch {
	case !begun:
		return s.askModel(p.goal, c)
	case !p.steps[0].Done:
		return s.askAnswers(p.goal, "", c)
	case s.open != itemReflect:
		s.unfold(itemReflect)
		return nil
	}
	change := func(g profile.Goal, c *ui.Context) []ui.Ask { return s.askAnswers(g, "", c) }
	deeper := "Four depths, each with a question that leads on. No score."
	again := "In the same model or another one. This reflection stays in the file."
	return ui.Asks(ui.Choose{Title: "Your reflection", Options: []ui.Option{
		{Text: "Change the answers", Then: goalNow(id, change)},
		{Text: "How deep is it?", Says: deeper, Then: goalNow(id, s.depths)},
		{Text: "Reflect again", Says: again, Then: goalNow(id, s.askModel)},
	}})
}

// askModel offers the models of reflection, beginning with the default.
func (s *Screen) askModel(g profile.Goal, c *ui.Context) []ui.Ask {
	ref := c.Library.Reflection()
	menu := ui.Choose{Title: "Reflect (K31): choose a model", Says: modelAdvice}
	for _, m := range first(ref.Models, func(m coaching.Model) bool { return m.ID == ref.Default }) {
		begin := func(g profile.Goal, c *ui.Context) []ui.Ask {
			return ui.Asks(s.answersForm(g, m, profile.Reflection{ID: c.NewID("r")}, "", c))
		}
		says := m.Suits + " " + m.Authors + "."
		menu.Options = append(menu.Options, ui.Option{Text: m.Name, Says: says, Then: goalNow(g.ID, begin)})
	}
	return ui.Asks(menu)
}

// first moves the one that is preferred to the start of a list.
func first[T any](list []T, preferred func(T) bool) []T {
	i := max(slices.IndexFunc(list, preferred), 0)
	return slices.Concat(list[i:min(i+1, len(list))], list[:i], list[min(i+1, len(list)):])
}

// askAnswers opens the newest reflection for editing. A question, if given, goes above the fields.
func (s *Screen) askAnswers(g profile.Goal, question string, c *ui.Context) []ui.Ask {
	r, _ := plan.ReflectionOf(c.Profile, g.ID)
	m, ok := c.Library.Reflection().Model(r.Model)
	if !ok {
		return s.askModel(g, c)
	}
	return ui.Asks(s.answersForm(g, m, r, question, c))
}

func (s *Screen) answersForm(g profile.Goal, m coaching.Model, r profile.Reflection, question string, c *ui.Context) ui.Edit {
	form := ui.Form{
		Key: "plan-reflect-" + g.ID + "-" + m.ID, Title: m.Name, Send: "keep the reflection", Models: forms.Reflections(c),
		Says: strings.TrimSpace(question + " " + c.Library.Reflection().Anonymise),
	}
	unfinished := r.Answer(coaching.PatientsStep).Empty()
	for _, step := range m.Steps {
		if unfinished && form.At == "" && r.Answer(step.ID).Empty() {
			form.At = step.ID
		}
		form.Fields = append(form.Fields, ui.Field{
			ID: step.ID, Label: step.Name, Says: step.Question, Value: r.Answer(step.ID).Raw(), Lines: 3,
		})
	}
	return ui.Edit{Form: form, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		kept := profile.Reflection{ID: r.ID, On: c.Today, Model: m.ID, Goal: g.ID, KSBs: g.KSBs}
		old, again := c.Profile.Reflection(r.ID)
		if again {
			kept.On, kept.KSBs = old.On, old.KSBs
		}
		said := map[string]safetext.Text{}
		for _, step := range m.Steps {
			said[step.ID] = v.Text(step.ID)
		}
		kept.Answers = m.Answers(old, said)
		says := "Kept: that was practice of K31. d asks how deep it goes."
		return s.make(profile.AddReflection{Reflection: kept}, s.onwards(g.ID, says))
	}}
}

func (s *Screen) askDepth(g profile.Goal, c *ui.Context) []ui.Ask {
	if _, begun := plan.ReflectionOf(c.Profile, g.ID); !begun {
		return ui.Asks(ui.Say{Text: "There is no reflection on this goal yet: 1, then Enter, begins one."})
	}
	return s.depths(g, c)
}

// depths lists how to recognise each depth. Choosing one opens the answers with the question that leads deeper.
func (s *Screen) depths(g profile.Goal, c *ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "How deep is this?", Says: depthAdvice}
	for _, d := range c.Library.Reflection().Depths {
		deeper := func(g profile.Goal, c *ui.Context) []ui.Ask { return s.askAnswers(g, "To go further: "+d.Next, c) }
		says := d.Sign + " Next: " + d.Next
		menu.Options = append(menu.Options, ui.Option{Text: d.Name, Says: says, Then: goalNow(g.ID, deeper)})
	}
	return ui.Asks(menu)
}

// askTheory offers the theories that can be a reason for a goal. The one chosen last comes first, even if it is now for
// something else.
func (s *Screen) askTheory(g profile.Goal, c *ui.Context) []ui.Ask {
	theories := c.Library.Appraisal().For(coaching.WhyGoal)
	isChosen := func(t coaching.Theory) bool { return t.ID == g.Theory }
	if chosen, known := c.Library.Appraisal().Theory(g.Theory); known && !slices.ContainsFunc(theories, isChosen) {
		theories = append(theories, chosen)
	}
	menu := ui.Choose{Title: "Appraise (K32): why this goal?", Says: theoryAdvice}
	for _, t := range first(theories, isChosen) {
		why := func(g profile.Goal, c *ui.Context) []ui.Ask { return ui.Asks(s.whyForm(g, t, c)) }
		says := t.Says + " Here: " + t.Here + " Its limit: " + t.Limit + " " + source(t)
		menu.Options = append(menu.Options, ui.Option{Text: t.Name, Says: says, Then: goalNow(g.ID, why)})
	}
	return ui.Asks(menu)
}

// source is where a theory comes from. Whether an author has yet to confirm it is a note for authors, not for learners.
func source(t coaching.Theory) string { return t.Source() + ", " + t.Where + "." }

func (s *Screen) whyForm(g profile.Goal, t coaching.Theory, c *ui.Context) ui.Edit {
	why := ui.Field{ID: "why", Label: "I chose this goal because", Says: "One line, in your own words.", Value: g.Why.Raw(), Need: true}
	if before, had := c.Library.Appraisal().Theory(g.Theory); g.Why.Empty() || had && g.Why.Line() == before.Reason {
		why.Value = ""
		if t.Reason != "" {
			why.Says += " For example: " + t.Reason + "."
		}
	}
	keep := func(v ui.Values, _ *ui.Context) []ui.Ask {
		change := profile.EditGoal{ID: g.ID, Theory: &t.ID, Why: new(v.Text("why"))}
		return s.make(change, s.onwards(g.ID, "Kept: that was practice of K32."))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "plan-why-" + g.ID + "-" + t.ID, Title: "Why this goal: " + t.Name, Says: t.Says, Send: "keep the reason",
		Fields: []ui.Field{why},
	}}
}

func (s *Screen) askExample(g profile.Goal, c *ui.Context) []ui.Ask {
	s.learn(c, g.KSBs...)
	says := forms.NoPatients
	if e := s.firstEntry(g.KSBs); e != nil {
		says = promptOf(e, c) + " " + says
	}
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		e := forms.EvidenceSent(v, c, forms.Piece{})
		e.Kind = profile.KindFor(e.KSBs)
		kept := ui.Saying("Example kept for " + codes(e.KSBs) + ".")
		return ui.Asks(ui.Do{Change: profile.AddEvidence{Evidence: e, Today: c.Today}, Then: kept})
	}
	return ui.Asks(ui.Edit{Then: keep, Form: ui.Form{
		Key: "plan-example-" + g.ID, Title: "An example for " + codes(g.KSBs), Says: says, Send: "keep the example",
		Models: forms.NotesFor(c, "ksbs"), Fields: []ui.Field{
			{ID: "title", Label: plan.AskExample, Need: true},
			{ID: "on", Label: "When?", Value: c.Today.String(), Day: ui.PastDay, Check: ui.CheckPast(c.Today)},
			forms.KSBs(c, "For which KSBs?", "", g.KSBs),
			{ID: "where", Label: "Where does it lie?", Says: "Such as a page of your portfolio; may stay empty."},
			{ID: "witness", Label: "Who saw it?", Says: "A name or a role; may stay empty."},
		},
	}})
}

func (s *Screen) askKeep(c *ui.Context) []ui.Ask {
	if e, kept := plan.KeptIn(c.Profile); kept {
		return ui.Asks(ui.Say{Text: "That is kept already, on " + e.On.Long() + "."})
	}
	would, err := plan.Kept("", c.Profile, c.Standard, c.Today)
	if err != nil {
		return ui.Asks(ui.Say{Text: ui.Wrong(err)})
	}
	keep := func(c *ui.Context) []ui.Ask {
		e, err := plan.Kept(c.NewID("e"), c.Profile, c.Standard, c.Today)
		if err != nil {
			return ui.Asks(ui.Say{Text: ui.Wrong(err)})
		}
		says := "Kept for " + strings.Join(e.KSBs, ", ") + ". Ask your provider before it goes into the portfolio."
		return s.make(profile.AddEvidence{Evidence: e, Today: c.Today}, s.onwards(s.goal, says))
	}
	says := words.Capital(would.Title.Line()) + ". Dated today. You can take it back with u."
	return ui.Asks(ui.Choose{
		Title: "Keep this work as a reflective entry", Says: keepAdvice(would.KSBs),
		Options: []ui.Option{{Text: "Keep it", Says: says, Then: keep}, {Text: "Not now", Says: "The offer stays."}},
	})
}
