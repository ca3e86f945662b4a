package progress

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// markW is the width of the marker and the number of a duty.
const markW = 5

func (s *Screen) View(c *ui.Context) ui.Page {
	p := s.pastOf(c)
	out := ui.Page{Left: c.Theme.Title.Render("Progress"), Right: headSays(c, p, c.Theme.Glyphs.Sep)}
	if len(p.moments) > 0 && !s.open {
		page.DrawTabs(&out, tabs(), int(s.mode), c)
	}
	if s.isText(p) {
		s.texts[s.mode].Draw(&out, s.lines(c, p), textRoom(c.Size), c)
	} else {
		l, t := s.list(c, p)
		l.Draw(&out, t, c)
		if t.W < c.Size.W {
			out.Side = &ui.Side{Lines: s.rightPane(c, p, min(c.Size.W-t.W-3, page.Prose), t.H), At: t.W, From: 1}
		}
	}
	out.CutTo(c.Size)
	return out
}

func (s *Screen) dutyRows(c *ui.Context) []page.Row {
	rows := make([]page.Row, len(c.Standard.Duties))
	for i, d := range c.Standard.Duties {
		n := strconv.Itoa(d.Number)
		rows[i] = page.Row{
			Key: n, Code: widget.PadLeft(n, 2), Name: c.DutyTitle(d.Number), Does: "its KSBs",
			Enter: ui.Just(func(*ui.Context) { s.open, s.ksbs = true, page.List{} }),
		}
	}
	return rows
}

// dutyTable is the duties with their rounds. Below them are the figures of all duties together, and notes.
func (s *Screen) dutyTable(c *ui.Context, p *past) page.Table {
	t := page.Table{Rows: s.dutyRows(c), W: c.Size.W, H: c.Size.H - 1, Code: markW - page.MarkW, High: 1}
	if c.Size.Wide {
		t.W = min(c.Size.W*3/5, 84)
	}
	g := gridFor(p, t.W-markW, s.table)
	t.Name = g.name
	at := s.duties.At(t.Rows)
	for i := range t.Rows {
		t.Rows[i].Tail = strings.TrimPrefix(g.row(c, p.duties[i], false), " ")
	}
	t.Above = []string{"  " + c.Theme.Faint.Render("   "+g.head("duty"))}
	sum := widget.Pad("", markW) + widget.Pad(widget.CutPlain(p.all.name, g.name, c.Theme.Glyphs.Cut), g.name) +
		g.row(c, p.all, false)
	notes := s.notes(c, p, g, at, t.W, max(t.H-3-len(t.Rows), 0))
	t.Below = append([]string{"", sum}, widget.Indent(widget.Style(notes, c.Theme.Faint.Render), "  ")...)
	return t
}

// notes are the duty with this index in words, and how to read the columns, as far as they fit into h lines.
func (s *Screen) notes(c *ui.Context, p *past, g grid, duty, listW, h int) []string {
	w := min(listW-2, page.Prose)
	var says []string
	if s.table {
		says = append(says, roundsSays(p, g.from)) // first, since the numbers above the columns need it
	}
	if !c.Size.Wide {
		says = append(says, dutySays(c.Standard.Duties[duty].Number, p, p.duties[duty]))
	}
	if !s.table {
		says = append(says, columnsSays(p, g.from))
	}
	if !p.timed {
		says = append(says, noStart)
	}
	var blocks [][]string
	for _, x := range says {
		blocks = append(blocks, append([]string{""}, widget.Wrap(x, w)...))
	}
	return page.Whole(h, blocks...)
}

const (
	codeW  = 7 // marker and code
	cellW  = 6 // what one round has on a KSB
	todayW = 14
	ksbMin = 16 // the narrowest column for titles
	ksbMax = 42
)

// A ksbGrid is the columns of a row of a KSB.
type ksbGrid struct {
	title  int  // its width
	from   int  // the index of the first round that is shown
	rounds int  // how many are shown
	today  bool // the level now, and the one to compare it with
	timed  bool // compare with what is expected by now; else with the target
}

// ksbGridFor keeps enough room for titles. To do so it leaves out first the oldest rounds down to four, then the
// figures of today, then more rounds.
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

// ksbFoot is the lines below the KSBs of a duty: which agreements have aged, which rounds are shown, and what the marks
// mean.
func ksbFoot(c *ui.Context, p *past, g ksbGrid, ksbs []string, w int) []string {
	w = min(w-2, page.Prose)
	lines := []string{""}
	for _, ksb := range ksbs {
		if row, ok := c.Report.Row(ksb); ok && row.Aged != nil {
			lines = append(lines, widget.Wrap(ksb+" "+row.Aged.Words(c.Today)+": agree it again.", w)...)
		}
	}
	lines = append(lines, widget.Wrap(roundsSays(p, g.from), w)...)
	return append(lines, widget.Wrap(fmt.Sprintf(cellMarks, c.Theme.Glyphs.None), w)...)
}

