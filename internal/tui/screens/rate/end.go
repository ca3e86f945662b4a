package rate

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// atEnd is what the page at the end of a duty or of the list says. The KSB that follows is drawn below it.
func (m *model) atEnd(s *Screen, c *ui.Context) {
	tally, ksbs := c.Report.Tally(s.duty), m.duty.KSBs
	m.summary = fmt.Sprintf("Duty %d done: %d of %d rated", m.duty.Number, tally.Rated, tally.Total)
	if tally.Rated < tally.Total {
		m.summary = fmt.Sprintf("End of Duty %d: %d of %d rated", m.duty.Number, tally.Rated, tally.Total)
	}
	if s.list.done {
		ksbs, m.summary = s.list.ksbs, listDone(len(s.list.ksbs))
		if n := len(appraisal.Rest(c.Report, c.Profile)); n > 0 {
			m.rest = appraisal.RestSays(n)
		}
	}
	m.took = plan.Ended(c.Report, c.Profile, ksbs, c.Title)
	if missed := s.missed(c); len(missed) > 0 {
		m.missed = m.took.Skipped() + ": s goes back to " + words.Form(len(missed), "it.", "them.")
	}
	m.asksBack = s.last == ""
	for _, id := range s.returned(c) {
		row, _ := c.Report.Row(id)
		says := id + " " + c.Title(id) + ", " + row.Level.Figure()
		if m.asksBack && len(m.returned) == s.back {
			says += "  e"
		}
		m.returned = append(m.returned, says)
	}
	m.backAt = s.back
	if s.ksb != "" {
		n := c.Standard.Home(s.ksb)
		m.nextDuty = fmt.Sprintf("Next: Duty %d, %s", n, c.DutyTitle(n))
		m.nextTakes = plan.LeftToRate(c.Report, c.Profile, n).InDuty()
	}
}

// end is the page at the end of a duty as far as it fits above the KSB that comes next: first what is as it should be,
// then what one may be glad of, what is still to come, and the behaviours that came back.
func (d *drawing) end() []string {
	t, room := d.c.Theme, d.h
	if !d.m.everybody {
		room -= d.needed() + 1
	}
	if d.panes {
		room -= d.leastBelow()
	}
	done := t.Met.Render(t.Glyphs.Done) + " " + t.Title.Render(d.m.summary)
	lines := []string{widget.SpreadFirst([][2]string{{done, t.Key.Render("q") + " stops here: all is kept"}, {done, ""}}, d.w, "")}
	add := func(text string) {
		if more := widget.Indent(widget.Wrap(text, d.w-2), "  "); len(lines)+len(more) <= room {
			lines = append(lines, more...)
		}
	}
	add(d.m.rest)
	add(d.m.missed)
	add(d.m.took.Now)
	if glad := d.glad(); glad != "" && len(lines) < room {
		lines = append(lines, glad)
	}
	add(d.m.took.Ahead)
	if n := d.m.took.Claims; n > 0 && len(lines)+1+len(d.m.returned) < room {
		add(fmt.Sprintf("%s of 3 or 4 %s no recent example.", words.Count(n, "level", "levels"), words.Form(n, "has", "have")))
	}
	lines = d.addReturned(lines, room)
	if strip := d.stripLines(); d.h >= tall && d.m.rest == "" && len(lines)+1+len(strip) < room {
		lines = append(append(lines, ""), strip...)
	}
	if len(lines) < room {
		lines = append(lines, "")
	}
	return lines
}

// glad is a line of as many as fit whole.
func (d *drawing) glad() string {
	t, name := d.c.Theme, "  "+d.m.took.Label+"  "
	all := widget.Fitting(d.m.took.Glad, " "+t.Glyphs.Sep+" ", d.w-widget.Width(name))
	if all == "" {
		return ""
	}
	return t.Title.Render(name) + all
}

// addReturned adds the behaviours that came back, with the reason where there is room. Of more than fit, those near the
// one pointed at are shown.
func (d *drawing) addReturned(lines []string, room int) []string {
	t, n := d.c.Theme, len(d.m.returned)
	if n == 0 {
		return lines
	}
	if len(lines)+2+n <= room {
		lines = append(lines, "")
	}
	if len(lines)+1+n <= room {
		says := "Rated already, and needed in this duty too. An example from here?"
		if widget.Width(says) > d.w {
			says = "Needed in this duty too. An example?"
		}
		lines = append(lines, says)
	}
	h := max(min(room-len(lines), n), 0)
	from := widget.Centre(d.m.backAt, d.m.backAt+1, n, h)
	for i := from; i < from+h; i++ {
		mark, style := t.Mark(i == d.m.backAt)
		if i == d.m.backAt {
			d.page.Cursor = &ui.Point{X: 0, Y: len(lines)}
		}
		d.page.Rows[len(lines)] = clickBack + i
		lines = append(lines, mark+style.Render(d.m.returned[i]))
	}
	return lines
}

// nextLine leads to the duty that comes next, with how much there is to rate where that fits.
func (d *drawing) nextLine() string {
	t := d.c.Theme
	whole := d.m.nextDuty + ": " + d.m.nextTakes
	if widget.Width(whole) > d.w {
		whole = d.m.nextDuty
	}
	return t.Accent.Render(whole)
}
