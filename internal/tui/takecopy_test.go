package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// One key on Home shows what is in a copy. Where both were changed the learner chooses between the two values; then the
// copy is taken in and moved to the backups.
func TestACopyIsTakenInFromHome(t *testing.T) {
	t.Parallel()
	for _, mine := range []bool{true, false} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("c")
		r.sees("There is no copy next to your profile")
		ours := r.textOf(r.file)
		at := strings.Index(ours, "\nK21 = ")
		if at < 0 {
			at = strings.Index(ours, "\nK1 = ")
		}
		line := ours[at+1 : at+1+strings.Index(ours[at+1:], "\n")]
		ksb, _, _ := strings.Cut(line, " ")
		was, _ := r.onDisk().Newest(ksb, profile.Self)
		path := filepath.Join(filepath.Dir(r.file), strings.TrimSuffix(filepath.Base(r.file), ".toml")+" (1).toml")
		theirs := strings.Replace(ours, line, ksb+" = { level = 0, on = 2026-11-21 }\nS33 = { level = 4, on = 2026-11-21 }", 1)
		if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
			t.Fatal(err)
		}
		r.send(r.a.copiesAfter(0)())
		if !strings.Contains(r.a.copies, "copy") {
			t.Fatal("Home does not name it")
		}
		r.keys("c")
		r.sees("A copy of your profile: ", "It brings 1 rating (S33 ", "One thing was changed in both")
		r.keys("enter")
		r.sees("Which one should count? 1 of 1", "your rating of "+ksb, "The copy's: level 0, 21 Nov")
		if !mine {
			r.keys("down")
		}
		r.keys("enter")
		r.sees("The copy has been taken in and is now in the backups")
		if strings.Contains(r.a.copies, "copy") {
			t.Errorf("Home still names it: %s", r.a.copies)
		}
		x, _ := r.onDisk().Newest(ksb, profile.Self)
		if want := map[bool]profile.Rating{true: was, false: {Level: 0}}[mine]; x.Level != want.Level {
			t.Errorf("%s is at %d, want %d", ksb, x.Level, want.Level)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("the copy is still there")
		}
	}
}

// If the learner leaves the copy where it is, nothing changes.
func TestACopyMayStay(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	ours := r.textOf(r.file)
	path := filepath.Join(filepath.Dir(r.file), strings.TrimSuffix(filepath.Base(r.file), ".toml")+" (1).toml")
	if err := os.WriteFile(path, []byte(ours), 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("c", "down", "enter")
	if r.textOf(path) != ours || r.textOf(r.file) != ours {
		t.Error("something was changed")
	}
}

// withCopy puts a copy of the profile beside it, in which S33 is rated with a note.
func (r *rig) withCopy(note string) (path string) {
	r.tb.Helper()
	text := r.textOf(r.file)
	at := strings.LastIndex(text, "[round.self]\n") + len("[round.self]\n")
	path = filepath.Join(filepath.Dir(r.file), strings.TrimSuffix(filepath.Base(r.file), ".toml")+" (1).toml")
	text = text[:at] + "S33 = { level = 4, on = 2026-11-21, note = \"" + note + "\" }\n" + text[at:]
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		r.tb.Fatal(err)
	}
	return path
}

// If taking a copy in is undone before it was saved, the copy stays where it is.
func TestAnUndoneMergeLeavesTheCopy(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	path := r.withCopy("alone")
	if err := os.Chmod(r.file, 0o400); err != nil {
		t.Fatal(err)
	}
	r.keys("c", "enter")
	r.sees("not saved")
	r.keys("u")
	r.sees("Undo the merge?", "The copy stays in the backups")
	r.keys("down", "enter")
	r.sees("Undone: merge.")
	if err := os.Chmod(r.file, 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys(append(toK21, "2")...)
	if r.a.failed != nil || r.a.s.Dirty() {
		t.Fatal(r.a.failed)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the copy is gone, and nothing of it is in the record: %v", err)
	}
}

// What comes in with a copy is checked for what names a patient, once it is saved.
func TestWhatACopyBringsIsGuarded(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	path := r.withCopy(note)
	r.keys("c", "enter")
	r.sees("Does this name a patient? 1 of 2", "Your note on S33")
	if _, err := os.Stat(path); err == nil {
		t.Error("the copy is still there")
	}
}
