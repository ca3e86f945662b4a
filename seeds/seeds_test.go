// Package seeds_test is the linter of the content. Run it with go test ./seeds after any edit: each message names the
// file, the key and what to do. With -v it also logs the counts and the reading grade of every entry. The checks take
// content as values and return problems; the tests here apply them to the real files, linter_test.go to broken ones.
package seeds_test

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/seeds"
)

var folder = flag.String("folder", ".", "read the content from this `folder`, for TestKSB")

// real loads the content as it is written, and fails the test if a file of it cannot be read.
func real(t *testing.T) content {
	t.Helper()
	c, found := load(os.DirFS(*folder))
	report(t, found)
	if t.Failed() {
		t.FailNow()
	}
	return c
}

func TestFilesAndTitles(t *testing.T) {
	c := real(t)
	report(t, checkFiles(c))
	report(t, checkTitles(c))
}

// TestKSB holds each KSB to all that can be said of it alone: -run 'TestKSB/K7$' is for whoever writes K7.
func TestKSB(t *testing.T) {
	c := real(t)
	repeats := checkRepeats(c.entries)
	for _, e := range c.entries {
		t.Run(e.KSB, func(t *testing.T) {
			report(t, checkEntry(e))
			report(t, checkExampleIDs(e, c.fields))
			report(t, checkOthers(c.others, []entry{e}))
			report(t, checkReadability(e))
			for _, f := range e.fields() {
				report(t, checkWriting(f))
				report(t, checkVague(f))
			}
			report(t, repeats.of(e.file))
			report(t, checkWhole(e, c.fields, wantDepths))
		})
	}
}

func TestCoaching(t *testing.T) {
	c := real(t)
	report(t, checkScope(c.standard, c.entries))
	report(t, checkCoverage(c.fields, c.entries))
}

func TestFields(t *testing.T) {
	c := real(t)
	report(t, checkFields(c.fields, func(ksb string) bool { _, ok := c.standard.KSB(ksb); return ok }))
}

func TestWriting(t *testing.T) {
	c := real(t)
	for _, f := range c.otherFields() {
		report(t, checkWriting(f))
	}
}

// TestReadability holds the middle of all entries, and of all bundles, to its bound, as TestKSB does each entry to its own.
func TestReadability(t *testing.T) {
	c := real(t)
	readings := map[string]reading{}
	for _, e := range c.entries {
		readings[e.KSB] = e.reading()
	}
	checkMedian(t, c.standard.Walk(), readings)
	var ids []string
	for _, b := range c.growth.Bundles {
		ids = append(ids, b.ID)
		if readings[b.ID] = readingOf(b); readings[b.ID].grade() > maxGrade {
			t.Errorf("%s: the reading grade is %.1f, at most %.0f", bundleFile(b), readings[b.ID].grade(), maxGrade)
		}
	}
	checkMedian(t, ids, readings)
}

func checkMedian(t *testing.T, ids []string, readings map[string]reading) {
	t.Helper()
	var grades []float64
	t.Logf("%-28s %6s %9s %6s", "", "grade", "sentences", "words")
	for _, id := range ids {
		r := readings[id]
		grades = append(grades, r.grade())
		t.Logf("%-28s %6.1f %9d %6d", id, r.grade(), r.sentences, r.words)
	}
	slices.Sort(grades)
	if median := grades[len(grades)/2]; median > maxMedian {
		t.Errorf("the median reading grade is %.1f, at most %.0f", median, maxMedian)
	}
}

func TestFacts(t *testing.T) {
	c := real(t)
	for _, x := range c.cards {
		report(t, checkCard(c.standard, x))
	}
	report(t, checkCards(c.standard, c.cards))
	report(t, checkCardFields(c.fields.Fields, c.cards))
}

func TestGrowth(t *testing.T) {
	c := real(t)
	report(t, checkGrowth(c.standard, c.fields, c.growth))
	report(t, checkGrowthCounts(c.growth))
	report(t, checkGrowthRepeats(c.growth, c.entries))
}

func TestModels(t *testing.T) {
	c := real(t)
	report(t, checkReflection(c.reflection))
	report(t, checkAppraisal(c.appraisal))
	report(t, checkOthersList(c.others))
	report(t, checkReadings(c.standard, c.appraisal.Theories, c.readings))
}

// What is built in is what is written here: whoever forgets to pack an edit is told.
func TestWhatIsBuiltInIsWhatIsWritten(t *testing.T) {
	start, err := library.ReadStart(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	opens, err := library.Fields(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	opens[library.StartFile] = start.Pack()
	for name, want := range opens {
		if got, err := seeds.FS.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not built in as its files are written (%v): run go generate ./seeds", name, err)
		}
	}
	err = fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".toml" || path.Base(name) == "specialisms.toml" { // which is there in the other form
			return err
		}
		want, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			return err
		}
		if got, err := seeds.FS.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not built in as it is written (%v): run go generate ./seeds", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := seeds.FS.ReadFile("st0413/coaching/K99.toml"); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "K99.toml") {
		t.Errorf("a file that is not there: %v", err)
	}
}
