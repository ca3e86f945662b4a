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

// Find finds a KSB, a goal or a piece of evidence by what people call it.
type Find struct {
	box
	blind bool // levels stay hidden, and so does all that was written of them
	more  []*search.Index
	found search.Found
}

// NewFind opens the finder on the names of the KSBs, which give no rating away. Unless it is blind, More adds the rest.
func NewFind(c *ui.Context, blind bool) *Find {
	d := &Find{box: newBox(), blind: blind}
	d.search(c)
	return d
}

// More is what else is searched, once it is there: the coaching, and the learner's own words. A blind finder leaves it
// out.
func (d *Find) More(c *ui.Context, in ...*search.Index) {
	if d.blind {
		return
	}
	d.more = in
	at := d.cursor
	d.search(c)
	d.cursor = min(at, max(d.rows-1, 0)) // what was pointed at stays, as a rule: names rank first
}

// Keys are the bindings of the finder.
func (d *Find) Keys() []key.Binding {
	switch h, ok := d.at(); {
	case d.blind:
		return []key.Binding{keys().findOpen, keys().boxChoose, keys().keyClose}
	case ok && h.Of.KSB == "":
		return []key.Binding{keys().findOpen, keys().boxChoose, keys().keyClose, keys().findDo}
	}
	return []key.Binding{keys().findRead, keys().findRate, keys().boxChoose, keys().keyClose, keys().findDo}
}

func (d *Find) at() (search.Hit, bool) {
	if d.cursor >= len(d.found.Hits) {
		return search.Hit{}, false
	}
	return d.found.Hits[d.cursor], true
}

// Update handles a key, a paste or a click.
func (d *Find) Update(msg tea.Msg, c *ui.Context) Outcome {
	if press, ok := msg.(tea.KeyPressMsg); ok && (key.Matches(press, keys().findRate) || press.String() == "tab") {
		h, ok := d.at()
		switch {
		case !ok || d.blind || h.Of.KSB == "":
			return nil
		case press.String() == "tab":
			return Jump{goTo(h)}
		}
		return Jump{ui.Go{To: ui.Rate, KSB: h.Of.KSB}}
	}
	switch d.box.update(msg, c) {
	case boxLeft:
		return Closed{}
	case boxTyped:
		d.search(c)
	case boxTook:
		if h, ok := d.at(); ok {
			return Jump{goTo(h)}
		}
	}
	return nil
}

// goTo is where a hit is shown: a KSB on its page, where no key changes the record by itself.
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
	d.found = find(c, d.in.typed(), d.more...)
	d.reset(len(d.found.Hits))
}

// find searches the names of the KSBs that there are, a sheet has only some, and what else is given.
func find(c *ui.Context, query string, more ...*search.Index) search.Found {
	f := search.Find(query, append([]*search.Index{c.Library.Named(c.Standard.Reference)}, more...)...)
	f.Hits = slices.DeleteFunc(f.Hits, func(h search.Hit) bool {
		return h.Of.KSB != "" && c.Standard.Place(h.Of.KSB) < 0
	})
	return f
}

// Match is a KSB that fits some words, and where it was found; "" where its title says that itself.
type Match struct{ KSB, Says string }

// Matches are the KSBs that fit all the words of a query best, at most n of them, while it is typed.
func Matches(c *ui.Context, query string, n int) []Match {
	return matches(c, find(c, query).Fitting(n))
}

// Meant are the KSBs that fit all the words of a complete query best, at most n of them.
func Meant(c *ui.Context, query string, n int) []Match { return matches(c, find(c, query).Meant(n)) }

func matches(c *ui.Context, hits []search.Hit) []Match {
	var out []Match
	for _, h := range hits {
		m := Match{KSB: h.Of.KSB}
		if h.Tells() {
			m.Says = h.Says(40, c.Theme.Glyphs.Cut) // characters, since it stands behind a title
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
	case d.found.Some:
		says = widget.Wrap("Nothing has all of these words. These have the most of them.", c.Size.W)
	}
	d.draw(&p, c, "Find", says, func(i int) []string { return d.drawHit(c, i) })
	return p
}

// hitIndent is where the second line of a hit begins: below its title.
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
	const leastText = 12 // cells of the wording behind a title; fewer say too little
	if room := c.Size.W - widget.Width(left) - widget.Width(right) - 4; h.Of.KSB != "" && !h.Tells() &&
		room >= leastText {
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

// state is how a KSB is rated, or the KSBs that a goal or a piece is for, and the same in fewer words.
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

// box is a line to type in with what it finds below. It has no page.List, since letters are typed and a click opens.
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

// draw draws the line with its name, quiet lines below, and the rows that have room, so that the one at the cursor is
// seen.
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

// View draws the line and what one can do.
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
