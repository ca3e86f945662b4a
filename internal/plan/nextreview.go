package plan

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// reviewNear is how many days before a review preparing it comes first.
const reviewNear = 14

// nextUnfinished is a review that is open: one of today, or one of another day that was never closed.
func nextUnfinished(p profile.Profile, today calendar.Date) (NextStep, bool) {
	r, open := p.OpenReview()
	if !open || r.On.After(today) {
		return NextStep{}, false
	}
	text := "Go on with your review of today"
	if r.On.Before(today) {
		text = "Finish your review of " + r.On.Long() + ": it is still open"
	}
	switch n := len(p.Unchecked(r)); n {
	case 0:
	case 1:
		text += ", 1 action to check"
	default:
		text += fmt.Sprintf(", %d actions to check", n)
	}
	return NextStep{Kind: NextReview, Text: text}, true
}

// A reviewDay is the day of the next review.
type reviewDay struct {
	calendar.Date
	set bool // it was arranged; else it is the latest day that the interval allows
}

func nextReviewDay(p profile.Profile) reviewDay {
	return reviewDay{p.ReviewDue(), !p.ReviewSet().IsZero()}
}

// ReviewSays says when the next review is in the words of a head, such as "review in 19 days, 11 Dec", or by when one
// is due where none is arranged; and the same in fewer words.
func ReviewSays(p profile.Profile, today calendar.Date) (long, short string) {
	d := nextReviewDay(p)
	switch n := today.Days(d.Date); {
	case d.IsZero():
		return "no review date yet", "no review date"
	case n < 0 && !d.set:
		return "review was due by " + d.Near(today), "review overdue"
	case n < -1:
		return fmt.Sprintf("review was due %d days ago, %s", -n, d.Near(today)),
			fmt.Sprintf("review was due %d days ago", -n)
	case n < 0:
		return "review was due yesterday", "review overdue"
	case !d.set:
		return "review due by " + byWhen(d.Date, today), "review due by " + d.Short()
	case n < 2:
		return "review " + nearDay(n), "review " + nearDay(n)
	default:
		return fmt.Sprintf("review in %d days, %s", n, d.Short()), fmt.Sprintf("review in %d days", n)
	}
}

// ReviewFact is when the next review is in the words of a page of facts, such as "in 19 days, 11 Dec 2026"; "" when it
// is not known.
func ReviewFact(p profile.Profile, today calendar.Date) string {
	d := nextReviewDay(p)
	switch n := today.Days(d.Date); {
	case d.IsZero():
		return ""
	case n < 0 && !d.set:
		return fmt.Sprintf("was due by %s; no day is set", d.Long())
	case n < 0:
		return WasDue(d.Date, today)
	case !d.set:
		return fmt.Sprintf("due by %s, %s; no day is set", byWhen(d.Date, today), inDays(n))
	default:
		return fmt.Sprintf("%s, %s", inDays(n), d.Long())
	}
}

// ReviewLine is the same in a sentence about the reviews, such as "The next one is in 19 days, 11 Dec 2026.", also
// where no day is known.
func ReviewLine(p profile.Profile, today calendar.Date) string {
	one := "first"
	if _, held := p.LastReview(); held {
		one = "next"
	}
	switch d := nextReviewDay(p); {
	case d.IsZero():
		return "No date is set for the " + one + " one."
	case d.Before(today):
		return "The " + one + " one " + ReviewFact(p, today) + "."
	}
	return "The " + one + " one is " + ReviewFact(p, today) + "."
}

// byWhen is a day by which something is due, such as "the end of November". The year is said where it is not plain.
func byWhen(d, today calendar.Date) string {
	words := d.Short()
	if d.AddDays(1).Day == 1 {
		words = "the end of " + d.Month.String()
	}
	if d.AddMonths(-11).After(today) {
		words += fmt.Sprintf(" %d", d.Year)
	}
	return words
}

// nearDay is the name of a day that is today or tomorrow.
func nearDay(n int) string {
	if n == 0 {
		return "today"
	}
	return "tomorrow"
}

// inDays says how far away a day is that has not passed.
func inDays(n int) string {
	if n < 2 {
		return nearDay(n)
	}
	return fmt.Sprintf("in %d days", n)
}

