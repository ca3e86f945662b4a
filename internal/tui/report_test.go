package tui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// choose chooses an option of a menu by its words.
func (r *rig) choose(words string) {
	r.tb.Helper()
	for line := range strings.Lines(r.screen()) {
		number, text, _ := strings.Cut(strings.TrimLeft(line, " ▸"), " ")
		if strings.Contains(text, words) && len(number) == 1 {
			r.keys(number)
			return
		}
	}
	r.tb.Fatalf("no line says %q:\n%s", words, r.screen())
}

// A report is offered on Progress, on Appraisal and in the palette. The menu says what would be in it and who reads it;
// private parts are in it only if they were chosen; a message says where it was written, and it never overwrites
// another file.
func TestAReportIsChosenSeenAndWritten(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	s, day := r.a.s, uitest.Today.String()
	r.keys("t", "w")
	r.sees("Write it", "Format: a web page", "Who reads it: my own use", "Private parts: left out", "questions to ask", "before the", "are left out.")
	r.choose("Who reads it")
	r.choose("My line manager")
	r.sees("Who reads it: my line manager")
	if strings.Contains(r.screen(), "questions to ask") {
		t.Errorf("the manager would read the questions:\n%s", r.screen())
	}
	r.choose("Who reads it")
	r.choose("My mentor")
	r.choose("Private parts")
	r.choose("Notes: left out")
	r.sees("Notes: in it", "Wellbeing: left out")
	r.choose("Wellbeing: left out")
	r.choose("Wellbeing: in it")
	r.choose("That is all")
	r.sees("Private parts: notes", "Private, and in it as you chose: notes.")
	r.choose("Write it")
	name := filepath.Join(home, "report-for-mentor-"+day+".html")
	r.sees("A report: a web page", "Private, and in it", name)
	r.keys("enter")
	r.sees("Written: "+name, "Read it through")
	o := handout.Options{For: "mentor", Include: []string{"notes"}}
	html, _ := export.ForReport("html", "")
	want, err := html.Report(s.ReportMaterial(o))
	if got, readErr := os.ReadFile(name); err != nil || readErr != nil || !slices.Equal(got, want[0].Data) {
		t.Errorf("%v, %v: it is not the report that was chosen", err, readErr)
	}

	r.keys("w")
	r.choose("Format")
	r.choose("Markdown")
	r.choose("Private parts")
	r.choose("Codes, levels and dates alone")
	r.sees("without any name: yes")
	r.choose("That is all")
	r.sees("left out, and so are all names")
	taken := filepath.Join(home, "report-"+day+".md")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.choose("Write it")
	r.keys("enter")
	r.sees("Written: ", "report-"+day+"-2.md")
	if got, _ := os.ReadFile(taken); string(got) != "mine" {
		t.Error("another file was replaced")
	}
	if got, err := os.ReadFile(filepath.Join(home, "report-"+day+"-2.md")); err != nil || strings.Contains(string(got), "Asha") || len(got) == 0 {
		t.Errorf("%v: %q", err, got)
	}

	// A format of several files makes a folder, beside one that holds some already.
	for _, want := range []string{"report-" + day, "report-" + day + "-2"} {
		r.keys("w")
		r.choose("Format")
		r.choose("CSV")
		r.sees("In it, as tables: ")
		r.choose("Write it")
		r.sees("Into which new folder?")
		r.keys("enter")
		r.sees("Written: ", want)
		if list, err := os.ReadDir(filepath.Join(home, want)); err != nil || len(list) < 2 {
			t.Errorf("%s holds %d files, %v", want, len(list), err)
		}
	}

	r.keys("esc", "a")
	for range 100 {
		if strings.Contains(r.screen(), "choose who reads it, and what is in it") {
			break
		}
		r.keys("down")
	}
	r.keys("enter")
	r.sees("A report", "Write it")
	r.keys("esc", "ctrl+p")
	r.text("report of everything")
	r.keys("enter")
	r.sees("A report", "Write it")
}

// All of a report can be read before it is written: who it is for, which parts stay out, and its text.
func TestAReportIsReadBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	r, home := atHome(t, demoProfile(), store.OS())
	r.keys("t", "w")
	r.choose("Who reads it")
	r.choose("My line manager")
	r.choose("Read it first")
	r.sees("Before it is written: a web page", "Who reads it: my line manager", "are left out.",
		"Not in it: strengths; gaps;", "Progress report: Asha Patel")
	r.keys("end")
	r.sees("They are not an assessment.")
	if strings.Contains(r.screen(), "Write it") {
		t.Errorf("the menu is still there:\n%s", r.screen())
	}
	r.keys("esc")
	r.sees("▸ 2 Read it first", "Who reads it: my line manager")
	for _, x := range []struct{ format, says string }{{"CSV", "It cannot be made"}, {"Calendar", "It holds"}} {
		r.choose("Format")
		r.choose(x.format)
		r.sees(x.says)
	}
	r.sees("dates")
	r.choose("Read it first")
	r.sees("Before it is written: calendar")
	for range 9 {
		if !strings.Contains(r.screen(), "Reminds 1 day before.") {
			r.keys("pgdown")
		}
	}
	r.sees("Reminds 1 day before.")
	r.keys("esc")
	r.choose("Who reads it")
	r.choose("My own use")
	r.choose("Format")
	r.choose("Excel workbook")
	r.choose("Read it first")
	r.sees("Learner, 1 row", "Columns: learner, name, role", "name Asha Patel")
	r.keys("end")
	r.sees("kind progress")
	r.keys("esc")
	r.choose("Write it")
	r.keys("enter")
	r.sees("Written: ")
	if list, err := filepath.Glob(filepath.Join(home, "report-*.xlsx")); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}
