// Package mentor is the screen for the mentor who sits beside the learner. First the mentor rates blind: what that part
// draws and asks is made from a context out of which everything the learner said has been taken, so that no frame can
// betray it. Then, when both are ready, it shows only where the two differ, for them to agree a level with a reason or
// to record that they differ. Nothing is ever averaged.
package mentor

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

type mode int

const (
	introMode  mode = iota // what this is, for who sits down at it for the first time
	pickMode               // which duty
	rateMode               // one KSB
	revealMode             // where the two differ
)

// Screen is the Mentor screen.
type Screen struct {
	mode       mode
	sheet      bool            // a mentor elsewhere fills a rating sheet: nobody to look at it with
	who        safetext.Text   // the mentor
	before     safetext.Text   // the mentor of the visit before
	met        []safetext.Text // who met or rated before this visit
	duty       int             // index of the duty that is picked
	ksb        string          // the KSB in hand
	all        bool            // after a duty the walk goes on to the next
	choice     int             // the level that is pointed at, or levels.Nowhere
	last       string          // the KSB that was rated just now, which a note would be for
	beforeLast string          // what that was before the newest rating
	arrived    bool            // the duty was come to by rating the last of another
	looked     bool            // the KSB in hand was looked for before the mentor said their name
	given      map[string]int  // how often each KSB was rated on this visit
	entry      ui.Coached

	differs page.List // the cursor of the reveal
}

// New returns the Mentor screen as it first opens.
func New() *Screen { return &Screen{choice: levels.Nowhere, given: map[string]int{}} }

// Blind says whether the learner's ratings are to stay hidden. The root keeps everything else that shows them, such as
// the finder, away from the screen for as long.
func (s *Screen) Blind() bool { return s.mode != revealMode }

// Escape goes back from a KSB to the duties.
func (s *Screen) Escape(*ui.Context) bool {
	if s.mode != rateMode {
		return false
	}
	s.mode = pickMode
	return true
}

// InHand is the KSB of the chosen difference. While the mentor rates blind there is nothing in hand.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if s.Blind() {
		return ui.Hand{}
	}
	d, _ := s.differenceAt(c)
	return ui.Holding(c, d.KSB)
}

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg.(type) {
	case ui.EnterMsg, ui.BackMsg:
		s.enter()
		s.met = c.Profile.MetBefore()
	}
	defer s.settle(c)
	if s.mode == revealMode {
		return s.revealed(msg, c)
	}
	return s.blind(msg, s.blindfold(c)) // everything but the reveal
}

// enter always starts blind and without a name: today's mentor may not be last time's, and may not have seen the
// ratings. A sheet has one mentor.
func (s *Screen) enter() {
	s.choice, s.last, s.looked, s.given = levels.Nowhere, "", false, map[string]int{}
	s.mode = introMode
	switch {
	case s.sheet && !s.who.Empty():
		s.mode = pickMode
	case !s.who.Empty():
		s.before, s.who = s.who, safetext.Text{}
	}
}

func (s *Screen) blind(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.UndoneMsg:
		was := s.beforeLast
		s.undone(msg.Change, c)
		if msg.Slip {
			s.last = was
		}
	case ui.FoundMsg:
		return s.found(msg.KSB, c)
	case ui.RowMsg:
		s.last = ""
		return s.click(msg.Index, c)
	case ui.WheelMsg:
		s.last = ""
		s.point(msg.Lines, c)
	case tea.KeyPressMsg:
		at := s.place()
		asks := s.press(msg, c)
		if s.place() != at {
			s.last = ""
		}
		return asks
	}
	return nil
}

// place is where the mentor is and what they point at. Until it changes, w is for the KSB that was just rated.
func (s *Screen) place() [4]any { return [4]any{s.mode, s.duty, s.ksb, s.choice} }

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch s.mode {
	case pickMode:
		if asks, ok := s.inDuties(msg, c); ok {
			return asks
		}
	case rateMode:
		if l, ok := digit(msg); ok {
			return s.rate(l, c)
		}
	}
	return s.board(c).Press(msg, c)
}

func (s *Screen) inDuties(msg tea.Msg, c *ui.Context) ([]ui.Ask, bool) {
	l, t := s.duties(c)
	asks, ok := l.Update(msg, t, c)
	if s.mode == pickMode {
		s.duty = l.At(t.Rows)
	}
	return asks, ok
}

func digit(msg tea.KeyPressMsg) (level.Level, bool) { return ui.LevelKey(msg, ui.Digits(""), none()) }

func none() key.Binding { return ui.Bind("n", "no opportunity in the post", "n") }

