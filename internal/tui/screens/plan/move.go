package plan

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// move moves in the list or on the page.
func (s *Screen) move(by step, c *ui.Context) {
	if s.place == onList {
		n := by.by
		if by.pages {
			n *= max(s.bodyHeight(c)/rowHeight, 1)
		}
		s.moveRow(n, c)
		return
	}
	switch {
	case by.pages:
		s.scroll(by.by*max(s.bodyHeight(c)-1, 1), c)
	case by.by == 1 || by.by == -1:
		s.moveItem(by.by, c)
	default:
		items := s.items(c)
		s.item, s.loose = pickAt(items, s.item.index(items)+by.by), false
		if by.by > 0 {
			s.scroll(far, c)
		}
	}
}

// rowHeight is how many lines a row of the list takes, about.
const rowHeight = 4

func (s *Screen) moveRow(n int, c *ui.Context) {
	keys := s.list(c).keys()
	to := pickAt(keys, s.row.index(keys)+n)
	if to == s.row {
		return
	}
	s.row = to
	s.showRow(c)
}

// otherGoal goes to the goal before or after in the order of the list.
func (s *Screen) otherGoal(n int, c *ui.Context) {
	if s.place == onList {
		s.moveRow(n, c)
		return
	}
	order := s.order(c)
	i := slices.Index(order, s.goal)
	switch {
	case len(order) == 0:
		return
	case i < 0:
		i = 0
	default:
		i = (i + n + len(order)) % len(order)
	}
	s.showGoal(order[i], c)
}

// moveItem goes to the next line that can be chosen. Text that does not fit between two of them is scrolled through first,
// so that all of it can be read with the arrow keys.
func (s *Screen) moveItem(n int, c *ui.Context) {
	d, h := s.sheet(c), s.bodyHeight(c)
	items := s.items(c)
	at := s.item.index(items)
	top := s.top(d, c)
	from, to := d.span(at)
	if s.loose && (to <= top || from >= top+h) {
		s.pickVisible(n, d, items, top, h)
		return
	}
	next := at + n
	if next < 0 || next >= len(items) {
		s.scroll(n*max(h/2, 1), c)
		return
	}
	from, to = d.span(next)
	if n > 0 && from-(top+h) >= h/2 || n < 0 && top-to >= h/2 {
		s.scroll(n*max(h/2, 1), c)
		return
	}
	s.item, s.loose = pickAt(items, next), false
}

// pickVisible chooses a line on the part of the page that is seen after scrolling, or scrolls on.
func (s *Screen) pickVisible(n int, d *sheet, items []string, top, h int) {
	for i := range items {
		if n < 0 {
			i = len(items) - 1 - i
		}
		if from, to := d.span(i); from >= top && to <= top+h {
			s.item, s.loose = pickAt(items, i), false
			return
		}
	}
	s.pageTop = clampTop(top+n*max(h/2, 1), len(d.lines), h)
}

// scroll moves the page under its chosen line.
func (s *Screen) scroll(n int, c *ui.Context) {
	d := s.sheet(c)
	top := s.top(d, c)
	to := clampTop(top+n, len(d.lines), s.bodyHeight(c))
	if to == top {
		return
	}
	s.pageTop, s.loose = to, true
}

func (s *Screen) wheel(lines int, c *ui.Context) {
	if s.place == onPage {
		s.scroll(lines, c)
		return
	}
	s.moveRow(lines, c)
}

// click chooses a line; a click on the chosen one is Enter.
func (s *Screen) click(index int, c *ui.Context) []ui.Ask {
	if s.place == onList {
		keys := s.list(c).keys()
		if to := pickAt(keys, index); to != s.row {
			s.row = to
			s.showRow(c)
			return nil
		}
		return s.act(c)
	}
	items := s.items(c)
	if to := pickAt(items, index); to != s.item || s.loose {
		s.item, s.loose = to, false
		return nil
	}
	return s.act(c)
}

// settle keeps the chosen lines in view, for the next drawing and the next key.
func (s *Screen) settle(c *ui.Context) {
	if s.place == onList || c.Size.Wide {
		s.listTop = s.topOfList(s.listSheet(c), c)
	}
	if s.place == onPage {
		s.pageTop = s.top(s.sheet(c), c)
	}
}

// topOfList is the first line of the list that is shown. With the first or the last row the lines beyond it are seen too.
func (s *Screen) topOfList(d *sheet, c *ui.Context) int {
	h := s.bodyHeight(c)
	from, to := d.span(d.chosen)
	if d.chosen == 0 {
		from = 0
	}
	if d.chosen == d.count-1 && len(d.lines)-from <= h {
		to = len(d.lines)
	}
	return keepInView(s.listTop, from, to, len(d.lines), h)
}

// top is the first line of the page that is shown. What is unfolded below the chosen line is seen as far as there is room.
func (s *Screen) top(d *sheet, c *ui.Context) int {
	h := s.bodyHeight(c)
	if s.loose {
		return clampTop(s.pageTop, len(d.lines), h)
	}
	from, to := d.span(d.chosen)
	switch {
	case d.chosen == d.count-1:
		to = len(d.lines)
	case d.chosen == d.open:
		to, _ = d.span(d.chosen + 1)
	}
	if d.chosen == 0 {
		from = 0
	}
	return keepInView(s.pageTop, from, to, len(d.lines), h)
}

func clampTop(top, n, h int) int { return max(min(top, n-h), 0) }

// keepInView is where the window of h lines on n starts, so that the lines from..to are seen, with as little scrolling as
// that takes and one line more where there is room.
func keepInView(top, from, to, n, h int) int {
	margin := 1
	if to-from+2*margin > h {
		margin = 0
	}
	top = max(top, to+margin-h)
	top = min(top, max(from-margin, 0))
	return clampTop(top, n, h)
}
