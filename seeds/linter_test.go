package seeds_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
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
			e.Examples = []coaching.Example{{Field: "audiology", Text: "A."}, {Field: "genomics", Text: "B."}}
		}, "example: only 2 of them; give three fields or none"},
		{"a field twice", func(e *entry) {
			e.Examples = []coaching.Example{{Field: "audiology", Text: "A."}, {Field: "genomics", Text: "B."}, {Field: "genomics", Text: "C."}}
		}, `"genomics" stands twice`},
		{"no who", func(e *entry) { e.Actions[1].Who = "" }, "action 2 who: nothing there; write it"},
		{"no result", func(e *entry) { e.Actions[2].Result = "" }, "action 3 result: nothing there; write it"},
		{"three actions", func(e *entry) { e.Actions = e.Actions[:3] }, "action: only 3 of them; write four or more"},
		{"a sort is missing", func(e *entry) { e.Actions[1].Sort = "study" }, `action sort: none is "people"; add an action of that sort`},
		{"who ends in a stop", func(e *entry) { e.Actions[0].Who = "Your lead." }, "action 1 who: a phrase ends in a full stop"},
		{"who in lower case", func(e *entry) { e.Actions[0].Who = "your lead" }, "action 1 who: starts in lower case"},
		{"one piece of evidence", func(e *entry) { e.Evidence = e.Evidence[:1] }, "evidence: only 1 of them; name two pieces or more"},
		{"after nothing", func(e *entry) { e.Evidence[0].After = "reflective-account" }, `evidence after: none is "reflective-account"`},
		{"a session of what is not seen", func(e *entry) { e.Evidence[1].Session = true }, `evidence session: piece 2 is "work-product"`},
		{"an event that may not happen", func(e *entry) {
			e.Evidence[1].Kind, e.Evidence[1].Shows = "observed-procedure", "You deal with a fault."
		}, `evidence shows: "fault" may not happen; say what will do instead`},
		{"a kind of its own", func(e *entry) { e.Evidence[0].Kind = "photo" }, `evidence kind: unknown kind "photo"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := sound()
			tt.broken(&e)
			expect(t, checkEntry(e), tt.want)
		})
	}
}

// whole is an entry that coaches from every level, in which checkWhole finds nothing.
func whole() entry {
	e := sound()
	e.ZeroToOne, e.OneToTwo, e.EarlyPrompt, e.EarlyQuestions = "You name it.", "You do it.", "What did you see?", []string{"Who does it?"}
	e.Goals = coaching.Goals{
		ZeroToOne: "Watch two faults being put right and draw the steps", OneToTwo: "Put one fault right with an engineer beside me",
		TwoToThree: "Put three faults right by the SOP and log each", ThreeToFour: "Train a newcomer on one fault and check how they do",
	}
	for i := range e.Actions {
		e.Actions[i].From, e.Actions[i].Minutes, e.Actions[i].OffJob = []level.Level{0, 1, 2, 3}, 30, "yes"
		e.Actions[i].Deed = e.Actions[i].From
	}
	for _, id := range []string{"audiology", "cardiac", "genomics", "decontamination", "clinical-bioinformatics"} {
		e.Examples = append(e.Examples, coaching.Example{Field: id, Text: "A."})
	}
	text := coaching.Prose(strings.TrimSpace(strings.Repeat("word ", minWords)))
	e.Exemplars = []coaching.Exemplar{{Grade: "weak", Text: text, Margin: "Why."}, {Grade: "strong", Text: text, Margin: "Why."}}
	return e
}

func TestLinterWhole(t *testing.T) {
	fields := real(t).fields
	for _, tt := range []struct {
		name   string
		broken func(*entry)
		want   string
	}{
		{"whole", func(*entry) {}, ""},
		{"a step is missing", func(e *entry) { e.ZeroToOne = "" }, "zero_to_one: missing; write it"},
		{"no early prompt", func(e *entry) { e.EarlyPrompt = " " }, "early_prompt: missing"},
		{"three early questions", func(e *entry) { e.EarlyQuestions = []string{"A?", "B?", "C?"} }, "early_questions: 3 of them; give one or two"},
		{"no goal", func(e *entry) { e.Goals.OneToTwo = "" }, "goal from 1 to 2: missing"},
		{"a vague goal", func(e *entry) { e.Goals.OneToTwo = "Get better at putting faults right" }, "goal from 1 to 2: not specific; what exactly will you be able to do"},
		{"a goal by formula", func(e *entry) { e.Goals.OneToTwo = "Move from 1 to 2 in putting faults right" }, "names a level or a step"},
		{"a goal to somebody else", func(e *entry) { e.Goals.OneToTwo = "Put one fault right with your engineer" }, "speaks to the learner; write I, me and my"},
		{"no levels", func(e *entry) { e.Actions[0].From = nil }, "action 1 from: []; list the levels"},
		{"a level twice", func(e *entry) { e.Actions[0].From = []level.Level{1, 1} }, "action 1 from: [1 1]; list the levels"},
		{"from 4", func(e *entry) { e.Actions[0].From = []level.Level{3, 4} }, "action 1 from: level 4; name levels 0 to 3"},
		{"no minutes", func(e *entry) { e.Actions[0].Minutes = 0 }, "action 1 minutes: 0 minutes"},
		{"off the job perhaps", func(e *entry) { e.Actions[0].OffJob = "perhaps" }, `action 1 offjob: "perhaps"; say yes, no or ask`},
		{"a goal without its deed", func(e *entry) {
			for i := range e.Actions {
				e.Actions[i].Deed = []level.Level{0, 1, 3}
			}
		}, "deed: from level 2: none; mark the action that is the goal's own deed"},
		{"a place that is none", func(e *entry) { e.Actions[0].Where = "indoors" }, `action 1 where: "indoors"; say 'with patients'`},
		{"two that open", func(e *entry) {
			e.Actions[0].Opens, e.Actions[1].Opens = true, true
			e.Actions[1].From, e.Actions[0].From = []level.Level{1, 2, 3}, []level.Level{0, 1}
		}, "opens: from level 1: 2 of them; let one action begin the goal"},
		{"a month without weeks", func(e *entry) { e.Actions[0].Text = "For a month log each fault." }, `action 1 weeks: "For a month" and no weeks`},
		{"an assessor from 0", func(e *entry) { e.Actions[1].Text = "Be watched by a trained assessor." }, `"trained assessor" from level 0: nobody works alone`},
		{"looking back from 0", func(e *entry) { e.Actions[1].Text = "Read your last report with her." }, `"your last report" from level 0: at level 0 there is nothing`},
		{"teaching from 1", func(e *entry) {
			e.Actions[1].Text, e.Actions[1].From = "Teach a newcomer.", []level.Level{1}
		}, `"Teach" from level 1: nobody leads or teaches`},
		{"watching from 3", func(e *entry) { e.Actions[1].Text = "Watch an engineer." }, `"Watch" from level 3: who does it alone`},
		{"unsafe practice from 0", func(e *entry) { e.Actions[0].Text = "Repair five faults." }, "action 1 from: practice from level 0, although opening, repairing"},
		{"one action from 3", func(e *entry) {
			for i := range e.Actions[1:] {
				e.Actions[i+1].From = []level.Level{0, 1, 2}
			}
		}, "action: from level 3: 1 of 1 sorts; give two or more"},
		{"one sort from 3", func(e *entry) {
			e.Actions[0].From, e.Actions[1].From = []level.Level{0, 1, 2}, []level.Level{0, 1, 2}
		}, "action: from level 3: 2 of 1 sorts"},
		{"two divisions", func(e *entry) { e.Examples[2].Field, e.Examples[4].Field = "vascular", "ophthalmic" }, "example: 5 from 2 divisions"},
		{"a short exemplar", func(e *entry) { e.Exemplars[0].Text = "Too short." }, "exemplar 1 text: 2 words; write 60 to 90"},
		{"an exemplar that tells", func(e *entry) { e.Exemplars[0].Text += " a 34-year-old came" }, `exemplar 1 text: "34-year-old"; leave it out`},
		{"two strong ones", func(e *entry) { e.Exemplars = append(e.Exemplars, e.Exemplars[1]) }, `exemplar: 2 of "strong"; give exactly one`},
		{"a depth elsewhere", func(e *entry) {
			e.Exemplars = append(e.Exemplars, coaching.Exemplar{Depth: "critical", Text: e.Exemplars[0].Text, Margin: "Why."})
		}, `exemplar: "critical"; use weak or strong`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := whole()
			tt.broken(&e)
			expect(t, checkWhole(e, fields, wantDepths), tt.want)
		})
	}
	e := whole()
	e.KSB = "S31"
	if ps := checkWhole(e, fields, wantDepths); len(ps) != len(wantDepths) || !strings.Contains(ps[0].String(), `exemplar: 0 of "descriptive"`) {
		t.Errorf("S31 without reflections: %v", ps)
	}
}

func TestLinterFields(t *testing.T) {
	sane := func() coaching.Fields {
		return coaching.Fields{
			Divisions: []coaching.Group{{ID: "life", Name: "life sciences"}}, Families: []coaching.Group{{ID: "genome", Name: "genomics"}},
			Fields: []coaching.Field{
				{ID: "a", Name: "alpha", Family: "genome", Division: "life", Aliases: []string{"A1"}, Register: "R", Standards: []string{"S"}, First: []string{"K1", "K2", "S3"}},
				{ID: "b", Name: "beta", Family: "genome", Division: "life", Register: "R", Standards: []string{"S"}, First: []string{"K1", "K2", "S3"}},
			},
		}
	}
	for _, tt := range []struct {
		name   string
		broken func(*coaching.Fields)
		want   string
	}{
		{"sane", func(*coaching.Fields) {}, ""},
		{"an id twice", func(f *coaching.Fields) { f.Fields[1].ID = "a" }, `field a id: "a"; give each field an id of its own`},
		{"no such family", func(f *coaching.Fields) { f.Fields[1].Family = "gnome" }, `field b family: there is no family "gnome"`},
		{"no such division", func(f *coaching.Fields) { f.Fields[1].Division = "lief" }, `field b division: there is no division "lief"`},
		{"no standards", func(f *coaching.Fields) { f.Fields[0].Standards = nil }, "field a standards: none"},
		{"an alias of two", func(f *coaching.Fields) { f.Fields[1].Aliases = []string{"a1"} }, `field b aliases: "a1" stands under a too`},
		{"no first KSBs", func(f *coaching.Fields) { f.Fields[0].First = nil }, "field a first: 0; name three to six"},
		{"a first KSB that is none", func(f *coaching.Fields) { f.Fields[0].First[1] = "K99" }, `field a first: "K99"; name KSBs of the standard`},
		{"a first KSB twice", func(f *coaching.Fields) { f.Fields[0].First[1] = "K1" }, `field a first: "K1"; name KSBs of the standard`},
		{"a KSB that takes long and is none", func(f *coaching.Fields) { f.Long = []string{"K99"} }, `long: "K99"; name KSBs of the standard`},
		{"no register", func(f *coaching.Fields) { f.Fields[0].Register = "" }, "field a register: nothing there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := sane()
			tt.broken(&f)
			expect(t, checkFields(f, func(ksb string) bool { return ksb != "K99" }), tt.want)
		})
	}
	f := sane()
	e := sound()
	for _, tt := range []struct {
		x    coaching.Example
		want string
	}{
		{coaching.Example{Field: "a"}, ""},
		{coaching.Example{Family: "genome"}, ""},
		{coaching.Example{Field: "audiolgy"}, `example 1 field: there is no field "audiolgy"`},
		{coaching.Example{Family: "gnome"}, `example 1 field: there is no family "gnome"`},
		{coaching.Example{}, "give a field or a family"},
		{coaching.Example{Field: "a", Family: "genome"}, "give a field or a family"},
	} {
		e.Examples = []coaching.Example{tt.x}
		expect(t, checkExampleIDs(e, f), tt.want)
	}
	e.Examples = []coaching.Example{{Field: "a"}}
	many := slices.Repeat([]entry{e}, minOwn)
	expect(t, checkCoverage(f, many), "example b: 0 KSBs have one; write them for 24 KSBs or more")
	if ps := checkCoverage(f, many[1:]); len(ps) != 2 {
		t.Errorf("found %v", ps)
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
		{"Ask the quality manager or a decision maker about the pacemaker.", ""},
		{"Ask the lead for quality.", `"lead for quality" is not the word used here; write quality lead`},
		{"Read the maker's advice.", `"maker" is not the word used here; write manufacturer`},
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
