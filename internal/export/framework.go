package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	markup "html"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// Framework is a standard to load into another system: its duties and KSBs, their short titles, and the rating scale.
type Framework struct {
	Standard  *standard.Standard
	Scale     *level.Scale
	Title     func(ksb string) string
	DutyTitle func(duty int) string
}

// System is a system that loads frameworks.
type System struct {
	Word   string // the value of --format
	Name   string // what people call it
	Ending string // of the file's name
	Says   string // how to load the file there
	write  func(f Framework) ([]byte, error)
}

// Systems lists all systems.
var Systems = []System{
	{
		"moodle", "Moodle competency framework", ".csv",
		"A site administrator imports it at Site administration, Competencies, Import competency framework, with the " +
			"comma as separator and UTF-8. Moodle refuses to import it a second time.",
		moodle,
	},
	{
		"dls", "NHS Digital Learning Solutions bulk upload", ".xlsx",
		"A framework developer makes a new framework with the vocabulary Competency, and uploads the file there at " +
			"Bulk upload competencies.",
		dls,
	},
}

// Write writes the file for the system to load.
func (s System) Write(f Framework) ([]byte, error) { return s.write(f) }

// How many characters Moodle keeps of a name, and DLS of the names of groups and competencies.
const (
	moodleName = 100
	dlsGroup   = 255
	dlsName    = 500
)

// moodleColumns are the headings, in order, of Moodle's own export. Its import finds columns by them.
var moodleColumns = []string{
	"Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
	"Scale configuration",
	"Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
	"Cross-referenced competency ID numbers",
	"Exported ID (optional)", "Is framework", "Taxonomy",
}

// moodle writes a framework for Moodle's import of competency frameworks: a row for the framework, one for each duty,
// and one for each KSB as a child of its first duty, with a cross-reference to its other duties.
func moodle(f Framework) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write(moodleColumns) // a buffer cannot fail
	values, configuration, err := f.moodleScale()
	if err != nil {
		return nil, err
	}
	std := f.Standard
	about := fmt.Sprintf("%s. %s: %s. Source: %s, under the %s.", std.Heading(), std.Status, standard.Caveat,
		standard.Source, standard.Licence)
	_ = w.Write([]string{
		"", std.Reference, atMost(std.Heading(), moodleName), paragraph(about), "1", values, configuration, "", "", "",
		"", "", "1",
		"domain,competency,competency,competency",
	})
	row := func(parent, id, name, text, others string) {
		_ = w.Write([]string{
			parent, id, atMost(name, moodleName), paragraph(text), "1", "", "", "", "0", "null", others, "", "", "",
		})
	}
	for _, d := range std.Duties {
		row("", f.dutyID(d.Number), f.dutyName(d.Number), d.Text, "")
	}
	for _, id := range std.Walk() {
		x, _ := std.KSB(id)
		others := strings.Join(lists.Each(x.Duties[1:], f.dutyID), ",")
		row(f.dutyID(x.Duties[0]), std.Reference+"-"+id, f.name(id), x.Text, others)
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// moodleScale gives the names of the levels, and says which of them count as proficient: the target and above. Moodle
// gives the level at the target when it completes a competency by itself. The import replaces the ID of the scale.
func (f Framework) moodleScale() (values, configuration string, err error) {
	type item struct {
		ID         int `json:"id"`
		Default    int `json:"scaledefault"`
		Proficient int `json:"proficient"`
	}
	config := []any{map[string]string{"scaleid": "1"}}
	var names []string
	for l := level.Level(0); l <= level.Max; l++ {
		names = append(names, strings.ReplaceAll(f.Scale.Named(l), ",", ""))
		if l >= f.Scale.Target {
			x := item{ID: int(l) + 1, Proficient: 1}
			if l == f.Scale.Target {
				x.Default = 1
			}
			config = append(config, x)
		}
	}
	data, err := json.Marshal(config)
	return strings.Join(names, ","), string(data), err
}

func (f Framework) dutyID(duty int) string { return f.Standard.Reference + "-D" + strconv.Itoa(duty) }

// dutyName names a duty by its number, and its short title if it has one.
func (f Framework) dutyName(duty int) string {
	if title := safetext.Line(f.DutyTitle(duty)); title != "" {
		return fmt.Sprintf("Duty %d: %s", duty, title)
	}
	return fmt.Sprintf("Duty %d", duty)
}

// name names a KSB by its code and its short title, or its wording if it has none.
func (f Framework) name(id string) string {
	if title := safetext.Line(f.Title(id)); title != "" {
		return id + " " + title
	}
	x, _ := f.Standard.KSB(id)
	return id + " " + safetext.Line(x.Text)
}

// atMost cuts a name to at most so many characters.
func atMost(name string, most int) string {
	if r := []rune(name); len(r) > most {
		return strings.TrimRight(string(r[:most-3]), " ,;:.") + "..."
	}
	return name
}

// paragraph writes a text as HTML.
func paragraph(text string) string { return "<p>" + markup.EscapeString(safetext.Line(text)) + "</p>" }

// dls writes a framework for the bulk upload of NHS Digital Learning Solutions: a table on the first sheet, with a row
// for each KSB in the group of its first duty. The ID column is empty, which makes every row a new competency.
func dls(f Framework) ([]byte, error) {
	sheet := xlsx.Sheet{
		Name: "FrameworkBulkUpload", Head: 1, Widths: []float64{6, 34, 60, 40, 80, 24, 14}, Table: "Competencies",
	}
	row := func(texts ...string) {
		sheet.Rows = append(sheet.Rows, xlsx.Row{Cells: lists.Each(texts, xlsx.Words)})
	}
	row("ID", "CompetencyGroup", "GroupDescription", "Competency", "CompetencyDescription", "AlwaysShowDescription",
		"FlagsCSV")
	for _, id := range f.Standard.Walk() {
		x, _ := f.Standard.KSB(id)
		d, _ := f.Standard.Duty(x.Duties[0])
		text := safetext.Line(x.Text)
		if len(x.Duties) > 1 {
			others := lists.Each(x.Duties[1:], strconv.Itoa)
			text += " (Also in " + words.Form(len(others), "duty ", "duties ") + words.List(others) + ".)"
		}
		row("", atMost(f.dutyName(d.Number), dlsGroup), safetext.Line(d.Text), atMost(f.name(id), dlsName), text,
			"TRUE", words.Capital(x.Kind.String()))
	}
	return xlsx.Book{Title: f.Standard.Heading(), Sheets: []xlsx.Sheet{sheet}}.Write()
}
