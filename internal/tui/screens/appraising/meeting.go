package appraising

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) meetBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	var out []block
	if !open {
		says := "No review is open, and there has been none so far."
		if last, ok := c.Profile.LastReview(); ok {
			says = "No review is open. The last one was on " + last.On.Long() + ", with " +
				stopped(appraisal.MetBy(last))
		}
		out = append(append([]block{{Text: says}}, yearlyBlock(c)...), s.startBlock(c))
	} else {
		out = append(out, row(page.Row{
			Key: metRow, Name: reviewSays(r), Says: []string{"Not right? Enter here changes names, day or kind."},
			Does: "change who meets, the day or which kind of review it is", Enter: s.askMet(r),
		}))
	}
	out = append(out, block{Head: fmt.Sprintf("Agenda of %d minutes", s.minutes)})
	for _, part := range appraisal.Agenda(s.minutes) {
		x := page.Row{Key: partRow(part.ID), Code: fmt.Sprintf("%d:%02d", part.From/60, part.From%60), Name: part.Title}
		if part.Who == "learner" || part.Who == "mentor" {
			x.Name += " (" + part.Who + " first)"
		}
		x.Says, x.Does = []string{part.Words}, "go on to the next part"
		if open {
			x = s.openPart(c, r, part.ID, x)
		}
		if out = append(out, row(x)); open && part.ID == appraisal.AgendaLast {
			out = append(append(out, s.checkBlocks(c, r)...), s.leftBlocks(c, c.Profile.Left())...)
		}
	}
	if open {
		out = append(out, s.cancelBlocks(r)...)
	}
	return out
}

func reviewSays(r profile.Review) string {
	return fmt.Sprintf("%s of %s, with %s", r.Kind.Name(), r.On.Long(), appraisal.MetBy(r))
}

func (s *Screen) startBlock(c *ui.Context) block {
	return row(page.Row{
		Key: "start", Name: "Start a review", Says: []string{plan.ReviewLine(c.Profile, c.Today)},
		Does:  "start a review: which kind, with whom, when",
		Enter: func(c *ui.Context) []ui.Ask { return ui.Asks(s.startMenu(c)) },
	})
}

func (s *Screen) askMet(r profile.Review) ui.Then {
	return func(c *ui.Context) []ui.Ask { return ui.Asks(s.metForm(c, r)) }
}

func (s *Screen) cancelBlocks(r profile.Review) []block {
	return []block{{Head: "Started by mistake?"}, row(page.Row{
		Key: "cancel", Name: "Take this review back", Does: "take it back; it asks first",
		Enter: ui.Asking(s.cancelMenu(r)),
	})}
}

// openPart says of a part of the agenda of the open review how far it is, and what Enter does there.
func (s *Screen) openPart(c *ui.Context, r profile.Review, id string, x page.Row) page.Row {
	at, left := appraisal.StateOf(c.Profile, c.Standard, r, id), c.Profile.Unchecked(r)
	if x.Sign = page.Open; at.Done {
		x.Sign = page.Done
	}
	x.Says = words.Given(append(x.Says, at.Words)...)
	x.Enter = ui.Just(func(c *ui.Context) { s.choose(c, partRow(partAfter(id))) })
	switch id {
	case profile.TalkWell, profile.TalkSeen:
		if !at.Done {
			x.Does, x.Enter = "tick it and go on to the next part", s.tickPart(r, id, true)
		}
	case appraisal.AgendaLast:
		if len(left) > 0 {
			x.Does, x.Enter = "go to the first one to check", s.toAction(left[0].ID)
		}
	case profile.TalkReveal:
		x.Does, x.Enter = "to the mentor's screen: rate blind, then v reveals", ui.Going(ui.Mentor)
	case appraisal.AgendaAgree:
		x.Does, x.Enter = "to the mentor's screen, where v reveals what you differ on", ui.Going(ui.Mentor)
	case appraisal.AgendaNew:
		x.Does, x.Enter = "choose three to five goals in the plan", ui.Going(ui.Plan)
		if len(left) > 0 {
			x.Does = "check the actions of last time first"
			x.Enter = func(c *ui.Context) []ui.Ask {
				return append(s.toAction(left[0].ID)(c), ui.Say{Text: words.Capital(profile.ChecksFirst) + "."})
			}
		}
	case profile.TalkSupport:
		x.Does, x.Enter = "write private notes", s.askPrivate
	case appraisal.AgendaClose:
		x.Does, x.Enter = "go on to After", s.showing(afterTab)
	}
	return x
}

