// Package tomledit changes a TOML text without disturbing it: comments, order, unknown keys, spacing, line endings and
// the state of the last line survive, and an edit touches only the bytes it means to.
//
// It knows three things: whether a text is safe to hand to a parser at all ([Check]), which bytes write which key
// ([Parse] and the queries of [Doc]), and how to put, replace or take out a value in the form its neighbours have
// ([Doc.Set], [Doc.Insert], [Doc.Delete]). It does not decode values into Go types, does not know what a profile is,
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
	return strings.Join(each(names, func(name string) string {
		if isBare(name) && len(name) <= 40 {
			return name
		}
		return quote(name)
	}), ".")
}

// Doc is a TOML text with an index of keys to bytes. Edits replace the text in place; one that fails leaves it
// unchanged. Paths are strings for keys and ints for elements of arrays, counted from 0: "round", 1, "self", "K7". A
// path with anything else in it panics. A Doc may be read by many goroutines at once, but not while one edits it.
type Doc struct {
	lim Limits
	ix  *index
}

// Parse checks src against lim, then finds its keys. A failure is an *[Error]. It is more lenient than a decoder about
// the size of numbers only. It refuses what TOML forbids even where BurntSushi/toml lets it pass (a table opened twice,
// dotted keys into a table that has a header), and two things that TOML allows and the decoder gets wrong: an empty
// key, and a key that is an inline array in one element of a list but a table made by sub-keys in another.
func Parse(src []byte, lim Limits) (*Doc, error) {
	if err := Check(src, lim); err != nil {
		return nil, err
	}
	ix, err := newIndex(string(src))
	if err != nil {
		return nil, err
	}
	return &Doc{lim: lim, ix: ix}, nil
}

// Bytes returns a copy of the text.
func (d *Doc) Bytes() []byte { return []byte(d.ix.src) }

// Text returns the text.
func (d *Doc) Text() string { return d.ix.src }

// Has says whether the text writes the node at path. Tables that are only
// implied by a longer header or a dotted key count.
func (d *Doc) Has(path ...any) bool {
	_, ok := d.node(path)
	return ok
}

// Pos is where the key of the node at path stands. For an element of an array it is the element's [[header]] or first
// byte; for a table written in several places its own header if it has one, else the first mention.
func (d *Doc) Pos(path ...any) (Pos, bool) {
	n, ok := d.node(path)
	if !ok {
		return Pos{}, false
	}
	return d.ix.pos(max(n.at, d.ix.lines[0])), true
}

// Len is the number of elements of the array at path, inline or of tables. It is 0 for anything else.
func (d *Doc) Len(path ...any) int {
	n, ok := d.node(path)
	if !ok || n.kind != arrayKind {
		return 0
	}
	return len(n.kids)
}

// Keys are the keys directly below the table at path, in order of first appearance; nil if it is not a table.
func (d *Doc) Keys(path ...any) []string {
	n, ok := d.node(path)
	if !ok || n.kind != tableKind {
		return nil
	}
	return each(n.kids, func(kid *node) string { return kid.key })
}

func (d *Doc) node(path []any) (*node, bool) {
	mustPath(path)
	n, rest := d.ix.find(path)
	return n, len(rest) == 0
}

func mustPath(path []any) {
	for _, elem := range path {
		switch elem.(type) {
		case string, int:
		default:
			panic(fmt.Sprintf("tomledit: a path holds strings and ints, not %T", elem))
		}
	}
}
