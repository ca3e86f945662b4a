// Package rate is the walk: duty by duty, one KSB at a time, a digit rates and moves on. A behaviour is rated once; in
// later duties it comes back as a question for an example. The page at the end of a duty already shows the next KSB,
// so that a digit pressed too early rates what the learner is looking at.
package rate

import (
	"cmp"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Screen is the Rate screen.
type Screen struct {
	duty       int    // number of the duty that is shown
	ksb        string // the KSB that a digit rates; "" at the end when nothing is left
	first      bool   // ksb is the first that is shown since the learner came to the duty
	second     bool   // ksb is the one after that
	ended      bool   // the page at the end of the duty is shown, with ksb as what comes next
	returnedAt int    // on that page: index in returned of the behaviour that is pointed at
	choice     int    // the level that is pointed at, or levels.Nowhere

	last       string // the KSB that was rated just now, which w and e are for until the learner moves or points
	lastRev    int    // the revision that this rating made
	lastBefore string // what last was before the newest rating

	entry   coaching.Entry
	written bool // there is an entry for ksb

	list  list      // what is due in the round, if the learner chose to rate that
	skips []skipped // the newest last
}

// skipped is where the learner was when they skipped a KSB, and the revision of the newest change at that time. Until
// there is a newer change, undo takes back the skip.
type skipped struct {
	duty   int
	ksb    string
	list   list
	newest int
}

// justRated is a rating that was made just now, with what was true before it.
type justRated struct {
	ksb     string
	rerated bool   // the KSB had a rating already
	inRound bool   // it had one in the open round
	opens   string // the name of the round that this rating opened, or "" if it was open or is the first one
}

// New returns the Rate screen as it first opens.
func New() *Screen { return &Screen{choice: levels.Nowhere} }

// InHand is the KSB that an example would be for: the one that was rated just now, else the one that is shown. At the
// end of a duty it is the behaviour that is pointed at, or none.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	behaviours := s.returned(c)
	switch {
	case s.last != "":
		return ui.Hand{KSBs: []string{s.last}, Duty: c.Standard.Home(s.last)}
	case s.ended && s.returnedAt < len(behaviours):
		return ui.Hand{KSBs: []string{behaviours[s.returnedAt]}, Duty: s.duty}
	case s.ended || s.ksb == "":
		return ui.Hand{}
	}
	return ui.Hand{KSBs: []string{s.ksb}, Duty: s.duty}
}

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.list = s.list.current(c.Profile)
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.duty = 0 // so that the text of the duty is shown, even if it is the same duty as before
		s.skips = nil
		asks := s.enter(msg.Go, c)
		if says := joined(roundNotice(c), c.WaitingNotes()); says != "" {
			asks = append(asks, ui.Say{Text: says})
		}
		return asks
	case ui.UndoneMsg:
		before := s.lastBefore
		asks := s.undone(msg.Change, c)
		if msg.Slip {
			s.last = before
		}
		return asks
	case ui.RowMsg:
		return s.click(msg.Index, c)
	case ui.WheelMsg:
		s.point(msg.Lines, c)
	case tea.KeyPressMsg:
		if l, ok := ui.LevelKey(msg, digits(), none()); ok {
			return s.rate(l, c)
		}
		return s.board(c).Press(msg, c)
	}
	return nil
}

// roundNotice is what to know before the first rating: that it opens a round, or for a newcomer that this is no test.
func roundNotice(c *ui.Context) string {
	switch id := roundToOpen(c); {
	case id != "":
		return "No round is open: your next rating opens " + id + "."
	case len(c.Profile.Rounds) == 0:
		return firstOfAll
	}
	return ""
}

func (s *Screen) rate(l level.Level, c *ui.Context) []ui.Ask {
	if s.ksb == "" {
		return ui.Asks(ui.Say{Text: allRated})
	}
	row, _ := c.Report.Row(s.ksb)
	change := profile.Rate{KSB: s.ksb, By: profile.Self, Level: l, On: c.Today}
	if note, ok := c.WaitingNote(s.ksb); ok {
		change.Note = &note
	}
	round, _ := c.Profile.Open()
	rated := justRated{s.ksb, row.Rated, round.Holds(s.ksb), roundToOpen(c)}
	return ui.Asks(ui.Do{Change: change, Then: func(c *ui.Context) []ui.Ask { return s.afterRating(rated, c) }})
}

