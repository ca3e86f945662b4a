package tui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/xuri/excelize/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// aSheet makes a rating sheet for a learner; by is the mentor who has rated on it before, or "".
func aSheet(learner, by string) profile.Profile {
	return profile.Profile{
		Standard: library.Default, Learner: profile.Learner{Name: text(learner), ID: "l-ashapate"}, Sheet: true, Asked: []string{"B1", "K7", "S6"},
		Rounds: []profile.Round{{ID: "sheet-1", Opened: uitest.Today, Ratings: map[profile.Rater]map[string]profile.Rating{
			profile.Mentor: {"K7": {Level: 1, On: uitest.Today, Note: text("seen once"), By: text(by)}},
		}}},
	}
}

// newSheetRig starts the program on a sheet.
func newSheetRig(t *testing.T, sheet profile.Profile, cols, rows int, ops store.Ops) *rig {
	t.Helper()
	o := sessionOptions(t, filepath.Join(t.TempDir(), "asha.toml"))
	if ops != nil {
		o.Ops = ops
	}
	s, err := session.Create(o, sheet)
	if err != nil {
		t.Fatal(err)
	}
	opts := options(o)
	opts.Session = s
	return start(t, opts, o.Path, cols, rows)
}

// rated returns the mentor's ratings in the file of the sheet.
func rated(r *rig) map[string]profile.Rating {
	round, _ := r.onDisk().Open()
	return round.Ratings[profile.Mentor]
}

// A mentor who has never seen the program fills a sheet and leaves; every rating and note was saved at once.
func TestMentorFillsASheet(t *testing.T) {
	t.Parallel()
	r := newSheetRig(t, aSheet("Asha Patel", ""), 80, 24, nil)
	r.sees("rating sheet of Asha Patel", "1 of 3 rated", "give your name and begin")
	r.keys("v")
	r.sees("give your name and begin")
	r.keys("enter")
	r.text("J. Ode")
	r.keys("enter")
	r.sees("Which duty have you seen?", "0 of 1", "1 of 2", "esc done")
	r.keys("/") // what is typed finds a KSB, and rates nothing
	r.text("k7")
	r.keys("enter")
	r.sees("K7")
	if rated(r)["K7"].Level != 1 {
		t.Fatalf("typed into the finder, and rated: %+v", rated(r))
	}
	r.keys("esc", "home")
	r.keys("enter", "4")
	if x := rated(r)["B1"]; x.Level != 4 || x.By.Raw() != "J. Ode" {
		t.Fatalf("not kept at once: %+v", rated(r))
	}
	if x := rated(r)["K7"]; x.Level != 1 || x.Note.Raw() != "seen once" {
		t.Errorf("what stood on it was changed: %+v", x)
	}
	r.keys("enter", "n")
	r.sees("You have rated all of them. Esc leaves; then send the file back.")
	r.keys("enter", "w")
	r.sees("What you saw")
	r.keys("esc", "?")
	r.sees("Help: Rating sheet", "Esc leaves when you are done")
	r.keys("end")
	r.sees("asha.toml")
	r.keys("esc", "q")
	r.sees("Esc goes back to the duties")
	r.keys("esc")
	if r.quit {
		t.Fatal("Esc on a KSB left the program")
	}
	r.keys("esc")
	if !r.quit || rated(r)["S6"].Level != level.NoOpportunity || len(rated(r)) != 3 {
		t.Errorf("left %v with %+v", r.quit, rated(r))
	}
}

// Another name is put on everything on the sheet, and undo takes it back.
func TestMentorChangesTheName(t *testing.T) {
	t.Parallel()
	r := newSheetRig(t, aSheet("Asha Patel", "J. Od"), 80, 24, nil)
	r.sees("Which duty have you seen?")
	r.keys("i")
	r.text("e")
	r.keys("enter")
	if by := rated(r)["K7"].By.Raw(); by != "J. Ode" {
		t.Errorf("by %s", by)
	}
	r.keys("u", "enter", "3")
	if by := rated(r)["K7"].By.Raw(); by != "J. Od" || rated(r)["B1"].Level != 3 {
		t.Errorf("%+v", rated(r))
	}
	r.keys("u")
	if _, is := rated(r)["B1"]; is {
		t.Error("the undone rating is on the sheet")
	}
}

