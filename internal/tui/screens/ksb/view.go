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

// A line is a line of text, after a label or the spaces below one.
type line struct {
	role       role
	lead, text string
}

// A role decides how a line is drawn.
type role int

const (
	blank role = iota
	heading
	sub // a heading within a section
	prose
	aside // matters less
	alert // to take note of
	step  // what Enter does; a click on it presses Enter
)

// indent is the width of the marker of headings; all other lines begin after it too.
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

// find is the section of that name, or the first one if there is none.
func (d doc) find(name string) int {
	return max(slices.IndexFunc(d.sections, func(s section) bool { return s.name == name }), 0)
}

// lineOf is the line on which a text begins. The text may be wrapped over several lines, but not across a blank one.
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

// A writer writes a page in lines of at most w cells.
type writer struct {
	doc
	w   int
	all bool // what is folded is shown
}

func (b *writer) section(name string) {
	b.gapBefore(len(b.lines))
	b.sections = append(b.sections, section{name, len(b.lines)})
	b.lines = append(b.lines, line{heading, "", name})
}

// gapBefore writes a blank line before all but the first of some items, counted from 0.
func (b *writer) gapBefore(i int) {
	if i > 0 {
		b.gap()
	}
}

func (b *writer) gap() { b.lines = append(b.lines, line{}) }

// say writes a paragraph, or nothing for "".
func (b *writer) say(r role, text string) { b.item(r, "", text) }

// item writes a paragraph after a lead such as "1  ". Its other lines are indented as far.
func (b *writer) item(r role, lead, text string) {
	in := widget.Width(lead)
	for i, l := range widget.Wrap(text, b.w-indent-in) {
		if i > 0 {
			lead = strings.Repeat(" ", in)
		}
		b.lines = append(b.lines, line{r, lead, l})
	}
}

const (
	labelW    = 10 // the column of labels such as "practise"
	leastText = 30 // a page narrower than this has no column for labels
)

// label writes a paragraph after a label, or nothing for "".
func (b *writer) label(r role, label, text string) {
	if text == "" {
		return
	}
	if b.w < leastText {
		if name := strings.TrimSpace(label); name != "" {
			text = name + ": " + text
		}
		b.say(r, text)
		return
	}
	b.item(r, widget.Pad(label, labelW), text)
}

func (s *Screen) View(c *ui.Context) ui.Page {
	d := s.doc(c)
	page := ui.Page{
		Left: c.Theme.Title.Render(s.ksb + " " + c.Title(s.ksb)), Right: headRight(c, s.ksb, d.name(s.section)),
		Rows: map[int]int{}, Keys: map[int]string{},
	}
	top := max(min(s.top, len(d.lines)-c.Size.H), 0)
	shown := d.lines[top:min(top+max(c.Size.H, 0), len(d.lines))]
	page.Cursor = &ui.Point{} // on the heading of the current section, or on the first line if that is out of sight
	for y, l := range shown {
		current := l.role == heading && d.sectionAt(top+y) == s.section
		if current {
			page.Cursor.Y = y
		}
		if l.role == step {
			page.Keys[y] = "enter"
		}
		page.Body = append(page.Body, widget.Cut(drawLine(c.Theme, l, current), c.Size.W, ""))
	}
	if c.Size.Wide {
		s.drawOutline(c, d, &page)
	}
	return page
}

// drawOutline moves the text into the side pane and makes the list of sections the body. A click on one jumps there.
func (s *Screen) drawOutline(c *ui.Context, d doc, page *ui.Page) {
	t := c.Theme
	page.Side = &ui.Side{Lines: page.Body, At: outlineW, Scrolls: s.scrolled}
	page.Body, page.Keys = nil, nil // a click on a line of the list must do nothing else
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

func drawLine(t *theme.Theme, l line, current bool) string {
	switch l.role {
	case blank:
		return ""
	case heading:
		if current {
			return t.Accent.Render(t.Glyphs.Marker) + " " + t.Accent.Render(l.text)
		}
		return "  " + t.Title.Render(l.text)
	}
	lead := ""
	if l.lead != "" {
		lead = t.Faint.Render(l.lead)
	}
	styles := [...]theme.Style{sub: t.Title, prose: t.Plain, aside: t.Faint, alert: t.Below, step: t.Key}
	return "  " + lead + styles[l.role].Render(l.text)
}
