// Package page is what most screens are made of: rows that can be chosen, and a list that keeps a cursor among them,
// handles the keys, clicks and wheel turns that move it, and draws itself in the room there is. A screen only says
// which rows there are and what Enter does on each. The package knows no record and no screen.
//
// A row's key is what the cursor holds on to: when the rows change, the cursor stays on its key, and where that has
// gone, on the row that took its place.
package page

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Row is one thing that can be chosen.
type Row struct {
	Key   string
	KSB   string   // the KSB that it is about, or ""
	Sign  Sign     // on a flow: how it stands
	Deep  bool     // on a flow: it belongs to the row above
	Code  string   // what it is known by: a code, a number, a date
	Name  string   // plain words
	Tail  string   // figures or words in a column of their own, styled; on a flow: what is said of it, see Block.Most
	Says  []string // quiet facts below it
	Does  string   // what Enter does, in the words of the footer
	Enter ui.Then
}

// List is a cursor among rows. The zero List is on the first row.
type List struct {
	key   string
	at    int
	top   int  // the first row that is shown; on a flow the first line
	loose bool // a flow was scrolled away from the chosen row
}

// At is the index of the chosen row, or 0 if there are no rows.
func (l *List) At(rows []Row) int {
	if i := slices.IndexFunc(rows, func(r Row) bool { return r.Key == l.key }); i >= 0 {
		return i
	}
	return max(min(l.at, len(rows)-1), 0)
}

// Chosen is the row under the cursor, and false if there are no rows.
func (l *List) Chosen(rows []Row) (Row, bool) {
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[l.At(rows)], true
}

// Choose puts the cursor on the row with a key, as soon as there is one.
func (l *List) Choose(key string) { l.key, l.loose = key, false }

// Put puts the cursor on a row by index, limited to the first and the last.
func (l *List) Put(rows []Row, i int) {
	l.at, l.key = max(min(i, len(rows)-1), 0), ""
	if l.at < len(rows) {
		l.key = rows[l.at].Key
	}
}

// Does says for the footer what Enter does on the chosen row or, in an empty list, in place of rows.
func (l *List) Does(t Table) string {
	if r, ok := l.Chosen(t.Rows); ok {
		return r.Does
	}
	return t.Empty.Does
}

// Enter is the key that every list has for the next step.
func Enter() key.Binding { return ui.Bind("enter", "the next step", "enter") }

// moves match the keys that move a cursor; screens name them in their own words.
var moves = lazy.Value[ui.Moves]{Make: func() ui.Moves { return ui.NewMoves("", "", "", "") }}

// Settle keeps the cursor on its row, and in view, after the rows or the room have changed.
func (l *List) Settle(t Table) {
	l.Put(t.Rows, l.At(t.Rows))
	l.top, _ = t.window(l)
}

// Rewind scrolls a flow to its top, or as near to it as keeps the chosen row in view.
func (l *List) Rewind() { l.top, l.loose = 0, false }

// Lift scrolls until the chosen row is at the top, or the end of the flow in view.
func (l *List) Lift() { l.top, l.loose = 1<<20, false }

// Update handles a message in a table: it moves the cursor, or does what Enter does there. A click on the chosen row is
// Enter. It says whether the message was for the list.
func (l *List) Update(msg tea.Msg, t Table, c *ui.Context) ([]ui.Ask, bool) {
	if press, ok := msg.(tea.KeyPressMsg); ok && len(t.Rows) == 0 && key.Matches(press, Enter()) &&
		t.Empty.Enter != nil {
		return t.Empty.Enter(c), true
	}
	return l.Walk(msg, t.Rows, max(t.fits()-1, 1), c)
}

// Walk is Update for rows that the screen lays out by itself. Page is how many rows Page Down moves.
func (l *List) Walk(msg tea.Msg, rows []Row, page int, c *ui.Context) ([]ui.Ask, bool) {
	at := l.At(rows)
	switch msg := msg.(type) {
	case ui.RowMsg:
		if msg.Index == at {
			return enter(rows, at, c), true
		}
		l.Put(rows, msg.Index)
		return nil, true
	case ui.WheelMsg:
		l.Put(rows, at+msg.Lines)
		return nil, true
	case tea.KeyPressMsg:
		if n, ok := moves.Get().By(msg, page); ok {
			l.Put(rows, at+n)
			return nil, true
		}
		if key.Matches(msg, Enter()) {
			return enter(rows, at, c), true
		}
	}
	return nil, false
}

