package appraising

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
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
	if open {
		out = append(out, line(metRow, appraisal.Heading(r), "change who meets, the day or which kind of review it is",
			ui.Asking(s.metForm(c, r)), "Not right? Enter here changes names, day or kind."))
	} else {
		says := "No review is open, and there has been none so far."
		if last, ok := c.Profile.LastReview(); ok {
			says = "No review is open. The last one was on " + last.On.Long() + ", with " +
				words.Stop(appraisal.MetBy(last))
		}
		out = slices.Concat([]block{{Text: says}}, yearlyBlock(c), []block{s.startBlock(c)})
	}
	out = append(out, block{Head: fmt.Sprintf("Agenda of %d minutes", s.minutes)})
	agenda := appraisal.Agenda(s.minutes)
	for i, part := range agenda {
		b := line(partRow(part.ID), part.Title, "go on to the next part", nil, part.Words)
		b.Code = fmt.Sprintf("%d:%02d", part.From/60, part.From%60)
		if part.Who == "learner" || part.Who == "mentor" {
			b.Name += " (" + part.Who + " first)"
		}
		if open {
			b = s.openPart(c, r, part.ID, partRow(agenda[min(i+1, len(agenda)-1)].ID), b)
		}
		out = append(out, b)
		if open && part.ID == appraisal.AgendaLast {
			out = slices.Concat(out, s.checkBlocks(c, r), s.leftBlocks(c))
		}
	}
	if open {
		out = append(out, s.cancelBlocks(r)...)
	}
	return out
}

func (s *Screen) askMinutes(*ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "How long is the meeting?"}
	for _, n := range []int{30, 45, 60, 90} {
		set := ui.Just(func(*ui.Context) { s.minutes = n })
		menu.Options = append(menu.Options, ui.Option{Text: fmt.Sprintf("%d minutes", n), Then: set})
	}
	return ui.Asks(menu)
}

// yearlyBlock says that the yearly appraisal is due soon or overdue.
func yearlyBlock(c *ui.Context) []block {
	if !c.Profile.AppraisalNear(c.Today) {
		return nil
	}
	says := "Your " + plan.Yearly(c.Profile, c.Today)
	if due := c.Profile.ReviewSet(); !due.Before(c.Today) {
		says += "; the review on " + due.Short() + " can be it"
	}
	return []block{{Text: says + "."}}
}

func (s *Screen) startBlock(c *ui.Context) block {
	return line("start", "Start a review", "start a review: which kind, with whom, when", s.askStart,
		plan.ReviewLine(c.Profile, c.Today))
}

func (s *Screen) askStart(c *ui.Context) []ui.Ask {
	says := map[profile.ReviewKind]string{
		profile.ReviewProgress: "every " + words.Count(c.Profile.Settings.EveryMonths(), "month", "months") +
			", with your mentor or assessor",
		profile.ReviewAppraisal: "once a year, with your manager or appraiser",
		profile.ReviewGateway:   "the last one before the end-point assessment",
	}
	if c.Profile.AppraisalNear(c.Today) {
		says[profile.ReviewAppraisal] = "your " + plan.Yearly(c.Profile, c.Today)
	}
	menu := ui.Choose{
		Title: "Which kind of review?",
		Says:  "Every open action of your plan is noted, to be checked in the meeting before new ones are set.",
	}
	for i, k := range profile.ReviewKinds {
		if k == c.Profile.UsualKind(c.Today) {
			i = 0 // the likeliest one comes first
		}
		ask := func(c *ui.Context) []ui.Ask { return s.askWho(c, k) }
		menu.Options = slices.Insert(menu.Options, i, ui.Option{Text: k.Name(), Says: says[k], Then: ask})
	}
	return ui.Asks(menu)
}

