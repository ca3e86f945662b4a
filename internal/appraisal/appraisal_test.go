package appraisal_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func TestSupportedNeedsAFreshDate(t *testing.T) {
	p := blank("Asha")
	p.Evidence = []profile.Evidence{
		{ID: "e-1", KSBs: []string{"K7"}, On: calendar.Of(2025, 11, 22)}, {ID: "e-2", KSBs: []string{"K8"}, On: calendar.Of(2025, 11, 23)},
	}
	for ksb, want := range map[string]bool{"K7": false, "K8": true, "K9": false} {
		claimed := apply(t, p, rate(profile.Self, ksb, level.Claim, today))
		if row, _ := report(claimed).Row(ksb); row.Unsupported() == want {
			t.Errorf("%s: supported %v", ksb, !want)
		}
	}
	if old := appraisal.Stale(p, today, 12); len(old) != 1 || old[0].ID != "e-1" {
		t.Errorf("stale: %+v", old)
	}
}

func TestSinceSaysItInWords(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "S6", 2, days(-200)), rate(profile.Self, "K8", 3, days(-200)), rate(profile.Self, "S24", 0, days(-200)),
		profile.CloseRound{On: days(-199)},
		rate(profile.Self, "S6", 3, days(-5)), rate(profile.Self, "K8", 3, days(-5)), rate(profile.Self, "S24", -1, days(-5)), rate(profile.Self, "K9", 1, days(-5)),
		rate(profile.Mentor, "K8", 1, days(-4)),
		profile.AddGoal{Goal: profile.Goal{ID: "g-1", KSBs: []string{"S6"}, Text: text("Read traces"), Actions: []profile.Action{
			{ID: "a-1", Sort: profile.Study, Text: text("Read")}, {ID: "a-2", Sort: profile.Study, Text: text("Ask")}, {ID: "a-3", Sort: profile.Study, Text: text("Try")},
		}}},
		profile.SetActionStatus{ID: "a-1", Status: profile.ActionDone, On: days(-3)}, profile.SetActionStatus{ID: "a-2", Status: profile.ActionNotDone, On: today},
		profile.SetActionStatus{ID: "a-3", Status: profile.ActionDone, On: days(1)},
		profile.SetGoalStatus{ID: "g-1", Status: profile.GoalDone, On: today})
	for i, on := range []int{-100, -2, 0, 1} {
		p.Evidence = append(p.Evidence, profile.Evidence{ID: string(rune('a' + i)), KSBs: []string{"S6"}, On: days(on)})
	}
	got := appraisal.InWords(appraisal.Since(p, std, days(-100), today))
	const want = "S6 2 to 3, S24 0 to no opportunity; 1 rated for the first time; evidence +2; goal done: Read traces; 1 action done, 1 action not done"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := appraisal.InWords(appraisal.Since(p, std, today, today)); got != "nothing recorded" {
		t.Errorf("no time: %s", got)
	}
	all := appraisal.Since(p, std, calendar.Date{}, today)
	if all[0].Kind != "rated" || len(all[0].IDs) != 4 {
		t.Errorf("from the beginning: %+v", all)
	}
}

// A review may close a round on the day on which the next one is opened and rated: at the following review, that is a
// change.
func TestSinceADayOnWhichOneRoundFollowedAnother(t *testing.T) {
	day := days(-10)
	p := apply(t, blank("Asha"), rate(profile.Self, "S6", 2, day), profile.CloseRound{On: day}, profile.OpenRound{On: day},
		rate(profile.Self, "S6", 3, day), rate(profile.Self, "K8", 1, day))
	if got := appraisal.InWords(appraisal.Since(p, std, day, today)); got != "S6 2 to 3; 1 rated for the first time" {
		t.Errorf("%s", got)
	}
}

// The changes of two periods together are those of the whole: none is lost between them, and none is given twice.
func TestSinceProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := blank("Asha")
		for i := range rapid.IntRange(0, 20).Draw(t, "pieces") {
			p.Evidence = append(p.Evidence, profile.Evidence{ID: string(rune('a' + i)), KSBs: []string{"K1"}, On: days(-rapid.IntRange(0, 99).Draw(t, "day"))})
		}
		middle := days(-rapid.IntRange(0, 99).Draw(t, "middle"))
		first := appraisal.Since(p, std, days(-100), middle)
		second := appraisal.Since(p, std, middle, today)
		n := 0
		for _, c := range append(first, second...) {
			n += len(c.IDs)
		}
		if n != len(p.Evidence) {
			t.Fatalf("%d of %d pieces", n, len(p.Evidence))
		}
	})
}

