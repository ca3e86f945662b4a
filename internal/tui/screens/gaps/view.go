package gaps

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The columns of a row: marker and code, title, level with its bar, expected, target.
const (
	codeW   = 7
	titleW  = 38
	levelAt = codeW + titleW + 1
	levelW  = 7
	wantAt  = levelAt + levelW + 2
	wantW   = len("expected")
	aimW    = len("target")
	fullW   = wantAt + wantW + 2 + aimW // from here on there is room for all of them
)

// View draws the screen.
func (s *Screen) View(c *ui.Context) ui.Page {
	m := s.model(c)
	t := c.Theme
	page := ui.Page{
		Left: t.Title.Render("Gaps"), Right: headSays(m, t.Glyphs.Sep),
		Rows: map[int]int{}, Keys: map[int]string{0: "tab"},
	}
	page.Body = append(page.Body, drawTabs(c, m))
	switch {
	case m.len() == 0:
		drawEmpty(c, m, &page)
	case m.mode == heatMode:
		s.drawHeat(c, m, &page)
	default:
		s.drawList(c, m, &page)
	}
	page.CutTo(c.Size)
	return page
}

// drawTabs is the line of the lists, with the one that is shown in brackets. Words go where there is too little room.
func drawTabs(c *ui.Context, m model) string {
	for _, form := range []func(tab) string{
		func(x tab) string {
			if x.mode == heatMode || m.fresh {
				return x.name
			}
			return fmt.Sprintf("%s %d", x.name, m.counts[x.mode])
		},
		func(x tab) string { return x.name },
		func(x tab) string { return x.short },
		func(x tab) string {
			if x.mode == m.mode {
				return x.short
			}
			return ""
		},
	} {
		line, w := "", 0
		for i, x := range tabs {
			piece, n := drawTab(c, x, form(x), x.mode == m.mode)
			if i > 0 {
				line += "  "
				w += 2
			}
			line += piece
			w += n
		}
		if w <= c.Size.W {
			return line
		}
	}
	return widget.Cut(tabs[m.mode].short, c.Size.W, c.Theme.Glyphs.Cut)
}

func drawTab(c *ui.Context, x tab, name string, here bool) (string, int) {
	t, k := c.Theme, x.key.Help().Key
	words := name
	if name != "" {
		words = " " + name
	}
	if here {
		return t.Accent.Render("[" + k + words + "]"), widget.Width(k+words) + 2
	}
	return t.Key.Render(k) + words, widget.Width(k + words)
}

func drawEmpty(c *ui.Context, m model, page *ui.Page) {
	w := min(c.Size.W-2, 76)
	page.Body = append(page.Body, "")
	for _, p := range emptySays(m) {
		page.Body = append(page.Body, widget.Indent(widget.Wrap(p, w), "  ")...)
	}
	page.Body = append(page.Body, "")
	if y := len(page.Body); y < c.Size.H && w > 0 {
		page.Body = append(page.Body, "  "+c.Theme.Key.Render(widget.CutPlain(enterDoes(stepSays[m.next()]), w, c.Theme.Glyphs.Cut)))
		page.Keys[y] = "enter"
		page.Cursor = &ui.Point{X: min(2, c.Size.W-1), Y: y}
	}
}

// A frame is how the rows of a list share the room with the words above and below.
type frame struct {
	listW, paneW int
	intro, outro []string
	rows         int // that fit
	from, to     int // that are shown
	more         bool
}

// arrange decides it. Rows of a list take two lines, rows of the map one; words give way to rows where there is little room.
func arrange(m model, size ui.Size, top int) frame {
	f := frame{listW: size.W}
	lines, high := size.H-2, 2 // the tabs and the line above the rows
	if m.mode == heatMode {
		lines, high = size.H-3, 1
		f.outro = heatOutro(m, size, lines-len(m.duties))
	} else {
		if size.Wide {
			f.listW = fullW
			if size.W < fullW+45 {
				f.listW = size.W * 57 / 100
			}
			f.paneW = size.W - f.listW - 3
		}
		if size.H >= 9 {
			f.intro = widget.Wrap(introSays(m), min(f.listW, 90)-2)
		}
	}
	if size.H < 12 {
		f.outro = nil
	}
	lines -= len(f.intro) + len(f.outro)
	f.rows = max(lines/high, 0)
	if f.rows < m.len() && lines > high {
		f.more = true
		f.rows = (lines - 1) / high
	}
	f.from, f.to = widget.Window(m.len(), f.rows, m.cur, top)
	return f
}

