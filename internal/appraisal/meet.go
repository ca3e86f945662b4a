package appraisal

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Item is one part of the meeting. From and Minutes are in minutes from its start.
type Item struct {
	ID      string
	From    int
	Minutes int
	Title   string
	Who     string // who speaks first
	Words   string
}

// The parts of the meeting whose progress shows in the record; the others are those of profile.Talks.
const (
	AgendaLast  = "last"
	AgendaAgree = "agree"
	AgendaNew   = "new"
	AgendaClose = "close"
)

// MinMinutes is the shortest meeting that an agenda can be made for.
const MinMinutes = 15

// hour is the agenda of sixty minutes in Pendleton's order; other lengths are shared out alike. Each part has four
// minutes or more, the last one three, so that none vanishes from the shortest meeting.
var hour = []Item{
	{
		ID: profile.TalkWell, Minutes: 10, Title: "What went well", Who: "learner",
		Words: "You speak first: what went well since last time, and how you know.",
	},
	{
		ID: profile.TalkSeen, Minutes: 5, Title: "What others saw go well", Who: "mentor",
		Words: "One strength with the situation in which it was seen.",
	},
	{ID: AgendaLast, Minutes: 8, Title: "Actions of last time", Who: "learner", Words: "Each one: done, not done, " +
		"changed or dropped, with the reason. New ones come after."},
	{ID: profile.TalkReveal, Minutes: 7, Title: "Reveal", Who: "learner", Words: "Only the differences, the largest " +
		"first. Say first how each strikes you."},
	{ID: AgendaAgree, Minutes: 10, Title: "Agree", Who: "both", Words: "A level with its reason in one sentence, or " +
		"a note that you differ and what would decide it."},
	{ID: AgendaNew, Minutes: 12, Title: "Three to five actions", Who: "learner", Words: "From the gaps that matter: " +
		"who helps, why, by when, and what will show it."},
	{ID: profile.TalkSupport, Minutes: 5, Title: "Wellbeing, workload, support", Who: "learner", Words: "As much " +
		"as you want to say, and which adjustments help you. It stays out of what is shared unless you include it."},
	{
		ID: AgendaClose, Minutes: 3, Title: "Close", Who: "both",
		Words: "The three closing questions and the date of the next review.",
	},
}

// Agenda divides a meeting: the learner first, strengths first, actions of last time, reveal, agree, three to five
// actions, support, close. The minutes of the items add up to those given; fewer than MinMinutes count as MinMinutes.
func Agenda(minutes int) []Item {
	minutes = max(minutes, MinMinutes)
	out := make([]Item, len(hour))
	from, weight := 0, 0
	for i, item := range hour {
		weight += item.Minutes
		until := weight * minutes / 60
		item.From, item.Minutes = from, until-from
		out[i], from = item, until
	}
	return out
}

// Mark is one of the three marks of a well-structured appraisal.
type Mark struct {
	Field    string // clear, helped or valued: the field of profile.Review
	Text     string
	Question string
}

// Answer is what a review answers to the question, or "".
func (m Mark) Answer(r profile.Review) string {
	return map[string]string{"clear": r.Clear, "helped": r.Helped, "valued": r.Valued}[m.Field]
}

// Answered is the change with which a review answers the question.
func (m Mark) Answered(review, verdict string) profile.EditReview {
	c := profile.EditReview{ID: review}
	*map[string]**string{"clear": &c.Clear, "helped": &c.Helped, "valued": &c.Valued}[m.Field] = &verdict
	return c
}

// marks are the fields of a review that belong to the marks of the content, in its order.
var marks = []string{"clear", "helped", "valued"}

// Marks are the three closing questions, in the order of profile.Review.
func Marks(content *coaching.Appraisal) []Mark {
	var out []Mark
	for i, m := range content.Marks[:min(len(content.Marks), len(marks))] {
		out = append(out, Mark{marks[i], m.Text, m.Question})
	}
	return out
}

