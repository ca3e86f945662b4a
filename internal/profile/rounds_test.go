package profile_test

import (
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestRoundsOpenAndClose(t *testing.T) {
	p := decode(t, small).Profile
	mustRefuse(t, p, profile.OpenRound{On: today}, "is still open")
	mustRefuse(t, p, profile.CloseRound{}, "needs a date")
	mustRefuse(t, p, profile.CloseRound{On: calendar.Of(2025, 9, 19)}, "was opened on 20 Sep 2025")
	p = mustApply(t, p, profile.CloseRound{On: calendar.Of(2025, 9, 28)})
	mustRefuse(t, p, profile.CloseRound{On: today}, "no round is open")
	mustRefuse(t, p, profile.OpenRound{}, "needs a date")
	mustRefuse(t, p, profile.OpenRound{On: calendar.Of(2025, 9, 27)}, "was closed on 28 Sep 2025")
	mustRefuse(t, p, profile.OpenRound{ID: "baseline", On: today}, "is in use")
	p = mustApply(t, p, profile.OpenRound{On: today})
	if r, ok := p.Open(); !ok || r.ID != "review-1" || r.Opened != today {
		t.Errorf("opened %+v", r)
	}
	mustRefuse(t, p, profile.CloseRound{On: today}, "nothing is rated")
	named := mustApply(t, decode(t, small).Profile, profile.CloseRound{On: today}, profile.OpenRound{ID: "spring", On: today})
	if r, _ := named.Open(); r.ID != "spring" {
		t.Errorf("opened %+v", r)
	}
}

func TestAgreeEqual(t *testing.T) {
	rate := func(by profile.Rater, ksb string, l int) profile.Rate {
		return profile.Rate{KSB: ksb, By: by, Level: level.Level(l), On: today, Who: text("J. Ode")}
	}
	p := mustApply(t, decode(t, small).Profile,
		rate(profile.Self, "K8", 2), rate(profile.Mentor, "K8", 2), rate(profile.Self, "K9", 3), rate(profile.Mentor, "K9", 2),
		rate(profile.Self, "S24", -1), rate(profile.Mentor, "S24", -1), rate(profile.Mentor, "S1", 1))
	r, _ := p.Open()
	if got := r.Equal(); !slices.Equal(got, []string{"K8", "S24"}) {
		t.Fatalf("equal: %v", got)
	}
	p = mustApply(t, p, profile.AgreeEqual{On: today})
	r, _ = p.Open()
	if len(r.Ratings[profile.Agreed]) != 2 || len(r.Equal()) != 0 {
		t.Errorf("agreed: %+v", r.Ratings[profile.Agreed])
	}
	if x := r.Ratings[profile.Agreed]["K8"]; x.Level != 2 || !x.Reason.Empty() || x.By.Raw() != "J. Ode" {
		t.Errorf("K8: %+v", x)
	}
	mustRefuse(t, p, profile.AgreeEqual{On: today}, "no equal ratings")
}

// The mentor who meets today agrees what they rated, in their name, even if another rated it later. What only others
// rated is left, since they are not there.
func TestAgreeEqualLeavesWhatOnlyOthersRated(t *testing.T) {
	rate := func(by profile.Rater, who, ksb string) profile.Rate {
		return profile.Rate{KSB: ksb, By: by, Level: 2, On: today, Who: text(who)}
	}
	p := mustApply(t, decode(t, small).Profile,
		rate(profile.Self, "", "K8"), rate(profile.Self, "", "K9"), rate(profile.Self, "", "S1"),
		rate(profile.Mentor, "M. Bell", "K8"), rate(profile.Mentor, "M. Bell", "S1"),
		rate(profile.Mentor, "J. Ode", "K9"), rate(profile.Mentor, "J. Ode", "S1"))
	r, _ := p.Open()
	if own, others := r.EqualBy(text("m bell")); !slices.Equal(own, []string{"K8", "S1"}) || !slices.Equal(others, []string{"K9"}) {
		t.Fatalf("own %v, of others %v", own, others)
	}
	p = mustApply(t, p, profile.AgreeEqual{On: today, Met: text("M. Bell")})
	r, _ = p.Open()
	agreed := r.Ratings[profile.Agreed]
	if len(agreed) != 2 || agreed["K8"].By.Raw() != "M. Bell" || agreed["S1"].By.Raw() != "M. Bell" {
		t.Errorf("agreed: %+v", agreed)
	}
	mustRefuse(t, p, profile.AgreeEqual{On: today, Met: text("M. Bell")}, "M. Bell did not rate K9")
}

// A level that was agreed for a reason is left alone, whatever both rate later.
func TestAgreeEqualLeavesReasonedAgreementsAlone(t *testing.T) {
	p := decode(t, small).Profile
	for _, ksb := range []string{"K8", "K9", "S24"} {
		p = mustApply(t, p, profile.Rate{KSB: ksb, By: profile.Self, Level: 3, On: today}, profile.Rate{KSB: ksb, By: profile.Mentor, Level: 1, On: today, Who: text("J. Ode")})
	}
	p = mustApply(t, p,
		profile.Agree{KSB: "K8", Level: 2, On: today, Reason: text("prompted on the limits")}, profile.Agree{KSB: "K9", Level: 3, On: today, Reason: text("seen twice")},
		profile.Agree{KSB: "S24", Level: 2, On: today, Reason: text("we both saw it the same")})
	next := today.AddDays(1)
	for _, ksb := range []string{"K8", "K9", "S24"} {
		p = mustApply(t, p, profile.Rate{KSB: ksb, By: profile.Mentor, Level: 3, On: next, Who: text("J. Ode")})
	}
	r, _ := p.Open()
	if equal, kept := r.Equal(), r.Reasoned(); !slices.Equal(equal, []string{"S24"}) || !slices.Equal(kept, []string{"K8"}) {
		t.Fatalf("equal %v, kept %v", equal, kept)
	}
	p = mustApply(t, p, profile.AgreeEqual{On: next})
	r, _ = p.Open()
	for ksb, want := range map[string]string{"K8": "prompted on the limits", "K9": "seen twice", "S24": ""} {
		if x := r.Ratings[profile.Agreed][ksb]; x.Reason.Raw() != want {
			t.Errorf("%s: %+v", ksb, x)
		}
	}
	mustRefuse(t, p, profile.AgreeEqual{On: next}, "agreed at another level, for a particular reason: K8")
	p = mustApply(t, p, profile.Agree{KSB: "K8", Level: 3, On: next, Reason: text("without prompts now")})
	mustRefuse(t, p, profile.AgreeEqual{On: next}, "no equal ratings")
}

func TestDifferIsRecordedAndRemoved(t *testing.T) {
	p := decode(t, small).Profile
	differ := profile.RecordDiffer{KSB: "K7", On: today, Note: text("two more to see")}
	mustRefuse(t, p, differ, "is not rated by both of you")
	mustRefuse(t, p, profile.RecordDiffer{KSB: "K99", On: today}, "no KSB")
	p = mustApply(t, p, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today})
	mustRefuse(t, p, profile.RecordDiffer{KSB: "K7"}, "needs a date")
	p = mustApply(t, p, differ)
	if r, _ := p.Open(); r.Differ["K7"].Note.Raw() != "two more to see" {
		t.Errorf("%+v", r.Differ)
	}
	mustRefuse(t, p, profile.Agree{KSB: "K7", Level: 2, On: today}, "needs a reason")
	p = mustApply(t, p, profile.Agree{KSB: "K7", Level: 2, On: today, Reason: text("seen twice")})
	if r, _ := p.Open(); r.Differ != nil || r.Ratings[profile.Agreed]["K7"].Level != 2 {
		t.Errorf("%+v", r)
	}
	mustRefuse(t, p, differ, "is agreed already")
	same := mustApply(t, decode(t, small).Profile, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 1, On: today})
	mustRefuse(t, same, differ, "you both rated K7 at 1")
}

