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

// enter shows the KSB asked for, else the next one on the list, else the one where the learner stopped or the first
// that is not rated.
func (s *Screen) enter(ask ui.Go, c *ui.Context) []ui.Ask {
	ksb, waits := ask.KSB, s.list.waiting(c)
	switch {
	case ask.Forward:
		s.list = newList(c)
	case ksb != "":
		return s.freely(func() []ui.Ask { s.show(c.Standard.Home(ksb), ksb, c); return nil }, c)
	case waits != "":
		ksb, s.list.followed = waits, true
	default:
		l := newList(c)
		if ksb = plan.NextDue(c.Report, c.Profile, c.Position, l.ksbs); ksb != "" {
			s.list = l
		}
	}
	if ksb = cmp.Or(ksb, plan.NextUnrated(c.Report, c.Position), c.Position); c.Standard.Place(ksb) < 0 {
		ksb = c.Standard.Walk()[0]
	}
	return s.goTo(ksb, c)
}

// goTo is walkTo in the duty where the walk meets a KSB first.
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
	s.entered, s.second = s.ended || s.duty != duty, false
	s.duty, s.ksb, s.ended, s.choice, s.back = duty, ksb, false, levels.Nowhere, 0
	s.last, s.claim = "", false
	if s.list.done {
		s.list.done, s.list.followed = false, false
	}
	if s.onList() {
		s.list.at = ksb
	}
	s.entry, s.coach = c.Library.Entry(c.Standard.Reference, ksb)
}

// end shows the page at the end of a duty, with the next KSB already on it.
func (s *Screen) end(c *ui.Context) []ui.Ask {
	s.ended, s.choice, s.back = true, levels.Nowhere, 0
	s.ksb = s.onwards(c, s.ksb)
	s.entry, s.coach = c.Library.Entry(c.Standard.Reference, s.ksb)
	switch missed := s.missed(c); {
	case len(missed) > 0:
		return ui.Asks(ui.At{KSB: missed[0]}) // before the next duty, when the learner comes back another time
	case s.ksb == "":
		return nil
	}
	return ui.Asks(ui.At{KSB: s.ksb})
}

// missed are the KSBs of the duty that were passed over, on the page at its end.
func (s *Screen) missed(c *ui.Context) []string {
	if !s.ended || s.list.done {
		return nil
	}
	d, _ := c.Standard.Duty(s.duty)
	missed := plan.Ended(c.Report, c.Profile, d.KSBs, c.Title).Missed
	return slices.DeleteFunc(missed, func(id string) bool { return id == s.ksb })
}

// endList shows the page at the end of the list, with the rest of the round on it from the beginning of the walk.
func (s *Screen) endList(c *ui.Context) []ui.Ask {
	s.ksb = ""
	asks := s.end(c)
	s.list.done = true
	if s.ksb != "" {
		s.duty = c.Standard.Home(s.ksb)
	}
	return asks
}

// cameBack says whether a behaviour has its rating from an earlier duty, so that this one only asks for an example.
func cameBack(c *ui.Context, duty int, ksb string) bool {
	row, ok := c.Report.Row(ksb)
	return ok && row.KSB.Kind == standard.Behaviour && row.Rated && c.Standard.Home(ksb) != duty
}

// returned are the behaviours of the duty that came back from an earlier one, which this page asks about. The page at
// the end of a list asks about none.
func (s *Screen) returned(c *ui.Context) []string {
	if s.list.done {
		return nil
	}
	d, _ := c.Standard.Duty(s.duty)
	return lists.Where(d.KSBs, func(id string) bool { return cameBack(c, s.duty, id) })
}

// nextInDuty is where the duty continues after a rating; "" at its end. After a first rating that is the next KSB never
// rated, after re-rating one of an earlier round the next one not in this round, and after changing one of this round
// simply the next.
func nextInDuty(c *ui.Context, duty int, what rated) string {
	d, _ := c.Standard.Duty(duty)
	open, _ := c.Profile.Open()
	for _, id := range d.KSBs[slices.Index(d.KSBs, what.ksb)+1:] {
		row, _ := c.Report.Row(id)
		again := what.again && !cameBack(c, duty, id) && (what.twice || !open.Holds(id))
		if !row.Rated || again {
			return id
		}
	}
	return ""
}

