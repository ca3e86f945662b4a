package export_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

func pdfOf(t *testing.T, d doc.Doc) []byte {
	t.Helper()
	f, _ := export.ForReport("pdf", "")
	data, err := f.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// read returns the text of each page of a PDF, as another program finds it.
func read(t *testing.T, data []byte) []string {
	t.Helper()
	program := testneed.Program(t, "pdftotext (poppler-utils)", "pdftotext")
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-layout", name, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// Everything in the report can be selected and searched in the PDF, and each page has its number.
func TestPDFSaysAllThatTheReportSays(t *testing.T) {
	t.Parallel()
	d := handout.Doc(source(lib.Demo(today)), handout.Options{Include: handout.Parts})
	pages := read(t, pdfOf(t, d))
	all := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	for i, p := range pages {
		if want := fmt.Sprintf("page %d of %d", i+1, len(pages)); !strings.Contains(p, want) {
			t.Errorf("%q is not on page %d", want, i+1)
		}
	}
	words := map[string]int{}
	for _, w := range strings.Fields(all) {
		words[w]++
	}
	for _, w := range strings.Fields(string(export.Text(d, 100000))) {
		if w = strings.TrimRight(w, ":.;"); strings.ContainsAny(w, "_#") || w == "-" {
			continue // what is drawn: lines to write on, bars
		}
		if !strings.Contains(all, w) {
			t.Errorf("%q is not in the PDF", w)
		}
	}
	for _, head := range []string{"Expected Why", "Target Shown by"} { // what the notes of a table are
		if !strings.Contains(all, head) {
			t.Errorf("no table has the head %q", head)
		}
	}
}

func TestPDFIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	d := handout.Doc(source(lib.Demo(today)), handout.Options{})
	if !bytes.Equal(pdfOf(t, d), pdfOf(t, d)) {
		t.Error("two files of one document differ")
	}
}

// Names are right in every European script. A letter that the fonts lack becomes a box, not an error.
func TestPDFHasTheLettersOfNames(t *testing.T) {
	t.Parallel()
	d := doc.Doc{Title: "Zoë Łukasz Nguyễn"}
	d.Add(
		doc.Para{Text: "Ελένη Юлия Þórður Çelik İnan Đặng O’Brien – “so” ≥ 3 €"},
		doc.Signature{Name: "Siân Ní Bhriain", Role: "mentor"},
		doc.Para{Text: "中村"},
	)
	all := strings.Join(read(t, pdfOf(t, d)), "\n")
	for _, want := range []string{"Zoë Łukasz Nguyễn", "Ελένη Юлия Þórður Çelik İnan Đặng O’Brien – “so” >= 3 €", "Siân Ní Bhriain, mentor", "Signature", "Date", "□□"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
}

// No text breaks out of its string into the operators of the file.
func TestPDFKeepsHostileTextAsText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`) Tj ET /JS (app.alert(1)) BT (`, `\) /Launch`, `<</S/JavaScript>>`, "endstream endobj", `\`, `((`} {
		data := pdfOf(
			t,
			doc.Doc{
				Title: text,
				Blocks: []doc.Block{
					doc.Para{Text: text},
					doc.Table{
						Columns: []doc.Column{{Name: text}},
						Rows:    []doc.Row{{Cells: []doc.Cell{doc.Words(text)}}},
					},
				},
			},
		)
		if all := strings.Join(strings.Fields(strings.Join(read(t, data), " ")), " "); strings.Count(all, text) < 3 {
			t.Errorf("%q is there %d times:\n%s", text, strings.Count(all, text), all)
		}
		for _, order := range []string{"/JS", "/JavaScript", "/Launch", "/URI", "/OpenAction", "/AA"} {
			if i := bytes.Index(data, []byte(order)); i >= 0 &&
				!bytes.HasPrefix(bytes.TrimLeft(data[max(0, i-40):i], ""), []byte("/Title")) {
				t.Errorf("%q: the file holds %s", text, order)
			}
		}
	}
}

// Nothing is lost: not a word longer than a line, nor a cell longer than a page, nor the head of a table on later
// pages.
func TestPDFCutsNothing(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("abcdefghij", 60)
	table := doc.Table{Columns: []doc.Column{{Name: "Headword"}, {Name: "Text"}}}
	for i := range 200 {
		table.Rows = append(table.Rows, doc.Row{Cells: []doc.Cell{doc.Words(fmt.Sprintf("row%d", i)), doc.Words("x")}})
	}
	table.Rows = append(
		table.Rows,
		doc.Row{Cells: []doc.Cell{doc.Words("last"), doc.Words(strings.Repeat("lorem ipsum dolor ", 700) + "theend")}},
	)
	pages := read(t, pdfOf(t, doc.Doc{Title: "T", Blocks: []doc.Block{doc.Para{Text: long}, table}}))
	all := strings.Join(pages, "")
	if n := strings.Count(strings.Join(strings.Fields(all), ""), "abcdefghij"); n != 60 {
		t.Errorf("of a long word %d parts are left", n)
	}
	if n := strings.Count(all, "lorem"); n != 700 || !strings.Contains(all, "theend") {
		t.Errorf("of a long cell %d parts are left", n)
	}
	if n := strings.Count(all, "Headword"); n < 4 || !strings.Contains(all, "row199") {
		t.Errorf("the head of a table over %d pages is there %d times", len(pages), n)
	}
}
