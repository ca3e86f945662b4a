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

// widest is the width beyond which a table is hard to read across.
const widest = 110

// fairH is the height from which on there is a line for what is due.
const fairH = 8

// A layout is how the screen shares its room.
type layout struct {
	w        int // of what stands below the first line, without the pane beside it
	grid     grid
	next     []string // the next step, wrapped
	airy     bool     // with empty lines between the parts
	due      bool     // that actions are due is said
	dueRows  int      // how many of them are shown
	dueLines int      // in how many lines each, at most
	foot     []string // what stands below them
}

// fairRest is how many lines what else is due should have beside a long notice.
const fairRest = 2

// layOut gives the duties their lines first, then what must not be missed, and last the actions that are due and what
// is only worth a look, in the order in which one would miss them.
func layOut(c *ui.Context, m model) layout {
	l := layout{w: min(c.Size.W, widest), grid: gridFor(m, min(c.Size.W, widest))}
	if c.Size.Wide {
		l.grid = gridFor(m, 0)
		l.w = l.grid.width()
	}
	t := c.Theme
	l.next = widget.WrapTo(m.next, l.w-page.MarkW-len("  enter"), 2, t.Glyphs.Cut)
	room := c.Size.H - 3 - len(l.next) - len(m.duties) // who, the rule and the heading
	take := func(n int) bool {
		if n > room {
			return false
		}
		room -= n
		return true
	}
	// Where not even the duties fit they scroll, and a line for what is due is worth more than one more of them.
	l.due = len(m.due) > 0 && (take(1) || c.Size.H >= fairH)
	if m.copies != "" {
		lines := widget.Wrap(m.copies+" c looks into it.", l.w)
		if room < len(lines)+fairRest {
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
	first := len(facts) > 0 && take(1)
	if l.due {
		l.dueRows, l.dueLines = dueRoom(m.due, l.w, room)
		for _, x := range m.due[:l.dueRows] {
			room -= len(x.lines(t, l.w, l.dueLines))
		}
	}
	for i, x := range facts {
		if i == 0 && first || i > 0 && take(1) {
			l.foot = append(l.foot, t.Faint.Render(x))
		}
	}
	for _, x := range m.terms {
		if lines := widget.Wrap(x, l.w); take(len(lines)) {
			l.foot = append(l.foot, widget.Style(lines, t.Faint.Render)...)
		}
	}
	if mentor {
		// The footer has no room for it at 80 columns.
		l.foot = append(l.foot, t.Key.Render("b")+" "+t.Faint.Render("my mentor rates: press it before they look"))
	}
	return l
}

// View draws the screen. On a wide terminal the goals in flight and the first gaps stand beside the duties.
func (s *Screen) View(c *ui.Context) ui.Page {
	m, t := s.model(c), c.Theme
	l := layOut(c, m)
	s = &Screen{cursor: min(s.cursor, len(m.duties)+l.dueRows)} // the cursor is drawn where there is room for it
	rated := fmt.Sprintf(" %s %d of %d rated", t.Glyphs.Sep, m.all.Rated, m.all.Total)
	p := ui.Page{Left: t.Title.Render("ksbcoach") + rated, Right: m.programme, Rows: map[int]int{}}
	add := func(lines ...string) { p.Body = append(p.Body, lines...) }
	row := func(i int, lines ...string) {
		for _, x := range lines {
			p.Rows[len(p.Body)] = i
			add(x)
		}
	}
	add(who(m, t, l.w), t.Faint.Render(strings.Repeat(t.Glyphs.Rule, l.w)))
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
		row(i+1, s.row(c, i+1, l.grid.duty(c, m.duties[i], s.pointed(c, i+1))))
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

// who is the learner, and when the next review is. Where not all fits the review comes before the role.
func who(m model, t *theme.Theme, w int) string {
	whole, name := t.Title.Render(m.name+m.role), t.Title.Render(m.name)
	pairs := [][2]string{{whole, m.review}, {whole, m.briefly}, {name, m.review}, {name, m.briefly}}
	return widget.SpreadFirst(pairs, w, t.Glyphs.Cut)
}

// next is the next step with the key that takes it while it is pointed at, in two lines where one is too short.
func (s *Screen) next(c *ui.Context, l layout) (lines []string) {
	t := c.Theme
	enter := t.Key.Render("enter")
	if s.cursor > 0 {
		enter = ""
	}
	lines = widget.Style(l.next, s.pointed(c, 0))
	if len(lines) > 0 {
		lines[0] = widget.Spread(lines[0], enter, l.w-page.MarkW, t.Glyphs.Cut)
	}
	return widget.Hang(s.row(c, 0, ""), lines)
}

func (s *Screen) row(c *ui.Context, i int, line string) string {
	if i == s.cursor {
		return c.Theme.Accent.Render(c.Theme.Glyphs.Marker) + " " + line
	}
	return "  " + line
}

func (s *Screen) pointed(c *ui.Context, i int) func(...string) string {
	if i == s.cursor {
		return c.Theme.Accent.Render
	}
	return c.Theme.Plain.Render
}

// dueHead says how many are due, or where there is no room for all of it how many are past their day.
func dueHead(c *ui.Context, m model, w int) string {
	if m.overdue == 0 {
		return widget.Fitting(m.dueSays, ", ", w)
	}
	return c.Theme.Behind.Render(c.Theme.Glyphs.Late + " " + widget.Fitting(m.dueSays, ", ", w-2))
}

// dueSays says how many actions and goals are past their day, and how many are due within a week.
func dueSays(due []profile.Dated, past int) []string {
	counted := func(list []profile.Dated, are string) []string {
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
		return []string{words.List(says) + " " + are}
	}
	switch late, soon := due[:past], due[past:]; {
	case past == 0:
		return counted(soon, "due this week")
	case len(soon) == 0:
		return counted(late, "past "+words.Form(past, "its", "their")+" day")
	default:
		says := counted(late, "past "+words.Form(past, "its", "their")+" day")
		return append(says, fmt.Sprintf("%d due this week", len(soon)))
	}
}

// dayW is the room of the day before an action, with the sign of what is overdue.
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
		lines[n] = s.row(c, i, widget.Pad(day, dayW)+text)
	}
	return lines
}

// dueRoom is how many actions have room in so many lines, and in how many lines each: all of them whole where that can
// be, else as many as there are lines.
func dueRoom(due []dueRow, w, room int) (rows, most int) {
	need := 0
	for _, x := range due {
		need += len(widget.Wrap(x.text, w-page.MarkW-dayW))
	}
	if need <= room {
		return len(due), max(room, 1)
	}
	return min(len(due), max(room, 0)), 1
}

// newsLine says which facts behind one's goals have changed, as many of them by name as there is room for.
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

// rightPane is the right pane: the goals, and the first gaps. Each stands whole or not at all.
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
	head, figures := t.Accent.Render("Your first gaps"), widget.PadLeft("now", 5)+against
	if len(m.gaps) == 0 {
		none := widget.Wrap("None below target so far.", w)
		blocks = append(blocks, append([]string{"", head}, none...))
	}
	for i, x := range m.gaps {
		var lines []string
		if i == 0 {
			lines = []string{"", widget.Pad(head, max(w-widget.Width(figures), 0)) + t.Faint.Render(figures)}
		}
		for n, name := range widget.Wrap(x.title, max(w-4-widget.Width(figures)-1, 1)) {
			code, tail := x.code, widget.PadLeft(x.now, 5)+widget.PadLeft(x.against, len(against))
			if n > 0 {
				code, tail = "", ""
			}
			lines = append(lines, widget.Pad(code, 4)+widget.Pad(name, max(w-4-widget.Width(figures), 0))+tail)
		}
		blocks = append(blocks, lines)
	}
	return page.Whole(c.Size.H, blocks...)
}

