package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// given is one rating of K7 in a round.
type given struct {
	by    profile.Rater
	level level.Level
	on    string
}

func rounds(t *testing.T, list ...[]given) profile.Profile {
	t.Helper()
	p := profile.Profile{Standard: "ST0413"}
	for i, of := range list {
		r := profile.Round{ID: "r", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{}}
		if i < len(list)-1 {
			r.Closed = today
		}
		for _, g := range of {
			r.Ratings[g.by] = map[string]profile.Rating{"K7": {Level: g.level, On: day(t, g.on)}}
		}
		p.Rounds = append(p.Rounds, r)
	}
	return p
}

func TestNewestAndLevel(t *testing.T) {
	const none = level.NoOpportunity
	for _, c := range []struct {
		name   string
		rounds [][]given
		want   level.Level
		by     profile.Rater
		ok     bool
	}{
		{"nothing", nil, 0, profile.Self, false},
		{"self", [][]given{{{profile.Self, 2, "2026-01-01"}}}, 2, profile.Self, true},
		{"a mentor alone says nothing", [][]given{{{profile.Mentor, 4, "2026-01-01"}}}, 0, profile.Self, false},
		{"a mentor beside self changes nothing", [][]given{{{profile.Self, 2, "2026-01-01"}, {profile.Mentor, 4, "2026-02-01"}}}, 2, profile.Self, true},
		{"agreed beats self", [][]given{{{profile.Self, 2, "2026-01-01"}, {profile.Agreed, 3, "2026-01-02"}}}, 3, profile.Agreed, true},
		{"agreed beats a newer self", [][]given{{{profile.Agreed, 3, "2026-01-02"}}, {{profile.Self, 1, "2026-06-01"}}}, 3, profile.Agreed, true},
		{"the newer of two rounds", [][]given{{{profile.Self, 1, "2026-01-01"}}, {{profile.Self, 3, "2026-02-01"}}}, 3, profile.Self, true},
		{"the newer date, though in the older round", [][]given{{{profile.Self, 1, "2026-03-01"}}, {{profile.Self, 3, "2026-02-01"}}}, 1, profile.Self, true},
		{"of equal dates the later round", [][]given{{{profile.Self, 1, "2026-03-01"}}, {{profile.Self, 3, "2026-03-01"}}}, 3, profile.Self, true},
		{"the newest agreed", [][]given{{{profile.Agreed, 2, "2026-01-01"}}, {{profile.Agreed, 3, "2026-02-01"}, {profile.Self, 4, "2026-02-02"}}}, 3, profile.Agreed, true},
		{"no opportunity counts", [][]given{{{profile.Self, 2, "2026-01-01"}}, {{profile.Self, none, "2026-02-01"}}}, none, profile.Self, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, by, ok := rounds(t, c.rounds...).Level("K7")
			if r.Level != c.want || by != c.by || ok != c.ok {
				t.Errorf("%s by %s (%v), want %s by %s (%v)", r.Level, by, ok, c.want, c.by, c.ok)
			}
			if _, _, ok := rounds(t, c.rounds...).Level("K8"); ok {
				t.Error("K8 has a level")
			}
		})
	}
}

func TestBefore(t *testing.T) {
	two := [][]given{{{profile.Self, 1, "2026-01-01"}}, {{profile.Self, 3, "2026-06-01"}}}
	p := rounds(t, two...)
	if r, ok := p.Before("K7", profile.Self); !ok || r.Level != 1 {
		t.Errorf("with an open round: %v, %v", r, ok)
	}
	p.Rounds[1].Closed = today
	if r, ok := p.Before("K7", profile.Self); !ok || r.Level != 3 {
		t.Errorf("with all closed: %v, %v", r, ok)
	}
	if _, ok := rounds(t, two[0]).Before("K7", profile.Self); ok {
		t.Error("before the first round there is something")
	}
	if _, ok := p.Before("K7", profile.Mentor); ok {
		t.Error("a mentor has said something")
	}
}

func TestOverdueInFlightAndLookUps(t *testing.T) {
	p := decode(t, full).Profile
	if n := p.InFlight(); n != 1 {
		t.Errorf("%d under way", n)
	}
	late := p.Overdue(today)
	if len(late) != 1 || late[0].ID != "a-91xd" {
		t.Errorf("overdue: %v", late)
	}
	if late := p.Overdue(day(t, "2026-10-31")); len(late) != 0 {
		t.Errorf("overdue on its own day: %v", late)
	}
	p.Goals[0].Status = profile.GoalParked
	if len(p.Overdue(today)) != 0 || p.InFlight() != 0 {
		t.Error("a parked goal is under way or late")
	}
	if _, g, ok := p.Action("a-91xe"); !ok || g.ID != "g-2mq9" {
		t.Error("the action was not found")
	}
	if _, _, ok := p.Action("nobody"); ok {
		t.Error("an action was made up")
	}
	if n := len(p.EvidenceFor("K7")); n != 1 {
		t.Errorf("%d pieces for K7", n)
	}
	if n, in := p.Ratings(), file.RatingsIn(decode(t, full).Doc); n != 9 || in != n {
		t.Errorf("%d ratings, %d in the text", n, in)
	}
	for _, id := range []string{"baseline", "review-1", "e-7f3k", "r-2fvh", "g-2mq9", "a-91xd"} {
		if !p.IDs()[id] {
			t.Errorf("the id %s is not in use", id)
		}
	}
	if got := p.Reflections[0].Answer("what").Line(); got != "I named the check and not its limits." {
		t.Error(got)
	}
	if !p.Reflections[0].Answer("nothing").Empty() {
		t.Error("an answer was made up")
	}
}
