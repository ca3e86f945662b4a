package mentor

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

func (s *Screen) updateReveal(msg tea.Msg, c *ui.Context) []ui.Ask {
	if asks, ok := s.differences.Update(msg, s.table(s.reveal(c), c), c); ok {
		return asks
	}
	switch msg := msg.(type) {
	case ui.UndoneMsg:
		s.undoneReveal(msg.Change, c)
	case tea.KeyPressMsg:
		l, rates := digit(msg)
		if d, ok := s.differenceAt(c); ok && rates {
			return ui.Asks(s.reasonForm(c, d, l))
		}
		return s.revealBoard(c.Size.Narrow).Press(msg, c)
	}
	return nil
}

// askChange asks for a mentor's new level. With several mentors it asks whose, unless one of them is rating now.
func (s *Screen) askChange(d appraisal.Difference, c *ui.Context) []ui.Ask {
	list := d.Mentors()
	i := slices.IndexFunc(list, func(x profile.Rating) bool { return profile.SameName(x.By, s.who) })
	if i >= 0 || len(list) == 1 {
		return changeMenu(d, list[max(i, 0)], c)
	}
	menu := ui.Choose{Title: "Whose level of " + d.KSB + "?"}
	for _, x := range list {
		menu.Options = append(menu.Options, ui.Option{
			Text: appraisal.MentorName(x.By), Says: "says " + appraisal.Level(x),
			Then: s.withDifference(d.KSB, func(d appraisal.Difference, c *ui.Context) []ui.Ask {
				return changeMenu(d, x, c)
			}),
		})
	}
	return ui.Asks(menu)
}

// undoneReveal puts the cursor on the difference whose change was undone.
func (s *Screen) undoneReveal(change profile.Change, c *ui.Context) {
	ksb := ""
	switch x := change.(type) {
	case profile.Agree:
		ksb = x.KSB
	case profile.RecordDiffer:
		ksb = x.KSB
	case profile.Rate:
		ksb = x.KSB
	}
	if _, ok := s.reveal(c).of(ksb); ok {
		s.differences.Choose(ksb)
	}
}

func (s *Screen) differenceAt(c *ui.Context) (appraisal.Difference, bool) {
	m := s.reveal(c)
	r, _ := s.differences.Chosen(s.rows(m))
	return m.of(r.Key)
}

// settleOne is Enter: it asks which level of the chosen KSB to agree on. Without any difference it agrees what is
// equal, and if that is agreed too it goes back to the duties.
func (s *Screen) settleOne(c *ui.Context) []ui.Ask {
	if d, ok := s.differenceAt(c); ok {
		return ui.Asks(s.settleMenu(c, d))
	}
	if len(s.reveal(c).equal) > 0 {
		return s.agreeEqual(c)
	}
	s.mode = pickMode
	return nil
}

func (s *Screen) agreeEqual(c *ui.Context) []ui.Ask {
	m := s.reveal(c)
	if len(m.equal) == 0 {
		return ui.Asks(ui.Say{Text: strings.TrimSpace(noneEqual + " " + leftWith(m.others, m.kept))})
	}
	return ui.Asks(ui.Do{
		Change: profile.AgreeEqual{On: c.Today, Met: s.mentorHere(c)},
		Then:   ui.Saying(agreedEqualWords(m.equal, m.others, m.kept)),
	})
}

// settled puts the cursor back on the first difference, and adds to a line how many are open.
func (s *Screen) settled(says string, c *ui.Context) string {
	s.differences = page.List{}
	return says + " " + leftWords(s.reveal(c))
}

// reveal is what both look at. The list also has what both now rate the same but agreed differently before, and what
// only mentors rated.
type reveal struct {
	list    []appraisal.Difference // see openFirst; within each group the largest comes first
	open    int                    // differences that wait to be settled
	settled int
	differ  int      // of the settled ones, how many are recorded as differing
	both    int      // KSBs that both have rated
	equal   []string // KSBs whose equal ratings of this round wait to be agreed
	others  []string // the same, but rated only by mentors who are not here
	kept    []string // KSBs with equal ratings that are agreed at another level, with a reason
}

