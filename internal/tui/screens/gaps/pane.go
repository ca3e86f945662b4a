package gaps

import (
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// maxProse is how wide a paragraph is drawn: longer lines are hard to read.
const maxProse = 76

// drawPane is what stands beside the list about the chosen KSB, in h lines. Paragraphs stand whole or not at all; what does
// not fit is on the KSB's own page, and the last line says so.
func (s *Screen) drawPane(c *ui.Context, m model, w, h int) []string {
	row, ok := m.chosen()
	if !ok {
		return nil
	}
	t := c.Theme
	w = min(w, maxProse)
	d := s.detail(c, row)
	lines := widget.Style(widget.Wrap(d.title, w), t.Title.Render)
	for _, says := range d.figures {
		lines = append(lines, widget.Wrap(says, w)...)
	}
	for _, block := range s.blocks(c, m, d, w) {
		if len(lines)+len(block) > h-2 {
			break
		}
		lines = append(lines, block...)
	}
	if h < len(lines)+2 {
		return lines[:max(min(len(lines), h), 0)]
	}
	return append(lines, "", t.Key.Render("c")+" "+t.Faint.Render(widget.Cut(moreOnPage, w-2, t.Glyphs.Cut)))
}

// blocks are the paragraphs of the pane, each with what must stand above it.
func (s *Screen) blocks(c *ui.Context, m model, d detail, w int) [][]string {
	t := c.Theme
	wording := append([]string{""}, widget.Wrap(d.wording, w)...)
	blocks := [][]string{append(wording, widget.Style(widget.Wrap(standard.Caveat, w), t.Faint.Render)...)}
	if m.mode == chanceMode {
		blocks = append(blocks, s.asking(c, m, w)...)
	}
	for _, p := range d.parts {
		above := []string{""}
		if p.head != "" {
			above = append(above, t.Title.Render(widget.Cut(p.head, w, t.Glyphs.Cut)))
		}
		for _, says := range p.says {
			blocks = append(blocks, append(above, widget.Wrap(says, w)...))
			above = nil
		}
	}
	return blocks
}

// asking is how to ask for the chance under the cursor, and what would help.
func (s *Screen) asking(c *ui.Context, m model, w int) [][]string {
	row, ok := m.chosen()
	if !ok {
		return nil
	}
	blocks := [][]string{append([]string{""}, widget.Wrap(askFor(row, c.Title(row.KSB.ID)), w)...)}
	if s.coach.ksb == row.KSB.ID && s.coach.written {
		blocks = append(blocks, append([]string{""}, widget.Wrap("What would help: "+s.coach.entry.Support, w)...))
	}
	return blocks
}

// drawAsking is the same below the list, in what room the list has left.
func (s *Screen) drawAsking(c *ui.Context, m model, w, h int) []string {
	var lines []string
	for _, block := range s.asking(c, m, min(w, maxProse+2)-2) {
		if len(lines)+len(block) <= h {
			lines = append(lines, widget.Indent(block, "  ")...)
		}
	}
	return lines
}