func (s *Screen) drawList(c *ui.Context, m model, page *ui.Page) {
	f := arrange(m, c.Size, s.at[m.mode].top)
	t := c.Theme
	var left []string
	for _, l := range f.intro {
		left = append(left, "  "+l)
	}
	left = append(left, drawColumns(c, m, f.listW))
	for i := f.from; i < f.to; i++ {
		y := len(left) + 1
		page.Rows[y], page.Rows[y+1] = i, i
		if i == m.cur {
			page.Cursor = &ui.Point{X: 0, Y: y}
		}
		left = append(left, drawRow(c, m, m.rows[i], i == m.cur, f.listW)...)
	}
	if f.more {
		left = append(left, "  "+t.Faint.Render(widget.Cut(widget.MoreSays(f.from, m.len()-f.to), f.listW-2, t.Glyphs.Cut)))
	}
	if f.paneW > 0 {
		page.Side = &ui.Side{Lines: s.drawPane(c, m, f.paneW, c.Size.H-1), At: f.listW, From: len(page.Body)}
	} else if m.mode == chanceMode {
		left = append(left, s.drawAsking(c, m, f.listW, c.Size.H-1-len(left))...)
	}
	page.Body = append(page.Body, left...)
}

// drawColumns is the line above the rows: which rows these are, and what the figures mean.
func drawColumns(c *ui.Context, m model, w int) string {
	says := widget.CutPlain(orderSays(m), min(w, levelAt)-3, c.Theme.Glyphs.Cut)
	if m.mode == chanceMode || w < codeW+8+levelW {
		return c.Theme.Faint.Render("  " + says)
	}
	at := levelAt
	if w < levelAt+levelW {
		at = w - levelW
		says = widget.CutPlain(orderSays(m), at-3, c.Theme.Glyphs.Cut)
	}
	line := widget.Pad("  "+says, at) + "level"
	if w >= fullW {
		want := "expected"
		if !m.timed {
			want = ""
		}
		line = widget.Pad(line, wantAt) + widget.Pad(want, wantW) + "  target"
	}
	return c.Theme.Faint.Render(line)
}

// drawRow is one KSB. When the cursor moves only the marker, the code and the title change their style.
func drawRow(c *ui.Context, m model, row gap.Row, chosen bool, w int) []string {
	t := c.Theme
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	room := min(titleW, w-codeW)
	if m.mode != chanceMode {
		room = min(titleW, w-codeW-1-levelW)
	}
	title := widget.CutPlain(c.Title(row.KSB.ID), room, t.Glyphs.Cut)
	line := mark + style.Render(widget.Pad(row.KSB.ID, codeW-2)+title)
	if m.mode != chanceMode && w >= codeW+8+levelW {
		line += widget.Pad("", room-widget.Width(title)+1) + drawLevel(c, row, w)
	}
	second := t.Faint.Render(secondLine(c, m, row, w-codeW))
	return []string{widget.Cut(line, w, ""), widget.Cut(widget.Pad("", codeW)+second, w, "")}
}

// drawLevel is the figures of a row.
func drawLevel(c *ui.Context, row gap.Row, w int) string {
	g := c.Theme.Glyphs
	now := levelStyle(c, row).Render(row.Level.String() + " " + bar(row.Level, row.Target, g.Full, g.Empty, g.Target))
	if w < fullW {
		return now
	}
	want := ""
	if x, ok := row.Expected(); ok {
		want = x.String()
	}
	return widget.Pad(now, levelW+2) + widget.Pad("   "+want, wantW) + "    " + row.Target.String()
}

func levelStyle(c *ui.Context, row gap.Row) lipgloss.Style {
	switch {
	case row.Late():
		return c.Theme.Behind
	case row.Gap() > 0:
		return c.Theme.Below
	}
	return c.Theme.Met
}