// askWho offers the people who have met or rated before, and then opens the form. Without any it opens the form at
// once.
func (s *Screen) askWho(c *ui.Context, kind profile.ReviewKind) []ui.Ask {
	groups := c.Profile.LikelyParticipants(c.Today)
	if len(groups) == 0 {
		return ui.Asks(s.startForm(c, kind, "", startDraft))
	}
	form := func(who, draft string) ui.Then { return ui.Asking(s.startForm(c, kind, who, draft)) }
	menu := ui.Choose{Title: "Who meets with you?", Says: "You can change the names in the next step."}
	menu.Typed = form("", "")
	for _, who := range groups {
		menu.Options = append(menu.Options, ui.Option{Text: who, Then: form(who, "")})
	}
	if rated := c.Profile.MentorsWhoRated(c.Today); len(rated) > 0 {
		menu.Options[0].Says = "rated today"
	} else if last, ok := c.Profile.LastReview(); ok && groups[0] == profile.TypedNames(last.With) {
		menu.Options[0].Says = "as on " + last.On.Long()
	}
	menu.Options = append(menu.Options,
		ui.Option{Text: "Somebody else", Says: "type another name", Then: form("", startDraft)})
	return ui.Asks(menu)
}

// startDraft keeps names that were typed but not sent. A form that opens with names, or because of a letter that was
// typed, keeps no draft: an older draft would replace them.
const startDraft = "review-start"

func (s *Screen) startForm(c *ui.Context, kind profile.ReviewKind, who, draft string) ui.Edit {
	return ui.Edit{Form: ui.Form{
		Key: draft, Title: kind.Name(), Send: "start the review",
		Fields: []ui.Field{whoField("Who meets with you?", who), heldOn(c, c.Today)},
	}, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		return ui.Make(profile.StartReview{
			ID: c.NewID("v"), On: v.Day("on"), Kind: kind, With: profile.Names(v["with"]), Today: c.Today,
		}, func(c *ui.Context) string {
			s.show(c, meetTab, partRow(profile.TalkWell))
			return "The review is open. Start with what went well: the learner speaks first."
		})
	}}
}

func (s *Screen) metForm(c *ui.Context, r profile.Review) ui.Edit {
	const kinds = "progress, appraisal or gateway"
	return ui.Edit{Form: ui.Form{
		Key: "review-met-" + r.ID, Title: "Who met, when, and what for", Send: "keep it",
		Fields: []ui.Field{whoField("Who met with you?", profile.TypedNames(r.With)), heldOn(c, r.On), {
			ID: "kind", Label: "Which kind of review?", Says: kinds, Value: string(r.Kind), Need: true,
			Check: forms.CheckOneOf(profile.ReviewKinds, kinds),
		}},
	}, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		kind, _ := forms.OneOf(v["kind"], profile.ReviewKinds)
		return ui.Make(profile.EditReview{
			ID: r.ID, With: new(profile.Names(v["with"])), On: new(v.Day("on")), Kind: &kind, Today: c.Today,
		}, s.stepAndSay("Kept."))
	}}
}

func whoField(label, value string) ui.Field {
	return ui.Field{
		ID: "with", Label: label, Says: appraisal.WithHelp, Value: value, Need: true,
		Check: func(text string) string { return ui.Wrong(profile.MayBeNames(profile.Names(text))) },
	}
}

// heldOn is the field for the day of a review; profile.MayHold says which days are possible.
func heldOn(c *ui.Context, day calendar.Date) ui.Field {
	p, today := c.Profile, c.Today
	may := ui.CheckDay(func(d calendar.Date) error { return p.MayHold(d, today) })
	return ui.Field{ID: "on", Label: "On which day?", Value: day.String(), Need: true, Day: ui.ExactDay, Check: may}
}

