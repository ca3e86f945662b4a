package tui

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// atHome starts the program with a home folder whose path is short, so that the names of files in it fit into a form.
func atHome(t *testing.T, p *profile.Profile, ops store.Ops) (r *rig, home string) {
	t.Helper()
	short := "" // a Mac has a long name for the folder of temporary files
	if runtime.GOOS != "windows" {
		short = "/tmp"
	}
	home, err := os.MkdirTemp(short, "h")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	o := sessionOptions(t, filepath.Join(t.TempDir(), "profile.toml"))
	text, err := file.New(*p)
	if err == nil {
		err = os.WriteFile(o.Path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.Home, o.Ops = home, ops
	s, err := session.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	with := options(o)
	with.Session = s
	return start(t, with, o.Path, 80, 24), home
}

// unsynced is a disk that writes, but cannot promise that it survives a power cut.
type unsynced struct{ store.Ops }

func (unsynced) SyncDir(string) error { return errors.New("the disk is odd") }

// What to bring, the record and the chances to ask for are written into files from their pages. A name that cannot be
// used stays in the form to be corrected, and one that is taken gets a number.
func TestPagesAreWrittenIntoFiles(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), unsynced{store.OS()})
	s := r.a.s
	last, _ := s.Profile().LastReview()
	file := func(name string) string { return filepath.Join(home, name) }
	taken := file("review-pack-" + uitest.Today.String() + ".txt")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("a")
	for range 100 {
		if strings.Contains(r.screen(), "choose the file and write it") {
			break
		}
		r.keys("down")
	}
	r.keys("enter")
	r.sees("What to bring, as a file", "Your private notes are left out", "give it to your mentor after they have", taken)
	r.text("/x")
	r.keys("enter")
	r.sees("Into which new file?", taken+"/x")
	r.keys("backspace", "backspace", "enter")
	r.sees("Written: ", "-2.txt", "Note: saved", "a power cut might", "give it to your mentor after they have")

	r.keys("f", "down", "enter")
	r.sees("The record, as a file", file("review-record-"+last.On.String()+".txt"))
	r.keys("enter")
	r.sees("Written: ")

	r.keys("n", "end", "enter")
	r.sees("Chances to ask for, as a file", "It holds no level, note or evidence of yours.")
	r.keys("backspace", "backspace", "backspace")
	r.text("md")
	r.keys("enter")
	r.sees("Take it to your manager.")

	record, err := s.LastRecord()
	if err != nil {
		t.Fatal(err)
	}
	written := func(f export.Format, d doc.Doc) []byte {
		out, err := f.Write(d)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, want := range map[string][]byte{
		taken: []byte("mine"), strings.TrimSuffix(taken, ".txt") + "-2.txt": written(export.Formats[0], s.PackDoc(false)),
		file("review-record-" + last.On.String() + ".txt"): []byte(record.Exact),
		file("requests-" + uitest.Today.String() + ".md"):  written(export.Formats[1], s.RequestsDoc()),
	} {
		if got, err := os.ReadFile(name); err != nil || string(got) != string(want) || len(want) == 0 {
			t.Errorf("%s: %v, %q, want %q", name, err, got, want)
		}
	}
}

// The dates are written into a file for a calendar, from Prepare and from the palette, and never over another file.
func TestTheDatesGoIntoAFile(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	name := filepath.Join(home, "report-"+uitest.Today.String()+".ics")
	r.keys("a")
	for range 100 {
		if strings.Contains(r.screen(), "choose the file for it") {
			break
		}
		r.keys("down")
	}
	r.keys("enter")
	r.sees("A report: calendar", "Notes and all that is private are left out", name)
	r.keys("enter")
	r.sees("Written: ", "Import it into your calendar")
	r.keys("esc", "ctrl+p")
	r.text("calendar")
	r.sees("Put the dates into my calendar")
	r.keys("enter", "enter")
	r.sees("Written: ", "-2.ics")
	format, _ := export.ForReport("ics", "")
	want, err := format.Report(r.a.s.ReportMaterial(handout.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(name)
	if err != nil || string(got) != string(want[0].Data) || strings.Count(string(got), "BEGIN:VEVENT") < 8 {
		t.Errorf("%v: %s", err, got)
	}
}

// The index of the portfolio is written from the palette.
func TestTheIndexGoesIntoAFile(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	r.keys("ctrl+p")
	r.text("index of my portfolio")
	r.keys("enter")
	r.sees("The index of my portfolio, as a file", "No level or note is in it.")
	r.keys("enter")
	r.sees("Written: ")
	want, err := export.Formats[0].Write(r.a.s.PortfolioIndex(handout.Options{}).Doc())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(home, "portfolio-index-"+uitest.Today.String()+".txt"))
	if err != nil || string(got) != string(want) {
		t.Errorf("%v: %s", err, got)
	}
}

// If a paper cannot be made, the program says why, keeps the form open and writes nothing.
func TestAPaperThatCannotBeMade(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	r.keys("a", "f", "down", "enter")
	p := demoProfile()
	p.Reviews = nil // as where the file was changed elsewhere meanwhile
	r.a.s = newRig(t, p, 80, 24).a.s
	r.keys("enter")
	r.sees("no review is closed yet: close the one that is open first", "Into which new file?")
	if files, _ := os.ReadDir(home); len(files) > 0 {
		t.Errorf("it was written: %v", files)
	}
}

// full is a disk on which the file of a record cannot be made, while err is set.
type full struct {
	store.Ops
	err error
}

func (f full) RenameNew(from, to string) error {
	if f.err != nil && strings.Contains(to, "review-record") {
		return f.err
	}
	return f.Ops.RenameNew(from, to)
}

// Leaving waits for a file that is being written, as for a save; one that fails keeps the program open.
func TestLeavingWaitsForAFile(t *testing.T) {
	t.Parallel()
	for _, fails := range []error{nil, errors.New("the stick is full")} {
		r, _ := atHome(t, demoProfile(), full{store.OS(), fails})
		r.keys("a", "f", "down", "enter")
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
