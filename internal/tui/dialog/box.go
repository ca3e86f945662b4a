package dialog

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// box is a line to type in with what it finds below. Its cursor is not a page.List, since all letters are typed text here
// and a click opens at once.
type box struct {
	in     input
	cursor int
	rows   int // how many are found
}

// boxDid is what a message did to a box.
type boxDid int

const (
	boxMoved boxDid = iota // or nothing
	boxTyped               // what is found is to be looked up anew
	boxTook                // the row at the cursor is taken
	boxLeft
)

func newBox() box { return box{in: newInput(ui.Field{ID: "find"})} }

// Typing says that keys are text.
func (b *box) Typing() bool { return true }

// Empty says whether nothing is typed.
func (b *box) Empty() bool { return b.in.typed() == "" }

func (b *box) update(msg tea.Msg, c *ui.Context) boxDid {
	switch msg := msg.(type) {
	case ui.RowMsg:
		b.cursor = msg.Index
		return boxTook
	case ui.WheelMsg:
		b.move(msg.Lines)
	case tea.PasteMsg:
		b.in.text.Insert(msg.Content)
		return boxTyped
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, keys().keyClose):
			return boxLeft
		case msg.Code == tea.KeyEnter:
			return boxTook
		case msg.String() == "up":
			b.move(-1)
		case msg.String() == "down":
			b.move(1)
		case key.Matches(msg, keys().keyPgUp):
			b.move(-max(c.Size.H/4, 1))
		case key.Matches(msg, keys().keyPgDn):
			b.move(max(c.Size.H/4, 1))
		case b.in.text.Key(msg):
			return boxTyped
		}
	}
	return boxMoved
}

func (b *box) move(n int) { b.cursor = max(min(b.cursor+n, b.rows-1), 0) }

// reset puts the cursor on the first of what was found.
func (b *box) reset(rows int) { b.rows, b.cursor = rows, 0 }

// draw draws the line with its name, quiet lines below, and the rows that have room, so that the one at the cursor is seen.
func (b *box) draw(p *ui.Page, c *ui.Context, name string, says []string, row func(i int) []string) {
	label := name + ": "
	typed, at := b.in.draw(max(c.Size.W-widget.Width(label)-1, 1), 0)
	p.Body = append([]string{label + typed[0]}, widget.Style(says, c.Theme.Faint.Render)...)
	p.Body = append(p.Body, "")
	p.Cursor = &ui.Point{X: min(widget.Width(label)+at.X, max(c.Size.W-1, 0)), Y: 0}
	p.Rows = map[int]int{}
	var lines []string
	var of []int
	from, to := 0, 0
	for i := range b.rows {
		drawn := row(i)
		if i == b.cursor {
			from, to = len(lines), len(lines)+len(drawn)
		}
		for _, l := range drawn {
			lines, of = append(lines, l), append(of, i)
		}
		if room := c.Size.H - len(p.Body); i > b.cursor && len(lines) > to+room {
			break
		}
	}
	room := max(c.Size.H-len(p.Body), 0)
	top := widget.Centre(from, to, len(lines), room)
	for y := top; y < min(top+room, len(lines)); y++ {
		p.Rows[len(p.Body)] = of[y]
		p.Body = append(p.Body, lines[y])
	}
	p.CutTo(c.Size)
}
