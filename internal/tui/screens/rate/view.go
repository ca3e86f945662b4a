package rate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// clickBack is added to the index of a click on a behaviour that came back, to tell it from a click on a level.
const clickBack = 100

// wideLeft is the width of the left pane on a wide terminal: the words of every level fit in it whole.
const wideLeft = 76

// tallestWording is how many lines the longest statement takes in the left pane.
const tallestWording = 3

// tall is the height from which on what helps has room below the levels even on a wide terminal. In the narrow right
// pane it takes more lines, each of which costs bytes at every rating.
const tall = 30

// rightLeast is the narrowest useful right pane.
const rightLeast = 40

// View draws the KSB in hand, or the end of a duty.
func (s *Screen) View(c *ui.Context) ui.Page {
	if s.duty == 0 {
		return ui.Page{}
	}
	m := s.model(c)
	t := c.Theme
	page := ui.Page{Rows: map[int]int{}}
	page.Left, page.Right = s.head(c, m.duty)
	d := drawing{c: c, m: m, page: &page, w: c.Size.W, h: c.Size.H}
	d.panes = c.Size.W >= wideLeft+3+rightLeast
	if d.panes {
		d.w = wideLeft
	}
	d.coached = !d.panes || d.h >= tall
	d.draw()
	if d.panes {
		right := d.rightPane(c.Size.W - wideLeft - 3)
		page.Body = widget.Beside(page.Body, right, wideLeft, c.Size.H, t.Faint.Render(t.Glyphs.Bar))
	}
	for i, l := range page.Body {
		page.Body[i] = widget.Cut(l, c.Size.W, t.Glyphs.Cut)
	}
	if p := page.Cursor; p != nil {
		p.Y = max(min(p.Y, c.Size.H-1), 0)
	}
	page.CutTo(c.Size)
	return page
}

// drawing lays out the body. What is needed to rate is drawn whole; help gets the room that is left.
type drawing struct {
	c    *ui.Context
	m    model
	page *ui.Page
	w, h int

	panes   bool // there is a right pane
	coached bool // what helps stands below the levels, else in the right pane
	air     air
	levels  [][]string // the lines of each level
	words   int        // the most lines that the wording may take
	facts   bool       // there is room for the short facts
}

// air is the room spent on what is not needed to rate: the duty's text, whole or not at all, and blank lines.
type air struct {
	duty         bool
	above, below int // blank lines before the levels, and before what helps
}

// airs are tried in this order until everything fits, so that what helps is cut last.
var airs = []air{{true, 1, 1}, {true, 0, 1}, {true, 0, 0}, {false, 1, 1}, {false, 0, 1}, {false, 0, 0}}

// breathe chooses the first of airs with which all parts fit. On coming to a duty its text matters more than help with
// one KSB.
func (d *drawing) breathe() {
	need := len(d.strip()) + 1 + d.needed()
	if d.m.back != "" {
		need++
	}
	duty := len(widget.Wrap(d.m.duty.Text, d.w))
	if d.m.entered && need+duty <= d.h {
		d.air = air{duty: true}
	}
	entered := d.air
	if d.coached {
		need += d.stepHeight(d.w) + len(d.labelled(thinkOf, d.m.prompt, d.w, d.h))
	}
	var helps []int
	if d.coached && d.m.field != "" {
		helps = append(helps, len(d.labelled(fieldName, d.m.field, d.w, d.h)))
	}
	for _, n := range append(helps, 0) { // with the example, else without
		for _, d.air = range airs {
			lines := need + n + d.air.above + d.air.below
			if d.air.duty {
				lines += duty
			}
			if lines <= d.h && (d.air.duty || !entered.duty) {
				return
			}
		}
	}
	d.air = entered
}

func (d *drawing) draw() {
	for _, x := range d.m.choices {
		d.levels = append(d.levels, d.level(x))
	}
	d.breathe()
	var head []string
	if d.m.ended {
		head = d.end()
	} else {
		head = append(d.dutyText(), d.strip()...)
		head = append(head, d.c.Theme.Faint.Render(strings.Repeat(d.c.Theme.Glyphs.Rule, d.w)))
	}
	if d.m.everybody {
		says := []string{"", d.c.Theme.Accent.Render("Everything is rated."), "", "Enter shows your gaps."}
		d.page.Body = append(slices.Clip(head), says...)
		return
	}
	d.page.Body = d.squeeze(head)
	d.ksb()
	d.drawLevels()
	d.addHelp()
}

