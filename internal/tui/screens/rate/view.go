package rate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Sizes, in cells or lines.
const (
	wideLeft       = 75 // cells of the left pane on a wide terminal: the words of every level fit on one line
	rightLeast     = 40 // cells of the narrowest useful right pane
	leastBar       = 8  // cells of the shortest bar that shows anything
	roomy          = 19 // lines of a body that lets the levels keep their place from one KSB to the next
	tall           = 30 // lines of a body that keeps the text of the duty after its first KSB
	tallestWording = 3  // lines that the longest statement takes at wideLeft
	leastHelp      = 6  // lines to keep for help, which is worth more than the strip of KSBs
	leastStep      = 2  // the fewest lines in which the text between two levels makes sense
)

// clickBack is added to the index of a behaviour that came back, to tell a click on it from a click on a level.
const clickBack = 100

func (s *Screen) View(c *ui.Context) ui.Page {
	if s.duty == 0 {
		return ui.Page{}
	}
	m := s.model(c)
	page := ui.Page{Rows: map[int]int{}}
	d := drawing{s: s, c: c, m: m, page: &page, w: c.Size.W, h: c.Size.H}
	d.panes = c.Size.W >= wideLeft+3+rightLeast
	if d.panes {
		d.w = wideLeft
	}
	d.draw()
	page.Left, page.Right = s.head(c, m, d.bar)
	page.LateHead = s.first || s.ended
	if s.ended {
		page.LateOf = "the end of a duty"
	}
	for i, l := range page.Body {
		page.Body[i] = widget.Cut(l, d.w, c.Theme.Glyphs.Cut)
	}
	if p := page.Cursor; p != nil {
		p.Y = max(min(p.Y, c.Size.H-1), 0)
	}
	page.CutTo(c.Size)
	return page
}

// drawing lays out the body. What is needed to rate is drawn whole; help gets the room that is left.
type drawing struct {
	s    *Screen
	c    *ui.Context
	m    model
	page *ui.Page
	w, h int

	panes  bool       // there is a right pane
	duty   bool       // the duty's text is shown
	strip  bool       // the KSBs of the duty are shown
	bar    bool       // the line that shows how much is rated
	still  bool       // the levels begin where they do for the longest wording
	levels [][]string // the lines of each level
	words  int        // the most lines that the wording may take
	facts  bool       // there is room for the short facts
}

// chooseTop decides what to show above the wording. On coming to a duty its text matters more than help with one KSB.
func (d *drawing) chooseTop() {
	tallest, help := d.longestWording(), 0
	if d.m.written {
		help = max(d.leastBelow(), leastHelp)
	}
	room := d.h - tallest - len(levels.All) - 1 - help
	need, strip := d.needed(), len(d.stripLines())
	d.strip, d.bar = strip <= room, strip < room
	if d.strip {
		need += strip
	}
	if d.bar {
		need++
	}
	if d.s.first || d.h >= tall {
		duty := len(widget.Wrap(d.m.duty.Text, d.w))
		d.duty = need+duty <= d.h
		need += duty
	}
	need += tallest - len(d.wording())
	if d.h >= tall {
		need += max(d.tallestTop()-len(d.dutyText())-strip, 0)
	}
	d.still = d.h >= roomy && need+d.leastBelow() <= d.h && (!d.s.ended || d.h >= tall)
}

// tallestTop is the most lines that the text and the strip of any duty take. Where there is much room, they always get
// as many, so that the levels keep their place from one duty to the next too.
func (d *drawing) tallestTop() int {
	most := 0
	for _, x := range d.c.Standard.Duties {
		chips := make([]levels.Chip, len(x.KSBs))
		for i, id := range x.KSBs {
			chips[i] = levels.Chip{KSB: id, State: level.Max.Key()}
		}
		most = max(most, len(widget.Wrap(x.Text, d.w))+len(levels.Strip(chips, d.w, d.c.Theme)))
	}
	return most
}

