// Package ksb is the page of one KSB: its wording, the learner's level and every rating so far, the coaching and the
// facts behind it. It is one text in sections that scrolls; on a wide terminal the sections are listed at the left.
package ksb

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the page of one KSB.
type Screen struct {
	ksb      string
	section  int  // the current one
	top      int  // first line shown
	all      bool // what is folded is shown
	scrolled bool // the last key or wheel turn scrolled the text, and did not choose a section
	content  content
	kept     doc // the page that was made last; out of date where keptFor is not the present version
	keptFor  version
}

// content is what the library has on a KSB. It may have to be read from the seeds, so it is fetched in Update and not
// while drawing.
type content struct {
	ksb      string
	entry    coaching.Entry
	written  bool
	cards    []coaching.Card
	readings []coaching.Reading
}

// A version is everything that a page was made from and that can change; the page is made again only when it has.
type version struct {
	ksb  string
	rev  int
	w    int
	sep  string
	date calendar.Date
	all  bool
}

// New returns the page without a KSB; the first message chooses one.
func New() *Screen { return &Screen{} }

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	if c.Standard.Place(s.ksb) < 0 {
		s.show(firstKSB(c), c)
	}
	asks := s.handle(msg, c)
	s.kept, s.keptFor = s.doc(c), s.version(c)
	s.section = max(min(s.section, len(s.kept.sections)-1), 0)
	s.top = max(min(s.top, s.maxTop(c)), 0)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.scrolled = false
	switch msg := msg.(type) {
	case ui.EnterMsg:
		if c.Standard.Place(msg.Go.KSB) >= 0 && msg.Go.KSB != s.ksb {
			s.show(msg.Go.KSB, c)
		}
		s.read(msg.Go.Text, c)
	case ui.RowMsg:
		s.jump(msg.Index, c)
	case ui.WheelMsg:
		s.scroll(msg.Lines, c)
	case tea.KeyPressMsg:
		return s.press(msg, c)
	}
	return nil
}

func firstKSB(c *ui.Context) string {
	if c.Standard.Place(c.Position) >= 0 {
		return c.Position
	}
	return c.Standard.Walk()[0]
}

func (s *Screen) show(ksb string, c *ui.Context) {
	s.ksb, s.section, s.top = ksb, 0, 0
	ref := c.Standard.Reference
	s.content = content{ksb: ksb, cards: c.Library.CardsFor(ref, ksb), readings: c.Library.ReadingsFor(ref, ksb)}
	s.content.entry, s.content.written = c.Entry(ksb)
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	m := moves(c)
	if n, ok := m.By(msg, max(c.Size.H-2, 1)); ok {
		if c.Size.Wide && !key.Matches(msg, m.PageUp, m.PageDown) { // those two always scroll the text
			s.jump(max(min(s.section+n, len(s.doc(c).sections)-1), 0), c)
		} else {
			s.scroll(n, c)
		}
		return nil
	}
	return s.board(c).Press(msg, c)
}

// scroll moves the page. Once it cannot move any further, the current section still does, so that the last sections can
// be reached too, which never come to the top.
func (s *Screen) scroll(n int, c *ui.Context) {
	s.scrolled = true
	d := s.doc(c)
	top := max(min(s.top+n, s.maxTop(c)), 0)
	switch {
	case top != s.top:
		s.top = top
		s.section = d.sectionAt(top)
		if n > 0 && s.top+c.Size.H >= len(d.lines) && n >= len(d.lines) {
			s.section = len(d.sections) - 1
		}
	case n > 0:
		s.section = min(s.section+n, len(d.sections)-1)
	default:
		s.section = max(s.section+n, 0)
	}
}

func (s *Screen) jump(section int, c *ui.Context) {
	d := s.doc(c)
	if section >= 0 && section < len(d.sections) {
		s.section = section
		s.top = min(d.sections[section].start, s.maxTop(c))
	}
}

// read scrolls to a text of the page, and unfolds the page if the text is folded away.
func (s *Screen) read(text string, c *ui.Context) {
	if text == "" {
		return
	}
	y, ok := s.doc(c).lineOf(text)
	if !ok && !s.all {
		s.all = true
		y, ok = s.doc(c).lineOf(text)
		s.all = ok
	}
	if ok {
		s.section = s.doc(c).sectionAt(y)
		s.top = max(min(y-1, s.maxTop(c)), 0)
	}
}

