package tui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// firstFormat is the format that is offered first: it can be read on any machine, and printed.
const firstFormat = "html"

// formatOf returns the format that is asked for.
func formatOf(ask ui.Report) export.Format {
	if ask.Format == "" {
		ask.Format = firstFormat
	}
	f, _ := export.ForReport(ask.Format, "")
	return f
}

// reportRead is the option of the menu of a report that shows it.
const reportRead = 1

// reportMenu offers to write a report. It says what would be in it, and has an option for each choice about it.
func (a *app) reportMenu(ask ui.Report) ui.Choose {
	if ask.For == "" {
		ask.For = handout.Audiences[0]
	}
	private := "left out"
	switch {
	case ask.Redacted:
		private = "left out, and so are all names and words"
	case len(ask.Include) > 0:
		private = words.List(ask.Include)
	}
	write := ask
	write.Write, write.Warned = true, true
	named := privacy.InIt(a.reportNames(ask))
	menu := ui.Choose{
		Title: "A report", Says: strings.TrimSpace(a.reportSays(ask) + " " + named), Options: []ui.Option{
			{Text: "Write it", Says: "You choose the file.", Then: ui.Asking(write)},
			reportRead: {Text: "Read it first", Then: a.reportReading(ask)},
			{Text: "Format: " + formatOf(ask).Name, Then: ui.Asking(formatMenu(ask))},
			{Text: "Who reads it: " + ask.For.Words(), Then: ui.Asking(audienceMenu(ask))},
			{Text: "Private parts: " + private, Then: ui.Asking(privateMenu(ask, 0))},
		},
	}
	if named == "" {
		return menu
	}
	menu.Options = append(menu.Options, ui.Option{
		Key: "L", Text: "Look at what names a patient",
		Then: func(*ui.Context) []ui.Ask {
			backToMenu := func() tea.Cmd { return a.performAndSave(ui.Asks(ask)) }
			a.askNext(&patientCheck{found: func() []privacy.Found { return a.reportNames(ask) }, then: backToMenu})
			return nil
		},
	})
	for i := range menu.Options[:len(menu.Options)-1] {
		menu.Options[i].Key = strconv.Itoa(i + 1)
	}
	return menu
}

// reportNames returns what in a report looks as if it named a patient.
func (a *app) reportNames(ask ui.Report) []privacy.Found {
	return a.s.GuardReport("", formatOf(ask), ask.Options)
}

// reportSays says what would be in a report.
func (a *app) reportSays(ask ui.Report) string {
	var parts []string
	switch f := formatOf(ask); {
	case f.Dated():
		return a.reportHolds(ask)
	case f.Tables():
		tables, err := a.s.ReportMaterial(ask.Options).Tables()
		if err != nil {
			return "It cannot be made: " + err.Error()
		}
		for _, t := range tables {
			parts = append(parts, t.Name)
		}
		return "In it, as tables: " + words.List(parts) + ". " + ask.Says()
	}
	return "In it: " + inSentence(a.s.ReportDoc(ask.Options).Parts()) + ". " + ask.Says()
}

// reportHolds says which private parts are in a report.
func (a *app) reportHolds(ask ui.Report) string {
	if formatOf(ask).Dated() {
		return a.s.ReportMaterial(ask.Options).Dates().Says(ask.Options)
	}
	return ask.Says()
}

// reportReading shows a report before it is written: who it is for, what stays out of it, and all that is in it.
func (a *app) reportReading(ask ui.Report) ui.Then {
	return func(*ui.Context) []ui.Ask {
		format := formatOf(ask)
		d, err := format.Preview(a.s.ReportMaterial(ask.Options))
		if err != nil {
			a.showError(err)
			return ui.Asks(ask)
		}
		head := []doc.Block{doc.Para{Text: "Who reads it: " + ask.For.Words() + ". " + a.reportHolds(ask)}}
		if left := a.s.ReportLeaves(ask.Options); len(left) > 0 && !format.Tables() {
			head = append(head, doc.Para{Text: "Not in it: " + inSentence(left) + "."})
		}
		if named := privacy.InIt(a.reportNames(ask)); named != "" {
			head = append(head, doc.Para{Text: named})
		}
		if d.Title != "" {
			head = append(head, doc.Heading{Text: d.Title})
		}
		shown := doc.Doc{Blocks: append(head, d.Blocks...)}
		a.front = dialog.NewReading("Before it is written: "+format.Name, func(width int) []string {
			return strings.Split(strings.TrimSuffix(string(export.Text(shown, width)), "\n"), "\n")
		})
		menu := a.reportMenu(ask)
		menu.At = reportRead
		a.reply = reply{closed: func() tea.Cmd { return a.performAndSave(a.afterAnswer(ui.Asking(menu))) }}
		return nil
	}
}