// partAfter is the next part of the agenda. The last part gives itself.
func partAfter(id string) string {
	all := appraisal.Agenda(usualMinutes)
	i := slices.IndexFunc(all, func(x appraisal.Item) bool { return x.ID == id })
	return all[min(i+1, len(all)-1)].ID
}

// handTick is the part under the cursor that only those who meet can tick, and false for any other line.
func (s *Screen) handTick(c *ui.Context) (id string, ok bool) {
	r, open := c.Profile.OpenReview()
	id, isPart := strings.CutPrefix(s.chosen(c).Key, agendaRow)
	if !open || s.text != nil || s.tab != meetTab || !isPart {
		return "", false
	}
	at := appraisal.StateOf(c.Profile, c.Standard, r, id)
	return id, at.ByHand && (!at.Done || r.HasTalked(id))
}

func (s *Screen) tickPart(r profile.Review, id string, onward bool) ui.Then {
	return func(*ui.Context) []ui.Ask {
		return s.make(r.ToggleTalk(id), func(c *ui.Context) string {
			if onward {
				s.choose(c, partRow(partAfter(id)))
			}
			return ""
		})
	}
}

// untickedPart is the part of the agenda in which the ticks of the open review and those of a change differ.
func (s *Screen) untickedPart(c *ui.Context, talked []string) string {
	r, _ := c.Profile.OpenReview()
	for _, id := range profile.Talks {
		if r.HasTalked(id) != slices.Contains(talked, id) {
			return partRow(id)
		}
	}
	return ""
}

// checkBlocks are the actions of last time, including those that ended before the meeting, and then those added since.
func (s *Screen) checkBlocks(c *ui.Context, r profile.Review) []block {
	var out, since []block
	for _, x := range r.Checked {
		a, g, ok := c.Profile.Action(x.Action)
		switch {
		case !ok:
		case x.Since:
			since = append(since, s.checkBlock(c, x, a, g))
		default:
			out = append(out, s.checkBlock(c, x, a, g))
		}
	}
	if len(since) > 0 {
		out = append(append(out, block{Text: "Added since:", Row: page.Row{Deep: true}}), since...)
	}
	return out
}

func (s *Screen) checkBlock(c *ui.Context, x profile.Checked, a profile.Action, g profile.Goal) block {
	b := page.Row{Key: actionRow + a.ID, Deep: true, Name: a.Text.Line(), Does: "say what became of it"}
	if x.Before { // it had ended when the review started
		says := x.Outcome.Words() + words.After(" on ", a.Closed.Long()) + words.After(": ", x.Reason.Line())
		b.Sign, b.Says, b.Does = forms.ActionSign(x.Outcome, false), []string{says}, "open it in its goal"
		return to(ui.Go{To: ui.Plan, Action: a.ID}, b)
	}
	b.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.checkMenu(c, a, g, x)) }
	if x.Outcome == profile.ActionOpen {
		if b.Says = []string{actionFacts(c, a, g)}; a.Status != profile.ActionOpen {
			b.Says = []string{"in your plan: " + a.Status.Words()}
		}
		if !a.Due.IsZero() && a.Due.Before(c.Today) { // also where the plan has closed it since
			b.Sign = page.Late
		}
		return todo(b, b.Enter)
	}
	b.Sign, b.Does = forms.ActionSign(x.Outcome, false), "change what became of it"
	b.Says = words.Given(x.Outcome.Words()+words.After(": ", x.Reason.Line()), onwardWords(c.Profile, a, x))
	return row(b)
}

func onwardWords(p profile.Profile, a profile.Action, x profile.Checked) string {
	next, _, set := p.Action(x.Next)
	if !set {
		return ""
	}
	return appraisal.GoesOn(a.Text, profile.AgreedAction{Text: next.Text, Due: next.Due})
}

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
		out = append(out, s.leftBlock(l, r))
	}
	return out
}

// leftBlock gives the row for something that was left open its key, its sign and what Enter does.
func (s *Screen) leftBlock(l profile.Left, r page.Row) block {
	if r.Key, r.Does = leftKey(l), "say what came of it"; l.Outcome != profile.ActionOpen {
		r.Sign, r.Does = forms.ActionSign(l.Outcome, false), "change what came of it"
	}
	return todo(r, func(c *ui.Context) []ui.Ask { return s.askLeft(c, l) })
}

func leftKey(l profile.Left) string { return leftRow + l.Review + " " + l.KSB }

