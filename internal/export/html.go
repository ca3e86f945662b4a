package export

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	markup "html"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// pageCSS is the style of a page: on a phone, on a desktop, in dark mode and on paper.
//
//go:embed page.css
var pageCSS string

// policy allows a page its own style and nothing else: no script, no picture, nothing from another address.
var policy = lazy.Value[string]{Make: func() string {
	sum := sha256.Sum256([]byte(pageCSS))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
}}

// html writes one file that any browser can open and print, with no script and nothing to load from elsewhere.
//
// It does without html/template, which would need about a tenth more memory at every start and make the program a
// seventh larger (docs/decisions/4-html-by-hand.md). So every text must go through text or an attribute, which escape
// it, and the names of elements and attributes must be constants. The page is well-formed XML too, so that tests can
// parse it.
func html(d doc.Doc) ([]byte, error) {
	p := &htmlPage{}
	p.raw("<!DOCTYPE html>\n")
	p.open("html", "lang", "en-GB")
	p.open("head")
	p.void("meta", "charset", "utf-8")
	p.void("meta", "http-equiv", "Content-Security-Policy", "content", policy.Get())
	p.void("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
	p.void("meta", "name", "referrer", "content", "no-referrer")
	p.element("title", d.Title)
	p.raw("<style>" + pageCSS + "</style>")
	p.close("head")
	parts := d.Parts()
	short := len(parts) < leastParts
	p.open("body", "class", classIf("plain", short))
	p.element("a", "To the text", "class", "skip", "href", "#main")
	blocks := p.header(d)
	if !short {
		p.contents(parts)
	}
	p.open("main", "id", "main")
	for _, b := range blocks {
		p.block(b)
	}
	p.endPart()
	p.close("main")
	p.open("footer")
	p.element("p", "Made with ksbcoach. This file is complete in itself: it loads nothing and sends nothing.")
	p.close("footer")
	p.close("body")
	p.close("html")
	return p.out.Bytes(), nil
}

// leastParts is how many parts a document must have to get a list of contents.
const leastParts = 4

// htmlPage writes a page block by block. It leaves lists open, since the next block may belong to them: settle closes
// them.
type htmlPage struct {
	out     bytes.Buffer
	parts   int    // sections so far
	section bool   // one is open
	heads   []int  // depths of the headings above the next one, outermost first
	lists   []int  // depths of the open lists, outermost first; each has an open item
	run     string // "facts" or "bars" if such a list is open, with an open entry; else ""
	depth   int    // of that list
	ids     int    // pictures so far
}

func (p *htmlPage) raw(s string) { p.out.WriteString(s) }

func (p *htmlPage) text(s string) { p.raw(markup.EscapeString(s)) }

// open begins an element. Attributes are names and values in turn; those with an empty value are left out.
func (p *htmlPage) open(tag string, attributes ...string) { p.begin(tag, attributes, ">") }

// void writes an element without content.
func (p *htmlPage) void(tag string, attributes ...string) { p.begin(tag, attributes, "/>") }

func (p *htmlPage) begin(tag string, attributes []string, end string) {
	p.raw("<" + tag)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			p.raw(" " + attributes[i] + `="`)
			p.text(attributes[i+1])
			p.raw(`"`)
		}
	}
	p.raw(end)
}

func (p *htmlPage) close(tag string) {
	p.raw("</" + tag + ">")
	if tag != "text" && tag != "span" && tag != "a" && tag != "b" {
		p.raw("\n")
	}
}

func (p *htmlPage) element(tag, text string, attributes ...string) {
	p.open(tag, attributes...)
	p.text(wholeDays(text))
	p.close(tag)
}

// wholeDays keeps a line from breaking inside a date such as 22 Nov 2026.
func wholeDays(s string) string {
	const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
	for at := 0; ; {
		i := strings.Index(s[at:], " 20")
		if i < 0 {
			return s
		}
		i += at
		at = i + len(" 20")
		month := i - len(" Nov")
		if month < 1 || s[month] != ' ' || s[month-1] < '0' || s[month-1] > '9' ||
			!strings.Contains(months, s[month+1:i]) {
			continue
		}
		s = s[:month] + "\u00a0" + s[month+1:i] + "\u00a0" + s[i+1:]
	}
}

