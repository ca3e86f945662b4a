// Package words puts numbers and lists into words as a sentence would, so that every screen, document and command says
// them alike. It knows nothing of the record: the words for a level or a gap are in packages level and gap.
package words

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Count is a number with its noun: "1 goal", "3 goals", "0 goals". Further words may follow the noun: "1 action is".
func Count(n int, one, many string) string { return strconv.Itoa(n) + " " + Form(n, one, many) }

// Form is the form of a word that goes with a number: one with 1, such as "is", and many with 0 or 3, such as "are".
func Form(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// After is text with a label in front, or "" if there is no text.
func After(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// Given returns the texts that are not empty.
func Given(texts ...string) []string {
	return slices.DeleteFunc(texts, func(x string) bool { return x == "" })
}

// In says whether a text contains a phrase as whole words: the characters right before and after it do not belong to a
// word. The caller says which characters do.
func In(text, phrase string, inWord func(rune) bool) bool {
	for at := 0; ; at++ {
		i := strings.Index(text[at:], phrase)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(phrase):])
		if !inWord(before) && !inWord(after) {
			return true
		}
	}
}

// Stop ends a sentence with one full stop, also after a name such as "A. B."
func Stop(s string) string { return strings.TrimSuffix(s, ".") + "." }

// Capital makes the first letter a capital and leaves the rest alone.
func Capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// List joins names as a sentence does: "K7", "K7 and S7", "K7, S7 and S17".
func List(names []string) string { return join(names, " and ") }

func join(names []string, beforeLast string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + beforeLast + names[last]
}

// Either joins what one may choose from: "yes", "yes or no", "done, not-done or dropped".
func Either[T ~string](choices []T) string {
	names := make([]string, len(choices))
	for i, x := range choices {
		names[i] = string(x)
	}
	return join(names, " or ")
}

// Terms that are new to someone who starts an apprenticeship, in plain words. Every place that explains one uses these.
const (
	KSB     = "a knowledge, skill or behaviour of your standard"
	Gateway = "when you, your employer and your provider agree that you are ready for the end-point assessment"
	OffJob  = "learning for the apprenticeship in your paid hours, away from your everyday work; your provider says " +
		"what counts"
)

// FirstTerms explains the terms that a new user meets first, one a line.
func FirstTerms() []string { return []string{"KSB: " + KSB + ".", "Gateway: " + Gateway + "."} }
