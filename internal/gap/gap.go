// Package gap turns ratings into gaps: for every KSB the level, the target and what is expected today, ranked by one
// rule that can give its reasons in words. It is pure: the caller passes today's date, and nothing is stored. What to
// do about a gap is not decided here but in package plan.
package gap

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Row is the state of one KSB today.
type Row struct {
	KSB      standard.KSB
	Place    int         // in walk order, from 0
	Rated    bool        // by the learner or in an agreement; a mentor's rating alone does not count
	Level    level.Level // if Rated; may be level.NoOpportunity
	By       profile.Rater
	On       calendar.Date
	Target   level.Level
	Evidence int           // pieces of evidence of any age
	Fresh    int           // how many of them are younger than Report.StaleMonths
	Newest   calendar.Date // of the newest piece of evidence; zero if there is none, or none has a date
	Mentor   *level.Level  // the mentor's newest level that the learner may see; nil if a level was agreed
	Aged     *profile.Aged // set if the level was agreed and the learner has rated it differently since

	expected level.Level
	timed    bool // whether expected is known
}

// Expected is the level wanted today, and false when the programme has no start date.
func (r Row) Expected() (level.Level, bool) { return r.expected, r.timed }

// NoOpportunity reports whether the KSB was rated "no opportunity": the post gives no chance to try it.
func (r Row) NoOpportunity() bool { return r.Rated && r.Level == level.NoOpportunity }

// scored reports whether the row has a level from 0 to 4.
func (r Row) scored() bool { return r.Rated && r.Level >= 0 }

// Gap is target minus level, and 0 for a KSB that is not rated or has no opportunity. It is negative above the target.
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

// Late reports whether the KSB is behind what is expected by today.
func (r Row) Late() bool {
	n, ok := r.Behind()
	return ok && n > 0
}

// Claim is the highest level claimed: the one that counts, or a higher one that the learner has given since that was
// agreed.
func (r Row) Claim() level.Level {
	if r.Aged != nil {
		return max(r.Level, r.Aged.Self.Level)
	}
	return r.Level
}

// LevelInWords is the level in words, such as "level 2" or "not rated yet". If the learner has rated it differently
// since a level was agreed, it gives both.
func (r Row) LevelInWords(today calendar.Date) string {
	switch {
	case r.Aged != nil:
		return r.Aged.Words(today)
	case !r.Rated:
		return "not rated yet"
	}
	return r.Level.InWords()
}

// AgainstTarget gives the level, the target, and how far behind it is: "level 2, target 3, 1 behind".
func (r Row) AgainstTarget(today calendar.Date) string {
	says := r.LevelInWords(today) + ", target " + r.Target.String()
	if n, ok := r.Behind(); ok && n > 0 {
		says += fmt.Sprintf(", %d behind", n)
	}
	return says
}

// InFull gives the level, the target and the other reasons for the rank of a row. Nothing is said twice.
func (r *Report) InFull(row Row) string {
	text := row.LevelInWords(r.AsOf) + ", target " + row.Target.String()
	below := belowTarget(row.Gap())
	reasons := slices.DeleteFunc(r.Reasons(row), func(reason string) bool {
		return reason == below || strings.Contains(text, reason)
	})
	if len(reasons) > 0 {
		text += ". " + words.Capital(strings.Join(reasons, ", "))
	}
	return text + "."
}

func belowTarget(n int) string { return fmt.Sprintf("%d below target", n) }

// Unsupported reports whether a level of 3 or 4 is claimed without evidence, such as a dated example, that is younger
// than Report.StaleMonths.
func (r Row) Unsupported() bool { return r.Rated && r.Claim() >= level.Claim && r.Fresh == 0 }

// Stale reports whether there is evidence, but none younger than Report.StaleMonths.
func (r Row) Stale() bool { return r.Evidence > 0 && r.Fresh == 0 }

// Strength reports whether the target is reached.
func (r Row) Strength() bool { return r.scored() && r.Level >= r.Target }

// Report is the state of every KSB of a standard on one day.
type Report struct {
	Standard    *standard.Standard
	AsOf        calendar.Date
	Timed       bool           // whether the programme has a start date; without one Month and Length are 0
	Month       int            // completed programme months
	Length      int            // programme months in all
	StaleMonths int            // months until evidence is stale
	Review      calendar.Date  // the next review, arranged or due; zero if not known
	Gateway     calendar.Date  // the planned gateway; zero if not known
	Rows        []Row          // in walk order
	byID        map[string]int // index in Rows
	opened      map[int]bool   // by duty; see Opened
	noEvidence  bool           // no evidence is kept for any KSB
	order       func() Order   // nil: no KSB comes before another
}

