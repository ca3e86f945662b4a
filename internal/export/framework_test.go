package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
)

func framework() export.Framework {
	return export.Framework{
		Standard: lib.Standard(library.Default), Scale: lib.Scale(),
		Title:     func(ksb string) string { return lib.Title(library.Default, ksb) },
		DutyTitle: func(duty int) string { return lib.DutyTitle(library.Default, duty) },
	}
}

func loaded(t *testing.T, word string, f export.Framework) []byte {
	t.Helper()
	i := slices.IndexFunc(export.Systems, func(s export.System) bool { return s.Word == word })
	data, err := export.Systems[i].Write(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// moodleRow has the columns of a row that Moodle's import reads, by position.
type moodleRow struct{ parent, id, name, text, related string }

// moodleTree reads a file as Moodle's import does, and fails the test for what Moodle would refuse or cut.
func moodleTree(t *testing.T, data []byte) (top moodleRow, below []moodleRow) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll() // which refuses rows of different lengths, as Moodle does
	if err != nil {
		t.Fatal(err)
	}
	if len(rows[0]) != 14 || rows[0][0] != "Parent ID number" || rows[0][10] != "Cross-referenced competency ID numbers" || rows[0][13] != "Taxonomy" {
		t.Fatalf("the headings are %q", rows[0])
	}
	ids := map[string]bool{"": true}
	for i, r := range rows[1:] {
		row := moodleRow{r[0], r[1], r[2], r[3], r[10]}
		if utf8.RuneCountInString(row.id) > 100 || utf8.RuneCountInString(row.name) > 100 || row.id == "" || row.name == "" || r[4] != "1" {
			t.Errorf("Moodle would cut or leave out %+v", row)
		}
		if strings.ContainsAny(row.id, ",<>") || ids[row.id] {
			t.Errorf("%q is no ID number, or occurs twice", row.id)
		}
		if i == 0 {
			if r[12] != "1" {
				t.Errorf("the first row is no framework: %q", r)
			}
			top = row
			moodleScale(t, r[5], r[6])
			for word := range strings.SplitSeq(r[13], ",") {
				if !slices.Contains([]string{"behaviour", "competency", "concept", "domain", "indicator", "level", "outcome", "practice", "proficiency", "skill", "value"}, word) {
					t.Errorf("Moodle knows no %q", word)
				}
			}
			continue
		}
		if r[12] != "" || !ids[row.parent] || row.parent == top.id {
			t.Errorf("%+v is a framework, or its parent does not come before it", row)
		}
		ids[row.id] = true
		below = append(below, row)
	}
	for _, row := range below {
		for id := range strings.SplitSeq(row.related, ",") {
			if !ids[id] {
				t.Errorf("%s refers to %q, which is not there", row.id, id)
			}
		}
	}
	return top, below
}

func moodleScale(t *testing.T, values, configuration string) {
	t.Helper()
	names := strings.Split(values, ",")
	var config []map[string]any
	if err := json.Unmarshal([]byte(configuration), &config); err != nil || config[0]["scaleid"] == nil {
		t.Fatalf("%s: %v", configuration, err)
	}
	defaults, proficient := 0, []string{}
	for _, x := range config[1:] {
		if x["scaledefault"] == 1.0 {
			defaults++
		}
		if x["proficient"] == 1.0 {
			proficient = append(proficient, names[int(x["id"].(float64))-1])
		}
	}
	if len(names) != 5 || defaults != 1 || strings.Join(proficient, ",") != "3 Independent,4 Leads others" {
		t.Errorf("%q with %s: %d defaults, %q proficient", values, configuration, defaults, proficient)
	}
}

// The file for Moodle has every duty and every KSB, in place and in their published words, and links each KSB to all
// its duties.
func TestMoodleLoadsTheWholeStandard(t *testing.T) {
	t.Parallel()
	std := lib.Standard(library.Default)
	top, below := moodleTree(t, loaded(t, "moodle", framework()))
	if top.id != "ST0413" || !strings.Contains(top.text, "Open Government Licence") || len(below) != 82 {
		t.Fatalf("%+v, %d rows", top, len(below))
	}
	at := map[string]moodleRow{}
	for _, row := range below {
		at[row.id] = row
	}
	links := 0
	for _, d := range std.Duties {
		row := at[fmt.Sprintf("ST0413-D%d", d.Number)]
		if row.parent != "" || row.text != "<p>"+escaped(d.Text)+"</p>" || !strings.HasPrefix(row.name, fmt.Sprintf("Duty %d: ", d.Number)) {
			t.Errorf("%+v", row)
		}
	}
	for _, x := range std.KSBs {
		row := at["ST0413-"+x.ID]
		if row.text != "<p>"+escaped(x.Text)+"</p>" || row.name != x.ID+" "+lib.Title(library.Default, x.ID) {
			t.Errorf("%+v", row)
		}
		duties := []string{row.parent}
		if row.related != "" {
			duties = append(duties, strings.Split(row.related, ",")...)
		}
		links += len(duties)
		for i, d := range x.Duties {
			if i >= len(duties) || duties[i] != "ST0413-D"+strconv.Itoa(d) {
				t.Errorf("%s is in duties %v, but the file says %v", x.ID, x.Duties, duties)
			}
		}
	}
	if links != std.Links() {
		t.Errorf("%d links of %d", links, std.Links())
	}
}

func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(text)
}

