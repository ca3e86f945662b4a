package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A filing is a form that names a file, and what is done with that file.
type filing struct {
	form ui.Form // its field is called file
	work func(file string) func() filed
}

// filed is how the work on a file ended: with an error, or with what follows in the program.
type filed struct {
	err  error
	then func() error
}

// filedMsg says so; the command that does the work sends it.
type filedMsg struct {
	f    *filing
	file string // as it was typed
	filed
}

// askFile asks which file it is to be.
func (a *app) askFile(f *filing, file string) {
	form := f.form
	form.Fields = []ui.Field{form.Fields[0]}
	form.Fields[0].Value = file
	a.front, a.reply = dialog.NewForm(form, nil), reply{sent: func(v ui.Values) tea.Cmd { return a.toFile(f, v["file"]) }}
}

// toFile sees to the file that was named. What needs the record is done at once, the work on the disk by the command.
func (a *app) toFile(f *filing, file string) tea.Cmd {
	work := f.work(file)
	a.filing++
	return tea.Batch(a.goOn(), func() tea.Msg { return filedMsg{f, file, work()} })
}

// fileDone goes on from there, or says what went wrong, with the file to be mended still in the form.
func (a *app) fileDone(msg filedMsg) tea.Cmd {
	a.filing--
	err := msg.err
	if err == nil {
		err = msg.then()
	}
	if err == nil {
		return a.goOn()
	}
	a.leaving = false
	if a.front == nil {
		a.askFile(msg.f, msg.file)
	}
	a.say(err)
	return nil
}

// wrote says where a file is, what to do with it, and what was odd.
func (a *app) wrote(path, after, warning string) {
	a.message = "Written: " + safetext.Line(path) + ". " + after
	if warning != "" {
		a.message += " But " + safetext.Line(warning) + "."
	}
}
