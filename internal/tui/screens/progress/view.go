package progress

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

const (
	markW    = 5 // marker and number of a duty
	maxProse = 76
)

// View draws the screen.
func (s *Screen) View(c *ui.Context) ui.Page {
	p := s.pastOf(c)
	t := c.Theme
	page := ui.Page{Left: t.Title.Render("Progress"), Right: headSays(c, p, t.Glyphs.Sep), Rows: map[int]int{}, Keys: map[int]string{}}
	switch {
	case len(p.moments) == 0:
		drawEmpty(c, &page)
	case s.page.open:
		s.drawKSBs(c, p, &page)
	case s.mode == dutiesMode:
		page.Keys[0] = "tab"
		page.Body = append(page.Body, s.drawTabs(c))
		s.drawDuties(c, p, &page)
	default:
		page.Keys[0] = "tab"
		page.Body = append(page.Body, s.drawTabs(c))
		s.drawText(c, p, &page)
	}
	page.CutTo(c.Size)
	return page
}

// drawTabs is the line of the parts, with the one that is shown in brackets. Words go where there is too little room.
func (s *Screen) drawTabs(c *ui.Context) string {
	for _, name := range []func(tab) string{
		func(x tab) string { return " " + x.name },
		func(x tab) string { return " " + x.short },
		func(tab) string { return "" },
	} {
		var pieces []string
		for _, x := range tabs {
			k := x.key.Help().Key
			if x.mode == s.mode {
				pieces = append(pieces, c.Theme.Accent.Render("["+k+name(x)+"]"))
			} else {
				pieces = append(pieces, c.Theme.Key.Render(k)+name(x))
			}
		}
		if line := strings.Join(pieces, "  "); widget.Width(line) <= c.Size.W {
			return line
		}
	}
	return ""
}

func drawEmpty(c *ui.Context, page *ui.Page) {
	w := min(c.Size.W-2, maxProse)
	page.Body = append(page.Body, "")
	for _, says := range emptySays {
		page.Body = append(page.Body, widget.Indent(widget.Wrap(says, w), "  ")...)
	}
	page.Body = append(page.Body, "")
	if y := len(page.Body); y < c.Size.H && w > 0 {
		page.Body = append(page.Body, "  "+c.Theme.Key.Render(widget.CutPlain(enterDoes(stepSays[stepStart]), w, c.Theme.Glyphs.Cut)))
		page.Keys[y] = "enter"
		page.Cursor = &ui.Point{X: min(2, c.Size.W-1), Y: y}
	}
}

// A frame is how the duties share the room with the words below them.
type frame struct {
	grid         grid
	listW, paneW int
	outro        []string
	from, to     int
	more         bool
}

func (s *Screen) arrange(c *ui.Context, p *past) frame {
	f := frame{listW: c.Size.W}
	if len(p.moments) == 0 {
		return f
	}
	if c.Size.Wide {
		f.listW = min(c.Size.W*3/5, 84)
		f.paneW = c.Size.W - f.listW - 3
	}
	f.grid = gridFor(p, f.listW-markW, s.table)
	lines := c.Size.H - 4 // tabs, head, a blank line and the sum
	room := lines - len(p.duties)
	f.outro = s.outro(c, p, f, max(room, 0))
	lines -= len(f.outro)
	if lines < len(p.duties) && lines > 1 {
		f.more = true
		lines--
	}
	f.from, f.to = widget.Window(len(p.duties), max(lines, 0), s.duty, s.top)
	return f
}

// outro stands below the duties: what the row under the cursor says, and how to read the columns, as far as h lines hold it.
func (s *Screen) outro(c *ui.Context, p *past, f frame, h int) []string {
	w := min(f.listW-2, maxProse)
	var says []string
	if s.table {
		says = append(says, roundsSays(p, f.grid.from)) // first, since the numbers above the columns mean nothing without it
	}
	if f.paneW == 0 {
		says = append(says, dutySays(c.Standard.Duties[s.duty].Number, p, p.duties[s.duty]))
	}
	if !s.table {
		says = append(says, columnsSays(p, f.grid.from))
	}
	if !p.timed {
		says = append(says, noStart)
	}
	var lines []string
	for _, x := range says {
		block := append([]string{""}, widget.Wrap(x, w)...)
		if len(lines)+len(block) <= h {
			lines = append(lines, block...)
		}
	}
	return lines
}

func (s *Screen) drawDuties(c *ui.Context, p *past, page *ui.Page) {
	f := s.arrange(c, p)
	t := c.Theme
	left := []string{"  " + t.Faint.Render("   "+f.grid.head("duty"))}
	for i := f.from; i < f.to; i++ {
		y := len(left) + 1
		page.Rows[y] = i
		if i == s.duty {
			page.Cursor = &ui.Point{X: 0, Y: y}
		}
		left = append(left, drawDuty(c, c.Standard.Duties[i].Number, p.duties[i], i == s.duty, f.grid))
	}
	if f.more {
		left = append(left, "  "+t.Faint.Render(widget.MoreSays(f.from, len(p.duties)-f.to)))
	}
	left = append(left, "", widget.Pad("", markW)+widget.Pad(widget.CutPlain(p.all.name, f.grid.name, t.Glyphs.Cut), f.grid.name)+f.grid.row(c, p.all, false))
	left = append(left, widget.Indent(widget.Style(f.outro, t.Faint.Render), "  ")...)
	if f.paneW > 0 {
		page.Side = &ui.Side{Lines: s.drawPane(c, p, min(f.paneW, maxProse), c.Size.H-1), At: f.listW, From: len(page.Body)}
	}
	page.Body = append(page.Body, left...)
}

// drawDuty is one row. When the cursor moves only the marker, the number and the title change their style.
func drawDuty(c *ui.Context, number int, x series, chosen bool, g grid) string {
	t := c.Theme
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	title := widget.CutPlain(x.name, g.name, t.Glyphs.Cut)
	line := mark + style.Render(widget.PadLeft(fmt.Sprint(number), 2)+" "+title)
	return line + widget.Pad("", g.name-widget.Width(title)) + g.row(c, x, false)
}
