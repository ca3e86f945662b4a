// Package gap turns ratings into gaps: for every KSB the level, the target and what is expected today, ranked by one
// rule whose reasons can be read out. It is pure: the day is handed in, and nothing is stored.
package gap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Row is the state of one KSB today.
type Row struct {
	KSB      standard.KSB
	Place    int // in the walk
	Rated    bool
	Level    level.Level // when Rated; may be level.NoOpportunity
	By       profile.Rater
	On       calendar.Date
	Target   level.Level
	Evidence int           // pieces of any age
	Fresh    int           // of them, those younger than the stale limit
	Newest   calendar.Date // the newest of them; zero where there is none, or none has a date
	Mentor   *level.Level  // the newest of a mentor that the learner may see, where it is not the one that counts
	Aged     *profile.Aged // what was agreed, where the learner has rated it otherwise since

	expected level.Level
	timed    bool // whether expected is known
}

// Expected is the level wanted today, and false when the programme has no start date.
func (r Row) Expected() (level.Level, bool) { return r.expected, r.timed }

// NoOpportunity says whether the post gives no chance to try it.
func (r Row) NoOpportunity() bool { return r.Rated && r.Level == level.NoOpportunity }

func (r Row) scored() bool { return r.Rated && r.Level >= 0 }

// Gap is target minus level; 0 for what is not rated or has no opportunity. It may be negative.
func (r Row) Gap() int {
	if !r.scored() {
		return 0
	}
	return int(r.Target - r.Level)
}

// Behind is expected minus level, and false when it cannot be known. It is negative for a learner who is ahead.
func (r Row) Behind() (int, bool) {
	if !r.scored() || !r.timed {
		return 0, false
	}
	return int(r.expected - r.Level), true
}

// Late says whether the KSB is behind where the month should be.
func (r Row) Late() bool {
	n, ok := r.Behind()
	return ok && n > 0
}

// Claim is the level that is claimed: the one that counts, or a higher one that the learner has given since it was
// agreed.
func (r Row) Claim() level.Level {
	if r.Aged != nil {
		return max(r.Level, r.Aged.Self.Level)
	}
	return r.Level
}

// LevelInWords is the level in words, such as "level 2" or "not rated yet", or where it was agreed and the learner
// has rated it otherwise since, both.
func (r Row) LevelInWords(today calendar.Date) string {
	switch {
	case r.Aged != nil:
		return r.Aged.Words(today)
	case !r.Rated:
		return "not rated yet"
	}
	return r.Level.InWords()
}

// AgainstTarget is the level against the target, and by how much it is behind: "level 2, target 3, 1 behind".
func (r Row) AgainstTarget(today calendar.Date) string {
	says := r.LevelInWords(today) + ", target " + r.Target.String()
	if n, ok := r.Behind(); ok && n > 0 {
		says += fmt.Sprintf(", %d behind", n)
	}
	return says
}

// InFull is the level, the target and what else speaks for the rank of a row, each said once.
func (r *Report) InFull(row Row) string {
	says := row.LevelInWords(r.AsOf) + ", target " + row.Target.String()
	below := belowTarget(row.Gap())
	more := slices.DeleteFunc(r.Reasons(row), func(reason string) bool {
		return reason == below || strings.Contains(says, reason)
	})
	if len(more) > 0 {
		says += ". " + words.Capital(strings.Join(more, ", "))
	}
	return says + "."
}

func belowTarget(n int) string { return fmt.Sprintf("%d below target", n) }

// Unsupported says whether a level of 3 or 4 is claimed without a dated example or other evidence younger than the
// stale limit.
func (r Row) Unsupported() bool { return r.Rated && r.Claim() >= level.Claim && r.Fresh == 0 }

// Stale says whether there is evidence and all of it is older than the stale limit.
func (r Row) Stale() bool { return r.Evidence > 0 && r.Fresh == 0 }

// Strength says whether the target is reached.
func (r Row) Strength() bool { return r.scored() && r.Level >= r.Target }

// Report is the state of every KSB of a standard on one day.
type Report struct {
	Standard    *standard.Standard
	AsOf        calendar.Date
	Month       int // programme month, when Timed
	Length      int // programme months in all, when Timed
	Timed       bool
	StaleMonths int           // months until evidence is stale
	Review      calendar.Date // the review that a plan of today leads to; zero where none is known
	Gateway     calendar.Date // the planned gateway; zero where none is known
	Rows        []Row         // in walk order
	byID        map[string]int
	opened      map[int]bool // duties
	noEvidence  bool         // no evidence is kept for any KSB
	order       func() Order // nil: nothing comes first
}

