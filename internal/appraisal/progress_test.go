package appraisal_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

func anyLevel(t *rapid.T) level.Level { return level.Level(rapid.IntRange(-1, 4).Draw(t, "level")) }

func texts(list []string) []safetext.Text {
	out := make([]safetext.Text, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}

// both has learner and mentor rate a KSB on a day.
func both(ksb string, self, mentor level.Level, on calendar.Date) []profile.Change {
	return []profile.Change{rate(profile.Self, ksb, self, on), rate(profile.Mentor, ksb, mentor, on)}
}

func TestCalibrationNeedsTwoRoundsOfBoth(t *testing.T) {
	p := apply(t, blank("Asha"), both("S1", 3, 2, days(-200))...)
	p = apply(t, p, both("S2", 3, 2, days(-200))...)
	p = apply(t, p, both("K1", 1, 1, days(-200))...)
	p = apply(t, p, both("S24", -1, 2, days(-200))...)
	skills := func(p profile.Profile) appraisal.Calibration { return appraisal.Calibrate(p, std)[1] }
	if c := skills(p); c.Known || c.N != 2 || c.Rounds != 1 || c.Words != "skills: this needs two rounds that you have both rated in; 1 so far" {
		t.Errorf("one round: %+v", c)
	}
	p = apply(t, p, profile.CloseRound{On: days(-199)}, rate(profile.Self, "S1", 3, today))
	if c := skills(p); c.Known {
		t.Errorf("the mentor is missing: %+v", c)
	}
	p = apply(t, p, both("S1", 2, 2, today)...)
	if c := skills(p); !c.Known || c.N != 3 || c.Mean() != 0.7 || c.Words != "you rate skills 0.7 above your mentor" {
		t.Errorf("two rounds: %+v", c)
	}
	p = apply(t, p, both("S3", 0, 2, today)...)
	if c := skills(p); c.Words != "you rate skills as your mentor does" {
		t.Errorf("level: %+v", c)
	}
	p = apply(t, p, both("S4", 0, 2, today)...)
	if c := skills(p); c.Words != "you rate skills 0.4 below your mentor" {
		t.Errorf("below: %+v", c)
	}
	if c := appraisal.Calibrate(p, std)[2]; c.Kind != standard.Behaviour || !strings.HasSuffix(c.Words, "none so far") {
		t.Errorf("behaviours: %+v", c)
	}
}

func TestTimelineCarriesForward(t *testing.T) {
	p := asha()
	moments := appraisal.Timeline(p, std, lib.Scale(), today)
	if len(moments) != len(p.Rounds) {
		t.Fatalf("%d moments of %d rounds", len(moments), len(p.Rounds))
	}
	r := report(p)
	last := moments[len(moments)-1]
	if !last.Open || last.On != today || last.Month != r.Month || last.All.Met != len(r.Strengths()) || last.All.Rated != r.Tally(0).Rated {
		t.Errorf("%+v", last.All)
	}
	for _, row := range r.Rows {
		if l, ok := last.Levels[row.KSB.ID]; ok != row.Rated || ok && l != row.Level {
			t.Errorf("%s: %v, want %v", row.KSB.ID, l, row.Level)
		}
	}
	for i, m := range moments {
		if len(m.Duties) != len(std.Duties) || len(m.Kinds) != 3 {
			t.Fatalf("%d duties, %d kinds", len(m.Duties), len(m.Kinds))
		}
		rated := 0
		for _, k := range m.Kinds {
			rated += k.Rated
		}
		if rated != m.All.Rated || i > 0 && m.All.Rated < moments[i-1].All.Rated {
			t.Errorf("%s: %d by kind, %d in all", m.Round, rated, m.All.Rated)
		}
		if mean, ok := m.All.Mean(); !ok || mean <= 0 || mean > 4 || m.All.ExpectedMean() < 0 {
			t.Errorf("%s: mean %v", m.Round, mean)
		}
	}
	if got := appraisal.Timeline(blank("Asha"), std, lib.Scale(), today); got != nil {
		t.Errorf("%+v", got)
	}
	if _, ok := (appraisal.Share{}).Mean(); ok {
		t.Error("a mean of nothing")
	}
}

func TestForecastStatesItsBasis(t *testing.T) {
	f := appraisal.Project(report(asha()), asha())
	if !f.Known || f.Rounds != 3 || f.Low > f.High || f.Now > f.Low || f.High > f.Total || f.Basis == "" || len(f.Unknown) < 3 {
		t.Errorf("%+v", f)
	}
	// Between 12 and 40 is of no use: instead it says what would narrow it.
	const want = "12 of 72 are at target now. How many it will be at gateway, 10 Sep 2028, cannot be said yet: a slower and a " +
		"faster pace give very different numbers. To make a forecast possible: rate the 17 KSBs not rated yet; rate again the 15 KSBs below target that you rated in " +
		"one round only; rate another round, at least four weeks after this one."
	if !f.Wide || len(f.Narrow) != 3 || f.Words != want || strings.Contains(f.Basis, "lower figure") {
		t.Errorf("%t, %q, %s", f.Wide, f.Words, f.Basis)
	}
}

// A forecast whose two figures are close gives them, and says that it is not a promise.
func TestANarrowForecastGivesItsFigures(t *testing.T) {
	p := blank("Asha")
	p.Learner.Start = days(-400)
	for _, x := range []struct {
		l  level.Level
		on calendar.Date
	}{{1, days(-60)}, {2, days(-2)}} {
		for _, id := range []string{"K1", "K2", "K3", "K4"} {
			p = apply(t, p, rate(profile.Self, id, x.l, x.on))
		}
		p = apply(t, p, profile.CloseRound{On: x.on})
	}
	f := appraisal.Project(report(p), p)
	if f.Wide || len(f.Narrow) > 0 || !strings.Contains(f.Words, "not a promise") || !strings.Contains(f.Basis, "half the usual pace and the pace of the faster quarter come to the same") || strings.Contains(f.Words, "lower figure") ||
		(f.Low == f.Now) != strings.Contains(f.Words, "at half the usual pace no other KSB") {
		t.Errorf("%+v", f)
	}
}

func TestNoForecastWithoutABasis(t *testing.T) {
	dated := blank("Asha")
	dated.Learner.Start = days(-400)
	round := func(p profile.Profile, on calendar.Date, l level.Level) profile.Profile {
		for _, id := range []string{"K1", "K2", "K3", "K4"} {
			p = apply(t, p, rate(profile.Self, id, l, on))
		}
		return apply(t, p, profile.CloseRound{On: on})
	}
	past := dated
	past.Learner.Gateway = today
	away := round(round(dated, days(-60), 1), days(-2), 2)
	away.Pauses = []profile.Pause{{From: days(-50), To: days(-10)}}
	for want, p := range map[string]profile.Profile{
		"there is no gateway date":                 round(round(blank("Asha"), days(-300), 1), days(-2), 2),
		"has come":                                 past,
		"1 round has ratings":                      round(dated, days(-300), 1),
		"0 rounds have ratings":                    dated,
		"0 KSBs were below target and rated twice": round(round(dated, days(-20), 1), days(-2), 2),
		"it takes 4":                               away,
		"1 KSB was below target and rated twice": apply(t, apply(t, dated, rate(profile.Self, "K1", 1, days(-300)), profile.CloseRound{On: days(-300)}),
			rate(profile.Self, "K1", 2, today)),
	} {
		f := appraisal.Project(report(p), p)
		if f.Known || !strings.Contains(f.Why, want) || !strings.HasPrefix(f.Words, "No forecast yet: ") {
			t.Errorf("%s: %+v", want, f)
		}
	}
	still := round(round(dated, days(-300), 1), days(-2), 1)
	if f := appraisal.Project(report(still), still); !f.Known || !strings.Contains(f.Words, "where you are today: half or more of the KSBs that it is based on did not rise.") {
		t.Errorf("nothing rose: %+v", f)
	}
	met := round(round(dated, days(-300), 3), days(-2), 3) // at target already, so they have no pace
	if f := appraisal.Project(report(met), met); f.Known {
		t.Errorf("all at target from the first: %+v", f)
	}
	if f := appraisal.Project(report(round(round(dated, days(-60), 1), days(-2), 2)), round(round(dated, days(-60), 1), days(-2), 2)); !f.Known || f.High != 4 || f.Now != 0 {
		t.Errorf("two rounds: %+v", f)
	}
}

// A forecast never counts a KSB without a level, and never gives fewer than are at target or more than were rated.
func TestForecastProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := blank("Asha")
		p.Learner.Start = days(-rapid.IntRange(30, 1000).Draw(t, "start"))
		for _, ago := range []int{-300, -150, 0} {
			for range rapid.IntRange(0, 20).Draw(t, "ratings") {
				p = apply(t, p, rate(profile.Self, rapid.SampledFrom(std.Walk()).Draw(t, "ksb"), anyLevel(t), days(ago)))
			}
			if _, open := p.Open(); open {
				p = apply(t, p, profile.CloseRound{On: days(ago)})
			}
		}
		r := report(p)
		f := appraisal.Project(r, p)
		if f.Known && (f.Now > f.Low || f.Low > f.High || f.High > r.Tally(0).Rated-len(r.NoOpportunity())) {
			t.Fatalf("%+v", f)
		}
		if f.Known == (f.Why != "") {
			t.Fatalf("%+v", f)
		}
	})
}

// Calibration uses only ratings given without seeing the other's: no level changed after they looked together, and none
// that the learner first gave after that.
func TestCalibrationUsesIndependentRatings(t *testing.T) {
	mentor := func(ksb string, l level.Level) profile.Change {
		return profile.Rate{KSB: ksb, By: profile.Mentor, Level: l, On: today, Who: text("J. Ode")}
	}
	p := blank("Asha")
	for range 2 {
		p = apply(t, p, rate(profile.Self, "K7", 3, today), mentor("K7", 1), mentor("K8", 0), profile.Reveal{On: today},
			mentor("K7", 3), rate(profile.Self, "K7", 2, today), rate(profile.Self, "K8", 0, today), profile.CloseRound{On: today})
	}
	c := appraisal.Calibrate(p, std)[0]
	if c.N != 2 || c.Mean() != 2 {
		t.Errorf("%+v", c)
	}
}
