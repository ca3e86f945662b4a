// Package export writes documents (package doc) and tables (package handout) in the formats that people want: plain
// text of any width for terminals and files, Markdown, web pages and PDF; JSON, CSV and a workbook for spreadsheets and
// databases; iCalendar for calendars. Each format is a file with its renderer and a line in Formats. The package
// decides how a document looks, never what is in it. Renderers may rely on clean text (package safetext): Format.Write
// cleans documents, and package handout cleans tables when it makes them.
package export

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Format is one way to write a report into a file.
type Format struct {
	Word    string   // the value of --format
	Name    string   // what people call it
	Endings []string // of file names, the usual one first
	Binary  bool     // not to be shown on a terminal
	Folder  bool     // several files, in a folder of their own

	// Exactly one of these four is set. It says what a report in this format is made of.
	render func(d doc.Doc) ([]byte, error) // d is cleaned
	table  func(tables []handout.Table) ([]byte, error)
	files  func(tables []handout.Table) ([]File, error)
	dates  func(dates handout.Dates) ([]byte, error)

	index func(x handout.Index) ([]byte, error) // nil to write the index as a document
}

// Material is what a report can be made of. A format calls only the function it needs.
type Material struct {
	Doc    func() doc.Doc                  // for people to read
	Tables func() ([]handout.Table, error) // for a spreadsheet or a database
	Dates  func() handout.Dates            // for a calendar
}

// Formats lists all formats. The first is for file names with an unknown ending.
var Formats = []Format{
	{Word: "text", Name: "plain text", Endings: []string{".txt"}, render: textFile},
	{Word: "md", Name: "Markdown", Endings: []string{".md", ".markdown"}, render: markdown},
	{Word: "html", Name: "a web page", Endings: []string{".html", ".htm"}, render: html},
	{Word: "pdf", Name: "PDF", Endings: []string{".pdf"}, Binary: true, render: pdf},
	{Word: "json", Name: "JSON", Endings: []string{".json"}, table: jsonReport},
	{Word: "ndjson", Name: "JSON, a line for each row", Endings: []string{".ndjson", ".jsonl"}, table: ndjson},
	{
		Word: "csv", Name: "CSV, a folder with a file for each table", Endings: []string{".csv"}, Folder: true,
		files: csvFiles,
	},
	{Word: "xlsx", Name: "Excel workbook", Endings: []string{".xlsx"}, Binary: true, table: workbook, index: indexBook},
	{Word: "ics", Name: "calendar", Endings: []string{".ics"}, dates: ics},
}

// ForFile picks the format of a document by the ending of a file's name.
func ForFile(name string) Format {
	if f, ok := byEnding(name); ok && !f.Tables() {
		return f
	}
	return Formats[0]
}

// ForReport picks the format of a report by its word, or if that is empty by the ending of the file's name. It reports
// false if no format has that word or ending. If both are empty, it picks plain text.
func ForReport(word, file string) (Format, bool) {
	if word == "" && file != "" {
		return byEnding(file)
	}
	return lists.First(Formats, func(f Format) bool { return f.Word == word || word == "" })
}

// byEnding picks a format by the ending of a file's name.
func byEnding(file string) (Format, bool) {
	ending := strings.ToLower(filepath.Ext(file))
	return lists.First(Formats, func(f Format) bool { return slices.Contains(f.Endings, ending) })
}

// Endings explains, to somebody who names a file for a document, which format each ending gives: ".md makes it
// Markdown, .html a web page".
func Endings() string {
	var out []string
	for _, f := range Formats[1:] {
		if f.Tables() {
			continue // for reports only
		}
		makes := " makes it "
		if len(out) > 0 {
			makes = " "
		}
		out = append(out, f.Endings[0]+makes+f.Name)
	}
	return strings.Join(out, ", ")
}

// Write writes a document, in a format for which Tables is false. Text ends with a line break.
func (f Format) Write(d doc.Doc) ([]byte, error) { return f.render(d.Cleaned()) }

// Report writes a report: one file without a name, or several with names if the format is a Folder.
func (f Format) Report(of Material) ([]File, error) {
	one := func(data []byte, err error) ([]File, error) { return []File{{"", data}}, err }
	switch {
	case f.dates != nil:
		return one(f.dates(of.Dates()))
	case f.render != nil:
		return one(f.Write(of.Doc()))
	}
	tables, err := of.Tables()
	switch {
	case err != nil:
		return nil, err
	case f.files != nil:
		return f.files(tables)
	}
	return one(f.table(tables))
}

// Tables reports whether this format is for tables or dates only, so that no document can be written in it.
func (f Format) Tables() bool { return f.render == nil }

// Dated reports whether a report in this format has dates and nothing else.
func (f Format) Dated() bool { return f.dates != nil }

// Text writes a document as plain text, wrapped to a width in columns.
func Text(d doc.Doc, width int) []byte { return text(d.Cleaned(), width) }

// Preview shows in a document what a report in this format will say. Of tables it has the columns and the first rows.
func (f Format) Preview(of Material) (doc.Doc, error) {
	switch {
	case f.dates != nil:
		return of.Dates().Doc(), nil
	case f.render != nil:
		return of.Doc(), nil
	}
	tables, err := of.Tables()
	return handout.TablesDoc(tables), err
}

// IndexFormats lists the formats for the index of a portfolio: those for documents, and a workbook.
func IndexFormats() []Format {
	return lists.Where(Formats, func(f Format) bool { return f.render != nil || f.index != nil })
}

// Index writes the index of a portfolio, in one of IndexFormats.
func (f Format) Index(x handout.Index) ([]byte, error) {
	if f.index != nil {
		return f.index(x)
	}
	return f.Write(x.Doc())
}
