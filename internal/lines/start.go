package lines

import (
	"errors"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// start makes a profile out of the first questions.
func (t *talk) start() error {
	t.say.Para(0, "Welcome. You rate yourself on every statement of your standard, duty by duty, hear where the gaps "+
		"are, and make a plan. Everything stays in one file on this computer: %s. Only your name is needed.", t.o.File)
	var none profile.Profile
	span := func(d calendar.Date) error { return profile.MaySpan(d, t.o.Day()) }
	fields := []field{
		{ID: "name", Ask: "What is your name?", Need: true},
		{
			ID: "role", Ask: "What is your role or specialism?", Says: "It chooses the examples that you hear. For " +
				"instance audiology, or clinical engineering.",
		},
		{
			ID: "start", Ask: "When did your programme start?", Says: "It tells what is expected by now.",
			Day: &day{Month: calendar.FirstOf, May: span},
		},
		{
			ID: "gateway", Ask: "When is your gateway planned?", Says: "Nothing means 36 months after the start.",
			Day: &day{Month: calendar.LastOf, May: span, Far: true},
		},
		{
			ID: "review", Ask: "When is your next review or appraisal?",
			Day: &day{Month: calendar.LastOf, May: func(d calendar.Date) error { return none.MayPlan(d, t.o.Day()) }},
		},
	}
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
		t.say.Para(0, "Welcome, %s. Your profile is made and saved. %s", s.Profile().Learner.Name.Line(), t.field())
		return nil
	}
}

// field says which field the role was understood as.
func (t *talk) field() string {
	role := t.s.Profile().Learner.Role
	if role.Empty() {
		return ""
	}
	meant := t.o.Library.Fields(library.Default).Understood(role.Line())
	if meant == "" {
		return "Your role names no field that is known here, so examples come from all of them."
	}
	return "Your field is understood as " + strings.ToLower(safetext.Line(meant)) + "."
}