func inSentence(headings []string) string {
	lower := func(h string) string { return strings.ToLower(h[:1]) + h[1:] }
	return strings.Join(lists.Each(headings, lower), "; ")
}

func formatMenu(ask ui.Report) ui.Choose {
	is := func(f export.Format) bool { return f.Word == formatOf(ask).Word }
	menu := ui.Choose{Title: "Which format?", At: slices.IndexFunc(export.Formats, is)}
	for _, f := range export.Formats {
		ask.Format = f.Word
		menu.Options = append(menu.Options, ui.Option{Text: words.Capital(f.Name), Then: ui.Asking(ask)})
	}
	return menu
}

func audienceMenu(ask ui.Report) ui.Choose {
	menu := ui.Choose{
		Title: "Who reads it?",
		Says:  "A report for others calls you by name, and does not list what you still have to prove.",
		At:    slices.Index(handout.Audiences, ask.For),
	}
	for _, audience := range handout.Audiences {
		ask.For = audience
		menu.Options = append(menu.Options, ui.Option{Text: words.Capital(audience.Words()), Then: ui.Asking(ask)})
	}
	return menu
}

// privateMenu has an option for each private part, which puts the part into the report or takes it out again. At is the
// option under the cursor.
func privateMenu(ask ui.Report, at int) ui.Choose {
	menu := ui.Choose{
		Title: "Which private parts go in?", Says: "Enter puts a part in, or takes it out again.", At: at,
		Options: []ui.Option{{Text: "That is all", Then: ui.Asking(ask)}},
	}
	toggle := func(text string, toggled ui.Report) {
		at := len(menu.Options)
		menu.Options = append(menu.Options, ui.Option{Text: text, Then: func(*ui.Context) []ui.Ask {
			return ui.Asks(privateMenu(toggled, at))
		}})
	}
	for _, part := range handout.Parts {
		toggled, says := ask, "left out"
		toggled.Redacted = false
		if at := slices.Index(ask.Include, part); at >= 0 {
			says, toggled.Include = "in it", slices.Delete(slices.Clone(ask.Include), at, at+1)
		} else {
			toggled.Include = slices.Sorted(slices.Values(append(slices.Clone(ask.Include), part)))
		}
		toggle(words.Capital(part)+": "+says, toggled)
	}
	toggled := ask
	toggled.Redacted, toggled.Include = !ask.Redacted, nil
	toggle("Codes, levels and dates alone, without any name: "+lists.Pick(ask.Redacted, "yes", "no"), toggled)
	return menu
}

// reportJob writes a report into a file or, for a format of several files, into a folder.
func (a *app) reportJob(ask ui.Report) *fileJob {
	format, name := formatOf(ask), "report"
	if ask.For != "" && ask.For != handout.Audiences[0] && !ask.Redacted {
		name = "report-for-" + string(ask.For)
	}
	f := &fileJob{
		title: "A report: " + format.Name, says: ask.Says(), send: "write it", label: intoFile,
		out: func() []privacy.Found { return a.reportNames(ask) },
	}
	after := "Read it through before you hand it on."
	switch {
	case format.Folder:
		f.label, f.file = "Into which new folder?", a.fileOf(name, a.today, "")
	case format.Dated():
		f.says = a.reportSays(ask) + " " + handout.DatesTaken
		after = "Import it into your calendar; after changes, a new one moves the dates."
	}
	if !format.Folder {
		f.file = a.fileOf(name, a.today, format.Endings[0])
	}
	f.work = a.writing(func(file string) (write, string) {
		if format.Dated() {
			_ = a.s.Identify() // the id makes a calendar recognise the dates when they are imported again
		}
		material, writeFile, writeFolder := a.s.ReportMaterial(ask.Options), a.s.WriteNew, a.s.WriteNewFolder
		return func() (string, string, error) {
			files, err := format.Report(material)
			switch {
			case err != nil:
				return "", "", err
			case format.Folder:
				return writeFolder(file, files)
			}
			return writeFile(file, files[0].Data)
		}, after
	})
	return f
}
