package home

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const (
	widest       = 110 // cells of a table that can still be read across
	dueLineFrom  = 8   // lines of a body that gives one to what is due, even if not all duties fit
	besideCopies = 2   // lines to keep for what else is due where copies are described at length
)

// A layout is how the screen shares its room.
type layout struct {
	w        int // of the left pane, or of everything where there is only one
	grid     grid
	next     []string // the next step, wrapped
	airy     bool     // with empty lines between the parts
	due      bool     // a line says how many actions are due
	dueRows  int      // how many of them are shown below that line
	dueLines int      // in how many lines each, at most
	foot     []string // the lines below them
}

// layOut shares out the lines, the most important first: the duties, then what must not be missed, then the actions
// that are due and what is only worth a look.
func layOut(c *ui.Context, m model) layout {
	l := layout{w: min(c.Size.W, widest), grid: gridFor(m, min(c.Size.W, widest))}
	if c.Size.Wide {
		l.grid = gridFor(m, 0)
		l.w = l.grid.width()
	}
	t := c.Theme
	l.next = widget.WrapTo(m.next, l.w-page.MarkW-len("  enter"), 2, t.Glyphs.Cut)
	const fixed = 3 // the learner, the rule and the heading
	room := c.Size.H - fixed - len(l.next) - len(m.duties)
	take := func(n int) bool {
		if n > room {
			return false
		}
		room -= n
		return true
	}
	// Where not even the duties fit they scroll, and saying what is due is worth more than one more duty.
	l.due = len(m.due) > 0 && (take(1) || c.Size.H >= dueLineFrom)
	if m.copies != "" {
		lines := widget.Wrap(m.copies+" c looks into it.", l.w)
		if room < len(lines)+besideCopies {
			lines = widget.WrapTo("There is a copy of your profile: c looks into it", l.w, 1, t.Glyphs.Cut)
		}
		if take(len(lines)) {
			l.foot = append(l.foot, lines...)
		}
	}
	if len(m.news) > 0 && take(1) {
		l.foot = append(l.foot, newsLine(m.news, l.w))
	}
	for _, x := range m.notices {
		if lines := widget.WrapTo(x, l.w, 1, t.Glyphs.Cut); take(1) {
			l.foot = append(l.foot, lines...)
		}
	}
	mentor := m.all.Rated > 0 && take(1)
	l.airy = take(2)
	facts := widget.Pack(m.facts, " "+t.Glyphs.Sep+" ", l.w)
	firstFact := len(facts) > 0 && take(1)
	if l.due {
		l.dueRows, l.dueLines = dueRoom(m.due, l.w, room)
		for _, x := range m.due[:l.dueRows] {
			room -= len(x.lines(t, l.w, l.dueLines))
		}
	}
	for i, x := range facts {
		if i == 0 && firstFact || i > 0 && take(1) {
			l.foot = append(l.foot, t.Faint.Render(x))
		}
	}
	for _, x := range m.terms {
		if lines := widget.Wrap(x, l.w); take(len(lines)) {
			l.foot = append(l.foot, widget.Style(lines, t.Faint.Render)...)
		}
	}
	if mentor {
		// The footer has no room for this key at 80 columns.
		l.foot = append(l.foot, t.Key.Render("b")+" "+t.Faint.Render("my mentor rates: press it before they look"))
	}
	return l
}

