package lines

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// plan reads out the goals that have not ended, and what may become one.
func (t *talk) plan() error {
	return t.until(func() error {
		p := t.s.Profile()
		var options []option
		usual := 0
		for _, status := range []profile.GoalStatus{profile.GoalActive, profile.GoalParked} {
			for _, g := range p.Goals {
				if g.Status != status {
					continue
				}
				path := t.s.GoalPath(g)
				says := strings.Join(words.Given(t.goalDue(g), path.Next()), ". ")
				options = append(options, option{
					Text: strings.Join(g.KSBs, ", ") + ": " + g.Text.Line(), Detail: says,
					Do: func() error { return t.goal(g.ID) },
				})
				if usual == 0 && status == profile.GoalActive && !path.Done() {
					usual = len(options)
				}
			}
		}
		options = append(options, option{Text: "Hear goals that your ratings suggest", Do: t.suggestions},
			t.asking("Set a goal in your own words", t.ownGoal))
		if len(options) == 2 {
			usual = 1
		}
		return t.choose("Your goals: "+sentence(plan.Counts(p))+" Three to five at a time is a good number.", options,
			usual)
	})
}

// when says by when a goal is due, or that it waits.
func (t *talk) goalDue(g profile.Goal) string {
	if g.Status != profile.GoalActive {
		return words.Capital(string(g.Status))
	}
	return words.Capital(plan.DueWords(g.Due, t.s.Today()))
}

// suggestions are the goals that the ratings suggest, and the small projects that serve several gaps at once.
func (t *talk) suggestions() error {
	return t.until(func() error {
		r, p, std := t.s.Report(), t.s.Profile(), t.s.Standard()
		list := plan.Suggestions(r, t.s.Coach(), t.s.Titles())
		list = append(list, plan.Projects(r, p, t.o.Library.Growth(std.Reference).Bundles, t.s.Coach(), list)...)
		options := lists.Each(list, func(suggestion plan.Suggestion) option {
			name := strings.Join(suggestion.KSBs, ", ") + ": " + suggestion.Goal
			if suggestion.Bundle != nil {
				name = "A small project, " + suggestion.Bundle.Name + ", for " + strings.Join(suggestion.KSBs, ", ")
			}
			return option{Text: name, Do: func() error { return t.proposal(suggestion) }}
		})
		t.tellEach(plan.Opening(r)...)
		return t.choose("Suggested from your ratings. Choose one to hear more; nothing is set yet.", options, 0)
	})
}

// planFor goes to the goal that there is for a KSB, else to what is suggested for it.
func (t *talk) planFor(ksb string) error {
	if g, ok := t.s.Profile().GoalFor(ksb); ok {
		return t.goal(g.ID)
	}
	r := t.s.Report()
	row, _ := r.Row(ksb)
	return t.once(func() error { return t.proposal(plan.Suggest(r, row, t.s.Coach(), t.s.Titles())) })
}

func (t *talk) proposal(suggestion plan.Suggestion) error {
	t.page.Blank()
	t.tell("Goal for %s. %s %s By %s.", t.titled(suggestion.KSBs), sentence(suggestion.Goal), sentence(suggestion.Because()), suggestion.Due.Full())
	for i, a := range suggestion.Actions {
		t.item("Action %d: %s", i+1, t.actionText(a))
	}
	yes, err := t.confirm("Take it up as a goal?")
	if err != nil || !yes {
		return err
	}
	return t.setGoal(suggestion.Taken(t.s.Today(), t.s.NewID))
}

// action is an action in words, with who helps, by when and what will show it.
func (t *talk) actionText(a profile.Action) string {
	says := []string{sentence(a.Text.Line())}
	if a.Status != profile.ActionOpen && a.Status != "" {
		says = append(says, sentence(words.Capital(a.Status.Words())+words.After(": ", a.Note.Line())))
		return strings.Join(says, " ")
	}
	switch {
	case a.Overdue(t.s.Today()):
		says = append(says, words.Capital(plan.DueWords(a.Due, t.s.Today()))+".")
	case !a.Due.IsZero():
		says = append(says, "By "+a.Due.Near(t.s.Today())+".")
	}
	says = append(says, sentence(words.After("With: ", a.Who.Line())),
		sentence(words.After("What shows it: ", a.Shows.Line())))
	return strings.Join(words.Given(says...), " ")
}

func (t *talk) ownGoal() error {
	p, today := t.s.Profile(), t.s.Today()
	a, err := t.fill("goal", []field{
		{ID: "text", Ask: plan.AskGoal, Required: true, Help: plan.GoalHelp},
		t.ksbField(nil),
		{ID: "due", Ask: "By when?", Day: t.dueDay(plan.AheadOf(p, today).GoalDue(), calendar.Date{})},
		{ID: "why", Ask: "Why this one, now?", Help: "It may wait: appraise asks again."},
	})
	if err != nil {
		return err
	}
	return t.setGoal(profile.Goal{
		ID: t.s.NewID("g"), KSBs: t.codes(a.text("ksbs")), Text: a.text("text"), Why: a.text("why"),
		Status: profile.GoalActive, Set: today, Due: a.days["due"],
	})
}

// due1 is the day by which something is to be done. Was is what is offered, set what the record has.
func (t *talk) dueDay(was, set calendar.Date) *day {
	may := func(d calendar.Date) error { return profile.MayBeDue(d, set, t.s.Today()) }
	return &day{Tense: calendar.Future, Check: may, Offered: was}
}

