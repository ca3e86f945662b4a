package lines

import (
	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// sections are what the learner brings to a review: the page for the room, or what it rests on.
func (t *talk) sections(below bool) []appraisal.Section {
	var out []appraisal.Section
	all := appraisal.Sections(t.s.Report(), t.s.Profile(), t.s.Pack(), t.s.Titles(), appraisal.You)
	for _, x := range all {
		if x.Below == below {
			out = append(out, x)
		}
	}
	return out
}

// room reads out the page for the room with its lines numbered, and opens the one that is chosen.
func (t *talk) room() error {
	heard := -1 // the revision of the record when it was read out
	return t.until(func() error {
		var list []appraisal.Line
		page := t.sections(false)
		for _, x := range page {
			list = append(list, x.Lines...)
		}
		if len(list) == 0 {
			t.say.Para(0, "There is nothing to bring yet: rate a duty first.")
			return errBack
		}
		n, err := t.number(question{
			More: "A number opens that line: its statement, its action, or what came of it. again reads the page.",
			Mute: heard == t.s.Rev(),
			Says: func() {
				at := 0
				for _, x := range page {
					t.say.Para(0, "%s:", x.Head)
					for _, l := range x.Lines {
						at++
						t.say.Item(0, "%d. %s", at, sentence(l.Line()))
					}
				}
			},
		}, len(list), 0)
		heard = t.s.Rev()
		if err != nil {
			return err
		}
		switch l := list[n-1]; {
		case l.Left != nil:
			return t.until(once(func() error { return t.cameOf(*l.Left) }))
		case l.Action != "":
			return t.until(once(func() error { return t.outcome(l.Action) }))
		case l.Goal != "":
			return t.goal(l.Goal)
		case l.KSB != "":
			return t.statement(l.KSB)
		}
		return nil
	})
}

// restsOn reads out what the page for the room rests on.
func (t *talk) restsOn() error {
	var d doc.Doc
	for _, x := range t.sections(true) {
		var items []string
		for _, l := range x.Lines {
			items = append(items, l.Line())
		}
		d.Section(x.Head, items)
	}
	if len(d.Blocks) == 0 {
		t.say.Para(0, "Nothing yet.")
		return nil
	}
	t.document(d)
	return nil
}

// cameOf asks what came of something that the last review left open.
func (t *talk) cameOf(l profile.Left) error {
	says := sentence(words.Capital(appraisal.LeftWords(t.s.Profile(), l)))
	var options []option
	for _, outcome := range profile.LeftOutcomes {
		options = append(options, option{Text: words.Capital(outcome.Words()), Do: func() error {
			fields := []field{{
				ID: "note", Ask: appraisal.WhatCame, Says: "One line, for the next review.", Need: true, Was: l.Note,
			}}
			a, err := t.fill("", fields)
			if err != nil {
				return err
			}
			t.do(profile.AnswerLeft{
				Review: l.Review, KSB: l.KSB, Outcome: outcome, Note: a.text(fields, "note"), On: t.s.Today(),
			}, func() string { return "Kept" })
			return nil
		}})
	}
	return t.choose(says+" "+appraisal.WhatCame, options, 0)
}
