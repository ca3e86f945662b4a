package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// olderMsg are the older versions of the profile, once they were looked through.
type olderMsg struct {
	older *session.Older
	err   error
}

// restore looks through the older versions, on a goroutine of its own.
func (a *app) restore() tea.Cmd {
	if !a.mayEdit(session.RestoreTitle) {
		return nil
	}
	look, err := a.s.LookForOlder()
	if err != nil {
		a.say(err)
		return nil
	}
	a.message = "Looking through the older versions."
	return func() tea.Msg {
		older, err := look()
		return olderMsg{older, err}
	}
}

// listOlder asks which version to bring back, unless something else was opened meanwhile.
func (a *app) listOlder(msg olderMsg) {
	switch {
	case msg.err != nil:
		a.say(msg.err)
		return
	case a.front != nil:
		return
	case len(msg.older.List) == 0:
		a.message = msg.older.None()
		return
	}
	a.message = ""
	ask := ui.Choose{
		Title: "Restore a backup",
		Says:  msg.older.Count() + ". Nothing is done before you have seen what comes back and what goes.",
	}
	var ways []way
	for _, v := range msg.older.List {
		text := words.Capital(v.When(a.today)) + ", " + v.Says()
		ways = append(ways, way{ui.Option{Text: text, Says: safetext.Line(v.Listed())}, func() tea.Cmd { return a.askRestore(msg, v) }})
	}
	a.offer(ask, ways...)
}

// askRestore shows both sides and asks.
func (a *app) askRestore(msg olderMsg, v session.Version) tea.Cmd {
	if v.Same {
		a.message = "That version is the same as now: there is nothing to bring back."
		return nil
	}
	says := msg.older.Asks(v, a.today)
	for _, side := range v.Sides() {
		says = append(says, words.Capital(side.Label)+": "+side.Words+".")
	}
	again := func() tea.Cmd { a.listOlder(msg); return nil }
	if v.State != session.VersionReadable || msg.older.Now.State == session.VersionLater {
		says = append(says, "It cannot be brought back here.")
		a.offer(ui.Choose{Title: "This version cannot be read", Says: safetext.Line(strings.Join(says, " "))},
			way{ui.Option{Text: "Back to the list"}, again})
		return nil
	}
	a.offer(ui.Choose{Title: "Bring this version back?", Says: safetext.Line(strings.Join(says, " "))},
		way{ui.Option{Text: "Back to the list", Says: "Nothing is changed."}, again},
		way{ui.Option{Text: "Bring it back", Says: "What you have now is kept, and can be brought back in the same way."}, func() tea.Cmd { return a.putBack(msg.older, v) }})
	return nil
}

func (a *app) putBack(older *session.Older, v session.Version) tea.Cmd {
	r, err := a.s.BringBack(older, v)
	if err != nil {
		a.say(err)
		return nil
	}
	a.failed, a.report, a.joint, a.savedAt = nil, nil, nil, a.now().Format("15:04")
	a.before = a.s.Profile()
	a.message = r.Says(a.today) + " ctrl+p and Restore a backup takes this back."
	if r.Warning != "" {
		a.message += " But " + safetext.Line(r.Warning) + "."
	}
	return a.do(a.follows(nil))
}
