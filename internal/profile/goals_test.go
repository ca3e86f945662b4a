package profile_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func newAction(id string, edit func(*profile.Action)) profile.Action {
	a := profile.Action{ID: id, Sort: profile.Study, Text: text("Read it")}
	if edit != nil {
		edit(&a)
	}
	return a
}

func newGoal(id string, edit func(*profile.Goal)) profile.AddGoal {
	g := profile.Goal{ID: id, KSBs: []string{"K9"}, Text: text("Write one SOP, " + id), Status: profile.GoalActive}
	if edit != nil {
		edit(&g)
	}
	return profile.AddGoal{Goal: g}
}

func last(t *testing.T, p profile.Profile) profile.Goal {
	t.Helper()
	return p.Goals[len(p.Goals)-1]
}

func TestAddGoal(t *testing.T) {
	actions := func(list ...profile.Action) profile.AddGoal {
		return newGoal("g-new", func(g *profile.Goal) { g.Actions = list })
	}
	checkChanges(t, []changeCase{
		{"active", newGoal("g-new", nil), "", func(t *testing.T, p profile.Profile) {
			if g := last(t, p); len(p.Goals) != 2 || g.ID != "g-new" || g.Status != profile.GoalActive || p.InFlight() != 2 {
				t.Errorf("%+v", p.Goals)
			}
		}},
		{"without a status", newGoal("g-new", func(g *profile.Goal) {
			g.Status, g.Actions = "", []profile.Action{newAction("a-1", nil)}
		}), "", func(t *testing.T, p profile.Profile) {
			if g := last(t, p); g.Status != profile.GoalActive || g.Actions[0].Status != profile.ActionOpen {
				t.Errorf("%+v", g)
			}
		}},
		{"no words", newGoal("g-new", func(g *profile.Goal) { g.Text = text("\t") }), "a goal needs words | say in one line what you will be able to do", nil},
		{"no code", newGoal("g-new", func(g *profile.Goal) { g.KSBs = nil }), "no KSB is named | name at least one, such as K7", nil},
		{"unknown code", newGoal("g-new", func(g *profile.Goal) { g.KSBs = []string{"B7"} }), `ST0413 has no KSB "B7" | ` + codesHint, nil},
		{"long goal", newGoal("g-new", func(g *profile.Goal) { g.Text = long }), "the goal is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long reason", newGoal("g-new", func(g *profile.Goal) { g.Why, g.Note = long, long }), "the reason is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long note", newGoal("g-new", func(g *profile.Goal) { g.Note = long }), "the note is longer than 8000 characters: it has 8001 | " + short, nil},
		{"odd status", newGoal("g-new", func(g *profile.Goal) { g.Status = "suggested" }), `"suggested" is not a state of a goal | say active, parked, done or dropped`, nil},
		{"id in use", newGoal("a-91xd", nil), "the id a-91xd is in use | take another", nil},
		{"no id", newGoal("", nil), `"" is not an id | an id is letters, digits and hyphens`, nil},
		{"an action without words", actions(newAction("a-1", func(a *profile.Action) { a.Text = text("") })), "an action needs words | say in one line what you will do", nil},
		{"an action without id", actions(newAction("", nil)), `"" is not an id | an id is letters, digits and hyphens`, nil},
		{"two actions of one id", actions(newAction("a-1", nil), newAction("a-1", nil)), "the id a-1 is in use | take another", nil},
		{"an action with the goal's id", actions(newAction("g-new", nil)), "the id g-new is in use | take another", nil},
		{"an action with an id in use", actions(newAction("a-91xd", nil)), "the id a-91xd is in use | take another", nil},
	})
}