func (s *Screen) askLeft(c *ui.Context, l profile.Left) []ui.Ask {
	ways := []ui.Way[profile.ActionStatus]{
		{Is: profile.ActionDone, Text: "Done", Says: "It came about."},
		{Is: profile.ActionNotDone, Text: "Not done", Says: "It did not come about; agree anew what would help."},
		{Is: profile.ActionDropped, Text: "Dropped", Says: "It is not needed any more."},
	}
	answer := func(to profile.ActionStatus, c *ui.Context) []ui.Ask { return s.answerLeft(c, l, to, safetext.Text{}) }
	note := func(v ui.Values, c *ui.Context) []ui.Ask {
		return s.answerLeft(c, l, profile.ActionDone, v.Text("note"))
	}
	says := words.Capital(appraisal.LeftWords(c.Profile, l))
	field := ui.Field{ID: "note", Label: "What came of it?", Value: l.Note.Raw(), Need: true}
	field.Says = "One line. It goes into the record of the next review."
	form := ui.Edit{Then: note, Form: ui.Form{
		Key: "review-left-" + l.Review + "-" + l.KSB, Title: appraisal.WhatCame, Says: says, Send: "keep it",
		Fields: []ui.Field{field},
	}}
	line := ui.Option{
		Text: "Done, and a line on it", Says: "What came of it, in your own words.",
		Then: ui.Asking(form),
	}
	return ui.Asks(ui.Choose{
		Title: appraisal.WhatCame, Says: says, Options: append(ui.Ways(ways, answer), line),
		At: max(slices.Index(profile.LeftOutcomes, l.Outcome), 0),
	})
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

// make makes a change and brings the screen up to date before then runs. Then gives the line to say, or "".
func (s *Screen) make(change profile.Change, then func(*ui.Context) string) []ui.Ask {
	return ui.Make(change, func(c *ui.Context) string {
		s.learn(c)
		return then(c)
	})
}

func (s *Screen) onwards(say string) func(*ui.Context) string {
	return func(c *ui.Context) string { s.step(c, 1); return say }
}

// askOutcome asks for the reason that an outcome needs. The form starts with what was said before.
func (s *Screen) askOutcome(c *ui.Context, action string, outcome profile.ActionStatus) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	a, _, ok := c.Profile.Action(action)
	if !ok {
		return nil
	}
	of := forms.Outcome{Action: a, Status: outcome}
	for _, x := range r.Checked {
		if next, _, set := c.Profile.Action(x.Next); x.Action == action && x.Outcome == outcome {
			if of.Reason = x.Reason; set {
				of.Next = &next
			}
		}
	}
	return ui.Asks(ui.Edit{Form: forms.OutcomeForm(c, of), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		reason, next := forms.OutcomeSent(v, c, of)
		says := words.Capital(outcome.Words()) + "."
		if next != nil {
			says = "Changed, and set anew."
		}
		return s.check(profile.CheckAction{
			Review: r.ID, Action: a.ID, Outcome: outcome, Reason: reason, On: c.Today, Next: next, NoNext: next == nil,
		}, says)
	}})
}

// setAgain checks an action that is not due yet by setting it again in the same words.
func (s *Screen) setAgain(c *ui.Context, action string) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	a, _, ok := c.Profile.Action(action)
	if !ok {
		return nil
	}
	return s.check(appraisal.NotDueYet(r, a, c.NewID("a"), c.Today), "It goes on as it is.")
}

func (s *Screen) check(change profile.CheckAction, says string) []ui.Ask {
	return s.make(change, func(c *ui.Context) string {
		r, _ := c.Profile.OpenReview()
		left := c.Profile.Unchecked(r)
		if len(left) == 0 {
			s.choose(c, partRow(profile.TalkReveal))
			return "All actions are checked. New ones may be set now."
		}
		place := func(id string) int {
			return slices.IndexFunc(r.Checked, func(x profile.Checked) bool { return x.Action == id })
		}
		next := slices.IndexFunc(left, func(a profile.Action) bool { return place(a.ID) > place(change.Action) })
		s.choose(c, actionRow+left[max(next, 0)].ID)
		return says + " " + words.Count(len(left), "action", "actions") + " still to check."
	})
}

// closing closes the open review with the hash of its record; the round may stay open. A change that the rules
// refuse is asked for all the same, so that the root says why.
func (s *Screen) closing(goesOn bool) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		r, _ := c.Profile.OpenReview()
		return s.make(appraisal.Closing(c.Profile, c.Standard, r, c.Today, goesOn), func(*ui.Context) string {
			s.show(afterTab)
			s.at[meetTab], s.at[afterTab] = page.List{}, page.List{}
			return "Closed. It is only read from now on. " + appraisal.HashWords
		})
	}
}
