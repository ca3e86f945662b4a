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

// Because says why a goal is suggested. The learner's own reason is another matter, and asked for once the goal is set
// (K32).
func (x Suggestion) Because() string { return because(x.Why) }

func because(why string) string {
	if why == "" {
		return ""
	}
	return "Suggested because: " + strings.ToLower(why[:1]) + why[1:]
}

// How many goals are suggested to a learner who has none: the minimum if there is little time before the next review,
// or in the first months, when there is an induction to do as well.
const (
	minSuggested = 3
	maxSuggested = 5
	nearReview   = 5 * 7 // days
	newcomer     = 3     // months of the programme
)

// Suggestions are the first goals for a learner who has none: the first gaps of Firsts, with due dates for the actions
// of all of them. If there are fewer than three gaps, unsupported claims fill up to three, then what had no
// opportunity, what is not rated, and any other KSB, so that there is always something to choose from. Without gaps,
// there may be as many claims as there would have been gaps.
func Suggestions(r *gap.Report, coach Coach, title Titles) []Suggestion {
	most := maxSuggested
	n := r.AsOf.Days(r.Review)
	if !r.Review.IsZero() && n > 0 && n < nearReview || r.Timed && r.Month < newcomer {
		most = minSuggested
	}
	if NearGateway(r) {
		most = maxSuggested // by then every gap must be dealt with
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
	take(inWorkingOrder(r, r.Unsupported()), most)
	take(r.NoOpportunity(), minSuggested)
	take(r.Unrated(), minSuggested)
	take(r.Rows, minSuggested)
	out := lists.Each(rows, func(row gap.Row) Suggestion { return suggest(r, row, coach, title) })
	ahead := aheadOf(r)
	due := ahead.GoalDue()
	if Unshown(r) != "" {
		ahead.Today = ahead.within(stockDays) // the learner is told to take stock of existing evidence first
	}
	scheduleTogether(out, ahead, due)
	mentionSharedVisits(out)
	for i := range out {
		out[i].addStartDates(r.AsOf)
	}
	return out
}

// Firsts are the gaps in the order in which to work on them; every place that names the first gap uses it. The most
// pressing come first. Among equally pressing ones it is safety first, then what the learner's field needs soonest (see
// gap.Order), then a mix of kinds and duties. From the middle of the programme, KSBs whose evidence takes months come
// right after the one that the field needs first.
//
// The first five are kept varied: while there are others, they hold no knowledge and skill with the same number, which
// are about the same theme, and at most two behaviours.
func Firsts(r *gap.Report) []gap.Row { return inWorkingOrder(r, r.Gaps()) }

// NearGateway reports whether the gateway is within six months, and not past.
func NearGateway(r *gap.Report) bool {
	return r.Gateway.After(r.AsOf) && r.Gateway.Before(r.AsOf.AddMonths(gatewayMonths))
}

const gatewayMonths = 6 // how many months before the gateway everything that is still open is listed

// mentionSharedVisits adds to each action that a visit by an assessor can cover which other KSBs the same visit can
// show.
func mentionSharedVisits(all []Suggestion) {
	var visit []actionRef
	for i, x := range all {
		for j, session := range x.sameVisit {
			if session {
				visit = append(visit, actionRef{i, j})
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
	mostBehaviours = 2 // among the first, while there are other gaps
	mostOfKind     = 2 // in a row, while equally pressing gaps are of another kind
)

// inWorkingOrder puts rows, which must be in rank order, in the order that Firsts describes.
func inWorkingOrder(r *gap.Report, rows []gap.Row) []gap.Row {
	order := r.Order()
	field := order.Field
	if r.Timed && 2*r.Month >= r.Length {
		n := min(1, len(field))
		field = slices.Concat(field[:n], order.Long, field[n:])
	}
	all := make([]candidate, len(rows))
	for i, row := range rows {
		x := candidate{index: i, field: slices.Index(field, row.KSB.ID), duty: r.Standard.Home(row.KSB.ID)}
		if x.field < 0 {
			x.field = len(field)
		}
		last := slices.Contains(order.Last, row.KSB.ID)
		if last {
			x.field++
		}
		if last || !slices.Contains(order.Safety, row.KSB.ID) {
			x.safety = 1
		}
		all[i] = x
	}
	var first, later []gap.Row
	themes := map[string]bool{}                // by the number of a KSB: K7 and S7 are about one theme
	duties, kinds := map[int]int{}, [256]int{} // how many rows of each are in first
	// weight packs the criteria into one number, the most important in the highest bits; the lightest row is next
	weight := func(x candidate) int {
		n, ofKind := 0, kinds[rows[x.index].KSB.Kind]
		for _, part := range [...]int{max(ofKind, mostOfKind-1), x.safety, x.field, ofKind, duties[x.duty]} {
			n = n<<8 | part
		}
		return n
	}
	done := 0
	for done < len(rows) && len(first) < maxSuggested {
		from := done
		for done < len(rows) && equallyPressing(rows[from], rows[done]) {
			done++
		}
		for equal := all[from:done]; len(equal) > 0; {
			next, least := 0, weight(equal[0])
			for i, x := range equal {
				if n := weight(x); n < least {
					next, least = i, n
				}
			}
			x := equal[next]
			equal = slices.Delete(equal, next, next+1)
			row := rows[x.index]
			theme, behaviour := row.KSB.ID[1:], row.KSB.Kind == standard.Behaviour
			if behaviour && kinds[standard.Behaviour] >= mostBehaviours || !behaviour && themes[theme] {
				later = append(later, row)
				continue
			}
			if !behaviour {
				themes[theme] = true
			}
			kinds[row.KSB.Kind]++
			duties[x.duty]++
			first = append(first, row)
		}
	}
	return slices.Concat(first, later, rows[done:])
}

// candidate is a row that inWorkingOrder has yet to place. Of safety and field, less comes first.
type candidate struct {
	index  int // index of the row
	safety int // 0 if safety depends on it, else 1
	field  int // its place in the order of the learner's field
	duty   int // the first of its duties
}

// equallyPressing reports whether two rows rank the same but for the number of duties and walk order.
func equallyPressing(a, b gap.Row) bool {
	behindA, _ := a.Behind()
	behindB, _ := b.Behind()
	return behindA == behindB && a.Gap() == b.Gap() && min(a.Evidence, 1) == min(b.Evidence, 1)
}

// OrderFor is the order of equally pressing gaps for a learner in a field, or in the zero Field if that is not known.
func OrderFor(fields *coaching.Fields, own coaching.Field) gap.Order {
	o := gap.Order{Safety: fields.Safety, Field: own.First, Long: fields.Long}
	if own.ID != "" && !own.Patients {
		o.Last = fields.Met
	}
	return o
}

const (
	minMoved    = 3 // a project must move this many gaps to be offered
	maxProjects = 2 // more at once would be hard to choose from
)

// Projects are the small projects to offer beside suggestions for single KSBs. A project must move at least three gaps
// without a goal, and take less time than the suggested actions for each of them; those that move most gaps an hour
// come first. It is not offered if one of the suggestions is for the same KSB, which would leave the learner less to
// choose from, before its month of the programme, or if it would run past its due date. Gaps that an earlier project
// moves do not count for a later one.
func Projects(
	r *gap.Report, p profile.Profile, bundles []coaching.Bundle, coach Coach, beside []Suggestion,
) []Suggestion {
	var all, out []Suggestion
	for _, b := range bundles {
		if x, err := unpricedProject(r, p, b); err == nil && !x.overruns && (!r.Timed || r.Month >= b.Month) &&
			r.AsOf.Days(x.Due) >= 7*b.Weeks {
			all = append(all, x)
		}
	}
	var covered, single []string // KSBs of the projects so far, and of the suggestions
	for _, x := range beside {
		single = append(single, x.KSBs...)
	}
	worthwhile := func(x Suggestion) bool {
		clash := slices.ContainsFunc(x.KSBs, func(ksb string) bool { return slices.Contains(single, ksb) })
		moved := lists.Count(x.KSBs, func(ksb string) bool { return !slices.Contains(covered, ksb) })
		return !clash && moved >= minMoved
	}
	sorting.By(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(len(b.KSBs)*a.Bundle.Minutes(), len(a.KSBs)*b.Bundle.Minutes()), // gaps an hour
			cmp.Compare(countBehind(r, b.KSBs), countBehind(r, a.KSBs)))
	})
	for _, x := range all {
		if len(out) == maxProjects {
			break // so that coaching is read only for projects that may be offered
		}
		if !worthwhile(x) {
			continue
		}
		x.addReason(r, coach)
		if x.singleMinutes > x.Bundle.Minutes() {
			out, covered = append(out, x), append(covered, x.KSBs...)
		}
	}
	return out
}

// Project makes one goal of a bundle, for the KSBs that it moves: those below target or at target without proof, that
// have no goal yet, and whose level is one from which the project helps. It is refused if there are none, if the
// learner is not yet at the level it starts from, or if it cannot end before the gateway.
func Project(r *gap.Report, p profile.Profile, b coaching.Bundle, coach Coach) (Suggestion, error) {
	x, err := unpricedProject(r, p, b)
	if err == nil {
		x.addReason(r, coach)
	}
	return x, err
}

// addReason adds up the time that single goals would take, and sets the reason for the project.
func (x *Suggestion) addReason(r *gap.Report, coach Coach) {
	for _, m := range x.Moves {
		e, _ := coach(m.KSB)
		for _, a := range firstOfEach(e, m.To-1) {
			x.singleMinutes += a.Minutes
		}
	}
	x.Why = projectWhy(r, *x)
}

// unpricedProject is Project without its reason, for which the coaching would have to be read.
func unpricedProject(r *gap.Report, p profile.Profile, b coaching.Bundle) (Suggestion, error) {
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
		if from := From(row); !taken && (row.Gap() > 0 || needsProof(row)) && s.Helps(from) {
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
	if review, ok := ahead.agreedAt(); ok && !x.scheduleSteps(Ahead{review, review, ahead.Gateway}).After(x.Due) {
		x.addStartDates(r.AsOf)
		return x, nil // there is time to agree it at the review and begin after that
	}
	if end := x.scheduleSteps(ahead); end.After(x.Due) {
		if ahead.upToGateway(end) != end {
			return x, profile.Refuse(
				"take a smaller goal, or agree another gateway date with your line manager and provider",
				"the project %s takes until %s, and your gateway is on %s", b.ID, end.Long(), ahead.Gateway.Long())
		}
		x.overruns, x.Due = true, end
		x.scheduleSteps(ahead)
	}
	x.addStartDates(r.AsOf)
	return x, nil
}

// scheduleSteps gives the steps of a project their due dates, one after another, spread over the time until the goal
// is due. None is in the quiet weeks, and none that takes weeks runs over them. It returns the last of the dates; if
// there is too little time, it sets none and returns the earliest day on which the project could end.
func (x *Suggestion) scheduleSteps(ahead Ahead) calendar.Date {
	n := len(x.Actions)
	next := func(i int, before calendar.Date) calendar.Date { // the earliest day for step i after the one before
		switch weeks := x.weeks[i]; {
		case weeks > 0 && i == 0:
			return endOfRun(ahead.Today.AddDays(leastActionDays), weeks)
		case weeks > 0:
			return endOfRun(before, weeks)
		case i == 0:
			return workdayFrom(ahead.Today, othersDays)
		}
		return workdayFrom(before, 1)
	}
	end := ahead.Today
	for i := range n {
		end = next(i, end)
	}
	if end.After(x.Due) {
		return end
	}
	last := make([]calendar.Date, n) // the last day for each step that leaves time for those after it
	day := x.Due
	for i := n - 1; i >= 0; i-- {
		for i < n-1 && (dayOff(day) || next(i+1, day).After(last[i+1])) {
			day = day.AddDays(-1)
		}
		last[i] = day
	}
	open := ahead.workdays(othersDays, x.Due)
	before := ahead.Today
	for i := range n {
		least := next(i, before)
		due := latest(open[(len(open)-1)*(i+1)/n], least)
		if x.weeks[i] > 0 {
			due = endOfRun(due.AddDays(-7*x.weeks[i]), x.weeks[i])
		}
		if due.After(last[i]) {
			due = least
			if x.weeks[i] == 0 {
				due = latest(last[i], least)
			}
		}
		x.Actions[i].Due = due
		before = due
	}
	return before
}

// projectWhy says what a project moves in how many hours, and how long single goals for these KSBs would take.
func projectWhy(r *gap.Report, x Suggestion) string {
	says := fmt.Sprintf("Gives evidence towards %s in about %s: %s", words.Count(len(x.KSBs), "KSB", "KSBs"),
		words.Count(x.Bundle.Hours, "hour", "hours"), words.List(x.KSBs))
	if n := countBehind(r, x.KSBs); n > 0 {
		says += fmt.Sprintf("; %d behind where month %d should be", n, r.Month)
	}
	// nobody knows how long it takes to show a level
	proof := slices.ContainsFunc(x.Moves, func(m Move) bool { return m.From == m.To })
	if alone := (x.singleMinutes + 30) / 60; alone > x.Bundle.Hours && !proof {
		says += fmt.Sprintf(". One by one, their suggested actions take about %s", words.Count(alone, "hour", "hours"))
	}
	return says
}

// countBehind is how many of the KSBs are behind.
func countBehind(r *gap.Report, ksbs []string) int {
	return lists.Count(ksbs, func(id string) bool {
		row, _ := r.Row(id)
		return row.Late()
	})
}
