package appraisal

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// MetBy names those who met, or says that nobody is named.
func MetBy(r profile.Review) string { return cmp.Or(safetext.Lines(r.With), "nobody named yet") }

// What is asked in a review, wherever it is held.
const (
	WithHelp   = "Names or roles, with commas between them."
	GoesOnAsIs = "Not due yet: it goes on as it is"
)

// notDue is the reason of an action that goes on because its day has not come.
const notDue = "Under way, and not due yet"

// NotDueYet checks an action that is not due yet by setting it again in the same words.
func NotDueYet(r profile.Review, a profile.Action, newID string, on calendar.Date) profile.CheckAction {
	next := a.Anew(newID, a.Text)
	return profile.CheckAction{
		Review: r.ID, Action: a.ID, Outcome: profile.ActionChanged, Reason: safetext.New(notDue), On: on, Next: &next,
	}
}

// Closing is the change that closes a review with the hash of its record. Its round closes too, unless it goes on. A
// change that the rules refuse is given all the same, so that making it says why.
func Closing(
	p profile.Profile, std *standard.Standard, r profile.Review, today calendar.Date, goesOn bool,
) profile.CloseReview {
	c := profile.CloseReview{ID: r.ID, On: today, Next: p.ReviewAfter(r)}
	if _, closes := p.ClosesWith(r); closes {
		c.Round = !goesOn
	}
	if with, _, err := withHash(p, std, c); err == nil {
		return with
	}
	return c
}

// ClosingSays is what both should know before they close a review.
func ClosingSays(report *gap.Report, p profile.Profile, r profile.Review) string {
	says := fmt.Sprintf("%s of %s with %s. Next one by %s.", r.Kind.Name(), r.On.Long(),
		strings.TrimSuffix(MetBy(r), "."), p.ReviewAfter(r).Long())
	if x, closes := p.ClosesWith(r); closes {
		says += " " + RoundCloses(report, x)
	}
	for _, x := range append(LeftOpen(p, r), Bare(p, r)) {
		says += words.After(" ", x)
	}
	if r.Clear == "" || r.Helped == "" || r.Valued == "" {
		says += " Not all of the closing questions are answered yet."
	}
	return says
}

// RoundCloses says which round closes with a review, and what is not rated yet.
func RoundCloses(report *gap.Report, x profile.Round) string {
	says := fmt.Sprintf("The round %s closes with it", profile.RoundName(x.ID))
	if n := len(report.Unrated()); n > 0 {
		says += ", and " + words.Count(n, "KSB is", "KSBs are") + " not rated yet"
	}
	return says + "."
}

// RoundGoesOn closes a review and leaves its round open, as a choice.
func RoundGoesOn(x profile.Round) string {
	return "Close it, and go on rating in " + profile.RoundName(x.ID)
}

// CancelSays is what taking back a review that was started by mistake would do.
func CancelSays(r profile.Review) string {
	says := "The " + strings.ToLower(r.Kind.Name()) + " of " + r.On.Long() + " would be as if it had not been " +
		"started: what was checked in it is open again, and what was set in place of an action goes. Your private " +
		"notes wait for the next review. Ratings and agreed levels stay."
	if !r.Agreed.Empty() {
		says += " The words that you agreed go with it."
	}
	return says
}
