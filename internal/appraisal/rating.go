package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Forward is a KSB that is due to be rated in a round, and why.
type Forward struct {
	KSB     string
	Duty    int         // where to rate it: the first of its duties
	Behind  int         // how many levels behind what is expected; 0 if it is not
	Changed bool        // new evidence since it was rated
	Aged    bool        // the learner has rated it differently since it was agreed
	Stale   bool        // last rated more than Report.StaleMonths ago
	Rated   bool        // false if it was never rated, which makes it due too
	Last    level.Level // the level that counts, if Rated
	By      profile.Rater
	Words   string // the reasons, such as "1 behind where month 14 should be, new evidence since 28 Sep 2025"
}

// Due lists the KSBs to rate first in a round; the learner can still rate every other. A KSB is due if it was neither
// rated nor agreed in the open round, and is behind, was rated differently since it was agreed, has new evidence, was
// last rated too long ago, or was never rated.
//
// They are grouped by duty, because related KSBs are easier to rate together. The duty of the KSB furthest behind comes
// first, and the other reasons follow in the order above. Those never rated come last, in walk order.
func Due(r *gap.Report, p profile.Profile) []Forward {
	open, _ := p.Open()
	fresh := NewestEvidence(p)
	var out []Forward
	for _, row := range r.Rows {
		if open.Holds(row.KSB.ID) {
			continue
		}
		if f := forward(r, p, row, fresh[row.KSB.ID]); f.Words != "" {
			out = append(out, f)
		}
	}
	first := lists.Where(out, func(f Forward) bool { return f.Rated })
	duties := dutiesByNeed(first)
	sorting.By(first, func(a, b Forward) int {
		return cmp.Compare(slices.Index(duties, a.Duty), slices.Index(duties, b.Duty))
	})
	return append(first, lists.Where(out, func(f Forward) bool { return !f.Rated })...)
}

// dutiesByNeed lists the duties of the KSBs that are due, the most pressing first.
func dutiesByNeed(due []Forward) []int {
	due = slices.Clone(due)
	sorting.By(due, func(a, b Forward) int {
		return cmp.Or(cmp.Compare(b.Behind, a.Behind), cmp.Compare(a.reasonOrder(), b.reasonOrder()))
	})
	var out []int
	for _, f := range due {
		if !slices.Contains(out, f.Duty) {
			out = append(out, f.Duty)
		}
	}
	return out
}

// Codes lists the IDs of the KSBs that are due, in the same order.
func Codes(due []Forward) []string {
	return lists.Each(due, func(f Forward) string { return f.KSB })
}

// Rest lists the KSBs without a rating in the open round, in walk order: what is left once everything due is rated. It
// is nil in a first round, in which every KSB is due.
func Rest(r *gap.Report, p profile.Profile) []string {
	open, ok := p.Open()
	if !ok || len(p.Rounds) < 2 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Standard.Walk()), open.Holds)
}

// RestSays tells the learner how many are left, and that they can wait.
func RestSays(n int) string {
	return words.Count(n, "more is", "more are") + " not rated in this round. You can leave " +
		words.Form(n, "it", "these") + " for another day, or carry on duty by duty."
}

// NewestEvidence is the day of the newest evidence for each KSB that has any.
func NewestEvidence(p profile.Profile) map[string]calendar.Date {
	out := map[string]calendar.Date{}
	for _, e := range p.Evidence {
		for _, id := range e.KSBs {
			if e.On.After(out[id]) {
				out[id] = e.On
			}
		}
	}
	return out
}

// forward is the entry for a KSB whose newest evidence is from the given day. Its Words are empty if it is not due.
func forward(r *gap.Report, p profile.Profile, row gap.Row, evidence calendar.Date) Forward {
	f := Forward{KSB: row.KSB.ID, Duty: row.KSB.Duties[0], Rated: row.Rated, Last: row.Level, By: row.By}
	if !f.Rated {
		f.Words = "not rated yet"
		return f
	}
	on := row.On
	if self, ok := p.Newest(row.KSB.ID, profile.Self); ok && self.On.After(on) {
		on = self.On
	}
	var reasons []string
	if row.Late() {
		f.Behind, _ = row.Behind()
		reasons = append(reasons, fmt.Sprintf("%d behind where month %d should be", f.Behind, r.Month))
	}
	if row.Aged != nil {
		f.Aged = true
		reasons = append(reasons, row.Aged.Words(r.AsOf))
	}
	if evidence.After(on) {
		f.Changed = true
		reasons = append(reasons, "new evidence since "+on.Long())
	}
	if !on.AddMonths(r.StaleMonths).After(r.AsOf) {
		f.Stale = true
		reasons = append(reasons, "last rated on "+on.Long())
	}
	f.Words = strings.Join(reasons, ", ")
	return f
}

