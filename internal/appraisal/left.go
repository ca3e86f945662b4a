package appraisal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// LeftWords say what a review left, such as "you 2, J. Ode 1: see her on artefact with two more traces", or "agreed on
// 13 Sep 2026: Teaching first".
func LeftWords(p profile.Profile, l profile.Left) string { return leftSaid(p, l, You) }

// leftSaid is LeftWords with the learner named as you.
func leftSaid(p profile.Profile, l profile.Left, you string) string {
	r, _ := p.Review(l.Review)
	if l.KSB == "" {
		return "agreed on " + r.On.Long() + ": " + r.Agreed.Line()
	}
	round, _ := p.Round(r.Round)
	said := []string{}
	if self, ok := round.Ratings[profile.Self][l.KSB]; ok {
		said = append(said, you+" "+Level(self))
	}
	if mentors := round.Mentors(l.KSB); len(mentors) > 0 {
		said = append(said, mentorWords(mentors, mentors[0].By.Or("your mentor")))
	}
	return strings.Join(said, ", ") + round.Differ[l.KSB].Note.After(": ")
}

// WhatCame asks after what a review left, behind its words.
const WhatCame = "What came of it?"

// Came says what came of something that was left open, such as "done: two more traces, both clean"; "" until it is
// answered.
func Came(l profile.Left) string {
	if l.Outcome == profile.ActionOpen {
		return ""
	}
	return l.Outcome.Words() + l.Note.After(": ")
}

// NotAnswered is a sentence about what the last review left open and is not answered yet, or "".
func NotAnswered(p profile.Profile) string {
	var ids []string
	for _, l := range p.Unanswered() {
		if name := cmp.Or(l.KSB, "what was agreed in words"); !slices.Contains(ids, name) {
			ids = append(ids, name)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return "Not said yet what came of " + words.List(ids) + "; the next review asks again."
}

// LeftAnswered says, when the last thing that was left in words has an answer, what of last time still stands: actions
// that are past their day.
func LeftAnswered(p profile.Profile, today calendar.Date) string {
	if n := len(p.Overdue(today)); n > 0 {
		return "Nothing else is left to answer; " + words.Count(n, "action is", "actions are") + " past " + words.Form(n, "its", "their") + " day."
	}
	return "All that was left last time is answered."
}

// left writes the answers to what the previous review left open.
func (w *recorder) left() {
	list := w.r.Left
	if w.r.Closed.IsZero() {
		list = w.p.Left()
	}
	var out []doc.Item
	for _, l := range list {
		if l.Outcome == profile.ActionOpen {
			continue
		}
		r, _ := w.p.Review(l.Review)
		round, _ := w.p.Round(r.Round)
		says, what := "Agreed in words on "+r.On.Long(), r.Agreed
		if l.KSB != "" {
			says, what = l.KSB+", on which they differed on "+r.On.Long(), round.Differ[l.KSB].Note
		}
		says = strings.TrimSuffix(says+what.After(": "), ".")
		out = append(out, line(sentence(says+". "+words.Capital(l.Outcome.Words())+".", l.Note)))
	}
	w.part("What came of what was left last time", out)
}

// LeftAs finds what the last review left open by the name that people use: a KSB, or "agreed" for what was agreed in
// words. Of several it finds the first that is not answered.
func LeftAs(p profile.Profile, name string) (profile.Left, bool) {
	ksb := standard.Code(name)
	if strings.EqualFold(name, "agreed") {
		ksb = ""
	}
	is := func(l profile.Left) bool { return l.KSB == ksb }
	list := slices.Concat(p.Unanswered(), p.Left())
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], true
	}
	return profile.Left{KSB: ksb}, false
}

// LeftTitle is the title of the KSB that was left open, or a title for what was agreed in words.
func LeftTitle(l profile.Left, title func(ksb string) string) string {
	if l.KSB == "" {
		return "What was agreed in words"
	}
	return safetext.Line(title(l.KSB))
}
