package tomledit

import (
	"strconv"
	"strings"
	"testing"
)

// bombs are the documents that were measured to exhaust parsers.
var bombs = []struct {
	name string
	text func() string
	word string
}{
	{"arrays 500,000 deep", func() string { return "a = " + nest("[", "]", 500_000) }, "nested"},
	{"arrays 2,500,000 deep", func() string { return "a = " + nest("[", "]", 2_500_000) }, "too large"},
	{"inline tables 1,000 deep", func() string { return "a = " + nest("{a=", "}", 1_000) }, "nested"},
	{"inline tables 10,000 deep", func() string { return "a = " + nest("{a=", "}", 10_000) }, "nested"},
	{"inline tables 100,000 deep", func() string { return "a = " + nest("{a=", "}", 100_000) }, "nested"},
	{"dotted key of 10,000 parts", func() string { return dots("a", 10_000) + " = 1" }, "parts"},
	{"dotted key of 30,000 parts", func() string { return dots("a", 30_000) + " = 1" }, "parts"},
	{"dotted key of 100,000 quoted parts", func() string { return dots("'a'", 100_000) + " = 1" }, "parts"},
	{"header of 100,000 parts", func() string { return "[" + dots("a", 100_000) + "]" }, "parts"},
	{"list header of 100,000 parts", func() string { return "[[ " + dots(" a ", 100_000) + "]]" }, "parts"},
	{"parts in an inline table", func() string { return "x = { " + dots("a", 17) + " = 1 }" }, "parts"},
	{"60,000 distinct keys", func() string { return lines(60_000, func(i int) string { return "k" + strconv.Itoa(i) + " = 1" }) }, "keys"},
	{"60,000 tables", func() string { return lines(60_000, func(i int) string { return "[t" + strconv.Itoa(i) + "]" }) }, "keys"},
	{"60,000 list elements", func() string { return "a = [" + strings.Repeat("1,", 60_000) + "]" }, "keys"},
	{"60,000 list tables", func() string { return strings.Repeat("[[a]]\n", 60_000) }, "keys"},
	{"60,000 empty lists", func() string { return "a = [" + strings.Repeat("[],", 30_000) + "]" }, "keys"},
	{"1 MiB of short keys", func() string { return strings.Repeat("a=1\n", 1<<18) }, "keys"},
	{"many parts in many keys", func() string { return strings.Repeat(dots("a", 16)+"=1\n", 4_000) }, "keys"},
	{"one string of 20 MB", func() string { return "a = '" + strings.Repeat("x", 20<<20) + "'" }, "too large"},
	{"hidden behind a string", func() string { return "a = '''''' # '''\nb = " + nest("[", "]", 17) }, "nested"},
	{"hidden behind a comment", func() string { return "# \"\"\"\nb = " + nest("{a=", "}", 17) }, "nested"},
	{"hidden behind escaped quotes", func() string { return `a = """\"""" # """` + "\nb = " + nest("[", "]", 17) }, "nested"},
}

func nest(open, closing string, n int) string {
	return strings.Repeat(open, n) + "1" + strings.Repeat(closing, n)
}

func dots(part string, n int) string { return strings.Repeat(part+".", n-1) + part }

func lines(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i) + "\n")
	}
	return b.String()
}

func TestCheckRefusesBombs(t *testing.T) {
	for _, bomb := range bombs {
		t.Run(bomb.name, func(t *testing.T) {
			src := []byte(bomb.text())
			var err error
			if allocs := testing.AllocsPerRun(1, func() { err = Check(src, ProfileLimits) }); allocs > 20 {
				t.Errorf("%v allocations", allocs)
			}
			if err == nil || !strings.Contains(err.Error(), bomb.word) {
				t.Fatalf("got %v, want a word about %q", err, bomb.word)
			}
			showsSafely(t, err.(*Error))
		})
	}
}

func TestCheckAcceptsTheLimits(t *testing.T) {
	for name, text := range map[string]string{
		"lists 16 deep":         "a = " + nest("[", "]", 16),
		"tables 16 deep":        "a = " + nest("{a=", "}", 16),
		"16 parts":              dots("a", 16) + " = 1\n[b." + dots("a", 15) + "]",
		"50,000 keys":           lines(50_000, func(i int) string { return "k" + strconv.Itoa(i) + "=1" }),
		"1 MiB":                 "a = '" + strings.Repeat("x", 1<<20-6) + "'",
		"brackets in a string":  "a = '" + nest("[", "]", 100) + "'",
		"brackets in a comment": "# " + nest("[", "]", 100),
		"dots in values":        "a = [" + strings.Repeat("1.5, ", 20) + "]",
		"markers in a string":   "a = '''\n<<<<<<< ours\n=======\n>>>>>>> theirs\n'''",
		"eight signs":           "# <<<<<<<\n# =======\n",
	} {
		t.Run(name, func(t *testing.T) {
			if err := Check([]byte(text), ProfileLimits); err != nil {
				t.Fatal(err)
			}
			if _, err := Parse([]byte(text), ProfileLimits); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// An edit may not take a text over the limits that it was read with.
func TestEditsKeepTheLimits(t *testing.T) {
	loop := NewTable()
	loop.Set("loop", loop)
	for name, edit := range map[string]func(d *Doc) error{
		"size":  func(d *Doc) error { return d.Set(String(strings.Repeat("x", 100)), nil, "b") },
		"depth": func(d *Doc) error { return d.Set(Array(Array(Array(Array(Int(1))))), nil, "b") },
		"parts": func(d *Doc) error { return d.Set(Int(1), nil, "b", "c", "d", "e", "f") },
		"keys":  func(d *Doc) error { return d.Set(Ints(make([]int, 11)), nil, "b") },
		"loop":  func(d *Doc) error { return d.Set(loop, nil, "b") },
		"day":   func(d *Doc) error { return d.Set(Date(2026, 2, 30), nil, "b") },
		"year":  func(d *Doc) error { return insertLast(d, NewTable().Set("on", Date(12026, 2, 3)), "b") },
		"UTF-8": func(d *Doc) error { return d.Set(Int(1), nil, "b\xff") },
		"empty": func(d *Doc) error { return d.Set(NewTable().Set("", Int(1)), nil, "b") },
		"none":  func(d *Doc) error { return d.Set(Int(1), nil, "b", "") },
		"root":  func(d *Doc) error { return d.Delete() },
	} {
		t.Run(name, func(t *testing.T) {
			const text = "a = 1\n"
			d, err := Parse([]byte(text), Limits{Size: 100, Depth: 3, Keys: 10})
			if err != nil {
				t.Fatal(err)
			}
			problem, ok := edit(d).(*Error)
			if !ok || string(d.Bytes()) != text {
				t.Fatalf("got %v and %q", problem, d.Bytes())
			}
			showsSafely(t, problem)
		})
	}
}
