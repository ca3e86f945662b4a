package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// replace rewrites the file as another program would.
func (r *rig) replace(from string, pairs ...string) {
	r.tb.Helper()
	if err := os.WriteFile(r.file, []byte(strings.NewReplacer(pairs...).Replace(from)), 0o600); err != nil {
		r.tb.Fatal(err)
	}
}

func (r *rig) textOf(path string) string {
	r.tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		r.tb.Fatal(err)
	}
	return string(b)
}

// A learner rates five KSBs, which are saved; a sync program puts yesterday's file back; the learner rates one more. No
// rating is lost, nobody is asked, a message says what happened, and the last file written is a backup.
func TestAnOlderCopyLosesNoSavedRating(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	older := r.textOf(r.file)
	r.keys(append(toK21, "2", "3", "1", "2", "3")...)
	ours := r.textOf(r.file)
	rated := r.onDisk().Ratings()
	r.replace(older)
	r.keys("2")
	r.sees("The file was changed elsewhere, and all that you did here is in it")
	if got := r.onDisk().Ratings(); got != rated+1 {
		t.Errorf("%d ratings, want %d", got, rated+1)
	}
	backups, _ := filepath.Glob(filepath.Join(filepath.Dir(r.file), "state", "backups", "*", "*.bak"))
	found := false
	for _, b := range backups {
		found = found || r.textOf(b) == ours
	}
	if !found {
		t.Error("what was last written is in no backup")
	}
}

// ratedElsewhere makes another program rate K21, which the demo learner never rated, at level 0, and make the
// replacements in pairs. If K21 is then rated here too, the learner is asked.
func (r *rig) ratedElsewhere(pairs ...string) string {
	r.tb.Helper()
	text := r.textOf(r.file)
	at := strings.LastIndex(text, "[round.self]\n") + len("[round.self]\n")
	r.replace(text[:at]+"K21 = { level = 0, on = 2026-11-21 }\n"+text[at:], pairs...)
	return r.textOf(r.file)
}

// Where the learner and the file both changed a rating, both values are shown, and the one that is chosen counts.
func TestTheLearnerChoosesWhereBothChangedIt(t *testing.T) {
	t.Parallel()
	for _, mine := range []bool{true, false} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(append(toK21, "2")...)
		ours := r.textOf(r.file)
		at := strings.Index(ours, "\nK21 = ")
		line := ours[at+1 : at+1+strings.Index(ours[at+1:], "\n")]
		r.replace(ours, line, "K21 = { level = 0, on = 2026-11-21 }")
		r.keys("3")
		r.sees("In 1 place the file says something else")
		r.keys("enter")
		r.sees("your rating of K21", "Mine: level 2, 22 Nov", "The file's: level 0, 21 Nov")
		if !mine {
			r.keys("down")
		}
		r.keys("enter")
		x, _ := r.onDisk().Newest("K21", profile.Self)
		if want := map[bool]int{true: 2, false: 0}[mine]; int(x.Level) != want || r.a.failed != nil {
			t.Errorf("K21 is at %d, want %d; %v", x.Level, want, r.a.failed)
		}
	}
}

// A mentor who rates blind is asked too, but sees no level of the learner's.
func TestAClashGivesNothingAwayToAMentor(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "2")...)
	ours := r.textOf(r.file)
	r.keys("esc", "b", "enter", "enter", "down", "enter")
	at := strings.Index(ours, "\nK21 = ")
	line := ours[at+1 : at+1+strings.Index(ours[at+1:], "\n")]
	r.replace(r.textOf(r.file), line, "K21 = { level = 0, on = 2026-11-21 }")
	r.keys("3", "enter")
	r.sees("your rating of K21", "The one given here", "The one in the file")
	if s := r.screen(); strings.Contains(s, "level 2") || strings.Contains(s, "level 0") {
		t.Errorf("it betrays a level:\n%s", s)
	}
}

