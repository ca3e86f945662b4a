// Package tomledit changes a TOML text without disturbing it: comments, order, unknown keys, spacing, line endings and
// the state of the last line survive, and an edit touches only the bytes it means to.
//
// It knows three things: whether a text is safe to hand to a parser at all ([Check]), which bytes write which key
// ([Parse] and the queries of [Doc]), and how to put, replace or take out a value in the form its neighbours have
// ([Doc.Set], [Doc.Append], [Doc.Delete]). It does not decode values into Go types, does not know what a profile is,
// and does no input or output: the caller runs a decoder beside it and writes the file.
//
// Reading accepts TOML 1.0 and what BurntSushi/toml 1.6.0 accepts of 1.1 (inline tables over many lines, trailing
// commas in them, \e and \x, times without seconds). Writing uses TOML 1.0 only.
//
// # How new text is laid out
//
//   - A new key is a line under the last key of its table, before any comment or blank line that follows, with the
//     indentation of its neighbour. In a table without keys it follows the header and the comment lines right under it.
//   - Placed before a sibling, it goes above the comment lines that stand right above that sibling, except at the top
//     of the file, where such a comment is taken to be about the file.
//   - A new block ([a.b] or [[a.b]]) follows the last line of its nearest existing ancestor, sub-tables and directly
//     following comment lines included; in the top table that is the end of the file.
//   - The blank line before a new header is copied from the nearest header of the same kind, top level or deeper. With
//     none to copy from, a top level header has one and a deeper header has none.
//   - New lines end as most lines of the text do. A text that ended without a line end still does after the edit.
package tomledit

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits bounds a text before anything is built from it.
type Limits struct {
	Size  int // bytes
	Depth int // open brackets at one place, and parts of one key
	Keys  int // parts of keys and of headers, and elements of arrays
}

// ProfileLimits holds a profile of three years (up to 300 kB and 13,000 keys)
// several times over and still refuses what would exhaust a parser.
var ProfileLimits = Limits{Size: 1 << 20, Depth: 16, Keys: 50_000}

// Pos is a place in a text. Line and Col start at 1; Col counts runes, so that
// it agrees with what editors show. A byte order mark is not counted.
type Pos struct{ Line, Col int }

// Error is a problem in a TOML text, or with an edit of it. All its fields are
// safe to show: what they repeat of the text is quoted in ASCII and cut short.
type Error struct {
	Pos  Pos    // zero when the problem has no place in the text
	Key  string // the key concerned, dotted, without array positions; may be empty
	Msg  string // what is wrong
	Hint string // what to do about it; may be empty
}

// Error returns the message with its place before it, without the hint.
func (e *Error) Error() string {
	if e.Pos.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Pos.Line, e.Pos.Col, e.Msg)
}

// fault makes an Error for the byte at offset at.
func fault(src string, at int, msg, hint string) *Error {
	return &Error{Pos: posAt(src, at), Msg: msg, Hint: hint}
}

func posAt(src string, at int) Pos {
	line := 1 + strings.Count(src[:at], "\n")
	from := max(strings.LastIndexByte(src[:at], '\n')+1, textStart(src))
	return Pos{Line: line, Col: 1 + utf8.RuneCountInString(src[min(from, at):at])}
}

const bom = "\ufeff"

// textStart is the offset of the first byte that is not a byte order mark.
func textStart(src string) int {
	if strings.HasPrefix(src, bom) {
		return len(bom)
	}
	return 0
}

// quote makes a piece of the text safe and short enough to show.
func quote(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "..."
	}
	return strconv.QuoteToASCII(s)
}

// dotted shows key parts the way a header would, safe to show.
func dotted(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteByte('.')
		}
		if isBare(name) && len(name) <= 40 {
			b.WriteString(name)
			continue
		}
		b.WriteString(quote(name))
	}
	return b.String()
}