// unfold shows what is folded, or folds it again, and stays in the current section.
func (s *Screen) unfold(c *ui.Context) {
	into := s.top - s.doc(c).sections[s.section].start
	s.all = !s.all
	d := s.doc(c)
	s.top = max(min(d.sections[s.section].start+into, s.maxTop(c)), 0)
}

func (s *Screen) maxTop(c *ui.Context) int { return max(len(s.doc(c).lines)-c.Size.H, 0) }

// step goes to a neighbour in the walk, and to the section that is being read if the neighbour has it too.
func (s *Screen) step(n int, c *ui.Context) []ui.Ask {
	walk := c.Standard.Walk()
	i := c.Standard.Place(s.ksb) + n
	if i < 0 || i >= len(walk) {
		return ui.Asks(ui.Say{Text: noFurther(n, s.ksb)})
	}
	reading, atTop := s.doc(c).name(s.section), s.top == 0
	s.show(walk[i], c)
	if !atTop {
		s.jump(s.doc(c).find(reading), c)
	}
	return nil
}

func (s *Screen) takeNextStep(row gap.Row, c *ui.Context) []ui.Ask {
	switch nextStep(row, s.content.written) {
	case stepRate:
		return ui.Asks(ui.Go{To: ui.Rate, KSB: s.ksb})
	case stepPlan:
		return ui.Asks(ui.Go{To: ui.Plan, KSB: s.ksb})
	case stepExample:
		return s.askExample(row, c)
	case stepSupport:
		s.jump(s.doc(c).find(supportName), c)
	case stepNext:
		return s.step(1, c)
	}
	return nil
}

func (s *Screen) askExample(row gap.Row, c *ui.Context) []ui.Ask {
	duty := 0
	if len(row.KSB.Duties) == 1 {
		duty = row.KSB.Duties[0]
	}
	return ui.Asks(forms.Example(c, s.ksb, duty, s.content.entry.PromptAt(plan.From(row))))
}

// askTarget asks for the level wanted by gateway. Nobody aims for level 0, so the options start at 1.
func (s *Screen) askTarget(row gap.Row, c *ui.Context) []ui.Ask {
	scale := c.Library.Scale()
	ask := ui.Choose{Title: "Target for " + s.ksb + " " + c.Title(s.ksb)}
	ask.Says = fmt.Sprintf("The level you want to have by gateway. %s is usual.", scale.Target)
	for l := level.Level(1); l <= level.Max; l++ {
		w := scale.Words(l)
		set := ui.Do{
			Change: profile.SetTarget{KSB: s.ksb, Level: l, Default: scale.Target},
			Then:   ui.Saying(fmt.Sprintf("Target of %s is %s.", s.ksb, l)),
		}
		o := ui.Option{Key: l.Key(), Text: w.Name, Says: w.For(row.KSB.Kind), Then: ui.Asking(set)}
		if l == row.Target {
			o.Text += ", as it is now"
		}
		ask.Options = append(ask.Options, o)
	}
	return ui.Asks(ask)
}

// moves are the keys that scroll the page or, on a wide terminal, move along the list of sections. The space bar goes
// on by a page, as it does in a browser.
func moves(c *ui.Context) ui.Moves {
	m := ui.NewMoves("scroll up", "scroll down", "top of the page", "end of the page")
	if c.Size.Wide {
		m = ui.NewMoves("section before", "section after", "first section", "last section")
	}
	m.PageDown = ui.Bind("pgdn", "page down; space does too", "pgdown", "space")
	return m
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(c).Keys }

