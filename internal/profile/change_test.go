package profile_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// changeCase is a change to the full sample profile, which is refused with this message or checked afterwards.
type changeCase struct {
	name    string
	change  profile.Change
	refused string // message | hint
	check   func(t *testing.T, p profile.Profile)
}

// apply makes a change and checks that it did not modify the profile it was given.
func apply(t testing.TB, p profile.Profile, c profile.Change) (profile.Profile, error) {
	t.Helper()
	before := deep(p)
	q, err := c.Apply(p, std)
	if !reflect.DeepEqual(p, before) {
		t.Errorf("the old profile was changed:\n%+v\n%+v", p, before)
	}
	if err != nil && !reflect.DeepEqual(q, before) {
		t.Errorf("a refused change gave another profile: %+v", q)
	}
	return q, err
}

func mustApply(t testing.TB, p profile.Profile, changes ...profile.Change) profile.Profile {
	t.Helper()
	for _, c := range changes {
		var err error
		if p, err = apply(t, p, c); err != nil {
			t.Fatalf("%s: %v", c.Label(), err)
		}
	}
	return p
}

func checkChanges(t *testing.T, cases []changeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := apply(t, decode(t, full).Profile, c.change)
			if c.refused == "" {
				if err != nil {
					t.Fatal(err)
				}
				c.check(t, got)
				return
			}
			var refusal *profile.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("%T: %v", err, err)
			}
			if says := refusal.Error() + " | " + refusal.Hint(); says != c.refused {
				t.Errorf("\n got %s\nwant %s", says, c.refused)
			}
		})
	}
}

var (
	long  = text(strings.Repeat("é", profile.MaxText+1))
	most  = text(strings.Repeat("é", profile.MaxText))
	short = "keep the short version here and the long one in a document of its own"
)

func TestRate(t *testing.T) {
	rate := func(edit func(*profile.Rate)) profile.Rate {
		r := profile.Rate{KSB: "K7", By: profile.Self, Level: 4, On: today}
		edit(&r)
		return r
	}
	none := func(*profile.Rate) {}
	newest := func(by profile.Rater, want profile.Rating) func(*testing.T, profile.Profile) {
		return func(t *testing.T, p profile.Profile) {
			if got := p.Rounds[1].Ratings[by]["K7"]; len(p.Rounds) != 2 || got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		}
	}
	checkChanges(t, []changeCase{
		{"again keeps the note", rate(none), "", newest(profile.Self, profile.Rating{Level: 4, On: today, Note: text("Probe fault.\nFound by me.")})},
		{"with another note", rate(func(r *profile.Rate) { r.Note = ptr(text("new")) }), "", newest(profile.Self, profile.Rating{Level: 4, On: today, Note: text("new")})},
		{"taking the note away", rate(func(r *profile.Rate) { r.Note = ptr(text("")) }), "", newest(profile.Self, profile.Rating{Level: 4, On: today})},
		{"the longest note", rate(func(r *profile.Rate) { r.Note = &most }), "", newest(profile.Self, profile.Rating{Level: 4, On: today, Note: most})},
		{"no opportunity", rate(func(r *profile.Rate) { r.Level = level.NoOpportunity }), "", newest(profile.Self, profile.Rating{Level: level.NoOpportunity, On: today, Note: text("Probe fault.\nFound by me.")})},
		{"mentor again", rate(func(r *profile.Rate) { r.By, r.Who = profile.Mentor, text("J. Ode") }), "", newest(profile.Mentor, profile.Rating{Level: 4, On: today, By: text("J. Ode")})},
		{"mentor without a name", rate(func(r *profile.Rate) { r.By = profile.Mentor }), "", newest(profile.Mentor, profile.Rating{Level: 4, On: today})},
		{"mentor with another name", rate(func(r *profile.Rate) { r.By, r.Who = profile.Mentor, text("R. L.") }), "", newest(profile.Mentor, profile.Rating{Level: 4, On: today, By: text("R. L.")})},
		{"agreed", rate(func(r *profile.Rate) { r.By, r.Reason = profile.Agreed, text("seen twice") }), "", newest(profile.Agreed, profile.Rating{Level: 4, On: today, By: text("J. Ode"), Reason: text("seen twice")})},
		{"a first rating by a rater", profile.Rate{KSB: "B6", By: profile.Mentor, Level: 0, On: today}, "", func(t *testing.T, p profile.Profile) {
			if r, ok := p.Rounds[1].Ratings[profile.Mentor]["B6"]; !ok || r.Level != 0 {
				t.Errorf("%+v", r)
			}
		}},

		{"agreed without a reason", rate(func(r *profile.Rate) { r.By = profile.Agreed }), "an agreed rating needs a reason | say in a few words what you both based it on", nil},
		{"K99", rate(func(r *profile.Rate) { r.KSB = "K99" }), `ST0413 has no KSB "K99" | ` + codesHint, nil},
		{"no code", rate(func(r *profile.Rate) { r.KSB = "" }), `ST0413 has no KSB "" | ` + codesHint, nil},
		{"a hostile code", rate(func(r *profile.Rate) { r.KSB = "\x1b[2J" }), "ST0413 has no KSB \"\uFFFD[2J\" | " + codesHint, nil},
		{"unknown rater", rate(func(r *profile.Rate) { r.By = "boss" }), `"boss" is not a rater | say self, mentor or agreed`, nil},
		{"level 5", rate(func(r *profile.Rate) { r.Level = 5 }), "level 5 does not exist | a level is 0 to 4, or none for no opportunity", nil},
		{"level -2", rate(func(r *profile.Rate) { r.Level = -2 }), "level -2 does not exist | a level is 0 to 4, or none for no opportunity", nil},
		{"no date", rate(func(r *profile.Rate) { r.On = calendar.Date{} }), "a rating needs a date | give the day as YYYY-MM-DD", nil},
		{"long note", rate(func(r *profile.Rate) { r.Note = &long }), "the note is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long reason", rate(func(r *profile.Rate) { r.Reason = long }), "the reason is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long name", rate(func(r *profile.Rate) { r.Who = long }), "the name is longer than 8000 characters: it has 8001 | " + short, nil},
	})
}

