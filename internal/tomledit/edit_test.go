package tomledit

import (
	"strings"
	"testing"
)

func set(v Value, path ...any) func(d *Doc) error {
	return func(d *Doc) error { return d.Set(v, nil, path...) }
}

func setOrdered(v Value, path ...any) func(d *Doc) error {
	return func(d *Doc) error { return d.Set(v, natural, path...) }
}

func insertLast(d *Doc, t *Table, path ...any) error { return d.Insert(t, d.Len(path...), path...) }

func appendTo(t *Table, path ...any) func(d *Doc) error {
	return func(d *Doc) error { return insertLast(d, t, path...) }
}

func del(path ...any) func(d *Doc) error {
	return func(d *Doc) error { return d.Delete(path...) }
}

func ins(i int, t *Table, path ...any) func(d *Doc) error {
	return func(d *Doc) error { return d.Insert(t, i, path...) }
}

func one(key string) *Table { return NewTable().Set(key, Int(1)) }

var edits = []struct {
	name string
	text string
	do   func(d *Doc) error
	want string
}{
	// Literals in place.
	{"keep spacing and comment", "a  =  1   # c\n", set(Int(2), "a"), "a  =  2   # c\n"},
	{"one line for many", "a = \"\"\"\nx\n\"\"\" # c\n", set(String("x\ny"), "a"), "a = \"x\\ny\" # c\n"},
	{"another kind", "a = 'x' # c\n", set(Bool(true), "a"), "a = true # c\n"},
	{"equal number keeps its spelling", "a = 0x10\n", set(Int(16), "a"), "a = 0x10\n"},
	{"equal text keeps its quotes", "a = 'x'\n", set(String("x"), "a"), "a = 'x'\n"},
	{"a float is not an int", "a = 1\n", set(float(1), "a"), "a = 1.0\n"},
	{"escapes", "a = 1\n", set(String("\x1b\u0085\u2028\u202e\t\"\\é血"), "a"), "a = \"\\u001B\\u0085\\u2028\\u202E\\t\\\"\\\\é血\"\n"},
	{"list: only what differs", "a = [ 1,2 , # two\n 3 ]\n", set(Ints([]int{1, 5, 3}), "a"), "a = [ 1,5 , # two\n 3 ]\n"},
	{"list: one more inside", "a = [\n  1, # one\n  # three\n  3,\n]\n", set(Ints([]int{1, 2, 3}), "a"), "a = [\n  1, # one\n  2,\n  # three\n  3,\n]\n"},
	{"list: one less", "a = [\n  1, # one\n  2, # two\n  3 # three\n]\n", set(Ints([]int{1, 2}), "a"), "a = [\n  1, # one\n  2 # two\n  # three\n]\n"},
	{"list: none", "a = [ 1, 2 ]\n", set(Ints(nil), "a"), "a = []\n"},
	{"list becomes a text", "[x]\n  a = [ # one\n    1 ] # end\n", set(String("b"), "x", "a"), "[x]\n  # one\n  a = \"b\" # end\n"},
	{"text becomes a list", "a = 'x' # c\n", set(Strings([]string{"x", "y"}), "a"), "a = [\"x\", \"y\"] # c\n"},
	{"list in a list", "a = [ [1, 2 ] ]\n", set(Array(Ints([]int{1, 3})), "a"), "a = [ [1, 3 ] ]\n"},
	{"element", "a = [1, 2]\n", set(Int(3), "a", 1), "a = [1, 3]\n"},
	{"element past the end", "a = [1, 2]\n", set(Int(3), "a", 2), "a = [1, 2, 3]\n"},

	// A table in the middle of a list.
	{"insert before the first", "[[x]]\nn = 1\n\n# two\n[[x]]\nn = 2\n", ins(0, one("a"), "x"), "[[x]]\na = 1\n\n[[x]]\nn = 1\n\n# two\n[[x]]\nn = 2\n"},
	{"insert above the comment of the next", "[[x]]\nn = 1\n\n# two\n[[x]]\nn = 2\n", ins(1, one("a"), "x"), "[[x]]\nn = 1\n\n[[x]]\na = 1\n\n# two\n[[x]]\nn = 2\n"},
	{"insert past the end", "[[x]]\nn = 1\n\n[y]\n", ins(9, one("a"), "x"), "[[x]]\nn = 1\n\n[[x]]\na = 1\n\n[y]\n"},
	{"insert in line", "x = [{ n = 1 }, { n = 2 }]\n", ins(1, one("a"), "x"), "x = [{ n = 1 }, { a = 1 }, { n = 2 }]\n"},

	// A rating in the three forms.
	{"rating inline", "[r.self]\nK7 = {level=1, on = 2025-09-20}# c\n", set(Inline(one("level").Set("by", String("J"))), "r", "self", "K7"), "[r.self]\nK7 = {level=1, on = 2025-09-20, by = \"J\"}# c\n"},
	{"rating dotted", "[r]\nself.K7.level = 2 # c\nself.K7.on = 2025-09-20\n\n[x]\n", set(Inline(one("level").Set("by", String("J"))), "r", "self", "K7"), "[r]\nself.K7.level = 1 # c\nself.K7.on = 2025-09-20\nself.K7.by = \"J\"\n\n[x]\n"},
	{"rating as sub-table", "[r.self.K7]\nlevel = 2 # c\n\n[x]\n", set(Inline(one("level").Set("by", String("J"))), "r", "self", "K7"), "[r.self.K7]\nlevel = 1 # c\nby = \"J\"\n\n[x]\n"},
	{"new rating among dotted", "[r]\nself.K7.level = 2\nself.S1.level = 2\nid = 1\n", setOrdered(Inline(one("level")), "r", "self", "K8"), "[r]\nself.K7.level = 2\nself.K8 = { level = 1 }\nself.S1.level = 2\nid = 1\n"},
	{"new key of dotted keeps their spelling", "[r]\n\tself . 'K7'.level = 2\n", set(Int(1), "r", "self", "K7", "a b", "c"), "[r]\n\tself . 'K7'.level = 2\n\tself . 'K7'.\"a b\".c = 1\n"},
	{"new rating among sub-tables", "[r.self.K7]\nlevel = 2\n\n# later\n[r.self.S1]\nlevel = 1\n", setOrdered(one("level"), "r", "self", "K8"), "[r.self.K7]\nlevel = 2\n\n[r.self.K8]\nlevel = 1\n\n# later\n[r.self.S1]\nlevel = 1\n"},
	{"plain key for an implied table", "# r\n[r.self.K7]\nlevel = 2\n", set(Int(1), "r", "self", "x"), "[r.self]\nx = 1\n# r\n[r.self.K7]\nlevel = 2\n"},
	{"plain key for an implied table, with gaps", "[a]\n\n# r\n[r]\n\n[r.self.K7]\n", set(Int(1), "r", "self", "x"), "[a]\n\n# r\n[r]\n\n[r.self]\nx = 1\n\n[r.self.K7]\n"},

	// Places of new lines.
	{"into nothing", "", set(Int(1), "a"), "a = 1\n"},
	{"into a byte order mark", "\ufeff", set(Int(1), "a"), "\ufeffa = 1"},
	{"into a comment", "# c", set(Int(1), "a"), "# c\na = 1"},
	{"table into nothing", "", set(Int(1), "a", "b"), "[a]\nb = 1\n"},
	{"top, above the first header", "[x]\n", set(Int(1), "a"), "a = 1\n\n[x]\n"},
	{"top, below the comment of the file", "# file\n\n\n# x\n[x]\n", set(Int(1), "a"), "# file\na = 1\n\n\n# x\n[x]\n"},
	{"top, above the comment of a header", "# x\n[x]\n", set(Int(1), "a"), "a = 1\n\n# x\n[x]\n"},
	{"top, ordered, below the comment of the file", "# file\nb = 1\n", setOrdered(Int(1), "a"), "# file\na = 1\nb = 1\n"},
	{"ordered, above the comment of a key", "[t]\na = 1\n# c\nc = 1\n", setOrdered(Int(1), "t", "b"), "[t]\na = 1\nb = 1\n# c\nc = 1\n"},
	{"last, above what is commented out", "[t]\na = 1\n# b = 1\n\n[x]\n", set(Int(1), "t", "c"), "[t]\na = 1\nc = 1\n# b = 1\n\n[x]\n"},
	{"first, below the comment of the table", "[t]\n# one line each\n\n[x]\n", set(Int(1), "t", "a"), "[t]\n# one line each\na = 1\n\n[x]\n"},
	{"first, not below the comment of the next", "[t]\n# x\n[x]\n", set(Int(1), "t", "a"), "[t]\na = 1\n# x\n[x]\n"},
	{"super-table after its sub-table", "[t.s]\nb = 1\n[t]\n[x]\n", set(Int(1), "t", "a"), "[t.s]\nb = 1\n[t]\na = 1\n[x]\n"},
	{"own keys before sub-tables", "[t]\na = 1\n[t.s]\nb = 1\n", set(Int(1), "t", "c"), "[t]\na = 1\nc = 1\n[t.s]\nb = 1\n"},
	{"indented", "  [t]\n    a = 1\n", set(Int(1), "t", "b"), "  [t]\n    a = 1\n    b = 1\n"},
	{"CRLF", "[t]\r\na = 1\r\n", set(one("k"), "t", "b"), "[t]\r\na = 1\r\n[t.b]\r\nk = 1\r\n"},
	{"mostly CRLF", "[t]\r\na = 1\r\nb = 1\n", set(Int(1), "t", "c"), "[t]\r\na = 1\r\nb = 1\nc = 1\r\n"},
	{"no final line end", "[t]\na = 1", set(Int(1), "t", "b"), "[t]\na = 1\nb = 1"},
	{"quoted key", "", set(Int(1), "a.b", "c\"d"), "[\"a.b\"]\n\"c\\\"d\" = 1\n"},

	// Lists on the way.
	{"list under a header", "", set(Int(1), "a", "l", 0, "k"), "[[a.l]]\nk = 1\n"},
	{"list of plain values", "", set(Int(1), "l", 0, 0), "l = [[1]]\n"},
	{"list beside dotted keys", "a.b = 1\n", set(Int(1), "a", "c", "l", 0, "k"), "a.b = 1\na.c.l = [{ k = 1 }]\n"},
	{"inline table in a list", "", set(Inline(one("k")), "l", 0), "l = [{ k = 1 }]\n"},
	{"element of blocks", "[[a]]\n", set(Int(1), "a", 1, "b", "k"), "[[a]]\n\n[[a]]\n[a.b]\nk = 1\n"},

	// Blocks.
	{"table after its parent's last", "[r]\nid = 1\n[r.s]\nk = 1\n# end of r\n\n[x]\n", set(one("k"), "r", "t"), "[r]\nid = 1\n[r.s]\nk = 1\n# end of r\n[r.t]\nk = 1\n\n[x]\n"},
	{"table of a list element", "[[r]]\nid = 1\n[r.s]\n\n[[r]]\nid = 2\n", set(Int(1), "r", 0, "t", "k"), "[[r]]\nid = 1\n[r.s]\n[r.t]\nk = 1\n\n[[r]]\nid = 2\n"},
	{"table inside a table", "", set(NewTable().Set("b", one("c")).Set("d", Tables(one("e"), NewTable())), "a"), "[a.b]\nc = 1\n[[a.d]]\ne = 1\n[[a.d]]\n"},
	{"plain keys first", "", set(NewTable().Set("b", one("c")).Set("d", Int(1)).Set("e", Tables()), "a"), "[a]\nd = 1\ne = []\n[a.b]\nc = 1\n"},
	{"empty table", "a = 1\n", set(NewTable(), "t"), "a = 1\n\n[t]\n"},
	{"merge keeps other keys", "[t]\na = 1\nb = 1 # b\n", set(NewTable().Set("b", Int(2)).Set("s", one("k")), "t"), "[t]\na = 1\nb = 2 # b\n[t.s]\nk = 1\n"},
	{"list element after all of the last", "[[a]]\n[a.b]\n[[a.c]]\n# end\n\n[x]\n", appendTo(one("k"), "a"), "[[a]]\n[a.b]\n[[a.c]]\n# end\n\n[[a]]\nk = 1\n\n[x]\n"},
	{"list element without gaps", "[x]\n[[a]]\n[[a]]\nk = 1\n[y]\n", appendTo(one("k"), "a"), "[x]\n[[a]]\n[[a]]\nk = 1\n[[a]]\nk = 1\n[y]\n"},
	{"list element at the end, no final line end", "[[a]]\nk = 1", appendTo(one("k"), "a"), "[[a]]\nk = 1\n\n[[a]]\nk = 1"},
	{"list element spelled as the first", "[[ 'a' ]]\n", appendTo(one("k"), "a"), "[[ 'a' ]]\n\n[['a']]\nk = 1\n"},
	{"gap that is there already", "a = 1\n\n", appendTo(one("k"), "l"), "a = 1\n\n[[l]]\nk = 1\n"},
	{"list element with the gap of its list", "[[a.b]]\n\n[[a.b]]\n[a.b.c]\n", appendTo(one("k"), "a", "b"), "[[a.b]]\n\n[[a.b]]\n[a.b.c]\n\n[[a.b]]\nk = 1\n"},
	{"table before the first", "# b\n[b]\n", setOrdered(one("k"), "a"), "[a]\nk = 1\n\n# b\n[b]\n"},
	{"empty list element", "[[a]]\n", appendTo(nil, "a"), "[[a]]\n\n[[a]]\n"},
	{"first element", "a = 1\n", appendTo(one("k"), "l"), "a = 1\n\n[[l]]\nk = 1\n"},
	{"first element in an implied table", "[a.b]\n", appendTo(one("k"), "a", "l"), "[a.b]\n[[a.l]]\nk = 1\n"},
	{"first element beside dotted keys", "a.b = 1\n", appendTo(one("k"), "a", "l"), "a.b = 1\na.l = [{ k = 1 }]\n"},
	{"first element in an inline table", "a = {}\n", appendTo(one("k"), "a", "l"), "a = { l = [{ k = 1 }] }\n"},
	{"blocks by Set, in the middle", "[[a]]\nk = 1\n\n[[a]]\nk = 3 # c\n", set(Tables(one("k"), NewTable().Set("k", Int(2)), NewTable().Set("k", Int(3))), "a"), "[[a]]\nk = 1\n\n[[a]]\nk = 2\n\n[[a]]\nk = 3 # c\n"},
	{"blocks by Set, none", "b = 1\n\n[[a]]\nk = 1 # c\n", set(Tables(), "a"), "b = 1\na = []\n\n# c\n"},

	{"blocks by Set, none, CRLF", "[[a]]\r\n", set(Tables(), "a"), "a = []\r\n"},
	{"blocks by Set, none, no final line end", "[[a]]", set(Tables(), "a"), "a = []"},

	// Inside brackets.
	{"pair in braces", "a = {b = 1}\n", set(Int(1), "a", "c"), "a = {b = 1, c = 1}\n"},
	{"pair in empty braces", "a = { }\n", set(Int(1), "a", "c"), "a = { c = 1 }\n"},
	{"pair first", "a = { b = 1 }\n", setOrdered(Int(1), "a", "a"), "a = { a = 1, b = 1 }\n"},
	{"pair behind a trailing comma", "a = { b = 1, }\n", set(Int(1), "a", "c"), "a = { b = 1, c = 1, }\n"},
	{"pair on its line", "a = {\n  b = 1 # b\n}\n", set(Int(1), "a", "c"), "a = {\n  b = 1, # b\n  c = 1\n}\n"},
	{"pair beside dotted pairs", "a = { b.c = 1, d = 1 }\n", set(Int(1), "a", "b", "e"), "a = { b.c = 1, b.e = 1, d = 1 }\n"},
	{"pair with a table", "a = { b = 1 }\n", set(Int(1), "a", "c", "d"), "a = { b = 1, c = { d = 1 } }\n"},
	{"element on its line", "a = [\n  { k = 1 }, # one\n  # more\n]\n", appendTo(one("k"), "a"), "a = [\n  { k = 1 }, # one\n  { k = 1 },\n  # more\n]\n"},
	{"element below what looks like a comment", "a = [\n  \"\"\"x\n# y\"\"\",\n  'z',\n]\n", set(Strings([]string{"x\n# y", "n", "z"}), "a"), "a = [\n  \"\"\"x\n# y\"\"\",\n  \"n\",\n  'z',\n]\n"},
	{"line below what looks like a comment", "[t]\na = '''x\n# y'''\nc = 1\n", setOrdered(Int(1), "t", "b"), "[t]\na = '''x\n# y'''\nb = 1\nc = 1\n"},
	{"element on the line of the bracket", "a = [\n  1 ]\n", set(Int(2), "a", 1), "a = [\n  1, 2 ]\n"},
	{"element in an empty list", "a = [ # none yet\n]\n", appendTo(one("k"), "a"), "a = [ # none yet\n  { k = 1 }\n]\n"},
	{"element behind a comment", "a = [ 1, 2 # two\n]\n", set(Int(3), "a", 2), "a = [ 1, 2, 3 # two\n]\n"},

	// Delete.
	{"line", "a = 1\nb = 2\n", del("a"), "b = 2\n"},
	{"line with a comment", "  a = 1 # c\nb = 2\n", del("a"), "  # c\nb = 2\n"},
	{"comment above stays", "# c\na = 1\nb = 2\n", del("a"), "# c\nb = 2\n"},
	{"line with comments in it", "[t]\n  a = [ # one\n    1, # two\n  ] # three\n", del("t", "a"), "[t]\n  # one\n  # two\n  # three\n"},
	{"last line without a line end", "a = 1\nb = 2", del("b"), "a = 1"},
	{"last line with a comment, without a line end", "a = 1\nb = 2 # c", del("b"), "a = 1\n# c"},
	{"only line", "a = 1\n", del("a"), ""},
	{"only line among blank lines", "\n\na = 1\n\n", del("a"), ""},
	{"last key of a table", "[t]\na = 1\n\n[x]\n", del("t", "a"), "[t]\n\n[x]\n"},
	{"dotted table", "a.b = 1\nc = 1\na.d = 1\n", del("a"), "c = 1\n"},
	{"last dotted key", "a.b = 1\nc = 1\n", del("a", "b"), "c = 1\n"},
	{"block", "[a]\n\n[b]\nk = 1\n\n[c]\n", del("b"), "[a]\n\n[c]\n"},
	{"first block", "[a]\nk = 1\n\n[b]\n", del("a"), "[b]\n"},
	{"last block", "[a]\n\n[b]\nk = 1\n", del("b"), "[a]\n"},
	{"block without gaps", "[a]\n[b]\nk = 1\n[c]\n", del("b"), "[a]\n[c]\n"},
	{"block with comments", "[a]\n\n# b\n[b] # b1\n\n# b2\n\n\nk = 1\n# b3\n\n[c]\n", del("b"), "[a]\n\n# b\n# b1\n\n# b2\n# b3\n\n[c]\n"},
	{"block with scattered sub-tables", "[a]\n[b]\n[a.c]\nk = 1\n[d]\n", del("a"), "[b]\n[d]\n"},
	{"implied table", "[a.b]\n[c]\n[a.d]\n", del("a"), "[c]\n"},
	{"list", "[[a]]\n[x]\n[[a]]\n[a.b]\n", del("a"), "[x]\n"},
	{"list element with its sub-tables", "[[a]]\n[a.b]\n[[a.c]]\n\n[[a]]\nk = 1\n", del("a", 0), "[[a]]\nk = 1\n"},
	{"pair", "a = { b = 1, c = 2, d = 3 }\n", del("a", "c"), "a = { b = 1, d = 3 }\n"},
	{"first pair", "a = { b = 1, c = 2 }\n", del("a", "b"), "a = { c = 2 }\n"},
	{"last pair", "a = { b = 1, c = 2 }\n", del("a", "c"), "a = { b = 1 }\n"},
	{"only pair", "a = { b = 1 }\n", del("a", "b"), "a = {}\n"},
	{"dotted pairs", "a = { b.c = 1, d = 2, b.e = 3 }\n", del("a", "b"), "a = { d = 2 }\n"},
	{"element on its line gone", "a = [\n  1, # one\n  # of two\n  2, # two\n  3  # three\n]\n", del("a", 1), "a = [\n  1, # one\n  # of two\n  # two\n  3  # three\n]\n"},
	{"last element on its line gone", "a = [\n  1, # one\n  3  # three\n]\n", del("a", 1), "a = [\n  1 # one\n  # three\n]\n"},
	{"first of two on a line gone", "a = [\n  1, 2,\n  3,\n]\n", del("a", 0), "a = [\n  2,\n  3,\n]\n"},
	{"second of two on a line gone", "a = [\n  1, 2,\n  3,\n]\n", del("a", 1), "a = [\n  1,\n  3,\n]\n"},
	{"last of two on a line gone", "a = [\n  1, 2\n]\n", del("a", 1), "a = [\n  1\n]\n"},
	{"element before a comment gone", "a = [1, 2, # c\n 3]\n", del("a", 1), "a = [1, # c\n 3]\n"},
	{"element with a comment in it gone", "a = [[1, # c\n 2], 3]\n", del("a", 0), "a = [# c\n3]\n"},
	{"all elements gone, comments kept", "a = [ # c\n  1\n]\n", del("a", 0), "a = [ # c\n]\n"},
	{"what is not there", "a = 1\n", del("b", 0, "c"), "a = 1\n"},
}

