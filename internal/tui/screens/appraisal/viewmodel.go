package appraisal

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// kind is what an item is, and so what Enter does with it.
type kind int

const (
	nothing      kind = iota
	words             // is only read; Enter goes on to the next
	ksbPage           // id: a KSB
	planKSB           // id: a KSB
	evidence          // id: a KSB, or "" for all
	goalPage          // id: a goal
	rateKSB           // id: a KSB, or "" for where the learner stopped
	forward           // id: the first KSB of what the open round puts forward
	changes           // all that changed
	chances           // the page of opportunities
	private           // the private notes
	start             // start a review
	check             // id: an action
	leftOpenOnce      // id: a KSB, or "" for what was agreed in words; in: the review that left it
	agenda            // id: the number of the part
	verdict           // id: the field of a closing question
	agreed            // what was agreed
	metWith           // who met
	nextReview        // when the next one is due
	sharing           // what is included in the record
	record            // read the record
	closing           // close the review
	begin             // begin the rehearsal
	resume            // id: a rehearsal to go on with
	trialNotes        // id: a rehearsal, to read what was noted
	answer            // id: the number of the question
	prepare           // to the first page
	cancelling        // take the review back
	paper             // id: the number of a paper, to write into a file
	sheetOut          // make a rating sheet
	sheetBack         // take in a rating sheet
)

// An item is a line that can be chosen.
type item struct {
	kind kind
	id   string
	in   string // tells apart two of the same on one page
}

// ksb is the KSB that an item is about, or "".
func (i item) ksb() string {
	switch i.kind {
	case ksbPage, planKSB, evidence, rateKSB, leftOpenOnce:
		return i.id
	}
	return ""
}

// sign is what stands before a row.
type sign int

const (
	noSign sign = iota
	isDone
	isOpen
	isLate
	isOver // checked, and not done
)

// A block is one part of a page: a heading, words, or a row that can be chosen.
type block struct {
	item item   // zero: cannot be chosen
	head string // a heading
	text string // words
	sign sign
	deep bool // it belongs to the row above
	code string
	name string   // by what the row is known
	says []string // quiet lines below it
	does string   // what Enter does, for the line that says so
}

// A page is what stands on one of the pages: its blocks from top to bottom and the items in order.
type page struct {
	blocks []block
	items  []item
	cur    int
}

// page makes the page that is shown.
func (s *Screen) page(c *ui.Context) page {
	var m page
	switch s.tab {
	case prepareTab:
		m.blocks = s.prepareBlocks(c)
	case meetTab:
		m.blocks = s.meetBlocks(c)
	case afterTab:
		m.blocks = s.afterBlocks(c)
	case rehearseTab:
		if s.trial.begun() {
			return s.trialPage(c)
		}
		m.blocks = s.trialIntro(c)
	case chanceTab:
		m.blocks = s.chanceBlocks(c)
	}
	last := 0
	for i, b := range m.blocks {
		if b.item != (item{}) {
			m.items = append(m.items, b.item)
			last = i
		}
	}
	if name := s.pageAfter(); name != "" && len(m.items) > 0 && m.blocks[last].item.kind == words {
		m.blocks[last].does = "go on to " + name
	}
	m.cur = s.cursor(m.items)
	if s.at[s.tab] == (place{}) {
		m.cur = max(m.firstOpen(), m.cur)
	}
	return m
}

// firstOpen is the first part of the agenda that is still to come, where a meeting under way goes on, or -1.
func (m page) firstOpen() int {
	for _, b := range m.blocks {
		if b.item.kind == agenda && b.sign == isOpen {
			return slices.Index(m.items, b.item)
		}
	}
	return -1
}

// pageAfter is the name of the page that the end of this one leads to, or "".
func (s *Screen) pageAfter() string {
	if s.tab == prepareTab || s.tab == meetTab {
		return tabKeys[s.tab+1].name
	}
	return ""
}

// cursor is where the cursor stands among items that may have changed.
func (s *Screen) cursor(items []item) int {
	p := s.at[s.tab]
	for i, x := range items {
		if x == p.item {
			return i
		}
	}
	return max(min(p.index, len(items)-1), 0)
}

// chosen is the block under the cursor.
func (m page) chosen() block {
	if m.cur < len(m.items) {
		for _, b := range m.blocks {
			if b.item == m.items[m.cur] {
				return b
			}
		}
	}
	return block{}
}
