package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
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

// How many goals are suggested to a learner who has none. Before a review that is near there is time for fewer, and in
// the first months there is an induction beside them.
const (
	minSuggested = 3
	maxSuggested = 5
	nearReview   = 5 * 7 // days
	newcomer     = 3     // months of the programme
)

// Suggestions are the first goals for a learner who has set none: the first of Firsts, with actions that are spread
// over the time that they share. With fewer gaps than three, unsupported claims and what is not rated yet fill up, so
// that there is always something to choose from; where there are no gaps at all, as many claims as there would be gaps.
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
	take(r.NoOpportunity(), minSuggested)
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

// Firsts are the gaps in the order in which they are taken up, wherever one of them is named: the most pressing first;
// where they press alike, what is critical for safety, then what the learner's field calls for soonest, then each kind
// of KSB in turn, then each from another duty. Knowledge and skill of one theme are not both among the first while
// there are others, no more than two behaviours are, and no more than two of one kind where others press alike. From
// the middle of the programme what takes months comes right after what the field calls for first. A field that meets no
// patients has what is about meeting them after all others.
func Firsts(r *gap.Report) []gap.Row { return spread(r, r.Gaps()) }

// NearGateway says whether the gateway is within six months, and not past.
func NearGateway(r *gap.Report) bool {
	return r.Gateway.After(r.AsOf) && r.Gateway.Before(r.AsOf.AddMonths(gatewayMonths))
}

const gatewayMonths = 6 // how many months before the gateway everything that is still open is listed

