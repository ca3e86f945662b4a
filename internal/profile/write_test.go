package profile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// edit makes changes in the text of a profile, and gives the new text.
func edit(t testing.TB, src string, changes ...profile.Change) string {
	t.Helper()
	f := decode(t, src)
	doc := decode(t, src).Doc
	after := mustApply(t, f.Profile, changes...)
	if err := file.Write(doc, f.Profile, after); err != nil {
		t.Fatal(err)
	}
	got := string(doc.Bytes())
	same(t, decode(t, got).Profile, after)
	if err := file.Write(doc, after, f.Profile); err != nil {
		t.Fatal(err)
	}
	same(t, decode(t, string(doc.Bytes())).Profile, f.Profile)
	return got
}

// difference lists the lines that were removed and added, in order, with - and + before them.
func difference(before, after string) []string {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var out []string
	for _, line := range a {
		out = append(out, "-"+strings.TrimRight(line, "\n"))
	}
	for _, line := range b {
		out = append(out, "+"+strings.TrimRight(line, "\n"))
	}
	return out
}

func TestWriteTouchesOnlyItsLines(t *testing.T) {
	rate := func(ksb string, by profile.Rater, l level.Level) profile.Rate {
		return profile.Rate{KSB: ksb, By: by, Level: l, On: calendar.Of(2026, 11, 22), Reason: text("talked")}
	}
	self := func(ksb string, l level.Level) profile.Rate {
		return profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: calendar.Of(2026, 11, 22)}
	}
	for _, c := range []struct {
		name   string
		src    string
		change profile.Change
		want   []string
	}{
		{"rated again", full, self("K7", 2), []string{
			`-K7 = { level = 3, on = 2026-09-02, note = "Probe fault.\nFound by me." }`, `+K7 = { level = 2, on = 2026-11-22, note = "Probe fault.\nFound by me." }`,
		}},
		{"rated again, the comment stays", full, self("S24", 0), []string{
			`-S24 = { level = "none", on = 2026-09-02 } # not in my post`, `+S24 = { level = 0, on = 2026-11-22 } # not in my post`,
		}},
		{"the learner's id", full, profile.Identify{ID: "l-7f3k9m2x"}, []string{`+id = "l-7f3k9m2x"`}},
		{"the same again", full, profile.Rate{KSB: "K7", By: profile.Self, Level: 3, On: calendar.Of(2026, 9, 2)}, nil},
		{"a first rating", full, self("K9", level.NoOpportunity), []string{`+K9 = { level = "none", on = 2026-11-22 }`}},
		{"K2 comes before K10", strings.Replace(small, "K7 =", "K10 =", 1), self("K2", 1), []string{"+K2 = { level = 1, on = 2026-11-22 }"}},
		{"K10 comes after K7", small, self("K10", 1), []string{"+K10 = { level = 1, on = 2026-11-22 }"}},
		{"the first of a rater", small, rate("K7", profile.Mentor, 3), []string{"+[round.mentor]", `+K7 = { level = 3, on = 2026-11-22, reason = "talked" }`}},
		{"a mentor's row keeps what is unknown", full, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 3, On: calendar.Of(2026, 9, 9), Who: text("J. Ode")}, []string{
			`-K7 = { level = 2, on = 2026-09-09, by = "J. Ode", mood = "fair" }`, `+K7 = { level = 3, on = 2026-09-09, by = "J. Ode", mood = "fair" }`,
		}},
		{"another mentor's rating is kept below", swap(t, full, `[round.others]
K7 = [{ level = 3, on = 2026-09-08, by = "R. Lindqvist", note = "in clinic 2" }] # by sheet
`, ""), mentorRate("M. Ward", 1, today), []string{
			`-K7 = { level = 2, on = 2026-09-09, by = "J. Ode", mood = "fair" }`, `-[round.agreed]`, `-K7 = { level = 2, on = 2026-09-09, by = "J. Ode", reason = "limits still prompted" }`,
			`+K7 = { level = 1, on = 2026-11-22, by = "M. Ward", mood = "fair" }`, `+[round.agreed]`, `+K7 = { level = 2, on = 2026-09-09, by = "J. Ode", reason = "limits still prompted" }`,
			"+[round.others]", `+K7 = [{ level = 2, on = 2026-09-09, by = "J. Ode" }]`,
		}},
		{"a third mentor's", full, mentorRate("M. Ward", 1, calendar.Of(2026, 9, 7)), []string{
			`-K7 = [{ level = 3, on = 2026-09-08, by = "R. Lindqvist", note = "in clinic 2" }] # by sheet`,
			`+K7 = [{ level = 3, on = 2026-09-08, by = "R. Lindqvist", note = "in clinic 2" }, { level = 1, on = 2026-09-07, by = "M. Ward" }] # by sheet`,
		}},
		{"the older mentor's again", full, mentorRate("R. Lindqvist", 2, calendar.Of(2026, 9, 8)), []string{
			`-K7 = [{ level = 3, on = 2026-09-08, by = "R. Lindqvist", note = "in clinic 2" }] # by sheet`,
			`+K7 = [{ level = 2, on = 2026-09-08, by = "R. Lindqvist", note = "in clinic 2" }] # by sheet`,
		}},
		{"a row of dots", full, self("K8", 3), []string{"-K8.level = 2", "-K8.on = 2026-09-02", "+K8.level = 3", "+K8.on = 2026-11-22"}},
		{"a table of its own", full, self("K10", 3), []string{"-level = 0x2", "-on = 2026-09-02", "+level = 3", "+on = 2026-11-22"}},
		{"a note of three lines", full, profile.Note{KSB: "S24", Text: text("one\ntwo\r\n\tthree \"3\"")}, []string{
			`-S24 = { level = "none", on = 2026-09-02 } # not in my post`,
			`+S24 = { level = "none", on = 2026-09-02, note = "one\ntwo\r\n\tthree \"3\"" } # not in my post`,
		}},
		{"a note taken away", full, profile.Note{KSB: "K7"}, []string{
			`-K7 = { level = 3, on = 2026-09-02, note = "Probe fault.\nFound by me." }`, "+K7 = { level = 3, on = 2026-09-02 }",
		}},
		{"a first target", small, profile.SetTarget{KSB: "K7", Level: 4, Default: 3}, []string{"+", "+[target]", "+K7 = 4"}},
		{"another target", full, profile.SetTarget{KSB: "S2", Level: 2, Default: 3}, []string{"+S2 = 2"}},
		{"a pause", full, profile.AddPause{Pause: profile.Pause{From: calendar.Of(2026, 5, 1), To: calendar.Of(2026, 5, 9)}}, []string{"+[[pause]]", "+from = 2026-05-01", "+to = 2026-05-09", "+"}},
		{"a closed goal", full, profile.SetGoalStatus{ID: "g-2mq9", Status: profile.GoalDone, On: calendar.Of(2026, 11, 22), Note: text("Shown"), Actions: profile.ActionOpen}, []string{
			`-status = "active"`, "-set = 2026-09-04", "-due = 2026-12-31", `-theory = "goal-setting"`, `-why = "1 below target"`,
			`+status = "done"`, "+set = 2026-09-04", "+due = 2026-12-31", `+theory = "goal-setting"`, `+why = "1 below target"`, `+note = "Shown"`, "+closed = 2026-11-22",
		}},
		{"an action of a goal in the middle", full, profile.AddAction{Goal: "g-2mq9", Action: newAction("a-new", nil)}, []string{
			"+[[goal.action]]", `+id = "a-new"`, `+sort = "study"`, `+text = "Read it"`, `+status = "open"`, "+",
		}},
		{"a word left out is put in its place", full, profile.EditAction{ID: "a-91xe", Sort: ptr(profile.Study)}, []string{`+sort = "study"`}},
		{"an answer", full, profile.AddReflection{Reflection: func() profile.Reflection {
			r := deep(decode(t, full).Profile.Reflections[0])
			r.Answers[0].Text = text("I named both.")
			return r
		}()}, []string{`-what = "I named the check and not its limits."`, `+what = "I named both."`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := difference(c.src, edit(t, c.src, c.change)); !slices.Equal(got, c.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
			windows := strings.ReplaceAll(c.src, "\n", "\r\n")
			if strings.Contains(windows, "'''") {
				return // line ends within a text are part of it
			}
			got := edit(t, windows, c.change)
			if strings.Count(got, "\n") != strings.Count(got, "\r\n") {
				t.Errorf("mixed line ends:\n%q", got)
			}
		})
	}
}

