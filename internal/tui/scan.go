package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// A scan is a skills scan that was read, with what the learner has said about it so far.
type scan struct {
	tables   []xlsx.Table
	scales   map[profile.Rater]intake.Scale
	on       calendar.Date // the day of all ratings, in place of those in the file; zero takes those
	doubtful bool
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
				return filed{err, func() error {
					return a.propose(scan{tables: tables, scales: map[profile.Rater]intake.Scale{}})
				}}
			}
		},
	}
}

// propose shows what a scan would change, or asks for the scale of its levels first.
func (a *app) propose(x scan) error {
	g := intake.Ground{Standard: a.s.Standard(), Scale: a.o.Library.Scale(), Today: a.today}
	proposal, err := intake.Understand(x.tables, g, intake.Options{Scales: x.scales, On: x.on})
	var unclear *intake.Unclear
	if errors.As(err, &unclear) && len(unclear.Fits) > 0 {
		a.choose(a.scaleMenu(x, unclear))
		return nil
	}
	if err != nil {
		return err
	}
	taking, err := intake.Take(a.s.Profile(), proposal, g, x.doubtful)
	if err != nil {
		return err
	}
	a.choose(a.scanMenu(x, taking, intake.Doc(proposal, taking, g.Scale, g.Today), taking.Counts(proposal, g.Today)))
	return nil
}

// again proposes with what the learner has said now.
func (a *app) again(x scan) ui.Then {
	return func(*ui.Context) []ui.Ask {
		if err := a.propose(x); err != nil {
			a.say(err)
		}
		return nil
	}
}

// scaleMenu asks which scale it is.
func (a *app) scaleMenu(x scan, unclear *intake.Unclear) ui.Choose {
	menu := ui.Choose{Title: "Which scale is it?", Says: words.Capital(unclear.Error()) + "."}
	for _, s := range unclear.Fits {
		with := x
		with.scales = map[profile.Rater]intake.Scale{unclear.By: s}
		for by, told := range x.scales {
			if by != unclear.By {
				with.scales[by] = told
			}
		}
		menu.Options = append(menu.Options, ui.Option{Text: words.Capital(s.String()), Then: a.again(with)})
	}
	return menu
}

// scanMenu offers to take it in, and to read all of what that means first.
func (a *app) scanMenu(x scan, t intake.Taking, d doc.Doc, counts []string) ui.Choose {
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
	also := x
	also.doubtful = !x.doubtful
	switch {
	case x.doubtful:
		menu.Options = append(menu.Options, ui.Option{Text: "Leave out what is in doubt", Then: a.again(also)})
	case len(t.Doubt) > 0:
		menu.Options = append(menu.Options, ui.Option{
			Text: fmt.Sprintf("Take what is in doubt too (%d)", len(t.Doubt)), Then: a.again(also),
		})
	}
	dated := x
	switch dated.on = a.today; {
	case !x.on.IsZero():
		dated.on = calendar.Date{}
		menu.Options = append(menu.Options, ui.Option{Text: "Go by the days in the file", Then: a.again(dated)})
	case len(t.Barred) > 0:
		menu.Options = append(menu.Options, ui.Option{
			Text: "Date them all today, in place of the days in the file", Then: a.again(dated),
		})
	}
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