// oneVisit lets an assessor come once for all that an ordinary session of work shows: each says what else it shows.
func oneVisit(all []Suggestion) {
	var visit []turn
	for i, x := range all {
		for j, session := range x.sessions {
			if session {
				visit = append(visit, turn{i, j})
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

// When a project is offered, and how many are offered at once: a long list is no choice.
const (
	minMoved    = 3
	maxProjects = 2
)

// Projects are the small projects that are offered beside the suggestions for single KSBs. One is offered where it
// moves three gaps or more, all of which have no goal yet, and takes less time than the suggested actions for each of
// them would. What moves most gaps an hour comes first. None is offered for a KSB that one of the suggestions beside it
// is for, since that narrows the choice; and a gap is not counted where a project before it is for the same KSB. What
// is nothing for newcomers waits for its month, and what takes weeks is offered where there are as many before it is
// due.
func Projects(
	r *gap.Report, p profile.Profile, bundles []coaching.Bundle, coach Coach, beside []Suggestion,
) []Suggestion {
	var all, out []Suggestion
	for _, b := range bundles {
		if x, err := moved(r, p, b); err == nil && !x.tight && (!r.Timed || r.Month >= b.Month) &&
			r.AsOf.Days(x.Due) >= 7*b.Weeks {
			all = append(all, x)
		}
	}
	var covered, single []string
	for _, x := range beside {
		single = append(single, x.KSBs...)
	}
	few := func(x Suggestion) bool {
		return slices.ContainsFunc(x.KSBs, func(ksb string) bool { return slices.Contains(single, ksb) }) ||
			lists.Count(x.KSBs, func(ksb string) bool { return !slices.Contains(covered, ksb) }) < minMoved
	}
	sorting.By(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(len(b.KSBs)*a.Bundle.Minutes(), len(a.KSBs)*b.Bundle.Minutes()),
			cmp.Compare(late(r, b.KSBs), late(r, a.KSBs)))
	})
	for _, x := range all {
		if len(out) == maxProjects {
			break // the coaching of what is not offered is not read
		}
		if few(x) {
			continue
		}
		if x.price(r, coach); x.alone > x.Bundle.Minutes() {
			out, covered = append(out, x), append(covered, x.KSBs...)
		}
	}
	return out
}

// Project is a bundle as one goal for the KSBs that it moves: those below target, or at target with nothing yet that
// shows it, without a goal so far, at a level from which it helps. It is refused where it moves none, or where the
// learner is not yet at the level that it starts from.
func Project(r *gap.Report, p profile.Profile, b coaching.Bundle, coach Coach) (Suggestion, error) {
	x, err := moved(r, p, b)
	if err == nil {
		x.price(r, coach)
	}
	return x, err
}

// price adds up what single goals would take, and says why with it.
func (x *Suggestion) price(r *gap.Report, coach Coach) {
	for _, m := range x.Moves {
		e, _ := coach(m.KSB)
		for _, a := range firstOfEach(e, m.To-1) {
			x.alone += a.Minutes
		}
	}
	x.Why = projectWhy(r, *x)
}

// moved is a project without its reason.
func moved(r *gap.Report, p profile.Profile, b coaching.Bundle) (Suggestion, error) {
	x := Suggestion{
		Title: b.Name, Goal: b.Goal, Theory: "goal-setting", Due: aheadOf(r).GoalDue(), Written: true, Bundle: &b,
	}
	var early []string
	for _, s := range b.Serves {
		row, ok := r.Row(s.KSB)
		if !ok || !row.Rated || row.NoOpportunity() {
			continue
		}
		if row.Level < b.From() {
			early = append(early, s.KSB)
		}
		_, taken := p.GoalFor(s.KSB)
		if from := From(row); !taken && (row.Gap() > 0 || proves(row)) && s.Helps(from) {
			x.KSBs = append(x.KSBs, s.KSB)
			x.Moves = append(x.Moves, Move{s.KSB, row.Level, from + 1, s.ProofAt(from + 1)})
		}
	}
	switch {
	case len(early) > 0:
		return x, profile.Refuse("set a goal there first, and come back to the project when you have moved up",
			"the project %s starts from level %s, and you are below that in %s", b.ID, b.From(), words.List(early))
	case len(x.KSBs) == 0:
		const why = "each KSB it serves has a goal already, is not rated, or is past the level it leads to"
		return x, profile.Refuse(why, "the project %s would move none of your gaps up", b.ID)
	}
	for _, t := range b.Steps {
		x.Actions = append(x.Actions, profile.Action{
			Sort: t.Sort, Text: safetext.New(t.Text), Who: safetext.New(t.Who), Shows: safetext.New(t.Result),
			Minutes: t.Minutes, OffJob: b.OffJob, Status: profile.ActionOpen,
		})
		x.weeks = append(x.weeks, t.Weeks)
	}
	ahead := aheadOf(r)
	if review, ok := ahead.agreed(); ok && !x.oneAfterAnother(Ahead{review, review, ahead.Gateway}).After(x.Due) {
		x.startInTime(r.AsOf)
		return x, nil // it is agreed at the review, and begins after it
	}
	if end := x.oneAfterAnother(ahead); end.After(x.Due) {
		if ahead.bound(end) != end {
			return x, profile.Refuse(
				"take a smaller goal, or agree another gateway date with your line manager and provider",
				"the project %s takes until %s, and your gateway is on %s", b.ID, end.Long(), ahead.Gateway.Long())
		}
		x.tight, x.Due = true, end
		x.oneAfterAnother(ahead)
	}
	x.startInTime(r.AsOf)
	return x, nil
}

// oneAfterAnother gives the steps their days, spread over the time until the goal is due: each after the one that it
// builds on, and none in the quiet weeks; what runs for weeks begins as long before its day, and not over those weeks.
// It says when the last would end if each came as soon as it can.
func (x *Suggestion) oneAfterAnother(ahead Ahead) calendar.Date {
	n := len(x.Actions)
	next := func(i int, before calendar.Date) calendar.Date { // the first day of a step after another
		switch weeks := x.weeks[i]; {
		case weeks > 0 && i == 0:
			return running(ahead.Today.AddDays(leastActionDays), weeks)
		case weeks > 0:
			return running(before, weeks)
		case i == 0:
			return dayFrom(ahead.Today, othersDays)
		}
		return dayFrom(before, 1)
	}
	end := ahead.Today
	for i := range n {
		end = next(i, end)
	}
	if end.After(x.Due) {
		return end
	}
	last := make([]calendar.Date, n) // the last day of each that leaves time for those after it
	for i := n - 1; i >= 0; i-- {
		if last[i] = x.Due; i == n-1 {
			continue
		}
		last[i] = last[i+1]
		for off(last[i]) || next(i+1, last[i]).After(last[i+1]) {
			last[i] = last[i].AddDays(-1)
		}
	}
	open := ahead.openDays(othersDays, x.Due)
	before := ahead.Today
	for i := range n {
		least := next(i, before)
		due := latest(open[(len(open)-1)*(i+1)/n], least)
		if x.weeks[i] > 0 {
			due = running(due.AddDays(-7*x.weeks[i]), x.weeks[i])
		}
		if due.After(last[i]) {
			if due = least; x.weeks[i] == 0 {
				due = latest(last[i], least)
			}
		}
		x.Actions[i].Due, before = due, due
	}
	return before
}

// projectWhy says what a project moves for its hours, and what the suggested actions for each gap would take instead.
func projectWhy(r *gap.Report, x Suggestion) string {
	says := fmt.Sprintf("Gives evidence towards %s in about %s: %s", words.Count(len(x.KSBs), "KSB", "KSBs"),
		words.Count(x.Bundle.Hours, "hour", "hours"), words.List(x.KSBs))
	if n := late(r, x.KSBs); n > 0 {
		says += fmt.Sprintf("; %d behind where month %d should be", n, r.Month)
	}
	proof := slices.ContainsFunc(x.Moves, func(m Move) bool { return m.From == m.To }) // whose time nobody knows
	if alone := (x.alone + 30) / 60; alone > x.Bundle.Hours && !proof {
		says += fmt.Sprintf(". One by one, their suggested actions take about %s", words.Count(alone, "hour", "hours"))
	}
	return says
}

func late(r *gap.Report, ksbs []string) int {
	return lists.Count(ksbs, func(id string) bool {
		row, _ := r.Row(id)
		return row.Late()
	})
}
