// Package rate is the walk: duty by duty, one KSB at a time, a digit rates and moves on. A behaviour is rated once; in
// later duties it comes back as a question for an example. The end of a duty is a page of its own that already shows
// the next KSB, so that Enter goes on and a digit is never lost.
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
	duty    int    // number of the duty that is walked
	ksb     string // the one in hand; "" at the end when nothing is left
	second  bool   // ksb is the one after that
	entered bool   // ksb is the first that is shown of the duty, since something else was
	ended   bool   // the page at the end of the duty is shown, and ksb is the first of what comes next
	back    int    // on that page: which of the behaviours that came back is pointed at
	choice  int    // the level that is pointed at, or none
	last    string // the KSB that was rated just now, which w and e are for until the learner moves or points
	rev     int    // the revision that this rating made
	before  string // what that was before the newest rating
	claim   bool   // it was claimed at 3 or 4, and has no example yet
	entry   coaching.Entry
	coach   bool // whether entry is written

	list list // what is due in the round, when rating began from it

	skips []skipped // the newest last
}

// skipped is where the learner was when a KSB was skipped, and the newest change then: while it still is the newest,
// undo takes back the skip.
type skipped struct {
	duty   int
	ksb    string
	list   list
	newest int
}

// rated is what was true of a KSB before it was rated.
type rated struct {
	ksb   string
	again bool   // it had a rating before
	twice bool   // it had one in the open round
	opens string // the round that it opens after others, or ""
}

// New returns the Rate screen as it first opens.
func New() *Screen { return &Screen{choice: levels.Nowhere} }

// InHand is what an example would be of: the one that was rated just now, the behaviour that is pointed at, else the
// KSB that is shown, and nothing at the end of a duty.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	list := s.returned(c)
	switch {
	case s.last != "":
		return ui.Hand{KSBs: []string{s.last}, Duty: c.Standard.Home(s.last)}
	case s.ended && s.back < len(list):
		return ui.Hand{KSBs: []string{list[s.back]}, Duty: s.duty}
	case s.ended || s.ksb == "":
		return ui.Hand{}
	}
	return ui.Hand{KSBs: []string{s.ksb}, Duty: s.duty}
}

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	s.list = s.list.current(c.Profile)
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.duty = 0 // coming here is coming to the duty
		s.skips = nil
		asks := s.enter(msg.Go, c)
		if says := joined(before(c), c.WaitingNotes()); says != "" {
			asks = append(asks, ui.Say{Text: says})
		}
		return asks
	case ui.DoneMsg:
		row, _ := c.Report.Row(s.last)
		s.claim = s.last != "" && row.Unsupported()
	case ui.UndoneMsg:
		was := s.before
		asks := s.undone(msg.Change, c)
		if msg.Slip {
			s.last = was
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

func before(c *ui.Context) string {
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
	was := rated{s.ksb, row.Rated, round.Holds(s.ksb), roundToOpen(c)}
	return ui.Asks(ui.Do{Change: change, Then: func(c *ui.Context) []ui.Ask { return s.afterRating(was, c) }})
}

// roundToOpen is the round that the next rating opens after others; "" for a first round, and while one is open.
func roundToOpen(c *ui.Context) string {
	if _, open := c.Profile.Open(); open || len(c.Profile.Rounds) == 0 {
		return ""
	}
	return profile.RoundName(c.Profile.NextRound())
}

func (s *Screen) afterRating(what rated, c *ui.Context) []ui.Ask {
	row, _ := c.Report.Row(what.ksb)
	entering, first, was := s.ended, s.entered && !s.ended, s.last
	if s.ended {
		s.duty = c.Standard.Home(what.ksb)
		s.list.followed = s.list.followed || s.list.place(what.ksb) > 0
	}
	s.show(s.duty, what.ksb, c) // the end of the duty looks on from here
	asks := append(ui.Asks(ui.Wait{KSB: what.ksb, Taken: true}), s.move(what, c)...)
	s.last, s.before, s.claim = what.ksb, was, row.Unsupported()
	s.rev = c.Newest
	s.entered = s.entered || entering
	s.second = first && !s.entered
	if line := joined(opened(what.opens), ratedLine(c, row, s.claim)); line != "" {
		asks = append(asks, ui.Say{Text: line})
	}
	return asks
}

// move goes along the list that is followed, else to what is not rated in this duty, or past its end.
func (s *Screen) move(what rated, c *ui.Context) []ui.Ask {
	if s.onList() {
		if left := s.list.left(what.ksb, c); len(left) > 0 {
			return s.follow(left[0], c)
		}
		return s.endList(c)
	}
	if next := nextInDuty(c, s.duty, what); next != "" {
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
	s.list.followed = followed // back on the list, also from its end
	return asks
}

// undo takes back the last thing that was done: a skip, or a change.
func (s *Screen) undo(c *ui.Context) []ui.Ask {
	n := len(s.skips) - 1
	if n < 0 || s.skips[n].newest != c.Newest {
		return ui.Asks(ui.Undo{})
	}
	was := s.skips[n]
	s.skips = s.skips[:n]
	asks := s.walkTo(was.duty, was.ksb, c)
	s.list = was.list
	return append(asks, ui.Say{Text: "Undone: " + was.ksb + " is not skipped."})
}

// rateOrGoOn is Enter: rate what is pointed at, go past the end of a duty, or on to what is not rated.
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
	if waits := s.list.waiting(c); waits != "" {
		return s.follow(waits, c)
	}
	if next := s.onwards(c, s.ksb); next != "" {
		return s.goTo(next, c)
	}
	return ui.Asks(ui.Go{To: ui.Gaps})
}

// mayGoOn says whether Enter may leave this KSB: if it is rated (on the list, in this round), or while the list waits.
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
		s.back, s.last = row-clickBack, ""
		return nil
	case s.choice == row:
		return s.rate(levels.Pointed(row), c)
	}
	s.choice, s.last = row, "" // pointed at first: the click may only have brought the window forward
	return nil
}

