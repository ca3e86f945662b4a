package tui

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// A filing asks for a file, and does something with it.
type filing struct {
	title, says, send string // of the form
	asks, help        string // of its field, which is called file
	file              string // what stands there first
	// does at once what needs the record, and gives the work on the disk
	work func(file string) func() filed
	// of a file that is written: what in it looks as if it named a patient; nil where one is read
	out func() []privacy.Found
}

// intoFile asks for a file that is written.
const intoFile = "Into which new file?"

// namesNobody is of a file with nothing in it that a patient could be named in, or nothing that goes to others.
func namesNobody() []privacy.Found { return nil }

// askOut asks what to do about what names a patient in a file that is to be written, and then which file it is to be.
func (a *app) askOut(f *filing) {
	says := privacy.InIt(f.out())
	if says == "" {
		a.askFile(f)
		return
	}
	ask := func() tea.Cmd { a.askFile(f); return nil }
	a.offer(ui.Choose{Title: f.title, Says: says},
		way{ui.Option{Key: "W", Text: "Write it as it is", Says: "You choose the file."}, ask},
		way{
			ui.Option{Key: "L", Text: "Look at them first"},
			func() tea.Cmd { return a.lookAt(&looking{found: f.out, then: ask}) },
		})
}

func (a *app) askFile(f *filing) {
	field := ui.Field{ID: "file", Label: f.asks, Says: f.help, Value: f.file, Need: true}
	if f.out != nil {
		field.Doubt = func(file string) string { // in its name, which stands when it is sent again
			for _, f := range a.s.GuardFile(file) {
				return f.Says() + "; " + f.Advice() + ". Enter again keeps it"
			}
			return ""
		}
	}
	form := ui.Form{Title: f.title, Says: f.says, Send: f.send, Fields: []ui.Field{field}}
	a.front, a.reply = dialog.NewForm(form, nil),
		reply{sent: func(v ui.Values) tea.Cmd { return a.toFile(f, v["file"]) }}
}

// filed is how the work on a file ended: with an error, or with what follows in the program.
type filed struct {
	err  error
	then func() error
}

// toFile sees to the file that was named. What needs the record is done at once, the work on the disk beside the loop.
// Where something went wrong it is said, with the file to be mended still in the form.
func (a *app) toFile(f *filing, file string) tea.Cmd {
	work := f.work(file)
	a.filing++
	return tea.Batch(a.goOn(), beside(func() func() tea.Cmd {
		done := work()
		return func() tea.Cmd {
			a.filing--
			err := done.err
			if err == nil {
				err = done.then()
			}
			if err == nil {
				return a.goOn()
			}
			a.leaving = false
			if a.front == nil {
				f.file = file
				a.askFile(f)
			}
			return a.say(err)
		}
	}))
}

// write writes a new file, beside the loop.
type write func() (path, warning string, err error)

// writing is the work of writing a new file. Once it is there, it is said where, what to do with it, and what was odd.
func (a *app) writing(start func(file string) (w write, after string)) func(string) func() filed {
	return func(file string) func() filed {
		w, after := start(file)
		return func() filed {
			path, warning, err := w()
			return filed{err, func() error {
				a.message = "Written: " + safetext.Line(path) + ". " + after
				if warning != "" {
					a.message += " But " + safetext.Line(warning) + "."
				}
				return nil
			}}
		}
	}
}

// reading is the work of reading a file, and what follows.
func reading[T any](read func(file string) (T, error), then func(T) error) func(string) func() filed {
	return func(file string) func() filed {
		return func() filed {
			x, err := read(file)
			return filed{err, func() error { return then(x) }}
		}
	}
}

// fileOf is where a file is written unless the learner says otherwise: where it is found again, named by the day.
func (a *app) fileOf(name string, day calendar.Date, ending string) string {
	return filepath.Join(a.s.Home(), name+"-"+day.String()+ending)
}