// openPart adds to the row of a part of the agenda how far it is in the open review, and what Enter does there. Next is
// the row of the next part.
func (s *Screen) openPart(c *ui.Context, r profile.Review, id, next string, b block) block {
	state, left := appraisal.StateOf(c.Profile, c.Standard, r, id), c.Profile.Unchecked(r)
	b = ticked(state.Done, b)
	b.Says, b.Enter = words.Given(append(b.Says, state.Words)...), s.showing(meetTab, next)
	switch id {
	case profile.TalkWell, profile.TalkSeen:
		if !state.Done {
			b.Does, b.Enter = "tick it and go on to the next part", s.tickPart(r, id, next)
		}
	case appraisal.AgendaLast:
		if len(left) > 0 {
			b.Does, b.Enter = "go to the first one to check", s.showing(meetTab, actionRow+left[0].ID)
		}
	case profile.TalkReveal:
		b.Does, b.Enter = "to the mentor's screen: rate blind, then v reveals", ui.Going(ui.Mentor)
	case appraisal.AgendaAgree:
		b.Does, b.Enter = "to the mentor's screen, where v reveals what you differ on", ui.Going(ui.Mentor)
	case appraisal.AgendaNew:
		b.Does, b.Enter = "choose three to five goals in the plan", ui.Going(ui.Plan)
		if len(left) > 0 {
			b.Does, b.Enter = "check the actions of last time first", func(c *ui.Context) []ui.Ask {
				s.choose(c, actionRow+left[0].ID)
				return ui.Asks(ui.Say{Text: words.Capital(profile.ChecksFirst) + "."})
			}
		}
	case profile.TalkSupport:
		b.Does, b.Enter = "write private notes", s.askPrivate
	case appraisal.AgendaClose:
		b.Does, b.Enter = "go on to After", s.showing(afterTab, "")
	}
	return b
}

// tickPart ticks a part of the meeting or takes its tick away, and then goes to the row next, or stays for "".
func (s *Screen) tickPart(r profile.Review, id, next string) ui.Then {
	return func(*ui.Context) []ui.Ask {
		return ui.Make(r.ToggleTalk(id), func(c *ui.Context) string {
			s.choose(c, next)
			return ""
		})
	}
}

// checkBlocks are the actions of last time, with those that ended before the meeting, and then the actions added since.
func (s *Screen) checkBlocks(c *ui.Context, r profile.Review) []block {
	var out, since []block
	for _, x := range r.Checked {
		if _, _, ok := c.Profile.Action(x.Action); ok && x.Since {
			since = append(since, s.checkBlock(c, r, x))
		} else if ok {
			out = append(out, s.checkBlock(c, r, x))
		}
	}
	return append(out, under(block{Text: "Added since:", Row: page.Row{Deep: true}}, since)...)
}

func (s *Screen) checkBlock(c *ui.Context, r profile.Review, x profile.Checked) block {
	a, g, _ := c.Profile.Action(x.Action)
	late := !a.Due.IsZero() && a.Due.Before(c.Today) // even if the plan has closed it
	ask := func(c *ui.Context) []ui.Ask { return ui.Asks(s.checkMenu(c, r, x)) }
	b := line(actionRow+a.ID, a.Text.Line(), "change what became of it", ask)
	b.Deep, b.Sign = true, forms.ActionSign(x.Outcome, late && x.Outcome == profile.ActionOpen)
	switch {
	case x.Before: // it ended before the review started
		b.Says = []string{x.Outcome.Words() + words.After(" on ", a.Closed.Long()) + x.Reason.After(": ")}
		b.Does, b.Enter = "open it in its goal", ui.Asking(ui.Go{To: ui.Plan, Action: a.ID})
	case x.Outcome != profile.ActionOpen:
		b.Says = words.Given(x.Outcome.Words()+x.Reason.After(": "), appraisal.Onward(c.Profile, r, x))
	default:
		b.Says, b.Does = []string{actionFacts(c, a, g)}, "say what became of it"
		if a.Status != profile.ActionOpen {
			b.Says = []string{"in your plan: " + a.Status.Words()}
		}
	}
	return b
}

func actionFacts(c *ui.Context, a profile.Action, g profile.Goal) string {
	due := lists.Pick(a.Due.Before(c.Today), "was due ", "due ")
	return strings.Join(words.Given(words.After(due, a.Due.Long()), words.After("for ", strings.Join(g.KSBs, ", ")),
		a.Who.After("with ")), ", ")
}

