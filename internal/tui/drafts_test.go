package tui

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
)

// unsent returns the unsent text that the program would offer after a restart, from whatever form.
func (r *rig) unsent() string {
	r.tb.Helper()
	b, err := os.ReadFile(sessionOptions(r.tb, r.file).Places.StateFile(r.file, "state.json"))
	if err != nil {
		r.tb.Fatal(err)
	}
	return string(b)
}

func TestWhatIsTypedIsKeptAtAPause(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("r", "e")
	r.a.drafts.pause = time.Millisecond
	_, cmd := r.a.Update(r.later(press("P")))
	first, ok := cmd().(pausedMsg)
	if !ok {
		t.Fatal("no timer runs after a key")
	}
	_, cmd = r.a.Update(r.later(press("q")))
	r.send(first)
	if strings.Contains(r.unsentOr(), "P") {
		t.Error("it was written while the learner typed on")
	}
	r.run(cmd)
	if got := r.unsent(); !strings.Contains(got, "Pq") {
		t.Errorf("%s", got)
	}
}

// unsentOr is unsent, or "" where nothing was written yet.
func (r *rig) unsentOr() string {
	if _, err := os.Stat(sessionOptions(r.tb, r.file).Places.StateFile(r.file, "state.json")); err != nil {
		return ""
	}
	return r.unsent()
}

// What was sent stays on disk as a draft until the record that has it is on disk.
func TestADraftStaysUntilTheRecordIsSaved(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("r", "e")
	r.text("A probe was wrong ")
	if !strings.Contains(r.unsent(), "A probe was wrong") {
		t.Fatal("no draft was kept")
	}
	r.replace(r.textOf(r.file), "Asha Patel", "Bo Lund", "l-ashapate", "l-bolund22") // which asks
	r.keys("ctrl+s")
	if !session.Changed(r.a.failed) || !strings.Contains(r.unsent(), "A probe was wrong") {
		t.Fatalf("%v; unsent: %s", r.a.failed, r.unsent())
	}
	r.keys("enter") // take the file as it is, and put the change on top
	if n := len(r.onDisk().Evidence); n != len(demoProfile().Evidence)+1 || strings.Contains(r.unsent(), "A probe was wrong") {
		t.Errorf("%d pieces; unsent: %s", n, r.unsent())
	}
	r.keys("e")
	if strings.Contains(r.screen(), "A probe was wrong") {
		t.Errorf("what was kept is offered again:\n%s", r.screen())
	}
}

// Private notes that were begun before a review are there when it starts, and the first field says how to keep them.
func TestPrivateNotesBegunBeforeTheReviewAreThereInIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("a", "w")
	r.sees("Private notes", "ctrl+s keep the notes", "ctrl+j new line", "text is kept")
	r.text(" and sleep")
	r.keys("esc", "m", "enter", "enter")
	for range 9 {
		if _, open := r.a.s.Profile().OpenReview(); open {
			break
		}
		r.keys("enter")
	}
	if _, open := r.a.s.Profile().OpenReview(); !open {
		t.Fatalf("no review is open:\n%s", r.screen())
	}
	r.keys("w", "2")
	r.sees("Your unsent text from last time is back.", "and sleep")
}

// A note that waits for its rating survives leaving and killing the program, goes into the record with the rating, and
// waits again if that is undone.
func TestANoteThatWaitsForItsRatingSurvives(t *testing.T) {
	t.Parallel()
	for _, left := range []bool{true, false} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(append(toK21, "w")...)
		r.text("saw the fault twice")
		r.keys("ctrl+s")
		r.sees("The note goes with your rating of K21")
		if left {
			r.keys("ctrl+c")
			if err := r.a.finish(); err != nil {
				t.Fatal(err)
			}
		}
		_ = r.a.s.Close() // a kill gives the lock back and writes nothing
		o := sessionOptions(t, r.file)
		s, err := session.Open(o)
		if err != nil {
			t.Fatal(err)
		}
		again := options(o)
		again.Session = s
		r = start(t, again, o.Path, 80, 24)
		r.sees("A note for K21 waits for its rating.")
		r.keys(toK21...)
		r.sees("your note waits for this rating")
		r.keys("w")
		r.sees("saw the fault twice")
		r.keys("ctrl+s")
		r.sees(nothingChanged)
		r.keys("2")
		if s := r.screen(); strings.Contains(s, "waits for") { // and no more once it is in the record
			t.Errorf("it still waits:\n%s", s)
		}
		if x, _ := r.onDisk().Newest("K21", profile.Self); x.Note.Raw() != "saw the fault twice" || x.Level != 2 {
			t.Fatalf("left %v: on disk %+v", left, x)
		}
		if strings.Contains(r.unsent(), "saw the fault") {
			t.Errorf("it is kept as unsent once the record has it: %s", r.unsent())
		}
		r.keys("u", "3")
		if x, _ := r.onDisk().Newest("K21", profile.Self); x.Note.Raw() != "saw the fault twice" || x.Level != 3 {
			t.Errorf("left %v: after undo and another level %+v", left, x)
		}
	}
}

// A form that is sent as it was opened changes nothing, says so, and gives undo nothing to take back.
func TestAFormSentUntouchedSaysThatNothingChanged(t *testing.T) {
	t.Parallel()
	for _, way := range [][]string{append(slices.Clone(toK21), "2", "w"), {"d"}, append(slices.Clone(toK21), "w"), {"p", "enter", "w"}, {"e", "d"}} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(way...)
		if _, open := r.a.front.(*dialog.Form); !open {
			t.Fatalf("%v opens no form:\n%s", way, r.screen())
		}
		was, newest := r.textOf(r.file), r.a.s.NewestRev()
		r.keys("ctrl+s")
		r.sees(nothingChanged)
		if r.a.s.NewestRev() != newest || r.textOf(r.file) != was {
			t.Errorf("%v: undo would take it back, or the file was written", way)
		}
	}
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "2", "w")...)
	r.text("seen")
	r.keys("ctrl+s")
	r.sees("Note kept with K21.")
	r.keys("w", "ctrl+u", "ctrl+s")
	r.sees("Your note on K21 is gone; u brings it back.")
}
