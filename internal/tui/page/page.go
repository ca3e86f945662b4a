// Package page has what most screens are made of: rows that can be chosen, and a List that keeps a cursor among them,
// moves it by keys, clicks and the wheel, and draws the rows in the room there is. Rows of one height go into a Table,
// rows among headings and paragraphs into a Flow, and text that is only read into a Text. A screen only says which rows
// there are and what Enter does on each. The package knows nothing of the record or of any screen.
//
// The cursor is remembered by the key of its row. When the rows change it stays on that key or, if the key has gone, on
// the row that took its place.
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
	Key   string   // unlike that of any other row of the list
	KSB   string   // the KSB that it is about, or ""
	Sign  Sign     // on a flow: its state
	Deep  bool     // on a flow: it belongs to the row above, and is indented
	Code  string   // a KSB code, a number or a date before the name
	Name  string   // unstyled
	Tail  string   // figures or words in a column at the right, styled; on a flow see Block.Most
	Says  []string // facts in faint words below it
	Does  string   // what Enter does, in the words of the footer
	Enter ui.Then
}

// List is a cursor among rows, and the scroll position. The zero List is on the first row.
type List struct {
	key      string
	at       int
	top      int  // the first row that is shown; on a flow the first line
	scrolled bool // a flow was scrolled by itself, so the chosen row may be out of view
}

// At is the index of the chosen row, or 0 if there are no rows.
func (l *List) At(rows []Row) int {
	if i := slices.IndexFunc(rows, func(r Row) bool { return r.Key == l.key }); i >= 0 {
		return i
	}
	return max(min(l.at, len(rows)-1), 0)
}

// Chosen returns the row under the cursor, and false if there are no rows.
func (l *List) Chosen(rows []Row) (Row, bool) {
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[l.At(rows)], true
}

// Choose puts the cursor on the row with this key, now or as soon as there is one.
func (l *List) Choose(key string) { l.key, l.scrolled = key, false }

// Put puts the cursor on row i, limited to the rows that there are.
func (l *List) Put(rows []Row, i int) {
	l.at, l.key = max(min(i, len(rows)-1), 0), ""
	if l.at < len(rows) {
		l.key = rows[l.at].Key
	}
}

// Does says for the footer what Enter does on the chosen row or, without rows, on the Empty of the table.
func (l *List) Does(t Table) string {
	if r, ok := l.Chosen(t.Rows); ok {
		return r.Does
	}
	return t.Empty.Does
}

// Enter is the key for the next step, which every list has.
func Enter() key.Binding { return ui.Bind("enter", "the next step", "enter") }

// moves only match keys; each screen explains them in its own words.
var moves = lazy.Value[ui.Moves]{Make: func() ui.Moves { return ui.NewMoves("", "", "", "") }}

// Settle corrects the cursor and scrolls it into view after the rows or the room have changed.
func (l *List) Settle(t Table) {
	l.Put(t.Rows, l.At(t.Rows))
	l.top, _ = t.window(l)
}

// Rewind scrolls a flow to its top, as far as that leaves the chosen row in view.
func (l *List) Rewind() { l.top, l.scrolled = 0, false }

// Lift scrolls a flow until the chosen row is at the top of the view or the last line at its end.
func (l *List) Lift() { l.top, l.scrolled = 1<<20, false }

// Update handles a message for a table: it moves the cursor, or returns what Enter on the chosen row asks for. A click
// on the chosen row does the same as Enter. False means that the message was not for the list.
func (l *List) Update(msg tea.Msg, t Table, c *ui.Context) ([]ui.Ask, bool) {
	press, isKey := msg.(tea.KeyPressMsg)
	if isKey && len(t.Rows) == 0 && t.Empty.Enter != nil && key.Matches(press, Enter()) {
		return t.Empty.Enter(c), true
	}
	return l.Walk(msg, t.Rows, max(t.fits()-1, 1), c)
}

// Walk is Update for rows that the screen draws by itself. Page is how many rows Page Down moves.
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

// Tab is one part of a screen.
type Tab struct {
	Key   key.Binding
	Names []string // from long to short; all tabs of a screen must have the same number of names
}

// TabKeys returns the key of each tab.
func TabKeys(tabs []Tab) []key.Binding {
	return lists.Each(tabs, func(x Tab) key.Binding { return x.Key })
}

// Right is the key for the tab to the right; a screen may explain it in its own words.
func Right() key.Binding { return ui.Bind("→", "list to the right", "right", "l", "tab") }

// Left is the key for the tab to the left.
func Left() key.Binding { return ui.Bind("←", "list to the left", "left", "h", "shift+tab") }

// Turn returns the tab that a key leads to from tab at, and false for any other key.
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

// DrawTabs adds a line of tabs to a page, with tab at in brackets. All have the longest names for which there is room;
// if even the shortest are too long, only the current tab is named. A click on the line goes to the next tab.
func DrawTabs(p *ui.Page, tabs []Tab, at int, c *ui.Context) {
	if p.Keys == nil {
		p.Keys = map[int]string{}
	}
	p.Keys[len(p.Body)] = "tab"
	lengths := len(tabs[at].Names)
	for n := range lengths + 1 {
		var line []string
		for i, x := range tabs {
			name := ""
			if n < lengths {
				name = " " + x.Names[n]
			} else if i == at {
				name = " " + x.Names[lengths-1]
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
	p.Body = append(p.Body, widget.Cut(tabs[at].Names[lengths-1], c.Size.W, c.Theme.Glyphs.Cut))
}

// Text is a scroll position in text without rows.
type Text struct{ top int }

// Settle limits the position for n lines of text in a room of h.
func (x *Text) Settle(n, h int) { x.top = clampTop(x.top, n, h) }

// Update scrolls a text of n lines in a room of h. False means that the message was not for it.
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

// Draw adds at most h of the lines to a page. Where more follow, the last line drawn says how many.
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

// Part is a heading with its paragraphs, for the pane beside a page.
type Part struct {
	Head string   // "": it continues the part before
	Says []string // without any, the part is left out
}

// Parts lays out parts as blocks of lines for Whole, one for each paragraph. The first block of a part begins with an
// empty line and the heading.
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

// Wording lays out the text of a standard, below an empty line and followed by the caveat about its source.
func Wording(text string, w int, t *theme.Theme) []string {
	lines := append([]string{""}, widget.Wrap(text, w)...)
	return append(lines, widget.Style(widget.Wrap(standard.Caveat, w), t.Faint.Render)...)
}

// Whole joins blocks for as long as they fit whole into h lines.
func Whole(h int, blocks ...[]string) (lines []string) {
	for _, b := range blocks {
		if len(lines)+len(b) > h {
			break
		}
		lines = append(lines, b...)
	}
	return lines
}