// Order is what comes first where gaps press alike, each list by the codes of its KSBs.
type Order struct {
	Safety []string // where a mistake hurts somebody
	Field  []string // what the learner's field calls for soonest, the first of it first
	Long   []string // whose evidence takes months
	Last   []string // of meeting patients, which comes late where a field meets none
}

// WithOrder sets what comes first where gaps press alike, and returns the same report. The order is worked out only
// when gaps are put in order, which the first screen often does without.
func (r *Report) WithOrder(order func() Order) *Report {
	r.order = order
	return r
}

// Order is what comes first where gaps press alike.
func (r *Report) Order() Order {
	if r.order == nil {
		return Order{}
	}
	return r.order()
}

// Compute works out the report of a profile on a day.
func Compute(std *standard.Standard, scale *level.Scale, p profile.Profile, today calendar.Date) *Report {
	r := &Report{
		Standard: std, AsOf: today, Review: p.ReviewAhead(), Gateway: p.GatewayDate(),
		byID:   make(map[string]int, len(std.Walk())),
		opened: map[int]bool{},
	}
	r.Month, r.Timed = p.Month(today)
	r.Length, _ = p.Length()
	curve := p.Curve
	if curve.IsZero() {
		curve = scale.Curve
	}
	r.StaleMonths = p.Settings.StaleMonths()
	evidence, fresh, newest := map[string]int{}, map[string]int{}, map[string]calendar.Date{}
	for _, e := range p.Evidence {
		young := e.Fresh(today, r.StaleMonths)
		for _, id := range e.KSBs {
			evidence[id]++
			if e.On.After(newest[id]) {
				newest[id] = e.On
			}
			if young {
				fresh[id]++
			}
		}
	}
	for i, id := range std.Walk() {
		k, _ := std.KSB(id)
		row := Row{
			KSB: k, Place: i, Target: scale.Target, Evidence: evidence[id], Fresh: fresh[id], Newest: newest[id],
			timed: r.Timed,
		}
		if t, ok := p.Targets[id]; ok {
			row.Target = t
		}
		if x, by, ok := p.Level(id); ok {
			row.Rated, row.Level, row.By, row.On = true, x.Level, by, x.On
		}
		if row.By == profile.Agreed {
			if x, ok := p.Aged(id); ok {
				row.Aged = &x
			}
		} else if x, ok := p.Newest(id, profile.Mentor); ok {
			row.Mentor = &x.Level
		}
		row.expected = curve.Expected(row.Target, r.Month, r.Length)
		r.byID[id] = i
		r.Rows = append(r.Rows, row)
		if row.Rated {
			r.opened[k.Duties[0]] = true
		}
	}
	r.noEvidence = len(evidence) == 0
	return r
}

// Opened says whether the learner has rated anything in a duty: a KSB that the walk first meets there. Behaviours that
// were rated in another duty say nothing about this one yet.
func (r *Report) Opened(duty int) bool { return r.opened[duty] }

// WithoutEvidence says whether there is no evidence for any KSB, so that it tells no row from another.
func (r *Report) WithoutEvidence() bool { return r.noEvidence }

// Row is the row of one KSB.
func (r *Report) Row(id string) (Row, bool) {
	i, ok := r.byID[id]
	if !ok {
		return Row{}, false
	}
	return r.Rows[i], true
}

// rank is the one rule of order, for sorting.By: first what is most behind, then the largest gap, then what has no
// evidence, then more duties, then walk order. If the month is unknown nothing counts as behind.
func rank(a, b Row) int {
	behindA, _ := a.Behind()
	behindB, _ := b.Behind()
	return cmp.Or(cmp.Compare(behindB, behindA),
		cmp.Compare(b.Gap(), a.Gap()), cmp.Compare(min(a.Evidence, 1), min(b.Evidence, 1)),
		cmp.Compare(len(b.KSB.Duties), len(a.KSB.Duties)), cmp.Compare(a.Place, b.Place))
}

