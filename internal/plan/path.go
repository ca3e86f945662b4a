package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Step is one part of a goal's path with its one-line result.
type Step struct {
	KSB  string // K31, K32 or K33
	Name string // Reflect, Appraise or Act
	Done bool
	Says string
	Late int // of Act: how many open actions are overdue
}

// Steps are the three parts of a goal's path in order: reflect, appraise, act.
type Steps [3]Step

// Done says whether all of them are.
func (s Steps) Done() bool { return s[0].Done && s[1].Done && s[2].Done }

// Next says what to do next on the path, in one sentence, and how many actions are overdue where that is not the next
// thing anyway.
func (s Steps) Next() string {
	for i, step := range s {
		if step.Done {
			continue
		}
		says := "Next: " + strings.ToLower(step.Name) + ", " + step.Says
		if n := s[2].Late; n > 0 && i < 2 {
			says += "; " + words.Count(n, "action", "actions") + " overdue"
		}
		return says
	}
	return "Reflected on, appraised and acted on"
}

// OpenInWords counts open actions, and how many of them are overdue: "2 open (1 overdue)".
func OpenInWords(open, overdue int) string {
	says := fmt.Sprintf("%d open", open)
	if overdue > 0 {
		says += fmt.Sprintf(" (%d overdue)", overdue)
	}
	return says
}

// Path is how far a goal is along reflect, appraise, act. Until the goal has ended, act needs an open
// action, and none that is overdue.
func Path(
	p profile.Profile, g profile.Goal, models *coaching.Reflection, theories *coaching.Appraisal, today calendar.Date,
) Steps {
	return Steps{reflectStep(p, g, models), appraiseStep(g, theories), actStep(g, today)}
}

// ReflectionOf is the newest reflection on a goal.
func ReflectionOf(p profile.Profile, goal string) (profile.Reflection, bool) {
	for _, r := range slices.Backward(p.Reflections) {
		if r.Goal == goal {
			return r, true
		}
	}
	return profile.Reflection{}, false
}

func reflectStep(p profile.Profile, g profile.Goal, models *coaching.Reflection) Step {
	s := Step{KSB: "K31", Name: "Reflect", Says: "not reflected on yet"}
	r, ok := ReflectionOf(p, g.ID)
	if !ok {
		return s
	}
	name := "a model of your own"
	if m, ok := models.Model(r.Model); ok {
		name = m.Name
	}
	s.Says = fmt.Sprintf("%s, %s", name, r.On.Long())
	if r.Answer(coaching.PatientsStep).Empty() {
		s.Says = "still open: what it means for patients; " + s.Says // first, since a screen may have room for no more
		return s
	}
	s.Done = true
	return s
}

func appraiseStep(g profile.Goal, theories *coaching.Appraisal) Step {
	s := Step{KSB: "K32", Name: "Appraise", Says: "no reason written yet"}
	if g.Why.Empty() {
		return s
	}
	s.Done, s.Says = true, g.Why.Line()
	if t, ok := theories.Theory(g.Theory); ok {
		s.Says += " (" + t.Name + ")"
	}
	return s
}

func actStep(g profile.Goal, today calendar.Date) Step {
	s := Step{KSB: "K33", Name: "Act"}
	open := len(g.OpenActions())
	closed := len(g.Actions) - open
	for _, a := range g.OpenActions() {
		if a.Overdue(today) {
			s.Late++
		}
	}
	if !g.Status.Ended() && open == 0 {
		s.Says = "no open action: add one"
		if closed > 0 {
			s.Says += fmt.Sprintf(", or close the goal; %d closed", closed)
		}
		return s
	}
	missing := Missing(g, today)
	s.Done = len(missing) == 0 && (s.Late == 0 || g.Status.Ended())
	says := OpenInWords(open, s.Late) + fmt.Sprintf(", %d closed", closed)
	switch n := len(missing); n {
	case 0:
		s.Says = says
	case 1:
		s.Says = "SMART: not yet " + missing[0].Name + "; " + says
	case 2:
		s.Says = "SMART: not yet " + missing[0].Name + ", " + missing[1].Name + "; " + says
	default:
		s.Says = fmt.Sprintf("SMART: %d of 5 not met yet; %s", n, says)
	}
	return s
}
