package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

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
		case row.Opportunity():
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
	n := 0
	for _, row := range rows {
		if r.Timed && !row.Late() || !r.Timed && row.Strength() {
			n++
		}
	}
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

// lowest names those at the lowest level of all.
func lowest(rows []gap.Row) string {
	least := slices.MinFunc(rows, func(a, b gap.Row) int { return cmp.Compare(a.Level, b.Level) }).Level
	var low []gap.Row
	for _, row := range rows {
		if row.Level == least {
			low = append(low, row)
		}
	}
	switch n := len(low); {
	case n == 1:
		return fmt.Sprintf("Lowest: %s at %s.", low[0].KSB.ID, least)
	case n == len(rows):
		return fmt.Sprintf("All %d are at %s.", n, least)
	case n > mostNamed:
		return fmt.Sprintf("Lowest: %d at %s, first %s.", n, least, words.List(codes(low[:mostNamed])))
	}
	return fmt.Sprintf("Lowest: %s at %s.", words.List(codes(low)), least)
}

// mostNamed is how many KSBs a line names.
const mostNamed = 3

// ahead says what is to come by gateway, and what is behind already.
func ahead(rows []gap.Row) string {
	var below, late []gap.Row
	least, most := int(level.Max), 0
	timed := false
	for _, row := range rows {
		_, known := row.Behind()
		timed = timed || known
		if n := row.Gap(); n > 0 {
			below, least, most = append(below, row), min(least, n), max(most, n)
		}
		if row.Late() {
			late = append(late, row)
		}
	}
	switch {
	case len(rows) == 0:
		return ""
	case len(below) == 0:
		return "By gateway nothing more is needed: all have reached their target."
	}
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
	switch n := len(late); {
	case !timed:
		return says + "."
	case n == 0:
		return says + "; none is behind."
	case n > mostNamed:
		return says + fmt.Sprintf("; %d are behind, first %s.", n, words.List(codes(late[:mostNamed])))
	default:
		return says + fmt.Sprintf("; behind: %s.", words.List(codes(late)))
	}
}

func codes(rows []gap.Row) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = row.KSB.ID
	}
	return out
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
			out = append(out, fmt.Sprintf("%s %s, %s to %s", row.KSB.ID, title(row.KSB.ID), row.Level-level.Level(n), row.Level))
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
