package tomledit

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// bareEnd is the offset just past the number, date or word that starts at i.
func bareEnd(src string, i int) int {
	end := wordEnd(src, i)
	// A date and its time may be parted by a single space.
	if end-i == 10 && end+1 < len(src) && src[end] == ' ' && isDigit(src[end+1]) && isDate(src[i:end]) {
		end = wordEnd(src, end+1)
	}
	return end
}

func wordEnd(src string, i int) int {
	for ; i < len(src); i++ {
		switch src[i] {
		case ' ', '\t', '\r', '\n', ',', '[', ']', '{', '}', '#', '=', '"', '\'':
			return i
		}
	}
	return i
}

// isBareLiteral says whether word is a bool, a number, a date or a time. Sizes of numbers are not looked at.
func isBareLiteral(word string) bool {
	switch strings.TrimLeft(word, "+-") {
	case "":
		return false
	case "inf", "nan":
		return len(word) <= 4
	}
	return word == "true" || word == "false" || isInt(word) || isDateTime(word) || floats.Get().MatchString(word)
}

func isDigit(ch byte) bool { return '0' <= ch && ch <= '9' }

// digits says whether s holds only digits that ok accepts, with single underscores between them at most.
func digits(s string, ok func(byte) bool) bool {
	fine := false
	for i := range len(s) {
		switch {
		case ok(s[i]):
			fine = true
		case s[i] == '_' && fine:
			fine = false
		default:
			return false
		}
	}
	return fine
}

func isInt(s string) bool {
	if len(s) > 2 && s[0] == '0' {
		switch s[1] {
		case 'x':
			return digits(s[2:], func(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' })
		case 'o':
			return digits(s[2:], func(c byte) bool { return '0' <= c && c <= '7' })
		case 'b':
			return digits(s[2:], func(c byte) bool { return c == '0' || c == '1' })
		}
	}
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return digits(s, isDigit) && (len(s) == 1 || s[0] != '0')
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// floats are the decimals and exponents, and clocks the times of day, of which the last part is an offset.
var (
	floats = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
		return regexp.MustCompile(`^[+-]?(0|[1-9](_?\d)*)(\.\d(_?\d)*)?([eE][+-]?\d(_?\d)*)?$`)
	}}
	clocks = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
		return regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?$`)
	}}
)

// isDateTime accepts dates, times and both, with or without an offset, which needs both.
func isDateTime(s string) bool {
	dated := len(s) >= 10 && isDate(s[:10])
	switch {
	case dated && len(s) == 10:
		return true
	case dated && strings.IndexByte("Tt ", s[10]) < 0:
		return false
	case dated:
		s = s[11:]
	}
	parts := clocks.Get().FindStringSubmatch(s)
	return parts != nil && (dated || parts[4] == "")
}

// badEscape is the offset in a double-quoted string of the first backslash that starts no known escape, -1 if all do.
func badEscape(raw string) int {
	long := len(raw) >= 6 && raw[1] == '"'
	for i := 1; i < len(raw)-1; i++ {
		if raw[i] != '\\' {
			continue
		}
		size := escapeSize(raw[i+1:], long)
		if size == 0 {
			return i
		}
		i += size
	}
	return -1
}

// escapeSize is the number of bytes of an escape behind its backslash, 0 if it
// is none. In long strings a backslash may also end a line.
func escapeSize(s string, long bool) int {
	if strings.IndexByte(escapes, s[0]) >= 0 {
		return 1
	}
	switch s[0] {
	case 'x':
		return hexSize(s, 2)
	case 'u':
		return hexSize(s, 4)
	case 'U':
		return hexSize(s, 8)
	}
	if long {
		blanks := len(s) - len(strings.TrimLeft(s, " \t\r\n"))
		if strings.IndexByte(s[:blanks], '\n') >= 0 {
			return blanks
		}
	}
	return 0
}

func hexSize(s string, n int) int {
	if len(s) <= n {
		return 0
	}
	code, err := strconv.ParseUint(s[1:1+n], 16, 32)
	if err != nil || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return 0
	}
	return 1 + n
}

// unquote returns what a string that was read without an error stands for.
func unquote(raw string) string {
	long := len(raw) >= 6 && raw[1] == raw[0]
	body := raw[1 : len(raw)-1]
	if long {
		body = raw[3 : len(raw)-3]
		body = strings.TrimPrefix(strings.TrimPrefix(body, "\r"), "\n")
	}
	if raw[0] == '\'' || strings.IndexByte(body, '\\') < 0 {
		return body
	}
	var b strings.Builder
	b.Grow(len(body))
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			b.WriteByte(body[i])
			continue
		}
		size := escapeSize(body[i+1:], long)
		b.WriteString(unescape(body[i+1 : i+1+size]))
		i += size
	}
	return b.String()
}

// escapes are the letters that stand after a backslash for the one character at the same place of escaped.
const escapes, escaped = `btnfr"\e`, "\b\t\n\f\r\"\\\x1b"

func unescape(s string) string {
	if i := strings.IndexByte(escapes, s[0]); i >= 0 {
		return escaped[i : i+1]
	}
	if strings.IndexByte(" \t\r\n", s[0]) >= 0 {
		return ""
	}
	code, _ := strconv.ParseUint(s[1:], 16, 32) // escapeSize has read it before
	return string(rune(code))
}

// canonical rewrites a literal of the text the way the constructors of Value
// would, so that equal values have equal spellings.
func canonical(raw string) string {
	switch {
	case raw[0] == '"' || raw[0] == '\'':
		return quoteText(unquote(raw))
	case strings.HasSuffix(raw, "nan"):
		return "nan"
	case isInt(raw):
		if n, err := strconv.ParseInt(raw, 0, 64); err == nil {
			return strconv.FormatInt(n, 10)
		}
	default:
		if f, err := strconv.ParseFloat(strings.ReplaceAll(raw, "_", ""), 64); err == nil {
			return floatText(f)
		}
	}
	return raw
}

func floatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}
