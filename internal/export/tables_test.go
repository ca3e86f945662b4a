package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

//go:generate go test . -run TestSchemaInTheDocsIsUpToDate -update

var (
	update = flag.Bool("update", false, "write docs/report.schema.json anew")
	today  = calendar.Of(2026, 11, 22)
	lib    = library.New()
)

func source(p profile.Profile) handout.Source {
	return handout.Source{
		Profile: p, Standard: lib.Standard(library.Default), Scale: lib.Scale(), Today: today,
		Coach:     func(ksb string) (coaching.Entry, bool) { return lib.Entry(library.Default, ksb) },
		Title:     func(ksb string) string { return lib.Title(library.Default, ksb) },
		DutyTitle: func(duty int) string { return lib.DutyTitle(library.Default, duty) },
	}
}

// report writes the report of a record in a format.
func report(t *testing.T, word string, p profile.Profile, o handout.Options) []export.File {
	t.Helper()
	f, ok := export.ForReport(word, "")
	if !ok {
		t.Fatalf("no format %q", word)
	}
	files, err := f.Report(export.Material{
		Doc:    func() doc.Doc { return handout.Doc(source(p), o) },
		Tables: func() ([]handout.Table, error) { return handout.Tables(source(p), o) },
	})
	if err != nil {
		t.Fatalf("%s: %v", word, err)
	}
	return files
}

func demoTables(t *testing.T) []handout.Table {
	t.Helper()
	tables, err := handout.Tables(source(lib.Demo(today)), handout.Options{Include: handout.Parts})
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestSchemaInTheDocsIsUpToDate(t *testing.T) {
	t.Parallel()
	path, want := filepath.Join("..", "..", "docs", "report.schema.json"), export.Schema(demoTables(t))
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("it differs from what the program writes, %v: run go generate ./internal/export", err)
	}
}

