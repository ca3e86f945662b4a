package profile

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Reveal records that learner and mentor looked at the ratings together. It uncovers the mentors' ratings in the open
// round and any still covered in earlier ones. A level that either of them changes after that is no longer independent,
// so the level that was given blind is kept with it.
type Reveal struct{ On calendar.Date }

func (c Reveal) Label() string { return "look at the differences" }

func (c Reveal) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if err := needsDay(c.On, "looking together"); err != nil {
		return p, err
	}
	if len(p.Unopened()) == 0 {
		return p, Refuse("a mentor rates first; from the reveal on, a change is kept as one",
			"no mentor has rated anything that is not open already")
	}
	return p.opened(c.On, func(Round) bool { return true }), nil
}

// opened marks what mentors gave, in some rounds, as looked at.
func (p Profile) opened(on calendar.Date, in func(Round) bool) Profile {
	before := p
	p.Rounds = slices.Clone(p.Rounds)
	for i, r := range p.Rounds {
		if !in(r) {
			continue
		}
		for ksb := range r.Ratings[Mentor] {
			list := r.Mentors(ksb)
			for k, x := range list {
				if before.unopened(i, ksb, x) {
					list[k].Shown = on
				}
			}
			if !slices.Equal(list, r.Mentors(ksb)) {
				p.Rounds[i] = p.Rounds[i].WithMentors(ksb, list)
			}
		}
	}
	return p
}

// Unopened are the ratings by mentors that the next Reveal opens.
func (p Profile) Unopened() []Rating {
	var out []Rating
	for i, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			for _, x := range r.Mentors(ksb) {
				if p.unopened(i, ksb, x) {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// Covered is the number of KSBs whose mentors' ratings the learner may not see yet.
func (p Profile) Covered() int {
	covered := map[string]bool{}
	for i, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			if len(p.SeenIn(i, ksb)) < len(r.Mentors(ksb)) {
				covered[ksb] = true
			}
		}
	}
	return len(covered)
}

// unopened reports whether a mentor's rating in round i is still to be looked at together. A rating in a closed round
// that the learner can see already does not need that any more.
func (p Profile) unopened(i int, ksb string, x Rating) bool {
	return x.Shown.IsZero() && (p.Rounds[i].Closed.IsZero() || !p.seen(i, ksb, x))
}

// SeenIn lists the mentors' ratings of a KSB in round i that the learner may see, the newest first. A rating stays
// covered until the learner has rated the KSB in that round or a later one, or both have looked at it.
func (p Profile) SeenIn(i int, ksb string) []Rating {
	return slices.DeleteFunc(p.Rounds[i].Mentors(ksb), func(x Rating) bool { return !p.seen(i, ksb, x) })
}

// SeenRound is round i without what the learner may not see yet.
func (p Profile) SeenRound(i int) Round {
	r := p.Rounds[i]
	for ksb := range p.Rounds[i].Ratings[Mentor] {
		if list := p.SeenIn(i, ksb); len(list) > 0 {
			r = r.WithMentors(ksb, list)
			continue
		}
		r = r.withRatings(Mentor)
		delete(r.Ratings[Mentor], ksb)
		r.Others = withoutKey(r.Others, ksb)
	}
	return r
}

func (p Profile) seen(i int, ksb string, x Rating) bool {
	return !x.Shown.IsZero() || p.answered(i, ksb)
}

// answered reports whether the learner rated a KSB, or agreed a level, in round i or a later one.
func (p Profile) answered(i int, ksb string) bool {
	return slices.ContainsFunc(p.Rounds[i:], func(r Round) bool { return r.Holds(ksb) })
}

// shownOf is the day on which the two looked at what a mentor gave a KSB in this round, or zero.
func (r Round) shownOf(ksb string) calendar.Date {
	for _, x := range r.Mentors(ksb) {
		if !x.Shown.IsZero() {
			return x.Shown
		}
	}
	return calendar.Date{}
}

// First is the level that was given before the two looked at it together, which calibration uses.
func (r Rating) First() level.Level {
	if r.Changed {
		return r.Blind
	}
	return r.Level
}

// at is a rating with another level. Once the two have looked at it, the level that was given blind is kept.
func (r Rating) at(to level.Level, looked bool) Rating {
	switch {
	case r.Changed && to == r.Blind:
		r.Changed, r.Blind = false, 0
	case looked && !r.Changed && to != r.Level:
		r.Changed, r.Blind = true, r.Level
	}
	r.Level = to
	return r
}

// looked says whether a rating is given over one that the two have looked at together.
func (c Rate) looked(round Round, was Rating) bool {
	switch c.By {
	case Mentor:
		return !was.Shown.IsZero()
	case Self:
		_, rated := round.Ratings[Self][c.KSB]
		return rated && !round.shownOf(c.KSB).IsZero()
	}
	return false
}