func (s *Screen) View(c *ui.Context) ui.Page {
	m, t := s.model(c), c.Theme
	l := layOut(c, m)
	s = &Screen{cursor: min(s.cursor, len(m.duties)+l.dueRows)} // see lastRow
	rated := fmt.Sprintf(" %s %d of %d rated", t.Glyphs.Sep, m.all.Rated, m.all.Total)
	p := ui.Page{Left: t.Title.Render("ksbcoach") + rated, Right: m.programme, Rows: map[int]int{}}
	add := func(lines ...string) { p.Body = append(p.Body, lines...) }
	row := func(i int, lines ...string) {
		for _, x := range lines {
			p.Rows[len(p.Body)] = i
			add(x)
		}
	}
	add(learnerLine(m, t, l.w), t.Faint.Render(strings.Repeat(t.Glyphs.Rule, l.w)))
	row(0, s.next(c, l)...)
	if l.airy {
		add("")
	}
	add("  " + t.Faint.Render(l.grid.heading()))
	room := max(c.Size.H-len(p.Body), 0)
	if l.due {
		room = max(room-1, 0)
	}
	from := widget.Centre(s.cursor-1, s.cursor, len(m.duties), room)
	for i := from; i < min(from+room, len(m.duties)); i++ {
		row(i+1, s.marked(c, i+1, l.grid.duty(c, m.duties[i], s.style(c, i+1))))
	}
	if l.airy {
		add("")
	}
	if l.due {
		add(t.Key.Render("o") + " " + dueHead(c, m, l.w-2))
	}
	for i, x := range m.due[:l.dueRows] {
		i += 1 + len(m.duties)
		row(i, s.dueRow(c, i, x, l)...)
	}
	add(l.foot...)
	if c.Size.Wide {
		p.Side = &ui.Side{Lines: rightPane(c, m, min(c.Size.W-l.w-3, page.Prose)), At: l.w}
	}
	p.Cursor = &ui.Point{}
	for y := range p.Body[:min(len(p.Body), c.Size.H)] {
		if i, ok := p.Rows[y]; ok && i == s.cursor && p.Cursor.Y == 0 {
			p.Cursor.Y = y
		}
	}
	p.CutTo(c.Size)
	return p
}

// learnerLine is who the learner is and when the next review is. Where it does not all fit, the role goes.
func learnerLine(m model, t *theme.Theme, w int) string {
	whole, name := t.Title.Render(m.name+m.role), t.Title.Render(m.name)
	pairs := [][2]string{{whole, m.review}, {whole, m.reviewShort}, {name, m.review}, {name, m.reviewShort}}
	return widget.SpreadFirst(pairs, w, t.Glyphs.Cut)
}

// next is the next step, in two lines where one is too short, and while the cursor is there the key that takes it.
func (s *Screen) next(c *ui.Context, l layout) (lines []string) {
	t := c.Theme
	enter := t.Key.Render("enter")
	if s.cursor > 0 {
		enter = ""
	}
	lines = widget.Style(l.next, s.style(c, 0))
	if len(lines) > 0 {
		lines[0] = widget.Spread(lines[0], enter, l.w-page.MarkW, t.Glyphs.Cut)
	}
	return widget.Hang(s.marked(c, 0, ""), lines)
}

// marked is a line of row i, after the marker if the cursor is there.
func (s *Screen) marked(c *ui.Context, i int, line string) string {
	if i == s.cursor {
		return c.Theme.Accent.Render(c.Theme.Glyphs.Marker) + " " + line
	}
	return "  " + line
}

func (s *Screen) style(c *ui.Context, i int) func(...string) string {
	if i == s.cursor {
		return c.Theme.Accent.Render
	}
	return c.Theme.Plain.Render
}

// dueHead says how many are overdue and due, or only how many are overdue where there is no room for both.
func dueHead(c *ui.Context, m model, w int) string {
	if m.overdue == 0 {
		return widget.Fitting(m.dueSays, ", ", w)
	}
	return c.Theme.Behind.Render(c.Theme.Glyphs.Late + " " + widget.Fitting(m.dueSays, ", ", w-2))
}

// dueSays says how many actions and goals are overdue, and how many are due within a week. The overdue ones come first
// in due.
func dueSays(due []profile.DueItem, overdue int) []string {
	counted := func(list []profile.DueItem, when string) []string {
		goals := 0
		for _, x := range list {
			if x.Action == "" {
				goals++
			}
		}
		var says []string
		if n := len(list) - goals; n > 0 {
			says = append(says, words.Count(n, "action", "actions"))
		}
		if goals > 0 {
			says = append(says, words.Count(goals, "goal", "goals"))
		}
		return []string{words.List(says) + " " + when}
	}
	soon := due[overdue:]
	if overdue == 0 {
		return counted(soon, "due this week")
	}
	says := counted(due[:overdue], "overdue")
	if len(soon) > 0 {
		says = append(says, fmt.Sprintf("%d due this week", len(soon)))
	}
	return says
}

