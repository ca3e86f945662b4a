package tui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	review "github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// aSheet is a sheet as a mentor gets it.
func aSheet(learner string) review.Sheet {
	return review.Sheet{
		Standard: library.Default, Learner: text(learner), Made: uitest.Today,
		Rows: []review.SheetRow{{KSB: "B1"}, {KSB: "K7", Rated: true, Level: 1, Note: text("seen once")}, {KSB: "S6"}},
	}
}

// newSheetRig starts the program on a sheet; what is saved goes into kept.
func newSheetRig(t *testing.T, sheet review.Sheet, cols, rows int, kept *review.Sheet) *rig {
	t.Helper()
	o := sessionOptions(t, filepath.Join(t.TempDir(), "sheet.toml"))
	o.Also = func(p profile.Profile) error {
		if kept == nil {
			return errors.New("the disk is full")
		}
		*kept = sheet.From(p)
		return nil
	}
	s, err := session.Create(o, sheet.Profile(uitest.Today))
	if err != nil {
		t.Fatal(err)
	}
	opts := options(o)
	opts.Session = s
	opts.Sheet = &Sheet{File: "asha.toml", By: sheet.By, Standard: s.Standard().Only([]string{"B1", "K7", "S6"})}
	return start(t, opts, o.Path, cols, rows)
}

// A mentor who has never seen the program fills a sheet and leaves; every rating and note was kept at once.
func TestMentorFillsASheet(t *testing.T) {
	var kept review.Sheet
	r := newSheetRig(t, aSheet("Asha Patel"), 80, 24, &kept)
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
	if len(kept.Rows) > 0 && kept.Rows[1].Level != 1 {
		t.Fatalf("typed into the finder, and rated: %+v", kept)
	}
	r.keys("esc", "home")
	r.keys("enter", "4")
	if x := kept.Rows[0]; !x.Rated || x.Level != 4 || kept.By.Raw() != "J. Ode" {
		t.Fatalf("not kept at once: %+v", kept)
	}
	if x := kept.Rows[1]; x.Level != 1 || x.Note.Raw() != "seen once" {
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
	if !r.quit || kept.Rows[2].Level != level.NoOpportunity || kept.Filled() != 3 {
		t.Errorf("left %v with %+v", r.quit, kept)
	}
}

// Another name goes beside everything on the sheet, and undoing takes it back.
func TestMentorChangesTheName(t *testing.T) {
	var kept review.Sheet
	sheet := aSheet("Asha Patel")
	sheet.By = text("J. Od")
	r := newSheetRig(t, sheet, 80, 24, &kept)
	r.sees("Which duty have you seen?")
	r.keys("i")
	r.text("e")
	r.keys("enter")
	if kept.By.Raw() != "J. Ode" {
		t.Errorf("by %s", kept.By)
	}
	r.keys("u", "enter", "3")
	if kept.By.Raw() != "J. Od" || kept.Rows[0].Level != 3 {
		t.Errorf("%+v", kept)
	}
	r.keys("u")
	if kept.Rows[0].Rated {
		t.Error("the undone rating is on the sheet")
	}
}

func TestASheetThatCannotBeSavedIsSaid(t *testing.T) {
	sheet := aSheet("Asha Patel")
	sheet.By = text("J. Ode")
	r := newSheetRig(t, sheet, 80, 24, nil)
	r.keys("enter", "3")
	r.sees("the disk is full", "not saved")
}

func TestTheSheetFitsEverySize(t *testing.T) {
	var kept review.Sheet
	for name, keys := range map[string][]string{"intro": nil, "name": {"enter"}, "duties": {"enter", "J", "enter"}, "rating": {"enter", "J", "enter", "enter", "3", "enter", "w"}} {
		for _, learner := range []string{"Asha Patel", payload} {
			r := newSheetRig(t, aSheet(learner), 80, 24, &kept)
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

// The learner makes a sheet and takes in what comes back, from the menu of rounds.
func TestLearnerMakesAndTakesASheet(t *testing.T) {
	p := demoProfile()
	p.Learner.ID = ""
	r, home := atHome(t, p, store.OS())
	sheet := filepath.Join(home, "rating-sheet-"+uitest.Today.String()+".toml")

	const menu = "o"
	r.keys("a", menu, "end", "up", "enter")
	r.sees("Make a rating sheet", sheet)
	r.text("/x")
	r.keys("enter")
	r.sees("Into which new file?", sheet+"/x")
	r.keys("backspace", "backspace", "enter")
	r.sees("Written: " + sheet)
	made, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	s, err := review.ReadSheet(made, uitest.Library.Standard)
	if id := s.LearnerID; err != nil || id == "" || r.onDisk().Learner.ID != id {
		t.Errorf("%v: the sheet has the id %q, the file %q", err, id, r.onDisk().Learner.ID)
	}
	r.keys("u")
	r.sees("nothing to undo")

	back := filepath.Join(home, "s.toml")
	fill := func(id string) {
		filled, err := review.FillSheet([]byte(strings.ReplaceAll(string(made), s.LearnerID, id)), uitest.Library.Standard, s.Learner, uitest.Today, aSheet("").Rows)
		if err == nil {
			err = os.WriteFile(back, filled, 0o600)
		}
		if err != nil {
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
	fill(s.LearnerID)
	r.keys("enter")
	r.sees("1 rating by Asha Patel taken into the round review-2.")
	if x, _ := r.onDisk().Newest("K7", profile.Mentor); x.Level != 1 || x.Note.Raw() != "seen once" {
		t.Errorf("%+v", x)
	}
	take()
	r.sees("Nothing on it is new")
}

// A note that was begun on a sheet cannot be kept, so both ways out ask first; a name or nothing typed is left at once.
func TestANoteOnASheetIsNotLostUnasked(t *testing.T) {
	var kept review.Sheet
	sheet := aSheet("Asha Patel")
	sheet.By = text("J. Ode")
	r := newSheetRig(t, sheet, 80, 24, &kept)
	r.keys("enter", "4", "w", "esc")
	if r.a.front != nil {
		t.Fatalf("an empty note asks:\n%s", r.screen())
	}
	r.keys("enter", "3", "w")
	r.text("half a sentence")
	for _, leave := range []string{"esc", "ctrl+c"} {
		for _, stay := range []string{"enter", "esc"} {
			r.keys(leave)
			r.sees("Leave without this note?")
			if r.keys(stay); r.quit {
				t.Fatalf("%s, %s leaves", leave, stay)
			}
			r.sees("What you saw", "half a sentence")
		}
	}
	r.keys("esc", "down", "enter")
	if r.quit || r.a.front != nil {
		t.Fatalf("not back on the sheet:\n%s", r.screen())
	}
	r.keys("w")
	r.text("again")
	if r.keys("ctrl+c", "ctrl+c"); !r.quit {
		t.Error("ctrl+c twice does not leave")
	}
}
