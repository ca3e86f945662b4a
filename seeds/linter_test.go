package seeds_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// sound is an entry in which no check finds anything. The tests of the linter break one thing in it at a time.
func sound() entry {
	act := func(sort profile.Sort, text, who, result string) coaching.Action {
		return coaching.Action{Sort: sort, Text: text, Who: who, Result: result}
	}
	return entry{file: "st0413/coaching/S7.toml", Entry: coaching.Entry{
		KSB: "S7", Good: "You check it first.", TwoToThree: "Alone you see the fault. With help is 2.", ThreeToFour: "You teach it.",
		Prompt: "Which one failed?", Support: "Ask for an hour.", Patients: "They wait less.", Scope: "Your lead decides.",
		Questions: []string{"How did you know?", "Tell me what came next."},
		Actions: []coaching.Action{
			act("practise", "Log five faults.", "Your lead", "A dated log"), act("people", "Ask a user.", "A nurse", "Three lines"),
			act("study", "Read the manual.", "Your tutor", "One page"), act("study", "Read the SOP.", "Its author", "Marks"),
		},
		Evidence: []coaching.Evidence{
			{Kind: "feedback", Shows: "What they saw.", Weakness: "No date."},
			{Kind: "work-product", Shows: "The log itself.", Weakness: "No cause."},
		},
	}}
}

// expect holds that a check finds exactly one problem and says what the author needs; "" expects none.
func expect(t *testing.T, ps problems, want string) {
	t.Helper()
	switch {
	case want == "" && len(ps) > 0:
		t.Errorf("found %v, want nothing", ps)
	case want != "" && len(ps) != 1:
		t.Errorf("found %v, want one problem with %q", ps, want)
	case want != "" && !strings.Contains(ps[0].String(), want):
		t.Errorf("said %q, want %q in it", ps[0], want)
	}
}

