package progress

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// textRoom is how many lines of a scrolled part are shown below the tabs.
func textRoom(size ui.Size) int { return max(size.H-1, 1) }

// words is the lines of a part that is read.
func (s *Screen) words(c *ui.Context, p *past) []string {
	does, _ := s.next(p)
	if s.mode == kindsMode {
		return kindsText(c, p, s.table, does)
	}
	return forecastText(c, p, s.table, does)
}

// kindsText is each kind round by round, and the learner beside the mentor.
func kindsText(c *ui.Context, p *past, table bool, does string) []string {
	t := c.Theme
	w := min(c.Size.W, 90) - 2
	g := gridFor(p, w, table)
	g.name = min(g.name, 30)
	draw := func(x series, alone bool) string {
		return "  " + widget.Pad(widget.CutPlain(x.name, g.name-1, t.Glyphs.Cut), g.name) + g.row(c, x, alone)
	}
	lines := []string{"  " + t.Faint.Render(g.head(""))}
	for i, k := range p.kinds {
		if i > 0 && c.Size.H >= 20 {
			lines = append(lines, "")
		}
		all := k.all
		all.name = fmt.Sprintf("%s, all %d", kindName(k.kind), all.share.Total)
		lines = append(lines, draw(all, false))
		switch {
		case k.both > 0:
			lines = append(lines, draw(k.self, true), draw(k.mentor, true))
		case p.withoutMentor():
			continue // it is said once, for all of them
		default:
			lines = append(lines, "    "+t.Faint.Render(widget.CutPlain(noMentor, w-2, t.Glyphs.Cut)))
		}
		lines = append(lines, widget.Indent(widget.Wrap(calibrationSays(k.calibration), min(w, page.Prose)-2), "    ")...)
	}
	if p.withoutMentor() {
		lines = append(lines, "")
		lines = append(lines, widget.Indent(widget.Wrap(alone, min(w, page.Prose)), "  ")...)
	}
	says := columnsSays(p, g.from)
	if table {
		says = roundsSays(p, g.from)
	}
	for _, x := range []string{says, enterDoes(does)} {
		lines = append(lines, "")
		lines = append(lines, widget.Indent(widget.Style(widget.Wrap(x, min(w, page.Prose)), t.Faint.Render), "  ")...)
	}
	return lines
}

// forecastText is what the ratings say about gateway, what that rests on, and what it cannot know.
func forecastText(c *ui.Context, p *past, table bool, does string) []string {
	t, f := c.Theme, p.forecast
	w := min(c.Size.W-2, page.Prose)
	lines := append([]string{""}, widget.Wrap(f.Words, w)...)
	if f.Known {
		lines = append(lines, "")
		for _, r := range forecastRows(f) {
			lines = append(lines, drawForecast(c, r, f.Total, w, table))
		}
		lines = append(lines, "", t.Title.Render(widget.CutPlain("What it rests on", w, t.Glyphs.Cut)))
		lines = append(lines, widget.Wrap(words.Capital(f.Basis)+".", w)...)
	}
	lines = append(lines, "", t.Title.Render(widget.CutPlain("What no sum can know", w, t.Glyphs.Cut)))
	for _, x := range f.Unknown {
		for i, l := range widget.Wrap(x, w-2) {
			lead := "  "
			if i == 0 {
				lead = t.Glyphs.Sep + " "
			}
			lines = append(lines, lead+l)
		}
	}
	lines = append(lines, "", t.Key.Render(widget.CutPlain(enterDoes(does), w, t.Glyphs.Cut)))
	return widget.Indent(lines, "  ")
}

// drawForecast is a bar with its figure; the table has the figure only.
func drawForecast(c *ui.Context, r forecastRow, total, w int, table bool) string {
	label, says := widget.Pad(r.label, 19), fmt.Sprintf("%d of %d at target", r.met, total)
	room := w - 19 - widget.Width(says) - 2
	if table || room < 8 || total < 1 {
		return label + says
	}
	room = min(room, 36)
	n := (r.met*room + total/2) / total
	bar := strings.Repeat(c.Theme.Glyphs.Full, n) + strings.Repeat(c.Theme.Glyphs.Empty, room-n)
	return label + bar + "  " + says
}
