package lines

import (
	"errors"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// start makes a profile out of the first questions.
func (t *talk) start() error {
	t.say.Para(0, "Welcome. You rate yourself on every statement of your standard, duty by duty, hear where the gaps "+
		"are, and make a plan. Such a statement is called a KSB: %s. Everything stays in one file on this computer: %s. "+
		"Only your name is needed.", words.KSB, t.o.File)
	fields := t.details(profile.Learner{}, profile.Profile{})
	for {
		a, err := t.fill("", fields)
		if err != nil {
			t.say.Para(0, "Nothing is kept yet.")
			return err
		}
		s, err := t.o.Create(profile.Learner{
			Name: a.text(fields, "name"), Role: a.text(fields, "role"), Start: a.days["start"],
			Gateway: a.days["gateway"], Review: a.days["review"],
		})
		if refused := new(profile.Refusal); errors.As(err, &refused) {
			t.say.Para(0, "Not done: %s", wrong(err))
			continue
		}
		if err != nil {
			return err
		}
		t.s = s
		t.say.Para(0, "Welcome, %s. Your profile is made and saved.", s.Profile().Learner.Name.Line())
		return t.field()
	}
}

// details are the questions on who the learner is and on the dates of the programme.
func (t *talk) details(l profile.Learner, p profile.Profile) []field {
	span := func(d calendar.Date) error { return profile.MaySpan(d, t.o.Day()) }
	return []field{
		{ID: "name", Ask: "What is your name?", Was: l.Name, Need: true},
		{
			ID: "role", Ask: "What is your role or specialism?", Was: l.Role, Says: "It chooses the examples that you " +
				"hear. For instance audiology, or clinical engineering.",
		},
		{
			ID: "start", Ask: "When did your programme start?", Says: "It tells what is expected by now.",
			Day: &day{Month: calendar.FirstOf, Was: l.Start, May: span},
		},
		{
			ID: "gateway", Ask: "When is your gateway planned?", Says: "Gateway is " + words.Gateway + ". Nothing means 36 months after the start.",
			Day: &day{Month: calendar.LastOf, Was: l.Gateway, May: span, Far: true},
		},
		{
			ID: "review", Ask: "When is your next review or appraisal?", Day: &day{
				Month: calendar.LastOf, Was: l.Review,
				May: func(d calendar.Date) error { return p.MayPlan(d, t.o.Day()) },
			},
		},
	}
}

// correct asks for the details again, each as it is now.
func (t *talk) correct() error {
	return t.until(once(func() error {
		l := t.s.Profile().Learner
		fields := t.details(l, t.s.Profile())
		a, err := t.fill("", fields)
		if err != nil {
			return err
		}
		role := l.Role
		l.Name, l.Role = a.text(fields, "name"), a.text(fields, "role")
		l.Start, l.Gateway, l.Review = a.days["start"], a.days["gateway"], a.days["review"]
		kept := t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, func() string { return "Your details are kept" })
		if !kept || l.Role == role {
			return nil
		}
		return t.field()
	}))
}

// field says which field the role was understood as, and offers those that may be meant where it names none.
func (t *talk) field() error {
	role := t.s.Profile().Learner.Role
	if role.Empty() {
		return nil
	}
	meant, names := t.o.Library.Fields(t.s.Profile().Standard).Offer(role.Line())
	if meant != "" {
		t.say.Para(0, "Your field is understood as %s.", strings.ToLower(safetext.Line(meant)))
		return nil
	}
	if len(names) == 0 {
		t.say.Para(0, "Your role names no field that is known here, so examples come from all of them.")
		return nil
	}
	var options []option
	for _, name := range names {
		options = append(options, option{Text: name, Do: func() error {
			l := t.s.Profile().Learner
			l.Role = safetext.New(name)
			t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, func() string { return "Your role is " + name })
			return nil
		}})
	}
	options = append(options, option{Text: "None of these: examples come from all fields"})
	err := t.choose("Your role may mean one of these fields.", options, 0)
	if errors.Is(err, errBack) {
		return nil // the role stays as it was typed
	}
	return err
}
