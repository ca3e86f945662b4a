package tui

import (
	"path/filepath"
	"strings"

	review "github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

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
	taken, err := review.TakeSheet(a.s.Profile(), filled, a.today)
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
