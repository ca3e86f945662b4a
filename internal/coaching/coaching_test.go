package coaching_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
)

const entry = `
ksb = "K7"
good = "g"
two_to_three = "t"
three_to_four = "f"
prompt = "p?"
support = "s"
questions = ["q1?", "q2?"]
patients = "pt"
scope = "sc"
zero_to_one = "z"
one_to_two = "o"
early_prompt = "ep?"
early_questions = ["eq?"]
[goal]
zero_to_one = "G01"
one_to_two = "G12"
two_to_three = "G23"
three_to_four = "G34"
[[example]]
field = "cardiac"
text = "x"
[[action]]
sort = "people"
text = "a"
who = "w"
result = "r"
from = [0, 1]
minutes = 45
offjob = "ask"
[[evidence]]
kind = "work-product"
shows = "A log."
weakness = "no dates"
[[exemplar]]
grade = "weak"
text = """
It went
  well.
"""
margin = "m"
`

func TestDecodeEntry(t *testing.T) {
	got, err := coaching.DecodeEntry(entry)
	if err != nil {
		t.Fatal(err)
	}
	want := coaching.Entry{
		KSB: "K7", Good: "g", TwoToThree: "t", ThreeToFour: "f", Prompt: "p?", Support: "s", Questions: []string{"q1?", "q2?"}, Patients: "pt", Scope: "sc",
		ZeroToOne: "z", OneToTwo: "o", EarlyPrompt: "ep?", EarlyQuestions: []string{"eq?"},
		Goals:    coaching.Goals{ZeroToOne: "G01", OneToTwo: "G12", TwoToThree: "G23", ThreeToFour: "G34"},
		Examples: []coaching.Example{{Field: "cardiac", Text: "x"}},
		Actions: []coaching.Action{{
			Sort: "people", Text: "a", Who: "w", Result: "r", From: []level.Level{0, 1}, Minutes: 45, OffJob: "ask",
		}},
		Evidence:  []coaching.Evidence{{Kind: "work-product", Shows: "A log.", Weakness: "no dates"}},
		Exemplars: []coaching.Exemplar{{Grade: "weak", Text: "It went well.", Margin: "m"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func TestDecodeIsStrict(t *testing.T) {
	swap := func(from, to string) string {
		if !strings.Contains(entry, from) {
			t.Fatalf("%q is not in the entry", from)
		}
		return strings.Replace(entry, from, to, 1)
	}
	for name, c := range map[string]struct{ src, says string }{
		"a misspelt key":          {swap("good", "goood"), `unknown key "goood"`},
		"a misspelt key in a row": {swap("who", "whom"), `unknown key "action.whom"`},
		"a table too many":        {entry + "[extra]\nx = 1\n", `unknown key "extra"`},
		"a number for text":       {swap(`"g"`, "3"), "good"},
		"text for a list":         {swap(`["q1?", "q2?"]`, `"q"`), "questions"},
		"not TOML":                {"good =", "expected value"},
	} {
		if _, err := coaching.DecodeEntry(c.src); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	if _, err := coaching.DecodeReflection("defalt = \"driscoll\""); err == nil || !strings.Contains(err.Error(), "defalt") {
		t.Error(err)
	}
	if _, err := coaching.DecodeAppraisal("[[theory]]\nnme = \"x\""); err == nil || !strings.Contains(err.Error(), "theory.nme") {
		t.Error(err)
	}
	if _, err := coaching.DecodeCards("[[fact]]\nfcts = []", 1); err == nil || !strings.Contains(err.Error(), "fact.fcts") {
		t.Error(err)
	}
}

func TestDecodeCards(t *testing.T) {
	got, err := coaching.DecodeCards("[[fact]]\nid = \"a\"\nksbs = [\"K7\"]\ntitle = \"t\"\nauthority = \"au\"\nfacts = [\"f\"]\nchecked = 2026-11-01\nreview_by = 2027-11-01\nconfirm = true\n[[fact]]\nid = \"b\"\n", 3)
	if err != nil {
		t.Fatal(err)
	}
	want := []coaching.Card{
		{ID: "a", Duties: []int{3}, KSBs: []string{"K7"}, Title: "t", Authority: "au", Facts: []string{"f"}, Checked: calendar.Of(2026, 11, 1), ReviewBy: calendar.Of(2027, 11, 1), Confirm: true},
		{ID: "b", Duties: []int{3}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	for day, stale := range map[calendar.Date]bool{calendar.Of(2027, 10, 31): false, calendar.Of(2027, 11, 1): false, calendar.Of(2027, 11, 2): true} {
		if got[0].Stale(day) != stale {
			t.Errorf("on %s: stale %v", day, !stale)
		}
	}
	if !got[1].Stale(calendar.Of(2000, 1, 1)) {
		t.Error("a card without a review date should be stale")
	}
}

func TestSentence(t *testing.T) {
	for want, e := range map[string]coaching.Evidence{
		"Work product: A log. Often weak: no dates": {Kind: "work-product", Shows: "A log.", Weakness: "no dates"},
		"A log.": {Shows: "A log."},
	} {
		if got := e.Sentence(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestLookUps(t *testing.T) {
	r := &coaching.Reflection{Models: []coaching.Model{{ID: "gibbs", Name: "Gibbs"}}}
	if m, ok := r.Model("gibbs"); !ok || m.Name != "Gibbs" {
		t.Error(m)
	}
	if _, ok := r.Model("Gibbs"); ok {
		t.Error("a model was made up")
	}
	a := &coaching.Appraisal{Theories: []coaching.Theory{{ID: "sbi", Name: "SBI"}}}
	if x, ok := a.Theory("sbi"); !ok || x.Name != "SBI" {
		t.Error(x)
	}
	if _, ok := a.Theory(""); ok {
		t.Error("a theory was made up")
	}
}
