package mentor

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Sizes, in cells or lines.
const (
	leftW       = 75 // cells of the left pane of a wide terminal: the words of every level fit on one line
	barW        = 3  // cells between the panes
	roomyH      = 19 // lines of a body that shows the text of the duty too
	stillH      = 30 // lines of a body that lets the levels keep their place: moving them all is slow over SSH
	mostWording = 3  // lines that few wordings exceed
	dutyLines   = 2  // lines that the text of a duty may take
	mostStrip   = 2  // lines that few strips exceed
	leastStep   = 2  // the fewest lines in which the text between two levels makes sense
)

func (s *Screen) View(c *ui.Context) ui.Page {
	page := ui.Page{Rows: map[int]int{}, Keys: map[int]string{}}
	if s.mode == revealMode {
		s.drawReveal(c, &page)
	} else {
		b := s.blindfold(c)
		s.head(b, &page)
		switch s.mode {
		case introMode:
			drawIntro(b, s.intro(b), &page)
		case pickMode:
			l, t := s.duties(b)
			l.Draw(&page, t, b)
			// After a rating that led here, only the question and the chosen duty need to be drawn at once.
			for y := 1; y < len(page.Body) && s.last != ""; y++ {
				if y != page.Cursor.Y {
					page.Late = append(page.Late, y)
				}
			}
		case rateMode:
			s.drawRate(b, &page)
		}
	}
	if page.Cursor == nil {
		page.Cursor = &ui.Point{}
	}
	page.Cursor.Y = max(min(page.Cursor.Y, c.Size.H-1), 0)
	page.CutTo(c.Size)
	return page
}

func (s *Screen) head(c *ui.Context, page *ui.Page) {
	t := c.Theme
	kind := lists.Pick(s.sheet, "rating sheet", "blind rating")
	page.Left = t.Title.Render("Mentor") + " " + t.Glyphs.Sep + " " + kind + " of " + c.Profile.Learner.Name.Line()
	if s.mode == introMode && !s.sheet {
		return // without a name we do not know whose ratings to count
	}
	page.Right = fmt.Sprintf("%d of %d", s.count(c, c.Standard.Walk()), len(c.Standard.Walk()))
	if !c.Size.Narrow {
		page.Right += " rated"
	}
}

func drawIntro(c *ui.Context, words []string, page *ui.Page) {
	w := max(min(c.Size.W-4, 76), 1)
	enter := "  " + c.Theme.Key.Render("Enter") + "  give your name and begin"
	if c.Size.H >= roomyH {
		page.Body = append(page.Body, "")
	}
	for _, x := range words {
		lines := widget.Indent(widget.Wrap(x, w), "  ")
		if len(page.Body)+len(lines) > c.Size.H-2 {
			break
		}
		page.Body = append(append(page.Body, lines...), "")
	}
	page.Keys[len(page.Body)] = "enter"
	page.Cursor = &ui.Point{X: 2, Y: len(page.Body)}
	page.Body = append(page.Body, enter)
}

// duties is the list of duties, with the cursor on the chosen one.
func (s *Screen) duties(c *ui.Context) (*page.List, page.Table) {
	t := page.Table{W: min(c.Size.W, leftW), H: c.Size.H, Code: 4, High: 1}
	for i, d := range c.Standard.Duties {
		n := fmt.Sprint(d.Number)
		t.Rows = append(t.Rows, page.Row{
			Key: n, Code: widget.PadLeft(n, 2), Name: c.DutyTitle(d.Number),
			Tail:  fmt.Sprintf("%2d of %2d", s.count(c, d.KSBs), len(d.KSBs)),
			Enter: ui.Just(func(c *ui.Context) { s.openDuty(i, c) }),
		})
	}
	if c.Size.H >= 13 {
		says := "Which duty have you seen? Enter rates it."
		if !s.who.Empty() {
			says = "Which duty have you seen? You rate as " + s.who.Line() + "."
		}
		t.Above = append(t.Above, "  "+widget.CutPlain(says, t.W-2, c.Theme.Glyphs.Cut))
	}
	if c.Size.H >= roomyH {
		t.Above = append(t.Above, "")
	}
	if room := t.H - len(t.Above) - len(t.Rows) - 1; room >= 2 {
		text := widget.WrapTo(c.Standard.Duties[s.duty].Text, max(t.W-2, 1), room, c.Theme.Glyphs.Cut)
		t.Below = append([]string{""}, widget.Indent(widget.Style(text, c.Theme.Faint.Render), "  ")...)
	}
	l := &page.List{}
	l.Put(t.Rows, s.duty)
	l.Settle(t)
	return l, t
}