func TestActiveGoalsAreLimited(t *testing.T) {
	p := decode(t, full).Profile
	for i := 2; i <= profile.MaxInFlight; i++ {
		p = mustApply(t, p, newGoal(fmt.Sprintf("g-%d", i), nil))
	}
	p = mustApply(t, p, newGoal("g-6", func(g *profile.Goal) { g.Note = text("mine") }), newGoal("g-7", func(g *profile.Goal) { g.Status = profile.GoalDone }))
	g, _ := p.Goal("g-6")
	if want := "5 goals are under way; this one waits until one of them is done"; g.Status != profile.GoalParked || g.Note.Line() != want {
		t.Errorf("%s: %q", g.Status, g.Note.Line())
	}
	if g, _ := p.Goal("g-7"); g.Status != profile.GoalDone || p.InFlight() != 5 {
		t.Errorf("%+v", g)
	}
	_, err := apply(t, p, profile.SetGoalStatus{ID: "g-6", Status: profile.GoalActive, On: today})
	if err == nil || err.Error() != "5 goals are under way already" {
		t.Errorf("reopened: %v", err)
	}
	// Setting an active goal to active changes nothing.
	p = mustApply(t, p, profile.SetGoalStatus{ID: "g-2", Status: profile.GoalActive, On: today})
	p = mustApply(t, p, profile.SetGoalStatus{ID: "g-2", Status: profile.GoalParked, On: today}, profile.SetGoalStatus{ID: "g-6", Status: profile.GoalActive, On: today})
	if g, _ := p.Goal("g-6"); g.Status != profile.GoalActive || !g.Note.Empty() {
		t.Errorf("%+v", g)
	}
}

// Two changes to one profile give two profiles that share no list which either could modify.
func TestChangesDoNotShareLists(t *testing.T) {
	roomy := func(p profile.Profile) profile.Profile {
		p.Pauses, p.Rounds, p.Evidence = append(p.Pauses, p.Pauses...)[:1], append(p.Rounds, p.Rounds...)[:2], append(p.Evidence, p.Evidence...)[:2]
		p.Reflections, p.Goals = append(p.Reflections, p.Reflections...)[:1], append(p.Goals, p.Goals...)[:1]
		p.Goals[0].Actions = append(p.Goals[0].Actions, p.Goals[0].Actions...)[:2]
		return p
	}
	of := func(n int) []profile.Change {
		id := fmt.Sprintf("x-%d", n)
		return []profile.Change{
			newGoal("g"+id, nil),
			profile.AddAction{Goal: "g-2mq9", Action: newAction("a"+id, nil)},
			profile.AddPause{Pause: profile.Pause{From: today.AddDays(n), To: today.AddDays(n)}},
			profile.AddEvidence{Evidence: profile.Evidence{ID: "e" + id, KSBs: []string{"K7"}, On: today, Kind: "feedback", Title: text("x")}},
			profile.AddReflection{Reflection: profile.Reflection{ID: "r" + id, On: today, KSBs: []string{"K7"}, Answers: []profile.Answer{{Step: "what", Text: text("x")}}}},
			profile.SetActionStatus{ID: "a-91xd", Status: profile.ActionDone, On: today.AddDays(n)},
			profile.EditGoal{ID: "g-2mq9", Text: ptr(text(id))},
			profile.Rate{KSB: "K7", By: profile.Self, Level: level.Level(n), On: today},
			profile.Note{KSB: "K7", Text: text(id)},
			profile.SetTarget{KSB: "K7", Level: level.Level(n + 1), Default: 3},
		}
	}
	for i, first := range of(0) {
		p := roomy(decode(t, full).Profile)
		one := mustApply(t, p, first)
		kept := deep(one)
		mustApply(t, p, of(1)[i])
		if !reflect.DeepEqual(one, kept) {
			t.Errorf("%T: the second change of a profile changed what the first one gave", first)
		}
	}
	// After a round is closed another can be opened.
	p := decode(t, full).Profile
	p.Rounds = append(p.Rounds, p.Rounds...)[:2]
	p.Rounds[1].Closed = today
	one := mustApply(t, p, profile.Rate{KSB: "K7", By: profile.Self, Level: 0, On: today})
	kept := deep(one)
	mustApply(t, p, profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: today})
	if !reflect.DeepEqual(one, kept) {
		t.Error("two rounds share their place")
	}
}

