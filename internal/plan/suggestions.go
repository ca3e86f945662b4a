package plan

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Because says why a goal is suggested. It is not the learner's reason, which is asked for once the goal is set (K32).
func (x Suggestion) Because() string { return because(x.Why) }

func because(why string) string {
	if why == "" {
		return ""
	}
	return "Suggested because: " + strings.ToLower(why[:1]) + why[1:]
}

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
	if NearGateway(r) {
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
	out := lists.Each(rows, func(row gap.Row) Suggestion { return suggest(r, row, coach, title) })
	ahead, due := aheadOf(r), aheadOf(r).GoalDue()
	if Unshown(r) != "" {
		ahead.Today = ahead.within(stockDays) // what is there already is looked through first
	}
	together(out, ahead, due)
	oneVisit(out)
	for i := range out {
		out[i].startInTime(r.AsOf)
	}
	return out
}

// Firsts are the gaps in the order in which they are taken up, wherever one of them is named: the most pressing first; where they
// press alike, what is critical for safety, then what the learner's field calls for soonest, then each kind of KSB in turn, then
// each from another duty. Knowledge and skill of one theme are not both among the first while there are others, no more than two
// behaviours are, and no more than two of one kind where others press alike. From the middle of the programme what takes months comes
// right after what the field calls for first. A field that meets no patients has what is about meeting them after all others.
func Firsts(r *gap.Report) []gap.Row { return spread(r, r.Gaps()) }

// NearGateway says whether the gateway is within six months, and not past.
func NearGateway(r *gap.Report) bool {
	return r.Gateway.After(r.AsOf) && r.Gateway.Before(r.AsOf.AddMonths(gatewayMonths))
}

const gatewayMonths = 6 // how many months before the gateway everything that is still open is listed

// oneVisit lets an assessor come once for all that an ordinary session of work shows: each says what else it shows.
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

const (
	mostBehaviours = 2 // are suggested while there is something else
	mostOfKind     = 2 // are among the first while others press alike
)

// spread orders rows as Firsts says.
func spread(r *gap.Report, rows []gap.Row) []gap.Row {
	order := r.Order()
	field := order.Field
	if r.Timed && 2*r.Month >= r.Length {
		n := min(1, len(field))
		field = slices.Concat(field[:n], order.Long, field[n:])
	}
	all := make([]waiting, len(rows))
	for i, row := range rows {
		x := waiting{at: i, own: slices.Index(field, row.KSB.ID), duty: r.Standard.Home(row.KSB.ID)}
		if x.own < 0 {
			x.own = len(field)
		}
		last := slices.Contains(order.Last, row.KSB.ID)
		if last {
			x.own++
		}
		if last || !slices.Contains(order.Safety, row.KSB.ID) {
			x.safe = 1
		}
		all[i] = x
	}
	var first, later []gap.Row
	themes, duties, kinds := map[string]bool{}, map[int]int{}, [256]int{}
	comes := func(x waiting) int { // the least of them next
		n, of := 0, kinds[rows[x.at].KSB.Kind]
		for _, part := range [...]int{max(of, mostOfKind-1), x.safe, x.own, of, duties[x.duty]} {
			n = n<<8 | part
		}
		return n
	}
	done := 0
	for done < len(rows) && len(first) < maxSuggested {
		from := done
		for done < len(rows) && pressesLike(rows[from], rows[done]) {
			done++
		}
		for equal := all[from:done]; len(equal) > 0; {
			next, least := 0, comes(equal[0])
			for i, x := range equal {
				if n := comes(x); n < least {
					next, least = i, n
				}
			}
			x := equal[next]
			equal = slices.Delete(equal, next, next+1)
			row := rows[x.at]
			theme, behaviour := row.KSB.ID[1:], row.KSB.Kind == standard.Behaviour
			if behaviour && kinds[standard.Behaviour] >= mostBehaviours || !behaviour && themes[theme] {
				later = append(later, row)
				continue
			}
			themes[theme] = themes[theme] || !behaviour
			kinds[row.KSB.Kind]++
			duties[x.duty]++
			first = append(first, row)
		}
	}
	return slices.Concat(first, later, rows[done:])
}

// waiting is one of the rows that spread puts in order: its place among them, and what comes before others of it.
type waiting struct{ at, safe, own, duty int }

// pressesLike reports whether two rows rank the same apart from their number of duties and their place in the walk.
func pressesLike(a, b gap.Row) bool {
	behindA, _ := a.Behind()
	behindB, _ := b.Behind()
	return behindA == behindB && a.Gap() == b.Gap() && min(a.Evidence, 1) == min(b.Evidence, 1)
}

// OrderFor is what comes first, where gaps press alike, for somebody in a field, or in the zero Field.
func OrderFor(fields *coaching.Fields, own coaching.Field) gap.Order {
	o := gap.Order{Safety: fields.Safety, Field: own.First, Long: fields.Long}
	if own.ID != "" && !own.Patients {
		o.Last = fields.Met
	}
	return o
}
