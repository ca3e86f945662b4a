package planning

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) askGoal(c *ui.Context) []ui.Ask {
	var ksbs []string
	if s.goal == "" {
		ksbs = s.ksbs(c)
	}
	add := func(v ui.Values, c *ui.Context) []ui.Ask {
		return s.setGoal(profile.Goal{
			ID: c.NewID("g"), KSBs: forms.ReadKSBs(c.Standard, v["ksbs"]), Text: v.Text("text"),
			Status: profile.GoalActive, Set: c.Today, Due: v.Day("due"), Why: v.Text("why"),
		}, c)
	}
	return ui.Asks(ui.Edit{Then: add, Form: ui.Form{
		Key: "plan-goal", Title: "A goal of your own", Says: goalAdvice, Send: "set the goal", Fields: []ui.Field{
			{ID: "text", Label: plan.AskGoal, Says: plan.GoalHelp, Need: true},
			forms.KSBs(c, "For which KSBs?", forms.CodesAdvice, ksbs),
			forms.Due(c, "By when?", plan.AheadOf(c.Profile, c.Today).GoalDue()),
			{ID: "why", Label: "Why this one, now?", Says: "Can be left empty; Appraise asks again."},
		},
	}})
}

// taking makes a suggestion into a goal.
func (s *Screen) taking(x plan.Suggestion) ui.Then {
	return func(c *ui.Context) []ui.Ask { return s.setGoal(x.Taken(c.Today, c.NewID), c) }
}

// setGoal adds a goal to the record and shows it. If there is a goal in the same words already, it asks first.
func (s *Screen) setGoal(g profile.Goal, c *ui.Context) []ui.Ask {
	add := func(again bool, c *ui.Context) []ui.Ask {
		change := profile.AddGoal{Goal: g, Again: again, Today: c.Today}
		return ui.Asks(ui.Do{Change: change, Then: goalNow(g.ID, s.goalSet)})
	}
	same, ok := c.Profile.SameGoal(g)
	if !ok {
		return add(false, c)
	}
	open := ui.Just(func(c *ui.Context) { s.enter(ui.Go{Goal: same.ID}, c) })
	second := func(c *ui.Context) []ui.Ask { return add(true, c) }
	ask := ui.Choose{Title: "You have this goal already", Says: same.Text.Line(), Options: []ui.Option{
		{Text: "Open the one there is", Then: open},
		{Text: "Set a second one", Says: "Both are in your plan then.", Then: second},
	}}
	if same.Status == profile.GoalParked {
		ask.Title = "You have parked this goal"
		ask.Options[0] = ui.Option{Text: "Take it up again", Then: func(c *ui.Context) []ui.Ask {
			return append(open(c), s.endGoal(same.ID, profile.GoalActive, c)...)
		}}
	}
	return ui.Asks(ask)
}

// goalSet opens the page of a goal that was just made, and says what to do next. If the goal has no actions, it asks
// whether to add the suggested ones.
func (s *Screen) goalSet(g profile.Goal, c *ui.Context) []ui.Ask {
	s.refresh(c)
	s.showSuggestions = false
	s.showGoal(g.ID, c)
	s.onPage = true
	set, says := "Your goal is set.", "Taken up as a goal. Next: reflect on it. u takes it back."
	if other, ok := plan.BesideOf(c.Profile, g); ok {
		set += " " + other.Says
		says = "Taken up. " + other.Says + " u takes this one back"
		if other.Parked {
			says += ", and x on that one takes it up again"
		}
		says += "."
	}
	if g.Status == profile.GoalParked {
		says = "Parked: " + g.Note.Line() + "."
	}
	x, ok := plan.OfferFor(g, c.Report, c.Entry, c.NewID)
	if !ok {
		return ui.Asks(ui.Say{Text: says})
	}
	var named []string
	for i, a := range x.Actions {
		named = append(named, strconv.Itoa(i+1)+": "+a.Text.Line())
	}
	take := func(c *ui.Context) []ui.Ask {
		return s.makeChange(x.Taken(c.Today), s.goOn(g.ID, "Added. Next: reflect on it. u takes them back."))
	}
	return ui.Asks(ui.Choose{Title: x.Ask, Says: set, Options: []ui.Option{
		{Text: plan.OfferYes, Says: strings.Join(named, " "), Then: take},
		{Text: plan.OfferNo, Says: plan.OfferLeft, Then: ui.Saying(says)},
	}})
}

