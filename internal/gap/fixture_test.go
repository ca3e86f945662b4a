package gap_test

import (
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