// nextLate is a review whose day has passed. One that is under way is no longer late.
func nextLate(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d := nextReviewDay(p)
	last, _ := p.LastReview()
	if _, open := p.OpenReview(); open || d.IsZero() || !d.Before(today) || !last.On.Before(d.Date) {
		return NextStep{}, false
	}
	if !d.set {
		return NextStep{Kind: NextReview, Text: "Arrange your review: it was due by " + d.Long()}, true
	}
	return NextStep{Kind: NextReview, Text: "Hold or rearrange your review: it " + WasDue(d.Date, today)}, true
}

// DueWords are the day of something of the plan: "due 4 Dec", or "due 13 Nov, 9 days ago" where it has passed; "" for none.
func DueWords(due, today calendar.Date) string {
	switch n := due.Days(today); {
	case due.IsZero():
		return ""
	case n == 0:
		return "due today"
	case n == 1:
		return "due " + due.Near(today) + ", yesterday"
	case n > 1:
		return fmt.Sprintf("due %s, %d days ago", due.Near(today), n)
	}
	return "due " + due.Near(today)
}

// WasDue says how long ago a day was that has passed, such as "was due 76 days ago, 14 Dec 2026".
func WasDue(d, today calendar.Date) string {
	if n := d.Days(today); n > 1 {
		return fmt.Sprintf("was due %d days ago, %s", n, d.Long())
	}
	return "was due yesterday, " + d.Long()
}

// Yearly says by when the yearly appraisal is or was due, such as "yearly appraisal was due by 30 Sep 2026"; "" when
// that is not known.
func Yearly(p profile.Profile, today calendar.Date) string {
	if words := YearlyDue(p, today); words != "" {
		return "yearly appraisal " + words
	}
	return ""
}

// YearlyDue is the same without the name of it, such as "was due by 30 Sep 2026".
func YearlyDue(p profile.Profile, today calendar.Date) string {
	due := p.AppraisalDue(today)
	if due.IsZero() {
		return ""
	}
	return DueBy(due, today)
}

// DueBy says of a day that it was due by it or that it is, such as "was due by 30 Sep 2026".
func DueBy(due, today calendar.Date) string {
	if due.Before(today) {
		return "was due by " + due.Long()
	}
	return "is due by " + due.Long()
}

// nextReview prepares a review that is near. Where none is arranged, one is to be: the yearly appraisal, or what is due
// at the end of the interval.
func nextReview(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d := nextReviewDay(p)
	n := today.Days(d.Date)
	switch _, open := p.OpenReview(); {
	case (!d.set || n < 0) && !open && p.AppraisalNear(today):
		return NextStep{Kind: NextReview, Text: "Arrange your review: the " + Yearly(p, today)}, true
	case d.IsZero() || n < 2 || n > reviewNear:
		return NextStep{}, false
	case !d.set:
		return NextStep{
			Kind: NextReview,
			Text: fmt.Sprintf("Arrange your review: it is due by %s, in %d days", byWhen(d.Date, today), n),
		}, true
	}
	return preparing(p, today, fmt.Sprintf("Prepare for your review in %d days, %s", n, d.Long())), true
}

// nextMeeting is a review that is today or tomorrow, or due by then, and not under way.
func nextMeeting(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d := nextReviewDay(p)
	n := today.Days(d.Date)
	if _, open := p.OpenReview(); open || d.IsZero() || n < 0 || n > 1 {
		return NextStep{}, false
	}
	if !d.set {
		return NextStep{
			Kind: NextReview,
			Text: fmt.Sprintf("Arrange your review: it is due by %s, %s", nearDay(n), d.Long()),
		}, true
	}
	return preparing(p, today, fmt.Sprintf("Your review is %s, %s: prepare for it", nearDay(n), d.Long())), true
}

// comingReview ends a sentence about the time before the next review.
func comingReview(p profile.Profile, today calendar.Date) string {
	d := nextReviewDay(p)
	switch {
	case !d.After(today):
		return ""
	case !d.set:
		return ", due by " + byWhen(d.Date, today)
	}
	return ", " + d.Long()
}

func preparing(p profile.Profile, today calendar.Date, words string) NextStep {
	if p.AppraisalNear(p.ReviewSet()) {
		words += "; the " + Yearly(p, today)
	}
	return NextStep{Kind: NextReview, Text: words}
}