func TestLastSaysWhichLevelCounts(t *testing.T) {
	first := apply(t, blank("Asha"), rate(profile.Self, "K5", 1, days(-400)), profile.Agree{KSB: "K5", Level: 1, Reason: text("seen"), On: days(-400)},
		rate(profile.Self, "K1", 2, days(-100)), rate(profile.Self, "K2", 0, days(-100)), rate(profile.Self, "K3", level.NoOpportunity, days(-100)),
		profile.Agree{KSB: "K2", Level: 1, Reason: text("seen"), On: days(-90)})
	p := apply(t, first, profile.CloseRound{On: days(-90)}, rate(profile.Self, "K1", 3, today), rate(profile.Self, "K4", 1, today))
	for ksb, want := range map[string]string{
		"K1": "last time 2 Supported", "K2": "agreed 1 Aware on 24 Aug (you say 0)", "K3": "last time no opportunity", "K4": "", "K5": "agreed 1 Aware on 18 Oct 2025", "K6": "",
	} {
		if got := appraisal.Last(p, lib.Scale(), ksb, today); got != want {
			t.Errorf("%s: %q, want %q", ksb, got, want)
		}
	}
	p = apply(t, p, rate(profile.Self, "K2", 2, today))
	if got := appraisal.Last(p, lib.Scale(), "K2", today); got != "agreed 1 Aware on 24 Aug (you say 2 now)" {
		t.Errorf("rated again: %q", got)
	}
	if got := appraisal.Last(first, lib.Scale(), "K1", today); got != "" {
		t.Errorf("in the first round: %q", got)
	}
}

func TestDueGivesReasons(t *testing.T) {
	p := blank("Asha")
	p.Learner.Start, p.Learner.Gateway = days(-365), days(730)
	p = apply(t, p, rate(profile.Self, "K5", 3, days(-400)), rate(profile.Self, "K1", 0, days(-100)), rate(profile.Self, "K2", 3, days(-100)), rate(profile.Self, "K3", 3, days(-100)),
		rate(profile.Self, "K4", 3, days(-100)), rate(profile.Self, "S1", 0, days(-100)),
		rate(profile.Self, "K6", 0, days(-100)), rate(profile.Self, "S2", 0, days(-100)), rate(profile.Self, "K7", 1, days(-100)), rate(profile.Self, "K8", 3, days(-400)),
		rate(profile.Self, "K9", 0, days(-100)), profile.Agree{KSB: "K9", Level: 1, Reason: text("seen"), On: days(-99)},
		profile.Agree{KSB: "K8", Level: 3, Reason: text("seen"), On: days(-99)},
		profile.CloseRound{On: days(-99)}, rate(profile.Self, "S1", 1, today), profile.Agree{KSB: "S2", Level: 1, Reason: text("seen"), On: today})
	p.Evidence = []profile.Evidence{{ID: "e-1", KSBs: []string{"K2", "K1"}, On: days(-10)}, {ID: "e-2", KSBs: []string{"K3"}, On: days(-100)}}
	got := appraisal.Due(report(p), p)
	var ids []string
	for _, f := range got {
		if f.Rated {
			ids = append(ids, f.KSB+": "+f.Words)
		}
	}
	want := []string{
		"K1: 2 behind where month 12 should be, new evidence since 14 Aug 2026", "K2: new evidence since 14 Aug 2026", "K5: last rated on 18 Oct 2025", // Duty 1
		"K6: 2 behind where month 12 should be", "K7: 1 behind where month 12 should be", "K9: 1 behind where month 12 should be", // Duty 2
	}
	if !slices.Equal(ids, want) {
		t.Errorf("\n got %q\nwant %q", ids, want)
	}
	if n := len(got) - len(ids); n != len(std.Walk())-11 || got[len(ids)].Words != "not rated yet" {
		t.Errorf("%d never rated", n)
	}
}

// If a review is held before its planned day, closing it says that the planned day is replaced.
func TestClosingSaysWhichPlannedDayItReplaces(t *testing.T) {
	p := asha()
	for _, x := range []struct {
		planned, next calendar.Date
		want          string
	}{
		{days(19), calendar.Date{}, "in place of " + days(19).Long() + ", which was planned"},
		{days(19), days(19), ""},
		{days(19), days(40), "in place of " + days(19).Long() + ", which was planned"},
		{days(-9), calendar.Date{}, ""}, // the planned review itself, held late
		{days(0), calendar.Date{}, ""},
		{calendar.Date{}, calendar.Date{}, ""},
	} {
		p.Learner.Review = x.planned
		r := profile.Review{On: today, Next: x.next}
		if got := appraisal.Instead(p, r); got != x.want {
			t.Errorf("planned %s, next %s: %q", x.planned, x.next, got)
		}
		says := appraisal.ClosingSays(report(p), p, r)
		if want := p.ReviewAfter(r).Long() + words.After(", ", x.want) + "."; !strings.Contains(says, want) {
			t.Errorf("%q is not in %q", want, says)
		}
	}
}
