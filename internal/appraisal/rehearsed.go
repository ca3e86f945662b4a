package appraisal

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Rehearsals are the kept notes of rehearsals, newest first.
func Rehearsals(p profile.Profile) []profile.Reflection {
	var out []profile.Reflection
	for _, r := range slices.Backward(p.Reflections) {
		if r.Model == profile.RehearsalModel {
			out = append(out, r)
		}
	}
	sorting.By(out, func(a, b profile.Reflection) int { return b.On.Compare(a.On) })
	return out
}

// Unreviewed is the newest rehearsal of which something was kept since the last review.
func Unreviewed(p profile.Profile) (profile.Reflection, bool) {
	all := Rehearsals(p)
	if last, _ := p.LastReview(); len(all) == 0 || all[0].On.Before(last.On) {
		return profile.Reflection{}, false
	}
	return all[0], true
}

// Rehearsed keeps the notes of a rehearsal as a private reflection with a step for each question. Notes are in the
// order of the questions, and empty ones are left out. If all are empty the reflection has no answers, and
// AddReflection takes out the one that was kept, or refuses where there is none.
func Rehearsed(id string, on calendar.Date, std *standard.Standard, questions []Question,
	notes []safetext.Text,
) profile.Reflection {
	r := profile.Reflection{ID: id, On: on, Model: profile.RehearsalModel}
	for i, q := range questions[:min(len(questions), len(notes))] {
		if notes[i].Empty() {
			continue
		}
		r.Answers = append(r.Answers, profile.Answer{Step: q.Text, Text: notes[i]})
		if q.KSB != "" && !slices.Contains(r.KSBs, q.KSB) {
			r.KSBs = append(r.KSBs, q.KSB)
		}
	}
	if len(r.KSBs) == 0 {
		r.KSBs = []string{appraising(std)}
	}
	return r
}

// Notes are what a rehearsal keeps, beside the questions.
func Notes(r profile.Reflection, questions []Question) []safetext.Text {
	out := make([]safetext.Text, len(questions))
	for i, q := range questions {
		out[i] = r.Answer(q.Text)
	}
	return out
}

// Resumed lists the questions for continuing a rehearsal: today's, together with those answered before that today's
// record would no longer ask, each in its old place.
func Resumed(r profile.Reflection, questions []Question) []Question {
	out := slices.Clone(questions)
	at := -1
	for _, a := range r.Answers {
		if i := slices.IndexFunc(out, func(q Question) bool { return q.Text == a.Step }); i >= 0 {
			at = max(at, i)
			continue
		}
		old := Question{Part: partWell, Text: a.Step, Why: "You answered it on " + r.On.Long()}
		if code, _, _ := strings.Cut(a.Step, " "); slices.Contains(r.KSBs, code) {
			old.KSB = code
		}
		if at >= 0 {
			old.Part = out[at].Part
		}
		at++
		out = slices.Insert(out, at, old)
	}
	return out
}

// appraising is the KSB that rehearsing practises: taking part in an appraisal, where the standard has it, else its
// first.
func appraising(std *standard.Standard) string {
	const takingPart = "K33"
	if slices.Contains(plan.Basis, takingPart) && std.Place(takingPart) >= 0 {
		return takingPart
	}
	return std.Walk()[0]
}

// Finding is what the notes of a rehearsal say towards one mark of a well-structured appraisal.
type Finding struct {
	Field string // as Mark.Field
	Met   bool
	Words string // what is there, or what would complete it; safe to show
}

// Look searches the notes of a rehearsal for the marks, in the order of Marks: an objective with a date, something to
// do differently, a strength. It finds words and cannot judge them, so it only helps the learner answer. Without notes
// it finds nothing.
func Look(questions []Question, notes []safetext.Text) []Finding {
	if !slices.ContainsFunc(notes, func(t safetext.Text) bool { return !t.Empty() }) {
		return nil
	}
	return []Finding{objective(questions, notes), saidDifferently(questions, notes), strength(questions, notes)}
}

func objective(questions []Question, notes []safetext.Text) Finding {
	f := Finding{Field: "clear", Words: "Your notes hold no plan yet. One action with a date is a good start."}
	for i, q := range questions {
		if q.Part != partNext || notes[i].Empty() {
			continue
		}
		if when := daysNamed.Get().FindString(notes[i].Line()); when != "" {
			return Finding{"clear", true, "Your plan says when (" + when + "), so it can be checked next time."}
		}
		f.Words = "Your plan is there. With a day in it, such as by the end of January, it can be checked next time."
	}
	return f
}

func saidDifferently(questions []Question, notes []safetext.Text) Finding {
	for i, q := range questions {
		if !notes[i].Empty() && (q.Text == differently || changesNamed.Get().MatchString(notes[i].Line())) {
			return Finding{"helped", true, "You say what you would do differently."}
		}
	}
	return Finding{Field: "helped", Words: "One thing that you would do differently would complete your notes."}
}

func strength(questions []Question, notes []safetext.Text) Finding {
	for i, q := range questions {
		if notes[i].Empty() || q.Part != partWell && q.Part != partOthers {
			continue
		}
		words := "You name something that went well."
		if q.KSB != "" {
			words = "You name a strength: " + q.KSB + "."
		}
		return Finding{"valued", true, words}
	}
	return Finding{Field: "valued", Words: "A strength would complete your notes: what went well is asked first so " +
		"that it is said."}
}

// daysNamed finds a day or a stretch of time as people write it. "May", "march" and "Jan" mean other things too, so
// that they count only behind a word that leads to a date.
var daysNamed = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	const months = `january|feb(ruary)?|apr(il)?|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?`
	return regexp.MustCompile(`(?i)\b(` + `\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(/\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4}|` +
		`((by|in|until|before|of|early|mid|late) )?(` + months + `)|` +
		`((by|in|until|before|of|early|mid|late)|\d{1,2}(st|nd|rd|th)?) (march|mar|may|jan)|` +
		`(by |on |next |this )?(mon|tues|wednes|thurs|fri|satur|sun)day|` +
		`(next|this|coming|end of the|end of this|end of next) (week|month|term|quarter|year|review)|` +
		`(in|within) (a|an|one|two|three|four|five|six|\d+) (day|week|month)s?|` +
		`tomorrow|christmas|easter)\b`)
}}

// changesNamed finds words for doing something in another way.
var changesNamed = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(differently|instead|next time|from now on|(should|could|would) have|in future)\b`)
}}
