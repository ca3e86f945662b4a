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

// ReviewKind is the kind of meeting that a review is.
type ReviewKind string

// The kinds of review.
const (
	ReviewProgress  ReviewKind = "progress"  // every quarter
	ReviewAppraisal ReviewKind = "appraisal" // every year
	ReviewGateway   ReviewKind = "gateway"   // the last one before gateway
)

// ReviewKinds lists the kinds of review.
var ReviewKinds = []ReviewKind{ReviewProgress, ReviewAppraisal, ReviewGateway}

// Name is the kind of review in a heading, such as "Progress review".
func (k ReviewKind) Name() string {
	switch k {
	case ReviewAppraisal:
		return "Appraisal"
	case ReviewGateway:
		return "Gateway review"
	}
	return "Progress review"
}

// The private parts of a review that the learner may choose to include in the record that is shared.
const (
	ShareWellbeing   = "wellbeing"
	ShareWorkload    = "workload"
	ShareSupport     = "support"
	ShareAdjust      = "adjustments"
	ShareReflections = "reflections"
	ShareAnswers     = "answers" // to the three closing questions
)

// Shares lists the parts that may be shared.
var Shares = []string{ShareWellbeing, ShareWorkload, ShareSupport, ShareAdjust, ShareReflections, ShareAnswers}

// The parts of a meeting that people tick by hand, since the program cannot tell whether they were talked about.
const (
	TalkWell    = "well"
	TalkSeen    = "seen"
	TalkReveal  = "reveal"
	TalkSupport = "support"
)

// Talks lists the parts that are ticked by hand, in the order of the meeting.
var Talks = []string{TalkWell, TalkSeen, TalkReveal, TalkSupport}

// Verdicts are the answers to the three closing questions.
var Verdicts = []string{"yes", "partly", "no"}

// Review is an appraisal or a progress review. It is open until it has a closing date; after that it never changes.
type Review struct {
	ID      string
	On      calendar.Date // the day of the meeting
	Kind    ReviewKind
	With    []safetext.Text // who met with the learner
	Round   string          // ID of its round, or ""; see Profile.RoundOf
	Checked []Checked       // the actions of last time and others open when it started, with what became of each
	Actions []string        // IDs of the actions that were set in it, noted when it is closed
	Agreed  safetext.Text   // what was agreed, in words
	Left    []Left          // what came of what the review before left open, noted when this one is closed
	Talked  []string        // the Talks that were ticked

	// Private notes: they are shown to others only if Share names them.
	Wellbeing safetext.Text
	Workload  safetext.Text
	Support   safetext.Text
	Adjust    safetext.Text // reasonable adjustments
	Share     []string      // the Shares that the learner includes in the record

	// The three closing questions, each one of Verdicts or "".
	Clear  string // clear objectives were set
	Helped string // it helped me to do my job better
	Valued string // it left me feeling valued

	Next   calendar.Date // when the next one is due
	Closed calendar.Date
	Hash   string // the check code of the record as it was shared, such as sha256:...
	Kept   Kept   // a copy of what that record mentions
}

// Checked is what a review says became of one action.
type Checked struct {
	Action  string        // its ID
	Outcome ActionStatus  // ActionOpen until it is checked
	Reason  safetext.Text // if it is done, what shows that, which may be empty
	Before  bool          // it had ended before the review started, so the review only notes it
	Since   bool          // it was added, or taken up again, after the review before
	Next    string        // for ActionChanged, ID of the action that replaces it, or ""
}

// Names reads names with commas between them.
func Names(list string) []safetext.Text {
	var out []safetext.Text
	for name := range strings.SplitSeq(list, ",") {
		if t := safetext.New(strings.TrimSpace(name)); !t.Empty() {
			out = append(out, t)
		}
	}
	return out
}

// Shares says whether the learner includes a private part in the record that is shared.
func (r Review) Shares(part string) bool { return slices.Contains(r.Share, part) }

// HasTicked says whether a part of the meeting is ticked.
func (r Review) HasTicked(part string) bool { return slices.Contains(r.Talked, part) }

// OpenReview is the review that is under way: the last one, if it has no closing date.
func (p Profile) OpenReview() (Review, bool) {
	if n := len(p.Reviews); n > 0 && p.Reviews[n-1].Closed.IsZero() {
		return p.Reviews[n-1], true
	}
	return Review{}, false
}

// Meeting says whether a review is under way, so that others may see the screen. Private things are then not shown
// unless the learner asks for them.
func (p Profile) Meeting() bool {
	_, open := p.OpenReview()
	return open
}

