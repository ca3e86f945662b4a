package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// indexes are what the finder searches beside the names of the KSBs. They are made on a goroutine of their own when it is
// first opened, since reading all the coaching takes as long as several frames.
type indexes struct {
	said, own *search.Index
	rev       int  // of the record that own was made from
	asked     bool // the finder was opened, and they are not up to date
}

// indexedMsg are the indexes, ready; the command that indexing makes sends it.
type indexedMsg struct {
	said, own *search.Index
	rev       int
}

// results are what was found, for when the learner comes back from the one they opened.
type results struct {
	of   *dialog.Find
	path []ui.Name // the way to where that is shown
}

// findAgain opens the finder as it was left. What was changed meanwhile is looked up anew.
func (a *app) findAgain() {
	a.front, a.reply = a.results.of, reply{}
	a.results = results{}
	a.index.asked = a.index.rev != a.s.Rev()
}

// find opens the finder.
func (a *app) find() {
	a.results = results{}
	d := dialog.NewFind(a.context(), a.blind())
	a.front, a.reply = d, reply{}
	if a.blind() {
		return
	}
	if a.index.own != nil && a.index.rev == a.s.Rev() {
		d.More(a.context(), a.index.said, a.index.own)
		return
	}
	a.index.asked = true
}

// indexing is the command that makes the indexes, when the finder needs them.
func (a *app) indexing() tea.Cmd {
	if !a.index.asked {
		return nil
	}
	a.index.asked = false
	p, rev, ref := a.s.Profile(), a.s.Rev(), a.s.Standard().Reference
	return func() tea.Msg {
		return indexedMsg{said: a.o.Library.Said(ref), own: search.New(search.Record(p)), rev: rev}
	}
}

// indexed hands the indexes to the finder, where it is still open.
func (a *app) indexed(msg indexedMsg) {
	a.index = indexes{said: msg.said, own: msg.own, rev: msg.rev}
	if d, ok := a.front.(*dialog.Find); ok {
		d.More(a.context(), msg.said, msg.own)
	}
}
