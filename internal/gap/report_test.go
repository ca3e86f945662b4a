package gap_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestRow(t *testing.T) {
	type want struct {
		expected, gap, behind                     int
		known, late, opportunity, claim, strength bool
	}
	for _, c := range []struct {
		name     string
		level    level.Level
		target   level.Level
		evidence bool
		noStart  bool
		want     want
	}{
		{"behind and below", 0, 0, false, false, want{expected: 2, gap: 3, behind: 2, known: true, late: true}},
		{"on the month", 2, 0, false, false, want{expected: 2, gap: 1, behind: 0, known: true}},
		{"a claim", 3, 0, false, false, want{expected: 2, gap: 0, behind: -1, known: true, claim: true, strength: true}},
		{"a claim with evidence", 3, 0, true, false, want{expected: 2, gap: 0, behind: -1, known: true, strength: true}},
		{"a claim below a higher target", 3, 4, false, false, want{expected: 2, gap: 1, behind: -1, known: true, claim: true}},
		{"above target", 4, 2, true, false, want{expected: 1, gap: -2, behind: -3, known: true, strength: true}},
		{"no opportunity", none, 0, false, false, want{expected: 2, opportunity: true}},
		{"without a start", 0, 0, false, true, want{gap: 3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := learner(map[string]level.Level{"K7": c.level})
			if c.target > 0 {
				p.Targets = map[string]level.Level{"K7": c.target}
			}
			if c.evidence {
				p = evidence(p, "K7")
			}
			if c.noStart {
				p.Learner.Start = calendar.Date{}
			}
			x := row(t, report(p), "K7")
			expected, timed := x.Expected()
			behind, known := x.Behind()
			got := want{int(expected), x.Gap(), behind, known, x.Late(), x.NoOpportunity(), x.Unsupported(), x.Strength()}
			if got != c.want || timed == c.noStart {
				t.Errorf("\n got %+v (%v)\nwant %+v", got, timed, c.want)
			}
		})
	}
}

func TestUnratedRow(t *testing.T) {
	r := report(learner(nil))
	x := row(t, r, "K7")
	behind, known := x.Behind()
	if x.Rated || x.Gap() != 0 || behind != 0 || known || x.NoOpportunity() || x.Unsupported() || x.Strength() || x.Late() {
		t.Errorf("%+v", x)
	}
	if _, ok := r.Row("K99"); ok {
		t.Error("K99 has a row")
	}
}

func TestComputeUsesTheRatingThatCounts(t *testing.T) {
	p := learner(map[string]level.Level{"K7": 1, "K8": 1})
	p.Rounds[0].Ratings[profile.Mentor] = map[string]profile.Rating{"K7": {Level: 4, On: today}, "K9": {Level: 3, On: today}, "K8": {Level: 2, On: today}}
	p.Rounds[0].Ratings[profile.Agreed] = map[string]profile.Rating{"K7": {Level: 2, On: today.AddDays(-1)}}
	p.Evidence = []profile.Evidence{{ID: "e", KSBs: []string{"K7", "K8"}, On: today}, {ID: "f", KSBs: []string{"K7"}, On: today}}
	r := report(p)
	if x := row(t, r, "K7"); x.Level != 2 || x.By != profile.Agreed || x.On != today.AddDays(-1) || x.Mentor != nil || x.Evidence != 2 {
		t.Errorf("agreed: %+v", x)
	}
	if x := row(t, r, "K8"); x.Level != 1 || x.By != profile.Self || x.Mentor == nil || *x.Mentor != 2 || x.Evidence != 1 {
		t.Errorf("self and mentor: %+v", x)
	}
	if x := row(t, r, "K9"); x.Rated || x.Mentor != nil {
		t.Errorf("mentor alone, not opened yet: %+v", x)
	}
	shown := p.Rounds[0].Ratings[profile.Mentor]["K9"]
	shown.Shown = today
	p.Rounds[0].Ratings[profile.Mentor]["K9"] = shown
	if x := row(t, report(p), "K9"); x.Rated || x.Mentor == nil || *x.Mentor != 3 {
		t.Errorf("mentor alone: %+v", x)
	}
	if !r.Timed || r.Month != 14 || r.Length != 36 || r.AsOf != today || r.Standard != std || len(r.Rows) != 72 {
		t.Errorf("%d of %d", r.Month, r.Length)
	}
	for i, x := range r.Rows {
		if x.Place != i || x.KSB.ID != std.Walk()[i] {
			t.Fatalf("row %d is %s in place %d", i, x.KSB.ID, x.Place)
		}
	}
}

