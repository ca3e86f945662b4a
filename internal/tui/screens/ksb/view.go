package ksb

import (
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// View draws the part of the page that is scrolled to.
func (s *Screen) View(c *ui.Context) ui.Page {
	d := s.doc(c)
	page := ui.Page{
		Left:  c.Theme.Title.Render(s.ksb + " " + c.Title(s.ksb)),
		Right: headRight(c, s.ksb, d.name(s.section)),
		Rows:  map[int]int{}, Keys: map[int]string{},
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

// drawOutline has the list of sections as the rows of the page, with the cursor among them, and the text beside it. A click
// on a section jumps there.
func (s *Screen) drawOutline(c *ui.Context, d doc, page *ui.Page) {
	t := c.Theme
	page.Side = &ui.Side{Lines: page.Body, At: outlineW, Scrolls: s.scrolled}
	page.Body, page.Keys = nil, nil // a click on a line has one meaning
	n, room := len(d.sections), max(c.Size.H, 0)
	top := widget.Centre(s.section, s.section+1, n, min(n, room))
	for i := top; i < min(n, top+room); i++ {
		mark, style := "  ", t.Plain
		if i == s.section {
			mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
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
	return "  " + lead + roleStyle(t, l.as).Render(l.text)
}

func roleStyle(t *theme.Theme, as role) theme.Style {
	switch as {
	case sub:
		return t.Title
	case aside:
		return t.Faint
	case alert:
		return t.Below
	case step:
		return t.Key
	}
	return t.Plain
}
