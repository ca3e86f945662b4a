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
	t.tell("Welcome. You rate yourself on every statement of your standard, duty by duty, hear where the gaps "+
		"are, and make a plan. Such a statement is called a KSB: %s. Everything stays in one file on this computer: %s. "+
		"Only your name is needed.", words.KSB, t.o.File)
	fields := t.details(profile.Profile{})
	for {
		a, err := t.fill("", fields)
		if err != nil {
			t.tell("Nothing is kept yet.")
			return err
		}
		s, err := t.o.Create(a.detailed(profile.Learner{}))
		if refused := new(profile.Refusal); errors.As(err, &refused) {
			t.tell("Not done: %s", wrong(err))
			continue
		}
		if err != nil {
			return err
		}
		t.s = s
		t.tell("Welcome, %s. Your profile is made and saved.", s.Profile().Learner.Name.Line())
		return t.field()
	}
}

// details are the questions on who the learner is and on the dates of the programme.
func (t *talk) details(p profile.Profile) []field {
	l, span := p.Learner, func(d calendar.Date) error { return profile.MaySpan(d, t.o.Day()) }
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
		t.reviewField(p),
	}
}

func (t *talk) reviewField(p profile.Profile) field {
	may := func(d calendar.Date) error { return p.MayPlan(d, t.o.Day()) }
	on := &day{Month: calendar.LastOf, Was: p.Learner.Review, May: may}
	return field{ID: "review", Ask: "When is your next review or appraisal?", Day: on}
}

func (a answers) detailed(l profile.Learner) profile.Learner {
	l.Name, l.Role = a.text("name"), a.text("role")
	l.Start, l.Gateway, l.Review = a.days["start"], a.days["gateway"], a.days["review"]
	return l
}

// correct asks for the details again, each as it is now.
func (t *talk) correct() error {
	return t.once(func() error {
		was := t.s.Profile().Learner
		a, err := t.fill("", t.details(t.s.Profile()))
		if err != nil {
			return err
		}
		l := a.detailed(was)
		if t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, "Your details are kept") && l.Role != was.Role {
			return t.field()
		}
		return nil
	})
}

// field says which field the role was understood as, and offers those that may be meant where it names none.
func (t *talk) field() error {
	role := t.s.Profile().Learner.Role
	if role.Empty() {
		return nil
	}
	meant, names := t.o.Library.Fields(t.s.Profile().Standard).Offer(role.Line())
	if meant != "" {
		t.tell("Your field is understood as %s.", strings.ToLower(safetext.Line(meant)))
		return nil
	}
	if len(names) == 0 {
		t.tell("Your role names no field that is known here, so examples come from all of them.")
		return nil
	}
	var options []option
	for _, name := range names {
		options = append(options, option{Text: name, Do: func() error {
			l := t.s.Profile().Learner
			l.Role = safetext.New(name)
			t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, "Your role is "+name)
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
