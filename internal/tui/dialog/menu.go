package dialog

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Menu is a list to choose one from.
type Menu struct {
	ask    ui.Choose
	cursor int
}

var menuPick = ui.Bind("enter", "choose", "enter", "space")

// NewMenu opens a menu.
func NewMenu(ask ui.Choose) *Menu { return &Menu{ask: ask, cursor: ask.At} }

// Typing says that keys are not text.
func (d *Menu) Typing() bool { return false }

// Digits says whether a digit or a letter chooses at once.
func (d *Menu) Digits() bool { return d.keyed() || !d.ask.Calm }

// Keys are the bindings of the menu.
func (d *Menu) Keys() []key.Binding {
	keys := []key.Binding{ui.Bind("↑↓", "choose", "up", "down", "k", "j"), menuPick, keyClose}
	switch {
	case d.keyed():
		keys = append(keys, ui.Bind("the key before a line", "chooses it at once"))
	case !d.ask.Calm:
		keys = append(keys, ui.Bind("1-9", "choose at once"))
	}
	return keys
}

// keyed says whether each option has a key of its own.
func (d *Menu) keyed() bool { return len(d.ask.Options) > 0 && d.ask.Options[0].Key != "" }

// chosenBy is the option that a key chooses at once, or -1.
func (d *Menu) chosenBy(k string) int {
	k = strings.TrimPrefix(k, "kp")
	switch {
	case d.keyed():
		return slices.IndexFunc(d.ask.Options, func(o ui.Option) bool { return o.Key != "" && o.Key == k })
	case !d.ask.Calm && len(k) == 1 && k[0] >= '1' && k[0] <= '9':
		return int(k[0] - '1')
	}
	return -1
}

// Update handles a key or a click.
func (d *Menu) Update(msg tea.Msg, c *ui.Context) Outcome {
	switch msg := msg.(type) {
	case ui.RowMsg:
		if msg.Index == d.cursor {
			return d.pick(msg.Index)
		}
		d.cursor = msg.Index // the click that brings a window forward is to decide nothing
	case ui.WheelMsg:
		d.move(msg.Lines)
	case tea.KeyPressMsg:
		page := max(c.Size.H/2, 1)
		at := d.chosenBy(msg.String())
		switch {
		case at >= 0:
			return d.pick(at)
		case key.Matches(msg, keyClose):
			return Closed{}
		case key.Matches(msg, keyUp):
			d.move(-1)
		case key.Matches(msg, keyDown):
			d.move(1)
		case key.Matches(msg, keyPgUp):
			d.move(-page)
		case key.Matches(msg, keyPgDn):
			d.move(page)
		case key.Matches(msg, keyHome):
			d.cursor = 0
		case key.Matches(msg, keyEnd):
			d.cursor = max(len(d.ask.Options)-1, 0)
		case key.Matches(msg, menuPick):
			return d.pick(d.cursor)
		}
	}
	return nil
}

func (d *Menu) move(n int) { d.cursor = max(min(d.cursor+n, len(d.ask.Options)-1), 0) }

func (d *Menu) pick(i int) Outcome {
	if i < 0 || i >= len(d.ask.Options) {
		return nil
	}
	return Picked{i}
}

// View draws the menu so that the chosen option is seen whole.
func (d *Menu) View(c *ui.Context) ui.Page {
	t := c.Theme
	w := min(c.Size.W, 96)
	page := ui.Page{Left: t.Title.Render(d.ask.Title), Rows: map[int]int{}}
	lines := widget.Wrap(d.ask.Says, max(w-2, 1))
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	rows := map[int]int{}
	from, to := 0, 0
	for i, o := range d.ask.Options {
		start := len(lines)
		lines = append(lines, d.drawOption(c, i, o, w)...)
		for y := start; y < len(lines); y++ {
			rows[y] = i
		}
		if i == d.cursor {
			from, to = start, len(lines)
		}
	}
	top := widget.Centre(from, to, len(lines), c.Size.H)
	page.Body = lines[top:min(top+c.Size.H, len(lines))]
	for y, i := range rows {
		page.Rows[y-top] = i
	}
	if top+c.Size.H < len(lines) {
		page.Right = "more below"
	}
	page.Cursor = &ui.Point{X: 0, Y: max(from-top, 0)}
	return page
}

func (d *Menu) drawOption(c *ui.Context, i int, o ui.Option, w int) []string {
	t := c.Theme
	number := "  "
	switch {
	case d.keyed():
		number = widget.Pad(o.Key, 2)
	case i < 9 && !d.ask.Calm:
		number = fmt.Sprintf("%d ", i+1)
	}
	mark, style := "  ", t.Plain
	if i == d.cursor {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	var lines []string
	for j, l := range widget.Wrap(o.Text, max(w-5, 1)) {
		if j == 0 {
			lines = append(lines, mark+t.Key.Render(number)+" "+style.Render(l))
			continue
		}
		lines = append(lines, "     "+style.Render(l))
	}
	return append(lines, widget.Indent(widget.Style(widget.Wrap(o.Says, max(w-5, 1)), t.Faint.Render), "     ")...)
}
