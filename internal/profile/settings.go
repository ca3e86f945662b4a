package profile

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
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

// Theme is how the full screen is coloured.
type Theme string

// The themes.
const (
	ThemeAuto     Theme = "auto"     // for the terminal's background, where that is known; else as plain
	ThemeDark     Theme = "dark"     // for a dark background
	ThemeLight    Theme = "light"    // for a light one
	ThemeContrast Theme = "contrast" // few and strong colours
	ThemePlain    Theme = "plain"    // the terminal's own colours only
)

// Themes are all themes, the usual one first.
var Themes = []Theme{ThemeAuto, ThemeDark, ThemeLight, ThemeContrast, ThemePlain}

// Settings are the learner's own. A zero field means the default; ask StaleMonths, EveryMonths and Looks.
type Settings struct {
	Stale int   // months until evidence is too old to support a claim
	Every int   // months between reviews
	Theme Theme // the colours of the full screen
}

// Looks is the theme; auto where none is set.
func (s Settings) Looks() Theme { return cmp.Or(s.Theme, ThemeAuto) }

// StaleMonths is after how many months evidence is too old to support a claim.
func (s Settings) StaleMonths() int { return cmp.Or(s.Stale, DefaultStale) }

// EveryMonths is after how many months a review comes round.
func (s Settings) EveryMonths() int { return cmp.Or(s.Every, defaultEvery) }

// SetSettings changes the settings; a zero field goes back to the default.
type SetSettings struct{ Settings Settings }

func (c SetSettings) Label() string { return "a change of settings" }

func (c SetSettings) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	switch s := c.Settings; {
	case s.Stale < 0 || s.Stale > MaxStale:
		return p, Refuse("the default is 12", "evidence goes stale after 1 to %d months", MaxStale)
	case s.Every < 0 || s.Every > MaxEvery:
		return p, Refuse("the default is 3", "a review comes round every 1 to %d months", MaxEvery)
	case !slices.Contains(Themes, s.Looks()):
		return p, Refuse("say "+words.Either(Themes), "%q is not a theme", safetext.Brief(string(s.Theme), 30))
	}
	p.Settings = c.Settings
	return p, nil
}