func (s *Screen) ksbRows(c *ui.Context) []page.Row {
	d, _ := s.duty(c)
	rows := make([]page.Row, len(d.KSBs))
	for i, id := range d.KSBs {
		rows[i] = page.Row{
			Key: id, KSB: id, Code: id, Name: c.Title(id), Does: "all about it",
			Enter: ui.Asking(ui.Go{To: ui.KSB, KSB: id}),
		}
	}
	return rows
}

// ksbTable is the page of a duty: its KSBs, with a figure for each round.
func (s *Screen) ksbTable(c *ui.Context, p *past) page.Table {
	d, _ := s.duty(c)
	g := ksbGridFor(p, c.Size.W)
	title := fmt.Sprintf("Duty %d, %s", d.Number, c.DutyTitle(d.Number))
	t := page.Table{Rows: s.ksbRows(c), W: c.Size.W, H: c.Size.H, Code: codeW - page.MarkW, Name: g.title - 1, High: 1}
	t.Above = []string{
		"  " + c.Theme.Title.Render(widget.CutPlain(title, c.Size.W-2, c.Theme.Glyphs.Cut)),
		c.Theme.Faint.Render(g.head()),
	}
	if foot := ksbFoot(c, p, g, d.KSBs, c.Size.W); t.H-2-len(foot) >= 6 {
		t.Below = widget.Indent(widget.Style(foot, c.Theme.Faint.Render), "  ")
	}
	t.Fill = func(r *page.Row) { r.Tail = g.roundLevels(c, p, r.KSB) }
	return t
}

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
		now = row.Level.Key()
	}
	against := row.Target
	if x, ok := row.Expected(); ok {
		against = x
	}
	return line + widget.PadLeft(now, nowW) + widget.PadLeft(against.String(), todayW-nowW)
}

