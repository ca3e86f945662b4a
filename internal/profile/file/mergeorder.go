package file

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// dates asks which start and gateway belong together where those that came together cannot be.
func (m *merger) dates(p *profile.Profile) {
	l := p.Learner
	if l.Start.IsZero() || l.Gateway.IsZero() || l.Gateway.After(l.Start) {
		return
	}
	span := func(l profile.Learner) string { return l.Start.Long() + " to " + l.Gateway.Long() }
	c := Clash{
		Key: "Learner Start Gateway", What: "the start and the gateway date", Ours: span(m.Ours.Learner),
		Theirs: span(m.Theirs.Learner), size: sizes["Learner"],
	}
	m.clashes = append(m.clashes, c)
	from := m.Theirs.Learner
	if m.mine(c.Key) {
		from = m.Ours.Learner
	}
	p.Learner.Start, p.Learner.Gateway = from.Start, from.Gateway
}

// rounds moves the open round to the end. Where each copy has opened one of its own, the one that was opened first is
// closed with its newest rating.
func (m *merger) rounds(p *profile.Profile) {
	var open []int
	for i, r := range p.Rounds {
		if r.Closed.IsZero() {
			open = append(open, i)
		}
	}
	if len(open) == 0 || len(open) == 1 && open[0] == len(p.Rounds)-1 {
		return
	}
	last := slices.MaxFunc(open, func(i, j int) int {
		a, b := p.Rounds[i], p.Rounds[j]
		return cmp.Or(a.Opened.Compare(b.Opened), strings.Compare(a.ID, b.ID))
	})
	p.Rounds = slices.Clone(p.Rounds)
	for _, i := range open {
		if i != last {
			r := &p.Rounds[i]
			r.Closed = newestIn(*r)
			m.said = append(m.said, "Each copy had a round of its own open: "+r.ID+" is closed now, on "+r.Closed.Long()+
				", and "+p.Rounds[last].ID+" is open.")
		}
	}
	r := p.Rounds[last]
	p.Rounds = append(slices.Delete(p.Rounds, last, last+1), r)
}

// reviews moves a review that is under way to the end, where it is looked for.
func (m *merger) reviews(p *profile.Profile) {
	rank := func(r profile.Review) int {
		if r.Closed.IsZero() {
			return 1
		}
		return 0
	}
	inOrder := func(a, b profile.Review) int { return rank(a) - rank(b) }
	if slices.IsSortedFunc(p.Reviews, inOrder) {
		return
	}
	p.Reviews = slices.Clone(p.Reviews)
	sorting.By(p.Reviews, inOrder)
}

// newestIn is the day of the newest rating in a round, or the day it was opened.
func newestIn(r profile.Round) calendar.Date {
	day := r.Opened
	for _, rows := range r.Ratings {
		for _, x := range rows {
			if x.On.After(day) {
				day = x.On
			}
		}
	}
	return day
}
