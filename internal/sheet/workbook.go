package sheet

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// The sheets of the workbook. The hidden one holds the text of the rating sheet, without any rating: it says whose
// sheet this is and what it asks for.
const (
	frontSheet  = "Rating sheet"
	levelsSheet = "Levels"
	hiddenSheet = "ksbcoach"
)

// The labels to the left of the cells for name and day, and the headings of the columns that are read. The reader finds
// cells by these words, since the mentor's program may have moved them.
const (
	nameLabel = "Your name"
	dayLabel  = "Day"
	codeHead  = "Code"
	levelHead = "Level"
	noteHead  = "Comment"
)

const workbookHelp = "For the mentor. Choose a level for each statement that you can judge from what you have seen " +
	"yourself; leave out the rest. The learner's own ratings are not in this file. A comment says most when it names " +
	"the situation, what you saw and what came of it. Name no patient. Only the yellow cells can be changed. Save " +
	"the file and send it back."

// levels lists the levels in the order in which they are offered.
var levels = []level.Level{0, 1, 2, 3, 4, level.NoOpportunity}

// named is a level as it is offered: "2 Supported", "No opportunity".
func (b blank) named(l level.Level) string {
	if l == level.NoOpportunity {
		return b.scale.Words(l).Name
	}
	return b.scale.Named(l)
}

// workbook makes the sheet as a workbook, with a list of levels to choose from for each KSB, and everything locked that
// is not to be filled in.
func workbook(b blank) ([]byte, error) {
	head, err := b.headText()
	if err != nil {
		return nil, err
	}
	label := func(text string) []xlsx.Cell {
		return []xlsx.Cell{xlsx.Words(text).As(xlsx.Strong), xlsx.Words("").As(xlsx.Strong)}
	}
	empty := xlsx.Cell{}
	sheet := xlsx.Sheet{
		Name: frontSheet, Widths: []float64{6, 7, 60, 40, 52}, Head: 5, Locked: true,
		Merged: []string{"A2:E2", "A3:B3", "A4:B4"},
		Rows: []xlsx.Row{
			xlsx.Titled(b.heading()),
			{Cells: []xlsx.Cell{xlsx.Words(workbookHelp)}, Height: 48},
			{Cells: append(label(nameLabel), empty.As(xlsx.Open)), Height: 18},
			{Cells: append(label(dayLabel), empty.As(xlsx.OpenDay)), Height: 18},
			{Cells: xlsx.Heads("Duty", codeHead, "Statement", levelHead, noteHead)},
		},
	}
	levelCells := map[standard.Kind][]string{} // the cells to choose a level in
	for _, id := range b.Asked {
		k, _ := b.std.KSB(id)
		text := k.Text
		if b.scale.Others(b.std.Reference, id) {
			text += "\n" + appraisal.WithOthers
		}
		levelCells[k.Kind] = append(levelCells[k.Kind], xlsx.At(len(sheet.Rows), 3))
		sheet.Rows = append(sheet.Rows, xlsx.Row{Cells: []xlsx.Cell{
			xlsx.Number(float64(b.std.Home(id))), xlsx.Words(id).As(xlsx.Strong), xlsx.Words(text),
			empty.As(xlsx.Open), empty.As(xlsx.Open),
		}})
	}
	dayRow := &sheet.Rows[3]
	dayRow.Cells = append(dayRow.Cells, xlsx.Cell{
		Formula: fmt.Sprintf(`COUNTA(D6:D%d)&" of %d rated"`, len(sheet.Rows), len(b.Asked)),
		Text:    fmt.Sprintf("0 of %d rated", len(b.Asked)), Style: xlsx.Strong,
	})
	levelWords := xlsx.Sheet{Name: levelsSheet, Hidden: true, Locked: true, Rows: make([]xlsx.Row, len(levels))}
	for column, kind := range standard.Kinds {
		for i, l := range levels {
			row := &levelWords.Rows[i]
			row.Cells = append(row.Cells, xlsx.Words(b.named(l)+": "+b.scale.Seen(l, kind)))
		}
		if len(levelCells[kind]) > 0 {
			letter := xlsx.Column(column)
			sheet.Choices = append(sheet.Choices, xlsx.Choice{
				Cells: strings.Join(levelCells[kind], " "),
				From:  fmt.Sprintf("%s!$%s$1:$%s$%d", levelsSheet, letter, letter, len(levels)),
				Title: "Level", Ask: "Choose from the list, or leave it empty where you have not seen it.",
				Refuse: "Choose a level from the list, or press Esc.",
			})
		}
	}
	text := xlsx.Sheet{
		Name: hiddenSheet, Hidden: true, Locked: true, Rows: []xlsx.Row{{Cells: []xlsx.Cell{xlsx.Words(head)}}},
	}
	return xlsx.Book{
		Title: b.heading(), Made: b.Rounds[0].Opened, Sheets: []xlsx.Sheet{sheet, levelWords, text},
	}.Write()
}

