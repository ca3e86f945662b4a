package privacy

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Found is a finding with the place where it is, in words, such as "your note on K21".
type Found struct {
	Finding
	Place  string
	Closed bool // it is in a review that is closed, which stays as it is

	text string // all of the text that it is in; it is never shown
}

// Says is the finding in a sentence without its full stop: "your note on K21, line 2, letter 14: looks like an NHS
// number". It holds nothing of what was found.
func (f Found) Says() string { return f.Where() + ": looks like " + f.Kind.about().like }

// Where is the place and the position in it.
func (f Found) Where() string {
	start := strings.LastIndexByte(f.text[:f.Start], '\n') + 1
	at := 1 + len([]rune(f.text[start:f.Start]))
	if !strings.Contains(f.text, "\n") {
		return fmt.Sprintf("%s, letter %d", f.Place, at)
	}
	return fmt.Sprintf("%s, line %d, letter %d", f.Place, f.Line, at)
}

// Advice is why it should not be there and what to write instead, in a sentence without its full stop.
func (f Found) Advice() string { return f.Kind.about().why + "; " + f.Kind.about().instead }

const mostWarned = 5 // how many findings a warning names; a list in full is for those who ask for it

// Warnings are a line for each finding, and where there are many one for the rest.
func Warnings(found []Found) (out []string) {
	for i, f := range found {
		if i == mostWarned {
			return append(out, words.Count(len(found)-i, "more looks",
				"more look")+" like something that names a patient")
		}
		out = append(out, f.Says()+": "+f.Advice())
	}
	return out
}

// OfRecord gives what looks as if it named a patient in what a person typed into a record, but for what was cleared.
func OfRecord(p profile.Profile) []Found { return OfChange(profile.Profile{}, p) }

// OfChange is OfRecord of the texts that the record before did not hold.
func OfChange(before, after profile.Profile) []Found {
	old := map[string]bool{}
	file.EachText(before, func(_ file.Place, x safetext.Text) { old[x.Raw()] = true })
	var out []Found
	file.EachText(after, func(at file.Place, x safetext.Text) {
		text := x.Raw()
		if old[text] || at.Key == "review.learner" {
			return
		}
		found := without(ofText(text, at.Names, strings.HasSuffix(at.Key, ".where")), after.Privacy.Cleared)
		for _, f := range found {
			place, closed := placeOf(after, at)
			out = append(out, Found{f, place, closed, text})
		}
	})
	return out
}

// OfFile is the same for the name of a file, without the folders that it is in.
func OfFile(path string, cleared []string) []Found {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	return lists.Each(without(ofText(name, false, true), cleared), func(f Finding) Found {
		return Found{Finding: f, Place: "the name of the file", text: name}
	})
}

// ofText looks through a text by what it is there for: the names of colleagues and how they can be reached are no
// findings where those are asked for, and in a path the words are divided by other signs than blanks.
func ofText(text string, names, path bool) []Finding {
	found := find(text)
	if path {
		found = slices.Concat(found, find(spaced(text)))
		sorting.By(found, func(a, b Finding) int { return a.Start - b.Start })
		found = slices.CompactFunc(found, func(a, b Finding) bool { return a.Start < b.End && b.Start < a.End })
	}
	if names {
		ofColleagues := []Kind{kindName, kindInitials, kindEmail, kindPhone}
		found = lists.Where(found, func(f Finding) bool { return !slices.Contains(ofColleagues, f.Kind) })
	}
	return found
}

// spaced is a path with blanks where its words are divided, each byte still in its place.
func spaced(path string) string {
	out := []byte(path)
	for i, c := range out {
		inNumber := i > 0 && i+1 < len(out) && count(path[i-1:i]) > 0 && count(path[i+1:i+2]) > 0
		if c == '_' || (c == '-' || c == '.') && !inNumber || c == '/' || c == '\\' {
			out[i] = ' '
		}
	}
	return string(out)
}

// Among are those of a list that are in what goes out: in one of its texts, however their lines are broken there.
func Among(found []Found, texts []string) []Found {
	all := " " + strings.Join(strings.Fields(strings.Join(texts, "\n")), " ") + " "
	return lists.Where(found, func(f Found) bool {
		return strings.Contains(all, strings.Join(strings.Fields(safetext.Clean(f.text[f.Start:f.End])), " "))
	})
}

// Redaction is the change that takes findings out of a record.
func Redaction(found []Found) file.Redact {
	byText := map[string][]Finding{}
	for _, f := range found {
		if !slices.ContainsFunc(byText[f.text], func(g Finding) bool { return g.Start == f.Start }) {
			byText[f.text] = append(byText[f.text], f.Finding)
		}
	}
	out := file.Redact{Texts: map[string]string{}}
	for text, list := range byText {
		sorting.By(list, func(a, b Finding) int { return a.Start - b.Start })
		out.Texts[text] = redact(text, list)
	}
	return out
}

// placeOf is where a text is, in words that hold nothing that anybody typed, and whether that is in a closed review.
func placeOf(p profile.Profile, at file.Place) (words string, closed bool) {
	parts := strings.Split(at.Key, ".")
	last := parts[len(parts)-1]
	switch parts[0] {
	case "round":
		return roundPlace(p, at.IDs[0], parts), false
	case "evidence":
		e, _ := p.Piece(at.IDs[0])
		return fieldWords(last) + " of the evidence of " + e.On.Long() + " for " + list(e.KSBs), false
	case "reflection":
		r, _ := p.Reflection(at.IDs[0])
		return "your reflection of " + r.On.Long() + ", " + strings.ReplaceAll(last, "-", " "), false
	case "goal":
		g, _ := p.Goal(at.IDs[0])
		goal := "your goal for " + list(g.KSBs)
		switch {
		case parts[1] == "action":
			return fieldWords(last) + " of an action of " + goal, false
		case last == "text":
			return goal, false
		}
		return fieldWords(last) + " of " + goal, false
	case "review":
		r, _ := p.Review(at.IDs[0])
		return fieldWords(last) + " in the review of " + r.On.Long(), !r.Closed.IsZero()
	case "prepare":
		return "your private note on " + fieldWords(last) + " for the next review", false
	case "answered":
		return "your note on what the last review left", false
	}
	return "your " + last, false
}

func list(ksbs []string) string {
	if len(ksbs) > 3 {
		return words.Count(len(ksbs), "KSB", "KSBs")
	}
	return words.List(ksbs)
}

func roundPlace(p profile.Profile, round string, parts []string) string {
	by, ksb, last := parts[1], parts[2], parts[len(parts)-1]
	what := map[string]string{
		"self note": "your note on ", "mentor note": "the mentor's note on ", "others note": "a mentor's note on ",
		"agreed note": "the note on the agreed level of ", "agreed reason": "the reason for the agreed level of ",
		"differ note": "the note on how you differ on ",
	}[by+" "+last]
	if what == "" {
		what = "who rated "
	}
	if n := len(p.Rounds); n > 0 && p.Rounds[n-1].ID != round {
		return what + ksb + " in the round " + round
	}
	return what + ksb
}

func fieldWords(key string) string {
	known := map[string]string{
		"title": "the title", "where": "the place", "witness": "the witness", "text": "the words", "why": "the reason",
		"note": "the note", "who": "who helps", "shows": "what will show it", "if_then": "the if and then",
		"agreed": "what was agreed", "reason": "a reason", "with": "who met", "wellbeing": "wellbeing",
		"workload": "workload", "support": "support", "adjustments": "adjustments",
	}
	if w := known[key]; w != "" {
		return w
	}
	return "the " + key
}

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
