package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// NextKind is what sort of thing to do next.
type NextKind string

// What may come next.
const (
	NextRate    NextKind = "rate"    // something is not rated yet
	NextAction  NextKind = "action"  // an action, or a goal, is overdue
	NextReview  NextKind = "review"  // the review is overdue, unfinished or near
	NextGateway NextKind = "gateway" // the gateway date has passed
	NextGoals   NextKind = "goals"   // there are gaps and no goal in flight
	NextExample NextKind = "example" // a claim has no example
	NextAgain   NextKind = "again"   // nothing is left before the next round
)

// NextStep is the one sensible thing to do next. Text is one line that is safe to show; KSB, Goal and Action are those
// to go to, or "".
type NextStep struct {
	Kind   NextKind
	Text   string
	KSB    string
	Goal   string
	Action string
	Due    int // how many KSBs are due in the open round, if KSB is the next of them; else 0
}

const longAction = 30 // how many days overdue an action must be to come before rating on

// Next chooses what to do next in one fixed order, so that the screens and the commands always agree: make a start;
// finish a review from another day; deal with a gateway that has passed; hold a review that is overdue (it takes two
// people, and more rating would hide it) or is today or tomorrow; deal with an action that is long overdue; rate what
// is due in the open round, or what is not rated, from the position on; deal with an overdue action; prepare a review
// that is near; choose goals; back up a claim; rate again. Position is the KSB where the learner stopped, or ""; due
// lists the KSBs that are due in the open round.
func Next(r *gap.Report, p profile.Profile, today calendar.Date, position string, due []string, title Titles) NextStep {
	if n := len(r.Unrated()); n > 0 && n == len(r.Rows) {
		return nextRating(r, position, title)
	}
	for _, look := range []func() NextStep{
		func() NextStep { return nextUnfinished(p, today) },
		func() NextStep { return nextGateway(p, today) },
		func() NextStep { return nextLate(p, today) },
		func() NextStep { return nextMeeting(p, today) },
		func() NextStep { return nextOverdue(p, today, longAction, title) },
		func() NextStep { return nextDue(r, p, position, due) },
		func() NextStep { return nextRating(r, position, title) },
		func() NextStep { return nextOverdue(p, today, 0, title) },
		func() NextStep { return beforeGateway(r, nextReview(p, today)) },
		func() NextStep { return beforeGateway(r, nextGoals(r, p, title)) },
		func() NextStep { return nextExample(r, title) },
	} {
		if step := look(); step.Kind != "" {
			return step
		}
	}
	return NextStep{Kind: NextAgain, Text: "Nothing is left to do; rate yourself again before your next review" +
		comingReview(p, today)}
}

// NextDue is the KSB with which to continue the open round: the one where the learner stopped, if it is due and the
// round is under way, else the first that is due. It is "" if only KSBs that were never rated are due, since those
// follow in walk order.
func NextDue(r *gap.Report, p profile.Profile, position string, due []string) string {
	round, open := p.Open()
	if !open || len(due) == 0 {
		return ""
	}
	if row, ok := r.Row(due[0]); !ok || !row.Rated {
		return ""
	}
	if round.Rated(profile.Self) > 0 && slices.Contains(due, position) {
		return position
	}
	return due[0]
}

func nextDue(r *gap.Report, p profile.Profile, position string, due []string) NextStep {
	id := NextDue(r, p, position, due)
	if id == "" {
		return NextStep{}
	}
	round, _ := p.Open()
	says := "Rate what is due in " + profile.RoundName(round.ID) + ": " + id
	switch {
	case len(due) == 1:
		says += ", the last of it"
	case id == due[0]:
		says += fmt.Sprintf(" first, %d left", len(due))
	default:
		says += fmt.Sprintf(" next, %d left", len(due))
	}
	return NextStep{Kind: NextRate, Text: says, KSB: id, Due: len(due)}
}