// setGoal puts a goal into the record and goes to it. Where there is one in the same words it asks first.
func (t *talk) setGoal(g profile.Goal) error {
	again := false
	if same, ok := t.s.Profile().SameGoal(g); ok {
		have := "You have this goal already: "
		if same.Status == profile.GoalParked {
			have = "You have parked this goal: "
		}
		yes, err := t.confirm(have + sentence(same.Text.Line()) + " Set a second one? no goes to the one there is.")
		if err != nil {
			return err
		}
		if !yes {
			return t.goal(same.ID)
		}
		again = true
	}
	made := t.doSaying(profile.AddGoal{Goal: g, Again: again, Today: t.s.Today()}, func() string {
		if now, _ := t.s.Profile().Goal(g.ID); now.Status == profile.GoalParked {
			return "The goal is parked: " + now.Note.Line()
		}
		return "The goal is set"
	})
	if !made {
		return nil
	}
	if x, ok := plan.BesideOf(t.s.Profile(), g); ok {
		if x.Says += " undo takes this one back."; x.Parked {
			x.Says = strings.TrimSuffix(x.Says, ".") + ", and that one can be taken up again in the plan."
		}
		t.tell("%s", x.Says)
	}
	if len(g.Actions) > 0 { // it was read out as a suggestion
		return t.goalFrom(g.ID, t.s.Rev())
	}
	if err := t.offerActions(g.ID); err != nil {
		return err
	}
	return t.goal(g.ID)
}

// offer asks whether the actions that are suggested for a goal that has none are added. undo takes back the goal.
func (t *talk) offerActions(id string) error {
	g, _ := t.s.Profile().Goal(id)
	x, ok := plan.OfferFor(g, t.s.Report(), t.s.Coach(), t.s.NewID)
	if !ok {
		return nil
	}
	yes, err := t.yesOrNo(question{
		Help: "yes adds all of them. no adds none, and you write your own. " + plan.OfferLeft,
		ReadOut: func() {
			t.page.Blank()
			t.tell("%s", x.Ask)
			for i, a := range x.Actions {
				t.item("Action %d: %s", i+1, t.actionText(a))
			}
		},
	})
	switch {
	case errors.Is(err, errBack), errors.Is(err, errUndone):
		return nil
	case err != nil:
		return err
	case yes:
		t.do(x.Taken(t.s.Today()), "They are added")
	default:
		t.tell("None is added. %s", plan.OfferLeft)
	}
	return nil
}

// goal reads out a goal with the three parts of its path, and asks what to do.
func (t *talk) goal(id string) error { return t.goalFrom(id, -1) }

// goalHeard is goal, where the goal was read out at a revision of the record.
func (t *talk) goalFrom(id string, heardAt int) error {
	return t.until(func() error {
		g, ok := t.s.Profile().Goal(id)
		if !ok {
			return errBack // it was taken back
		}
		path := t.s.GoalPath(g)
		if t.s.Rev() != heardAt {
			heardAt = t.s.Rev()
			t.sayGoal(g)
		}
		options := []option{
			t.asking(t.stepText(path[0]), func() error { return t.reflect(g) }),
			t.asking(t.stepText(path[1]), func() error { return t.appraise(g) }),
			t.asking(t.stepText(path[2])+" Add an action", func() error { return t.addAction(g) }),
		}
		usual := 0
		for i, step := range path {
			if !step.Done && usual == 0 && g.Status == profile.GoalActive {
				usual = i + 1
			}
		}
		late := false
		for i, a := range g.Actions {
			if a.Overdue(t.s.Today()) && g.Status == profile.GoalActive && !late {
				late, usual = true, len(options)+1 // before the parts that are not done
			}
			if a.Status == profile.ActionOpen {
				options = append(options, t.asking(t.outcomeText(i+1, a), func() error { return t.actionOutcome(a.ID) }))
			}
		}
		options = append(options, t.asking("Change its words or its day", func() error { return t.editGoal(g) }),
			t.asking("Close it, park it or take it up again", func() error { return t.endGoal(g) }),
			t.asking("Add an example for it", func() error { return t.addExample(g.KSBs) }))
		return t.choose("What would you like to do?", options, usual)
	})
}

// askHow is the way to say how an action went, with enough of its words to tell it from the others, and its day.
func (t *talk) outcomeText(n int, a profile.Action) string {
	says := fmt.Sprintf("Say how action %d went: %s", n, safetext.Brief(strings.TrimSuffix(a.Text.Line(), "."), 70))
	if !a.Due.IsZero() {
		says += ", " + plan.DueWords(a.Due, t.s.Today())
	}
	return says
}

func (t *talk) sayGoal(g profile.Goal) {
	t.page.Blank()
	t.tell("Goal for %s. %s %s", t.titled(g.KSBs), sentence(g.Text.Line()), sentence(t.goalDue(g)))
	for i, a := range g.Actions {
		t.item("Action %d: %s", i+1, t.actionText(a))
	}
	for _, l := range plan.Missing(g, t.s.Today()) {
		t.item("To make it %s: %s", strings.ToLower(l.Name), sentence(l.Says))
	}
}

func (t *talk) stepText(step plan.Step) string {
	return sentence(fmt.Sprintf("%s, %s: %s", step.Name, step.KSB, step.Says))
}