// A JSON report is valid by its schema, for every kind of record.
func TestJSONIsValidByItsSchema(t *testing.T) {
	t.Parallel()
	var schema any
	if err := json.Unmarshal(export.Schema(demoTables(t)), &schema); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(export.SchemaName(), schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(export.SchemaName())
	if err != nil {
		t.Fatal(err)
	}
	empty := profile.Profile{Standard: library.Default}
	for name, data := range map[string][]byte{
		"the sample learner": report(t, "json", lib.Demo(today), handout.Options{Include: handout.Parts})[0].Data,
		"redacted":           report(t, "json", lib.Demo(today), handout.Options{Redacted: true})[0].Data,
		"a newcomer":         report(t, "json", empty, handout.Options{})[0].Data,
	} {
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// hostile makes a record in which every text is a certain one, which programs might run.
func hostile(text string) profile.Profile {
	p, x := lib.Demo(today), safetext.New(text)
	p.Learner.Name, p.Learner.Role = x, x
	for i := range p.Evidence {
		p.Evidence[i].Title, p.Evidence[i].Where, p.Evidence[i].Witness = x, x, x
	}
	for i := range p.Goals {
		p.Goals[i].Text, p.Goals[i].Why, p.Goals[i].Note = x, x, x
		for j := range p.Goals[i].Actions {
			p.Goals[i].Actions[j].Text, p.Goals[i].Actions[j].Who, p.Goals[i].Actions[j].Note = x, x, x
		}
	}
	for _, r := range p.Rounds {
		for _, list := range r.Ratings {
			for id, rating := range list {
				rating.Note, rating.By = x, x
				list[id] = rating
			}
		}
	}
	return p
}

var hostileTexts = []string{
	`=HYPERLINK("http://x.test","y")`, "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "\t=1", "</script><b>", "a\"b,c;d", "two\nlines", "\x1b[2J", "\u202egnp",
}

// No text becomes a formula in a spreadsheet, and each is read back whole.
func TestHostileTextsInTables(t *testing.T) {
	t.Parallel()
	notes := handout.Options{Include: []string{"notes"}}
	for _, text := range hostileTexts {
		p := hostile(text)
		shown := safetext.Line(text)
		for _, f := range report(t, "csv", p, notes) {
			data := bytes.TrimPrefix(f.Data, []byte("\uFEFF"))
			rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			for _, row := range rows {
				for i, v := range row {
					if v != "" && strings.ContainsAny(v[:1], "=+@\t\r") ||
						strings.HasPrefix(v, "-") && rows[0][i] != "gap" && rows[0][i] != "behind" {
						t.Errorf("%q: %s.%s is %q", text, f.Name, rows[0][i], v)
					}
				}
			}
			if f.Name != "goal.csv" {
				continue
			}
			if got := rows[1][2]; got != shown && got != "'"+shown {
				t.Errorf("%q came out as %q", text, got)
			}
		}
		var all map[string]any
		if err := json.Unmarshal(report(t, "json", p, notes)[0].Data, &all); err != nil {
			t.Errorf("%q: %v", text, err)
		} else if got := all["goal"].([]any)[0].(map[string]any)["text"]; got != shown {
			t.Errorf("%q came out as %q", text, got)
		}
		for line := range bytes.Lines(report(t, "ndjson", p, notes)[0].Data) {
			if !json.Valid(line) {
				t.Errorf("%q: %s", text, line)
			}
		}
		book := opened(t, report(t, "xlsx", p, notes)[0].Data)
		if got, err := book.GetCellValue("Plan", "B3"); err != nil || got != shown {
			t.Errorf("%q came out as %q, %v", text, got, err)
		}
		if f, err := book.GetCellFormula("Plan", "B3"); err != nil || f != "" {
			t.Errorf("%q is the formula %q, %v", text, f, err)
		}
	}
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// The workbook, its formulas, CSV and JSON have the same figures.
func TestFiguresAreTheSameInEveryTable(t *testing.T) {
	t.Parallel()
	p := lib.Demo(today)
	var all struct {
		KSB []struct {
			KSB         string
			Self, Level *int
			Target, Gap *int
			Pieces      int
		}
	}
	if err := json.Unmarshal(report(t, "json", p, handout.Options{})[0].Data, &all); err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, f := range report(t, "csv", p, handout.Options{}) {
		if f.Name == "ksb.csv" {
			var err error
			if rows, err = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(f.Data, []byte("\uFEFF")))).ReadAll(); err != nil {
				t.Fatal(err)
			}
		}
	}
	book := opened(t, report(t, "xlsx", p, handout.Options{})[0].Data)
	columns := map[string]int{}
	for i, name := range rows[0] {
		columns[name] = i
	}
	shown := func(n *int) string {
		if n == nil {
			return ""
		}
		return fmt.Sprint(*n)
	}
	if len(all.KSB) != 72 || len(rows) != 73 {
		t.Fatalf("%d and %d KSBs", len(all.KSB), len(rows)-1)
	}
	for i, k := range all.KSB {
		gap := shown(k.Gap)
		for column, want := range map[string]string{"ksb": k.KSB, "self": shown(k.Self), "level": shown(k.Level), "target": shown(k.Target), "gap": gap, "pieces": fmt.Sprint(k.Pieces)} {
			if got := rows[i+1][columns[column]]; got != want {
				t.Errorf("%s: %s is %q in CSV and %q in JSON", k.KSB, column, got, want)
			}
		}
		for column, want := range map[string]string{"B": k.KSB, "D": shown(k.Self), "G": shown(k.Level), "H": shown(k.Target), "J": gap} {
			at := fmt.Sprintf("%s%d", column, i+4)
			if got, err := book.GetCellValue("Skills scan", at); err != nil || got != want {
				t.Errorf("%s: %s shows %q, want %q, %v", k.KSB, at, got, want, err)
			}
		}
		if got, err := book.CalcCellValue("Skills scan", fmt.Sprintf("J%d", i+4)); err != nil || got != gap {
			t.Errorf("%s: its formula comes to %q, want %q, %v", k.KSB, got, gap, err)
		}
	}
	for row := 3; row <= 5; row++ {
		for _, column := range "BCDEFG" {
			at := fmt.Sprintf("%c%d", column, row)
			shows, err := book.GetCellValue("Summary", at)
			sum, err2 := book.CalcCellValue("Summary", at)
			if err != nil || err2 != nil || shows != sum || shows == "" {
				t.Errorf("Summary %s shows %q and comes to %q, %v %v", at, shows, sum, err, err2)
			}
		}
	}
}
