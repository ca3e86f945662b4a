package appraisal_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

func makeSheet(t failer, p profile.Profile, ksbs ...string) []byte {
	t.Helper()
	src, err := appraisal.MakeSheet(p, std, lib.Scale(), title, today, ksbs)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return src
}

func readSheet(t failer, src []byte) profile.Profile {
	t.Helper()
	read, err := file.Decode(src, lib.Standard)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return read.Profile
}

// filled fills in a sheet with ratings, by J. Ode unless they name another mentor.
func filled(t failer, sheet profile.Profile, ratings ...profile.Rate) profile.Profile {
	t.Helper()
	for _, c := range ratings {
		c.By = profile.Mentor
		if c.Who.Empty() {
			c.Who = text("J. Ode")
		}
		next, err := c.Apply(sheet, std)
		if err == nil {
			err = profile.MayChangeSheet(sheet, next)
		}
		if err != nil {
			t.Fatalf("%v", err)
		}
		sheet = next
	}
	return sheet
}

// given are the mentor's ratings on a sheet.
func given(s profile.Profile) map[string]profile.Rating {
	r, _ := s.Open()
	return r.Ratings[profile.Mentor]
}

func TestSheetBetraysNothing(t *testing.T) {
	full := asha()
	empty := blank(full.Learner.Name.Raw())
	empty.Learner.ID = full.Learner.ID
	if a, b := makeSheet(t, full), makeSheet(t, empty); !bytes.Equal(a, b) {
		t.Error("the sheets of a rated and of a blank learner differ")
	}
	if a, b := makeSheet(t, full, "S7", "K7"), makeSheet(t, empty, "K7", "S7"); !bytes.Equal(a, b) {
		t.Error("the order in which the KSBs are named shows")
	}
	one := string(makeSheet(t, full, "K7"))
	for _, r := range full.Rounds {
		for _, ratings := range r.Ratings {
			for _, x := range ratings {
				if !x.Note.Empty() && strings.Contains(one, x.Note.Raw()) {
					t.Errorf("a note is in the sheet: %s", x.Note)
				}
			}
		}
	}
}

// Two learners of the same name get the same sheet, byte for byte, whatever their ratings are.
func TestSheetProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, id := "x"+rapid.String().Draw(t, "name"), rapid.SampledFrom([]string{"", "l-7f3k9m2x"}).Draw(t, "id")
		draw := func() profile.Profile {
			p := apply(t, blank(name), profile.OpenRound{On: days(-500)})
			p.Learner.ID = id
			for range rapid.IntRange(0, 10).Draw(t, "ratings") {
				by := rapid.SampledFrom(profile.Raters).Draw(t, "by")
				p = apply(t, p, rate(by, rapid.SampledFrom(std.Walk()).Draw(t, "ksb"), anyLevel(t), days(-rapid.IntRange(0, 500).Draw(t, "day"))))
			}
			return p
		}
		ksbs := rapid.SliceOfNDistinct(rapid.SampledFrom(std.Walk()), 0, 5, rapid.ID).Draw(t, "ksbs")
		p := draw()
		src := makeSheet(t, p, ksbs...)
		if !bytes.Equal(src, makeSheet(t, draw(), ksbs...)) {
			t.Fatalf("the sheets differ")
		}
		s := readSheet(t, src)
		if r, _ := s.Open(); s.Filled() != 0 || s.Learner.Name.Raw() != name || s.Learner.ID != id || r.Opened != today || !strings.HasPrefix(r.ID, "sheet-") {
			t.Fatalf("%+v", s)
		}
		var rates []profile.Rate
		by := text("y" + rapid.String().Draw(t, "by"))
		for _, ksb := range s.Asked {
			if rapid.Bool().Draw(t, "rated") {
				note := text(rapid.String().Draw(t, "note"))
				if note.Empty() {
					note = text("")
				}
				rates = append(rates, profile.Rate{KSB: ksb, Level: anyLevel(t), On: days(3), Who: by, Note: &note})
			}
		}
		full := filled(t, s, rates...)
		doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if err := file.Write(doc, s, full); err != nil {
			t.Fatalf("%v", err)
		}
		back := readSheet(t, doc.Bytes())
		if !maps.Equal(given(back), given(full)) || len(rates) > 0 && back.SheetMentor() != by {
			t.Fatalf("\n got %+v\nwant %+v\n%s", back, full, doc.Bytes())
		}
		if err := file.Write(doc, full, s); err != nil || !bytes.Equal(doc.Bytes(), src) {
			t.Fatalf("%v, taken off again:\n%s", err, doc.Bytes())
		}
		if back.Filled() == 0 {
			return
		}
		taken, err := appraisal.TakeSheet(p, back, days(3))
		if err != nil {
			t.Fatalf("%v", err)
		}
		after := apply(t, p, taken.Batch)
		checkTaken(t, p, after, back)
		again, err := appraisal.TakeSheet(after, back, days(rapid.IntRange(3, 30).Draw(t, "later")))
		if err != nil || len(again.Batch.Changes) > 0 || len(again.Same) != back.Filled() {
			t.Fatalf("taken twice: %+v, %v", again, err)
		}
	})
}