// roundToOpen is the name of the round that the next rating opens; "" while one is open, and for the first round.
func roundToOpen(c *ui.Context) string {
	if _, open := c.Profile.Open(); open || len(c.Profile.Rounds) == 0 {
		return ""
	}
	return profile.RoundName(c.Profile.NextRound())
}

func (s *Screen) afterRating(rated justRated, c *ui.Context) []ui.Ask {
	row, _ := c.Report.Row(rated.ksb)
	fromEnd, wasFirst, last := s.ended, s.first && !s.ended, s.last
	if s.ended {
		s.duty = c.Standard.Home(rated.ksb)
		s.list.followed = s.list.followed || s.list.place(rated.ksb) > 0
	}
	s.show(s.duty, rated.ksb, c) // move looks for the next one from here
	asks := append(ui.Asks(ui.Wait{KSB: rated.ksb, Taken: true}), s.move(rated, c)...)
	s.last, s.lastBefore, s.lastRev = rated.ksb, last, c.Newest
	s.first = s.first || fromEnd
	s.second = wasFirst && !s.first
	if line := joined(opened(rated.opens), ratedLine(c, row)); line != "" {
		asks = append(asks, ui.Say{Text: line})
	}
	return asks
}

// move goes on after a rating: along the list if that is followed, else to the next KSB of the duty, or to its end.
func (s *Screen) move(rated justRated, c *ui.Context) []ui.Ask {
	if s.onList() {
		if left := s.list.left(rated.ksb, c); len(left) > 0 {
			return s.follow(left[0], c)
		}
		return s.endList(c)
	}
	if next := nextInDuty(c, s.duty, rated); next != "" {
		return s.walkTo(s.duty, next, c)
	}
	return s.end(c)
}

func (s *Screen) undone(change profile.Change, c *ui.Context) []ui.Ask {
	r, ok := change.(profile.Rate)
	if !ok {
		return nil
	}
	followed := s.list.followed
	asks := s.goTo(r.KSB, c)
	s.list.followed = followed // show stops following at the end of the list
	return asks
}

// undo takes back the last thing that was done: a skip, or a change.
func (s *Screen) undo(c *ui.Context) []ui.Ask {
	if !s.skippedLast(c) {
		return ui.Asks(ui.Undo{})
	}
	n := len(s.skips) - 1
	skip := s.skips[n]
	s.skips = s.skips[:n]
	asks := s.walkTo(skip.duty, skip.ksb, c)
	s.list = skip.list
	return append(asks, ui.Say{Text: "Undone: " + skip.ksb + " is not skipped."})
}

// skippedLast says whether a skip is the last thing that was done.
func (s *Screen) skippedLast(c *ui.Context) bool {
	n := len(s.skips)
	return n > 0 && s.skips[n-1].newest == c.Newest
}

// rateOrGoOn is Enter: rate at the level that is pointed at, else go on to the next duty or to what is not rated.
func (s *Screen) rateOrGoOn(c *ui.Context) []ui.Ask {
	switch {
	case s.choice != levels.Nowhere:
		return s.rate(levels.Pointed(s.choice), c)
	case s.ended && s.ksb == "":
		return ui.Asks(ui.Go{To: ui.Gaps})
	case s.ended:
		s.list.followed = s.list.followed || s.list.place(s.ksb) > 0
		return s.goTo(s.ksb, c)
	case !s.mayGoOn(c):
		return ui.Asks(ui.Say{Text: chooseFirst(c.Theme)})
	}
	if ksb := s.list.resumeAt(c); ksb != "" {
		return s.follow(ksb, c)
	}
	if next := s.nextAnywhere(c, s.ksb); next != "" {
		return s.goTo(next, c)
	}
	return ui.Asks(ui.Go{To: ui.Gaps})
}

