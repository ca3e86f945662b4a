package plan_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var lib = library.New()

func entry(ksb string) (coaching.Entry, bool) { return lib.Entry(library.Default, ksb) }

func unwritten(string) (coaching.Entry, bool) { return coaching.Entry{}, false }

// fieldOf is a field by its ID; "" for none.
func fieldOf(id string) coaching.Field {
	for _, f := range lib.Fields(library.Default).Fields {
		if f.ID == id {
			return f
		}
	}
	return coaching.Field{}
}

// orderOf is the order of equally pressing gaps in a field.
func orderOf(field string) func() gap.Order {
	return inOrder(plan.OrderFor(lib.Fields(library.Default), fieldOf(field)))
}

func inOrder(o gap.Order) func() gap.Order { return func() gap.Order { return o } }

func titleOf(ksb string) string { return lib.Title(library.Default, ksb) }

func reportOf(p profile.Profile) *gap.Report {
	return gap.Compute(lib.Standard(library.Default), lib.Scale(), p, nextToday)
}

// rated is a profile with these levels, and the level rest for all other KSBs.
func rated(rest level.Level, levels map[string]level.Level) profile.Profile {
	p := ratedAll(lib, rest)
	for id, l := range levels {
		p.Rounds[0].Ratings[profile.Self][id] = profile.Rating{Level: l, On: nextToday}
	}
	return p
}

func supported(p profile.Profile, except ...string) profile.Profile {
	for _, id := range lib.Standard(library.Default).Walk() {
		if !slices.Contains(except, id) {
			p.Evidence = append(p.Evidence, profile.Evidence{ID: "e-" + strings.ToLower(id), KSBs: []string{id}, On: nextToday})
		}
	}
	return p
}