// checkTaken checks that a sheet changed only the mentor's ratings that it fills in, and lost no note.
func checkTaken(t *rapid.T, before, after, s profile.Profile) {
	t.Helper()
	for _, ksb := range s.Asked {
		row, rated := given(s)[ksb]
		was, _ := before.Open()
		now, _ := after.Open()
		got, old := now.Ratings[profile.Mentor][ksb], was.Ratings[profile.Mentor][ksb]
		switch {
		case !rated && got != old:
			t.Fatalf("%s changed: %+v", ksb, got)
		case rated && (got.Level != row.Level || got.On != row.On || got.By != row.By):
			t.Fatalf("%s: %+v", ksb, got)
		case rated && row.Note.Empty() && got.Note != old.Note, rated && !row.Note.Empty() && got.Note != row.Note:
			t.Fatalf("%s: the note is %q", ksb, got.Note)
		}
		if now.Ratings[profile.Self][ksb] != was.Ratings[profile.Self][ksb] {
			t.Fatalf("%s: the learner's own rating changed", ksb)
		}
	}
}

// Every line of a sheet that cannot be read is named, in order, however many there are.
func TestAllFaultsOfASheetAreNamed(t *testing.T) {
	src := string(makeSheet(t, asha()))
	for _, ksb := range std.Walk() {
		src += ksb + " = { level = 9 }\n"
	}
	_, err := file.Decode([]byte(src), lib.Standard)
	var faults file.Faults
	if !errors.As(err, &faults) || len(faults) != len(std.Walk()) {
		t.Fatalf("%d faults: %v", len(faults), err)
	}
	for i, ksb := range std.Walk() {
		if f := faults[i]; !strings.Contains(f.Key, ksb) || i > 0 && f.Pos.Line != faults[i-1].Pos.Line+1 || f.Hint == "" {
			t.Errorf("fault %d: %+v, want that of %s", i, f, ksb)
		}
	}
}

func TestSheetFilledInByHand(t *testing.T) {
	p := asha()
	src := string(makeSheet(t, p, "K7", "S24"))
	_, example, _ := strings.Cut(src, "\n#   ")
	example, _, _ = strings.Cut(example, "\n")
	hand := src + strings.Replace(example, profile.BlankName, "J. Ode", 1) + "\n" + `S24 = { level = "none" }`
	if x := given(readSheet(t, []byte(hand)))["K7"]; x.Level != 2 || x.On != today || x.By.Raw() != "J. Ode" {
		t.Errorf("the example of the sheet: %+v", x)
	}
	hand = src + `K7 = { level = 2, note = "Ward round,\nTuesday" }` + "\n" + `S24 = { level = "none", by = "J. Ode" }` + "\n"
	s := readSheet(t, []byte(strings.ReplaceAll(hand, "\n", "\r\n")))
	if s.Filled() != 2 || !s.SheetDay().IsZero() || s.SheetMentor().Raw() != "J. Ode" || given(s)["K7"].By.Raw() != "J. Ode" {
		t.Fatalf("%+v", s)
	}
	taken, err := appraisal.TakeSheet(p, s, today)
	if err != nil {
		t.Fatal(err)
	}
	after := apply(t, p, taken.Batch)
	got, _ := after.Open()
	if x := got.Ratings[profile.Mentor]["K7"]; x.Level != 2 || x.Note.Raw() != "Ward round,\nTuesday" || x.On != today {
		t.Errorf("K7: %+v", x)
	}
	if x := got.Ratings[profile.Mentor]["S24"]; x.Level != level.NoOpportunity {
		t.Errorf("S24: %+v", x)
	}
	// A day later nothing on it has become new.
	if again, err := appraisal.TakeSheet(after, s, days(1)); err != nil || len(again.Batch.Changes) > 0 || len(again.Same) != 2 {
		t.Errorf("taken twice: %+v, %v", again, err)
	}
}

