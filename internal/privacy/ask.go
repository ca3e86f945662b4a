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
	TakeOut   Answer = iota // replace it by what kind of thing was taken out
	Rewrite                 // let the learner change the text
	NoPatient               // it does not name a patient: never ask about it again
	Leave                   // leave it for now
)

// Comeback is the name, in menus and messages, of the command that looks through the whole record.
const Comeback = "Look for anything that names a patient"

// Round asks the learner about findings one by one, in one question for each mark in each text. An answer may change
// the record, so the caller looks through the record again before each question. The zero Round is ready to use.
type Round struct {
	passed map[string]bool // the findings to leave for now, by Found.key
	asked  int
}

// Question is about one finding, together with any others in the same text that have the same mark.
type Question struct {
	Found
	Number, Of int // question 2 of 5; Of may change during a round

	all []Found
}

// Next returns the next question on what is found now, or false if there is nothing left to ask.
func (r *Round) Next(found []Found) (q Question, ok bool) {
	left := lists.Where(found, func(f Found) bool { return !r.passed[f.key()] })
	if len(left) == 0 {
		return Question{}, false
	}
	q = Question{Found: left[0], Number: r.asked + 1, Of: r.asked}
	seen := map[string]bool{}
	for _, f := range left {
		if same := f.text + "\x00" + f.Mark; !seen[same] {
			seen[same] = true
			q.Of++
		}
		if f.text == q.text && f.Mark == q.Mark {
			q.all = append(q.all, f)
		}
	}
	return q, true
}

// InIt says how many places in a document to hand on look as if they named a patient; "" for none.
func InIt(found []Found) string {
	q, ok := new(Round).Next(found)
	if !ok {
		return ""
	}
	return words.Count(q.Of, "place in it looks as if it", "places in it look as if they") + " named a patient."
}

// Answered notes an answer, so that this round does not ask again about what stays in the record.
func (r *Round) Answered(q Question, with Answer) {
	r.asked++
	if with == TakeOut || with == NoPatient {
		return // it will not be found again
	}
	if r.passed == nil {
		r.passed = map[string]bool{}
	}
	for _, f := range q.all {
		r.passed[f.key()] = true
	}
}

func (f Found) key() string { return f.Place + "\x00" + f.Mark }

// Title is the question itself, with its number if there are several.
func (q Question) Title() string {
	if q.Of == 1 {
		return "Does this name a patient?"
	}
	return fmt.Sprintf("Does this name a patient? %d of %d", q.Number, q.Of)
}

// Says tells where the finding is, what it looks like, why it should not be there and what to write instead. It has
// nothing of what was found.
func (q Question) Says() string {
	text := words.Capital(q.Found.Says()) + ". " + words.Capital(q.Advice()) + "."
	if q.Closed {
		text += " That review is closed and cannot be changed here: take this out of the file by hand, and tell " +
			"everybody who has the record of it. It would then read: " + q.excerpt()
	}
	return text
}

// Ways lists the answers to choose from, the usual one first. NoPatient is not offered on a rating sheet, which keeps
// no marks.
func (q Question) Ways(onSheet bool) []plan.Way[Answer] {
	var out []plan.Way[Answer]
	add := func(is Answer, text, says string) {
		out = append(out, plan.Way[Answer]{Is: is, Text: text, Says: says})
	}
	if !q.Closed {
		add(TakeOut, "Take it out", "Then it reads: "+q.excerpt())
		add(Rewrite, "Change it myself", "You rewrite it in your own words.")
	}
	if !onSheet {
		add(NoPatient, "It is not a patient's", "It stays, and you are not asked about it again. The profile keeps a "+
			"mark, not the text.")
	}
	add(Leave, "Leave it for now", "It stays as it is.")
	return out
}

// Text is the whole text with the finding in it: only for a form in which the learner changes it. The cursor belongs at
// End.
func (q Question) Text() string { return q.text }

// Whole is the whole text on one line without anything that was found, to show to a learner who is about to rewrite it.
func (q Question) Whole() string {
	before, after := q.around()
	return safetext.Line(before + q.Kind.takenOut() + after)
}

// around is the text before and after the finding. Anything else that looks as if it named somebody is left out, even
// if the learner has cleared it.
func (q Question) around() (before, after string) {
	hidden := ofText(q.text, false, true)
	return masked(q.text, 0, q.Start, hidden), masked(q.text, q.End, len(q.text), hidden)
}

// TakenOut makes the change that takes everything in question out of its text.
func (q Question) TakenOut() file.Redact { return Redaction(q.all) }

// Rewritten makes the change that replaces the whole text.
func (q Question) Rewritten(text string) file.Redact {
	return file.Redact{Texts: map[string]string{q.text: text}}
}

const aroundMost = 40 // how many letters to show on each side of a finding

// excerpt is how the text will read around the finding once it is taken out, cut between words.
func (q Question) excerpt() string {
	before, after := q.around()
	before, after = tidy(before), tidy(after)
	if letters := []rune(before); len(letters) > aroundMost {
		before = string(letters[len(letters)-aroundMost:])
		before = "…" + before[max(strings.IndexByte(before, ' '), 0):]
	}
	if letters := []rune(after); len(letters) > aroundMost {
		after = string(letters[:aroundMost])
		if at := strings.LastIndexByte(after, ' '); at >= 0 {
			after = after[:at+1]
		}
		after += "…"
	}
	return safetext.Line(before + q.Kind.takenOut() + after)
}

// tidy puts a text on one line. It keeps one space at either end if there was any.
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

// masked is the part of a text from one byte to another, with "[…]" in place of findings.
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
