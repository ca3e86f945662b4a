package ksb

import (
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
	notWritten  = "Coaching for this KSB is not written yet. Use the wording above and the words of the levels, and ask your mentor what good looks like where you work."
	othersToo   = "Level 3 includes supporting others: this skill's own wording says so."
	promptHead  = "Think of a real example; e keeps it"
	supportName = "Support to ask for"
)

func noFurther(n int, ksb string) string {
	if n < 0 {
		return ksb + " is the first KSB of the walk."
	}
	return ksb + " is the last KSB of the walk."
}
