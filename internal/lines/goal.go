package lines

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// reflect goes on with the reflection on a goal, or offers the models for a new one.
func (t *talk) reflect(g profile.Goal) error {
	models := t.o.Library.Reflection()
	reflection, begun := plan.ReflectionOf(t.s.Profile(), g.ID)
	model, known := models.Model(reflection.Model)
	if begun && known {
		return t.reflectIn(g, model, reflection)
	}
	reflection = profile.Reflection{ID: t.s.NewID("r"), On: t.s.Today(), Goal: g.ID, KSBs: g.KSBs}
	usual := 1 + slices.IndexFunc(models.Models, func(m coaching.Model) bool { return m.ID == models.Default })
	options := lists.Each(models.Models, func(m coaching.Model) option {
		return option{Text: m.Name, Detail: m.Suits, Do: func() error {
			reflection.Model = m.ID
			return t.reflectIn(g, m, reflection)
		}}
	})
	return t.choose("Reflect on it in a model that you choose: a few minutes and a few lines.", options, usual)
}

// reflectIn asks the questions of a model, and keeps each answer at once.
func (t *talk) reflectIn(g profile.Goal, model coaching.Model, reflection profile.Reflection) error {
	count := words.Count(len(model.Steps), "question", "questions")
	t.tell("%s, %s. %s", model.Name, count, t.o.Library.Reflection().Anonymise)
	err := inOrder(len(model.Steps), func(i int) error {
		step := model.Steps[i]
		if kept, ok := t.s.Profile().Reflection(reflection.ID); ok {
			reflection = kept // with the answers so far
		}
		for {
			was := reflection.Answer(step.ID)
			said, err := t.askText(field{Ask: sentence(step.Name) + " " + step.Question, Was: was, Multiline: true})
			if err != nil || said == was {
				return err
			}
			answered := reflection
			answered.Answers = model.Answers(reflection, map[string]safetext.Text{step.ID: said})
			if t.do(profile.AddReflection{Reflection: answered}, "Kept") {
				return nil
			}
		}
	})
	if err != nil {
		return err
	}
	if reflect := t.s.GoalPath(g)[0]; reflect.Done {
		t.tell("You have reflected on it: that was practice of K31.")
	}
	return nil
}

// appraise asks why the learner chose this goal, in terms of a theory that they pick.
func (t *talk) appraise(g profile.Goal) error {
	theories := t.o.Library.Appraisal().For(coaching.WhyGoal)
	usual := 1 + slices.IndexFunc(theories, func(x coaching.Theory) bool { return x.ID == g.Theory })
	options := lists.Each(theories, func(x coaching.Theory) option {
		return option{Text: x.Name, Detail: x.Says, Do: func() error { return t.whyGoal(g, x) }}
	})
	return t.choose("Why this goal? Choose the theory that fits your reason best; you write the reason in your own "+
		"words.", options, usual)
}

func (t *talk) whyGoal(g profile.Goal, theory coaching.Theory) error {
	return t.keep(field{
		Ask: "Complete this: I chose this goal because", Required: true, Was: g.Why,
		Help: words.After("For example: ", sentence(theory.Reason)),
	}, "Kept: that was practice of K32", func(said safetext.Text) profile.Change {
		return profile.EditGoal{ID: g.ID, Theory: &theory.ID, Why: &said}
	})
}

// addAction offers the actions that the coaching suggests for a goal, and one in the learner's own words.
func (t *talk) addAction(g profile.Goal) error {
	due := plan.AheadOf(t.s.Profile(), t.s.Today()).ActionDue(len(g.OpenActions()))
	options := lists.Each(plan.ActionsFor(g, t.s.Report(), t.s.Coach()), func(a coaching.Action) option {
		detail := words.Capital(string(a.Sort)) + ". " + words.Capital(a.Takes()) + ". With: " + a.Who
		return option{Text: a.Text, Detail: detail, Do: func() error {
			action := plan.FromCoaching(a, due)
			action.ID = t.s.NewID("a")
			return t.keepAction(g, action)
		}}
	})
	own := func() error { return t.ownAction(g, due) }
	if len(options) == 0 {
		return own()
	}
	options = append(options, option{Text: "One in your own words", Do: own})
	return t.choose("Which action? Small enough for a working week.", options, 0)
}

func (t *talk) keepAction(g profile.Goal, a profile.Action) error {
	done := "The action is added"
	if !a.Due.IsZero() {
		done += ", due " + a.Due.Full()
	}
	t.do(profile.AddAction{Goal: g.ID, Action: a, Today: t.s.Today()}, done)
	return nil
}

func (t *talk) ownAction(g profile.Goal, due calendar.Date) error {
	a, err := t.fill("action-"+g.ID, []field{
		{ID: "text", Ask: "What will you do?", Help: plan.ActionHelp, Required: true},
		{ID: "who", Ask: "Who helps?", Help: plan.WhoHelp},
		{ID: "due", Ask: "By when?", Day: t.dueDay(due, calendar.Date{})},
		{ID: "shows", Ask: "What will show it?", Help: coaching.NoPatients},
		{ID: "ifthen", Ask: "If something gets in the way, what then?"},
	})
	if err != nil {
		return err
	}
	return t.keepAction(g, profile.Action{
		ID: t.s.NewID("a"), Sort: profile.Practise, Text: a.text("text"), Who: a.text("who"), Due: a.days["due"],
		Shows: a.text("shows"), IfThen: a.text("ifthen"), Status: profile.ActionOpen,
	})
}

