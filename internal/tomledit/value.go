package tomledit

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Value is what an edit writes: a literal, an array or a *[Table]. [Inline] and [Tables] say in which form a table or a
// list of tables is wanted.
type Value interface{ value() }

type literal struct {
	text    string
	problem string // why it cannot be written; "" if it can
}

type list struct {
	elems  []Value
	blocks bool // written as [[ ]] blocks where the place allows
}

type inline struct{ *Table }

func (literal) value() {}
func (list) value()    {}
func (inline) value()  {}
func (*Table) value()  {}

// String is a text. It is always written in double quotes on one line: line ends, tabs, control characters, U+2028,
// U+2029 and characters that change the direction of writing are escaped, other Unicode stays readable, and bytes that
// are not UTF-8 become U+FFFD.
func String(s string) Value { return literal{text: quoteText(s)} }

// Int is a whole number.
func Int(n int) Value { return literal{text: strconv.Itoa(n)} }

// Bool is true or false.
func Bool(b bool) Value { return literal{text: strconv.FormatBool(b)} }

// Date is a local date, without time or zone. Setting a day that does not exist, or a year outside 0 to 9999, fails.
func Date(year, month, day int) Value {
	text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return literal{text: text, problem: "there is no date " + text}
	}
	return literal{text: text}
}

// Strings is an inline array of texts.
func Strings(s []string) Value { return list{elems: lists.Each(s, String)} }

// Ints is an inline array of whole numbers.
func Ints(n []int) Value { return list{elems: lists.Each(n, Int)} }

// Array is an inline array. Tables in it are written inline.
func Array(v ...Value) Value { return list{elems: v} }

// Tables is an array of tables: [[a.b]] blocks where the place allows blocks, an inline array of inline tables
// elsewhere, and [] when it is empty.
func Tables(t ...*Table) Value {
	return list{elems: lists.Each(t, func(t *Table) Value { return t }), blocks: true}
}

// Inline is t in the form { key = value }, wherever it is written.
func Inline(t *Table) Value { return inline{t} }

// Table is an ordered table. As a new value it becomes a [a.b] block where the place allows blocks, else an inline
// table. Its keys are written in order, except that in a block the tables come after the other keys, as TOML needs. A
// nil Table is empty.
type Table struct {
	keys []string
	vals []Value
}

// NewTable returns an empty table.
func NewTable() *Table { return &Table{} }

// Set appends key, or replaces its value if the table has it, and returns t.
func (t *Table) Set(key string, v Value) *Table {
	if i := slices.Index(t.keys, key); i >= 0 {
		t.vals[i] = v
		return t
	}
	t.keys = append(t.keys, key)
	t.vals = append(t.vals, v)
	return t
}

func (t *Table) all() iter.Seq2[string, Value] {
	return func(yield func(key string, v Value) bool) {
		if t == nil {
			return
		}
		for i, key := range t.keys {
			if !yield(key, t.vals[i]) {
				return
			}
		}
	}
}

func (t *Table) empty() bool { return t == nil || len(t.keys) == 0 }

func asTable(v Value) (*Table, bool) {
	switch v := v.(type) {
	case *Table:
		return v, true
	case inline:
		return v.Table, true
	}
	return nil, false
}

// isBlock says whether v gets a header of its own where the place allows blocks.
func isBlock(v Value) bool {
	switch v := v.(type) {
	case *Table:
		return true
	case list:
		return v.blocks && len(v.elems) > 0
	}
	return false
}

// problem says why v cannot be written; "" if it can. Levels is how deep it may still nest, so that a table put into
// itself is an error and not a crash.
func problem(v Value, levels int) string {
	if levels < 0 {
		return "the value is nested too deep"
	}
	var inner []Value
	switch v := v.(type) {
	case nil:
		panic("tomledit: a nil Value")
	case literal:
		return v.problem
	case list:
		inner = v.elems
	default:
		t, _ := asTable(v)
		for key, x := range t.all() {
			if key == "" {
				return "a key is empty"
			}
			inner = append(inner, x)
		}
	}
	for _, x := range inner {
		if found := problem(x, levels-1); found != "" {
			return found
		}
	}
	return ""
}

// inlineText is v as it is written after a key or between brackets.
func inlineText(v Value) string {
	switch v := v.(type) {
	case literal:
		return v.text
	case list:
		return "[" + strings.Join(lists.Each(v.elems, inlineText), ", ") + "]"
	}
	t, _ := asTable(v)
	if t.empty() {
		return "{}"
	}
	var pairs []string
	for key, v := range t.all() {
		pairs = append(pairs, pairText(key, v))
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
}

func pairText(key string, v Value) string { return quoteKey(key) + " = " + inlineText(v) }

func quoteKey(key string) string {
	if isBare(key) {
		return key
	}
	return quoteText(key)
}

func quoteText(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for _, r := range s {
		writeRune(&b, r)
	}
	b.WriteByte('"')
	return b.String()
}

func writeRune(b *strings.Builder, r rune) {
	// TOML 1.0 has no \e for 0x1b.
	if i := strings.IndexRune(escaped, r); i >= 0 && r != utf8.RuneError && r != 0x1b {
		b.WriteByte('\\')
		b.WriteByte(escapes[i])
		return
	}
	if needsEscape(r) {
		fmt.Fprintf(b, `\u%04X`, r)
		return
	}
	b.WriteRune(r)
}

// needsEscape says whether an editor or a terminal would act on r instead of showing it.
func needsEscape(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r <= 0x9f, r == 0x2028, r == 0x2029:
		return true
	case r == 0x61c, r == 0x200e, r == 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return r == 0xfeff
}
