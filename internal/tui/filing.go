package tui

import (
	"errors"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
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

// makeSheet asks for the form of a rating sheet, and then for its file.
func (a *app) makeSheet(ask ui.Sheet) {
	if ask.Format != "" {
		format := sheet.FormatFor(ask.Format, "")
		a.askFile(a.sheetMaking(format), a.sheetFile(format))
		return
	}
	menu := ui.Choose{
		Title: "A rating sheet for a mentor elsewhere",
		Says:  "Who takes which form? What comes back is taken in the same way.",
	}
	for i, f := range sheet.Formats {
		if f.Word == firstFormat {
			menu.At = i
		}
		menu.Options = append(menu.Options, ui.Option{
			Text: words.Capital(f.Name), Says: f.For, Then: ui.Asking(ui.Sheet{Format: f.Word}),
		})
	}
	a.choose(menu)
}

// sheetMaking makes a rating sheet. The learner gets an id first where there is none; without it, since the profile may
// only be read, the sheet goes by the name.
func (a *app) sheetMaking(format sheet.Format) *filing {
	return &filing{
		ui.Form{
			Title: "Make a rating sheet: " + format.Name, Send: "write the sheet",
			Says: "Your name is in it, and nothing that you said of yourself. Send it to your mentor as you send any file; " +
				format.Next + ".",
			Fields: []ui.Field{{ID: "file", Label: "Into which new file?", Need: true}},
		},
		func(file string) func() filed {
			_ = a.s.Identify()
			p, write := a.s.Profile(), a.s.MakeSheet
			after := "Send it to your mentor; o takes in what comes back."
			if p.Learner.ID == "" {
				after += " It goes by your name alone, since the profile may only be read here."
			}
			return func() filed {
				path, warning, err := write(p, format, file)
				return filed{err, func() error { a.wrote(path, after, warning); return nil }}
			}
		},
		namesNobody, // of what was typed it holds the learner's name alone
	}
}

// sheetFile is where a sheet is made unless the learner says otherwise: where it is found again, named by the day.
func (a *app) sheetFile(format sheet.Format) string {
	return filepath.Join(a.s.Home(), "rating-sheet-"+a.today.String()+format.Ending)
}

// sheetTaking takes in a rating sheet that came back.
func (a *app) sheetTaking() *filing {
	return &filing{
		ui.Form{
			Title: "Take in a rating sheet", Send: "take it in",
			Says: "Your mentor's ratings and notes go into the open round. Your own level changes only by what you agree.",
			Fields: []ui.Field{{
				ID: "file", Label: sheet.Where, Need: true,
				Says: "The whole name of the file, such as " + safetext.Line(a.sheetFile(sheet.Formats[0])) +
					": " + sheet.Comes + ".",
			}},
		},
		func(file string) func() filed {
			read := a.s.ReadSheet
			return func() filed {
				filled, err := read(file)
				return filed{err, func() error { return a.takeSheet(filled) }}
			}
		},
		nil,
	}
}

func (a *app) takeSheet(filled profile.Profile) error {
	before := a.s.Profile()
	taken, err := appraisal.TakeSheet(a.s.Profile(), filled, a.today)
	if err == nil && len(taken.New) > 0 {
		err = a.s.Do(taken.Batch)
		a.entered(before)
	}
	if err != nil {
		return err
	}
	r, _ := a.s.Profile().Open()
	a.message = strings.Join(taken.Words(filled, r.ID), " ")
	return nil
}

const scanTitle = "Take in a skills scan"

// scanTaking asks for the file, reads it, and goes on to what it would change.
func (a *app) scanTaking() *filing {
	return &filing{
		ui.Form{
			Title: scanTitle, Send: "read it",
			Says: "Ratings, comments and days from a workbook (.xlsx), CSV or JSON. It shows what it understood; " +
				"nothing changes until you say so.",
			Fields: []ui.Field{{ID: "file", Label: "Where is the file?", Need: true}},
		},
		func(file string) func() filed {
			read := a.s.ReadScan
			return func() filed {
				tables, err := read(file)
				return filed{err, func() error { return a.propose(intake.Scan{Tables: tables}) }}
			}
		},
		nil,
	}
}

// propose shows what a scan would change, or asks first for what the file does not say: the scale of its levels, and
// which sheet or column holds them.
func (a *app) propose(x intake.Scan) error {
	g := intake.Ground{Standard: a.s.Standard(), Scale: a.o.Library.Scale(), Today: a.today}
	proposal, taking, err := x.Propose(a.s.Profile(), g)
	var unclear *intake.Unclear
	var refused *intake.Refused
	switch {
	case errors.As(err, &unclear) && len(unclear.Fits) > 0:
		a.choose(a.scaleMenu(x, unclear))
		return nil
	case errors.As(err, &refused) && refused.Says != "":
		a.edit(a.scanDetails(x, refused.Says))
		a.message, a.trouble = safetext.Line(refused.Msg+": "+refused.Try), true
		return nil
	case err != nil:
		return err
	}
	a.choose(a.scanMenu(x, taking, intake.Doc(proposal, taking, g.Scale, g.Today), taking.Counts(proposal, g.Today)))
	return nil
}

// again proposes with what the learner has said now.
func (a *app) again(x intake.Scan) ui.Then {
	return func(*ui.Context) []ui.Ask {
		if err := a.propose(x); err != nil {
			a.say(err)
		}
		return nil
	}
}

// scaleMenu asks which scale it is.
func (a *app) scaleMenu(x intake.Scan, unclear *intake.Unclear) ui.Choose {
	menu := ui.Choose{Title: "Which scale is it?", Says: words.Capital(unclear.Error()) + "."}
	for _, s := range unclear.Fits {
		menu.Options = append(menu.Options, ui.Option{
			Text: words.Capital(s.String()), Then: a.again(x.On(unclear.By, s)),
		})
	}
	return menu
}

// scanDetails asks for what the file may not say itself, beginning with one of them.
func (a *app) scanDetails(x intake.Scan, at string) ui.Edit {
	form := ui.Form{
		Title: scanTitle, Says: "What the file may not say itself. An empty line leaves it to the file.",
		Send: "read it so", At: at,
	}
	for _, d := range intake.Details {
		form.Fields = append(form.Fields, ui.Field{ID: d.Word, Label: d.Ask, Says: d.Says, Value: d.Of(x.Options)})
	}
	return ui.Edit{Form: form, Then: func(v ui.Values, _ *ui.Context) []ui.Ask {
		for _, d := range intake.Details {
			d.Set(&x.Options, strings.TrimSpace(v[d.Word]))
		}
		if err := a.propose(x); err != nil {
			a.say(err)
		}
		return nil
	}}
}

// scanMenu offers to take it in, and to read all of what that means first.
func (a *app) scanMenu(x intake.Scan, t intake.Taking, d doc.Doc, counts []string) ui.Choose {
	n := len(t.New) + len(t.Other)
	menu := ui.Choose{Title: scanTitle, Says: strings.Join(counts, " ")}
	menu.Options = append(menu.Options, ui.Option{
		Text: "Read how it was read, and row by row what is not plain",
		Then: func(*ui.Context) []ui.Ask {
			a.front = dialog.NewHelp(d.Title, sectionsOf(d))
			a.reply = reply{closed: func() tea.Cmd { return a.do(a.follows(a.again(x))) }}
			return nil
		},
	})
	if n > 0 {
		menu.Options = append(menu.Options, ui.Option{
			Text: "Take in " + words.Count(n, "rating", "ratings"), Says: "In one change, which u takes back.",
			Then: func(*ui.Context) []ui.Ask {
				return ui.Make(t.Batch, func(*ui.Context) string {
					return words.Count(n, "rating", "ratings") + " taken in. u takes all of it back."
				})
			},
		})
	}
	for _, way := range x.Ways(t, a.today) {
		menu.Options = append(menu.Options, ui.Option{Text: way.Text, Then: a.again(way.As)})
	}
	menu.Options = append(menu.Options, ui.Option{
		Text: intake.SayMore,
		Then: func(*ui.Context) []ui.Ask { return ui.Asks(a.scanDetails(x, "")) },
	})
	return menu
}

// sectionsOf are the parts of a document as a page to scroll.
func sectionsOf(d doc.Doc) (list []dialog.Section) {
	for _, b := range d.Cleaned().Blocks {
		says := ""
		switch b := b.(type) {
		case doc.Heading:
			list = append(list, dialog.Section{Title: b.Text})
			continue
		case doc.Para:
			says = b.Text
		case doc.Item:
			says = b.Text
		case doc.Pair:
			says = b.Label + " " + b.Text
		}
		if last := len(list) - 1; last >= 0 && says != "" {
			list[last].Says = append(list[last].Says, says)
		}
	}
	return list
}
