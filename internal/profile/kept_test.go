package profile_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// talked is a learner in a review in which the old action is checked and a new one was set.
func talked(t *testing.T) profile.Profile {
	t.Helper()
	return mustApply(t, inReview(t),
		profile.CheckAction{Review: "r-new", Action: "a-91xd", Outcome: profile.ActionDone},
		profile.AddAction{Goal: "g-2mq9", Action: profile.Action{ID: "a-x", Sort: profile.Study, Text: text("Read it"), Who: text("J. Ode"), Due: today.AddDays(30), Shows: text("a note")}})
}

func TestClosingKeepsWhatTheRecordMentions(t *testing.T) {
	p := mustApply(t, talked(t),
		profile.Agree{KSB: "S7", Level: 3, Reason: text("seen"), On: today}, profile.Agree{KSB: "S2", Level: 3, Reason: text("seen"), On: today},
		profile.EditReview{ID: "r-new", Share: &[]string{profile.ShareReflections}})
	q := mustApply(t, p, profile.CloseReview{ID: "r-new", On: today, Next: today.AddDays(90), Round: true})
	r, _ := q.Review("r-new")
	want := profile.Kept{
		Learner: text("Asha Patel"), Stale: 12, Unsupported: []string{"S2"},
		Actions: map[string]profile.AgreedAction{
			"a-91xd": {Text: text("Shadow a service visit"), Goal: "g-2mq9"},
			"a-x":    {Text: text("Read it"), Who: text("J. Ode"), Due: today.AddDays(30), Shows: text("a note"), Goal: "g-2mq9"},
		},
		Goals: []profile.AgreedGoal{{
			ID: "g-2mq9", Text: text("Say what each probe check cannot catch"), KSBs: []string{"K7"}, Status: profile.GoalActive, Due: calendar.Of(2026, 12, 31),
		}},
		Levels: map[string]profile.AgreedLevel{
			"K7": {Level: 2, On: calendar.Of(2026, 9, 9), By: profile.Agreed, With: text("J. Ode"), Target: 3},
			"S2": {Level: 3, On: today, By: profile.Agreed, Target: 3}, "S7": {Level: 3, On: today, By: profile.Agreed, Target: 3},
		},
		Layout: profile.RecordLayout,
	}
	if !r.Whole() || !reflect.DeepEqual(r.Kept, want) {
		t.Errorf("kept\n%+v\nwant\n%+v", r.Kept, want)
	}
	src, err := file.New(q)
	if err != nil {
		t.Fatal(err)
	}
	const lines = "[review.kept]\na-91xd = { text = \"Shadow a service visit\", goal = \"g-2mq9\" }\na-x = { text = \"Read it\", who = \"J. Ode\", due = 2026-12-22, shows = \"a note\", goal = \"g-2mq9\" }\n"
	if !strings.Contains(string(src), lines) || !strings.Contains(string(src), "learner = \"Asha Patel\"\nunsupported = [\"S2\"]\nstale = 12\n") {
		t.Errorf("the file:\n%s", src)
	}
	if f := decode(t, string(src)); len(f.Notes) != 0 {
		t.Errorf("notes %v", f.Notes)
	} else {
		same(t, f.Profile, q)
	}
}

func TestSharedReflectionCannotChange(t *testing.T) {
	p := talked(t)
	p.Reflections[0].On = today
	shared := p.Reflections[0]
	p = mustApply(t, p, profile.EditReview{ID: "r-new", Share: &[]string{profile.ShareReflections}})
	p = mustApply(t, p, profile.CloseReview{ID: "r-new", On: today, Next: today.AddDays(90), Round: true})
	shared.Answers = []profile.Answer{{Step: "what", Text: text("otherwise")}}
	mustRefuse(t, p, profile.AddReflection{Reflection: shared}, "this reflection was shared in the review of 22 Nov 2026")
	early := shared
	early.ID = "r-early"
	q := mustApply(t, p, profile.AddReflection{Reflection: early})
	r, _ := q.Review("r-new")
	if got := q.ReflectionsFor(r); len(got) != 1 || got[0].ID != shared.ID {
		t.Errorf("the review shares %+v", got)
	}
}

// A round may stay open after a review only if nothing in it is agreed or recorded as differing.
func TestRoundStaysOpenOnlyIfNothingIsAgreed(t *testing.T) {
	p := talked(t)
	closing := profile.CloseReview{ID: "r-new", On: today, Next: today.AddDays(90)}
	mustRefuse(t, p, closing, "the round review 1 cannot stay open: 1 level is agreed or differed on in it already")

	differ := p
	differ.Rounds = deep(p.Rounds)
	delete(differ.Rounds[1].Ratings, profile.Agreed)
	free := mustApply(t, differ, closing)
	r, _ := free.Review("r-new")
	if _, open := free.Open(); !open || r.Round != "" || !r.Whole() {
		t.Errorf("closed beside an open round: %+v", r)
	}
	differ.Rounds[1].Differ = map[string]profile.Differ{"K7": {On: today}}
	mustRefuse(t, differ, closing, "the round review 1 cannot stay open")

	// A round without a rating stays open, and does not belong to the review.
	empty := mustApply(t, p, profile.CloseRound{On: today}, profile.OpenRound{On: today})
	empty.Reviews = deep(empty.Reviews)
	empty.Reviews[1].Round = "review-2"
	closing.Round = true
	empty = mustApply(t, empty, closing)
	if r, _ := empty.Review("r-new"); r.Round != "" {
		t.Errorf("it names the round %s", r.Round)
	}
	if _, open := empty.Open(); !open {
		t.Error("the round that waits was closed")
	}
}

func TestDecodeRefusesKept(t *testing.T) {
	src := swap(t, reviewed, "hash = \"sha256:00ff\"\n", "hash = \"sha256:00ff\"\nlearner = \"Asha\"\n[review.kept]\na-78pp = { text = \"Read\", due = 2026-10-01 }\n")
	p := decode(t, src).Profile
	want := profile.Kept{Learner: text("Asha"), Actions: map[string]profile.AgreedAction{"a-78pp": {Text: text("Read"), Due: calendar.Of(2026, 10, 1)}}}
	if got := p.Reviews[1].Kept; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	for _, c := range []struct{ from, to, want string }{
		{"a-78pp = {", "A_8 = {", "review.kept.A_8: that is not an id"},
		{"due = 2026-10-01 }", "due = 3 }", "review.kept.a-78pp.due: a date is needed here, not a whole number"},
		{"a-78pp = { text = \"Read\", due = 2026-10-01 }", "a-78pp = 3", "review.kept.a-78pp: an action is needed here, not a whole number"},
		{"learner = \"Asha\"", "unsupported = [3]", "review.unsupported: text is needed here, not a whole number"},
	} {
		faults := faultsOf(t, swap(t, src, c.from, c.to))
		if len(faults) == 0 || !strings.Contains(written(faults[0]), c.want) {
			t.Errorf("%s: %v, want %s", c.to, faults, c.want)
		}
	}
}
