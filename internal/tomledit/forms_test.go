package tomledit

import (
	"strings"
	"testing"
	"unicode"
)

// forms are the ways of writing that a person may choose.
var forms = []struct{ name, text string }{
	{"empty", ""},
	{"only a comment", "# nothing yet"},
	{"byte order mark", "\ufeffa = 1\n"},
	{"crlf", "a = 1\r\n[b]\r\nc = [\r\n  1, # one\r\n  2\r\n]\r\n"},
	{"quoted keys", "\"K7\" = 1\n'K 8' = 2\n\"\\u004b9\" = 3\n\"a.b\".\"c\" = 4\n"},
	{"inline rating", "[[round]]\n[round.self]\nK7 = { level = 1, on = 2025-09-20 } # mine\n"},
	{"dotted rating", "[[round]]\nself.K7.level = 1\nself.K7.on = 2025-09-20\nself . \"K8\" . level = 2\n"},
	{"sub-table rating", "[[round]]\n[round.self.K7]\nlevel = 1\n[round.self.K8]\nlevel = 2\n"},
	{"super-table last", "[a.b.c]\nx = 1\n[a]\ny = 2\n"},
	{"sub-table of dotted table", "[fruit]\napple.colour = \"red\"\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true\n"},
	{"dotted key into implied table", "[a.b.c]\nx = 1\n[a]\nb.y = 2\n"},
	{"nested lists", "[[a]]\n[a.b]\n[[a.b.c]]\nd = 1\n[[a.b.c]]\n[[a]]\n[[a.b.c]]\n"},
	{"scattered", "[[r]]\nid = 1\n[x]\ny = 1\n[r.s]\nk = 2\n[[r]]\n[r.s]\n"},
	{"inline list of tables", "l = [\n  # first\n  { a = 1 }, # one\n\n  { a = 2 }  # two\n  # last\n]\n"},
	{"table over lines", "t = {\n  a = 1, # one\n  b.c = 2,\n  b.d = [ 3 ], # three\n}\n"},
	{"empties", "a = []\nb = {}\nc = [ # none\n]\nd = {\n}\n[e]\n[[f]]\n"},
	{"strings", "a = \"\"\"x\"\"\"\"\"\nb = '''y''''\nc = \"\"\"\\\"\"\"\"\nd = \"\"\"\n# no\n[no]\n\"\"\"\ne = ''\nf = \"\"\nh = \"\"\"a \\  \n  b\"\"\"\n"},
	{"escapes", `a = "\e\x41\u00e9\U0001F600\\\""` + "\n"},
	{"numbers", "a = [0x1F, 0o7, 0b1, 1_000, +1, -0, 1.5e-3, inf, -nan, 1e06]\n"},
	{"dates", "a = [2025-09-20, 2025-09-20T10:00Z, 2025-09-20 10:00:00.5, 10:00]\nb = 2025-09-20 # c\n"},
	{"comments", "# [x] \"\"\" '\na = 1 # { [ \" '''\n#end"},
	{"tabs", "\ta\t=\t1\t# c\n\t[b]\n\t\tc = 2\n"},
	{"no final newline", "[a]\nb = 1"},
	{"unicode", "\"Zoë\" = \"血 – “quoted”\"\n"},
	{"same key in two elements", "[[a]]\nb.c = 1\nb.d = 2\n[[a]]\nb.c = 1\nb.d = 2\n[[a]]\n[a.b.e]\n"},
	{"lists in lists", "a = [[1, 2], [], [{ b = [{ c = 1 }] }, { b = [] }]]\n"},
	{"an array is a table elsewhere", "[[a]]\nb = [1]\n[[a]]\n[a.b]\nc = 1\n"},
}

func TestForms(t *testing.T) {
	for _, form := range forms {
		t.Run(form.name, func(t *testing.T) {
			d := mustParse(t, form.text)
			if got := string(d.Bytes()); got != form.text {
				t.Fatalf("reading changed it to\n%q", got)
			}
			agrees(t, d)
			for _, n := range append(d.ix.nodes, d.ix.root) {
				for what := range uint16(16 * 11) {
					fuzzEdit(&named{t, what}, d.clone(), n, what, "x")
				}
			}
		})
	}
}