func TestEditGoal(t *testing.T) {
	checkChanges(t, []changeCase{
		{"nothing", profile.EditGoal{ID: "g-2mq9"}, "", func(t *testing.T, p profile.Profile) {
			if g := last(t, p); g.Why.Raw() != "1 below target" || g.Theory != "goal-setting" {
				t.Errorf("%+v", g)
			}
		}},
		{"everything", profile.EditGoal{ID: "g-2mq9", Text: ptr(text("New words")), Why: ptr(text("")), Theory: ptr("sbi"), Due: ptr(calendar.Date{})}, "", func(t *testing.T, p profile.Profile) {
			if g := last(t, p); g.Text.Raw() != "New words" || !g.Why.Empty() || g.Theory != "sbi" || !g.Due.IsZero() || len(g.Actions) != 2 {
				t.Errorf("%+v", g)
			}
		}},
		{"no words", profile.EditGoal{ID: "g-2mq9", Text: ptr(text(""))}, "a goal needs words | say in one line what you will be able to do", nil},
		{"long", profile.EditGoal{ID: "g-2mq9", Why: &long}, "the reason is longer than 8000 characters: it has 8001 | " + short, nil},
		{"unknown", profile.EditGoal{ID: "g-\x1b"}, "there is no goal \"g-\uFFFD\" | ksbcoach plan lists the goals with their ids", nil},
	})
}

func TestSetGoalStatus(t *testing.T) {
	to := func(s profile.GoalStatus) profile.SetGoalStatus {
		return profile.SetGoalStatus{ID: "g-2mq9", Status: s, On: today, Note: text("why"), Actions: profile.ActionOpen}
	}
	is := func(s profile.GoalStatus, closed calendar.Date) func(*testing.T, profile.Profile) {
		return func(t *testing.T, p profile.Profile) {
			if g := last(t, p); g.Status != s || g.Closed != closed || g.Note.Raw() != "why" {
				t.Errorf("%+v", g)
			}
		}
	}
	checkChanges(t, []changeCase{
		{"parked", to(profile.GoalParked), "", is(profile.GoalParked, calendar.Date{})},
		{"done", to(profile.GoalDone), "", is(profile.GoalDone, today)},
		{"dropped", to(profile.GoalDropped), "", is(profile.GoalDropped, today)},
		{"active", to(profile.GoalActive), "", is(profile.GoalActive, calendar.Date{})},
		{"closed and opened again", profile.Batch{Changes: []profile.Change{to(profile.GoalDone), to(profile.GoalActive)}}, "", is(profile.GoalActive, calendar.Date{})},
		{"odd", to(profile.GoalStatus(strings.Repeat("x", 30))), `"` + strings.Repeat("x", 20) + `..." is not a state of a goal | say active, parked, done or dropped`, nil},
		{"long", profile.SetGoalStatus{ID: "g-2mq9", Status: profile.GoalDone, Note: long}, "the note is longer than 8000 characters: it has 8001 | " + short, nil},
		{"unknown", profile.SetGoalStatus{ID: "g", Status: profile.GoalDone}, `there is no goal "g" | ksbcoach plan lists the goals with their ids`, nil},
	})
}