// NextUnrated is the KSB with which to continue rating: the first unrated one from the position on in walk order, else
// the first of all; "" when everything is rated.
func NextUnrated(r *gap.Report, position string) string {
	unrated := r.Unrated()
	if len(unrated) == 0 {
		return ""
	}
	at := r.Standard.Place(position)
	next := slices.IndexFunc(unrated, func(row gap.Row) bool { return row.Place >= at })
	return unrated[max(next, 0)].KSB.ID
}

func nextRating(r *gap.Report, position string, title Titles) NextStep {
	id := NextUnrated(r, position)
	if id == "" {
		return NextStep{}
	}
	verb := "Continue"
	if len(r.Unrated()) == len(r.Rows) {
		verb = "Start"
	}
	says := fmt.Sprintf("%s rating at Duty %d, %s %s", verb, r.Standard.Home(id), id, title(id))
	return NextStep{Kind: NextRate, Text: says, KSB: id}
}

// GatewayPassed is the day of a gateway that has passed without a closed gateway review, and false for any other.
func GatewayPassed(p profile.Profile, today calendar.Date) (calendar.Date, bool) {
	d := p.GatewayDate()
	held := slices.ContainsFunc(p.Reviews,
		func(r profile.Review) bool { return r.Kind == profile.ReviewGateway && !r.Closed.IsZero() })
	return d, !d.IsZero() && d.Before(today) && !held
}

func nextGateway(p profile.Profile, today calendar.Date) NextStep {
	d, passed := GatewayPassed(p, today)
	if !passed {
		return NextStep{}
	}
	says := "Gateway, " + d.Long() + ", has passed: hold its review, or correct the date"
	return NextStep{Kind: NextGateway, Text: says}
}

// LongestOverdue is the action or the goal that has been overdue longest, and false when none is.
func LongestOverdue(p profile.Profile, today calendar.Date) (profile.DueItem, bool) {
	due, past := p.DueSoon(today)
	if past == 0 {
		return profile.DueItem{}, false
	}
	return due[0], true
}

// nextOverdue is what has been overdue longest, if that is more than so many days.
func nextOverdue(p profile.Profile, today calendar.Date, days int, title Titles) NextStep {
	first, ok := LongestOverdue(p, today)
	if !ok || first.Due.Days(today) <= days {
		return NextStep{}
	}
	what := ""
	if first.Action == "" {
		what = "your goal, "
	}
	return NextStep{
		Kind: NextAction, KSB: first.KSB, Goal: first.Goal, Action: first.Action,
		Text: words.Capital(DueWords(first.Due, today)) + ": " + what + short(first, title),
	}
}

func nextGoals(r *gap.Report, p profile.Profile, title Titles) NextStep {
	if p.InFlight() > 0 {
		return NextStep{}
	}
	gaps := Firsts(r)
	if len(gaps) == 0 {
		return NextStep{}
	}
	top := gaps[0].KSB.ID
	says := fmt.Sprintf("Choose goals for your gaps; the first is %s %s", top, title(top))
	return NextStep{Kind: NextGoals, Text: says, KSB: top}
}

// beforeGateway has a step begin with a gateway that is near: with the talk about its day where too much is left, else
// with the day.
func beforeGateway(r *gap.Report, step NextStep) NextStep {
	days, near := gatewayDays(r)
	switch talk := GatewayTalk(r); {
	case step.Kind == "" || !near:
	case talk != "":
		step.Text = "Talk to your manager and provider this week about the gateway, " + r.Gateway.Long() +
			". Then: " + step.Text
	default:
		step.Text = "Gateway " + inDays(days) + ", " + r.Gateway.Long() + ". " + step.Text
	}
	return step
}

func nextExample(r *gap.Report, title Titles) NextStep {
	rows := r.Unsupported()
	if len(rows) == 0 {
		return NextStep{}
	}
	id := rows[0].KSB.ID
	says := fmt.Sprintf("Add one dated example for %s %s, rated %s", id, title(id), rows[0].Level)
	if rows[0].Stale() {
		says += ": " + r.EvidenceProblem(rows[0])
	}
	return NextStep{Kind: NextExample, Text: says, KSB: id}
}