// refusedTexts have the place and a word of the message that they are refused with.
var refusedTexts = []struct {
	name, text string
	line, col  int
	key, word  string
}{
	{"lone carriage return", "a = 1\rb = 2\n", 1, 6, "", "carriage return"},
	{"carriage return at the end", "a = 1\r", 1, 6, "", "carriage return"},
	{"NUL", "a = 1\nb = \x00\n", 2, 5, "", "NUL"},
	{"NUL-filled", strings.Repeat("\x00", 100), 1, 1, "", "NUL"},
	{"UTF-16 with mark", "\xff\xfea\x00", 1, 1, "", "UTF-16"},
	{"UTF-16, big end first", "\xfe\xff\x00a", 1, 1, "", "UTF-16"},
	{"UTF-16 without mark", "a\x00 \x00=\x00 \x001\x00", 1, 1, "", "UTF-16"},
	{"Latin-1", "a = 1\nb = \"Zo\xeb\"\n", 2, 8, "", "not UTF-8"},
	{"cut in a rune", "a = \"\xe8\xa1", 1, 6, "", "not UTF-8"},
	{"conflict, ours", "a = 1\n<<<<<<< HEAD\nb = 2\n", 2, 1, "", "conflict"},
	{"conflict, middle", "a = 1\n=======\r\nb = 2\n", 2, 1, "", "conflict"},
	{"conflict, theirs", ">>>>>>> other", 1, 1, "", "conflict"},
	{"conflict in a list", "a = [\n||||||| base\n1]\n", 2, 1, "", "conflict"},
	{"escape character", "a = \"\x1b[2J\"\n", 1, 6, "", "U+001B"},
	{"control character in a comment", "a = 1 # \x7f\n", 1, 9, "", "U+007F"},
	{"control character after a backslash", "a = \"\\\x01\"\n", 1, 7, "", "U+0001"},
	{"smart quotes", "[learner]\nname = “Asha”\n", 2, 8, "learner.name", "a value"},
	{"no quotes", "[learner]\nname = Asha\n", 2, 8, "learner.name", `"Asha" is not a value`},
	{"colon", "[learner]\nname: \"Asha\"\n", 2, 5, "learner.name", "= after the key"},
	{"no value", "a =\n", 1, 4, "a", "the line ends"},
	{"cut after =", "a = ", 1, 5, "a", "the file ends"},
	{"open string", "a = \"b\nc = 1\n", 1, 5, "", "never closed"},
	{"open string at the end", "a = 'b", 1, 5, "", "never closed"},
	{"escape character in a long string", "a = \"\"\"\n\x1b\"\"\"", 2, 1, "", "U+001B"},
	{"control character after a backslash in a long string", "a = \"\"\"\\\x01\"\"\"", 1, 9, "", "U+0001"},
	{"control character in a long literal", "a = '''\b'''", 1, 8, "", "U+0008"},
	{"bad escape in a key", `"a\q" = 1`, 1, 3, "", "unknown escape"},
	{"bad escape in a header", `[x."a\q"]`, 1, 6, "x", "unknown escape"},
	{"key missing in a table", "[x]\na = { = 1 }", 2, 7, "x.a", "a key"},
	{"no comma in a table", "a = { b = 1 c = 2 }", 1, 13, "a.b", "a comma or }"},
	{"long word", "a = " + strings.Repeat("x", 99), 1, 5, "a", `xxx..." is not a value`},
	{"table here, list there", "[[a]]\nb.c = 1\n[[a]]\nb = []\n", 4, 1, "a.b", "a list in one place"},
	{"open long string", "a = \"\"\"b\nc = 1\n", 1, 5, "", "never closed"},
	{"open string ends in a backslash", "a = \"\\\n\"\n", 1, 5, "", "never closed"},
	{"six quotes", `a = """b""""""` + "\n", 1, 9, "", "too many quotes"},
	{"open list", "a = [1, 2\nb = 3\n", 2, 1, "a", "a comma or ]"},
	{"open list at the end", "a = [1, 2,\n", 1, 5, "a", "never closed"},
	{"open table", "[x]\na = { b = 1,\n", 2, 5, "x.a.b", "never closed"},
	{"open header", "[a\nb = 1\n", 1, 3, "a", "] to end the header"},
	{"half open list header", "[[a]\nb = 1\n", 1, 5, "a", "] to end the header"},
	{"two on a line", "a = 1 b = 2\n", 1, 7, "a", "the end of the line"},
	{"word after a header", "[a] b\n", 1, 5, "a", "the end of the line"},
	{"bad escape", `a = "C:\dir"` + "\n", 1, 8, "a", "unknown escape"},
	{"surrogate", `a = "\ud800"` + "\n", 1, 6, "a", "unknown escape"},
	{"twice", "[x]\na = 1\na = 2\n", 3, 1, "x.a", "line 2"},
	{"twice, quoted", "a = 1\n\"a\" = 2\n", 2, 1, "a", "line 1"},
	{"table twice", "[a]\n[b]\n[a]\n", 3, 2, "a", "table already"},
	{"table over value", "a = 1\n[a]\n", 2, 2, "a", "is a value"},
	{"table below value", "a = 1\n[a.b]\n", 2, 2, "a", "is a value"},
	{"table below inline table", "a = {}\n[a.b]\n", 2, 2, "a", "is a value"},
	{"dotted key into inline table", "a = {}\na.b = 1\n", 2, 1, "a", "is a value"},
	{"dotted key into table", "[a.b]\n[a]\nb.c = 1\n", 3, 1, "a.b", "table already"},
	{"dotted key into list", "[[a.b]]\n[a]\nb.c = 1\n", 3, 1, "a.b", "is a value"},
	{"header for dotted table", "a.b = 1\n[a]\n", 2, 2, "a", "table already"},
	{"table over list", "[[a]]\n[a]\n", 2, 2, "a", "list of [[ ]]"},
	{"list over table", "[a]\n[[a]]\n", 2, 3, "a", "not a list"},
	{"list over inline list", "a = []\n[[a]]\n", 2, 3, "a", "not a list"},
	{"list here, table there", "[[a]]\nb = [1]\n[[a]]\nb.c = 1\nb.d = 2\n", 4, 1, "a.b", "a list in one place"},
	{"empty key", "\"\" = 1\n", 1, 1, "", "key is empty"},
	{"key in triple quotes", "\"\"\"a\"\"\" = 1\n", 1, 1, "", "triple quotes"},
	{"bare key of letters", "zoë = 1\n", 1, 3, "zo", "= after the key"},
	{"no key", "= 1\n", 1, 1, "", "a key"},
	{"empty part", "[x]\na..b = 1\n", 2, 3, "x.a", "a key"},
	{"no such day", "a = 2025-02-30\n", 1, 5, "a", `"2025-02-30" is not a value`},
	{"leading zero", "a = 007\n", 1, 5, "a", `"007" is not a value`},
	{"python", "a = True\n", 1, 5, "a", "not a value"},
	{"comma first", "a = [,1]\n", 1, 6, "a", "a value"},
	{"byte order mark inside", "a = 1\n\ufeffb = 2\n", 2, 1, "", "a key"},
}

