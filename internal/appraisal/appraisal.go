// Package appraisal is the thinking behind the cycle of rating, comparing, agreeing, acting and coming back: what two
// people see differently, what changed since last time, what to bring to a review and what to ask in it, how well the
// learner knows their own level, what may be reached by gateway, the rating sheet that goes to a mentor and the record
// that is shared. It is pure: the day is handed in, nothing is stored, and the changes themselves are those of package
// profile.
package appraisal

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Stale lists the evidence that is too old to support a claim, in the order of the file.
func Stale(p profile.Profile, today calendar.Date, staleMonths int) []profile.Evidence {
	return lists.Where(p.Evidence, func(e profile.Evidence) bool { return !e.Fresh(today, staleMonths) })
}

// ratedUntil is the profile as far as ratings go on a day: those of later days are left out, and so are rounds that
// open later.
func ratedUntil(p profile.Profile, day calendar.Date) profile.Profile {
	rounds := p.Rounds
	p.Rounds = nil
	for _, r := range rounds {
		if r.Opened.After(day) {
			continue
		}
		kept := map[profile.Rater]map[string]profile.Rating{}
		for by, ratings := range r.Ratings {
			kept[by] = map[string]profile.Rating{}
			for id, x := range ratings {
				if !x.On.After(day) {
					kept[by][id] = x
				}
			}
		}
		r.Ratings = kept
		p.Rounds = append(p.Rounds, r)
	}
	return p
}
