// Package appraising is the screen of the meeting that closes a round: what to bring to it, its agenda with the actions
// of last time, what is agreed afterwards, a rehearsal alone, and the chances to ask for. The two people's ratings are
// met on the mentor's own screen; this one leads there and back.
package appraising

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

type tab int

const (
	prepareTab tab = iota
	meetTab
	afterTab
	rehearseTab
	chanceTab
	tabs
)

// Screen is the Appraisal screen.
type Screen struct {
	tab     tab
	at      [tabs]page.List
	minutes int      // the length of the meeting
	text    *reading // what is read in front of the page, or nil
	read    string   // the record as it was last read
	trial   trial    // the rehearsal
	untimed bool     // the timer of the rehearsal is hidden
	known   known
	entry   ui.Coached
	open    string          // the key of the line on Prepare that is unfolded, or ""
	files   map[string]bool // which files are there, of the evidence that lies in one; nil before the answer
}

// known is worked out once for each revision of the record, so that drawing need not.
type known struct {
	rev     int
	today   calendar.Date
	pack    appraisal.Pack
	page    []appraisal.Section
	due     []appraisal.Forward
	record  string // of the open review, or ""
	changed string // why the record of the last closed review no longer has its hash, or ""
}

const usualMinutes = 60

// New returns the Appraisal screen as it first opens.
func New() *Screen { return &Screen{minutes: usualMinutes} }

func (s *Screen) Help() string {
	return "Prepare is one page to bring to a review; Enter opens a line, and unfolds what is below the page.\nMeet " +
		"is its agenda: the learner speaks first, every action of last time is checked before new ones are set, and " +
		"the two of you rate apart and look together on the mentor's screen. A part of it is ticked when your record " +
		"shows that it is done; what no record shows, such as what went well, you tick yourselves.\nAfter asks the " +
		"three closing questions, sets the next date and closes the review with a record.\nA review that was started " +
		"by mistake can be taken back from both pages.\nRehearse asks you questions beforehand.\nOpportunity turns " +
		"what your post gives no chance to try into requests.\nWith a mentor who sits elsewhere, o makes a rating " +
		"sheet to send and takes in what comes back.\nPrivate notes are left out of anything shared unless you " +
		"include them."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	return append(page.Glyphs(t, page.Open, page.Done, page.Late, page.Waiting, page.Over),
		ui.Glyph{Shown: t.Glyphs.Unfold, Means: "Enter unfolds more below this line"},
		ui.Glyph{Shown: t.Glyphs.Fold, Means: "Enter folds it away"})
}

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	if x, ok := msg.(ui.FilesMsg); ok {
		s.files = x.Found // it comes to a page that is not shown too, where no time of a rehearsal passes
		return nil
	}
	s.learn(c)
	was := s.tab
	asks := s.handle(msg, c)
	_, entered := msg.(ui.EnterMsg)
	_, back := msg.(ui.BackMsg)
	if c.Profile.Meeting() && (entered || s.tab != was) { // what is the learner's alone is put away
		if s.open == privateFold {
			s.open = ""
		}
		s.layAside(c)
	}
	s.tick(c, entered || back)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch {
	case s.text == nil:
		if asks, ok := s.at[s.tab].Walk(msg, s.rows(c), max(bodyHeight(c)/3, 1), c); ok {
			return asks
		}
	case s.text.Update(msg, len(s.textLines(c)), bodyHeight(c)):
		return nil
	}
	switch msg := msg.(type) {
	case ui.EnterMsg: // to the meeting when one is under way, else to what is to be prepared; a rehearsal goes on
		r, open := c.Profile.OpenReview()
		if s.text = nil; open && !r.On.After(c.Today) {
			s.tab = meetTab
		} else if !s.rehearsing() {
			s.tab = prepareTab
		}
		return ui.Asks(ui.Look{})
	case ui.UndoneMsg:
		s.undone(msg.Change, c)
	case tea.KeyPressMsg:
		if to, ok := page.Turn(msg, tabKeys(), int(s.tab)); ok {
			s.show(c, tab(to), "")
			return nil
		}
		return s.board(c).Press(msg, c)
	}
	return nil
}

