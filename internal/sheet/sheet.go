// Package sheet is the rating sheet as a file, in the forms in which a mentor elsewhere can fill it: a text in TOML, an
// Excel workbook, and a web page that needs nothing installed. A form is one file with its maker and one line in
// Formats. What a sheet holds is decided in package appraisal, which makes the text; the other two are made from that
// text and the published wording alone, so that they cannot hold more of the learner than it does. What comes back is
// read into the same text, so that the same mistake is told in the same words whatever the form.
package sheet

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Format is one form of a sheet.
type Format struct {
	Word      string // as --format takes it
	Name      string // as people say it
	Ending    string
	For       string // who takes it, as a sentence
	Elsewhere string // why it is not filled in with ksbcoach; empty where it can be
	Next      string // what the mentor does with it, after "send it to your mentor: "
	make      func(blank) ([]byte, error)
}

// Formats are all forms; the first is for files whose name ends in nothing known.
var Formats = []Format{
	{
		Word: "toml", Name: "a text file", Ending: ".toml",
		For:  "For a mentor who has ksbcoach, or is at ease in a text editor.",
		Next: "they fill it with ksbcoach or in an editor",
		make: func(b blank) ([]byte, error) { return b.source, nil },
	},
	{
		Word: "xlsx", Name: "an Excel workbook", Ending: ".xlsx",
		For:  "For a mentor who likes a spreadsheet: each level is chosen from a list.",
		Next: "they fill it in Excel or LibreOffice",
		Elsewhere: "a rating sheet as a workbook is filled in in Excel or LibreOffice; ksbcoach sheet take reads " +
			"what comes back",
		make: workbook,
	},
	{
		Word: "html", Name: "a web page", Ending: ".html",
		For:  "For a mentor on a locked-down PC: any browser opens it, and saves the file to send back.",
		Next: "they open it in any browser, and send back the file that it saves",
		Elsewhere: "a rating sheet as a web page is filled in in a browser; ksbcoach sheet take reads the file that " +
			"it saves there",
		make: webPage,
	},
}

// Where asks for the file that came back; Comes says what it may be.
const (
	Where = "Where is the sheet that came back?"
	Comes = "a text file, a workbook, or what a web page saved"
)

// FormatFor is the form by its word, or where that is empty by the ending of the file's name.
func FormatFor(word, path string) Format {
	ending := strings.ToLower(filepath.Ext(path))
	for _, f := range Formats {
		if f.Word == word || word == "" && (f.Ending == ending || f.Ending == ending+"l") { // .htm too
			return f
		}
	}
	return Formats[0]
}

// blank is a sheet that nobody has filled yet, and the published wording of what it asks for.
type blank struct {
	source []byte // as text
	profile.Profile
	std   *standard.Standard // only what the sheet asks for
	scale *level.Scale
	title plan.Titles
}

// Make makes a sheet in this form; see appraisal.MakeSheet for what it holds and refuses.
func (f Format) Make(
	p profile.Profile, std *standard.Standard, scale *level.Scale, title plan.Titles, today calendar.Date,
	ksbs []string,
) ([]byte, error) {
	src, err := appraisal.MakeSheet(p, std, scale, title, today, ksbs)
	if err != nil {
		return nil, err
	}
	read, err := file.Decode(src, func(string) *standard.Standard { return std })
	if err != nil {
		return nil, err
	}
	return f.make(blank{src, read.Profile, std.Only(read.Profile.Asked), scale, title})
}

// heading says whose sheet it is.
func (b blank) heading() string {
	return "Rating sheet for " + b.Learner.Name.Line() + ", " + b.Standard
}

// head is the text up to where the ratings go, without the wording.
func (b blank) head() (string, error) {
	src, err := file.New(b.Profile)
	return string(src) + "\n[round." + string(profile.Mentor) + "]\n", err
}

// Largest is how many bytes a sheet that comes back may have, in any form.
const Largest = 16 << 20

// File is a sheet, or a profile, as it was read.
type File struct {
	*file.File
	cells map[string]string // for a workbook, the cell of each key
}

// Decode reads a sheet in any form, and a profile too, which is a text of the same kind. The error is file.Faults, all
// of them that could be found, or a *profile.Refusal of what is no sheet at all.
func Decode(data []byte, find file.Find) (File, error) {
	switch FormOf(data).Word {
	case "xlsx":
		return decodeWorkbook(data, find)
	case "html":
		return decodePage(data, find)
	}
	read, err := file.Decode(data, find)
	return File{File: read}, err
}

// FormOf is the form that the bytes are in, by how they begin.
func FormOf(data []byte) Format {
	switch begin := string(data[:min(len(data), 15)]); {
	case strings.HasPrefix(begin, "PK"), strings.HasPrefix(begin, "\xD0\xCF\x11\xE0"):
		return FormatFor("xlsx", "")
	case strings.HasPrefix(strings.ToLower(begin), "<!doctype html"),
		strings.HasPrefix(strings.ToLower(begin), "<html"):
		return FormatFor("html", "")
	}
	return Formats[0]
}

// OddDates are those of the file, each with its place.
func (f File) OddDates(today calendar.Date) []file.Problem {
	return placed(f.File.OddDates(today), f.cells)
}

// placed gives each problem of a workbook its cell, and tells once what several rows have from one cell.
func placed(list []file.Problem, cells map[string]string) []file.Problem {
	if cells == nil {
		return list
	}
	var out []file.Problem
	for _, x := range list {
		x.Cell = cells[x.Key]
		for key := x.Key; x.Cell == "" && key != ""; x.Cell = cells[key] {
			key = key[:max(strings.LastIndex(key, "."), 0)]
		}
		if x.Cell == "" {
			x.Cell = hidden + "!A1"
		}
		x.Pos.Line, x.Pos.Col = 0, 0
		if !slices.ContainsFunc(out, func(y file.Problem) bool { return y.Cell == x.Cell && y.Msg == x.Msg }) {
			out = append(out, x)
		}
	}
	return out
}

func refuse(msg, why string) error { return &profile.Refusal{Msg: safetext.Line(msg), Why: why} }
