// Package mentor is the screen for the mentor who sits next to the learner. First the mentor rates blind: that part
// draws and asks only from a context without anything the learner said (see blindfold), so that no frame can give it
// away. Then, when both are ready, the reveal shows only where the two differ, for them to agree a level with a reason
// or to record that they differ. Nothing is ever averaged. The screen is also a rating sheet, for a mentor elsewhere.
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
	introMode  mode = iota // explains the screen, and asks who is rating
	pickMode               // choose a duty
	rateMode               // rate one KSB
	revealMode             // where the two differ
)

// Screen is the Mentor screen.
type Screen struct {
	mode       mode
	sheet      bool            // this is a rating sheet: there is no learner to look at it with
	who        safetext.Text   // the mentor's name; empty until they have said it
	before     safetext.Text   // the mentor of the last visit
	met        []safetext.Text // who met or rated before this visit
	duty       int             // index of the duty that is chosen
	ksb        string          // the KSB that is shown
	all        bool            // after the last KSB of a duty go on to the next duty, without asking
	choice     int             // the level that is pointed at, or levels.Nowhere
	last       string          // the KSB that was rated just now, which a note would be for
	lastBefore string          // what last was before the newest rating
	arrived    bool            // rating the last KSB of another duty led to this one
	found      bool            // ksb was chosen in the finder before the mentor said their name
	given      map[string]int  // how often each KSB was rated on this visit
	coach      ui.Coached

	differences page.List // the cursor of the reveal
}

// New returns the Mentor screen as it first opens.
func New() *Screen { return &Screen{choice: levels.Nowhere, given: map[string]int{}} }

// Blind says whether the learner's ratings must stay hidden. While it is true, the root shows nothing else that could
// give them away either, such as what the finder finds in notes.
func (s *Screen) Blind() bool { return s.mode != revealMode }

// Escape goes back from a KSB to the duties.
func (s *Screen) Escape(*ui.Context) bool {
	if s.mode != rateMode {
		return false
	}
	s.mode = pickMode
	return true
}

// InHand is the KSB of the chosen difference, and nothing while the mentor rates blind.
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
		return s.updateReveal(msg, c)
	}
	return s.updateBlind(msg, s.blindfold(c))
}

// enter always starts blind and without a name: today's mentor may not be the one of the last visit, and may not have
// seen the ratings. On a sheet the mentor is always the same.
func (s *Screen) enter() {
	s.choice, s.last, s.found, s.given = levels.Nowhere, "", false, map[string]int{}
	s.mode = introMode
	switch {
	case s.sheet && !s.who.Empty():
		s.mode = pickMode
	case !s.who.Empty():
		s.before, s.who = s.who, safetext.Text{}
	}
}

func (s *Screen) updateBlind(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.UndoneMsg:
		before := s.lastBefore
		s.undone(msg.Change, c)
		if msg.Slip {
			s.last = before
		}
	case ui.FoundMsg:
		return s.showFound(msg.KSB, c)
	case ui.RowMsg:
		s.last = ""
		return s.click(msg.Index, c)
	case ui.WheelMsg:
		s.last = ""
		s.point(msg.Lines, c)
	case tea.KeyPressMsg:
		before := s.place()
		asks := s.press(msg, c)
		if s.place() != before {
			s.last = ""
		}
		return asks
	}
	return nil
}

// place is what is shown and pointed at. Once it changes, w is no longer for the KSB that was just rated.
func (s *Screen) place() [4]any { return [4]any{s.mode, s.duty, s.ksb, s.choice} }

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch s.mode {
	case pickMode:
		if asks, ok := s.updateDuties(msg, c); ok {
			return asks
		}
	case rateMode:
		if l, ok := digit(msg); ok {
			return s.rate(l, c)
		}
	}
	return s.board(c).Press(msg, c)
}

// updateDuties handles a message in the list of duties. It says whether the message was for the list.
func (s *Screen) updateDuties(msg tea.Msg, c *ui.Context) ([]ui.Ask, bool) {
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
		s.differences.Settle(t)
		r, _ := s.differences.Chosen(t.Rows)
		s.ksb = r.Key
	}
	s.coach.Fetch(c, s.ksb)
}

// Keys depends only on the part that is shown, never on what anybody rated: a footer must not give a rating away.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	if s.mode == revealMode {
		return s.revealBoard(c.Size.Narrow).Keys
	}
	return s.board(c).Keys
}

// board has the keys of the blind part. The words of the footer are short on a narrow terminal, and where one of them
// names the KSB that a note would be for.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	noteElsewhere := s.last != "" && (s.last != s.ksb || s.mode == pickMode) // w is for a KSB that is not shown
	brief := c.Size.Narrow || noteElsewhere
	either := lists.Pick[string]
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
	noteWords := "note"
	if noteElsewhere {
		noteWords = either(c.Size.Narrow, "note ", "note on ") + s.last
	}
	note := ui.Worded(b.Hide(ui.Bind("w", "write what you saw", "w"), s.askNote), noteWords)
	scope := b.Hide(ui.Bind("a", "all duties in turn, or one at a time", "a"), s.changeScope)
	left, right := ui.Bind("←", "KSB before", "left", "h"), ui.Bind("→", "KSB after, without a rating", "right", "l")
	nextDuty, prevDuty := ui.Bind("]", "next duty", "]"), ui.Bind("[", "previous duty", "[")
	m := ui.NewMoves("line above", "line below", "to the first", "to the last")
	b.Others(m.All()...)
	if s.mode == pickMode {
		b.Foot(either(brief, "rate", "rate this duty"), page.Enter(), nil)
		if s.sheet {
			b.Foot("done", ui.Bind("esc", "", "esc"), nil)
		}
		reveal(either(brief, "look", "look together"))
		if noteElsewhere {
			b.Footer = append(b.Footer, note)
			b.Undo(true)
		}
		b.Footer = append(b.Footer, ui.Worded(scope, "all in turn"), ui.Worded(who, "name"))
		if !noteElsewhere {
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
	reveal(either(brief, "look", "look together"))
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

// numberDuties makes a digit point at the duty of that number. It does not open it, since the key may have been meant
// to rate another KSB of the duty before.
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
	s.all = !s.all
	if s.all {
		return ui.Asks(ui.Say{Text: "All duties in turn: after one duty the next one comes by itself."})
	}
	return ui.Asks(ui.Say{Text: "One duty at a time: after each you choose the next."})
}

// revealBoard has the keys of the reveal. A narrow footer leaves out those that the menu of Enter offers too.
func (s *Screen) revealBoard(narrow bool) *ui.Board {
	var b ui.Board
	ofChosen := func(ask func(appraisal.Difference, *ui.Context) []ui.Ask) ui.Then {
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
	b.Put(!narrow, "differ", ui.Bind("d", "record that you differ", "d"), ofChosen(s.askDiffer))
	b.Foot("equal", ui.Bind("=", "agree all equal ratings", "="), s.agreeEqual)
	change := ui.Bind("c", "the mentor changes a level, together with the learner", "c")
	b.Put(!narrow, "change", change, ofChosen(s.askChange))
	if !narrow {
		b.Undo(true)
	}
	b.Foot("blind", ui.Bind("b", "back to blind rating", "b"), ui.Just(func(*ui.Context) { s.mode = pickMode }))
	if narrow {
		b.Undo(true)
	}
	return &b
}

// Sheet returns the screen as a rating sheet, for a mentor elsewhere to fill in. The standard of its context must hold
// only what the sheet asks for. By is the mentor that the sheet names, and may be empty.
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

// sign puts the mentor's name on all ratings of a sheet, after it was changed.
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
