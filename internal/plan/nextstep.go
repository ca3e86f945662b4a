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

// NextKind is the kind of thing to do next. Its values are part of the JSON output.
type NextKind string

// The kinds of next step.
const (
	NextRate    NextKind = "rate"    // rate a KSB
	NextAction  NextKind = "action"  // deal with an action or a goal that is overdue
	NextReview  NextKind = "review"  // arrange, prepare, hold or finish a review
	NextGateway NextKind = "gateway" // the gateway date has passed
	NextGoals   NextKind = "goals"   // there are gaps, and no goal is under way
	NextExample NextKind = "example" // a claim has no recent example
	NextAgain   NextKind = "again"   // nothing to do until the next round
)

// NextStep is the one most sensible thing to do next.
type NextStep struct {
	Kind   NextKind
	Text   string // one line, safe to show
	KSB    string // with Goal and Action, where to do it; each may be ""
	Goal   string
	Action string
	Due    int // how many KSBs are due in the open round, if KSB is the next of them; else 0
}

const longOverdue = 30 // an action more than this many days overdue comes before further rating

// Next chooses what to do next, in one fixed order so that screens and commands always agree: start rating; finish a
// review that is open; deal with a gateway that has passed; hold a review that is overdue, or is today or tomorrow (it
// involves a second person, and more rating would only put it off); deal with a long overdue action; rate what is due
// in the open round, then what is not rated; deal with any overdue action; prepare for a review; choose goals; add an
// example to a claim; rate again. Position is the KSB where the learner stopped, or ""; due lists the KSBs that are due
// in the open round, in the order of appraisal.Due.
func Next(r *gap.Report, p profile.Profile, today calendar.Date, position string, due []string, title Titles) NextStep {
	if n := len(r.Unrated()); n > 0 && n == len(r.Rows) {
		return nextRating(r, position, title)
	}
	for _, look := range []func() NextStep{
		func() NextStep { return nextOpenReview(p, today) },
		func() NextStep { return nextGateway(p, today) },
		func() NextStep { return nextOverdueReview(p, today) },
		func() NextStep { return nextReviewNow(p, today) },
		func() NextStep { return nextOverdueAction(p, today, longOverdue, title) },
		func() NextStep { return nextDue(r, p, position, due) },
		func() NextStep { return nextRating(r, position, title) },
		func() NextStep { return nextOverdueAction(p, today, 0, title) },
		func() NextStep { return withGateway(r, nextReview(p, today)) },
		func() NextStep { return withGateway(r, nextGoals(r, p, title)) },
		func() NextStep { return nextExample(r, title) },
	} {
		if step := look(); step.Kind != "" {
			return step
		}
	}
	return NextStep{Kind: NextAgain, Text: "Nothing is left to do; rate yourself again before your next review" +
		nextReviewEnding(p, today)}
}

// NextDue is the KSB to continue the open round with: the one where the learner stopped, if it is due and the round has
// begun, else the first that is due. It is "" if no round is open or the first due KSB was never rated; NextUnrated
// then leads on.
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

// NextUnrated is the KSB to continue rating with: in walk order the first unrated one from position on, else the first
// unrated of all; "" if everything is rated.
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

// GatewayPassed is the gateway date, and true if it has passed without a gateway review that was held and closed.
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

// LongestOverdue is the action or goal that is overdue the longest, and false if none is overdue.
func LongestOverdue(p profile.Profile, today calendar.Date) (profile.DueItem, bool) {
	due, past := p.DueSoon(today)
	if past == 0 {
		return profile.DueItem{}, false
	}
	return due[0], true
}

