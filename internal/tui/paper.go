package tui

import (
	"path/filepath"

	review "github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

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
	day := a.today
	if r, ok := a.s.Profile().LastReview(); ok && paper == ui.RecordPaper {
		day = r.On
	}
	return filepath.Join(a.o.Papers.Folder, paperWords[paper].file+"-"+day.String()+".txt")
}

// paperFiling writes a paper into a file.
func (a *app) paperFiling(paper ui.Paper) *filing {
	words := paperWords[paper]
	return &filing{
		ui.Form{Title: words.title, Says: words.says, Send: "write it", Fields: []ui.Field{{ID: "file", Label: "Into which new file?", Need: true}}},
		func(file string) func() filed {
			text, err := a.o.Papers.Text(paper, a.s)
			write := a.o.Papers.Write
			return func() filed {
				if err != nil {
					return filed{err: err}
				}
				path, warning, err := write(file, text)
				return filed{err, func() error { a.wrote(path, words.after, warning); return nil }}
			}
		},
	}
}
