// Package tomledit changes a TOML text without disturbing it. Comments, order, unknown keys, spacing and line endings
// survive, including whether the last line has one; an edit touches only the bytes it has to.
//
// It does three things: it checks that a text is safe to hand to a parser at all ([Check]), finds which bytes hold
// which key ([Parse] and the queries of [Doc]), and adds, replaces or removes a value in the style of its neighbours
// ([Doc.Set], [Doc.Insert], [Doc.Delete]). It does not decode values into Go types, knows nothing about profiles, and
// does no input or output: the caller decodes the text and writes the file.
//
// It reads TOML 1.0 and the parts of 1.1 that BurntSushi/toml 1.6.0 accepts (inline tables over several lines, trailing
// commas in them, \e and \x, times without seconds). It writes TOML 1.0 only.
//
// # How new text is laid out
//
//   - A new key gets a line right under the last key of its table, indented like that key. In a table without keys it
//     follows the header and the comment lines directly below that.
//   - A key placed before a sibling goes above the comment lines directly above that sibling, except at the top of the
//     file, where such a comment is taken to be about the file.
//   - A new block ([a.b] or [[a.b]]) goes after its nearest existing ancestor, including that one's sub-tables and the
//     comment lines directly below them; in the root table that is the end of the file.
//   - A new header has a blank line above it if the nearest header of the same kind (top level or deeper) has one. If
//     there is none to copy, a top level header gets a blank line and a deeper one does not.
//   - New lines end the way most lines of the text do. A text without a final line end still has none after the edit.
package tomledit

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Limits is the most that a text may contain. It is checked before anything is built from the text.
type Limits struct {
	Size  int // bytes
	Depth int // how deep brackets nest, and how many parts one key has
	Keys  int // the parts of all keys and headers, and the elements of arrays, together
}

// ProfileLimits has room for several times a three-year profile (up to 300 kB and 13,000 keys), and still refuses what
// would exhaust a parser.
var ProfileLimits = Limits{Size: 1 << 20, Depth: 16, Keys: 50_000}

// Pos is a place in a text. Line and Col start at 1. Col counts runes, as editors do, without a byte order mark.
type Pos struct{ Line, Col int }

// Error is a problem in a TOML text, or with an edit of it. All its fields are safe to show: anything taken from the
// text is quoted in ASCII and shortened.
type Error struct {
	Pos  Pos    // zero when the problem has no place in the text
	Key  string // the key concerned, dotted, without array positions; may be empty
	Msg  string // what is wrong
	Hint string // what to do about it; may be empty
}

// Error is the place and the message, without the hint.
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

const longestQuote = 40 // runes of the text that an error repeats

// quote makes a piece of the text safe and short enough to show.
func quote(s string) string {
	if utf8.RuneCountInString(s) > longestQuote {
		s = string([]rune(s)[:longestQuote]) + "..."
	}
	return strconv.QuoteToASCII(s)
}

// dotted joins the parts of a key as a header would, safe to show.
func dotted(names []string) string {
	return strings.Join(lists.Each(names, func(name string) string {
		if isBare(name) && len(name) <= longestQuote {
			return name
		}
		return quote(name)
	}), ".")
}

// Doc is a TOML text with an index from keys to bytes. An edit changes the Doc; one that fails leaves it as it was. A
// path has strings for keys and ints for elements of arrays, counted from 0: "round", 1, "self", "K7". Anything else in
// a path panics. Many goroutines may read a Doc at once, but not while one edits it.
type Doc struct {
	lim Limits
	ix  *index
}

// Parse checks src against lim, then finds its keys. Its errors are *[Error]. It is stricter than the decoder: it
// refuses what TOML forbids even where BurntSushi/toml lets it pass (a table opened twice, dotted keys into a table
// that has a header), and two things that TOML allows but the decoder gets wrong: an empty key, and a key that is an
// inline array in one element of a list and a table made by sub-keys in another. Only the size of numbers goes
// unchecked.
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

// Has says whether there is anything at path. A table that is only implied by a longer header or a dotted key counts.
func (d *Doc) Has(path ...any) bool {
	_, ok := d.node(path)
	return ok
}

// Pos is where the key at path is written. For an element of an array it is the element's [[header]] or first byte; for
// a table written in several places, its own header if it has one, else the first mention.
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

// Keys are the keys directly in the table at path, in order of first appearance; nil if it is not a table.
func (d *Doc) Keys(path ...any) []string {
	n, ok := d.node(path)
	if !ok || n.kind != tableKind {
		return nil
	}
	return lists.Each(n.kids, func(kid *node) string { return kid.key })
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
