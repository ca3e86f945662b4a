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

// A fileJob asks for the name of a file, and reads or writes it.
type fileJob struct {
	title, says, send string // of the form
	label, help       string // of its one field
	file              string // the name that is in it at first
	// work is called in Update and may look at the record; the function that it returns must not, since it runs on
	// another goroutine and reads or writes the file.
	work func(file string) func() fileResult
	// out returns what in a file to be written looks as if it named a patient; it is nil for a file to be read.
	out func() []privacy.Found
}

// intoFile is the label for a file that is written.
const intoFile = "Into which new file?"

// namesNobody is the out of a file that cannot name a patient, or that is not for others.
func namesNobody() []privacy.Found { return nil }

// askToWrite asks which file to write. If something in it looks as if it named a patient, it first asks about that.
func (a *app) askToWrite(f *fileJob) {
	says := privacy.InIt(f.out())
	if says == "" {
		a.askFile(f)
		return
	}
	ask := func() tea.Cmd { a.askFile(f); return nil }
	a.offer(ui.Choose{Title: f.title, Says: says},
		choice{ui.Option{Key: "W", Text: "Write it as it is", Says: "You choose the file."}, ask},
		choice{
			ui.Option{Key: "L", Text: "Look at them first"},
			func() tea.Cmd { return a.askNext(&patientCheck{found: f.out, then: ask}) },
		})
}

func (a *app) askFile(f *fileJob) {
	field := ui.Field{ID: "file", Label: f.label, Says: f.help, Value: f.file, Need: true}
	if f.out != nil {
		field.Doubt = func(file string) string {
			found := a.s.GuardFile(file) // in the name of the file
			if len(found) == 0 {
				return ""
			}
			return found[0].Says() + "; " + found[0].Advice() + ". Enter again keeps it"
		}
	}
	form := ui.Form{Title: f.title, Says: f.says, Send: f.send, Fields: []ui.Field{field}}
	a.front, a.reply = dialog.NewForm(form, nil),
		reply{sent: func(v ui.Values) tea.Cmd { return a.startFileJob(f, v["file"]) }}
}

// fileResult is how the work on a file ended: with an error, or with a function for Update to call.
type fileResult struct {
	err  error
	then func() error
}

// startFileJob starts the work on the file that was named. If it fails, the form comes back with the name in it, and
// the message says why.
func (a *app) startFileJob(f *fileJob, file string) tea.Cmd {
	work := f.work(file)
	a.fileJobs++
	return tea.Batch(a.followUps(), inBackground(func() func() tea.Cmd {
		done := work()
		return func() tea.Cmd {
			a.fileJobs--
			err := done.err
			if err == nil {
				err = done.then()
			}
			if err == nil {
				return a.followUps()
			}
			a.leaving = false
			if a.front == nil {
				f.file = file
				a.askFile(f)
			}
			return a.showError(err)
		}
	}))
}

// write writes a new file. It runs on another goroutine.
type write func() (path, warning string, err error)

// writing is the work of writing a new file. Afterwards a message says where the file is, what to do with it (after),
// and what to be careful about (warning).
func (a *app) writing(start func(file string) (w write, after string)) func(string) func() fileResult {
	return func(file string) func() fileResult {
		w, after := start(file)
		return func() fileResult {
			path, warning, err := w()
			return fileResult{err, func() error {
				a.message = "Written: " + safetext.Line(path) + ". " + after
				if warning != "" {
					a.message += " Note: " + safetext.Line(warning) + "."
				}
				return nil
			}}
		}
	}
}

// reading is the work of reading a file. Then is called with what was read, in Update.
func reading[T any](read func(file string) (T, error), then func(T) error) func(string) func() fileResult {
	return func(file string) func() fileResult {
		return func() fileResult {
			x, err := read(file)
			return fileResult{err, func() error { return then(x) }}
		}
	}
}

