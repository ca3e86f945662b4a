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

// The sheets of the workbook. The hidden one says whose sheet it is, as a text like that of the other form.
const (
	front  = "Rating sheet"
	lists  = "Levels"
	hidden = "ksbcoach"
)

// What stands in the first column beside the cell to fill in, and the headings that the ratings stand below.
const (
	nameLabel = "Your name"
	dayLabel  = "Day"
	codeHead  = "Code"
	levelHead = "Level"
	noteHead  = "Comment"
)

const bookHelp = "For the mentor. Choose a level for each statement that you can judge from what you have seen " +
	"yourself; leave out the rest. The learner's own ratings are not in this file. A comment says most when it names " +
	"the situation, what you saw and what came of it. Name no patient. Only the yellow cells can be changed. Save " +
	"the file and send it back."

// levels are the levels in the order in which they are offered.
var levels = []level.Level{0, 1, 2, 3, 4, level.NoOpportunity}

// named is a level as a mentor is offered it.
func (b blank) named(l level.Level) string {
	if l == level.NoOpportunity {
		return b.scale.Words(l).Name
	}
	return b.scale.Named(l)
}

// workbook is the sheet as a workbook: a list to choose from for each KSB, and all but what is filled in locked.
func workbook(b blank) ([]byte, error) {
	head, err := b.head()
	if err != nil {
		return nil, err
	}
	label := func(s string) []xlsx.Cell {
		return []xlsx.Cell{xlsx.Words(s).As(xlsx.Strong), xlsx.Words("").As(xlsx.Strong)}
	}
	empty := xlsx.Cell{}
	s := xlsx.Sheet{
		Name: front, Widths: []float64{6, 7, 60, 40, 52}, Head: 5, Locked: true,
		Merged: []string{"A2:E2", "A3:B3", "A4:B4"},
		Rows: []xlsx.Row{
			xlsx.Titled(b.heading()),
			{Cells: []xlsx.Cell{xlsx.Words(bookHelp)}, Height: 48},
			{Cells: append(label(nameLabel), empty.As(xlsx.Open)), Height: 18},
			{Cells: append(label(dayLabel), empty.As(xlsx.OpenDay)), Height: 18},
			{Cells: xlsx.Heads("Duty", codeHead, "Statement", levelHead, noteHead)},
		},
	}
	cells := map[standard.Kind][]string{}
	for _, id := range b.Asked {
		k, _ := b.std.KSB(id)
		text := k.Text
		if b.scale.Others(b.std.Reference, id) {
			text += "\n" + appraisal.WithOthers
		}
		cells[k.Kind] = append(cells[k.Kind], xlsx.At(len(s.Rows), 3))
		s.Rows = append(s.Rows, xlsx.Row{Cells: []xlsx.Cell{
			xlsx.Number(float64(b.std.Home(id))), xlsx.Words(id).As(xlsx.Strong), xlsx.Words(text),
			empty.As(xlsx.Open), empty.As(xlsx.Open),
		}})
	}
	last := len(s.Rows)
	s.Rows[3].Cells = append(s.Rows[3].Cells, xlsx.Cell{
		Formula: fmt.Sprintf(`COUNTA(D6:D%d)&" of %d rated"`, last, len(b.Asked)),
		Text:    fmt.Sprintf("0 of %d rated", len(b.Asked)), Style: xlsx.Strong,
	})
	words := xlsx.Sheet{Name: lists, Hidden: true, Locked: true, Rows: make([]xlsx.Row, len(levels))}
	for column, kind := range standard.Kinds {
		for i, l := range levels {
			words.Rows[i].Cells = append(words.Rows[i].Cells, xlsx.Words(b.named(l)+": "+b.scale.Seen(l, kind)))
		}
		if len(cells[kind]) > 0 {
			letter := xlsx.Column(column)
			s.Choices = append(s.Choices, xlsx.Choice{
				Cells: strings.Join(cells[kind], " "),
				From:  fmt.Sprintf("%s!$%s$1:$%s$%d", lists, letter, letter, len(levels)),
				Title: "Level", Ask: "Choose from the list, or leave it empty where you have not seen it.",
				Refuse: "Choose a level from the list, or press Esc.",
			})
		}
	}
	return xlsx.Book{Title: b.heading(), Made: b.Rounds[0].Opened, Sheets: []xlsx.Sheet{
		s, words, {Name: hidden, Hidden: true, Locked: true, Rows: []xlsx.Row{{Cells: []xlsx.Cell{xlsx.Words(head)}}}},
	}}.Write()
}

// MostRows is how many rows of a workbook may be filled in; a standard has a hundred KSBs or so. Together they may be
// as long as a text.
const MostRows = 300

const sentAgain = "have the sheet sent again as a file that was saved from the workbook which ksbcoach made"

