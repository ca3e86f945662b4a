package rate

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// enter shows the KSB that was asked for, else the next one on the list, else the next one that is due or not rated
// from where the learner stopped.
func (s *Screen) enter(ask ui.Go, c *ui.Context) []ui.Ask {
	ksb, resume := ask.KSB, s.list.resumeAt(c)
	switch {
	case ask.Forward:
		s.list = newList(c)
	case ksb != "":
		return s.offList(func() []ui.Ask { s.show(c.Standard.Home(ksb), ksb, c); return nil }, c)
	case resume != "":
		ksb, s.list.followed = resume, true
	default:
		l := newList(c)
		ksb = plan.NextDue(c.Report, c.Profile, c.Position, l.ksbs)
		if ksb != "" {
			s.list = l
		}
	}
	ksb = cmp.Or(ksb, plan.NextUnrated(c.Report, c.Position), c.Position)
	if c.Standard.Place(ksb) < 0 {
		ksb = c.Standard.Walk()[0]
	}
	return s.goTo(ksb, c)
}

// goTo is walkTo in the first duty that has the KSB.
func (s *Screen) goTo(ksb string, c *ui.Context) []ui.Ask {
	return s.walkTo(c.Standard.Home(ksb), ksb, c)
}

// walkTo shows a KSB and remembers it as the place to continue next time.
func (s *Screen) walkTo(duty int, ksb string, c *ui.Context) []ui.Ask {
	s.show(duty, ksb, c)
	return ui.Asks(ui.At{KSB: ksb})
}

// show shows a KSB of a duty without remembering it as the place to continue.
func (s *Screen) show(duty int, ksb string, c *ui.Context) {
	s.first, s.second = s.ended || s.duty != duty, false
	s.duty, s.ksb, s.ended, s.last = duty, ksb, false, ""
	s.choice, s.returnedAt = levels.Nowhere, 0
	if s.list.done {
		s.list.done, s.list.followed = false, false
	}
	if s.onList() {
		s.list.at = ksb
	}
	s.entry, s.written = c.Library.Entry(c.Standard.Reference, ksb)
}

// end shows the page at the end of a duty, with the next KSB already on it.
func (s *Screen) end(c *ui.Context) []ui.Ask {
	s.ended, s.choice, s.returnedAt = true, levels.Nowhere, 0
	s.ksb = s.nextAnywhere(c, s.ksb)
	s.entry, s.written = c.Library.Entry(c.Standard.Reference, s.ksb)
	switch missed := s.missed(c); {
	case len(missed) > 0:
		return ui.Asks(ui.At{KSB: missed[0]}) // what was skipped comes first when the learner is back another day
	case s.ksb == "":
		return nil
	}
	return ui.Asks(ui.At{KSB: s.ksb})
}

// missed are the KSBs of the duty that were skipped, on the page at its end.
func (s *Screen) missed(c *ui.Context) []string {
	if !s.ended || s.list.done {
		return nil
	}
	d, _ := c.Standard.Duty(s.duty)
	missed := plan.Ended(c.Report, c.Profile, d.KSBs, c.Title).Missed
	return slices.DeleteFunc(missed, func(id string) bool { return id == s.ksb })
}

// endList shows the page at the end of the list. Next comes the first KSB of the walk that this round does not have.
func (s *Screen) endList(c *ui.Context) []ui.Ask {
	s.ksb = ""
	asks := s.end(c)
	s.list.done = true
	if s.ksb != "" {
		s.duty = c.Standard.Home(s.ksb)
	}
	return asks
}

// cameBack says whether a KSB is a behaviour that was rated and belongs to an earlier duty first, so that this duty
// only asks for an example.
func cameBack(c *ui.Context, duty int, ksb string) bool {
	row, ok := c.Report.Row(ksb)
	return ok && row.KSB.Kind == standard.Behaviour && row.Rated && c.Standard.Home(ksb) != duty
}

