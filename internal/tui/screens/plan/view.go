package plan

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// roomyFrom is the height from which on there is room for empty lines between the parts, tallFrom that for more to be
// unfolded by itself.
const (
	roomyFrom = 19
	tallFrom  = 30
)

// pane is what the panes of a wide terminal have between them.
const pane = 3

// listWidth is how wide the list is drawn.
func listWidth(c *ui.Context) int {
	if c.Size.Wide {
		return min(c.Size.W*42/100, 60)
	}
	return c.Size.W
}

// pageWidth is how wide a page is drawn.
func pageWidth(c *ui.Context) int {
	if c.Size.Wide {
		return c.Size.W - listWidth(c) - pane
	}
	return c.Size.W
}

// headHeight is how many lines stand still above what is scrolled.
func headHeight(c *ui.Context) int {
	switch {
	case c.Size.H < 6:
		return 0
	case c.Size.H < 15:
		return 1
	}
	return 2
}

func (s *Screen) bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

func roomy(c *ui.Context) bool { return c.Size.H >= roomyFrom }

func tall(c *ui.Context) bool { return c.Size.H >= tallFrom }

// View draws the list, the page, or on a wide terminal both.
func (s *Screen) View(c *ui.Context) ui.Page {
	t := c.Theme
	l := s.list(c)
	onPage := s.place == onPage && s.hasPage(c)
	page := ui.Page{Left: t.Title.Render("Plan"), Right: l.counts}
	if !c.Size.Narrow {
		page.Right = joined(append([]string{l.counts}, l.asides...), t)
	}
	if onPage && !c.Size.Wide {
		page.Left += " " + t.Glyphs.Sep + " " + s.pageName(c)
	}
	if headHeight(c) > 0 {
		hint := shorten(s.hint(l, onPage, c), max(c.Size.W-8, 1), 1, t.Glyphs.Cut)
		page.Body = append(page.Body, " "+t.Key.Render("Enter")+"  "+hint[0])
	}
	for len(page.Body) < headHeight(c) {
		page.Body = append(page.Body, "")
	}
	s.fill(&page, onPage, c)
	for i, line := range page.Body {
		if widget.Width(line) > c.Size.W {
			page.Body[i] = widget.Cut(line, c.Size.W, "")
		}
	}
	page.Body = page.Body[:min(len(page.Body), max(c.Size.H, 0))]
	if p := page.Cursor; p != nil {
		p.X, p.Y = max(min(p.X, c.Size.W-1), 0), max(min(p.Y, c.Size.H-1), 0)
	}
	return page
}

// fill draws what is scrolled: one pane or two. Only the pane where the keys act has a chosen line.
func (s *Screen) fill(page *ui.Page, onPage bool, c *ui.Context) {
	y, h := headHeight(c), s.bodyHeight(c)
	if !onPage {
		l := s.listSheet(c)
		lines, rows, cursor := l.window(s.topOfList(l, c), h, 0, y)
		page.Rows, page.Cursor = rows, cursor
		if c.Size.Wide {
			d := s.sheet(c)
			right, _, _ := d.window(0, h, 0, y)
			page.Side = &ui.Side{Lines: right, At: listWidth(c), From: len(page.Body)}
		}
		page.Body = append(page.Body, lines...)
		return
	}
	d := s.sheet(c)
	x := 0
	if c.Size.Wide {
		x = listWidth(c) + pane
	}
	lines, rows, cursor := d.window(s.top(d, c), h, x, y)
	if cursor == nil {
		cursor = &ui.Point{X: x, Y: min(y, max(c.Size.H-1, 0))}
	}
	page.Rows, page.Cursor = rows, cursor
	if c.Size.Wide {
		l := s.listSheet(c)
		left, _, _ := l.window(s.topOfList(l, c), h, 0, y)
		lines = widget.Beside(left, lines, listWidth(c), h, c.Theme.Faint.Render(c.Theme.Glyphs.Bar))
	}
	page.Body = append(page.Body, lines...)
}

// hasPage says whether there is still something to show on the page: an undo may have taken the goal away.
func (s *Screen) hasPage(c *ui.Context) bool {
	_, ok := c.Profile.Goal(s.goal)
	return ok || s.goal == "" && s.proposal != nil
}

// hint says what Enter does.
func (s *Screen) hint(l list, onPage bool, c *ui.Context) string {
	if !onPage {
		if len(l.rows) == 0 {
			return "write a goal of your own"
		}
		return s.rowHint(l.rows[s.row.index(l.keys())], c)
	}
	g, ok := c.Profile.Goal(s.goal)
	if !ok {
		return s.proposalHint(c)
	}
	p := s.page(g, c)
	return p.hint(p.items[s.item.index(p.items)], c)
}

// pageName names the page in the head.
func (s *Screen) pageName(c *ui.Context) string {
	g, ok := c.Profile.Goal(s.goal)
	if !ok {
		if s.proposal.Bundle != nil {
			return "a project for " + codes(s.proposal.KSBs)
		}
		return "a goal for " + codes(s.proposal.KSBs)
	}
	if p := s.page(g, c); p.number > 0 && p.of > 1 {
		return fmt.Sprintf("goal %d of %d", p.number, p.of)
	}
	return "goal"
}