// fullDisk is a file system that has no room for another file once it is full.
type fullDisk struct {
	store.Ops
	full *bool
}

func (d fullDisk) Create(path string, perm fs.FileMode) (store.Handle, error) {
	if *d.full {
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.ENOSPC}
	}
	return d.Ops.Create(path, perm)
}

// If a rating cannot be saved in the sheet, the program says so at once, and why.
func TestASheetThatCannotBeSavedSaysSo(t *testing.T) {
	t.Parallel()
	full := false
	r := newSheetRig(t, aSheet("Asha Patel", "J. Ode"), 80, 24, fullDisk{store.OS(), &full})
	full = true
	r.keys("enter", "3")
	r.sees("not saved", "no space left")
	r = newSheetRig(t, aSheet("Asha Patel", "J. Ode"), 80, 24, nil)
	if err := os.Remove(r.file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(r.file, 0o700); err != nil {
		t.Fatal(err)
	}
	r.keys("enter", "3")
	r.sees("not saved", "it is a folder")
}

func TestTheSheetFitsEverySize(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"intro": nil, "name": {"enter"}, "duties": {"enter", "J", "enter"}, "rating": {"enter", "J", "enter", "enter", "3", "enter", "w"}} {
		for _, learner := range []string{"Asha Patel", payload} {
			r := newSheetRig(t, aSheet(learner, ""), 80, 24, nil)
			r.keys(keys...)
			sizes("sheet, "+name+learner, func(cols, rows int) {
				r.a.Update(tea.WindowSizeMsg{Width: cols, Height: rows})
				checkFrame(t, r.a.View(), cols, rows)
			})
			if t.Failed() {
				t.Fatal(name)
			}
		}
	}
}

