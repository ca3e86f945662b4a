package appraisal_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
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

func readSheet(t failer, src []byte) appraisal.Sheet {
	t.Helper()
	s, err := appraisal.ReadSheet(src, lib.Standard)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return s
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

// Two learners of one name, with whatever ratings: the sheet is the same, byte for byte.
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
		if s.Filled() != 0 || s.Learner.Raw() != name || s.LearnerID != id || s.Made != today || !strings.HasPrefix(s.ID, "sheet-") {
			t.Fatalf("%+v", s)
		}
		rows := make([]appraisal.SheetRow, len(s.Rows))
		for i, r := range s.Rows {
			rows[i] = appraisal.SheetRow{KSB: r.KSB, Rated: rapid.Bool().Draw(t, "rated")}
			if rows[i].Rated {
				rows[i].Level, rows[i].Note = anyLevel(t), text(rapid.String().Draw(t, "note"))
			}
			if rows[i].Note.Empty() {
				rows[i].Note = text("")
			}
		}
		by := text("y" + rapid.String().Draw(t, "by"))
		filled, err := appraisal.FillSheet(src, lib.Standard, by, days(3), rows)
		if err != nil {
			t.Fatalf("%v", err)
		}
		back := readSheet(t, filled)
		if !slices.Equal(back.Rows, rows) || back.By != by || back.On != days(3) || back.ID != s.ID {
			t.Fatalf("\n got %+v\nwant %+v\n%s", back, rows, filled)
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

// checkTaken proves that a sheet changed the mentor's ratings that it fills and nothing else, and lost no note.
func checkTaken(t *rapid.T, before, after profile.Profile, s appraisal.Sheet) {
	t.Helper()
	for _, row := range s.Rows {
		was, _ := before.Open()
		now, _ := after.Open()
		got, old := now.Ratings[profile.Mentor][row.KSB], was.Ratings[profile.Mentor][row.KSB]
		switch {
		case !row.Rated && got != old:
			t.Fatalf("%s changed: %+v", row.KSB, got)
		case row.Rated && (got.Level != row.Level || got.On != s.On || got.By != s.By):
			t.Fatalf("%s: %+v", row.KSB, got)
		case row.Rated && row.Note.Empty() && got.Note != old.Note, row.Rated && !row.Note.Empty() && got.Note != row.Note:
			t.Fatalf("%s: the note is %q", row.KSB, got.Note)
		}
		if now.Ratings[profile.Self][row.KSB] != was.Ratings[profile.Self][row.KSB] {
			t.Fatalf("%s: the learner's own rating changed", row.KSB)
		}
	}
}

func TestSheetFilledInByHand(t *testing.T) {
	p := asha()
	src := string(makeSheet(t, p, "K7", "S24"))
	hand := strings.Replace(src, "# level =\n# note = \"\"\n\n[rating.S24]", "level = 2\nnote = \"Ward round,\\nTuesday\"\n\n[rating.S24]", 1)
	hand = strings.Replace(hand, "# level =", `level = "none"`, 1)
	hand = strings.Replace(hand, `# by = "your name"`, `by = "J. Ode"`, 1)
	s := readSheet(t, []byte(strings.ReplaceAll(hand, "\n", "\r\n")))
	if s.Filled() != 2 || !s.On.IsZero() || s.By.Raw() != "J. Ode" {
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

// A line of a note that looks like a blank to fill in stays in the note.
func TestFillSheetKeepsNotesWhole(t *testing.T) {
	src := string(makeSheet(t, asha(), "K7"))
	src = strings.Replace(src, "# level =\n# note = \"\"", "level = 1\nnote = '''\n# level = as I said\n'''", 1)
	filled, err := appraisal.FillSheet([]byte(src), lib.Standard, text("J. Ode"), today, []appraisal.SheetRow{{KSB: "K7", Rated: true, Level: 3, Note: text("# level = as I said\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if row := readSheet(t, filled).Rows[0]; row.Level != 3 || row.Note.Raw() != "# level = as I said\n" {
		t.Errorf("%+v", row)
	}
	without, err := appraisal.FillSheet(filled, lib.Standard, text("J. Ode"), today, []appraisal.SheetRow{{KSB: "K7", Rated: true, Level: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if row := readSheet(t, without).Rows[0]; row.Level != 2 || !row.Note.Empty() {
		t.Errorf("the note was not taken out: %+v", row)
	}
	_, err = appraisal.FillSheet([]byte(src), lib.Standard, text("J. Ode"), calendar.Date{}, []appraisal.SheetRow{{KSB: "K8", Rated: true}})
	if msg := refusal(t, err); !strings.Contains(msg, "K8") {
		t.Error(msg)
	}
}

// A rating that is taken off leaves the sheet as it was before; in whatever form it was written, the others stay.
func TestClearSheet(t *testing.T) {
	src := makeSheet(t, asha(), "K7", "S7")
	filled, err := appraisal.FillSheet(src, lib.Standard, safetext.Text{}, calendar.Date{}, []appraisal.SheetRow{{KSB: "K7", Rated: true, Level: 3, Note: text("a\nb")}})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := appraisal.ClearSheet(filled, lib.Standard, "K7"); err != nil || !bytes.Equal(got, src) {
		t.Errorf("%v\n%s", err, got)
	}
	filled, err = appraisal.FillSheet(src, lib.Standard, safetext.Text{}, calendar.Date{}, []appraisal.SheetRow{{KSB: "S7", Rated: true, Level: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := appraisal.ClearSheet(filled, lib.Standard, "S7"); err != nil || !bytes.Equal(got, src) {
		t.Errorf("without a note: %v\n%s", err, got)
	}
	head := "sheet = 1\nstandard = \"ST0413\"\nlearner = \"Asha\"\n"
	for name, c := range map[string]struct{ src, want string }{
		"windows":        {"[rating.K7]\r\nlevel = 2\r\n[rating.S7]\r\nlevel = 1\r\n", "[rating.K7]\r\n# level =\r\n# note = \"\"\r\n[rating.S7]\r\nlevel = 1\r\n"},
		"the last line":  {"[rating.S7]\nlevel = 1\n[rating.K7]\nlevel = 2", "[rating.S7]\nlevel = 1\n[rating.K7]\n# level =\n# note = \"\""},
		"dotted":         {"rating.K7.level = 2\nrating.S7.level = 1\n", "rating.S7.level = 1\n"},
		"in braces":      {"[rating]\nK7 = { level = 2, note = \"x\" }\nS7 = { level = 1 }\n", "[rating]\nK7 = {}\nS7 = { level = 1 }\n"},
		"a level inside": {"[rating.K7]\nnote = '''\nlevel = 4\n'''\nlevel = 2\n[rating.S7]\nlevel = 1\n", "[rating.K7]\n# level =\n# note = \"\"\n[rating.S7]\nlevel = 1\n"},
	} {
		got, err := appraisal.ClearSheet([]byte(head+c.src), lib.Standard, "K7")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, row := range readSheet(t, got).Rows {
			if row.Rated != (row.KSB == "S7") || !row.Note.Empty() {
				t.Errorf("%s: %+v", name, row)
			}
		}
		if string(got) != head+c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	_, err = appraisal.ClearSheet(src, lib.Standard, "K7")
	if msg := refusal(t, err); !strings.Contains(msg, "K7 has no rating on this sheet") {
		t.Error(msg)
	}
}

func TestReadSheetSaysWhereItIsWrong(t *testing.T) {
	good := strings.Replace(string(makeSheet(t, asha(), "K7", "S7")), "# level =", "level = 2", 1)
	before, _, _ := strings.Cut(good, "\nlevel = 2")
	line := 2 + strings.Count(before, "\n")
	for _, c := range []struct {
		from, to string
		line     int
		want     string
	}{
		{"sheet = 1", "sheet = 2", 10, "format 2"},
		{"sheet = 1", "format = 1", 0, "not a rating sheet"},
		{`standard = "ST0413"`, `standard = "ST9999"`, 12, "not known here"},
		{`learner = "Asha Patel"`, `learner = ""`, 13, "name is missing"},
		{`learner = "Asha Patel"`, `Learner = "Asha Patel"`, 13, "lower case"},
		{"made = 2026-11-22", `made = "today"`, 15, "day is wanted"},
		{"[rating.S7]", "[rating.S77]", 0, "no KSB"},
		{"[rating.S7]", "[rating.K7]", 0, ""},
		{"level = 2", "level =", line, "this is not a level"},
		{"level = 2", "level = none", line, "this is not a level"},
		{"level = 2", "level = 5", line, "this is not a level"},
		{"level = 2", "level = 2.5", line, "this is not a level"},
		{"level = 2", `level = "2"`, line, "this is not a level"},
		{"level = 2", "Level = 2", line, "lower case"},
		{"level = 2", "note = \"seen\"", line, "a note and no level"},
		{"level = 2", "level = 2\nnote = 3", line + 1, "text is wanted"},
		{"level = 2", "level = 2\nlevel = 3", line + 1, "level"},
		{"level = 2", "level = 2 supported", line, "this is not a level"},
		{"# on = 2026-11-22", "on = 22/11/2026", 17, "this is not a day"},
		{"# on = 2026-11-22", "on = 2026-02-31", 17, "there is no 31 February in 2026"},
		{"made = 2026-11-22", "made = 2026-11-31", 15, "there is no 31 November in 2026"},
		{"[rating.S7]", "[rating.s7]", 0, "capitals"},
		{"level = 2", "# level = 2", line, "still begins with #"},
		{"level = 2", "#level = two", line, "still begins with #"},
		{`# note = ""`, `# note = "seen twice"`, line + 1, "still begins with #"},
		{`# by = "your name"`, `# by = "J. Ode"`, 16, "still begins with #"},
		{"# on = 2026-11-22", "# on = 2026-11-25", 17, "still begins with #"},
		{`learner_id = "l-ashapate"`, `learner_id = "Asha"`, 14, "is not an id"},
		{`learner_id = "l-ashapate"`, `learner_id = ""`, 14, "is not an id"},
		{`# by = "your name"`, `by = "Your Name"`, 16, "still stands where the mentor's name goes"},
		{`# by = "your name"`, `by = "22/11/2026"`, 16, `"22/11/2026" is not the name of anybody`},
		{"# on = 2026-11-22", "on = 2026-11-21", 17, "is before it was made, 2026-11-22"},
		{"level = 2", `level = "3\u001b[2J"`, line, `this is not a level: "3` + "\uFFFD" + `[2J"`},
		{"level = 2", "level = 5", line, "this is not a level: 5"},
	} {
		_, err := appraisal.ReadSheet([]byte(strings.Replace(good, c.from, c.to, 1)), lib.Standard)
		var e *tomledit.Error
		if !errors.As(err, &e) || !strings.Contains(e.Msg, c.want) || e.Hint == "" || e.Pos.Line == 0 || e.Pos.Col == 0 || c.line > 0 && e.Pos.Line != c.line {
			t.Errorf("%s: %+v, want line %d: %s", c.to, err, c.line, c.want)
		}
	}
	for slip, hint := range map[string]string{
		"3": `write level = 2`, "level: 3": `write level = 2`, "level none": `write level = 2`, "level = 3\nnote = \"said \"fine\" to her\"": "within a text write single quotes",
		"level = 3\nnote = said fine": "straight quotes",
	} {
		_, err := appraisal.ReadSheet([]byte(strings.Replace(good, "level = 2", slip, 1)), lib.Standard)
		var e *tomledit.Error
		if !errors.As(err, &e) || !strings.Contains(e.Hint, hint) {
			t.Errorf("%s: %+v, want the hint %q", slip, err, hint)
		}
	}
	// All are said, in the order of the lines.
	wrong := strings.NewReplacer("level = 2", "level = 5\nnote = 3", `# by = "your name"`, `# by = "J. Ode"`, "# on = 2026-11-22", "on = 2026-11-21").Replace(good)
	_, several := appraisal.ReadSheet([]byte(wrong), lib.Standard)
	var faults appraisal.SheetFaults
	if !errors.As(several, &faults) || len(faults) != 4 || !slices.IsSortedFunc(faults, func(a, b *tomledit.Error) int { return a.Pos.Line - b.Pos.Line }) {
		t.Errorf("several at once: %+v", several)
	}
	many := string(makeSheet(t, asha()))
	if _, err := appraisal.ReadSheet([]byte(strings.ReplaceAll(many, "# level =", "level = 9")), lib.Standard); !errors.As(err, &faults) || len(faults) != 10 {
		t.Errorf("far too many: %d", len(faults))
	}
	// What stands twice is said to stand twice.
	_, err := appraisal.ReadSheet([]byte(strings.Replace(good, "level = 2", "level = 2\nlevel = 3", 1)), lib.Standard)
	if err == nil || strings.Contains(err.Error(), "not a level") {
		t.Errorf("a level that stands twice: %v", err)
	}
	for _, src := range []string{"", "x", "format = 1\nstandard = \"ST0413\"\n", "sheet = 1\n", strings.Repeat("[", 5000), strings.Repeat("a.", 5000) + "b = 1"} {
		if _, err := appraisal.ReadSheet([]byte(src), lib.Standard); err == nil {
			t.Errorf("%.20q was read", src)
		}
	}
}

// What stands in a learner's name or in a standard's text cannot break out of the comments.
func TestSheetOfAHostileName(t *testing.T) {
	p := blank("A\nlevel = 4\n\x1b[31m\u202e\"''' # x")
	s := readSheet(t, makeSheet(t, p))
	if s.Learner != p.Learner.Name || s.Filled() != 0 || len(s.Rows) != len(std.Walk()) {
		t.Errorf("%+v", s)
	}
	if i := slices.IndexFunc(s.Rows, func(r appraisal.SheetRow) bool { return std.Place(r.KSB) < 0 }); i >= 0 {
		t.Error(s.Rows[i])
	}
	if !slices.IsSortedFunc(s.Rows, func(a, b appraisal.SheetRow) int { return std.Place(a.KSB) - std.Place(b.KSB) }) {
		t.Error("not in walk order")
	}
}
