package appraisal

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Last says in words which level counts for a KSB before it is rated again: "last time 2 Supported", or where one was
// agreed "agreed 1 Aware on 25 Nov (you say 0)". It is "" for a KSB that the learner rates for the first time. Never
// show it to a mentor, whose rating is to be independent.
func Last(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) string {
	agreed, by, ok := p.Level(ksb)
	if !ok || by != profile.Agreed {
		if before, ok := p.Before(ksb, profile.Self); ok {
			return "last time " + scale.Named(before.Level)
		}
		return ""
	}
	words := fmt.Sprintf("agreed %s on %s", scale.Named(agreed.Level), agreed.On.Near(today))
	self, ok := p.Newest(ksb, profile.Self)
	switch {
	case !ok || self.Level == agreed.Level:
		return words
	case self.On.After(agreed.On):
		return words + fmt.Sprintf(" (you say %s now)", self.Level.Figure())
	}
	return words + fmt.Sprintf(" (you say %s)", self.Level.Figure())
}
