package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A filing is a form that names a file, and what is done with that file.
type filing struct {
	form ui.Form // its field is called file
	work func(file string) func() filed
	out  func() []privacy.Found // of a file that is written: what in it looks as if it named a patient; nil where one is read
}

// namesNobody is of a file with nothing in it that a patient could be named in, or nothing that goes to others.
func namesNobody() []privacy.Found { return nil }

// askOut asks what to do about what names a patient in a file that is to be written, and then which file it is to be.
func (a *app) askOut(f *filing, file string) {
	says := privacy.InIt(f.out())
	if says == "" {
		a.askFile(f, file)
		return
	}
	a.offer(ui.Choose{Title: f.form.Title, Says: says},
		way{ui.Option{Key: "W", Text: "Write it as it is", Says: "You choose the file."}, func() tea.Cmd {
			a.askFile(f, file)
			return nil
		}},
		way{ui.Option{Key: "L", Text: "Look at them first"}, func() tea.Cmd {
			return a.lookAt(&looking{found: f.out, then: func() tea.Cmd { a.askFile(f, file); return nil }})
		}})
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
	if f.out != nil {
		form.Fields[0].Doubt = a.doubtName
	}
	a.front, a.reply = dialog.NewForm(form, nil), reply{sent: func(v ui.Values) tea.Cmd { return a.toFile(f, v["file"]) }}
}

// doubtName says what in the name of a file looks as if it named a patient. It stands when it is sent again.
func (a *app) doubtName(file string) string {
	for _, f := range a.s.GuardFile(file) {
		return f.Says() + "; " + f.Advice() + ". Enter again keeps it"
	}
	return ""
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
