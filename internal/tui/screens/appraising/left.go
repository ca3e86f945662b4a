package appraising

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// leftBlocks are what the last review left to come, each with what came of it.
func (s *Screen) leftBlocks(c *ui.Context, list []profile.Left) []block {
	if len(list) == 0 {
		return nil
	}
	out := []block{{Text: "Left open last time:", Row: page.Row{Deep: true}}}
	for _, l := range list {
		came := cmp.Or(words.Capital(appraisal.Came(l)), appraisal.WhatCame)
		r := page.Row{KSB: l.KSB, Code: l.KSB, Name: appraisal.LeftTitle(l, c.Title), Deep: true}
		r.Says = []string{appraisal.LeftWords(c.Profile, l), came}
		out = append(out, s.leftBlock(c, l, r))
	}
	return out
}

// leftBlock gives the row for something that was left open its key, its sign and what Enter does.
func (s *Screen) leftBlock(c *ui.Context, l profile.Left, r page.Row) block {
	r.Key, r.Sign, r.Does = leftKey(l), page.Open, "say what came of it"
	r.Enter = func(c *ui.Context) []ui.Ask { return s.askLeft(c, l) }
	if l.Outcome != profile.ActionOpen {
		r.Sign, r.Does = endSign(l.Outcome), "change what came of it"
	}
	return row(r)
}

func leftKey(l profile.Left) string { return leftRow + l.Review + " " + l.KSB }

func (s *Screen) askLeft(c *ui.Context, l profile.Left) []ui.Ask {
	ways := []ui.Way[profile.ActionStatus]{
		{Is: profile.ActionDone, Text: "Done", Says: "It came about."},
		{Is: profile.ActionNotDone, Text: "Not done", Says: "It did not come about; agree anew what would help."},
		{Is: profile.ActionDropped, Text: "Dropped", Says: "It is not needed any more."},
	}
	answer := func(outcome profile.ActionStatus, c *ui.Context) []ui.Ask {
		return s.answerLeft(c, l, outcome, safetext.Text{})
	}
	menu := ui.Choose{Title: appraisal.WhatCame, Says: words.Capital(appraisal.LeftWords(c.Profile, l))}
	menu.Options, menu.At = ui.Ways(ways, answer), max(slices.Index(profile.LeftOutcomes, l.Outcome), 0)
	menu.Options = append(menu.Options, ui.Option{
		Text: "Done, and a line on it", Says: "What came of it, in your own words.",
		Then: func(c *ui.Context) []ui.Ask { return ui.Asks(s.leftForm(c, l)) },
	})
	return ui.Asks(menu)
}

func (s *Screen) leftForm(c *ui.Context, l profile.Left) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		return s.answerLeft(c, l, profile.ActionDone, v.Text("note"))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-left-" + l.Review + "-" + l.KSB, Title: appraisal.WhatCame,
		Says: words.Capital(appraisal.LeftWords(c.Profile, l)), Send: "keep it",
		Fields: []ui.Field{{
			ID: "note", Label: "What came of it?", Says: "One line. It goes into the record of the next review.",
			Value: l.Note.Raw(), Need: true,
		}},
	}}
}

// answerLeft keeps what came of it, and goes on to the next one that nobody has answered.
func (s *Screen) answerLeft(c *ui.Context, l profile.Left, outcome profile.ActionStatus, note safetext.Text) []ui.Ask {
	l.Outcome, l.Note = outcome, note
	change := profile.AnswerLeft{Review: l.Review, KSB: l.KSB, Outcome: outcome, Note: note, On: c.Today}
	return s.make(change, func(c *ui.Context) string {
		if left := c.Profile.Unanswered(); len(left) > 0 {
			s.choose(c, leftKey(left[0]))
			return words.Capital(appraisal.Came(l)) + ". The next one?"
		}
		s.step(c, 1)
		return words.Capital(appraisal.Came(l)) + ". " + appraisal.LeftAnswered(c.Profile, c.Today)
	})
}