// MostRows is the most rows of a workbook that may be filled in; a standard has a hundred KSBs or so. What is filled in
// is also bounded by tomledit.ProfileLimits, as a text is.
const MostRows = 300

const sentAgain = "ask for the sheet again as a file that was saved from the workbook which ksbcoach made"

// decodeWorkbook reads a workbook that was filled in: it writes the ratings into the text of the hidden sheet, and
// reads that as it would any other sheet.
func decodeWorkbook(data []byte, find file.Find) (File, error) {
	tables, err := xlsx.Read(data)
	if err != nil {
		return File{}, refuse(err.Error(), sentAgain)
	}
	var text string
	var rows [][]xlsx.Value
	for _, t := range tables {
		switch {
		case t.Name == hiddenSheet && len(t.Rows) > 0 && len(t.Rows[0]) > 0:
			text = t.Rows[0][0].Text
		case t.Name == frontSheet:
			rows = t.Rows
		}
	}
	if text == "" || rows == nil {
		return File{}, refuse("this workbook is not a rating sheet that ksbcoach made", sentAgain)
	}
	filled, err := readRows(rows)
	if err != nil {
		return File{}, err
	}
	doc, err := tomledit.Parse([]byte(text), tomledit.ProfileLimits)
	for _, r := range filled.ratings {
		if err == nil {
			err = doc.Set(tomledit.Inline(r.values), nil, "round", 0, string(profile.Mentor), r.code)
		}
	}
	if err != nil {
		return File{}, refuse("the hidden part of this workbook is damaged: "+err.Error(), sentAgain)
	}
	read, err := file.Read(doc, find)
	var faults file.Faults
	if errors.As(err, &faults) {
		err = file.Faults(withCells(faults, filled.cells))
	}
	return File{read, filled.cells}, err
}

// filling is what was filled in on the front sheet.
type filling struct {
	ratings []filledRating
	cells   map[string]string // the cell of each key of the text
}

type filledRating struct {
	code   string
	values *tomledit.Table
}

// cellOrNothing is a cell of a row, which may be shorter.
func cellOrNothing(row []xlsx.Value, column int) xlsx.Value {
	if column >= len(row) {
		return xlsx.Value{}
	}
	return row[column]
}