// settle keeps the cursor on its KSB in a list that may have changed, and fetches its coaching.
func (s *Screen) settle(c *ui.Context) {
	if s.mode == revealMode {
		t := s.table(s.reveal(c), c)
		s.differs.Settle(t)
		r, _ := s.differs.Chosen(t.Rows)
		s.ksb = r.Key
	}
	s.entry.Fetch(c, s.ksb)
}

// Keys are the bindings of the screen. They depend on the part that is shown and on nothing that anybody rated.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	if s.mode == revealMode {
		return s.revealBoard(c.Size.Narrow).Keys
	}
	return s.board(c).Keys
}

// board has the keys of the part that is shown. Where there is little room, on a narrow terminal or beside a note on
// what was rated just now, the words of the footer are short.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	elsewhere := s.last != "" && (s.last != s.ksb || s.mode == pickMode) // w is for a KSB that is not the one shown
	brief := c.Size.Narrow || elsewhere
	short := lists.Pick[string]
	reveal := func(words string) {
		if !s.sheet {
			b.Foot(words, ui.Bind("v", "look at the differences together", "v"), ui.Asking(s.askReady()))
		}
	}
	who := b.Hide(ui.Bind("i", "who is rating", "i"), s.askName)
	if s.mode == introMode {
		b.Foot("give your name and begin", page.Enter(), s.askName)
		reveal("look together")
		b.Others(who)
		b.Undo(false)
		return &b
	}
	writes := "note"
	if elsewhere {
		writes = short(c.Size.Narrow, "note ", "note on ") + s.last
	}
	note := ui.Worded(b.Hide(ui.Bind("w", "write what you saw", "w"), s.askNote), writes)
	scope := b.Hide(ui.Bind("a", "all duties in turn, or one at a time", "a"), s.changeScope)
	left, right := ui.Bind("←", "KSB before", "left", "h"), ui.Bind("→", "KSB after, without a rating", "right", "l")
	nextDuty, prevDuty := ui.Bind("]", "next duty", "]"), ui.Bind("[", "duty before", "[")
	m := ui.NewMoves("line above", "line below", "to the first", "to the last")
	b.Others(m.All()...)
	if s.mode == pickMode {
		b.Foot(short(brief, "rate", "rate this duty"), page.Enter(), nil)
		if s.sheet {
			b.Foot("done", ui.Bind("esc", "", "esc"), nil)
		}
		reveal(short(brief, "look", "look together"))
		if elsewhere {
			b.Footer = append(b.Footer, note)
			b.Undo(true)
		}
		b.Footer = append(b.Footer, ui.Worded(scope, "all in turn"), ui.Worded(who, "name"))
		if !elsewhere {
			b.Undo(true)
		}
		b.Tell(left, s.pointing(-1))
		b.Tell(right, s.pointing(1))
		b.Tell(nextDuty, s.pointing(1))
		b.Tell(prevDuty, s.pointing(-1))
		s.numberDuties(&b, c)
		return &b
	}
	last := len(c.Standard.Duties) - 1
	b.Foot("rate", ui.Digits("rate and go on"), nil)
	b.Foot("no chance", none(), nil)
	b.Footer = append(b.Footer, note)
	b.Undo(true)
	duties := b.Hide(ui.Bind("d", "choose a duty", "d"), ui.Just(func(*ui.Context) { s.mode = pickMode }))
	if !c.Size.Narrow {
		b.Footer = append(b.Footer, ui.Worded(duties, "duties"))
	}
	reveal(short(brief, "look", "look together"))
	b.Foot("KSB", ui.Named(left, "←→", ""), s.stepping(-1))
	b.Tell(right, s.stepping(1))
	b.Tell(nextDuty, ui.Just(func(c *ui.Context) { s.openDuty(min(s.duty+1, last), c) }))
	b.Tell(prevDuty, ui.Just(func(c *ui.Context) { s.openDuty(max(s.duty-1, 0), c) }))
	b.Tell(page.Enter(), s.rateOrGoOn)
	b.Others(scope, who)
	if c.Size.Narrow {
		b.Others(duties)
	}
	b.Hide(m.Up, s.pointing(-1))
	b.Hide(m.Down, s.pointing(1))
	b.Hide(m.PageUp, s.stepping(-1))
	b.Hide(m.PageDown, s.stepping(1))
	b.Hide(m.Top, s.stepping(-len(c.Standard.Walk())))
	b.Hide(m.Bottom, s.stepping(len(c.Standard.Walk())))
	b.NoLevels()
	return &b
}

func (s *Screen) pointing(n int) ui.Then { return ui.Just(func(c *ui.Context) { s.point(n, c) }) }

