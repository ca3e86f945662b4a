package gap_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Each case is two KSBs that differ in one part of the rule, and are alike in every part before it.
func TestRankTieBreaks(t *testing.T) {
	// In month 14 of 36 a target of 3 is expected at 2, one of 4 at 2, one of 2 at 1 and one of 1 at 0.
	for _, c := range []struct {
		name          string
		first, second string
		levels        map[string]level.Level
		targets       map[string]level.Level
		evidence      []string
		noStart       bool
	}{
		{"more behind, though the gap is smaller", "K2", "K1", map[string]level.Level{"K2": 0, "K1": 1}, map[string]level.Level{"K2": 3, "K1": 4}, nil, false},
		{"on the month comes before ahead of it", "K2", "K1", map[string]level.Level{"K2": 2, "K1": 3}, map[string]level.Level{"K1": 4}, nil, false},
		{"the larger gap", "K2", "K1", map[string]level.Level{"K2": 1, "K1": 1}, map[string]level.Level{"K2": 4, "K1": 3}, nil, false},
		{"without evidence", "K2", "K1", map[string]level.Level{"K2": 1, "K1": 1}, nil, []string{"K1"}, false},
		{"evidence counts once", "K1", "K2", map[string]level.Level{"K2": 1, "K1": 1}, nil, []string{"K1", "K1", "K2"}, false},
		{"in more duties", "B1", "K1", map[string]level.Level{"B1": 1, "K1": 1}, nil, nil, false},
		{"walk order", "K1", "K2", map[string]level.Level{"K2": 1, "K1": 1}, nil, nil, false},
		{"walk order, not code order", "S1", "K6", map[string]level.Level{"S1": 1, "K6": 1}, nil, nil, false},
		{"K17 comes last", "S30", "K17", map[string]level.Level{"S30": 1, "K17": 1}, nil, nil, false},
		{"without a start the gap decides", "K1", "K2", map[string]level.Level{"K1": 1, "K2": 0}, map[string]level.Level{"K1": 4, "K2": 2}, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := evidence(learner(c.levels), c.evidence...)
			p.Targets = c.targets
			if c.noStart {
				p.Learner.Start = calendar.Date{}
			}
			r := report(p)
			if got, want := ids(r.Gaps()), []string{c.first, c.second}; !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
			a, b := row(t, r, c.first), row(t, r, c.second)
			if gap.Rank(a, b) >= 0 || gap.Rank(b, a) <= 0 || gap.Rank(a, a) != 0 {
				t.Errorf("Rank: %d, %d, %d", gap.Rank(a, b), gap.Rank(b, a), gap.Rank(a, a))
			}
		})
	}
}

// anyProfile draws a profile with ratings, targets and evidence at random.
func anyProfile(t *rapid.T) profile.Profile {
	levels := map[string]level.Level{}
	for _, id := range std.Walk() {
		if n := rapid.IntRange(-2, 4).Draw(t, "level"); n > -2 {
			levels[id] = level.Level(n)
		}
	}
	p := learner(levels)
	if rapid.Bool().Draw(t, "no start") {
		p.Learner.Start = calendar.Date{}
	} else {
		p.Learner.Start = today.AddMonths(-rapid.IntRange(0, 40).Draw(t, "month"))
	}
	p.Targets = map[string]level.Level{}
	for range rapid.IntRange(0, 20).Draw(t, "targets") {
		p.Targets[rapid.SampledFrom(std.Walk()).Draw(t, "ksb")] = level.Level(rapid.IntRange(1, 4).Draw(t, "target"))
	}
	for range rapid.IntRange(0, 20).Draw(t, "evidence") {
		p = evidence(p, rapid.SampledFrom(std.Walk()).Draw(t, "ksb"))
	}
	mentor := map[string]profile.Rating{}
	for range rapid.IntRange(0, 10).Draw(t, "mentor") {
		mentor[rapid.SampledFrom(std.Walk()).Draw(t, "ksb")] = profile.Rating{Level: level.Level(rapid.IntRange(-1, 4).Draw(t, "level")), On: today}
	}
	p.Rounds[0].Ratings[profile.Mentor] = mentor
	return p
}