// step goes to the KSB before or after, at the ends of a duty into its neighbour.
func (s *Screen) step(n int, c *ui.Context) []ui.Ask {
	d, _ := c.Standard.Duty(s.duty)
	if s.ended { // before its end, that is
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

func neighbour(c *ui.Context, duty, n int) (standard.Duty, bool) {
	i := slices.IndexFunc(c.Standard.Duties, func(d standard.Duty) bool { return d.Number == duty }) + n
	if i < 0 || i >= len(c.Standard.Duties) {
		return standard.Duty{}, false
	}
	return c.Standard.Duties[i], true
}

// jumpDuty goes to the next or previous duty: to what is not rated in it, else to its beginning.
func (s *Screen) jumpDuty(n int, c *ui.Context) []ui.Ask {
	next, ok := neighbour(c, s.duty, n)
	if !ok {
		return ui.Asks(ui.Say{Text: noFurther(n)})
	}
	return s.walkTo(next.Number, c.Report.FirstUnrated(next.KSBs), c)
}

// skip leaves a KSB unrated and goes on: along the list that is followed, else to the next that is not rated. At the
// end of a duty it goes back to what was passed over.
func (s *Screen) skip(c *ui.Context) []ui.Ask {
	if missed := s.missed(c); len(missed) > 0 {
		return s.walkTo(s.duty, missed[0], c)
	}
	was := skipped{s.duty, s.ksb, s.list, c.Newest}
	if s.ended {
		was.duty = c.Standard.Home(s.ksb)
	}
	asks := s.past(c)
	if s.ksb != was.ksb {
		s.skips = append(s.skips, was)
	}
	return asks
}

func (s *Screen) past(c *ui.Context) []ui.Ask {
	if s.onList() {
		if left := s.list.left(s.ksb, c); len(left) > 0 {
			return s.follow(left[0], c)
		}
		return ui.Asks(ui.Say{Text: lastForward})
	}
	walk, at := c.Standard.Walk(), c.Standard.Place(s.ksb)
	unrated := func(id string) bool { row, _ := c.Report.Row(id); return !row.Rated && id != s.ksb }
	next, _ := lists.First(slices.Concat(walk[at+1:], walk[:at+1]), unrated)
	if id := cmp.Or(next, rest(c, s.ksb)); id != "" {
		return s.goTo(id, c)
	}
	return ui.Asks(ui.Say{Text: "Nothing else is left to rate."})
}

// A list is what was due in a round when rating began. The walk follows it until the learner goes elsewhere; then it
// waits.
type list struct {
	round    string // the round that it belongs to
	ksbs     []string
	at       string // where it was left, or is
	followed bool
	done     bool // the last of it was just rated
}

// current is the list as long as its round is open, else none.
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

// left lists what is still to be rated, starting after a KSB and wrapping round, without that KSB.
func (l list) left(ksb string, c *ui.Context) []string {
	open, _ := c.Profile.Open()
	at := l.place(ksb)
	from := slices.Concat(l.ksbs[at:], l.ksbs[:at])
	return lists.Where(from, func(id string) bool { return id != ksb && !open.Holds(id) })
}

// onList says whether the KSB in hand is where the list led.
func (s *Screen) onList() bool { return s.list.followed && s.list.place(s.ksb) > 0 }

// waiting is where the list continues: where it was left or, if that is rated, after it; "" at its end.
func (l list) waiting(c *ui.Context) string {
	open, _ := c.Profile.Open()
	if l.place(l.at) > 0 && !open.Holds(l.at) {
		return l.at
	}
	return append(l.left(l.at, c), "")[0]
}

func (s *Screen) follow(ksb string, c *ui.Context) []ui.Ask {
	s.list.followed = true
	return s.goTo(ksb, c)
}

// freely makes a move off the list, and says that the list waits.
func (s *Screen) freely(move func() []ui.Ask, c *ui.Context) []ui.Ask {
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

// onwards is the next KSB in any duty: on the list, else never rated, else not rated in this round; "" when nothing is
// left.
func (s *Screen) onwards(c *ui.Context, ksb string) string {
	return cmp.Or(s.list.waiting(c), plan.NextUnrated(c.Report, ksb), rest(c, ksb))
}

// rest is the next KSB after one in walk order that is not in the open round; "" for none, and in the first round.
func rest(c *ui.Context, ksb string) string {
	left := slices.DeleteFunc(appraisal.Rest(c.Report, c.Profile), func(id string) bool { return id == ksb })
	if len(left) == 0 {
		return ""
	}
	at := slices.IndexFunc(left, func(id string) bool { return c.Standard.Place(id) > c.Standard.Place(ksb) })
	return left[max(at, 0)]
}
