package tui

import (
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	review "github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// paperNote is which paper the form in front was opened for.
type paperNote ui.Paper

// paperWrittenMsg is how writing a paper ended; the command that wrote it sends it.
type paperWrittenMsg struct {
	paper ui.Paper
	file  string
	err   error
}

// paperWords are what is said of a paper before and after it is written, and how its file begins.
var paperWords = map[ui.Paper]struct{ title, says, after, file string }{
	ui.PackPaper: {
		"What to bring, as a file", "Plain text, to send or print. Your private notes are left out. " + review.PackFirst,
		review.PackFirst, "review-pack",
	},
	ui.RecordPaper: {
		"The record, as a file", "Plain text, to send or print, with its check code. Private parts are in it only where you included them.",
		"Send it as you send any file, or print it.", "review-record",
	},
	ui.ChancePaper: {
		"Chances to ask for, as a file", "Plain text, for your manager. It holds no level, note or evidence of yours.",
		"Take it to your manager.", "requests",
	},
}

// paperName is where a paper is written unless the learner says otherwise: a record by the day of its review.
func (a *app) paperName(paper ui.Paper) string {
	day := a.o.Today
	if r, ok := a.s.Profile().LastReview(); ok && paper == ui.RecordPaper {
		day = r.On
	}
	return filepath.Join(a.o.Papers.Folder, paperWords[paper].file+"-"+day.String()+".txt")
}

// askPaper asks which file it is to be.
func (a *app) askPaper(paper ui.Paper, file string) {
	words := paperWords[paper]
	a.front, a.note = dialog.NewForm(ui.Form{
		Title: words.title, Says: words.says, Send: "write it",
		Fields: []ui.Field{{ID: "file", Label: "Into which new file?", Value: file, Need: true}},
	}, nil), paperNote(paper)
}

// paperFile writes a paper into the file that was named.
func (a *app) paperFile(paper ui.Paper, file string) tea.Cmd {
	text, err := map[ui.Paper]func(*session.Session) ([]byte, error){
		ui.PackPaper: a.o.Papers.Pack, ui.RecordPaper: a.o.Papers.Record, ui.ChancePaper: a.o.Papers.Chances,
	}[paper](a.s)
	write := a.o.Papers.Write
	return func() tea.Msg {
		if err != nil {
			return paperWrittenMsg{paper, file, err}
		}
		written, err := write(file, text)
		if err != nil {
			written = file // as it was typed, to be mended
		}
		return paperWrittenMsg{paper, written, err}
	}
}

// paperWritten says where it is, or what went wrong, with the file to be mended still in the form.
func (a *app) paperWritten(msg paperWrittenMsg) {
	if msg.err == nil {
		a.message = "Written: " + safetext.Line(msg.file) + ". " + paperWords[msg.paper].after
		return
	}
	if a.front == nil {
		a.askPaper(msg.paper, msg.file)
	}
	a.say(msg.err)
}