// short is what is due on one line of a wide terminal: all of it, its first sentence or part where that fits, or else
// what it is about. It is never cut in the middle.
func short(x profile.DueItem, title Titles) string {
	const most = 100
	fits := func(s string) bool { return utf8.RuneCountInString(s) <= most }
	says := x.Text.Line()
	if fits(says) {
		return says
	}
	for _, end := range []string{". ", "; ", ": "} {
		if first, _, ok := strings.Cut(says, end); ok && fits(first) {
			return first
		}
	}
	return "what you planned for " + x.KSB + " " + title(x.KSB)
}

const reviewNear = 14 // how many days before a review preparing it comes first

func toReview(says string) NextStep { return NextStep{Kind: NextReview, Text: says} }

// nextUnfinished is a review that is open: one of today, or one of another day that was never closed.
func nextUnfinished(p profile.Profile, today calendar.Date) NextStep {
	r, open := p.OpenReview()
	if !open || r.On.After(today) {
		return NextStep{}
	}
	text := "Go on with your review of today"
	if r.On.Before(today) {
		text = "Finish your review of " + r.On.Long() + ": it is still open"
	}
	if n := len(p.Unchecked(r)); n > 0 {
		text += ", " + words.Count(n, "action", "actions") + " to check"
	}
	return toReview(text)
}

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
func nextLate(p profile.Profile, today calendar.Date) NextStep {
	d := nextReviewDay(p)
	last, _ := p.LastReview()
	if _, open := p.OpenReview(); open || d.IsZero() || !d.Before(today) || !last.On.Before(d.Date) {
		return NextStep{}
	}
	if !d.set {
		return toReview("Arrange your review: it was due by " + d.Long())
	}
	return toReview("Hold or rearrange your review: it " + WasDue(d.Date, today))
}

// DueWords are the day of something of the plan: "due 4 Dec", or "due 13 Nov, 9 days ago" where it has passed; "" for
// none.
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
	return words.After("yearly appraisal ", YearlyDue(p, today))
}

// YearlyDue is the same without the name of it, such as "was due by 30 Sep 2026".
func YearlyDue(p profile.Profile, today calendar.Date) string {
	return DueBy(p.AppraisalDue(today), today)
}

// DueBy says of a day that it was due by it or that it is, such as "was due by 30 Sep 2026"; "" for none.
func DueBy(due, today calendar.Date) string {
	if due.Before(today) {
		return words.After("was due by ", due.Long())
	}
	return "is due by " + due.Long()
}

// nextReview prepares a review that is near. Where none is arranged, one is to be: the yearly appraisal, or what is due
// at the end of the interval.
func nextReview(p profile.Profile, today calendar.Date) NextStep {
	d := nextReviewDay(p)
	n := today.Days(d.Date)
	switch _, open := p.OpenReview(); {
	case (!d.set || n < 0) && !open && p.AppraisalNear(today):
		return toReview("Arrange your review: the " + Yearly(p, today))
	case d.IsZero() || n < 2 || n > reviewNear:
		return NextStep{}
	case !d.set:
		return toReview(fmt.Sprintf("Arrange your review: it is due by %s, in %d days", byWhen(d.Date, today), n))
	}
	return preparing(p, today, fmt.Sprintf("Prepare for your review in %d days, %s", n, d.Long()))
}

// nextMeeting is a review that is today or tomorrow, or due by then, and not under way.
func nextMeeting(p profile.Profile, today calendar.Date) NextStep {
	d := nextReviewDay(p)
	n := today.Days(d.Date)
	if _, open := p.OpenReview(); open || d.IsZero() || n < 0 || n > 1 {
		return NextStep{}
	}
	if !d.set {
		return toReview(fmt.Sprintf("Arrange your review: it is due by %s, %s", nearDay(n), d.Long()))
	}
	return preparing(p, today, fmt.Sprintf("Your review is %s, %s: prepare for it", nearDay(n), d.Long()))
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

func preparing(p profile.Profile, today calendar.Date, says string) NextStep {
	if p.AppraisalNear(p.ReviewSet()) {
		says += "; the " + Yearly(p, today)
	}
	return toReview(says)
}

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
