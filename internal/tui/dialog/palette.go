package dialog

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Command is one thing that one can do.
type Command struct {
	Name string
	Key  string // the key that does it; "" for none
	In   string // the screen where that key works; "" where it works now
	Also string // other words for it
}

// Palette finds what one can do by its name, with its key beside it. It ends with the place of the one that was picked.
type Palette struct {
	box
	list  []Command
	index *search.Index
	found []int // places in the list
}

// NewPalette opens it on a list, which it shows in its order while nothing is typed.
func NewPalette(list []Command) *Palette {
	var names [][]string
	for _, x := range list {
		names = append(names, words.Given(x.Name, x.In, x.Also))
	}
	d := &Palette{box: newBox(), list: list, index: search.New(search.Acts(names))}
	d.search()
	return d
}

// Keys are the bindings of the palette.
func (d *Palette) Keys() []key.Binding {
	return []key.Binding{keys().doIt, keys().boxChoose, keys().keyClose, keys().findKeys}
}

// Update handles a key, a paste or a click.
func (d *Palette) Update(msg tea.Msg, c *ui.Context) Outcome {
	switch d.box.update(msg, c) {
	case boxLeft:
		return Closed{}
	case boxTyped:
		d.search()
	case boxTook:
		if d.cursor < len(d.found) {
			return Picked{Index: d.found[d.cursor]}
		}
	}
	return nil
}

func (d *Palette) search() {
	d.found = d.found[:0]
	if d.Empty() {
		for i := range d.list {
			d.found = append(d.found, i)
		}
	}
	for _, h := range search.Find(d.in.typed(), d.index).Hits {
		if i, err := strconv.Atoi(h.Of.Act); err == nil {
			d.found = append(d.found, i)
		}
	}
	d.reset(len(d.found))
}

const (
	doHint    = "Enter does it. The key beside it does the same without this box."
	doNothing = "Nothing is called that. Try fewer words, or clear the line to see all."
)

// View draws the line and what one can do.
func (d *Palette) View(c *ui.Context) ui.Page {
	p := ui.Page{Left: c.Theme.Title.Render("Commands: what you can do"), Right: words.Count(d.rows, "command", "commands")}
	says := widget.Wrap(doHint, c.Size.W)
	if d.rows == 0 {
		says = append(append(says, ""), widget.Wrap(doNothing, c.Size.W)...)
	}
	d.draw(&p, c, "Do", says, func(i int) []string { return []string{d.drawCommand(c, i)} })
	return p
}

// keyWidth is the column of the keys.
const keyWidth = 9

func (d *Palette) drawCommand(c *ui.Context, i int) string {
	t, x := c.Theme, d.list[d.found[i]]
	mark, style := "  ", t.Plain
	if i == d.cursor {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", widget.Chosen(x.Name, t)
	}
	short := t.Key.Render(widget.KeyName(x.Key, t))
	pressed := widget.PadLeft(short, keyWidth)
	where := ""
	if x.In != "" {
		where = t.Faint.Render("in " + x.In)
	}
	room := c.Size.W - widget.Width(short) - 2
	name := mark + style.Render(x.Name)
	if widget.Width(name) > room {
		name = widget.CutWords(name, room, t.Glyphs.Cut)
	}
	return widget.SpreadFirst([][2]string{{name, where + pressed}, {name, pressed}, {name, short}}, c.Size.W, t.Glyphs.Cut)
}
