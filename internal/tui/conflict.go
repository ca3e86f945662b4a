package tui

import (
	"fmt"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// waysOut is said beside a save that failed; conflictSays has the words of the choices, and no others.
const (
	waysOut      = "ctrl+s shows other ways to save."
	conflictSays = "Not saved yet: take the file as it is now and put your changes on top, or save yours as a new file beside it."
)

// A way is one thing that can be done about what is not saved, as a line of a menu.
type way struct {
	ui.Option
	do func() tea.Cmd
}

// offer asks which way to go. The question may open under a key that was meant to rate, so digits choose nothing in it.
func (a *app) offer(ask ui.Choose, ways ...way) {
	ask.Calm = true
	for _, w := range ways {
		ask.Options = append(ask.Options, w.Option)
	}
	a.front, a.reply = dialog.NewMenu(ask), reply{picked: func(i int) tea.Cmd { return ways[i].do() }}
}

// offerSaves asks what to do about what is not saved.
func (a *app) offerSaves(title, says string, ways ...way) {
	a.offer(ui.Choose{Title: title, Says: says}, ways...)
	a.reply.ways = true
}

// askConflict asks what to do about a file that was changed elsewhere while there are changes that are not in it. Only what
// can succeed is offered: a file that is gone or cannot be read cannot be taken.
func (a *app) askConflict() {
	a.asked, a.told = a.s.Rev(), ""
	met, err := a.s.Meet()
	says := "Another program, or a copy on another computer, has written to the file since it was opened here. Nothing was overwritten. All that you did since then is still here, saved or not."
	var ways []way
	switch {
	case err == nil:
		take := "The usual choice."
		switch n := len(met.Clashes); {
		case met.Foreign:
			take = "Careful: it is not a version of this profile. It may be another learner's."
		case n > 0:
			take = fmt.Sprintf("In %d of them the file says something else: you are asked which one should count.", n)
		}
		ways = append(ways, way{ui.Option{Text: "Take the file as it is now, and put my changes on top", Says: take}, func() tea.Cmd { return a.settle(met) }})
	case session.Gone(err):
		says = "The file is no longer where it was: it may have been moved, renamed or deleted. All that you did since you opened it is still here, saved or not."
		path := a.s.Path()
		ways = append(ways, way{ui.Option{Text: "Write it again where it was", Says: safetext.Line(path)}, func() tea.Cmd { return a.saveAs(path) }})
	default:
		says += " As it is now the file cannot be read here: " + safetext.Line(a.unseen(err).Error()) + "."
	}
	ways = append(ways, a.newFile()...)
	ways = append(ways, way{ui.Option{Text: "Decide later", Says: "Your changes stay here unsaved until you choose; the next change asks again."}, a.decideLater})
	a.offerSaves("The profile was changed elsewhere", says, ways...)
}

// askStuck asks what to do when the last save failed, whatever the cause.
func (a *app) askStuck() {
	if a.failed != nil && session.Changed(a.failed) {
		a.askConflict()
		return
	}
	says := "Not saved: " + safetext.Line(a.unseen(a.failed).Error()) + ". All that you did is still here."
	ways := []way{{ui.Option{Text: "Try again"}, func() tea.Cmd { a.failed = nil; return a.save() }}}
	ways = append(ways, a.newFile()...)
	a.message, a.trouble = "", false // the menu says it
	a.offerSaves("The last changes are not saved", says, append(ways, way{ui.Option{Text: "Go on, and decide later", Says: "ctrl+s asks again. ctrl+c leaves, and tries to keep a copy."}, a.decideLater})...)
}

// newFile are the ways that leave the old file alone.
func (a *app) newFile() []way {
	return []way{
		{ui.Option{Text: "Save mine as a new file beside it", Says: "Both are kept; compare them later."}, a.saveBeside},
		{ui.Option{Text: "Save mine under another name", Says: "In any folder, or on another disk."}, func() tea.Cmd {
			a.askFile(a.elsewhere(), "")
			return nil
		}},
	}
}

func (a *app) decideLater() tea.Cmd {
	a.leaving = false
	a.message = "Not saved yet. " + waysOut
	return nil
}

func (a *app) saveBeside() tea.Cmd {
	path, err := a.s.SaveBeside()
	if err != nil {
		return a.stillStuck(err)
	}
	return a.saysNewPlace(path)
}

func (a *app) saveAs(path string) tea.Cmd {
	if err := a.s.SaveElsewhere(path); err != nil {
		return a.stillStuck(err)
	}
	return a.saysNewPlace(path)
}

// stillStuck says why another way to save failed too, and where the others are.
func (a *app) stillStuck(err error) tea.Cmd {
	a.say(err)
	a.message += ". " + waysOut
	return nil
}

// saysNewPlace says where the record is from now on.
func (a *app) saysNewPlace(path string) tea.Cmd {
	a.failed, a.savedAt = nil, a.now().Format("15:04")
	a.message = "Saved as " + safetext.Line(path) + ", and going on with that file."
	return a.forgetSent()
}

// elsewhere asks under which name to save. The record belongs to the loop, so it is written there.
func (a *app) elsewhere() *filing {
	return &filing{
		ui.Form{Title: "Save under another name", Says: "The whole record goes into a new file, and you go on with that one.", Send: "save it", Fields: []ui.Field{{ID: "file", Label: "Into which new file?", Need: true}}},
		func(file string) func() filed {
			return func() filed {
				return filed{then: func() error {
					err := a.s.SaveElsewhere(file)
					if err == nil {
						a.saysNewPlace(a.s.Path())
					}
					return err
				}}
			}
		},
		namesNobody,
	}
}

// settle puts this session on top of the file, and asks first where both changed one place.
func (a *app) settle(met *session.Meeting) tea.Cmd {
	return a.sides(clashing{met.Clashes, "file", true, func(mine map[string]bool) tea.Cmd {
		cmd, err := a.take(met, mine)
		if err != nil {
			return a.stillStuck(err)
		}
		return cmd
	}}, nil)
}

// Clashing are the places that were changed here and in another file, how they are asked about, and what follows.
type clashing struct {
	places []file.Clash
	other  string // what the other file is called
	saves  bool   // the questions are about what is not saved
	then   func(mine map[string]bool) tea.Cmd
}

// sides asks which side holds, one place after the other.
func (a *app) sides(q clashing, mine map[string]bool) tea.Cmd {
	left := q.places[len(mine):]
	if len(left) == 0 {
		return q.then(mine)
	}
	c := left[0]
	answer := func(yes bool, n int) func() tea.Cmd {
		return func() tea.Cmd {
			next := map[string]bool{}
			maps.Copy(next, mine)
			for _, x := range left[:n] {
				next[x.Key] = yes
			}
			return a.sides(q, next)
		}
	}
	theirs := "The " + q.other + "'s"
	here, there := "Mine: "+c.Ours, theirs+": "+c.Theirs
	if c.Covered || a.blind() {
		here, there = "The one given here", "The one in the "+q.other // neither is for the eyes of who sits here now
	}
	ways := []way{{ui.Option{Text: here}, answer(true, 1)}, {ui.Option{Text: there}, answer(false, 1)}}
	if n := len(left); n > 1 {
		all := fmt.Sprintf(", here and in the %d that follow", n-1)
		ways = append(ways, way{ui.Option{Text: "Mine" + all}, answer(true, n)}, way{ui.Option{Text: theirs + all}, answer(false, n)})
	}
	a.offer(ui.Choose{
		Title: fmt.Sprintf("Which one should count? %d of %d", len(mine)+1, len(q.places)),
		Says:  "Changed here and in the " + q.other + ": " + safetext.Line(c.What) + ". The one you do not choose is kept in a backup.",
	}, ways...)
	a.reply.ways = q.saves
	return nil
}

// take goes on with the file and this session on top of it, where every question is answered.
func (a *app) take(met *session.Meeting, mine map[string]bool) (tea.Cmd, error) {
	before := a.s.Warning()
	if err := a.s.Take(met, func(key string) bool { return mine[key] }); err != nil {
		return nil, err
	}
	a.failed, a.report, a.trouble = nil, nil, false
	a.message = "The file was read again, and all your changes are in it."
	switch {
	case a.blind() && len(mine) == 0:
		a.message = "The file was changed elsewhere; all that was done here is in it too."
	case len(mine) == 0:
		a.message = safetext.Line(met.Says())
	case len(met.Said) > 0 && !a.blind():
		a.message += " " + safetext.Line(strings.Join(met.Said, " "))
	}
	if w := a.s.Warning(); w != before {
		a.message += " But " + safetext.Line(w) + "."
	}
	a.told, a.toldAt = a.message, a.now()
	if a.leaving && !a.s.Dirty() {
		return a.goOut(), nil
	}
	return a.save(), nil
}

// toldTime is how long it stays to be read that the file was changed elsewhere, whatever is typed meanwhile.
const toldTime = 4 * time.Second

// stillTold is that message for as long.
func (a *app) stillTold() string {
	if a.told != "" && a.now().Sub(a.toldAt) < toldTime {
		return a.told
	}
	a.told = ""
	return ""
}

// settleAlone puts this session on top of a file that was changed elsewhere where that asks nobody anything, and says whether
// it did.
func (a *app) settleAlone() (tea.Cmd, bool) {
	met, err := a.s.Meet()
	if err != nil || !met.Unasked() || !met.Holds && a.s.ReadOnly() != nil {
		return nil, false
	}
	cmd, err := a.take(met, nil)
	return cmd, err == nil
}
