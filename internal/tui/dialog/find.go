package dialog

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Find is the finder: it finds a KSB, a goal or a piece of evidence by what people call it.
type Find struct {
	searchBox
	blind bool // a mentor rates blind: show no level, and search nothing that the learner wrote
	more  []*search.Index
	found search.Found
}

// NewFind opens the finder. At first it searches only the names of the KSBs, which give no rating away; unless it is
// blind, More adds the rest.
func NewFind(c *ui.Context, blind bool) *Find {
	d := &Find{searchBox: newSearchBox(), blind: blind}
	d.search(c)
	return d
}

// More adds indexes to search, of the coaching and of the learner's own words, once they are ready. A blind finder
// ignores them.
func (d *Find) More(c *ui.Context, indexes ...*search.Index) {
	if d.blind {
		return
	}
	d.more = indexes
	at := d.cursor
	d.search(c)
	d.cursor = min(at, max(d.rows-1, 0)) // usually on the same hit as before, since names rank first
}

// Keys lists the keys for the hit at the cursor.
func (d *Find) Keys() []key.Binding {
	switch h, ok := d.atCursor(); {
	case d.blind:
		return []key.Binding{keys().findOpen, keys().boxChoose, keys().back}
	case ok && h.Of.KSB == "":
		return []key.Binding{keys().findOpen, keys().boxChoose, keys().back, keys().findCommands}
	}
	return []key.Binding{keys().findRead, keys().findRate, keys().boxChoose, keys().back, keys().findCommands}
}

func (d *Find) atCursor() (search.Hit, bool) {
	if d.cursor >= len(d.found.Hits) {
		return search.Hit{}, false
	}
	return d.found.Hits[d.cursor], true
}

// Update handles a key, a paste or a click.
func (d *Find) Update(msg tea.Msg, c *ui.Context) Outcome {
	press, _ := msg.(tea.KeyPressMsg)
	tab, rate := press.String() == "tab", key.Matches(press, keys().findRate)
	if tab || rate {
		h, ok := d.atCursor()
		switch {
		case !ok || d.blind || h.Of.KSB == "":
			return nil
		case tab:
			return Jump{goTo(h)}
		}
		return Jump{ui.Go{To: ui.Rate, KSB: h.Of.KSB}}
	}
	switch d.searchBox.update(msg, c) {
	case boxClosed:
		return Closed{}
	case boxTyped:
		d.search(c)
	case boxChose:
		if h, ok := d.atCursor(); ok {
			return Jump{goTo(h)}
		}
	}
	return nil
}

// goTo is where a hit is shown. A KSB is shown on its own page and not on Rate, where a stray key would rate it.
func goTo(h search.Hit) ui.Go {
	switch of := h.Of; {
	case of.Goal != "":
		return ui.Go{To: ui.Plan, Goal: of.Goal, Action: h.Action}
	case of.Piece != "":
		return ui.Go{To: ui.Evidence, Piece: of.Piece}
	}
	return ui.Go{To: ui.KSB, KSB: h.Of.KSB, Text: h.Read()}
}

func (d *Find) search(c *ui.Context) {
	d.found = find(c, d.line.typed(), d.more...)
	d.reset(len(d.found.Hits))
}

// find searches the names of the KSBs, and more indexes. It leaves out KSBs that the record's standard lacks: a rating
// sheet has only some.
func find(c *ui.Context, query string, more ...*search.Index) search.Found {
	f := search.Find(query, append([]*search.Index{c.Library.NameIndex(c.Standard.Reference)}, more...)...)
	f.Hits = slices.DeleteFunc(f.Hits, func(h search.Hit) bool {
		return h.Of.KSB != "" && c.Standard.Place(h.Of.KSB) < 0
	})
	return f
}

// Match is a KSB that has the words of a query. Says quotes where it has them, or is "" where the title shows it.
type Match struct{ KSB, Says string }

// Matches returns the n best KSBs that have all the words of a query whose last word may still be incomplete.
func Matches(c *ui.Context, query string, n int) []Match {
	return matches(c, find(c, query).Fitting(n))
}

// Meant returns the n best KSBs that have all the words of a complete query.
func Meant(c *ui.Context, query string, n int) []Match { return matches(c, find(c, query).Meant(n)) }

func matches(c *ui.Context, hits []search.Hit) []Match {
	var out []Match
	for _, h := range hits {
		m := Match{KSB: h.Of.KSB}
		if h.Tells() {
			m.Says = h.Says(40, c.Theme.Glyphs.Cut) // cells, so that it fits after a title
		}
		out = append(out, m)
	}
	return out
}