// checkMenu asks what became of an action of last time. It says what both people need to judge that. If they have
// answered before, it points at that answer.
func (s *Screen) checkMenu(c *ui.Context, r profile.Review, before profile.Checked) ui.Choose {
	a, g, _ := c.Profile.Action(before.Action)
	menu := ui.Choose{Title: "What became of it?", Says: checkFacts(c, a, g)}
	for i, x := range plan.ActionWays {
		o := ui.Option{Text: x.Text, Says: x.Says}
		outcome := forms.Outcome{Action: a, Status: x.Is}
		if x.Is == before.Outcome {
			menu.At, outcome.Reason = i, before.Reason
			if next, _, set := c.Profile.Action(before.Next); set {
				outcome.Next = &next
			}
			o.Says = "This is what you said" + before.Reason.After(": ") +
				words.After("; it ", appraisal.Onward(c.Profile, r, before))
		}
		o.Then = func(c *ui.Context) []ui.Ask { return s.askOutcome(c, outcome) }
		menu.Options = append(menu.Options, o)
	}
	if a.Due.After(c.Today) {
		menu.Options = append(menu.Options, ui.Option{
			Text: appraisal.GoesOnAsIs,
			Says: "It is kept as changed, and set again at once in the same words, by " + a.Due.Long() + ".",
			Then: func(c *ui.Context) []ui.Ask {
				return s.check(appraisal.NotDueYet(r, a, c.NewID("a"), c.Today), "It goes on as it is.")
			},
		})
	}
	return menu
}

func checkFacts(c *ui.Context, a profile.Action, g profile.Goal) string {
	says := words.Stop(a.Text.Line())
	if facts := actionFacts(c, a, g); facts != "" {
		says += " " + words.Capital(facts) + "."
	}
	return says + a.Shows.After(" To show it: ")
}

// askOutcome asks for the reason of an outcome and, if the action is to go on, for its new form; then it checks the
// action.
func (s *Screen) askOutcome(c *ui.Context, outcome forms.Outcome) []ui.Ask {
	return ui.Asks(ui.Edit{Form: forms.OutcomeForm(c, outcome), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		r, _ := c.Profile.OpenReview()
		reason, next := forms.OutcomeSent(v, c, outcome)
		says := words.Capital(outcome.Status.Words()) + "."
		if next != nil {
			says = "Changed, and set again."
		}
		return s.check(profile.CheckAction{
			Review: r.ID, Action: outcome.Action.ID, Outcome: outcome.Status, Reason: reason, On: c.Today, Next: next,
			NoNext: next == nil,
		}, says)
	}})
}

// check checks an action, and goes to the next one that is unchecked or, after the last, on with the agenda.
func (s *Screen) check(change profile.CheckAction, says string) []ui.Ask {
	return ui.Make(change, func(c *ui.Context) string {
		r, _ := c.Profile.OpenReview()
		left := c.Profile.Unchecked(r)
		if len(left) == 0 {
			s.choose(c, partRow(profile.TalkReveal))
			return "All actions are checked. New ones may be set now."
		}
		at := slices.IndexFunc(r.Checked, func(x profile.Checked) bool { return x.Action == change.Action })
		r.Checked = r.Checked[:at]
		before := len(c.Profile.Unchecked(r)) // the number of unchecked ones above it
		next := left[before%len(left)]        // the first one below it, or else the first of all
		s.choose(c, actionRow+next.ID)
		return says + " " + words.Count(len(left), "action", "actions") + " still to check."
	})
}

// leftBlocks are what the last review left open in words, each with what came of it.
func (s *Screen) leftBlocks(c *ui.Context) []block {
	return under(block{Text: "Left open last time:", Row: page.Row{Deep: true}}, lists.Each(c.Profile.Left(),
		func(l profile.Left) block {
			came := cmp.Or(words.Capital(appraisal.Came(l)), appraisal.WhatCame)
			b := block{Row: page.Row{KSB: l.KSB, Code: l.KSB, Name: appraisal.LeftTitle(l, c.Title), Deep: true}}
			b.Says = []string{appraisal.LeftWords(c.Profile, l), came}
			return s.leftBlock(l, b)
		}))
}

// leftBlock gives a row about something that was left open its key, its sign and what Enter does.
func (s *Screen) leftBlock(l profile.Left, b block) block {
	b.Key, b.Sign, b.Does = leftKey(l), forms.ActionSign(l.Outcome, false), "say what came of it"
	if l.Outcome != profile.ActionOpen {
		b.Does = "change what came of it"
	}
	b.Enter = func(c *ui.Context) []ui.Ask { return s.askLeft(c, l) }
	return b
}

