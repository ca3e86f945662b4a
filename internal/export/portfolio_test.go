package export_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func indexed(t *testing.T, word string, p profile.Profile, o handout.Options) []byte {
	t.Helper()
	f, ok := export.ForReport(word, "")
	if !ok {
		t.Fatalf("no format %q", word)
	}
	data, err := f.Index(handout.IndexOf(source(p), o))
	if err != nil {
		t.Fatal(word, err)
	}
	return data
}

// The matrix marks each KSB that a piece of evidence shows, and its formulas give the counts in their cells.
func TestMatrixOfTheIndex(t *testing.T) {
	t.Parallel()
	p := lib.Demo(today)
	x := handout.IndexOf(source(p), handout.Options{})
	book := opened(t, indexed(t, "xlsx", p, handout.Options{}))
	at := func(sheet string, column, row int) string {
		cell, err := excelize.CoordinatesToCellName(column, row)
		if err != nil {
			t.Fatal(err)
		}
		v, err := book.GetCellValue(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	comesTo := func(sheet, cell, want string) {
		t.Helper()
		shows, err := book.GetCellValue(sheet, cell)
		sum, err2 := book.CalcCellValue(sheet, cell)
		if err != nil || err2 != nil || shows != want || sum != want {
			t.Errorf("%s %s shows %q and comes to %q, want %q, %v %v", sheet, cell, shows, sum, want, err, err2)
		}
	}
	counts := make([]int, len(x.Pieces))
	for i, k := range x.KSBs {
		row, fresh, marks := i+4, 0, map[int]string{}
		for _, n := range k.Pieces {
			counts[n]++
			if marks[n] = "x"; x.Pieces[n].Old {
				marks[n] = "old"
			} else {
				fresh++
			}
		}
		for n := range x.Pieces {
			if got := at("Matrix", 7+n, row); got != marks[n] {
				t.Errorf("%s, %s: %q, want %q", k.KSB.ID, x.Pieces[n].Mark, got, marks[n])
			}
		}
		if at("Matrix", 2, row) != k.KSB.ID || at("Matrix", 3, row) != k.KSB.Text || at("Matrix", 6, row) != string(k.State) {
			t.Errorf("%s: row %d is another", k.KSB.ID, row)
		}
		comesTo("Matrix", fmt.Sprintf("D%d", row), fmt.Sprint(len(k.Pieces)))
		comesTo("Matrix", fmt.Sprintf("E%d", row), fmt.Sprint(fresh))
	}
	for i, piece := range x.Pieces {
		if at("List", 1, i+2) != piece.Mark || at("List", 4, i+2) != piece.Title || at("List", 8, i+2) != piece.Shows ||
			(at("List", 10, i+2) == "too old") != piece.Old {
			t.Errorf("%+v is another in the list", piece)
		}
		comesTo("List", fmt.Sprintf("I%d", i+2), fmt.Sprint(counts[i]))
	}
}

// Every format can write an index without evidence, a redacted one, and one with hostile texts.
func TestHostileTextsInTheIndex(t *testing.T) {
	t.Parallel()
	for _, f := range export.IndexFormats() {
		for _, p := range []profile.Profile{{Standard: library.Default}, lib.Demo(today)} {
			if data := indexed(t, f.Word, p, handout.Options{Redacted: true}); len(data) == 0 || strings.Contains(string(data), "Asha") {
				t.Errorf("%s: %q", f.Name, data)
			}
		}
	}
	for _, text := range append(hostileTexts, strings.Repeat("ﷺé", 400), "| a | b |", "<script>x</script>") {
		p, shown := hostile(text), safetext.Line(text)
		book := opened(t, indexed(t, "xlsx", p, handout.Options{}))
		for _, cell := range []string{"D2", "E2", "F2"} {
			got, err := book.GetCellValue("List", cell)
			formula, err2 := book.GetCellFormula("List", cell)
			if err != nil || err2 != nil || got != shown || formula != "" {
				t.Errorf("%q came out as %q and the formula %q, %v %v", text, got, formula, err, err2)
			}
		}
		for _, word := range []string{"text", "md", "html"} {
			out := string(indexed(t, word, p, handout.Options{}))
			if strings.ContainsAny(out, "\x1b\u202e") || word != "text" && (strings.Contains(out, "<script>x") || strings.Contains(out, "</script><b>")) {
				t.Errorf("%q in %s: %s", text, word, out)
			}
		}
	}
}