func TestWriteKeepsLineEnds(t *testing.T) {
	rate := profile.Rate{KSB: "K9", By: profile.Self, Level: 2, On: today}
	windows := edit(t, strings.ReplaceAll(small, "\n", "\r\n"), rate)
	if want := strings.ReplaceAll(edit(t, small, rate), "\n", "\r\n"); windows != want {
		t.Errorf("%q\n%q", windows, want)
	}
	if got := edit(t, strings.TrimSuffix(small, "\n"), rate); strings.HasSuffix(got, "\n") {
		t.Errorf("a last line end came from nowhere: %q", got)
	}
	if got := edit(t, "\ufeff"+small, rate); !strings.HasPrefix(got, "\ufeffformat") {
		t.Errorf("the byte order mark went: %q", got)
	}
}

// However the ratings in a file are laid out, another can be added, and the record is the same.
func TestWriteIntoOtherLayouts(t *testing.T) {
	for name, src := range map[string]string{
		"all inline":          "format = 1\nstandard = 'ST0413'\nlearner = { name = \"Asha\" }\nround = [ { id = \"baseline\", opened = 2025-09-20, self = { K7 = { level = 1, on = 2025-09-20 } } } ]\n",
		"dotted":              "format = 1\nstandard = \"ST0413\"\nlearner.name = \"Asha\"\n[[round]]\nid = \"baseline\"\nopened = 2025-09-20\nself.K7.level = 1\nself.K7.on = 2025-09-20\n",
		"a table a row":       "format = 1\nstandard = \"ST0413\"\n[learner]\nname = \"Asha\"\n[[round]]\nid = \"baseline\"\nopened = 2025-09-20\n[round.self.K7]\nlevel = 1\non = 2025-09-20\n",
		"an empty rater":      swap(t, small, "K7 = { level = 1, on = 2025-09-20 }\n", ""),
		"no rater":            swap(t, small, "[round.self]\nK7 = { level = 1, on = 2025-09-20 }\n", ""),
		"learner at the end":  "format = 1\nstandard = \"ST0413\"\n[[round]]\nid = \"baseline\"\nopened = 2025-09-20\n[round.self]\nK7 = { level = 1, on = 2025-09-20 }\n[learner]\nname = \"Asha\"\n",
		"lists left empty":    "format = 1\nstandard = \"ST0413\"\nevidence = []\ngoal = []\npause = []\nreflection = []\nround = []\n[learner]\nname = \"Asha\"\n",
		"goals inline":        small + "[[goal]]\nid = \"g\"\nksbs = ['K7']\ntext = \"x\"\naction = [{ id = \"a\", text = \"y\" }]\n",
		"everything at once":  full,
		"comments everywhere": strings.ReplaceAll(small, "\n", " # why\n"),
	} {
		t.Run(name, func(t *testing.T) {
			p := decode(t, src).Profile
			changes := []profile.Change{
				profile.Rate{KSB: "K10", By: profile.Self, Level: 3, On: today, Note: ptr(text("x"))},
				profile.Rate{KSB: "K2", By: profile.Self, Level: 1, On: today},
				profile.Rate{KSB: "K2", By: profile.Agreed, Level: level.NoOpportunity, On: today, Reason: text("agreed")},
				profile.AddEvidence{Evidence: profile.Evidence{ID: "e-new", KSBs: []string{"K7"}, On: today, Kind: "feedback", Title: text("A card")}},
				newGoal("g-new", func(g *profile.Goal) { g.Actions = []profile.Action{newAction("a-new", nil)} }),
				profile.AddReflection{Reflection: profile.Reflection{ID: "r-new", On: today, KSBs: []string{"K7"}, Answers: []profile.Answer{{Step: "what", Text: text("x")}}}},
				profile.AddPause{Pause: profile.Pause{From: today, To: today}},
				profile.SetTarget{KSB: "K7", Level: 4, Default: 3},
				profile.SetLearner{Learner: profile.Learner{Name: text("B"), Role: text("R"), Start: today}},
			}
			if len(p.Goals) > 0 {
				changes = append(changes, profile.AddAction{Goal: p.Goals[0].ID, Action: newAction("a-more", nil)})
			}
			got := edit(t, src, changes...)
			if strings.Count(got, "#") < strings.Count(src, "#") {
				t.Errorf("a comment went:\n%s", got)
			}
		})
	}
}

