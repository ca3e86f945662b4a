package appraisal

import "github.com/ksbcoach/ksbcoach/internal/calendar"

// What learner and mentor are asked, wherever they are.
const (
	AskReason  = "One sentence: where it was, what was seen."
	AskDecides = "What would decide it, and by when?"
)

// Covered is said to a mentor of their own rating of an earlier visit, which the two have not looked at yet.
func Covered(on calendar.Date) string {
	return "You rated it on " + on.Short() + ". That stays covered until you both look; a level given now takes its place."
}