// nextOverdueAction leads to the action or goal that is overdue the longest, if that is more than the given number of
// days.
func nextOverdueAction(p profile.Profile, today calendar.Date, days int, title Titles) NextStep {
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
		Text: words.Capital(DueWords(first.Due, today)) + ": " + what + oneLine(first, title),
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

// withGateway starts the text of a step with a gateway that is near: with the talk about its date if the gaps are too
// large, else with its date.
func withGateway(r *gap.Report, step NextStep) NextStep {
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

// oneLine says what is due on one line of a wide terminal: all of it, or its first sentence or clause if that fits, or
// else just the KSB. It never cuts a sentence in the middle.
func oneLine(x profile.DueItem, title Titles) string {
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

const prepareDays = 14 // days before a review from which preparing for it is the next step

func reviewStep(text string) NextStep { return NextStep{Kind: NextReview, Text: text} }

// nextOpenReview leads to an open review: today's, or an earlier one that was never closed.
func nextOpenReview(p profile.Profile, today calendar.Date) NextStep {
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
	return reviewStep(text)
}

// reviewDay is the day of the next review, zero if not known.
type reviewDay struct {
	calendar.Date
	set bool // the day was arranged; otherwise it is the latest day that the interval allows
}

func nextReviewDay(p profile.Profile) reviewDay {
	return reviewDay{p.ReviewDue(), !p.ReviewSet().IsZero()}
}

// ReviewSays says for the head of a screen when the next review is, or by when it is due if none is arranged, such as
// "review in 19 days, 11 Dec"; and the same in fewer words.
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

// ReviewFact says when the next review is, without naming it, such as "in 19 days, 11 Dec 2026"; "" if that is not
// known.
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

// ReviewLine says the same as a sentence, such as "The next one is in 19 days, 11 Dec 2026." It also says if no date is
// set.
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

// byWhen names a day by which something is due, such as "the end of November". It gives the year only of a day more
// than eleven months ahead.
func byWhen(d, today calendar.Date) string {
	text := d.Short()
	if d.AddDays(1).Day == 1 {
		text = "the end of " + d.Month.String()
	}
	if d.AddMonths(-11).After(today) {
		text += fmt.Sprintf(" %d", d.Year)
	}
	return text
}

// nearDay is "today" for 0 days from now, and "tomorrow" for 1.
func nearDay(n int) string {
	if n == 0 {
		return "today"
	}
	return "tomorrow"
}

// inDays says how far away a day is: "today", "tomorrow" or "in 5 days". It must not have passed.
func inDays(n int) string {
	if n < 2 {
		return nearDay(n)
	}
	return fmt.Sprintf("in %d days", n)
}

// nextOverdueReview leads to a review whose day has passed and that has not begun.
func nextOverdueReview(p profile.Profile, today calendar.Date) NextStep {
	d := nextReviewDay(p)
	last, _ := p.LastReview()
	if _, open := p.OpenReview(); open || d.IsZero() || !d.Before(today) || !last.On.Before(d.Date) {
		return NextStep{}
	}
	if !d.set {
		return reviewStep("Arrange your review: it was due by " + d.Long())
	}
	return reviewStep("Hold or rearrange your review: it " + WasDue(d.Date, today))
}

// DueWords say when something in the plan is due: "due 4 Dec", or "due 13 Nov, 9 days ago" if that has passed; "" if it
// has no date.
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

// WasDue says how long ago something was due, such as "was due 76 days ago, 14 Dec 2026". The day must have passed.
func WasDue(d, today calendar.Date) string {
	if n := d.Days(today); n > 1 {
		return fmt.Sprintf("was due %d days ago, %s", n, d.Long())
	}
	return "was due yesterday, " + d.Long()
}

// Yearly says by when the yearly appraisal is or was due, such as "yearly appraisal was due by 30 Sep 2026"; "" if that
// is not known.
func Yearly(p profile.Profile, today calendar.Date) string {
	return words.After("yearly appraisal ", YearlyDue(p, today))
}

// YearlyDue is the same without "yearly appraisal".
func YearlyDue(p profile.Profile, today calendar.Date) string {
	return DueBy(p.AppraisalDue(today), today)
}

// DueBy says by when something is or was due, such as "was due by 30 Sep 2026"; "" for the zero date.
func DueBy(due, today calendar.Date) string {
	if due.Before(today) {
		return words.After("was due by ", due.Long())
	}
	return "is due by " + due.Long()
}

// nextReview leads to preparing for a review that is near, or to arranging one if the yearly appraisal or the end of
// the interval is near.
func nextReview(p profile.Profile, today calendar.Date) NextStep {
	d := nextReviewDay(p)
	n := today.Days(d.Date)
	switch _, open := p.OpenReview(); {
	case (!d.set || n < 0) && !open && p.AppraisalNear(today):
		return reviewStep("Arrange your review: the " + Yearly(p, today))
	case d.IsZero() || n < 2 || n > prepareDays:
		return NextStep{}
	case !d.set:
		return reviewStep(fmt.Sprintf("Arrange your review: it is due by %s, in %d days", byWhen(d.Date, today), n))
	}
	return prepareStep(p, today, fmt.Sprintf("Prepare for your review in %d days, %s", n, d.Long()))
}

// nextReviewNow leads to a review that is today or tomorrow, or due by then, and has not begun.
func nextReviewNow(p profile.Profile, today calendar.Date) NextStep {
	d := nextReviewDay(p)
	n := today.Days(d.Date)
	if _, open := p.OpenReview(); open || d.IsZero() || n < 0 || n > 1 {
		return NextStep{}
	}
	if !d.set {
		return reviewStep(fmt.Sprintf("Arrange your review: it is due by %s, %s", nearDay(n), d.Long()))
	}
	return prepareStep(p, today, fmt.Sprintf("Your review is %s, %s: prepare for it", nearDay(n), d.Long()))
}

// nextReviewEnding ends a sentence that speaks of the next review with its day, if that is ahead.
func nextReviewEnding(p profile.Profile, today calendar.Date) string {
	d := nextReviewDay(p)
	switch {
	case !d.After(today):
		return ""
	case !d.set:
		return ", due by " + byWhen(d.Date, today)
	}
	return ", " + d.Long()
}

// prepareStep is the step to a review, with a reminder if that should be the yearly appraisal.
func prepareStep(p profile.Profile, today calendar.Date, says string) NextStep {
	if p.AppraisalNear(p.ReviewSet()) {
		says += "; the " + Yearly(p, today)
	}
	return reviewStep(says)
}

// OnLeaving is the line printed when the learner leaves the full screen: what they rated since before, what to do next,
// and which file the record is in. A mentor who filled in a rating sheet is told to send it back.
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
