// Package longrecord makes the profile of a learner at the end of a three-year programme, for benchmarks and for tests
// with much data: twelve rounds with all raters, 300 pieces of evidence, 20 goals with 60 actions and 20 reflections,
// and twelve reviews. Only tests and benchmarks import it.
package longrecord

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// How many of each there are.
const (
	rounds   = 12
	evidence = 300
	goals    = 20 // with three actions each
	open     = 3  // of the goals: the last ones, with their actions
	reviews  = 12
)

// Make is the profile on a day in the last month of the three years. In the last round, which is open, every KSB is
// rated.
func Make(std *standard.Standard, today calendar.Date) profile.Profile {
	start := today.AddMonths(-35)
	p := profile.Profile{
		Standard: std.Reference,
		Learner: profile.Learner{
			Name: safetext.New("Asha Patel"), Role: safetext.New("Cardiac physiology"),
			Start: start, Review: today.AddDays(10),
		},
	}
	for i := range rounds {
		months := 3 * i
		if i == rounds-1 {
			months-- // so that it has time before today
		}
		p.Rounds = append(p.Rounds, round(std.Walk(), i, start.AddMonths(months)))
	}
	p.Rounds[rounds-1].Closed = calendar.Date{}
	for i := range evidence {
		p.Evidence = append(p.Evidence, piece(std.Walk(), i, start))
	}
	for i := range goals {
		p.Goals = append(p.Goals, goal(std.Walk(), i, start))
		p.Reflections = append(p.Reflections, reflection(p.Goals[i], i))
	}
	for i := range reviews {
		p.Reviews = append(p.Reviews, review(p, i))
	}
	return p
}

// round is round number i, in which the learner rates every KSB, a mentor every fourth, and a second mentor every
// sixteenth; every eighth is agreed.
func round(walk []string, i int, opened calendar.Date) profile.Round {
	r := profile.Round{
		ID: fmt.Sprintf("review-%d", i), Opened: opened, Closed: opened.AddDays(20),
		Ratings: map[profile.Rater]map[string]profile.Rating{}, Others: map[string][]profile.Rating{},
	}
	for _, by := range profile.Raters {
		r.Ratings[by] = map[string]profile.Rating{}
	}
	for k, id := range walk {
		lvl := level.Level(min((i+k%5)/3, int(level.Max)))
		day := opened.AddDays(k % 20)
		self := profile.Rating{Level: lvl, On: day}
		if k%3 == 0 {
			self.Note = safetext.New("What I saw, did and would do otherwise next time")
		}
		r.Ratings[profile.Self][id] = self
		if k%4 == 0 {
			r.Ratings[profile.Mentor][id] = profile.Rating{
				Level: max(lvl-level.Level(k%2), 0), On: day,
				By: safetext.New("J. Ode"),
			}
		}
		if k%16 == 0 {
			r.Others[id] = []profile.Rating{{
				Level: lvl, On: opened, Note: safetext.New("Saw it twice in clinic 2"),
				By: safetext.New("R. Lindqvist"),
			}}
		}
		if k%8 == 0 {
			r.Ratings[profile.Agreed][id] = profile.Rating{
				Level: lvl, On: day, By: safetext.New("J. Ode"),
				Reason: safetext.New("seen twice, with prompts"),
			}
		}
	}
	return r
}

func piece(walk []string, i int, start calendar.Date) profile.Evidence {
	kinds := profile.Kinds
	return profile.Evidence{
		ID: fmt.Sprintf("e-%04d", i), KSBs: []string{walk[i%len(walk)], walk[(i*7+1)%len(walk)]},
		On:   start.AddDays(i * 3),
		Kind: kinds[1+i%(len(kinds)-1)], Title: safetext.New("Probe fault log, four weeks, anonymised"),
		Where: safetext.New("Portfolio, section 3"), Witness: safetext.New("J. Ode"),
	}
}

func goal(walk []string, i int, start calendar.Date) profile.Goal {
	set := start.AddDays(50 * i)
	g := profile.Goal{
		ID: fmt.Sprintf("g-%04d", i), KSBs: []string{walk[i%len(walk)]},
		Text:   safetext.New("Say what each probe check cannot catch"),
		Status: profile.GoalDone, Set: set, Due: set.AddMonths(3), Why: safetext.New("1 below target"),
		Closed: set.AddMonths(3),
	}
	for k, sort := range profile.Sorts {
		a := profile.Action{
			ID: fmt.Sprintf("a-%04d", 3*i+k), Sort: sort, Text: safetext.New("Read the manual and mark the limits"),
			Who: safetext.New("Library"), Due: g.Due, Shows: safetext.New("A page of notes"),
			Status: profile.ActionDone, Closed: g.Closed,
		}
		if i >= goals-open {
			a.Status, a.Closed = profile.ActionOpen, calendar.Date{}
		}
		g.Actions = append(g.Actions, a)
	}
	if i >= goals-open {
		g.Status, g.Closed = profile.GoalActive, calendar.Date{}
	}
	return g
}

func reflection(g profile.Goal, i int) profile.Reflection {
	return profile.Reflection{
		ID: fmt.Sprintf("x-%04d", i), On: g.Set, Model: "driscoll", Goal: g.ID, KSBs: g.KSBs,
		Answers: []profile.Answer{
			{Step: "what", Text: safetext.New("I named the check and not its limit.")},
			{Step: "patients", Text: safetext.New("A drifting probe would have been used for a week.")},
		},
	}
}

func review(p profile.Profile, i int) profile.Review {
	r := p.Rounds[i]
	day := r.Opened.AddDays(21)
	x := profile.Review{
		ID: fmt.Sprintf("r-%04d", i), On: day, Kind: profile.ReviewProgress,
		With: []safetext.Text{safetext.New("J. Ode")}, Round: r.ID,
		Agreed: safetext.New("The limits first, then the report"), Workload: safetext.New("Two full lists a day"),
		Clear: "yes", Helped: "yes", Valued: "partly", Next: day.AddMonths(3), Closed: day, Hash: "sha256:" +
			fmt.Sprintf("%064x", i),
	}
	if i == reviews-1 { // its round is still open, so it is held when that begins
		x.On, x.Closed, x.Next = r.Opened, r.Opened, r.Opened.AddMonths(3)
	}
	for _, a := range p.Goals[i].Actions {
		x.Checked = append(x.Checked, profile.Checked{Action: a.ID, Outcome: profile.ActionDone})
	}
	return x
}
