package tui

import (
	"fmt"
	"maps"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// copiesTitle is what the palette calls the taking in of a copy.
const copiesTitle = "Take in a copy that a sync program left"

// takeCopy shows what is in the oldest copy beside the profile, and offers to take it in.
func (a *app) takeCopy() {
	j, err := a.s.NextCopy()
	switch {
	case err != nil:
		a.say(err)
		return
	case j == nil:
		a.message = session.NoCopy
		return
	}
	says := ""
	for _, x := range j.Says() {
		says += x + " "
	}
	a.offer(ui.Choose{Title: "A copy of your profile: " + j.Name(), Says: says + session.CopyGoes},
		way{ui.Option{Text: "Take it in"}, func() tea.Cmd { return a.joinCopy(j, nil) }},
		way{ui.Option{Text: "Leave it where it is"}, func() tea.Cmd { return nil }})
}

// joinCopy asks which side holds where both were changed, one place after the other, and then takes the copy in.
func (a *app) joinCopy(j *session.Joint, mine map[string]bool) tea.Cmd {
	if n := len(mine); n < len(j.Clashes) {
		a.askCopy(j, j.Clashes[n], mine)
		return nil
	}
	if err := a.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
		a.say(err)
		return nil
	}
	a.report, a.joint = nil, j
	return a.save()
}

func (a *app) askCopy(j *session.Joint, c file.Clash, mine map[string]bool) {
	answer := func(yes bool) func() tea.Cmd {
		return func() tea.Cmd {
			next := map[string]bool{c.Key: yes}
			maps.Copy(next, mine)
			return a.joinCopy(j, next)
		}
	}
	here, there := "Mine: "+c.Ours, "The copy's: "+c.Theirs
	if c.Covered || a.blind() {
		here, there = "The one in my profile", "The one in the copy" // neither is for the eyes of who sits here now
	}
	a.offer(ui.Choose{
		Title: fmt.Sprintf("Which one should count? %d of %d", len(mine)+1, len(j.Clashes)),
		Says:  "Changed in both: " + safetext.Line(c.What) + ". The one you do not choose is kept in a backup.",
	}, way{ui.Option{Text: here}, answer(true)}, way{ui.Option{Text: there}, answer(false)})
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
