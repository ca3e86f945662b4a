package coaching_test

import (
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
)

func actionTexts(list []coaching.Action) []string {
	var out []string
	for _, a := range list {
		out = append(out, a.Text)
	}
	return out
}

func TestCoachingAtALevel(t *testing.T) {
	e := coaching.Entry{
		ZeroToOne: "s0", OneToTwo: "s1", TwoToThree: "s2", ThreeToFour: "s3",
		Goals:  coaching.Goals{ZeroToOne: "g0", OneToTwo: "g1", TwoToThree: "g2", ThreeToFour: "g3"},
		Prompt: "late", EarlyPrompt: "early", Questions: []string{"late"}, EarlyQuestions: []string{"early"},
		Actions: []coaching.Action{
			{Text: "a0", From: []level.Level{0}}, {Text: "a12", From: []level.Level{1, 2}}, {Text: "a23", From: []level.Level{2, 3}},
		},
	}
	for _, c := range []struct {
		at      level.Level
		step    string
		goal    string
		actions []string
		asks    string
	}{
		{level.NoOpportunity, "s0", "g0", []string{"a0"}, "early"},
		{0, "s0", "g0", []string{"a0"}, "early"},
		{1, "s1", "g1", []string{"a12"}, "early"},
		{2, "s2", "g2", []string{"a12", "a23"}, "late"},
		{3, "s3", "g3", []string{"a23"}, "late"},
		{4, "s3", "g3", []string{"a23"}, "late"},
	} {
		step := e.StepFrom(c.at)
		if step.Text != c.step || step.Goal != c.goal || step.To != step.From+1 {
			t.Errorf("at %s the step is %+v", c.at, step)
		}
		if got := actionTexts(e.ActionsFrom(c.at)); !slices.Equal(got, c.actions) {
			t.Errorf("at %s the actions are %v, want %v", c.at, got, c.actions)
		}
		if e.PromptAt(c.at) != c.asks || e.QuestionsAt(c.at)[0] != c.asks {
			t.Errorf("at %s it asks %q and %v", c.at, e.PromptAt(c.at), e.QuestionsAt(c.at))
		}
	}
}

// An entry without texts for each level still coaches, with all its actions and its one prompt and set of questions.
func TestCoachingWithoutLevels(t *testing.T) {
	e := coaching.Entry{Prompt: "p", Questions: []string{"q"}, Actions: []coaching.Action{{Text: "a"}, {Text: "b"}}}
	if got := actionTexts(e.ActionsFrom(0)); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("actions %v", got)
	}
	if e.PromptAt(0) != "p" || !slices.Equal(e.QuestionsAt(1), []string{"q"}) || e.StepFrom(0).Goal != "" {
		t.Errorf("%q, %v, %q", e.PromptAt(0), e.QuestionsAt(1), e.StepFrom(0).Goal)
	}
}

func TestActionsForAKindOfField(t *testing.T) {
	e := coaching.Entry{Actions: []coaching.Action{{Text: "any"}, {Text: "met", Where: "with patients"}, {Text: "unseen", Where: "out of sight"}}}
	for _, c := range []struct {
		field coaching.Field
		want  []string
	}{
		{coaching.Field{}, []string{"any", "met", "unseen"}},
		{coaching.Field{ID: "audiology", Patients: true}, []string{"any", "met"}},
		{coaching.Field{ID: "genomics"}, []string{"any", "unseen"}},
	} {
		if got := actionTexts(e.In(c.field).Actions); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.field.ID, got, c.want)
		}
	}
	if len(e.Actions) != 3 {
		t.Error("In changed the entry itself")
	}
}