// Rank is a strict weak order on any rows, rated or not, so that sorting ends in one order whatever it starts from.
func TestRankIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := report(anyProfile(t))
		rows := r.Rows
		pick := func() gap.Row { return rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")] }
		for range 50 {
			a, b, c := pick(), pick(), pick()
			ab, ba, bc, ac := gap.Rank(a, b), gap.Rank(b, a), gap.Rank(b, c), gap.Rank(a, c)
			if cmp.Compare(ab, 0) != -cmp.Compare(ba, 0) {
				t.Fatalf("%s and %s: %d and %d", a.KSB.ID, b.KSB.ID, ab, ba)
			}
			if (ab == 0) != (a.KSB.ID == b.KSB.ID) {
				t.Fatalf("%s and %s tie", a.KSB.ID, b.KSB.ID)
			}
			if ab <= 0 && bc <= 0 && ac > 0 {
				t.Fatalf("%s <= %s <= %s, but not %s <= %s", a.KSB.ID, b.KSB.ID, c.KSB.ID, a.KSB.ID, c.KSB.ID)
			}
		}
		mixed := slices.Clone(r.Gaps())
		rand.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		slices.SortFunc(mixed, gap.Rank)
		if !slices.Equal(ids(mixed), ids(r.Gaps())) {
			t.Fatal("the order depends on where the sorting began")
		}
	})
}

// InFull says how far behind a KSB is once, not twice.
func TestInFullSaysNothingTwice(t *testing.T) {
	for l, want := range map[level.Level]string{
		0:    "level 0, target 3. 2 behind where month 14 should be, no evidence.",
		2:    "level 2, target 3. On track for month 14, no evidence.",
		none: "no opportunity, target 3. No evidence.",
	} {
		r := report(evidence(learner(map[string]level.Level{"K7": l}), "K1"))
		if got := r.InFull(row(t, r, "K7")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestReasons(t *testing.T) {
	mentor := func(l level.Level) func(*profile.Profile) {
		return func(p *profile.Profile) {
			p.Rounds[0].Ratings[profile.Mentor] = map[string]profile.Rating{"K7": {Level: l, On: today}}
		}
	}
	for _, c := range []struct {
		name  string
		level level.Level
		edit  func(*profile.Profile)
		want  string
	}{
		{"all of them", 0, mentor(2), "2 behind where month 14 should be, 3 below target, no evidence, your mentor sees it 2 higher"},
		{"lower", 3, mentor(1), "no evidence, your mentor sees it 2 lower"},
		{"below, on the month", 2, nil, "on track for month 14, 1 below target, no evidence"},
		{"the mentor agrees", 2, mentor(2), "on track for month 14, 1 below target, no evidence"},
		{"the mentor saw no opportunity", 2, mentor(none), "on track for month 14, 1 below target, no evidence"},
		{"evidence", 2, func(p *profile.Profile) { *p = evidence(*p, "K7") }, "on track for month 14, 1 below target"},
		{"no start", 0, func(p *profile.Profile) { p.Learner.Start = calendar.Date{} }, "3 below target, no evidence"},
		{"above", 4, func(p *profile.Profile) { *p = evidence(*p, "K7") }, ""},
		{"no opportunity", none, nil, "no evidence"},
		{"agreed hides the mentor", 0, func(p *profile.Profile) {
			mentor(3)(p)
			p.Rounds[0].Ratings[profile.Agreed] = map[string]profile.Rating{"K7": {Level: 2, On: today}}
		}, "on track for month 14, 1 below target, no evidence"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := evidence(learner(map[string]level.Level{"K7": c.level}), "K1")
			if c.edit != nil {
				c.edit(&p)
			}
			r := report(p)
			if got := strings.Join(r.Reasons(row(t, r, "K7")), ", "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	r := report(evidence(learner(map[string]level.Level{"B1": 2}), "K1"))
	want := "on track for month 14, 1 below target, no evidence, in 10 duties"
	if got := strings.Join(r.Reasons(row(t, r, "B1")), ", "); got != want {
		t.Error(got)
	}
	// For a newcomer without any evidence "no evidence" would be true of every row, so it is not said.
	r = report(learner(map[string]level.Level{"B1": 2}))
	if got := strings.Join(r.Reasons(row(t, r, "B1")), ", "); got != strings.Replace(want, "no evidence, ", "", 1) {
		t.Error(got)
	}
}

// The reasons cover the whole rank rule: two gaps with the same reasons are in walk order.
func TestReasonsAreThoseOfTheRank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProfile(t)
		p.Rounds[0].Ratings[profile.Mentor] = nil
		r := report(p)
		gaps := r.Gaps()
		for i := 1; i < len(gaps); i++ {
			a, b := gaps[i-1], gaps[i]
			behindA, _ := a.Behind()
			behindB, _ := b.Behind()
			same := strings.Join(r.Reasons(a), ", ") == strings.Join(r.Reasons(b), ", ")
			if same && behindA >= 0 && behindB >= 0 && a.Place > b.Place {
				t.Fatalf("%s comes before %s, and the reasons do not say why", a.KSB.ID, b.KSB.ID)
			}
		}
	})
}

func BenchmarkCompute(b *testing.B) {
	p := longrecord.Make(std, today)
	b.ReportAllocs()
	for b.Loop() {
		gap.Compute(std, scale, p, today).Gaps()
	}
}
