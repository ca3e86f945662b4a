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

// firstFormat is what a report is offered in first: it can be read on any machine, and printed.
const firstFormat = "html"

// formatOf is the format that a report is asked for in.
func formatOf(ask ui.Report) export.Format {
	if ask.Format == "" {
		ask.Format = firstFormat
	}
	f, _ := export.ForReport(ask.Format, "")
	return f
}

// reportRead is the line of the menu of a report that shows it.
const reportRead = 1

// reportMenu offers a report: what would be in it, and each choice with what it is now.
func (a *app) reportMenu(ask ui.Report) ui.Choose {
	if ask.For == "" {
		ask.For = handout.Audiences[0]
	}
	private := "left out"
	switch {
	case ask.Redacted:
		private = "left out, and with it every name and all words"
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
			{Text: "What is private: " + private, Then: ui.Asking(privateMenu(ask, 0))},
		},
	}
	if named == "" {
		return menu
	}
	menu.Options = append(menu.Options, ui.Option{
		Key: "L", Text: "Look at what names a patient",
		Then: func(*ui.Context) []ui.Ask {
			again := func() tea.Cmd { return a.do(ui.Asks(ask)) }
			a.lookAt(&looking{found: func() []privacy.Found { return a.reportNames(ask) }, then: again})
			return nil
		},
	})
	for i := range menu.Options[:len(menu.Options)-1] {
		menu.Options[i].Key = strconv.Itoa(i + 1)
	}
	return menu
}

// reportNames are what in a report looks as if it named a patient.
func (a *app) reportNames(ask ui.Report) []privacy.Found {
	return a.s.GuardReport("", formatOf(ask), ask.Options)
}

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

// reportHolds says what of the private is in a report.
func (a *app) reportHolds(ask ui.Report) string {
	if formatOf(ask).Dated() {
		return a.s.ReportMaterial(ask.Options).Dates().Says(ask.Options)
	}
	return ask.Says()
}

// reportReading shows a report before it is written: for whom it is, what stays out of it, and all that is in it.
func (a *app) reportReading(ask ui.Report) ui.Then {
	return func(*ui.Context) []ui.Ask {
		format := formatOf(ask)
		d, err := format.Preview(a.s.ReportMaterial(ask.Options))
		if err != nil {
			a.say(err)
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
		a.reply = reply{closed: func() tea.Cmd { return a.do(a.follows(ui.Asking(menu))) }}
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
		Title: "Who reads it?", Says: "Others read of you by name, and of nothing that you still have to prove.",
		At: slices.Index(handout.Audiences, ask.For),
	}
	for _, audience := range handout.Audiences {
		ask.For = audience
		menu.Options = append(menu.Options, ui.Option{Text: words.Capital(audience.Words()), Then: ui.Asking(ask)})
	}
	return menu
}

// privateMenu takes what is private in and out again, each part by its name.
func privateMenu(ask ui.Report, at int) ui.Choose {
	menu := ui.Choose{
		Title: "What of the private goes in?", Says: "Enter takes a part in, or leaves it out again.", At: at,
		Options: []ui.Option{{Text: "That is all", Then: ui.Asking(ask)}},
	}
	toggle := func(text string, is ui.Report) {
		next := len(menu.Options)
		menu.Options = append(menu.Options, ui.Option{Text: text, Then: func(*ui.Context) []ui.Ask {
			return ui.Asks(privateMenu(is, next))
		}})
	}
	for _, part := range handout.Parts {
		is, says := ask, "left out"
		is.Redacted = false
		if at := slices.Index(ask.Include, part); at >= 0 {
			says, is.Include = "in it", slices.Delete(slices.Clone(ask.Include), at, at+1)
		} else {
			is.Include = slices.Sorted(slices.Values(append(slices.Clone(ask.Include), part)))
		}
		toggle(words.Capital(part)+": "+says, is)
	}
	is, says := ask, "no"
	if is.Redacted = !ask.Redacted; ask.Redacted {
		says = "yes"
	}
	is.Include = nil
	toggle("Codes, levels and dates alone, without any name: "+says, is)
	return menu
}

// reportFiling writes a report into a file, or a folder of them.
func (a *app) reportFiling(ask ui.Report) *filing {
	format, name := formatOf(ask), "report"
	if ask.For != "" && ask.For != handout.Audiences[0] && !ask.Redacted {
		name = "report-for-" + string(ask.For)
	}
	f := &filing{
		title: "A report: " + format.Name, says: ask.Says(), send: "write it", asks: intoFile,
		out: func() []privacy.Found { return a.reportNames(ask) },
	}
	after := "Read it through before you hand it on."
	switch {
	case format.Folder:
		f.asks, f.file = "Into which new folder?", a.fileOf(name, a.today, "")
	case format.Dated():
		f.says = a.reportSays(ask) + " " + handout.DatesTaken
		after = "Import it into your calendar; after changes, a new one moves the dates."
	}
	if !format.Folder {
		f.file = a.fileOf(name, a.today, format.Endings[0])
	}
	f.work = a.writing(func(file string) (write, string) {
		if format.Dated() {
			_ = a.s.Identify() // so that a calendar knows the dates again
		}
		material, one, all := a.s.ReportMaterial(ask.Options), a.s.WriteNew, a.s.WriteNewFolder
		return func() (string, string, error) {
			files, err := format.Report(material)
			switch {
			case err != nil:
				return "", "", err
			case format.Folder:
				return all(file, files)
			}
			return one(file, files[0].Data)
		}, after
	})
	return f
}
