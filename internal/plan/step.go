package plan

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
)

// GoodAt is the name of what good looks like, which also takes the place of a step that is not written.
const GoodAt = "Good at 3"

// StepName asks which of the two levels of a step it is.
func StepName(x coaching.LevelStep) string { return fmt.Sprintf("%s or %s?", x.From, x.To) }

// inDoubt is the level whose step up is shown while somebody chooses a level for a KSB. It is the one pointed at. While
// none is, or the one for no opportunity is, it is the level expected by now, since the doubt is mostly whether that
// is reached or passed; where no month is known, the level below the target.
func inDoubt(row gap.Row, pointed level.Level) level.Level {
	if pointed != level.NoOpportunity {
		return pointed
	}
	if x, ok := row.Expected(); ok {
		return x
	}
	return row.Target - 1
}

// Between is what divides the level in doubt from the next, with its name.
func Between(e coaching.Entry, row gap.Row, pointed level.Level) (name, text string) {
	if step := e.StepFrom(inDoubt(row, pointed)); step.Text != "" {
		return StepName(step), step.Text
	}
	return GoodAt, e.Good
}