// dayW is the width of the day before an action, with the sign of what is overdue.
const dayW = len("! 23 Nov  ")

func (x dueRow) lines(t *theme.Theme, w, most int) []string {
	return widget.WrapTo(x.text, w-page.MarkW-dayW, most, t.Glyphs.Cut)
}

func (s *Screen) dueRow(c *ui.Context, i int, x dueRow, l layout) []string {
	t := c.Theme
	day := "  " + x.day
	if x.late {
		day = t.Behind.Render(t.Glyphs.Late + " " + x.day)
	}
	lines := x.lines(t, l.w, l.dueLines)
	for n, text := range lines {
		if i == s.cursor {
			text = widget.Chosen(x.text, t).Render(text)
		}
		if n > 0 {
			lines[n] = page.Spaces(page.MarkW+dayW) + text
			continue
		}
		lines[n] = s.marked(c, i, widget.Pad(day, dayW)+text)
	}
	return lines
}

// dueRoom is how many actions to show in so many lines, and in how many lines each at most: all of them whole if they
// fit, else one line each.
func dueRoom(due []dueRow, w, room int) (rows, lines int) {
	need := 0
	for _, x := range due {
		need += len(widget.Wrap(x.text, w-page.MarkW-dayW))
	}
	if need <= room {
		return len(due), max(room, 1)
	}
	return min(len(due), max(room, 0)), 1
}

// newsLine says which facts behind the goals have changed, naming as many as there is room for.
func newsLine(names []string, w int) string {
	for n := len(names); n > 0; n-- {
		line := "New facts: " + strings.Join(names[:n], ", ")
		if n < len(names) {
			line += fmt.Sprintf(" and %d more", len(names)-n)
		}
		if widget.Width(line) <= w {
			return line
		}
	}
	return fmt.Sprintf("New facts behind your goals: %d, on their KSBs' pages", len(names))
}

// rightPane is the goals and the first gaps. What does not fit whole is left out.
func rightPane(c *ui.Context, m model, w int) []string {
	t := c.Theme
	blocks := [][]string{{t.Accent.Render("Goals " + profile.GoalActive.Words())}}
	if len(m.goals) == 0 {
		blocks = append(blocks, widget.Wrap("None yet. p makes a plan from your gaps.", w))
	}
	for i, g := range m.goals {
		var lines []string
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, widget.Wrap(g.text, w)...)
		for _, l := range widget.Wrap(g.next, w-2) {
			if g.late {
				l = t.Behind.Render(l)
			}
			lines = append(lines, "  "+l)
		}
		blocks = append(blocks, lines)
	}
	against := "  target"
	if m.timed {
		against = "  due"
	}
	head, heading := t.Accent.Render("Your first gaps"), widget.PadLeft("now", 5)+against
	if len(m.gaps) == 0 {
		none := widget.Wrap("None below target so far.", w)
		blocks = append(blocks, append([]string{"", head}, none...))
	}
	const codeW = 4
	left := max(w-len(heading), 0) // of the columns of figures
	for i, x := range m.gaps {
		var lines []string
		if i == 0 {
			lines = []string{"", widget.Pad(head, left) + t.Faint.Render(heading)}
		}
		for n, name := range widget.Wrap(x.title, max(left-codeW-1, 1)) {
			code, figures := x.code, widget.PadLeft(x.now, 5)+widget.PadLeft(x.against, len(against))
			if n > 0 {
				code, figures = "", ""
			}
			lines = append(lines, widget.Pad(widget.Pad(code, codeW)+name, left)+figures)
		}
		blocks = append(blocks, lines)
	}
	return page.Whole(c.Size.H, blocks...)
}