// readRows reads the front sheet. Levels, names and days that cannot be right are passed on as they are: the reader of
// the text refuses them, in the same words as for the other formats.
func readRows(rows [][]xlsx.Value) (filling, error) {
	filled := filling{cells: map[string]string{}}
	var name, day xlsx.Value
	var nameAt, dayAt string
	columns := map[string]int{}
	seen, size := map[string]int{}, 0
	for i, row := range rows {
		if len(columns) == 0 {
			switch strings.TrimSpace(cellOrNothing(row, 0).Text) {
			case nameLabel:
				name, nameAt = cellOrNothing(row, 2), xlsx.At(i, 2)
			case dayLabel:
				day, dayAt = cellOrNothing(row, 2), xlsx.At(i, 2)
			}
			columns = headingColumns(row)
			continue
		}
		level, note := cellOrNothing(row, columns[levelHead]), cellOrNothing(row, columns[noteHead])
		if level.Is == xlsx.IsNothing && note.Is == xlsx.IsNothing {
			continue
		}
		ksb := strings.TrimSpace(cellOrNothing(row, columns[codeHead]).Text)
		if first, twice := seen[ksb]; twice {
			return filled, file.Faults{{
				Cell: xlsx.At(i, columns[codeHead]),
				Msg:  fmt.Sprintf("%q is in row %d too", safetext.Brief(ksb, 20), first+1),
				Hint: sentAgain,
			}}
		}
		seen[ksb] = i
		size += len(ksb) + len(level.Text) + len(note.Text) + len(name.Text)
		if size > tomledit.ProfileLimits.Size || len(seen) > MostRows {
			return filled, refuse("this workbook holds more than anybody fills in on a rating sheet", sentAgain)
		}
		key := "round." + string(profile.Mentor) + "." + ksb
		filled.cells[key] = xlsx.At(i, columns[codeHead])
		filled.cells[key+".level"] = xlsx.At(i, columns[levelHead])
		filled.cells[key+".note"] = xlsx.At(i, columns[noteHead])
		filled.cells[key+".by"], filled.cells[key+".on"] = nameAt, dayAt
		filled.ratings = append(filled.ratings, filledRating{ksb, ratingTable(level, note, name, day)})
	}
	if len(columns) == 0 {
		return filled, refuse("this workbook has no row with the headings "+codeHead+", "+levelHead+" and "+noteHead,
			sentAgain)
	}
	return filled, nil
}

// headingColumns says which heading is in which column; nil for a row without all three of them.
func headingColumns(row []xlsx.Value) map[string]int {
	columns := map[string]int{}
	for i, v := range row {
		switch s := strings.TrimSpace(v.Text); s {
		case codeHead, levelHead, noteHead:
			columns[s] = i
		}
	}
	if len(columns) < 3 {
		return nil
	}
	return columns
}

// ratingTable is one rating as the text has it.
func ratingTable(level, note, name, day xlsx.Value) *tomledit.Table {
	t := tomledit.NewTable()
	if level.Is != xlsx.IsNothing {
		t.Set("level", levelValue(level))
	}
	if day.Is != xlsx.IsNothing {
		t.Set("on", dayValue(day))
	}
	if note.Is != xlsx.IsNothing {
		t.Set("note", tomledit.String(strings.TrimSpace(note.Text)))
	}
	if strings.TrimSpace(name.Text) != "" {
		t.Set("by", tomledit.String(strings.TrimSpace(name.Text)))
	}
	return t
}

// levelValue reads a level that was chosen, such as "2 Supported: explain ...", or typed. What is no level is passed on
// as it is.
func levelValue(v xlsx.Value) tomledit.Value {
	if v.Is == xlsx.IsNumber && v.Number == math.Trunc(v.Number) && math.Abs(v.Number) < 1e6 {
		return tomledit.Int(int(v.Number))
	}
	typed, _, _ := strings.Cut(v.Text, ":")
	l, err := level.Typed(typed)
	digit, name, named := strings.Cut(strings.TrimSpace(typed), " ")
	if err != nil && named && !strings.ContainsAny(name, "0123456789") {
		l, err = level.Typed(digit)
	}
	n, whole := strconv.Atoi(strings.TrimSpace(v.Text))
	switch {
	case err != nil && whole == nil:
		return tomledit.Int(n)
	case err != nil:
		return tomledit.String(v.Text)
	case l == level.NoOpportunity:
		return tomledit.String(l.String())
	}
	return tomledit.Int(int(l))
}

// dayValue reads a day of the spreadsheet, or one that was typed.
func dayValue(v xlsx.Value) tomledit.Value {
	d := v.Day
	if v.Is == xlsx.IsText {
		d, _ = calendar.Typed(v.Text)
	}
	if d.IsZero() {
		return tomledit.String(v.Text)
	}
	return tomledit.Date(d.Year, int(d.Month), d.Day)
}
