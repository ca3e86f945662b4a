package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// How many seconds it takes to rate one KSB: most people need 30 to 40 minutes for all 72.
const quickly, slowly = 25, 33

// Takes says how long most people take to rate n KSBs, such as "30 to 40 minutes".
func Takes(n int) string {
	return fmt.Sprintf("%d to %d minutes", roundMinutes(n*quickly/60), roundMinutes((n*slowly+59)/60))
}

// takesAbout is the same as one number, such as "about 20 minutes".
func takesAbout(n int) string {
	return "about " + words.Count(max(roundMinutes((n*(quickly+slowly)/2+30)/60), 1), "minute", "minutes")
}

// roundMinutes rounds minutes as people say them: from ten on, to the nearest five.
func roundMinutes(n int) int {
	if n < 10 {
		return n
	}
	return (n + 2) / 5 * 5
}

// ToRate counts the KSBs that are left to rate: Here in a duty, All in all duties, out of Of.
type ToRate struct{ Here, All, Of int }

// LeftToRate counts the KSBs without a rating. During a second or later round, those without a rating in that round
// count too.
func LeftToRate(r *gap.Report, p profile.Profile, duty int) ToRate {
	round, open := p.Open()
	again := open && len(p.Rounds) > 1
	left := lists.Where(r.Standard.Walk(), func(id string) bool {
		row, _ := r.Row(id)
		return !row.Rated || again && !round.Holds(id)
	})
	return LeftOf(r, left, len(r.Rows), duty)
}

// LeftOf counts the given KSBs that are left, out of a total. One that was rated before counts as in the duty only if
// that is the first of its duties, where it is rated again; one that was never rated counts in each of its duties.
func LeftOf(r *gap.Report, left []string, of, duty int) ToRate {
	x := ToRate{All: len(left), Of: of}
	for _, id := range left {
		row, _ := r.Row(id)
		if r.Standard.Home(id) == duty || !row.Rated && slices.Contains(row.KSB.Duties, duty) {
			x.Here++
		}
	}
	return x
}

// Done is how many cells of a bar of the given width to fill. It fills all of them only when nothing is left.
func (x ToRate) Done(width int) int {
	if x.Of == 0 {
		return width
	}
	return (x.Of - x.All) * width / x.Of
}

// Words say what is left in several lengths, the longest first: "6 left here, 41 of 72 left in all, about 20 minutes".
func (x ToRate) Words() []string {
	if x.All == 0 {
		return []string{fmt.Sprintf("all %d rated", x.Of)}
	}
	here := fmt.Sprintf("%d left here, ", x.Here)
	if x.Here == 0 {
		here = "none left here, "
	}
	all := fmt.Sprintf("%d of %d left in all", x.All, x.Of)
	if x.All == x.Of {
		all = fmt.Sprintf("%d left in all", x.All)
	}
	both := here + all
	return []string{both + ", " + takesAbout(x.All), both, fmt.Sprintf("%d of %d left", x.All, x.Of)}
}

// InDuty says how many are left in the duty and how long they take: "12 to rate, about 6 minutes".
func (x ToRate) InDuty() string {
	if x.Here == 0 {
		return "all rated"
	}
	return fmt.Sprintf("%d to rate, %s", x.Here, takesAbout(x.Here))
}

// GoodAt is the heading of what good looks like.
const GoodAt = "Good at 3"

// StepName is the heading of a step, which asks whether it has been taken: "2 or 3?".
func StepName(x coaching.LevelStep) string { return fmt.Sprintf("%s or %s?", x.From, x.To) }

// Between helps somebody who is choosing a level for a KSB: it says, under a heading, what separates the level pointed
// at from the next. If no level or "no opportunity" is pointed at, it takes the level expected by now, since the doubt
// is mostly whether that is reached or passed; without a start date, the level below the target. If the coaching has no
// such step, it says what good looks like.
func Between(e coaching.Entry, row gap.Row, pointed level.Level) (name, text string) {
	if pointed == level.NoOpportunity {
		pointed = row.Target - 1
		if expected, timed := row.Expected(); timed {
			pointed = expected
		}
	}
	if step := e.StepFrom(pointed); step.Text != "" {
		return StepName(step), step.Text
	}
	return GoodAt, e.Good
}

// End sums up ratings for the learner who has just made them, such as at the end of a duty.
type End struct {
	Now    string   // how many are as they should be this month; "" if none has a level
	Label  string   // the heading of Glad
	Glad   []string // good news, a line for each KSB, the best first
	Ahead  string   // what is still needed by gateway; "" if none has a level
	Missed []string // the KSBs that are not rated
	Claims int      // how many levels of 3 or 4 have no recent evidence
}

// Ended sums up the ratings of some KSBs.
func Ended(r *gap.Report, p profile.Profile, ksbs []string, title Titles) End {
	var e End
	var rows []gap.Row // those with a level
	noOpportunity := 0
	for _, id := range ksbs {
		row, ok := r.Row(id)
		switch {
		case !ok:
			continue
		case !row.Rated:
			e.Missed = append(e.Missed, id)
			continue
		case row.NoOpportunity():
			noOpportunity++
		default:
			rows = append(rows, row)
		}
		if row.Unsupported() {
			e.Claims++
		}
	}
	e.Now = onTrackWords(r, rows)
	if noOpportunity > 0 {
		e.Now += fmt.Sprintf(" %d had no opportunity so far.", noOpportunity)
	}
	e.Ahead = stillToCome(rows)
	e.Label, e.Glad = highlights(p, rows, title)
	return e
}