func TestLinterEntry(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken func(*entry)
		want   string
	}{
		{"sound", func(*entry) {}, ""},
		{"ksb of another file", func(e *entry) { e.KSB = "K7" }, `S7.toml: ksb: "K7" stands in the file of S7; let ksb and file name agree`},
		{"nothing on good", func(e *entry) { e.Good = " " }, "good: nothing there; write it"},
		{"prompt too long", func(e *entry) { e.Prompt = strings.Repeat("a", 120) + "?" }, "prompt: 121 characters, at most 120; shorten it"},
		{"no stop", func(e *entry) { e.Support = "Ask for an hour" }, "support: no end to the last sentence"},
		{"one question", func(e *entry) { e.Questions = e.Questions[:1] }, "questions: 1 of them; give two or three"},
		{"a question that asks nothing", func(e *entry) { e.Questions[1] = "It went well." }, "questions 2: not a question"},
		{"two examples", func(e *entry) {
			e.Examples = []coaching.Example{{In: "audiology", Text: "A."}, {In: "genomics", Text: "B."}}
		}, "example: only 2 of them; give three specialisms or none"},
		{"a specialism twice", func(e *entry) {
			e.Examples = []coaching.Example{{In: "audiology", Text: "A."}, {In: "genomics", Text: "B."}, {In: "genomics", Text: "C."}}
		}, `"genomics" stands twice`},
		{"no who", func(e *entry) { e.Actions[1].Who = "" }, "action 2 who: nothing there; write it"},
		{"no result", func(e *entry) { e.Actions[2].Result = "" }, "action 3 result: nothing there; write it"},
		{"three actions", func(e *entry) { e.Actions = e.Actions[:3] }, "action: only 3 of them; write four or more"},
		{"a sort is missing", func(e *entry) { e.Actions[1].Sort = "study" }, `action sort: none is "people"; add an action of that sort`},
		{"who ends in a stop", func(e *entry) { e.Actions[0].Who = "Your lead." }, "action 1 who: a phrase ends in a full stop"},
		{"who in lower case", func(e *entry) { e.Actions[0].Who = "your lead" }, "action 1 who: starts in lower case"},
		{"one piece of evidence", func(e *entry) { e.Evidence = e.Evidence[:1] }, "evidence: only 1 of them; name two pieces or more"},
		{"a kind of its own", func(e *entry) { e.Evidence[0].Kind = "photo" }, `evidence kind: unknown kind "photo"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := sound()
			tt.broken(&e)
			expect(t, checkEntry(e), tt.want)
		})
	}
}

func TestLinterWriting(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The colour of the centre is grey, and she practises the size of a prize.", ""},
		{"The Center for Creative Leadership resized it.", ""},
		{"Mind its color.", `American spelling "color"; write colour`},
		{"Organize the list.", `American spelling "Organize"; write it with s`},
		{"They analyzed it.", `American spelling "analyzed"; write analysed`},
		{"A curly \u2019 quote.", "has the character '\u2019'; type plain ASCII"},
		{"Well done!", "has an exclamation mark"},
		{"Two  spaces.", "has stray spaces"},
		{"Send an e-mail.", `"e-mail" is not the word used here; write email`},
	} {
		expect(t, checkWriting(field{"K1.toml", "good", "good", tt.text}), tt.want)
	}
	for _, tt := range []struct{ text, want string }{
		{"Ask the lead which alarms are silenced.", ""},
		{"Understand the policy.", `K1.toml: good: vague word "Understand"; say what the person does`},
		{"You are expected to be aware of it.", `vague word "be aware"`},
		{"Ensure that it is done.", `vague word "Ensure"`},
	} {
		expect(t, checkVague(field{"K1.toml", "good", "good", tt.text}), tt.want)
	}
}

func TestLinterRepeats(t *testing.T) {
	pair := func(a, b string) []entry {
		return []entry{
			{"st0413/coaching/K7.toml", coaching.Entry{Good: a, Scope: "Your lead decides on this and on all the rest."}},
			{"st0413/coaching/S7.toml", coaching.Entry{Good: b, Scope: "Your lead decides on this and on all the rest."}},
		}
	}
	for _, tt := range []struct{ name, a, b, want string }{
		{"scope alone", "You read the certificate.", "You plot the checks.", ""},
		{"short sentence", "Ask them why. Then read.", "Look again. Ask them why.", ""},
		{"case and commas", "You stop, label and report it.", "First look. You stop label, and report it?", `S7.toml: good: the sentence "you stop label and report it"`},
		{"a run of words", "Ring the lead and say what you saw in the log today.", "Then say what you saw in the log today and go.", `"say what you saw in the log today" stands in st0413/coaching/K7.toml, good too; word it differently`},
	} {
		t.Run(tt.name, func(t *testing.T) { expect(t, checkRepeats(pair(tt.a, tt.b)), tt.want) })
	}
}

func TestLinterScopeAndOthers(t *testing.T) {
	std := tiny(t)
	e := sound()
	e.KSB = "S4"
	expect(t, checkOthers([]string{"S4"}, []entry{e}), "")
	e.Scope, e.TwoToThree = "", "Alone is 3."
	expect(t, checkScope(std, []entry{e}), "scope: missing, although solving a problem can mean opening equipment")
	expect(t, checkOthers([]string{"S4"}, []entry{e}), "two_to_three: nothing on supporting others; say that level 3 includes")
	expect(t, checkOthersList([]string{"S4"}), "levels.toml: others: [S4]; list [S4 S9 S12 S17 S18 S23]")
}

func TestSyllables(t *testing.T) {
	for w, want := range map[string]int{
		"cat": 1, "the": 1, "made": 1, "table": 2, "science": 2, "scientist": 3, "audiometer": 5, "calibration": 4, "asked": 1,
		"noted": 2, "reported": 3, "colleague": 2, "people": 2, "SOP": 1, "2026": 1, "patient": 2, "procedure": 3, "someone": 2,
		"device's": 2, "samples": 2, "reaches": 2, "quality": 3,
	} {
		if got := syllables(w); got != want {
			t.Errorf("syllables(%q) = %d, want %d", w, got, want)
		}
	}
}

func TestLinterReadability(t *testing.T) {
	e := sound()
	expect(t, checkReadability(e), "")
	e.Good = strings.Repeat("organisational accountability notwithstanding, interdisciplinary communication facilitates ", 20) + "it."
	expect(t, checkReadability(e), "S7.toml: (all texts): reading grade")
}

func TestLinterFilesAndTitles(t *testing.T) {
	c := content{standard: tiny(t), names: append([]string{
		"st0413/coaching/K7.toml", "st0413/coaching/S4.toml", "st0413/facts/duty-01.toml",
	}, rootFiles...)}
	c.titles = titles{map[string]string{"1": "Technical work"}, map[string]string{"K7": "Equipment", "S4": "Solving problems"}}
	expect(t, checkFiles(c), "")
	expect(t, checkTitles(c), "")
	c.names[0] = "st0413/coaching/K7-old.toml"
	if ps := checkFiles(c); len(ps) != 2 || !strings.Contains(ps[0].String(), "K7.toml: (file): missing; write the coaching") ||
		!strings.Contains(ps[1].String(), "K7-old.toml: (file): nobody reads this file") {
		t.Errorf("found %v", ps)
	}
	for _, tt := range []struct{ id, title, want string }{
		{"S4", "", "ksb S4: nothing there; write it"},
		{"S4", "Equipment", `ksb S4: "Equipment" is the title of ksb K7 too`},
		{"S4", strings.Repeat("x", 39), "ksb S4: 39 characters, at most 38"},
		{"B9", "Kindness", "ksb B9: the standard has no such KSB; remove it"},
	} {
		x := c
		x.titles.KSB = map[string]string{"K7": "Equipment", "S4": "Solving problems"}
		x.titles.KSB[tt.id] = tt.title
		expect(t, checkTitles(x), tt.want)
	}
}

// tiny is a standard of one duty, a K and an S.
func tiny(t *testing.T) *standard.Standard {
	t.Helper()
	std, err := standard.Decode(`reference = "ST0413"
title = "Tiny"
level = 6
[[duty]]
number = 1
text = "Look after it."
ksbs = ["K7", "S4"]
[[ksb]]
id = "K7"
text = "Devices."
[[ksb]]
id = "S4"
text = "Solve."
`)
	if err != nil {
		t.Fatal(err)
	}
	return std
}

func TestLoadNamesUnknownKeys(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range rootFiles {
		files[name] = &fstest.MapFile{}
	}
	files[standardFile].Data = []byte("reference = \"R\"\ntitle = \"T\"\nlevel = 6\n[[duty]]\nnumber = 1\ntext = \"x\"\nksbs = [\"K7\"]\n[[ksb]]\nid = \"K7\"\ntext = \"x\"\n")
	files["st0413/coaching/K7.toml"] = &fstest.MapFile{Data: []byte("ksb = \"K7\"\nGoood = \"x\"\n")}
	_, ps := load(files)
	expect(t, ps, "st0413/coaching/K7.toml: Goood: unknown key; spell it as seeds/README.md does")
	files["st0413/coaching/K7.toml"].Data = []byte("ksb = 7\n")
	_, ps = load(files)
	expect(t, ps, "st0413/coaching/K7.toml: (file): ")
}

func date(y int, m time.Month, d int) day { return day{time.Date(y, m, d, 0, 0, 0, 0, time.UTC), true} }