// longestWording is how many lines the longest wording of the duty takes.
func (d *drawing) longestWording() int {
	if d.panes {
		return tallestWording
	}
	n := 0
	for _, x := range d.m.texts {
		n = max(n, len(levels.Wording(d.s.ksb, x, d.w, d.c.Theme)))
	}
	return n
}

func (d *drawing) draw() {
	for _, x := range d.m.choices {
		mark := "  "
		switch {
		case x.current && x.earlier:
			mark = d.c.Theme.Glyphs.Before + " "
		case x.current:
			mark = d.c.Theme.Glyphs.Tick + " "
		}
		d.levels = append(d.levels, levels.Lines(d.c, x.level, mark, x.words, x.pointed, d.w))
	}
	d.chooseTop()
	var head []string
	barAt := 0
	if d.s.ended {
		head = d.end()
	} else {
		head = d.dutyText()
		if d.strip {
			head = append(head, d.stripLines()...)
		}
		if d.still && d.h >= tall {
			head = widget.Filled(head, d.tallestTop())
		}
		if d.bar {
			barAt = len(head)
			head = append(head, d.progress())
		}
	}
	if d.s.ksb == "" {
		says := []string{"", d.c.Theme.Accent.Render("Everything is rated."), "", "Enter shows your gaps."}
		d.page.Body = slices.Clip(head)
		d.page.Late = d.lateHead(barAt)
		d.page.Body = append(d.page.Body, says...)
		return
	}
	d.page.Body = d.squeeze(head)
	d.page.Late = d.lateHead(barAt)
	d.ksb()
	d.drawLevels()
	d.help()
}

// lateHead are the lines above the wording that need not be drawn at once, see ui.Page.Late: the bar; all of them for
// the first KSB of a duty, and for the second where the text of the duty goes and the strip moves up; at the end of a
// duty all but the first and the one with the cursor.
func (d *drawing) lateHead(barAt int) (late []int) {
	cursor := d.page.Cursor
	allNew := d.s.first && !d.s.ended || d.s.second && d.h < tall
	for y := range d.page.Body {
		isBar := y == barAt && barAt > 0
		atEnd := d.s.ended && y > 0 && (cursor == nil || y != cursor.Y)
		if allNew || isBar || atEnd {
			late = append(late, y)
		}
	}
	return late
}

// squeeze makes room for the levels on a small terminal, since people must see a level to choose it. First the strip
// goes, or at the end of a duty the questions for examples, then the facts, and last the end of the wording. It returns
// what is left of the head.
func (d *drawing) squeeze(head []string) []string {
	d.words, d.facts = len(d.wording()), true
	rest := d.needed()
	if d.s.ended {
		rest++
		head = head[:max(min(len(head), d.h-rest), 1)]
	} else if len(head)+rest > d.h {
		head = nil
	}
	if p := d.page.Cursor; p != nil && p.Y >= len(head) {
		d.page.Cursor = nil
	}
	for y := range d.page.Rows {
		if y >= len(head) {
			delete(d.page.Rows, y)
		}
	}
	if len(head)+rest > d.h {
		d.facts = false
		rest--
	}
	d.words = max(d.words-max(len(head)+rest-d.h, 0), 1)
	return head
}

// needed is how many lines the KSB takes without help: its wording, the levels and the facts.
func (d *drawing) needed() int {
	n := len(d.wording()) + 1 + min(len(d.m.askExample), 1)
	for _, l := range d.levels {
		n += len(l)
	}
	return n
}

// progress is the line above the wording: a bar of all that is rated, and in words what is left.
func (d *drawing) progress() string {
	t, left := d.c.Theme, d.m.left.Words()
	for len(left) > 1 && d.w < leastBar+1+widget.Width(left[0]) {
		left = left[1:]
	}
	w := max(d.w-1-widget.Width(left[0]), 0)
	done := d.m.left.Done(w)
	bar := t.Met.Render(strings.Repeat(t.Glyphs.Heavy, done)) + t.Faint.Render(strings.Repeat(t.Glyphs.Rule, w-done))
	return bar + " " + t.Faint.Render(left[0])
}

