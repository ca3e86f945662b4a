package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

// A save that failed is tried again by itself, since a disk may have room again, or a drive be back, while the learner reads. Each
// further try waits twice as long.
const (
	retryTime = 2 * time.Second
	retryMost = time.Minute
)

// retries are these tries.
type retries struct {
	first    time.Duration // before the first one; 0 for none
	wait     time.Duration // before the one that comes next
	turn     int           // of the timer that counts
	byItself bool          // the save under way is one
}

// retryMsg says that it is time to try again; the timer of a save that failed sends it.
type retryMsg struct{ turn int }

func (a *app) tryLater() tea.Cmd {
	r := &a.retries
	if r.first == 0 || session.Changed(a.failed) {
		return nil // a file that was changed elsewhere is for the learner to decide
	}
	r.wait = min(max(2*r.wait, r.first), retryMost)
	r.turn++
	turn := r.turn
	return tea.Tick(r.wait, func(time.Time) tea.Msg { return retryMsg{turn} })
}

func (a *app) retry(msg retryMsg) tea.Cmd {
	switch {
	case msg.turn != a.retries.turn || a.failed == nil || a.s.Saving():
		return nil
	case a.reply.ways:
		return a.tryLater() // the learner is being asked what to do
	}
	return a.tryNow()
}

// tryNow saves again after a failure, in silence unless it succeeds or fails for another reason.
func (a *app) tryNow() tea.Cmd {
	if !a.s.Dirty() {
		a.failed, a.trouble, a.message = nil, false, "" // what could not be saved was taken back
		return nil
	}
	a.retries.byItself = true
	return a.save()
}

// savingAgain is said when a save succeeds after one that failed.
const savingAgain = "Saving works again: everything is in the file."
