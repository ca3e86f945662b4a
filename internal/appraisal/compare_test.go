package appraisal_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestCompareListsTheLargestFirst(t *testing.T) {
	p := blank("Asha")
	for ksb, l := range map[string][2]level.Level{"K1": {2, 2}, "K2": {3, 2}, "K3": {0, 3}, "S24": {-1, 2}, "K4": {1, 2}, "S30": {-1, -1}, "K5": {4, 1}, "S1": {2, -1}} {
		p = apply(t, p, rate(profile.Self, ksb, l[0], days(-2)), rate(profile.Mentor, ksb, l[1], days(-1)))
	}
	p = apply(t, p, rate(profile.Self, "S2", 4, today), rate(profile.Mentor, "S3", 0, today))
	var got []string
	for _, d := range appraisal.Compare(p, std) {
		got = append(got, d.KSB+" "+d.Words())
	}
	want := []string{
		"K3 you 0, your mentor 3", "K5 you 4, your mentor 1", "K2 you 3, your mentor 2", "K4 you 1, your mentor 2",
		"S1 you 2, your mentor no opportunity", "S24 you no opportunity, your mentor 2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	if n := len(appraisal.Pairs(p, std)); n != 8 {
		t.Errorf("%d pairs", n)
	}
}

func TestCompareKnowsWhatIsSettled(t *testing.T) {
	both := func(self, mentor int) profile.Profile {
		return apply(t, blank("Asha"), rate(profile.Self, "K7", 3, days(self)), rate(profile.Mentor, "K7", 2, days(mentor)))
	}
	agree := func(on int) profile.Change {
		return profile.Agree{KSB: "K7", Level: 2, On: days(on), Reason: text("seen twice")}
	}
	differ := func(on int) profile.Change { return profile.RecordDiffer{KSB: "K7", On: days(on), Note: text("later")} }
	for name, c := range map[string]struct {
		p                    profile.Profile
		agreed, differ, open bool
	}{
		"nothing said":             {both(-5, -4), false, false, true},
		"agreed after both":        {apply(t, both(-5, -4), agree(-3)), true, false, false},
		"agreed on the day":        {apply(t, both(-5, -4), agree(-4)), true, false, false},
		"agreed before the mentor": {apply(t, both(-5, -4), agree(-5)), false, false, true},
		"agreed, then rated again": {apply(t, both(-5, -4), agree(-3), rate(profile.Self, "K7", 4, days(-2))), false, false, true},
		"recorded":                 {apply(t, both(-5, -4), differ(-4)), false, true, false},
		"recorded, then rated":     {apply(t, both(-5, -4), differ(-4), rate(profile.Mentor, "K7", 1, days(-2))), false, false, true},
		"recorded, then agreed":    {apply(t, both(-5, -4), differ(-4), agree(-3)), true, false, false},
		"agreed in an older round": {apply(t, both(-5, -4), agree(-3), profile.CloseRound{On: days(-3)}, rate(profile.Self, "K7", 3, days(-3)), rate(profile.Mentor, "K7", 1, days(-3))), false, false, true},
		"said in two rounds":       {apply(t, both(-5, -4), profile.CloseRound{On: days(-3)}, rate(profile.Self, "K7", 4, days(-2))), false, false, false},
	} {
		d := appraisal.Compare(c.p, std)
		if len(d) != 1 {
			t.Errorf("%s: %d differences", name, len(d))
			continue
		}
		if got := d[0]; (got.Agreed != nil) != c.agreed || got.Differ != c.differ || got.Open() != c.open {
			t.Errorf("%s: %+v", name, got)
		}
		if n := len(appraisal.Open(c.p, std)); (n == 1) != c.open {
			t.Errorf("%s: %d open", name, n)
		}
	}
}

// The sign is the learner's: whoever swaps the two turns every difference round, and the order by size stays.
func TestCompareProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := blank("Asha"), blank("Asha")
		for range rapid.IntRange(1, 12).Draw(t, "ratings") {
			ksb := rapid.SampledFrom(std.Walk()).Draw(t, "ksb")
			by := rapid.SampledFrom([]profile.Rater{profile.Self, profile.Mentor}).Draw(t, "by")
			l := level.Level(rapid.IntRange(-1, 4).Draw(t, "level"))
			other := profile.Self
			if by == profile.Self {
				other = profile.Mentor
			}
			p, q = apply(t, p, rate(by, ksb, l, today)), apply(t, q, rate(other, ksb, l, today))
		}
		a, b := appraisal.Compare(p, std), appraisal.Compare(q, std)
		if len(a) != len(b) {
			t.Fatalf("%d and %d", len(a), len(b))
		}
		size, numbers := 9, true
		for i, d := range a {
			if d.KSB != b[i].KSB || d.Difference != -b[i].Difference {
				t.Fatalf("%+v and %+v", d, b[i])
			}
			now := max(d.Difference, -d.Difference)
			if now > size || !numbers && !d.Opportunity() || d.Equal() {
				t.Fatalf("order: %+v", a)
			}
			size, numbers = now, !d.Opportunity()
		}
	})
}
