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
	Duty    int         // in which it is rated: the first of its duties
	Behind  int         // how far behind where the month should be; 0 when it is not
	Changed bool        // new evidence since it was rated
	Aged    bool        // agreed, and rated otherwise by the learner since
	Stale   bool        // rated longer ago than the stale limit
	Rated   bool        // false: never rated, and so due
	Last    level.Level // the level that counts, when Rated
	By      profile.Rater
	Words   string // such as "1 behind where month 14 should be, new evidence since 28 Sep 2025"
}

// Due lists the KSBs to rate first in a round. Each was neither rated nor agreed in the open round, and is behind, was
// agreed and rated otherwise since, has new evidence, was last rated longer ago than the limit of the report, or was
// never rated. They are grouped by duty, because related KSBs are easier to rate together: first the duty of the KSB
// that is furthest behind, then the other reasons in the order above. Those never rated come last, in walk order. Every
// other KSB can still be rated.
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

// dutiesByNeed lists the duties of the KSBs that are due, the one that is furthest behind first.
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

// Codes are the codes of the KSBs that are due, in the same order.
func Codes(due []Forward) []string {
	return lists.Each(due, func(f Forward) string { return f.KSB })
}

// Rest lists the KSBs that are not in the open round yet, in walk order: what is left when all that was due is rated. A
// first round has no such list, since there nothing is left that was not due.
func Rest(r *gap.Report, p profile.Profile) []string {
	open, ok := p.Open()
	if !ok || len(p.Rounds) < 2 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Standard.Walk()), open.Holds)
}

// RestSays says how many are left, and that they may be.
func RestSays(n int) string {
	return words.Count(n, "more is", "more are") + " not rated in this round. You can leave " +
		words.Form(n, "it", "these") + " for another day, or carry on duty by duty."
}

// NewestEvidence is the day of the newest evidence of each KSB.
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
	var words []string
	if n, _ := row.Behind(); row.Late() {
		f.Behind = n
		words = append(words, fmt.Sprintf("%d behind where month %d should be", n, r.Month))
	}
	if f.Aged = row.Aged != nil; f.Aged {
		words = append(words, row.Aged.Words(r.AsOf))
	}
	if f.Changed = evidence.After(on); f.Changed {
		words = append(words, "new evidence since "+on.Long())
	}
	if f.Stale = !on.AddMonths(r.StaleMonths).After(r.AsOf); f.Stale {
		words = append(words, "last rated on "+on.Long())
	}
	f.Words = strings.Join(words, ", ")
	return f
}

// reasonOrder orders the duties that are equally behind, by the reason why a KSB is due.
func (f Forward) reasonOrder() int {
	switch {
	case f.Changed, f.Aged:
		return 0
	case f.Stale:
		return 1
	}
	return 2
}

// Background is what the record holds that helps a learner to rate a KSB again, each in a line of words; "" where there
// is nothing. Never show it to a mentor, whose rating is to be independent.
type Background struct {
	Note     string // the learner's newest note on it: "7 Sep: I go quiet when the list runs late"
	Agreed   string // why a level was agreed: "1 with J. Ode on 13 Sep: names the checks"
	Mentor   string // what a mentor last said, once the learner may see it: "J. Ode on 11 Sep: 2 Supported, thanked us"
	Evidence string // what a level rests on: "2 examples, the newest on 14 Jan: the team case"
}

// BackgroundOf gathers it.
func BackgroundOf(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) Background {
	var b Background
	var noted calendar.Date
	for _, r := range p.Rounds {
		if x, ok := r.Ratings[profile.Self][ksb]; ok && !x.Note.Empty() && !x.On.Before(noted) {
			noted, b.Note = x.On, x.On.Near(today)+": "+x.Note.Line()
		}
	}
	agreed, byBoth := p.Newest(ksb, profile.Agreed)
	if byBoth && !agreed.Reason.Empty() {
		b.Agreed = agreed.Level.Figure() + agreed.By.After(" with ") + " on " + agreed.On.Near(today) +
			agreed.Reason.After(": ")
	}
	// An agreement takes the place of what came before it.
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

// Last says in words which level counts for a KSB before it is rated again: "last time 2 Supported", or where one was
// agreed "agreed 1 Aware on 25 Nov (you say 0)". It is "" for a KSB that the learner rates for the first time. Never
// show it to a mentor, whose rating is to be independent.
func Last(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) string {
	agreed, by, ok := p.Level(ksb)
	if !ok || by != profile.Agreed {
		if before, ok := p.Before(ksb, profile.Self); ok {
			return "last time " + scale.Named(before.Level)
		}
		return ""
	}
	words := fmt.Sprintf("agreed %s on %s", scale.Named(agreed.Level), agreed.On.Near(today))
	self, ok := p.Newest(ksb, profile.Self)
	switch {
	case !ok || self.Level == agreed.Level:
		return words
	case self.On.After(agreed.On):
		return words + fmt.Sprintf(" (you say %s now)", self.Level.Figure())
	}
	return words + fmt.Sprintf(" (you say %s)", self.Level.Figure())
}

// What learner and mentor are asked, wherever they are.
const (
	AskReason  = "One sentence: where it was, what was seen."
	AskDecides = "What would decide it, and by when?"
)

// Covered is said to a mentor of their own rating of an earlier visit, which the two have not looked at yet.
func Covered(on calendar.Date) string {
	return "You rated it on " + on.Short() +
		". That stays covered until you both look; a level given now takes its place."
}