func TestComputeUsesTheLearnersCurve(t *testing.T) {
	p := learner(map[string]level.Level{"K7": 0})
	var err error
	if p.Curve, err = level.NewCurve(36, [][2]int{{0, 100}, {36, 100}}); err != nil {
		t.Fatal(err)
	}
	if n, _ := row(t, report(p), "K7").Behind(); n != 3 {
		t.Errorf("%d behind, 3 by the learner's own curve", n)
	}
	p.Pauses = []profile.Pause{{From: today.AddMonths(-10), To: today.AddMonths(-2)}}
	if m := report(p).Month; m >= 14 || m < 5 {
		t.Errorf("month %d with eight months away", m)
	}
}

func TestStrengthsAndLists(t *testing.T) {
	p := evidence(learner(map[string]level.Level{"K1": 3, "K2": 4, "K3": 3, "K4": 3, "K5": 0, "S1": none, "S2": 4}), "K3", "S2")
	p.Targets = map[string]level.Level{"K4": 1, "S2": 4}
	r := report(p)
	for name, c := range map[string]struct {
		got  []gap.Row
		want []string
	}{
		// K4 is two above its target, K2 one; S2 is at a target of 4; K3 has evidence and K1 has none.
		"strengths":     {r.Strengths(), []string{"K4", "K2", "S2", "K3", "K1"}},
		"gaps":          {r.Gaps(), []string{"K5"}},
		"opportunities": {r.NoOpportunity(), []string{"S1"}},
		"unsupported":   {r.Unsupported(), []string{"K1", "K2", "K4"}},
	} {
		if got := ids(c.got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if n := len(r.Unrated()); n != 65 {
		t.Errorf("%d not rated", n)
	}
}

// Every row is in exactly one of gaps, strengths, no opportunity and unrated; unsupported claims are among the first
// two.
func TestListsAreDisjoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := report(anyProfile(t))
		seen := map[string]int{}
		for _, list := range [][]gap.Row{r.Gaps(), r.Strengths(), r.NoOpportunity(), r.Unrated()} {
			for _, x := range list {
				seen[x.KSB.ID]++
			}
		}
		for _, id := range std.Walk() {
			if seen[id] != 1 {
				t.Fatalf("%s is in %d lists", id, seen[id])
			}
		}
		known := append(ids(r.Gaps()), ids(r.Strengths())...)
		for _, id := range ids(r.Unsupported()) {
			if !slices.Contains(known, id) {
				t.Fatalf("%s is unsupported and neither gap nor strength", id)
			}
		}
	})
}

func TestTally(t *testing.T) {
	r := report(learner(map[string]level.Level{"B1": 1, "K1": 3, "K2": none, "K6": 0}))
	for _, c := range []struct {
		duty int
		want gap.Tally
	}{
		{0, gap.Tally{Rated: 4, Total: 72, Behind: 2, Below: 2, Met: 1, NoOpportunity: 1, Levels: [5]int{1, 1, 0, 1, 0}}},
		{1, gap.Tally{Rated: 3, Total: len(duty(t, 1)), Behind: 1, Below: 1, Met: 1, NoOpportunity: 1, Levels: [5]int{0, 1, 0, 1, 0}}},
		{2, gap.Tally{Rated: 2, Total: len(duty(t, 2)), Behind: 2, Below: 2, Levels: [5]int{1, 1, 0, 0, 0}}},
		{10, gap.Tally{Total: len(duty(t, 10))}}, // never opened: B1 was rated in Duty 1
		{11, gap.Tally{}},
	} {
		if got := r.Tally(c.duty); got != c.want {
			t.Errorf("duty %d: %+v, want %+v", c.duty, got, c.want)
		}
	}
	links := 0
	for _, d := range std.Duties {
		links += r.Tally(d.Number).Total
	}
	if links != 111 {
		t.Errorf("the duties have %d KSBs between them, 111 links", links)
	}
}

func duty(t *testing.T, n int) []string {
	t.Helper()
	d, ok := std.Duty(n)
	if !ok {
		t.Fatalf("there is no duty %d", n)
	}
	return d.KSBs
}

func TestEvidenceProblem(t *testing.T) {
	old := today.AddMonths(-12)
	for name, c := range map[string]struct {
		days []calendar.Date
		want string
	}{
		"none":         {nil, "no example yet"},
		"recent":       {[]calendar.Date{old, today}, ""},
		"old":          {[]calendar.Date{old.AddDays(-9), old}, "its evidence is older than 12 months (22 Nov 2025)"},
		"without date": {[]calendar.Date{{}}, "its evidence has no date"},
	} {
		t.Run(name, func(t *testing.T) {
			p := learner(map[string]level.Level{"K7": 3})
			for _, on := range c.days {
				p.Evidence = append(p.Evidence, profile.Evidence{ID: "e", KSBs: []string{"K7"}, On: on})
			}
			r := report(p)
			if got := r.EvidenceProblem(row(t, r, "K7")); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