func (s *Screen) askEdit(g profile.Goal, c *ui.Context) []ui.Ask {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		now, _ := c.Profile.Goal(g.ID)
		change := profile.EditGoal{
			ID: g.ID, Text: new(v.Text("text")), Why: new(v.Text("why")), Due: newDay(now.Due, v), Today: c.Today,
		}
		return s.makeChange(change, s.goOn(g.ID, "Changed."))
	}
	return ui.Asks(ui.Edit{Then: keep, Form: ui.Form{
		Key: "plan-goal-" + g.ID, Title: "Change the goal for " + codes(g.KSBs), Says: goalAdvice,
		Send: "keep the changes", Fields: []ui.Field{
			{ID: "text", Label: plan.AskGoal, Value: g.Text.Raw(), Need: true},
			forms.Due(c, "By when?", g.Due),
			{ID: "why", Label: "I chose this goal because", Value: g.Why.Raw()},
		},
	}})
}

// newDay is the day that was typed into a form, or nil if it is the day that is set already. A day that was not changed
// must stay out of the change: it may be past by now, which would be refused, and it may be changed in another copy.
func newDay(set calendar.Date, v ui.Values) *calendar.Date {
	if due := v.Day("due"); due != set {
		return &due
	}
	return nil
}

// askClose offers the ways to end, park or take up a goal.
func (s *Screen) askClose(g profile.Goal, _ *ui.Context) []ui.Ask {
	says := g.Text.Line()
	if open := len(g.OpenActions()); open > 0 && g.Status == profile.GoalActive {
		says = strings.TrimSuffix(says, ".") + ". " + stillOpen(open)
	}
	end := func(to profile.GoalStatus, c *ui.Context) []ui.Ask { return s.endGoal(g.ID, to, c) }
	return ui.Asks(ui.Choose{
		Title: "The goal for " + codes(g.KSBs), Says: says, Options: ui.Ways(plan.GoalWays(g.Status), end),
	})
}

// endGoal asks what becomes of the goal's open actions, since none of them may be forgotten, and then why.
func (s *Screen) endGoal(id string, status profile.GoalStatus, c *ui.Context) []ui.Ask {
	g, ok := c.Profile.Goal(id)
	if !ok {
		return nil
	}
	to := profile.SetGoalStatus{ID: id, Status: status}
	open := g.OpenActions()
	if len(open) == 0 || status == profile.GoalActive {
		return s.askReason(g, to, c)
	}
	says := stillOpen(len(open))
	if len(open) == 1 {
		says = "One is still open: " + open[0].Text.Line()
	}
	ways := ui.Ways(plan.Afterlives(status), func(became profile.ActionStatus, c *ui.Context) []ui.Ask {
		to.Actions = became
		return s.askReason(g, to, c)
	})
	return ui.Asks(ui.Choose{Title: "What becomes of its open actions?", Says: says, Options: ways})
}

// askReason asks why, unless the goal and all its actions are done.
func (s *Screen) askReason(g profile.Goal, to profile.SetGoalStatus, c *ui.Context) []ui.Ask {
	if !plan.WantsReason(to) {
		return s.setStatus(to, c)
	}
	title := map[profile.GoalStatus]string{
		profile.GoalDone: "The open actions of the goal", profile.GoalDropped: "Drop the goal",
		profile.GoalParked: "Park the goal",
	}[to.Status] + " for " + codes(g.KSBs)
	because := func(v ui.Values, c *ui.Context) []ui.Ask {
		to.Reason = v.Text("reason")
		if to.Status != profile.GoalDone {
			to.Note = to.Reason
		}
		return s.setStatus(to, c)
	}
	return ui.Asks(ui.Edit{Then: because, Form: ui.Form{
		Key: "plan-end-" + g.ID, Title: title, Says: g.Text.Line(), Send: "keep the reason",
		Fields: []ui.Field{{ID: "reason", Label: "Why?", Says: plan.AskReason, Need: true}},
	}})
}

func (s *Screen) setStatus(to profile.SetGoalStatus, c *ui.Context) []ui.Ask {
	to.On = c.Today
	return s.makeChange(to, func(c *ui.Context) string {
		s.afterPart(to.ID, c)
		g, _ := c.Profile.Goal(to.ID)
		return map[profile.GoalStatus]string{
			profile.GoalActive:  "Under way again.",
			profile.GoalParked:  "Parked. x takes it up again when there is room.",
			profile.GoalDropped: "Dropped, with its reason. v shows closed goals.",
			profile.GoalDone:    "Closed as done. Rate " + codes(g.KSBs) + " again when you can show the new level.",
		}[to.Status]
	})
}