// returned are the behaviours of the duty that came back from an earlier one. At the end of the list there are none.
func (s *Screen) returned(c *ui.Context) []string {
	if s.list.done {
		return nil
	}
	d, _ := c.Standard.Duty(s.duty)
	return lists.Where(d.KSBs, func(id string) bool { return cameBack(c, s.duty, id) })
}

// nextInDuty is the KSB of the duty to show after a rating; "" at its end. After a first rating that is the next KSB
// never rated, after a new rating of one from an earlier round the next one not in this round, and after changing one
// of this round simply the next.
func nextInDuty(c *ui.Context, duty int, rated justRated) string {
	d, _ := c.Standard.Duty(duty)
	open, _ := c.Profile.Open()
	for _, id := range d.KSBs[slices.Index(d.KSBs, rated.ksb)+1:] {
		row, _ := c.Report.Row(id)
		again := rated.rerated && !cameBack(c, duty, id) && (rated.inRound || !open.Holds(id))
		if !row.Rated || again {
			return id
		}
	}
	return ""
}

// step goes to the KSB before or after, across the ends of a duty.
func (s *Screen) step(n int, c *ui.Context) []ui.Ask {
	d, _ := c.Standard.Duty(s.duty)
	if s.ended { // then only back to the last KSB of the duty
		return s.walkTo(s.duty, d.KSBs[len(d.KSBs)-1], c)
	}
	i := slices.Index(d.KSBs, s.ksb) + n
	if i >= 0 && i < len(d.KSBs) {
		return s.walkTo(s.duty, d.KSBs[i], c)
	}
	next, ok := neighbour(c, s.duty, n)
	if !ok {
		return ui.Asks(ui.Say{Text: noFurther(n)})
	}
	if n < 0 {
		return s.walkTo(next.Number, next.KSBs[len(next.KSBs)-1], c)
	}
	return s.walkTo(next.Number, next.KSBs[0], c)
}

// neighbour is the duty n places after this one; negative n is before.
func neighbour(c *ui.Context, duty, n int) (standard.Duty, bool) {
	i := slices.IndexFunc(c.Standard.Duties, func(d standard.Duty) bool { return d.Number == duty }) + n
	if i < 0 || i >= len(c.Standard.Duties) {
		return standard.Duty{}, false
	}
	return c.Standard.Duties[i], true
}

// jumpDuty goes to the next or previous duty: to the first KSB that is not rated in it, else to its first one.
func (s *Screen) jumpDuty(n int, c *ui.Context) []ui.Ask {
	next, ok := neighbour(c, s.duty, n)
	if !ok {
		return ui.Asks(ui.Say{Text: noFurther(n)})
	}
	return s.walkTo(next.Number, c.Report.FirstUnrated(next.KSBs), c)
}

// skip leaves the KSB as it is and goes on. At the end of a duty it goes back to what was skipped in it.
func (s *Screen) skip(c *ui.Context) []ui.Ask {
	if missed := s.missed(c); len(missed) > 0 {
		return s.walkTo(s.duty, missed[0], c)
	}
	skip := skipped{s.duty, s.ksb, s.list, c.Newest}
	if s.ended {
		skip.duty = c.Standard.Home(s.ksb)
	}
	asks := s.passOver(c)
	if s.ksb != skip.ksb {
		s.skips = append(s.skips, skip)
	}
	return asks
}

// passOver goes on along the list if that is followed, else to the next KSB that is not rated.
func (s *Screen) passOver(c *ui.Context) []ui.Ask {
	if s.onList() {
		if left := s.list.left(s.ksb, c); len(left) > 0 {
			return s.follow(left[0], c)
		}
		return ui.Asks(ui.Say{Text: lastForward})
	}
	walk, at := c.Standard.Walk(), c.Standard.Place(s.ksb)
	unrated := func(id string) bool {
		row, _ := c.Report.Row(id)
		return !row.Rated && id != s.ksb
	}
	next, _ := lists.First(slices.Concat(walk[at+1:], walk[:at+1]), unrated)
	next = cmp.Or(next, restOfRound(c, s.ksb))
	if next != "" {
		return s.goTo(next, c)
	}
	return ui.Asks(ui.Say{Text: "Nothing else is left to rate."})
}

