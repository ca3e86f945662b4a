package home

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// A grid is how the row of a duty shares the width: the widths of its columns, 0 for one that is left out.
type grid struct {
	title    int // with what is free behind it
	lead     int // behind; below target where no start date is known
	rated    int
	levels   [level.Max + 1]int
	before   int // the levels
	target   int // how many are at target, where behind leads
	leadSays string
	timed    bool
}

const (
	numberW   = 4
	leastName = 8
)

// gridFor leaves the longest title whole as long as it can: first it does without the figures at target, then the
// columns close up, then how many are rated goes, which the first line sums up, then the levels. A width of 0 is any.
func gridFor(m model, w int) grid {
	longest := 0
	for _, d := range m.duties {
		longest = max(longest, widget.Width(d.title))
	}
	best := grid{
		title: longest + 1, leadSays: "below target", lead: 14, rated: 7, before: 1, levels: [...]int{3, 3, 3, 3, 3},
		timed: m.timed,
	}
	if m.timed {
		best.leadSays, best.lead, best.target = "behind", 8, 10
	}
	bare := best
	bare.target = 0
	tight := bare
	tight.title, tight.rated, tight.before = longest, 6, 0
	for l := range tight.levels {
		tight.levels[l] = 2
		for _, d := range m.duties {
			tight.levels[l] = max(tight.levels[l], 1+len(strconv.Itoa(d.levels[l])))
		}
	}
	if tight.lead = 7; !m.timed {
		tight.leadSays, tight.lead = "below", 6
	}
	unrated := tight
	unrated.rated = 0
	last := tight
	last.levels = [level.Max + 1]int{}
	grids := []grid{best, bare, tight, unrated}
	if i := slices.IndexFunc(grids, func(g grid) bool { return w == 0 || g.width() <= w }); i >= 0 {
		last = grids[i]
	}
	if w > 0 {
		last.title = max(last.title+w-last.width(), leastName)
	}
	return last
}

// width is the cells that a row takes.
func (g grid) width() int {
	w := page.MarkW + numberW + g.title + g.lead + g.rated + g.before + g.target
	for _, n := range g.levels {
		w += n
	}
	return w
}

func (g grid) heading() string {
	line := widget.Pad("Duty", numberW+g.title) + widget.PadLeft(g.leadSays, g.lead)
	if g.rated > 0 {
		line += widget.PadLeft("rated", g.rated)
	}
	line += page.Spaces(g.before)
	for l, n := range g.levels {
		if n > 0 {
			line += widget.PadLeft(strconv.Itoa(l), n)
		}
	}
	if g.target > 0 {
		line += widget.PadLeft("at target", g.target)
	}
	return line
}

// duty is a row. Of one that was never opened only its size is shown.
func (g grid) duty(c *ui.Context, d dutyRow, name func(...string) string) string {
	t := c.Theme
	title := widget.Pad(name(widget.CutPlain(d.title, g.title, t.Glyphs.Cut)), g.title)
	line := widget.PadLeft(strconv.Itoa(d.number), 2) + "  " + title
	if g.timed {
		line += countCell(d.behind, g.lead, t, t.Behind.Render)
	} else {
		line += countCell(d.below, g.lead, t, t.Below.Render)
	}
	if g.rated > 0 {
		line += widget.PadLeft(fmt.Sprintf("%d/%d", d.rated, d.total), g.rated)
	}
	line += page.Spaces(g.before)
	most := 0
	for _, n := range d.levels {
		most = max(most, n)
	}
	for l, n := range g.levels {
		style := t.Plain
		if d.levels[l] == most {
			style = t.Title
		}
		if d.opened || d.levels[l] > 0 {
			line += countCell(d.levels[l], n, t, style.Render)
		} else {
			line += page.Spaces(n)
		}
	}
	if g.target > 0 && d.opened {
		line += widget.PadLeft(strconv.Itoa(d.met), g.target)
	}
	return line
}

// countCell is a number at the right of its column; none is a dot, so that what counts stands out.
func countCell(n, w int, t *theme.Theme, render func(...string) string) string {
	switch {
	case w == 0:
		return ""
	case n == 0:
		return widget.PadLeft(t.Glyphs.Sep, w)
	}
	return widget.PadLeft(render(strconv.Itoa(n)), w)
}