func TestRateOpensARound(t *testing.T) {
	rate := profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today}
	p := mustApply(t, profile.Profile{Standard: "ST0413"}, rate)
	if len(p.Rounds) != 1 || p.Rounds[0].ID != "baseline" || p.Rounds[0].Opened != today {
		t.Fatalf("%+v", p.Rounds)
	}
	for _, want := range []string{"review-1", "review-2"} {
		p.Rounds[len(p.Rounds)-1].Closed = today
		p = mustApply(t, p, rate)
		if last := p.Rounds[len(p.Rounds)-1]; last.ID != want || len(last.Ratings[profile.Self]) != 1 {
			t.Errorf("%+v, want %s", last, want)
		}
	}
	// An identifier is unique in the file, whatever has it.
	q := profile.Profile{Standard: "ST0413", Evidence: []profile.Evidence{{ID: "baseline"}}, Goals: []profile.Goal{{ID: "review-1"}}}
	if q = mustApply(t, q, rate); q.Rounds[0].ID != "review-2" {
		t.Errorf("the first round is called %s", q.Rounds[0].ID)
	}
}

func TestNote(t *testing.T) {
	checkChanges(t, []changeCase{
		{"another", profile.Note{KSB: "K8", Text: text("a\nb")}, "", func(t *testing.T, p profile.Profile) {
			if got := p.Rounds[1].Ratings[profile.Self]["K8"]; got.Note.Raw() != "a\nb" || got.Level != 2 {
				t.Errorf("%+v", got)
			}
		}},
		{"taken away", profile.Note{KSB: "K7"}, "", func(t *testing.T, p profile.Profile) {
			if !p.Rounds[1].Ratings[profile.Self]["K7"].Note.Empty() {
				t.Error("it is still there")
			}
		}},
		{"rated in an earlier round only", profile.Note{KSB: "B1", Text: text("x")}, "B1 is not rated in this round | rate it first, then add the note", nil},
		{"not rated", profile.Note{KSB: "K1", Text: text("x")}, "K1 is not rated in this round | rate it first, then add the note", nil},
		{"unknown", profile.Note{KSB: "\u202eK1", Text: text("x")}, "ST0413 has no KSB \"\uFFFDK1\" | " + codesHint, nil},
		{"long", profile.Note{KSB: "K7", Text: long}, "the note is longer than 8000 characters: it has 8001 | " + short, nil},
	})
	if _, err := apply(t, profile.Profile{}, profile.Note{KSB: "K7", Text: text("x")}); err == nil {
		t.Error("a note without any round was taken")
	}
}