func (m reveal) of(ksb string) (appraisal.Difference, bool) {
	return lists.First(m.list, func(d appraisal.Difference) bool { return d.KSB == ksb })
}

func (s *Screen) reveal(c *ui.Context) reveal {
	pairs := appraisal.Pairs(c.Profile, c.Standard)
	m := reveal{both: len(pairs)}
	if r, open := c.Profile.Open(); open {
		m.equal, m.others = r.EqualBy(s.mentorHere(c))
		m.kept = r.Reasoned()
	}
	m.list = slices.DeleteFunc(pairs, func(d appraisal.Difference) bool {
		_, aged := c.Profile.Aged(d.KSB)
		return d.Equal() && !aged && !slices.Contains(m.kept, d.KSB)
	})
	m.list = append(m.list, appraisal.Alone(c.Profile, c.Standard)...)
	sorting.By(m.list, func(a, b appraisal.Difference) int { return openFirst(a) - openFirst(b) })
	m.open = lists.Count(m.list, appraisal.Difference.Open)
	m.settled = lists.Count(m.list, appraisal.Difference.Settled)
	m.differ = lists.Count(m.list, func(d appraisal.Difference) bool { return d.Differ })
	return m
}

// openFirst groups differences: first open ones, then those of different rounds and what only mentors rated, then
// settled ones.
func openFirst(d appraisal.Difference) int {
	switch {
	case d.Open():
		return 0
	case d.Settled():
		return 2
	}
	return 1
}

// Columns of the reveal, in cells: code with marker, a level, and how far it is settled.
const (
	codeW    = 7
	levelW   = 9
	settledW = 12
)

func headH(c *ui.Context) int { return page.HeadOf(c.Size.H, 6, 12, 12, 18) }

// detailH is how many lines are kept below the list for the chosen difference, on one pane.
func detailH(m reveal, c *ui.Context) int {
	if c.Size.Wide || c.Size.H < 12 {
		return 0
	}
	return max(c.Size.H-headH(c)-len(m.list), c.Size.H/2)
}

func (s *Screen) rows(m reveal) []page.Row {
	return lists.Each(m.list, func(d appraisal.Difference) page.Row {
		return page.Row{Key: d.KSB, KSB: d.KSB, Code: d.KSB, Enter: s.settleOne}
	})
}

func (s *Screen) table(m reveal, c *ui.Context) page.Table {
	w := c.Size.W
	if c.Size.Wide {
		w = leftW
	}
	t := page.Table{
		Rows: s.rows(m), Empty: page.Empty{Enter: s.settleOne}, W: w, H: max(c.Size.H-detailH(m, c), 1),
		Code: codeW - page.MarkW, Name: max(w-codeW-2*levelW-settledW-1, 0), High: 1,
	}
	line := func(text string) string { return "  " + widget.CutPlain(text, w-2, c.Theme.Glyphs.Cut) }
	mentor := "mentor"
	if slices.ContainsFunc(m.list, func(d appraisal.Difference) bool { return len(d.Others) > 0 }) {
		mentor = "mentors"
	}
	columns := widget.Pad("", codeW+t.Name+1) + widget.Pad("learner", levelW) + widget.Pad(mentor, levelW)
	h := headH(c)
	if h > 1 {
		t.Above = append(t.Above, line("Largest first. The learner speaks first; Enter settles it."))
		if h > 3 {
			t.Above = append(t.Above, line(fairWords))
		}
		t.Above = append(t.Above, line(equalWords(m.equal, m.others)))
	}
	if h > 0 {
		t.Above = append(t.Above, c.Theme.Faint.Render(columns))
	}
	t.Fill = func(r *page.Row) {
		d, _ := m.of(r.KSB)
		r.Name, r.Tail = c.Title(r.KSB), bothLevels(c, d)
	}
	return t
}

