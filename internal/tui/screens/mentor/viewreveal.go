package mentor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The columns of a row of the reveal: marker and code, title, the two levels, how it stands.
const (
	codeW  = 7
	levelW = 9
	standW = 12
)

// headH is how many lines stand above the list: what there is, the names of the columns.
func headH(c *ui.Context) int {
	switch {
	case c.Size.H < 6:
		return 0
	case c.Size.H < 12:
		return 1
	case c.Size.H < fairFrom:
		return 3
	}
	return 4
}

// fairFrom is the height from which on there is a line on what makes a rating fair.
const fairFrom = 18

// detailH is how many lines are kept below the list for the chosen difference, on one pane.
func detailH(m reveal, c *ui.Context) int {
	if c.Size.Wide || c.Size.H < 12 {
		return 0
	}
	return max(c.Size.H-headH(c)-len(m.list), c.Size.H/2)
}

func listHeight(m reveal, c *ui.Context) int { return max(c.Size.H-headH(c)-detailH(m, c), 1) }

func listFrom(m reveal, c *ui.Context, top int) int {
	from, _ := widget.Window(len(m.list), listHeight(m, c), m.cur, top)
	return from
}

func (s *Screen) drawReveal(c *ui.Context, page *ui.Page) {
	t := c.Theme
	m := s.reveal(c)
	page.Left = t.Title.Render("Where you differ") + " " + t.Glyphs.Sep + " " + c.Profile.Learner.Name.Line()
	page.Right = fmt.Sprintf("%d open, %d settled", m.open, m.settled)
	if c.Size.Narrow {
		page.Right = fmt.Sprintf("%d open", m.open)
	}
	if len(m.list) == 0 {
		drawEmpty(c, m, page)
		return
	}
	w := c.Size.W
	if c.Size.Wide {
		w = leftW
	}
	from, to := widget.Window(len(m.list), listHeight(m, c), m.cur, s.top)
	columns := columns(w, widget.MoreSays(from, len(m.list)-to), m.several())
	head := []string{"  " + widget.CutPlain(headWords, w-2, t.Glyphs.Cut), "  " + widget.CutPlain(equalWords(m.equal), w-2, t.Glyphs.Cut), t.Faint.Render(columns)}
	switch headH(c) {
	case 0:
		head = nil
	case 1:
		head = head[2:]
	case 4:
		head = slices.Insert(head, 1, "  "+widget.CutPlain(fairWords, w-2, t.Glyphs.Cut))
	}
	page.Body = head
	for i := from; i < to; i++ {
		page.Rows[len(page.Body)] = i
		if i == m.cur {
			page.Cursor = &ui.Point{X: 0, Y: len(page.Body)}
		}
		page.Body = append(page.Body, row(c, m.list[i], i == m.cur, w))
	}
	if c.Size.Wide {
		page.Side = &ui.Side{Lines: detail(c, m.list[m.cur], c.Size.W-leftW-barW, c.Size.H), At: leftW}
		return
	}
	if n := detailH(m, c); n > 1 {
		lines := append([]string{""}, widget.Indent(detail(c, m.list[m.cur], max(w-2, 1), n-1), "  ")...)
		if len(lines) > n {
			lines = append(lines[:n-1], widget.Cut(lines[n-1], w-widget.Width(t.Glyphs.Cut), "")+t.Glyphs.Cut)
		}
		page.Body = append(page.Body, lines...)
	}
}

func drawEmpty(c *ui.Context, m reveal, page *ui.Page) {
	for _, x := range emptyWords(m) {
		page.Body = append(append(page.Body, ""), widget.Indent(widget.Wrap(x, max(min(c.Size.W-4, 76), 1)), "  ")...)
	}
	page.Keys[max(len(page.Body)-1, 0)] = "enter"
	page.Cursor = &ui.Point{X: 2, Y: len(page.Body) - 1}
}

func titleRoom(w int) int { return max(w-codeW-2*levelW-standW-1, 0) }

func columns(w int, more string, several bool) string {
	mentor := "mentor"
	if several {
		mentor = "mentors"
	}
	return widget.Pad("  "+widget.CutPlain(more, codeW+titleRoom(w)-2, ""), codeW+titleRoom(w)+1) + widget.Pad("learner", levelW) + widget.Pad(mentor, levelW)
}