func TestSetLearner(t *testing.T) {
	learner := func(edit func(*profile.Learner)) profile.SetLearner {
		l := profile.Learner{Name: text("Ben"), Start: calendar.Of(2025, 9, 1)}
		edit(&l)
		return profile.SetLearner{Learner: l}
	}
	checkChanges(t, []changeCase{
		{"all", learner(func(l *profile.Learner) { l.Gateway = today }), "", func(t *testing.T, p profile.Profile) {
			if want := (profile.Learner{Name: text("Ben"), Start: calendar.Of(2025, 9, 1), Gateway: today}); p.Learner != want {
				t.Errorf("%+v", p.Learner)
			}
		}},
		{"no name", learner(func(l *profile.Learner) { l.Name = text(" \n") }), "a profile needs a name | any name you like to be called by", nil},
		{"long name", learner(func(l *profile.Learner) { l.Name = text(strings.Repeat("é", 201)) }), "the name is longer than 200 characters | a short form will do", nil},
		{"long role", learner(func(l *profile.Learner) { l.Role = text(strings.Repeat("é", 201)) }), "the role is longer than 200 characters | a short form will do", nil},
		{"as long as can be", learner(func(l *profile.Learner) { l.Name = text(strings.Repeat("é", 200)) }), "", func(*testing.T, profile.Profile) {}},
		{"gateway on the start", learner(func(l *profile.Learner) { l.Gateway = l.Start }), "the gateway date 1 Sep 2025 is not after the start 1 Sep 2025 | check the two dates against your training plan", nil},
	})
}

func TestIdentify(t *testing.T) {
	identify := profile.Identify{ID: "l-7f3k9m2x"}
	checkChanges(t, []changeCase{
		{"the first", identify, "", func(t *testing.T, p profile.Profile) {
			if p.Learner.ID != "l-7f3k9m2x" || p.Learner.Name.Raw() != "Asha Patel" {
				t.Errorf("%+v", p.Learner)
			}
		}},
		{"a second", profile.Batch{Changes: []profile.Change{identify, profile.Identify{ID: "l-another2"}}}, "the learner has the id l-7f3k9m2x | nothing needs doing", nil},
		{"none", profile.Identify{}, `"" is not an id | an id is letters, digits and hyphens`, nil},
		{"a hostile one", profile.Identify{ID: "l\x1b[31m"}, "\"l\ufffd[31m\" is not an id | an id is letters, digits and hyphens", nil},
		{"new details keep it", profile.Batch{Changes: []profile.Change{identify, profile.SetLearner{Learner: profile.Learner{Name: text("Asha Rao"), ID: "l-another2"}}}}, "", func(t *testing.T, p profile.Profile) {
			if p.Learner.ID != "l-7f3k9m2x" || p.Learner.Name.Raw() != "Asha Rao" {
				t.Errorf("%+v", p.Learner)
			}
		}},
	})
}

func TestSetTarget(t *testing.T) {
	checkChanges(t, []changeCase{
		{"one more", profile.SetTarget{KSB: "K7", Level: 4, Default: 3}, "", func(t *testing.T, p profile.Profile) {
			if !reflect.DeepEqual(p.Targets, map[string]level.Level{"S17": 4, "K7": 4}) {
				t.Error(p.Targets)
			}
		}},
		{"the default again", profile.SetTarget{KSB: "S17", Level: 3, Default: 3}, "", func(t *testing.T, p profile.Profile) {
			if len(p.Targets) != 0 {
				t.Error(p.Targets)
			}
		}},
		{"0", profile.SetTarget{KSB: "K7", Default: 3}, "a target is from 1 to 4 | choose 1, 2, 3 or 4", nil},
		{"5", profile.SetTarget{KSB: "K7", Level: 5, Default: 3}, "a target is from 1 to 4 | choose 1, 2, 3 or 4", nil},
		{"unknown", profile.SetTarget{KSB: "S34", Level: 4, Default: 3}, `ST0413 has no KSB "S34" | ` + codesHint, nil},
	})
	for _, to := range []level.Level{2, 3} {
		p := mustApply(t, profile.Profile{}, profile.SetTarget{KSB: "K7", Level: to, Default: 3})
		if got, ok := p.Targets["K7"]; ok != (to != 3) || ok && got != to {
			t.Errorf("from none to %d: %v", to, p.Targets)
		}
	}
}

