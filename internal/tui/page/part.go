package page

import (
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Part is a heading and its paragraphs, in the pane beside a page. Without a heading it continues the part before;
// without a paragraph it is left out.
type Part struct {
	Head string
	Says []string
}

// Parts lays out parts for Whole: one block of lines for each paragraph, the first with its heading and an empty line
// above.
func Parts(parts []Part, w int, t *theme.Theme) (blocks [][]string) {
	for _, p := range parts {
		above := []string{""}
		if p.Head != "" {
			above = append(above, widget.Style(widget.Wrap(p.Head, w), t.Title.Render)...)
		}
		for _, says := range p.Says {
			blocks = append(blocks, append(above, widget.Wrap(says, w)...))
			above = nil
		}
	}
	return blocks
}

// Whole joins as many whole blocks as fit into h lines.
func Whole(h int, blocks ...[]string) (lines []string) {
	for _, b := range blocks {
		if len(lines)+len(b) > h {
			break
		}
		lines = append(lines, b...)
	}
	return lines
}
