package dialog

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Reading is a text to scroll, such as a help page or a report before it is written.
type Reading struct {
	title string
	lay   func(width int, t *theme.Theme) []string // lays the text out
	lines []string                                 // as laid out for width and theme
	width int
	theme *theme.Theme
	at    page.Text
}

// NewReading opens a text. It is laid out once for each width.
func NewReading(title string, text func(width int) []string) *Reading {
	return &Reading{title: title, lay: func(width int, _ *theme.Theme) []string { return text(width) }}
}

// NewHelp opens the help page of a screen. The sections name the screen's own key bindings, so the page cannot disagree
// with what the keys do.
func NewHelp(title string, sections []Section) *Reading {
	lay := func(width int, t *theme.Theme) []string { return explained(sections, width, t) }
	return &Reading{title: title, lay: lay}
}

// Typing is false: letters are keys here.
func (d *Reading) Typing() bool { return false }

// Keys lists the keys that scroll and close the text.
func (d *Reading) Keys() []key.Binding {
	return []key.Binding{ui.Bind("↑↓", "scroll", "up", "down"), ui.Bind("esc", "back", "esc", "?", "enter", "q")}
}

// Update scrolls the text, or closes it.
func (d *Reading) Update(msg tea.Msg, c *ui.Context) Outcome {
	if d.at.Update(msg, len(d.laidOut(c)), c.Size.H) {
		return nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, d.Keys()[1]) {
		return Closed{}
	}
	return nil
}

func (d *Reading) laidOut(c *ui.Context) []string {
	const widest = 92 // cells; longer lines are hard to read
	if w := min(c.Size.W-2, widest); w != d.width || c.Theme != d.theme {
		d.lines, d.width, d.theme = d.lay(w, c.Theme), w, c.Theme
	}
	return d.lines
}

// View draws the part of the text that is scrolled to.
func (d *Reading) View(c *ui.Context) ui.Page {
	p := ui.Page{Left: c.Theme.Title.Render(d.title)}
	d.at.Draw(&p, d.laidOut(c), c.Size.H, c)
	p.CutTo(c.Size)
	return p
}

// Section is a part of a help page: paragraphs, signs and keys below a title.
type Section struct {
	Title string
	Says  []string
	Keys  []key.Binding
	Signs []ui.Glyph
}

// meaningAt is the column in which the meaning of a sign or a key begins.
const meaningAt = 15

func explained(sections []Section, w int, t *theme.Theme) []string {
	var out []string
	for i, s := range sections {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, t.Title.Render(s.Title))
		for _, p := range s.Says {
			lines := widget.Wrap(p, max(w-4, 1))
			out = append(out, "  "+lines[0])
			out = append(out, widget.Indent(lines[1:], "    ")...)
		}
		for _, g := range s.Signs {
			means := widget.Wrap(g.Means, max(w-meaningAt, 1))
			out = append(out, "  "+t.Key.Render(widget.Pad(g.Shown, meaningAt-3))+" "+means[0])
			out = append(out, widget.Indent(means[1:], strings.Repeat(" ", meaningAt))...)
		}
		for _, k := range s.Keys {
			if h := k.Help(); h.Key != "" && k.Enabled() {
				out = append(out, "  "+t.Key.Render(widget.Pad(widget.KeyName(h.Key, t), meaningAt-3))+" "+h.Desc)
			}
		}
	}
	return out
}