func TestRefusedTexts(t *testing.T) {
	for _, c := range refusedTexts {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.text), ProfileLimits)
			problem, ok := err.(*Error)
			if !ok {
				t.Fatalf("got %v, want an *Error", err)
			}
			if problem.Pos != (Pos{c.line, c.col}) || problem.Key != c.key || !strings.Contains(problem.Msg, c.word) {
				t.Errorf("got %v (key %q, hint %q), want line %d, column %d, key %q: ... %s ...",
					err, problem.Key, problem.Hint, c.line, c.col, c.key, c.word)
			}
			showsSafely(t, problem)
		})
	}
}

// showsSafely fails if an error holds what a terminal would act on, or is long.
func showsSafely(t tester, err *Error) {
	t.Helper()
	for _, s := range []string{err.Error(), err.Key, err.Hint} {
		for _, r := range s {
			if r > unicode.MaxASCII || !unicode.IsPrint(r) {
				t.Fatalf("%q holds %q", s, r)
			}
		}
	}
	if len(err.Msg) > 1000 {
		t.Fatalf("a message of %d bytes", len(err.Msg))
	}
}

// named adds to a failure the edit that it is about.
type named struct {
	*testing.T
	what uint16
}

func (n *named) Fatalf(format string, args ...any) {
	n.T.Helper()
	n.T.Fatalf("edit %d: "+format, append([]any{n.what}, args...)...)
}
