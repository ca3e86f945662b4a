package plan

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// A Beside is another goal for a KSB of one that was just set.
type Beside struct {
	Goal   profile.Goal
	Parked bool   // it can be taken up again in place of the new one
	Says   string // a sentence that names it
}

// BesideOf is the other goal for a KSB of this one, in flight or parked, and false where there is none. Two for the same
// are allowed, but may be a slip.
func BesideOf(p profile.Profile, g profile.Goal) (Beside, bool) {
	other, ok := p.Beside(g)
	if !ok {
		return Beside{}, false
	}
	x := Beside{Goal: other, Parked: other.Status == profile.GoalParked}
	x.Says = "You have another goal for "
	if x.Parked {
		x.Says = "You have parked a goal for "
	}
	x.Says += strings.Join(other.KSBs, ", ") + ": " + strings.TrimSuffix(other.Text.Line(), ".") + "."
	return x, true
}
