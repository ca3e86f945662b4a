package export

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// markdown writes a document for wikis, notes and e-portfolios. It escapes every text, so that nothing somebody typed
// can become a link, a picture or other mark-up.
func markdown(d doc.Doc) ([]byte, error) {
	m := &markdownPage{}
	if d.Title != "" {
		m.para("# " + escaped(d.Title))
	}
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case doc.Heading:
			m.para(strings.Repeat("#", min(b.Depth+2, 6)) + " " + escaped(b.Text))
		case doc.Para:
			if m.listed && !b.SpaceBefore && b.Depth > m.base {
				m.item(b.Depth, escaped(b.Text)) // it belongs to the item above it
				continue
			}
			m.para(escaped(b.Text))
		case doc.Item:
			m.item(b.Depth, escaped(strings.TrimSpace(b.Text)))
		case doc.Pair:
			m.item(b.Depth, "**"+escaped(b.Label)+":** "+escaped(b.Text))
		case doc.Bar:
			m.item(b.Depth, "**"+escaped(b.Label)+":** "+escaped(b.Text))
		case doc.Table:
			m.table(b)
		case doc.Grid:
			m.para(escaped(b.Caption))
			m.table(b.Table())
		case doc.Chart:
			m.para(escaped(b.Caption))
			m.table(b.Table())
		case doc.Signature:
			m.para(escaped(dotted(signer(b))))
			m.para(dotted("Signature " + blank + " Date ________________"))
		}
	}
	return m.out.Bytes(), nil
}

// dotted writes a line to fill in by hand as dots, since Markdown would need an escape before each underscore.
func dotted(s string) string { return strings.ReplaceAll(s, "_", ".") }

// markdownPage puts an empty line between blocks, but none between the entries of a list.
type markdownPage struct {
	out        bytes.Buffer
	listed     bool // a list is open
	base, last int  // the depths of its least indented and of its last entry
}

func (m *markdownPage) apart() {
	if m.out.Len() > 0 {
		m.out.WriteByte('\n')
	}
}

func (m *markdownPage) para(line string) {
	m.apart()
	m.out.WriteString(line + "\n")
	m.listed = false
}

// item writes an entry of a list. A deeper entry belongs to the one above it, and is indented one step at most.
func (m *markdownPage) item(depth int, line string) {
	if strings.TrimSpace(line) == "" {
		return
	}
	if !m.listed {
		m.apart()
		m.listed, m.base, m.last = true, depth, depth
	}
	m.base = min(m.base, depth)
	m.last = min(depth, m.last+1)
	fmt.Fprintf(&m.out, "%s- %s\n", strings.Repeat("  ", m.last-m.base), line)
}

func (m *markdownPage) table(t doc.Table) {
	row := func(cells []string) { m.out.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	head, rows := plainCells(t, func(c doc.Cell) string {
		if c.Words != "" {
			return escaped(c.Text) + " (" + escaped(c.Words) + ")"
		}
		return escaped(c.Text)
	})
	rule := slices.Repeat([]string{"---"}, len(head))
	for i := range t.Columns {
		if len(t.Rows) > 0 && t.Rows[0].Cells[i].Number != nil {
			rule[i] = "---:"
		}
	}
	m.apart()
	row(head)
	row(rule)
	for _, cells := range rows {
		row(cells)
	}
	m.listed = false
}

// plainCells turns a table into text, with a last column for the notes on its rows if there are any.
func plainCells(t doc.Table, words func(doc.Cell) string) (head []string, rows [][]string) {
	noted := isNoted(t)
	row := func(cells []doc.Cell, note string) []string {
		if noted {
			cells = append(slices.Clone(cells), doc.Words(note))
		}
		return lists.Each(cells, words)
	}
	for _, r := range t.Rows {
		rows = append(rows, row(r.Cells, r.Note))
	}
	return row(lists.Each(lists.Each(t.Columns, columnName), doc.Words), notes(t)), rows
}

func columnName(c doc.Column) string { return c.Name }

// isNoted reports whether any row of a table has a note.
func isNoted(t doc.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r doc.Row) bool { return r.Note != "" })
}

// notes is the heading of the column for the notes on rows.
func notes(t doc.Table) string { return cmp.Or(t.NoteLabel, "Note") }

// marks have a meaning anywhere in a line of Markdown.
const marks = "\\`*_[]<>|~&"

// escaped escapes whatever has a meaning in Markdown, there or only at the beginning of a line.
func escaped(s string) string {
	s = strings.TrimLeft(s, " ")
	var b strings.Builder
	for i, r := range s {
		first := i == 0 && strings.ContainsRune("#+-=", r)
		if strings.ContainsRune(marks, r) || first || (r == '.' || r == ')') && numbers(s[:i], s[i+1:]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// numbers reports whether a full stop or bracket between two texts would begin a numbered list.
func numbers(before, after string) bool {
	return before != "" && strings.Trim(before, "0123456789") == "" && (after == "" || after[0] == ' ')
}
