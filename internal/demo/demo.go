// Package demo is the sample learner: Asha Patel, fourteen months into cardiac physiology, with a past, plans, and things
// left to do, so that every screen and every command has something true to show. She is made relative to a day that is
// handed in, and is the same for the same day. Nobody real is meant, and no patient is described.
package demo

import (
	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Month is the programme month that she is in, and ReviewIn the number of days to her next review.
const (
	Month    = 14
	ReviewIn = 19
)

// StoppedAt is the KSB at which the sample learner left off.
const StoppedAt = "K21"

// Profile is the sample learner as she stands on a day. Her data belong to ST0413; the coach supplies the actions of the one
// goal that she took over as it was suggested.
func Profile(std *standard.Standard, coach plan.Coach, today calendar.Date) profile.Profile {
	a := asha{today: today, start: today.AddDays(-12).AddMonths(-Month)}
	p := profile.Profile{
		Standard: std.Reference,
		Learner: profile.Learner{
			Name: safetext.New("Asha Patel"), Role: safetext.New("Cardiac physiology"),
			Start: a.start, Gateway: a.start.AddMonths(profile.ProgrammeMonths), Review: a.in(ReviewIn),
			ID: "l-ashapate",
		},
		Targets:     map[string]level.Level{"S17": 4},
		Rounds:      a.rounds(),
		Evidence:    a.evidence(),
		Reflections: a.reflections(),
		Goals:       a.goals(coach),
		Reviews:     []profile.Review{a.review()},
		Prepared:    prepared,
	}
	p.Reviews[0] = p.AsAgreed(p.Reviews[0])
	p.Reviews[0].Hash = appraisal.Hash(appraisal.Record(p, std, p.Reviews[0]))
	return p
}

// asha knows the two days that everything about her is dated from.
type asha struct{ today, start calendar.Date }

// in is a day counted from today; before today for a negative number.
func (a asha) in(days int) calendar.Date { return a.today.AddDays(days) }

// since is a day counted from her start.
func (a asha) since(days int) calendar.Date { return a.start.AddDays(days) }
