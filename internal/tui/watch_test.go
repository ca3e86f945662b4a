package tui

import (
	"os"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// secondOn starts a second program on the file of the first.
func secondOn(t *testing.T, r *rig) *rig {
	t.Helper()
	o := sessionOptions(t, r.file)
	s, err := session.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	second := options(o)
	second.Session = s
	return start(t, second, o.Path, 80, 24)
}

// A second program is read only, but shows what the first one saves. Once the first has left, it becomes the writer
// when the learner comes back to it or changes something.
func TestASecondProgramBecomesTheWriter(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"focus", "resume", "a rating"} {
		r := newRig(t, demoProfile(), 80, 24)
		r2 := secondOn(t, r)
		r.keys(append(toK21, "2")...)
		r2.send(tea.FocusMsg{})
		r2.sees("read only", "1 rating (K21) was added. This is how it is now.", "56 of 72 rated")
		r.keys("3")
		if err := r.a.s.Close(); err != nil {
			t.Fatal(err)
		}
		switch by {
		case "focus":
			r2.send(tea.FocusMsg{})
			r2.sees("The other ksbcoach has left, so you can change things here now", "57 of 72 rated")
		case "resume":
			r2.send(tea.ResumeMsg{})
			r2.sees("The other ksbcoach has left, so you can change things here now", "57 of 72 rated")
		default:
			r2.keys("enter", "2")
			r2.sees("please do that again")
			r2.keys("esc")
		}
		before := r2.onDisk().Ratings()
		r2.keys("enter", "1")
		if r2.a.s.ReadOnly() != nil || r2.a.failed != nil || r2.a.s.Dirty() {
			t.Fatalf("by %s: %v, %v\n%s", by, r2.a.s.ReadOnly(), r2.a.failed, r2.screen())
		}
		if got := r2.onDisk().Ratings(); got != before+1 {
			t.Errorf("by %s: %d ratings, want %d", by, got, before+1)
		}
	}
}

// Coming back to the program checks the file: what was changed elsewhere is shown at once. If it clashes with what was
// done here, the learner is asked before anything else happens, even before leaving.
func TestComingBackLooksAtTheFile(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "2")...)
	r.replace(r.textOf(r.file), "Asha Patel", "Asha P")
	r.send(tea.FocusMsg{})
	r.keys("esc")
	r.sees("Asha P,")
	if r.a.failed != nil || r.a.s.Dirty() {
		t.Fatalf("%v", r.a.failed)
	}
	r.replace(r.textOf(r.file), "K21 = { level = 2", "K21 = { level = 4")
	r.send(tea.ResumeMsg{})
	r.sees("The profile was changed elsewhere", "not saved")
	r.keys("esc", "q")
	if r.quit {
		t.Fatal("it left a file without what was saved here")
	}
	r.sees("Take the file as it is now")
	r.keys("enter")
	r.sees("Mine: level 2, 22 Nov", "The file's: level 4, 22 Nov")
	r.keys("enter")
	if x, _ := r.onDisk().Newest("K21", profile.Self); x.Level != 2 {
		t.Error("the rating that was chosen is gone")
	}
	if err := os.Remove(r.file); err != nil {
		t.Fatal(err)
	}
	r.send(tea.FocusMsg{})
	r.sees("no longer where it was")
}

// Coming back to an unchanged file says nothing and writes nothing.
func TestComingBackToTheSameFile(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("g")
	rev, screen := r.a.s.Rev(), r.screen()
	r.send(tea.FocusMsg{})
	r.send(tea.BlurMsg{})
	if r.a.s.Rev() != rev || r.screen() != screen || !r.a.View().ReportFocus {
		t.Errorf("revision %d after %d\n%s", r.a.s.Rev(), rev, r.screen())
	}
}

// If the file is another learner's now, the program does not go on with it unasked.
func TestAnotherLearnersFileIsNotTakenUnasked(t *testing.T) {
	t.Parallel()
	for _, back := range []tea.Msg{tea.FocusMsg{}, tea.ResumeMsg{}} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(append(toK21, "2")...)
		r.replace(r.textOf(r.file), "Asha Patel", "Bo Lund", "l-ashapate", "l-bolund22")
		r.send(back)
		r.sees("The profile was changed elsewhere", "It may be another learner's")
		if name := r.a.s.Profile().Learner.Name.Line(); name != "Asha Patel" {
			t.Errorf("it went on with the file of %s", name)
		}
	}
}
