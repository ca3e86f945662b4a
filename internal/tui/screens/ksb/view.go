package ksb

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// A doc is a page wrapped to a width, without any style.
type doc struct {
	lines    []line
	sections []section
}

// A section is a part of the page that can be jumped to.
type section struct {
	name  string
	start int // the line of its heading
}

// A line is what it is, its words, and a lead before them that is drawn fainter or bolder.
type line struct {
	as         role
	lead, text string
}

// A role is what a line is, which decides how it is drawn.
type role int

const (
	blank role = iota
	heading
	sub   // a heading within a section
	prose // words
	aside // words that matter less
	alert // words to take note of
	step  // what Enter does
)

// indent stands before everything but headings, where those have their marker.
const indent = 2

// sectionAt is the section of a line. The blank line above a heading belongs to what it heads.
func (d doc) sectionAt(y int) int {
	i := 0
	for n, s := range d.sections {
		if s.start <= y+1 {
			i = n
		}
	}
	return i
}

func (d doc) name(i int) string {
	if i < 0 || i >= len(d.sections) {
		return ""
	}
	return d.sections[i].name
}

// find is the section of a name; the first one when there is none.
func (d doc) find(name string) int {
	return max(slices.IndexFunc(d.sections, func(s section) bool { return s.name == name }), 0)
}

// lineOf is the line on which a text begins.
func (d doc) lineOf(text string) (y int, ok bool) {
	text = strings.Join(strings.Fields(text), " ")
	first, _, _ := strings.Cut(text, " ")
	for y := range d.lines {
		i := strings.Index(d.lines[y].text, first)
		if i < 0 {
			continue
		}
		rest := d.lines[y].text[i:]
		for n := y + 1; n < len(d.lines) && len(rest) < len(text) && d.lines[n].text != ""; n++ {
			rest += " " + d.lines[n].text
		}
		if strings.HasPrefix(rest, text) {
			return y, true
		}
	}
	return 0, false
}

// A writer writes a page of w cells.
type writer struct {
	doc
	w   int
	all bool // what is folded is shown
}

func (b *writer) section(name string) {
	if len(b.lines) > 0 {
		b.gap()
	}
	b.sections = append(b.sections, section{name, len(b.lines)})
	b.lines = append(b.lines, line{heading, "", name})
}

// apart sets all but the first of some things apart.
func (b *writer) apart(i int) {
	if i > 0 {
		b.gap()
	}
}

func (b *writer) gap() { b.lines = append(b.lines, line{}) }

// say writes a paragraph; nothing when it is empty.
func (b *writer) say(as role, text string) { b.item(as, "", text) }

// item writes a paragraph with a lead in front, and hangs the lines after the first below its words.
func (b *writer) item(as role, lead, text string) {
	in := widget.Width(lead)
	for i, l := range widget.Wrap(text, b.w-indent-in) {
		if i > 0 {
			lead = strings.Repeat(" ", in)
		}
		b.lines = append(b.lines, line{as, lead, l})
	}
}

// labelW is the room for the labels of a list, such as "practise".
const labelW = 10

// label writes a paragraph with a label in a column of its own; where there is little room, in front of the words.
func (b *writer) label(as role, label, text string) {
	if text == "" {
		return
	}
	if b.w < 30 {
		if label = strings.TrimSpace(label); label != "" {
			text = label + ": " + text
		}
		b.say(as, text)
		return
	}
	b.item(as, widget.Pad(label, labelW), text)
}

// View draws the part of the page that is scrolled to.
func (s *Screen) View(c *ui.Context) ui.Page {
	d := s.doc(c)
	page := ui.Page{
		Left: c.Theme.Title.Render(s.ksb + " " + c.Title(s.ksb)), Right: headRight(c, s.ksb, d.name(s.section)),
		Rows: map[int]int{}, Keys: map[int]string{},
	}
	top := max(min(s.top, len(d.lines)-c.Size.H), 0)
	shown := d.lines[top:min(top+max(c.Size.H, 0), len(d.lines))]
	at := 0 // the line of the present section's heading, or the first when it is out of sight
	for y, l := range shown {
		n := d.sectionAt(top + y)
		if l.as == heading && n == s.section {
			at = y
		}
		if l.as == step {
			page.Keys[y] = "enter"
		}
		page.Body = append(page.Body, widget.Cut(drawLine(c.Theme, l, l.as == heading && n == s.section), c.Size.W, ""))
	}
	page.Cursor = &ui.Point{X: 0, Y: at}
	if c.Size.Wide {
		s.drawOutline(c, d, &page)
	}
	return page
}

// drawOutline has the list of sections as the rows of the page, with the cursor among them, and the text beside it. A
// click on a section jumps there.
func (s *Screen) drawOutline(c *ui.Context, d doc, page *ui.Page) {
	t := c.Theme
	page.Side = &ui.Side{Lines: page.Body, At: outlineW, Scrolls: s.scrolled}
	page.Body, page.Keys = nil, nil // a click on a line has one meaning
	n, room := len(d.sections), max(c.Size.H, 0)
	top := widget.Centre(s.section, s.section+1, n, min(n, room))
	for i := top; i < min(n, top+room); i++ {
		mark, style := t.Mark(i == s.section)
		if i == s.section {
			page.Cursor = &ui.Point{X: 0, Y: i - top}
		}
		page.Rows[i-top] = i
		page.Body = append(page.Body, mark+style.Render(widget.Cut(d.sections[i].name, outlineW-2, t.Glyphs.Cut)))
	}
}

func drawLine(t *theme.Theme, l line, present bool) string {
	switch l.as {
	case blank:
		return ""
	case heading:
		if present {
			return t.Accent.Render(t.Glyphs.Marker) + " " + t.Accent.Render(l.text)
		}
		return "  " + t.Title.Render(l.text)
	}
	lead := ""
	if l.lead != "" {
		lead = t.Faint.Render(l.lead)
	}
	styles := [...]theme.Style{sub: t.Title, prose: t.Plain, aside: t.Faint, alert: t.Below, step: t.Key}
	return "  " + lead + styles[l.as].Render(l.text)
}
