package mentor

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

func (s *Screen) revealed(msg tea.Msg, c *ui.Context) []ui.Ask {
	if asks, ok := s.differs.Update(msg, s.table(s.reveal(c), c), c); ok {
		return asks
	}
	switch msg := msg.(type) {
	case ui.UndoneMsg:
		s.unsettled(msg.Change, c)
	case tea.KeyPressMsg:
		return s.pressRevealed(msg, c)
	}
	return nil
}

func (s *Screen) pressRevealed(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch {
	case key.Matches(msg, keys().equal):
		return s.agreeEqual(c)
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	case key.Matches(msg, keys().blind):
		s.mode = pickMode
		return nil
	}
	d, ok := s.differenceAt(c)
	if !ok {
		return nil
	}
	if l, is := digit(msg); is {
		return ui.Asks(s.reasonForm(c, d, l))
	}
	if key.Matches(msg, keys().change) {
		return s.askChange(d, c)
	}
	if key.Matches(msg, keys().differ) {
		return s.askDiffer(d, c)
	}
	return nil
}

// askChange asks for a mentor's new level. With several mentors it asks whose, unless one of them is rating now.
func (s *Screen) askChange(d appraisal.Difference, c *ui.Context) []ui.Ask {
	list := d.Mentors()
	if i := slices.IndexFunc(list, func(x profile.Rating) bool { return profile.SameName(x.By, s.who) }); i >= 0 {
		list = list[i : i+1]
	}
	if len(list) > 1 {
		return ui.Asks(s.whoseMenu(d))
	}
	return changeOf(d, list[0], c)
}

// changeOf is the menu of levels for a mentor's rating of the open round.
func changeOf(d appraisal.Difference, x profile.Rating, c *ui.Context) []ui.Ask {
	round, _ := c.Profile.Open()
	if y, ok := round.MentorRating(d.KSB, x.By); !ok || y.Shown.IsZero() {
		return ui.Asks(ui.Say{Text: notShown})
	}
	return ui.Asks(changeMenu(c, d, x))
}

func (s *Screen) unsettled(change profile.Change, c *ui.Context) {
	ksb := ""
	switch x := change.(type) {
	case profile.Agree:
		ksb = x.KSB
	case profile.RecordDiffer:
		ksb = x.KSB
	case profile.Rate:
		ksb = x.KSB
	}
	if _, ok := s.differenceOf(c, ksb); ok {
		s.differs.Choose(ksb)
	}
}

func (s *Screen) differenceAt(c *ui.Context) (appraisal.Difference, bool) {
	m := s.reveal(c)
	return m.at(s.differs.At(s.rows(m)))
}

// settleOne is Enter: agree a level of the chosen KSB, or record that the two differ. Without any difference it agrees
// what is equal, and with nothing at all it goes back to rating.
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
		return ui.Asks(ui.Say{Text: strings.TrimSpace(noneEqual + " " + othersWords(m.others) + keptWords(m.kept))})
	}
	return ui.Asks(ui.Do{
		Change: profile.AgreeEqual{On: c.Today, Met: s.meets(c)}, Then: ui.Saying(evenedWords(m.equal, m.others, m.kept)),
	})
}

func (s *Screen) differenceOf(c *ui.Context, ksb string) (appraisal.Difference, bool) {
	list := s.reveal(c).list
	i := slices.IndexFunc(list, func(d appraisal.Difference) bool { return d.KSB == ksb })
	if i < 0 {
		return appraisal.Difference{}, false
	}
	return list[i], true
}

// agree agrees a level for the reason that was typed, in the name of the mentor who is here.
func (s *Screen) agree(ksb string, l level.Level) func(ui.Values, *ui.Context) []ui.Ask {
	return func(v ui.Values, c *ui.Context) []ui.Ask {
		who := s.who
		if d, _ := s.differenceOf(c, ksb); who.Empty() {
			who = d.By
		}
		change := profile.Agree{KSB: ksb, Level: l, Reason: v.Text("reason"), On: c.Today, Who: who}
		return ui.Make(change, func(c *ui.Context) string {
			return s.settled("Agreed for "+ksb+": "+c.Library.Scale().Named(l)+".", c)
		})
	}
}

func (s *Screen) differ(ksb string) func(ui.Values, *ui.Context) []ui.Ask {
	return func(v ui.Values, c *ui.Context) []ui.Ask {
		change := profile.RecordDiffer{KSB: ksb, On: c.Today, Note: v.Text("note")}
		return ui.Make(change, func(c *ui.Context) string { return s.settled("Recorded that you differ on "+ksb+".", c) })
	}
}

func changeLevel(ksb string, who safetext.Text, l level.Level) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		change := profile.Rate{KSB: ksb, By: profile.Mentor, Who: who, Level: l, On: c.Today}
		return ui.Make(change, func(c *ui.Context) string {
			round, _ := c.Profile.Open()
			x, _ := round.MentorRating(ksb, who)
			return appraisal.MentorName(who) + " on " + ksb + ": " + appraisal.Level(x) + "."
		})
	}
}

func (s *Screen) settled(says string, c *ui.Context) string {
	s.differs = page.List{}
	return says + " " + leftWords(s.reveal(c))
}

// reveal is what both look at. The list has open differences first, each group by size; it includes what both now rate
// the same but agreed differently before, and ends with what only mentors rated.
type reveal struct {
	list    []appraisal.Difference
	open    int // differences that wait to be settled
	settled int
	differ  int      // of those, recorded as differing
	both    int      // KSBs that both have rated
	equal   []string // the KSBs whose equal ratings of this round wait to be agreed
	others  []string // those that wait too, and only mentors who are not here rated
	kept    []string // those that are agreed at another level, with a reason
}

func (m reveal) at(i int) (appraisal.Difference, bool) {
	if i >= len(m.list) {
		return appraisal.Difference{}, false
	}
	return m.list[i], true
}

func (s *Screen) reveal(c *ui.Context) reveal {
	pairs := appraisal.Pairs(c.Profile, c.Standard)
	m := reveal{both: len(pairs)}
	if r, open := c.Profile.Open(); open {
		m.equal, m.others = r.EqualBy(s.meets(c))
		m.kept = r.Reasoned()
	}
	m.list = slices.DeleteFunc(pairs, func(d appraisal.Difference) bool {
		_, aged := c.Profile.Aged(d.KSB)
		return d.Equal() && !aged && !slices.Contains(m.kept, d.KSB)
	})
	m.list = append(m.list, appraisal.Alone(c.Profile, c.Standard)...)
	sorting.By(m.list, func(a, b appraisal.Difference) int { return openFirst(a) - openFirst(b) })
	for _, d := range m.list {
		if d.Open() {
			m.open++
		}
		if d.Settled() {
			m.settled++
		}
		if d.Differ {
			m.differ++
		}
	}
	return m
}

// several says whether any KSB in the list was rated by more than one mentor.
func (m reveal) several() bool {
	return slices.ContainsFunc(m.list, func(d appraisal.Difference) bool { return len(d.Others) > 0 })
}

// openFirst orders differences: open ones, those of different rounds and what only mentors rated, and what is settled.
func openFirst(d appraisal.Difference) int {
	switch {
	case d.Open():
		return 0
	case d.Settled():
		return 2
	}
	return 1
}

// settleReveal keeps the cursor on its KSB in a list that may have changed.
func (s *Screen) settleReveal(c *ui.Context) {
	m := s.reveal(c)
	s.differs.Settle(s.table(m, c))
	d, _ := m.at(s.differs.At(s.rows(m)))
	s.ksb = d.KSB
}