func (d *drawing) dutyText() []string {
	if !d.duty {
		return nil
	}
	return widget.Style(widget.Wrap(d.m.duty.Text, d.w), d.c.Theme.Faint.Render)
}

func (d *drawing) stripLines() []string { return levels.Strip(d.m.chips, d.w, d.c.Theme) }

func (d *drawing) wording() []string { return levels.Wording(d.s.ksb, d.m.text, d.w, d.c.Theme) }

// ksb adds the wording, after the line that leads to the next duty and before the question for an example.
func (d *drawing) ksb() {
	if d.s.ended {
		d.page.Late = append(d.page.Late, len(d.page.Body))
		d.page.Body = append(d.page.Body, d.nextLine())
	}
	wording := widget.First(d.wording(), d.words, d.w, d.c.Theme.Glyphs.Cut)
	// Levels that keep their place from one KSB to the next are easier to find, and send few bytes over SSH.
	if d.still && d.facts {
		wording = widget.Filled(wording, d.longestWording())
	}
	d.page.Body = append(d.page.Body, wording...)
	if len(d.m.askExample) > 0 {
		d.page.Body = append(d.page.Body, d.exampleLine())
	}
	if d.h >= tall && d.still {
		d.page.Body = append(d.page.Body, "")
	}
}

// exampleLine asks for an example of a behaviour that came back, and says why as far as there is room.
func (d *drawing) exampleLine() string {
	t, key := d.c.Theme, ""
	if d.s.last == "" {
		key = "  " + t.Key.Render("e")
	}
	for _, x := range d.m.askExample {
		if widget.Width(x+key) <= d.w {
			return t.Accent.Render(x) + key
		}
	}
	return ""
}

// drawLevels draws the levels, on the smallest terminal only those near the pointer, and the facts below them. The
// cursor is on the level pointed at, else on the KSB's own, else on the first.
func (d *drawing) drawLevels() {
	var lines []string
	var rows []int
	at := d.s.choice
	if at == levels.Nowhere {
		at = max(slices.IndexFunc(d.m.choices, func(x choiceRow) bool { return x.current }), 0)
	}
	from, to := 0, 0 // the lines of that level
	for i, l := range d.levels {
		if i == at {
			from, to = len(lines), len(lines)+len(l)
		}
		lines = append(lines, l...)
		for range l {
			rows = append(rows, i)
		}
	}
	room := max(min(d.h-len(d.page.Body), len(lines)), 0)
	top := widget.Centre(from, to, len(lines), room)
	if !d.s.ended || d.page.Cursor == nil || at == d.s.choice {
		d.page.Cursor = &ui.Point{X: 0, Y: len(d.page.Body) + from - top}
	}
	for y := top; y < top+room; y++ {
		if d.s.ended && rows[y] != at { // at the end of a duty people read the top of the page first
			d.page.Late = append(d.page.Late, len(d.page.Body))
		}
		d.page.Rows[len(d.page.Body)] = rows[y]
		d.page.Body = append(d.page.Body, lines[y])
	}
	if d.facts {
		d.page.Late = append(d.page.Late, len(d.page.Body))
		t := d.c.Theme
		d.page.Body = append(d.page.Body, "  "+t.Faint.Render(widget.Fitting(d.m.facts, " "+t.Glyphs.Sep+" ", d.w-2)))
	}
}