func TestLearningDaysDoesNotCountPauses(t *testing.T) {
	p := profile.Profile{Pauses: []profile.Pause{
		{From: calendar.Of(2026, 2, 1), To: calendar.Of(2026, 2, 10)}, {From: calendar.Of(2026, 2, 5), To: calendar.Of(2026, 2, 28)},
	}}
	for _, c := range []struct {
		from, to calendar.Date
		want     int
	}{
		{calendar.Of(2026, 1, 1), calendar.Of(2026, 2, 1), 31},
		{calendar.Of(2026, 1, 31), calendar.Of(2026, 3, 1), 1},
		{calendar.Of(2026, 2, 3), calendar.Of(2026, 2, 20), 0},
		{calendar.Of(2026, 2, 20), calendar.Of(2026, 3, 3), 2},
		{calendar.Of(2026, 3, 3), calendar.Of(2026, 3, 1), 0},
	} {
		if got := p.LearningDays(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestEvidenceIsFreshUntilTheLimit(t *testing.T) {
	for _, c := range []struct {
		on, today calendar.Date
		months    int
		want      bool
	}{
		{calendar.Of(2025, 11, 23), today, 12, true},
		{calendar.Of(2025, 11, 22), today, 12, false},
		{calendar.Of(2024, 2, 29), calendar.Of(2025, 2, 27), 12, true},
		{calendar.Of(2024, 2, 29), calendar.Of(2025, 2, 28), 12, false},
		{calendar.Of(2026, 8, 31), calendar.Of(2026, 9, 29), 1, true},
		{calendar.Of(2026, 8, 31), calendar.Of(2026, 9, 30), 1, false},
		{calendar.Date{}, today, 12, false},
	} {
		if got := (profile.Evidence{On: c.on}).Fresh(c.today, c.months); got != c.want {
			t.Errorf("%s on %s with %d months: %v", c.on, c.today, c.months, got)
		}
	}
}