func leftKey(l profile.Left) string { return leftRow + l.Review + " " + l.KSB }

// askLeft asks what came of something that was left open: first the answers alone, then each with a line of words.
func (s *Screen) askLeft(c *ui.Context, l profile.Left) []ui.Ask {
	type way = ui.Way[profile.ActionStatus]
	says := words.Capital(appraisal.LeftWords(c.Profile, l))
	bare := ui.Ways([]way{
		{Is: profile.ActionDone, Text: "Done", Says: "It came about."},
		{Is: profile.ActionNotDone, Text: "Not done", Says: "It did not come about; agree again what would help."},
		{Is: profile.ActionDropped, Text: "Dropped", Says: "It is not needed any more."},
	}, func(to profile.ActionStatus, c *ui.Context) []ui.Ask { return s.answerLeft(c, l, to, safetext.Text{}) })
	noted := ui.Ways([]way{
		{Is: profile.ActionDone, Text: "Done, and a line on it", Says: "What came of it, in your own words."},
		{Is: profile.ActionNotDone, Text: "Not done, and a line on it", Says: "What was in the way."},
		{Is: profile.ActionDropped, Text: "Dropped, and a line on it", Says: "Why it is no longer needed."},
	}, func(to profile.ActionStatus, _ *ui.Context) []ui.Ask {
		keep := func(v ui.Values, c *ui.Context) []ui.Ask { return s.answerLeft(c, l, to, v.Text("note")) }
		return ui.Asks(ui.Edit{Then: keep, Form: ui.Form{
			Key: "review-left-" + string(to) + "-" + l.Review + "-" + l.KSB, Title: words.Capital(to.Words()),
			Says: says, Send: "keep it", Fields: []ui.Field{{
				ID: "note", Label: appraisal.WhatCame, Says: "One line. It goes into the record of the next review.",
				Value: l.Note.Raw(), Need: true,
			}},
		}})
	})
	at := max(slices.Index(profile.LeftOutcomes, l.Outcome), 0)
	if !l.Note.Empty() {
		at += len(bare)
	}
	return ui.Asks(ui.Choose{Title: appraisal.WhatCame, Says: says, At: at, Options: append(bare, noted...)})
}

// answerLeft keeps what came of it, and goes to the next one without an answer.
func (s *Screen) answerLeft(c *ui.Context, l profile.Left, outcome profile.ActionStatus, note safetext.Text) []ui.Ask {
	l.Outcome, l.Note = outcome, note
	change := profile.AnswerLeft{Review: l.Review, KSB: l.KSB, Outcome: outcome, Note: note, On: c.Today}
	return ui.Make(change, func(c *ui.Context) string {
		came := words.Capital(appraisal.Came(l)) + ". "
		if left := c.Profile.Unanswered(); len(left) > 0 {
			s.choose(c, leftKey(left[0]))
			return came + "The next one?"
		}
		s.step(c)
		return came + appraisal.LeftAnswered(c.Profile, c.Today)
	})
}

// cancelBlocks take back a review that was started by mistake.
func (s *Screen) cancelBlocks(r profile.Review) []block {
	cancel := func(*ui.Context) []ui.Ask {
		return ui.Make(profile.CancelReview{ID: r.ID}, func(c *ui.Context) string {
			s.show(c, prepareTab, "")
			s.lists[meetTab], s.lists[afterTab] = page.List{}, page.List{}
			return "Taken back. No review is open; your private notes wait for the next one."
		})
	}
	menu := ui.Choose{Title: "Take the review back?", Says: appraisal.CancelSays(r), Options: []ui.Option{
		{Text: "Leave it", Says: "the review goes on"},
		{Text: "Take it back", Says: "until you leave the program, u brings it back", Then: cancel},
	}}
	return []block{
		{Head: "Started by mistake?"},
		line("cancel", "Take this review back", "take it back; it asks first", ui.Asking(menu)),
	}
}