// RankRule is that order in words, for the screen that shows the order.
const RankRule = "most behind for the month first, then the largest gap to target, then no evidence, then in more " +
	"duties, then duty order"

func (r *Report) where(keep func(Row) bool) []Row {
	var at []int // rows are large: to copy them as the list grows would cost twice what it holds, for each key on Gaps
	for i, row := range r.Rows {
		if keep(row) {
			at = append(at, i)
		}
	}
	out := make([]Row, len(at))
	for i, n := range at {
		out[i] = r.Rows[n]
	}
	return out
}

// Gaps are the rated KSBs below target, in rank order.
func (r *Report) Gaps() []Row {
	out := r.where(func(x Row) bool { return x.Gap() > 0 })
	sorting.By(out, rank)
	return out
}

// NoOpportunity are the KSBs that the post gives no chance to try, in walk order.
func (r *Report) NoOpportunity() []Row { return r.where(Row.NoOpportunity) }

// Aged are the KSBs that the learner has rated otherwise since a level was agreed, in walk order.
func (r *Report) Aged() []Row { return r.where(func(x Row) bool { return x.Aged != nil }) }

// Unsupported are the claims of 3 or 4 without a recent example, in walk order.
func (r *Report) Unsupported() []Row { return r.where(Row.Unsupported) }

// Strengths are the KSBs at or above target, the highest and best supported first.
func (r *Report) Strengths() []Row {
	out := r.where(Row.Strength)
	sorting.By(out, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Level-b.Target, a.Level-a.Target), cmp.Compare(b.Level, a.Level),
			cmp.Compare(min(b.Evidence, 1), min(a.Evidence, 1)))
	})
	return out
}

// FirstUnrated is the first of some KSBs, such as those of a duty, that is not rated, or else the first of all.
func (r *Report) FirstUnrated(ksbs []string) string {
	for _, id := range ksbs {
		if row, _ := r.Row(id); !row.Rated {
			return id
		}
	}
	return ksbs[0]
}

// Unrated are the KSBs that have no rating that counts, in walk order.
func (r *Report) Unrated() []Row { return r.where(func(x Row) bool { return !x.Rated }) }

// Tally counts the rows of a duty, or of all for duty 0.
type Tally struct {
	Rated, Total, Behind, Below, Met, NoOpportunity int
	Levels                                          [level.Max + 1]int
}

// Tally counts. A behaviour counts in every duty that it belongs to, once that duty has been opened.
func (r *Report) Tally(duty int) Tally {
	var t Tally
	for _, row := range r.Rows {
		if duty != 0 && !slices.Contains(row.KSB.Duties, duty) {
			continue
		}
		t.Total++
		if duty != 0 && !r.Opened(duty) {
			continue
		}
		if row.Rated {
			t.Rated++
		}
		if row.Late() {
			t.Behind++
		}
		if row.Gap() > 0 {
			t.Below++
		}
		if row.Strength() {
			t.Met++
		}
		if row.NoOpportunity() {
			t.NoOpportunity++
		}
		if row.scored() {
			t.Levels[row.Level]++
		}
	}
	return t
}

// Reasons explain the rank of a row: each part of the rank rule that speaks for it, in its order, then an agreement
// that the learner has rated otherwise since, and last what the mentor sees otherwise. That there is no evidence tells
// no gap from another where there is none for any KSB, unless a level is claimed that wants some.
func (r *Report) Reasons(row Row) []string { return r.ReasonsFor(row, "you say", "your mentor") }

// ReasonsFor are Reasons with other words for "you say" and "your mentor", for what others read.
func (r *Report) ReasonsFor(row Row, says, mentor string) []string {
	var out []string
	switch n, ok := row.Behind(); {
	case ok && n > 0:
		out = append(out, fmt.Sprintf("%d behind where month %d should be", n, r.Month))
	case ok && row.Gap() > 0:
		out = append(out, fmt.Sprintf("on track for month %d", r.Month))
	}
	if n := row.Gap(); n > 0 {
		out = append(out, belowTarget(n))
	}
	if row.Aged != nil {
		out = append(out, row.Aged.Said(says, r.AsOf))
	}
	switch {
	case row.Evidence == 0 && (!r.noEvidence || row.Gap() <= 0 || row.Unsupported()):
		out = append(out, "no evidence")
	case row.Stale():
		out = append(out, "evidence "+r.older())
	}
	if n := len(row.KSB.Duties); n > 1 {
		out = append(out, fmt.Sprintf("in %d duties", n))
	}
	if row.Mentor != nil && *row.Mentor >= 0 && row.scored() && *row.Mentor != row.Level {
		out = append(out, mentorReason(mentor, int(*row.Mentor)-int(row.Level)))
	}
	return out
}

