// Package export writes documents (package doc) and tables (package handout) in the formats that people want: plain
// text of any width for terminals and files, Markdown, web pages, PDF, for spreadsheets and databases JSON, CSV and a
// workbook, and for calendars iCalendar. A format is one file with its renderer and one line in Formats. It decides how
// a document looks, never what is in it, and every text that it is handed is cleaned: documents in Format.Write, tables
// where they are made.
package export

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Format is one way to write a document into a file.
type Format struct {
	Word    string // as --format takes it
	Name    string // as people say it
	Endings []string
	Binary  bool                            // nothing to read on a terminal
	Folder  bool                            // several files, in a folder of their own
	render  func(d doc.Doc) ([]byte, error) // of a cleaned document
	table   func(tables []handout.Table) ([]byte, error)
	files   func(tables []handout.Table) ([]File, error)
	dates   func(dates handout.Dates) ([]byte, error)
	index   func(x handout.Index) ([]byte, error)
}

// Material is what a report can be made of. Each is worked out only where the format of the report asks for it.
type Material struct {
	Doc    func() doc.Doc                  // what people read
	Tables func() ([]handout.Table, error) // what a spreadsheet or a database takes
	Dates  func() handout.Dates            // what a calendar takes
}

// Formats are all formats; the first is for files whose name ends in nothing known.
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

// ForFile is the format of a document that the ending of a file's name asks for.
func ForFile(name string) Format {
	if f, ok := named(name); ok && !f.Tables() {
		return f
	}
	return Formats[0]
}

// ForReport is the format of a report by its word, or where that is empty by the ending of the file's name. It is false
// for a word or an ending that no format has; without both it is plain text.
func ForReport(word, file string) (Format, bool) {
	if word == "" && file != "" {
		return named(file)
	}
	return lists.First(Formats, func(f Format) bool { return f.Word == word || word == "" })
}

// named is the format whose ending the name of a file has.
func named(file string) (Format, bool) {
	ending := strings.ToLower(filepath.Ext(file))
	return lists.First(Formats, func(f Format) bool { return slices.Contains(f.Endings, ending) })
}

// Endings say which format of a document each ending makes, for those who name a file: ".md makes it Markdown, .html a
// web page".
func Endings() string {
	var out []string
	for _, f := range Formats[1:] {
		if f.Tables() {
			continue // only a report is written in it
		}
		makes := " makes it "
		if len(out) > 0 {
			makes = " "
		}
		out = append(out, f.Endings[0]+makes+f.Name)
	}
	return strings.Join(out, ", ")
}

// Write is a document in a format. It ends in a line end where it is text.
func (f Format) Write(d doc.Doc) ([]byte, error) { return f.render(d.Cleaned()) }

// Report is a report in a format: one file, whose name is "", or for a Folder several.
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

// Tables says whether a report in this format is made of tables, or of dates, and no document can be written in it.
func (f Format) Tables() bool { return f.render == nil }

// Dated says whether the format holds dates, and nothing else of a report.
func (f Format) Dated() bool { return f.dates != nil }

// Text is a document as plain text of at most so many columns.
func Text(d doc.Doc, width int) []byte { return text(d.Cleaned(), width) }

// Preview is what a report in this format will say, as a document to be read before it is written. Of tables it has the
// columns and the first rows.
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

// IndexFormats are the formats that the index of a portfolio is written in: those of documents, and a workbook.
func IndexFormats() []Format {
	return lists.Where(Formats, func(f Format) bool { return f.render != nil || f.index != nil })
}

// Index is the index of a portfolio in a format of IndexFormats.
func (f Format) Index(x handout.Index) ([]byte, error) {
	if f.index != nil {
		return f.index(x)
	}
	return f.Write(x.Doc())
}
