package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// When a project is offered, and how many are offered at once: a long list is no choice.
const (
	minMoved    = 3
	maxProjects = 2
)

// Projects are the small projects that are offered beside the suggestions for single KSBs. One is offered where it
// moves three gaps or more, all of which have no goal yet, and takes less time than the suggested actions for each of
// them would. What moves most gaps an hour comes first. None is offered for a KSB that one of the suggestions beside it is
// for, since that narrows the choice; and a gap is not counted where a project before it is for the same KSB. What is nothing
// for newcomers waits for its month, and what takes weeks is offered where there are as many before it is due.
func Projects(
	r *gap.Report, p profile.Profile, bundles []coaching.Bundle, coach Coach, beside []Suggestion,
) []Suggestion {
	var all, out []Suggestion
	for _, b := range bundles {
		if x, err := moved(r, p, b); err == nil && !x.tight && (!r.Timed || r.Month >= b.Month) && r.AsOf.Days(x.Due) >= 7*b.Weeks {
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

// Project is a bundle as one goal for the KSBs that it moves: those below target, or at target with nothing yet that shows
// it, without a goal so far, at a level from which it helps. It is refused where it moves none, or where the learner is not yet at the level that it starts
// from.
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
		if !ok || !row.Rated || row.Opportunity() {
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

// oneAfterAnother gives the steps their days, spread over the time until the goal is due: each after the one that it builds on, and
// none in the quiet weeks; what runs for weeks begins as long before its day, and not over those weeks. It says when the last
// would end if each came as soon as it can.
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
