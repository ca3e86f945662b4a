package appraising

import (
	"cmp"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// The panes of a wide terminal.
const (
	listLeast = 66
	listMost  = 100
	barW      = 3
)

func listWidth(c *ui.Context) int {
	if c.Size.Wide {
		return min(max(listLeast, (c.Size.W-barW)/2), listMost) // the list and its pane share what there is
	}
	return c.Size.W
}

// headHeight is the number of lines above the part that scrolls: the tabs, what Enter does, and an empty line.
func headHeight(c *ui.Context) int {
	switch {
	case c.Size.H < 5:
		return 0
	case c.Size.H < 9:
		return 1
	case c.Size.H < roomyFrom:
		return 2
	}
	return 3
}

func bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

// roomyFrom is the height from which on there is room for empty lines between the parts.
const roomyFrom = 15

// tallFrom is the height from which on the lines of Prepare may be continued on the next.
const tallFrom = 30

// View draws the page that is shown, or the text in front of it.
func (s *Screen) View(c *ui.Context) ui.Page {
	out := ui.Page{Left: c.Theme.Title.Render("Appraisal"), Right: s.headRight(c)}
	d := s.sheet(c)
	r, _ := s.at[s.tab].Chosen(d.Rows)
	s.head(&out, r, c)
	y, h := len(out.Body), bodyHeight(c)
	if s.text != nil {
		s.text.Draw(&out, s.textLines(c), h, c)
	} else {
		s.at[s.tab].Show(&out, d, h, 0, c.Theme.Accent.Render(c.Theme.Glyphs.Marker))
		if c.Size.Wide {
			out.Side = &ui.Side{Lines: s.drawPane(c, r, c.Size.W-listWidth(c)-barW, h), At: listWidth(c), From: y}
		}
	}
	if len(out.Rows) == 0 && s.text == nil { // nothing can be chosen here: what Enter does is read first
		out.Cursor = &ui.Point{X: 0, Y: max(min(1, headHeight(c)-1), 0)}
	}
	out.CutTo(c.Size)
	return out
}

// head adds the line of the pages, what Enter does, and an empty line, as far as there is room for them.
func (s *Screen) head(out *ui.Page, r page.Row, c *ui.Context) {
	does := cmp.Or(r.Does, "go on")
	if s.text != nil {
		does = "go on; the arrow keys scroll, Esc goes back"
	}
	page.DrawTabs(out, tabKeys(), int(s.tab), c)
	out.Body = append(out.Body, page.EnterLine(does, c), "")
	out.Keys[1] = "enter"
	out.Body = out.Body[:headHeight(c)]
	if len(out.Body) < 2 {
		out.Keys = nil
	}
}

// Keys of rows that other code moves the cursor to. Those that end with a colon are followed by an ID or a number.
const (
	agendaRow  = "agenda:"
	actionRow  = "action:"
	answerRow  = "answer:"
	verdictRow = "verdict:"
	adviceRow  = "advice:"
	notesRow   = "notes:"
	recordRow  = "record:"
	leftRow    = "left:"
	agreedRow  = "agreed"
	metRow     = "met"
	nextRow    = "next"
	shareRow   = "share"
	closeRow   = "close"
	prepareRow = "prepare"
)

func partRow(part string) string { return agendaRow + part }

type block = page.Block

func row(r page.Row) block { return block{Row: r} }

// blocks are the parts of the page, from top to bottom. If the last row is only read, Enter there goes on to the next
// page.
func (s *Screen) blocks(c *ui.Context) []block {
	var out []block
	switch s.tab {
	case prepareTab:
		out = s.prepareBlocks(c)
	case meetTab:
		out = s.meetBlocks(c)
	case afterTab:
		out = s.afterBlocks(c)
	case rehearseTab:
		out = s.trialBlocks(c)
	case chanceTab:
		out = s.chanceBlocks(c)
	}
	if s.tab != prepareTab {
		out = append(out, s.adviceBlocks(c)...)
	}
	read := -1 // the last row, where it is only read
	for i := range out {
		if out[i].Key == "" {
			continue
		}
		if read = -1; out[i].Enter == nil {
			read, out[i].Does, out[i].Enter = i, cmp.Or(out[i].Does, "go on"), s.goOn
		}
	}
	if name := s.pageAfter(); name != "" && read >= 0 {
		out[read].Does = "go on to " + name
	}
	return out
}

func (s *Screen) sheet(c *ui.Context) *page.Sheet {
	d := &page.Sheet{Theme: c.Theme, W: max(listWidth(c), 1), Rows: s.trialRows(c)}
	blocks := s.blocks(c)
	if rows := page.RowsOf(blocks); d.Rows == nil {
		d.Rows = rows
	}
	d.Lay(blocks, c.Size.H >= roomyFrom)
	return d
}

// rows are those that the cursor moves among. A rehearsal shows one question at a time, but the cursor has all of them.
func (s *Screen) rows(c *ui.Context) []page.Row {
	if all := s.trialRows(c); all != nil {
		return all
	}
	return page.RowsOf(s.blocks(c))
}

func (s *Screen) chosen(c *ui.Context) page.Row {
	r, _ := s.at[s.tab].Chosen(s.rows(c))
	return r
}

// firstOpen is the first part of the agenda that is still to come, where a meeting under way goes on, or "".
func firstOpen(rows []page.Row) string {
	for _, r := range rows {
		if strings.HasPrefix(r.Key, agendaRow) && r.Sign == page.Open {
			return r.Key
		}
	}
	return ""
}

// pageAfter is the name of the page that the end of this one leads to, or "".
func (s *Screen) pageAfter() string {
	if s.tab == prepareTab || s.tab == meetTab {
		return tabKeys()[s.tab+1].Names[0]
	}
	return ""
}
