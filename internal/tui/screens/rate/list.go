package rate

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

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
	due := appraisal.Due(c.Report, c.Profile, c.Profile.Settings.StaleMonths())
	return list{round: open.ID, ksbs: appraisal.Codes(due), followed: true}
}

// place is the position of a KSB on the list, counted from 1; 0 if it is not there.
func (l list) place(ksb string) int { return slices.Index(l.ksbs, ksb) + 1 }

// left lists what is still to be rated, starting after a KSB and wrapping round, without that KSB.
func (l list) left(ksb string, c *ui.Context) []string {
	open, _ := c.Profile.Open()
	at := l.place(ksb)
	var out []string
	for _, id := range append(slices.Clone(l.ksbs[at:]), l.ksbs[:at]...) {
		if id != ksb && !open.Holds(id) {
			out = append(out, id)
		}
	}
	return out
}

// onList says whether the KSB in hand is where the list led.
func (s *Screen) onList() bool { return s.list.followed && s.list.place(s.ksb) > 0 }

// waiting is where the list continues: where it was left or, if that is rated, after it; "" at its end.
func (l list) waiting(c *ui.Context) string {
	open, _ := c.Profile.Open()
	if l.place(l.at) > 0 && !open.Holds(l.at) {
		return l.at
	}
	if left := l.left(l.at, c); len(left) > 0 {
		return left[0]
	}
	return ""
}

func (s *Screen) follow(ksb string, c *ui.Context) []ui.Ask {
	s.list.followed = true
	return s.walkTo(c.Standard.Home(ksb), ksb, c)
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
	if id := s.list.waiting(c); id != "" {
		return id
	}
	if id := plan.NextUnrated(c.Report, ksb); id != "" {
		return id
	}
	return rest(c, ksb)
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