func enter(rows []Row, at int, c *ui.Context) []ui.Ask {
	if at >= len(rows) || rows[at].Enter == nil {
		return nil
	}
	return rows[at].Enter(c)
}

// Tab is one part of a screen: its key, and its names from long to short, equally many for all tabs of a screen.
type Tab struct {
	Key   key.Binding
	Names []string
}

// TabKeys are the keys of tabs.
func TabKeys(tabs []Tab) []key.Binding {
	return lists.Each(tabs, func(x Tab) key.Binding { return x.Key })
}

// Right is the key for the tab to the right; screens may name it in their own words.
func Right() key.Binding { return ui.Bind("→", "list to the right", "right", "l", "tab") }

// Left is the key for the tab to the left.
func Left() key.Binding { return ui.Bind("←", "list to the left", "left", "h", "shift+tab") }

// Turn is the tab that a key goes to, and false if it is no such key.
func Turn(msg tea.KeyPressMsg, tabs []Tab, at int) (to int, ok bool) {
	for i, x := range tabs {
		if key.Matches(msg, x.Key) {
			return i, true
		}
	}
	switch {
	case key.Matches(msg, Right()):
		return (at + 1) % len(tabs), true
	case key.Matches(msg, Left()):
		return (at + len(tabs) - 1) % len(tabs), true
	}
	return at, false
}

// DrawTabs adds the line of tabs to a page, the current one in brackets. If even the shortest names are too long, only
// the current tab is named. A click on the line goes to the next tab.
func DrawTabs(p *ui.Page, tabs []Tab, at int, c *ui.Context) {
	if p.Keys == nil {
		p.Keys = map[int]string{}
	}
	p.Keys[len(p.Body)] = "tab"
	last := len(tabs[at].Names)
	for n := range last + 1 {
		var line []string
		for i, x := range tabs {
			name := ""
			if n < last {
				name = " " + x.Names[n]
			} else if i == at {
				name = " " + x.Names[last-1]
			}
			k := x.Key.Help().Key
			if i == at {
				line = append(line, c.Theme.Accent.Render("["+k+name+"]"))
			} else {
				line = append(line, c.Theme.Key.Render(k)+name)
			}
		}
		if s := strings.Join(line, "  "); widget.Width(s) <= c.Size.W {
			p.Body = append(p.Body, s)
			return
		}
	}
	p.Body = append(p.Body, widget.Cut(tabs[at].Names[last-1], c.Size.W, c.Theme.Glyphs.Cut))
}

// Text is a scroll position in text without rows.
type Text struct{ top int }

// Settle limits the position to what n lines need in a room of h.
func (x *Text) Settle(n, h int) { x.top = clampTop(x.top, n, h) }

// Update scrolls n lines in a room of h, and says whether the message was for that.
func (x *Text) Update(msg tea.Msg, n, h int) bool {
	var by int
	switch msg := msg.(type) {
	case ui.WheelMsg:
		by = msg.Lines
	case tea.KeyPressMsg:
		var ok bool
		if by, ok = moves.Get().By(msg, max(h-1, 1)); !ok {
			return false
		}
	default:
		return false
	}
	x.top += by
	x.Settle(n, h)
	return true
}

// Draw adds as many lines as h to a page. Where there are more, the last of them says how many.
func (x *Text) Draw(p *ui.Page, lines []string, h int, c *ui.Context) {
	p.Cursor = &ui.Point{X: 0, Y: len(p.Body)}
	from := clampTop(x.top, len(lines), h)
	to := min(from+h, len(lines))
	p.Body = append(p.Body, lines[from:to]...)
	if rest := len(lines) - to; rest > 0 && to-from > 2 {
		says := widget.CutPlain(fmt.Sprintf("%d more lines below", rest+1), c.Size.W-2, c.Theme.Glyphs.Cut)
		p.Body[len(p.Body)-1] = "  " + c.Theme.Faint.Render(says)
	}
}

// Part is a heading and its paragraphs, in the pane beside a page. Without a heading it continues the part before;
// without a paragraph it is left out.
type Part struct {
	Head string
	Says []string
}

// Parts lays out parts for Whole: a block of lines for each paragraph, the first with its heading and a line above.
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

// Wording is the text of a standard below an empty line, with where it stands as a source.
func Wording(text string, w int, t *theme.Theme) []string {
	lines := append([]string{""}, widget.Wrap(text, w)...)
	return append(lines, widget.Style(widget.Wrap(standard.Caveat, w), t.Faint.Render)...)
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
