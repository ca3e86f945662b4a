package profile

import (
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// What holds where the settings say nothing, in months.
const (
	DefaultStale = 12 // how long a dated example supports a claim
	defaultEvery = 3  // how often a review comes round
)

// The widest settings that make sense, in months.
const (
	MaxStale = 120
	MaxEvery = 24
)

// Settings are the learner's own. A zero field means the default; ask StaleMonths and EveryMonths.
type Settings struct {
	Stale int // months until evidence is too old to support a claim
	Every int // months between reviews
}

// StaleMonths is after how many months evidence is too old to support a claim.
func (s Settings) StaleMonths() int {
	if s.Stale == 0 {
		return DefaultStale
	}
	return s.Stale
}

// EveryMonths is after how many months a review comes round.
func (s Settings) EveryMonths() int {
	if s.Every == 0 {
		return defaultEvery
	}
	return s.Every
}

// SetSettings changes the settings; a zero field goes back to the default.
type SetSettings struct{ Settings Settings }

func (c SetSettings) Label() string { return "settings" }

func (c SetSettings) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	switch s := c.Settings; {
	case s.Stale < 0 || s.Stale > MaxStale:
		return p, refuse("the default is 12", "evidence goes stale after 1 to %d months", MaxStale)
	case s.Every < 0 || s.Every > MaxEvery:
		return p, refuse("the default is 3", "a review comes round every 1 to %d months", MaxEvery)
	}
	p.Settings = c.Settings
	return p, nil
}