func row(c *ui.Context, d appraisal.Difference, chosen bool, w int) string {
	t := c.Theme
	mark, style := "  ", t.Plain
	if chosen {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	title := widget.CutPlain(c.Title(d.KSB), titleRoom(w), t.Glyphs.Cut)
	line := mark + style.Render(widget.Pad(d.KSB, codeW-2)+title)
	line = widget.Pad(line, codeW+titleRoom(w)+1)
	stand := t.Below
	if d.Settled() {
		stand = t.Met
	} else if d.Old {
		stand = t.Faint
	}
	return line + widget.Pad(selfCell(c, d), levelW) + widget.Pad(mentorCell(c, d), levelW) + stand.Render(standing(d))
}

// selfCell is the level of the learner, or that there is none.
func selfCell(c *ui.Context, d appraisal.Difference) string {
	if d.Alone {
		return c.Theme.Glyphs.None
	}
	return cell(c, d.Self)
}

// mentorCell is the level of the mentor, or the figures of several, the newest first.
func mentorCell(c *ui.Context, d appraisal.Difference) string {
	if len(d.Others) == 0 {
		return cell(c, d.Mentor)
	}
	var figures []string
	for _, x := range d.Mentors() {
		figures = append(figures, short(x.Level))
	}
	return widget.Cut(strings.Join(figures, ", "), levelW-1, c.Theme.Glyphs.Cut)
}

// cell is a level as a figure with its bar.
func cell(c *ui.Context, l level.Level) string {
	if l == level.NoOpportunity {
		return "none"
	}
	g := c.Theme.Glyphs
	bar := ""
	for i := level.Level(1); i <= level.Max; i++ {
		if i <= l {
			bar += g.Full
			continue
		}
		bar += g.Empty
	}
	return l.String() + " " + bar
}

// detail is all there is about one difference, as far as there is room for the words of the standard and of the levels.
func detail(c *ui.Context, d appraisal.Difference, w, room int) []string {
	var lines []string
	for _, wordy := range []wordiness{{wording: c.Size.H >= roomyH, levels: true}, {levels: true}, {}} {
		if lines = details(c, d, w, wordy); len(lines) <= room {
			break
		}
	}
	return fairly(c, lines, w, room)
}

// fairly adds what research says of rating, as far as there is room for whole paragraphs.
func fairly(c *ui.Context, lines []string, w, room int) []string {
	for _, theory := range c.Library.Appraisal().For(coaching.Rating) {
		more := append([]string{""}, widget.Style(widget.Wrap(theory.Name, w), c.Theme.Title.Render)...)
		more = append(more, widget.Style(widget.Wrap(theory.Says, w), c.Theme.Faint.Render)...)
		if len(lines)+len(more) > room {
			break
		}
		lines = append(lines, more...)
	}
	return lines
}

// wordiness is what the detail of a difference repeats beside what was said of it.
type wordiness struct{ wording, levels bool }

func details(c *ui.Context, d appraisal.Difference, w int, wordy wordiness) []string {
	t := c.Theme
	k, _ := c.Standard.KSB(d.KSB)
	lines := widget.Style(widget.Wrap(d.KSB+" "+c.Title(d.KSB), w), t.Title.Render)
	if wordy.wording {
		lines = append(lines, widget.Style(widget.Wrap(k.Text, w), t.Faint.Render)...)
	}
	said := func(who, round string, x profile.Rating) {
		l, note := x.Level, x.Note
		words := who + " " + levelName(c, l) + ", " + x.On.Near(c.Today) + " in " + round
		if x.Changed {
			words += ", " + levelName(c, x.Blind) + " before you looked"
		}
		switch {
		case wordy.levels:
			words += ": " + c.Library.Scale().Seen(l, k.Kind)
		case !note.Empty():
			words += ", noted: " + note.Line()
		}
		lines = append(lines, widget.Wrap(words, w)...)
		if wordy.levels && !note.Empty() {
			lines = append(lines, widget.Indent(widget.Wrap("noted: "+note.Line(), max(w-2, 1)), "  ")...)
		}
	}
	if !d.Alone {
		said("Learner", d.SelfRound, d.Own())
	}
	for i, x := range d.Mentors() {
		said(strings.TrimSpace("Mentor "+x.By.Line()), d.MentorRounds[i], x)
	}
	if d.Alone {
		lines = append(lines, "The learner has not rated it.")
	}
	style := t.Met
	switch {
	case d.Old && !d.Settled():
		return append(lines, widget.Wrap("Said in different rounds: rate it again before you settle it.", w)...)
	case !d.Settled() && d.Earlier == nil:
		return lines
	case !d.Settled():
		style = t.Below
	}
	return append(lines, widget.Style(widget.Wrap(soFar(c, d), w), style.Render)...)
}
