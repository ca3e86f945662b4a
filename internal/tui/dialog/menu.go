package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Menu is a list of options, of which one is chosen.
type Menu struct {
	ask    ui.Choose
	at     page.List
	picked int // the option that the message being handled chooses, or none
}

const none = -1

// NewMenu opens a menu.
func NewMenu(ask ui.Choose) *Menu {
	d := &Menu{ask: ask}
	d.at.Put(d.rows(), ask.At)
	return d
}

func (d *Menu) rows() []page.Row {
	rows := make([]page.Row, len(d.ask.Options))
	for i := range rows {
		rows[i] = page.Row{Key: strconv.Itoa(i), Enter: func(*ui.Context) []ui.Ask { d.picked = i; return nil }}
	}
	return rows
}

// Typing is false: letters are keys here, and on a list of names the menu itself ends when one is typed.
func (d *Menu) Typing() bool { return false }

// Digits says whether single keys choose an option at once: digits, or the options' own keys.
func (d *Menu) Digits() bool { return d.keyed() || !d.ask.Calm }

// Keys lists the keys of the menu.
func (d *Menu) Keys() []key.Binding {
	out := []key.Binding{ui.Bind("↑↓", "choose", "up", "down", "k", "j"), keys().menuPick, keys().back}
	if d.ask.Typed != nil {
		out = append(out, ui.Bind("letters", "type another name"))
	}
	switch {
	case d.keyed():
		out = append(out, ui.Bind("the key before a line", "chooses it at once"))
	case !d.ask.Calm:
		out = append(out, ui.Bind("1-9", "choose at once"))
	}
	return out
}

// keyed says whether each option has a key of its own.
func (d *Menu) keyed() bool { return len(d.ask.Options) > 0 && d.ask.Options[0].Key != "" }

// chosenBy returns the option that a key chooses at once, or none. It may be more than there are.
func (d *Menu) chosenBy(k string) int {
	k = strings.TrimPrefix(k, "kp")
	switch {
	case d.keyed():
		return slices.IndexFunc(d.ask.Options, func(o ui.Option) bool { return o.Key != "" && o.Key == k })
	case !d.ask.Calm && len(k) == 1 && k[0] >= '1' && k[0] <= '9':
		return int(k[0] - '1')
	}
	return none
}

// Update handles a key or a click. A click on a line without the cursor only moves the cursor there: it may have been
// meant to bring the window to the front.
func (d *Menu) Update(msg tea.Msg, c *ui.Context) Outcome {
	d.picked = none
	if d.beginsName(msg) {
		return Typed{}
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(press, keys().back) {
			return Closed{}
		}
		d.picked = d.chosenBy(press.String())
		if d.picked == none && key.Matches(press, keys().menuPick) {
			d.picked = d.at.At(d.rows())
		}
	}
	if d.picked == none {
		d.at.Walk(msg, d.rows(), max(c.Size.H/2, 1), c)
	}
	if d.picked == none || d.picked >= len(d.ask.Options) {
		return nil
	}
	return Picked{d.picked}
}

// beginsName says whether a message begins a name, on a list where another name can be typed: somebody who types theirs
// must not be taken for the one at the cursor. Letters that move the cursor on other menus begin a name here, too.
func (d *Menu) beginsName(msg tea.Msg) bool {
	if d.ask.Typed == nil {
		return false
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return true
	case tea.KeyPressMsg:
		first, _ := utf8.DecodeRuneInString(msg.Text)
		return unicode.IsLetter(first)
	}
	return false
}

// View draws the menu, with the option at the cursor in view.
func (d *Menu) View(c *ui.Context) ui.Page {
	t := c.Theme
	w, at := min(c.Size.W, 96), d.at.At(d.rows())
	page := ui.Page{Left: t.Title.Render(d.ask.Title), Rows: map[int]int{}}
	lines := widget.Wrap(d.ask.Says, max(w-2, 1))
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	rows := map[int]int{}
	from, to := 0, 0
	for i := range d.ask.Options {
		start := len(lines)
		lines = append(lines, d.drawOption(c, i, i == at, w)...)
		for y := start; y < len(lines); y++ {
			rows[y] = i
		}
		if i == at {
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

func (d *Menu) drawOption(c *ui.Context, i int, chosen bool, w int) []string {
	t, o := c.Theme, d.ask.Options[i]
	number := "  "
	switch {
	case d.keyed():
		number = widget.Pad(o.Key, 2)
	case i < 9 && !d.ask.Calm:
		number = fmt.Sprintf("%d ", i+1)
	}
	mark, style := widget.Marked(chosen, o.Text, t)
	lines := widget.Style(widget.Wrap(o.Text, max(w-5, 1)), style.Render)
	if len(lines) > 0 {
		lines = append([]string{mark + t.Key.Render(number) + " " + lines[0]}, widget.Indent(lines[1:], "     ")...)
	}
	return append(lines, widget.Indent(widget.Style(widget.Wrap(o.Says, max(w-5, 1)), t.Faint.Render), "     ")...)
}