// ClaimsInWords counts claims that are unsupported.
func ClaimsInWords(n int) string {
	return words.Count(n, "claim", "claims") + " without a recent example"
}

// EvidenceProblem says what is wrong with the evidence for a claim: there is none, or all of it is too old, with the
// day of the newest. It is "" where some is recent.
func (r *Report) EvidenceProblem(row Row) string {
	switch {
	case row.Fresh > 0:
		return ""
	case row.Evidence == 0:
		return "no example yet"
	case row.Newest.IsZero():
		return "its evidence has no date"
	}
	return "its evidence is " + r.older() + " (" + row.Newest.Long() + ")"
}

func (r *Report) older() string { return "older than " + words.Count(r.StaleMonths, "month", "months") }

func mentorReason(mentor string, diff int) string {
	word := "higher"
	if diff < 0 {
		diff, word = -diff, "lower"
	}
	return fmt.Sprintf("%s sees it %d %s", mentor, diff, word)
}

// Summary is where a learner is with all KSBs, in one sentence.
func (r *Report) Summary() string {
	all := r.Tally(0)
	l := r.Standard.Reference + " on " + r.AsOf.Long()
	if r.Timed {
		l += fmt.Sprintf(", month %d of %d", r.Month, r.Length)
	}
	const untimed = " No start date is set, so what is expected by now is not known."
	switch { // without a rating, nothing is known to be behind or below
	case all.Rated == 0 && r.Timed:
		return l + ". Nothing is rated yet."
	case all.Rated == 0:
		return l + ". Nothing is rated yet." + untimed
	}
	l += fmt.Sprintf(": %d of %d rated", all.Rated, all.Total)
	below := fmt.Sprintf("%d below target", all.Below)
	if r.Timed {
		return l + fmt.Sprintf(", %d behind where month %d should be, %s.", all.Behind, r.Month, below)
	}
	return l + ", " + below + "." + untimed
}

// DutyHeat is one row of the map of duties and kinds.
type DutyHeat struct {
	Duty  int
	Kinds [3]Heat // in the order of standard.Kinds
}

// Heat counts the KSBs of one kind in one duty.
type Heat struct{ Total, Rated, Below, Behind int }

// Heat counts by duty and kind. A behaviour counts in every duty that it stands in, once that one was opened.
func (r *Report) Heat() []DutyHeat {
	out := make([]DutyHeat, len(r.Standard.Duties))
	for i, d := range r.Standard.Duties {
		out[i].Duty = d.Number
		for _, id := range d.KSBs {
			row, ok := r.Row(id)
			if !ok {
				continue
			}
			kind := row.KSB.Kind
			if !r.Opened(d.Number) {
				row = Row{}
			}
			out[i].Kinds[slices.Index(standard.Kinds, kind)].add(row)
		}
	}
	return out
}

func (x *Heat) add(row Row) {
	x.Total++
	if row.Rated {
		x.Rated++
	}
	if row.Gap() > 0 {
		x.Below++
	}
	if row.Late() {
		x.Behind++
	}
}

// Words say how many of those rated are behind, or below target where the month is not known: "1 of 7 behind, 3 below".
// They are "not rated" where none is, and "" where there is no KSB.
func (x Heat) Words(timed bool) string {
	switch {
	case x.Total == 0:
		return ""
	case x.Rated == 0:
		return "not rated"
	case !timed:
		return fmt.Sprintf("%d of %d below", x.Below, x.Rated)
	case x.Below > 0:
		return fmt.Sprintf("%d of %d behind, %d below", x.Behind, x.Rated, x.Below)
	}
	return fmt.Sprintf("%d of %d behind", x.Behind, x.Rated)
}

// Sum adds the kinds up.
func (d DutyHeat) Sum() (all Heat) {
	for _, x := range d.Kinds {
		all.Total += x.Total
		all.Rated += x.Rated
		all.Below += x.Below
		all.Behind += x.Behind
	}
	return all
}
