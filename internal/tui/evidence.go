package tui

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// askEvidence opens the way to a new piece of evidence in front of the screen, for what the screen has in hand.
func (a *app) askEvidence() {
	switch {
	case a.blind():
		a.refuse(ui.Refuse{Title: "Evidence waits", Says: "Evidence is the learner's own, so adding it waits until you look together."})
		return
	case !a.mayEdit("Add evidence"):
		return
	}
	c := a.context()
	var hand ui.Hand
	if x, ok := a.screen().(ui.Holder); ok {
		hand = x.InHand(c)
	}
	a.choose(forms.AddEvidence(c, hand, func(e profile.Evidence, _ *ui.Context) []ui.Ask {
		return ui.Asks(ui.Say{Text: forms.EvidenceKept(e)})
	}))
}
