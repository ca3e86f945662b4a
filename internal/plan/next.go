package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// NextKind is what sort of thing to do next.
type NextKind string

// What may come next.
const (
	NextRate    NextKind = "rate"    // something is not rated yet
	NextAction  NextKind = "action"  // an action, or a goal, is past its day
	NextReview  NextKind = "review"  // the review is overdue, unfinished or near
	NextGateway NextKind = "gateway" // the gateway date has passed
	NextGoals   NextKind = "goals"   // there are gaps and no goal in flight
	NextExample NextKind = "example" // a claim has no example
	NextAgain   NextKind = "again"   // nothing is left before the next round
)

// NextStep is the one sensible thing to do next. Text is one line that is safe to show; KSB, Goal and Action are those to
// go to, or "".
type NextStep struct {
	Kind   NextKind
	Text   string
	KSB    string
	Goal   string
	Action string
	Due    int // how many KSBs are due in the open round, if KSB is the next of them; else 0
}

// longAction is how many days overdue an action must be to come before rating on.
const longAction = 30

// Next chooses what to do next in one fixed order, so that the screens and the commands always agree: make a start;
// finish a review from another day; deal with a gateway that has passed; hold a review that is overdue (it takes two
// people, and more rating would hide it) or is today or tomorrow; deal with an action that is long overdue; rate what
// is due in the open round, or what is not rated, from the position on; deal with an overdue action; prepare a review
// that is near; choose goals; back up a claim; rate again. Position is the KSB where the learner stopped, or ""; due
// lists the KSBs that are due in the open round.
func Next(r *gap.Report, p profile.Profile, today calendar.Date, position string, due []string, title Titles) NextStep {
	for _, look := range []func() (NextStep, bool){
		func() (NextStep, bool) { return nextStart(r, position, title) },
		func() (NextStep, bool) { return nextUnfinished(p, today) },
		func() (NextStep, bool) { return nextGateway(p, today) },
		func() (NextStep, bool) { return nextLate(p, today) },
		func() (NextStep, bool) { return nextMeeting(p, today) },
		func() (NextStep, bool) { return nextOverdue(p, today, longAction, title) },
		func() (NextStep, bool) { return nextDue(r, p, position, due) },
		func() (NextStep, bool) { return nextRating(r, position, title) },
		func() (NextStep, bool) { return nextOverdue(p, today, 0, title) },
		func() (NextStep, bool) { return beforeGateway(r)(nextReview(p, today)) },
		func() (NextStep, bool) { return beforeGateway(r)(nextGoals(r, p, title)) },
		func() (NextStep, bool) { return nextExample(r, title) },
	} {
		if step, ok := look(); ok {
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

func nextDue(r *gap.Report, p profile.Profile, position string, due []string) (NextStep, bool) {
	id := NextDue(r, p, position, due)
	if id == "" {
		return NextStep{}, false
	}
	round, _ := p.Open()
	says := fmt.Sprintf("%s first, %d left", id, len(due))
	switch {
	case len(due) == 1:
		says = id + ", the last of it"
	case id != due[0]:
		says = fmt.Sprintf("%s next, %d left", id, len(due))
	}
	return NextStep{Kind: NextRate, Text: "Rate what is due in " +
		profile.RoundName(round.ID) + ": " + says, KSB: id, Due: len(due)}, true
}

// NextUnrated is the KSB with which to continue rating: the first unrated one from the position on in walk order, else
// the first of all; "" when everything is rated.
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
	return NextStep{Kind: NextRate, Text: fmt.Sprintf("%s rating at Duty %d, %s %s", verb, r.Standard.Home(id), id,
		title(id)), KSB: id}, true
}

// nextStart is the first rating of all.
func nextStart(r *gap.Report, position string, title Titles) (NextStep, bool) {
	if len(r.Unrated()) < len(r.Rows) {
		return NextStep{}, false
	}
	return nextRating(r, position, title)
}

// GatewayPassed is the day of a gateway that has passed without a closed gateway review, and false for any other.
func GatewayPassed(p profile.Profile, today calendar.Date) (calendar.Date, bool) {
	d := p.GatewayDate()
	held := slices.ContainsFunc(p.Reviews,
		func(r profile.Review) bool { return r.Kind == profile.ReviewGateway && !r.Closed.IsZero() })
	return d, !d.IsZero() && d.Before(today) && !held
}

func nextGateway(p profile.Profile, today calendar.Date) (NextStep, bool) {
	d, passed := GatewayPassed(p, today)
	if !passed {
		return NextStep{}, false
	}
	return NextStep{Kind: NextGateway, Text: "Gateway, " + d.Long() +
		", has passed: hold its review, or correct the date"}, true
}

// LongestOverdue is the action or the goal that is past its day longest, and false when none is.
func LongestOverdue(p profile.Profile, today calendar.Date) (profile.Dated, bool) {
	due, past := p.DueSoon(today)
	if past == 0 {
		return profile.Dated{}, false
	}
	return due[0], true
}

// nextOverdue is what is past its day longest, if that is more than so many days.
func nextOverdue(p profile.Profile, today calendar.Date, days int, title Titles) (NextStep, bool) {
	first, ok := LongestOverdue(p, today)
	if !ok || first.Due.Days(today) <= days {
		return NextStep{}, false
	}
	what := ""
	if first.Action == "" {
		what = "your goal, "
	}
	return NextStep{
		Kind: NextAction, KSB: first.KSB, Goal: first.Goal, Action: first.Action,
		Text: words.Capital(DueWords(first.Due, today)) + ": " + what + short(first, title),
	}, true
}

func nextGoals(r *gap.Report, p profile.Profile, title Titles) (NextStep, bool) {
	if p.InFlight() > 0 {
		return NextStep{}, false
	}
	gaps := Firsts(r)
	if len(gaps) == 0 {
		return NextStep{}, false
	}
	top := gaps[0].KSB.ID
	return NextStep{Kind: NextGoals, Text: fmt.Sprintf("Choose goals for your gaps; the first is %s %s", top,
		title(top)), KSB: top}, true
}

// beforeGateway has a step begin with a gateway that is near: with the talk about its day where too much is left, else with the day.
func beforeGateway(r *gap.Report) func(NextStep, bool) (NextStep, bool) {
	return func(step NextStep, ok bool) (NextStep, bool) {
		days, near := gatewayDays(r)
		switch talk := GatewayTalk(r); {
		case !ok || !near:
		case talk != "":
			step.Text = "Talk to your manager and provider this week about the gateway, " + r.Gateway.Long() + ". Then: " + step.Text
		default:
			step.Text = "Gateway " + inDays(days) + ", " + r.Gateway.Long() + ". " + step.Text
		}
		return step, ok
	}
}

func nextExample(r *gap.Report, title Titles) (NextStep, bool) {
	rows := r.Unsupported()
	if len(rows) == 0 {
		return NextStep{}, false
	}
	id := rows[0].KSB.ID
	says := fmt.Sprintf("Add one dated example for %s %s, rated %s", id, title(id), rows[0].Level)
	if rows[0].Stale() {
		says += ": " + r.Wanting(rows[0])
	}
	return NextStep{Kind: NextExample, Text: says, KSB: id}, true
}

// short is what is due on one line of a wide terminal: all of it, its first sentence or part where that fits, or else what
// it is about. It is never cut in the middle.
func short(x profile.Dated, title Titles) string {
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
