package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// What the screen writes into a file is what the command writes, and never takes the place of another file.
func TestPapersAreThoseOfTheCommands(t *testing.T) {
	w := newWorld(t).demo()
	k := &kit{env: w.env(io.Discard, io.Discard), library: library.New(), file: w.profile()}
	s, err := k.reading()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		paper   func(*session.Session) ([]byte, error)
		command []string
	}{
		"pack":    {k.packPaper, []string{"review", "prepare"}},
		"record":  {recordPaper, []string{"review", "record"}},
		"chances": {k.chancePaper, []string{"opportunity"}},
	} {
		byCommand, byPage := filepath.Join(w.home, name+"-command.txt"), filepath.Join(w.home, name+"-page.txt")
		w.must(append(x.command, "-o", byCommand)...)
		text, err := x.paper(s)
		if err != nil {
			t.Fatal(name, err)
		}
		if got, _, err := k.writeNew("~/"+name+"-page.txt", text); err != nil || got != byPage {
			t.Fatal(name, got, err)
		}
		want, _ := os.ReadFile(byCommand)
		if got, _ := os.ReadFile(byPage); string(got) != string(want) || len(got) == 0 {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
		// What the learner hands on has no code that only a command needs.
		if id := regexp.MustCompile(`\ba-[0-9a-z]{4}\b`).FindString(string(text)); id != "" && name == "pack" {
			t.Errorf("%s: the code %s is in it", name, id)
		}
		for _, n := range []string{"-2", "-3"} {
			if got, _, err := k.writeNew(byPage, []byte("other")); err != nil || got != filepath.Join(w.home, name+"-page"+n+".txt") {
				t.Errorf("%s, %v", got, err)
			}
		}
		if got, _ := os.ReadFile(byPage); string(got) != string(want) {
			t.Errorf("%s was replaced", name)
		}
	}
	for _, bad := range []string{w.home, filepath.Join(w.home, "typo", "x.txt")} {
		if got, _, err := k.writeNew(bad, nil); err == nil {
			t.Errorf("%s was written as %s", bad, got)
		}
	}
}

// unsynced are operations on a disk that writes and cannot promise to keep it.
type unsynced struct{ store.Ops }

func (unsynced) SyncDir(string) error { return errors.New("the disk is odd") }

// A file that stands is no failure, though it might not outlast a power cut: to try again would only write it twice.
func TestAFileThatStandsIsWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pack.txt")
	path, warning, err := createFree(unsynced{store.OS()}, file, []byte("text"))
	if text, _ := os.ReadFile(file); err != nil || path != file || warning == "" || string(text) != "text" {
		t.Errorf("%q, %q, %v, %q", path, warning, err, text)
	}
}