func (s *Screen) drawRate(c *ui.Context, page *ui.Page) {
	t := c.Theme
	w := c.Size.W
	if c.Size.Wide {
		w = leftW
	}
	d := c.Standard.Duties[s.duty]
	var choices [][]string
	need := 0
	for i := range levels.All {
		choices = append(choices, s.level(i, c, w))
		need += len(choices[i])
	}
	duty := fmt.Sprintf("Duty %d", d.Number)
	if !s.sheet { // a sheet may leave duties out
		duty += fmt.Sprintf(" of %d", len(c.Standard.Duties))
	}
	duty += " " + t.Glyphs.Sep + " " + c.DutyTitle(d.Number)
	here := fmt.Sprintf("%d of %d here", s.count(c, d.KSBs), len(d.KSBs))
	add := func(atLeast int, lines ...string) { // padded where there is room, so that what is below keeps its place
		if c.Size.H >= stillH {
			lines = widget.Filled(lines, atLeast)
		}
		page.Body = append(page.Body, lines...)
	}
	add(0, widget.Spread(duty, here, w, t.Glyphs.Cut))
	if c.Size.H >= roomyH {
		add(dutyLines, widget.Style(widget.WrapTo(d.Text, w, dutyLines, t.Glyphs.Cut), t.Faint.Render)...)
	}
	if strip := s.strip(c, w); len(strip)+12 < c.Size.H {
		add(mostStrip, strip...)
		add(0, t.Faint.Render(strings.Repeat(t.Glyphs.Rule, w)))
	}
	page.LateHead = s.arrived && s.last != ""
	if page.LateHead {
		for y := range page.Body {
			page.Late = append(page.Late, y)
		}
	}
	// On a small terminal the wording is cut at its end, so that every level is seen.
	k, _ := c.Standard.KSB(s.ksb)
	room := max(c.Size.H-len(page.Body)-need, 1)
	wording := widget.First(levels.Wording(s.ksb, k.Text, w, t), room, w, t.Glyphs.Cut)
	add(mostWording, wording...)
	if c.Size.H >= roomyH {
		add(0, "")
	}
	s.drawLevels(choices, c, page)
	s.addNote(c, page, w)
	if c.Size.Wide {
		page.Side = &ui.Side{Lines: s.rightPane(c, c.Size.W-leftW-barW), At: leftW}
	}
}

// strip shows each KSB of the duty with the mentor's own level, or a star if only another mentor has rated it.
func (s *Screen) strip(c *ui.Context, w int) []string {
	t := c.Theme
	byOthers := false
	var chips []levels.Chip
	for _, id := range c.Standard.Duties[s.duty].KSBs {
		state := t.Glyphs.None
		if r, ok := s.mine(id, c); ok {
			state = t.Glyphs.Tick
			if s.shows(id, r) {
				state = r.Level.Key()
			}
		} else if len(otherMentors(id, c)) > 0 {
			state, byOthers = t.Glyphs.Another, true
		}
		chips = append(chips, levels.Chip{KSB: id, State: state, Here: id == s.ksb})
	}
	lines := levels.Strip(chips, w, t)
	if !byOthers {
		return lines
	}
	says := "  " + t.Glyphs.Another + " another mentor rated it"
	if widget.Width(lines[len(lines)-1]+says) > w {
		lines = append(lines, "")
	}
	lines[len(lines)-1] += t.Faint.Render(widget.Cut(says, w, ""))
	return lines
}

// level is the lines of one level, with a tick if it is the one that the mentor gave.
func (s *Screen) level(i int, c *ui.Context, w int) []string {
	l, mark := levels.Pointed(i), "  "
	k, _ := c.Standard.KSB(s.ksb)
	if r, done := s.mine(s.ksb, c); done && r.Level == l && s.shows(s.ksb, r) {
		mark = c.Theme.Met.Render(c.Theme.Glyphs.Tick) + " "
	}
	return levels.Lines(c, l, mark, c.Library.Scale().Seen(l, k.Kind), i == s.choice, w)
}

