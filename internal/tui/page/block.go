package page

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Sign is the state of a row, drawn as a glyph before its name.
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

// Draw returns the glyph of a sign, styled.
func (s Sign) Draw(t *theme.Theme) string {
	glyph, _ := s.glyph(t)
	return glyph
}

// glyph returns the glyph of a sign, and its meaning for the help page.
func (s Sign) glyph(t *theme.Theme) (glyph, means string) {
	switch s {
	case NoSign:
		return "", ""
	case Done:
		return t.Met.Render(t.Glyphs.Done), "done, or as it should be"
	case Late:
		return t.Behind.Render(t.Glyphs.Late), "overdue"
	case Waiting:
		return t.Faint.Render(t.Glyphs.Empty), "not begun, or put aside"
	case Over:
		return t.Glyphs.Sep, "ended without being done"
	}
	return t.Glyphs.Open, "still to do, or still open"
}

// Glyphs explains signs for the help page.
func Glyphs(t *theme.Theme, signs ...Sign) []ui.Glyph {
	return lists.Each(signs, func(s Sign) ui.Glyph {
		glyph, means := s.glyph(t)
		return ui.Glyph{Shown: ansi.Strip(glyph), Means: means}
	})
}

// Block is one part of a flow: a heading (Head), a paragraph (Text) or a row (Row, with a Key).
type Block struct {
	Head string
	Text string
	Row
	Gap bool // an empty line above it, on a roomy page
	// Most limits a row to so many lines, on which its name is followed by a colon and its tail; such rows have a
	// column for labels at their left. 0: as many lines as the name needs, and no tail.
	Most  int
	Label string // of a row with Most: the heading of the group of rows that it begins
}

const (
	deeper  = 2 // cells by which a row that belongs to the one above is indented
	codeW   = 5 // the least cells of a code, with the space after it
	sayMost = 3 // the most lines for each of Row.Says
)

// Lay adds blocks one below the other; if roomy, with empty lines between the parts of the page.
func (f *Flow) Lay(blocks []Block, roomy bool) {
	for i, b := range blocks {
		if roomy && i > 0 && (b.Head != "" || b.Gap || b.Key != "" && blocks[i-1].Text != "") {
			f.Put(None, "")
		}
		indent := f.Lead()
		if b.Deep {
			indent += deeper
		}
		switch {
		case b.Head != "":
			f.Para(None, 1, b.Head, f.Theme.Title.Render)
		case b.Key == "":
			f.Para(None, indent, b.Text, f.Theme.Plain.Render)
		default:
			f.layRow(b)
		}
	}
}

// layRow adds a row, with what it says below its name. Choosing the row restyles its code or, without a code, its name.
func (f *Flow) layRow(b Block) {
	r, pre := b.Row, ""
	switch {
	case b.Most > 0 && f.W >= labelLeast:
		pre = f.Theme.Title.Render(widget.Pad(b.Label, labelColumn))
	case b.Label != "":
		f.Para(None, 1, b.Label, f.Theme.Title.Render)
	}
	if r.Deep {
		pre += Spaces(deeper)
	}
	if r.Sign != NoSign {
		pre += r.Sign.Draw(f.Theme) + " "
	}
	indent, code := f.Lead()+widget.Width(pre), ""
	if r.Code != "" {
		code = widget.Pad(r.Code, max(codeW, widget.Width(r.Code)+1))
		indent += widget.Width(code)
	}
	w := max(f.W-indent, 1)
	name := widget.Wrap(r.Name, w)
	if b.Most > 0 {
		name = f.limited(r, w, b.Most)
	}
	var row int
	if code == "" {
		row = f.named(r, pre, name)
	} else {
		row = f.Behind(r, pre, code, name)
	}
	for _, says := range r.Says {
		lines := Shorten(says, w, sayMost, f.Theme.Glyphs.Cut)
		f.Put(row, widget.Indent(widget.Style(lines, f.Theme.Faint.Render), Spaces(indent))...)
	}
}

// limited wraps the name of a row and its tail into at most so many lines. Where they do not fit, the name is cut
// first, since the tail says what is new. But it keeps two or three words, or a third of the room: nobody would know
// the row by less.
func (f *Flow) limited(r Row, w, most int) []string {
	const leastName = 18
	cut := f.Theme.Glyphs.Cut
	if r.Name == "" || r.Tail == "" {
		return Shorten(r.Name+r.Tail, w, most, cut)
	}
	room := most*w - widget.Width(": ")
	least := max(room/3, min(leastName, room*3/5))
	name := max(room-widget.Width(r.Tail), least)
	// Lines break between words and so are not full: the tail may need a little more room.
	for n := name; most > 1 && n >= least; n-- {
		if lines := widget.Wrap(short(r.Name, n, cut)+": "+r.Tail, w); len(lines) <= most {
			return lines
		}
	}
	return Shorten(short(r.Name, name, cut)+": "+r.Tail, w, most, cut)
}

// RowsOf returns the rows among blocks.
func RowsOf(blocks []Block) []Row {
	rows := lists.Where(blocks, func(b Block) bool { return b.Key != "" })
	return lists.Each(rows, func(b Block) Row { return b.Row })
}
