package appraisal

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// The parts of a rehearsal, in Pendleton's order: on what went well, and on what could be better, the learner speaks
// first and the mentor after.
const (
	partWell   = "what went well"
	partOthers = "what others saw go well"
	partLast   = "last time"
	partBetter = "what could be better"
	partDiffer = "where we differ"
	partNext   = "what next"
)

var parts = []string{partWell, partOthers, partLast, partBetter, partDiffer, partNext}

// Question is a question that the appraiser may ask. Its texts are safe to show.
type Question struct {
	Part string // such as "what went well"
	KSB  string // "" for a general question
	Text string
	Why  string // why it is asked of this learner
}

// How many questions a rehearsal has: enough for half an hour.
const (
	minQuestions = 8
	maxQuestions = 10
)

// A candidate is a question that may be chosen; the lowest ranks are chosen first.
type candidate struct {
	rank int
	Question
}

const (
	always = iota // asked in every rehearsal
	drawn         // drawn from the record
	more          // more of those
	filler        // general, for a record that gives too few
)

// Two of the questions that are always asked. Look looks at the notes on them.
const (
	differently = "Looking back, what would you do differently?"
	nextActions = "Which three to five actions will you take on, who helps with each, by when, and what will show it?"
)

// Questions are eight to ten questions for a rehearsal in Pendleton's order, drawn from the learner's strengths,
// overdue actions, gaps and up to three largest differences. The same record always gives the same questions.
func Questions(r *gap.Report, p profile.Profile, coach plan.Coach, title plan.Titles) []Question {
	ask := interviewer{r: r, p: p, coach: coach, title: title}
	differences := ask.differences()
	all := slices.Concat(general(p), ask.strengths(), ask.actions(), differences, ask.seenByOthers(differences),
		ask.gaps(differences))
	sorting.By(all, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	var out []Question
	for _, c := range all {
		if len(out) < minQuestions || c.rank < filler && len(out) < maxQuestions {
			out = append(out, c.Question)
		}
	}
	sorting.By(out, func(a, b Question) int {
		return cmp.Compare(slices.Index(parts, a.Part), slices.Index(parts, b.Part))
	})
	return out
}

// general are the questions that any learner can be asked.
func general(p profile.Profile) []candidate {
	since, last := "you started", "What did you hope to learn when you started, and how far are you with it?"
	if r, ok := p.LastReview(); ok {
		since, last = r.On.Long(), "What did you set out to do on "+r.On.Long()+", and what came of it?"
	}
	ask := func(rank int, part, text, why string) candidate {
		return candidate{rank, Question{part, "", text, why}}
	}
	return []candidate{
		ask(always, partWell, "What has gone well since "+since+", and how do you know?",
			"The learner speaks first, and of what went well"),
		ask(always, partBetter, differently, "The learner says first what could be better"),
		ask(always, partNext, nextActions, "A review ends in a plan that can be checked next time"),
		ask(filler, partOthers, "What would somebody who works beside you say that you do well?",
			"After your own view comes that of others"),
		ask(filler, partLast, last, "What was planned before comes up again"),
		ask(filler, partDiffer, "Where do you expect that I see you differently?",
			"It is easier to hear if you have thought about it beforehand"),
		ask(filler, partNext, "What do you need from me, or from your employer, to make it possible?",
			"Promises are made on both sides"),
		ask(filler, partBetter, "What is the hardest part of the work for you at present?",
			"Trouble is easiest to help with if it is named early"),
	}
}

// An interviewer draws questions from one learner's record.
type interviewer struct {
	r     *gap.Report
	p     profile.Profile
	coach plan.Coach
	title plan.Titles
}

// about begins a question about a KSB with its ID, its title and what the record says.
func (i interviewer) about(id string, says ...string) string {
	return id + " " + i.title(id) + ": " + strings.Join(says, " ")
}

// coached is what the coaching asks about a KSB at the learner's level, or the other question if it has none.
func (i interviewer) coached(id, otherwise string) string {
	row, _ := i.r.Row(id)
	entry, ok := i.coach(id)
	if questions := entry.QuestionsAt(plan.From(row)); ok && len(questions) > 0 {
		return questions[0]
	}
	return otherwise
}

const mostQuoted = 120 // the longest quotation in a question, in characters

// quoted puts words of the record in quotation marks, and shortens long ones.
func quoted(t safetext.Text) string {
	if words := []rune(t.Line()); len(words) > mostQuoted {
		return `"` + strings.TrimSpace(string(words[:mostQuoted])) + ` [...]"`
	}
	return `"` + t.Line() + `"`
}

// strengths asks about the best strength, and about an unsupported claim or else a second strength.
func (i interviewer) strengths() []candidate {
	const tell = "Tell me of one time when you did it well. What did others notice?"
	var out []candidate
	used := ""
	if rows := i.r.Strengths(); len(rows) > 0 {
		used = rows[0].KSB.ID
		text := i.about(used, i.evidenceOf(rows[0]), i.coached(used, tell))
		out = append(out, candidate{drawn, Question{partWell, used, text, i.strengthWhy(rows[0])}})
	}
	for _, row := range slices.Concat(i.r.Unsupported(), i.r.Strengths()) {
		if row.KSB.ID == used {
			continue
		}
		why := i.strengthWhy(row)
		if row.Unsupported() {
			why = "A claim that still needs an example: " + unsupportedWords(i.r, row)
		}
		text := i.about(row.KSB.ID, i.evidenceOf(row), i.coached(row.KSB.ID, tell))
		return append(out, candidate{more, Question{partWell, row.KSB.ID, text, why}})
	}
	return out
}

func (i interviewer) strengthWhy(row gap.Row) string {
	return "A strength: " + row.AgainstTarget(i.r.AsOf)
}

// evidenceOf names the newest evidence for a level, or says that nothing shows it.
func (i interviewer) evidenceOf(row gap.Row) string {
	best, ok := newestFor(i.p, row.KSB.ID)
	switch {
	case ok:
		return fmt.Sprintf("what shows it is %s, %s.", quoted(best.Title), best.On.Long())
	case row.Aged != nil:
		return row.Aged.Words(i.r.AsOf) + ", and nothing shows it yet."
	}
	return fmt.Sprintf("you rated it %s on %s, and nothing shows it yet.", row.Level, row.On.Long())
}

// newestFor is the newest piece of evidence for a KSB, and false if there is none.
func newestFor(p profile.Profile, ksb string) (best profile.Evidence, ok bool) {
	for _, e := range p.EvidenceFor(ksb) {
		if !ok || e.On.After(best.On) {
			best, ok = e, true
		}
	}
	return best, ok
}

// seenByOthers asks what a witness saw go well. It ranks lower if a difference asks about the views of others already.
func (i interviewer) seenByOthers(differences []candidate) []candidate {
	rank := drawn
	if slices.ContainsFunc(differences, func(c candidate) bool { return c.Part == partOthers }) {
		rank = more
	}
	var best profile.Evidence
	for _, e := range i.p.Evidence {
		if !e.Witness.Empty() && e.Fresh(i.r.AsOf, i.r.StaleMonths) && !e.On.Before(best.On) &&
			i.r.Standard.Place(e.KSBs[0]) >= 0 {
			best = e
		}
	}
	if best.ID == "" {
		return nil
	}
	text := i.about(best.KSBs[0], fmt.Sprintf("%s saw %s, %s. What would they say that you did well?",
		best.Witness.Line(), quoted(best.Title), best.On.Long()))
	return []candidate{{rank, Question{partOthers, best.KSBs[0], text, "Somebody else saw it, and can say so"}}}
}

// actions asks about the two longest overdue actions, or if there are none, about an open one.
func (i interviewer) actions() []candidate {
	late := i.p.Overdue(i.r.AsOf)
	sorting.By(late, func(a, b profile.Action) int { return a.Due.Compare(b.Due) })
	var out []candidate
	for n, a := range late[:min(len(late), 2)] {
		_, g, _ := i.p.Action(a.ID)
		text := "You planned " + quoted(a.Text) + " by " + a.Due.Long() + ". What came of it, and what got in the way?"
		was := "It was " + plan.DueWords(a.Due, i.r.AsOf)
		out = append(out, candidate{drawn + n, Question{partLast, g.KSBs[0], text, was}})
	}
	if pending := i.p.Pending(); len(out) == 0 && len(pending) > 0 {
		_, g, _ := i.p.Action(pending[0].ID)
		text := "You planned " + quoted(pending[0].Text) + ". How far are you with it?"
		out = append(out, candidate{drawn, Question{partLast, g.KSBs[0], text, "It is one of your open actions"}})
	}
	return out
}

// gaps asks about the first three gaps, except those that a difference asks about already.
func (i interviewer) gaps(differences []candidate) []candidate {
	var out []candidate
	for _, row := range plan.Firsts(i.r) {
		id := row.KSB.ID
		if slices.ContainsFunc(differences, func(c candidate) bool { return c.KSB == id }) {
			continue
		}
		if len(out) == few {
			break
		}
		where := fmt.Sprintf("you are at %s, and %s is the target.", row.Level, row.Target)
		if row.Aged != nil {
			where = fmt.Sprintf("%s, and %s is the target.", row.Aged.Words(i.r.AsOf), row.Target)
		} else if x, ok := i.p.Newest(id, profile.Self); ok && !x.Note.Empty() {
			where = fmt.Sprintf("you are at %s, and noted %s.", row.Level, quoted(x.Note))
		}
		text := i.about(id, where, i.coached(id, "What is between you and the next level?"))
		why := "One of your first gaps: " + strings.Join(i.r.Reasons(row), ", ")
		out = append(out, candidate{drawn + min(len(out), 1), Question{partBetter, id, text, why}})
	}
	return out
}

// differences asks about up to three, the largest first. If the mentor sees a KSB higher, it asks about it as a
// strength.
func (i interviewer) differences() []candidate {
	var out []candidate
	differ := lists.Where(Open(i.p, i.r.Standard), func(d Difference) bool { return !d.TalkedOver() })
	for _, d := range firsts(differ) {
		part, ask := partDiffer, "Show me what I have missed, or tell me where I am right."
		switch {
		case d.Opportunity():
			ask = "Where is the chance that one of us does not see?"
		case d.Widest() < 0:
			part, ask = partOthers, "What do you think I saw that you did not count?"
		}
		text := i.about(d.KSB, append(mentorsSay(d), ask)...)
		out = append(out, candidate{drawn, Question{part, d.KSB, text, "You differ here: " + d.Words()}})
	}
	return out
}

// mentorsSay gives the mentors' side of a difference. If there is only one mentor, they are the one asking and say "I".
func mentorsSay(d Difference) []string {
	mentors := d.Mentors()
	if len(mentors) == 1 {
		says := []string{fmt.Sprintf("I say %s, and you say %s.", d.Mentor.Figure(), d.Self.Figure())}
		if !d.MentorNote.Empty() {
			says = append(says, "I noted "+quoted(d.MentorNote)+".")
		}
		return says
	}
	says := []string{fmt.Sprintf("Your mentors gave it: %s. You say %s.", mentorWords(mentors, ""), d.Self.Figure())}
	for _, x := range mentors {
		if !x.Note.Empty() {
			says = append(says, MentorName(x.By)+" noted "+quoted(x.Note)+".")
		}
	}
	return says
}

// Rehearsals are the notes of past rehearsals, the newest first.
func Rehearsals(p profile.Profile) []profile.Reflection {
	out := lists.Where(p.Reflections, func(r profile.Reflection) bool { return r.Model == profile.RehearsalModel })
	slices.Reverse(out)
	sorting.By(out, func(a, b profile.Reflection) int { return b.On.Compare(a.On) })
	return out
}

// Unreviewed is the newest rehearsal since the last review, and false if there is none.
func Unreviewed(p profile.Profile) (profile.Reflection, bool) {
	all := Rehearsals(p)
	if last, _ := p.LastReview(); len(all) == 0 || all[0].On.Before(last.On) {
		return profile.Reflection{}, false
	}
	return all[0], true
}

// Rehearsal is the rehearsal to continue, which is Unreviewed, and its questions. If there is none, its ID is "" and
// the questions are for a new one.
func Rehearsal(
	r *gap.Report, p profile.Profile, coach plan.Coach, title plan.Titles,
) (profile.Reflection, []Question) {
	kept, _ := Unreviewed(p)
	return kept, resumed(kept, Questions(r, p, coach, title))
}

// Rehearsed makes a private reflection of the notes on a rehearsal, with an answer for each question that has one.
// Notes are in the order of the questions. If all are empty, the reflection has no answers: profile.AddReflection then
// removes the one with that ID, or refuses if there is none.
func Rehearsed(
	id string, on calendar.Date, std *standard.Standard, questions []Question, notes []safetext.Text,
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

// Notes are the notes that a rehearsal has on the questions, in their order.
func Notes(r profile.Reflection, questions []Question) []safetext.Text {
	return lists.Each(questions, func(q Question) safetext.Text { return r.Answer(q.Text) })
}

// resumed lists the questions for continuing a rehearsal: today's, and those answered before that today's record would
// no longer raise, each after the question that it followed.
func resumed(r profile.Reflection, questions []Question) []Question {
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

// appraising is the KSB that rehearsing practises: taking part in an appraisal, or the first KSB if the standard has no
// such one.
func appraising(std *standard.Standard) string {
	const takingPart = "K33"
	if slices.Contains(plan.Basis, takingPart) && std.Place(takingPart) >= 0 {
		return takingPart
	}
	return std.Walk()[0]
}

// Finding is what the notes of a rehearsal hold for one mark of a well-structured appraisal.
type Finding struct {
	Field string // as Mark.Field
	Met   bool
	Words string // what is there, or what is missing; safe to show
}

// Look searches the notes of a rehearsal for the marks, in the order of Marks: an objective with a date, something to
// do differently, a strength. It only looks for words and cannot judge them. Without any notes it gives nil.
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
		text := "You name something that went well."
		if q.KSB != "" {
			text = "You name a strength: " + q.KSB + "."
		}
		return Finding{"valued", true, text}
	}
	return Finding{Field: "valued", Words: "A strength would complete your notes: what went well is asked first so " +
		"that it is said."}
}

// daysNamed finds a day or a period as people write it. "May", "march" and "Jan" have other meanings too, so they count
// only after a day or a word that leads up to a date.
var daysNamed = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	const months = `january|feb(ruary)?|apr(il)?|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?`
	return regexp.MustCompile(`(?i)\b(` + `\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(/\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4}|` +
		`((by|in|until|before|of|early|mid|late) )?(` +
		months + `)|` + `((by|in|until|before|of|early|mid|late)|\d{1,2}(st|nd|rd|th)?) (march|mar|may|jan)|` +
		`(by |on |next |this )?(mon|tues|wednes|thurs|fri|satur|sun)day|` +
		`(next|this|coming|end of the|end of this|end of next) (week|month|term|quarter|year|review)|` +
		`(in|within) (a|an|one|two|three|four|five|six|\d+) (day|week|month)s?|` + `tomorrow|christmas|easter)\b`)
}}

// changesNamed finds words for doing something differently.
var changesNamed = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(differently|instead|next time|from now on|(should|could|would) have|in future)\b`)
}}
