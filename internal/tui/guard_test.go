package tui

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// note has a name, and an NHS number with a valid check digit.
const note = "Rang Mrs Zebedee 943 476 5919 about it"

func (r *rig) newest() string {
	e := r.onDisk().Evidence
	return e[len(e)-1].Title.Raw()
}

// holdsNone fails the test if the frame shows anything of what was found.
func (r *rig) holdsNone() {
	r.tb.Helper()
	if x := r.screen(); strings.Contains(x, "Zebedee") || strings.Contains(x, "943 ") {
		r.tb.Errorf("what was found is drawn:\n%s", x)
	}
}

// What is typed is saved before anything is asked, and each finding in it is asked about by itself.
func TestTheGuardAsksOnceTheTextIsSaved(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("enter", "e")
	r.text(note)
	r.sees("An example")
	r.keys("ctrl+s")
	r.sees("Does this name a patient? 1 of 2", "looks like the name of a patient", "Then it reads: Rang [name taken out] […] about it")
	r.holdsNone()
	if r.newest() != note {
		t.Fatalf("on disk: %q", r.newest())
	}
	r.keys("enter")
	r.sees("2 of 2", "an NHS number", "[name taken out] [NHS number taken out] about it", "Taken out.")
	r.holdsNone()
	if strings.Contains(r.screen(), "u brings it back") {
		t.Error("u is no key of the next question")
	}
	r.keys("enter")
	r.sees("Taken out. u brings it back.")
	if got := r.newest(); got != "Rang [name taken out] [NHS number taken out] about it" {
		t.Errorf("on disk: %q", got)
	}
	if got := r.unsent(); strings.Contains(got, "943") || strings.Contains(got, "Zebedee") {
		t.Errorf("a draft is left: %s", got)
	}
	r.keys("u", "u")
	r.sees("Undone: changing what may name a patient")
	if r.newest() != note {
		t.Errorf("on disk: %q", r.newest())
	}
	r.keys("1") // and what came back is not asked about under a key that rates
	if r.a.front != nil {
		t.Errorf("%s", r.screen())
	}
}

// Digits choose nothing; leaving an opened text leads back to the question; Esc leaves all questions; and what does not
// name a patient is remembered.
func TestAnswersToTheGuard(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("enter", "e")
	r.text(note)
	r.keys("ctrl+s", "3")
	r.sees("1 of 2")
	r.keys("down", "enter")
	r.sees("Change it", note)
	r.keys("esc")
	r.sees("1 of 2")
	r.keys("down", "enter")
	for range "Mrs Zebedee" {
		r.keys("backspace")
	}
	r.text("her")
	r.keys("enter")
	r.sees("2 of 2", "Changed.")
	if got := r.newest(); got != "Rang her 943 476 5919 about it" {
		t.Errorf("on disk: %q", got)
	}
	r.keys("down", "down", "enter")
	if got := r.onDisk().Privacy.Cleared; len(got) != 1 || !strings.HasPrefix(got[0], "nhs-") || r.a.front != nil {
		t.Errorf("remembered: %v\n%s", got, r.screen())
	}
	r.keys("e")
	r.text("943 476 5919 once more")
	r.keys("ctrl+s")
	if r.a.front != nil {
		t.Errorf("asked again:\n%s", r.screen())
	}
	r.keys("e")
	r.text(note + " and 07700 900123")
	r.keys("ctrl+s")
	r.sees("1 of 2")
	r.keys("esc")
	r.sees("2 places stay as they are")
	if r.a.front != nil || !strings.HasSuffix(r.newest(), "900123") {
		t.Errorf("on disk %q\n%s", r.newest(), r.screen())
	}
}

