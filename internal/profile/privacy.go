package profile

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Privacy is what the learner told the guard for patients, which is package privacy.
type Privacy struct {
	Cleared []string // marks of texts that are no identifiers
}

// Clear notes that texts of a record are no identifiers of patients, by their marks.
type Clear struct{ Marks []string }

func (c Clear) Label() string { return "not an identifier" }

func (c Clear) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if len(c.Marks) == 0 {
		return p, refuse("ksbcoach check --privacy lists the marks", "no mark is named")
	}
	cleared := slices.Clone(p.Privacy.Cleared)
	for _, mark := range c.Marks {
		if !ValidID(mark) || !strings.Contains(mark, "-") {
			return p, refuse("ksbcoach check --privacy lists the marks", "%q is not a mark", mark)
		}
		if !slices.Contains(cleared, mark) {
			cleared = append(cleared, mark)
		}
	}
	slices.Sort(cleared)
	p.Privacy.Cleared = cleared
	return p, nil
}
