package handout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// LeftOut are the parts that the learner's own report has and the one with these options has not, by their headings.
func LeftOut(src Source, o Options) []string {
	whole := Doc(src, Options{For: learner, Include: o.Include})
	own := Doc(src, o)
	has := own.Parts()
	return slices.DeleteFunc(whole.Parts(), func(part string) bool { return slices.Contains(has, part) })
}

// mostRows is how many rows of a table are shown before it is written.
const mostRows = 3

// TablesDoc is what is in tables, to be read before they are written: how many rows each has, its columns, and the first
// of the rows.
func TablesDoc(tables []Table) doc.Doc {
	var d doc.Doc
	for _, t := range tables {
		d.Add(doc.Heading{Text: fmt.Sprintf("%s, %s", words.Capital(t.Name), words.Count(len(t.Rows), "row", "rows"))})
		var names []string
		for _, c := range t.Columns {
			names = append(names, c.Name)
		}
		d.Add(doc.Para{Depth: 1, Text: "A row is " + t.About + "."},
			doc.Para{Depth: 1, Text: "Columns: " + strings.Join(names, ", ") + "."})
		for _, r := range t.Rows[:min(mostRows, len(t.Rows))] {
			d.Add(doc.Item{Depth: 1, Text: t.row(r)})
		}
		if n := len(t.Rows) - mostRows; n > 0 {
			d.Add(doc.Item{Depth: 1, Text: fmt.Sprintf("and %d more", n)})
		}
	}
	return d
}

// row is what a row holds, in the order of its columns and without what is not known.
func (t Table) row(r []Value) string {
	var says []string
	for i, v := range r {
		if yes, ok := v.(bool); ok {
			v = map[bool]string{true: "yes", false: "no"}[yes]
		}
		if v != nil {
			says = append(says, fmt.Sprintf("%s %v", t.Columns[i].Name, v))
		}
	}
	return strings.Join(says, ", ")
}

// Doc is the dates as a page to read before they are put into a calendar.
func (d Dates) Doc() doc.Doc {
	var out doc.Doc
	for _, e := range d.Events {
		out.Add(doc.Heading{Text: e.On.Full()}, doc.Para{Depth: 1, Text: e.Title})
		for _, says := range e.Says {
			out.Add(doc.Para{Depth: 1, Text: says})
		}
		if len(e.Remind) > 0 {
			var days []string
			for _, n := range e.Remind {
				days = append(days, words.Count(n, "day", "days")+" before")
			}
			if e.Remind[0] == 0 {
				days = []string{"on the day"}
			}
			out.Add(doc.Para{Depth: 1, Text: "Reminds " + words.List(days) + "."})
		}
	}
	return out
}
