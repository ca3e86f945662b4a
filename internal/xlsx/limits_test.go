package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

const oneSheet = `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`

// workbook makes a file of these parts, and of the few that every workbook has.
func workbook(t *testing.T, parts map[string]io.Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"xl/workbook.xml":            oneSheet,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="strings.xml"/></Relationships>`,
		"xl/strings.xml":             `<sst><si><t>x</t></si></sst>`,
		"xl/worksheets/s.xml":        `<worksheet><sheetData/></worksheet>`,
	} {
		if parts[name] == nil {
			if parts == nil {
				parts = map[string]io.Reader{}
			}
			parts[name] = strings.NewReader(text)
		}
	}
	for name, r := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// repeated reads as a text repeated so many times, between a beginning and an end.
func repeated(begin, text string, times int, end string) io.Reader {
	return io.MultiReader(
		strings.NewReader(begin),
		io.LimitReader(&repeater{text: text}, int64(len(text)*times)),
		strings.NewReader(end),
	)
}

type repeater struct {
	text string
	at   int
}

func (r *repeater) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(p), nil
}

func TestTooLargeIsRefused(t *testing.T) {
	sheet := func(begin, text string, times int) map[string]io.Reader {
		return map[string]io.Reader{
			"xl/worksheets/s.xml": repeated("<worksheet><sheetData>"+begin, text, times, "</sheetData></worksheet>"),
		}
	}
	for name, data := range map[string][]byte{
		"a million rows":   workbook(t, sheet("", `<row><c><v>1</v></c></row>`, 1_000_000)),
		"a part of 128 MB": workbook(t, sheet("", " ", 1<<27)),
		"depth":            workbook(t, sheet("", "<a>", 100_000)),
		"attributes":       workbook(t, sheet("<row ", `a="" `, 1_000_000)),
		"a far row":        workbook(t, sheet("", `<row r="1000000"><c><v>1</v></c></row>`, 1)),
		"a far column":     workbook(t, sheet("", `<row><c r="XFD1"><v>1</v></c></row>`, 1)),
		"many texts":       workbook(t, map[string]io.Reader{"xl/strings.xml": repeated("<sst>", "<si/>", 1_000_000, "</sst>")}),
		"merged without end": workbook(t, map[string]io.Reader{"xl/worksheets/s.xml": strings.NewReader(
			`<worksheet><sheetData><row><c><v>1</v></c></row><row r="9999"><c><v>1</v></c></row></sheetData><mergeCell ref="A1:CV9999"/></worksheet>`)}),
		"a large file": append([]byte("PK"), make([]byte, LargestFile)...),
	} {
		if _, err := Read(data); !errors.Is(err, errTooLarge) || strings.Count(err.Error(), errTooLarge.Error()) > 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for range mostParts + 1 {
		_, _ = z.Create("x")
	}
	_ = z.Close()
	if _, err := Read(many.Bytes()); !errors.Is(err, errTooLarge) {
		t.Errorf("many parts: %v", err)
	}
}

func TestNoWorkbookIsRefused(t *testing.T) {
	utf16Name := func() (b []byte) {
		for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}()
	good := workbook(t, nil)
	for want, data := range map[string][]byte{
		"take the password off":  append(append(bytes.Clone(compound), make([]byte, 512)...), utf16Name...),
		"the older .xls form":    append(bytes.Clone(compound), make([]byte, 512)...),
		"not an Excel workbook":  []byte("code,level\nK1,2\n"),
		"cannot be unpacked":     good[:len(good)-30],
		"holds a document type":  workbook(t, map[string]io.Reader{"xl/worksheets/s.xml": strings.NewReader(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>`)}),
		"is not as it should be": workbook(t, map[string]io.Reader{"xl/worksheets/s.xml": strings.NewReader(`<worksheet><sheetData><row><c><v>&a;</v></c></row>`)}),
		"no sheet that can be":   workbook(t, map[string]io.Reader{"xl/workbook.xml": strings.NewReader(`<workbook/>`)}),
	} {
		if _, err := Read(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	if _, err := Read(good); err != nil {
		t.Errorf("a workbook with an empty sheet: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	good, err := sample().Write()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("PK"))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = Read(data) }) // it must neither crash nor hang
}

// FuzzSheet makes up the parts themselves: hardly any change to the packed bytes of FuzzRead gets that far.
func FuzzSheet(f *testing.F) {
	f.Add(
		`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c></row></sheetData><mergeCell ref="A1:B2"/></worksheet>`,
		`<sst><si><t>x</t></si></sst>`,
	)
	f.Add(`<c><v>0</v></c>`, `0`)                                                    // a cell outside any row
	f.Add(`<row r="2"><S r="B2" t="s"><v>0</v></c>`, `<sst><si><t>x</t></si></sst>`) // the end of a cell that never began
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		_, _ = Read(
			workbook(
				t,
				map[string]io.Reader{
					"xl/worksheets/s.xml": strings.NewReader(sheet),
					"xl/strings.xml":      strings.NewReader(shared),
				},
			),
		)
	})
}