// squeeze makes room for the levels on a small terminal, since each must be seen to be chosen. First the strip goes, or
// at the end of a duty the questions for examples, then the facts, and last the end of the wording. It returns what is
// left of the head.
func (d *drawing) squeeze(head []string) []string {
	d.words, d.facts = len(d.wording()), true
	rest := d.needed() + d.air.above
	if d.m.back != "" {
		rest++
	}
	least := 0
	if d.m.ended {
		rest += 1 - d.air.above
		least = 1
	}
	if over := len(head) + rest - d.h; over > 0 && d.m.ended {
		head = head[:max(len(head)-over, least)]
	} else if over > 0 {
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

// needed is how many lines a KSB takes without help.
func (d *drawing) needed() int {
	n := len(d.wording()) + 1
	for _, l := range d.levels {
		n += len(l)
	}
	return n
}

func (d *drawing) dutyText() []string {
	if !d.air.duty {
		return nil
	}
	return widget.Style(widget.Wrap(d.m.duty.Text, d.w), d.c.Theme.Faint.Render)
}

func (d *drawing) strip() []string { return levels.Strip(d.m.chips, d.w, d.c.Theme) }

func (d *drawing) wording() []string { return levels.Wording(d.m.ksb, d.m.text, d.w, d.c.Theme) }

func (d *drawing) ksb() {
	if d.m.ended {
		d.page.Body = append(d.page.Body, d.c.Theme.Accent.Render(d.m.nextDuty))
	}
	wording := widget.First(d.wording(), d.words, d.w, d.c.Theme.Glyphs.Cut)
	d.page.Body = append(d.page.Body, wording...)
	// Where there is room the levels stay where they are from one KSB to the next, which also saves most of the bytes.
	for n := len(wording); d.panes && d.facts && n < tallestWording; n++ {
		d.page.Body = append(d.page.Body, "")
	}
	if d.m.back != "" {
		back := d.c.Theme.Accent.Render(d.m.back)
		if d.m.asksBack {
			back += "  " + d.c.Theme.Key.Render("e")
		}
		d.page.Body = append(d.page.Body, back)
	}
	if d.air.above > 0 && !d.m.ended {
		d.page.Body = append(d.page.Body, "")
	}
}

// level draws a level, with a tick if the KSB has it, or a circle if it had it in an earlier round.
func (d *drawing) level(x choiceRow) []string {
	mark := "  "
	switch {
	case x.current && x.before:
		mark = d.c.Theme.Glyphs.Open + " "
	case x.current:
		mark = d.c.Theme.Glyphs.Done + " "
	}
	return levels.Lines(d.c, x.level, mark, x.words, x.pointed, d.w)
}

// drawLevels draws the levels, on the smallest terminal only those near the pointer, and the facts below them. The
// cursor is on the level pointed at, else on the KSB's own, else on the first.
func (d *drawing) drawLevels() {
	var lines []string
	var rows []int
	from, to, at := 0, 0, 0
	for i, x := range d.m.choices {
		if x.current || x.pointed {
			at = i
		}
		if x.pointed {
			break
		}
	}
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
	if !d.m.ended || d.page.Cursor == nil || d.m.choices[at].pointed {
		d.page.Cursor = &ui.Point{X: 0, Y: len(d.page.Body) + from - top}
	}
	for y := top; y < top+room; y++ {
		d.page.Rows[len(d.page.Body)] = rows[y]
		d.page.Body = append(d.page.Body, lines[y])
	}
	if d.facts {
		t := d.c.Theme
		d.page.Body = append(d.page.Body, "  "+t.Faint.Render(widget.Fitting(d.m.facts, " "+t.Glyphs.Sep+" ", d.w-2)))
	}
}

// leastStep is the fewest lines in which the text between two levels makes sense.
const leastStep = 2

// stepHeight is how many lines the longest step of the KSB takes. That room is kept, so that nothing below moves with
// the pointer.
func (d *drawing) stepHeight(w int) int {
	n := 0
	for _, x := range d.m.steps {
		n = max(n, len(d.labelled(d.m.stepName, x, w, d.h)))
	}
	return n
}

// addHelp adds help: what divides two levels as far as the prompt leaves room, an example from the learner's field if it
// fits whole, and the prompt.
func (d *drawing) addHelp() {
	if !d.coached || d.m.ended && !d.panes {
		return
	}
	if d.air.below > 0 {
		d.page.Body = append(d.page.Body, "")
	}
	room := d.h - len(d.page.Body)
	if !d.m.written {
		d.page.Body = append(d.page.Body, widget.Style(widget.WrapTo(notWritten, d.w, room, ""), d.c.Theme.Faint.Render)...)
		return
	}
	prompt := d.labelled(thinkOf, d.m.prompt, d.w, d.h)
	if len(prompt) > room {
		prompt = nil // half a question asks nothing
	}
	kept := min(d.stepHeight(d.w), room-len(prompt))
	step := d.labelled(d.m.stepName, d.m.step, d.w, kept)
	if kept < leastStep {
		step, kept = nil, 0
	}
	field := d.labelled(fieldName, d.m.field, d.w, d.h)
	if len(field) > room-len(prompt)-kept {
		field = nil
	}
	if len(field)+len(prompt) > 0 {
		step = filled(step, kept)
	}
	d.page.Body = append(append(append(d.page.Body, step...), field...), prompt...)
}

func filled(lines []string, n int) []string {
	for len(lines) < n {
		lines = append(lines, "")
	}
	return lines
}

// labelled is a text with its name at the left, in at most n lines. On a narrow terminal it takes the room below its
// name too.
func (d *drawing) labelled(label, text string, w, n int) []string {
	if n < 1 || text == "" {
		return nil
	}
	if d.c.Size.Narrow {
		return levels.Named(label, text, w, n, d.c.Theme)
	}
	const indent = 13
	lines := widget.WrapTo(text, max(w-indent, 1), n, d.c.Theme.Glyphs.Cut)
	for i, l := range lines {
		name := strings.Repeat(" ", indent)
		if i == 0 {
			name = d.c.Theme.Title.Render(widget.Pad(label, indent))
		}
		lines[i] = name + l
	}
	return lines
}

func (d *drawing) end() []string {
	t := d.c.Theme
	lines := []string{t.Met.Render(t.Glyphs.Done) + " " + t.Title.Render(d.m.summary)}
	if d.m.rest != "" {
		return append(append(lines, widget.Wrap(d.m.rest, d.w)...), "")
	}
	lines = append(lines, d.strip()...)
	if len(d.m.returned) > 0 {
		lines = append(lines, "")
		for i, q := range d.m.returned {
			mark, style := "  ", t.Plain
			if i == d.m.backAt {
				mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
				d.page.Cursor = &ui.Point{X: 0, Y: len(lines)}
				if d.m.asksBack {
					q += "  e"
				}
			}
			d.page.Rows[len(lines)] = clickBack + i
			lines = append(lines, mark+style.Render(q))
		}
	}
	if d.h >= 19 {
		lines = append(lines, "")
	}
	return lines
}

// rightPane is the right pane of a wide terminal: what helps with the KSB in hand, and the whole walk. All of the coaching
// is on a page of its own; here it would be written anew at every rating.
func (d *drawing) rightPane(w int) []string {
	if d.m.everybody {
		return d.walk(w)
	}
	var lines []string
	switch {
	case d.coached:
	case d.m.written:
		lines = d.helps(w)
	default:
		lines = append(lines, widget.Wrap(notWritten, w)...)
	}
	// The walk stands at the bottom, so that it stays where it is from one KSB to the next.
	walk := d.walk(w)
	for len(lines) < d.h-len(walk) {
		lines = append(lines, "")
	}
	if len(lines) > d.h-len(walk) {
		return lines
	}
	return append(lines, walk...)
}

// helps is the help in the right pane, with the example only if all of it fits.
func (d *drawing) helps(w int) []string {
	t, tallest := d.c.Theme, 0
	for _, x := range d.m.steps {
		tallest = max(tallest, len(widget.Wrap(x, w)))
	}
	lines := append([]string{t.Accent.Render(d.m.stepName)}, filled(widget.Wrap(d.m.step, w), tallest)...)
	prompt := append([]string{"", t.Accent.Render(thinkOf)}, widget.Wrap(d.m.prompt, w)...)
	if d.m.field != "" {
		field := append([]string{"", t.Accent.Render(fieldName)}, widget.Wrap(d.m.field, w)...)
		if len(lines)+len(field)+len(prompt) <= d.h {
			lines = append(lines, field...)
		}
	}
	return append(lines, prompt...)
}

func (d *drawing) walk(w int) []string {
	t := d.c.Theme
	lines := []string{t.Accent.Render("The walk")}
	for _, x := range d.c.Standard.Duties {
		mark, n := "  ", d.c.Report.Tally(x.Number)
		if x.Number == d.m.duty.Number {
			mark = t.Accent.Render(t.Glyphs.Marker) + " "
		}
		name := widget.Cut(fmt.Sprintf("%2d  %s", x.Number, d.c.DutyTitle(x.Number)), w-9, t.Glyphs.Cut)
		lines = append(lines, mark+widget.Pad(name, w-9)+widget.PadLeft(fmt.Sprintf("%d/%d", n.Rated, n.Total), 7))
	}
	return lines
}