// goOn is Enter on a row that is only read: down the page, and from its last line to the next page.
func (s *Screen) goOn(c *ui.Context) []ui.Ask {
	rows := s.rows(c)
	switch {
	case s.at[s.tab].At(rows) < len(rows)-1:
		s.step(c)
	case s.tab < afterTab: // Prepare leads on to Meet, and that to After
		s.show(c, s.tab+1, "")
		s.at[s.tab] = page.List{}
	default:
		s.choose(c, closeRow)
		s.choose(c, prepareRow)
	}
	return nil
}

// undone shows the page that the undone change belongs to, with the cursor on its line.
func (s *Screen) undone(change profile.Change, c *ui.Context) {
	switch x := change.(type) {
	case profile.CheckAction:
		s.show(c, meetTab, actionRow+x.Action)
	case profile.EditReview:
		if x.Talked != nil { // the part of which the tick was set or taken away
			r, _ := c.Profile.OpenReview()
			part, _ := lists.First(profile.Talks, func(id string) bool {
				return r.HasTicked(id) != slices.Contains(*x.Talked, id)
			})
			s.show(c, meetTab, partRow(part))
		} else if to := editedRow(x); to != "" {
			s.show(c, afterTab, to)
		}
	case profile.StartReview:
		s.show(c, prepareTab, "")
	case profile.CancelReview:
		s.show(c, meetTab, "")
	case profile.CloseReview:
		s.show(c, afterTab, closeRow)
	}
}

// editedRow is the row on After that a change belongs to, or "".
func editedRow(x profile.EditReview) string {
	switch {
	case x.Clear != nil:
		return verdictRow + "clear"
	case x.Helped != nil:
		return verdictRow + "helped"
	case x.Valued != nil:
		return verdictRow + "valued"
	case x.Agreed != nil:
		return agreedRow
	case x.Share != nil:
		return shareRow
	case x.Next != nil:
		return nextRow
	case x.With != nil:
		return metRow
	}
	return ""
}

// Escape goes back from a text to its page, and from a rehearsal to all of them.
func (s *Screen) Escape(c *ui.Context) bool {
	if s.text != nil {
		s.text = nil
		return true
	}
	return s.layAside(c)
}

// InHand is what the chosen row is about: its KSB, those of its goal, or the one that is asked about.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	r := s.chosen(c)
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		_, g, _ := c.Profile.Action(id)
		return ui.Holding(c, g.KSBs...)
	}
	if i, ok := s.question(c); ok {
		return ui.Holding(c, s.trial.questions[i].KSB)
	}
	return ui.Holding(c, r.KSB)
}

// show turns to a page, with the cursor on a row where one is named.
func (s *Screen) show(c *ui.Context, to tab, row string) {
	s.tab, s.text = to, nil
	s.choose(c, row)
}

func (s *Screen) showing(to tab, row string) ui.Then {
	return ui.Just(func(c *ui.Context) { s.show(c, to, row) })
}

// choose sets the cursor to a row, where it is on the page.
func (s *Screen) choose(c *ui.Context, row string) {
	rows := s.rows(c)
	if i := slices.IndexFunc(rows, func(r page.Row) bool { return r.Key == row }); i >= 0 {
		s.at[s.tab].Put(rows, i)
	}
}

// step sets the cursor to the next row.
func (s *Screen) step(c *ui.Context) {
	rows := s.rows(c)
	s.at[s.tab].Put(rows, s.at[s.tab].At(rows)+1)
}

// onwards is for ui.Make: it goes on to the next row once the change is made.
func (s *Screen) onwards(say string) func(*ui.Context) string {
	return func(c *ui.Context) string { s.step(c); return say }
}

func (s *Screen) learn(c *ui.Context) {
	if s.known.rev == c.Rev && s.known.today == c.Today {
		return
	}
	last, _ := c.Profile.LastReview()
	k := known{
		rev: c.Rev, today: c.Today, pack: appraisal.Prepare(c.Report, c.Profile, c.Entry, c.Title),
		due: appraisal.Due(c.Report, c.Profile), changed: appraisal.Changed(c.Profile, c.Standard, last),
	}
	k.page = appraisal.Sections(c.Report, c.Profile, k.pack, c.Title, appraisal.You)
	if r, open := c.Profile.OpenReview(); open {
		k.record = appraisal.Record(c.Profile, c.Standard, r)
	}
	s.known = k
}

