package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Find finds a KSB by its code or by words of its title, its wording or its duty. Its cursor is not a page.List, since
// all letters are typed text here and a click opens at once.
type Find struct {
	in     input
	blind  bool // levels stay hidden, and so does all coaching that is beside them
	found  []hit
	cursor int
}

type hit struct {
	id, title, text string
	rank            int
	place           int
}

var (
	findOpen = ui.Bind("enter", "open it", "enter")
	findRate = ui.Bind("enter", "rate it", "enter")
	findPage = ui.Bind("tab", "its coaching", "tab")
)

// NewFind opens the finder. If blind, it shows only codes, titles and wording, which give no rating away.
func NewFind(c *ui.Context, blind bool) *Find {
	d := &Find{in: newInput(ui.Field{ID: "find"}), blind: blind}
	d.search(c)
	return d
}

// Typing says that keys are text.
func (d *Find) Typing() bool { return true }

// Keys are the bindings of the finder.
func (d *Find) Keys() []key.Binding {
	choose := ui.Bind("↑↓", "choose", "up", "down")
	if d.blind {
		return []key.Binding{findOpen, choose, keyClose}
	}
	return []key.Binding{findRate, findPage, choose, keyClose}
}

// Update handles a key, a paste or a click.
func (d *Find) Update(msg tea.Msg, c *ui.Context) Outcome {
	switch msg := msg.(type) {
	case ui.RowMsg:
		d.cursor = msg.Index
		return d.jump(ui.Rate)
	case ui.WheelMsg:
		d.move(msg.Lines)
	case tea.PasteMsg:
		d.in.text.Insert(msg.Content)
		d.search(c)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc":
			return Closed{}
		case "enter":
			return d.jump(ui.Rate)
		case "tab":
			if d.blind {
				return nil
			}
			return d.jump(ui.KSB)
		case "up", "ctrl+p":
			d.move(-1)
		case "down", "ctrl+n":
			d.move(1)
		case "pgup":
			d.move(-max(c.Size.H/2, 1))
		case "pgdown":
			d.move(max(c.Size.H/2, 1))
		default:
			if d.in.text.Key(msg) {
				d.search(c)
			}
		}
	}
	return nil
}

func (d *Find) move(n int) { d.cursor = max(min(d.cursor+n, len(d.found)-1), 0) }

func (d *Find) jump(to ui.Name) Outcome {
	if d.cursor >= len(d.found) {
		return nil
	}
	return Jump{ui.Go{To: to, KSB: d.found[d.cursor].id}}
}

func (d *Find) search(c *ui.Context) {
	d.found = search(c, d.in.typed())
	d.cursor = 0
}

// search lists the KSBs that match all words of a query, the best first: code, then title, then the rest.
func search(c *ui.Context, query string) []hit {
	words, code := strings.Fields(strings.ToLower(query)), standard.Code(query)
	var out []hit
	for place, id := range c.Standard.Walk() {
		k, _ := c.Standard.KSB(id)
		h := hit{id: id, title: c.Title(id), text: k.Text, place: place}
		duty := c.DutyTitle(c.Standard.Home(id))
		all := strings.ToLower(strings.Join([]string{h.id, h.title, h.text, k.Kind.String(), duty}, " "))
		ok := true
		for _, w := range words {
			meant := standard.Code(w) == h.id
			ok = ok && (meant || strings.Contains(all, w))
			switch {
			case meant:
				h.rank += 8
			case strings.HasPrefix(strings.ToLower(h.id), w):
				h.rank += 4
			case strings.Contains(strings.ToLower(h.title), w):
				h.rank += 2
			}
		}
		if code == h.id { // also one with a blank or a dash in it
			h.rank, ok = h.rank+8, true
		}
		if ok {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b hit) int { return cmp.Or(b.rank-a.rank, a.place-b.place) })
	return out
}

// Matches are the KSBs that fit a query best, at most n of them.
func Matches(c *ui.Context, query string, n int) []string {
	var out []string
	for _, h := range search(c, query) {
		if len(out) < n {
			out = append(out, h.id)
		}
	}
	return out
}

// View draws the query and what it finds.
func (d *Find) View(c *ui.Context) ui.Page {
	t := c.Theme
	page := ui.Page{Left: t.Title.Render("Find a KSB"), Right: fmt.Sprintf("%d found", len(d.found)), Rows: map[int]int{}}
	typed, at := d.in.draw(max(c.Size.W-7, 1), 0)
	page.Body = append([]string{"Find: " + typed[0]}, widget.Style(widget.Wrap("A code such as K7, or words such as "+
		"audit, consent, leadership.", c.Size.W), t.Faint.Render)...)
	page.Body = append(page.Body, "")
	page.Cursor = &ui.Point{X: min(6+at.X, max(c.Size.W-1, 0)), Y: 0}
	if len(d.found) == 0 {
		const nothing = "Nothing has all of these words. Try fewer, or only part of a word."
		page.Body = append(page.Body, widget.Wrap(nothing, c.Size.W)...)
		page.CutTo(c.Size)
		return page
	}
	room := c.Size.H - len(page.Body)
	from := widget.Centre(d.cursor, d.cursor+1, len(d.found), room)
	to := min(from+max(room, 0), len(d.found))
	for i := from; i < to; i++ {
		page.Rows[len(page.Body)] = i
		page.Body = append(page.Body, d.drawHit(c, i))
	}
	page.CutTo(c.Size)
	return page
}

func (d *Find) drawHit(c *ui.Context, i int) string {
	t, h := c.Theme, d.found[i]
	mark, style := "  ", t.Plain
	if i == d.cursor {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	stand, short := "", ""
	if row, ok := c.Report.Row(h.id); ok && !d.blind {
		stand, short = levelWord(row, c)
	}
	left := mark + style.Render(widget.Pad(h.id, 4)+" "+h.title)
	if room := c.Size.W - widget.Width(left) - longestStand - 4; room >= leastText {
		left += "  " + t.Faint.Render(widget.Cut(h.text, room, t.Glyphs.Cut))
	}
	if widget.Width(left) > c.Size.W {
		left = widget.CutWords(left, c.Size.W-widget.Width(short)-1, t.Glyphs.Cut)
	}
	// A whole title matters more than the level behind it.
	return widget.SpreadFirst([][2]string{{left, stand}, {left, short}, {left, ""}}, c.Size.W, t.Glyphs.Cut)
}

// The wording is shown behind a title if it has at least so many cells; fewer say too little. It leaves room for the
// longest word for a level, so that it ends at the same place in all rows.
const (
	leastText    = 12
	longestStand = len("no opportunity")
)

func levelWord(row gap.Row, c *ui.Context) (long, short string) {
	if !row.Rated {
		return c.Theme.Faint.Render("not rated"), c.Theme.Faint.Render(c.Theme.Glyphs.None)
	}
	return row.Level.InWords(), row.Level.Key()
}
