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

// Rating all 72 KSBs takes most people 30 to 40 minutes: so many seconds for each.
const quickly, slowly = 25, 33

// Takes says how long most people take to rate so many KSBs, such as "30 to 40 minutes".
func Takes(n int) string {
	return fmt.Sprintf("%d to %d minutes", round(n*quickly/60), round((n*slowly+59)/60))
}

// takesAbout is the same in fewer words, such as "about 20 minutes".
func takesAbout(n int) string {
	return "about " + words.Count(max(round((n*(quickly+slowly)/2+30)/60), 1), "minute", "minutes")
}

// round is a number of minutes as one says it: from ten on in fives.
func round(n int) int {
	if n < 10 {
		return n
	}
	return (n + 2) / 5 * 5
}

// ToRate is how much is left to rate: in a duty, in all, and of how many.
type ToRate struct{ Here, All, Of int }

// LeftToRate is what has no rating yet, or in a round that is open after others, none in that round.
func LeftToRate(r *gap.Report, p profile.Profile, duty int) ToRate {
	open, now := p.Open()
	left := lists.Where(r.Standard.Walk(), func(id string) bool {
		row, _ := r.Row(id)
		return !row.Rated || now && len(p.Rounds) > 1 && !open.Holds(id)
	})
	return LeftOf(r, left, len(r.Rows), duty)
}

// LeftOf is what is left of so many KSBs. One that was rated before is rated again in the first of its duties, and one
// that was not wherever it is met.
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

// Done is how many of w cells of a bar are done: all of them only when nothing is left.
func (x ToRate) Done(w int) int {
	if x.Of == 0 {
		return w
	}
	return (x.Of - x.All) * w / x.Of
}

// Words say it, the longest first: "6 left here, 41 of 72 left in all, about 20 minutes".
func (x ToRate) Words() []string {
	if x.All == 0 {
		return []string{fmt.Sprintf("all %d rated", x.Of)}
	}
	here, all := fmt.Sprintf("%d left here, ", x.Here), fmt.Sprintf("%d of %d left in all", x.All, x.Of)
	if x.Here == 0 {
		here = "none left here, "
	}
	if x.All == x.Of {
		all = fmt.Sprintf("%d left in all", x.All)
	}
	all = here + all
	return []string{all + ", " + takesAbout(x.All), all, fmt.Sprintf("%d of %d left", x.All, x.Of)}
}

// InDuty says what is to be rated in the duty and how long that takes: "12 to rate, about 6 minutes".
func (x ToRate) InDuty() string {
	if x.Here == 0 {
		return "all rated"
	}
	return fmt.Sprintf("%d to rate, %s", x.Here, takesAbout(x.Here))
}

// GoodAt is the name of what good looks like, which also takes the place of a step that is not written.
const GoodAt = "Good at 3"

// StepName asks which of the two levels of a step it is.
func StepName(x coaching.LevelStep) string { return fmt.Sprintf("%s or %s?", x.From, x.To) }

// Between is what divides the level in doubt from the next, with its name, while somebody chooses a level for a KSB. In
// doubt is the one pointed at. While none is, or the one for no opportunity is, it is the level expected by now, since
// the doubt is mostly whether that is reached or passed; where no month is known, the level below the target.
func Between(e coaching.Entry, row gap.Row, pointed level.Level) (name, text string) {
	if x, timed := row.Expected(); pointed == level.NoOpportunity && timed {
		pointed = x
	} else if pointed == level.NoOpportunity {
		pointed = row.Target - 1
	}
	if step := e.StepFrom(pointed); step.Text != "" {
		return StepName(step), step.Text
	}
	return GoodAt, e.Good
}

// End is what a learner takes away from some KSBs that were rated, such as those of a duty. Each is a line of words.
type End struct {
	Now    string   // what is as it should be this month
	Label  string   // what Glad are
	Glad   []string // what one may be glad of, the best first
	Ahead  string   // what is still to come by gateway
	Missed []string // what is not rated, in the order of the KSBs
	Claims int      // levels of 3 or 4 that nothing shows yet
}

// Ended works it out for some KSBs, of which those that are not rated do not count.
func Ended(r *gap.Report, p profile.Profile, ksbs []string, title Titles) End {
	var rows []gap.Row
	chance := 0
	var e End
	for _, id := range ksbs {
		row, ok := r.Row(id)
		switch {
		case !ok:
			continue
		case !row.Rated:
			e.Missed = append(e.Missed, id)
			continue
		case row.NoOpportunity():
			chance++
		default:
			rows = append(rows, row)
		}
		if row.Unsupported() {
			e.Claims++
		}
	}
	e.Now = now(r, rows)
	if chance > 0 {
		e.Now += fmt.Sprintf(" %d had no opportunity so far.", chance)
	}
	e.Ahead = ahead(rows)
	e.Label, e.Glad = glad(p, rows, title)
	return e
}

// Skipped names what is not rated, or is "". It does not say that the learner passed it by: it may not have been asked.
func (e End) Skipped() string {
	switch n := len(e.Missed); {
	case n == 0:
		return ""
	case n > mostNamed:
		return fmt.Sprintf("%d are not rated yet, first %s", n, words.List(e.Missed[:mostNamed]))
	}
	return words.List(e.Missed) + words.Form(len(e.Missed), " is", " are") + " not rated yet"
}

// now says how many are as they should be: against the month, or without a start date against the target.
func now(r *gap.Report, rows []gap.Row) string {
	if early(rows) {
		return "Nothing is expected this early. " + lowest(rows)
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

// early says whether the month wants no level of any of them yet, so that being where it should be says nothing.
func early(rows []gap.Row) bool {
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(row gap.Row) bool {
		wanted, timed := row.Expected()
		return !timed || wanted > 0
	})
}

func lowest(rows []gap.Row) string {
	least := slices.MinFunc(rows, func(a, b gap.Row) int { return cmp.Compare(a.Level, b.Level) }).Level
	low := lists.Where(rows, func(x gap.Row) bool { return x.Level == least })
	switch n := len(low); {
	case n == len(rows) && n > 1:
		return fmt.Sprintf("All %d are at %s.", n, least)
	case n > mostNamed:
		return fmt.Sprintf("Lowest: %d at %s, first %s.", n, least, words.List(codes(low[:mostNamed])))
	}
	return fmt.Sprintf("Lowest: %s at %s.", words.List(codes(low)), least)
}

const mostNamed = 3 // how many KSBs a line names

// ahead says what is to come by gateway, and what is behind already.
func ahead(rows []gap.Row) string {
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
		x, _ := a.Behind()
		y, _ := b.Behind()
		return y - x
	})
	timed := func(x gap.Row) bool { _, known := x.Behind(); return known }
	switch n := len(late); {
	case !slices.ContainsFunc(rows, timed):
		return says + "."
	case n == 0:
		return says + "; none is behind."
	case n > mostNamed:
		return says + fmt.Sprintf("; %d are behind, first %s.", n, words.List(codes(late[:mostNamed])))
	}
	return says + fmt.Sprintf("; behind: %s.", words.List(codes(late)))
}

func codes(rows []gap.Row) []string {
	return lists.Each(rows, func(x gap.Row) string { return x.KSB.ID })
}

// glad is what has grown since an earlier round, the most first; else what is strongest, from level 2 on.
func glad(p profile.Profile, rows []gap.Row, title Titles) (label string, out []string) {
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
