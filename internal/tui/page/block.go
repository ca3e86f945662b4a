package page

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Sign is the state of something, as a glyph before its words.
type Sign int

// The signs.
const (
	NoSign  Sign = iota
	Open         // still to do
	Done         // done, met
	Late         // overdue
	Waiting      // not begun, or put aside
	Over         // ended without being done
)

// Draw is the glyph of a sign.
func (s Sign) Draw(t *theme.Theme) string {
	switch s {
	case NoSign:
		return ""
	case Done:
		return t.Met.Render(t.Glyphs.Done)
	case Late:
		return t.Behind.Render(t.Glyphs.Late)
	case Waiting:
		return t.Faint.Render(t.Glyphs.Empty)
	case Over:
		return t.Glyphs.Sep
	}
	return t.Glyphs.Open
}

// Block is one part of a page: a heading, a paragraph or, if it has a key, a row.
type Block struct {
	Head string
	Text string
	Row
}

const (
	deeper  = 2 // cells further in, for what belongs to the row above
	codeW   = 5
	sayMost = 3 // lines of quiet words below a row, each
)

// Lay adds blocks one below the other; if roomy, with empty lines between the parts.
func (d *Sheet) Lay(blocks []Block, roomy bool) {
	for i, b := range blocks {
		if roomy && i > 0 && (b.Head != "" || b.Key != "" && blocks[i-1].Text != "") {
			d.Put(None, "")
		}
		in := d.Lead()
		if b.Deep {
			in += deeper
		}
		switch {
		case b.Head != "":
			d.Para(None, 1, b.Head, d.Theme.Title.Render)
		case b.Key == "":
			d.Para(None, in, b.Text, d.Theme.Plain.Render)
		default:
			d.lay(b.Row)
		}
	}
}

// lay adds a row with quiet words below it. When it is chosen, the style of its code changes or, without a code, of its
// name.
func (d *Sheet) lay(r Row) {
	pre := ""
	if r.Deep {
		pre = Spaces(deeper)
	}
	if r.Sign != NoSign {
		pre += r.Sign.Draw(d.Theme) + " "
	}
	in := d.Lead() + widget.Width(pre)
	var row int
	if r.Code == "" {
		row = d.Wrapped(r, pre)
	} else {
		code := widget.Pad(r.Code, max(codeW, widget.Width(r.Code)+1))
		in += widget.Width(code)
		row = d.Behind(r, pre, code, widget.Wrap(r.Name, max(d.W-in, 1)))
	}
	for _, says := range r.Says {
		lines := Shorten(says, max(d.W-in, 1), sayMost, d.Theme.Glyphs.Cut)
		d.Put(row, widget.Indent(widget.Style(lines, d.Theme.Faint.Render), Spaces(in))...)
	}
}

// RowsOf picks the rows out of blocks.
func RowsOf(blocks []Block) []Row {
	var rows []Row
	for _, b := range blocks {
		if b.Key != "" {
			rows = append(rows, b.Row)
		}
	}
	return rows
}

func (d *Sheet) known(key string) int {
	return slices.IndexFunc(d.Rows, func(r Row) bool { return r.Key == key })
}
