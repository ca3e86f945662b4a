package export_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// all is a document with every kind of block, each with the same text.
func all(s string) doc.Doc {
	d := doc.Doc{Title: s + " title"}
	d.Add(
		doc.Para{Text: s + " first"}, doc.Para{Text: s + " apart", SpaceBefore: true},
		doc.Heading{Text: s + " part"}, doc.Item{Depth: 1, Text: s + " item"}, doc.Para{Depth: 2, Text: s + " below it"}, doc.Item{Depth: 1, Text: s + " second"},
		doc.Heading{Depth: 1, Text: s + " smaller"}, doc.Pair{Depth: 2, Label: s + " a", Text: "one"}, doc.Pair{Depth: 2, Label: s + " longer", Text: "two"},
		doc.Para{Depth: 3, Text: s + " of two"}, doc.Bar{Label: s + " bar", Value: 12, Of: 33, Text: "12 of 33"},
		doc.Table{Depth: 1, Labelled: true, Columns: []doc.Column{{Name: "KSB", MinWidth: 3}, {Name: "Title", MinWidth: 12}, {Name: "Level"}}, Rows: []doc.Row{
			{Cells: []doc.Cell{doc.Words("K7"), doc.Words(s), {Text: "2", Number: new(float64), Words: "Supported"}}, Note: s + " note"},
		}},
		doc.Table{Columns: []doc.Column{{Name: "round"}, {Name: "mean"}}, Rows: []doc.Row{{Cells: []doc.Cell{doc.Words(s), doc.Number(1.5, "1.5")}}}},
		doc.Grid{Caption: s + " map", RowLabel: "Duty", Columns: []string{"Skills", "Behaviours"}, Lines: []doc.GridLine{
			{Label: "Duty 1", Name: s, Cells: []doc.GridCell{{Figure: "1 of 2", Words: s + " behind", Tone: doc.ToneBehind}, {}}},
		}},
		doc.Chart{Caption: s + " chart", Max: 4, Times: []doc.ChartTime{{On: calendar.Of(2026, 11, 2), Name: s}}, Lines: []doc.ChartLine{
			{Name: s + " mean", Values: []*float64{new(float64)}}, {Name: s + " unknown", Values: []*float64{nil}},
		}},
		doc.Signature{Depth: 1, Name: s, Role: "learner"}, doc.Signature{},
	)
	return d
}

func written(t *testing.T, f export.Format, d doc.Doc) string {
	t.Helper()
	out, err := f.Write(d)
	if err != nil {
		t.Fatal(f.Name, err)
	}
	return string(out)
}