func TestReadSheetSaysWhereItIsWrong(t *testing.T) {
	const line = `K7 = { level = 2, on = 2026-11-22, note = "seen", by = "J. Ode" }`
	good := string(makeSheet(t, asha(), "K7", "S7")) + line + "\n"
	at := func(part string) int { return 1 + strings.Count(good[:strings.LastIndex(good, part)], "\n") }
	for _, c := range []struct{ from, to, where, want string }{
		{"sheet = true", "sheet = 1", "sheet =", "before the first version"},
		{"sheet = true", `sheet = "yes"`, "sheet =", "true or false is needed here"},
		{"sheet = true", "Sheet = true", "sheet =", "lower case"},
		{`standard = "ST0413"`, `standard = "ST9999"`, "standard =", "not known here"},
		{`name = "Asha Patel"`, `name = ""`, "name =", "name is empty"},
		{`id = "l-ashapate"`, `id = "Asha Patel"`, `id = "l-`, "is not an id"},
		{`asked = ["K7", "S7"]`, `asked = ["K7", "S99"]`, "asked =", "no KSB"},
		{`asked = ["K7", "S7"]`, `asked = ["S7"]`, line, "does not ask for K7"},
		{`asked = ["K7", "S7"]`, "asked = []", "asked =", "does not say what it asks for"},
		{"K7 = {", "S77 = {", line, "no such KSB"},
		{"K7 = {", "k7 = {", line, "no such KSB"},
		{line, line + "\n" + line, "", "K7"},
		{line, "K7 = 2", line, "a rating is needed here, not a whole number"},
		{line, "K7: 2", line, ""},
		{"level = 2", "level =", line, ""},
		{"level = 2", "level = none", line, ""},
		{"level = 2", "level = 5", line, "there is no level 5"},
		{"level = 2", "level = 2.5", line, "a level is needed here, not a number"},
		{"level = 2", `level = "2"`, line, "is not a level"},
		{"level = 2", `level = "3\u001b[2J"`, line, `"3` + "\uFFFD" + `[2J" is not a level`},
		{"level = 2", "Level = 2", line, "lower case"},
		{"level = 2, ", "", line, `"level" is missing`},
		{`"seen"`, "3", line, "text is needed here, not a whole number"},
		{`"seen"`, `said "fine" to her`, line, ""},
		{`"seen"`, "\u201cseen\u201d", line, ""},
		{"on = 2026-11-22, n", "on = 22/11/2026, n", line, ""},
		{"on = 2026-11-22, n", "on = 2026-02-31, n", line, "there is no 31 February in 2026"},
		{"on = 2026-11-22, n", "on = 2026-11-21, n", line, "is before the sheet was made, 2026-11-22"},
		{`by = "J. Ode" }`, `by = "Your Name" }`, line, "is still in place of the mentor's name"},
		{`by = "J. Ode" }`, `by = "22/11/2026" }`, line, `"22/11/2026" is not a name`},
		{line, line + "\n" + `S7 = { level = 1, by = "R. Lindqvist" }`, "", "J. Ode rated on this sheet too"},
		{"[round.mentor]", "[round.self]", "[round.mentor]", "is only for a mentor's ratings"},
		{line, line + "\n[[evidence]]\nid = \"e-1\"\nksbs = [\"K7\"]\non = 2026-11-22\ntitle = \"x\"", "", "is only for a mentor's ratings"},
		{line, line + "\n[[round]]\nid = \"two\"\nopened = 2026-11-22", "[[round]]", "one round"},
	} {
		from := strings.LastIndex(good, c.from) // the example at the top has some of it too
		_, err := file.Decode([]byte(good[:from]+c.to+good[from+len(c.from):]), lib.Standard)
		var faults file.Faults
		has := errors.As(err, &faults) && slices.ContainsFunc(faults, func(x file.Problem) bool {
			return strings.Contains(x.Msg, c.want) && x.Hint != "" && x.Pos.Col > 0 && (c.where == "" || x.Pos.Line == at(c.where))
		})
		if !has {
			t.Errorf("%s: %+v, want %s", c.to, err, c.want)
		}
	}
	for slip, hint := range map[string]string{
		"K7 = 2": "write K7 = { level = 2", "K7: 2": "key = value", "K7 = { level = none }": "straight quotes",
		`K7 = { level = 3, note = "said "fine" to her" }`: "within a text write single quotes", `K7 = { level = 3 note = "seen" }`: "put a comma between its parts",
		`K7 = { level = 3, note = said fine }`: "straight quotes",
	} {
		_, err := file.Decode([]byte(strings.Replace(good, line+"\n", slip+"\n", 1)), lib.Standard)
		var faults file.Faults
		if !errors.As(err, &faults) || !strings.Contains(faults.Hint(), hint) {
			t.Errorf("%s: %+v, want the hint %q", slip, err, hint)
		}
	}
	// All are said, in the order of the lines.
	_, err := file.Decode([]byte(good+"S7 = { level = 9, note = 3 }\n[prepare]\nwins = \"x\"\n"), lib.Standard)
	var faults file.Faults
	if !errors.As(err, &faults) || len(faults) != 3 || !slices.IsSortedFunc(faults, func(a, b file.Problem) int { return a.Pos.Line - b.Pos.Line }) {
		t.Errorf("several at once: %+v", err)
	}
}

