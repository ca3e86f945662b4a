package plan

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// NextKind is what sort of thing to do next.
type NextKind string

// What may come next.
const (
	NextRate    NextKind = "rate"    // something is not rated yet
	NextAction  NextKind = "action"  // an action is overdue
	NextReview  NextKind = "review"  // the review is overdue, unfinished or near
	NextGateway NextKind = "gateway" // the gateway date has passed
	NextGoals   NextKind = "goals"   // there are gaps and no goal in flight
	NextExample NextKind = "example" // a claim has no example
	NextAgain   NextKind = "again"   // nothing is left before the next round
)

// NextStep is the one sensible thing to do next. Text is one line that is safe to show; KSB is the one to go to, or "".
type NextStep struct {
	Kind NextKind
	Text string
	KSB  string
}

const (
	reviewNear = 14 // days before a review from which on preparing it comes first
	longAction = 30 // days after which an overdue action comes before rating on
)

// Next chooses what to do next by one fixed order, so that the screens and the commands always say the same: make a start;
// finish a review of another day; see to a gateway that has passed, then to a review that is overdue, since that takes two
// people and rating on would hide it, or that is today or tomorrow, then to an action that is long overdue; rate what is not rated, from the position on; see
// to an overdue action; prepare a review that is near; choose goals; back up a claim; rate again. Position is the KSB where the
// learner stopped, or "".
func Next(r *gap.Report, p profile.Profile, today calendar.Date, position string, title Titles) NextStep {
	for _, look := range []func() (NextStep, bool){
		func() (NextStep, bool) { return nextStart(r, position, title) },
		func() (NextStep, bool) { return nextUnfinished(p, today) },
		func() (NextStep, bool) { return nextGateway(p, today) },
		func() (NextStep, bool) { return nextLate(p, today) },
		func() (NextStep, bool) { return nextMeeting(p, today) },
		func() (NextStep, bool) { return nextOverdue(p, today, longAction) },
		func() (NextStep, bool) { return nextRating(r, position, title) },
		func() (NextStep, bool) { return nextOverdue(p, today, 0) },
		func() (NextStep, bool) { return nextReview(p, today) },
		func() (NextStep, bool) { return nextGoals(r, p, title) },
		func() (NextStep, bool) { return nextExample(r, title) },
	} {
		if step, ok := look(); ok {
			return step
		}
	}
	step := NextStep{Kind: NextAgain, Text: "Nothing is left to do; rate yourself again before your next review"}
	if d := p.Learner.Review; d.After(today) {
		step.Text += ", " + d.Long()
	}
	return step
}

// NextUnrated is the KSB at which rating goes on: the position itself, else the first one after it in walk order that is
// not rated, else the first of all; "" when everything is rated.
func NextUnrated(r *gap.Report, position string) string {
	unrated := r.Unrated()
	if len(unrated) == 0 {
		return ""
	}
	at := r.Standard.Place(position)
	for _, row := range unrated {
		if row.Place >= at {
			return row.KSB.ID
		}
	}
	return unrated[0].KSB.ID
}

func nextRating(r *gap.Report, position string, title Titles) (NextStep, bool) {
	id := NextUnrated(r, position)
	if id == "" {
		return NextStep{}, false
	}
	verb := "Continue"
	if len(r.Unrated()) == len(r.Rows) {
		verb = "Start"
	}
	return NextStep{NextRate, fmt.Sprintf("%s rating at Duty %d, %s %s", verb, r.Standard.Home(id), id, title(id)), id}, true
}

// nextStart is the first rating of all.
func nextStart(r *gap.Report, position string, title Titles) (NextStep, bool) {
	if len(r.Unrated()) < len(r.Rows) {
		return NextStep{}, false
	}
	return nextRating(r, position, title)
}

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

// GatewayPassed is the day of a gateway that has passed without a closed gateway review, and false for any other.
func GatewayPassed(p profile.Profile, today calendar.Date) (calendar.Date, bool) {
	d := p.GatewayDate()
	held := slices.ContainsFunc(p.Reviews, func(r profile.Review) bool { return r.Kind == profile.ReviewGateway && !r.Closed.IsZero() })
	return d, !d.IsZero() && d.Before(today) && !held
}

func nextGateway(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d, passed := GatewayPassed(p, today)
	if !passed {
		return NextStep{}, false
	}
	return NextStep{Kind: NextGateway, Text: "Gateway, " + d.Long() + ", has passed: hold its review, or correct the date"}, true
}