// mayGoOn says whether Enter may leave this KSB: when it is rated or, on the list, rated in this round. While the list
// waits Enter always goes back to it.
func (s *Screen) mayGoOn(c *ui.Context) bool {
	open, _ := c.Profile.Open()
	row, _ := c.Report.Row(s.ksb)
	switch {
	case s.onList():
		return open.Holds(s.ksb)
	case len(s.list.left("", c)) > 0:
		return true
	}
	return row.Rated
}

func (s *Screen) click(row int, c *ui.Context) []ui.Ask {
	switch {
	case row >= clickBack:
		s.returnedAt, s.last = row-clickBack, ""
		return nil
	case s.choice == row:
		return s.rate(levels.Pointed(row), c)
	}
	// The first click only points: it may have been meant to bring the window to the front.
	s.choice, s.last = row, ""
	return nil
}

// point moves the pointer among the levels or, at the end of a duty, among the behaviours that came back. Among the
// levels it starts from the one that the KSB has.
func (s *Screen) point(n int, c *ui.Context) {
	s.last = ""
	if s.ended {
		s.returnedAt = max(min(s.returnedAt+n, len(s.returned(c))-1), 0)
		return
	}
	if s.choice != levels.Nowhere {
		s.choice = levels.Moved(s.choice, n)
		return
	}
	s.choice = 0
	if row, _ := c.Report.Row(s.ksb); row.NoOpportunity() {
		s.choice = levels.Opportunity
	} else if row.Rated {
		s.choice = levels.Moved(int(row.Level), n)
	}
}

func (s *Screen) askExample(c *ui.Context) []ui.Ask {
	hand := s.InHand(c)
	if len(hand.KSBs) == 0 {
		return nil
	}
	ksb := hand.KSBs[0]
	row, _ := c.Report.Row(ksb)
	e, _ := c.Library.Entry(c.Standard.Reference, ksb)
	return ui.Asks(forms.Example(c, ksb, hand.Duty, e.PromptAt(plan.From(row))))
}

func (s *Screen) askNote(c *ui.Context) []ui.Ask {
	ksb := cmp.Or(s.last, s.ksb)
	if ksb == "" {
		return ui.Asks(ui.Say{Text: allRated})
	}
	round, _ := c.Profile.Open()
	note, waiting := c.WaitingNote(ksb)
	if !waiting {
		note = round.Ratings[profile.Self][ksb].Note
	}
	keep := func(v ui.Values, c *ui.Context) []ui.Ask { return keepNote(ksb, v["note"], c) }
	return ui.Asks(ui.Edit{Then: keep, Form: ui.Form{
		Key: "note:" + ksb, Title: "A note on " + ksb + " " + c.Title(ksb), Send: "keep the note",
		Says: "For yourself and your next review. " + forms.NoPatients, Models: forms.Notes(c, ksb),
		Fields: []ui.Field{{ID: "note", Label: "Note", Value: note.Raw(), Lines: 4}},
	}})
}

// keepNote keeps a note with the rating of this round, or until there is one. An empty note removes what was kept.
func keepNote(ksb, note string, c *ui.Context) []ui.Ask {
	kept, waits := "Note kept with "+ksb+".", "The note goes with your rating of "+ksb+": now rate it."
	if note == "" {
		kept = "Your note on " + ksb + " is gone; u brings it back."
		waits = "No note waits for your rating of " + ksb + " any more."
	}
	round, _ := c.Profile.Open()
	if _, ok := round.Ratings[profile.Self][ksb]; !ok {
		return ui.Asks(ui.Wait{KSB: ksb, Note: note}, ui.Say{Text: waits})
	}
	return ui.Asks(ui.Do{Change: profile.Note{KSB: ksb, Text: safetext.New(note)}, Then: ui.Saying(kept)})
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(c).Keys }

func digits() key.Binding { return ui.Digits("rate and go on") }

func none() key.Binding { return ui.Bind("n", "no opportunity in my post", "n") }

