// Package words says numbers and lists the way a sentence does, so that every screen, document and command says them
// alike. It knows nothing of the record: what a level or a gap is called belongs to gap and level.
package words

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Count is a number with its noun: "1 goal", "3 goals", "0 goals". Further words may follow the noun: "1 action is".
func Count(n int, one, many string) string { return strconv.Itoa(n) + " " + Form(n, one, many) }

// Form is the word that goes with a number: "is" with 1, and "are" with 0 or 3.
func Form(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// After is text with a label before it, or "" where there is no text.
func After(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// Given are the texts that are not empty.
func Given(texts ...string) []string {
	return slices.DeleteFunc(texts, func(x string) bool { return x == "" })
}

// In says whether a text has a phrase as whole words: where no sign that is one of a word stands right before or behind
// it.
func In(text, phrase string, ofWord func(rune) bool) bool {
	for at := 0; ; at++ {
		i := strings.Index(text[at:], phrase)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(phrase):])
		if !ofWord(before) && !ofWord(after) {
			return true
		}
	}
}

// Stop ends a sentence with exactly one full stop, even after a name such as "A. B."
func Stop(s string) string { return strings.TrimSuffix(s, ".") + "." }

// Capital makes the first letter a capital and leaves the rest alone; "" stays "".
func Capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// List joins names as a sentence does: "K7", "K7 and S7", "K7, S7 and S17".
func List(names []string) string { return join(names, " and ") }

func join(names []string, last string) string {
	n := len(names) - 1
	if n < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n], ", ") + last + names[n]
}

// Either joins what one may choose from: "yes", "yes or no", "done, not-done or dropped".
func Either[T ~string](choices []T) string {
	names := make([]string, len(choices))
	for i, x := range choices {
		names[i] = string(x)
	}
	return join(names, " or ")
}

// Terms that somebody who is new to an apprenticeship may not know, each in plain words, so that every place that
// explains one says the same.
const (
	KSB     = "a knowledge, skill or behaviour of your standard"
	Gateway = "when you, your employer and your provider agree that you are ready for the end-point assessment"
	OffJob  = "learning for the apprenticeship in your paid hours, away from your everyday work; your provider says " +
		"what counts"
)

// FirstTerms are the terms that somebody meets first, a line for each.
func FirstTerms() []string { return []string{"KSB: " + KSB + ".", "Gateway: " + Gateway + "."} }
