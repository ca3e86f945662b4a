package ui

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
)

// GoodAt is the name of what stands in for a step that is not written.
const GoodAt = "Good at 3"

// stepName asks which of the two levels of a step it is.
func stepName(x coaching.LevelStep) string { return fmt.Sprintf("%s or %s?", x.From, x.To) }

// Step is what divides the level pointed at from the next, wherever a level is chosen. While none is pointed at, or the
// one for no opportunity is, it is that of the level expected by now, else that below the target.
func Step(e coaching.Entry, row gap.Row, pointed level.Level) (name, text string) {
	if pointed == level.NoOpportunity {
		if x, ok := row.Expected(); ok {
			pointed = x
		} else {
			pointed = row.Target - 1
		}
	}
	if step := e.StepFrom(pointed); step.Text != "" {
		return stepName(step), step.Text
	}
	return GoodAt, e.Good
}