// View draws the query and what it finds.
func (d *Find) View(c *ui.Context) ui.Page {
	t := c.Theme
	p := ui.Page{Left: t.Title.Render("Find"), Right: words.Count(d.rows, "found", "found")}
	hint := "A code, or what you call it: K7, GDPR, handover, a word of your own note."
	if d.blind {
		p.Left, hint = t.Title.Render("Find a KSB"), "A code, or what it is called: K7, GDPR, handover, hand hygiene."
	}
	says := widget.Wrap(hint, c.Size.W)
	switch {
	case d.rows == 0:
		says = append(append(says, ""), widget.Wrap("Nothing has these words. Try fewer, or others for the same thing.",
			c.Size.W)...)
	case d.found.Partial:
		says = widget.Wrap(search.ComesClosest, c.Size.W)
	}
	d.draw(&p, c, "Find", says, func(i int) []string { return d.drawHit(c, i) })
	return p
}

// hitIndent is the indent of the second line of a hit, which puts it below the title.
const hitIndent = 7

func (d *Find) drawHit(c *ui.Context, i int) []string {
	t, h := c.Theme, d.found.Hits[i]
	title := h.Of.Title(c.Profile, c.Title)
	kind := h.Of.Kind()
	if len(kind) < 4 {
		kind = widget.Pad(kind, 4)
	}
	mark, style := widget.Marked(i == d.cursor, kind+" "+title, t)
	left := mark + style.Render(kind+" "+title)
	right, short := d.state(c, h)
	const leastText = 12 // cells; less of the KSB's text says too little
	room := c.Size.W - widget.Width(left) - widget.Width(right) - 4
	if h.Of.KSB != "" && !h.Tells() && room >= leastText {
		k, _ := c.Standard.KSB(h.Of.KSB)
		left += "  " + t.Faint.Render(widget.CutPlain(k.Text, room, t.Glyphs.Cut))
	}
	if widget.Width(left) > c.Size.W {
		left = widget.CutWords(left, c.Size.W-widget.Width(short)-1, t.Glyphs.Cut)
	}
	// A whole title matters more than the level behind it.
	lines := []string{widget.SpreadFirst([][2]string{{left, right}, {left, short}, {left, ""}}, c.Size.W, t.Glyphs.Cut)}
	if h.Tells() {
		says := widget.CutPlain(h.Says(c.Size.W-hitIndent, t.Glyphs.Cut), c.Size.W-hitIndent, t.Glyphs.Cut)
		lines = append(lines, strings.Repeat(" ", hitIndent)+t.Faint.Render(says))
	}
	return lines
}

// state says how a KSB is rated, or which KSBs a goal or a piece of evidence is for; short says it in less room.
func (d *Find) state(c *ui.Context, h search.Hit) (long, short string) {
	if h.Of.KSB == "" {
		codes := c.Theme.Faint.Render(words.List(h.Of.KSBs(c.Profile)))
		return codes, codes
	}
	switch row, ok := c.Report.Row(h.Of.KSB); {
	case !ok || d.blind:
		return "", ""
	case !row.Rated:
		return c.Theme.Faint.Render("not rated"), c.Theme.Faint.Render(c.Theme.Glyphs.None)
	default:
		return row.Level.InWords(), row.Level.Key()
	}
}

// searchBox is a line to type in, with rows of what was found below it. It does not use page.List, since letters must
// type and not move, and one click opens a row.
type searchBox struct {
	line   input
	cursor int
	rows   int // how many rows there are
}

// boxEvent is what a message did to a search box.
type boxEvent int

const (
	boxMoved boxEvent = iota // or nothing at all
	boxTyped                 // the text changed: search again
	boxChose                 // the row at the cursor was chosen
	boxClosed
)

func newSearchBox() searchBox { return searchBox{line: newInput(ui.Field{ID: "find"})} }

// Typing is true: letters go into the line.
func (b *searchBox) Typing() bool { return true }

// Empty says whether nothing is typed.
func (b *searchBox) Empty() bool { return b.line.typed() == "" }

func (b *searchBox) update(msg tea.Msg, c *ui.Context) boxEvent {
	switch msg := msg.(type) {
	case ui.RowMsg:
		b.cursor = msg.Index
		return boxChose
	case ui.WheelMsg:
		b.move(msg.Lines)
	case tea.PasteMsg:
		b.line.text.Insert(msg.Content)
		return boxTyped
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, keys().back):
			return boxClosed
		case msg.Code == tea.KeyEnter:
			return boxChose
		case msg.String() == "up":
			b.move(-1)
		case msg.String() == "down":
			b.move(1)
		case key.Matches(msg, keys().pageUp):
			b.move(-max(c.Size.H/4, 1))
		case key.Matches(msg, keys().pageDown):
			b.move(max(c.Size.H/4, 1))
		case b.line.text.Key(msg):
			return boxTyped
		}
	}
	return boxMoved
}

