package plan

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// How many goals are suggested to a learner who has none. Before a review that is near there is time for fewer, and in the first
// months there is an induction beside them.
const (
	minSuggested = 3
	maxSuggested = 5
	nearReview   = 5 * 7 // days
	newcomer     = 3     // months of the programme
)

// Suggestions are the first goals for a learner who has set none: the highest ranked gaps; among those that are equally
// pressing, each kind of KSB in turn, each from another duty, and first what the learner's own field calls for soonest or has
// an example of. A first plan of one knowledge, one skill and one behaviour from three parts of the job is one that a
// supervisor can place in a week. Knowledge and skill of one theme are not both among them while there are others, and no more
// than two behaviours. With fewer gaps than three, unsupported claims and what is not rated yet fill up, so that there is
// always something to choose from; where there are no gaps at all, as many claims as there would be gaps. Their actions are
// spread over the time that they share. Field is the learner's field, or the zero Field. Long are the KSBs whose evidence
// takes months: from the middle of the programme they come right after what the field calls for first.
func Suggestions(r *gap.Report, coach Coach, title Titles, field coaching.Field, long []string) []Suggestion {
	first := field.First
	if r.Timed && 2*r.Month >= r.Length {
		n := min(1, len(first))
		first = slices.Concat(first[:n], long, first[n:])
	}
	own := func(row gap.Row) int {
		if at := slices.Index(first, row.KSB.ID); at >= 0 {
			return at
		}
		if field.ID == "" { // without a field no coaching need be read
			return len(first)
		}
		e, _ := coach(row.KSB.ID)
		if slices.ContainsFunc(e.Examples, func(x coaching.Example) bool { return x.Field == field.ID }) {
			return len(first)
		}
		return len(first) + 1
	}
	most := maxSuggested
	n := r.AsOf.Days(r.Review)
	if !r.Review.IsZero() && n > 0 && n < nearReview || r.Timed && r.Month < newcomer {
		most = minSuggested
	}
	var rows []gap.Row
	take := func(from []gap.Row, upTo int) {
		for _, row := range from {
			if len(rows) < upTo && !slices.ContainsFunc(rows, func(x gap.Row) bool { return x.KSB.ID == row.KSB.ID }) {
				rows = append(rows, row)
			}
		}
	}
	take(spread(r.Gaps(), r.Standard.Home, own), most)
	if len(rows) > 0 {
		most = minSuggested
	}
	take(spread(r.Unsupported(), r.Standard.Home, own), most)
	take(r.Opportunities(), minSuggested)
	take(r.Unrated(), minSuggested)
	take(r.Rows, minSuggested)
	out := make([]Suggestion, len(rows))
	for i, row := range rows {
		out[i] = suggest(r, row, coach, title)
		for j := range out[i].Actions {
			due := togetherDue(r.AsOf, r.Review, j*len(rows)+i, shares*len(rows))
			if out[i].soon && j < 2 {
				due = soonDue(r.AsOf, j)
			}
			if asked := workday(r.AsOf, askDays); j >= out[i].oneself && due.Before(asked) {
				due = asked
			}
			out[i].Actions[j].Due = due
		}
	}
	oneVisit(out)
	for i := range out {
		out[i].reportAfter(r.AsOf)
		out[i].startInTime(r.AsOf)
		sorting.By(out[i].Actions, func(a, b profile.Action) int { return a.Due.Compare(b.Due) })
	}
	return out
}

// reportAfter leaves time for a piece of work that is watched and then reported: an audit is not begun and closed in a week.
func (x *Suggestion) reportAfter(today calendar.Date) {
	for i, reported := range x.reported {
		if !reported {
			continue
		}
		watched := dayFrom(today, workDays)
		if report := dayFrom(watched, finishDays); !x.Due.Before(report) && x.Actions[i].Due.Before(watched) {
			x.Actions[i].Due = watched
			if x.Actions[i+1].Due.Before(report) {
				x.Actions[i+1].Due = report
			}
		}
	}
}

// oneVisit lets an assessor come once for all that an ordinary session of work shows: on the last of their days, with a word on
// what else it shows.
func oneVisit(all []Suggestion) {
	type seen struct{ goal, action int }
	var visit []seen
	var day calendar.Date
	for i, x := range all {
		for j, session := range x.sessions {
			if session {
				visit = append(visit, seen{i, j})
				if day.Before(x.Actions[j].Due) {
					day = x.Actions[j].Due
				}
			}
		}
	}
	for _, v := range visit {
		a := &all[v.goal].Actions[v.action]
		a.Due = day
		var others []string
		for _, w := range visit {
			if w.goal != v.goal {
				others = append(others, all[w.goal].KSBs...)
			}
		}
		if len(others) > 0 {
			a.Text = safetext.New(a.Text.Line() + " The same visit can show " + words.List(others) + ".")
		}
	}
}

// mostBehaviours is how many behaviours are suggested at most while there is something else.
const mostBehaviours = 2

// spread puts the partner of a KSB that is already listed (K7 and S7 share a theme), and behaviours beyond two, behind
// all others. Rows that are equally pressing it orders by each kind in turn, then each duty in turn, then what is of
// the learner's own field; otherwise it keeps the order. Home is the duty that a KSB is first met in.
func spread(rows []gap.Row, home func(ksb string) int, own func(gap.Row) int) []gap.Row {
	var first, later []gap.Row
	themes, kinds, duties := map[string]bool{}, map[standard.Kind]int{}, map[int]int{}
	for len(rows) > 0 && len(first) < maxSuggested {
		n := 1
		for n < len(rows) && pressesLike(rows[0], rows[n]) {
			n++
		}
		equal := rows[:n]
		rows = rows[n:]
		if n > 1 {
			equal = ownFirst(equal, own)
		}
		for len(equal) > 0 {
			row := slices.MinFunc(equal, func(a, b gap.Row) int {
				return cmp.Or(kinds[a.KSB.Kind]-kinds[b.KSB.Kind], duties[home(a.KSB.ID)]-duties[home(b.KSB.ID)])
			})
			equal = slices.DeleteFunc(slices.Clone(equal), func(x gap.Row) bool { return x.KSB.ID == row.KSB.ID })
			theme, behaviour := row.KSB.ID[1:], row.KSB.Kind == standard.Behaviour
			if behaviour && kinds[standard.Behaviour] >= mostBehaviours || !behaviour && themes[theme] {
				later = append(later, row)
				continue
			}
			themes[theme] = themes[theme] || !behaviour
			kinds[row.KSB.Kind]++
			duties[home(row.KSB.ID)]++
			first = append(first, row)
		}
	}
	return slices.Concat(first, later, rows)
}

// pressesLike reports whether two rows rank the same apart from their number of duties and their place in the walk.
func pressesLike(a, b gap.Row) bool {
	behindA, _ := a.Behind()
	behindB, _ := b.Behind()
	return behindA == behindB && a.Gap() == b.Gap() && min(a.Evidence, 1) == min(b.Evidence, 1)
}

// ownFirst orders rows by how near they are to the learner's own field, which own numbers from 0. It asks of each once, since
// that reads coaching.
func ownFirst(rows []gap.Row, own func(gap.Row) int) []gap.Row {
	near := map[string]int{}
	for _, row := range rows {
		near[row.KSB.ID] = own(row)
	}
	return slices.SortedStableFunc(slices.Values(rows), func(a, b gap.Row) int { return near[a.KSB.ID] - near[b.KSB.ID] })
}