// settle keeps the cursor on its item on a page that may have changed, and fetches what will be drawn beside it.
func (s *Screen) settle(c *ui.Context) {
	d, at := s.flow(c), &s.at[s.tab]
	if *at == (page.List{}) { // a meeting under way goes on where its agenda is
		open, _ := lists.First(d.Rows, func(r page.Row) bool {
			return strings.HasPrefix(r.Key, agendaRow) && r.Sign == page.Open
		})
		at.Choose(open.Key)
	}
	at.SettleOn(d, bodyHeight(c))
	r, _ := at.Chosen(d.Rows)
	s.entry.Fetch(c, r.KSB)
}

// tabKeys are letters, since a digit chooses in the menus that open here. That of Prepare opens the screen from Home.
func tabKeys() []page.Tab {
	tab := func(key, name string) page.Tab { return page.Tab{Key: ui.Bind(key, name, key), Names: []string{name}} }
	return []page.Tab{
		tab("a", "Prepare"), tab("m", "Meet"), tab("f", "After"), tab("r", "Rehearse"), tab("n", "Opportunity"),
	}
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(c).Keys }

// board leaves the keys of the pages out of the footer, since the tabs show them.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	b.Others(ui.NewMoves("line above", "line below", "to the top", "to the bottom").All()...)
	b.Others(ui.Named(page.Left(), "←", "page to the left"), ui.Named(page.Right(), "→", "page to the right"))
	b.Others(page.TabKeys(tabKeys())...)
	if s.text != nil { // read, so that Enter goes on
		b.Foot("go on", page.Enter(), ui.Just(func(c *ui.Context) { s.text = nil; s.step(c) }))
	} else { // it is said above the page; saying it in the footer too would redraw that at each line
		b.Others(ui.Named(page.Enter(), "enter", "the next step; the second line says which"))
	}
	if s.rehearsing() {
		b.Foot(lists.Pick(s.untimed, "show timer", "hide timer"),
			ui.Bind("t", "timer of the rehearsal on or off", "t"),
			ui.Just(func(*ui.Context) { s.untimed = !s.untimed }))
	}
	chosen := s.chosen(c)
	part, isPart := strings.CutPrefix(chosen.Key, agendaRow)
	if r, open := c.Profile.OpenReview(); open && isPart && s.text == nil {
		at := appraisal.StateOf(c.Profile, c.Standard, r, part)
		if at.ByHand && (!at.Done || r.HasTicked(part)) { // only those who meet can tick it
			tick := ui.Bind("space", "tick a part of the meeting that leaves no trace, or take the tick away", "space")
			b.Foot("tick", tick, s.tickPart(r, part, ""))
		}
	}
	b.Foot("rounds", ui.Bind("o", "rounds: open, close, what is due; rating sheets for a mentor elsewhere", "o"),
		s.askRounds)
	b.Foot("private notes", ui.Bind("w", "private notes: wellbeing, workload, support, adjustments", "w"), s.askPrivate)
	if s.tab == prepareTab && c.Report.Tally(0).Rated > 0 { // there is something in it
		write := ui.Bind("x", "write this page into a file, to send or print", "x")
		b.Foot("write this page", write, ui.Asking(ui.Write{Paper: ui.PackPaper}))
	}
	blind := ui.Bind("b", "your mentor rates, without seeing your figures", "b")
	if s.tab == meetTab {
		b.Foot("my mentor rates", blind, ui.Going(ui.Mentor))
	} else {
		b.Hide(blind, ui.Saying("Your levels are on this page: your mentor rates from Home or from Meet, with b."))
	}
	b.Put(s.tab == meetTab, "length", ui.Bind("d", "how long the meeting is", "d"), s.askMinutes)
	b.Undo(true)
	if id := chosen.KSB; s.text == nil && id != "" {
		b.Tell(ui.Bind("c", "all about the KSB", "c"), ui.Asking(ui.Go{To: ui.KSB, KSB: id}))
		b.Tell(ui.Bind("p", "plan the KSB", "p"), ui.Asking(ui.Go{To: ui.Plan, KSB: id}))
	}
	return &b
}

const (
	barW      = 3  // the cells between the panes of a wide terminal
	roomyFrom = 15 // the height from which on there is room for empty lines between the parts
	tallFrom  = 30 // that from which on the lines of Prepare may be continued on the next
)

