package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

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
