package coaching

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestAnswersKeepTheOrderOfTheModel(t *testing.T) {
	m := Model{Steps: []Step{{ID: "what"}, {ID: "so-what"}, {ID: "patients"}}}
	was := profile.Reflection{Answers: []profile.Answer{
		{Step: "own", Text: safetext.New("mine")},
		{Step: "patients", Text: safetext.New("safer")},
		{Step: "so-what", Text: safetext.New("old")},
	}}
	got := m.Answers(was, map[string]safetext.Text{"what": safetext.New("new"), "so-what": {}})
	want := []string{"what new", "patients safer", "own mine"}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i, a := range got {
		if s := a.Step + " " + a.Text.Line(); s != want[i] {
			t.Errorf("answer %d is %q, want %q", i, s, want[i])
		}
	}
}
