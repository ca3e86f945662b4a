package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
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
func Projects(r *gap.Report, p profile.Profile, bundles []coaching.Bundle, coach Coach, beside []Suggestion,
) []Suggestion {
	var all, out []Suggestion
	for _, b := range bundles {
		if x, err := moved(r, p, b); err == nil && (!r.Timed || r.Month >= b.Month) && r.AsOf.Days(x.Due) >= 7*b.Weeks {
			all = append(all, x)
		}
	}
	covered, single := map[string]bool{}, map[string]bool{}
	for _, x := range beside {
		for _, ksb := range x.KSBs {
			single[ksb] = true
		}
	}
	few := func(x Suggestion) bool {
		if slices.ContainsFunc(x.KSBs, func(ksb string) bool { return single[ksb] }) {
			return true
		}
		n := 0
		for _, ksb := range x.KSBs {
			if !covered[ksb] {
				n++
			}
		}
		return n < minMoved
	}
	sorting.By(all, func(a, b Suggestion) int {
		return cmp.Or(
			cmp.Compare(len(b.KSBs)*a.Bundle.Minutes(), len(a.KSBs)*b.Bundle.Minutes()),
			cmp.Compare(late(r, b.KSBs), late(r, a.KSBs)),
		)
	})
	for _, x := range all {
		if len(out) == maxProjects {
			break // the coaching of what is not offered is not read
		}
		if few(x) {
			continue
		}
		if x.price(r, coach); x.alone > x.Bundle.Minutes() {
			out = append(out, x)
			for _, ksb := range x.KSBs {
				covered[ksb] = true
			}
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
		Title: b.Name, Goal: b.Goal, Theory: "goal-setting", Due: GoalDue(r.AsOf, r.Review), Written: true,
		Bundle: &b,
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
		return x, &profile.Refusal{
			Msg: fmt.Sprintf("the project %s starts from level %s, and you are below that in %s", b.ID, b.From(),
				words.List(early)),
			Why: "set a goal there first, and come back to the project when you have moved up",
		}
	case len(x.KSBs) == 0:
		return x, &profile.Refusal{
			Msg: fmt.Sprintf("the project %s would move none of your gaps up", b.ID),
			Why: "each KSB it serves has a goal already, is not rated, or is past the level it leads to",
		}
	}
	for i, t := range b.Steps {
		x.Actions = append(x.Actions, profile.Action{
			Sort: t.Sort, Text: safetext.New(t.Text), Who: safetext.New(t.Who), Shows: safetext.New(t.Result),
			Due:     spreadDue(r.AsOf, days(r.AsOf, r.Review, goalDays, leastGoalDays), i, len(b.Steps)),
			Minutes: t.Minutes, OffJob: b.OffJob, Status: profile.ActionOpen,
		})
		x.weeks = append(x.weeks, t.Weeks)
	}
	x.oneAfterAnother(r.AsOf)
	x.startInTime(r.AsOf)
	return x, nil
}

// oneAfterAnother lets no step begin in the quiet weeks around Christmas where there is time after them, nor before the step
// that it builds on is due: what runs for weeks begins as long before its day.
func (x *Suggestion) oneAfterAnother(today calendar.Date) {
	before := today
	for i, weeks := range x.weeks {
		due := x.Actions[i].Due
		start := due.AddDays(-7 * weeks)
		for weeks > 0 && (quiet(start) || off(start) || start.Before(before)) {
			start = start.AddDays(1)
		}
		if later := start.AddDays(7 * weeks); later.After(due) && !later.After(x.Due) {
			due = later
		}
		if due.Before(before) {
			due = before
		}
		x.Actions[i].Due, before = due, due
	}
	for i := len(x.Actions) - 1; i > 0; i-- {
		start := workday(today, today.Days(x.Actions[i].Due)-7*x.weeks[i])
		if start.Before(x.Actions[i-1].Due) && start.After(today) {
			x.Actions[i-1].Due = start
		}
	}
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

// late is how many of some KSBs are behind.
func late(r *gap.Report, ksbs []string) int {
	n := 0
	for _, id := range ksbs {
		if row, ok := r.Row(id); ok && row.Late() {
			n++
		}
	}
	return n
}
