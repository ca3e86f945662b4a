package tui

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// What to bring, the record and the chances to ask for are written into files from their pages; a name that is taken stays in
// the form, to be mended.
func TestPagesAreWrittenIntoFiles(t *testing.T) {
	r := newRig(t, demoProfile(), 80, 24)
	last, _ := r.a.s.Profile().LastReview()
	written := map[string]string{}
	refused := errors.New("there is no such folder")
	words := map[ui.Paper]string{ui.PackPaper: "pack of ", ui.RecordPaper: "record of ", ui.ChancePaper: "chances of "}
	r.a.o.Papers = Papers{
		Folder: "/home/asha",
		Text: func(paper ui.Paper, s *session.Session) ([]byte, error) {
			return []byte(words[paper] + s.Profile().Learner.Name.Raw()), nil
		},
		Write: func(file string, text []byte) (string, string, error) {
			written[file] = string(text)
			err := refused
			refused = nil
			return file + "-2", "the disk is odd", err
		},
	}
	file := func(name string) string { return filepath.Join("/home/asha", name) }
	r.keys("a")
	for range 100 {
		if strings.Contains(r.screen(), "choose the file and write it") {
			break
		}
		r.keys("down")
	}
	r.keys("enter")
	r.sees("What to bring, as a file", "Your private notes are left out", "give it to your mentor after they have", file("review-pack-"+uitest.Today.String()+".txt"))
	r.keys("enter")
	r.sees("there is no such folder", "Into which new file?")
	r.text("x")
	r.keys("enter")
	r.sees("Written: ", ".txtx-2", "But the disk is odd.", "give it to your mentor after they have")

	r.keys("3", "down", "enter")
	r.sees("The record, as a file", file("review-record-"+last.On.String()+".txt"))
	r.keys("enter")
	r.sees("Written: ")

	r.keys("5", "end", "enter")
	r.sees("Chances to ask for, as a file", "It holds no level, note or evidence of yours.")
	r.keys("enter")
	r.sees("Take it to your manager.")

	pack := file("review-pack-" + uitest.Today.String() + ".txt")
	for name, want := range map[string]string{
		pack + "x": "pack of Asha Patel", file("review-record-" + last.On.String() + ".txt"): "record of Asha Patel", file("requests-" + uitest.Today.String() + ".txt"): "chances of Asha Patel",
	} {
		if written[name] != want {
			t.Errorf("%s: %q, want %q", name, written[name], want)
		}
	}
}

// A paper that cannot be made says why, and leaves the form.
func TestAPaperThatCannotBeMade(t *testing.T) {
	r := newRig(t, demoProfile(), 80, 24)
	r.a.o.Papers.Text = func(ui.Paper, *session.Session) ([]byte, error) {
		return nil, &profile.Refusal{Msg: "there is none", Why: "close one first"}
	}
	r.a.o.Papers.Write = func(string, []byte) (string, string, error) { t.Error("it was written"); return "", "", nil }
	r.keys("a", "3", "down", "enter", "enter")
	r.sees("there is none: close one first", "Into which new file?")
}

// Leaving waits for a file that is being written, as for a save; one that fails keeps the program open.
func TestLeavingWaitsForAFile(t *testing.T) {
	for _, fails := range []error{nil, errors.New("the stick is full")} {
		r := newRig(t, demoProfile(), 80, 24)
		r.a.o.Papers = Papers{
			Text:  func(ui.Paper, *session.Session) ([]byte, error) { return []byte("text"), nil },
			Write: func(file string, _ []byte) (string, string, error) { return file, "", fails },
		}
		r.keys("a", "3", "down", "enter")
		_, write := r.a.Update(r.later(press("enter")))
		r.keys("ctrl+c")
		r.sees("Writing the file. ctrl+c again leaves at once.")
		if r.quit {
			t.Fatal("it left before the file was written")
		}
		if r.run(write); r.quit != (fails == nil) {
			t.Errorf("%v: quit %v", fails, r.quit)
		}
		if fails != nil {
			r.sees("the stick is full", "Into which new file?")
		}
	}
}
