package appraisal_test

import (
	"fmt"
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

// With two mentors, the one furthest from the learner decides the order, nothing is averaged, and only what all say is
// equal.
func TestCompareWithTwoMentors(t *testing.T) {
	note := text("in clinic 2")
	p := blank("Asha")
	for ksb, l := range map[string][3]level.Level{
		"K1": {2, 2, 2}, "K2": {3, 2, 3}, "K3": {2, 2, 4}, "K4": {1, -1, 1}, "K5": {4, 1, 3}, "S1": {2, -1, 1}, "S24": {-1, -1, 2},
	} {
		p = apply(t, p, rate(profile.Self, ksb, l[0], days(-3)),
			profile.Rate{KSB: ksb, By: profile.Mentor, Level: l[1], On: days(-1), Who: text("J. Ode")},
			profile.Rate{KSB: ksb, By: profile.Mentor, Level: l[2], On: days(-2), Who: text("R. Lindqvist"), Note: &note})
	}
	var got []string
	for _, d := range appraisal.Compare(p, std) {
		got = append(got, fmt.Sprintf("%s %s (%d %v %d)", d.KSB, d.Words(), d.Difference, d.Sized(), d.Widest()))
		if len(d.Others) != 1 || d.Others[0].Note != note || !d.Open() {
			t.Errorf("%+v", d)
		}
	}
	want := []string{
		"K5 you 4, J. Ode 1, R. Lindqvist 3 (3 true 3)", "K3 you 2, J. Ode 2, R. Lindqvist 4 (0 true -2)", "K2 you 3, J. Ode 2, R. Lindqvist 3 (1 true 1)",
		"S1 you 2, J. Ode no opportunity, R. Lindqvist 1 (0 false 1)", "K4 you 1, J. Ode no opportunity, R. Lindqvist 1 (0 false 0)",
		"S24 you no opportunity, J. Ode no opportunity, R. Lindqvist 2 (0 false 0)",
	}
	if !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) || !slices.Equal(got[:2], want[:2]) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	for i, d := range appraisal.Compare(p, std) {
		if wide := d.KSB == "K2" || d.KSB == "S1"; wide != (i == 2 || i == 3) || d.Opportunity() != (i > 3) {
			t.Errorf("%s at %d: %v", d.KSB, i, d.Opportunity())
		}
	}
	r, _ := p.Open()
	if got := appraisal.Unsettled(r); !slices.Equal(got, []string{"K2", "K3", "K4", "K5", "S1", "S24"}) {
		t.Errorf("unsettled: %v", got)
	}
	p = apply(t, p, profile.Agree{KSB: "K3", Level: 2, On: days(-1), Reason: text("seen")}, profile.Rate{KSB: "K3", By: profile.Mentor, Level: 4, On: today, Who: text("R. Lindqvist")})
	for _, d := range appraisal.Compare(p, std) {
		if d.KSB == "K3" && (d.Words() != "you 2, R. Lindqvist 4, J. Ode 2" || d.Agreed != nil || d.Earlier == nil) {
			t.Errorf("agreed before the newest of two mentors: %s", d.Words())
		}
	}
}

// A difference is from the learner's side: swapping the two changes every sign, but not the order by size.
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
