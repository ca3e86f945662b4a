package plan

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// vague openings say what to feel or know about, and not what will be done. A goal may say first who it is about, or
// that it is one: see opening.
var vague = []string{
	"understand", "know more", "know about", "learn about", "learn more", "improve", "develop", "get better",
	"be better", "become better", "get more confident",
	"be more", "become more", "gain confidence", "be aware", "become aware", "be familiar", "become familiar",
	"look into", "look at", "think about", "work on", "focus on",
	"try", "aim to", "continue to", "carry on", "keep going", "work hard", "make an effort", "put more effort",
}

// effort lists phrases, anywhere in a goal, about how hard the learner will try rather than what they will be able to
// do. People told to do their best achieve less than those with a goal that says what done looks like (Locke and Latham
// 2002).
var effort = []string{
	"do my best", "do our best", "doing my best", "try my best", "my very best", "as best i can", "best i can",
	"best as i can", "as well as i can", "as well as possible", "as much as i can", "as much as possible",
	"as many as i can", "as many as possible", "as good as possible", "as i can", "if possible", "where possible",
	"if i can", "when i can", "whenever i can", "try harder", "work harder", "more effort", "give it my all",
	"hopefully",
}

// goalBeginning is the beginning of a goal behind such words as "I will", from which it is read.
func goalBeginning(text string) string {
	for again := true; again; {
		again = false
		for _, lead := range []string{
			"my goal is to ", "my aim is to ", "i will be able to ", "i will ", "i'll ",
			"i want to ", "i would like to ", "i am going to ", "to ", "be able to ",
		} {
			if rest, ok := strings.CutPrefix(text, lead); ok {
				text, again = rest, true
			}
		}
	}
	return text
}

// has reports whether a text has these words, and not only as parts of longer ones.
func has(text, words string) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || r == '\'' }
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(words):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		at += i + len(words)
	}
}

// ableTo asks for what a specific goal has.
const ableTo = "what exactly will you be able to do or show"

// minWords is how few words a goal can have and still say what, where and with what.
const minWords = 5

func specific(g profile.Goal) Letter {
	l := Letter{Letter: "S", Name: "specific"}
	text := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(g.Text.Line())), "\u2019", "'")
	for _, e := range effort {
		if has(text, e) {
			l.Says = ableTo + "? \"" + e + "\" says how hard you will try"
			return l
		}
	}
	begins := goalBeginning(text)
	for _, v := range vague {
		if has(begins[:min(len(v)+1, len(begins))], v) {
			l.Says = ableTo + "? nobody can watch \"" + v + "\""
			return l
		}
	}
	if len(strings.Fields(text)) < minWords {
		l.Says = ableTo + ", and on which equipment, procedure or task?"
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
	switch {
	case g.Why.Empty():
		l.Says = "add one line on why this goal, now"
	case len(live(g)) == 0:
		l.Says = "add a first action that fits into a working week"
	case len(g.OpenActions()) > maxSteps:
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