// reopen takes a goal up again, or says what to do first if there is no room.
func (s *Screen) reopen(g profile.Goal, c *ui.Context) []ui.Ask {
	if !c.Profile.HasRoom() {
		says := "Five goals are under way. Close, drop or park one of them first, then take this one up."
		return ui.Asks(ui.Say{Text: says})
	}
	return s.setStatus(profile.SetGoalStatus{ID: g.ID, Status: profile.GoalActive}, c)
}

// dueFor is the day that a new action of a goal is due, unless the learner changes it.
func dueFor(g profile.Goal, c *ui.Context) calendar.Date {
	return plan.AheadOf(c.Profile, c.Today).ActionDue(len(g.OpenActions()))
}

// askReflect begins or finishes a reflection, or offers what to do with a finished one.
func (s *Screen) askReflect(g profile.Goal, c *ui.Context) []ui.Ask {
	if !pathOf(g, c)[0].Done {
		return s.askAnswers(g, "", c)
	}
	change := func(g profile.Goal, c *ui.Context) []ui.Ask { return s.askAnswers(g, "", c) }
	deeper := "Four depths, each with a question that leads on. No score."
	again := "In the same model or another one. This reflection stays in the file."
	return ui.Asks(ui.Choose{Title: "Your reflection", Options: []ui.Option{
		{Text: "Change the answers", Then: goalNow(g.ID, change)},
		{Text: "How deep is it?", Says: deeper, Then: goalNow(g.ID, s.depths)},
		{Text: "Reflect again", Says: again, Then: goalNow(g.ID, s.askModel)},
	}})
}

func (s *Screen) askModel(g profile.Goal, c *ui.Context) []ui.Ask {
	ref := c.Library.Reflection()
	menu := ui.Choose{Title: "Reflect (K31): choose a model", Says: modelAdvice}
	for _, m := range preferredFirst(ref.Models, func(m coaching.Model) bool { return m.ID == ref.Default }) {
		begin := func(g profile.Goal, c *ui.Context) []ui.Ask {
			return ui.Asks(s.answerForm(g, m, profile.Reflection{ID: c.NewID("r")}, "", c))
		}
		says := m.Suits + " " + m.Authors + "."
		menu.Options = append(menu.Options, ui.Option{Text: m.Name, Says: says, Then: goalNow(g.ID, begin)})
	}
	return ui.Asks(menu)
}

// preferredFirst moves the first preferred item to the start of a list.
func preferredFirst[T any](list []T, preferred func(T) bool) []T {
	i := max(slices.IndexFunc(list, preferred), 0)
	return slices.Concat(list[i:min(i+1, len(list))], list[:i], list[min(i+1, len(list)):])
}

// askAnswers opens the newest reflection for editing, or offers the models if there is none. Question, or "", is shown
// above the fields.
func (s *Screen) askAnswers(g profile.Goal, question string, c *ui.Context) []ui.Ask {
	r, _ := plan.ReflectionOf(c.Profile, g.ID)
	m, ok := c.Library.Reflection().Model(r.Model)
	if !ok {
		return s.askModel(g, c)
	}
	return ui.Asks(s.answerForm(g, m, r, question, c))
}

// answerForm asks the questions of a model. If the reflection is not finished, it starts at the first empty answer.
func (s *Screen) answerForm(g profile.Goal, m coaching.Model, r profile.Reflection, ask string, c *ui.Context) ui.Edit {
	form := ui.Form{
		Key: "plan-reflect-" + g.ID + "-" + m.ID, Title: m.Name, Send: "keep the reflection",
		Models: forms.Reflections(c), Says: strings.TrimSpace(ask + " " + c.Library.Reflection().Anonymise),
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
		old, exists := c.Profile.Reflection(r.ID)
		if exists {
			kept.On, kept.KSBs = old.On, old.KSBs
		}
		answers := map[string]safetext.Text{}
		for _, step := range m.Steps {
			answers[step.ID] = v.Text(step.ID)
		}
		kept.Answers = m.Answers(old, answers)
		says := "Kept: that was practice of K31. d asks how deep it goes."
		return s.makeChange(profile.AddReflection{Reflection: kept}, s.goOn(g.ID, says))
	}}
}

