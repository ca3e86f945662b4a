package appraisal_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestPrepareForTheSampleLearner(t *testing.T) {
	p := asha()
	r := report(p)
	pack := appraisal.Prepare(r, p, coach, title)
	if last, _ := p.LastReview(); pack.Since != last.On || len(pack.Changes) == 0 {
		t.Errorf("since %s: %d changes", pack.Since, len(pack.Changes))
	}
	gaps := plan.Firsts(r)
	for i, g := range pack.Gaps {
		if g.KSB != gaps[i].KSB.ID || !strings.Contains(g.Words, "below target") {
			t.Errorf("gap %d: %+v", i, g)
		}
	}
	if len(pack.Gaps) != 3 || len(pack.Strengths) != 3 || len(pack.Support) != 3 || len(pack.Requests) != 2 || len(pack.Overdue) != 2 || len(pack.Open) != 3 {
		t.Errorf("%d gaps, %d strengths, %d kinds of support, %d requests, %d overdue, %d open", len(pack.Gaps), len(pack.Strengths), len(pack.Support), len(pack.Requests), len(pack.Overdue), len(pack.Open))
	}
	if len(pack.Disagreements) == 0 || len(pack.Ask) == 0 || len(pack.Unsupported) != len(r.Unsupported()) || len(pack.Stale) == 0 || len(pack.Missing) == 0 {
		t.Errorf("%+v", pack)
	}
	seen := map[string]bool{}
	for _, list := range [][]appraisal.Point{pack.Unsupported, pack.Stale, pack.Missing} {
		for _, x := range list {
			if seen[x.KSB] || x.Title == "" || x.Words == "" {
				t.Errorf("told twice, or without words: %+v", x)
			}
			seen[x.KSB] = true
		}
	}
}

// The level to ask for is above what either of them sees already.
func TestPrepareAsksForTheLevelAboveBoth(t *testing.T) {
	for _, c := range []struct{ self, mentor, want string }{
		{"0", "", "agree level 1?"}, {"0", "1", "agree level 2?"}, {"2", "1", "agree level 3?"}, {"0", "4", ""},
	} {
		p := blank("Asha")
		for by, word := range map[profile.Rater]string{profile.Self: c.self, profile.Mentor: c.mentor} {
			if l, err := level.Typed(word); err == nil {
				p = apply(t, p, rate(by, "K8", l, today))
			}
		}
		asked := ""
		for _, x := range appraisal.Prepare(report(p), p, noCoach, title).Ask {
			if strings.Contains(x.Words, "agree level") {
				asked = x.Words
			}
		}
		if c.want == "" && asked != "" || !strings.HasSuffix(asked, c.want) {
			t.Errorf("self %s, mentor %s: %q, want %q", c.self, c.mentor, asked, c.want)
		}
	}
}

// A strength and a claim for the same KSB say the same about missing evidence.
func TestPrepareSaysWhatAStrengthLacks(t *testing.T) {
	old := apply(t, blank("Asha"), rate(profile.Self, "K7", 3, today), profile.AddEvidence{Evidence: profile.Evidence{
		ID: "e-1", Title: safetext.New("Long ago"), On: today.AddMonths(-30), KSBs: []string{"K7"}, Kind: profile.KindExample,
	}})
	for want, p := range map[string]profile.Profile{
		"no dated example": apply(t, blank("Asha"), rate(profile.Self, "K7", 3, today)), "evidence older than 12 months": old,
	} {
		pack := appraisal.Prepare(report(p), p, noCoach, title)
		for _, list := range [][]appraisal.Point{pack.Strengths, pack.Unsupported} {
			if len(list) != 1 || !strings.HasSuffix(list[0].Words, want) {
				t.Errorf("%+v, want %q", list, want)
			}
		}
	}
}

func TestPrepareOfABlankLearner(t *testing.T) {
	p := blank("Asha")
	pack := appraisal.Prepare(report(p), p, noCoach, title)
	if len(pack.Gaps)+len(pack.Strengths)+len(pack.Ask)+len(pack.Requests)+len(pack.Changes) != 0 || !pack.Since.IsZero() {
		t.Errorf("%+v", pack)
	}
}

