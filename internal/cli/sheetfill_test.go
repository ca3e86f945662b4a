package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// While another ksbcoach has the profile open, the learner cannot be given an id. The sheet is still made, and says so.
func TestSheetWhileTheProfileIsOpenElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	b, err := os.ReadFile(w.profile())
	if err != nil {
		t.Fatal(err)
	}
	before := strings.Replace(string(b), "id = \"l-ashapate\"\n", "", 1)
	w.write([]byte(before))
	holder, err := session.Open(session.Options{
		Path: w.profile(), Ops: store.OS(), Library: library.New(), Today: calendar.Of(2026, 11, 22),
		Places: store.Places{Profile: w.profile(), State: filepath.Join(w.home, ".local/state/ksbcoach"), Config: filepath.Join(w.home, ".config/ksbcoach")},
	})
	if err != nil || holder.ReadOnly() != nil {
		t.Fatal(err, holder.ReadOnly())
	}
	path := filepath.Join(w.home, "s.toml")
	out := w.must("sheet", "make", "-o", path, "--as-of", asOf)
	if !strings.Contains(out, "the sheet has only your name") {
		t.Errorf("not said: %s", out)
	}
	if b, _ := os.ReadFile(w.profile()); string(b) != before {
		t.Error("the profile was changed beside the open program")
	}
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	w.must("sheet", "fill", path, "K7", "2", "--by", "J. Ode", "--as-of", asOf)
	if out := w.must("sheet", "take", path, "--as-of", asOf); !strings.Contains(out, "1 rating by J. Ode taken") {
		t.Errorf("a sheet without an id: %s", out)
	}
	again := filepath.Join(w.home, "s2.toml")
	if out := w.must("sheet", "make", "-o", again, "--as-of", asOf); strings.Contains(out, "by your name") {
		t.Errorf("with the profile free: %s", out)
	}
}

// fillCells writes words into cells of the first sheet of a workbook. It edits the XML itself: the library that other
// tests use takes as long to start as a whole command of a script.
func fillCells(t *testing.T, path string, words map[string]string) {
	t.Helper()
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range book.File {
		text, err := fs.ReadFile(book, part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == "xl/worksheets/sheet1.xml" {
			for cell, word := range words {
				old := regexp.MustCompile(`<c r="` + cell + `"[^>]*(/>|>.*?</c>)`)
				if !old.Match(text) {
					t.Fatalf("no cell %s in %s", cell, text)
				}
				text = old.ReplaceAll(text, []byte(`<c r="`+cell+`" t="inlineStr"><is><t>`+word+`</t></is></c>`))
			}
		}
		to, err := w.Create(part.Name)
		if err == nil {
			_, err = to.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), os.WriteFile(path, out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// A fault in a workbook is reported with its cell, in words and as JSON.
func TestFaultsInAWorkbookNameTheCell(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	path := filepath.Join(w.home, "s.xlsx")
	w.must("sheet", "make", "-o", path, "--ksb", "K7", "--as-of", asOf)
	fillCells(t, path, map[string]string{"C3": "your name", "D6": "good"})
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"check", path}, path + `:D6: fault: round.mentor.K7.level: "good" is not a level`},
		{[]string{"check", path, "--json"}, `"cell": "C3"`},
		{[]string{"sheet", "show", path}, `cell C3: round.mentor.K7.by: "your name" is still in place of the mentor's name`},
		{[]string{"sheet", "take", path}, path + `: cell D6: round.mentor.K7.level: "good" is not a level`},
	} {
		code, out, said := w.run(c.args...)
		if all := strings.Join(strings.Fields(out+said), " "); code == 0 || !strings.Contains(all, c.want) {
			t.Errorf("%q: %d\n%s", c.args, code, all)
		}
	}
}