func TestText(t *testing.T) {
	t.Parallel()
	want := strings.TrimPrefix(`
X title
X first

X apart

X part
  X item
    X below it
  X second

  X smaller
    X a       one
    X longer  two
              X of two
X bar  12 of 33
  K7   X             level 2
       X note
round  mean
X      1.5
X map
Duty 1  X: skills X behind
X chart
Day         Round  X mean  X unknown
2 Nov 2026  X      0.0     not known
  X, learner
    Signature ______________________________ Date ________________
Name ______________________________, role ______________________________
  Signature ______________________________ Date ________________
`, "\n")
	if got := string(export.Text(all("X"), 80)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	want := strings.TrimPrefix(`
# X title

X first

X apart

## X part

- X item
  - X below it
- X second

### X smaller

- **X a:** one
- **X longer:** two
  - X of two
- **X bar:** 12 of 33

| KSB | Title | Level | Note |
| --- | --- | ---: | --- |
| K7 | X | 2 (Supported) | X note |

| round | mean |
| --- | ---: |
| X | 1.5 |

X map

| Duty | Skills | Behaviours |
| --- | --- | --- |
| Duty 1 X | X behind |  |

X chart

| Day | Round | X mean | X unknown |
| --- | --- | ---: | --- |
| 2 Nov 2026 | X | 0.0 | not known |

X, learner

Signature ______________________________ Date ________________

Name ______________________________, role ______________________________

Signature ______________________________ Date ________________
`, "\n")
	want = strings.ReplaceAll(want, "_", ".")
	if got := written(t, export.Formats[1], all("X")); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// The second line of an item is indented further than the blocks that belong to the item.
func TestWrappedItemDiffersFromItsParts(t *testing.T) {
	t.Parallel()
	var d doc.Doc
	d.Add(doc.Item{Text: "one two three four five six seven eight"}, doc.Item{Depth: 1, Text: "part"}, doc.Item{Text: "one two three four five six seven eight"})
	want := "one two three four five six seven\n    eight\n  part\none two three four five six seven\n  eight\n"
	if got := string(export.Text(d, 38)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// No format lets control characters through, or lets a text break out of its line.
func TestNoFormatLetsHostileTextThrough(t *testing.T) {
	t.Parallel()
	const bad = "a\x1b]52;c;aGk=\x07b\x1b[2Jc\u202ed\u009be\x00f\u2028g\u200bh\rI\x7fj\nk"
	write := map[string]func(doc.Doc) []byte{"text of 40": func(d doc.Doc) []byte { return export.Text(d, 40) }}
	for _, f := range export.Papers() {
		if f.Binary {
			continue // its texts are not read as they lie in the file
		}
		write[f.Name] = func(d doc.Doc) []byte { return []byte(written(t, f, d)) }
	}
	for name, write := range write {
		out := string(write(all(bad)))
		for _, r := range out {
			if r != '\n' && (safetext.Forbidden(r) || unicode.IsControl(r)) {
				t.Fatalf("%s: %q is in\n%q", name, r, out)
			}
		}
		if strings.Contains(out, "\nk") || !strings.HasSuffix(out, "\n") {
			t.Errorf("%s: a text broke out of its line, or the last line has no end:\n%s", name, out)
		}
	}
	exact := all("x")
	exact.Exact = "one\n\x1b[2Jtwo\n"
	if got := written(t, export.Formats[0], exact); got != "one\n\uFFFD[2Jtwo\n" {
		t.Errorf("%q", got)
	}
}

func TestMarkdownIsEscaped(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain words, 2.5 of 3": "plain words, 2.5 of 3", "a_b *c* `d`": "a\\_b \\*c\\* \\`d\\`", "[x](http://y)": `\[x\](http://y)`, "![](z)": `!\[\](z)`,
		"<script>": `\<script\>`, "a|b": `a\|b`, "&#27;": `\&#27;`, "# no": `\# no`, "- no": `\- no`, "12. no": `12\. no`, "3) no": `3\) no`, `\`: `\\`, "~~no~~": `\~\~no\~\~`, "=== no": `\=== no`,
	} {
		got := written(t, export.Formats[1], doc.Doc{Blocks: []doc.Block{doc.Para{Text: in}}})
		if got != want+"\n" {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestEndingChoosesTheFormat(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{"a.txt": "plain text", "a.md": "Markdown", "a.MD": "Markdown", "b.markdown": "Markdown", "pack": "plain text", "pack.odt": "plain text", ".md": "Markdown"} {
		if got := export.ForFile(file).Name; got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
	seen := map[string]bool{}
	for _, f := range export.Papers() {
		for _, e := range f.Endings {
			if seen[e] || e != strings.ToLower(e) {
				t.Errorf("the ending %s is used twice, or is not in lower case", e)
			}
			seen[e] = true
		}
	}
}

func TestTextKeepsToItsWidth(t *testing.T) {
	t.Parallel()
	for width := 40; width <= 100; width += 20 {
		for l := range strings.Lines(string(export.Text(all("many words that have to be broken over lines"), width))) {
			if n := ansi.StringWidth(strings.TrimSuffix(l, "\n")); n > width && !strings.Contains(l, "  ") {
				t.Errorf("%d columns where there are %d: %s", n, width, l)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 50)
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 40, []string{""}},
		{"one two", 40, []string{"one two"}},
		{"0123456789 0123456789 0123456789", 21, []string{"0123456789 0123456789", "0123456789"}},
		{"use --as-of 2026-11-22 or", 22, []string{"use --as-of 2026-11-22", "or"}},
		{long, 20, []string{long[:20], long[:20], long[:10]}},
		{"a " + long, 20, []string{"a", long[:20], long[:20], long[:10]}},
		{"narrow is refused here", 3, []string{"narrow is refused", "here"}},
		{"漢字漢字漢字漢字漢字漢字 漢字", 20, []string{"漢字漢字漢字漢字漢字", "漢字 漢字"}},
	} {
		if got := export.Wrap(c.in, c.width); !slices.Equal(got, c.want) {
			t.Errorf("export.Wrap(%q, %d)\n got %q\nwant %q", c.in, c.width, got, c.want)
		}
	}
}