func TestAddPause(t *testing.T) {
	pause := func(from, to string) profile.AddPause {
		return profile.AddPause{Pause: profile.Pause{From: day(t, from), To: day(t, to)}}
	}
	checkChanges(t, []changeCase{
		{"a day", pause("2026-05-01", "2026-05-01"), "", func(t *testing.T, p profile.Profile) {
			if len(p.Pauses) != 2 || p.Pauses[1].To != day(t, "2026-05-01") {
				t.Error(p.Pauses)
			}
		}},
		{"backwards", pause("2026-05-02", "2026-05-01"), "the pause ends before it begins | give the first and the last day away", nil},
		{"without a beginning", pause("", "2026-05-01"), "the pause ends before it begins | give the first and the last day away", nil},
		{"without an end", pause("2026-05-01", ""), "the pause ends before it begins | give the first and the last day away", nil},
		{"again", pause("2026-02-01", "2026-03-31"), "that pause is already there | nothing needs doing", nil},
	})
}

func TestAddEvidence(t *testing.T) {
	evidence := func(edit func(*profile.Evidence)) profile.AddEvidence {
		e := profile.Evidence{ID: "e-new", KSBs: []string{"K7"}, On: today, Kind: "feedback", Title: text("A card")}
		edit(&e)
		return profile.AddEvidence{Evidence: e}
	}
	kinds := "the kinds are " + strings.Join(profile.Kinds, ", ")
	checkChanges(t, []changeCase{
		{"one more", evidence(func(e *profile.Evidence) { e.Duty = 10 }), "", func(t *testing.T, p profile.Profile) {
			if n := len(p.Evidence); n != 3 || p.Evidence[2].ID != "e-new" {
				t.Errorf("%+v", p.Evidence)
			}
		}},
		{"no code", evidence(func(e *profile.Evidence) { e.KSBs = nil }), "no KSB is named | name at least one, such as K7", nil},
		{"a code twice", evidence(func(e *profile.Evidence) { e.KSBs = []string{"K7", "S7", "K7"} }), "K7 is named twice | name each KSB once", nil},
		{"unknown code", evidence(func(e *profile.Evidence) { e.KSBs = []string{"K7", strings.Repeat("k", 99)} }), `ST0413 has no KSB "` + strings.Repeat("k", 20) + `..." | ` + codesHint, nil},
		{"no title", evidence(func(e *profile.Evidence) { e.Title = text(" ") }), "evidence needs a title | one line that names the situation", nil},
		{"no date", evidence(func(e *profile.Evidence) { e.On = calendar.Date{} }), "evidence needs a date | give the day; a rough date will do", nil},
		{"kind", evidence(func(e *profile.Evidence) { e.Kind = "photo" }), `"photo" is not a kind of evidence | ` + kinds, nil},
		{"duty", evidence(func(e *profile.Evidence) { e.Duty = 11 }), "ST0413 has no duty 11 | its duties run from 1 to 10", nil},
		{"long title", evidence(func(e *profile.Evidence) { e.Title = long }), "the title is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long place", evidence(func(e *profile.Evidence) { e.Where = long }), "the place is longer than 8000 characters: it has 8001 | " + short, nil},
		{"long witness", evidence(func(e *profile.Evidence) { e.Witness = long }), "the witness is longer than 8000 characters: it has 8001 | " + short, nil},
		{"no id", evidence(func(e *profile.Evidence) { e.ID = "" }), `"" is not an id | an id is letters, digits and hyphens`, nil},
		{"id with a blank", evidence(func(e *profile.Evidence) { e.ID = "e 1" }), `"e 1" is not an id | an id is letters, digits and hyphens`, nil},
		{"id of other evidence", evidence(func(e *profile.Evidence) { e.ID = "e-7f3k" }), "the id e-7f3k is in use | take another", nil},
		{"id of a goal", evidence(func(e *profile.Evidence) { e.ID = "g-2mq9" }), "the id g-2mq9 is in use | take another", nil},
		{"id of a round", evidence(func(e *profile.Evidence) { e.ID = "baseline" }), "the id baseline is in use | take another", nil},
	})
}