// papers are what is said of each paper before and after it is written, how its file begins, and the document itself.
var papers = map[ui.Paper]struct {
	title, says, after, file string
	make                     func(s *session.Session) (doc.Doc, error)
}{
	ui.PackPaper: {
		"What to bring, as a file", "Plain text, to send or print. Your private notes are left out. " +
			appraisal.PackFirst,
		appraisal.PackFirst, "review-pack",
		func(s *session.Session) (doc.Doc, error) { return s.PackDoc(false), nil },
	},
	ui.RecordPaper: {
		"The record, as a file", "Plain text, to send or print, with its check code. Private parts are in it only " +
			"where you included them.",
		"Send it as you send any file, or print it.", "review-record", (*session.Session).LastRecord,
	},
	ui.ChancePaper: {
		"Chances to ask for, as a file", "Plain text, for your manager. It holds no level, note or evidence of yours.",
		"Take it to your manager.", "requests",
		func(s *session.Session) (doc.Doc, error) { return s.RequestsDoc(), nil },
	},
	ui.IndexPaper: {
		"The index of my portfolio, as a file",
		"Each piece of evidence, each KSB with what shows it, and what is without. No level or note is in it.",
		"ksbcoach evidence index writes it as a workbook too.", "portfolio-index",
		func(s *session.Session) (doc.Doc, error) { return s.PortfolioIndex(handout.Options{}).Doc(), nil },
	},
}

