package tui

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// What the root itself asks when evidence is added from any screen: first the kind, then the rest.
type (
	evidenceKind  struct{ hand ui.Hand }
	evidencePiece struct{ piece forms.Piece }
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
	a.front, a.note = dialog.NewMenu(forms.EvidenceKind(c, hand)), evidenceKind{hand}
}

// kindPicked goes on from the kind to the form.
func (a *app) kindPicked(ask evidenceKind, index int) {
	kinds := forms.Kinds(ask.hand)
	if index >= len(kinds) {
		return
	}
	p := forms.Piece{Hand: ask.hand, Kind: kinds[index]}
	a.one(ui.Edit{Form: forms.Evidence(a.context(), p), Note: evidencePiece{p}})
}

// keepEvidence keeps the piece. The screen stays as it is, and only hears that something was done.
func (a *app) keepEvidence(ask evidencePiece, values map[string]string) []ui.Ask {
	e := forms.EvidenceSent(values, a.context(), ask.piece)
	return ui.Asks(ui.Do{Change: profile.AddEvidence{Evidence: e, Today: a.context().Today}, Note: ask}, ui.Say{Text: forms.EvidenceKept(e)})
}