func listWidth(c *ui.Context) int {
	const least, most = 66, 100
	if c.Size.Wide {
		return min(max(least, (c.Size.W-barW)/2), most) // the list and its pane share what there is
	}
	return c.Size.W
}

// headHeight is the number of lines above the part that scrolls: the tabs, what Enter does, and an empty line.
func headHeight(c *ui.Context) int { return page.HeadOf(c.Size.H, 5, 9, roomyFrom) }

func bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

// View draws the page that is shown, or the text in front of it.
func (s *Screen) View(c *ui.Context) ui.Page {
	out := ui.Page{Left: c.Theme.Title.Render("Appraisal"), Right: s.headRight(c)}
	d := s.flow(c)
	r, _ := s.at[s.tab].Chosen(d.Rows)
	does := cmp.Or(r.Does, "go on")
	if s.text != nil {
		does = "go on; the arrow keys scroll, Esc goes back"
	}
	page.DrawTabs(&out, tabKeys(), int(s.tab), c)
	out.Keys[1] = "enter"
	out.Body = append(out.Body, page.EnterLine(does, c), "")[:headHeight(c)]
	if len(out.Body) < 2 {
		out.Keys = nil
	}
	y, h := len(out.Body), bodyHeight(c)
	if s.text != nil {
		s.text.Draw(&out, s.textLines(c), h, c)
	} else {
		s.at[s.tab].Show(&out, d, h, 0, c.Theme.Accent.Render(c.Theme.Glyphs.Marker))
		if c.Size.Wide {
			lines := page.Whole(h+1, page.Parts(s.paneParts(c, r), c.Size.W-listWidth(c)-barW, c.Theme)...)
			lines = lines[min(1, len(lines)):] // nothing is above the first part
			out.Side = &ui.Side{Lines: lines, At: listWidth(c), From: y}
		}
	}
	if len(out.Rows) == 0 && s.text == nil { // nothing can be chosen here: what Enter does is read first
		out.Cursor = &ui.Point{X: 0, Y: max(min(1, headHeight(c)-1), 0)}
	}
	out.CutTo(c.Size)
	return out
}

func headSays(c *ui.Context) string {
	if r, open := c.Profile.OpenReview(); open {
		return "review of " + r.On.Short() + " is open"
	}
	says, _ := plan.ReviewSays(c.Profile, c.Today)
	return says
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

// line is a row: its name, what Enter does there in words and in deed, and quiet words below it.
func line(key, name, does string, enter ui.Then, says ...string) block {
	return block{Row: page.Row{Key: key, Name: name, Does: does, Enter: enter, Says: says}}
}

// ticked gives a row the sign of something that is done or still to do.
func ticked(done bool, b block) block {
	b.Sign = lists.Pick(done, page.Done, page.Open)
	return b
}

// under puts a heading or a text above some rows; nothing where there are none.
func under(head block, rows []block) []block {
	if len(rows) == 0 {
		return nil
	}
	return append([]block{head}, rows...)
}

// blocks are the parts of the page, from top to bottom. If the last row is only read, Enter there goes on to the next
// page.
func (s *Screen) blocks(c *ui.Context) []block {
	out := [...]func(*ui.Context) []block{
		s.prepareBlocks, s.meetBlocks, s.afterBlocks, s.trialBlocks, s.chanceBlocks,
	}[s.tab](c)
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
	if s.tab < afterTab && read >= 0 {
		out[read].Does = "go on to " + tabKeys()[s.tab+1].Names[0]
	}
	return out
}

func (s *Screen) flow(c *ui.Context) *page.Flow {
	d := &page.Flow{Theme: c.Theme, W: max(listWidth(c), 1), Rows: s.trialRows(c)}
	d.Lay(s.blocks(c), c.Size.H >= roomyFrom)
	return d
}

// rows are those that the cursor moves among. A rehearsal shows one question at a time, but the cursor has all of them.
func (s *Screen) rows(c *ui.Context) []page.Row {
	s.learn(c) // after a change
	if all := s.trialRows(c); all != nil {
		return all
	}
	return page.RowsOf(s.blocks(c))
}

func (s *Screen) chosen(c *ui.Context) page.Row {
	r, _ := s.at[s.tab].Chosen(s.rows(c))
	return r
}