func TestAddReflection(t *testing.T) {
	reflection := func(edit func(*profile.Reflection)) profile.AddReflection {
		r := profile.Reflection{ID: "r-new", On: today, Model: "gibbs", KSBs: []string{"K7"}, Answers: []profile.Answer{{Step: "what", Text: text("x")}, {Step: "patients"}}}
		edit(&r)
		return profile.AddReflection{Reflection: r}
	}
	steps := "answer each step of the model once"
	checkChanges(t, []changeCase{
		{"one more", reflection(func(*profile.Reflection) {}), "", func(t *testing.T, p profile.Profile) {
			if len(p.Reflections) != 2 || p.Reflections[1].Model != "gibbs" {
				t.Errorf("%+v", p.Reflections)
			}
		}},
		{"in the place of one", reflection(func(r *profile.Reflection) { r.ID = "r-2fvh" }), "", func(t *testing.T, p profile.Profile) {
			if len(p.Reflections) != 1 || p.Reflections[0].Model != "gibbs" {
				t.Errorf("%+v", p.Reflections)
			}
		}},
		{"a step of one's own", reflection(func(r *profile.Reflection) { r.Answers[0].Step = "What I saw" }), "", func(*testing.T, profile.Profile) {}},
		{"empty", reflection(func(r *profile.Reflection) { r.Answers[0].Text = text("\n ") }), "the reflection is empty | a few words to one of the questions are enough", nil},
		{"no code", reflection(func(r *profile.Reflection) { r.KSBs = nil }), "no KSB is named | name at least one, such as K7", nil},
		{"no date", reflection(func(r *profile.Reflection) { r.On = calendar.Date{} }), "a reflection needs a date | give the day as YYYY-MM-DD", nil},
		{"no step", reflection(func(r *profile.Reflection) { r.Answers[0].Step = "" }), `"" is not a step, or is answered twice | ` + steps, nil},
		{"a step twice", reflection(func(r *profile.Reflection) { r.Answers[1].Step = "what" }), `"what" is not a step, or is answered twice | ` + steps, nil},
		{"a hostile step", reflection(func(r *profile.Reflection) { r.Answers[1].Step = "a\x1b" }), "\"a\uFFFD\" is not a step, or is answered twice | " + steps, nil},
		{"long", reflection(func(r *profile.Reflection) { r.Answers[1].Text = long }), "an answer is longer than 8000 characters: it has 8001 | " + short, nil},
		{"id of a goal", reflection(func(r *profile.Reflection) { r.ID = "g-2mq9" }), "the id g-2mq9 is in use | take another", nil},
		{"no id", reflection(func(r *profile.Reflection) { r.ID = "" }), `"" is not an id | an id is letters, digits and hyphens`, nil},
	})
}

func TestBatchIsAllOrNothing(t *testing.T) {
	rate := profile.Rate{KSB: "K1", By: profile.Self, Level: 2, On: today}
	pause := profile.AddPause{Pause: profile.Pause{From: today, To: today}}
	checkChanges(t, []changeCase{
		{"both", profile.Batch{Name: "both", Changes: []profile.Change{rate, pause}}, "", func(t *testing.T, p profile.Profile) {
			if _, ok := p.Newest("K1", profile.Self); !ok || len(p.Pauses) != 2 {
				t.Error("one of them is missing")
			}
		}},
		{"the second is refused", profile.Batch{Changes: []profile.Change{rate, pause, pause}}, "that pause is already there | nothing needs doing", nil},
	})
}

func TestLabels(t *testing.T) {
	for want, c := range map[string]profile.Change{
		"learner's id": profile.Identify{}, "rating of K7": profile.Rate{KSB: "K7"}, "note on K7": profile.Note{KSB: "K7"}, "your details": profile.SetLearner{}, "target of S17": profile.SetTarget{KSB: "S17"},
		"pause": profile.AddPause{}, "example for K7": profile.AddEvidence{Evidence: profile.Evidence{KSBs: []string{"K7"}, Kind: profile.KindExample}},
		"evidence for K7, S7": profile.AddEvidence{Evidence: profile.Evidence{KSBs: []string{"K7", "S7"}, Kind: "feedback"}}, "reflection": profile.AddReflection{},
		"new goal": profile.AddGoal{}, "goal": profile.EditGoal{}, "goal done": profile.SetGoalStatus{Status: profile.GoalDone}, "new action": profile.AddAction{},
		"action": profile.EditAction{}, "action not-done": profile.SetActionStatus{Status: profile.ActionNotDone}, "all at once": profile.Batch{Name: "all at once"},
	} {
		if got := c.Label(); got != want {
			t.Errorf("%T: %q, want %q", c, got, want)
		}
	}
}