// dlsRows reads the table in a workbook for DLS, and fails the test for what its bulk upload would refuse.
func dlsRows(t *testing.T, data []byte) [][]string {
	t.Helper()
	book := opened(t, data)
	sheet := book.GetSheetName(0)
	tables, err := book.GetTables(sheet)
	if err != nil || len(tables) != 1 || sheet != "FrameworkBulkUpload" {
		t.Fatalf("tables %v on %q, %v", tables, sheet, err)
	}
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("A1:G%d", len(rows)); tables[0].Range != want {
		t.Errorf("the table is %s and not %s", tables[0].Range, want)
	}
	if got := strings.Join(rows[0], " "); got != "ID CompetencyGroup GroupDescription Competency CompetencyDescription AlwaysShowDescription FlagsCSV" {
		t.Errorf("the headings are %s", got)
	}
	for _, r := range rows[1:] {
		if len(r) != 7 || r[0] != "" || r[3] == "" || len([]rune(r[1])) > 255 || len([]rune(r[3])) > 500 || r[5] != "TRUE" || strings.Contains(r[6], ",") {
			t.Errorf("the upload would refuse %q", r)
		}
	}
	return rows[1:]
}

func TestDLSLoadsTheWholeStandard(t *testing.T) {
	t.Parallel()
	std := lib.Standard(library.Default)
	rows := dlsRows(t, loaded(t, "dls", framework()))
	if len(rows) != len(std.KSBs) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, id := range std.Walk() {
		x, _ := std.KSB(id)
		d, _ := std.Duty(x.Duties[0])
		r := rows[i]
		if r[1] != fmt.Sprintf("Duty %d: %s", d.Number, lib.DutyTitle(library.Default, d.Number)) || r[2] != d.Text ||
			r[3] != id+" "+lib.Title(library.Default, id) || !strings.HasPrefix(r[4], x.Text) || strings.ToLower(r[6]) != x.Kind.String() {
			t.Errorf("%s: %q", id, r)
		}
		for _, other := range x.Duties[1:] {
			if !strings.Contains(strings.TrimPrefix(r[4], x.Text), strconv.Itoa(other)) {
				t.Errorf("%s: %q does not say Duty %d", id, r[4], other)
			}
		}
	}
}

// Long, missing or hostile titles do not break a file, and do not become mark-up or a formula.
func TestHostileTitlesInFrameworks(t *testing.T) {
	t.Parallel()
	for _, text := range append(hostileTexts, "", strings.Repeat("ﷺé", 400), `x","",1`+"\n,y") {
		f := framework()
		f.Title = func(string) string { return text }
		f.DutyTitle = func(int) string { return text }
		std := *f.Standard
		std.Duties, std.KSBs = slices.Clone(std.Duties), slices.Clone(std.KSBs)
		for i := range std.KSBs {
			std.KSBs[i].Text = text + " & <b>"
		}
		for i := range std.Duties {
			std.Duties[i].Text = text
		}
		f.Standard = &std
		if _, below := moodleTree(t, loaded(t, "moodle", f)); len(below) != 82 || strings.Contains(below[20].text, "<b>") {
			t.Errorf("%q: %d rows, %q", text, len(below), below[20])
		}
		data := loaded(t, "dls", f)
		if rows := dlsRows(t, data); len(rows) != 72 {
			t.Errorf("%q: %d rows", text, len(rows))
		}
		book, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if formula, err := book.GetCellFormula("FrameworkBulkUpload", "C2"); formula != "" || err != nil {
			t.Errorf("%q is the formula %q, %v", text, formula, err)
		}
		_ = book.Close()
	}
}