func TestSuggestionsChoose(t *testing.T) {
	const none = level.NoOpportunity
	for _, c := range []struct {
		name string
		p    profile.Profile
		want []string
	}{
		{"fresh: the first of the walk", profile.Profile{}, []string{"K1", "K2", "K3"}},
		{"perfect: the first of the walk", supported(ratedAll(lib, 4)), []string{"K1", "K2", "K3"}},
		{"perfect but for what was not shown", supported(ratedAll(lib, 4), "S9", "K30"), []string{"S9", "K30", "K1"}},
		{"gaps come in rank order, five at most, and each kind in turn where they press alike", supported(rated(3, map[string]level.Level{"K30": 0, "K29": 1, "K28": 2, "K27": 2, "S26": 2, "S25": 2})), []string{"K30", "K29", "S25", "S26", "K27"}},
		{"one gap is filled up", supported(rated(3, map[string]level.Level{"K28": 2}), "S9", "S12", "S13"), []string{"K28", "S9", "S12"}},
		{"then by no opportunity", supported(rated(3, map[string]level.Level{"K28": 2, "S30": none}), "S9"), []string{"K28", "S9", "S30"}},
		{"then by what is not rated", supported(ratedAll(lib, 3, "K17", "K23")), []string{"K23", "K17", "K1"}},
		{"partners make room for others", supported(rated(3, map[string]level.Level{"K7": 0, "S7": 0, "K9": 1, "S9": 1, "K12": 2, "S14": 2, "B3": 2})), []string{"K7", "S9", "B3", "K12", "S14"}},
		{"partners come when there are no others", supported(rated(3, map[string]level.Level{"K7": 0, "S7": 0, "K9": 1})), []string{"K7", "K9", "S7"}},
		{"a behaviour is nobody's partner", supported(rated(3, map[string]level.Level{"K1": 0, "B1": 0, "S1": 0})), []string{"B1", "K1", "S1"}},
		{"four gaps are four", supported(rated(3, map[string]level.Level{"K1": 0, "K2": 0, "K3": 0, "K4": 0})), []string{"K1", "K2", "K3", "K4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range plan.Suggestions(reportOf(c.p), entry, titleOf) {
				got = append(got, s.KSBs...)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// If all gaps press equally, a newcomer gets each kind of KSB but at most two behaviours, those that their field needs
// soonest first, each from another duty, and not all actions due at once. Before a near review there are fewer. If
// everything is claimed and nothing shown, the goals are those that lead to the level.
func TestSuggestionsForNewcomersAndForClaims(t *testing.T) {
	suggested := func(l level.Level, field string, review calendar.Date) []plan.Suggestion {
		p := ratedAll(lib, l)
		p.Learner.Review = review
		return plan.Suggestions(reportOf(p).WithOrder(orderOf(field)), entry, titleOf)
	}
	list := suggested(0, "decontamination", calendar.Date{})
	kinds := map[byte]int{}
	for _, s := range list {
		kinds[s.KSBs[0][0]]++
		e, _ := entry(s.KSBs[0])
		if !slices.ContainsFunc(e.Examples, func(x coaching.Example) bool { return x.Field == "decontamination" }) {
			t.Errorf("%s has no example from the field", s.KSBs[0])
		}
	}
	homes, dues := map[int]bool{}, map[calendar.Date]int{}
	for _, s := range list {
		homes[lib.Standard(library.Default).Home(s.KSBs[0])] = true
		for _, a := range s.Actions {
			dues[a.Due]++
			if nextToday.Days(a.Due) < 5 { // a week, or the last working day in it
				t.Errorf("%s: %q is due on %s, in %d days", s.KSBs[0], a.Text, a.Due.Long(), nextToday.Days(a.Due))
			}
		}
	}
	if first := fieldOf("decontamination").First; !slices.Contains(first, list[0].KSBs[0]) || !slices.Contains(first, list[1].KSBs[0]) {
		t.Errorf("%s and %s come first, and the field calls for %v", list[0].KSBs[0], list[1].KSBs[0], first)
	}
	if len(homes) != 5 {
		t.Errorf("five goals from %d duties", len(homes))
	}
	for d, n := range dues {
		if n > 2 {
			t.Errorf("%d actions are due on %s", n, d.Long())
		}
	}
	if len(list) != 5 || kinds['B'] > 2 || kinds['K'] < 1 || kinds['S'] < 1 {
		t.Errorf("%v", kinds)
	}
	if near := suggested(0, "", nextToday.AddDays(20)); len(near) != 3 {
		t.Errorf("%d goals before a review in three weeks", len(near))
	}
	for _, s := range suggested(3, "clinical-engineering", calendar.Date{}) {
		if len(s.Actions) < 2 {
			t.Errorf("%s: %q, %d actions", s.KSBs[0], s.Goal, len(s.Actions))
		}
	}
}

// If a level is reached but nothing shows it, the goal is to show it, and its actions gather convincing evidence. Near
// the gateway the reason says how many months are left. If the coaching has no such goal, the goal that leads to the
// level is taken.
func TestSuggestProof(t *testing.T) {
	e := coaching.Entry{KSB: "S7", TwoToThree: "s", Goals: coaching.Goals{TwoToThree: "Reach it", Prove: "Show it"}}
	e.Actions = []coaching.Action{{Sort: profile.Study, Text: "Read one page.", From: []level.Level{2}}}
	e.Evidence = []coaching.Evidence{{Kind: "observed-procedure", Shows: "You do it.", Weakness: "Nothing fails."}}
	coach := func(string) (coaching.Entry, bool) { return e, true }
	p := ratedAll(lib, 3)
	p.Learner.Start = nextToday.AddMonths(-32)
	row, _ := reportOf(p).Row("S7")
	s := plan.Suggest(reportOf(p), row, coach, titleOf)
	if s.Goal != "Show it" || !strings.HasSuffix(s.Why, "4 months to the gateway") || len(s.Actions) != 1 ||
		!strings.HasSuffix(s.Actions[0].Text.Line(), "You do it.") || !strings.HasSuffix(s.Actions[0].Shows.Line(), "Nothing fails.") {
		t.Errorf("%+v", s)
	}
	e.Goals.Prove = ""
	if s = plan.Suggest(reportOf(p), row, coach, titleOf); s.Goal != "Reach it" || s.Actions[0].Text.Line() != "Read one page." {
		t.Errorf("%+v", s)
	}
	for _, kind := range profile.Kinds[1:] {
		e.Goals.Prove, e.Evidence[0].Kind = "Show it", kind
		if s = plan.Suggest(reportOf(p), row, coach, titleOf); len(s.Actions) != 1 {
			t.Errorf("nothing says how %s is come by", profile.KindName(kind))
		}
	}
}

// A learner who meets no patients works on safeguarding or consent only after what their field does every day.
func TestAFieldWithoutPatientsComesToThemLate(t *testing.T) {
	fields := lib.Fields(library.Default)
	met := func(order gap.Order, l level.Level) bool {
		list := plan.Suggestions(reportOf(ratedAll(lib, l)).WithOrder(inOrder(order)), entry, titleOf)
		return slices.ContainsFunc(list, func(x plan.Suggestion) bool { return slices.Contains(fields.Met, x.KSBs[0]) })
	}
	for l := level.Level(0); l <= 3; l++ {
		for _, field := range []string{"genomics", "clinical-engineering", "radiation-physics", "decontamination"} {
			if met(plan.OrderFor(fields, fieldOf(field)), l) {
				t.Errorf("%s, level %s: it meets patients first", field, l)
			}
		}
	}
	if genomics := fieldOf("genomics"); !met(gap.Order{Safety: fields.Safety, Field: genomics.First}, 2) {
		t.Error("it would not have come first anyway")
	}
}

// An action for people's safety is due first and within a working week, whatever its sort. From the middle of the
// programme, KSBs whose evidence takes months come right after the one the field needs first.
func TestSuggestionsComeInTime(t *testing.T) {
	coach := func(ksb string) (coaching.Entry, bool) {
		e, ok := entry(ksb)
		e.Actions = slices.Clone(e.Actions)
		for i := range e.Actions {
			e.Actions[i].Soon = ksb == "S23" && e.Actions[i].Sort == profile.Practise
		}
		return e, ok
	}
	p := ratedAll(lib, 0)
	for _, s := range plan.Suggestions(reportOf(p).WithOrder(orderOf("decontamination")), coach, titleOf) {
		if first := s.Actions[0]; s.KSBs[0] == "S23" && (first.Sort != profile.Practise || nextToday.Days(first.Due) > 5) {
			t.Errorf("%s first, due %s", first.Sort, first.Due.Long())
		}
	}
	for months, want := range map[int]bool{17: false, 18: true} {
		p.Learner.Start = nextToday.AddMonths(-months)
		list := plan.Suggestions(reportOf(p).WithOrder(inOrder(gap.Order{Field: fieldOf("genomics").First, Long: []string{"K26"}})), entry, titleOf)
		if got := slices.ContainsFunc(list, func(s plan.Suggestion) bool { return s.KSBs[0] == "K26" }); got != want {
			t.Errorf("month %d: K26 is suggested: %v", months, got)
		}
	}
}

// No suggested action is due around Christmas, after its goal, or before the action it follows.
func TestSuggestionsLeaveChristmasOut(t *testing.T) {
	for _, s := range plan.Suggestions(reportOf(ratedAll(lib, 2)), entry, titleOf) {
		for i, a := range s.Actions {
			if d := a.Due; d.Month == time.December && d.Day >= 21 || d.Month == time.January && d.Day <= 8 || d.After(s.Due) ||
				i > 0 && s.Actions[i-1].Due.Days(d) < 7 {
				t.Errorf("%s: due %s, its goal %s", s.KSBs[0], d.Long(), s.Due.Long())
			}
		}
	}
}

// Only the coaching of suggested KSBs is read, because reading all of it is slow.
func TestSuggestionsReadNoMoreCoachingThanTheyShow(t *testing.T) {
	read := map[string]bool{}
	list := plan.Suggestions(reportOf(ratedAll(lib, 1)), func(ksb string) (coaching.Entry, bool) {
		read[ksb] = true
		return entry(ksb)
	}, titleOf)
	if len(read) != len(list) {
		t.Errorf("the coaching of %d KSBs was read for %d suggestions", len(read), len(list))
	}
}

// For any ratings there are three to five suggestions for different KSBs, each with a goal, a reason, a date and an
// action of each sort, and each can be set as it is.
func TestSuggestionsAlwaysOfferAChoice(t *testing.T) {
	std := lib.Standard(library.Default)
	rapid.Check(t, func(t *rapid.T) {
		p := profile.Profile{Standard: std.Reference, Learner: profile.Learner{Start: nextToday.AddMonths(-rapid.IntRange(0, 40).Draw(t, "month"))}}
		rows := map[string]profile.Rating{}
		for _, id := range std.Walk() {
			if n := rapid.IntRange(-4, 4).Draw(t, "level"); n > -2 {
				rows[id] = profile.Rating{Level: level.Level(n), On: nextToday}
			}
		}
		p.Rounds = []profile.Round{{ID: "baseline", Opened: nextToday, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: rows}}}
		list := plan.Suggestions(reportOf(p), entry, titleOf)
		if len(list) < 3 || len(list) > 5 {
			t.Fatalf("%d suggestions", len(list))
		}
		seen := map[string]bool{}
		for i, s := range list {
			if seen[s.KSBs[0]] {
				t.Fatalf("%s stands twice", s.KSBs[0])
			}
			seen[s.KSBs[0]] = true
			var err error
			if p, err = (profile.AddGoal{Goal: goalOf(s, i)}).Apply(p, std); err != nil {
				t.Fatalf("%s: %v", s.KSBs[0], err)
			}
			if s.Why == "" || s.Title == "" || !s.Due.After(nextToday) || strings.HasSuffix(s.Goal, ".") {
				t.Fatalf("%+v", s)
			}
			if missing := plan.Missing(p.Goals[i], nextToday); len(missing) > 0 {
				t.Fatalf("%s is not SMART as suggested: %+v", s.KSBs[0], missing)
			}
		}
	})
}

// goalOf sets a suggestion as a goal.
func goalOf(s plan.Suggestion, n int) profile.Goal {
	g := profile.Goal{ID: "g-" + string(rune('a'+n)), KSBs: []string{s.KSBs[0]}, Text: safetext.New(s.Goal), Why: safetext.New(s.Why), Theory: s.Theory, Due: s.Due}
	for i, a := range s.Actions {
		a.ID = "a-" + string(rune('a'+n)) + string(rune('a'+i))
		g.Actions = append(g.Actions, a)
	}
	return g
}

func TestSuggestWithCoaching(t *testing.T) {
	r := reportOf(ratedAll(lib, 1))
	row, _ := r.Row("K7")
	s := plan.Suggest(r, row, entry, titleOf)
	if !s.Written || s.Theory == "" || s.Title != titleOf("K7") || s.Due != (plan.Ahead{Today: nextToday}).GoalDue() {
		t.Errorf("%+v", s)
	}
	if _, ok := lib.Appraisal().Theory(s.Theory); !ok {
		t.Errorf("the theory %q is not in the library", s.Theory)
	}
	e, _ := entry("K7")
	var sorts []profile.Sort
	for n, a := range s.Actions {
		sorts = append(sorts, a.Sort)
		i := slices.IndexFunc(e.Actions, func(x coaching.Action) bool { return x.Text == a.Text.Raw() })
		if i < 0 || e.Actions[i].Who != a.Who.Raw() || e.Actions[i].Result != a.Shows.Raw() || e.Actions[i].Sort != a.Sort {
			t.Errorf("the action %q is not as the coaching has it", a.Text.Line())
		}
		if a.ID != "" || a.Status != profile.ActionOpen || a.Due.Before(plan.Ahead{Today: nextToday}.ActionDue(n)) || a.Due.After(s.Due) {
			t.Errorf("%+v", a)
		}
	}
	if want := []profile.Sort{profile.Study, profile.People, profile.Practise}; !slices.Equal(sorts, want) {
		t.Errorf("sorts %v, want %v: a beginner reads, asks, and then tries", sorts, want)
	}
	later := reportOf(supported(ratedAll(lib, 2)))
	row, _ = later.Row("K7")
	if got := plan.Suggest(later, row, entry, titleOf).Actions[0].Sort; got != profile.Practise {
		t.Errorf("from level 2 %s comes first, want practice", got)
	}
}

// At each level, the goal is the one the coaching has for that step, and every action helps from there.
func TestSuggestFitsTheLevel(t *testing.T) {
	e, _ := entry("K7")
	for l := level.NoOpportunity; l < level.Max; l++ {
		row, _ := reportOf(supported(ratedAll(lib, l))).Row("K7")
		s := plan.Suggest(reportOf(supported(ratedAll(lib, l))), row, entry, titleOf)
		if want := e.StepFrom(l).Goal; l != level.NoOpportunity && s.Goal != want {
			t.Errorf("level %s: the goal is %q, want %q", l, s.Goal, want)
		}
		if len(s.Actions) < 2 {
			t.Errorf("level %s: %d actions", l, len(s.Actions))
		}
		for _, a := range s.Actions {
			i := slices.IndexFunc(e.Actions, func(x coaching.Action) bool { return strings.HasPrefix(a.Text.Raw(), x.Text) })
			if !slices.Contains(e.Actions[i].From, max(l, 0)) {
				t.Errorf("level %s: %q helps from %v", l, a.Text.Line(), e.Actions[i].From)
			}
		}
	}
	row, _ := reportOf(profile.Profile{}).Row("K7")
	for _, a := range plan.Suggest(reportOf(profile.Profile{}), row, entry, titleOf).Actions {
		i := slices.IndexFunc(e.Actions, func(x coaching.Action) bool { return strings.HasPrefix(a.Text.Raw(), x.Text) })
		if !slices.Contains(e.Actions[i].From, 0) {
			t.Errorf("not rated: %q helps from %v", a.Text.Line(), e.Actions[i].From)
		}
	}
}

func TestSuggestWithoutCoaching(t *testing.T) {
	r := reportOf(ratedAll(lib, 1))
	row, _ := r.Row("B2")
	s := plan.Suggest(r, row, unwritten, titleOf)
	if s.Written || len(s.Actions) != 0 {
		t.Errorf("%+v", s)
	}
	if want := titleOf("B2") + ": move from level 1 to 2 by showing it in easy cases, reminded if need be"; s.Goal != want {
		t.Errorf("%q, want %q", s.Goal, want)
	}
}

func TestKept(t *testing.T) {
	std := lib.Standard(library.Default)
	p := profile.Profile{Rounds: []profile.Round{{ID: "baseline", Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: {}}}}}
	for _, id := range std.Walk()[:24] {
		p.Rounds[0].Ratings[profile.Self][id] = profile.Rating{Level: 2, On: nextToday}
	}
	if _, err := plan.Kept("e-1", p, std, nextToday); err == nil {
		t.Error("rating alone is kept")
	}
	reflection := profile.Reflection{ID: "r", Goal: "g", KSBs: []string{"S6", "K7"}}
	action := profile.Action{ID: "a", Status: profile.ActionOpen}
	for _, c := range []struct {
		name string
		edit func(*profile.Profile)
		ksbs []string
		says string
	}{
		{"a reflection", func(p *profile.Profile) { p.Reflections = []profile.Reflection{reflection} }, []string{"K31", "S31"}, "Rated myself on 24 of 72 KSBs; reflected on K7 and S6"},
		{"a reason", func(p *profile.Profile) { p.Goals = []profile.Goal{{ID: "g", Why: words("it is next")}} }, []string{"K32"}, "Rated myself on 24 of 72 KSBs; said why I chose 1 goal"},
		{"an action", func(p *profile.Profile) { p.Goals = []profile.Goal{{ID: "g", Actions: []profile.Action{action}}} }, []string{"K33"}, "Rated myself on 24 of 72 KSBs; planned 1 action"},
		{"all of it", func(p *profile.Profile) {
			did := action
			did.Status = profile.ActionDone
			p.Reflections = []profile.Reflection{reflection}
			p.Goals = []profile.Goal{{ID: "g", Why: words("it is next"), Actions: []profile.Action{action, did}}, {ID: "h", Why: words("so is this")}}
		}, []string{"K31", "K32", "K33", "S31", "S32", "B5"}, "Rated myself on 24 of 72 KSBs; reflected on K7 and S6; said why I chose 2 goals; planned 2 actions and did 1"},
	} {
		q := p
		c.edit(&q)
		e, err := plan.Kept("e-1", q, std, nextToday)
		if err != nil || !slices.Equal(e.KSBs, c.ksbs) || e.Title.Line() != c.says {
			t.Errorf("%s: %v %q, %v", c.name, e.KSBs, e.Title.Line(), err)
		}
		if _, kept := plan.KeptIn(q); kept {
			t.Errorf("%s: kept already", c.name)
		}
		after, err := profile.AddEvidence{Evidence: e}.Apply(q, std)
		if err != nil || after.Evidence[0].On != nextToday {
			t.Errorf("%s: %+v, %v", c.name, after.Evidence, err)
		}
		if _, kept := plan.KeptIn(after); !kept {
			t.Errorf("%s: not found again", c.name)
		}
	}
	if !slices.Equal(plan.Basis, []string{"K31", "K32", "K33"}) {
		t.Errorf("basis %v", plan.Basis)
	}
}

// The reason for a suggestion is not presented as the learner's own reason.
func TestASuggestionSaysWhyItIsOne(t *testing.T) {
	for why, want := range map[string]string{
		"":                              "",
		"Not rated yet":                 "Suggested because: not rated yet",
		"2 behind where month 14 is to": "Suggested because: 2 behind where month 14 is to",
	} {
		if got := (plan.Suggestion{Why: why}).Because(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
