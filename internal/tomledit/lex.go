package tomledit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// stringEnd is the offset just past the string whose first quote stands at i. It knows all four kinds of strings but
// does not look at escapes, except that an escaped quote does not end a string.
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
			if err := control(src, p); err != nil {
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
				return p, fault(src, p, "too many quotes in a row", "one or two may stand before the closing three")
			}
			if run >= 3 {
				return p + run, nil
			}
		}
		if err := control(src, p); err != nil {
			return p, err
		}
	}
	return len(src), unclosed(src, i)
}

func unclosed(src string, at int) *Error {
	return fault(src, at, "a text that opens here is never closed", "add the missing quote at its end")
}

// lexer reads the pieces of a text that Check accepted.
type lexer struct {
	src      string
	pos      int
	comments []span
	names    []string // of the key that was read last
	parts    []span   // of all keys
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

func (lx *lexer) blank() {
	for lx.at(' ') || lx.at('\t') {
		lx.pos++
	}
}

func (lx *lexer) newline() bool {
	if lx.at('\r') {
		lx.pos++
	}
	return lx.take('\n')
}

func (lx *lexer) comment() bool {
	if !lx.at('#') {
		return false
	}
	line, _, _ := strings.Cut(lx.src[lx.pos:], "\n")
	text := strings.TrimSuffix(line, "\r")
	lx.comments = append(lx.comments, span{lx.pos, lx.pos + len(text)})
	lx.pos += len(text)
	return true
}

// trivia skips blanks, line ends and comments.
func (lx *lexer) trivia() {
	for {
		lx.blank()
		if !lx.comment() && !lx.newline() {
			return
		}
	}
}

// lineEnd wants nothing but a comment on the rest of the line.
func (lx *lexer) lineEnd() *Error {
	lx.blank()
	lx.comment()
	if lx.eof() || lx.newline() {
		return nil
	}
	return lx.unexpected("the end of the line")
}

// keyPart reads one part of a key and returns its bytes and its name.
func (lx *lexer) keyPart() (span, string, *Error) {
	from := lx.pos
	if lx.at('"') || lx.at('\'') {
		return lx.quotedPart()
	}
	for lx.pos < len(lx.src) && isBareByte(lx.src[lx.pos]) {
		lx.pos++
	}
	if lx.pos == from {
		return span{}, "", lx.unexpected("a key")
	}
	return span{from, lx.pos}, lx.src[from:lx.pos], nil
}

// keyPath reads a dotted key into names and returns its parts.
func (lx *lexer) keyPath() ([]span, *Error) {
	lx.names = lx.names[:0]
	from := len(lx.parts)
	for {
		lx.blank()
		part, name, err := lx.keyPart()
		if err != nil {
			return nil, err
		}
		lx.parts, lx.names = append(lx.parts, part), append(lx.names, name)
		lx.blank()
		if !lx.take('.') {
			return lx.parts[from:len(lx.parts):len(lx.parts)], nil
		}
	}
}

// header reads a header from its first bracket to its last.
func (lx *lexer) header() (parts []span, list bool, err *Error) {
	lx.pos++
	list = lx.take('[')
	if parts, err = lx.keyPath(); err != nil {
		return nil, list, err
	}
	if !lx.take(']') || list && !lx.take(']') {
		return nil, list, lx.unexpected("a ] to end the header")
	}
	return parts, list, nil
}

func (lx *lexer) quotedPart() (span, string, *Error) {
	from := lx.pos
	if err := lx.text(); err != nil {
		return span{}, "", err
	}
	raw := lx.src[from:lx.pos]
	if len(raw) >= 6 && raw[1] == raw[0] {
		return span{}, "", fault(lx.src, from, "a key cannot stand between triple quotes",
			"use single or double quotes")
	}
	name := unquote(raw)
	if name == "" {
		return span{}, "", fault(lx.src, from, "a key is empty", "give the key a name")
	}
	return span{from, lx.pos}, name, nil
}

// text reads a string of any kind and refuses escapes that TOML does not know.
func (lx *lexer) text() *Error {
	end, err := stringEnd(lx.src, lx.pos)
	if err != nil {
		return err
	}
	raw := lx.src[lx.pos:end]
	if raw[0] == '"' && strings.IndexByte(raw, '\\') >= 0 {
		if at := badEscape(raw); at >= 0 {
			return fault(lx.src, lx.pos+at, "an unknown escape stands after a backslash",
				`write \\ for a backslash, or put the text between single quotes`)
		}
	}
	lx.pos = end
	return nil
}

// unexpected says what stands at pos instead of what was wanted.
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