// board says in the footer which KSB w and e are for, when that is the one rated just now.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	missed, justRated := s.missed(c), s.last != ""
	offList := func(move func(int, *ui.Context) []ui.Ask, n int) ui.Then {
		return func(c *ui.Context) []ui.Ask { return s.offList(func() []ui.Ask { return move(n, c) }, c) }
	}
	if s.ended {
		b.Hide(ui.Bind("→", "", "right", "l"), s.rateOrGoOn)
	}
	enter := b.Hide(ui.Bind("enter", "rate at the level you point at, or go on", "enter"), s.rateOrGoOn)
	up := b.Hide(ui.Bind("↑", "point at a level", "up", "k"), ui.Just(func(c *ui.Context) { s.point(-1, c) }))
	down := b.Hide(ui.Bind("↓", "point at a level", "down", "j"), ui.Just(func(c *ui.Context) { s.point(1, c) }))
	left := b.Hide(ui.Bind("←", "KSB before", "left", "h"), offList(s.step, -1))
	b.Hide(ui.Bind("→", "KSB after", "right", "l"), offList(s.step, 1))
	nextDuty := b.Hide(ui.Bind("]", "next duty", "]"), offList(s.jumpDuty, 1))
	prevDuty := b.Hide(ui.Bind("[", "previous duty", "["), offList(s.jumpDuty, -1))
	skip := b.Hide(ui.Bind("s", "skip for now", "s"), s.skip)
	example := b.Hide(ui.Bind("e", "give an example", "e"), s.askExample)
	note := b.Hide(ui.Bind("w", "write a note", "w"), s.askNote)
	undo := b.Hide(ui.Bind("u", s.undoName(c), "u"), s.undo)
	coach := ui.Bind("c", "all the coaching of this KSB", "c")
	if s.ksb != "" {
		b.Hide(coach, ui.Asking(ui.Go{To: ui.KSB, KSB: s.ksb}))
	}
	b.NoLevels()

	ofExample, ofNote := ui.Worded(example, "example"), ui.Worded(note, "note")
	switch {
	case justRated && c.Size.Narrow:
		ofExample, ofNote = ui.Worded(example, "example "+s.last), ui.Worded(note, "note "+s.last)
	case justRated:
		ofExample, ofNote = ui.Worded(example, "example of "+s.last), ui.Worded(note, "note on "+s.last)
	}
	foot := func(keys ...key.Binding) { b.Footer = append(b.Footer, keys...) }
	rate := ui.Named(digits(), "0-4 n", "rate") // the levels on the page say what n means
	if s.ended {
		foot(ui.Worded(enter, "go on"))
		if len(missed) > 0 {
			foot(ui.Worded(skip, "back to "+missed[0]))
		}
		if s.ksb != "" {
			foot(ui.Worded(rate, "rate "+s.ksb))
			b.Others(none())
		}
		foot(undo)
		if justRated || len(s.returned(c)) > 0 {
			foot(ofExample)
		}
		if justRated {
			foot(ofNote)
		}
		b.Others(up, down, left, nextDuty, prevDuty)
		return &b
	}
	skip = ui.Worded(skip, "skip")
	switch {
	case justRated && c.Size.Narrow:
		foot(rate, undo, ui.Worded(example, "example"), ofNote, skip)
	case justRated:
		foot(rate, undo, ofExample, ofNote, skip)
	case c.Size.Narrow:
		foot(rate, ofExample, undo, skip, ofNote)
	default:
		foot(ui.Worded(digits(), "rate"), ui.Worded(none(), "no opportunity"), ofExample, undo, skip, ofNote)
	}
	foot(nextDuty, ui.Worded(coach, "coaching"), ui.Named(left, "←→", "KSB"))
	b.Others(ui.Named(up, "↑↓", "point at a level"), enter, prevDuty)
	if c.Size.Narrow || justRated {
		b.Others(none()) // the footer only has "0-4 n"
	}
	return &b
}

// undoName says what u takes back, if that is a skip or the rating that was made just now.
func (s *Screen) undoName(c *ui.Context) string {
	switch {
	case s.skippedLast(c):
		return "undo skip"
	case s.last != "" && s.lastRev == c.Newest:
		return "undo " + s.last
	}
	return "undo"
}
