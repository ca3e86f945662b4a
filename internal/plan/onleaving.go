package plan

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// OnLeaving is the one line that a learner finds at the prompt once they have left: what they rated since the record
// was as before, what comes next, and in which file it is kept. A mentor who filled in a rating sheet learns what to do
// with it.
func OnLeaving(r *gap.Report, before, now profile.Profile, next NextStep, file string) string {
	if now.Sheet {
		return "Kept in " + safetext.Line(file) + ". Send the file back to the learner."
	}
	all := r.Tally(0)
	rated := fmt.Sprintf("%d of %d rated", all.Rated, all.Total)
	if n := now.RatedSince(before); n > 0 {
		rated = fmt.Sprintf("%d rated this time, %d of %d in all", n, all.Rated, all.Total)
	}
	return fmt.Sprintf("%s. Next: %s. Kept in %s.", rated, strings.TrimRight(next.Text, "."), safetext.Line(file))
}
