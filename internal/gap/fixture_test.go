package gap_test

import (
	"fmt"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var (
	lib   = library.New()
	std   = lib.Standard(library.Default)
	scale = lib.Scale()
	today = calendar.Of(2026, 11, 22)
)

const none = level.NoOpportunity

// learner is a profile fourteen months in, with one open round of the learner's own ratings.
func learner(ratings map[string]level.Level) profile.Profile {
	rows := map[string]profile.Rating{}
	for id, l := range ratings {
		rows[id] = profile.Rating{Level: l, On: today}
	}
	return profile.Profile{
		Standard: std.Reference,
		Learner:  profile.Learner{Name: safetext.New("Asha"), Start: today.AddMonths(-14)},
		Rounds:   []profile.Round{{ID: "baseline", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: rows}}},
	}
}

func evidence(p profile.Profile, ksbs ...string) profile.Profile {
	for _, id := range ksbs {
		p.Evidence = append(p.Evidence, profile.Evidence{ID: "e-" + id, KSBs: []string{id}, On: today})
	}
	return p
}

func report(p profile.Profile) *gap.Report { return gap.Compute(std, scale, p, today) }

func row(t testing.TB, r *gap.Report, id string) gap.Row {
	t.Helper()
	x, ok := r.Row(id)
	if !ok {
		t.Fatalf("there is no row %s", id)
	}
	return x
}

func ids(rows []gap.Row) []string {
	var out []string
	for _, x := range rows {
		out = append(out, x.KSB.ID)
	}
	return out
}

// threeYears is a profile as it stands at the end: twelve rounds of all KSBs by all raters, 300 pieces of evidence.
func threeYears() profile.Profile {
	p := learner(nil)
	p.Learner.Start, p.Rounds = today.AddMonths(-36), nil
	for i := range 12 {
		on := p.Learner.Start.AddMonths(3 * i)
		r := profile.Round{ID: fmt.Sprintf("round-%d", i), Opened: on, Closed: on.AddDays(20), Ratings: map[profile.Rater]map[string]profile.Rating{}}
		for _, by := range profile.Raters {
			r.Ratings[by] = map[string]profile.Rating{}
			for k, id := range std.Walk() {
				r.Ratings[by][id] = profile.Rating{Level: level.Level((i + k) / 4 % 5), On: on.AddDays(k % 20)}
			}
		}
		p.Rounds = append(p.Rounds, r)
	}
	walk := std.Walk()
	for i := range 300 {
		p.Evidence = append(p.Evidence, profile.Evidence{ID: fmt.Sprintf("e-%d", i), KSBs: []string{walk[i%72], walk[(i*7+1)%72]}, On: today})
	}
	return p
}
