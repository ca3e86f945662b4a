package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
)

// How soon after another key a key is not a decision: any key so soon that hands do not press it, or the same key as
// soon as a keyboard repeats one that is held down (every 25 to 100 ms).
const (
	burstTime  = 50 * time.Millisecond
	repeatTime = 120 * time.Millisecond
	pauseFirst = time.Second            // the longest pause after which a keyboard begins to repeat
	doubleTime = 400 * time.Millisecond // the longest time between the clicks of a double click
)

// A pace tells keys that were meant from those that came by themselves: from a key that is held down, or from text that
// a terminal pasted without saying so.
type pace struct {
	at    time.Time     // of the newest key
	since time.Duration // from the key before to it
	key   string
	burst bool // the newest key came too soon after the one before
	held  bool // it is the one before, held down

	clicked time.Time // the newest click
	double  bool      // it was the second of a double click, and nothing was pressed since

	// What the newest decision was, so that it can be taken back: after the first key of one that is held down there is
	// a pause, as long as between two that are meant, and only the third shows what the second was.
	decided string // the key that made it
	rev     int    // the revision that it made
	again   bool   // the key before it was the same, and decided too
}

// note takes in a key that came at some time.
func (p *pace) note(msg tea.KeyPressMsg, at time.Time) {
	first, same := p.at.IsZero(), msg.String() == p.key
	p.since = at.Sub(p.at)
	p.burst = !first && p.since < burstTime
	p.held = msg.IsRepeat || same && !first && p.since < repeatTime
	p.at, p.key, p.double = at, msg.String(), false
	if !same {
		p.decided = ""
	}
}

// click takes in a click. The first of two points, and may open; the second may not decide what the first only pointed at.
func (p *pace) click(at time.Time) {
	p.double = !p.clicked.IsZero() && at.Sub(p.clicked) < doubleTime
	p.clicked, p.key, p.burst, p.held = at, "click", false, false
}

// deliberate says whether the newest key or click may decide something.
func (p *pace) deliberate() bool { return !p.burst && !p.held && !p.double }

// decides notes that the newest key made the change of a revision.
func (p *pace) decides(rev int) {
	p.again = p.decided == p.key && p.since < pauseFirst
	p.decided, p.rev = p.key, rev
}

// slipped gives the revision of a change that a key made while it was already held down, once; 0 for none.
func (p *pace) slipped() int {
	if !p.held || !p.again || p.decided != p.key {
		return 0
	}
	p.again = false
	return p.rev
}

// What is said of keys that were not taken.
const (
	tooFast    = "That key came too soon after the one before, so it was not taken. Press it again if you meant it."
	twoClicks  = "Two quick clicks only point. Click once more, or press Enter, to decide."
	heldDown   = "A key that is held down counts once. Let go, and press it for each one."
	lineInside = "A line break that comes with the text stays in the text. Enter goes on when you are ready."
)

// unmeant says, of something that changes the record or leaves the program, whether it comes from a key that was not
// meant, and tells the learner so.
func (a *app) unmeant() bool {
	if !a.byKey || a.pace.deliberate() {
		return false
	}
	a.message, a.trouble = tooFast, false
	switch {
	case a.pace.double:
		a.message = twoClicks
	case a.pace.held:
		a.message = heldDown
	}
	if rev := a.pace.slipped(); rev != 0 && rev == a.s.NewestRev() {
		a.takeBack(true)
		a.message += " " + heldDown
	}
	return true
}

// unmeantEnd says the same of a key that ends a dialog with a decision.
func (a *app) unmeantEnd(out dialog.Outcome) bool {
	switch out.(type) {
	case dialog.Sent, dialog.Picked:
		return a.unmeant()
	}
	return false
}
