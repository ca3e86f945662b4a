package handout_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// tableOf gives the rows of a table, by the names of its columns.
func tableOf(t *testing.T, tables []handout.Table, name string) []map[string]handout.Value {
	t.Helper()
	at := slices.IndexFunc(tables, func(x handout.Table) bool { return x.Name == name })
	if at < 0 {
		t.Fatalf("no table %q", name)
	}
	var rows []map[string]handout.Value
	for _, r := range tables[at].Rows {
		row := map[string]handout.Value{}
		for i, c := range tables[at].Columns {
			row[c.Name] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func tablesOf(t *testing.T, p profile.Profile, o handout.Options) []handout.Table {
	t.Helper()
	tables, err := handout.Tables(source(p), o)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// Every value has the type of its column, every row is complete, and every key leads to a row.
func TestTablesHoldTogether(t *testing.T) {
	for name, o := range map[string]handout.Options{"all": {Include: handout.Parts}, "redacted": {Redacted: true}} {
		tables := tablesOf(t, lib.Demo(today), o)
		keys := map[string]map[handout.Value]bool{"goal": {}, "ksb": {}, "round": {}, "evidence": {}, "learner": {}}
		for _, x := range tables {
			for _, r := range x.Rows {
				if len(r) != len(x.Columns) {
					t.Fatalf("%s, %s: %d values in %d columns", name, x.Name, len(r), len(x.Columns))
				}
				for i, v := range r {
					if got := fmt.Sprintf("%T", v); v != nil && got != map[handout.Type]string{
						handout.Text: "string", handout.Number: "int", handout.Day: "calendar.Date", handout.Yes: "bool",
					}[x.Columns[i].Type] {
						t.Errorf("%s, %s.%s: a %s", name, x.Name, x.Columns[i].Name, got)
					}
					if x.Columns[i].Name == x.Name && keys[x.Name] != nil {
						keys[x.Name][v] = true
					}
				}
			}
		}
		for _, x := range tables {
			for i, c := range x.Columns {
				for _, r := range x.Rows {
					if keys[c.Name] != nil && !keys[c.Name][r[i]] {
						t.Errorf("%s, %s: %s %v is nowhere", name, x.Name, c.Name, r[i])
					}
				}
			}
		}
	}
}

// The tables have the same figures as the gap report.
func TestTablesHaveTheFiguresOfTheGaps(t *testing.T) {
	p := lib.Demo(today)
	r := gap.Compute(lib.Standard("ST0413"), lib.Scale(), p, today)
	for i, row := range tableOf(t, tablesOf(t, p, handout.Options{}), "ksb") {
		x := r.Rows[i]
		if row["ksb"] != x.KSB.ID || row["target"] != int(x.Target) || row["pieces"] != x.Evidence ||
			row["fresh_pieces"] != x.Fresh {
			t.Errorf("%v beside %+v", row, x)
		}
		if scored := x.Rated && !x.NoOpportunity(); scored != (row["gap"] != nil) ||
			scored && (row["gap"] != x.Gap() || row["level"] != int(x.Level)) {
			t.Errorf("%v beside %+v", row, x)
		}
		if behind, ok := x.Behind(); ok != (row["behind"] != nil) || ok && row["behind"] != behind {
			t.Errorf("%v beside %+v", row, x)
		}
	}
}

// The newest level is the one with the newest day, as everywhere, even if it is from an earlier round.
func TestTheNewestLevelInTablesIsTheNewest(t *testing.T) {
	rated := func(n level.Level, on calendar.Date) map[profile.Rater]map[string]profile.Rating {
		return map[profile.Rater]map[string]profile.Rating{profile.Self: {"K1": {Level: n, On: on}}}
	}
	p := profile.Profile{Standard: library.Default, Rounds: []profile.Round{
		{ID: "baseline", Opened: today, Ratings: rated(3, today)},
		{ID: "review-1", Opened: today, Ratings: rated(1, today.AddDays(-9))},
	}}
	want, _ := p.Newest("K1", profile.Self)
	row := tableOf(t, tablesOf(t, p, handout.Options{}), "ksb")[0]
	if row["self"] != int(want.Level) || row["self"] != row["level"] || row["state"] != "at target" {
		t.Errorf("self %v, level %v, %v; want %s", row["self"], row["level"], row["state"], want.Level)
	}
}

// Notes are in tables only if included by name; private notes, the text of reviews and reflections are in none.
func TestTablesKeepBackWhatIsPrivate(t *testing.T) {
	p, marks := marked()
	for _, include := range append([]string{""}, handout.Parts...) {
		out := fmt.Sprint(tablesOf(t, p, handout.Options{Include: []string{include}}))
		for part, words := range marks {
			for _, word := range words {
				if has := strings.Contains(out, word); has && (include != notes || part != notes && part != covered) {
					t.Errorf("with %q: %s is in it", include, word)
				} else if !has && include == notes && part == notes {
					t.Errorf("with %q: %s is not in it", include, word)
				}
			}
		}
	}
}

func TestRedactedTablesHoldNoWordThatAnybodyTyped(t *testing.T) {
	p := lib.Demo(today)
	filled(reflect.ValueOf(&p).Elem())
	if plain := fmt.Sprint(tablesOf(t, p, handout.Options{})); strings.Count(plain, "freetext") < 20 {
		t.Fatalf("the record was not filled:\n%s", plain)
	}
	if out := fmt.Sprint(tablesOf(t, p, handout.Options{Redacted: true, Include: handout.Parts})); strings.Contains(
		out,
		"freetext",
	) {
		t.Errorf("a word is in it:\n%s", out)
	}
}

// Ratings that the learner may not see yet are in no table, and a manager, who sees no single level, gets no tables.
func TestTablesKeepBackWhatIsNotForTheReader(t *testing.T) {
	blind := profile.Profile{
		Standard: "ST0413",
		Rounds: []profile.Round{{ID: "baseline", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{
			profile.Mentor: {"K1": {Level: 1, On: today}},
		}}},
	}
	if rows := tableOf(t, tablesOf(t, blind, handout.Options{}), "rating"); len(rows) != 0 {
		t.Errorf("a covered rating is in %v", rows)
	}
	if row := tableOf(t, tablesOf(t, blind, handout.Options{}), "ksb")[0]; row["mentor"] != nil {
		t.Errorf("a covered rating is in %v", row)
	}
	if _, err := handout.Tables(source(lib.Demo(today)), handout.Options{For: manager}); err == nil {
		t.Error("a manager gets single levels")
	}
}
