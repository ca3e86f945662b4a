package progress

import (
	"fmt"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

const (
	codeW  = 7 // marker and code
	cellW  = 6 // what one round says of a KSB
	todayW = 14
	ksbMin = 16 // least room for a title
	ksbMax = 42
)

// A ksbGrid is how a row of a KSB shares the width.
type ksbGrid struct {
	title, from, rounds int
	today               bool // level of today, and what is expected, or else the target
	timed               bool // which of them
}

// ksbGridFor leaves out the oldest of many rounds first, then the figures of today, then more rounds.
func ksbGridFor(p *past, w int) ksbGrid {
	g := ksbGrid{rounds: len(p.rounds), today: true, timed: p.timed}
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

// ksbFoot is what is said below the KSBs of a duty: which agreements have aged, which rounds these are, and what the marks mean.
func ksbFoot(c *ui.Context, p *past, g ksbGrid, ksbs []string, w int) []string {
	w = min(w-2, page.Prose)
	lines := []string{""}
	for _, ksb := range ksbs {
		if row, ok := c.Report.Row(ksb); ok && row.Aged != nil {
			lines = append(lines, widget.Wrap(ksb+" "+row.Aged.Words(c.Today)+": agree it anew.", w)...)
		}
	}
	lines = append(lines, widget.Wrap(roundsSays(p, g.from), w)...)
	return append(lines, widget.Wrap(fmt.Sprintf(cellMarks, c.Theme.Glyphs.None), w)...)
}

// ksbRows are the KSBs of the duty under the cursor.
func (s *Screen) ksbRows(c *ui.Context) []page.Row {
	d, _ := s.duty(c)
	rows := make([]page.Row, len(d.KSBs))
	for i, id := range d.KSBs {
		rows[i] = page.Row{Key: id, KSB: id, Code: id, Name: c.Title(id), Does: "all about it", Enter: ui.Asking(ui.Go{To: ui.KSB, KSB: id})}
	}
	return rows
}

// ksbTable is the page of a duty: its KSBs with a figure for each round.
func (s *Screen) ksbTable(c *ui.Context, p *past) page.Table {
	d, _ := s.duty(c)
	g := ksbGridFor(p, c.Size.W)
	title := fmt.Sprintf("Duty %d, %s", d.Number, c.DutyTitle(d.Number))
	t := page.Table{Rows: s.ksbRows(c), W: c.Size.W, H: c.Size.H, Code: codeW - page.MarkW, Name: g.title - 1, High: 1}
	t.Above = []string{"  " + c.Theme.Title.Render(widget.CutPlain(title, c.Size.W-2, c.Theme.Glyphs.Cut)), c.Theme.Faint.Render(g.head())}
	if foot := ksbFoot(c, p, g, d.KSBs, c.Size.W); t.H-2-len(foot) >= 6 {
		t.Below = widget.Indent(widget.Style(foot, c.Theme.Faint.Render), "  ")
	}
	t.Fill = func(r *page.Row) { r.Tail = g.roundLevels(c, p, r.KSB) }
	return t
}

// head is the line above the rows: the numbers of the rounds.
func (g ksbGrid) head() string {
	line := widget.Pad("", codeW+g.title)
	for i := range g.rounds {
		line += widget.Pad(" "+strconv.Itoa(g.from+i+1), cellW)
	}
	if g.today {
		against := "target"
		if g.timed {
			against = "expected"
		}
		line += widget.PadLeft("now", nowW) + widget.PadLeft(against, todayW-nowW)
	}
	return line
}

// roundLevels are what the rounds and today say of one KSB.
func (g ksbGrid) roundLevels(c *ui.Context, p *past, ksb string) string {
	line, none := "", c.Theme.Glyphs.None
	for _, r := range p.rounds[g.from:] {
		line += widget.Pad(" "+cellOf(r, ksb).figure(none), cellW)
	}
	if !g.today {
		return line
	}
	row, _ := c.Report.Row(ksb)
	now := none
	if row.Rated {
		now = digit(row.Level)
	}
	against := row.Target
	if x, ok := row.Expected(); ok {
		against = x
	}
	return line + widget.PadLeft(now, nowW) + widget.PadLeft(against.String(), todayW-nowW)
}

// drawPane is the duty under the cursor in words, and its KSBs round by round, in h lines.
func (s *Screen) drawPane(c *ui.Context, p *past, w, h int) []string {
	d, i := s.duty(c)
	lines := append(widget.Wrap(dutySays(d.Number, p, p.duties[i]), w), "")
	g := ksbGridFor(p, w+2)
	lines = append(lines, g.head()[2:])
	for _, ksb := range d.KSBs {
		title := widget.CutPlain(c.Title(ksb), g.title-1, c.Theme.Glyphs.Cut)
		lines = append(lines, widget.Pad(widget.Pad(ksb, codeW-2)+title, codeW-2+g.title)+g.roundLevels(c, p, ksb))
	}
	lines = append(lines, widget.Style(ksbFoot(c, p, g, d.KSBs, w+2), c.Theme.Faint.Render)...)
	return lines[:max(min(len(lines), h), 0)]
}