// drawLevels puts the cursor on the level that is pointed at, else on the one that the mentor gave, else on the first.
func (s *Screen) drawLevels(choices [][]string, c *ui.Context, page *ui.Page) {
	at := max(s.choice, 0)
	if r, done := s.mine(s.ksb, c); done && s.choice == levels.Nowhere && s.shows(s.ksb, r) {
		at = levels.Index(r.Level)
	}
	for i, lines := range choices {
		if i == at {
			page.Cursor = &ui.Point{X: 0, Y: len(page.Body)}
		}
		for _, l := range lines {
			page.Rows[len(page.Body)] = i
			page.Body = append(page.Body, l)
		}
	}
}

// stepText is the text between the level that is pointed at and the next, with its name. While nothing is pointed at,
// it is the step to the usual target: the learner's own target and dates are hidden.
func (s *Screen) stepText(e coaching.Entry) (name, text string) {
	return plan.Between(e, gap.Row{Target: profile.DefaultTarget}, levels.Pointed(s.choice))
}

// addNote adds a line on the mentor's own note and on other mentors and, where there is no right pane, the text between
// two levels as far as it fits.
func (s *Screen) addNote(c *ui.Context, page *ui.Page, w int) {
	t := c.Theme
	r, done := s.mine(s.ksb, c)
	others := otherMentors(s.ksb, c)
	says := "w writes what you saw"
	switch {
	case !r.Shown.IsZero():
		says = lookedAt(s.ksb, r.Shown)
	case !done && len(others) > 0:
		says = "Rated already by " + appraisal.MentorNames(others) + ". Yours will be kept as well; theirs stays."
	case done && !s.shows(s.ksb, r):
		says = appraisal.Covered(r.On)
	case !r.Note.Empty():
		says = "You noted: " + r.Note.Line()
	}
	if done || len(others) > 0 {
		lines := widget.Style(widget.WrapTo(says, max(w-2, 1), 2, t.Glyphs.Cut), t.Faint.Render)
		page.Body = append(page.Body, "")
		for _, l := range widget.Indent(lines, "  ") {
			page.Late = append(page.Late, len(page.Body))
			page.Body = append(page.Body, l)
		}
	}
	entry, written := s.coach.Of(s.ksb)
	if c.Size.Wide || !written {
		return
	}
	room := c.Size.H - len(page.Body)
	if room < leastStep {
		return
	}
	below := &ui.Side{From: len(page.Body)}
	if room > leastStep {
		below.Lines, room = []string{""}, room-1
	}
	name, text := s.stepText(entry)
	below.Lines = append(below.Lines, widget.Indent(levels.Named(name, text, max(w-2, 1), room, t), "  ")...)
	page.Side = below
}

// rightPane is the text between two levels, what good looks like, and all duties.
func (s *Screen) rightPane(c *ui.Context, w int) []string {
	t := c.Theme
	lines := []string{t.Title.Render(widget.Cut(c.Title(s.ksb), w, t.Glyphs.Cut)), ""}
	if entry, ok := s.coach.Of(s.ksb); ok {
		name, text := s.stepText(entry)
		lines = append(lines, t.Title.Render(name))
		if name != plan.GoodAt {
			tallest := 0 // of all steps, so that what is below does not move with the pointer
			for _, x := range entry.Steps() {
				tallest = max(tallest, len(widget.Wrap(x.Text, w)))
			}
			lines = append(lines, widget.Filled(widget.Wrap(text, w), tallest)...)
			lines = append(lines, "", t.Title.Render("What good looks like at 3"))
			text = entry.Good
		}
		lines = append(lines, widget.Wrap(text, w)...)
	}
	walk := []string{t.Title.Render("The duties")}
	for i, d := range c.Standard.Duties {
		mark := "  "
		if i == s.duty {
			mark = t.Glyphs.Marker + " "
		}
		duty := fmt.Sprintf("%s%2d %s", mark, d.Number, c.DutyTitle(d.Number))
		walk = append(walk, widget.Spread(duty, fmt.Sprintf("%d/%d", s.count(c, d.KSBs), len(d.KSBs)), w, t.Glyphs.Cut))
	}
	if len(lines) > c.Size.H-len(walk) {
		return lines
	}
	return append(widget.Filled(lines, c.Size.H-len(walk)), walk...)
}
