// Package xlsx writes and reads the few parts of a spreadsheet file (Office Open XML) that the program needs: sheets of
// words, numbers, dates and formulas with a heading that stays in view, filters, choices to pick from, colours by rule
// and a width that prints. A whole library for it would cost every start of the program a sixth of its time and a third
// of its memory; here only archive/zip and encoding/xml are used, when a workbook is asked for. What is written is text
// by its type, so that no cell is ever taken for a formula; what is read is bounded (read.go), since it comes from
// anywhere.
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
	Made   calendar.Date // the day it was made, so that the same record gives the same bytes
	Sheets []Sheet
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name    string // 31 letters at most, none of []:*?/\
	Widths  []float64
	Rows    []Row
	Head    int    // the rows at the top that stay in view and are printed on every page; 0 for none
	Table   string // a name that makes all rows one table of the spreadsheet's own, the first its headings; "" for none
	Filter  string // the cells with filters, such as "A3:J75"; "" for none
	Merged  []string
	Choices []Choice
	Rules   []Rule
	Hidden  bool
	// Locked lets only cells of an open style be changed. There is no password: it saves people from slips, nothing
	// else.
	Locked bool
	Tall   bool // printed upright; wide sheets are printed across
}

// Row is a row of cells, and how high it is where that is not left to the program that shows it.
type Row struct {
	Cells  []Cell
	Height float64 // in points; 0 for as high as its words need
}

// Cell is one cell: words, a number, a day or a formula.
type Cell struct {
	Text    string
	Number  *float64
	Day     calendar.Date
	Formula string // without the sign =; Number or Text is what it comes to
	Style   Style
}

// Style is what a cell looks like.
type Style int

// The styles. Open ones may be filled in where a sheet is locked.
const (
	Plain   Style = iota // words, broken into lines, at the top of the row
	Title                // the name of the sheet
	Head                 // a heading of a column
	Strong               // words that count, such as a code
	Figure               // a number in the middle
	Date                 // a day
	Faint                // what is read second
	Open                 // words to fill in
	OpenDay              // a day to fill in
	Choose               // a number to fill in or to choose
	styles
)

// Choice lets cells be filled in from a list only.
type Choice struct {
	Cells  string // such as "E4:E75"
	Values []string
	From   string // instead of Values, the cells that hold them, such as "Levels!$A$2:$A$6"
	Title  string // of the two messages
	Ask    string // shown beside a chosen cell
	Refuse string // shown where something else was typed
}

// Rule colours cells by a formula, which is written for the first of them. Words always say the same.
type Rule struct {
	Cells   string
	Formula string
	Fill    string // the colour behind, as RRGGBB
	Ink     string
}

// Words is a cell of words.
func Words(text string) Cell { return Cell{Text: text} }

// Number is a cell with a number.
func Number(n float64) Cell { return Cell{Number: &n, Style: Figure} }

// Day is a cell with a day, or an empty one.
func Day(d calendar.Date) Cell { return Cell{Day: d, Style: Date} }

// As is the cell in another style.
func (c Cell) As(s Style) Cell {
	c.Style = s
	return c
}

// Titled is the row with the title of a sheet.
func Titled(title string) Row { return Row{Cells: []Cell{Words(title).As(Title)}} }

// Heads are the headings of columns.
func Heads(names ...string) []Cell {
	return lists.Each(names, func(name string) Cell { return Words(name).As(Head) })
}

// Column is the letters of a column, counted from 0: A, B, ... Z, AA.
func Column(n int) string {
	var s string
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// At is the name of a cell, both counted from 0: At(0, 0) is A1.
func At(row, column int) string { return Column(column) + strconv.Itoa(row+1) }

// Spreadsheets count days from here, so that the 1 January 1900 is day 1 in spite of the 29 February 1900 that they
// believe in. Workbooks that say date1904 count from the 1 January 1904.
func dayNought(from1904 bool) calendar.Date {
	if from1904 {
		return calendar.Of(1904, time.January, 1)
	}
	return calendar.Of(1899, time.December, 30)
}

// serial is a day as a spreadsheet counts it.
func serial(d calendar.Date) int { return dayNought(false).Days(d) }

// DayOf is the day that a number of a spreadsheet stands for. It says false for what cannot be a day between 1950 and
// 2100, so that a level or a score is not taken for one.
func DayOf(n float64, from1904 bool) (calendar.Date, bool) {
	nought := dayNought(from1904)
	if !(n >= 16_000 && n < 100_000) { // far from any of those days, as most numbers are
		return calendar.Date{}, false
	}
	d := nought.AddDays(int(n))
	return d, d.Year >= 1950 && d.Year <= 2100
}
