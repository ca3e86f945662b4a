package planning

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// roomyFrom is the height from which on there is room for empty lines between the parts, tallFrom that for more to be
// unfolded by itself.
const (
	roomyFrom = 19
	tallFrom  = 30
)

// pane is the cells between the two panes of a wide terminal.
const pane = 3

func listWidth(c *ui.Context) int {
	if c.Size.Wide {
		return min(c.Size.W*42/100, 60)
	}
	return c.Size.W
}

func pageWidth(c *ui.Context) int {
	if c.Size.Wide {
		return c.Size.W - listWidth(c) - pane
	}
	return c.Size.W
}

// headHeight is the number of lines above the part that scrolls.
func headHeight(c *ui.Context) int {
	switch {
	case c.Size.H < 6:
		return 0
	case c.Size.H < 15:
		return 1
	}
	return 2
}

func bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

func roomy(c *ui.Context) bool { return c.Size.H >= roomyFrom }

func tall(c *ui.Context) bool { return c.Size.H >= tallFrom }

// View draws the list, the page, or on a wide terminal both.
func (s *Screen) View(c *ui.Context) ui.Page {
	t := c.Theme
	l, rows := s.list(c)
	onPage := s.onPage && s.hasPage(c)
	out := ui.Page{Left: t.Title.Render("Plan"), Right: joined(l.counts(c.Size.Narrow), t)}
	if onPage && !c.Size.Wide {
		out.Left += " " + t.Glyphs.Sep + " " + s.pageName(c)
	}
	d := s.sheet(c)
	out.Body = append(out.Body, page.EnterLine(s.hint(rows, d, onPage), c), "")[:headHeight(c)]
	s.fill(&out, d, onPage, c)
	out.CutTo(c.Size)
	return out
}

// fill draws what is scrolled: one pane or two. Only the pane where the keys act has a chosen line.
func (s *Screen) fill(out *ui.Page, d *page.Sheet, onPage bool, c *ui.Context) {
	t, h := c.Theme, bodyHeight(c)
	marker := t.Accent.Render(t.Glyphs.Marker)
	switch {
	case !onPage:
		s.rows.Show(out, s.listSheet(c), h, 0, marker)
		if c.Size.Wide {
			out.Side = &ui.Side{Lines: d.Lines(h), At: listWidth(c), From: headHeight(c)}
		}
	case c.Size.Wide:
		left := ui.Page{}
		s.rows.Show(&left, s.listSheet(c), h, 0, t.Faint.Render(t.Glyphs.Sep)) // the keys act on the page beside it
		from := len(out.Body)
		s.lines.Show(out, d, h, listWidth(c)+pane, marker)
		both := widget.Beside(left.Body, out.Body[from:], listWidth(c), h, t.Glyphs.Bar)
		out.Body = append(out.Body[:from:from], both...)
	default:
		s.lines.Show(out, d, h, 0, marker)
	}
}

// hasPage says whether there is still something to show on the page: an undo may have taken the goal away.
func (s *Screen) hasPage(c *ui.Context) bool {
	_, ok := c.Profile.Goal(s.goal)
	return ok || s.goal == "" && s.proposal != nil
}

// hint says what Enter does. Of a goal in the list it says what comes next on its page, which is the one that is shown.
func (s *Screen) hint(rows []page.Row, d *page.Sheet, onPage bool) string {
	next, _ := s.lines.Chosen(d.Rows)
	r, _ := s.rows.Chosen(rows)
	if onPage {
		return next.Does
	}
	return cmp.Or(r.Does, "open it. Next: "+next.Does)
}

// pageName names the page in the head.
func (s *Screen) pageName(c *ui.Context) string {
	if _, ok := c.Profile.Goal(s.goal); !ok {
		if s.proposal.Bundle != nil {
			return "a project for " + codes(s.proposal.KSBs)
		}
		return "a goal for " + codes(s.proposal.KSBs)
	}
	order := s.order(c)
	if i := slices.Index(order, s.goal); i >= 0 && len(order) > 1 {
		return fmt.Sprintf("goal %d of %d", i+1, len(order))
	}
	return "goal"
}

// joined puts short facts next to each other.
func joined(facts []string, t *theme.Theme) string { return strings.Join(facts, " "+t.Glyphs.Sep+" ") }
