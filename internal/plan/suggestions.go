package plan

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
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

// Suggestions are the first goals for a learner who has set none: the first of Firsts, with actions that are spread over the time
// that they share. With fewer gaps than three, unsupported claims and what is not rated yet fill up, so that there is always
// something to choose from; where there are no gaps at all, as many claims as there would be gaps.
func Suggestions(r *gap.Report, coach Coach, title Titles) []Suggestion {
	most := maxSuggested
	n := r.AsOf.Days(r.Review)
	if !r.Review.IsZero() && n > 0 && n < nearReview || r.Timed && r.Month < newcomer {
		most = minSuggested
	}
	if nearGateway(r) {
		most = maxSuggested // what is still open is all that counts by then
	}
	var rows []gap.Row
	take := func(from []gap.Row, upTo int) {
		for _, row := range from {
			if len(rows) < upTo && !slices.ContainsFunc(rows, func(x gap.Row) bool { return x.KSB.ID == row.KSB.ID }) {
				rows = append(rows, row)
			}
		}
	}
	take(Firsts(r), most)
	if len(rows) > 0 {
		most = minSuggested
	}
	take(spread(r, r.Unsupported()), most)
	take(r.Opportunities(), minSuggested)
	take(r.Unrated(), minSuggested)
	take(r.Rows, minSuggested)
	out := make([]Suggestion, len(rows))
	for i, row := range rows {
		out[i] = suggest(r, row, coach, title)
	}
	together(out, aheadOf(r))
	oneVisit(out)
	for i := range out {
		out[i].startInTime(r.AsOf)
	}
	return out
}

// Firsts are the gaps in the order in which they are taken up, wherever one of them is named: the most pressing first; where they
// press alike, what is critical for safety, then what the learner's field calls for soonest, then each kind of KSB in turn, then
// each from another duty. Knowledge and skill of one theme
// are not both among the first while there are others, no more than two behaviours are, and no more than two of one kind where
// others press alike. From the middle of the programme what takes months comes right after what the field calls for first.
func Firsts(r *gap.Report) []gap.Row { return spread(r, r.Gaps()) }

// nearGateway says whether the gateway is within six months, and not past.
func nearGateway(r *gap.Report) bool {
	return r.Gateway.After(r.AsOf) && r.Gateway.Before(r.AsOf.AddMonths(gatewayMonths))
}

// gatewayMonths is how many months before the gateway everything that is still open is listed.
const gatewayMonths = 6

// oneVisit lets an assessor come once for all that an ordinary session of work shows: each says what
// else it shows.
func oneVisit(all []Suggestion) {
	type seen struct{ goal, action int }
	var visit []seen
	for i, x := range all {
		for j, session := range x.sessions {
			if session {
				visit = append(visit, seen{i, j})
			}
		}
	}
	for _, v := range visit {
		a := &all[v.goal].Actions[v.action]
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

// mostOfKind is how many of one kind are among the first while others press alike.
const mostOfKind = 2

// spread orders rows as Firsts says.
func spread(r *gap.Report, rows []gap.Row) []gap.Row {
	home := r.Standard.Home
	order := r.Order()
	field := order.Field
	if r.Timed && 2*r.Month >= r.Length {
		n := min(1, len(field))
		field = slices.Concat(field[:n], order.Long, field[n:])
	}
	own := func(row gap.Row) int {
		if at := slices.Index(field, row.KSB.ID); at >= 0 {
			return at
		}
		return len(field)
	}
	safe := func(row gap.Row) int {
		if slices.Contains(order.Safety, row.KSB.ID) {
			return 0
		}
		return 1
	}
	var first, later []gap.Row
	themes, kinds, duties := map[string]bool{}, map[standard.Kind]int{}, map[int]int{}
	for len(rows) > 0 && len(first) < maxSuggested {
		n := 1
		for n < len(rows) && pressesLike(rows[0], rows[n]) {
			n++
		}
		equal := rows[:n]
		rows = rows[n:]
		for len(equal) > 0 {
			row := slices.MinFunc(equal, func(a, b gap.Row) int {
				return cmp.Or(
					max(kinds[a.KSB.Kind], mostOfKind-1)-max(kinds[b.KSB.Kind], mostOfKind-1),
					safe(a)-safe(b), own(a)-own(b), kinds[a.KSB.Kind]-kinds[b.KSB.Kind],
					duties[home(a.KSB.ID)]-duties[home(b.KSB.ID)],
				)
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
