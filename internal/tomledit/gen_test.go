package tomledit

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// gen writes random documents in the many forms a person may use. What it
// writes is always TOML. Keys start with a letter for their form, because a
// name that is an array here and a dotted table there is refused by Parse.
type gen struct {
	t      *rapid.T
	b      strings.Builder
	eol    string
	serial int
}

func document(t *rapid.T) string {
	g := gen{t: t, eol: "\n"}
	if g.one(3) {
		g.eol = "\r\n"
	}
	if g.one(8) {
		g.b.WriteString(bom)
	}
	g.trivia()
	g.lines(2)
	g.tables("", 3)
	g.trivia()
	text := g.b.String()
	if g.one(4) {
		text = strings.TrimRight(text, "\r\n")
	}
	return text
}

func (g *gen) n(k int) int     { return rapid.IntRange(0, k-1).Draw(g.t, "n") }
func (g *gen) one(in int) bool { return g.n(in) == in-1 }

func (g *gen) line(s string) { g.b.WriteString(s + g.eol) }

func (g *gen) comment() string {
	g.serial++
	return fmt.Sprintf("# c%d %s", g.serial, rapid.SampledFrom([]string{"", "[x]", "a = 1", `"""`, "'", "{ [ é", "\t"}).Draw(g.t, "comment"))
}

func (g *gen) trivia() {
	for range g.n(3) {
		switch g.n(4) {
		case 0:
			g.line(g.indent() + g.comment())
		case 1:
			g.line(g.indent())
		default:
			g.line("")
		}
	}
}

func (g *gen) indent() string { return strings.Repeat(" ", 2*max(0, g.n(4)-2)) }

func (g *gen) tail() string {
	switch g.n(6) {
	case 0:
		return " " + g.comment()
	case 1:
		return " "
	}
	return ""
}

func (g *gen) key(form string) string {
	g.serial++
	name := fmt.Sprintf("%s%d", form, g.serial)
	switch g.n(6) {
	case 0:
		return `"` + name + `"`
	case 1:
		return "'" + name + ".x y'"
	case 2:
		return `"` + name + `\u00e9 \""`
	}
	return name
}

func (g *gen) equals() string {
	return rapid.SampledFrom([]string{" = ", "=", "  =\t"}).Draw(g.t, "=")
}

// lines writes keys of the table that is open.
func (g *gen) lines(depth int) {
	for range g.n(4) {
		in := g.indent()
		if depth > 0 && g.one(4) {
			prefix := in + g.key("d")
			if g.one(3) {
				prefix += " . " + g.key("d")
			}
			for range 1 + g.n(2) {
				g.line(prefix + "." + g.key("k") + g.equals() + g.value(depth-1) + g.tail())
				g.trivia()
			}
			continue
		}
		g.line(in + g.pair(depth) + g.tail())
		g.trivia()
	}
}

func (g *gen) pair(depth int) string {
	switch g.n(6) {
	case 0:
		return g.key("i") + g.equals() + g.inline(depth)
	case 1:
		return g.key("l") + g.equals() + g.array(depth)
	}
	return g.key("k") + g.equals() + g.literal()
}

func (g *gen) value(depth int) string {
	if depth > 0 && g.one(4) {
		return g.inline(depth)
	}
	return g.literal()
}

// tables writes headers below path, which ends in a dot if it is not empty.
func (g *gen) tables(path string, depth int) {
	if depth <= 0 {
		return
	}
	for range g.n(3) {
		switch g.n(4) {
		case 0:
			g.list(path+g.key("a"), depth)
		case 1:
			g.implied(path+g.key("s"), depth)
		default:
			g.table(path+g.key("t"), depth)
		}
	}
}

func (g *gen) table(path string, depth int) {
	g.header("[" + path + "]")
	g.tables(path+".", depth-1)
}

func (g *gen) list(path string, depth int) {
	for range 1 + g.n(3) {
		g.header("[[" + path + "]]")
		g.tables(path+".", depth-1)
	}
}

// implied writes tables below path, and perhaps its own header after them.
func (g *gen) implied(path string, depth int) {
	g.table(path+"."+g.key("t"), depth-1)
	g.tables(path+".", depth-1)
	if g.one(2) {
		g.header("[" + path + "]")
	}
}

func (g *gen) header(text string) {
	if g.one(6) {
		at := strings.LastIndex(text, "[") + 1
		end := strings.Index(text, "]")
		text = text[:at] + " " + text[at:end] + "\t" + text[end:]
	}
	g.line(g.indent() + text + g.tail())
	g.trivia()
	g.lines(2)
}

// literals has a pilcrow where the line ends.
var literals = []string{
	`"plain"`, `"esc \" \\ \n \e \x41 \u00e9"`, `''`, `'C:\x # no'`, `"# [x] = { '"`, `"Zoë – 血"`,
	`"""one"""`, `"""¶two ""¶"lines" \¶   on"""`, `"""q"""""`, `"""\""""`, `'''it''s # '''''`,
	`'''¶# not a comment¶[not.a.header]¶'''`, `"""\\"""`,
	"0", "-17", "+99", "1_000", "0xDEAD_beef", "0o17", "0b1", "3.5", "-0.0", "1e6", "6.02e+2_3", "inf", "-inf", "nan",
	"true", "false", "2025-09-20", "2025-09-20T10:00:00Z", "2025-09-20 10:00:00.5-01:30", "10:00", "10:00:00",
}

func (g *gen) literal() string {
	return strings.ReplaceAll(rapid.SampledFrom(literals).Draw(g.t, "literal"), "¶", g.eol)
}

func (g *gen) inline(depth int) string {
	return g.items("{", "}", g.n(4), func() string {
		if depth > 1 && g.one(4) {
			prefix := g.key("d")
			return prefix + "." + g.key("k") + " = " + g.literal() + ", " + prefix + " . " + g.key("k") + "=" + g.literal()
		}
		if depth > 1 && g.one(4) {
			return g.key("l") + " = " + g.array(depth-1)
		}
		return g.key("k") + g.equals() + g.value(depth-1)
	})
}

func (g *gen) array(depth int) string {
	item := g.literal
	switch {
	case depth > 1 && g.one(3):
		item = func() string { return g.inline(depth - 1) }
	case depth > 1 && g.one(4):
		item = func() string { return g.array(depth - 1) }
	}
	return g.items("[", "]", g.n(4), item)
}

// items writes n items on one line or on many, with comments and commas in the
// places that people choose.
func (g *gen) items(open, closing string, n int, item func() string) string {
	gap := func() string { return rapid.SampledFrom([]string{"", " "}).Draw(g.t, "gap") }
	if g.one(3) {
		gap = func() string {
			switch g.n(3) {
			case 0:
				return g.eol + g.indent()
			case 1:
				return " " + g.comment() + g.eol + g.indent()
			}
			return ""
		}
	}
	var b strings.Builder
	b.WriteString(open + gap())
	for i := range n {
		b.WriteString(gap() + item() + gap())
		if i < n-1 || g.one(4) {
			b.WriteString("," + gap())
		}
	}
	return b.String() + gap() + closing
}

// float is a number that is written as a float even when it is whole. No profile holds one, but any TOML may.
func float(f float64) Value { return literal{text: floatText(f)} }

// clone is a Doc that later edits of d do not change.
func (d *Doc) clone() *Doc {
	c := *d
	return &c
}
