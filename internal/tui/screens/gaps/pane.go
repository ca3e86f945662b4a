package gaps

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// drawPane is what stands beside the list about the chosen KSB, in h lines. Paragraphs stand whole or not at all; what does
// not fit is on the KSB's own page, and the last line says so.
func (s *Screen) drawPane(c *ui.Context, row gap.Row, w, h int) []string {
	t := c.Theme
	w = min(w, page.Prose)
	d := s.detail(c, row)
	first := widget.Style(widget.Wrap(d.title, w), t.Title.Render)
	for _, says := range d.figures {
		first = append(first, widget.Wrap(says, w)...)
	}
	lines := append(slices.Clone(first), page.Whole(h-2-len(first), s.blocks(c, row, d, w)...)...)
	if h < len(lines)+2 {
		return lines[:max(min(len(lines), h), 0)]
	}
	return append(lines, "", t.Key.Render("c")+" "+t.Faint.Render(widget.Cut(moreOnPage, w-2, t.Glyphs.Cut)))
}

// blocks are the paragraphs of the pane, each with what must stand above it.
func (s *Screen) blocks(c *ui.Context, row gap.Row, d detail, w int) [][]string {
	t := c.Theme
	wording := append([]string{""}, widget.Wrap(d.wording, w)...)
	blocks := [][]string{append(wording, widget.Style(widget.Wrap(standard.Caveat, w), t.Faint.Render)...)}
	if s.mode == chanceMode {
		blocks = append(blocks, s.asking(c, row, w)...)
	}
	return append(blocks, page.Parts(d.parts, w, t)...)
}

// asking is how to ask for a chance, and what would help.
func (s *Screen) asking(c *ui.Context, row gap.Row, w int) [][]string {
	blocks := [][]string{append([]string{""}, widget.Wrap(askFor(row, c.Title(row.KSB.ID)), w)...)}
	if entry, ok := s.coach.Of(row.KSB.ID); ok {
		blocks = append(blocks, append([]string{""}, widget.Wrap("What would help: "+entry.Support, w)...))
	}
	return blocks
}