// rightPane is the duty under the cursor in words, and its KSBs round by round, in at most h lines.
func (s *Screen) rightPane(c *ui.Context, p *past, w, h int) []string {
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

func textRoom(size ui.Size) int { return max(size.H-1, 1) }

// lines are the lines of a part that is a text.
func (s *Screen) lines(c *ui.Context, p *past) []string {
	does, _ := s.next(p)
	if s.mode == kindsMode {
		return kindsText(c, p, s.table, does)
	}
	return forecastText(c, p, s.table, does)
}

// kindsText is each kind round by round, and how the learner rates compared with the mentor.
func kindsText(c *ui.Context, p *past, table bool, does string) []string {
	t := c.Theme
	w := min(c.Size.W, 90) - 2
	g := gridFor(p, w, table)
	g.name = min(g.name, 30)
	draw := func(x series, meansOnly bool) string {
		return "  " + widget.Pad(widget.CutPlain(x.name, g.name-1, t.Glyphs.Cut), g.name) + g.row(c, x, meansOnly)
	}
	lines := []string{"  " + t.Faint.Render(g.head(""))}
	kindNames := map[standard.Kind]string{
		standard.Knowledge: "Knowledge", standard.Skill: "Skills", standard.Behaviour: "Behaviours",
	}
	for i, k := range p.kinds {
		if i > 0 && c.Size.H >= 20 {
			lines = append(lines, "")
		}
		all := k.all
		all.name = fmt.Sprintf("%s, all %d", kindNames[k.kind], all.share.Total)
		lines = append(lines, draw(all, false))
		switch {
		case k.both > 0:
			lines = append(lines, draw(k.self, true), draw(k.mentor, true))
		case p.withoutMentor():
			continue // noMentor says so below, for all kinds
		default:
			lines = append(lines, "    "+t.Faint.Render(widget.CutPlain(noMentorHere, w-2, t.Glyphs.Cut)))
		}
		lines = append(lines, widget.Indent(widget.Wrap(calibrationSays(k.calibration), min(w, page.Prose)-2),
			"    ")...)
	}
	if p.withoutMentor() {
		lines = append(lines, "")
		lines = append(lines, widget.Indent(widget.Wrap(noMentor, min(w, page.Prose)), "  ")...)
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

// forecastText is the forecast for gateway, what it rests on, and what it cannot know.
func forecastText(c *ui.Context, p *past, table bool, does string) []string {
	t, f := c.Theme, p.forecast
	w := min(c.Size.W-2, page.Prose)
	lines := append([]string{""}, widget.Wrap(f.Words, w)...)
	if f.Known {
		lines = append(lines, "")
		for _, r := range forecastRows(f) {
			lines = append(lines, drawForecast(c, r, f.Total, w, table))
		}
		lines = append(lines, "", t.Title.Render(widget.CutPlain("What it is based on", w, t.Glyphs.Cut)))
		lines = append(lines, widget.Wrap(words.Capital(f.Basis)+".", w)...)
	}
	lines = append(lines, "", t.Title.Render(widget.CutPlain("What no forecast can know", w, t.Glyphs.Cut)))
	for _, x := range f.Unknown {
		lines = append(lines, widget.Hang(t.Glyphs.Sep+" ", widget.Wrap(x, w-2))...)
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

// Widths of columns.
const (
	numberCell = 5 // the mean of one round, in the table
	nowW       = 5
	behindW    = 8
	expectedW  = 10
	metW       = 11
	nameFair   = 20 // below this, how many are behind is left out
	nameLeast  = 14 // below this, rounds are left out
	nameMost   = 42
)

// A grid is the columns of a row of a series.
type grid struct {
	name     int  // its width
	from     int  // the index of the first round that is shown
	rounds   int  // how many are shown
	table    bool // numbers instead of the picture
	behind   bool // how many are behind
	expected bool // what is expected by now
	met      bool // how many are at target
	timed    bool // what is expected by now is known
}

// gridFor leaves out what there is no room for: how many are at target and what is expected, if the longest name would
// be cut; then how many are behind; then the oldest rounds.
func gridFor(p *past, w int, table bool) grid {
	g := grid{
		rounds: len(p.moments), table: table, timed: p.timed, behind: p.timed, expected: p.timed, met: true,
	}
	longest := 0
	for _, d := range p.duties {
		longest = max(longest, widget.Width(d.name))
	}
	for {
		g.name = min(w-g.roundsW()-g.figuresW(), nameMost)
		switch {
		case g.met && g.name < longest:
			g.met = false
		case g.expected && g.name < longest:
			g.expected = false
		case g.behind && g.name < nameFair:
			g.behind = false
		case g.name >= nameLeast:
			return g
		case g.rounds > 1:
			g.from, g.rounds = g.from+1, g.rounds-1
		default:
			g.name = max(g.name, 0)
			return g
		}
	}
}

// roundsW is the width of the rounds: a figure for each or, in the picture, a column for each and what is expected.
func (g grid) roundsW() int {
	if g.table {
		return g.rounds * numberCell
	}
	return max(g.rounds+3, len(" rounds"))
}

// figuresW is the width of all other columns but the name.
func (g grid) figuresW() int {
	w := 0
	for _, x := range []struct {
		shown bool
		w     int
	}{{!g.table, nowW}, {g.behind, behindW}, {g.expected, expectedW}, {g.met, metW}} {
		if x.shown {
			w += x.w
		}
	}
	return w
}

func (g grid) head(name string) string {
	line := widget.Pad(name, g.name)
	if g.behind {
		line += widget.PadLeft("behind", behindW)
	}
	if g.table {
		for i := range g.rounds {
			line += widget.PadLeft(strconv.Itoa(g.from+i+1), numberCell)
		}
	} else {
		line += widget.Pad(" rounds", g.roundsW()) + widget.PadLeft("now", nowW)
	}
	if g.expected {
		line += widget.PadLeft("expected", expectedW)
	}
	if g.met {
		line += widget.PadLeft("at target", metW)
	}
	return line
}

// row is the columns after the name of a series. With meansOnly it has no other figures, which make no sense for the
// means of one rater.
func (g grid) row(c *ui.Context, s series, meansOnly bool) string {
	line := ""
	if g.behind && !meansOnly {
		line = behindCell(c.Theme, s.share.Behind)
	} else if g.behind {
		line = widget.Pad("", behindW)
	}
	if g.table {
		for _, m := range s.means[g.from:] {
			line += widget.PadLeft(m.figure(), numberCell)
		}
	} else {
		line += widget.Pad(" "+picture(c.Theme, s, g, meansOnly), g.roundsW()) + widget.PadLeft(s.now().figure(), nowW)
	}
	if meansOnly {
		return line
	}
	if g.expected {
		line += widget.PadLeft(fmt.Sprintf("%.1f", s.expected), expectedW)
	}
	if g.met {
		line += widget.PadLeft(fmt.Sprintf("%d of %d", s.share.Met, s.share.Total), metW)
	}
	return line
}

// behindCell is how many are behind. A 0 is drawn as a dot, so that the other numbers stand out.
func behindCell(t *theme.Theme, n int) string {
	if n == 0 {
		return t.Faint.Render(widget.PadLeft(t.Glyphs.Sep, behindW))
	}
	return t.Behind.Render(widget.PadLeft(strconv.Itoa(n), behindW))
}

// picture is a column for each round, its height the mean as a share of the target, then a line and the column of what
// is expected by now.
func picture(t *theme.Theme, s series, g grid, meansOnly bool) string {
	var b strings.Builder
	for _, m := range s.means[g.from:] {
		b.WriteString(column(t, m, s.target))
	}
	if meansOnly || !g.timed {
		return b.String()
	}
	return b.String() + t.Faint.Render(t.Glyphs.Target+column(t, mean{s.expected, true}, s.target))
}

// column is a bar as high as a mean. Only a mean at target or above has the tallest one; an unknown mean is blank.
func column(t *theme.Theme, m mean, target float64) string {
	if !m.known {
		return " "
	}
	top := len(t.Glyphs.Columns) - 1
	if m.level >= target {
		return t.Glyphs.Columns[top]
	}
	return t.Glyphs.Columns[min(int(m.level/target*float64(top)), top-1)]
}

func (m mean) figure() string {
	if !m.known {
		return "-"
	}
	return fmt.Sprintf("%.1f", m.level)
}
