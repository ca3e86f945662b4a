package tui

import (
	"path/filepath"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// papers are what is said of each paper before and after it is written, how its file begins, and the document itself.
var papers = map[ui.Paper]struct {
	title, says, after, file string
	make                     func(s *session.Session) (doc.Doc, error)
}{
	ui.PackPaper: {
		"What to bring, as a file", "Plain text, to send or print. Your private notes are left out. " + appraisal.PackFirst,
		appraisal.PackFirst, "review-pack",
		func(s *session.Session) (doc.Doc, error) { return s.PackDoc(false), nil },
	},
	ui.RecordPaper: {
		"The record, as a file", "Plain text, to send or print, with its check code. Private parts are in it only where you included them.",
		"Send it as you send any file, or print it.", "review-record", (*session.Session).LastRecord,
	},
	ui.ChancePaper: {
		"Chances to ask for, as a file", "Plain text, for your manager. It holds no level, note or evidence of yours.",
		"Take it to your manager.", "requests",
		func(s *session.Session) (doc.Doc, error) { return s.RequestsDoc(), nil },
	},
	ui.IndexPaper: {
		"The index of my portfolio, as a file", "Each piece of evidence, each KSB with what shows it, and what is without. No level or note is in it.",
		"ksbcoach evidence index writes it as a workbook too.", "portfolio-index",
		func(s *session.Session) (doc.Doc, error) { return s.PortfolioIndex(handout.Options{}).Doc(), nil },
	},
}

// paperName is where a paper is written unless the learner says otherwise: a record by the day of its review.
func (a *app) paperName(paper ui.Paper) string {
	day := a.today
	if r, ok := a.s.Profile().LastReview(); ok && paper == ui.RecordPaper {
		day = r.On
	}
	return filepath.Join(a.s.Home(), papers[paper].file+"-"+day.String()+".txt")
}

// paperFiling writes a paper into a file.
func (a *app) paperFiling(paper ui.Paper) *filing {
	words := papers[paper]
	return &filing{
		ui.Form{Title: words.title, Says: words.says, Send: "write it", Fields: []ui.Field{
			{ID: "file", Label: "Into which new file?", Says: "How the name ends: " + export.Endings() + ".", Need: true},
		}},
		func(file string) func() filed {
			d, err := papers[paper].make(a.s)
			write, format := a.s.WriteNew, export.ForFile(a.s.Typed(file))
			return func() filed {
				if err != nil {
					return filed{err: err}
				}
				data, err := format.Write(d)
				if err != nil {
					return filed{err: err}
				}
				path, warning, err := write(file, data)
				return filed{err, func() error { a.wrote(path, words.after, warning); return nil }}
			}
		},
		func() []privacy.Found {
			d, err := words.make(a.s)
			if err != nil {
				return nil // nothing is written then, and why is said
			}
			return a.s.GuardDoc("", d)
		},
	}
}