// Undoing the first line of a table removes its header too, unless somebody added a key of their own below it.
func TestWriteRemovesEmptyTables(t *testing.T) {
	for name, c := range map[string]profile.Change{
		"a rater": profile.Rate{KSB: "K7", By: profile.Mentor, Level: 3, On: today}, "two mentors": twoMentors, "a target": profile.SetTarget{KSB: "K7", Level: 4, Default: 3},
		"a round with all": profile.Batch{Changes: []profile.Change{profile.AddPause{Pause: profile.Pause{From: today, To: today}}, newGoal("g", nil)}},
	} {
		f := decode(t, small)
		after := mustApply(t, f.Profile, c)
		mustWrite(t, f, f.Profile, after)
		mustWrite(t, f, after, f.Profile)
		if got := string(f.Doc.Bytes()); got != small {
			t.Errorf("%s: %q", name, difference(small, got))
		}
	}
}

// The answers to a reflection are in the order of the new ones, whichever steps were answered before.
func TestWriteKeepsTheOrderOfAnswers(t *testing.T) {
	steps := []string{"what", "so-what", "What now?", "patients"}
	with := func(set int) profile.Profile {
		r := profile.Reflection{ID: "r", On: today, KSBs: []string{"K7"}}
		for i, step := range steps {
			if set>>i&1 == 1 {
				r.Answers = append(r.Answers, profile.Answer{Step: step, Text: text("x")})
			}
		}
		p := decode(t, small).Profile
		p.Reflections = []profile.Reflection{r}
		return p
	}
	for a := range 1 << len(steps) {
		for b := range 1 << len(steps) {
			src, err := file.New(with(a))
			if err != nil {
				t.Fatal(err)
			}
			f := decode(t, string(src))
			mustWrite(t, f, with(a), with(b))
			same(t, decode(t, string(f.Doc.Bytes())).Profile, with(b))
		}
	}
}

