package session_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// A copy is taken in as one change. The record is backed up first, and afterwards the copy is in the backups.
func TestACopyIsTakenInAndPutAway(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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

// A copy has a learner with the same name or the same ID, since either may have been changed in one of the two.
func TestWhoseCopyItIs(t *testing.T) {
	t.Parallel()
	with := func(id, name string) string {
		return strings.Replace(sample, "name = \"Asha\"", "id = \""+id+"\"\nname = \""+name+"\"", 1)
	}
	for _, c := range []struct {
		name, theirs string
		same         bool
	}{
		{"another ID", with("l-2", "Asha"), true},
		{"another name", with("l-1", "Asha P"), true},
		{"another of both", with("l-2", "Bo"), false},
		{"another name and no ID", strings.Replace(sample, `name = "Asha"`, `name = "Bo"`, 1), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, with("l-1", "Asha"))
			path := d.copied(laptop, c.theirs, 12)
			s := d.open()
			_, err := s.PrepareMerge(path, "")
			_, brought := d.older().Find(path)
			if (err == nil) != c.same || (brought == nil) != c.same || (len(s.LookForCopies()()) == 1) != c.same {
				t.Errorf("merge: %v; restore: %v; %d copies", err, brought, len(s.LookForCopies()()))
			}
		})
	}
}

// The learner's own keys stay in the copy, and this is said before it is taken in.
func TestKeysOfOnesOwnAreNamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "colour = \"blue\"\n"+sample)
	d.copied(laptop, "colour = \"red\"\n\"a\\u001b[31m\" = 1\n"+sample, 12)
	j, err := d.open().NextCopy()
	if err != nil {
		t.Fatal(err)
	}
	says := strings.Join(j.Says(), "\n")
	if strings.Contains(says, "\x1b") || !strings.Contains(says, "A key of your own in the other copy is not taken over: colour.") ||
		!strings.Contains(says, "It has nothing that yours does not.") || len(j.Unread) != 2 {
		t.Errorf("%q", says)
	}
}

// If the profile itself has meanwhile been moved to where the copy was, it is not put away.
func TestTheProfileItselfIsNeverPutAway(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	path := d.copied(laptop, sample, 12)
	s := d.open()
	j, err := s.NextCopy()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(d.path, path); err != nil {
		testneed.Missing(t, "a file system that gives a file a second name: "+err.Error())
	}
	if moved, err := s.PutAway(j); err == nil || moved {
		t.Error(moved, err)
	}
	d.read()
}

// Two valid copies may give a merged record that is not valid. Then neither is changed, and the hint says what to try.
func TestAMergeThatBreaksARuleSaysWhatToTry(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample+"\n[[evidence]]\nid = \"x-1\"\nksbs = [\"K7\"]\non = 2026-11-01\ntitle = \"A card\"\n")
	theirs := sample + "\n[[goal]]\nid = \"x-1\"\nksbs = [\"K7\"]\ntext = \"Explain it\"\n"
	path := filepath.Join(filepath.Dir(d.path), "other.toml")
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	before, s := d.read(), d.open()
	j, err := s.PrepareMerge(path, "")
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