// fileOf is the name that a new file gets unless the learner types another: with the day, in their home folder.
func (a *app) fileOf(name string, day calendar.Date, ending string) string {
	return filepath.Join(a.s.Home(), name+"-"+day.String()+ending)
}

// papers are the forms for writing each paper.
var papers = map[ui.Paper]struct {
	title, says, after, file string // after: what to do with it; file: the name, without day and ending
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

// paperJob writes a paper into a file. The file of a record is named by the day of its review.
func (a *app) paperJob(paper ui.Paper) *fileJob {
	x, day := papers[paper], a.today
	if r, ok := a.s.Profile().LastReview(); ok && paper == ui.RecordPaper {
		day = r.On
	}
	return &fileJob{
		title: x.title, says: x.says, send: "write it",
		label: intoFile, help: "How the name ends: " + export.Endings() + ".", file: a.fileOf(x.file, day, ".txt"),
		work: a.writing(func(file string) (write, string) {
			d, err := x.make(a.s)
			writeNew, format := a.s.WriteNew, export.ForFile(a.s.Typed(file))
			return func() (string, string, error) {
				if err != nil {
					return "", "", err
				}
				data, err := format.Write(d)
				if err != nil {
					return "", "", err
				}
				return writeNew(file, data)
			}, x.after
		}),
		out: func() []privacy.Found {
			d, err := x.make(a.s)
			if err != nil {
				return nil // then nothing is written either, and work says why
			}
			return a.s.GuardDoc("", d)
		},
	}
}

// makeSheet asks for the format of a rating sheet, and then for its file.
func (a *app) makeSheet(ask ui.Sheet) {
	if ask.Format != "" {
		a.askFile(a.sheetWriteJob(sheet.FormatFor(ask.Format, "")))
		return
	}
	ways := lists.Each(sheet.Formats, func(f sheet.Format) ui.Way[string] {
		return ui.Way[string]{Is: f.Word, Text: words.Capital(f.Name), Says: f.For}
	})
	a.choose(ui.Choose{
		Title: "A rating sheet for a mentor elsewhere",
		Says:  "Choose what suits your mentor. What comes back is always taken in the same way.",
		At:    slices.IndexFunc(ways, func(w ui.Way[string]) bool { return w.Is == firstFormat }),
		Options: ui.Ways(ways, func(format string, _ *ui.Context) []ui.Ask {
			return ui.Asks(ui.Sheet{Format: format})
		}),
	})
}

// sheetWriteJob writes a rating sheet. First the learner gets an id, if they have none; in a profile that is read only
// they cannot, and then the sheet is matched by their name when it comes back.
func (a *app) sheetWriteJob(format sheet.Format) *fileJob {
	return &fileJob{
		title: "Make a rating sheet: " + format.Name, send: "write the sheet", label: intoFile,
		file: a.sheetFile(format),
		says: "Your name is in it, but nothing that you rated or wrote. Send it to your mentor as you send any " +
			"file; " + format.Next + ".",
		work: a.writing(func(file string) (write, string) {
			_ = a.s.Identify()
			p, makeSheet := a.s.Profile(), a.s.MakeSheet
			after := "Send it to your mentor; o takes in what comes back."
			if p.Learner.ID == "" {
				after += " It goes by your name alone, since the profile may only be read here."
			}
			return func() (string, string, error) { return makeSheet(p, format, file) }, after
		}),
		out: namesNobody, // the learner's name is the only typed text in it
	}
}

func (a *app) sheetFile(format sheet.Format) string {
	return a.fileOf("rating-sheet", a.today, format.Ending)
}

func (a *app) sheetReadJob() *fileJob {
	return &fileJob{
		title: sheetTitle, send: "take it in", label: sheet.Where,
		says: "Your mentor's ratings and notes go into the open round. Your own level changes only by what you agree.",
		help: "The whole name of the file, such as " + safetext.Line(a.sheetFile(sheet.Formats[0])) + ": " +
			sheet.Comes + ".",
		work: reading(a.s.ReadSheet, a.takeSheet),
	}
}

// takeSheet puts the ratings of a filled sheet into the record.
func (a *app) takeSheet(filled profile.Profile) error {
	before := a.s.Profile()
	taken, err := appraisal.TakeSheet(before, filled, a.today)
	if err == nil && len(taken.New) > 0 {
		err = a.s.Do(taken.Batch)
		a.guardLater(before)
	}
	if err != nil {
		return err
	}
	r, _ := a.s.Profile().Open()
	a.message = strings.Join(taken.Words(filled, r.ID), " ")
	return nil
}

// The titles of the forms that take something in.
const (
	sheetTitle = "Take in a rating sheet"
	scanTitle  = "Take in a skills scan"
)

// scanJob reads a skills scan, and shows what it would change.
func (a *app) scanJob() *fileJob {
	return &fileJob{
		title: scanTitle, send: "read it", label: "Where is the file?",
		says: "Ratings, comments and days from a workbook (.xlsx), CSV or JSON. It shows what it understood; nothing " +
			"changes until you say so.",
		work: reading(a.s.ReadScan, func(t []xlsx.Table) error { return a.propose(intake.Scan{Tables: t}) }),
	}
}

// propose shows what a scan would change. If the file leaves something open, such as the scale, it first asks for that.
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
				ui.Option{Text: words.Capital(s.String()), Then: a.proposeAgain(x.WithScale(unclear.By, s))})
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

