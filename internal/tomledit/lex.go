package tomledit

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// stringEnd is the offset just past the string whose opening quote is at i. It knows all four kinds of string. Of
// escapes it knows only that an escaped quote does not end a string.
func stringEnd(src string, i int) (int, *Error) {
	q := src[i]
	if i+2 < len(src) && src[i+1] == q && src[i+2] == q {
		return longStringEnd(src, i)
	}
	for p := i + 1; p < len(src); p++ {
		switch ch := src[p]; {
		case ch == q:
			return p + 1, nil
		case ch == '\n' || ch == '\r':
			return p, unclosed(src, i)
		case ch == '\\' && q == '"' && p+1 < len(src) && src[p+1] >= ' ':
			p++
		default:
			if err := checkControl(src, p); err != nil {
				return p, err
			}
		}
	}
	return len(src), unclosed(src, i)
}

func longStringEnd(src string, i int) (int, *Error) {
	q := src[i]
	for p := i + 3; p < len(src); p++ {
		if src[p] == '\\' && q == '"' && p+1 < len(src) && src[p+1] != '\r' {
			p++
		} else if src[p] == q {
			run := 1
			for p+run < len(src) && src[p+run] == q {
				run++
			}
			if run > 5 {
				return p, fault(src, p, "too many quotes in a row", "only one or two may come before the closing three")
			}
			if run >= 3 {
				return p + run, nil
			}
		}
		if err := checkControl(src, p); err != nil {
			return p, err
		}
	}
	return len(src), unclosed(src, i)
}

func unclosed(src string, at int) *Error {
	return fault(src, at, "the text that starts here is never closed", "add the missing quote at its end")
}

// lexer reads the pieces of a text that Check accepted. Where it cannot go on it panics with an *Error, which every
// entry point turns back into a result by deferring catch.
type lexer struct {
	src      string
	pos      int
	comments []span
	names    []string // the parts of the key read last
	parts    []span   // the parts of all keys read so far
}

// catch recovers from a panic with an *Error and stores it in err.
func catch(err **Error) {
	switch x := recover().(type) {
	case nil:
	case *Error:
		*err = x
	default:
		panic(x)
	}
}

func (lx *lexer) eof() bool { return lx.pos >= len(lx.src) }

func (lx *lexer) at(ch byte) bool { return lx.pos < len(lx.src) && lx.src[lx.pos] == ch }

func (lx *lexer) take(ch byte) bool {
	if !lx.at(ch) {
		return false
	}
	lx.pos++
	return true
}

func (lx *lexer) skipBlanks() {
	for lx.at(' ') || lx.at('\t') {
		lx.pos++
	}
}

func (lx *lexer) takeNewline() bool {
	if lx.at('\r') {
		lx.pos++
	}
	return lx.take('\n')
}

func (lx *lexer) takeComment() bool {
	if !lx.at('#') {
		return false
	}
	line, _, _ := strings.Cut(lx.src[lx.pos:], "\n")
	text := strings.TrimSuffix(line, "\r")
	lx.comments = append(lx.comments, span{lx.pos, lx.pos + len(text)})
	lx.pos += len(text)
	return true
}

// skipTrivia skips blanks, line ends and comments.
func (lx *lexer) skipTrivia() {
	for {
		lx.skipBlanks()
		if !lx.takeComment() && !lx.takeNewline() {
			return
		}
	}
}

// expectLineEnd moves to the next line, and allows nothing but a comment on the rest of this one.
func (lx *lexer) expectLineEnd() {
	lx.skipBlanks()
	lx.takeComment()
	if !lx.eof() && !lx.takeNewline() {
		panic(lx.unexpected("the end of the line"))
	}
}

// keyPart reads one part of a key and returns its name.
func (lx *lexer) keyPart() string {
	if lx.at('"') || lx.at('\'') {
		return lx.quotedPart()
	}
	from := lx.pos
	for lx.pos < len(lx.src) && isBareByte(lx.src[lx.pos]) {
		lx.pos++
	}
	if lx.pos == from {
		panic(lx.unexpected("a key"))
	}
	return lx.src[from:lx.pos]
}

// keyPath reads a dotted key: its names go into lx.names, and it returns where each part is.
func (lx *lexer) keyPath() []span {
	lx.names = lx.names[:0]
	from := len(lx.parts)
	for {
		lx.skipBlanks()
		start := lx.pos
		name := lx.keyPart()
		lx.parts = append(lx.parts, span{start, lx.pos})
		lx.names = append(lx.names, name)
		lx.skipBlanks()
		if !lx.take('.') {
			return lx.parts[from:len(lx.parts):len(lx.parts)]
		}
	}
}