// actionOutcome asks how an open action went, or whether to open a closed one again.
func (t *talk) actionOutcome(id string) error {
	a, _, ok := t.s.Profile().Action(id)
	if !ok {
		return nil
	}
	if a.Status != profile.ActionOpen {
		change := profile.SetActionStatus{ID: id, Status: profile.ActionOpen, On: t.s.Today()}
		return t.confirmChange("This action is closed. "+t.actionText(a)+" Open it again?", change, "It is open again")
	}
	options := wayOptions(plan.ActionWays, func(how profile.ActionStatus) error {
		note, next, err := t.askOutcome(a, how)
		if err == nil {
			change := profile.SetActionStatus{ID: a.ID, Status: how, On: t.s.Today(), Note: note, Next: next}
			t.do(change, keptAs(how, next))
		}
		return err
	})
	return t.choose("How did it go? "+sentence(a.Text.Line()), options, 0)
}

// keptAs says that the outcome of an action is kept, and the action that replaces it, if any.
func keptAs(how profile.ActionStatus, next *profile.Action) string {
	if next != nil {
		return "Kept, and the action that takes its place is set"
	}
	return "Kept as " + how.Words()
}

// askOutcome asks for a note on how an action ended and, if it was changed, for the action that replaces it; next is
// nil for none.
func (t *talk) askOutcome(a profile.Action, how profile.ActionStatus) (
	note safetext.Text, next *profile.Action, err error,
) {
	why := field{ID: "why", Ask: "Why?", Help: "One line, to learn from.", Required: true}
	if how == profile.ActionDone {
		why = field{
			ID: "why", Ask: "What shows it?",
			Help: words.After("You meant to show: ", sentence(a.Shows.Line())),
		}
	}
	fields := []field{why}
	replaced := how == profile.ActionChanged
	if replaced {
		due := plan.OnwardDue(a.Due, t.s.Profile(), t.s.Today())
		fields = append(fields, field{ID: "text", Ask: plan.AskOnward, Was: a.Text},
			field{ID: "due", Ask: "By when now?", Day: t.dueDay(due, calendar.Date{})},
			field{ID: "who", Ask: "Who helps?", Was: a.Who},
			field{ID: "shows", Ask: "What will show it?", Was: a.Shows})
	}
	answers, err := t.fill("outcome-"+a.ID, fields)
	if err != nil {
		return note, nil, err
	}
	if text := answers.text("text"); replaced && !text.Empty() {
		action := a.ContinuedAs(t.s.NewID("a"), text)
		action.Who, action.Due, action.Shows = answers.text("who"), answers.days["due"], answers.text("shows")
		next = &action
	}
	return answers.text("why"), next, nil
}

func (t *talk) editGoal(g profile.Goal) error {
	return t.edit("", []field{
		{ID: "text", Ask: plan.AskGoal, Required: true, Was: g.Text},
		{ID: "due", Ask: "By when?", Day: t.dueDay(g.Due, g.Due)},
		{ID: "why", Ask: "I chose this goal because:", Was: g.Why},
	}, "Changed", func(a answers) profile.Change {
		return profile.EditGoal{
			ID: g.ID, Text: new(a.text("text")), Why: new(a.text("why")), Due: new(a.days["due"]), Today: t.s.Today(),
		}
	})
}

// endGoal closes a goal, parks it or takes it up again, and asks what becomes of its open actions.
func (t *talk) endGoal(g profile.Goal) error {
	options := wayOptions(plan.GoalWays(g.Status), func(is profile.GoalStatus) error {
		to := profile.SetGoalStatus{ID: g.ID, Status: is, On: t.s.Today()}
		open := len(g.OpenActions())
		if open == 0 || is == profile.GoalActive {
			return t.setGoalStatus(to)
		}
		actions := wayOptions(plan.Afterlives(is), func(became profile.ActionStatus) error {
			to.Actions = became
			return t.setGoalStatus(to)
		})
		return t.choose("And "+words.Count(open, "open action", "open actions")+"?", actions, 0)
	})
	return t.choose("What becomes of the goal for "+strings.Join(g.KSBs, ", ")+"?", options, 0)
}

// setGoalStatus asks for a reason where the change needs one, and makes the change.
func (t *talk) setGoalStatus(to profile.SetGoalStatus) error {
	if plan.WantsReason(to) {
		why, err := t.askText(field{Ask: "Why?", Help: plan.AskReason, Required: true})
		if err != nil {
			return err
		}
		to.Reason = why
		if to.Status != profile.GoalDone {
			to.Note = why
		}
	}
	done := "The goal is " + string(to.Status)
	if to.Status == profile.GoalActive {
		done = "The goal is under way again"
	}
	t.do(to, done)
	return nil
}
