package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a run of letters and digits (a word), or one other character.
type token struct {
	start, end int // in bytes of the text
	text       string
	lower      string // in lower case and without a final 's: "jones" for "Jones's"
	word       bool   // it begins with a letter or a digit
	digits     bool   // it is all digits
	letters    bool   // it is all letters, perhaps with an apostrophe among them
	afterSpace bool   // a space or a line break comes before it, or it is the first
	afterBreak bool   // a line break comes before it, or it is the first
}

// scanner holds the tokens of a text. The rules ask it what is at, before and after a token, by the index of the token.
type scanner struct {
	text   string
	tokens []token
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func scan(text string) *scanner {
	s := &scanner{text: text}
	afterSpace, afterBreak := true, true
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) || r == '_' { // file names have underscores for spaces
			afterSpace = true
			afterBreak = afterBreak || r == '\n'
			at += n
			continue
		}
		t := token{start: at, end: at + n, afterSpace: afterSpace, afterBreak: afterBreak}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			t = s.word(t, at)
		}
		t.text = text[t.start:t.end]
		if t.lower == "" {
			t.lower = strings.ToLower(t.text)
		}
		s.tokens = append(s.tokens, t)
		at, afterSpace, afterBreak = t.end, false, false
	}
	return s
}

// word extends a token over a run of letters and digits, including an apostrophe between two letters: O'Neill. A label
// that runs into its number, such as NHS9434765919, becomes a token of its own.
func (s *scanner) word(t token, at int) token {
	t.word, t.digits, t.letters = true, true, true
run:
	for at < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[at:])
		next, _ := utf8.DecodeRuneInString(s.text[at+n:])
		switch {
		case unicode.IsDigit(r):
			if t.letters && gluedLabels.has(strings.ToLower(s.text[t.start:at])) {
				t.end = at
				t.lower = strings.ToLower(s.text[t.start:at])
				return t
			}
			t.letters = false
		case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
			t.digits = false
		case isApostrophe(r) && !t.digits && unicode.IsLetter(next):
		default:
			break run
		}
		at += n
	}
	t.end = at
	t.lower = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(s.text[t.start:at]), "'s"), "’s")
	return t
}

const gluedLabels set = " nhs chi hcn mrn dob bed nhsno " // labels that people write straight before a number

// at returns a token, or an empty one if i is beyond either end, so that a rule may look around without checks.
func (s *scanner) at(i int) token {
	if i < 0 || i >= len(s.tokens) {
		return token{afterBreak: true, afterSpace: true}
	}
	return s.tokens[i]
}

func (s *scanner) finding(k Kind, from, to int) Finding {
	return Finding{Kind: k, Start: s.tokens[from].start, End: s.tokens[to].end}
}

// oneOf reports whether a token is one of some punctuation marks.
func (t token) oneOf(marks string) bool { return t.text != "" && strings.Contains(marks, t.text) }

// capital reports whether a token is a word of letters that begins with a capital.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.letters && unicode.IsUpper(r)
}

// capitals reports whether a token is all capital letters.
func (t token) capitals() bool { return t.letters && t.text == strings.ToUpper(t.text) }

// endsSentence reports whether a sentence ends at a token. The full stop of "Mr." or "J." does not end one.
func (s *scanner) endsSentence(i int) bool {
	t := s.at(i)
	switch t.text {
	case ";":
		return true
	case "!", "?":
		next := s.at(i + 1)
		return next.afterBreak || next.word && next.text != next.lower
	case ".":
		before, after := s.at(i-1), s.at(i+1)
		abbreviated := len(before.text) <= 1 || titles.has(before.lower) || abbreviations.has(before.lower)
		return after.afterSpace && !(abbreviated && before.letters)
	}
	return false
}

// abbreviations are words whose full stop does not end a sentence.
const abbreviations set = " dob no nos pt pts hosp tel approx dr prof st incl vs dept ext yr yrs num "

// wordsBefore lists up to n words before a token, in lower case and the nearest first, as far as the line and sentence
// go.
func (s *scanner) wordsBefore(i, n int) (out []string) {
	for j := i - 1; j >= 0 && len(out) < n; j-- {
		if s.at(j+1).afterBreak || s.endsSentence(j) {
			break
		}
		if s.at(j).word {
			out = append(out, s.at(j).lower)
		}
	}
	return out
}

// wordsAfter lists up to n words after a token in the same way.
func (s *scanner) wordsAfter(i, n int) (out []string) {
	for j := i + 1; j < len(s.tokens) && len(out) < n; j++ {
		if s.at(j).afterBreak || s.endsSentence(j) {
			break
		}
		if s.at(j).word {
			out = append(out, s.at(j).lower)
		}
	}
	return out
}

// A set is a list of words, each between two spaces. Unlike a map, such a constant costs nothing when the program
// starts.
type set string

func (x set) has(word string) bool {
	for rest := string(x); word != ""; {
		at := strings.Index(rest, word)
		if at < 0 {
			return false
		}
		end := at + len(word)
		if at > 0 && rest[at-1] == ' ' && end < len(rest) && rest[end] == ' ' {
			return true
		}
		rest = rest[end:]
	}
	return false
}

func (x set) any(words []string) bool { return slices.ContainsFunc(words, x.has) }