// Only what can succeed is offered: a file that is gone is written again, one that cannot be read is left.
func TestAConflictOffersOnlyWhatCanSucceed(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	if err := os.Remove(r.file); err != nil {
		t.Fatal(err)
	}
	r.keys(append(toK21, "2")...)
	r.sees("no longer where it was", "▸ Write it again where it was")
	r.keys("enter")
	if x, _ := r.onDisk().Newest("K21", profile.Self); x.Level != 2 {
		t.Error("it was not written again")
	}
	r.keys("3") // and goes on being saved
	if r.a.failed != nil || r.a.s.Dirty() {
		t.Errorf("%v", r.a.failed)
	}
	r.replace("<<<<<<< mine\n")
	r.keys("1")
	r.sees("cannot be read here", "▸ Save mine as a new file beside it")
	if strings.Contains(r.screen(), "Take the file") {
		t.Errorf("it offers what cannot succeed:\n%s", r.screen())
	}
}

// Even in a folder with a long path the message shows why a save failed, and what to do.
func TestALongPathHidesNoReason(t *testing.T) {
	t.Parallel()
	o := sessionOptions(t, filepath.Join(t.TempDir(), strings.Repeat("OneDrive - Trust/", 8), "profile.toml"))
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		t.Fatal(err)
	}
	with := options(o)
	with.Session = sessionOf(t, o, *demoProfile())
	r := start(t, with, o.Path, 60, 20)
	if err := os.Chmod(o.Path, 0o400); err != nil {
		t.Fatal(err)
	}
	r.keys(append(toK21, "2")...)
	r.sees(`cannot save "profile.toml": it is read-only: make the file writable`, "ctrl+s shows other ways to save")
}

// After every failed save the learner can go on from where they are and can leave, and leaving keeps a copy.
func TestEveryFailedSaveHasAWayOut(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"ctrl+s", "ctrl+c"} {
		r := newRig(t, demoProfile(), 80, 24)
		if err := os.Chmod(r.file, 0o400); err != nil {
			t.Fatal(err)
		}
		r.keys(append(toK21, "2")...)
		r.sees("not saved", "ctrl+s shows other ways to save")
		r.keys(from)
		r.sees("The last changes are not saved", "▸ Try again")
		r.keys("down", "down", "enter")
		r.sees("Save under another name")
		other := filepath.Join(t.TempDir(), "mine.toml")
		r.text(other)
		r.keys("enter")
		if r.a.failed != nil || r.a.s.Path() != other {
			t.Fatalf("%s: %v, %s\n%s", from, r.a.failed, r.a.s.Path(), r.screen())
		}
		r.keys("3")
		r.file = other
		if x, _ := r.onDisk().Newest("K21", profile.Self); x.Level != 2 || r.a.s.Dirty() {
			t.Error("the new file does not hold it, or is not gone on with")
		}
	}
}

func TestLeavingWithoutASaveKeepsACopy(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	before := r.textOf(r.file)
	if err := os.Chmod(r.file, 0o400); err != nil {
		t.Fatal(err)
	}
	r.keys(append(toK21, "2")...)
	r.keys("ctrl+c", "ctrl+c")
	if !r.quit {
		t.Fatal("ctrl+c does not leave")
	}
	err := r.a.finish()
	if err == nil || !strings.Contains(err.Error(), "nothing is lost") || !strings.Contains(err.Error(), r.a.s.Path()) {
		t.Fatalf("%v", err)
	}
	if r.textOf(r.file) != before {
		t.Error("a read-only file was written")
	}
	r.file = r.a.s.Path()
	if x, _ := r.onDisk().Newest("K21", profile.Self); x.Level != 2 {
		t.Error("the copy does not hold the rating")
	}
}

// A save that was under way when the record was saved under another name says nothing any more, whether it had begun to
// write or not.
func TestAnOvertakenSaveIsNoFailure(t *testing.T) {
	t.Parallel()
	for _, begun := range []bool{true, false} {
		r := newRig(t, demoProfile(), 80, 24)
		if err := os.Chmod(r.file, 0o400); err != nil {
			t.Fatal(err)
		}
		r.keys(append(toK21, "2")...)
		job := r.a.save()
		var msg tea.Msg
		if begun {
			msg = job()
		}
		path := filepath.Join(t.TempDir(), "mine.toml")
		r.run(r.a.savedIn(path, r.a.s.SaveElsewhere(path)))
		if !begun {
			msg = job()
		}
		r.send(msg)
		r.sees("Saved as ", "and going on with that file")
		if r.a.failed != nil || strings.Contains(r.screen(), "not saved") {
			t.Errorf("begun %v: %v\n%s", begun, r.a.failed, r.screen())
		}
	}
}
