package appraisal

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// leftBlocks are what the last review left to come, each with what came of it.
func leftBlocks(c *ui.Context, list []profile.Left) []block {
	if len(list) == 0 {
		return nil
	}
	out := []block{{head: "Left open last time"}}
	for _, l := range list {
		b := block{
			item: leftItem(l), sign: isOpen, code: l.KSB, name: appraisal.LeftTitle(l, c.Title), says: []string{appraisal.LeftWords(c.Profile, l)},
			does: "say what came of it",
		}
		if came := appraisal.Came(l); came != "" {
			b.says, b.does = append(b.says, capital(came)), "change what came of it"
			if b.sign = isOver; l.Outcome == profile.ActionDone {
				b.sign = isDone
			}
		} else {
			b.says = append(b.says, appraisal.WhatCame)
		}
		out = append(out, b)
	}
	return out
}

func leftItem(l profile.Left) item { return item{kind: leftOpenOnce, id: l.KSB, in: l.Review} }

// askLeft asks what came of something that was left.
func (s *Screen) askLeft(c *ui.Context, x item) []ui.Ask {
	all := c.Profile.Left()
	i := slices.IndexFunc(all, func(l profile.Left) bool { return leftItem(l) == x })
	if i < 0 {
		return nil
	}
	l := all[i]
	menu := ui.Choose{Title: appraisal.WhatCame, Says: capital(appraisal.LeftWords(c.Profile, l))}
	for i, o := range leftOutcomes {
		o.Option.Then = func(c *ui.Context) []ui.Ask { return s.answerLeft(c, l, o.Status, safetext.Text{}) }
		if menu.Options = append(menu.Options, o.Option); o.Status == l.Outcome {
			menu.At = i
		}
	}
	menu.Options = append(menu.Options, ui.Option{
		Text: "Done, and a line on it", Says: "What came of it, in your own words.",
		Then: func(c *ui.Context) []ui.Ask { return ui.Asks(s.leftForm(c, l)) },
	})
	return ui.Asks(menu)
}

func (s *Screen) leftForm(c *ui.Context, l profile.Left) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		return s.answerLeft(c, l, profile.ActionDone, *textIn(v, "note"))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-left-" + l.Review + "-" + l.KSB, Title: appraisal.WhatCame, Says: capital(appraisal.LeftWords(c.Profile, l)), Send: "keep it",
		Fields: []ui.Field{{ID: "note", Label: "What came of it?", Says: "One line. It goes into the record of the next review.", Value: l.Note.Raw(), Need: true}},
	}}
}

var leftOutcomes = []struct {
	Status profile.ActionStatus
	Option ui.Option
}{
	{profile.ActionDone, ui.Option{Text: "Done", Says: "It came about."}},
	{profile.ActionNotDone, ui.Option{Text: "Not done", Says: "It did not come about; agree anew what would help."}},
	{profile.ActionDropped, ui.Option{Text: "Dropped", Says: "It is not needed any more."}},
}

// answerLeft keeps what came of it.
func (s *Screen) answerLeft(c *ui.Context, l profile.Left, outcome profile.ActionStatus, note safetext.Text) []ui.Ask {
	l.Outcome, l.Note = outcome, note
	change := profile.AnswerLeft{Review: l.Review, KSB: l.KSB, Outcome: outcome, Note: note, On: c.Today}
	return s.make(change, func(c *ui.Context) string { return s.afterLeft(c, l) })
}

// afterLeft goes on to the next one that nobody has answered.
func (s *Screen) afterLeft(c *ui.Context, l profile.Left) string {
	if left := c.Profile.Unanswered(); len(left) > 0 {
		s.choose(c, leftItem(left[0]))
		return capital(appraisal.Came(l)) + ". The next one?"
	}
	s.move(c, 1)
	return capital(appraisal.Came(l)) + ". All that was left last time is answered."
}