// decodeWorkbook reads a workbook that was filled in: it writes its ratings into the text that the hidden sheet holds,
// and reads that as any other sheet.
func decodeWorkbook(data []byte, find file.Find) (File, error) {
	tables, err := xlsx.Read(data)
	if err != nil {
		return File{}, refuse(err.Error(), sentAgain)
	}
	var text string
	var rows [][]xlsx.Value
	for _, t := range tables {
		switch {
		case t.Name == hidden && len(t.Rows) > 0 && len(t.Rows[0]) > 0:
			text = t.Rows[0][0].Text
		case t.Name == front:
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
			err = doc.Set(tomledit.Inline(r.line), nil, "round", 0, string(profile.Mentor), r.code)
		}
	}
	if err != nil {
		return File{}, refuse("the hidden part of this workbook is damaged: "+err.Error(), sentAgain)
	}
	read, err := file.Read(doc, find)
	var faults file.Faults
	if errors.As(err, &faults) {
		err = file.Faults(placed(faults, filled.cells))
	}
	return File{read, filled.cells}, err
}

// filledRows is what was filled in.
type filledRows struct {
	ratings []filledRow
	cells   map[string]string // the cell of each key of the text
}

type filledRow struct {
	code string
	line *tomledit.Table
}

// cellAt is a cell that may not be there.
func cellAt(row []xlsx.Value, column int) xlsx.Value {
	if column >= len(row) {
		return xlsx.Value{}
	}
	return row[column]
}

// readRows reads the front sheet. What cannot be right is written as it stands, for the reader of the text to say so.
func readRows(rows [][]xlsx.Value) (filledRows, error) {
	out := filledRows{cells: map[string]string{}}
	var who, day xlsx.Value
	var whoAt, dayAt string
	columns := map[string]int{}
	seen, size := map[string]int{}, 0
	for i, row := range rows {
		if len(columns) == 0 {
			switch strings.TrimSpace(cellAt(row, 0).Text) {
			case nameLabel:
				who, whoAt = cellAt(row, 2), xlsx.At(i, 2)
			case dayLabel:
				day, dayAt = cellAt(row, 2), xlsx.At(i, 2)
			}
			columns = headings(row)
			continue
		}
		code, l, note := cellAt(row, columns[codeHead]), cellAt(row, columns[levelHead]), cellAt(row, columns[noteHead])
		if l.Is == xlsx.IsNothing && note.Is == xlsx.IsNothing {
			continue
		}
		id := strings.TrimSpace(code.Text)
		if first, twice := seen[id]; twice {
			return out, file.Faults{{
				Cell: xlsx.At(i, columns[codeHead]),
				Msg:  fmt.Sprintf("%q is in row %d too", safetext.Brief(id, 20), first+1),
				Hint: sentAgain,
			}}
		}
		seen[id] = i
		size += len(id) + len(l.Text) + len(note.Text) + len(who.Text)
		if size > tomledit.ProfileLimits.Size || len(seen) > MostRows {
			return out, refuse("this workbook holds more than anybody fills in on a rating sheet", sentAgain)
		}
		key := "round." + string(profile.Mentor) + "." + id
		out.cells[key] = xlsx.At(i, columns[codeHead])
		out.cells[key+".level"], out.cells[key+".note"] = xlsx.At(i, columns[levelHead]), xlsx.At(i, columns[noteHead])
		out.cells[key+".by"], out.cells[key+".on"] = whoAt, dayAt
		out.ratings = append(out.ratings, filledRow{id, line(l, note, who, day)})
	}
	if len(columns) == 0 {
		return out, refuse("this workbook has no row with the headings "+codeHead+", "+levelHead+" and "+noteHead,
			sentAgain)
	}
	return out, nil
}

// headings are the columns of a row that holds the three of them; none for another row.
func headings(row []xlsx.Value) map[string]int {
	at := map[string]int{}
	for i, v := range row {
		switch s := strings.TrimSpace(v.Text); s {
		case codeHead, levelHead, noteHead:
			at[s] = i
		}
	}
	if len(at) < 3 {
		return nil
	}
	return at
}

// line is one rating as the text has it.
func line(l, note, who, day xlsx.Value) *tomledit.Table {
	t := tomledit.NewTable()
	if l.Is != xlsx.IsNothing {
		t.Set("level", levelValue(l))
	}
	if day.Is != xlsx.IsNothing {
		t.Set("on", dayValue(day))
	}
	if note.Is != xlsx.IsNothing {
		t.Set("note", tomledit.String(strings.TrimSpace(note.Text)))
	}
	if strings.TrimSpace(who.Text) != "" {
		t.Set("by", tomledit.String(strings.TrimSpace(who.Text)))
	}
	return t
}

// levelValue is a level as it was chosen, "2 Supported: ...", or typed.
func levelValue(v xlsx.Value) tomledit.Value {
	if v.Is == xlsx.IsNumber && v.Number == math.Trunc(v.Number) && math.Abs(v.Number) < 1e6 {
		return tomledit.Int(int(v.Number))
	}
	head, _, _ := strings.Cut(v.Text, ":")
	l, err := level.Typed(head)
	first, name, named := strings.Cut(strings.TrimSpace(head), " ")
	if err != nil && named && !strings.ContainsAny(name, "0123456789") {
		l, err = level.Typed(first)
	}
	n, whole := strconv.Atoi(strings.TrimSpace(v.Text))
	switch {
	case err != nil && whole == nil:
		return tomledit.Int(n) // none of ours, and the reader says so
	case err != nil:
		return tomledit.String(v.Text)
	case l == level.NoOpportunity:
		return tomledit.String(l.String())
	}
	return tomledit.Int(int(l))
}

// dayValue is a day as a spreadsheet holds it, or typed.
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
