package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// The parts of a rehearsal, in Pendleton's order.
const (
	PartWell   = "what went well"
	PartLast   = "last time"
	PartBetter = "what could be better"
	PartDiffer = "where we differ"
	PartNext   = "what next"
)

// Parts lists them.
var Parts = []string{PartWell, PartLast, PartBetter, PartDiffer, PartNext}

// Question is one that the appraiser may ask. Its texts are safe to show.
type Question struct {
	Part string // one of Parts
	KSB  string // "" for one about the whole
	Text string
	Why  string // why it is asked of this learner
}

// How many questions a rehearsal has: enough for half an hour.
const (
	minQuestions = 8
	maxQuestions = 10
)

// A candidate is a question with its rank: the three that open and end every talk, then those drawn from the record, more of
// those, and last what fills up where the record has little.
type candidate struct {
	rank int
	Question
}

const (
	always = iota
	drawn
	more
	filler
)

// Questions are eight to ten questions for a rehearsal, drawn from this learner's strengths, overdue actions, gaps and
// disagreements, in Pendleton's order: what went well first, from the learner, and then what could be better.
func Questions(r *gap.Report, p profile.Profile, coach plan.Coach, title plan.Titles) []Question {
	ask := interviewer{r, p, coach, title}
	all := slices.Concat(general(p), ask.strengths(), ask.actions(), ask.gaps(), ask.differences())
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	var out []Question
	for _, c := range all {
		if len(out) < minQuestions || c.rank < filler && len(out) < maxQuestions {
			out = append(out, c.Question)
		}
	}
	slices.SortStableFunc(out, func(a, b Question) int {
		return cmp.Compare(slices.Index(Parts, a.Part), slices.Index(Parts, b.Part))
	})
	return out
}

// general are the questions that any learner can be asked.
func general(p profile.Profile) []candidate {
	since := "you started"
	if last, ok := p.LastReview(); ok {
		since = last.On.Long()
	}
	return []candidate{
		{always, Question{PartWell, "", "What has gone well since " + since + ", and how do you know?", "The learner speaks first, and of what went well"}},
		{always, Question{PartBetter, "", "Looking back, what would you do differently?", "The learner says first what could be better"}},
		{always, Question{PartNext, "", "Which three to five actions will you take on, who helps with each, by when, and what will show it?", "A review ends in a plan that can be checked next time"}},
		{filler, Question{PartWell, "", "Who made a difference to your learning, and what did they do?", "What helped once can be asked for again"}},
		{filler, Question{PartLast, "", "What did you set out to do after last time, and what came of it?", "Every action of last time comes up again"}},
		{filler, Question{PartDiffer, "", "Where do you expect that I see you differently?", "To think of it beforehand makes it easier to hear"}},
		{filler, Question{PartNext, "", "What do you need from me, or from your employer, to make it possible?", "Promises are made on both sides"}},
		{filler, Question{PartBetter, "", "What is the hardest part of the work for you at present?", "Trouble that is named early is the easiest to help with"}},
	}
}

// An interviewer draws questions from one learner's record.
type interviewer struct {
	r     *gap.Report
	p     profile.Profile
	coach plan.Coach
	title plan.Titles
}

// about is a question on one KSB: one of the coach's, or the one given where none is written.
func (i interviewer) about(id, otherwise string) string {
	text := otherwise
	if entry, ok := i.coach(id); ok && len(entry.Questions) > 0 {
		text = entry.Questions[0]
	}
	return fmt.Sprintf("%s, %s: %s", id, i.title(id), text)
}

// strengths asks for the best one, and for the proof of a claim that has none.
func (i interviewer) strengths() []candidate {
	const tell = "tell me of one time when you did it well. What did others notice?"
	var out []candidate
	used := ""
	if rows := i.r.Strengths(); len(rows) > 0 {
		used = rows[0].KSB.ID
		out = append(out, candidate{drawn, Question{PartWell, used, i.about(used, tell), "A strength: " + strengthWords(i.p, rows[0])}})
	}
	for _, row := range slices.Concat(i.r.Unsupported(), i.r.Strengths()) {
		if row.KSB.ID == used {
			continue
		}
		why := "A strength: " + strengthWords(i.p, row)
		if row.Unsupported() {
			why = "A claim that still has to be earned: " + unsupportedWords(i.r, row)
		}
		return append(out, candidate{drawn, Question{PartWell, row.KSB.ID, i.about(row.KSB.ID, tell), why}})
	}
	return out
}

// actions asks after the one that is overdue longest, and after one more.
func (i interviewer) actions() []candidate {
	late := slices.SortedStableFunc(slices.Values(i.p.Overdue(i.r.AsOf)), func(a, b profile.Action) int { return a.Due.Compare(b.Due) })
	var out []candidate
	for n, a := range late[:min(len(late), 2)] {
		_, g, _ := i.p.Action(a.ID)
		q := Question{PartLast, g.KSBs[0], "What became of this: " + a.Text.Line(), "Overdue since " + a.Due.Long()}
		out = append(out, candidate{drawn + n, q})
	}
	if len(out) > 0 {
		return out
	}
	for _, a := range i.p.Pending() {
		_, g, _ := i.p.Action(a.ID)
		return []candidate{{drawn, Question{PartLast, g.KSBs[0], "How far are you with this: " + a.Text.Line(), "It is one of your open actions"}}}
	}
	return nil
}

func (i interviewer) gaps() []candidate {
	var out []candidate
	for n, row := range firsts(i.r.Gaps()) {
		why := "One of your largest gaps: " + strings.Join(i.r.Reasons(row), ", ")
		q := Question{PartBetter, row.KSB.ID, i.about(row.KSB.ID, "what is between you and the next level?"), why}
		out = append(out, candidate{drawn + n/2, q})
	}
	return out
}

func (i interviewer) differences() []candidate {
	var out []candidate
	for n, d := range Open(i.p, i.r.Standard) {
		if n == 2 {
			break
		}
		text := fmt.Sprintf("%s, %s: I see it at %s. Show me what I have missed, or tell me where I am right.", d.KSB, i.title(d.KSB), said(d.Mentor))
		out = append(out, candidate{drawn + n, Question{PartDiffer, d.KSB, text, "You differ here: " + d.Words()}})
	}
	return out
}

// RehearsalModel is the model that the reflection of Rehearsed names.
const RehearsalModel = profile.RehearsalModel

// Rehearsed keeps the notes of a rehearsal as a private reflection with a step for each question; notes stand beside the
// questions in order, and empty ones are left out. Where all are empty it has no answers, and AddReflection refuses it.
func Rehearsed(id string, on calendar.Date, std *standard.Standard, questions []Question, notes []safetext.Text) profile.Reflection {
	r := profile.Reflection{ID: id, On: on, Model: RehearsalModel}
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

// appraising is the KSB that rehearsing practises: taking part in an appraisal, where the standard has it, else its first.
func appraising(std *standard.Standard) string {
	const takingPart = "K33"
	if slices.Contains(plan.Basis, takingPart) && std.Place(takingPart) >= 0 {
		return takingPart
	}
	return std.Walk()[0]
}
