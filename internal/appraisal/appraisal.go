// Package appraisal supports the appraisal cycle: rate, compare, agree, act, and meet again. It works out what learner
// and mentor see differently, what changed since last time, what to bring to a review and what to ask in it, how the
// learner's ratings compare with the mentor's over time, and what may be reached by gateway. It also makes the rating
// sheet for a mentor, and the record of a review.
//
// It is pure: the caller passes today's date, and nothing is stored. The changes to a record are those of package
// profile.
package appraisal

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Stale lists the evidence that is too old to support a claim, in the order of the record.
func Stale(p profile.Profile, today calendar.Date, staleMonths int) []profile.Evidence {
	return lists.Where(p.Evidence, func(e profile.Evidence) bool { return !e.Fresh(today, staleMonths) })
}

// ratedUntil is the profile with only the ratings up to and including a day, and the rounds opened by then.
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
