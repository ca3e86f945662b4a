package plan_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var nextToday = calendar.Of(2026, 11, 22)

// ratedAll is a profile in which every KSB but those left out has the level.
func ratedAll(lib *library.Library, l level.Level, except ...string) profile.Profile {
	rated := map[string]profile.Rating{}
	for _, id := range lib.Standard(library.Default).Walk() {
		rated[id] = profile.Rating{Level: l, On: nextToday}
	}
	for _, id := range except {
		delete(rated, id)
	}
	return profile.Profile{
		Standard: library.Default,
		Rounds:   []profile.Round{{ID: "baseline", Opened: nextToday, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: rated}}},
	}
}

func TestNext(t *testing.T) {
	lib := library.New()
	overdue := func(p profile.Profile) profile.Profile {
		action := func(id string, days int, text string) profile.Action {
			return profile.Action{ID: id, Text: safetext.New(text), Due: nextToday.AddDays(days), Status: profile.ActionOpen}
		}
		p.Goals = []profile.Goal{{ID: "g", KSBs: []string{"K7"}, Status: profile.GoalActive, Actions: []profile.Action{
			action("a", -2, "later"), action("b", -9, "watch a\x1b[2J visit"), action("c", 3, "future"),
		}}}
		return p
	}
	active := func(p profile.Profile) profile.Profile {
		p.Goals = []profile.Goal{{ID: "g", KSBs: []string{"K7"}, Status: profile.GoalActive}}
		return p
	}
	review := func(p profile.Profile, days int) profile.Profile {
		p.Learner.Review = nextToday.AddDays(days)
		return p
	}
	begun := func(p profile.Profile, start calendar.Date) profile.Profile {
		p.Learner.Start = start
		return p
	}
	reviewing := func(p profile.Profile, ago int) profile.Profile {
		p.Reviews = []profile.Review{{ID: "r", On: nextToday.AddDays(-ago), Kind: profile.ReviewProgress}}
		return p
	}
	held := func(p profile.Profile, ago int, kind profile.ReviewKind) profile.Profile {
		p.Reviews = []profile.Review{{ID: "r", On: nextToday.AddDays(-ago), Closed: nextToday.AddDays(-ago), Kind: kind}}
		return p
	}
	late := func(p profile.Profile) profile.Profile {
		p.Goals = []profile.Goal{{ID: "g", KSBs: []string{"K7"}, Status: profile.GoalActive, Actions: []profile.Action{
			{ID: "a", Text: safetext.New("forgotten"), Due: nextToday.AddDays(-61), Status: profile.ActionOpen},
		}}}
		return p
	}
	gateway := func(p profile.Profile) profile.Profile {
		p.Learner.Gateway = nextToday.AddDays(-1)
		return p
	}
	year := calendar.Of(2025, 9, 15)
	evidence := func(p profile.Profile, except string) profile.Profile {
		for _, id := range lib.Standard(library.Default).Walk() {
			if id != except {
				p.Evidence = append(p.Evidence, profile.Evidence{ID: "e-" + id, KSBs: []string{id}, On: nextToday})
			}
		}
		return p
	}
	for _, c := range []struct {
		name     string
		p        profile.Profile
		position string
		kind     plan.NextKind
		ksb      string
		text     string
	}{
		{"nothing rated", profile.Profile{}, "", plan.NextRate, "K1", "Start rating at Duty 1, K1 Laws, codes and standards of the role"},
		{"the position is not rated", ratedAll(lib, 2, "K21", "K30"), "K30", plan.NextRate, "K30", "Continue rating at Duty 8, K30 Research, bid and approval processes"},
		{"the first after the position", ratedAll(lib, 2, "K21", "K30"), "K22", plan.NextRate, "K30", "Continue rating at Duty 8, K30 Research, bid and approval processes"},
		{"round again from the start", ratedAll(lib, 2, "K21"), "K30", plan.NextRate, "K21", "Continue rating at Duty 5, K21 Delegation and escalation rules"},
		{"walk order, not code order", ratedAll(lib, 2, "K17", "K23"), "", plan.NextRate, "K23", "Continue rating at Duty 6, K23 Health, safety and security law"},
		{"an unknown position", ratedAll(lib, 2, "K21"), "X9", plan.NextRate, "K21", "Continue rating at Duty 5, K21 Delegation and escalation rules"},
		{"unrated before overdue", overdue(ratedAll(lib, 2, "K21")), "", plan.NextRate, "K21", "Continue rating at Duty 5, K21 Delegation and escalation rules"},
		{"the longest overdue", review(overdue(ratedAll(lib, 2)), 3), "", plan.NextAction, "K7", "Overdue since 13 Nov: watch a\uFFFD[2J visit"},
		{"review near", review(ratedAll(lib, 2), 14), "", plan.NextReview, "", "Prepare for your review in 14 days, 6 Dec 2026"},
		{"review tomorrow", review(ratedAll(lib, 2), 1), "", plan.NextReview, "", "Your review is tomorrow, 23 Nov 2026: prepare for it"},
		{"review today, before rating on", review(late(ratedAll(lib, 2, "K21")), 0), "", plan.NextReview, "", "Your review is today, 22 Nov 2026: prepare for it"},
		{"review today, under way", reviewing(review(ratedAll(lib, 2, "K21"), 0), 0), "", plan.NextReview, "", "Go on with your review of today"},
		{"review today, nothing rated", review(profile.Profile{}, 0), "", plan.NextRate, "K1", "Start rating at Duty 1, K1 Laws, codes and standards of the role"},
		{"gateway passed, nothing rated", gateway(profile.Profile{}), "", plan.NextRate, "K1", "Start rating at Duty 1, K1 Laws, codes and standards of the role"},
		{"a review near, and the appraisal", begun(review(ratedAll(lib, 2), 14), year), "", plan.NextReview, "", "Prepare for your review in 14 days, 6 Dec 2026; the yearly appraisal was due by 30 Sep 2026"},
		{"a review near, to be the appraisal", begun(review(ratedAll(lib, 2), 10), calendar.Of(2025, 12, 24)), "", plan.NextReview, "", "Prepare for your review in 10 days, 2 Dec 2026; the yearly appraisal is due by 31 Dec 2026"},
		{"a review near, before the appraisal", begun(review(ratedAll(lib, 2), 8), calendar.Of(2025, 12, 1)), "", plan.NextReview, "", "Prepare for your review in 8 days, 30 Nov 2026"},
		{"the appraisal, no review arranged", begun(ratedAll(lib, 2), year), "", plan.NextReview, "", "Arrange your review: the yearly appraisal was due by 30 Sep 2026"},
		{"the appraisal, the review past", begun(review(ratedAll(lib, 2), -1), calendar.Of(2025, 11, 30)), "", plan.NextReview, "", "Hold or rearrange your review: it was due yesterday, 21 Nov 2026"},
		{"the appraisal, a review under way", reviewing(begun(ratedAll(lib, 2), year), 0), "", plan.NextReview, "", "Go on with your review of today"},
		{"the appraisal, a review arranged", begun(review(ratedAll(lib, 2), 40), year), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"no appraisal yet", begun(ratedAll(lib, 2), calendar.Of(2025, 12, 1)), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"review far, no goals", review(ratedAll(lib, 2), 15), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"review past, before rating on", review(ratedAll(lib, 2, "K21"), -76), "", plan.NextReview, "", "Hold or rearrange your review: it was due 76 days ago, 7 Sep 2026"},
		{"review past, before actions", review(late(ratedAll(lib, 2, "K21")), -1), "", plan.NextReview, "", "Hold or rearrange your review: it was due yesterday, 21 Nov 2026"},
		{"review past, but held since", held(review(ratedAll(lib, 2), -76), 5, profile.ReviewProgress), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"review past, under way", reviewing(review(ratedAll(lib, 2, "K21"), -76), 0), "", plan.NextReview, "", "Go on with your review of today"},
		{"review past, nothing rated", review(profile.Profile{}, -76), "", plan.NextRate, "K1", "Start rating at Duty 1, K1 Laws, codes and standards of the role"},
		{"a review left open", reviewing(ratedAll(lib, 2, "K21"), 3), "", plan.NextReview, "", "Finish your review of 19 Nov 2026: it is still open"},
		{"long overdue before rating on", late(ratedAll(lib, 2, "K21")), "", plan.NextAction, "K7", "Overdue since 22 Sep: forgotten"},
		{"gateway passed", gateway(review(late(ratedAll(lib, 2, "K21")), -76)), "", plan.NextGateway, "", "Gateway, 21 Nov 2026, has passed: hold its review, or correct the date"},
		{"gateway review held", held(gateway(ratedAll(lib, 2)), 5, profile.ReviewGateway), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"goals, one claim open", active(evidence(ratedAll(lib, 3), "S8")), "", plan.NextExample, "S8", "Add one dated example for S8 Presenting technical results, rated 3"},
		{"all done", evidence(ratedAll(lib, 3), ""), "", plan.NextAgain, "", "Nothing is left to do; rate yourself again before your next review"},
		{"all done, review known", review(evidence(ratedAll(lib, 3), ""), 40), "", plan.NextAgain, "", "Nothing is left to do; rate yourself again before your next review, 1 Jan 2027"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := gap.Compute(lib.Standard(library.Default), lib.Scale(), c.p, nextToday)
			title := func(ksb string) string { return lib.Title(library.Default, ksb) }
			got := plan.Next(r, c.p, nextToday, c.position, title)
			if want := (plan.NextStep{Kind: c.kind, Text: c.text, KSB: c.ksb}); got != want {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
		})
	}
}
