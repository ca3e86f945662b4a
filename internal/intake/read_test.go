package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// digital makes the export of a self-assessment in the form that NHS Digital Learning Solutions writes.
func digital(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Summary"))
	check(f.SetSheetRow("Summary", "A1", &[]any{"Self Assessment", "Healthcare science practitioner"}))
	check(f.SetSheetRow("Summary", "A2", &[]any{"Learner", "Sam Low"}))
	_, err := f.NewSheet("Details")
	check(err)
	check(f.SetSheetRow("Details", "A1", &[]any{
		"Group", "Competency", "Competency Optional", "Assessment Question", "Self Assessment Required", "Self Assessment Result",
		"Self Assessment Comments", "Reviewer", "Reviewer PRN", "Reviewed", "Reviewer Comments", "Reviewer Verified", "Role Requirements",
	}))
	for i, r := range rows {
		check(f.SetSheetRow("Details", fmt.Sprintf("A%d", i+2), &r))
	}
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

func TestTheExportOfDigitalLearningSolutions(t *testing.T) {
	std := ground().Standard
	k1, _ := std.KSB("K1")
	s2, _ := std.KSB("S2")
	reviewed := time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)
	data := digital(
		t,
		[]any{
			"Knowledge",
			k1.Text,
			"No",
			"Where are you with this?",
			"Yes",
			"Need more support",
			"met it once",
			"J. Ode",
			"CS1",
			reviewed,
			"come to the audit",
			"Yes",
			"Met",
		},
		[]any{
			"Knowledge",
			"K2: as the standard says",
			"No",
			"Where are you with this?",
			"Yes",
			"Yes",
			"",
			"",
			"",
			nil,
			"",
			"",
			"",
		},
		[]any{"Skills", s2.Text, "No", "Where are you with this?", "Yes", "No", "", "", "", nil, "", "", ""},
		[]any{
			"Skills",
			"S3: as the standard says",
			"Yes",
			"Where are you with this?",
			"No",
			"",
			"",
			"",
			"",
			nil,
			"",
			"",
			"",
		},
	)
	tables, err := intake.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := intake.Understand(tables, ground(), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := rows(p), "K1 self 2 \"met it once\"\nK2 self 3\nS2 self 0"; got != want {
		t.Errorf("got\n%s\n%s", got, missed(p))
	}
	if got, want := missed(p), `sheet Details, row 2: K1: J. Ode wrote "come to the audit" but gave no level`; got != want {
		t.Error(got)
	}
	if p.Sheet != "Details" || p.Blank != 1 || !p.Undated || p.Scales[0].Scale.Name() != "yes-no" {
		t.Error(p.Sheet, p.Blank, p.Undated, p.Scales)
	}
}

func TestAWorkbookWithATitleMergedCellsAndDaysThatAreNumbers(t *testing.T) {
	for _, is := range []struct{ from1904, plain bool }{{}, {plain: true}, {from1904: true}, {true, true}} {
		from1904 := is.from1904
		f := excelize.NewFile()
		check := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		if from1904 {
			check(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		check(err)
		for cell, v := range map[string]any{
			"A1": "Skills scan", "B3": "Learner", "D3": "Line manager", "A4": "KSB", "B4": "RAG", "C4": "Date", "D4": "Score out of 5", "E4": "Comments",
			"A5": "K1", "B5": "Green", "C5": 46327, "D5": "4/5", "E5": "good", "A6": "K2", "B6": "red", "C6": 46328, "D6": "1/5",
		} {
			check(f.SetCellValue("Sheet1", cell, v))
		}
		check(f.MergeCell("Sheet1", "A1", "E2"))
		check(f.MergeCell("Sheet1", "B3", "C3"))
		check(f.MergeCell("Sheet1", "D3", "E3"))
		if !is.plain { // else the days are shown as the numbers that they are
			check(f.SetCellStyle("Sheet1", "C5", "C6", style))
		}
		var out bytes.Buffer
		check(f.Write(&out))
		tables, err := intake.Read(out.Bytes())
		check(err)
		scale, err := intake.ReadScale("1-5", ground().Scale)
		check(err)
		g := ground()
		p, err := intake.Understand(
			tables,
			g,
			intake.Options{Scales: map[profile.Rater]intake.Scale{profile.Mentor: scale}},
		)
		check(err)
		days := [2]string{"2026-11-01", "2026-11-02"}
		if from1904 {
			days = [2]string{"2030-11-02", "2030-11-03"}
		}
		want := "K1 self 3 on " + days[0] + "\nK1 mentor 3 \"good\"\nK2 self 0 on " + days[1] + "\nK2 mentor 0"
		if got := rows(p); got != want {
			t.Errorf("%+v: got\n%s\n%s\n%+v", is, got, missed(p), p.Columns)
		}
	}
}

func TestCSVAsProgramsWriteIt(t *testing.T) {
	const plain = "KSB,Self,Comments\r\nK7,2,\"caf\u00e9, twice\"\r\n"
	wide := func(s string, little bool) (out []byte) {
		for _, u := range utf16.Encode([]rune(s)) {
			if little {
				out = append(out, byte(u), byte(u>>8))
			} else {
				out = append(out, byte(u>>8), byte(u))
			}
		}
		return out
	}
	for name, data := range map[string][]byte{
		"UTF-8":             []byte(plain),
		"with a mark":       []byte("\ufeff" + plain),
		"UTF-16":            wide("\ufeff"+plain, true),
		"UTF-16 the other":  wide("\ufeff"+plain, false),
		"UTF-16, no mark":   wide(plain, true),
		"Windows":           []byte(strings.ReplaceAll(plain, "\u00e9", "\xe9")),
		"semicolons":        []byte("KSB;Self;Comments\nK7;2;caf\u00e9, twice\n"),
		"tabs":              []byte("KSB\tSelf\tComments\nK7\t2\tcaf\u00e9, twice\n"),
		"with its divider":  []byte("sep=;\nKSB;Self;Comments\nK7;2;caf\u00e9, twice\n"),
		"JSON":              []byte(`[{"KSB": "K7", "Self": 2, "Comments": "caf\u00e9, twice"}]`),
		"JSON in an object": []byte(`{"made": "today", "n": [1, 2], "deep": {"x": [1]}, "ratings": [{"KSB": "K7", "Self": 2, "Comments": ["caf\u00e9", "twice"]}]}`),
		"JSON by lines":     []byte("{\"KSB\": \"K7\", \"Self\": 2}\n{\"KSB\": \"K7\", \"Self\": 2, \"Comments\": \"caf\u00e9, twice\"}\n"),
	} {
		tables, err := intake.Read(data)
		if err != nil {
			t.Error(name, err)
			continue
		}
		p, err := intake.Understand(tables, ground(), intake.Options{Scales: scaled(t, "0-4")})
		if err != nil || rows(p) != "K7 self 2 \"caf\u00e9, twice\"" {
			t.Error(name, rows(p), err)
		}
	}
	p, err := understood(
		t,
		"KSB,Self,Comments\n\n\"K7\",2,\"of two\nlines\"\nK99,1,\n",
		intake.Options{Scales: scaled(t, "0-4")},
	)
	if err != nil || p.Rows[0].Where != "row 3" || p.Missed[0].Where != "row 5" {
		t.Error("a row is where an editor shows it:", p.Rows, p.Missed, err)
	}
}

// Any file is refused within a second or so, with what to do instead.
func TestOtherFilesAreRefused(t *testing.T) {
	for name, x := range map[string]struct {
		data []byte
		says string
	}{
		"empty":               {nil, "this file is empty"},
		"a profile":           {[]byte("format = 1\n[learner]\nname = \"Sam\"\n"), "this is a profile or a rating sheet"},
		"prose":               {[]byte("It is yours to keep, and comments stay, as they are\nK7, 2, 3\n"), "no ratings were found"},
		"blanks":              {[]byte(" \n\n"), "this file is empty"},
		"a picture":           {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"), "this is not a workbook, CSV or JSON"},
		"a PDF":               {[]byte("%PDF-1.7\n%\xe2\xe3\n"), "this is not a workbook, CSV or JSON"},
		"an old workbook":     {append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...), ".xls"},
		"with a password":     {append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...), "password"},
		"OpenDocument":        {[]byte("PK\x03\x04................mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"},
		"a broken archive":    {[]byte("PK\x03\x04 and no more"), "damaged"},
		"too many bytes":      {bytes.Repeat([]byte("K7,2\n"), 4<<20), "larger than any skills scan"},
		"too many rows":       {bytes.Repeat([]byte("K7,2\n"), 3<<20), "larger than any skills scan"},
		"too many lines":      {[]byte("KSB,Self" + strings.Repeat("\n", 10<<20) + "K7,2"), "larger than any skills scan"},
		"too many columns":    {bytes.Repeat([]byte("a,"), 5<<20), "larger than any skills scan"},
		"a quote without end": {append([]byte("KSB,Self\n\""), bytes.Repeat([]byte("a,\n"), 5<<20)...), ""},
		"broken JSON":         {[]byte(`[{"KSB": "K7"`), "this JSON is broken"},
		"JSON of something":   {[]byte(`{"a": {"b": 1}, "c": [1, 2]}`), "no list of objects"},
		"deep JSON":           {bytes.Repeat([]byte("["), 8<<20), "objects more than 40 deep"},
		"deeper JSON":         {bytes.Repeat([]byte(`{"a":`), 3<<20), "objects more than 40 deep"},
		"many JSON objects":   {append([]byte("["), bytes.Repeat([]byte(`{"a":1},`), 2_000_000)...), "larger than any skills scan"},
		"many JSON keys":      {many(100_000), "larger than any skills scan"},
		"many JSON lists":     {manyLists(20_000), "larger than any skills scan"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			tables, err := intake.Read(x.data)
			if err == nil {
				_, err = intake.Understand(tables, ground(), intake.Options{})
			}
			var refused *intake.Refused
			if !errors.As(err, &refused) || refused.Try == "" || !strings.Contains(refused.Msg, x.says) {
				t.Error(err)
			}
			t.Log(time.Since(began), err)
		})
	}
}

func many(n int) []byte {
	var out bytes.Buffer
	out.WriteString("[{")
	for i := range n {
		fmt.Fprintf(&out, `"key %d": 1,`, i)
	}
	return out.Bytes()
}

func manyLists(n int) []byte {
	var out bytes.Buffer
	out.WriteString("{")
	for i := range n {
		fmt.Fprintf(&out, `"list %d": [{"KSB": "K7", "Self": 2}],`, i)
	}
	return out.Bytes()
}

// A file of the largest size, each cell with a statement of its own, is refused or understood in time.
func TestALargeFileIsUnderstoodInTime(t *testing.T) {
	var out bytes.Buffer
	out.WriteString("Competency,Self\n")
	for i := range 19_000 {
		fmt.Fprintf(
			&out,
			"number %d of the work that healthcare science practitioners do in a service with patients and equipment and samples,2\n",
			i,
		)
	}
	began := time.Now()
	tables, err := intake.Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	_, err = intake.Understand(tables, ground(), intake.Options{})
	t.Log(time.Since(began), err)
	if err == nil {
		t.Error("it was understood")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"KSB,Self,Mentor,Comments,Date\nK7,2,3,x,1/11/2026\n", "sep=;\nKSB;Self\nK7;2\n", `[{"KSB":"K7","Self":2,"Date":"2026-11-01"}]`, "\xff\xfeK\x007\x00",
		"{\"table\":\"rating\",\"ksb\":\"K7\",\"rater\":\"self\",\"level\":2}\n", "KSB,Self\n\"K7\n,2", `{"a":[{"b":{"c":[1]}}]}`, "KSB,Self (1-5)\nK7,4/5\nK8,red\n",
	} {
		f.Add([]byte(s))
	}
	scale, err := intake.ReadScale("0-4", ground().Scale)
	if err != nil {
		f.Fatal(err)
	}
	g := ground()
	f.Fuzz(func(t *testing.T, data []byte) {
		tables, err := intake.Read(data)
		if err != nil {
			if hint, ok := err.(interface{ Hint() string }); !ok || hint.Hint() == "" {
				t.Fatalf("%v says nothing to try", err)
			}
			return
		}
		proposal, err := intake.Understand(
			tables,
			g,
			intake.Options{Scales: map[profile.Rater]intake.Scale{profile.Self: scale, profile.Mentor: scale}},
		)
		if err != nil {
			return
		}
		taking, err := intake.Take(learner(), proposal, g, true)
		if err != nil {
			t.Fatal(err)
		}
		_ = intake.Doc(proposal, taking, g.Scale, g.Today)
	})
}
