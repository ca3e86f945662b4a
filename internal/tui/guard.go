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

// A looking goes through what looks as if it named a patient, one question at a time.
type looking struct {
	found func() []privacy.Found // as the record is now
	round privacy.Round
	left  int            // how often it was answered that something stays for now
	out   bool           // something was taken out
	then  func() tea.Cmd // once nothing is left to ask, or the learner has had enough
}

// entered notes the record of before a text came into it, so that the guard looks at what came.
func (a *app) entered(before profile.Profile) {
	if a.unguarded == nil {
		a.unguarded = &before
	}
}

// guard asks about what came into the record, as soon as nothing is in front: by then it is safe.
func (a *app) guard() {
	if a.unguarded == nil || a.front != nil || a.leaving || a.quitting {
		return
	}
	before := *a.unguarded
	a.unguarded = nil
	a.lookAt(&looking{
		found: func() []privacy.Found { return a.s.GuardChange(before) }, then: func() tea.Cmd { return nil },
	})
}

func (a *app) guardAll() tea.Cmd {
	if !a.mayEdit(privacy.Comeback) {
		return nil
	}
	x := &looking{found: a.s.GuardRecord}
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
	return a.lookAt(x)
}

// lookAt asks the next question, or goes on where there is none.
func (a *app) lookAt(x *looking) tea.Cmd {
	q, ok := x.round.Next(x.found())
	if !ok {
		if x.left > 0 {
			a.message = words.Count(x.left, "place stays as it is", "places stay as they are") + ". ctrl+p and \"" +
				privacy.Comeback + "\" comes back to it."
		}
		return x.then()
	}
	a.frame, a.message = nil, strings.TrimSuffix(a.message, byU)    // not while a question is in front
	menu := ui.Choose{Title: q.Title(), Says: q.Says(), Calm: true} // it may open under a key that was meant to rate
	ways := q.Ways(a.sheet())
	menu.Options = ui.Ways(ways, nil)
	a.front, a.reply = dialog.NewMenu(menu), reply{
		picked: func(i int) tea.Cmd { return a.answer(x, q, ways[i]) },
		closed: func() tea.Cmd {
			x.left += q.Of - q.Number + 1
			x.found = func() []privacy.Found { return nil }
			return a.lookAt(x)
		},
	}
	return nil
}

// byU says what takes an answer back.
const byU = " u brings it back."

// answer does what was decided, and goes on to the next question.
func (a *app) answer(x *looking, q privacy.Question, way plan.Way[privacy.Answer]) tea.Cmd {
	switch way.Is {
	case privacy.Rewrite:
		a.rewrite(x, q)
		return nil
	case privacy.TakeOut:
		if !a.guarded(q.TakenOut(), "Taken out."+byU) {
			return a.lookAt(x)
		}
		x.out = true
	case privacy.NoPatient:
		if !a.guarded(profile.Clear{Marks: []string{q.Mark}}, "Not asked about again.") {
			return a.lookAt(x)
		}
	case privacy.Leave:
		x.left++
	}
	x.round.Answered(q, way.Is)
	return tea.Batch(a.goOn(), a.lookAt(x))
}

// guarded makes a change that an answer asks for, about which the guard does not ask again. It says whether it was
// made.
func (a *app) guarded(change profile.Change, says string) bool {
	before := a.unguarded
	ok := a.change(ui.Do{Change: change, Then: ui.Saying(says)})
	a.unguarded = before
	return ok
}

// rewrite opens the text that something stands in, with the cursor behind it.
func (a *app) rewrite(x *looking, q privacy.Question) {
	field := ui.Field{ID: "text", Label: words.Capital(q.Place), Value: q.Text(), At: q.End, Need: true}
	if utf8.RuneCountInString(field.Value) > 60 { // no more is changed with ease on one line
		field.Lines = 5
	}
	form := dialog.NewForm(ui.Form{
		Title: "Change it", Says: words.Capital(q.Advice()) + ".", Send: "keep it so", Fields: []ui.Field{field},
	}, nil)
	again := func() tea.Cmd { return a.lookAt(x) }
	var after reply
	after = reply{closed: again, sent: func(v ui.Values) tea.Cmd {
		if v["text"] != q.Text() && !a.guarded(q.Rewritten(v["text"]), "Changed."+byU) {
			a.front, a.reply = form, after
			return nil
		}
		x.round.Answered(q, privacy.Rewrite)
		return tea.Batch(a.goOn(), a.lookAt(x))
	}}
	a.front, a.reply = form, after
}