// From the menu of rounds, the learner makes a sheet and takes in what comes back.
func TestLearnerMakesAndTakesASheet(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Learner.ID = ""
	r, home := atHome(t, p, store.OS())
	into := filepath.Join(home, "rating-sheet-"+uitest.Today.String()+".toml")

	const menu = "o"
	r.keys("a", menu, "end", "up", "enter")
	r.sees("Choose what suits your mentor", "For a mentor on a locked-down PC")
	r.keys("home", "enter")
	r.sees("Make a rating sheet: a text file", into)
	r.text("/x")
	r.keys("enter")
	r.sees("Into which new file?", into+"/x")
	r.keys("backspace", "backspace", "enter")
	r.sees("Written: " + into)
	made, err := os.ReadFile(into)
	if err != nil {
		t.Fatal(err)
	}
	read, err := file.Decode(made, uitest.Library.Standard)
	if err != nil {
		t.Fatal(err)
	}
	id := read.Profile.Learner.ID
	if id == "" || r.onDisk().Learner.ID != id || read.Profile.Ratings() != 0 {
		t.Errorf("the sheet has the id %q, the file %q", id, r.onDisk().Learner.ID)
	}
	r.keys("u")
	r.sees("nothing to undo")

	back := filepath.Join(home, "s.toml")
	fill := func(to string) {
		text := strings.ReplaceAll(string(made), id, to) + `K7 = { level = 1, note = "seen once", by = "Asha Patel" }`
		if err := os.WriteFile(back, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	take := func() {
		r.keys(menu, "end", "enter")
		r.sees("Take in a rating sheet")
		r.text("~/s.toml")
		r.keys("enter")
	}
	fill("l-namesake")
	take()
	r.sees("another learner of the same name", "Where is the sheet that came back?")
	fill(id)
	r.keys("enter")
	r.sees("1 rating by Asha Patel taken into the round review 2.")
	if x, _ := r.onDisk().Newest("K7", profile.Mentor); x.Level != 1 || x.Note.Raw() != "seen once" {
		t.Errorf("%+v", x)
	}
	take()
	r.sees("Nothing on it is new")
}

// In each format the sheet has the right ending, and a workbook that comes back can be taken in.
func TestASheetInEachFormat(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	name := filepath.Join(home, "rating-sheet-"+uitest.Today.String())
	for i, f := range sheet.Formats {
		r.keys("a", "o", "end", "up", "enter", "home")
		for range i {
			r.keys("down")
		}
		r.sees(f.For[:40])
		r.keys("enter")
		r.sees("Make a rating sheet: "+f.Name, name+f.Ending)
		r.keys("enter")
		r.sees("Written: ")
		data, err := os.ReadFile(name + f.Ending)
		if err != nil {
			t.Fatal(err)
		}
		if got := sheet.FormOf(data).Word; got != f.Word {
			t.Errorf("%s is in the form %s", f.Ending, got)
		}
	}
	book, err := excelize.OpenFile(name + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for cell, words := range map[string]string{"B6": "K1", "C3": "J. Ode", "D6": "2"} {
		if err := book.SetCellStr("Rating sheet", cell, words); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(book.Save(), book.Close()); err != nil {
		t.Fatal(err)
	}
	r.keys("o", "end", "enter")
	r.text(name + ".xlsx")
	r.keys("enter")
	r.sees("1 rating by J. Ode taken into the round")
}

// A note that was begun on a sheet is there again the next time that sheet is opened, but not on another sheet.
func TestANoteOnASheetIsKept(t *testing.T) {
	t.Parallel()
	r := newSheetRig(t, aSheet("Asha Patel", "J. Ode"), 80, 24, nil)
	r.keys("enter", "3", "w")
	r.text("half a sentence")
	r.keys("esc")
	r.sees("What you typed is kept")
	r.keys("w")
	r.sees("half a sentence")
	if r.keys("ctrl+c"); !r.quit {
		t.Error("ctrl+c does not leave")
	}
	if other := newSheetRig(t, aSheet("Asha Patel", "J. Ode"), 80, 24, nil); true {
		other.keys("enter", "3", "w")
		if strings.Contains(other.screen(), "half a sentence") {
			t.Error("the note is on another sheet")
		}
	}
}

// On the full screen, a sheet shows only the mentor's screen, and takes only a mentor's ratings.
func TestASheetHoldsAMentorsRatingsAlone(t *testing.T) {
	t.Parallel()
	r := newSheetRig(t, aSheet("Asha Patel", "J. Ode"), 80, 24, nil)
	r.keys("g", "p", "e", "1", "a", "o", "n")
	r.sees("rating sheet of Asha Patel")
	for _, c := range []profile.Change{
		profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: uitest.Today},
		profile.Rate{KSB: "K8", By: profile.Mentor, Level: 2, On: uitest.Today, Who: text("J. Ode")},
		profile.Rate{KSB: "B1", By: profile.Mentor, Level: 2, On: uitest.Today, Who: text("R. Lindqvist")},
		profile.CloseRound{On: uitest.Today},
		profile.SetTarget{KSB: "K7", Level: 4, Default: 3},
	} {
		if err := r.a.s.Do(c); err == nil {
			t.Errorf("%s was done", c.Label())
		}
	}
}

// A sheet has nothing from the record that could name a patient, but the name of its file might: the form warns of
// that, and Enter again keeps the name.
func TestASheetIsAskedAboutByItsFileName(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Evidence[0].Title = text(note)
	r, home := atHome(t, p, store.OS())
	r.keys("a", "o", "end", "up", "enter", "home", "enter", "ctrl+u")
	file := filepath.Join(home, "for Mrs Zebedee"+sheet.Formats[0].Ending)
	r.text(file)
	r.keys("enter")
	r.sees("the name of the file, letter 5: looks like the name of a patient", "Enter again keeps it")
	if _, err := os.Stat(file); err == nil {
		t.Error("it was written before the answer")
	}
	r.keys("enter")
	r.sees("Written: ")
	data, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(data), note) {
		t.Errorf("%v, or the note is in it", err)
	}
}
