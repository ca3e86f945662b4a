package tomledit

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIndexAgreesWithDecoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		d := mustParse(t, text)
		if !bytes.Equal(d.Bytes(), []byte(text)) {
			t.Fatalf("reading changed\n%q\nto\n%q", text, d.Bytes())
		}
		agrees(t, d)
	})
}

func TestEditsDoWhatTheySay(t *testing.T) {
	tags := regexp.MustCompile(`# c\d+ `)
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		d := mustParse(t, text)
		for range rapid.IntRange(1, 4).Draw(t, "edits") {
			randomEdit(t, d)
		}
		before, after := tags.FindAllString(text, -1), tags.FindAllString(string(d.Bytes()), -1)
		if diff := append(without(before, after), without(after, before)...); len(diff) > 0 {
			t.Fatalf("comments %q differ:\n%s\nbecame\n%s", diff, text, d.Bytes())
		}
	})
}

func TestSettingWhatIsThereChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		d := mustParse(t, text)
		var settable []*node
		for _, n := range append(d.ix.nodes, d.ix.root) {
			if _, ok := valueOf(d.ix, n); ok {
				settable = append(settable, n)
			}
		}
		if len(settable) == 0 {
			return // nothing is in it but times, for which there is no Value
		}
		n := rapid.SampledFrom(settable).Draw(t, "node")
		v, _ := valueOf(d.ix, n)
		if err := d.Set(v, nil, n.path()...); err != nil {
			t.Fatalf("%v", err)
		}
		if got := string(d.Bytes()); got != text {
			t.Fatalf("setting %v to itself changed\n%s\nto\n%s", n.path(), text, got)
		}
	})
}

// valueOf is the Value that n has, unless there is a time in it.
func valueOf(ix *index, n *node) (Value, bool) {
	switch n.kind {
	case tableKind:
		t := NewTable()
		for _, kid := range n.kids {
			v, ok := valueOf(ix, kid)
			if !ok {
				return nil, false
			}
			t.Set(kid.key, v)
		}
		return t, true
	case arrayKind:
		var elems []Value
		for _, kid := range n.kids {
			v, ok := valueOf(ix, kid)
			if !ok {
				return nil, false
			}
			elems = append(elems, v)
		}
		return Array(elems...), true
	}
	raw := ix.src[n.val.start:n.val.end]
	return literal{text: canonical(raw)}, !isDateTime(raw) || isDate(raw)
}

func randomEdit(t *rapid.T, d *Doc) {
	n := rapid.SampledFrom(append(slices.Clone(d.ix.nodes), d.ix.root)).Draw(t, "node")
	path := n.path()
	var less func(a, b string) bool
	if rapid.Bool().Draw(t, "ordered") {
		less = func(a, b string) bool { return a < b }
	}
	switch rapid.IntRange(0, 5).Draw(t, "edit") {
	case 0:
		checkDelete(t, d, path...)
	case 1:
		checkAppend(t, d, randomTable(t, 2), path...)
	case 2:
		checkAppend(t, d, randomTable(t, 2), append(path, newKey(t, "a"))...)
	case 3:
		checkSet(t, d, randomValue(t, 2), less, path...)
	default:
		v := randomValue(t, 2)
		for range rapid.IntRange(1, 2).Draw(t, "more") {
			if n.kind == arrayKind && len(path) == len(n.path()) {
				path = append(path, rapid.IntRange(0, len(n.kids)).Draw(t, "element"))
			} else {
				path = append(path, newKey(t, "n"))
			}
		}
		checkSet(t, d, v, less, path...)
	}
}

// newKey makes keys that start with their form, as gen does.
func newKey(t *rapid.T, form string) string {
	return form + rapid.SampledFrom([]string{"", "1", "5", "9", ".z", ` "é`, "\x1b"}).Draw(t, "key")
}

func randomValue(t *rapid.T, depth int) Value {
	switch rapid.IntRange(0, 9).Draw(t, "value") {
	case 0:
		return Int(rapid.Int().Draw(t, "int"))
	case 1:
		return float(rapid.SampledFrom([]float64{0, 1, -2.5, 1e30, 1e-7}).Draw(t, "float"))
	case 2:
		return Bool(rapid.Bool().Draw(t, "bool"))
	case 3:
		return Date(2026, 2, rapid.IntRange(1, 28).Draw(t, "day"))
	case 4:
		return Strings(rapid.SliceOfN(rapid.SampledFrom([]string{"plain", "a", "it's"}), 0, 3).Draw(t, "strings"))
	case 5:
		if depth > 0 {
			return randomTable(t, depth-1)
		}
	case 6:
		if depth > 0 {
			return Inline(randomTable(t, depth-1))
		}
	case 7:
		if depth > 0 {
			return Tables(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) *Table { return randomTable(t, depth-1) }), 0, 3).Draw(t, "tables")...)
		}
	case 8:
		return Array(Int(1), String("x"))
	}
	return String(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"plain", "a\r\nb", `'"""\`, "\u202e\u009b\x00"})).Draw(t, "string"))
}

func randomTable(t *rapid.T, depth int) *Table {
	table := NewTable()
	for i := range rapid.IntRange(0, 3).Draw(t, "keys") {
		v := randomValue(t, depth)
		form := "k"
		switch v := v.(type) {
		case *Table, inline:
			form = "t"
		case list:
			form = "l"
			if v.blocks {
				form = "a"
			}
		}
		table.Set(fmt.Sprintf("%s%d", form, i), v)
	}
	return table
}

func TestStringsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		text := inlineText(String(s))
		if strings.ContainsAny(text, "\r\n\t\x1b") {
			t.Fatalf("%q holds raw control characters", text)
		}
		if got := mustDecode(t, "v = "+text); got["v"] != quoteText(strings.ToValidUTF8(s, "\ufffd")) {
			t.Fatalf("%q reads back as %v", s, got["v"])
		}
	})
}