// A note that was written before its rating is asked about once it is in the record. So is a mentor's note.
func TestNotesAreAskedAboutWhoeverWritesThem(t *testing.T) {
	t.Parallel()
	r := newRig(t, &profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Sam")}}, 80, 24)
	r.keys("enter", "w")
	r.text(note)
	r.keys("enter")
	if r.a.front != nil {
		t.Fatalf("%s", r.screen())
	}
	r.keys("2")
	r.sees("Your note on K", "1 of 2")
	r.holdsNone()
	r.keys("enter", "enter", "esc", "b", "enter")
	r.text("Jo Bell")
	r.keys("enter", "enter", "2", "left", "w")
	r.text("as Mr Zebedee said")
	r.keys("enter")
	r.sees("The mentor's note on K", "Does this name a patient?")
	r.holdsNone()
}

// The check of the whole record goes from one place to the next, stops at Esc, and says how it ended.
func TestLookingThroughTheWholeRecord(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Goals[0].Note, p.Evidence[0].Title, p.Goals[1].Note = text(note), text("for 943 476 5919"), text("Mrs Zebedee rang")
	r := newRig(t, p, 80, 24)
	call := func() {
		r.keys("ctrl+p")
		r.text("names a patient")
		r.keys("enter")
	}
	call()
	r.sees("1 of 4")
	r.holdsNone()
	r.keys("down", "down", "down", "enter")
	r.sees("2 of 4")
	r.keys("esc")
	r.sees("4 places stay as they are", "comes back to it")
	call()
	for _, title := range []string{"1 of 4", "2 of 4", "3 of 4", "4 of 4"} {
		r.sees(title)
		r.holdsNone()
		r.keys("enter")
	}
	r.sees("That was all. Older versions")
	call()
	r.sees("Nothing more in your profile looks as if it named a patient")
	if left := r.a.s.GuardRecord(); len(left) > 0 {
		t.Errorf("%s", left[0].Says())
	}
}

// Before a document is written, the program says how many places in it name a patient, and offers to look at them;
// Enter writes it.
func TestBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Evidence[0].Title = text(note)
	p.Goals[0].Note = text("rang 07700 900123") // which no index holds, nor a report for others
	r := newRig(t, p, 80, 24)
	open := func(command string) {
		r.keys("ctrl+p")
		r.text(command)
		r.keys("enter")
	}
	open("report of everything")
	r.sees("2 places in it look as if they named a patient", "L Look at what names a patient")
	r.keys("2")
	r.sees("2 places in it look as if they named a patient")
	r.keys("esc", "L")
	r.sees("1 of 2")
	r.keys("enter")
	r.sees("2 of 2", "Taken out")
	r.keys("esc")
	r.sees("1 place in it looks as if it named a patient", "Write it")
	r.keys("enter")
	r.sees("Into which new file?")
	r.keys("esc")

	open("index of my portfolio")
	r.sees("1 place in it looks as if it named a patient", "W Write it as it is")
	r.keys("L")
	r.sees("an NHS number", "of the evidence of")
	r.keys("enter")
	r.sees("Into which new file?")
	r.keys("ctrl+u")
	r.text(filepath.Join(filepath.Dir(r.file), "for Mrs Zebedee.txt"))
	r.keys("enter")
	r.sees("the name of the file, letter 5: looks like the name of a patient", "Enter again keeps it")
	r.keys("enter")
	r.sees("Written: ")
	if _, err := os.Stat(filepath.Join(filepath.Dir(r.file), "for Mrs Zebedee.txt")); err != nil {
		t.Error(err)
	}
	open("index of my portfolio")
	r.sees("Into which new file?")
	if left := r.a.s.GuardRecord(); len(left) != 1 || left[0].Place != "the note of your goal for "+words.List(p.Goals[0].KSBs) {
		t.Errorf("left: %v", left)
	}
}

// No question shows what was found, whatever field it is in. Once everything is taken out, only the older versions have
// it, and not the state of the program.
func TestNoQuestionDrawsWhatWasFound(t *testing.T) {
	t.Parallel()
	n := 0
	p := file.MapTexts(*demoProfile(), func(string, safetext.Text) safetext.Text {
		n++
		return text(fmt.Sprintf("%d by 943 476 5919 and Mrs Zebedee", n))
	})
	p.Reviews = nil
	r := newRig(t, &p, 80, 24)
	for i, answer := range []string{"end", "home"} { // leave it, and take it out
		r.keys("ctrl+p")
		r.text("names a patient")
		r.keys("enter")
		asked := 0
		for r.a.front != nil {
			if asked++; asked > 3*n {
				t.Fatalf("it never ends:\n%s", r.screen())
			}
			r.holdsNone()
			r.keys(answer, "enter")
		}
		if asked < 100 {
			t.Errorf("only %d questions in round %d", asked, i)
		}
	}
	if left := r.a.s.GuardRecord(); len(left) > 0 {
		t.Errorf("%d are left: %s", len(left), left[0].Says())
	}
	if err := r.a.s.SaveLeft(); err != nil {
		t.Fatal(err)
	}
	r.a.s.SaveState()
	err := filepath.WalkDir(filepath.Dir(r.file), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "backups") {
			return err
		}
		b, err := os.ReadFile(path)
		named := strings.Contains(string(b), "Zebedee") && path != r.file // where witnesses and helpers keep their names
		if named || strings.Contains(string(b), "943 476") {
			t.Errorf("%s still holds it", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The question as a learner sees it, also on a narrow terminal, and what a report says.
func TestFramesOfTheGuard(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {60, 20}} {
		p := demoProfile()
		p.Evidence[0].Title = text(note)
		r := newRig(t, p, size[0], size[1])
		frame := func(name string) {
			t.Helper()
			r.holdsNone()
			uitest.Golden(t, fmt.Sprintf("guard_%s_%dx%d", name, size[0], size[1]), r.screen())
		}
		r.keys("ctrl+p")
		r.text("report of everything")
		r.keys("enter")
		frame("report")
		r.keys("L")
		frame("question")
	}
}
