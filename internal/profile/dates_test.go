package profile_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// Nothing that has happened may be dated in the future, except where the file says so already.
func TestDatesInTheFutureAreRefused(t *testing.T) {
	tomorrow := today.AddDays(1)
	piece := func(on calendar.Date) profile.AddEvidence {
		return profile.AddEvidence{Today: today, Evidence: profile.Evidence{ID: "e-new", KSBs: []string{"K7"}, On: on, Kind: profile.KindExample, Title: text("A check")}}
	}
	p := mustApply(t, decode(t, small).Profile, piece(today))
	mustRefuse(t, decode(t, small).Profile, piece(tomorrow), "is still to come")
	edit := profile.EditEvidence{ID: "e-new", On: &tomorrow, Today: today}
	mustRefuse(t, p, edit, tomorrow.Long()+" is still to come")
	p.Evidence[len(p.Evidence)-1].On = tomorrow // as if it was written into the file by hand
	title := text("A better title")
	mustApply(t, p, profile.EditEvidence{ID: "e-new", Title: &title, Today: today}, edit)
}

func TestMayRateOn(t *testing.T) {
	start := today.AddMonths(-2)
	opened := today.AddDays(-10)
	for _, c := range []struct {
		name             string
		by               profile.Rater
		start, on, today calendar.Date
		want             string // "" if it is accepted
	}{
		{"today", profile.Self, start, today, today, ""},
		{"on the day of its round", profile.Self, start, opened, today, ""},
		{"before its round", profile.Self, start, opened.AddDays(-1), today, "is before the round baseline was opened, on " + opened.Long()},
		{"agreed before its round", profile.Agreed, start, opened.AddDays(-1), today, "is before the round baseline was opened"},
		{"a mentor's sheet of before its round", profile.Mentor, start, opened.AddDays(-1), today, ""},
		{"a mentor's from before the start", profile.Mentor, start, start.AddDays(-1), today, "is before the start of the programme, " + start.Long()},
		{"tomorrow", profile.Self, start, today.AddDays(1), today, "is still to come"},
		{"tomorrow, by a mentor", profile.Mentor, start, today.AddDays(1), today, "is still to come"},
		{"getting ready for a start to come", profile.Self, today.AddMonths(3), today, calendar.Date{}, ""},
		{"years before the start", profile.Self, today.AddMonths(30), today, calendar.Date{}, "is before the start of the programme"},
		{"no start", profile.Self, calendar.Date{}, today, today, ""},
	} {
		p := decode(t, small).Profile
		p.Learner.Start = c.start
		p.Rounds = []profile.Round{{ID: "baseline", Opened: opened}}
		change := profile.Rate{KSB: "K7", By: c.by, Level: 2, On: c.on, Reason: text("seen"), Today: c.today}
		if c.want != "" {
			mustRefuse(t, p, change, c.want)
		} else if _, err := change.Apply(p, std); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestPausesDoNotCount(t *testing.T) {
	pause := profile.Pause{From: today.AddDays(-30), To: today.AddDays(-20)}
	p := decode(t, small).Profile
	p.Pauses = []profile.Pause{pause, {From: today, To: today}, pause}
	q := mustApply(t, p, profile.RemovePause{Pause: pause})
	if len(q.Pauses) != 1 || q.Pauses[0].From != today || len(p.Pauses) != 3 {
		t.Errorf("%v, of %v", q.Pauses, p.Pauses)
	}
	mustRefuse(t, q, profile.RemovePause{Pause: pause}, "there is no pause from "+pause.From.Long())
	mustRefuse(t, q, profile.AddPause{Pause: profile.Pause{From: today, To: calendar.Of(9999, 1, 1)}, Today: today}, "more than 10 years away")
}

// A file with dates that no change would accept can be opened, and each of them is noted with its line.
func TestOddDatesOfEveryKind(t *testing.T) {
	src := `format = 1
standard = "ST0413"

[learner]
name = "Asha"
start = 1900-01-01
gateway = 9999-12-31
` + strings.Repeat("\n[[pause]]\nfrom = 2026-01-05\nto = 2026-01-09\n", 2000) + `
[[round]]
id = "baseline"
opened = 2026-09-20
closed = 2026-09-30

[round.self]
K1 = { level = 2, on = 2026-09-19 }
K2 = { level = 2, on = 2026-10-01 }
K3 = { level = 2, on = 2026-09-25 }

[round.mentor]
K3 = { level = 2, on = 2026-09-10 }

[[round]]
id = "review-1"
opened = 2026-11-01

[round.self]
K1 = { level = 3, on = 2062-11-02 }

[[evidence]]
id = "e-1"
ksbs = ["K1"]
on = 2027-11-02
title = "A check"
`
	var got []string
	for _, x := range decode(t, src).OddDates(today) {
		got = append(got, written(x)[strings.Index(written(x), " ")+1:])
	}
	want := []string{
		"learner.start: 1 Jan 1900 is more than 10 years ago | check the year",
		"learner.gateway: 31 Dec 9999 is more than 10 years away | check the year",
		"pause: this pause is there 2000 times | one of them is enough, and counts the same",
		"round.self.K1: 19 Sep 2026 is before the round baseline was opened, on 20 Sep 2026 | check the year, the clock of this computer, or the day of the round",
		"round.self.K2: 1 Oct 2026 is after the round was closed, on 30 Sep 2026 | check the year",
		"round.self.K1: 2 Nov 2062 is still to come | check the year, or give the day once it has come",
		"evidence.on: 2 Nov 2027 is still to come | check the year, or give the day once it has come",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// If a learner rated in preparation for the programme, that is noted once and not at every rating.
func TestRatingsBeforeTheProgrammeAreNotedOnce(t *testing.T) {
	src := `format = 1
standard = "ST0413"

[learner]
name = "Asha"
start = 2026-09-14

[[round]]
id = "baseline"
opened = 2026-08-01

[round.self]
K1 = { level = 2, on = 2026-08-01 }
K2 = { level = 2, on = 2026-08-02 }
`
	odd := decode(t, src).OddDates(today)
	if len(odd) != 1 || odd[0].Key != "round.opened" || odd[0].Msg != "1 Aug 2026 is before the start of the programme, 14 Sep 2026" {
		t.Errorf("%+v", odd)
	}
}

// The last day is the newest on which something happened; due dates do not count.
func TestLastDay(t *testing.T) {
	p := profile.Profile{}
	if !file.LastDay(p).IsZero() {
		t.Error("an empty record has a last day")
	}
	day := today.AddDays
	mentor := profile.Round{Opened: day(-90), Closed: day(-80), Others: map[string][]profile.Rating{"K7": {{On: day(-9)}}}}
	for i, edit := range []func(){
		func() { p.Rounds = []profile.Round{{Opened: day(-100)}} },
		func() {
			p.Rounds[0].Ratings = map[profile.Rater]map[string]profile.Rating{profile.Self: {"K7": {On: day(-99)}}}
		},
		func() { p.Evidence = []profile.Evidence{{On: day(-98)}} },
		func() { p.Reflections = []profile.Reflection{{On: day(-97)}} },
		func() { p.Reviews = []profile.Review{{On: day(-96)}} },
		func() { p.Goals = []profile.Goal{{Set: day(-95), Due: day(30)}} },
		func() { p.Goals[0].Actions = []profile.Action{{Closed: day(-94), Due: day(40)}} },
	} {
		edit()
		if got, want := file.LastDay(p), day(i-100); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	p.Rounds = append(p.Rounds, mentor)
	if got := file.LastDay(p); got != day(-9) {
		t.Errorf("of another mentor: %s", got)
	}
}
