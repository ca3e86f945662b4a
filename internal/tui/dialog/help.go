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

// Reading is a text to scroll, such as a help page or a paper before it is written.
type Reading struct {
	title string
	text  func(c *ui.Context, width int) []string
	lines []string // the text in a width and a theme
	width int
	theme *theme.Theme
	at    page.Text
}

// NewReading opens a text, which is asked for in each width once.
func NewReading(title string, text func(width int) []string) *Reading {
	return &Reading{title: title, text: func(_ *ui.Context, width int) []string { return text(width) }}
}

// NewHelp explains a screen. Its keys come from the bindings themselves, so that it cannot say what is not so.
func NewHelp(title string, sections []Section) *Reading {
	return &Reading{title: title, text: func(c *ui.Context,
		width int,
	) []string {
		return explained(sections, width, c.Theme)
	}}
}

// Typing says that keys are not text.
func (d *Reading) Typing() bool { return false }

// Keys are the bindings of the text.
func (d *Reading) Keys() []key.Binding {
	return []key.Binding{ui.Bind("↑↓", "scroll", "up", "down"), ui.Bind("esc", "back", "esc", "?", "enter", "q")}
}

// Update scrolls, or closes.
func (d *Reading) Update(msg tea.Msg, c *ui.Context) Outcome {
	if d.at.Update(msg, len(d.in(c)), c.Size.H) {
		return nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, d.Keys()[1]) {
		return Closed{}
	}
	return nil
}

func (d *Reading) in(c *ui.Context) []string {
	const widest = 92 // cells of a line that is read with ease
	if w := min(c.Size.W-2, widest); w != d.width || c.Theme != d.theme {
		d.lines, d.width, d.theme = d.text(c, w), w, c.Theme
	}
	return d.lines
}

// View draws the part of the text that is scrolled to.
func (d *Reading) View(c *ui.Context) ui.Page {
	p := ui.Page{Left: c.Theme.Title.Render(d.title)}
	d.at.Draw(&p, d.in(c), c.Size.H, c)
	p.CutTo(c.Size)
	return p
}

// Section is a part of the help page: words, or keys.
type Section struct {
	Title string
	Says  []string
	Keys  []key.Binding
	Signs []ui.Glyph
}

// signsW are the cells before what a sign means, as before what a key does.
const signsW = 15

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
			means := widget.Wrap(g.Means, max(w-signsW, 1))
			out = append(out, "  "+t.Key.Render(widget.Pad(g.Shown, signsW-3))+" "+means[0])
			out = append(out, widget.Indent(means[1:], strings.Repeat(" ", signsW))...)
		}
		for _, k := range s.Keys {
			if h := k.Help(); h.Key != "" && k.Enabled() {
				out = append(out, "  "+t.Key.Render(widget.Pad(widget.KeyName(h.Key, t), signsW-3))+" "+h.Desc)
			}
		}
	}
	return out
}
