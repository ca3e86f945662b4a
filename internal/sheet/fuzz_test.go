package sheet_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// Whatever comes back as a sheet, in any format, is refused in words that can be shown, or it is read and can then be
// taken in or refused. FuzzWorkbook below does the same for the cells of a workbook, which packed bytes hardly reach.
func FuzzDecode(f *testing.F) {
	for _, form := range sheet.Formats {
		data, err := form.Make(asha(), std, lib.Scale(), title, today.AddDays(-10), []string{"K7", "S24"})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`<!DOCTYPE html><pre id="blank" hidden data-learner="x">format = 1&#34;</pre>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := sheet.Decode(data, lib.Standard)
		checkRead(t, read, err)
	})
}

// FuzzWorkbook makes up the cells of a workbook: the rows of its front sheet, with a tab between cells, and the text of
// its hidden sheet. A cell that is a number is written as one.
func FuzzWorkbook(f *testing.F) {
	form := sheet.FormatFor("xlsx", "")
	data, err := form.Make(asha(), std, lib.Scale(), title, today.AddDays(-10), []string{"K7", "S24"})
	if err != nil {
		f.Fatal(err)
	}
	tables, err := xlsx.Read(data)
	if err != nil {
		f.Fatal(err)
	}
	front, hidden := tables[0], tables[len(tables)-1]
	var lines []string
	for _, row := range front.Rows {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cell.Text)
		}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	head := hidden.Rows[0][0].Text
	f.Add(strings.Join(lines, "\n"), head)
	f.Add("Your name\t\tJ. Ode\nDay\t\t46000\nCode\tLevel\tComment\nK7\t2\tx\nK7\t9\t\nS24\tnone\t'''", head)
	f.Fuzz(func(t *testing.T, filled, head string) {
		s := xlsx.Sheet{Name: front.Name}
		for line := range strings.SplitSeq(filled, "\n") {
			var row xlsx.Row
			for word := range strings.SplitSeq(line, "\t") {
				cell := xlsx.Words(word)
				if n, err := strconv.ParseFloat(word, 64); err == nil {
					cell = xlsx.Cell{Number: &n}
				}
				row.Cells = append(row.Cells, cell)
			}
			s.Rows = append(s.Rows, row)
		}
		own := xlsx.Sheet{Name: hidden.Name, Rows: []xlsx.Row{{Cells: []xlsx.Cell{xlsx.Words(head)}}}}
		data, err := xlsx.Book{Title: "x", Made: today, Sheets: []xlsx.Sheet{s, own}}.Write()
		if err != nil {
			return
		}
		read, err := sheet.Decode(data, lib.Standard)
		checkRead(t, read, err)
	})
}

func checkRead(t *testing.T, read sheet.File, err error) {
	t.Helper()
	var problems []file.Problem
	if err != nil {
		var faults file.Faults
		var refused *profile.Refusal
		switch {
		case errors.As(err, &faults):
			problems = faults
		case !errors.As(err, &refused) || !safetext.Plain(refused.Msg) || !safetext.Plain(refused.Why):
			t.Fatalf("%v is neither file.Faults nor a refusal that can be shown", err)
		}
	} else {
		problems = slices.Concat(read.Notes, read.OddDates(today))
	}
	for _, p := range problems {
		if !safetext.Plain(p.What()+p.Place()+p.Hint) || p.Msg == "" || p.Cell == "" && p.Pos.Line < 1 {
			t.Fatalf("%+v", p)
		}
	}
	if err != nil || !read.Profile.Sheet {
		return
	}
	p := asha()
	taken, err := appraisal.TakeSheet(p, read.Profile, today)
	if err != nil {
		return
	}
	if _, err := taken.Batch.Apply(p, std); err != nil {
		t.Fatal(err)
	}
}