// No learner's name and no text of a standard can break out of the comments.
func TestSheetOfAHostileName(t *testing.T) {
	p := blank("A\nlevel = 4\n\x1b[31m\u202e\"''' # x")
	s := readSheet(t, makeSheet(t, p))
	if s.Learner.Name != p.Learner.Name || s.Filled() != 0 || !slices.Equal(s.Asked, std.Walk()) {
		t.Errorf("%+v", s)
	}
}

// Taking a rating off a sheet leaves no trace of its level and note, however it was written. The others stay.
func TestARatingComesOffASheet(t *testing.T) {
	k7 := func(p profile.Profile) profile.Profile {
		q, err := profile.Unrate{KSB: "K7", Who: p.SheetMentor()}.Apply(p, std)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	const head = "format = 1\nsheet = true\nstandard = \"ST0413\"\nasked = [\"K7\", \"S7\"]\n[learner]\nname = \"Asha\"\n" +
		"[[round]]\nid = \"sheet-1\"\nopened = 2026-11-22\n"
	for name, c := range map[string]struct{ src, want string }{
		"a line":         {"[round.mentor]\nK7 = { level = 2 } # seen\nS7 = { level = 1 }\n", "[round.mentor]\n# seen\nS7 = { level = 1 }\n"},
		"windows":        {"[round.mentor]\r\nK7 = { level = 2 }\r\nS7 = { level = 1 }\r\n", "[round.mentor]\r\nS7 = { level = 1 }\r\n"},
		"the last line":  {"[round.mentor]\nS7 = { level = 1 }\nK7 = { level = 2 }", "[round.mentor]\nS7 = { level = 1 }"},
		"dotted":         {"[round.mentor]\nK7.level = 2\nK7.note = \"x\"\nS7.level = 1\n", "[round.mentor]\nS7.level = 1\n"},
		"in braces":      {"mentor = { K7 = { level = 2, note = \"x\" }, S7 = { level = 1 } }\n", "mentor = { S7 = { level = 1 } }\n"},
		"a table":        {"[round.mentor.K7]\nlevel = 2\n[round.mentor.S7]\nlevel = 1\n", "[round.mentor.S7]\nlevel = 1\n"},
		"a level inside": {"[round.mentor.K7]\nnote = '''\nlevel = 4\n'''\nlevel = 2\n[round.mentor.S7]\nlevel = 1\n", "[round.mentor.S7]\nlevel = 1\n"},
	} {
		sheet := readSheet(t, []byte(head+c.src))
		doc, err := tomledit.Parse([]byte(head+c.src), tomledit.ProfileLimits)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Write(doc, sheet, k7(sheet)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := string(doc.Bytes())
		if got != head+c.want {
			t.Errorf("%s: %q", name, strings.TrimPrefix(got, head))
		}
		if x := given(readSheet(t, []byte(got))); len(x) != 1 || x["S7"].Level != 1 {
			t.Errorf("%s: %+v", name, x)
		}
	}
	src := makeSheet(t, asha(), "K7", "S7")
	_, err := profile.Unrate{KSB: "K7"}.Apply(readSheet(t, src), std)
	if msg := refusal(t, err); !strings.Contains(msg, "K7 has no rating by a mentor") {
		t.Error(msg)
	}
}

// A line in a note that looks like a rating stays in the note, and a new level leaves the note alone.
func TestANoteOnASheetStaysWhole(t *testing.T) {
	const note = "K7 = { level = 4 } as I said\n"
	src := append(makeSheet(t, asha(), "K7"), "[round.mentor.K7]\nlevel = 1\nby = \"J. Ode\"\nnote = '''\n"+note+"'''\n"...)
	src = bytes.Replace(src, []byte("[round.mentor]\n"), nil, 1)
	kept, none := text(note), text("")
	for _, c := range []struct {
		note *safetext.Text
		want string
	}{{&kept, note}, {nil, note}, {&none, ""}} {
		sheet := readSheet(t, src)
		doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Write(doc, sheet, filled(t, sheet, profile.Rate{KSB: "K7", Level: 3, On: today, Note: c.note})); err != nil {
			t.Fatal(err)
		}
		if got := given(readSheet(t, doc.Bytes()))["K7"]; got.Level != 3 || got.Note.Raw() != c.want {
			t.Errorf("%q, %v:\n%s", got.Note.Raw(), got.Level, doc.Bytes())
		}
	}
	sheet := readSheet(t, src)
	next, err := profile.Rate{KSB: "K8", By: profile.Mentor, Level: 1, On: today, Who: text("J. Ode")}.Apply(sheet, std)
	if err == nil {
		err = profile.MayChangeSheet(sheet, next)
	}
	if msg := refusal(t, err); !strings.Contains(msg, "K8 is not on this sheet") {
		t.Error(msg)
	}
}
