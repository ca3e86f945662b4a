package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a run of letters and digits, or one other sign.
type token struct {
	start, end int
	text       string
	low        string // in small letters, an apostrophe at its end with what follows taken off: "jones's" is "jones"
	word       bool   // it begins with a letter or a digit
	digits     bool   // it is digits alone
	letters    bool   // it is letters alone, but for an apostrophe
	apart      bool   // a blank or a line break stands before it
	line       bool   // a line break stands before it
}

type scanner struct {
	text   string
	tokens []token
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func scan(text string) *scanner {
	s := &scanner{text: text}
	apart, line := true, true
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) || r == '_' { // the names of files
			apart, line = true, line || r == '\n'
			at += n
			continue
		}
		t := token{start: at, end: at + n, apart: apart, line: line}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			t = s.run(t, at)
		}
		t.text = text[t.start:t.end]
		if t.low == "" {
			t.low = strings.ToLower(t.text)
		}
		s.tokens = append(s.tokens, t)
		at, apart, line = t.end, false, false
	}
	return s
}

// run takes in a run of letters and digits, with an apostrophe between two letters: O'Neill.
func (s *scanner) run(t token, at int) token {
	t.word, t.digits, t.letters = true, true, true
run:
	for at < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[at:])
		next, _ := utf8.DecodeRuneInString(s.text[at+n:])
		switch {
		case unicode.IsDigit(r):
			if t.letters && glued.has(strings.ToLower(s.text[t.start:at])) {
				t.end = at
				t.low = strings.ToLower(s.text[t.start:at])
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
	t.low = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(s.text[t.start:at]), "'s"), "’s")
	return t
}

const glued set = " nhs chi hcn mrn dob bed nhsno " // labels that a number may follow without a blank

// at is a token, or an empty one beyond either end.
func (s *scanner) at(i int) token {
	if i < 0 || i >= len(s.tokens) {
		return token{line: true, apart: true}
	}
	return s.tokens[i]
}

func (s *scanner) found(k Kind, from, to int) Finding {
	return Finding{Kind: k, Start: s.tokens[from].start, End: s.tokens[to].end}
}

// among says whether a token is one of some signs.
func (t token) among(signs string) bool { return t.text != "" && strings.Contains(signs, t.text) }

// capital says whether a token begins with a capital letter and is letters.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.letters && unicode.IsUpper(r)
}

// capitals says whether a token is capital letters alone.
func (t token) capitals() bool { return t.letters && t.text == strings.ToUpper(t.text) }

// ends says whether a sentence ends at a token: at a full stop that is not that of "Mr." or "J.", at another end, and
// at a line break before it.
func (s *scanner) ends(i int) bool {
	t := s.at(i)
	switch t.text {
	case ";":
		return true
	case "!", "?":
		next := s.at(i + 1)
		return next.line || next.word && next.text != next.low
	case ".":
		before, after := s.at(i-1), s.at(i+1)
		short := before.letters && (len(before.text) <= 1 || titles.has(before.low) || abbreviated.has(before.low))
		return after.apart && !short
	}
	return false
}

// abbreviated are words that a full stop after them does not end a sentence with.
const abbreviated set = " dob no nos pt pts hosp tel approx dr prof st incl vs dept ext yr yrs num "

// left gives the words before a token in its sentence, the nearest first, at most n of them. Signs are passed over.
func (s *scanner) left(i, n int) (out []string) {
	for j := i - 1; j >= 0 && len(out) < n; j-- {
		if s.at(j+1).line || s.ends(j) {
			break
		}
		if s.at(j).word {
			out = append(out, s.at(j).low)
		}
	}
	return out
}

// right gives the words after a token in its sentence in the same way.
func (s *scanner) right(i, n int) (out []string) {
	for j := i + 1; j < len(s.tokens) && len(out) < n; j++ {
		if s.at(j).line || s.ends(j) {
			break
		}
		if s.at(j).word {
			out = append(out, s.at(j).low)
		}
	}
	return out
}

// A set is words, each between two blanks: as a constant it costs the start of the program nothing.
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
