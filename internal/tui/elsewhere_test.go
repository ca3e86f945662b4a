package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// comeBack are the moments at which the program checks the file: before a save, when the window gets the focus, and
// when fg brings it back after Ctrl-Z.
var comeBack = map[string]func(r *rig){
	"a save": func(r *rig) { r.keys("3") },
	"focus":  func(r *rig) { r.send(tea.FocusMsg{}) },
	"resume": func(r *rig) { r.send(tea.ResumeMsg{}) },
}

// If different things were changed elsewhere and here, both are in the file at once. Nobody is asked, and a message
// says what came in.
func TestDifferentChangesAreMergedUnasked(t *testing.T) {
	t.Parallel()
	for when, look := range comeBack {
		for _, older := range []bool{false, true} {
			r := newRig(t, demoProfile(), 80, 24)
			before := r.textOf(r.file)
			r.keys(append(toK21, "2")...)
			from := r.textOf(r.file)
			if older { // a sync program put an older file back, with something new in it
				from = before
			}
			at := strings.LastIndex(from, "[round.self]\n") + len("[round.self]\n")
			r.replace(from[:at] + "S33 = { level = 4, on = 2026-11-21 }\n" + from[at:])
			look(r)
			r.sees("The file was changed elsewhere: 1 rating (S33) was added.")
			if r.a.front != nil || r.a.failed != nil || r.a.s.Dirty() {
				t.Fatalf("%s, older %v: it asks, or did not save: %v\n%s", when, older, r.a.failed, r.screen())
			}
			p := r.onDisk()
			if x, _ := p.Newest("K21", profile.Self); x.Level != 2 {
				t.Errorf("%s, older %v: K21 is at %d", when, older, x.Level)
			}
			if x, _ := p.Newest("S33", profile.Self); x.Level != 4 {
				t.Errorf("%s, older %v: S33 is at %d", when, older, x.Level)
			}
			if when == "a save" && p.Ratings() != demoProfile().Ratings()+3 {
				t.Errorf("older %v: %d ratings", older, p.Ratings())
			}
		}
	}
}

// If the same thing was changed, nothing is written before the learner has seen both values and chosen.
func TestClashingChangesAreAskedAbout(t *testing.T) {
	t.Parallel()
	for when, look := range comeBack {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(append(toK21, "2")...)
		r.replace(r.textOf(r.file), "K21 = { level = 2", "K21 = { level = 4")
		theirs := r.textOf(r.file)
		look(r)
		r.sees("The profile was changed elsewhere", "In 1 place the file says something else")
		if r.textOf(r.file) != theirs {
			t.Errorf("%s: it was overwritten", when)
		}
		r.keys("enter")
		r.sees("your rating of K21", "Mine: level 2", "The file's: level 4")
		if r.textOf(r.file) != theirs {
			t.Errorf("%s: it was overwritten", when)
		}
		r.keys("down", "enter")
		if x, _ := r.onDisk().Newest("K21", profile.Self); x.Level != 4 || r.a.failed != nil {
			t.Errorf("%s: K21 is at %d, %v", when, x.Level, r.a.failed)
		}
	}
}

// The message that the file was changed elsewhere stays for a moment, whatever is typed.
func TestTheMessageAboutAChangedFileStaysForAMoment(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.replace(r.textOf(r.file), "Asha Patel", "Asha P")
	r.send(tea.FocusMsg{})
	r.keys("down", "up")
	r.sees("The file was changed elsewhere: ")
}

// If something was taken out of the file elsewhere, it goes here too; a message says what went, and a backup has it.
func TestWhatWasTakenOutElsewhereIsNamedAndKept(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "2")...)
	ours := r.textOf(r.file)
	shorter, _, _ := strings.Cut(ours, "[[evidence]]")
	r.replace(shorter)
	r.send(tea.FocusMsg{})
	r.sees("pieces of evidence", "taken out", "What was taken out is kept in a backup.")
	if !r.backupHas(ours) {
		t.Error("it is in no backup")
	}
}

// backupHas says whether a backup contains a text.
func (r *rig) backupHas(text string) bool {
	backups, _ := filepath.Glob(filepath.Join(filepath.Dir(r.file), "state", "backups", "*", "*.bak"))
	for _, b := range backups {
		if r.textOf(b) == text {
			return true
		}
	}
	return false
}

// If what would go cannot be backed up first, nothing is merged: the learner is asked, and told why.
func TestNothingGoesThatCannotBeBackedUp(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	ours := r.textOf(r.file)
	shorter, _, _ := strings.Cut(ours, "[[evidence]]")
	r.replace(shorter)
	state := filepath.Join(filepath.Dir(r.file), "state")
	if err := os.MkdirAll(state, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(state, "backups"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys(append(toK21, "2")...)
	r.sees("The profile was changed elsewhere")
	r.keys("enter")
	r.sees("could not be kept first")
	if r.textOf(r.file) != shorter || len(r.a.s.Profile().Evidence) == 0 {
		t.Error("it was taken all the same")
	}
}

// Another learner's file in the place of this one is never merged with it unasked.
func TestAnotherLearnersFileIsAskedAbout(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.replace(r.textOf(r.file), "Asha Patel", "Bo Lund", "l-ashapate", "l-bolund22")
	theirs := r.textOf(r.file)
	r.keys(append(toK21, "2")...)
	r.sees("Careful: it is not a version of this profile")
	if r.textOf(r.file) != theirs {
		t.Error("the two were mixed")
	}
}

// Leaving after the file was changed elsewhere merges both, and leaves.
func TestLeavingMergesDifferentChanges(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(toK21...)
	_, save := r.a.Update(r.later(press("2")))
	r.replace(r.textOf(r.file), "Asha Patel", "Asha P")
	r.keys("ctrl+c")
	r.run(save)
	if !r.quit {
		t.Fatalf("it stays:\n%s", r.screen())
	}
	p := r.onDisk()
	if x, _ := p.Newest("K21", profile.Self); x.Level != 2 || p.Learner.Name.Raw() != "Asha P" {
		t.Errorf("K21 is at %d, the name is %q", x.Level, p.Learner.Name.Raw())
	}
}
