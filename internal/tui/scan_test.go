package tui

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// A skills scan is named in a form, its scale is chosen, the learner reads what it would change before it does, and u
// undoes all of it.
func TestASkillsScanIsTakenInOnTheScreen(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	path := filepath.Join(home, "scan.csv")
	file := "KSB,Self,Comments\nK1,5,by heart\nK7,3,\nS6 and S7,4,\nK99,2,\n"
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	before := r.a.s.Profile()
	r.keys("ctrl+p")
	r.text("skills scan")
	r.sees("Take in a skills scan")
	r.keys("enter")
	r.sees("Where is the file?", "nothing changes until you say so")
	r.text(filepath.Join(home, "nowhere.csv"))
	r.keys("enter")
	r.sees("nowhere.csv", "Where is the file?")
	r.keys("ctrl+u")
	r.text(path)
	r.keys("enter")
	r.sees("Which scale is it?", "Your levels are numbers from 3 to 5", "1 to 5", "1 to 9")
	r.choose("1 to 5")
	r.sees("replace others", "Take in 2 ratings", "Take what is in doubt too (2)")
	r.choose("Read how it was read")
	r.sees("How it was read", `"Self": your level`)
	r.keys("end")
	r.sees("Not understood", "K99", "one row for S6, S7")
	r.keys("esc")
	r.choose("Take what is in doubt too")
	r.choose("Leave out what is in doubt")
	r.choose("Take what is in doubt too")
	if !reflect.DeepEqual(r.a.s.Profile(), before) {
		t.Fatal("it was changed before it was told to be")
	}
	r.choose("Take in 4 ratings")
	r.sees("4 ratings taken in. u takes all of it back.")
	round, _ := r.onDisk().Open()
	if x := round.Ratings[profile.Self]; x["K1"].Level != 4 || x["K7"].Level != 2 || x["S6"].Level != 3 || !strings.Contains(x["K1"].Note.Line(), "by heart") {
		t.Errorf("%+v", x)
	}
	r.keys("u")
	if round, _ := r.onDisk().Open(); round.Ratings[profile.Self]["K1"] != last(before)["K1"] || round.Ratings[profile.Self]["S6"] != last(before)["S6"] {
		t.Errorf("not all of it was taken back: %+v", round.Ratings[profile.Self])
	}
}

func last(p profile.Profile) map[string]profile.Rating {
	r, _ := p.Open()
	return r.Ratings[profile.Self]
}

// Ratings with days that the record does not allow can all be dated today.
func TestASkillsScanMayBeDatedToday(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	for _, round := range p.Rounds {
		delete(round.Ratings[profile.Self], "K1")
		delete(round.Ratings[profile.Agreed], "K1")
	}
	r, home := atHome(t, p, store.OS())
	path := filepath.Join(home, "scan.csv")
	if err := os.WriteFile(path, []byte("KSB,Self (0-4),Date\nK1,4,2019-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("ctrl+p")
	r.text("skills scan")
	r.keys("enter")
	r.text(path)
	r.keys("enter")
	if strings.Contains(r.screen(), "Take in 1") {
		t.Errorf("a day before the programme is offered:\n%s", r.screen())
	}
	r.choose("Date them all today")
	r.choose("Use the days in the file")
	r.choose("Date them all today")
	r.choose("Take in 1 rating")
	round, _ := r.onDisk().Open()
	if x := round.Ratings[profile.Self]["K1"]; x.Level != 4 || x.On != uitest.Today {
		t.Errorf("%+v", x)
	}
}

// If the file is no skills scan, the form comes back with what was typed.
func TestWhatIsNoSkillsScanIsRefusedOnTheScreen(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	path := filepath.Join(home, "old.xls")
	if err := os.WriteFile(path, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("ctrl+p")
	r.text("skills scan")
	r.keys("enter")
	r.text(path)
	r.keys("enter")
	r.sees("this is not a workbook, CSV or JSON", "Where is the file?", "old.xls")
}

// What the file does not say, the learner can: which of two columns has the levels is asked if it is not clear, and the
// sheet and the mentor can be named at any time.
func TestWhatASkillsScanDoesNotSayIsSaidOnTheScreen(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	for _, round := range p.Rounds {
		delete(round.Ratings[profile.Mentor], "K1")
		delete(round.Others, "K1")
	}
	r, home := atHome(t, p, store.OS())
	path := filepath.Join(home, "scan.xlsx")
	sheet := func(name, level string) xlsx.Sheet {
		s := xlsx.Sheet{Name: name}
		for _, row := range [][]string{{"KSB", "Mentor score (0-4)", "Mentor score (0-4)"}, {"K1", level, "3"}} {
			var cells []xlsx.Cell
			for _, x := range row {
				cells = append(cells, xlsx.Words(x))
			}
			s.Rows = append(s.Rows, xlsx.Row{Cells: cells})
		}
		return s
	}
	data, err := xlsx.Book{Sheets: []xlsx.Sheet{sheet("May", "1"), sheet("October", "2")}}.Write()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("ctrl+p")
	r.text("skills scan")
	r.keys("enter")
	r.text(path)
	r.keys("enter")
	r.sees("it is not clear which column holds the levels", "Which column holds the levels?", "Who is the mentor?",
		"Which sheet is it?")
	if strings.Contains(r.screen(), "--") {
		t.Errorf("a flag of the command is named:\n%s", r.screen())
	}
	r.text("B")
	r.keys("ctrl+s")
	r.sees("1 rating by a mentor", "say who they are", "Take in 1 rating")
	r.choose("Say who the mentor is")
	r.text("R. Lindqvist")
	r.keys("tab")
	r.text("Autumn")
	r.keys("ctrl+s")
	r.sees(`there is no sheet "Autumn"`, "it has May and October", "R. Lindqvist")
	r.keys("ctrl+u")
	r.text("October")
	r.keys("ctrl+s")
	r.choose("Take in 1 rating")
	if x, ok := r.onDisk().NewestOf("K1", safetext.New("R. Lindqvist")); !ok || x.Level != 2 {
		t.Errorf("%+v", x)
	}
}
