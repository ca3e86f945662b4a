// Package seeds_test is the linter of the content. Run it with go test ./seeds after any edit: each message names the
// file, the key and what to do. With -v it also logs the counts and the reading grade of every entry. The checks take
// content as values and return problems; the tests here apply them to the real files, linter_test.go to broken ones.
package seeds_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/seeds"
)

// real loads the embedded content, and fails the test if a file of it cannot be read.
func real(t *testing.T) content {
	t.Helper()
	c, found := load(seeds.FS)
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

func TestCoaching(t *testing.T) {
	c := real(t)
	for _, e := range c.entries {
		report(t, checkEntry(e))
	}
	report(t, checkScope(c.standard, c.entries))
	report(t, checkOthers(c.others, c.entries))
	report(t, checkRepeats(c.entries))
}

func TestWriting(t *testing.T) {
	c := real(t)
	for _, e := range c.entries {
		for _, f := range e.fields() {
			report(t, checkWriting(f))
			report(t, checkVague(f))
		}
	}
	for _, f := range c.otherFields() {
		report(t, checkWriting(f))
	}
}

func TestReadability(t *testing.T) {
	c := real(t)
	t.Logf("%-5s %6s %9s %6s", "KSB", "grade", "sentences", "words")
	for _, id := range c.standard.Walk() {
		for _, e := range c.entries {
			if e.KSB == id {
				r := e.reading()
				t.Logf("%-5s %6.1f %9d %6d", id, r.grade(), r.sentences, r.words)
				report(t, checkReadability(e))
			}
		}
	}
}

func TestFacts(t *testing.T) {
	c := real(t)
	for _, x := range c.cards {
		report(t, checkCard(c.standard, x))
	}
	report(t, checkCards(c.standard, c.cards))
}

func TestModels(t *testing.T) {
	c := real(t)
	report(t, checkReflection(c.reflection))
	report(t, checkAppraisal(c.appraisal))
	report(t, checkOthersList(c.others))
}