// A grid is how the row of a duty shares the width: the widths of its columns, 0 for one that is left out.
type grid struct {
	title    int // with what is free behind it
	lead     int // behind; below target where no start date is known
	rated    int
	levels   [level.Max + 1]int
	before   int // the levels
	target   int // how many are at target, where behind leads
	leadSays string
	timed    bool
}

const (
	numberW   = 4
	leastName = 8
)

// gridFor leaves the longest title whole as long as it can: first it does without the figures at target, then the
// columns close up, then how many are rated goes, which the first line sums up, then the levels. A width of 0 is any.
func gridFor(m model, w int) grid {
	longest := 0
	for _, d := range m.duties {
		longest = max(longest, widget.Width(d.title))
	}
	best := grid{
		title: longest + 1, leadSays: "below target", lead: 14, rated: 7, before: 1, levels: [...]int{3, 3, 3, 3, 3},
		timed: m.timed,
	}
	if m.timed {
		best.leadSays, best.lead, best.target = "behind", 8, 10
	}
	bare := best
	bare.target = 0
	tight := bare
	tight.title, tight.rated, tight.before = longest, 6, 0
	for l := range tight.levels {
		tight.levels[l] = 2
		for _, d := range m.duties {
			tight.levels[l] = max(tight.levels[l], 1+len(strconv.Itoa(d.Levels[l])))
		}
	}
	if tight.lead = 7; !m.timed {
		tight.leadSays, tight.lead = "below", 6
	}
	unrated := tight
	unrated.rated = 0
	last := tight
	last.levels = [level.Max + 1]int{}
	grids := []grid{best, bare, tight, unrated}
	if i := slices.IndexFunc(grids, func(g grid) bool { return w == 0 || g.width() <= w }); i >= 0 {
		last = grids[i]
	}
	if w > 0 {
		last.title = max(last.title+w-last.width(), leastName)
	}
	return last
}

func (g grid) width() int {
	w := page.MarkW + numberW + g.title + g.lead + g.rated + g.before + g.target
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
	line += page.Spaces(g.before)
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

// duty is a row. Of one that was never opened only its size is shown.
func (g grid) duty(c *ui.Context, d dutyRow, name func(...string) string) string {
	t := c.Theme
	title := widget.Pad(name(widget.CutPlain(d.title, g.title, t.Glyphs.Cut)), g.title)
	line := widget.PadLeft(strconv.Itoa(d.number), 2) + "  " + title
	if g.timed {
		line += countCell(d.Behind, g.lead, t, t.Behind.Render)
	} else {
		line += countCell(d.Below, g.lead, t, t.Below.Render)
	}
	if g.rated > 0 {
		line += widget.PadLeft(fmt.Sprintf("%d/%d", d.Rated, d.Total), g.rated)
	}
	line += page.Spaces(g.before)
	most := 0
	for _, n := range d.Levels {
		most = max(most, n)
	}
	for l, n := range g.levels {
		style := t.Plain
		if d.Levels[l] == most {
			style = t.Title
		}
		if d.opened || d.Levels[l] > 0 {
			line += countCell(d.Levels[l], n, t, style.Render)
		} else {
			line += page.Spaces(n)
		}
	}
	if g.target > 0 && d.opened {
		line += widget.PadLeft(strconv.Itoa(d.Met), g.target)
	}
	return line
}

// countCell is a number at the right of its column; none is a dot, so that what counts stands out.
func countCell(n, w int, t *theme.Theme, render func(...string) string) string {
	switch {
	case w == 0:
		return ""
	case n == 0:
		return widget.PadLeft(t.Glyphs.Sep, w)
	}
	return widget.PadLeft(render(strconv.Itoa(n)), w)
}
