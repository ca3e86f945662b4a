package plan

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Letter is one letter of SMART with what was found. The letters follow Doran (1981): specific, measurable, assignable,
// realistic, time-related; others read A as achievable and R as relevant, which Realistic here covers too.
type Letter struct {
	Letter string
	Name   string
	OK     bool
	Says   string // what is there, or what is missing and how to add it
}

// Check is the SMART check of a goal. It names what is missing and never blocks.
func Check(g profile.Goal, today calendar.Date) []Letter {
	return []Letter{specific(g), measurable(g), assignable(g), realistic(g, today), timed(g, today)}
}

// Missing are the letters that are not met.
func Missing(g profile.Goal, today calendar.Date) []Letter {
	var out []Letter
	for _, l := range Check(g, today) {
		if !l.OK {
			out = append(out, l)
		}
	}
	return out
}

// vague openings say what to feel or know about, and not what will be done.
var vague = []string{"understand", "know more", "learn about", "improve", "get better", "be better", "be aware", "become familiar", "look into", "try to", "work on"}

// minWords is how few words a goal can have and still say what, where and with what.
const minWords = 5

func specific(g profile.Goal) Letter {
	l := Letter{Letter: "S", Name: "specific"}
	text := strings.ToLower(strings.TrimSpace(g.Text.Line()))
	for _, v := range vague {
		if strings.HasPrefix(text, v) {
			l.Says = "say what you will do that someone could watch, in place of \"" + v + "\""
			return l
		}
	}
	if len(strings.Fields(text)) < minWords {
		l.Says = "add what exactly, and on which equipment, procedure or task"
		return l
	}
	l.OK, l.Says = true, "it says what you will do"
	return l
}

func live(g profile.Goal) []profile.Action {
	var out []profile.Action
	for _, a := range g.Actions {
		if a.Status == profile.ActionOpen || a.Status == profile.ActionDone {
			out = append(out, a)
		}
	}
	return out
}

func measurable(g profile.Goal) Letter {
	l := Letter{Letter: "M", Name: "measurable"}
	for _, a := range live(g) {
		if !a.Shows.Empty() {
			l.OK, l.Says = true, "shown by: "+a.Shows.Line()
			return l
		}
	}
	l.Says = "say for one action what will show that it was done"
	return l
}

func assignable(g profile.Goal) Letter {
	l := Letter{Letter: "A", Name: "assignable"}
	for _, a := range live(g) {
		if !a.Who.Empty() {
			l.OK, l.Says = true, "with: "+a.Who.Line()
			return l
		}
	}
	l.Says = "name who helps with one of the actions"
	return l
}

// maxSteps is how many open actions one goal can carry between two reviews.
const maxSteps = 5

func realistic(g profile.Goal, today calendar.Date) Letter {
	l := Letter{Letter: "R", Name: "realistic and relevant"}
	open := 0
	for _, a := range g.Actions {
		if a.Status == profile.ActionOpen {
			open++
		}
	}
	switch {
	case g.Why.Empty():
		l.Says = "add one line on why this goal, now"
	case len(live(g)) == 0:
		l.Says = "add a first action that fits into a working week"
	case open > maxSteps:
		l.Says = "that is many actions at once; keep the two or three that matter most"
	case !g.Due.IsZero() && !g.Due.Before(today) && today.Days(g.Due) < 7:
		l.Says = "less than a week is left; move the date or make the step smaller"
	default:
		l.OK, l.Says = true, g.Why.Line()
	}
	return l
}

func timed(g profile.Goal, today calendar.Date) Letter {
	l := Letter{Letter: "T", Name: "time-related"}
	switch {
	case g.Due.IsZero():
		l.Says = "give the goal a date"
	case g.Due.Before(today) && g.Status == profile.GoalActive:
		l.Says = "the date " + g.Due.Long() + " is past; agree a new one or close the goal"
	default:
		l.OK, l.Says = true, "by "+g.Due.Long()
	}
	return l
}
