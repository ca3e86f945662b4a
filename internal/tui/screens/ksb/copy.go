package ksb

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Help says what the screen is for.
func (s *Screen) Help() string {
	return "Everything about one KSB on one page: the official wording, where you stand and how you got there, what good looks like, " +
		"actions to choose from, evidence that convinces, what you may be asked, and the facts behind it.\nFacts have a date: look " +
		"again at those that are due.\nOn a wide screen the arrows move through the sections at the left, and the text beside " +
		"them follows; PgUp, PgDn, the space bar and the wheel scroll it."
}

// Glyphs are the signs of the screen.
func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph { return nil }

const (
	noStart      = "not known without a start date. To add it: Home, then d"
	noRatings    = "None yet. r rates it."
	notWritten   = "Coaching for this KSB is not written yet. Use the wording above and the words of the levels, and ask your mentor what good looks like where you work."
	othersToo    = "Level 3 includes supporting others: this skill's own wording says so."
	confirmFirst = "confirm before you rely on it"
	onTheMove    = "this is changing: look it up before you quote it"
	promptHead   = "Think of a real example; e keeps it"
	supportName  = "Support to ask for"
)

func noFurther(n int, ksb string) string {
	if n < 0 {
		return ksb + " is the first KSB of the walk."
	}
	return ksb + " is the last KSB of the walk."
}

func targetIs(target, usual level.Level, name string) string {
	says := target.String() + " " + name
	if target != usual {
		says += fmt.Sprintf(", set for this KSB (%s is usual)", usual)
	}
	return says
}

func targetSays(usual level.Level) string {
	return fmt.Sprintf("The level you want to have by gateway. %s is usual.", usual)
}

func targetOption(name string, now bool) string {
	if now {
		return name + ", as it is now"
	}
	return name
}

func targetKept(ksb string, l level.Level) string { return fmt.Sprintf("Target of %s is %s.", ksb, l) }

func freshSays(x coaching.Card) string {
	return "checked " + x.Checked.Long() + ", to be checked again by " + x.ReviewBy.Long()
}

// readingTime is how long a reading takes, before the question to read it with.
func readingTime(x coaching.Reading) string { return fmt.Sprintf("%d min", x.Minutes) }

func staleSays(x coaching.Card) string {
	return "due to be checked again since " + x.ReviewBy.Long() + "; last checked " + x.Checked.Long()
}