func (m *model) fillEnd(s *Screen, c *ui.Context) {
	tally, ksbs := c.Report.Tally(s.duty), m.duty.KSBs
	m.summary = fmt.Sprintf("Duty %d done: %d of %d rated", m.duty.Number, tally.Rated, tally.Total)
	if tally.Rated < tally.Total {
		m.summary = fmt.Sprintf("End of Duty %d: %d of %d rated", m.duty.Number, tally.Rated, tally.Total)
	}
	if s.list.done {
		ksbs, m.summary = s.list.ksbs, listDone(len(s.list.ksbs))
		if n := len(appraisal.Rest(c.Report, c.Profile)); n > 0 {
			m.restOfRound = appraisal.RestSays(n)
		}
	}
	m.outcome = plan.Ended(c.Report, c.Profile, ksbs, c.Title)
	if missed := s.missed(c); len(missed) > 0 {
		m.missed = m.outcome.Skipped() + ": s goes back to " + words.Form(len(missed), "it.", "them.")
	}
	for _, id := range s.returned(c) {
		row, _ := c.Report.Row(id)
		says := id + " " + c.Title(id) + ", " + row.Level.Figure()
		if s.last == "" && len(m.returned) == s.returnedAt {
			says += "  e"
		}
		m.returned = append(m.returned, says)
	}
}

// end is what the page says at the end of a duty, as far as it fits above the KSB that comes next: first what is as it
// should be, then what the learner may be glad of, what is still to come, and the behaviours that came back.
func (d *drawing) end() []string {
	t, room := d.c.Theme, d.h
	if d.s.ksb != "" {
		room -= d.needed() + 1
	}
	if d.panes {
		room -= d.leastBelow()
	}
	done := t.Met.Render(t.Glyphs.Done) + " " + t.Title.Render(d.m.summary)
	stops := t.Key.Render("q") + " stops here: all is kept"
	lines := []string{widget.SpreadFirst([][2]string{{done, stops}, {done, ""}}, d.w, "")}
	add := func(text string) {
		if more := widget.Indent(widget.Wrap(text, d.w-2), "  "); len(lines)+len(more) <= room {
			lines = append(lines, more...)
		}
	}
	add(d.m.restOfRound)
	add(d.m.missed)
	add(d.m.outcome.Now)
	name := "  " + d.m.outcome.Label + "  "
	glad := widget.Fitting(d.m.outcome.Glad, " "+t.Glyphs.Sep+" ", d.w-widget.Width(name))
	if glad != "" && len(lines) < room {
		lines = append(lines, t.Title.Render(name)+glad)
	}
	add(d.m.outcome.Ahead)
	if n := d.m.outcome.Claims; n > 0 && len(lines)+1+len(d.m.returned) < room {
		add(fmt.Sprintf("%s of 3 or 4 %s no recent example.", words.Count(n, "level", "levels"),
			words.Form(n, "has", "have")))
	}
	lines = d.addReturned(lines, room)
	if strip := d.stripLines(); d.h >= tall && d.m.restOfRound == "" && len(lines)+1+len(strip) < room {
		lines = append(append(lines, ""), strip...)
	}
	if len(lines) < room {
		lines = append(lines, "")
	}
	return lines
}

// addReturned adds the behaviours that came back, and why if there is room. Where they do not all fit, it shows those
// near the one that is pointed at.
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
	from := widget.Centre(d.s.returnedAt, d.s.returnedAt+1, n, h)
	for i := from; i < from+h; i++ {
		mark, style := t.Mark(i == d.s.returnedAt)
		if i == d.s.returnedAt {
			d.page.Cursor = &ui.Point{X: 0, Y: len(lines)}
		}
		d.page.Rows[len(lines)] = clickBack + i
		lines = append(lines, mark+style.Render(d.m.returned[i]))
	}
	return lines
}

// nextLine names the duty that comes next, and how much there is to rate in it if that fits.
func (d *drawing) nextLine() string {
	n := d.c.Standard.Home(d.s.ksb)
	next := fmt.Sprintf("Next: Duty %d, %s", n, d.c.DutyTitle(n))
	if whole := next + ": " + plan.LeftToRate(d.c.Report, d.c.Profile, n).InDuty(); widget.Width(whole) <= d.w {
		next = whole
	}
	return d.c.Theme.Accent.Render(next)
}
