package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// project is a bundle of the given length for some KSBs, each from level 1 to 3.
func project(id string, minutes int, ksbs ...string) coaching.Bundle {
	b := coaching.Bundle{ID: id, Name: id, Goal: "Tell the life of one device from its records", Hours: (minutes + 30) / 60}
	for _, k := range ksbs {
		b.Serves = append(b.Serves, coaching.Serves{KSB: k, From: 1, To: 3, Proof: "You show it."})
	}
	for range 4 {
		b.Steps = append(b.Steps, coaching.Task{Sort: profile.People, Minutes: minutes / 4, Text: "Ask one.", Who: "Your mentor", Result: "A note"})
	}
	return b
}

func TestProjectsAreOffered(t *testing.T) {
	const none = level.NoOpportunity
	device := project("device", 240, "K7", "S7", "K9", "S9")
	atOne := map[string]level.Level{"K7": 1, "S7": 1, "K9": 1, "S9": 1}
	but := func(ksb string, l level.Level) map[string]level.Level {
		out := map[string]level.Level{"K7": 1, "S7": 1, "K9": 1, "S9": 1}
		out[ksb] = l
		return out
	}
	goal := profile.Goal{ID: "g", KSBs: []string{"S9"}, Text: safetext.New("x"), Status: profile.GoalParked}
	for _, c := range []struct {
		name    string
		p       profile.Profile
		bundles []coaching.Bundle
		want    string // each project's ID and KSBs
	}{
		{"four gaps", rated(3, atOne), []coaching.Bundle{device}, "device K7 S7 K9 S9"},
		{"three will do", supported(rated(3, but("S9", 3))), []coaching.Bundle{device}, "device K7 S7 K9"},
		{"two are two goals", supported(rated(3, map[string]level.Level{"K7": 1, "S7": 1})), []coaching.Bundle{device}, ""},
		{"at target with nothing that shows it", rated(3, nil), []coaching.Bundle{device}, "device K7 S7 K9 S9"},
		{"level 3 is beyond it", supported(rated(3, nil)), []coaching.Bundle{device}, ""},
		{"too early for one is too early", rated(3, but("S9", 0)), []coaching.Bundle{device}, ""},
		{"no opportunity is not too early", rated(3, but("S9", none)), []coaching.Bundle{device}, "device K7 S7 K9"},
		{"nor is what is not rated", func() profile.Profile {
			p := rated(3, atOne)
			delete(p.Rounds[0].Ratings[profile.Self], "S9")
			return p
		}(), []coaching.Bundle{device}, "device K7 S7 K9"},
		{"a gap with a goal is not counted", func() profile.Profile {
			p := rated(3, atOne)
			p.Goals = []profile.Goal{goal}
			return p
		}(), []coaching.Bundle{device}, "device K7 S7 K9"},
		{"at target is no gap", func() profile.Profile {
			p := rated(3, atOne)
			p.Targets = map[string]level.Level{"K7": 1, "S7": 1}
			return p
		}(), []coaching.Bundle{device}, ""},
		{"longer than one by one", rated(3, atOne), []coaching.Bundle{project("long", 1900, "K7", "S7", "K9", "S9")}, ""},
		{"most an hour first, two at most", rated(1, nil), []coaching.Bundle{
			project("slow", 360, "K7", "S7", "K9"), project("quick", 200, "K1", "S1", "B6"), project("wide", 300, "K2", "S2", "K10", "S10", "B4"),
		}, "wide K2 S2 K10 S10 B4, quick K1 S1 B6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range plan.Projects(reportOf(c.p), c.p, c.bundles, entry, nil) {
				got = append(got, x.Bundle.ID+" "+strings.Join(x.KSBs, " "))
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// A project says what it moves, and how long single goals would take.
func TestProjectSaysWhy(t *testing.T) {
	p := rated(1, nil)
	p.Learner.Start = nextToday.AddMonths(-20)
	b := project("device", 240, "K7", "S7", "K9")
	x, err := plan.Project(reportOf(p), p, b, entry)
	want := "Gives evidence towards 3 KSBs in about 4 hours: K7, S7 and K9; 3 behind where month 20 should be. One by one, their suggested actions take about "
	if err != nil || !strings.HasPrefix(x.Why, want) {
		t.Errorf("%q, %v", x.Why, err)
	}
	if m := x.Moves; len(m) != 3 || m[1] != (plan.Move{KSB: "S7", From: 1, To: 2, Proof: "You show it."}) {
		t.Errorf("%+v", m)
	}
	for _, c := range []struct {
		p    profile.Profile
		want string
	}{
		{supported(rated(3, nil)), "would move none of your gaps up"},
		{rated(1, map[string]level.Level{"S7": 0}), "starts from level 1, and you are below that in S7"},
	} {
		if _, err := plan.Project(reportOf(c.p), c.p, b, entry); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// A project does not count KSBs that are suggested on their own or that an earlier project serves. It is not offered
// before its month, or if there are too few weeks for it.
func TestProjectsWaitForTheirTime(t *testing.T) {
	p := rated(1, nil)
	p.Learner.Start = nextToday.AddMonths(-5)
	waits, weeks := project("waits", 200, "K7", "S7", "K9"), project("weeks", 200, "K7", "S7", "K9")
	waits.Month, weeks.Weeks = 6, 8
	row, _ := reportOf(p).Row("S7")
	s7 := plan.Suggest(reportOf(p), row, entry, titleOf)
	soon := p
	soon.Learner.Review = nextToday.AddDays(40)
	later := p
	later.Learner.Start = nextToday.AddMonths(-6)
	for _, c := range []struct {
		name   string
		p      profile.Profile
		from   []coaching.Bundle
		beside []plan.Suggestion
		want   int
	}{
		{"a gap suggested beside it", p, []coaching.Bundle{project("a", 200, "K7", "S7", "K9")}, []plan.Suggestion{s7}, 0},
		{"two for the same gaps", p, []coaching.Bundle{project("a", 200, "K7", "S7", "K9"), project("b", 240, "K7", "S7", "S9")}, nil, 1},
		{"month 5 of 6", p, []coaching.Bundle{waits}, nil, 0},
		{"month 6", later, []coaching.Bundle{waits}, nil, 1},
		{"without a start", rated(1, nil), []coaching.Bundle{waits}, nil, 1},
		{"eight weeks of twelve", p, []coaching.Bundle{weeks}, nil, 1},
		{"eight weeks, and a review in six", soon, []coaching.Bundle{weeks}, nil, 0},
	} {
		if got := plan.Projects(reportOf(c.p), c.p, c.from, entry, c.beside); len(got) != c.want {
			t.Errorf("%s: %d offered, want %d", c.name, len(got), c.want)
		}
	}
}

// Every project in the coaching makes a complete goal: its steps in order, each with who, when and what will show it.
func TestProjectsBecomeGoals(t *testing.T) {
	std := lib.Standard(library.Default)
	offered := map[string]bool{}
	for l := level.Level(0); l < 3; l++ {
		p := rated(l, nil)
		for _, b := range lib.Growth(library.Default).Bundles {
			x, err := plan.Project(reportOf(p), p, b, entry)
			if err != nil {
				continue
			}
			offered[b.ID] = true
			if !slices.IsSortedFunc(x.Actions, func(a, b profile.Action) int { return a.Due.Compare(b.Due) }) || x.Actions[len(x.Actions)-1].Due.After(x.Due) {
				t.Errorf("%s: the steps are not due in their order, by %s", b.ID, x.Due)
			}
			n := 0
			g := x.Taken(nextToday, func(prefix string) string { n++; return prefix + "-" + strings.Repeat("x", n) })
			g.Why = safetext.New(x.Why)
			next, err := profile.AddGoal{Goal: g, Today: nextToday}.Apply(p, std)
			if err != nil {
				t.Fatalf("%s: %v", b.ID, err)
			}
			if missing := plan.Missing(next.Goals[0], nextToday); len(missing) > 0 || !slices.Equal(next.Goals[0].KSBs, x.KSBs) {
				t.Errorf("%s is not SMART as offered, or not for %v: %+v", b.ID, x.KSBs, missing)
			}
			if again := plan.Projects(reportOf(next), next, []coaching.Bundle{b}, entry, nil); len(again) > 0 {
				t.Errorf("%s is offered again while it is a goal", b.ID)
			}
		}
	}
	for _, b := range lib.Growth(library.Default).Bundles {
		if !offered[b.ID] {
			t.Errorf("%s fits nobody who is at one level throughout", b.ID)
		}
	}
}

// A project that can be agreed at the next review starts after it, with time to find people. Without a review it starts
// now.
func TestAProjectBeginsAfterTheReviewAtWhichItIsAgreed(t *testing.T) {
	review := dayAfter(19)
	for _, c := range []struct {
		review calendar.Date
		from   calendar.Date
	}{{review, review}, {calendar.Date{}, nextToday}} {
		p := rated(3, map[string]level.Level{"K7": 1, "S7": 1, "K9": 1, "S9": 1})
		p.Learner.Review = c.review
		x, err := plan.Project(reportOf(p), p, project("device", 240, "K7", "S7", "K9", "S9"), unwritten)
		if err != nil {
			t.Fatal(err)
		}
		if first := x.Actions[0].Due; first.Before(c.from.AddDays(10)) || x.Due.Before(first) {
			t.Errorf("review on %s: the first step is due on %s, and the project on %s", c.review, first, x.Due)
		}
	}
}

// The document says how many goals are enough, and to agree them at the next review if there is one.
func TestSuggestionsAreAgreedAtTheReview(t *testing.T) {
	none := func(profile.Goal) plan.Steps { return plan.Steps{} }
	for _, c := range []struct {
		review calendar.Date
		n      int
		want   string
	}{
		{dayAfter(19), 5, "Three of the goals are enough to begin with. Agree them, and what else each needs by its date, at your review on "},
		{dayAfter(19), 3, "These actions begin each goal. Agree them"},
		{dayAfter(60), 3, "Agree with your supervisor what else each needs by its date."}, // due before that review
		{dayAfter(-19), 3, "Agree with your supervisor what else each needs by its date."},
	} {
		p := learner(1, 10, c.review)
		if d := plan.Doc(p, slices.Repeat([]profile.Goal{{Status: plan.Suggested}}, c.n), none, titleOf, nextToday); !strings.Contains(d.Title, c.want) {
			t.Errorf("%q is not in %q", c.want, d.Title)
		}
	}
}

func dayAfter(days int) calendar.Date { return nextToday.AddDays(days) }