// readHeader reads [a.b] or [[a.b]]; list says that it was the second.
func (lx *lexer) readHeader() (parts []span, list bool) {
	lx.pos++
	list = lx.take('[')
	parts = lx.keyPath()
	if !lx.take(']') || list && !lx.take(']') {
		panic(lx.unexpected("a ] to end the header"))
	}
	return parts, list
}

func (lx *lexer) quotedPart() string {
	from := lx.pos
	lx.readString()
	raw := lx.src[from:lx.pos]
	if len(raw) >= 6 && raw[1] == raw[0] {
		panic(fault(lx.src, from, "a key cannot be in triple quotes", "use single or double quotes"))
	}
	name := unquote(raw)
	if name == "" {
		panic(fault(lx.src, from, "a key is empty", "give the key a name"))
	}
	return name
}

// readString moves past a string of any kind, and refuses escapes that TOML does not know.
func (lx *lexer) readString() {
	end, err := stringEnd(lx.src, lx.pos)
	if err != nil {
		panic(err)
	}
	raw := lx.src[lx.pos:end]
	if raw[0] == '"' && strings.IndexByte(raw, '\\') >= 0 {
		if at := badEscape(raw); at >= 0 {
			panic(fault(lx.src, lx.pos+at, "there is an unknown escape after a backslash",
				`write \\ for a backslash, or put the text between single quotes`))
		}
	}
	lx.pos = end
}

// unexpected is the error for finding something else at pos than what was wanted.
func (lx *lexer) unexpected(want string) *Error {
	if lx.eof() {
		return fault(lx.src, lx.pos, "expected "+want+", but the file ends", "was the file cut off?")
	}
	r, _ := utf8.DecodeRuneInString(lx.src[lx.pos:])
	found := fmt.Sprintf("found %s", quote(string(r)))
	hint := ""
	switch r {
	case '\r', '\n':
		found = "the line ends"
	case '“', '”', '„', '‘', '’', '«', '»':
		hint = `use straight quotes: "`
	case ':':
		hint = "TOML writes key = value"
	}
	return fault(lx.src, lx.pos, "expected "+want+", but "+found, hint)
}

func isBareByte(ch byte) bool {
	return 'a' <= ch && ch <= 'z' || 'A' <= ch && ch <= 'Z' || '0' <= ch && ch <= '9' || ch == '_' || ch == '-'
}

func isBare(key string) bool {
	return key != "" && !slices.ContainsFunc([]byte(key), func(ch byte) bool { return !isBareByte(ch) })
}

// bareEnd is the offset just past the number, date or word that starts at i.
func bareEnd(src string, i int) int {
	end := wordEnd(src, i)
	// A single space may separate a date from its time.
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

// isBareLiteral says whether word is a bool, a number of any size, a date or a time.
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
	afterDigit := false
	for i := range len(s) {
		switch {
		case ok(s[i]):
			afterDigit = true
		case s[i] == '_' && afterDigit:
			afterDigit = false
		default:
			return false
		}
	}
	return afterDigit
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

// Patterns for a number with a decimal point or an exponent, and for a time of day, whose last group is the offset.
var (
	floats = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
		return regexp.MustCompile(`^[+-]?(0|[1-9](_?\d)*)(\.\d(_?\d)*)?([eE][+-]?\d(_?\d)*)?$`)
	}}
	clocks = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
		return regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?$`)
	}}
)

// isDateTime accepts a date, a time, or both; only both together may have an offset.
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

// badEscape is the offset in a double-quoted string of the first backslash that starts no known escape; -1 for none.
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

// escapeSize is how many bytes an escape has after its backslash; 0 for what is no escape. In long strings a backslash
// may also end a line, and swallows the blanks up to the next text.
func escapeSize(s string, long bool) int {
	if strings.IndexByte(escapes, s[0]) >= 0 {
		return 1
	}
	if i := strings.IndexByte("xuU", s[0]); i >= 0 {
		return hexSize(s, 2<<i)
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

// unquote returns the value of a string that readString has accepted.
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

// The letters of escapes and, at the same positions, the characters that they stand for after a backslash.
const escapes, escaped = `btnfr"\e`, "\b\t\n\f\r\"\\\x1b"

func unescape(s string) string {
	if i := strings.IndexByte(escapes, s[0]); i >= 0 {
		return escaped[i : i+1]
	}
	if strings.IndexByte(" \t\r\n", s[0]) >= 0 {
		return ""
	}
	code, _ := strconv.ParseUint(s[1:], 16, 32) // escapeSize has checked it
	return string(rune(code))
}

// canonical rewrites a literal as the constructors of Value would write it, so that equal values have equal spellings.
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