// Skipped names what is not rated; "" if nothing is. It does not blame the learner: they may not have been asked.
func (e End) Skipped() string {
	switch n := len(e.Missed); {
	case n == 0:
		return ""
	case n > mostNamed:
		return fmt.Sprintf("%d are not rated yet, first %s", n, words.List(e.Missed[:mostNamed]))
	}
	return words.List(e.Missed) + words.Form(len(e.Missed), " is", " are") + " not rated yet"
}

// onTrackWords says how many are at the expected level, or at target if the programme has no start date.
func onTrackWords(r *gap.Report, rows []gap.Row) string {
	if nothingExpected(rows) {
		return "Nothing is expected this early. " + lowestWords(rows)
	}
	n := lists.Count(rows, func(x gap.Row) bool { return r.Timed && !x.Late() || !r.Timed && x.Strength() })
	of := fmt.Sprintf("%s at or above where month %d should be.", words.Form(n, "is", "are"), r.Month)
	if !r.Timed {
		of = words.Form(n, "is", "are") + " at target or above."
	}
	switch {
	case len(rows) == 0:
		return ""
	case len(rows) == 1 && n == 1:
		return "It " + of
	case n == len(rows):
		return fmt.Sprintf("All %d %s", n, of)
	case n == 0:
		return fmt.Sprintf("You have looked at %s honestly, which is where a plan starts.",
			words.Count(len(rows), "KSB", "KSBs"))
	}
	return fmt.Sprintf("%d of %d %s", n, len(rows), of)
}

// nothingExpected reports whether no level is expected of any row yet, so that being on track says nothing.
func nothingExpected(rows []gap.Row) bool {
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(row gap.Row) bool {
		wanted, timed := row.Expected()
		return !timed || wanted > 0
	})
}

// lowestWords names the rows at the lowest level.
func lowestWords(rows []gap.Row) string {
	least := slices.MinFunc(rows, func(a, b gap.Row) int { return cmp.Compare(a.Level, b.Level) }).Level
	low := idsOf(lists.Where(rows, func(x gap.Row) bool { return x.Level == least }))
	switch n := len(low); {
	case n == len(rows) && n > 1:
		return fmt.Sprintf("All %d are at %s.", n, least)
	case n > mostNamed:
		return fmt.Sprintf("Lowest: %d at %s, first %s.", n, least, words.List(low[:mostNamed]))
	}
	return fmt.Sprintf("Lowest: %s at %s.", words.List(low), least)
}

const mostNamed = 3 // how many KSBs a line names

// stillToCome says what is still needed by gateway, and what is behind already.
func stillToCome(rows []gap.Row) string {
	below := lists.Where(rows, func(x gap.Row) bool { return x.Gap() > 0 })
	late := lists.Where(rows, gap.Row.Late)
	switch {
	case len(rows) == 0:
		return ""
	case len(below) == 0:
		return "By gateway nothing more is needed: all have reached their target."
	}
	gaps := lists.Each(below, gap.Row.Gap)
	least, most := slices.Min(gaps), slices.Max(gaps)
	levels := fmt.Sprintf("%d to %d levels", least, most)
	switch most - least {
	case 0:
		levels = words.Count(most, "level", "levels")
	case 1:
		levels = fmt.Sprintf("%d or %d levels", least, most)
	}
	says := fmt.Sprintf("By gateway %d %s %s more", len(below), words.Form(len(below), "needs", "need"), levels)
	sorting.By(late, func(a, b gap.Row) int {
		behindA, _ := a.Behind()
		behindB, _ := b.Behind()
		return behindB - behindA
	})
	timed := func(x gap.Row) bool { _, known := x.Behind(); return known }
	switch n := len(late); {
	case !slices.ContainsFunc(rows, timed):
		return says + "."
	case n == 0:
		return says + "; none is behind."
	case n > mostNamed:
		return says + fmt.Sprintf("; %d are behind, first %s.", n, words.List(idsOf(late[:mostNamed])))
	}
	return says + fmt.Sprintf("; behind: %s.", words.List(idsOf(late)))
}

func idsOf(rows []gap.Row) []string {
	return lists.Each(rows, func(x gap.Row) string { return x.KSB.ID })
}

// highlights lists what has grown since an earlier round, the most first; if nothing has, what is at level 2 or above,
// the strongest first.
func highlights(p profile.Profile, rows []gap.Row, title Titles) (label string, out []string) {
	rows = slices.Clone(rows)
	grown := func(row gap.Row) int {
		was, ok := p.Before(row.KSB.ID, profile.Self)
		if !ok || was.Level < 0 {
			return 0
		}
		return int(row.Level - was.Level)
	}
	sorting.By(rows, func(a, b gap.Row) int { return grown(b) - grown(a) })
	for _, row := range rows {
		if n := grown(row); n > 0 {
			out = append(out, fmt.Sprintf("%s %s, %s to %s", row.KSB.ID, title(row.KSB.ID), row.Level-level.Level(n),
				row.Level))
		}
	}
	if len(out) > 0 {
		return "Grown", out
	}
	sorting.By(rows, func(a, b gap.Row) int {
		return cmp.Or(cmp.Compare(b.Level-b.Target, a.Level-a.Target), cmp.Compare(b.Level, a.Level),
			cmp.Compare(min(b.Fresh, 1), min(a.Fresh, 1)))
	})
	for _, row := range rows {
		if row.Level > 1 {
			out = append(out, fmt.Sprintf("%s %s, %s", row.KSB.ID, title(row.KSB.ID), row.Level))
		}
	}
	return "Strongest", out
}
