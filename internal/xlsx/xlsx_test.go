package xlsx

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// hostile texts must come back as they are, and never run as a formula.
var hostile = []string{
	`=HYPERLINK("http://x.test","y")`, "+1+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "\tx", "<b>&amp;\"'", "]]>", "_x000D_", "_x005F_x000D_",
	" blank before and after ", "two\nlines", "Zoë Ōta 中村 🧪", "{=1}", "1e3", "007", "TRUE", "'quoted",
}

func sample() Book {
	rows := []Row{
		{Cells: []Cell{Words("A scan").As(Title)}},
		{Cells: []Cell{Words("Code").As(Head), Words("Level").As(Head), Words("Gap").As(Head), Words("Day").As(Head)}},
	}
	for i, x := range hostile {
		gap := float64(3 - i%4)
		rows = append(
			rows,
			Row{
				Cells: []Cell{
					Words(x),
					Number(float64(i % 4)).As(Choose),
					{Formula: fmt.Sprintf("3-B%d", i+3), Number: &gap, Style: Figure},
					Day(calendar.Of(2026, time.November, i+1)),
				},
			},
		)
	}
	last := len(rows)
	return Book{Title: "A scan", Made: calendar.Of(2026, time.November, 28), Sheets: []Sheet{
		{
			Name: "Skills scan", Widths: []float64{30, 8, 8, 12}, Rows: rows, Head: 2, Filter: fmt.Sprintf("A2:D%d", last), Locked: true,
			Choices: []Choice{
				{
					Cells:  fmt.Sprintf("B3:B%d", last),
					From:   "Levels!$A$1:$A$5",
					Title:  "Level",
					Ask:    "0 to 4",
					Refuse: "0 to 4",
				},
			},
			Rules: []Rule{{Cells: fmt.Sprintf("C3:C%d", last), Formula: "$C3>1", Fill: "FBE3D6", Ink: "7A2E0E"}},
		},
		{
			Name: "Levels",
			Rows: []Row{
				{Cells: []Cell{Number(0)}},
				{Cells: []Cell{Number(1)}},
				{Cells: []Cell{Number(2)}},
				{Cells: []Cell{Number(3)}},
				{Cells: []Cell{Number(4)}},
			},
			Hidden: true,
		},
	}}
}

