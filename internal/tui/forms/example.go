// Package forms holds the forms that several screens open, and reads them when they are sent off. A form of one screen
// only stays with its screen.
package forms

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// NoPatients goes with every field in which a learner writes about work.
const NoPatients = coaching.NoPatients

// Example asks for one dated example of a KSB. Duty is the duty that it comes from, or 0; prompt is the question that
// draws it out, or "".
func Example(c *ui.Context, ksb string, duty int, prompt string) ui.Edit {
	return ui.Edit{
		Form: ui.Form{
			Key: "example:" + ksb, Title: "An example for " + ksb + " " + c.Title(ksb), Send: "keep the example",
			Says: strings.TrimSpace(prompt + " " + NoPatients), Models: Notes(c, ksb), Fields: []ui.Field{
				{ID: "title", Label: plan.AskExample, Need: true},
				{ID: "on", Label: "When?", Value: c.Today.String(), Day: ui.PastDay, Check: ui.CheckPast(c.Today)},
			},
		},
		Then: func(v ui.Values, c *ui.Context) []ui.Ask {
			e := EvidenceSent(v, c, Piece{Hand: ui.Hand{Duty: duty}, Kind: profile.KindExample})
			e.KSBs = []string{ksb}
			return ui.Asks(ui.Do{
				Change: profile.AddEvidence{Evidence: e, Today: c.Today}, Then: ui.Saying("Example kept for " + ksb + "."),
			})
		},
	}
}