func (s *Screen) stepping(n int) ui.Then { return ui.Just(func(c *ui.Context) { s.step(n, c) }) }

// numberDuties has a digit point at the duty of that number and no more, since the key may have been meant to rate one
// KSB more of the duty before.
func (s *Screen) numberDuties(b *ui.Board, c *ui.Context) {
	number := ui.Bind("1-9, 0", "to the duty of that number, 0 for the tenth",
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "kp1", "kp2", "kp3", "kp4", "kp5", "kp6", "kp7", "kp8", "kp9",
		"kp0")
	b.Others(number)
	for i, d := range c.Standard.Duties {
		if digit := strconv.Itoa(d.Number % 10); d.Number <= 10 {
			b.Hide(ui.Bind("", "", digit, "kp"+digit), ui.Just(func(*ui.Context) { s.duty = i }))
		}
	}
}

func (s *Screen) changeScope(*ui.Context) []ui.Ask {
	if s.all = !s.all; s.all {
		return ui.Asks(ui.Say{Text: "All duties in turn: after one duty the next one comes by itself."})
	}
	return ui.Asks(ui.Say{Text: "One duty at a time: after each you choose the next."})
}

// revealBoard leaves out of a narrow footer what Enter's menu offers too.
func (s *Screen) revealBoard(narrow bool) *ui.Board {
	var b ui.Board
	chosen := func(ask func(appraisal.Difference, *ui.Context) []ui.Ask) ui.Then {
		return func(c *ui.Context) []ui.Ask {
			if d, ok := s.differenceAt(c); ok {
				return ask(d, c)
			}
			return nil
		}
	}
	b.Others(ui.NewMoves("line above", "line below", "to the first", "to the last").All()...)
	b.Foot("settle", page.Enter(), nil)
	b.Put(!narrow, "agree", ui.Digits("agree this level"), nil)
	b.Others(none())
	b.Put(!narrow, "differ", ui.Bind("d", "record that you differ", "d"), chosen(s.askDiffer))
	b.Foot("equal", ui.Bind("=", "agree all equal ratings", "="), s.agreeEqual)
	b.Put(!narrow, "change", ui.Bind("c", "the mentor changes a level, beside the learner", "c"), chosen(s.askChange))
	if !narrow {
		b.Undo(true)
	}
	b.Foot("blind", ui.Bind("b", "back to blind rating", "b"), ui.Just(func(*ui.Context) { s.mode = pickMode }))
	if narrow {
		b.Undo(true)
	}
	return &b
}

// Sheet makes the screen for a mentor elsewhere who fills a rating sheet. The context's standard holds what the sheet
// asks for and nothing else. By is who rates according to the sheet; it may be empty.
func Sheet(by safetext.Text) *Screen {
	s := New()
	s.sheet, s.who = true, by
	s.enter()
	return s
}

const (
	sheetHelp = "For the mentor. This is a rating sheet that a learner has sent you: rate what you have seen of " +
		"them, duty by duty, against the words of each level.\nNothing that the learner said of their own level is " +
		"in it.\nLeave out what you have not seen.\nA note says most when it names the situation, what you saw and " +
		"what came of it; name no patient.\nEach rating is saved in the sheet at once.\nEsc leaves when you are " +
		"done; then send the file back."
	allRatedAlone = "You have rated all of them. Esc leaves; then send the file back."
)

func (s *Screen) intro(c *ui.Context) []string {
	if !s.sheet {
		rated := slices.DeleteFunc(s.names(c), func(name safetext.Text) bool { return s.ratedBy(name, c) == 0 })
		return append(slices.Clone(introWords), ratedBefore(rated)...)
	}
	return []string{
		"For the mentor. " + c.Profile.Learner.Name.Line() + " asks you to rate what you have seen of their work. " +
			"Nothing that they said of their own level is in this sheet.",
		introWords[1],
		"Each rating is saved in the sheet at once. Esc leaves when you are done; then send the file back.",
	}
}

// sign puts a changed name on all ratings of a sheet, which has one mentor.
func (s *Screen) sign(c *ui.Context) []ui.Ask {
	if !s.sheet {
		return nil
	}
	batch := profile.Batch{Name: "name"}
	for _, id := range c.Standard.Walk() {
		if r, ok := s.mine(id, c); ok && r.By != s.who {
			batch.Changes = append(batch.Changes, profile.Rate{
				KSB: id, By: profile.Mentor, Level: r.Level, On: c.Today, Who: s.who, Instead: &r.By,
			})
		}
	}
	if len(batch.Changes) == 0 {
		return nil
	}
	return ui.Asks(ui.Do{Change: batch})
}