// Order says which of equally pressing gaps come first. Each list holds the IDs of KSBs.
type Order struct {
	Safety []string // a mistake in these can hurt somebody
	Field  []string // what the learner's field needs first, the most urgent first
	Long   []string // evidence for these takes months to gather
	Last   []string // about meeting patients, if the learner's field meets none
}

// WithOrder sets the order of equally pressing gaps, and returns the same report. It takes a function because the first
// screen often needs no order, and so need not read the content that it comes from.
func (r *Report) WithOrder(order func() Order) *Report {
	r.order = order
	return r
}

// Order is what WithOrder set, or the zero Order.
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
	evidence, fresh := map[string]int{}, map[string]int{}
	newest := map[string]calendar.Date{}
	for _, e := range p.Evidence {
		isFresh := e.Fresh(today, r.StaleMonths)
		for _, id := range e.KSBs {
			evidence[id]++
			if isFresh {
				fresh[id]++
			}
			if e.On.After(newest[id]) {
				newest[id] = e.On
			}
		}
	}
	r.noEvidence = len(evidence) == 0
	for i, id := range std.Walk() {
		k, _ := std.KSB(id)
		row := Row{
			KSB: k, Place: i, Target: scale.Target, Evidence: evidence[id], Fresh: fresh[id], Newest: newest[id],
			timed: r.Timed,
		}
		if t, ok := p.Targets[id]; ok {
			row.Target = t
		}
		if rating, by, ok := p.Level(id); ok {
			row.Rated, row.Level, row.By, row.On = true, rating.Level, by, rating.On
		}
		if row.By == profile.Agreed {
			if aged, ok := p.Aged(id); ok {
				row.Aged = &aged
			}
		} else if rating, ok := p.Newest(id, profile.Mentor); ok {
			row.Mentor = &rating.Level
		}
		row.expected = curve.Expected(row.Target, r.Month, r.Length)
		r.byID[id] = i
		r.Rows = append(r.Rows, row)
		if row.Rated {
			r.opened[k.Duties[0]] = true
		}
	}
	return r
}

// Opened reports whether the learner has rated anything in a duty. A KSB counts only in the first of its duties: a
// behaviour that was rated in another duty does not show that this one was looked at.
func (r *Report) Opened(duty int) bool { return r.opened[duty] }

// WithoutEvidence reports whether no KSB has evidence. "No evidence" is then true of every row and not worth saying.
func (r *Report) WithoutEvidence() bool { return r.noEvidence }

// Row is the row of one KSB, and false if the standard has no such KSB.
func (r *Report) Row(id string) (Row, bool) {
	i, ok := r.byID[id]
	if !ok {
		return Row{}, false
	}
	return r.Rows[i], true
}

// Tally holds counts of KSBs, of a duty or of the whole standard. Behind is against what is expected by today; Below
// and Met are against the target.
type Tally struct {
	Rated, Total, Behind, Below, Met, NoOpportunity int
	Levels                                          [level.Max + 1]int // how many are at each level
}

// Tally counts the KSBs of a duty, or of all duties if duty is 0. A behaviour counts in each of its duties, but as
// rated only in those that the learner has opened.
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

// Reasons explain to the learner why a row ranks where it does: how far behind it is, how far below target, a level
// rated differently since it was agreed, missing or old evidence, several duties, and a mentor who sees it differently.
func (r *Report) Reasons(row Row) []string { return r.ReasonsFor(row, "you say", "your mentor") }

// ReasonsFor are Reasons for another reader, with other words for "you say" and "your mentor".
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
		out = append(out, row.Aged.WordsWith(says, r.AsOf))
	}
	switch {
	// if nothing has evidence yet, this says nothing about one gap; a claim still needs some
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

// ClaimsInWords says how many claims are unsupported: "2 claims without a recent example".
func ClaimsInWords(n int) string {
	return words.Count(n, "claim", "claims") + " without a recent example"
}

// EvidenceProblem says what is wrong with the evidence for a claim: there is none, or all of it is too old, with the
// date of the newest. It is "" if some is recent.
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

// Summary says in a sentence or two where the learner is across all KSBs.
func (r *Report) Summary() string {
	all := r.Tally(0)
	text := r.Standard.Reference + " on " + r.AsOf.Long()
	untimed := ""
	if r.Timed {
		text += fmt.Sprintf(", month %d of %d", r.Month, r.Length)
	} else {
		untimed = " No start date is set, so what is expected by now is not known."
	}
	if all.Rated == 0 {
		return text + ". Nothing is rated yet." + untimed
	}
	text += fmt.Sprintf(": %d of %d rated", all.Rated, all.Total)
	if r.Timed {
		text += fmt.Sprintf(", %d behind where month %d should be", all.Behind, r.Month)
	}
	return text + fmt.Sprintf(", %d below target.", all.Below) + untimed
}
