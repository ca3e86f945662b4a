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

// reflect asks the questions of a model of reflection, and keeps each answer at once.
func (t *talk) reflect(g profile.Goal) error {
	models := t.o.Library.Reflection()
	r, begun := plan.ReflectionOf(t.s.Profile(), g.ID)
	m, known := models.Model(r.Model)
	if begun && known {
		return t.answer(g, m, r)
	}
	r = profile.Reflection{ID: t.s.NewID("r"), On: t.s.Today(), Goal: g.ID, KSBs: g.KSBs}
	usual := 1 + slices.IndexFunc(models.Models, func(m coaching.Model) bool { return m.ID == models.Default })
	options := lists.Each(models.Models, func(m coaching.Model) option {
		return option{Text: m.Name, Says: m.Suits, Do: func() error { r.Model = m.ID; return t.answer(g, m, r) }}
	})
	return t.choose("Reflect on it in a model that you choose: a few minutes and a few lines.", options, usual)
}

func (t *talk) answer(g profile.Goal, m coaching.Model, r profile.Reflection) error {
	count := words.Count(len(m.Steps), "question", "questions")
	t.tell("%s, %s. %s", m.Name, count, t.o.Library.Reflection().Anonymise)
	err := inOrder(len(m.Steps), func(i int) error {
		step := m.Steps[i]
		if old, ok := t.s.Profile().Reflection(r.ID); ok {
			r = old
		}
		for {
			was := r.Answer(step.ID)
			said, err := t.line(field{Ask: sentence(step.Name) + " " + step.Question, Was: was, Long: true})
			if err != nil || said == was {
				return err
			}
			with := r
			with.Answers = m.Answers(r, map[string]safetext.Text{step.ID: said})
			if t.do(profile.AddReflection{Reflection: with}, "Kept") {
				return nil
			}
		}
	})
	if err != nil {
		return err
	}
	if now := t.s.GoalPath(g)[0]; now.Done {
		t.tell("You have reflected on it: that was practice of K31.")
	}
	return nil
}

// appraise asks why this goal, in the terms of a theory.
func (t *talk) appraise(g profile.Goal) error {
	theories := t.o.Library.Appraisal().For(coaching.WhyGoal)
	usual := 1 + slices.IndexFunc(theories, func(x coaching.Theory) bool { return x.ID == g.Theory })
	options := lists.Each(theories, func(x coaching.Theory) option {
		return option{Text: x.Name, Says: x.Says, Do: func() error { return t.why(g, x) }}
	})
	return t.choose("Why this goal? Choose the theory that fits your reason best; you write the reason in your own "+
		"words.", options, usual)
}

func (t *talk) why(g profile.Goal, x coaching.Theory) error {
	return t.keep(field{
		Ask: "Complete this: I chose this goal because", Need: true, Was: g.Why,
		Says: words.After("For example: ", sentence(x.Reason)),
	}, "Kept: that was practice of K32", func(said safetext.Text) profile.Change {
		return profile.EditGoal{ID: g.ID, Theory: &x.ID, Why: &said}
	})
}

