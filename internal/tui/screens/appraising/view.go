package appraising

import (
	"cmp"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// The panes of a wide terminal.
const (
	listMost = 66
	barW     = 3
)

func listWidth(c *ui.Context) int {
	if c.Size.Wide {
		return listMost
	}
	return c.Size.W
}

// headHeight is the number of lines above the part that scrolls: the tabs, what Enter does, and an empty line.
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

// roomyFrom is the height from which on there is room for empty lines between the parts.
const roomyFrom = 15

// View draws the page that is shown, or the text in front of it.
func (s *Screen) View(c *ui.Context) ui.Page {
	out := ui.Page{Left: c.Theme.Title.Render("Appraisal"), Right: s.headRight(c)}
	d := s.sheet(c)
	r, _ := s.at[s.tab].Chosen(d.Rows)
	s.head(&out, r, c)
	y, h := len(out.Body), bodyHeight(c)
	if s.text != nil {
		s.text.Draw(&out, s.textLines(c), h, c)
	} else {
		s.at[s.tab].Show(&out, d, h, 0, c.Theme.Accent.Render(c.Theme.Glyphs.Marker))
		if c.Size.Wide {
			out.Side = &ui.Side{Lines: s.drawPane(c, r, c.Size.W-listMost-barW, h), At: listMost, From: y}
		}
	}
	if len(out.Rows) == 0 && s.text == nil { // nothing can be chosen here: what Enter does is read first
		out.Cursor = &ui.Point{X: 0, Y: max(min(1, headHeight(c)-1), 0)}
	}
	out.CutTo(c.Size)
	return out
}

// head adds the line of the pages, what Enter does, and an empty line, as far as there is room for them.
func (s *Screen) head(out *ui.Page, r page.Row, c *ui.Context) {
	does := cmp.Or(r.Does, "go on")
	if s.text != nil {
		does = "go on; the arrow keys scroll, Esc goes back"
	}
	page.DrawTabs(out, tabKeys, int(s.tab), c)
	out.Body = append(out.Body, page.EnterLine(does, c), "")
	out.Keys[1] = "enter"
	out.Body = out.Body[:headHeight(c)]
	if len(out.Body) < 2 {
		out.Keys = nil
	}
}

func (s *Screen) textLines(c *ui.Context) []string {
	out := []string{" " + c.Theme.Title.Render(s.text.title), ""}
	for l := range strings.Lines(string(export.Text(s.text.doc, min(c.Size.W, 100)-page.MarkW))) {
		out = append(out, page.Spaces(page.MarkW)+strings.TrimSuffix(l, "\n"))
	}
	return out
}