// nextLate is a review whose day has passed; one that is under way is not late any more.
func nextLate(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d := p.Learner.Review
	last, _ := p.LastReview()
	if _, open := p.OpenReview(); open || d.IsZero() || !d.Before(today) || !last.On.Before(d) {
		return NextStep{}, false
	}
	return NextStep{Kind: NextReview, Text: "Hold or rearrange your review: it " + WasDue(d, today)}, true
}

// WasDue says how long ago a day was that has passed, such as "was due 76 days ago, 14 Dec 2026".
func WasDue(d, today calendar.Date) string {
	if n := d.Days(today); n > 1 {
		return fmt.Sprintf("was due %d days ago, %s", n, d.Long())
	}
	return "was due yesterday, " + d.Long()
}

// LongestOverdue is the overdue action that has waited longest, and false when none is overdue.
func LongestOverdue(p profile.Profile, today calendar.Date) (profile.Action, bool) {
	late := p.Overdue(today)
	if len(late) == 0 {
		return profile.Action{}, false
	}
	return slices.MinFunc(late, func(a, b profile.Action) int { return a.Due.Compare(b.Due) }), true
}

// nextOverdue is the action that has waited longest, if that is more than so many days.
func nextOverdue(p profile.Profile, today calendar.Date, days int) (NextStep, bool) {
	first, ok := LongestOverdue(p, today)
	if !ok || first.Due.Days(today) <= days {
		return NextStep{}, false
	}
	step := NextStep{Kind: NextAction, Text: fmt.Sprintf("Overdue since %s: %s", first.Due.Near(today), clipped(first.Text.Line()))}
	if _, g, ok := p.Action(first.ID); ok && len(g.KSBs) > 0 {
		step.KSB = g.KSBs[0]
	}
	return step, true
}

// Yearly says by when the yearly appraisal is or was due, such as "yearly appraisal was due by 30 Sep 2026"; "" when that is
// not known.
func Yearly(p profile.Profile, today calendar.Date) string {
	if words := YearlyDue(p, today); words != "" {
		return "yearly appraisal " + words
	}
	return ""
}

// YearlyDue is the same without the name of it, such as "was due by 30 Sep 2026".
func YearlyDue(p profile.Profile, today calendar.Date) string {
	due := p.AppraisalDue()
	switch {
	case due.IsZero():
		return ""
	case due.Before(today):
		return "was due by " + due.Long()
	}
	return "is due by " + due.Long()
}

// nextReview prepares a review that is near. Where none lies ahead, the yearly appraisal is one to arrange.
func nextReview(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d := p.Learner.Review
	switch _, open := p.OpenReview(); {
	case d.Before(today) && !open && p.AppraisalNear(today):
		return NextStep{Kind: NextReview, Text: "Arrange your review: the " + Yearly(p, today)}, true
	case d.Before(today.AddDays(2)) || today.Days(d) > reviewNear: // an unknown day lies before every other
		return NextStep{}, false
	}
	return preparing(p, today, fmt.Sprintf("Prepare for your review in %d days, %s", today.Days(d), d.Long())), true
}

// nextMeeting is a review that is today or tomorrow and not under way.
func nextMeeting(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d := p.Learner.Review
	when := "today"
	if d == today.AddDays(1) {
		when = "tomorrow"
	}
	if _, open := p.OpenReview(); open || d.IsZero() || d != today && d != today.AddDays(1) {
		return NextStep{}, false
	}
	return preparing(p, today, fmt.Sprintf("Your review is %s, %s: prepare for it", when, d.Long())), true
}

func preparing(p profile.Profile, today calendar.Date, words string) NextStep {
	if p.AppraisalNear(p.Learner.Review) {
		words += "; the " + Yearly(p, today)
	}
	return NextStep{Kind: NextReview, Text: words}
}

func nextGoals(r *gap.Report, p profile.Profile, title Titles) (NextStep, bool) {
	gaps := r.Gaps()
	if len(gaps) == 0 || p.InFlight() > 0 {
		return NextStep{}, false
	}
	top := gaps[0].KSB.ID
	return NextStep{NextGoals, fmt.Sprintf("Choose goals for your gaps; the first is %s %s", top, title(top)), top}, true
}

func nextExample(r *gap.Report, title Titles) (NextStep, bool) {
	rows := r.Unsupported()
	if len(rows) == 0 {
		return NextStep{}, false
	}
	id := rows[0].KSB.ID
	return NextStep{NextExample, fmt.Sprintf("Add one dated example for %s %s, rated %s", id, title(id), rows[0].Level), id}, true
}

// clipped keeps a step on one line of a wide terminal.
func clipped(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