func TestEdits(t *testing.T) {
	for _, c := range edits {
		t.Run(c.name, func(t *testing.T) {
			d := mustParse(t, c.text)
			before := d.clone()
			if err := c.do(d); err != nil {
				t.Fatal(err)
			}
			if got := string(d.Bytes()); got != c.want {
				t.Errorf("%q became\n%q, want\n%q", c.text, got, c.want)
			}
			if got := string(before.Bytes()); got != c.text {
				t.Errorf("the edit changed a clone to %q", got)
			}
			agrees(t, d)
		})
	}
}

var refusedEdits = []struct {
	name string
	text string
	do   func(d *Doc) error
	pos  Pos
	key  string
	word string
}{
	{"table over text", "a = 'x'\n", set(one("k"), "a"), Pos{1, 1}, "a", "is not a table"},
	{"text over table", "[x]\na.b = 1\n", set(Int(1), "x", "a"), Pos{2, 1}, "x.a", "holds tables"},
	{"text over list of tables", "[[a]]\n", set(Int(1), "a"), Pos{1, 3}, "a", "holds tables"},
	{"list of tables over text", "a = 1\n", set(Tables(one("k")), "a"), Pos{1, 1}, "a", "plain value"},
	{"table over element", "a = [1]\n", set(Tables(one("k")), "a"), Pos{1, 6}, "a", "is not a table"},
	{"text among [[ ]]", "[[a]]\n", set(Int(1), "a", 1), Pos{1, 3}, "a", "[[ ]]"},
	{"below a text", "a = 1\n", set(Int(1), "a", "b"), Pos{1, 1}, "a", "plain value"},
	{"name in a list", "a = []\n", set(Int(1), "a", "b"), Pos{1, 1}, "a", "numbers"},
	{"number in a table", "a = {}\n", set(Int(1), "a", 0), Pos{1, 1}, "a", "names"},
	{"gap in a list", "[[a]]\n", set(Int(1), "a", 2, "b"), Pos{1, 3}, "a", "no such element"},
	{"before a list", "[[a]]\n", set(Int(1), "a", -1, "b"), Pos{1, 3}, "a", "no such element"},
	{"no key in a path", "[a]\n", set(Int(1), "a", ""), Pos{1, 2}, "a", "empty key"},
	{"no key beside dotted keys", "a.b = 1\n", set(Int(1), "a", "c", ""), Pos{}, `a.c.""`, "key is empty"},
	{"new list from 1 beside dotted keys", "a.b = 1\n", set(Int(1), "a", "c", 1), Pos{}, "a.c", "element 0"},
	{"list over a table in a list", "a = [{}]\n", set(Array(Int(1)), "a"), Pos{1, 6}, "a", "holds tables"},
	{"plain values among [[ ]]", "[[a]]\n", set(Array(NewTable(), Int(1)), "a"), Pos{1, 3}, "a", "[[ ]]"},
	{"new list from 1", "", set(Int(1), "a", 1), Pos{}, "a", "element 0"},
	{"append to a table", "[a]\n", appendTo(one("k"), "a"), Pos{1, 2}, "a", "not a list"},
	{"append to plain values", "a = [1]\n", appendTo(one("k"), "a"), Pos{1, 1}, "a", "plain values"},
	{"list here, table there", "[[a]]\nb = [1]\n[[a]]\n", func(d *Doc) error { return d.Set(one("k"), nil, "a", 1, "b", "c", "d") }, Pos{}, "a.b", "not possible"},
	{"no such day inside", "", set(Tables(NewTable().Set("on", Date(2026, 2, 30))), "a"), Pos{}, "a", "no date 2026-02-30"},
}

func TestRefusedEdits(t *testing.T) {
	for _, c := range refusedEdits {
		t.Run(c.name, func(t *testing.T) {
			d := mustParse(t, c.text)
			problem, ok := c.do(d).(*Error)
			if !ok {
				t.Fatalf("not refused: %q", d.Bytes())
			}
			if problem.Pos != c.pos || problem.Key != c.key || !strings.Contains(problem.Msg, c.word) {
				t.Errorf("got %v: %q, key %q, want %v, key %q, ... %s ...", problem.Pos, problem.Msg, problem.Key, c.pos, c.key, c.word)
			}
			if got := string(d.Bytes()); got != c.text {
				t.Errorf("the refused edit changed the text to %q", got)
			}
			showsSafely(t, problem)
		})
	}
}