func TestAddAction(t *testing.T) {
	add := func(edit func(*profile.Action)) profile.AddAction {
		return profile.AddAction{Goal: "g-2mq9", Action: newAction("a-new", edit)}
	}
	checkChanges(t, []changeCase{
		{"one more", add(nil), "", func(t *testing.T, p profile.Profile) {
			if a, g, ok := p.Action("a-new"); !ok || g.ID != "g-2mq9" || len(g.Actions) != 3 || a.Status != profile.ActionOpen {
				t.Errorf("%+v", g)
			}
		}},
		{"no words", add(func(a *profile.Action) { a.Text = text("") }), "an action needs words | say in one line what you will do", nil},
		{"sort", add(func(a *profile.Action) { a.Sort = "play" }), `"play" is not a sort of action | say practise, people or study`, nil},
		{"status", add(func(a *profile.Action) { a.Status = "closed" }), `"closed" is not a state of an action | say open, done, not-done, changed or dropped`, nil},
		{"long action", add(func(a *profile.Action) { a.Text, a.Who = long, long }), "the action is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long helper", add(func(a *profile.Action) { a.Who = long }), "who helps is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long proof", add(func(a *profile.Action) { a.Shows = long }), "what shows it is longer than 8000 characters: it has 8001 | " + short, nil},
		{"id in use", add(func(a *profile.Action) { a.ID = "a-91xd" }), "the id a-91xd is in use | take another", nil},
		{"unknown goal", profile.AddAction{Goal: "g", Action: newAction("a-new", nil)}, `there is no goal "g" | ksbcoach plan lists the goals with their ids`, nil},
	})
}

// A due date must be today or later and not in another century, except where the record has it already.
func TestDueDatesInThePastAreRefused(t *testing.T) {
	old, past, far, ahead := today.AddDays(-9), today.AddDays(-1), today.AddMonths(61), today.AddDays(30)
	p := mustApply(t, profile.Profile{Standard: "ST0413"}, newGoal("g-1", func(g *profile.Goal) {
		g.Due, g.Actions = old, []profile.Action{newAction("a-1", func(a *profile.Action) { a.Due = old })}
	}))
	reviewed := mustApply(t, p, profile.StartReview{ID: "r-1", On: today})
	for due, says := range map[calendar.Date]string{past: "is past already", far: "is more than 5 years away", ahead: ""} {
		dated := newAction("a-2", func(a *profile.Action) { a.Due = due })
		plain := newGoal("g-2", func(g *profile.Goal) { g.Due = due })
		held := newGoal("g-2", func(g *profile.Goal) { g.Due, g.Actions = ahead, []profile.Action{dated} })
		plain.Today, held.Today = today, today
		for _, c := range []profile.Change{
			plain, held,
			profile.EditGoal{ID: "g-1", Due: &due, Today: today},
			profile.AddAction{Goal: "g-1", Action: dated, Today: today},
			profile.EditAction{ID: "a-1", Due: &due, Today: today},
			profile.SetActionStatus{ID: "a-1", Status: profile.ActionChanged, On: today, Next: &dated},
		} {
			if says == "" {
				mustApply(t, p, c)
			} else {
				mustRefuse(t, p, c, says)
			}
		}
		check := profile.CheckAction{Review: "r-1", Action: "a-1", Outcome: profile.ActionChanged, Reason: text("more time"), On: today, Next: &dated}
		if _, err := check.Apply(reviewed, nil); (err == nil) != (says == "") {
			t.Errorf("checked in a review, due %s: %v", due, err)
		}
	}
	mustApply(t, p, profile.EditGoal{ID: "g-1", Due: &old, Today: today}, profile.EditAction{ID: "a-1", Due: &old, Today: today})
	mustRefuse(t, p, profile.EditGoal{ID: "g-9", Due: &past, Today: today}, "there is no goal")
	mustRefuse(t, p, profile.AddAction{Goal: "g-9", Action: newAction("a-2", func(a *profile.Action) { a.Due = past }), Today: today}, "there is no goal")
}