// reasonOrder puts KSBs that are equally far behind in the order of their other reasons.
func (f Forward) reasonOrder() int {
	switch {
	case f.Changed, f.Aged:
		return 0
	case f.Stale:
		return 1
	}
	return 2
}

// Background helps a learner to rate a KSB again with what the record holds about it, each in one line, or "". Never
// show it to a mentor, who must rate independently.
type Background struct {
	Note     string // the learner's newest note: "7 Sep: I go quiet when the list runs late"
	Agreed   string // why a level was agreed: "1 with J. Ode on 13 Sep: names the checks"
	Mentor   string // what a mentor last said, if the learner may see it: "J. Ode on 11 Sep: 2 Supported, thanked us"
	Evidence string // the evidence: "2 examples, the newest on 14 Jan: the team case"
}

// BackgroundOf gathers the background of a KSB.
func BackgroundOf(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) Background {
	var b Background
	var noted calendar.Date
	for _, r := range p.Rounds {
		if x, ok := r.Ratings[profile.Self][ksb]; ok && !x.Note.Empty() && !x.On.Before(noted) {
			noted = x.On
			b.Note = x.On.Near(today) + ": " + x.Note.Line()
		}
	}
	agreed, byBoth := p.Newest(ksb, profile.Agreed)
	if byBoth && !agreed.Reason.Empty() {
		b.Agreed = agreed.Level.Figure() + agreed.By.After(" with ") + " on " + agreed.On.Near(today) +
			agreed.Reason.After(": ")
	}
	// an agreement replaces what the mentor said before it
	if x, ok := p.Newest(ksb, profile.Mentor); ok && (!byBoth || x.On.After(agreed.On)) {
		b.Mentor = x.By.Or("your mentor") + " on " + x.On.Near(today) + ": " + scale.Named(x.Level) + x.Note.After(", ")
	}
	if e, ok := newestFor(p, ksb); ok {
		b.Evidence = fmt.Sprintf("%s: %s", e.On.Near(today), e.Title.Line())
		if n := len(p.EvidenceFor(ksb)); n > 1 {
			b.Evidence = words.Count(n, "example", "examples") + ", the newest on " + b.Evidence
		}
	}
	return b
}

// Last says what counts for a KSB before the learner rates it again: "last time 2 Supported", or if a level was agreed,
// "agreed 1 Aware on 25 Nov (you say 0)". It is "" if the learner rates it for the first time. Never show it to a
// mentor, who must rate independently.
func Last(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) string {
	agreed, by, ok := p.Level(ksb)
	if !ok || by != profile.Agreed {
		if before, ok := p.Before(ksb, profile.Self); ok {
			return "last time " + scale.Named(before.Level)
		}
		return ""
	}
	text := fmt.Sprintf("agreed %s on %s", scale.Named(agreed.Level), agreed.On.Near(today))
	self, ok := p.Newest(ksb, profile.Self)
	switch {
	case !ok || self.Level == agreed.Level:
		return text
	case self.On.After(agreed.On):
		return text + fmt.Sprintf(" (you say %s now)", self.Level.Figure())
	}
	return text + fmt.Sprintf(" (you say %s)", self.Level.Figure())
}

// Questions to learner and mentor, shared by every place that asks.
const (
	AskReason  = "One sentence: where it was, what was seen."
	AskDecides = "What would decide it, and by when?"
)

// Covered tells a mentor about their own rating from an earlier visit, which the two have not looked at together yet.
func Covered(on calendar.Date) string {
	return "You rated it on " + on.Short() +
		". That stays covered until you both look; a level given now takes its place."
}
