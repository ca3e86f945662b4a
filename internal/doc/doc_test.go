package doc_test

import (
	"fmt"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestAnEmptySectionIsLeftOut(t *testing.T) {
	var d doc.Doc
	d.Section("Gaps", nil)
	if len(d.Blocks) != 0 {
		t.Errorf("%v", d.Blocks)
	}
	d.Section("Gaps", []string{"K7", "K8"})
	if want := []doc.Block{doc.Heading{Text: "Gaps"}, doc.Item{Depth: 1, Text: "K7"}, doc.Item{Depth: 1, Text: "K8"}}; fmt.Sprint(d.Blocks) != fmt.Sprint(want) {
		t.Errorf("%v", d.Blocks)
	}
}

// Every text of every block is cleaned, and the original document is not changed.
func TestCleanedReachesEveryText(t *testing.T) {
	const bad = "a\x1b[2J\nb\u202e"
	two := 2.0
	d := doc.Doc{Title: bad, Exact: bad, Blocks: []doc.Block{
		doc.Heading{Text: bad},
		doc.Para{Text: bad},
		doc.Item{Text: bad},
		doc.Pair{Label: bad, Text: bad},
		doc.Bar{Label: bad, Text: bad},
		doc.Signature{Name: bad, Role: bad},
		doc.Grid{Caption: bad, RowLabel: bad, Columns: []string{bad}, Lines: []doc.GridLine{{Label: bad, Name: bad, Cells: []doc.GridCell{{Figure: bad, Words: bad}}}}},
		doc.Chart{Caption: bad, Steps: []string{bad}, Times: []doc.ChartTime{{Name: bad}}, Lines: []doc.ChartLine{{Name: bad, Values: []*float64{&two}}}},
		doc.Table{NoteLabel: bad, Columns: []doc.Column{{Name: bad}}, Rows: []doc.Row{{Cells: []doc.Cell{{Text: bad, Number: &two, Words: bad}}, Note: bad}}},
	}}
	before := fmt.Sprintf("%+v", d)
	for _, r := range fmt.Sprintf("%+v", d.Cleaned()) {
		if safetext.Forbidden(r) && r != '\n' {
			t.Fatalf("%q is left in %+v", r, d.Cleaned())
		}
	}
	if fmt.Sprintf("%+v", d) != before {
		t.Error("the document itself was changed")
	}
	if got := d.Cleaned().Exact; got != "a\uFFFD[2J\nb\uFFFD" {
		t.Errorf("%q", got)
	}
}
