package plan_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// ratedFor is a learner who started the given number of months ago and rated that many KSBs at target, without
// evidence.
func ratedFor(lib *library.Library, today calendar.Date, months, ksbs int) profile.Profile {
	p := profile.Profile{Standard: library.Default, Learner: profile.Learner{Start: today.AddMonths(-months)}}
	ratings := map[string]profile.Rating{}
	for _, id := range lib.Standard(library.Default).Walk()[:ksbs] {
		ratings[id] = profile.Rating{Level: 3, On: today}
	}
	p.Rounds = []profile.Round{{
		ID: "baseline", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: ratings},
	}}
	return p
}

// Near the gateway, with many KSBs at target and no evidence, the plan starts by taking stock of existing evidence; and
// nothing that needs other people is due within three weeks.
func TestAPlanNearTheGatewayStartsByTakingStock(t *testing.T) {
	lib, today := library.New(), calendar.Of(2026, 11, 28)
	std := lib.Standard(library.Default)
	report := func(months, ksbs int) *gap.Report {
		return gap.Compute(std, lib.Scale(), ratedFor(lib, today, months, ksbs), today)
	}
	says := plan.Unshown(report(32, 72))
	for _, want := range []string{"72 KSBs are at your target with nothing dated", "4 months are left to the gateway", "what you already hold: by 18 Dec", "about 3 hours", "By 15 Jan book"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q is not in %q", want, says)
		}
	}
	for _, x := range []struct{ months, ksbs int }{{32, 5}, {10, 72}, {40, 72}} {
		if says := plan.Unshown(report(x.months, x.ksbs)); says != "" {
			t.Errorf("month %d, %d KSBs: %q", x.months, x.ksbs, says)
		}
	}
	// A pause holds up the programme month, but the time left is counted to the gateway, which it does not move.
	p := ratedFor(lib, today, 32, 72)
	p.Pauses = []profile.Pause{{From: today.AddMonths(-20), To: today.AddMonths(-14)}}
	p.Learner.Gateway = today.AddMonths(4)
	paused := gap.Compute(std, lib.Scale(), p, today)
	if says := plan.Unshown(paused); !strings.Contains(says, "4 months are left to the gateway") {
		t.Errorf("after a pause: %q", says)
	}
	row, _ := paused.Row(std.Walk()[0])
	if why := plan.Suggest(paused, row, unwritten, titleOf).Why; !strings.HasSuffix(why, "4 months to the gateway") {
		t.Errorf("after a pause: %q", why)
	}
	r := report(32, 72)
	coach := func(ksb string) (coaching.Entry, bool) { return lib.Entry(library.Default, ksb) }
	title := func(ksb string) string { return lib.Title(library.Default, ksb) }
	asked := 0
	for _, x := range plan.Suggestions(r, coach, title) {
		for _, a := range x.Actions {
			text := a.Text.Line()
			if !strings.Contains(text, "Have an assessor") && !strings.Contains(text, "Ask for a testimony") {
				continue
			}
			asked++
			if a.Due.Before(today.AddDays(19)) { // three weeks, or the last working day in them
				t.Errorf("%s is due on %s: %s", x.KSBs, a.Due, text)
			}
		}
	}
	if asked == 0 {
		t.Error("nobody is asked for anything")
	}
	for _, id := range []string{"K7", "K23"} { // the learner can gather all their evidence alone
		row, _ := r.Row(id)
		if a := plan.Suggest(r, row, coach, title).Actions[0]; today.Days(a.Due) > 11 {
			t.Errorf("%s waits for nobody, and is due on %s: %s", id, a.Due, a.Text.Line())
		}
	}
}

// If nearly everything is behind, the plan asks for a talk about the ratings before goals are chosen; but not in the
// first months, nor if only some are behind.
func TestRatingsFarBehindAskForATalk(t *testing.T) {
	for _, c := range []struct {
		name          string
		level         level.Level
		months        int
		review        calendar.Date
		want, nowhere string
	}{
		{"far behind", 0, 8, dayAfter(4), "the review on " + dayAfter(4).Short() + " at the latest", "nothing dated"},
		{"a review after the goals", 0, 8, dayAfter(60), "go through the ratings with your supervisor: raise", "review on"},
		{"no review ahead", 0, 8, dayAfter(-4), "go through the ratings with your supervisor: raise", "review on"},
		{"just begun", 0, 2, dayAfter(4), "", "Before you choose goals"},
		{"where the month should be", 2, 20, dayAfter(4), "", "Before you choose goals"},
	} {
		says := strings.Join(plan.Opening(reportOf(learner(c.level, c.months, c.review))), "\n")
		if !strings.Contains(says, c.want) || strings.Contains(says, c.nowhere) {
			t.Errorf("%s: %q", c.name, says)
		}
	}
}

// Taking stock of existing evidence comes before any action of a goal.
func TestNothingIsDueBeforeTakingStock(t *testing.T) {
	p := learner(3, 32, dayAfter(17))
	if says := plan.Unshown(reportOf(p)); !strings.Contains(says, "by 11 Dec go through them") {
		t.Fatal(says)
	}
	for _, x := range suggested(p, "clinical-engineering") {
		for _, a := range x.Actions {
			if a.Due.Before(calendar.Of(2026, 12, 12)) || a.Due.After(x.Due) {
				t.Errorf("%s, due on %s: due on %s: %s", x.KSBs, x.Due, a.Due, a.Text.Line())
			}
		}
	}
}

// An action that takes half a day is not squeezed in before a near review. One for people's safety is due within days,
// from any level, unless it takes weeks.
func TestTheFirstDaysAreForShortActions(t *testing.T) {
	for _, x := range suggested(learner(1, 10, dayAfter(17)), "audiology") {
		first := x.Actions[0]
		switch {
		case first.Minutes > 120 && !first.Due.After(dayAfter(17)):
			t.Errorf("%s: %d minutes by %s: %s", x.KSBs, first.Minutes, first.Due, first.Text.Line())
		case x.KSBs[0] == "S23" && first.Due.After(dayAfter(7)):
			t.Errorf("S23 begins by %s: %s", first.Due, first.Text.Line())
		}
		for _, a := range x.Actions {
			if strings.Contains(a.Text.Line(), "four weeks") && !a.Due.After(dayAfter(28)) {
				t.Errorf("%s: %s is due on %s", x.KSBs, a.Text.Line(), a.Due)
			}
		}
	}
}