func (b *searchBox) move(n int) { b.cursor = max(min(b.cursor+n, b.rows-1), 0) }

// reset notes how many rows were found, and puts the cursor on the first.
func (b *searchBox) reset(rows int) { b.rows, b.cursor = rows, 0 }

// draw draws the line after its name, faint lines below it, and as many rows as there is room for around the cursor.
func (b *searchBox) draw(p *ui.Page, c *ui.Context, name string, says []string, row func(i int) []string) {
	label := name + ": "
	typed, at := b.line.draw(max(c.Size.W-widget.Width(label)-1, 1), 0)
	p.Body = append([]string{label + typed[0]}, widget.Style(says, c.Theme.Faint.Render)...)
	p.Body = append(p.Body, "")
	p.Cursor = &ui.Point{X: min(widget.Width(label)+at.X, max(c.Size.W-1, 0)), Y: 0}
	p.Rows = map[int]int{}
	room := max(c.Size.H-len(p.Body), 0)
	var lines []string
	var rowOf []int  // for each line
	from, to := 0, 0 // the lines of the row at the cursor
	for i := range b.rows {
		drawn := row(i)
		if i == b.cursor {
			from, to = len(lines), len(lines)+len(drawn)
		}
		lines = append(lines, drawn...)
		rowOf = append(rowOf, slices.Repeat([]int{i}, len(drawn))...)
		if i > b.cursor && len(lines) > to+room {
			break
		}
	}
	top := widget.Centre(from, to, len(lines), room)
	for y := top; y < min(top+room, len(lines)); y++ {
		p.Rows[len(p.Body)] = rowOf[y]
		p.Body = append(p.Body, lines[y])
	}
	p.CutTo(c.Size)
}

// Command is one row of the palette.
type Command struct {
	Name string
	Key  string // the key that does it; "" for none
	In   string // the title of the screen where that key works; "" where it works now
	Also string // other words by which it is found
}

// Palette finds commands by their names, and shows the key of each. It ends with Picked, an index into its list.
type Palette struct {
	searchBox
	list  []Command
	index *search.Index
	found []int // indexes into list
}

// NewPalette opens the palette. While nothing is typed it shows the whole list, in the order given.
func NewPalette(list []Command) *Palette {
	var names [][]string
	for _, x := range list {
		names = append(names, words.Given(x.Name, x.In, x.Also))
	}
	d := &Palette{searchBox: newSearchBox(), list: list, index: search.New(search.Acts(names))}
	d.search()
	return d
}

// Keys lists the keys of the palette.
func (d *Palette) Keys() []key.Binding {
	return []key.Binding{keys().doIt, keys().boxChoose, keys().back, keys().findInstead}
}

// Update handles a key, a paste or a click.
func (d *Palette) Update(msg tea.Msg, c *ui.Context) Outcome {
	switch d.searchBox.update(msg, c) {
	case boxClosed:
		return Closed{}
	case boxTyped:
		d.search()
	case boxChose:
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
	for _, h := range search.Find(d.line.typed(), d.index).Hits {
		if i, err := strconv.Atoi(h.Of.Act); err == nil {
			d.found = append(d.found, i)
		}
	}
	d.reset(len(d.found))
}

// View draws the line and the commands.
func (d *Palette) View(c *ui.Context) ui.Page {
	p := ui.Page{
		Left:  c.Theme.Title.Render("Commands: what you can do"),
		Right: words.Count(d.rows, "command", "commands"),
	}
	says := widget.Wrap("Enter does it. The key beside it does the same without this box.", c.Size.W)
	if d.rows == 0 {
		says = append(append(says, ""), widget.Wrap(
			"Nothing is called that. Try fewer words, or clear the line to see all.", c.Size.W)...)
	}
	d.draw(&p, c, "Do", says, func(i int) []string { return []string{d.drawCommand(c, i)} })
	return p
}

func (d *Palette) drawCommand(c *ui.Context, i int) string {
	t, x := c.Theme, d.list[d.found[i]]
	mark, style := widget.Marked(i == d.cursor, x.Name, t)
	short := t.Key.Render(widget.KeyName(x.Key, t))
	pressed := widget.PadLeft(short, 9)
	where := ""
	if x.In != "" {
		where = t.Faint.Render("in " + x.In)
	}
	room := c.Size.W - widget.Width(short) - 2
	name := mark + style.Render(x.Name)
	if widget.Width(name) > room {
		name = widget.CutWords(name, room, t.Glyphs.Cut)
	}
	return widget.SpreadFirst([][2]string{{name, where + pressed}, {name, pressed}, {name, short}}, c.Size.W,
		t.Glyphs.Cut)
}