// A text with invalid bytes, from a paste, is written with marks in their place and does not keep a profile from being
// saved.
func TestWriteInvalidUTF8(t *testing.T) {
	f := decode(t, small)
	after := mustApply(t, f.Profile, profile.Note{KSB: "K7", Text: text("a\xff\xc3(b")})
	if err := file.Write(f.Doc, f.Profile, after); err != nil {
		t.Fatal(err)
	}
	if got := decode(t, string(f.Doc.Bytes())).Profile.Rounds[0].Ratings[profile.Self]["K7"].Note.Raw(); got != "a\uFFFD\uFFFD(b" {
		t.Errorf("%q", got)
	}
}

// Two equal pauses that somebody wrote by hand are two entries: one can be removed and put back while the other stays.
func TestEqualEntriesAreToldApart(t *testing.T) {
	src := "format = 1\nstandard = \"ST0413\"\n[learner]\nname = \"x\"\nstart = 2025-01-01\n" +
		"[[pause]]\nfrom = 2025-03-01\nto = 2025-03-08\n[[pause]] # again\nfrom = 2025-03-01\nto = 2025-03-08\n" +
		"[[pause]]\nfrom = 2025-05-01\nto = 2025-05-08\n"
	f := mustDecode(t, []byte(src))
	three := f.Profile
	two := three
	two.Pauses = slices.Delete(slices.Clone(three.Pauses), 1, 2)
	mustWrite(t, f, three, two)
	same(t, mustDecode(t, f.Doc.Bytes()).Profile, two)
	mustWrite(t, f, two, three)
	same(t, mustDecode(t, f.Doc.Bytes()).Profile, three)
}
