package profile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// ReviewKind is what sort of meeting a review is.
type ReviewKind string

// The kinds of review: the one every quarter, the yearly one, and the last one before gateway.
const (
	ReviewProgress  ReviewKind = "progress"
	ReviewAppraisal ReviewKind = "appraisal"
	ReviewGateway   ReviewKind = "gateway"
)

// ReviewKinds lists them.
var ReviewKinds = []ReviewKind{ReviewProgress, ReviewAppraisal, ReviewGateway}

// Name is a kind of review as a heading says it.
func (k ReviewKind) Name() string {
	switch k {
	case ReviewAppraisal:
		return "Appraisal"
	case ReviewGateway:
		return "Gateway review"
	}
	return "Progress review"
}

// The words that a review's Share may hold: what the learner chose to include in the record that is shared.
const (
	ShareWellbeing   = "wellbeing"
	ShareWorkload    = "workload"
	ShareSupport     = "support"
	ShareAdjust      = "adjustments"
	ShareReflections = "reflections"
	ShareAnswers     = "answers" // to the three closing questions
)

// Shares lists them.
var Shares = []string{ShareWellbeing, ShareWorkload, ShareSupport, ShareAdjust, ShareReflections, ShareAnswers}

// The parts of a meeting that leave no trace in the record, so that people tick them by hand.
const (
	TalkWell    = "well"
	TalkSeen    = "seen"
	TalkReveal  = "reveal"
	TalkSupport = "support"
)

// Talks lists them in the order of the meeting.
var Talks = []string{TalkWell, TalkSeen, TalkReveal, TalkSupport}

// Verdicts are the answers to the three closing questions.
var Verdicts = []string{"yes", "partly", "no"}

// Review is an appraisal or a progress review. It is open until it has a closing date; after that it is only read.
type Review struct {
	ID      string
	On      calendar.Date // the day of the meeting
	Kind    ReviewKind
	With    []safetext.Text // who met with the learner
	Round   string          // ID of the round that it looks at, or ""; see Profile.RoundOf
	Checked []Checked       // the actions of last time and those open when it started, with what came of each
	Actions []string        // IDs of the actions that were set in it
	Agreed  safetext.Text   // what was agreed, in words
	Left    []Left          // what came of what the review before left; it is noted when this one is closed
	Talked  []string        // of Talks: what was ticked by hand

	// Private: they leave the file only where Share names them.
	Wellbeing safetext.Text
	Workload  safetext.Text
	Support   safetext.Text
	Adjust    safetext.Text // reasonable adjustments
	Share     []string      // of Shares

	// The three closing questions, each one of Verdicts or "".
	Clear  string // clear objectives were set
	Helped string // it helped me to do my job better
	Valued string // it left me feeling valued

	Next   calendar.Date // when the next one is due
	Closed calendar.Date
	Hash   string // of the record as it was shared, such as sha256:...
	Kept   Kept   // what that record tells of, as it was then
}

// Checked is what became of one action, as a review found it. ActionOpen means that it is not checked yet.
type Checked struct {
	Action  string
	Outcome ActionStatus
	Reason  safetext.Text // for one that is done what shows it, where that was said
	Before  bool          // it had ended when the review started, so the review only notes it
	Since   bool          // it was set, or taken up again, after the review before
	Next    string        // ID of the action that takes the place of one that is changed, or ""
}

// Names reads names that commas part; what is empty is left out.
func Names(list string) []safetext.Text {
	var out []safetext.Text
	for name := range strings.SplitSeq(list, ",") {
		if t := safetext.New(strings.TrimSpace(name)); !t.Empty() {
			out = append(out, t)
		}
	}
	return out
}

// Shares says whether the learner included one of the private parts in what is shared.
func (r Review) Shares(part string) bool { return slices.Contains(r.Share, part) }

// HasTicked says whether a part of the meeting was ticked by hand.
func (r Review) HasTicked(part string) bool { return slices.Contains(r.Talked, part) }

// OpenReview is the review that is under way: the last one of the list, while it has no closing date.
func (p Profile) OpenReview() (Review, bool) {
	if n := len(p.Reviews); n > 0 && p.Reviews[n-1].Closed.IsZero() {
		return p.Reviews[n-1], true
	}
	return Review{}, false
}

// Meeting says whether others may see or hear what is shown, since a review is under way. What is the learner's alone
// is not shown then unless they say so.
func (p Profile) Meeting() bool {
	_, open := p.OpenReview()
	return open
}

// LastReview is the closed review with the latest day, and false when none is closed.
func (p Profile) LastReview() (Review, bool) {
	var best Review
	found := false
	for _, r := range p.Reviews {
		if !r.Closed.IsZero() && (!found || !r.On.Before(best.On)) {
			best, found = r, true
		}
	}
	return best, found
}

// Review finds a review by its ID.
func (p Profile) Review(id string) (Review, bool) {
	return lists.First(p.Reviews, func(r Review) bool { return r.ID == id })
}

// RoundOf is the round that a review looks at, and false where it looks at none: the one that was open when it started,
// else the first that was opened during it. That round stays the review's, also when it is closed in the meeting and
// another begins.
func (p Profile) RoundOf(r Review) (Round, bool) {
	if round, ok := p.Round(r.Round); ok && (!r.Closed.IsZero() || p.hasOwnRound(r)) {
		return round, true
	}
	if !r.Closed.IsZero() {
		return Round{}, false
	}
	return p.Open()
}

