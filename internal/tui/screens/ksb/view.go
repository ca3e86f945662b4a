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
	at, seen := 0, false // the line of the present section's heading, or the first when it is out of sight
	for y, l := range shown {
		n := d.sectionAt(top + y)
		if l.as == heading && n == s.section {
			at, seen = y, true
		}
		if l.as == step {
			page.Keys[y] = "enter"
		}
		page.Body = append(page.Body, widget.Cut(drawLine(c.Theme, l, l.as == heading && n == s.section), c.Size.W, ""))
	}
	page.Cursor = &ui.Point{X: 0, Y: at}
	if c.Size.Wide {
		s.drawOutline(c, d, &page)
		if seen {
			page.Cursor.X = outlineW + 3
		} else {
			page.Cursor.Y = min(s.section, max(c.Size.H-1, 0))
		}
	}
	return page
}

// drawOutline puts the list of sections beside the page. A click on a section jumps there.
func (s *Screen) drawOutline(c *ui.Context, d doc, page *ui.Page) {
	t := c.Theme
	var left []string
	for i, x := range d.sections[:min(len(d.sections), max(c.Size.H, 0))] {
		mark, style := "  ", t.Plain
		if i == s.section {
			mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
		}
		page.Rows[i] = i
		left = append(left, mark+style.Render(widget.Cut(x.name, outlineW-2, t.Glyphs.Cut)))
	}
	page.Keys = nil // a click on a line has one meaning
	page.Body = widget.Beside(left, page.Body, outlineW, c.Size.H, t.Glyphs.Bar)
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