// Advice is what to do about a closing question that was not answered with "yes". What the two say to it is a line of
// what was agreed, behind a name of its own.
type Advice struct {
	Ask  string
	name string
}

// TakeInHelp says where an answer to advice is kept.
const TakeInHelp = "In your own words. It becomes a line of what was agreed. Leave out anything about a patient."

// adviceNames are the names of answers to advice, by the question that it is about.
var adviceNames = []string{"Objectives: ", "Differently next week: ", "What counted: "}

// AgreedBeside is what was agreed in words beside the answers to advice, or no text. An answer is kept among those
// words, but is nothing that the two agreed.
func AgreedBeside(r profile.Review) safetext.Text {
	own, _ := agreedLines(r)
	return safetext.New(strings.TrimSpace(strings.Join(own, "\n")))
}

// Agreeing is the change that keeps what was agreed in words, in front of the answers to advice.
func Agreeing(r profile.Review, agreed safetext.Text) profile.EditReview {
	_, answers := agreedLines(r)
	kept := append(words.Given(agreed.String()), answers...)
	return profile.EditReview{ID: r.ID, Agreed: new(safetext.New(strings.Join(kept, "\n")))}
}

// agreedLines are the lines of what was agreed, and the answers to advice among them.
func agreedLines(r profile.Review) (own, answers []string) {
	for line := range strings.Lines(r.Agreed.String()) {
		to := &own
		if slices.ContainsFunc(adviceNames, func(name string) bool { return strings.HasPrefix(line, name) }) {
			to = &answers
		}
		*to = append(*to, strings.TrimRight(line, "\r\n"))
	}
	return own, answers
}

// Said is what was answered, or no text.
func (a Advice) Said(r profile.Review) safetext.Text {
	for line := range strings.Lines(r.Agreed.String()) {
		if said, ok := strings.CutPrefix(line, a.name); ok {
			return safetext.New(strings.TrimSpace(said))
		}
	}
	return safetext.Text{}
}

// Answered is the change that keeps an answer, in place of the one that was there; no text takes it out.
func (a Advice) Answered(r profile.Review, said safetext.Text) profile.EditReview {
	var kept []string
	for line := range strings.Lines(r.Agreed.String()) {
		if !strings.HasPrefix(line, a.name) {
			kept = append(kept, strings.TrimRight(line, "\r\n"))
		}
	}
	if !said.Empty() {
		kept = append(kept, a.name+said.Line())
	}
	return profile.EditReview{ID: r.ID, Agreed: new(safetext.New(strings.Join(kept, "\n")))}
}

// MarksAdvice gives advice on each closing question of a review that was not answered with "yes".
func MarksAdvice(r profile.Review) []Advice {
	var out []Advice
	for i, ask := range advised(r.Clear, r.Helped, r.Valued) {
		if ask != "" {
			out = append(out, Advice{ask, adviceNames[i]})
		}
	}
	return out
}

// MarksCheck gives advice on each closing question that was not answered with "yes". Answers are words of
// profile.Verdicts, and "" means no answer.
func MarksCheck(clear, helped, valued string) []string {
	return words.Given(advised(clear, helped, valued)...)
}

// advised is the advice on each of the three, "" for one that was answered with "yes".
func advised(clear, helped, valued string) []string {
	out := make([]string, len(marks))
	for i, x := range []struct{ answer, open, other string }{
		{clear, "Say your objectives aloud once: can you, without looking?", "Before you part, say each objective in " +
			"your own words and what will show that it is met."},
		{helped, "Name one thing that you will do differently at work next week.", "Ask for one thing that you can " +
			"do differently at work next week, on a task and not on yourself."},
		{valued, "Think of one thing in the talk that showed that your work counts.", "Say what was missing: a " +
			"strength that nobody named is worth naming now."},
	} {
		switch x.answer {
		case "yes":
		case "":
			out[i] = x.open
		default:
			out[i] = x.other
		}
	}
	return out
}