// A list is what was due in a round when rating began. The walk follows the list until the learner goes elsewhere. Then
// it waits, and Enter goes back to it.
type list struct {
	round    string // the ID of the round
	ksbs     []string
	at       string // the KSB on the list that was shown last
	followed bool   // the walk follows it now
	done     bool   // the last one was rated just now, and the page at its end is shown
}

// current is the list while its round is open; after that, an empty one.
func (l list) current(p profile.Profile) list {
	if open, ok := p.Open(); ok && open.ID == l.round {
		return l
	}
	return list{}
}

func newList(c *ui.Context) list {
	open, _ := c.Profile.Open()
	return list{round: open.ID, ksbs: appraisal.Codes(appraisal.Due(c.Report, c.Profile)), followed: true}
}

// place is the position of a KSB on the list, counted from 1; 0 if it is not there.
func (l list) place(ksb string) int { return slices.Index(l.ksbs, ksb) + 1 }

// left are the KSBs of the list that are not rated in this round, starting after a KSB and without it. "" starts at the
// beginning.
func (l list) left(ksb string, c *ui.Context) []string {
	open, _ := c.Profile.Open()
	at := l.place(ksb)
	from := slices.Concat(l.ksbs[at:], l.ksbs[:at])
	return lists.Where(from, func(id string) bool { return id != ksb && !open.Holds(id) })
}

// onList says whether the walk follows the list and the KSB is on it.
func (s *Screen) onList() bool { return s.list.followed && s.list.place(s.ksb) > 0 }

// resumeAt is where the list continues: where it was left or, if that is rated, after it; "" at its end.
func (l list) resumeAt(c *ui.Context) string {
	open, _ := c.Profile.Open()
	if l.place(l.at) > 0 && !open.Holds(l.at) {
		return l.at
	}
	left := l.left(l.at, c)
	if len(left) == 0 {
		return ""
	}
	return left[0]
}

func (s *Screen) follow(ksb string, c *ui.Context) []ui.Ask {
	s.list.followed = true
	return s.goTo(ksb, c)
}

// offList makes a move off the list, and says that the list waits.
func (s *Screen) offList(move func() []ui.Ask, c *ui.Context) []ui.Ask {
	followed, from := s.list.followed, s.ksb
	s.list.followed = false
	asks := move()
	switch n := len(s.list.left("", c)); {
	case s.ksb == from:
		s.list.followed = followed // there was nowhere to go
	case followed && n > 0:
		asks = append(asks, ui.Say{Text: listWaits(n)})
	}
	return asks
}

// later says whether there were earlier rounds, so that a level may be from one of them.
func later(p profile.Profile) bool {
	n := len(p.Rounds)
	_, open := p.Open()
	return n > 1 || n == 1 && !open
}

// nextAnywhere is the next KSB in any duty: on the list, else never rated, else not rated in this round; "" when
// nothing is left.
func (s *Screen) nextAnywhere(c *ui.Context, ksb string) string {
	return cmp.Or(s.list.resumeAt(c), plan.NextUnrated(c.Report, ksb), restOfRound(c, ksb))
}

// restOfRound is the next KSB after one in walk order that is not in the open round; "" for none, and in the first
// round.
func restOfRound(c *ui.Context, ksb string) string {
	left := slices.DeleteFunc(appraisal.Rest(c.Report, c.Profile), func(id string) bool { return id == ksb })
	if len(left) == 0 {
		return ""
	}
	at := slices.IndexFunc(left, func(id string) bool { return c.Standard.Place(id) > c.Standard.Place(ksb) })
	return left[max(at, 0)]
}
