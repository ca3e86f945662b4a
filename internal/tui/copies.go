package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// copiesTitle is what the palette calls the taking in of a copy.
const copiesTitle = "Take in a copy that a sync program left"

// jointMsg is the oldest copy beside the profile, put together with it; nil for none.
type jointMsg struct {
	joint *session.Joint
	err   error
}

// takeCopy looks into the oldest copy beside the profile, on a goroutine of its own.
func (a *app) takeCopy() {
	look := a.s.LookForNext()
	a.message = "Looking into the copy beside your profile."
	a.seek = func() tea.Msg {
		j, err := look()
		return jointMsg{j, err}
	}
}

// showCopy shows what is in a copy and offers to take it in, unless something else was opened meanwhile.
func (a *app) showCopy(msg jointMsg) {
	j := msg.joint
	switch {
	case msg.err != nil:
		a.say(msg.err)
		return
	case a.front != nil, a.blind():
		return
	case j == nil:
		a.message = session.NoCopy
		return
	}
	a.message = ""
	a.offer(ui.Choose{Title: "A copy of your profile: " + j.Name(), Says: strings.Join(append(j.Says(), session.CopyGoes), " ")},
		way{ui.Option{Text: "Take it in"}, func() tea.Cmd { return a.joinCopy(j) }},
		way{ui.Option{Text: "Leave it where it is"}, func() tea.Cmd { return nil }})
}

// joinCopy asks which side holds where both were changed, and then takes the copy in.
func (a *app) joinCopy(j *session.Joint) tea.Cmd {
	return a.sides(clashing{j.Clashes, "copy", false, func(mine map[string]bool) tea.Cmd {
		before := a.s.Profile()
		if err := a.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
			a.say(err)
			return nil
		}
		a.entered(before)
		a.report, a.joint = nil, j
		return a.save()
	}}, nil)
}

// putAway moves a copy that is taken in to the backups, once the record with it is on disk.
func (a *app) putAway() tea.Cmd {
	if a.joint == nil || a.s.Dirty() {
		return nil
	}
	j := a.joint
	a.joint = nil
	moved, err := a.s.PutAway(j)
	a.message = session.CopyTaken(moved)
	if err != nil {
		a.say(err)
	}
	return a.copiesAfter(0)
}