// header writes the title and the blocks before the first part, and returns the other blocks. If a document has no
// parts, these are all its blocks.
func (p *htmlPage) header(d doc.Doc) []doc.Block {
	p.open("header")
	p.title(d.Title)
	blocks := d.Blocks
	first := slices.IndexFunc(blocks, func(b doc.Block) bool {
		h, ok := b.(doc.Heading)
		return ok && h.Depth == 0
	})
	if first > 0 {
		for _, b := range blocks[:first] {
			p.block(b)
		}
		p.settle(nil)
		blocks = blocks[first:]
	}
	p.close("header")
	return blocks
}

// longestKind is how many letters the part of a title before its colon may have to be set in small type.
const longestKind = 24

// title writes the title, with the kind of document in small type if it comes first: "Progress report: Sam".
func (p *htmlPage) title(title string) {
	kind, name, halves := strings.Cut(title, ": ")
	if !halves || len([]rune(kind)) > longestKind {
		p.element("h1", title)
		return
	}
	p.open("h1")
	p.open("span", "class", "kind")
	p.text(kind)
	p.element("span", ": ", "class", "sr") // for screen readers only
	p.close("span")
	p.text(name)
	p.close("h1")
}

func (p *htmlPage) contents(parts []string) {
	p.open("nav", "aria-label", "Parts of this document")
	p.open("ol")
	for i, name := range parts {
		p.open("li")
		p.element("a", name, "href", "#"+partID(i+1))
		p.close("li")
	}
	p.close("ol")
	p.close("nav")
}

func partID(n int) string { return "part-" + strconv.Itoa(n) }

func (p *htmlPage) block(b doc.Block) {
	p.settle(b)
	switch b := b.(type) {
	case doc.Heading:
		p.heading(b)
	case doc.Para:
		if p.run == "facts" {
			p.element("dd", b.Text) // it belongs to the pair above
		} else {
			p.element("p", b.Text)
		}
	case doc.Item:
		p.item(b)
	case doc.Pair:
		p.pair(b)
	case doc.Bar:
		p.bar(b)
	case doc.Table:
		p.table(b, "")
	case doc.Grid:
		p.grid(b)
	case doc.Chart:
		p.chart(b)
	case doc.Signature:
		p.signature(b)
	}
}

// settle closes the open lists to which block b does not belong, or all of them if b is nil.
func (p *htmlPage) settle(b doc.Block) {
	depth, run := -1, ""
	switch b := b.(type) {
	case doc.Item:
		depth = b.Depth
	case doc.Para:
		if !b.SpaceBefore && len(p.lists) > 0 && b.Depth > p.lists[0] {
			depth = b.Depth - 1
		}
		if !b.SpaceBefore && p.run == "facts" && b.Depth > p.depth {
			run = p.run
		}
	case doc.Pair:
		run = "facts"
	case doc.Bar:
		run = "bars"
	}
	for len(p.lists) > 0 && p.lists[len(p.lists)-1] > depth {
		p.close("li")
		p.close("ul")
		p.lists = p.lists[:len(p.lists)-1]
	}
	if p.run != "" && p.run != run {
		p.close("div")
		p.close("dl")
		p.run = ""
	}
}

func (p *htmlPage) heading(b doc.Heading) {
	if b.Depth == 0 {
		p.endPart()
		p.parts++
		p.section, p.heads = true, nil
		id := partID(p.parts)
		p.open("section", "aria-labelledby", id)
		p.element("h2", b.Text, "id", id)
		return
	}
	for len(p.heads) > 0 && p.heads[len(p.heads)-1] >= b.Depth {
		p.heads = p.heads[:len(p.heads)-1]
	}
	p.heads = append(p.heads, b.Depth)
	level := 1 + len(p.heads) // depths may skip a step, levels of headings may not
	if p.section {
		level++
	}
	p.element("h"+strconv.Itoa(min(level, 6)), b.Text)
}

func (p *htmlPage) endPart() {
	p.settle(nil)
	if p.section {
		p.close("section")
	}
	p.section = false
}