func written(t *testing.T, b Book) []byte {
	t.Helper()
	data, err := b.Write()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestWrittenBooksAreRead(t *testing.T) {
	tables, err := Read(written(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 2 || tables[0].Name != "Skills scan" || tables[0].Hidden || !tables[1].Hidden {
		t.Fatalf("%+v", tables)
	}
	for i, want := range hostile {
		row := tables[0].Rows[i+2]
		if row[0] != (Value{Text: want, Is: IsText}) {
			t.Errorf("row %d: %q came back as %q", i+3, want, row[0].Text)
		}
		if row[1].Is != IsNumber || row[1].Number != float64(i%4) || row[2].Number != float64(3-i%4) {
			t.Errorf("row %d: %+v", i+3, row)
		}
		if want := calendar.Of(2026, time.November, i+1); row[3].Is != IsDay || row[3].Day != want {
			t.Errorf("row %d: %v, want %v", i+3, row[3], want)
		}
	}
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, sample()), written(t, sample())) {
		t.Error("two files of one book differ")
	}
}

// Another library reads the same, finds no formula in what people typed, and gets the same results.
func TestAnotherLibraryAgrees(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const s = "Skills scan"
	for i, want := range hostile {
		at := fmt.Sprintf("A%d", i+3)
		got, err := f.GetCellValue(s, at)
		formula, err2 := f.GetCellFormula(s, at)
		if err != nil || err2 != nil || formula != "" {
			t.Errorf("%s: %v %v, formula %q", at, err, err2, formula)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
		if sum, err := f.CalcCellValue(s, fmt.Sprintf("C%d", i+3)); err != nil || sum != fmt.Sprint(3-i%4) {
			t.Errorf("C%d comes to %q, %v; want %d", i+3, sum, err, 3-i%4)
		}
	}
	panes, err := f.GetPanes(s)
	if err != nil || !panes.Freeze || panes.YSplit != 2 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	choices, err := f.GetDataValidations(s)
	if err != nil || len(choices) != 1 || choices[0].Formula1 != "Levels!$A$1:$A$5" {
		t.Errorf("choices %+v, %v", choices, err)
	}
	rules, err := f.GetConditionalFormats(s)
	if err != nil || len(rules) != 1 {
		t.Errorf("rules %+v, %v", rules, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if names["_xlnm.Print_Titles"] != "'Skills scan'!$1:$2" {
		t.Errorf("names %v", names)
	}
	style, err := f.GetCellStyle(s, "B3")
	if err != nil {
		t.Fatal(err)
	}
	if x, err := f.GetStyle(style); err != nil || x.Protection == nil || x.Protection.Locked {
		t.Errorf("a cell to fill in is locked: %+v, %v", x, err)
	}
}

// LibreOffice opens it, calculates the formulas again, and shows the same.
func TestLibreOfficeAgrees(t *testing.T) {
	office := testneed.Program(t, "LibreOffice", "soffice", "libreoffice")
	dir := t.TempDir()
	name := filepath.Join(dir, "scan.xlsx")
	if err := os.WriteFile(name, written(t, sample()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(
		office,
		"-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/office",
		"--headless",
		"--convert-to",
		"csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false",
		"--outdir",
		dir,
		name,
	)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "scan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range hostile {
		if strings.ContainsAny(x, "\n\t\"") {
			continue // quoted in the CSV
		}
		if want := fmt.Sprintf("%s\t%d\t%d\t", x, i%4, 3-i%4); !strings.Contains(string(got), want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// A workbook from another library is read: shared texts, date formats, merged cells, several sheets.
func TestWorkbooksOfOthersAreRead(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetRow("Sheet1", "A1", &[]any{"Group", "Competency", "Result", "Reviewed", "Done"}))
	must(
		f.SetSheetRow(
			"Sheet1",
			"A2",
			&[]any{"Duty 1", "K1 Laws", 2, time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC), true},
		),
	)
	must(f.SetSheetRow("Sheet1", "A3", &[]any{nil, "K2 Equality", 3.5, 46085, false}))
	must(f.MergeCell("Sheet1", "A2", "A3"))
	must(
		f.SetCellRichText(
			"Sheet1",
			"B4",
			[]excelize.RichTextRun{{Text: "K3 "}, {Text: "Codes", Font: &excelize.Font{Bold: true}}},
		),
	)
	must(f.SetCellStr("Sheet1", "B9", "after a gap"))
	_, err := f.NewSheet("Notes")
	must(err)
	must(f.SetCellStr("Notes", "C3", "here"))
	var out bytes.Buffer
	must(f.Write(&out))
	tables, err := Read(out.Bytes())
	must(err)
	got := tables[0].Rows
	texts := func(row []Value) (s []string) {
		for _, v := range row {
			s = append(s, v.Text)
		}
		return s
	}
	for at, want := range map[int][]string{
		0: {"Group", "Competency", "Result", "Reviewed", "Done"},
		1: {"Duty 1", "K1 Laws", "2", "2026-03-04", "TRUE"},
		2: {"Duty 1", "K2 Equality", "3.5", "46085", "FALSE"},
		3: {"", "K3 Codes"},
		8: {"", "after a gap"},
	} {
		if s := texts(got[at]); !reflect.DeepEqual(s, want) {
			t.Errorf("row %d: %q, want %q", at+1, s, want)
		}
	}
	if got[4] != nil || got[1][3].Is != IsDay || got[2][3].Is != IsNumber {
		t.Errorf("%+v", got)
	}
	if day, ok := DayOf(got[2][3].Number, false); !ok || day != calendar.Of(2026, time.March, 4) {
		t.Errorf("46085 is %v", day)
	}
	if tables[1].Name != "Notes" || tables[1].Rows[2][2].Text != "here" {
		t.Errorf("%+v", tables[1])
	}
}

func TestDaysOfSpreadsheets(t *testing.T) {
	for n, want := range map[float64]calendar.Date{
		46085: calendar.Of(2026, time.March, 4), 46085.9: calendar.Of(2026, time.March, 4), 36526: calendar.Of(2000, time.January, 1), 3: {}, 73416: {}, -5: {},
	} {
		if got, ok := DayOf(n, false); ok != (want != calendar.Date{}) || ok && got != want {
			t.Errorf("%v is %v, %v; want %v", n, got, ok, want)
		}
	}
	if got, _ := DayOf(44623, true); got != calendar.Of(2026, time.March, 4) {
		t.Errorf("counted from 1904: %v", got)
	}
	for format, want := range map[string]bool{"dd/mm/yyyy": true, "yyyy": true, "d mmm": true, "0.00": false, "General": false, `"day" 0`: false, "[Red]0": false, "mm:ss": false} {
		if showsDay(format) != want {
			t.Errorf("%q: %v", format, !want)
		}
	}
}

func TestColumnsHaveLetters(t *testing.T) {
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := Column(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
		if row, column, ok := parseCell(want + "7"); !ok || row != 6 || column != n {
			t.Errorf("%s7 is %d, %d", want, row, column)
		}
	}
}

func TestABookKeepsTheRulesOfSpreadsheets(t *testing.T) {
	long := Words(strings.Repeat("é", longestCell+1))
	for name, b := range map[string]Book{
		"needs a sheet":          {},
		"cannot be the name":     {Sheets: []Sheet{{Name: "a/b"}}},
		"stands twice":           {Sheets: []Sheet{{Name: "Plan"}, {Name: "plan"}}},
		"sheet Plan, cell A1: 3": {Sheets: []Sheet{{Name: "Plan", Rows: []Row{{Cells: []Cell{long}}}}}},
	} {
		if _, err := b.Write(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
