package appraisal

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The panes of a wide terminal.
const (
	listMost = 66
	barW     = 3
)

// listWidth is how wide the page itself is drawn.
func listWidth(c *ui.Context) int {
	if c.Size.Wide {
		return listMost
	}
	return c.Size.W
}

// headHeight is how many lines stand still above what is scrolled: the pages, what Enter does, and an empty line.
func headHeight(c *ui.Context) int {
	switch {
	case c.Size.H < 5:
		return 0
	case c.Size.H < 9:
		return 1
	case c.Size.H < roomyFrom:
		return 2
	}
	return 3
}

func bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

// View draws the page that is shown, or the text in front of it.
func (s *Screen) View(c *ui.Context) ui.Page {
	t := c.Theme
	m := s.page(c)
	page := ui.Page{Left: t.Title.Render("Appraisal"), Right: s.headRight(c), Rows: map[int]int{}, Keys: map[int]string{}}
	page.Body = s.head(c, m)
	if headHeight(c) > 1 {
		page.Keys[0], page.Keys[1] = "tab", "enter"
	}
	if s.text != nil {
		s.drawText(c, &page)
	} else {
		s.drawPage(c, m, &page)
	}
	page.Body = page.Body[:min(len(page.Body), max(c.Size.H, 0))]
	for i, l := range page.Body {
		if widget.Width(l) > c.Size.W {
			page.Body[i] = widget.Cut(l, c.Size.W, "")
		}
	}
	if page.Cursor == nil { // nothing can be chosen here: what Enter does is read first
		page.Cursor = &ui.Point{X: 0, Y: min(1, headHeight(c)-1)}
	}
	if p := page.Cursor; p != nil {
		p.X, p.Y = max(min(p.X, c.Size.W-1), 0), max(min(p.Y, c.Size.H-1), 0)
	}
	return page
}

func (s *Screen) head(c *ui.Context, m page) []string {
	t := c.Theme
	does := m.chosen().does
	if s.text != nil {
		does = "go on; the arrow keys scroll, Esc goes back"
	}
	if does == "" {
		does = "go on"
	}
	lines := []string{s.drawTabs(c), " " + t.Key.Render("Enter") + "  " + shorten(does, max(c.Size.W-8, 1), 1, t.Glyphs.Cut)[0], ""}
	return lines[:headHeight(c)]
}

// drawTabs is the line of the pages, with the one that is shown in brackets. Names go where there is too little room.
func (s *Screen) drawTabs(c *ui.Context) string {
	t := c.Theme
	for _, long := range []bool{true, false} {
		line := ""
		for i, x := range tabKeys {
			if i > 0 {
				line += "  "
			}
			k := x.key.Help().Key
			switch {
			case tab(i) == s.tab:
				line += t.Accent.Render("[" + k + " " + x.name + "]")
			case long:
				line += t.Key.Render(k) + " " + x.name
			default:
				line += t.Key.Render(k)
			}
		}
		if widget.Width(line) <= c.Size.W || !long {
			return widget.Cut(line, c.Size.W, "")
		}
	}
	return ""
}

func (s *Screen) drawPage(c *ui.Context, m page, page *ui.Page) {
	d := layOut(c, m, listWidth(c))
	h, y := bodyHeight(c), len(page.Body)
	top := d.topFor(s.at[s.tab].top, h)
	var lines []string
	for i := top; i < min(top+h, len(d.lines)); i++ {
		if d.at[i] != none {
			page.Rows[y+i-top] = d.at[i]
			if d.at[i] == m.cur && page.Cursor == nil {
				page.Cursor = &ui.Point{X: 0, Y: y + i - top}
			}
		}
		lines = append(lines, d.lines[i])
	}
	if c.Size.Wide {
		page.Side = &ui.Side{Lines: s.drawPane(c, m, c.Size.W-listMost-barW, h), At: listMost, From: y}
	}
	page.Body = append(page.Body, lines...)
}

// textLines are the lines of the text in front, wrapped.
func (s *Screen) textLines(c *ui.Context) []string {
	out := []string{" " + c.Theme.Title.Render(s.text.title), ""}
	for _, l := range s.text.lines {
		if l == "" {
			out = append(out, "")
		}
		// What is indented stays so where it is wrapped.
		words := strings.TrimLeft(l, " ")
		in := min(indent+len(l)-len(words), c.Size.W/2)
		for _, x := range widget.Wrap(words, max(min(c.Size.W, 100)-in, 1)) {
			out = append(out, spaces(in)+x)
		}
	}
	return out
}

func (s *Screen) drawText(c *ui.Context, page *ui.Page) {
	lines := s.textLines(c)
	top := max(min(s.text.top, len(lines)-bodyHeight(c)), 0)
	page.Cursor = &ui.Point{X: 0, Y: len(page.Body)}
	page.Body = append(page.Body, lines[top:min(top+bodyHeight(c), len(lines))]...)
}