// addAction offers the actions that the coaching has for a goal, and one in the learner's own words.
func (t *talk) addAction(g profile.Goal) error {
	due := plan.AheadOf(t.s.Profile(), t.s.Today()).ActionDue(len(g.OpenActions()))
	options := lists.Each(plan.ActionsFor(g, t.s.Report(), t.s.Coach()), func(a coaching.Action) option {
		says := words.Capital(string(a.Sort)) + ". " + words.Capital(a.Takes()) + ". With: " + a.Who
		return option{Text: a.Text, Says: says, Do: func() error {
			x := plan.FromCoaching(a, due)
			x.ID = t.s.NewID("a")
			return t.keepAction(g, x)
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
	says := "The action is added"
	if !a.Due.IsZero() {
		says += ", due " + a.Due.Full()
	}
	t.do(profile.AddAction{Goal: g.ID, Action: a, Today: t.s.Today()}, says)
	return nil
}

func (t *talk) ownAction(g profile.Goal, due calendar.Date) error {
	a, err := t.fill("action-"+g.ID, []field{
		{ID: "text", Ask: "What will you do?", Says: plan.ActionHelp, Need: true},
		{ID: "who", Ask: "Who helps?", Says: plan.WhoHelp},
		{ID: "due", Ask: "By when?", Day: t.due1(due, calendar.Date{})},
		{ID: "shows", Ask: "What will show it?", Says: coaching.NoPatients},
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

func (t *talk) outcome(id string) error {
	a, _, ok := t.s.Profile().Action(id)
	if !ok {
		return nil
	}
	if a.Status != profile.ActionOpen {
		change := profile.SetActionStatus{ID: id, Status: profile.ActionOpen, On: t.s.Today()}
		return t.sureTo("This action is closed. "+t.action(a)+" Open it again?", change, "It is open again")
	}
	options := ways(plan.ActionWays, func(how profile.ActionStatus) error {
		note, next, err := t.ended(a, how)
		if err == nil {
			change := profile.SetActionStatus{ID: a.ID, Status: how, On: t.s.Today(), Note: note, Next: next}
			t.do(change, keptAs(how, next))
		}
		return err
	})
	return t.choose("How did it go? "+sentence(a.Text.Line()), options, 0)
}

func keptAs(how profile.ActionStatus, next *profile.Action) string {
	if next != nil {
		return "Kept, and the action that takes its place is set"
	}
	return "Kept as " + how.Words()
}

// ended asks what is to be kept of an action that ends, and for the action that takes its place where it goes on.
func (t *talk) ended(a profile.Action, how profile.ActionStatus) (note safetext.Text, next *profile.Action, err error) {
	why := field{ID: "why", Ask: "Why?", Says: "One line, to learn from.", Need: true}
	if how == profile.ActionDone {
		why = field{
			ID: "why", Ask: "What shows it?",
			Says: words.After("You meant to show: ", sentence(a.Shows.Line())),
		}
	}
	fields := []field{why}
	onward := how == profile.ActionChanged
	if onward {
		due := plan.OnwardDue(a.Due, t.s.Profile(), t.s.Today())
		fields = append(fields, field{ID: "text", Ask: plan.AskOnward, Was: a.Text},
			field{ID: "due", Ask: "By when now?", Day: t.due1(due, calendar.Date{})},
			field{ID: "who", Ask: "Who helps?", Was: a.Who},
			field{ID: "shows", Ask: "What will show it?", Was: a.Shows})
	}
	got, err := t.fill("outcome-"+a.ID, fields)
	if err != nil {
		return note, nil, err
	}
	if text := got.text("text"); onward && !text.Empty() {
		with := a.ContinuedAs(t.s.NewID("a"), text)
		with.Who, with.Due, with.Shows = got.text("who"), got.days["due"], got.text("shows")
		next = &with
	}
	return got.text("why"), next, nil
}

func (t *talk) editGoal(g profile.Goal) error {
	return t.edit("", []field{
		{ID: "text", Ask: plan.AskGoal, Need: true, Was: g.Text},
		{ID: "due", Ask: "By when?", Day: t.due1(g.Due, g.Due)},
		{ID: "why", Ask: "I chose this goal because:", Was: g.Why},
	}, "Changed", func(a answers) profile.Change {
		return profile.EditGoal{
			ID: g.ID, Text: new(a.text("text")), Why: new(a.text("why")), Due: new(a.days["due"]), Today: t.s.Today(),
		}
	})
}

// endGoal closes a goal, parks it or takes it up again, and asks what becomes of its open actions.
func (t *talk) endGoal(g profile.Goal) error {
	options := ways(plan.GoalWays(g.Status), func(is profile.GoalStatus) error {
		to := profile.SetGoalStatus{ID: g.ID, Status: is, On: t.s.Today()}
		open := len(g.OpenActions())
		if open == 0 || is == profile.GoalActive {
			return t.setStatus(to)
		}
		after := ways(plan.Afterlives(is), func(became profile.ActionStatus) error {
			to.Actions = became
			return t.setStatus(to)
		})
		return t.choose("And "+words.Count(open, "open action", "open actions")+"?", after, 0)
	})
	return t.choose("What becomes of the goal for "+strings.Join(g.KSBs, ", ")+"?", options, 0)
}

func (t *talk) setStatus(to profile.SetGoalStatus) error {
	if plan.WantsReason(to) {
		why, err := t.line(field{Ask: "Why?", Says: plan.AskReason, Need: true})
		if err != nil {
			return err
		}
		if to.Reason = why; to.Status != profile.GoalDone {
			to.Note = why
		}
	}
	says := "The goal is " + string(to.Status)
	if to.Status == profile.GoalActive {
		says = "The goal is under way again"
	}
	t.do(to, says)
	return nil
}