// proposeAgain proposes after the learner has said more about the scan.
func (a *app) proposeAgain(x intake.Scan) ui.Then {
	return func(*ui.Context) []ui.Ask {
		if err := a.propose(x); err != nil {
			a.showError(err)
		}
		return nil
	}
}

// scanDetails asks for what the file may not say itself, beginning with the field at.
func (a *app) scanDetails(x intake.Scan, at string) ui.Edit {
	form := ui.Form{
		Title: scanTitle, Says: "What the file may not say itself. An empty line leaves it to the file.",
		Send: "read it again", At: at, Fields: lists.Each(intake.Details, func(d intake.Detail) ui.Field {
			return ui.Field{ID: d.Word, Label: d.Ask, Says: d.Says, Value: d.Of(x.Options)}
		}),
	}
	return ui.Edit{Form: form, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		for _, d := range intake.Details {
			d.Set(&x.Options, strings.TrimSpace(v[d.Word]))
		}
		return a.proposeAgain(x)(c)
	}}
}

// scanMenu offers to take a scan in, and to read first what that would change, as document d says it.
func (a *app) scanMenu(x intake.Scan, t intake.Taking, d doc.Doc, counts []string) ui.Choose {
	n := len(t.New) + len(t.Other)
	read := func(*ui.Context) []ui.Ask {
		a.front = dialog.NewHelp(d.Title, sectionsOf(d))
		a.reply = reply{closed: func() tea.Cmd { return a.performAndSave(a.afterAnswer(a.proposeAgain(x))) }}
		return nil
	}
	menu := ui.Choose{Title: scanTitle, Says: strings.Join(counts, " "), Options: []ui.Option{
		{Text: "Read how it was read, and which rows are unclear", Then: read},
	}}
	if n > 0 {
		ratings := words.Count(n, "rating", "ratings")
		taken := ui.Do{Change: t.Batch, Then: ui.Saying(ratings + " taken in. u takes all of it back.")}
		menu.Options = append(menu.Options, ui.Option{
			Text: "Take in " + ratings, Says: "In one change, which u takes back.", Then: ui.Asking(taken),
		})
	}
	for _, way := range x.Ways(t, a.today) {
		menu.Options = append(menu.Options, ui.Option{Text: way.Text, Then: a.proposeAgain(way.As)})
	}
	menu.Options = append(menu.Options, ui.Option{Text: intake.SayMore, Then: ui.Asking(a.scanDetails(x, ""))})
	return menu
}

// sectionsOf turns a document into the sections of a page to scroll.
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