func (s *Screen) askDepth(g profile.Goal, c *ui.Context) []ui.Ask {
	if _, begun := plan.ReflectionOf(c.Profile, g.ID); !begun {
		return ui.Asks(ui.Say{Text: "There is no reflection on this goal yet: 1, then Enter, begins one."})
	}
	return s.depths(g, c)
}

// depths says how to recognise each depth of reflection. Choosing one opens the answers, with the question that leads
// deeper.
func (s *Screen) depths(g profile.Goal, c *ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "How deep is this?", Says: depthAdvice}
	for _, d := range c.Library.Reflection().Depths {
		deeper := func(g profile.Goal, c *ui.Context) []ui.Ask { return s.askAnswers(g, "To go further: "+d.Next, c) }
		says := d.Sign + " Next: " + d.Next
		menu.Options = append(menu.Options, ui.Option{Text: d.Name, Says: says, Then: goalNow(g.ID, deeper)})
	}
	return ui.Asks(menu)
}

// askTheory offers the theories that can be a reason for a goal. The one that the goal has comes first, even if it is
// no longer meant for goals.
func (s *Screen) askTheory(g profile.Goal, c *ui.Context) []ui.Ask {
	theories := c.Library.Appraisal().For(coaching.WhyGoal)
	isChosen := func(t coaching.Theory) bool { return t.ID == g.Theory }
	if chosen, known := c.Library.Appraisal().Theory(g.Theory); known && !slices.ContainsFunc(theories, isChosen) {
		theories = append(theories, chosen)
	}
	menu := ui.Choose{Title: "Appraise (K32): why this goal?", Says: theoryAdvice}
	for _, t := range preferredFirst(theories, isChosen) {
		why := func(g profile.Goal, c *ui.Context) []ui.Ask { return ui.Asks(s.whyForm(g, t, c)) }
		says := t.Says + " Here: " + t.Here + " Its limit: " + t.Limit + " " + source(t)
		menu.Options = append(menu.Options, ui.Option{Text: t.Name, Says: says, Then: goalNow(g.ID, why)})
	}
	return ui.Asks(menu)
}

// source is where a theory comes from. It does not say whether the source is still to be confirmed, which is for
// authors and not for learners.
func source(t coaching.Theory) string { return t.Source() + ", " + t.Where + "." }

// whyForm asks for the reason. A reason in the learner's own words stays in the field; the ready-made one of another
// theory does not.
func (s *Screen) whyForm(g profile.Goal, t coaching.Theory, c *ui.Context) ui.Edit {
	why := ui.Field{
		ID: "why", Label: "I chose this goal because", Says: "One line, in your own words.",
		Value: g.Why.Raw(), Need: true,
	}
	if before, had := c.Library.Appraisal().Theory(g.Theory); g.Why.Empty() || had && g.Why.Line() == before.Reason {
		why.Value = ""
		if t.Reason != "" {
			why.Says += " For example: " + t.Reason + "."
		}
	}
	keep := func(v ui.Values, _ *ui.Context) []ui.Ask {
		change := profile.EditGoal{ID: g.ID, Theory: &t.ID, Why: new(v.Text("why"))}
		return s.makeChange(change, s.goOn(g.ID, "Kept: that was practice of K32."))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "plan-why-" + g.ID + "-" + t.ID, Title: "Why this goal: " + t.Name, Says: t.Says, Send: "keep the reason",
		Fields: []ui.Field{why},
	}}
}

func (s *Screen) askExample(g profile.Goal, c *ui.Context) []ui.Ask {
	s.fetch(c, g.KSBs)
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
			{ID: "where", Label: "Where is it?", Says: "Such as a page of your portfolio; can be left empty."},
			{ID: "witness", Label: "Who saw it?", Says: "A name or a role; can be left empty."},
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
		would.ID = c.NewID("e")
		says := "Kept for " + strings.Join(would.KSBs, ", ") + ". Ask your provider before it goes into the portfolio."
		return s.makeChange(profile.AddEvidence{Evidence: would, Today: c.Today}, s.goOn(s.goal, says))
	}
	says := words.Capital(would.Title.Line()) + ". Dated today. You can take it back with u."
	return ui.Asks(ui.Choose{
		Title: "Keep this work as a reflective entry", Says: keepAdvice(would.KSBs),
		Options: []ui.Option{{Text: "Keep it", Says: says, Then: keep}, {Text: "Not now", Says: "The offer stays."}},
	})
}