// A grid is the widths of the columns in the row of a duty, 0 for one that is left out.
type grid struct {
	title    int // takes what the other columns leave free
	lead     int // how many are behind or, without a start date, below target
	rated    int
	space    int // before the levels
	levels   [level.Max + 1]int
	target   int // how many are at target
	leadSays string
	timed    bool
}

const (
	numberW    = 4 // the number of the duty and the space after it
	leastTitle = 8
)

// gridFor keeps the longest title whole for as long as it can. To do so it first drops how many are at target, then
// closes up the columns, then drops how many are rated, since the first line of the page sums that up, then the
// levels. With w 0 there is room for everything.
func gridFor(m model, w int) grid {
	longest := 0
	for _, d := range m.duties {
		longest = max(longest, widget.Width(d.title))
	}
	full := grid{
		title: longest + 1, leadSays: "below target", lead: 14, rated: 7, space: 1, levels: [...]int{3, 3, 3, 3, 3},
		timed: m.timed,
	}
	if m.timed {
		full.leadSays, full.lead, full.target = "behind", 8, 10
	}
	noTarget := full
	noTarget.target = 0
	tight := noTarget
	tight.title, tight.rated, tight.space = longest, 6, 0
	for l := range tight.levels {
		tight.levels[l] = 2
		for _, d := range m.duties {
			tight.levels[l] = max(tight.levels[l], 1+len(strconv.Itoa(d.Levels[l])))
		}
	}
	tight.lead = 7
	if !m.timed {
		tight.leadSays, tight.lead = "below", 6
	}
	noRated := tight
	noRated.rated = 0
	best := tight
	best.levels = [level.Max + 1]int{}
	grids := []grid{full, noTarget, tight, noRated}
	if i := slices.IndexFunc(grids, func(g grid) bool { return w == 0 || g.width() <= w }); i >= 0 {
		best = grids[i]
	}
	if w > 0 {
		best.title = max(best.title+w-best.width(), leastTitle)
	}
	return best
}

func (g grid) width() int {
	w := page.MarkW + numberW + g.title + g.lead + g.rated + g.space + g.target
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
	line += page.Spaces(g.space)
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

// duty is the row of a duty, its title in a style. Of a duty that was never opened it shows only the size.
func (g grid) duty(c *ui.Context, d dutyRow, style func(...string) string) string {
	t := c.Theme
	title := widget.Pad(style(widget.CutPlain(d.title, g.title, t.Glyphs.Cut)), g.title)
	line := widget.PadLeft(strconv.Itoa(d.number), 2) + "  " + title
	if g.timed {
		line += countCell(d.Behind, g.lead, t, t.Behind.Render)
	} else {
		line += countCell(d.Below, g.lead, t, t.Below.Render)
	}
	if g.rated > 0 {
		line += widget.PadLeft(fmt.Sprintf("%d/%d", d.Rated, d.Total), g.rated)
	}
	line += page.Spaces(g.space)
	most := slices.Max(d.Levels[:])
	for l, n := range g.levels {
		figure := t.Plain
		if d.Levels[l] == most {
			figure = t.Title
		}
		if d.opened || d.Levels[l] > 0 {
			line += countCell(d.Levels[l], n, t, figure.Render)
		} else {
			line += page.Spaces(n)
		}
	}
	if g.target > 0 && d.opened {
		line += widget.PadLeft(strconv.Itoa(d.Met), g.target)
	}
	return line
}

// countCell is a number at the right of its column. A 0 is drawn as a dot, so that the other numbers stand out.
func countCell(n, w int, t *theme.Theme, render func(...string) string) string {
	switch {
	case w == 0:
		return ""
	case n == 0:
		return widget.PadLeft(t.Glyphs.Sep, w)
	}
	return widget.PadLeft(render(strconv.Itoa(n)), w)
}
