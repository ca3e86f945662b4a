package progress

import (
	"fmt"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

const (
	codeW  = 7 // marker and code
	cellW  = 6 // what one round says of a KSB
	todayW = 13
	ksbMin = 16 // least room for a title
	ksbMax = 42
)

// A ksbGrid is how a row of a KSB shares the width.
type ksbGrid struct {
	title, from, rounds int
	today               bool // level and target of today
}

// ksbGridFor leaves out the oldest of many rounds first, then the figures of today, then more rounds.
func ksbGridFor(p *past, w int) ksbGrid {
	g := ksbGrid{rounds: len(p.rounds), today: true}
	for {
		g.title = w - codeW - g.rounds*cellW
		if g.today {
			g.title -= todayW
		}
		switch {
		case g.title >= ksbMin:
			g.title = min(g.title, ksbMax)
			return g
		case g.rounds > 4:
			g.from, g.rounds = g.from+1, g.rounds-1
		case g.today:
			g.today = false
		case g.rounds > 1:
			g.from, g.rounds = g.from+1, g.rounds-1
		default:
			g.title = max(g.title, 0)
			return g
		}
	}
}

// ksbFoot is what stands below the KSBs of a duty: which rounds these are, and what the marks mean.
func ksbFoot(c *ui.Context, p *past, g ksbGrid, w int) []string {
	w = min(w-2, maxProse)
	lines := append([]string{""}, widget.Wrap(roundsSays(p, g.from), w)...)
	return append(lines, widget.Wrap(fmt.Sprintf(cellMarks, c.Theme.Glyphs.None), w)...)
}

// ksbRoom is how many KSBs fit on the page of a duty.
func ksbRoom(c *ui.Context, p *past) int {
	h := c.Size.H - 2
	if foot := ksbFoot(c, p, ksbGridFor(p, c.Size.W), c.Size.W); h-len(foot) >= 6 {
		h -= len(foot)
	}
	return max(h, 1)
}

// window is which of n KSBs are shown in so many lines.
func (p ksbPage) window(n, room int) (from, to int) { return widget.Window(n, room, p.cur, p.top) }

// drawKSBs is the page of a duty: its KSBs with a figure for each round.
func (s *Screen) drawKSBs(c *ui.Context, p *past, page *ui.Page) {
	t := c.Theme
	d := c.Standard.Duties[s.duty]
	g := ksbGridFor(p, c.Size.W)
	title := fmt.Sprintf("Duty %d, %s", d.Number, c.DutyTitle(d.Number))
	room := ksbRoom(c, p)
	from, to := s.page.window(len(d.KSBs), room)
	more := ""
	if to-from < len(d.KSBs) {
		more = widget.MoreSays(from, len(d.KSBs)-to)
	}
	lines := []string{"  " + t.Title.Render(widget.CutPlain(title, c.Size.W-2, t.Glyphs.Cut)), t.Faint.Render(g.head(more))}
	for i := from; i < to; i++ {
		page.Rows[len(lines)] = i
		if i == s.page.cur {
			page.Cursor = &ui.Point{X: 0, Y: len(lines)}
		}
		lines = append(lines, g.row(c, p, d.KSBs[i], i == s.page.cur))
	}
	if room < c.Size.H-2 {
		lines = append(lines, widget.Indent(widget.Style(ksbFoot(c, p, g, c.Size.W), t.Faint.Render), "  ")...)
	}
	page.Body = lines
}

// head is the line above the rows: how many more there are, and the numbers of the rounds.
func (g ksbGrid) head(more string) string {
	line := widget.Pad(widget.Cut("  "+more, codeW+g.title, ""), codeW+g.title)
	for i := range g.rounds {
		line += widget.Pad(" "+strconv.Itoa(g.from+i+1), cellW)
	}
	if g.today {
		line += widget.PadLeft("now", 5) + widget.PadLeft("target", 8)
	}
	return line
}

// row is one KSB. When the cursor moves only the marker, the code and the title change their style.
func (g ksbGrid) row(c *ui.Context, p *past, ksb string, chosen bool) string {
	t := c.Theme
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	title := widget.CutPlain(c.Title(ksb), g.title-1, t.Glyphs.Cut)
	line := mark + style.Render(widget.Pad(ksb, codeW-2)+title) + widget.Pad("", g.title-widget.Width(title))
	for _, r := range p.rounds[g.from:] {
		line += widget.Pad(" "+cellOf(r, ksb).figure(t.Glyphs.None), cellW)
	}
	if !g.today {
		return line
	}
	row, _ := c.Report.Row(ksb)
	now := t.Glyphs.None
	if row.Rated {
		now = digit(row.Level)
	}
	return line + widget.PadLeft(now, 5) + widget.PadLeft(row.Target.String(), 8)
}

// drawPane is the duty under the cursor in words, and its KSBs round by round, in h lines.
func (s *Screen) drawPane(c *ui.Context, p *past, w, h int) []string {
	d := c.Standard.Duties[s.duty]
	lines := append(widget.Wrap(dutySays(d.Number, p, p.duties[s.duty]), w), "")
	g := ksbGridFor(p, w+2)
	body := []string{g.head("")[2:]}
	for _, ksb := range d.KSBs {
		body = append(body, g.row(c, p, ksb, false)[2:])
	}
	body = append(body, widget.Style(ksbFoot(c, p, g, w+2), c.Theme.Faint.Render)...)
	lines = append(lines, body...)
	return lines[:max(min(len(lines), h), 0)]
}
