// Package safetext is the one cleaner between untrusted text and a terminal. Everything a learner, a file, a flag or a
// paste brings in is carried as a Text, which only New makes; printing a Text prints its cleaned form, and the raw form
// is asked for by name, for the file and for JSON only. It is not responsible for markup of other outputs.
package safetext

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark stands where something that must not reach a terminal was: it is shown, so that a reader sees there was
// something.
const Mark = '\uFFFD'

// maxCombining is how many combining marks in a row are shown; more of them paint over the neighbouring rows.
const maxCombining = 4

// Text is untrusted text together with the form of it that may be shown. The zero Text is empty.
type Text struct{ raw, shown string }

// New takes untrusted text in.
func New(raw string) Text { return Text{raw: raw, shown: clean(raw)} }

// Raw is the text as it came in. It goes to files and JSON, never to a terminal.
func (t Text) Raw() string { return t.raw }

// String is the text for a terminal: it may hold line breaks, and no other control character, escape sequence, bidi
// control or invisible character. Tabs are four spaces.
func (t Text) String() string { return t.shown }

// Line is the text for a terminal on one line: line breaks become spaces.
func (t Text) Line() string {
	if !strings.ContainsRune(t.shown, '\n') {
		return t.shown
	}
	return strings.Join(strings.Fields(t.shown), " ")
}

// After is the text on one line with a label before it, or "" where the text is empty.
func (t Text) After(label string) string {
	if t.Empty() {
		return ""
	}
	return label + t.Line()
}

// Or is the text on one line, or other words where it is empty.
func (t Text) Or(other string) string {
	if t.Empty() {
		return other
	}
	return t.Line()
}

// Empty says whether nothing but white space is in the text.
func (t Text) Empty() bool { return strings.TrimSpace(t.raw) == "" }

// Quoted is the beginning of the text in quotation marks, for a label.
func (t Text) Quoted() string {
	const most = 40
	line := []rune(t.Line())
	if len(line) <= most {
		return `"` + string(line) + `"`
	}
	return `"` + strings.TrimRight(string(line[:most]), " ,;:") + `..."`
}

// MarshalJSON gives the raw text; the JSON writer escapes control characters.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.raw) }

// Clean is New(s).String(), for text that is shown and forgotten, such as an error from a parser.
func Clean(s string) string { return clean(s) }

// Line is New(s).Line().
func Line(s string) string { return New(s).Line() }

// clip is a text of at most n characters, with dots where more followed.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "..."
	}
	return s
}

// Quote is a path, or another word that was typed, on one line in quotation marks. Unlike %q it doubles no backslash,
// so that a path of Windows reads as it was typed.
func Quote(s string) string { return `"` + Line(s) + `"` }

// Brief is the beginning of what somebody wrote, at most n characters, for an error that quotes it.
func Brief[T ~string](s T, n int) string { return Line(clip(string(s), n)) }

// Lines are texts on one line, with commas between.
func Lines(list []Text) string {
	lines := make([]string, len(list))
	for i, t := range list {
		lines[i] = t.Line()
	}
	return strings.Join(lines, ", ")
}

// Plain says whether a text holds nothing that cannot be shown.
func Plain(s string) bool { return !strings.ContainsFunc(s, Forbidden) }

func clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	combining := 0
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if combining++; combining > maxCombining {
				continue
			}
		} else {
			combining = 0
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

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < 0x20 && c != '\n' {
			return false
		}
	}
	return true
}

// zwj joins emoji and some scripts and does no harm by itself.
const zwj = '\u200D'

// Forbidden says whether a rune must not reach a terminal, line break and tab included in what may not.
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
