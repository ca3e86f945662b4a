// Package xlsx writes and reads the few parts of an Excel workbook (Office Open XML) that the program needs: sheets of
// words, numbers, dates and formulas, with headings that stay in view, filters, drop-down lists, colours by rule and
// columns that fit a printed page. A full library would make every start of the program a sixth slower and use a third
// more memory; this package needs only archive/zip and encoding/xml, and only when a workbook is asked for.
//
// Words are always written with the type text, so that no spreadsheet takes them for a formula. Reading has limits (see
// read.go), since a workbook may come from anywhere.
//
// The layout follows ECMA-376, part 1, clauses 18.2 to 18.8.
package xlsx

import (
	"strconv"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Book is a workbook to write.
type Book struct {
	Title  string        // what it is, for the properties of the file
	Made   calendar.Date // the day it was made; no clock is read, so that the same record gives the same bytes
	Sheets []Sheet
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name    string    // at most 31 characters, none of []:*?/\'
	Widths  []float64 // of the columns, in digits of the standard font
	Rows    []Row
	Head    int      // how many rows at the top stay in view and are printed on every page; 0 for none
	Table   string   // the name of an Excel table made of all rows, the first its headings; "" for no table
	Filter  string   // the cells with filters, such as "A3:J75"; "" for none
	Merged  []string // each such as "A2:E2"
	Choices []Choice
	Rules   []Rule
	Hidden  bool
	Locked  bool // only cells of the open styles can be changed; no password, since it only guards against slips
	Tall    bool // printed in portrait; else in landscape
}

// Row is a row of cells.
type Row struct {
	Cells  []Cell
	Height float64 // in points; 0 for as high as its words need
}

// Cell is one cell: a number where Number is set, else a day, else words; or a formula with one of these as its result.
type Cell struct {
	Text    string
	Number  *float64
	Day     calendar.Date
	Formula string // without the leading =
	Style   Style
}

// Style is what a cell looks like.
type Style int

// The styles. Cells with one of the last three can be filled in where the sheet is locked.
const (
	Plain   Style = iota // words, wrapped, at the top of the row
	Title                // the title of the sheet, not wrapped
	Head                 // a column heading
	Strong               // words that stand out, such as a code
	Figure               // a centred number
	Date                 // a day
	Faint                // words of less importance, not wrapped
	Open                 // words to fill in
	OpenDay              // a day to fill in
	Choose               // a number to fill in or to choose
	styles               // how many styles there are
)

// Choice lets cells be filled in from a drop-down list only.
type Choice struct {
	Cells  string   // such as "E4:E75"
	Values []string // what the list offers; without commas
	From   string   // instead of Values, the cells that hold them, such as "Levels!$A$2:$A$6"
	Title  string   // of both messages below
	Ask    string   // shown next to the cell while it is selected
	Refuse string   // shown when something else was typed
}

// Rule colours the cells for which a formula holds. Some words in the sheet must say the same, for people who cannot
// see or print the colours.
type Rule struct {
	Cells   string
	Formula string // as for the first of the cells
	Fill    string // the colour of the background, as RRGGBB
	Ink     string // the colour of the words
}

// Words makes a cell of words.
func Words(text string) Cell { return Cell{Text: text} }

// Number makes a cell with a number.
func Number(n float64) Cell { return Cell{Number: &n, Style: Figure} }

// Day makes a cell with a day; the zero date gives an empty cell.
func Day(d calendar.Date) Cell { return Cell{Day: d, Style: Date} }

// As is a copy of the cell in another style.
func (c Cell) As(s Style) Cell {
	c.Style = s
	return c
}

// Titled makes the row with the title of a sheet.
func Titled(title string) Row { return Row{Cells: []Cell{Words(title).As(Title)}} }

// Heads makes the cells of a row of column headings.
func Heads(names ...string) []Cell {
	return lists.Each(names, func(name string) Cell { return Words(name).As(Head) })
}

// Column gives the letters of a column, counted from 0: A, B, ... Z, AA.
func Column(n int) string {
	var s string
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// At gives the name of a cell, its row and column counted from 0: At(0, 0) is A1.
func At(row, column int) string { return Column(column) + strconv.Itoa(row+1) }

// epoch is day 0 of a spreadsheet. It is 30 December 1899 and not the 31st, because spreadsheets count a 29 February
// 1900 that never was. A workbook that is marked date1904 counts from 1 January 1904.
func epoch(from1904 bool) calendar.Date {
	if from1904 {
		return calendar.Of(1904, time.January, 1)
	}
	return calendar.Of(1899, time.December, 30)
}

// serial is a day as a spreadsheet counts it.
func serial(d calendar.Date) int { return epoch(false).Days(d) }

// DayOf gives the day that a number stands for in a spreadsheet. It reports false outside the years 1950 to 2100, so
// that a level or a score is not taken for a day.
func DayOf(n float64, from1904 bool) (calendar.Date, bool) {
	if !(n >= 16_000 && n < 100_000) { // cannot be in those years; spares most numbers the arithmetic below
		return calendar.Date{}, false
	}
	d := epoch(from1904).AddDays(int(n))
	return d, d.Year >= 1950 && d.Year <= 2100
}