func (s *Screen) drawReveal(c *ui.Context, out *ui.Page) {
	t, m := c.Theme, s.reveal(c)
	out.Left = t.Title.Render("Where you differ") + " " + t.Glyphs.Sep + " " + c.Profile.Learner.Name.Line()
	out.Right = fmt.Sprintf("%d open, %d settled", m.open, m.settled)
	if c.Size.Narrow {
		out.Right = fmt.Sprintf("%d open", m.open)
	}
	list := s.table(m, c)
	r, ok := s.differences.Chosen(list.Rows)
	if !ok {
		drawEmpty(c, m, out)
		return
	}
	d, _ := m.of(r.Key)
	s.differences.Draw(out, list, c)
	if c.Size.Wide {
		out.Side = &ui.Side{Lines: detail(c, d, c.Size.W-leftW-barW, c.Size.H), At: leftW}
		return
	}
	if n := detailH(m, c); n > 1 {
		lines := append([]string{""}, widget.Indent(detail(c, d, max(list.W-2, 1), n-1), "  ")...)
		out.Body = append(out.Body, widget.First(lines, n, list.W, t.Glyphs.Cut)...)
	}
}

func drawEmpty(c *ui.Context, m reveal, page *ui.Page) {
	for _, x := range emptyWords(m) {
		page.Body = append(append(page.Body, ""), widget.Indent(widget.Wrap(x, max(min(c.Size.W-4, 76), 1)), "  ")...)
	}
	page.Keys[max(len(page.Body)-1, 0)] = "enter"
	page.Cursor = &ui.Point{X: 2, Y: len(page.Body) - 1}
}

// bothLevels is the columns after the title: the learner's level, the mentor's, and how far the difference is settled.
func bothLevels(c *ui.Context, d appraisal.Difference) string {
	style := c.Theme.Below
	if d.Settled() {
		style = c.Theme.Met
	} else if d.Old {
		style = c.Theme.Faint
	}
	self := c.Theme.Glyphs.None
	if !d.Alone {
		self = cell(c, d.KSB, d.Self)
	}
	both := widget.Pad(self, levelW) + widget.Pad(mentorCell(c, d), levelW)
	return both + widget.Pad(style.Render(settledSays(d)), settledW)
}

// mentorCell is the level of the mentor, or the figures of several, the newest first.
func mentorCell(c *ui.Context, d appraisal.Difference) string {
	if len(d.Others) == 0 {
		return cell(c, d.KSB, d.Mentor)
	}
	figures := lists.Each(d.Mentors(), func(x profile.Rating) string { return x.Level.Key() })
	return widget.Cut(strings.Join(figures, ", "), levelW-1, c.Theme.Glyphs.Cut)
}

// cell is a level that one person gave, with the bar that compares it with the expected level and the target.
func cell(c *ui.Context, ksb string, l level.Level) string {
	if l == level.NoOpportunity {
		return "none"
	}
	row, _ := c.Report.Row(ksb)
	return l.String() + " " + levels.Of(row).Bar(l, c.Theme)
}

// detail is what there is to know about the chosen difference. If there is no room it leaves out the standard's
// wording, and then the words of the levels. If there is more, it adds what research says about rating, in whole
// paragraphs.
func detail(c *ui.Context, d appraisal.Difference, w, room int) []string {
	lines := details(c, d, w, c.Size.H >= roomyH, true)
	if len(lines) > room {
		lines = details(c, d, w, false, true)
	}
	if len(lines) > room {
		lines = details(c, d, w, false, false)
	}
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

// details is who said what and what is settled, with or without the standard's wording and the words of the levels.
func details(c *ui.Context, d appraisal.Difference, w int, wording, meanings bool) []string {
	t := c.Theme
	k, _ := c.Standard.KSB(d.KSB)
	lines := widget.Style(widget.Wrap(d.KSB+" "+c.Title(d.KSB), w), t.Title.Render)
	if wording {
		lines = append(lines, widget.Style(widget.Wrap(k.Text, w), t.Faint.Render)...)
	}
	said := func(who, round string, x profile.Rating) {
		l, note := x.Level, x.Note
		words := who + " " + c.Library.Scale().Named(l) + ", " + x.On.Near(c.Today) + " in " + profile.RoundName(round)
		if x.Changed {
			words += ", " + c.Library.Scale().Named(x.Blind) + " before you looked"
		}
		switch {
		case meanings:
			words += ": " + c.Library.Scale().Seen(l, k.Kind)
		case !note.Empty():
			words += ", noted: " + note.Line()
		}
		lines = append(lines, widget.Wrap(words, w)...)
		if meanings && !note.Empty() {
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