// paperFiling writes a paper into a file. A record is named by the day of its review.
func (a *app) paperFiling(paper ui.Paper) *filing {
	words, day := papers[paper], a.today
	if r, ok := a.s.Profile().LastReview(); ok && paper == ui.RecordPaper {
		day = r.On
	}
	return &filing{
		title: words.title, says: words.says, send: "write it", asks: intoFile, help: "How the name ends: " +
			export.Endings() + ".",
		file: a.fileOf(words.file, day, ".txt"),
		work: a.writing(func(file string) (write, string) {
			d, err := words.make(a.s)
			into, format := a.s.WriteNew, export.ForFile(a.s.Typed(file))
			return func() (string, string, error) {
				var data []byte
				if err == nil {
					data, err = format.Write(d)
				}
				if err != nil {
					return "", "", err
				}
				return into(file, data)
			}, words.after
		}),
		out: func() []privacy.Found {
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
		a.askFile(a.sheetMaking(sheet.FormatFor(ask.Format, "")))
		return
	}
	ways := lists.Each(sheet.Formats, func(f sheet.Format) ui.Way[string] {
		return ui.Way[string]{Is: f.Word, Text: words.Capital(f.Name), Says: f.For}
	})
	a.choose(ui.Choose{
		Title: "A rating sheet for a mentor elsewhere",
		Says:  "Who takes which form? What comes back is taken in the same way.",
		At:    slices.IndexFunc(ways, func(w ui.Way[string]) bool { return w.Is == firstFormat }),
		Options: ui.Ways(ways, func(format string, _ *ui.Context) []ui.Ask {
			return ui.Asks(ui.Sheet{Format: format})
		}),
	})
}

// sheetMaking makes a rating sheet. The learner gets an id first where there is none; without it, since the profile may
// only be read, the sheet goes by the name.
func (a *app) sheetMaking(format sheet.Format) *filing {
	return &filing{
		title: "Make a rating sheet: " + format.Name, send: "write the sheet", asks: intoFile,
		file: a.sheetFile(format),
		says: "Your name is in it, and nothing that you said of yourself. Send it to your mentor as you send any " +
			"file; " + format.Next + ".",
		work: a.writing(func(file string) (write, string) {
			_ = a.s.Identify()
			p, into := a.s.Profile(), a.s.MakeSheet
			after := "Send it to your mentor; o takes in what comes back."
			if p.Learner.ID == "" {
				after += " It goes by your name alone, since the profile may only be read here."
			}
			return func() (string, string, error) { return into(p, format, file) }, after
		}),
		out: namesNobody, // of what was typed it holds the learner's name alone
	}
}

func (a *app) sheetFile(format sheet.Format) string {
	return a.fileOf("rating-sheet", a.today, format.Ending)
}

func (a *app) sheetTaking() *filing {
	return &filing{
		title: sheetTitle, send: "take it in", asks: sheet.Where,
		says: "Your mentor's ratings and notes go into the open round. Your own level changes only by what you agree.",
		help: "The whole name of the file, such as " + safetext.Line(a.sheetFile(sheet.Formats[0])) + ": " +
			sheet.Comes + ".",
		work: reading(a.s.ReadSheet, a.takeSheet),
	}
}

func (a *app) takeSheet(filled profile.Profile) error {
	before := a.s.Profile()
	taken, err := appraisal.TakeSheet(before, filled, a.today)
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

// What the forms that take something in are called.
const (
	sheetTitle = "Take in a rating sheet"
	scanTitle  = "Take in a skills scan"
)

// scanTaking asks for the file, reads it, and goes on to what it would change.
func (a *app) scanTaking() *filing {
	return &filing{
		title: scanTitle, send: "read it", asks: "Where is the file?",
		says: "Ratings, comments and days from a workbook (.xlsx), CSV or JSON. It shows what it understood; nothing " +
			"changes until you say so.",
		work: reading(a.s.ReadScan, func(t []xlsx.Table) error { return a.propose(intake.Scan{Tables: t}) }),
	}
}

// propose shows what a scan would change, or asks first for what the file does not say, such as the scale.
func (a *app) propose(x intake.Scan) error {
	g := intake.Ground{Standard: a.s.Standard(), Scale: a.o.Library.Scale(), Today: a.today}
	proposal, taking, err := x.Propose(a.s.Profile(), g)
	var unclear *intake.Unclear
	var refused *intake.Refused
	switch {
	case errors.As(err, &unclear) && len(unclear.Fits) > 0:
		menu := ui.Choose{Title: "Which scale is it?", Says: words.Capital(unclear.Error()) + "."}
		for _, s := range unclear.Fits {
			menu.Options = append(menu.Options,
				ui.Option{Text: words.Capital(s.String()), Then: a.again(x.WithScale(unclear.By, s))})
		}
		a.choose(menu)
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

// scanDetails asks for what the file may not say itself, beginning with one of them.
func (a *app) scanDetails(x intake.Scan, at string) ui.Edit {
	form := ui.Form{
		Title: scanTitle, Says: "What the file may not say itself. An empty line leaves it to the file.",
		Send: "read it so", At: at, Fields: lists.Each(intake.Details, func(d intake.Detail) ui.Field {
			return ui.Field{ID: d.Word, Label: d.Ask, Says: d.Says, Value: d.Of(x.Options)}
		}),
	}
	return ui.Edit{Form: form, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		for _, d := range intake.Details {
			d.Set(&x.Options, strings.TrimSpace(v[d.Word]))
		}
		return a.again(x)(c)
	}}
}

// scanMenu offers to take it in, and to read all of what that means first.
func (a *app) scanMenu(x intake.Scan, t intake.Taking, d doc.Doc, counts []string) ui.Choose {
	n := len(t.New) + len(t.Other)
	read := func(*ui.Context) []ui.Ask {
		a.front = dialog.NewHelp(d.Title, sectionsOf(d))
		a.reply = reply{closed: func() tea.Cmd { return a.do(a.follows(a.again(x))) }}
		return nil
	}
	menu := ui.Choose{Title: scanTitle, Says: strings.Join(counts, " "), Options: []ui.Option{
		{Text: "Read how it was read, and row by row what is not plain", Then: read},
	}}
	if n > 0 {
		ratings := words.Count(n, "rating", "ratings")
		taken := ui.Do{Change: t.Batch, Then: ui.Saying(ratings + " taken in. u takes all of it back.")}
		menu.Options = append(menu.Options, ui.Option{
			Text: "Take in " + ratings, Says: "In one change, which u takes back.", Then: ui.Asking(taken),
		})
	}
	for _, way := range x.Ways(t, a.today) {
		menu.Options = append(menu.Options, ui.Option{Text: way.Text, Then: a.again(way.As)})
	}
	menu.Options = append(menu.Options, ui.Option{Text: intake.SayMore, Then: ui.Asking(a.scanDetails(x, ""))})
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
