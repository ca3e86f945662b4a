// Package sheet makes and reads rating sheets, the files in which a mentor elsewhere rates the learner. There are three
// formats: text in TOML, an Excel workbook, and a web page that needs nothing installed.
//
// Package appraisal decides what a sheet holds and makes the text. The workbook and the page are made from that text
// and the published wording alone, so that they cannot tell more about the learner than it does. Whatever comes back is
// turned into the same text before it is checked, so that a mistake is described in the same words in every format.
//
// To add a format, write its maker in a file of its own and add it to Formats.
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

// Format is a file format of rating sheets.
type Format struct {
	Word      string // as --format takes it
	Name      string // in a sentence, such as "a web page"
	Ending    string // of file names, with the dot
	For       string // which mentors it suits, as a sentence
	Elsewhere string // where it is filled in, as a hint for those who open it with ksbcoach; "" where that works
	Next      string // what the mentor does with it, to follow "send it to your mentor: "
	make      func(blank) ([]byte, error)
}

// Formats lists all formats. The first one is the default, see FormatFor.
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
		Elsewhere: "a rating sheet in a workbook is filled in with Excel or LibreOffice; ksbcoach sheet take reads " +
			"what comes back",
		make: workbook,
	},
	{
		Word: "html", Name: "a web page", Ending: ".html",
		For:  "For a mentor on a locked-down PC: any browser opens it, and saves the file to send back.",
		Next: "they open it in any browser, and send back the file that it saves",
		Elsewhere: "a rating sheet in a web page is filled in with a browser; ksbcoach sheet take reads the file " +
			"that is saved there",
		make: webPage,
	},
}

// Where asks for the file that came back, and Comes says what it can be.
const (
	Where = "Where is the sheet that came back?"
	Comes = "a text file, a workbook, or what a web page saved"
)

// FormatFor is the format with this word or, for an empty word, with the ending of the file name. It is the first of
// Formats where there is none.
func FormatFor(word, path string) Format {
	ending := strings.ToLower(filepath.Ext(path))
	if ending == ".htm" {
		ending = ".html"
	}
	for _, f := range Formats {
		if f.Word == word || word == "" && f.Ending == ending {
			return f
		}
	}
	return Formats[0]
}

// blank is a sheet that nobody has filled in yet, with the published wording of what it asks for.
type blank struct {
	source []byte // as text
	profile.Profile
	std   *standard.Standard // only what the sheet asks for
	scale *level.Scale
	title plan.Titles
}

// Make makes a sheet in this format; see appraisal.MakeSheet for what it holds and refuses.
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

func (b blank) heading() string {
	return "Rating sheet for " + b.Learner.Name.Line() + ", " + b.Standard
}

// headText is the text up to where the ratings go, without the wording.
func (b blank) headText() (string, error) {
	src, err := file.New(b.Profile)
	return string(src) + "\n[round." + string(profile.Mentor) + "]\n", err
}

// Largest is the most bytes that a sheet which comes back may have, in any format.
const Largest = 16 << 20

// File is a sheet, or a profile, as it was read.
type File struct {
	*file.File
	cells map[string]string // of a workbook: the cell of each key of the text
}

// Decode reads a sheet in any format. It reads a profile too, which is a text of the same kind. The error is
// file.Faults with all faults that could be found, or a *profile.Refusal of a file that is no sheet at all.
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

// FormOf is the format of a file, judged by its first bytes.
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

// OddDates calls file.File.OddDates. For a workbook each problem has its cell in place of its line.
func (f File) OddDates(today calendar.Date) []file.Problem {
	return withCells(f.File.OddDates(today), f.cells)
}

// withCells puts the cells of a workbook in the place of line numbers. A problem that several rows have from one cell,
// such as the mentor's name, is listed once.
func withCells(list []file.Problem, cells map[string]string) []file.Problem {
	if cells == nil {
		return list
	}
	var out []file.Problem
	for _, x := range list {
		x.Cell = cellOf(x.Key, cells)
		x.Pos.Line, x.Pos.Col = 0, 0
		if !slices.ContainsFunc(out, func(y file.Problem) bool { return y.Cell == x.Cell && y.Msg == x.Msg }) {
			out = append(out, x)
		}
	}
	return out
}

// cellOf is the cell of a key, or else of the nearest key above it. Keys that were not filled in are in the hidden
// text.
func cellOf(key string, cells map[string]string) string {
	for key != "" {
		if cell := cells[key]; cell != "" {
			return cell
		}
		key = key[:max(strings.LastIndex(key, "."), 0)]
	}
	return hiddenSheet + "!A1"
}

func refuse(msg, why string) error { return &profile.Refusal{Msg: safetext.Line(msg), Why: why} }