func TestEditAction(t *testing.T) {
	checkChanges(t, []changeCase{
		{"everything", profile.EditAction{ID: "a-91xd", Sort: ptr(profile.Study), Text: ptr(text("Read")), Who: ptr(text("")), Due: ptr(calendar.Date{}), Shows: ptr(text("notes"))}, "", func(t *testing.T, p profile.Profile) {
			want := profile.Action{ID: "a-91xd", Sort: profile.Study, Text: text("Read"), Shows: text("notes"), Status: profile.ActionOpen}
			if a, _, _ := p.Action("a-91xd"); a != want {
				t.Errorf("%+v", a)
			}
		}},
		{"sort", profile.EditAction{ID: "a-91xd", Sort: ptr(profile.Sort("play"))}, `"play" is not a sort of action | say practise, people or study`, nil},
		{"no words", profile.EditAction{ID: "a-91xd", Text: ptr(text(" "))}, "an action needs words | say in one line what you will do", nil},
		{"unknown", profile.EditAction{ID: "a"}, `there is no action "a" | ksbcoach plan lists the actions with their ids`, nil},
	})
}

func TestSetActionStatus(t *testing.T) {
	var cases []changeCase
	for _, s := range profile.ActionStatuses {
		closed := today
		if s == profile.ActionOpen {
			closed = calendar.Date{}
		}
		cases = append(cases, changeCase{string(s), profile.SetActionStatus{ID: "a-91xe", Status: s, On: today, Note: text("so")}, "", func(t *testing.T, p profile.Profile) {
			if a, _, _ := p.Action("a-91xe"); a.Status != s || a.Closed != closed || a.Note.Raw() != "so" {
				t.Errorf("%+v", a)
			}
		}})
	}
	checkChanges(t, append(cases,
		changeCase{"odd", profile.SetActionStatus{ID: "a-91xe", Status: "closed"}, `"closed" is not a state of an action | say open, done, not-done, changed or dropped`, nil},
		changeCase{"long", profile.SetActionStatus{ID: "a-91xe", Status: profile.ActionDone, Note: long}, "the note is longer than 8000 characters: it has 8001 | " + short, nil},
		changeCase{"unknown", profile.SetActionStatus{ID: "a", Status: profile.ActionDone}, `there is no action "a" | ksbcoach plan lists the actions with their ids`, nil},
	))
}

// Another goal for the same KSB is found, an active one before a parked one, but not one that has ended.
func TestOtherGoalFor(t *testing.T) {
	p := profile.Profile{Goals: []profile.Goal{
		{ID: "g-done", KSBs: []string{"K7"}, Status: profile.GoalDone},
		{ID: "g-parked", KSBs: []string{"K7"}, Status: profile.GoalParked},
		{ID: "g-active", KSBs: []string{"S7", "K7"}, Status: profile.GoalActive},
		{ID: "g-other", KSBs: []string{"B1"}, Status: profile.GoalActive},
	}}
	for id, want := range map[string]string{"g-done": "g-active", "g-parked": "g-active", "g-active": "g-parked", "g-other": ""} {
		g, _ := p.Goal(id)
		if got, ok := p.OtherGoalFor(g); got.ID != want || ok != (want != "") {
			t.Errorf("beside %s: %q, want %q", id, got.ID, want)
		}
	}
	if g, ok := p.GoalFor("K7"); !ok || g.ID != "g-active" {
		t.Errorf("the goal for K7: %q", g.ID)
	}
}

// A second goal in the same words for one of the same KSBs is added only if Again says so.
func TestGoalInTheSameWords(t *testing.T) {
	add := func(id, words string, ksbs ...string) profile.AddGoal {
		return profile.AddGoal{Goal: profile.Goal{ID: id, KSBs: ksbs, Text: text(words)}}
	}
	p := mustApply(t, decode(t, small).Profile, add("g-1", "Run the morning check", "K7", "S7"))
	mustRefuse(t, p, add("g-2", "run the  Morning check", "S7"), "the goal g-1 for K7, S7 is set already, in the same words")
	again := add("g-2", "Run the morning check", "S7")
	again.Again = true
	mustApply(t, p, again)
	mustApply(t, p, add("g-2", "Run the morning check", "K8"))
	mustApply(t, p, add("g-2", "Run the evening check", "K7"))
	mustApply(t, mustApply(t, p, profile.SetGoalStatus{ID: "g-1", Status: profile.GoalDone, On: today}), add("g-2", "Run the morning check", "K7"))
}
