package page

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
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
	glyph, _ := s.of(t)
	return glyph
}

// of is the glyph of a sign, and what it says wherever it is drawn.
func (s Sign) of(t *theme.Theme) (glyph, means string) {
	switch s {
	case NoSign:
		return "", ""
	case Done:
		return t.Met.Render(t.Glyphs.Done), "done, or as it should be"
	case Late:
		return t.Behind.Render(t.Glyphs.Late), "past its day"
	case Waiting:
		return t.Faint.Render(t.Glyphs.Empty), "not begun, or put aside"
	case Over:
		return t.Glyphs.Sep, "ended without being done"
	}
	return t.Glyphs.Open, "still to do, or still open"
}

// Glyphs are the signs as a help page explains them.
func Glyphs(t *theme.Theme, signs ...Sign) []ui.Glyph {
	return lists.Each(signs, func(s Sign) ui.Glyph {
		glyph, means := s.of(t)
		return ui.Glyph{Shown: ansi.Strip(glyph), Means: means}
	})
}

// Block is one part of a page: a heading, a paragraph or, if it has a key, a row.
type Block struct {
	Head string
	Text string
	Row
	Gap bool // an empty line above, if there is room for such
	// Most is how many lines the name of a row, with its tail behind a colon, may have; 0 is as many as the name needs.
	// Rows with a limit keep a column at their left for labels.
	Most  int
	Label string // of such a row: the part that it begins
}

const (
	deeper  = 2 // cells further in, for what belongs to the row above
	codeW   = 5
	sayMost = 3 // lines of quiet words below a row, each
)

// Lay adds blocks one below the other; if roomy, with empty lines between the parts.
func (f *Flow) Lay(blocks []Block, roomy bool) {
	for i, b := range blocks {
		if roomy && i > 0 && (b.Head != "" || b.Gap || b.Key != "" && blocks[i-1].Text != "") {
			f.Put(None, "")
		}
		in := f.Lead()
		if b.Deep {
			in += deeper
		}
		switch {
		case b.Head != "":
			f.Para(None, 1, b.Head, f.Theme.Title.Render)
		case b.Key == "":
			f.Para(None, in, b.Text, f.Theme.Plain.Render)
		default:
			f.lay(b)
		}
	}
}

// lay adds a row with quiet words below it. Choosing it changes the style of its code or, without a code, of its name.
func (f *Flow) lay(b Block) {
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
	in, code := f.Lead()+widget.Width(pre), ""
	if r.Code != "" {
		code = widget.Pad(r.Code, max(codeW, widget.Width(r.Code)+1))
		in += widget.Width(code)
	}
	name := widget.Wrap(r.Name, max(f.W-in, 1))
	if b.Most > 0 {
		name = f.limited(r, max(f.W-in, 1), b.Most)
	}
	var row int
	if code == "" {
		row = f.named(r, pre, name)
	} else {
		row = f.Behind(r, pre, code, name)
	}
	for _, says := range r.Says {
		lines := Shorten(says, max(f.W-in, 1), sayMost, f.Theme.Glyphs.Cut)
		f.Put(row, widget.Indent(widget.Style(lines, f.Theme.Faint.Render), Spaces(in))...)
	}
}

// limited is the name of a row and its tail in at most so many lines. Where they do not fit the name gives way first,
// since the tail says what is new, but not to a stump, by which nobody knows the row: it keeps two or three words, or a
// third.
func (f *Flow) limited(r Row, w, most int) []string {
	const leastName = 18
	cut := f.Theme.Glyphs.Cut
	if r.Name == "" || r.Tail == "" {
		return Shorten(r.Name+r.Tail, w, most, cut)
	}
	room := most*w - widget.Width(": ")
	least := max(room/3, min(leastName, room*3/5))
	name := max(room-widget.Width(r.Tail), least)
	// words do not fill their lines, so that the tail may need a little more
	for n := name; most > 1 && n >= least; n-- {
		if lines := widget.Wrap(short(r.Name, n, cut)+": "+r.Tail, w); len(lines) <= most {
			return lines
		}
	}
	return Shorten(short(r.Name, name, cut)+": "+r.Tail, w, most, cut)
}

// RowsOf picks the rows out of blocks.
func RowsOf(blocks []Block) []Row {
	rows := lists.Where(blocks, func(b Block) bool { return b.Key != "" })
	return lists.Each(rows, func(b Block) Row { return b.Row })
}
