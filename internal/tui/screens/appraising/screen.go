// Package appraising is the screen for an appraisal or review. It has five pages: what to bring, the agenda with the
// actions of last time, what is agreed afterwards, a rehearsal alone, and the chances to ask for. Comparing the two
// people's ratings is not part of it: the Mentor screen does that, and this one leads there.
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
	lists   [tabs]page.List // each page keeps its own cursor
	minutes int             // the length of the meeting
	text    *reading        // a document shown in place of the page, or nil
	read    string          // the record as it was last read
	trial   trial           // the rehearsal
	untimed bool            // the timer of the rehearsal is hidden
	cache   cache
	coach   ui.Coached
	open    string          // the key of the row that is unfolded, or ""
	files   map[string]bool // by ID of a piece of evidence that names a file: is the file there? nil until it is known
}

// cache is what takes time to work out, once for each revision of the record and each day.
type cache struct {
	rev     int
	today   calendar.Date
	pack    appraisal.Pack
	page    []appraisal.Section
	due     []appraisal.Forward
	record  string // of the open review, or ""
	changed string // why the record of the last closed review no longer has its check code, or ""
}

const usualMinutes = 60

// New returns the Appraisal screen as it first opens.
func New() *Screen { return &Screen{minutes: usualMinutes} }

func (s *Screen) Help() string {
	return "Prepare is one page to bring to a review; Enter opens a line, and unfolds what is below the page.\nMeet " +
		"is its agenda: the learner speaks first, every action of last time is checked before new ones are set, and " +
		"on the mentor's screen you compare what each of you rated alone. A part of it is ticked when your record " +
		"shows that it is done; what no record shows, such as what went well, you tick yourselves.\nAfter asks the " +
		"three closing questions, sets the next date and closes the review with a record.\nA review that was started " +
		"by mistake can be taken back from both pages.\nRehearse asks you questions beforehand.\nOpportunity turns " +
		"what your post gives no chance to try into requests.\nWith a mentor who works elsewhere, o makes a rating " +
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
		s.files = x.Found // may come while another screen is shown, so no time is added to the timer of a rehearsal
		return nil
	}
	s.refresh(c)
	from := s.tab
	asks := s.handle(msg, c)
	_, entered := msg.(ui.EnterMsg)
	_, back := msg.(ui.BackMsg)
	if c.Profile.Meeting() && (entered || s.tab != from) { // the mentor may look now: hide what is the learner's alone
		if s.open == privateFold {
			s.open = ""
		}
		s.pauseTrial(c)
	}
	s.tick(c, entered || back)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch {
	case s.text == nil:
		if asks, ok := s.lists[s.tab].Walk(msg, s.rows(c), max(bodyHeight(c)/3, 1), c); ok {
			return asks
		}
	case s.text.Update(msg, len(s.textLines(c)), bodyHeight(c)):
		return nil
	}
	switch msg := msg.(type) {
	case ui.EnterMsg: // show the meeting if one is under way, else a rehearsal that was being read, else Prepare
		s.text = nil
		r, open := c.Profile.OpenReview()
		if open && !r.On.After(c.Today) {
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

// goOn is Enter on a row that is only to be read: it goes to the next row, and from the last one to the next page.
func (s *Screen) goOn(c *ui.Context) []ui.Ask {
	rows := s.rows(c)
	switch {
	case s.lists[s.tab].At(rows) < len(rows)-1:
		s.step(c)
	case s.tab < afterTab: // from Prepare to Meet, and from Meet to After
		s.show(c, s.tab+1, "")
		s.lists[s.tab] = page.List{}
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
		if x.Talked != nil { // go to the part whose tick was undone
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

// editedRow is the row on After that shows what a change changed, or "".
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

// Escape goes back from a document to the page, and from a rehearsal to the list of all. It says whether it did.
func (s *Screen) Escape(c *ui.Context) bool {
	if s.text != nil {
		s.text = nil
		return true
	}
	return s.pauseTrial(c)
}

// InHand is the KSB that the chosen row is about, those of its goal, or the one that the rehearsal asks about.
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

// show turns to a page and puts the cursor on a row, if one is named and is there.
func (s *Screen) show(c *ui.Context, to tab, row string) {
	s.tab, s.text = to, nil
	s.choose(c, row)
}

func (s *Screen) showing(to tab, row string) ui.Then {
	return ui.Just(func(c *ui.Context) { s.show(c, to, row) })
}

// choose puts the cursor on a row, if the page has it.
func (s *Screen) choose(c *ui.Context, row string) {
	rows := s.rows(c)
	if i := slices.IndexFunc(rows, func(r page.Row) bool { return r.Key == row }); i >= 0 {
		s.lists[s.tab].Put(rows, i)
	}
}

// step puts the cursor on the next row.
func (s *Screen) step(c *ui.Context) {
	rows := s.rows(c)
	s.lists[s.tab].Put(rows, s.lists[s.tab].At(rows)+1)
}

// stepAndSay is for ui.Make: once the change is made, it goes to the next row and says a line.
func (s *Screen) stepAndSay(line string) func(*ui.Context) string {
	return func(c *ui.Context) string {
		s.step(c)
		return line
	}
}

// refresh works out the cache again if the record or the day has changed.
func (s *Screen) refresh(c *ui.Context) {
	if s.cache.rev == c.Rev && s.cache.today == c.Today {
		return
	}
	last, _ := c.Profile.LastReview()
	pack := appraisal.Prepare(c.Report, c.Profile, c.Entry, c.Title)
	s.cache = cache{
		rev: c.Rev, today: c.Today, pack: pack, due: appraisal.Due(c.Report, c.Profile),
		page:    appraisal.Sections(c.Report, c.Profile, pack, c.Title, appraisal.You),
		changed: appraisal.Changed(c.Profile, c.Standard, last),
	}
	if r, open := c.Profile.OpenReview(); open {
		s.cache.record = appraisal.Record(c.Profile, c.Standard, r)
	}
}

// settle keeps the cursor on its row on a page that may have changed, and fetches the coaching for the right pane. On a
// page that is shown for the first time it starts at the first part of the agenda that is not done.
func (s *Screen) settle(c *ui.Context) {
	flow, list := s.flow(c), &s.lists[s.tab]
	if *list == (page.List{}) {
		next, _ := lists.First(flow.Rows, func(r page.Row) bool {
			return strings.HasPrefix(r.Key, agendaRow) && r.Sign == page.Open
		})
		list.Choose(next.Key)
	}
	list.SettleOn(flow, bodyHeight(c))
	r, _ := list.Chosen(flow.Rows)
	s.coach.Fetch(c, r.KSB)
}

// tabKeys are letters, since digits choose in the menus of this screen. The one for Prepare also opens the screen from
// Home.
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
	if s.text != nil {
		b.Foot("go on", page.Enter(), ui.Just(func(c *ui.Context) {
			s.text = nil
			s.step(c)
		}))
	} else { // the line above the page says what Enter does; in the footer it would redraw that on every move
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
		state := appraisal.StateOf(c.Profile, c.Standard, r, part)
		if state.ByHand && (!state.Done || r.HasTicked(part)) { // what the record itself shows cannot be ticked
			tick := ui.Bind("space", "tick a part of the meeting that leaves no trace, or take the tick away", "space")
			b.Foot("tick", tick, s.tickPart(r, part, ""))
		}
	}
	b.Foot("rounds", ui.Bind("o", "rounds: open, close, what is due; rating sheets for a mentor elsewhere", "o"),
		s.askRounds)
	b.Foot("private notes", ui.Bind("w", "private notes: wellbeing, workload, support, adjustments", "w"), s.askPrivate)
	if s.tab == prepareTab && c.Report.Tally(0).Rated > 0 { // without ratings there is nothing to write
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
	barW      = 3  // cells between the panes of a wide terminal
	roomyFrom = 15 // lines of a body that has room for empty lines between the parts
	tallFrom  = 30 // lines of a body in which a line of Prepare may take two
)

func listWidth(c *ui.Context) int {
	const least, most = 66, 100
	if c.Size.Wide {
		return min(max(least, (c.Size.W-barW)/2), most)
	}
	return c.Size.W
}

// headHeight is the number of lines above the part that scrolls, which are, as far as there is room: the tabs, what
// Enter does, and an empty line.
func headHeight(c *ui.Context) int { return page.HeadOf(c.Size.H, 5, 9, roomyFrom) }

func bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

func (s *Screen) View(c *ui.Context) ui.Page {
	out := ui.Page{Left: c.Theme.Title.Render("Appraisal"), Right: s.headRight(c)}
	flow := s.flow(c)
	r, _ := s.lists[s.tab].Chosen(flow.Rows)
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
		s.lists[s.tab].Show(&out, flow, h, 0, c.Theme.Accent.Render(c.Theme.Glyphs.Marker))
		if c.Size.Wide {
			lines := page.Whole(h+1, page.Parts(s.paneParts(c, r), c.Size.W-listWidth(c)-barW, c.Theme)...)
			lines = lines[min(1, len(lines)):] // without the empty line above the first part
			out.Side = &ui.Side{Lines: lines, At: listWidth(c), From: y}
		}
	}
	if len(out.Rows) == 0 && s.text == nil { // no row can be chosen, so a screen reader begins at what Enter does
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

// Keys of rows that other code moves the cursor to. After a colon comes an ID or a number.
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

// line is a row. Does says what enter does, and says are quiet words below the row.
func line(key, name, does string, enter ui.Then, says ...string) block {
	return block{Row: page.Row{Key: key, Name: name, Does: does, Enter: enter, Says: says}}
}

// ticked gives a row the sign for done or for still to do.
func ticked(done bool, b block) block {
	b.Sign = lists.Pick(done, page.Done, page.Open)
	return b
}

// under puts a heading or a text above some rows. Without rows there is nothing, not even the heading.
func under(head block, rows []block) []block {
	if len(rows) == 0 {
		return nil
	}
	return append([]block{head}, rows...)
}

// blocks are the parts of the page, from top to bottom. It makes Enter go on from rows that are only to be read: to the
// next row, or from the last row to the next page.
func (s *Screen) blocks(c *ui.Context) []block {
	out := [...]func(*ui.Context) []block{
		s.prepareBlocks, s.meetBlocks, s.afterBlocks, s.trialBlocks, s.chanceBlocks,
	}[s.tab](c)
	if s.tab != prepareTab {
		out = append(out, s.adviceBlocks(c)...)
	}
	last := -1 // the last row, if it is only to be read
	for i := range out {
		if out[i].Key == "" {
			continue
		}
		last = -1
		if out[i].Enter == nil {
			last = i
			out[i].Does, out[i].Enter = cmp.Or(out[i].Does, "go on"), s.goOn
		}
	}
	if s.tab < afterTab && last >= 0 {
		out[last].Does = "go on to " + tabKeys()[s.tab+1].Names[0]
	}
	return out
}

func (s *Screen) flow(c *ui.Context) *page.Flow {
	f := &page.Flow{Theme: c.Theme, W: max(listWidth(c), 1), Rows: s.trialRows(c)}
	f.Lay(s.blocks(c), c.Size.H >= roomyFrom)
	return f
}

// rows are what the cursor moves among. A rehearsal shows one question at a time, but the cursor moves among them all.
func (s *Screen) rows(c *ui.Context) []page.Row {
	s.refresh(c) // the record may have changed since Update began
	if all := s.trialRows(c); all != nil {
		return all
	}
	return page.RowsOf(s.blocks(c))
}

func (s *Screen) chosen(c *ui.Context) page.Row {
	r, _ := s.lists[s.tab].Chosen(s.rows(c))
	return r
}
