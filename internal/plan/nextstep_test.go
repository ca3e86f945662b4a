package plan_test

import (
	"slices"
	"strings"
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

// ratedAll is a profile with the same level for every KSB except the given ones.
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
		p.Rounds = slices.Clone(p.Rounds)
		p.Rounds[0].Opened = start // so that appraisals count from then on
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
	interval := func(p profile.Profile, last calendar.Date) profile.Profile {
		p.Reviews = []profile.Review{{ID: "r", On: last, Closed: last, Kind: profile.ReviewProgress}}
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
		{"the longest overdue", review(overdue(ratedAll(lib, 2)), 3), "", plan.NextAction, "K7", "Due 13 Nov, 9 days ago: watch a\uFFFD[2J visit"},
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
		{"long overdue before rating on", late(ratedAll(lib, 2, "K21")), "", plan.NextAction, "K7", "Due 22 Sep, 61 days ago: forgotten"},
		{"gateway passed", gateway(review(late(ratedAll(lib, 2, "K21")), -76)), "", plan.NextGateway, "", "Gateway, 21 Nov 2026, has passed: hold its review, or correct the date"},
		{"gateway review held", held(gateway(ratedAll(lib, 2)), 5, profile.ReviewGateway), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"goals, one claim open", active(evidence(ratedAll(lib, 3), "S8")), "", plan.NextExample, "S8", "Add one dated example for S8 Presenting technical results, rated 3"},
		{"interval over", interval(ratedAll(lib, 2, "K21"), calendar.Of(2026, 7, 20)), "", plan.NextReview, "", "Arrange your review: it was due by 31 Oct 2026"},
		{"interval nearly over", interval(ratedAll(lib, 2), calendar.Of(2026, 8, 3)), "", plan.NextReview, "", "Arrange your review: it is due by the end of November, in 8 days"},
		{"interval nearly over, a review arranged since", review(interval(ratedAll(lib, 2), calendar.Of(2026, 8, 3)), 20), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"interval far from over", interval(ratedAll(lib, 2), calendar.Of(2026, 9, 3)), "", plan.NextGoals, "B1", "Choose goals for your gaps; the first is B1 Treating people with dignity"},
		{"all done, interval known", interval(evidence(ratedAll(lib, 3), ""), calendar.Of(2026, 9, 3)), "", plan.NextAgain, "", "Nothing is left to do; rate yourself again before your next review, due by the end of December"},
		{"all done", evidence(ratedAll(lib, 3), ""), "", plan.NextAgain, "", "Nothing is left to do; rate yourself again before your next review"},
		{"all done, review known", review(evidence(ratedAll(lib, 3), ""), 40), "", plan.NextAgain, "", "Nothing is left to do; rate yourself again before your next review, 1 Jan 2027"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := gap.Compute(lib.Standard(library.Default), lib.Scale(), c.p, nextToday)
			title := func(ksb string) string { return lib.Title(library.Default, ksb) }
			got := plan.Next(r, c.p, nextToday, c.position, nil, title)
			want := plan.NextStep{Kind: c.kind, Text: c.text, KSB: c.ksb}
			if a, _, ok := c.p.Action(got.Action); ok && c.kind == plan.NextAction && strings.HasSuffix(c.text, ": "+a.Text.Line()) {
				_, g, _ := c.p.Action(a.ID)
				want.Action, want.Goal = a.ID, g.ID // the one that the text names
			}
			if got != want || (c.kind == plan.NextAction) != (got.Action != "") {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
		})
	}
}

// The text of a step is never cut in mid-sentence: a long action is given by its first part, or by its KSB.
func TestNextStepIsNotCutInMidSentence(t *testing.T) {
	lib := library.New()
	title := func(ksb string) string { return lib.Title(library.Default, ksb) }
	long := strings.Repeat("and then once more ", 8)
	for text, want := range map[string]string{
		"Watch a visit": "Watch a visit",
		"Watch a visit. Then write it up, " + long:  "Watch a visit",
		"Watch a visit; then write it up, " + long:  "Watch a visit",
		"Watch a visit, and write it up, " + long:   "what you planned for K7 " + title("K7"),
		"Watch a visit, " + long + ". Write it up.": "what you planned for K7 " + title("K7"),
	} {
		p := ratedAll(lib, 2)
		p.Goals = []profile.Goal{{ID: "g", KSBs: []string{"K7"}, Status: profile.GoalActive, Actions: []profile.Action{
			{ID: "a", Text: safetext.New(text), Due: nextToday.AddDays(-9), Status: profile.ActionOpen},
		}}}
		r := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday)
		if got := plan.Next(r, p, nextToday, "", nil, title).Text; got != "Due 13 Nov, 9 days ago: "+want {
			t.Errorf("%q is said as %q", text, got)
		}
	}
}

// An overdue goal is the next step, as an action would be; but if one of its actions is overdue, that comes first.
func TestAnOverdueGoalIsTheNextStep(t *testing.T) {
	lib := library.New()
	title := func(ksb string) string { return lib.Title(library.Default, ksb) }
	p := ratedAll(lib, 2)
	p.Goals = []profile.Goal{{
		ID: "g", KSBs: []string{"K7"}, Text: safetext.New("Explain a fault"), Status: profile.GoalActive, Due: nextToday.AddDays(-9),
		Actions: []profile.Action{{ID: "a", Text: safetext.New("Watch a visit"), Due: nextToday.AddDays(9), Status: profile.ActionOpen}},
	}}
	r := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday)
	want := plan.NextStep{Kind: plan.NextAction, KSB: "K7", Goal: "g", Text: "Due 13 Nov, 9 days ago: your goal, Explain a fault"}
	if got := plan.Next(r, p, nextToday, "", nil, title); got != want {
		t.Errorf("%+v", got)
	}
	p.Goals[0].Actions[0].Due = nextToday.AddDays(-2)
	if got := plan.Next(r, p, nextToday, "", nil, title); got.Action != "a" || got.Text != "Due 20 Nov, 2 days ago: Watch a visit" {
		t.Errorf("%+v", got)
	}
}

