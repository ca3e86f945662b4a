package privacy

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Answer is what a learner decides about a finding.
type Answer int

// The answers.
const (
	TakeOut   Answer = iota // it goes, and what was there is said in its place
	Rewrite                 // the learner writes the text anew
	NoPatient               // it is no identifier, and is not asked about again
	Leave                   // it stays for now
)

// Comeback is how a learner calls for a look through all of the record, as it is named wherever it is offered.
const Comeback = "Look for what names a patient"

// Round goes through findings with one question for each text and what it holds. It asks of the record as it is at each
// question, since each answer may change that.
type Round struct {
	passed map[string]bool // by place and mark: what stays
	asked  int
}

// Question is about one finding, and whatever else is in the same text with the same mark.
type Question struct {
	Found
	Number, Of int // which question it is, of how many

	all []Found
}

// Next is the next question on some findings; false where nothing is left to ask.
func (r *Round) Next(found []Found) (q Question, ok bool) {
	left := lists.Where(found, func(f Found) bool { return !r.passed[f.key()] })
	if len(left) == 0 {
		return Question{}, false
	}
	q = Question{Found: left[0], Number: r.asked + 1, Of: r.asked}
	seen := map[string]bool{}
	for _, f := range left {
		same := f.text + "\x00" + f.Mark
		if !seen[same] {
			seen[same] = true
			q.Of++
		}
		if f.text == q.text && f.Mark == q.Mark {
			q.all = append(q.all, f)
		}
	}
	return q, true
}

// InIt says of what is about to be handed on how many places in it look as if they named a patient; "" for none.
func InIt(found []Found) string {
	q, ok := new(Round).Next(found)
	if !ok {
		return ""
	}
	return words.Count(q.Of, "place in it looks as if it", "places in it look as if they") + " named a patient."
}

// Answered notes how a question was answered, so that what stays in the record does not come again in this round.
func (r *Round) Answered(q Question, with Answer) {
	r.asked++
	if with == TakeOut || with == NoPatient {
		return // it is found no more
	}
	if r.passed == nil {
		r.passed = map[string]bool{}
	}
	for _, f := range q.all {
		r.passed[f.key()] = true
	}
}

func (f Found) key() string { return f.Place + "\x00" + f.Mark }

// Title is the question, with how many there are.
func (q Question) Title() string {
	if q.Of == 1 {
		return "Does this name a patient?"
	}
	return fmt.Sprintf("Does this name a patient? %d of %d", q.Number, q.Of)
}

// Says is where it is, what it looks like, why it should not be there and what to write instead. It holds nothing of
// what was found.
func (q Question) Says() string {
	says := words.Capital(q.Found.Says()) + ". " + words.Capital(q.Advice()) + "."
	if q.Closed {
		says += " That review is closed and stays as it is: take this out of the file by hand, and tell those who " +
			"have the record of it. Around it: " + q.after()
	}
	return says
}

// Ways are the answers that can be given, the usual one first. A rating sheet remembers nothing of its own.
func (q Question) Ways(onSheet bool) []plan.Way[Answer] {
	var out []plan.Way[Answer]
	add := func(is Answer, text, says string) {
		out = append(out, plan.Way[Answer]{Is: is, Text: text, Says: says})
	}
	if !q.Closed {
		add(TakeOut, "Take it out", "Then it reads: "+q.after())
		add(Rewrite, "Change it myself", "Your own words take the place of what is there.")
	}
	if !onSheet {
		add(NoPatient, "It is no patient's", "It stays, and is not asked about again. The profile keeps a mark, not "+
			"the text.")
	}
	add(Leave, "Leave it for now", "It stays as it is.")
	return out
}

// Text is all of the text that it is in, for a form in which the learner changes it and for nothing else. End is where
// it ends there.
func (q Question) Text() string { return q.text }

// Whole is that text with nothing in it that was found, on one line, where it is told to somebody who writes it anew.
func (q Question) Whole() string {
	before, behind := q.around()
	return safetext.Line(before + q.Kind.takenOut() + behind)
}

// around is what stands before and behind it in its text. Whatever else there looks as if it named somebody is left
// out, also what was said to be no identifier.
func (q Question) around() (before, behind string) {
	hidden := ofText(q.text, false, true)
	return masked(q.text, 0, q.Start, hidden), masked(q.text, q.End, len(q.text), hidden)
}

// TakenOut is the change that takes it out of its text.
func (q Question) TakenOut() file.Redact { return Redaction(q.all) }

// Rewritten is the change that puts another text in the place of the one that it is in.
func (q Question) Rewritten(text string) file.Redact {
	return file.Redact{Texts: map[string]string{q.text: text}}
}

const aroundMost = 40 // how much is shown on each side of a finding, in letters

// after is how the text reads around the finding once that is taken out.
func (q Question) after() string {
	left, right := q.around()
	left, right = tidy(left), tidy(right)
	if before := []rune(left); len(before) > aroundMost {
		left = string(before[len(before)-aroundMost:])
		left = "…" + left[max(strings.IndexByte(left, ' '), 0):]
	}
	if behind := []rune(right); len(behind) > aroundMost {
		right = string(behind[:aroundMost])
		if at := strings.LastIndexByte(right, ' '); at >= 0 {
			right = right[:at+1]
		}
		right += "…"
	}
	return safetext.Line(left + q.Kind.takenOut() + right)
}

// tidy is a text on one line, with the blanks at its ends where it had any.
func tidy(s string) string {
	out := strings.Join(strings.Fields(s), " ")
	if out == "" {
		return strings.Repeat(" ", min(len(s), 1))
	}
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(" \t\r\n", first) {
		out = " " + out
	}
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(" \t\r\n", last) {
		out += " "
	}
	return out
}

// masked is a part of a text without the findings that reach into it.
func masked(text string, from, to int, hidden []Finding) string {
	var b strings.Builder
	for _, f := range hidden {
		if f.End <= from || f.Start >= to {
			continue
		}
		b.WriteString(text[from:max(f.Start, from)])
		b.WriteString("[…]")
		from = min(f.End, to)
	}
	b.WriteString(text[from:to])
	return b.String()
}
