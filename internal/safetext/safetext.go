// Package safetext is the one cleaner between untrusted text and a terminal. Everything that comes from a learner, a
// file, a flag or a paste is carried as a Text, which only New makes. Printing a Text prints its cleaned form; the raw
// form, for the file and for JSON only, has to be asked for by name. Escaping for HTML, spreadsheets and other outputs
// is not done here.
package safetext

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark replaces each character that must not reach a terminal, so that readers see that something was there.
const Mark = '\uFFFD'

// maxCombining is how many combining marks in a row are shown. More of them would paint over the neighbouring rows.
const maxCombining = 4

// Text is untrusted text together with the form that may be shown. The zero Text is empty.
type Text struct{ raw, shown string }

// New makes a Text of untrusted text.
func New(raw string) Text { return Text{raw: raw, shown: clean(raw)} }

// Raw is the text as it came in. It goes to files and JSON, never to a terminal.
func (t Text) Raw() string { return t.raw }

// String is the text for a terminal. It may contain line breaks, but no other control characters, escape sequences,
// bidi controls or invisible characters. Tabs become four spaces.
func (t Text) String() string { return t.shown }

// Line is the text for a terminal on one line: line breaks become spaces.
func (t Text) Line() string {
	if !strings.ContainsRune(t.shown, '\n') {
		return t.shown
	}
	return strings.Join(strings.Fields(t.shown), " ")
}

// After is the text on one line with a label in front, or "" if the text is empty.
func (t Text) After(label string) string {
	if t.Empty() {
		return ""
	}
	return label + t.Line()
}

// Or is the text on one line, or other words if it is empty.
func (t Text) Or(other string) string {
	if t.Empty() {
		return other
	}
	return t.Line()
}

// Empty says whether the text is nothing but white space.
func (t Text) Empty() bool { return strings.TrimSpace(t.raw) == "" }

// Quoted is the beginning of the text, up to 40 characters, in quotation marks. It is for labels.
func (t Text) Quoted() string {
	const longest = 40
	line := []rune(t.Line())
	if len(line) <= longest {
		return `"` + string(line) + `"`
	}
	return `"` + strings.TrimRight(string(line[:longest]), " ,;:") + `..."`
}

// MarshalJSON writes the raw text; the JSON writer escapes control characters.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.raw) }

// Clean is New(s).String(), for text that is shown and forgotten, such as an error from a parser.
func Clean(s string) string { return clean(s) }

// Line is New(s).Line().
func Line(s string) string { return New(s).Line() }

// clip is a text of at most n characters, with dots behind it if it was longer.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "..."
	}
	return s
}

// Quote is a path, or anything else that was typed, on one line in quotation marks. Unlike %q it does not double
// backslashes, so that a Windows path reads as it was typed.
func Quote(s string) string { return `"` + Line(s) + `"` }

// Brief is the beginning of a text, at most n characters, for an error message that quotes it.
func Brief[T ~string](s T, n int) string { return Line(clip(string(s), n)) }

// Lines joins texts on one line, with commas between them.
func Lines(list []Text) string {
	lines := make([]string, len(list))
	for i, t := range list {
		lines[i] = t.Line()
	}
	return strings.Join(lines, ", ")
}

// Plain says whether all of a text can be shown. Line breaks and tabs count as what cannot.
func Plain(s string) bool { return !strings.ContainsFunc(s, Forbidden) }

func clean(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	combining := 0
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			combining = 0
		} else if combining++; combining > maxCombining {
			continue
		}
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteString("    ")
		case Forbidden(r) || r == utf8.RuneError:
			b.WriteRune(Mark)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isASCII says whether a text is printable ASCII and line breaks only, as most are, and so needs no cleaning.
func isASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < 0x20 && c != '\n' {
			return false
		}
	}
	return true
}

// zwj, the zero width joiner, holds some emoji and scripts together. It does no harm.
const zwj = '\u200D'

// Forbidden says whether a rune must not reach a terminal as part of one line. Line breaks and tabs are forbidden too.
func Forbidden(r rune) bool {
	switch {
	case r == zwj:
		return false
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Bidi_Control, r):
		return true
	case r == '\u2028', r == '\u2029', r == '\u3164', r == '\uFFA0', r == '\u115F', r == '\u1160':
		return true
	case unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
		return true
	}
	return false
}