// LastReview is the closed review with the latest day, and false if none is closed.
func (p Profile) LastReview() (Review, bool) {
	var last Review
	found := false
	for _, r := range p.Reviews {
		if !r.Closed.IsZero() && (!found || !r.On.Before(last.On)) {
			last, found = r, true
		}
	}
	return last, found
}

// Review finds a review by its ID.
func (p Profile) Review(id string) (Review, bool) {
	return lists.First(p.Reviews, func(r Review) bool { return r.ID == id })
}

// RoundOf is the round that a review is about, and false if there is none: the round that was open when the review
// started, else the first that was opened during it. It stays the round of the review even if it is closed during the
// meeting and another is opened.
func (p Profile) RoundOf(r Review) (Round, bool) {
	if round, ok := p.Round(r.Round); ok && (!r.Closed.IsZero() || p.hasOwnRound(r)) {
		return round, true
	}
	if !r.Closed.IsZero() {
		return Round{}, false
	}
	return p.Open()
}

// hasOwnRound says whether an open review has a round. If that was closed before the day of the review, an older
// version of the program wrote it there for want of another, so it does not count.
func (p Profile) hasOwnRound(r Review) bool {
	round, ok := p.Round(r.Round)
	return ok && (round.Closed.IsZero() || !round.Closed.Before(r.On))
}

// ClosesWith is the round that would close together with an open review: its own, if that is open and has a rating.
func (p Profile) ClosesWith(r Review) (Round, bool) {
	round, ok := p.RoundOf(r)
	return round, ok && round.Closed.IsZero() && round.begun()
}

// CountUnchecked says how many actions a review still has to check: "4 actions of last time and 1 added since".
func (p Profile) CountUnchecked(r Review) string {
	unchecked := p.Unchecked(r)
	since := lists.Count(r.Checked, func(c Checked) bool {
		return c.Since && slices.ContainsFunc(unchecked, func(a Action) bool { return a.ID == c.Action })
	})
	old := words.Count(len(unchecked)-since, "action of last time", "actions of last time")
	switch {
	case since == 0:
		return old
	case since == len(unchecked):
		return words.Count(since, "action added since last time", "actions added since last time")
	}
	return fmt.Sprintf("%s and %d added since", old, since)
}

// Unchecked lists the actions that were open when a review started and are not checked yet. An action that is not in
// the plan any more needs no check.
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

// openActionsOf lists the open actions of the goals that match, in the order of the plan.
func (p Profile) openActionsOf(match func(Goal) bool) []Action {
	var out []Action
	for _, g := range p.Goals {
		if match(g) {
			out = append(out, g.OpenActions()...)
		}
	}
	return out
}

// OpenActions lists the open actions of the goal. The list is a copy.
func (g Goal) OpenActions() []Action {
	return slices.DeleteFunc(slices.Clone(g.Actions), func(a Action) bool { return a.Status != ActionOpen })
}

// NewActions lists the actions of active goals that were set, or taken up again, since an open review started. An
// action that replaces an old one is listed even if its goal is parked or closed, so that the next review asks about
// it.
func (p Profile) NewActions(r Review) []Action {
	var out []Action
	for _, g := range p.Goals {
		for _, a := range g.OpenActions() {
			replaces := slices.ContainsFunc(r.Checked, func(c Checked) bool { return c.Next == a.ID })
			unchecked := slices.ContainsFunc(r.Checked,
				func(c Checked) bool { return c.Action == a.ID && c.Outcome == ActionOpen })
			if (g.Status == GoalActive || replaces) && !unchecked {
				out = append(out, a)
			}
		}
	}
	return out
}

// ToggleTalk ticks a part of the meeting, or removes its tick.
func (r Review) ToggleTalk(part string) EditReview {
	return EditReview{ID: r.ID, Talked: toggled(Talks, r.HasTicked, part)}
}

// ToggleShare includes a private part in the record that is shared, or leaves it out again.
func (r Review) ToggleShare(part string) EditReview {
	return EditReview{ID: r.ID, Share: toggled(Shares, r.Shares, part)}
}

// toggled lists, in the order of all, the words that are on, with one of them switched.
func toggled(all []string, isOn func(string) bool, switched string) *[]string {
	return new(slices.DeleteFunc(slices.Clone(all), func(x string) bool { return isOn(x) == (x == switched) }))
}

// ShareName is the name of a private part for people, such as "closing answers".
func ShareName(part string) string {
	if part == ShareAnswers {
		return "closing answers"
	}
	return part
}
