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

// plan lists the goals that are under way or parked as options, and ways to set another.
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
				options = append(options, option{
					Text:   strings.Join(g.KSBs, ", ") + ": " + g.Text.Line(),
					Detail: strings.Join(words.Given(t.goalDue(g), path.Next()), ". "),
					Do:     func() error { return t.goal(g.ID) },
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

// goalDue says when a goal is due, or that it is parked or closed.
func (t *talk) goalDue(g profile.Goal) string {
	if g.Status != profile.GoalActive {
		return words.Capital(string(g.Status))
	}
	return words.Capital(plan.DueWords(g.Due, t.s.Today()))
}

// suggestions lists as options the goals that the ratings suggest, and small projects that help with several gaps at
// once.
func (t *talk) suggestions() error {
	return t.until(func() error {
		r, p, std := t.s.Report(), t.s.Profile(), t.s.Standard()
		list := plan.Suggestions(r, t.s.Coach(), t.s.Titles())
		list = append(list, plan.Projects(r, p, t.o.Library.Growth(std.Reference).Bundles, t.s.Coach(), list)...)
		options := lists.Each(list, func(s plan.Suggestion) option {
			text := strings.Join(s.KSBs, ", ") + ": " + s.Goal
			if s.Bundle != nil {
				text = "A small project, " + s.Bundle.Name + ", for " + strings.Join(s.KSBs, ", ")
			}
			return option{Text: text, Do: func() error { return t.proposal(s) }}
		})
		t.tellEach(plan.Opening(r)...)
		return t.choose("Suggested from your ratings. Choose one to hear more; nothing is set yet.", options, 0)
	})
}

// planFor goes to the goal for a KSB or, if there is none, to the suggestion for it.
func (t *talk) planFor(ksb string) error {
	if g, ok := t.s.Profile().GoalFor(ksb); ok {
		return t.goal(g.ID)
	}
	r := t.s.Report()
	row, _ := r.Row(ksb)
	return t.once(func() error { return t.proposal(plan.Suggest(r, row, t.s.Coach(), t.s.Titles())) })
}

// proposal reads out a suggestion and asks whether to make it a goal.
func (t *talk) proposal(s plan.Suggestion) error {
	t.page.Blank()
	t.tell("Goal for %s. %s %s By %s.", t.titled(s.KSBs), sentence(s.Goal), sentence(s.Because()), s.Due.Full())
	t.sayActions(s.Actions)
	yes, err := t.confirm("Take it up as a goal?")
	if err != nil || !yes {
		return err
	}
	return t.setGoal(s.Taken(t.s.Today(), t.s.NewID))
}

func (t *talk) sayActions(actions []profile.Action) {
	for i, a := range actions {
		t.item("Action %d: %s", i+1, t.actionText(a))
	}
}

// actionText is an action with its outcome or, while it is open, with its day, who helps and what will show it.
func (t *talk) actionText(a profile.Action) string {
	text := sentence(a.Text.Line())
	if a.Status != profile.ActionOpen && a.Status != "" {
		return text + " " + sentence(words.Capital(a.Status.Words())+words.After(": ", a.Note.Line()))
	}
	due := ""
	switch {
	case a.Overdue(t.s.Today()):
		due = words.Capital(plan.DueWords(a.Due, t.s.Today())) + "."
	case !a.Due.IsZero():
		due = "By " + a.Due.Near(t.s.Today()) + "."
	}
	who, shows := words.After("With: ", a.Who.Line()), words.After("What shows it: ", a.Shows.Line())
	return strings.Join(words.Given(text, due, sentence(who), sentence(shows)), " ")
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

// dueDay is the day by which something is to be done. current is its day in the record, which stays allowed when past.
func (t *talk) dueDay(offered, current calendar.Date) *day {
	check := func(d calendar.Date) error { return profile.MayBeDue(d, current, t.s.Today()) }
	return &day{Tense: calendar.Future, Check: check, Offered: offered}
}

// setGoal sets a goal and goes on to it. If there is one in the same words already it asks first.
func (t *talk) setGoal(g profile.Goal) error {
	same, twice := t.s.Profile().SameGoal(g)
	if twice {
		known := "You have this goal already: "
		if same.Status == profile.GoalParked {
			known = "You have parked this goal: "
		}
		yes, err := t.confirm(known + sentence(same.Text.Line()) + " Set a second one? no goes to the one there is.")
		if err != nil {
			return err
		}
		if !yes {
			return t.goal(same.ID)
		}
	}
	made := t.doSaying(profile.AddGoal{Goal: g, Again: twice, Today: t.s.Today()}, func() string {
		if set, _ := t.s.Profile().Goal(g.ID); set.Status == profile.GoalParked {
			return "The goal is parked: " + set.Note.Line()
		}
		return "The goal is set"
	})
	if !made {
		return nil
	}
	if beside, ok := plan.BesideOf(t.s.Profile(), g); ok {
		undo := " undo takes this one back."
		if beside.Parked {
			undo = " undo takes this one back, and that one can be taken up again in the plan."
		}
		t.tell("%s", beside.Says+undo)
	}
	if len(g.Actions) > 0 { // a suggestion, which was read out already
		return t.goalFrom(g.ID, t.s.Rev())
	}
	if err := t.offerActions(g.ID); err != nil {
		return err
	}
	return t.goal(g.ID)
}

// offerActions asks whether to add the suggested actions to a goal that has none. undo takes back the goal.
func (t *talk) offerActions(id string) error {
	g, _ := t.s.Profile().Goal(id)
	offer, ok := plan.OfferFor(g, t.s.Report(), t.s.Coach(), t.s.NewID)
	if !ok {
		return nil
	}
	yes, err := t.yesOrNo(question{
		Help: "yes adds all of them. no adds none, and you write your own. " + plan.OfferLeft,
		ReadOut: func() {
			t.page.Blank()
			t.tell("%s", offer.Ask)
			t.sayActions(offer.Actions)
		},
	})
	switch {
	case errors.Is(err, errBack), errors.Is(err, errUndone):
		return nil
	case err != nil:
		return err
	case yes:
		t.do(offer.Taken(t.s.Today()), "They are added")
	default:
		t.tell("None is added. %s", plan.OfferLeft)
	}
	return nil
}

// goal reads out a goal, and asks what to do: the three steps of its path, its actions, and so on.
func (t *talk) goal(id string) error { return t.goalFrom(id, -1) }

// goalFrom is goal for one that was read out at this revision of the record; -1 for one that was not.
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
				late, usual = true, len(options)+1 // more urgent than the steps
			}
			if a.Status == profile.ActionOpen {
				say := func() error { return t.actionOutcome(a.ID) }
				options = append(options, t.asking(t.outcomeText(i+1, a), say))
			}
		}
		options = append(options, t.asking("Change its words or its day", func() error { return t.editGoal(g) }),
			t.asking("Close it, park it or take it up again", func() error { return t.endGoal(g) }),
			t.asking("Add an example for it", func() error { return t.addExample(g.KSBs) }))
		return t.choose("What would you like to do?", options, usual)
	})
}

// outcomeText is the option to say how action n went, with enough of its words to tell it from the others.
func (t *talk) outcomeText(n int, a profile.Action) string {
	text := fmt.Sprintf("Say how action %d went: %s", n, safetext.Brief(strings.TrimSuffix(a.Text.Line(), "."), 70))
	if !a.Due.IsZero() {
		text += ", " + plan.DueWords(a.Due, t.s.Today())
	}
	return text
}

func (t *talk) sayGoal(g profile.Goal) {
	t.page.Blank()
	t.tell("Goal for %s. %s %s", t.titled(g.KSBs), sentence(g.Text.Line()), sentence(t.goalDue(g)))
	t.sayActions(g.Actions)
	for _, letter := range plan.Missing(g, t.s.Today()) { // of SMART
		t.item("To make it %s: %s", strings.ToLower(letter.Name), sentence(letter.Says))
	}
}

func (t *talk) stepText(step plan.Step) string {
	return sentence(fmt.Sprintf("%s, %s: %s", step.Name, step.KSB, step.Says))
}