func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	row, _ := c.Report.Row(s.ksb)
	step := nextStep(row, s.content.written)
	example := func(c *ui.Context) []ui.Ask { return s.askExample(row, c) }
	b.Foot(string(step), page.Enter(), func(c *ui.Context) []ui.Ask { return s.takeNextStep(row, c) })
	b.Put(step != stepPlan, "", ui.Bind("p", "plan", "p"), ui.Asking(ui.Go{To: ui.Plan, KSB: s.ksb}))
	b.Put(step != stepRate, "", ui.Bind("r", "rate", "r"), ui.Asking(ui.Go{To: ui.Rate, KSB: s.ksb}))
	b.Put(step != stepExample, "", ui.Bind("e", "example", "e"), example)
	b.Foot("show "+lists.Pick(s.all, "less", "all"),
		ui.Bind("m", "show all or less: other fields, other levels, notes of evidence", "m"), ui.Just(s.unfold))
	b.Tell(ui.Bind("t", "target", "t"), func(c *ui.Context) []ui.Ask { return s.askTarget(row, c) })
	m, tab := moves(c), ui.Bind("tab", "next section", "tab")
	if c.Size.Wide {
		b.Foot("section", m.Down, nil)
		b.Foot("read on", m.PageDown, nil)
		b.Tell(tab, s.turning(1))
		b.Others(m.Up, m.PageUp, m.Top, m.Bottom)
	} else {
		b.Foot("section", tab, s.turning(1))
		b.Others(m.All()...)
	}
	b.Foot("next KSB", ui.Bind("→", "KSB after", "right", "l"), func(c *ui.Context) []ui.Ask { return s.step(1, c) })
	b.Tell(ui.Bind("shift+tab", "section before", "shift+tab"), s.turning(-1))
	b.Tell(ui.Bind("←", "KSB before", "left", "h"), func(c *ui.Context) []ui.Ask { return s.step(-1, c) })
	b.Undo(false)
	return &b
}

// turning goes by so many sections, from the last on to the first and back.
func (s *Screen) turning(by int) ui.Then {
	return ui.Just(func(c *ui.Context) {
		n := len(s.doc(c).sections)
		s.jump((s.section+n+by)%n, c)
	})
}

// InHand is the KSB of the page.
func (s *Screen) InHand(c *ui.Context) ui.Hand { return ui.Holding(c, s.ksb) }

// next is what Enter does, in the words of the footer.
type next string

const (
	stepRate    next = "rate it"
	stepPlan    next = "plan this"
	stepExample next = "add an example"
	stepSupport next = "what to ask for"
	stepNext    next = "next KSB"
)

// nextStep chooses what Enter does. Where no coaching is written, there is no support to jump to.
func nextStep(row gap.Row, written bool) next {
	switch {
	case !row.Rated:
		return stepRate
	case row.NoOpportunity() && written:
		return stepSupport
	case row.NoOpportunity(), row.Gap() > 0:
		return stepPlan
	case row.Unsupported():
		return stepExample
	}
	return stepNext
}

const (
	outlineW = 30 // the list of sections, on a wide terminal
	maxPage  = 86 // the text: longer lines are hard to read
)

func pageW(size ui.Size) int {
	if size.Wide {
		return min(size.W-outlineW-3, maxPage)
	}
	return min(size.W, maxPage)
}

func (s *Screen) version(c *ui.Context) version {
	return version{s.ksb, c.Rev, pageW(c.Size), c.Theme.Glyphs.Sep, c.Today, s.all}
}

// doc is the page for the room there is: the kept one if nothing has changed.
func (s *Screen) doc(c *ui.Context) doc {
	if s.keptFor == s.version(c) {
		return s.kept
	}
	return write(c, s.ksb, s.content, pageW(c.Size), s.all)
}

// headRight names the current section and the place of the KSB in the walk, or one of them where there is little room.
func headRight(c *ui.Context, ksb, section string) string {
	place := fmt.Sprintf("KSB %d of %d", c.Standard.Place(ksb)+1, len(c.Standard.Walk()))
	if section == "" {
		return place
	}
	if !c.Size.Wide {
		return section // the first section says the place
	}
	return section + " " + c.Theme.Glyphs.Sep + " " + place
}

func (s *Screen) Help() string {
	return "Everything about one KSB on one page: the official wording, where you stand and how you got there, what " +
		"good looks like, actions to choose from, evidence that convinces, what you may be asked, and the facts " +
		"behind it.\nFacts have a date: look again at those that are due.\nOn a wide screen the arrows move through " +
		"the sections at the left, and the text follows; PgUp, PgDn, the space bar and the wheel scroll it."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph { return nil }

const (
	notWritten = "Coaching for this KSB is not written yet. Use the wording above and the words of the levels, and " +
		"ask your mentor what good looks like where you work."
	othersToo   = "Level 3 includes supporting others: this skill's own wording says so."
	promptHead  = "Think of a real example; e keeps it"
	supportName = "Support to ask for"
)

func noFurther(n int, ksb string) string {
	if n < 0 {
		return ksb + " is the first KSB of the walk."
	}
	return ksb + " is the last KSB of the walk."
}
