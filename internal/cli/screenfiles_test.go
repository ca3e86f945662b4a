package cli

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
)

// The screen writes the same documents to files as the commands do, and never overwrites another file.
func TestScreensWriteTheDocumentsOfTheCommands(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	k := &kit{env: w.env(io.Discard, io.Discard), library: library.New(), profilePath: w.profile()}
	s, err := k.openToRead()
	if err != nil {
		t.Fatal(err)
	}
	record, err := s.LastRecord()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		doc     doc.Doc
		command []string
	}{
		"pack":    {s.PackDoc(false), []string{"review", "prepare"}},
		"record":  {record, []string{"review", "record"}},
		"chances": {s.RequestsDoc(), []string{"opportunity"}},
	} {
		byCommand, byPage := filepath.Join(w.home, name+"-command.txt"), filepath.Join(w.home, name+"-page.txt")
		w.must(append(x.command, "-o", byCommand)...)
		text, err := export.ForFile(byPage).Write(x.doc)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := s.WriteNew("~/"+name+"-page.txt", text); err != nil || got != byPage {
			t.Fatal(name, got, err)
		}
		want, _ := os.ReadFile(byCommand)
		if got, _ := os.ReadFile(byPage); string(got) != string(want) || len(got) == 0 {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
		// Ids of actions are for typing in commands, so they have no place in a document to hand on.
		if id := regexp.MustCompile(`\ba-[0-9a-z]{4}\b`).FindString(string(text)); id != "" && name == "pack" {
			t.Errorf("%s: the code %s is in it", name, id)
		}
		for _, n := range []string{"-2", "-3"} {
			if got, _, err := s.WriteNew(byPage, []byte("other")); err != nil || got != filepath.Join(w.home, name+"-page"+n+".txt") {
				t.Errorf("%s, %v", got, err)
			}
		}
		if got, _ := os.ReadFile(byPage); string(got) != string(want) {
			t.Errorf("%s was replaced", name)
		}
	}
	for _, bad := range []string{w.home, filepath.Join(w.home, "typo", "x.txt")} {
		if got, _, err := s.WriteNew(bad, nil); err == nil {
			t.Errorf("%s was written as %s", bad, got)
		}
	}
}