func TestRequestsNameWhatAndWhom(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "S30", -1, today), rate(profile.Self, "S24", -1, today), rate(profile.Self, "K1", -1, today), rate(profile.Self, "B1", -1, today), rate(profile.Self, "S1", 0, today))
	for name, c := range map[string]func(string) (coaching.Entry, bool){"coached": coach, "not coached": noCoach} {
		got := appraisal.Requests(report(p), p, c, title)
		var ids []string
		for _, q := range got {
			ids = append(ids, q.KSB)
			if len(q.Exposure) == 0 || len(q.Ask) == 0 || q.Want == "" || len(q.Ways) < 2 || q.Text == "" || q.Since != today || q.Duty != std.Home(q.KSB) || !strings.HasPrefix(q.Words, q.KSB+" "+q.Title+": ") {
				t.Errorf("%s: %+v", name, q)
			}
			if strings.HasPrefix(q.AskFor(), "Ask for ") || q.AskFor() == "" { // it follows "Ask for"
				t.Errorf("%s: ask for %q", name, q.AskFor())
			}
		}
		if want := []string{"K1", "B1", "S24", "S30"}; !slices.Equal(ids, want) {
			t.Errorf("%s: %v, want %v", name, ids, want)
		}
	}
}

func TestRequestsSayWhatIsPlannedAlready(t *testing.T) {
	goal := func(id, ksb string, actions ...profile.Action) profile.Change {
		return profile.AddGoal{Goal: profile.Goal{ID: id, KSBs: []string{ksb}, Text: safetext.New("secret words"), Status: profile.GoalActive, Set: days(-9), Actions: actions}}
	}
	action := func(id string, due calendar.Date) profile.Action {
		return profile.Action{ID: id, Sort: profile.People, Text: safetext.New("Ask R."), Due: due, Status: profile.ActionOpen}
	}
	p := apply(t, blank("Asha"), rate(profile.Self, "S30", -1, today), rate(profile.Self, "S24", -1, today), rate(profile.Self, "K1", -1, today), rate(profile.Self, "K2", -1, today),
		goal("g-1", "S30", action("a-0", calendar.Date{}), action("a-1", days(20)), action("a-2", days(10)), action("a-3", calendar.Date{})), goal("g-2", "K1"), goal("g-3", "K2"),
		profile.SetGoalStatus{ID: "g-2", Status: profile.GoalParked, On: today, Note: safetext.New("later")}, profile.SetGoalStatus{ID: "g-3", Status: profile.GoalDropped, On: today, Note: safetext.New("no")})
	got := map[string]string{}
	for _, q := range appraisal.Requests(report(p), p, coach, title) {
		got[q.KSB] = q.Plan.Words()
		if q.KSB == "S30" && q.Plan.Action.ID != "a-2" {
			t.Errorf("the next step: %+v", q.Plan.Action)
		}
	}
	want := map[string]string{
		"S24": "", "K2": "", "K1": "in the plan, parked for now, since " + days(-9).Long(),
		"S30": "in the plan, since " + days(-9).Long() + ", next step by " + days(10).Long(),
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestAgendaFillsTheTime(t *testing.T) {
	for minutes := range 400 {
		items := appraisal.Agenda(minutes)
		from := 0
		for _, item := range items {
			if item.From != from || item.Minutes < 1 {
				t.Fatalf("%d minutes: %+v", minutes, item)
			}
			from += item.Minutes
		}
		if from != max(minutes, appraisal.MinMinutes) {
			t.Fatalf("%d minutes: %d are planned", minutes, from)
		}
	}
	if items := appraisal.Agenda(60); items[0].Who != "learner" || items[0].Title != "What went well" || items[2].Title != "Actions of last time" {
		t.Errorf("%+v", items)
	}
}

func TestMarks(t *testing.T) {
	marks := appraisal.Marks(lib.Appraisal())
	if len(marks) != 3 || marks[0].Field != "clear" || marks[1].Field != "helped" || marks[2].Field != "valued" || marks[2].Question == "" {
		t.Errorf("%+v", marks)
	}
	if got := appraisal.MarksCheck("yes", "yes", "yes"); len(got) != 0 {
		t.Errorf("all well: %q", got)
	}
	if got := appraisal.MarksCheck("", "partly", "no"); len(got) != 3 {
		t.Errorf("%q", got)
	}
	for i, m := range marks {
		c := m.Answered("v", "no")
		if set := []bool{c.Clear != nil, c.Helped != nil, c.Valued != nil}; c.ID != "v" || !set[i] || set[(i+1)%3] || set[(i+2)%3] {
			t.Errorf("%s: %+v", m.Field, c)
		}
		if got := m.Answer(profile.Review{Clear: "clear", Helped: "helped", Valued: "valued"}); got != m.Field {
			t.Errorf("the answer to %s is %q", m.Field, got)
		}
	}
}

// A piece aims at gaps that grow together: those of a project that fits the levels, or else linked ones.
func TestCoverKeepsTogetherWhatGrowsTogether(t *testing.T) {
	var changes []profile.Change
	for _, id := range []string{"K6", "K7", "K8", "S7", "K9"} { // of Duty 2, ranked in this order
		changes = append(changes, rate(profile.Self, id, 1, today))
	}
	r := report(apply(t, blank("Asha"), changes...))
	link := func(a, b string) coaching.Link { return coaching.Link{KSBs: [2]string{a, b}} }
	project := func(from level.Level, ksbs ...string) []coaching.Bundle {
		b := coaching.Bundle{ID: "device", Name: "Tell its life"}
		for _, id := range ksbs {
			b.Serves = append(b.Serves, coaching.Serves{KSB: id, From: from, To: from + 1})
		}
		return []coaching.Bundle{b}
	}
	for _, c := range []struct {
		name   string
		growth coaching.Growth
		want   string
	}{
		{"nothing is linked", coaching.Growth{}, "one piece from Duty 2 could show K6; 5 gaps"},
		{"a chain, not the first", coaching.Growth{Links: []coaching.Link{link("K9", "K7"), link("S7", "K9")}}, "one piece from Duty 2 could show K7, K9 and S7; 5 gaps"},
		{"four at most", coaching.Growth{Links: []coaching.Link{link("K6", "K7"), link("K7", "K8"), link("K8", "S7"), link("S7", "K9")}}, "could show K6, K7, K8 and S7;"},
		{"a project", coaching.Growth{Bundles: project(1, "S7", "K9", "K6")}, `one piece from Duty 2 could show K6, K9 and S7, such as from the project "Tell its life" (device); 5 gaps`},
		{"a project for two", coaching.Growth{Bundles: project(1, "S7", "K9")}, "one piece from Duty 2 could show K6; 5 gaps"},
		{"a project for later", coaching.Growth{Bundles: project(2, "S7", "K9", "K6")}, "one piece from Duty 2 could show K6; 5 gaps"},
	} {
		got := appraisal.Cover(r, &c.growth)
		if len(got) != 1 || !strings.Contains(got[0].Words, c.want) {
			t.Errorf("%s: %+v, want %q", c.name, got, c.want)
		}
		if len(got[0].KSBs)+len(got[0].Rest()) != 5 {
			t.Errorf("%s: %v and %v", c.name, got[0].KSBs, got[0].Rest())
		}
	}
}

func TestCoverFindsWhereOnePieceShowsMost(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "K7", 1, today), rate(profile.Self, "S7", 1, today), rate(profile.Self, "K8", 1, today), rate(profile.Self, "K17", 1, today), rate(profile.Self, "S9", 3, today))
	p.Evidence = []profile.Evidence{{ID: "e-1", KSBs: []string{"K8"}, On: days(-1)}, {ID: "e-2", KSBs: []string{"K7"}, On: days(-400)}}
	got := appraisal.Cover(report(p), growth)
	if len(got) != 2 || got[0].Duty != 2 || !slices.Equal(got[0].All, []string{"S7", "K7"}) && !slices.Equal(got[0].All, []string{"K7", "S7"}) || got[1].Duty != 10 {
		t.Fatalf("%+v", got)
	}
	if !strings.HasPrefix(got[1].Words, "one piece from Duty 10 could show K17") {
		t.Errorf("%s", got[1].Words)
	}
	for _, c := range appraisal.Cover(report(asha()), growth) {
		if len(c.KSBs) > 4 || len(c.KSBs) > len(c.All) {
			t.Errorf("%+v", c)
		}
	}
	if got := appraisal.Cover(report(blank("Asha")), growth); got != nil {
		t.Errorf("nothing rated: %+v", got)
	}
}