// In a later round, the KSBs that are due come before the walk. A first round has none due; if those due were never
// rated, the walk leads to them.
func TestNextFollowsTheRoundsDueKSBs(t *testing.T) {
	lib := library.New()
	title := func(ksb string) string { return lib.Title(library.Default, ksb) }
	p := ratedAll(lib, 2, "K21")
	p.Rounds[0].Closed = nextToday
	opened := p
	begun := p
	begun.Rounds = []profile.Round{p.Rounds[0], {ID: "review-1", Opened: nextToday, Ratings: map[profile.Rater]map[string]profile.Rating{
		profile.Self: {"K1": {Level: 2, On: nextToday}},
	}}}
	opened.Rounds = []profile.Round{p.Rounds[0], {ID: "review-1", Opened: nextToday}}
	walk := plan.NextStep{Kind: plan.NextRate, Text: "Continue rating at Duty 5, K21 Delegation and escalation rules", KSB: "K21"}
	for _, c := range []struct {
		name string
		p    profile.Profile
		due  []string
		want plan.NextStep
	}{
		{"a list", opened, []string{"S6", "K8", "K21"}, plan.NextStep{Kind: plan.NextRate, Text: "Rate what is due in review 1: S6 first, 3 left", KSB: "S6", Due: 3}},
		{"a list, under way", begun, []string{"S6", "K8", "K21"}, plan.NextStep{Kind: plan.NextRate, Text: "Rate what is due in review 1: K8 next, 3 left", KSB: "K8", Due: 3}},
		{"under way, and the position is done", begun, []string{"S6", "K21"}, plan.NextStep{Kind: plan.NextRate, Text: "Rate what is due in review 1: S6 first, 2 left", KSB: "S6", Due: 2}},
		{"the last of it", opened, []string{"S6"}, plan.NextStep{Kind: plan.NextRate, Text: "Rate what is due in review 1: S6, the last of it", KSB: "S6", Due: 1}},
		{"never rated", opened, []string{"K21"}, walk},
		{"no list", opened, nil, walk},
		{"no round open", p, []string{"S6", "K21"}, walk},
	} {
		r := gap.Compute(lib.Standard(library.Default), lib.Scale(), c.p, nextToday)
		if got := plan.Next(r, c.p, nextToday, "K8", c.due, title); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestTheNextReviewIsSaidTheSameEverywhere(t *testing.T) {
	set := func(days int) profile.Profile {
		return profile.Profile{Learner: profile.Learner{Review: nextToday.AddDays(days)}}
	}
	last := func(on calendar.Date) profile.Profile {
		return profile.Profile{Reviews: []profile.Review{{ID: "r", On: on, Closed: on}}}
	}
	held := last(calendar.Of(2026, 9, 3))
	held.Learner.Review = calendar.Of(2026, 9, 3)
	for _, c := range []struct {
		p                 profile.Profile
		today             calendar.Date
		long, short, fact string
		line              string
	}{
		{profile.Profile{}, nextToday, "no review date yet", "no review date", "", "No date is set for the first one."},
		{set(0), nextToday, "review today", "review today", "today, 22 Nov 2026", "The first one is today, 22 Nov 2026."},
		{set(1), nextToday, "review tomorrow", "review tomorrow", "tomorrow, 23 Nov 2026", "The first one is tomorrow, 23 Nov 2026."},
		{set(19), nextToday, "review in 19 days, 11 Dec", "review in 19 days", "in 19 days, 11 Dec 2026", "The first one is in 19 days, 11 Dec 2026."},
		{set(-1), nextToday, "review was due yesterday", "review overdue", "was due yesterday, 21 Nov 2026", "The first one was due yesterday, 21 Nov 2026."},
		{set(-30), nextToday, "review was due 30 days ago, 23 Oct", "review was due 30 days ago", "was due 30 days ago, 23 Oct 2026", "The first one was due 30 days ago, 23 Oct 2026."},
		{last(calendar.Of(2026, 8, 3)), nextToday, "review due by the end of November", "review due by 30 Nov", "due by the end of November, in 8 days; no day is set", "The next one is due by the end of November, in 8 days; no day is set."},
		{last(calendar.Of(2026, 8, 3)), calendar.Of(2026, 11, 30), "review due by the end of November", "review due by 30 Nov", "due by the end of November, today; no day is set", "The next one is due by the end of November, today; no day is set."},
		{last(calendar.Of(2026, 7, 3)), nextToday, "review was due by 31 Oct", "review overdue", "was due by 31 Oct 2026; no day is set", "The next one was due by 31 Oct 2026; no day is set."},
		{held, nextToday, "review due by the end of December", "review due by 31 Dec", "due by the end of December, in 39 days; no day is set", "The next one is due by the end of December, in 39 days; no day is set."},
	} {
		if long, short := plan.ReviewSays(c.p, c.today); long != c.long || short != c.short {
			t.Errorf("%q, %q; want %q, %q", long, short, c.long, c.short)
		}
		if got := plan.ReviewFact(c.p, c.today); got != c.fact {
			t.Errorf("%q, want %q", got, c.fact)
		}
		if got := plan.ReviewLine(c.p, c.today); got != c.line {
			t.Errorf("%q, want %q", got, c.line)
		}
	}
}
