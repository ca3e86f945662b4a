package appraisal

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// The parts of a rehearsal, in Pendleton's order: of what went well and of what could be better the learner speaks
// first, and the mentor after.
const (
	partWell   = "what went well"
	partOthers = "what others saw go well"
	partLast   = "last time"
	partBetter = "what could be better"
	partDiffer = "where we differ"
	partNext   = "what next"
)

// parts lists them.
var parts = []string{partWell, partOthers, partLast, partBetter, partDiffer, partNext}

// Question is one that the appraiser may ask. Its texts are safe to show.
type Question struct {
	Part string // such as "what went well"
	KSB  string // "" for one about the whole
	Text string
	Why  string // why it is asked of this learner
}

// How many questions a rehearsal has: enough for half an hour.
const (
	minQuestions = 8
	maxQuestions = 10
)

// A candidate is a question with its rank: the three that open and end every talk, then those drawn from the record,
// more of those, and last what fills up where the record has little.
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

// Two of the questions that are always asked. What is noted to them is looked at when the talk is over.
const (
	differently = "Looking back, what would you do differently?"
	nextActions = "Which three to five actions will you take on, who helps with each, by when, and what will show it?"
)

// Questions are eight to ten questions for a rehearsal, drawn from this learner's strengths, overdue actions, gaps and
// up to three disagreements, the largest first, in Pendleton's order. They are the same as long as the record is.
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
	return []candidate{
		{always, Question{partWell, "", "What has gone well since " +
			since + ", and how do you know?", "The learner speaks first, and of what went well"}},
		{always, Question{partBetter, "", differently, "The learner says first what could be better"}},
		{always, Question{partNext, "", nextActions, "A review ends in a plan that can be checked next time"}},
		{filler, Question{
			partOthers, "", "What would somebody who works beside you say that you do well?",
			"After your own view comes that of others",
		}},
		{filler, Question{partLast, "", last, "What was planned before comes up again"}},
		{filler, Question{
			partDiffer, "", "Where do you expect that I see you differently?",
			"To think of it beforehand makes it easier to hear",
		}},
		{filler, Question{
			partNext, "", "What do you need from me, or from your employer, to make it possible?",
			"Promises are made on both sides",
		}},
		{filler, Question{
			partBetter, "", "What is the hardest part of the work for you at present?",
			"Trouble that is named early is the easiest to help with",
		}},
	}
}