// point moves the pointer among the levels or, at the end of a duty, among the behaviours that came back.
func (s *Screen) point(n int, c *ui.Context) {
	s.last = ""
	if s.ended {
		s.back = max(min(s.back+n, len(s.returned(c))-1), 0)
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
	ksb := cmp.Or(s.last, s.ksb) // the one that was rated just now, until the learner moves or points
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

// keepNote keeps a note with its rating, or until there is one.
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

// board names w and e after a rating with the KSB that they are for.
func (s *Screen) board(c *ui.Context) *ui.Board {
	var b ui.Board
	missed, rated := s.missed(c), s.last != ""
	freely := func(move func(int, *ui.Context) []ui.Ask, n int) ui.Then {
		return func(c *ui.Context) []ui.Ask { return s.freely(func() []ui.Ask { return move(n, c) }, c) }
	}
	if s.ended {
		b.Hide(ui.Bind("→", "", "right", "l"), s.rateOrGoOn)
	}
	enter := b.Hide(ui.Bind("enter", "take the level pointed at, or go on", "enter"), s.rateOrGoOn)
	up := b.Hide(ui.Bind("↑", "point at a level", "up", "k"), ui.Just(func(c *ui.Context) { s.point(-1, c) }))
	down := b.Hide(ui.Bind("↓", "point at a level", "down", "j"), ui.Just(func(c *ui.Context) { s.point(1, c) }))
	left := b.Hide(ui.Bind("←", "KSB before", "left", "h"), freely(s.step, -1))
	b.Hide(ui.Bind("→", "KSB after", "right", "l"), freely(s.step, 1))
	nextDuty := b.Hide(ui.Bind("]", "next duty", "]"), freely(s.jumpDuty, 1))
	prevDuty := b.Hide(ui.Bind("[", "duty before", "["), freely(s.jumpDuty, -1))
	skip := b.Hide(ui.Bind("s", "skip for now", "s"), s.skip)
	example := b.Hide(ui.Bind("e", "give an example", "e"), s.askExample)
	note := b.Hide(ui.Bind("w", "write a note", "w"), s.askNote)
	undo := b.Hide(ui.Bind("u", s.undoes(c), "u"), s.undo)
	coach := ui.Bind("c", "all the coaching of this KSB", "c")
	if s.ksb != "" {
		b.Hide(coach, ui.Asking(ui.Go{To: ui.KSB, KSB: s.ksb}))
	}
	b.NoLevels()

	gives, writes := ui.Worded(example, "example"), ui.Worded(note, "note")
	switch {
	case rated && c.Size.Narrow:
		gives, writes = ui.Worded(example, "example "+s.last), ui.Worded(note, "note "+s.last)
	case rated:
		gives, writes = ui.Worded(example, "example of "+s.last), ui.Worded(note, "note on "+s.last)
	}
	foot := func(keys ...key.Binding) { b.Footer = append(b.Footer, keys...) }
	both := ui.Named(digits(), "0-4 n", "rate") // the levels on the page say what n means
	if s.ended {
		foot(ui.Worded(enter, "go on"))
		if len(missed) > 0 {
			foot(ui.Worded(skip, "back to "+missed[0]))
		}
		if s.ksb != "" {
			foot(ui.Worded(both, "rate "+s.ksb))
			b.Others(none())
		}
		foot(undo)
		if rated || len(s.returned(c)) > 0 {
			foot(gives)
		}
		if rated {
			foot(writes)
		}
		b.Others(up, down, left, nextDuty, prevDuty)
		return &b
	}
	skips := ui.Worded(skip, "skip")
	switch {
	case rated && c.Size.Narrow:
		foot(both, undo, ui.Worded(example, "example"), writes, skips)
	case rated:
		foot(both, undo, gives, writes, skips)
	case c.Size.Narrow:
		foot(both, gives, undo, skips, writes)
	default:
		foot(ui.Worded(digits(), "rate"), ui.Worded(none(), "no opportunity"), gives, undo, skips, writes)
	}
	foot(nextDuty, ui.Worded(coach, "coaching"), ui.Named(left, "←→", "KSB"))
	b.Others(ui.Named(up, "↑↓", "point at a level"), enter, prevDuty)
	if c.Size.Narrow || rated {
		b.Others(none()) // its footer names it with the digits
	}
	return &b
}

// undoes is what u takes back: a skip, or the rating that was made just now. Where it is something else, it is only
// called undo.
func (s *Screen) undoes(c *ui.Context) string {
	switch n := len(s.skips) - 1; {
	case n >= 0 && s.skips[n].newest == c.Newest:
		return "undo skip"
	case s.last != "" && s.rev == c.Newest:
		return "undo " + s.last
	}
	return "undo"
}