// item begins an item, and leaves it open for blocks that belong to it.
func (p *htmlPage) item(b doc.Item) {
	if n := len(p.lists); n > 0 && p.lists[n-1] == b.Depth {
		p.close("li")
	} else {
		p.open("ul")
		p.lists = append(p.lists, b.Depth)
	}
	p.open("li")
	p.text(wholeDays(strings.TrimSpace(b.Text)))
}

func (p *htmlPage) pair(b doc.Pair) {
	p.entry("facts", b.Depth)
	p.element("dt", b.Label)
	p.element("dd", b.Text)
}

// entry begins an entry of a list of pairs or bars, and the list itself if none is open.
func (p *htmlPage) entry(run string, depth int) {
	if p.run == run {
		p.close("div")
	} else {
		p.open("dl", "class", run)
		p.run, p.depth = run, depth
	}
	p.open("div")
}

// table writes a table. On a phone the style turns each row into a block, after which browsers no longer tell screen
// readers that it is a table: so the roles say it. The caption is for screen readers only.
func (p *htmlPage) table(t doc.Table, caption string) {
	p.open("table", "role", "table")
	if caption != "" {
		p.element("caption", caption, "class", "sr")
	}
	noted := isNoted(t)
	p.open("thead", "role", "rowgroup")
	p.open("tr", "role", "row")
	for _, c := range t.Columns {
		p.element("th", c.Name, "scope", "col", "role", "columnheader")
	}
	if noted {
		p.element("th", notes(t), "scope", "col", "role", "columnheader")
	}
	p.close("tr")
	p.close("thead")
	p.open("tbody", "role", "rowgroup")
	for _, r := range t.Rows {
		p.open("tr", "role", "row")
		for i, c := range r.Cells {
			if i > 0 && r.Cells[i-1].Number != nil {
				c.Words = "" // only the first of several numbers is said in words too
			}
			p.cell(t.Columns[i].Name, c, i == 0, i > 0 && i == len(r.Cells)-1 && !noted)
		}
		if noted {
			p.element("td", r.Note, "role", "cell", "class", classes("why", classIf("empty", r.Note == "")))
		}
		p.close("tr")
	}
	p.close("tbody")
	p.close("table")
}

// titleName is the heading of the column of short titles, which get a line of their own on a phone.
const titleName = "Title"

// cell writes a cell. The first of a row is its heading; the last, if it has text, gets a line of its own on a phone.
func (p *htmlPage) cell(column string, c doc.Cell, first, last bool) {
	switch {
	case first:
		p.element("th", c.Text, "scope", "row", "role", "rowheader")
	case c.Number != nil:
		p.open("td", "role", "cell", "class", "n", "data-name", column)
		p.element("span", c.Text, "class", classes("step", tone(c)))
		if c.Words != "" {
			p.element("span", " "+c.Words, "class", "named")
		}
		p.close("td")
	case c.Tone != doc.ToneNone:
		p.open("td", "role", "cell")
		p.element("span", c.Text, "class", classes("step", tone(c)))
		p.close("td")
	case column == titleName:
		p.element("td", c.Text, "role", "cell", "class", "name")
	default:
		size := "wide-cell"
		if !last {
			size = classIf("short", len(c.Text) <= 16) // a short text, such as a date, stays on one line
		}
		p.element("td", c.Text, "role", "cell", "class", classes(size, classIf("empty", c.Text == "")))
	}
}

// tone is the class for the tone of a cell, "" for none.
func tone(c doc.Cell) string { return classIf(tones.Get()[c.Tone], c.Tone != doc.ToneNone) }

func classIf(name string, wanted bool) string { return lists.Pick(wanted, name, "") }

func classes(names ...string) string { return strings.Join(words.Given(names...), " ") }

func (p *htmlPage) signature(b doc.Signature) {
	p.open("div", "class", "sign")
	p.open("p")
	for i, x := range []struct{ text, label string }{{b.Name, "Name"}, {b.Role, "role"}} {
		if i > 0 {
			p.text(", ")
		}
		if x.text != "" {
			p.text(wholeDays(x.text))
			continue
		}
		p.text(x.label + " ")
		p.element("span", "", "class", "blank")
	}
	p.close("p")
	p.open("p", "class", "rule")
	p.element("span", "Signature")
	p.element("span", "Date")
	p.close("p")
	p.close("div")
}
