package sheet_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

const frontSheet = "Rating sheet"

// book opens a workbook with another library.
func book(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// bySpreadsheet fills in the workbook with another library. A level is chosen from the list of its cell, or typed where
// the list does not offer it; a code that the sheet does not have overwrites the first one.
func bySpreadsheet(t *testing.T, made []byte, in filling) []byte {
	t.Helper()
	f := book(t, made)
	if in.by != "" {
		must(t, f.SetCellStr(frontSheet, "C3", in.by))
	}
	if d, err := calendar.Parse(in.day); err == nil {
		must(t, f.SetCellInt(frontSheet, "C4", int64(calendar.Of(1899, 12, 30).Days(d))))
	}
	for _, r := range in.rows {
		at := rowOf(t, f, r.ksb)
		if at == 0 {
			at = 6
			must(t, f.SetCellStr(frontSheet, "B6", r.ksb))
		}
		cell := "D" + strconv.Itoa(at)
		must(t, f.SetCellStr(frontSheet, cell, chosen(t, f, cell, r.level)))
		must(t, f.SetCellStr(frontSheet, "E"+strconv.Itoa(at), r.note))
	}
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

func rowOf(t *testing.T, f *excelize.File, ksb string) int {
	t.Helper()
	rows, err := f.GetRows(frontSheet)
	must(t, err)
	for i, r := range rows {
		if len(r) > 1 && r[1] == ksb {
			return i + 1
		}
	}
	return 0
}

// offers is what the list of a cell offers.
func offers(t *testing.T, f *excelize.File, cell string) []string {
	t.Helper()
	choices, err := f.GetDataValidations(frontSheet)
	must(t, err)
	for _, c := range choices {
		if !strings.Contains(" "+c.Sqref+" ", " "+cell+" ") {
			continue
		}
		name, area, _ := strings.Cut(strings.ReplaceAll(c.Formula1, "$", ""), "!")
		columns, err := f.GetCols(name)
		must(t, err)
		return columns[area[0]-'A']
	}
	return nil
}

func chosen(t *testing.T, f *excelize.File, cell, level string) string {
	t.Helper()
	for _, o := range offers(t, f, cell) {
		if strings.HasPrefix(o, level+" ") || level == "none" && strings.HasPrefix(o, "No opportunity:") {
			return o
		}
	}
	return level
}

// Another library finds for each KSB the levels of its kind, the wording locked and the cells to fill in open.
func TestTheWorkbookAsAnotherLibrarySeesIt(t *testing.T) {
	t.Parallel()
	f := book(t, made(t, sheet.FormatFor("xlsx", ""), asha()))
	for ksb, want := range map[string]string{
		"K7": "2 Supported: explain the basics with prompts", "S6": "2 Supported: do it under direct supervision",
		"B1": "2 Supported: show it when reminded, in easy cases",
	} {
		list := offers(t, f, "D"+strconv.Itoa(rowOf(t, f, ksb)))
		if len(list) != 6 || list[2] != want || !strings.HasPrefix(list[5], "No opportunity: ") {
			t.Errorf("%s: %q", ksb, list)
		}
	}
	for _, k := range std.KSBs {
		at := rowOf(t, f, k.ID)
		words, err := f.GetCellValue(frontSheet, "C"+strconv.Itoa(at))
		must(t, err)
		if at == 0 || !strings.HasPrefix(words, k.Text) || len(offers(t, f, "D"+strconv.Itoa(at))) == 0 {
			t.Errorf("%s is in row %d: %q", k.ID, at, words)
		}
	}
	for cell, open := range map[string]bool{"C3": true, "C4": true, "D6": true, "E6": true, "A1": false, "A6": false, "B6": false, "C6": false, "D5": false} {
		style, err := f.GetCellStyle(frontSheet, cell)
		must(t, err)
		x, err := f.GetStyle(style)
		must(t, err)
		if x.Protection == nil || x.Protection.Locked == open {
			t.Errorf("%s: %+v", cell, x.Protection)
		}
	}
	if p, err := f.GetSheetProtection(frontSheet); err != nil || p.EditObjects || p.Password != "" {
		t.Errorf("%+v, %v", p, err) // objects are locked, without a password
	}
	if p, err := f.GetPanes(frontSheet); err != nil || !p.Freeze || p.YSplit != 5 {
		t.Errorf("%+v, %v", p, err)
	}
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err != nil || shown != (name == frontSheet) {
			t.Errorf("%s is seen: %v, %v", name, shown, err)
		}
	}
	if said, err := f.CalcCellValue(frontSheet, "D4"); err != nil || said != "0 of 72 rated" {
		t.Errorf("%q, %v", said, err)
	}
}

// LibreOffice opens a filled workbook, counts what is rated, and saves it in a form that can be taken in.
func TestTheWorkbookGoesThroughLibreOffice(t *testing.T) {
	t.Parallel()
	office := testneed.Program(t, "LibreOffice", "soffice", "libreoffice")
	dir := t.TempDir()
	f := sheet.FormatFor("", "x.xlsx")
	filled := bySpreadsheet(t, made(t, f, asha()), filling{"J. Ode", "2026-11-21", []row{{"K7", "2", "prompted"}, {"S6", "none", ""}}})
	name := filepath.Join(dir, "filled.xlsx")
	must(t, os.WriteFile(name, filled, 0o600))
	for _, to := range []string{"xlsx", "csv"} {
		c := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/office", "--headless", "--convert-to", to, "--outdir", filepath.Join(dir, "out"), name)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	rows, err := os.ReadFile(filepath.Join(dir, "out", "filled.csv"))
	must(t, err)
	if !strings.Contains(string(rows), "2 of 72 rated") {
		t.Errorf("it does not count what is rated:\n%.600s", rows)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", "filled.xlsx"))
	must(t, err)
	if got := taken(t, asha(), f, data); !strings.Contains(got, "2 ratings by J. Ode taken") {
		t.Error(got)
	}
}

// A level or day that is typed, not chosen, is understood if it can only mean one thing.
func TestLevelsAndDaysAsTheyAreTyped(t *testing.T) {
	t.Parallel()
	blank := made(t, sheet.FormatFor("xlsx", ""), asha(), "K7")
	for typed, want := range map[string]string{"2": "2", " 3 ": "3", "level 4": "4", "2 Supported": "2", "None": "none", "n": "none", "No opportunity": "none", "0: no": "0"} {
		f := book(t, blank)
		must(t, f.SetCellStr(frontSheet, "D6", typed))
		must(t, f.SetCellStr(frontSheet, "C4", "21/11/2026"))
		var out bytes.Buffer
		must(t, f.Write(&out))
		read, err := sheet.Decode(out.Bytes(), lib.Standard)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if x := read.Profile.Rounds[0].Ratings["mentor"]["K7"]; x.Level.String() != want || x.On != today.AddDays(-1) {
			t.Errorf("%q is %s on %s", typed, x.Level, x.On)
		}
	}
	for _, typed := range []string{"2 or 3", "2.5", "5", "two", "2-3"} {
		f := book(t, blank)
		must(t, f.SetCellStr(frontSheet, "D6", typed))
		var out bytes.Buffer
		must(t, f.Write(&out))
		if _, err := sheet.Decode(out.Bytes(), lib.Standard); err == nil || !strings.HasPrefix(err.Error(), "cell D6: ") {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// A workbook that was made to overload the reader is refused.
func TestAWorkbookThatIsTooFullIsRefused(t *testing.T) {
	t.Parallel()
	blank := made(t, sheet.FormatFor("xlsx", ""), asha())
	for name, fill := range map[string]func(f *excelize.File){
		"rows": func(f *excelize.File) {
			for i := range 2000 {
				must(t, f.SetCellStr(frontSheet, "B"+strconv.Itoa(i+6), "K"+strconv.Itoa(i)))
				must(t, f.SetCellStr(frontSheet, "D"+strconv.Itoa(i+6), "2"))
			}
		},
		"words": func(f *excelize.File) {
			for i := range 72 {
				must(t, f.SetCellStr(frontSheet, "E"+strconv.Itoa(i+6), strings.Repeat("long ", 6_000)))
			}
		},
	} {
		f := book(t, blank)
		fill(f)
		var out bytes.Buffer
		must(t, f.Write(&out))
		_, err := sheet.Decode(out.Bytes(), lib.Standard)
		if err == nil || !strings.Contains(err.Error(), "holds more than anybody fills in") {
			t.Errorf("%s: %v", name, err)
		}
	}
	full := filling{"J. Ode", "2026-11-21", nil}
	for _, k := range std.KSBs {
		full.rows = append(full.rows, row{k.ID, "2", strings.Repeat("seen ", 1_500)})
	}
	if _, err := sheet.Decode(bySpreadsheet(t, blank, full), lib.Standard); err != nil {
		t.Errorf("a full sheet: %v", err)
	}
}

func otherWorkbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetCellStr("Sheet1", "A1", "Competency"))
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

// A day that is shown as a number is read as a day, also in a workbook that counts from 1904.
func TestADayAsANumberInAWorkbookCountedFrom1904(t *testing.T) {
	t.Parallel()
	f := book(t, made(t, sheet.FormatFor("xlsx", ""), asha(), "K7"))
	from1904 := true
	must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
	must(t, f.SetCellStyle(frontSheet, "C4", "C4", 0))
	must(t, f.SetCellInt(frontSheet, "C4", int64(calendar.Of(1904, 1, 1).Days(calendar.Of(2026, 11, 21)))))
	must(t, f.SetCellStr(frontSheet, "C3", "J. Ode"))
	must(t, f.SetCellStr(frontSheet, "D6", "2"))
	var out bytes.Buffer
	must(t, f.Write(&out))
	read, err := sheet.Decode(out.Bytes(), lib.Standard)
	must(t, err)
	if got := read.Profile.Rounds[0].Ratings["mentor"]["K7"]; got.On != calendar.Of(2026, 11, 21) {
		t.Errorf("%+v", got)
	}
}
