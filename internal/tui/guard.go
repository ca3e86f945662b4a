package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A patientCheck asks about each place that looks as if it named a patient, one question at a time.
type patientCheck struct {
	found func() []privacy.Found // looks at the record as it is now
	round privacy.Round
	left  int            // how many places stay as they are for now
	out   bool           // something was taken out
	then  func() tea.Cmd // called once nothing is left to ask, or the learner has had enough
}

// guardLater notes the record from before a text came into it, so that guard checks what came.
func (a *app) guardLater(before profile.Profile) {
	if a.unguarded == nil {
		a.unguarded = &before
	}
}

// guard asks about the texts that came into the record, as soon as no dialog is open. The texts themselves are safe in
// the record by then.
func (a *app) guard() {
	if a.unguarded == nil || a.front != nil || a.leaving || a.quitting {
		return
	}
	before := *a.unguarded
	a.unguarded = nil
	a.askNext(&patientCheck{
		found: func() []privacy.Found { return a.s.GuardChange(before) }, then: func() tea.Cmd { return nil },
	})
}

// guardAll asks about every place in the record.
func (a *app) guardAll() tea.Cmd {
	if !a.mayEdit(privacy.Comeback) {
		return nil
	}
	x := &patientCheck{found: a.s.GuardRecord}
	x.then = func() tea.Cmd {
		switch {
		case x.left > 0:
		case x.out:
			a.message = "That was all. Older versions of your profile still hold what was taken out; ? says where " +
				"they are."
		default:
			a.message = "Nothing more in your profile looks as if it named a patient. Read it through all the same; " +
				"? says what cannot be known."
		}
		return nil
	}
	return a.askNext(x)
}

// askNext asks the next question of a check, or ends the check.
func (a *app) askNext(x *patientCheck) tea.Cmd {
	q, ok := x.round.Next(x.found())
	if !ok {
		if x.left > 0 {
			a.message = words.Count(x.left, "place stays as it is", "places stay as they are") + ". ctrl+p and \"" +
				privacy.Comeback + "\" comes back to it."
		}
		return x.then()
	}
	a.frame = nil
	a.message = strings.TrimSuffix(a.message, byU) // u does nothing while a question is open
	ways := q.Ways(a.isSheet())
	menu := ui.Choose{Title: q.Title(), Says: q.Says(), Options: ui.Ways(ways, nil)}
	menu.Calm = true // the menu opens by itself, perhaps just before a key that is meant to rate
	a.front, a.reply = dialog.NewMenu(menu), reply{
		picked: func(i int) tea.Cmd { return a.answer(x, q, ways[i]) },
		closed: func() tea.Cmd {
			x.left += q.Of - q.Number + 1
			x.found = func() []privacy.Found { return nil }
			return a.askNext(x)
		},
	}
	return nil
}

// byU says which key takes an answer back.
const byU = " u brings it back."

// answer does what the learner decided about a place, and goes on to the next question.
func (a *app) answer(x *patientCheck, q privacy.Question, way plan.Way[privacy.Answer]) tea.Cmd {
	switch way.Is {
	case privacy.Rewrite:
		a.rewrite(x, q)
		return nil
	case privacy.TakeOut:
		if !a.changeChecked(q.TakenOut(), "Taken out."+byU) {
			return a.askNext(x)
		}
		x.out = true
	case privacy.NoPatient:
		if !a.changeChecked(profile.Clear{Marks: []string{q.Mark}}, "Not asked about again.") {
			return a.askNext(x)
		}
	case privacy.Leave:
		x.left++
	}
	x.round.Answered(q, way.Is)
	return tea.Batch(a.followUps(), a.askNext(x))
}

// changeChecked makes the change that an answer asks for. The guard does not ask about that change again. False means
// that it was refused.
func (a *app) changeChecked(change profile.Change, says string) bool {
	before := a.unguarded
	ok := a.change(ui.Do{Change: change, Then: ui.Saying(says)})
	a.unguarded = before
	return ok
}

// rewrite opens the text around a place for editing, with the cursor after that place.
func (a *app) rewrite(x *patientCheck, q privacy.Question) {
	field := ui.Field{ID: "text", Label: words.Capital(q.Place), Value: q.Text(), At: q.End, Need: true}
	if utf8.RuneCountInString(field.Value) > 60 { // too long to edit easily on one line
		field.Lines = 5
	}
	form := dialog.NewForm(ui.Form{
		Title: "Change it", Says: words.Capital(q.Advice()) + ".", Send: "keep the change", Fields: []ui.Field{field},
	}, nil)
	var after reply
	after = reply{closed: func() tea.Cmd { return a.askNext(x) }, sent: func(v ui.Values) tea.Cmd {
		if v["text"] != q.Text() && !a.changeChecked(q.Rewritten(v["text"]), "Changed."+byU) {
			a.front, a.reply = form, after
			return nil
		}
		x.round.Answered(q, privacy.Rewrite)
		return tea.Batch(a.followUps(), a.askNext(x))
	}}
	a.front, a.reply = form, after
}
