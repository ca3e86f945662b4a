package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	review "github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// sheetNote is what the form in front was opened for.
type sheetNote ui.Sheet

// sheetMadeMsg is how making a rating sheet ended; the command that made it sends it.
type sheetMadeMsg struct {
	file   string
	byName bool // the sheet has no id of the learner
	err    error
}

// sheetReadMsg is how reading a rating sheet ended; the command that read it sends it.
type sheetReadMsg struct {
	file  string
	sheet review.Sheet
	err   error
}

// askSheet asks which file it is.
func (a *app) askSheet(ask ui.Sheet, file string) bool {
	form := ui.Form{
		Title: "Make a rating sheet", Send: "write the sheet",
		Says:   "Your name is in it, and nothing that you said of yourself. Send it to your mentor as you send any file; they fill it with ksbcoach or in an editor.",
		Fields: []ui.Field{{ID: "file", Label: "Into which new file?", Value: file, Need: true}},
	}
	if ask.Take {
		if err := a.s.ReadOnly(); err != nil {
			a.say(err)
			return false
		}
		form = ui.Form{
			Title: "Take in a rating sheet", Send: "take it in",
			Says:   "Your mentor's ratings and notes go into the open round. Your own level changes only by what you agree.",
			Fields: []ui.Field{{ID: "file", Label: "Where is the sheet that came back?", Says: "The whole name of the file, such as " + safetext.Line(a.o.SheetFile), Value: file, Need: true}},
		}
	}
	a.front, a.note = dialog.NewForm(form, nil), sheetNote(ask)
	return true
}

// sheetFile sees to the file that was named. The learner gets an id first where there is none; without it, since the
// profile may only be read, the sheet goes by the name.
func (a *app) sheetFile(ask sheetNote, file string) tea.Cmd {
	if ask.Take {
		read := a.o.ReadSheet
		return func() tea.Msg {
			sheet, err := read(file)
			return sheetReadMsg{file, sheet, err}
		}
	}
	_ = a.s.Identify()
	p, write := a.s.Profile(), a.o.MakeSheet
	return tea.Batch(a.save(), func() tea.Msg {
		made, err := write(p, file)
		if err != nil {
			made = file // as it was typed, to be mended
		}
		return sheetMadeMsg{made, p.Learner.ID == "", err}
	})
}

func (a *app) sheetMade(msg sheetMadeMsg) {
	if msg.err != nil {
		a.askSheetAgain(ui.Sheet{}, msg.file, msg.err)
		return
	}
	a.message = "Written: " + safetext.Line(msg.file) + ". Send it to your mentor; o takes in what comes back."
	if msg.byName {
		a.message += " It goes by your name alone, since the profile may only be read here."
	}
}

func (a *app) sheetRead(msg sheetReadMsg) tea.Cmd {
	ask := ui.Sheet{Take: true}
	if msg.err != nil {
		a.askSheetAgain(ask, msg.file, msg.err)
		return nil
	}
	taken, err := review.TakeSheet(a.s.Profile(), msg.sheet, a.o.Today)
	if err == nil && len(taken.New) > 0 {
		err = a.s.Do(taken.Batch)
	}
	if err != nil {
		a.askSheetAgain(ask, msg.file, err)
		return nil
	}
	r, _ := a.s.Profile().Open()
	a.message = strings.Join(taken.Words(msg.sheet, r.ID), " ")
	return a.save()
}

// askSheetAgain says what went wrong, with the file to be mended still in the form.
func (a *app) askSheetAgain(ask ui.Sheet, file string, err error) {
	if a.front == nil {
		a.askSheet(ask, file)
	}
	a.say(err)
}
