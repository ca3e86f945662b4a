package evidence

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// leadW is the column of the date, the code or the duty, by list.
var leadW = [modes]int{allMode: 13, claimsMode: 5, bareMode: 5, staleMode: 13, coverMode: 9}

const (
	markW    = 2
	tailW    = 8
	minTitle = 16
	listMost = 76 // wider lists are harder to read
)

// View draws the screen.
func (s *Screen) View(c *ui.Context) ui.Page {
	m := s.model(c)
	t := c.Theme
	page := ui.Page{Left: t.Title.Render("Evidence"), Right: headSays(m, t.Glyphs.Sep), Rows: map[int]int{}, Keys: map[int]string{}}
	switch e, ok := s.opened(c); {
	case ok:
		s.drawPiece(c, e, &page)
	case len(m.rows) == 0:
		page.Keys[0] = "tab"
		page.Body = append(page.Body, drawTabs(c, m))
		drawEmpty(c, m, &page)
	default:
		page.Keys[0] = "tab"
		page.Body = append(page.Body, drawTabs(c, m))
		s.drawList(c, m, &page)
	}
	page.CutTo(c.Size)
	return page
}

// drawTabs is the line of the lists, with the one that is shown in brackets. Words go where there is too little room.
func drawTabs(c *ui.Context, m model) string {
	for _, form := range []func(tab) string{
		func(x tab) string {
			if x.mode == coverMode {
				return x.name
			}
			return fmt.Sprintf("%s %d", x.name, m.counts[x.mode])
		},
		func(x tab) string {
			if x.mode == coverMode {
				return x.short
			}
			return fmt.Sprintf("%s %d", x.short, m.counts[x.mode])
		},
		func(x tab) string { return x.least },
		func(x tab) string {
			if x.mode == m.mode {
				return x.least
			}
			return ""
		},
	} {
		var pieces []string
		for _, x := range tabs {
			pieces = append(pieces, drawTab(c, x, form(x), x.mode == m.mode))
		}
		if line := strings.Join(pieces, "  "); widget.Width(line) <= c.Size.W {
			return line
		}
	}
	return widget.Cut(tabs[m.mode].least, c.Size.W, c.Theme.Glyphs.Cut)
}

func drawTab(c *ui.Context, x tab, name string, here bool) string {
	t, k := c.Theme, x.key.Help().Key
	words := name
	if name != "" {
		words = " " + name
	}
	if here {
		return t.Accent.Render("[" + k + words + "]")
	}
	return t.Key.Render(k) + words
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

// A frame is how the rows of a list share the room with the words above them.
type frame struct {
	listW, paneW int
	intro        []string
	rows         int // that fit
	from, to     int // that are shown
	more         bool
}

// arrange decides it. A row takes two lines.
func arrange(m model, size ui.Size, top int) frame {
	f := frame{listW: size.W}
	if size.Wide {
		f.listW = min(size.W*57/100, listMost)
		f.paneW = size.W - f.listW - 3
	}
	if says := introSays(m); size.H >= 9 && says != "" {
		f.intro = widget.Wrap(says, min(f.listW, 90)-2)
	}
	lines := size.H - 1 - len(f.intro)
	if size.H >= 12 {
		f.intro = append(f.intro, "")
		lines--
	}
	f.rows = max(lines/2, 0)
	if f.rows < len(m.rows) && lines > 2 {
		f.more = true
		f.rows = (lines - 1) / 2
	}
	f.from, f.to = widget.Window(len(m.rows), f.rows, m.cur, top)
	return f
}

func (s *Screen) drawList(c *ui.Context, m model, page *ui.Page) {
	f := arrange(m, c.Size, s.at[m.mode].top)
	t := c.Theme
	left := widget.Indent(f.intro, "  ")
	for i := f.from; i < f.to; i++ {
		y := len(left) + 1
		page.Rows[y], page.Rows[y+1] = i, i
		if i == m.cur {
			page.Cursor = &ui.Point{X: 0, Y: y}
		}
		left = append(left, drawRow(c, m, m.rows[i], i == m.cur, f.listW)...)
	}
	if f.more {
		left = append(left, "  "+t.Faint.Render(widget.Cut(widget.MoreSays(f.from, len(m.rows)-f.to), f.listW-2, t.Glyphs.Cut)))
	}
	if f.paneW > 0 {
		page.Side = &ui.Side{Lines: s.drawPane(c, m, min(f.paneW, 76), c.Size.H-1), At: f.listW, From: len(page.Body)}
	}
	page.Body = append(page.Body, left...)
}

// drawRow is one row. When the cursor moves only the marker and the lead change their style: titles are long.
func drawRow(c *ui.Context, m model, r row, chosen bool, w int) []string {
	t := c.Theme
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	lead := leadW[m.mode]
	room := w - markW - lead
	if r.tail != "" && room-tailW-1 >= minTitle {
		room -= tailW + 1
	} else {
		r.tail = ""
	}
	title := widget.CutPlain(r.title, room, t.Glyphs.Cut)
	line := mark + style.Render(widget.Pad(r.lead, lead)) + title
	if r.tail != "" {
		line += widget.Pad("", room-widget.Width(title)+1) + widget.PadLeft(r.tail, tailW)
	}
	second := strings.Join(r.says, " "+t.Glyphs.Sep+" ")
	second = widget.Pad("", markW+lead) + t.Faint.Render(widget.CutPlain(second, w-markW-lead, t.Glyphs.Cut))
	return []string{widget.Cut(line, w, ""), widget.Cut(second, w, "")}
}