// hasOwnRound says whether an open review has its round. One that was closed before its day is what an older version
// noted in place of none.
func (p Profile) hasOwnRound(r Review) bool {
	round, ok := p.Round(r.Round)
	return ok && (round.Closed.IsZero() || !round.Closed.Before(r.On))
}

// ClosesWith is the round that closes together with an open review: its own, while that is open and holds a rating.
func (p Profile) ClosesWith(r Review) (Round, bool) {
	round, ok := p.RoundOf(r)
	return round, ok && round.Closed.IsZero() && round.begun()
}

// CountUnchecked says how many actions a review has still to check, such as "4 actions of last time and 1 added since".
func (p Profile) CountUnchecked(r Review) string {
	left := p.Unchecked(r)
	since := lists.Count(r.Checked, func(c Checked) bool {
		return c.Since && slices.ContainsFunc(left, func(a Action) bool { return a.ID == c.Action })
	})
	old := words.Count(len(left)-since, "action of last time", "actions of last time")
	switch {
	case since == 0:
		return old
	case since == len(left):
		return words.Count(since, "action added since last time", "actions added since last time")
	}
	return fmt.Sprintf("%s and %d added since", old, since)
}

// Unchecked lists the actions that were open when a review started and are not checked yet. One that is no longer in
// the plan needs no check.
func (p Profile) Unchecked(r Review) []Action {
	var out []Action
	for _, c := range r.Checked {
		if a, _, ok := p.Action(c.Action); ok && c.Outcome == ActionOpen {
			out = append(out, a)
		}
	}
	return out
}

// Pending lists the open actions of active goals. A parked goal's actions were put off when it was parked.
func (p Profile) Pending() []Action {
	return p.openActionsOf(func(g Goal) bool { return g.Status == GoalActive })
}

// soonDays is how many days ahead an action counts as due.
const soonDays = 7

// DueItem is something open in the plan that has a due date: an action of an active goal, or the goal itself.
type DueItem struct {
	Goal   string
	KSB    string // the first KSB of the goal
	Action string // "" if it is the goal itself
	Text   safetext.Text
	Due    calendar.Date
}

// DueSoon lists what is overdue or due within a week, the earliest first, and says how many are overdue. A goal is
// left out while one of its own actions is overdue, since that comes first.
func (p Profile) DueSoon(today calendar.Date) (due []DueItem, overdue int) {
	last := today.AddDays(soonDays)
	for _, g := range p.Goals {
		if g.Status != GoalActive {
			continue
		}
		late, ksb := false, ""
		if len(g.KSBs) > 0 {
			ksb = g.KSBs[0]
		}
		for _, a := range g.OpenActions() {
			late = late || a.Overdue(today)
			if !a.Due.IsZero() && !a.Due.After(last) {
				due = append(due, DueItem{g.ID, ksb, a.ID, a.Text, a.Due})
			}
		}
		if !late && !g.Due.IsZero() && !g.Due.After(last) {
			due = append(due, DueItem{Goal: g.ID, KSB: ksb, Text: g.Text, Due: g.Due})
		}
	}
	sorting.By(due, func(a, b DueItem) int { return a.Due.Compare(b.Due) })
	return due, lists.Count(due, func(x DueItem) bool { return x.Due.Before(today) })
}

// openActionsOf lists the open actions of some goals, in the order of the plan.
func (p Profile) openActionsOf(of func(Goal) bool) []Action {
	var out []Action
	for _, g := range p.Goals {
		if of(g) {
			out = append(out, g.OpenActions()...)
		}
	}
	return out
}

// OpenActions lists the actions of a goal that have not ended.
func (g Goal) OpenActions() []Action {
	return slices.DeleteFunc(slices.Clone(g.Actions), func(a Action) bool { return a.Status != ActionOpen })
}

// NewActions lists the actions that were set, or taken up again, since an open review started. One that takes the place
// of an old one is among them even where its goal is parked or closed, so that the next review asks about it.
func (p Profile) NewActions(r Review) []Action {
	var out []Action
	replaces := func(a Action) bool {
		return slices.ContainsFunc(r.Checked, func(c Checked) bool { return c.Next == a.ID })
	}
	for _, a := range p.openActionsOf(func(Goal) bool { return true }) {
		if _, g, _ := p.Action(a.ID); g.Status != GoalActive && !replaces(a) {
			continue
		}
		if !slices.ContainsFunc(r.Checked,
			func(c Checked) bool { return c.Action == a.ID && c.Outcome == ActionOpen }) {
			out = append(out, a)
		}
	}
	return out
}

// ToggleTalk ticks a part of the meeting that only those who meet can tick, or takes its tick away.
func (r Review) ToggleTalk(part string) EditReview {
	return EditReview{ID: r.ID, Talked: toggled(Talks, r.HasTicked, part)}
}

// ToggleShare includes a private part in what is shared, or leaves it out again.
func (r Review) ToggleShare(part string) EditReview {
	return EditReview{ID: r.ID, Share: toggled(Shares, r.Shares, part)}
}

// toggled lists the words that hold, with one of them switched, in the order of all.
func toggled(all []string, holds func(string) bool, one string) *[]string {
	return new(slices.DeleteFunc(slices.Clone(all), func(x string) bool { return holds(x) == (x == one) }))
}

// ShareName is a private part as people read it.
func ShareName(part string) string {
	if part == ShareAnswers {
		return "closing answers"
	}
	return part
}
