package gap_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
)

// The gaps can become a spreadsheet: levels are numbers with their names, every row has a cell for every column, and
// the reasons are not in a cell. Rows that the caller leaves out appear nowhere.
func TestDocHoldsNumbersNotPadding(t *testing.T) {
	p := lib.Demo(today)
	r := gap.Compute(std, scale, p, today)
	skills := func(x gap.Row) bool { return x.KSB.ID[0] == 'S' }
	d := r.Doc(scale, func(ksb string) string { return "title of " + ksb }, skills)
	tables := 0
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case doc.Para:
			if strings.Contains(b.Text, "K21") {
				t.Errorf("%q names knowledge", b.Text)
			}
		case doc.Table:
			tables++
			for _, row := range b.Rows {
				if len(row.Cells) != len(b.Columns) || row.Cells[0].Text[0] != 'S' || row.Cells[1].Text != "title of "+row.Cells[0].Text {
					t.Fatalf("%+v", row)
				}
				x, _ := r.Row(row.Cells[0].Text)
				if x.NoOpportunity() {
					continue
				}
				if c := row.Cells[2]; c.Number == nil || *c.Number != float64(x.Level) || c.Words != scale.Words(x.Level).Name {
					t.Errorf("%+v", c)
				}
			}
		}
	}
	if tables < 4 {
		t.Errorf("%d tables", tables)
	}
}
