package session_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A copy is taken in as one change, the record is backed up before, and the copy lies in the backups afterwards.
func TestACopyIsTakenInAndPutAway(t *testing.T) {
	d := newDesk(t, sample)
	more := strings.Replace(strings.Replace(sample, "S7 =", "K8 = { level = 2, on = 2026-11-02 }\nS7 =", 1), "with help", "alone", 1)
	path := d.copied(laptop, more, 12)
	s := d.open()
	if !s.HasCopies() {
		t.Fatal("there is a copy")
	}
	j, err := s.NextCopy()
	if err != nil || len(j.Clashes) != 1 || j.Clashes[0].What != "your rating of S7" {
		t.Fatalf("%v, %+v", err, j)
	}
	if err := s.TakeIn(j, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if moved, err := s.PutAway(j); err != nil || !moved {
		t.Fatal(moved, err)
	}
	if got := d.read(); got != more {
		t.Errorf("%s", got)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the copy is still there")
	}
	all := strings.Join(d.backups(), "\n")
	if !strings.Contains(all, sample) || !strings.Contains(all, more) {
		t.Error("the backups lack the record before, or the copy")
	}
	if _, ok := s.Undo(); !ok || levelOf(t, s, "K8") >= 0 {
		t.Error("it is not undone in one step")
	}
	if j, err = s.NextCopy(); err != nil || j != nil {
		t.Error("a copy is found again", err)
	}
}

// A copy that is changed while it is taken in stays.
func TestACopyThatChangesMeanwhileStays(t *testing.T) {
	d := newDesk(t, sample)
	d.copied(laptop, strings.Replace(sample, "K7 =", "K8 = { level = 2, on = 2026-11-02 }\nK7 =", 1), 12)
	s := d.open()
	j, err := s.NextCopy()
	if err != nil || s.TakeIn(j, nil) != nil || s.Save() != nil {
		t.Fatal(err)
	}
	path := d.copied(laptop, sample, 13)
	if moved, err := s.PutAway(j); err != nil || moved {
		t.Error(moved, err)
	}
	if read(t, path) != sample {
		t.Error("the copy was changed")
	}
}

// What comes of two copies may break a rule that each of them keeps. Neither is changed then, and it is said what to try.
func TestAMergeThatBreaksARuleSaysWhatToTry(t *testing.T) {
	d := newDesk(t, sample+"\n[[evidence]]\nid = \"x-1\"\nksbs = [\"K7\"]\non = 2026-11-01\ntitle = \"A card\"\n")
	theirs := sample + "\n[[goal]]\nid = \"x-1\"\nksbs = [\"K7\"]\ntext = \"Explain it\"\n"
	path := filepath.Join(filepath.Dir(d.path), "other.toml")
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	before, s := d.read(), d.open()
	j, err := s.Join(path, "")
	if err != nil {
		t.Fatal(err)
	}
	err = s.TakeIn(j, nil)
	var hint interface{ Hint() string }
	if err == nil || !strings.Contains(err.Error(), "cannot be put together as they are") || !strings.Contains(err.Error(), "x-1") ||
		!errors.As(err, &hint) || !strings.Contains(hint.Hint(), "--prefer ours or theirs") {
		t.Errorf("%v", err)
	}
	if d.read() != before || s.Dirty() {
		t.Error("something was changed")
	}
}
