package appraising

import (
	"cmp"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Keys of rows that other code moves the cursor to. Those that end with a colon are followed by an ID or a number.
const (
	agendaRow  = "agenda:"
	actionRow  = "action:"
	answerRow  = "answer:"
	verdictRow = "verdict:"
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
	out = append(out, s.adviceBlocks(c)...)
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
		return tabKeys[s.tab+1].Names[0]
	}
	return ""
}
