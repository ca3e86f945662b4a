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

// What may come next, in the order in which it is looked for.
const (
	NextRate    NextKind = "rate"    // something is not rated yet
	NextAction  NextKind = "action"  // an action is overdue
	NextReview  NextKind = "review"  // the review is near
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

// reviewNear is how many days before a review preparing it comes first.
const reviewNear = 14

// Next chooses what to do next by one fixed order, so that the screens and the commands always say the same: rate what is
// not rated, from the position on; see to an overdue action; prepare a review that is near; choose goals; back up a
// claim; rate again. Position is the KSB where the learner stopped, or "".
func Next(r *gap.Report, p profile.Profile, today calendar.Date, position string, title Titles) NextStep {
	for _, look := range []func() (NextStep, bool){
		func() (NextStep, bool) { return nextRating(r, position, title) },
		func() (NextStep, bool) { return nextOverdue(p, today) },
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

// LongestOverdue is the overdue action that has waited longest, and false when none is overdue.
func LongestOverdue(p profile.Profile, today calendar.Date) (profile.Action, bool) {
	late := p.Overdue(today)
	if len(late) == 0 {
		return profile.Action{}, false
	}
	return slices.MinFunc(late, func(a, b profile.Action) int { return a.Due.Compare(b.Due) }), true
}

func nextOverdue(p profile.Profile, today calendar.Date) (NextStep, bool) {
	first, ok := LongestOverdue(p, today)
	if !ok {
		return NextStep{}, false
	}
	step := NextStep{Kind: NextAction, Text: fmt.Sprintf("Overdue since %s: %s", first.Due.Short(), clipped(first.Text.Line()))}
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
	case d.Before(today) || today.Days(d) > reviewNear: // an unknown day lies before every other
		return NextStep{}, false
	}
	when := fmt.Sprintf("in %d days", today.Days(d))
	switch today.Days(d) {
	case 0:
		when = "today"
	case 1:
		when = "tomorrow"
	}
	step := NextStep{Kind: NextReview, Text: fmt.Sprintf("Prepare for your review %s, %s", when, d.Long())}
	if p.AppraisalNear(d) {
		step.Text += "; the " + Yearly(p, today)
	}
	return step, true
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
