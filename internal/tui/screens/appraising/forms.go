package appraising

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) startMenu(c *ui.Context) ui.Choose {
	says := map[profile.ReviewKind]string{
		profile.ReviewProgress: "every " + words.Count(c.Profile.Settings.EveryMonths(), "month", "months") +
			", with your mentor or assessor",
		profile.ReviewAppraisal: "once a year, with your manager or appraiser",
		profile.ReviewGateway:   "the last one before the end-point assessment",
	}
	if c.Profile.AppraisalNear(c.Today) {
		says[profile.ReviewAppraisal] = "your " + plan.Yearly(c.Profile, c.Today)
	}
	usual := c.Profile.UsualKind(c.Today)
	kinds := []ui.Way[profile.ReviewKind]{{Is: usual, Text: usual.Name(), Says: says[usual]}}
	for _, k := range profile.ReviewKinds {
		if k != usual {
			kinds = append(kinds, ui.Way[profile.ReviewKind]{Is: k, Text: k.Name(), Says: says[k]})
		}
	}
	return ui.Choose{
		Title:   "Which kind of review?",
		Says:    "Every open action of your plan is noted, to be checked in the meeting before new ones are set.",
		Options: ui.Ways(kinds, func(k profile.ReviewKind, c *ui.Context) []ui.Ask { return ui.Asks(s.askWho(c, k)) }),
	}
}

// heldOn is the field for the day of a review: one that has come, and not one of another year.
func heldOn(c *ui.Context, day calendar.Date) ui.Field {
	p, today := c.Profile, c.Today
	may := ui.CheckDay(func(d calendar.Date) error { return p.MayHold(d, today) })
	return ui.Field{ID: "on", Label: "On which day?", Value: day.String(), Need: true, Day: ui.ExactDay, Check: may}
}

func (s *Screen) askWho(c *ui.Context, kind profile.ReviewKind) ui.Ask {
	groups := c.Profile.Companies(c.Today)
	if len(groups) == 0 {
		return s.startForm(c, kind, "")
	}
	var ways []ui.Way[string]
	for _, who := range groups {
		ways = append(ways, ui.Way[string]{Is: who, Text: who})
	}
	if rated := c.Profile.RatedOn(c.Today); len(rated) > 0 {
		ways[0].Says = "rated today"
	} else if last, ok := c.Profile.LastReview(); ok && groups[0] == profile.TypedNames(last.With) {
		ways[0].Says = "as on " + last.On.Long()
	}
	ways = append(ways, ui.Way[string]{Text: "Somebody else", Says: "type another name"})
	begin := func(who string, c *ui.Context) []ui.Ask { return ui.Asks(s.startForm(c, kind, who)) }
	return ui.Choose{
		Title: "Who meets with you?", Says: "You can add to it, or mend it, in the next step.",
		Options: ui.Ways(ways, begin),
		Typed: func(c *ui.Context) []ui.Ask {
			form := s.startForm(c, kind, "")
			form.Form.Key = "" // names of an older draft would stand before what is typed now
			return ui.Asks(form)
		},
	}
}

func whoField(label, value string) ui.Field {
	return ui.Field{
		ID: "with", Label: label, Says: appraisal.WithHelp, Value: value, Need: true,
		Check: func(text string) string { return ui.Wrong(profile.MayMeet(profile.Names(text))) },
	}
}

func (s *Screen) startForm(c *ui.Context, kind profile.ReviewKind, who string) ui.Edit {
	key := "review-start"
	if who != "" {
		key = "" // a draft of other names would take the place of those that were chosen
	}
	start := func(v ui.Values, c *ui.Context) []ui.Ask {
		change := profile.StartReview{
			ID: c.NewID("v"), On: v.Day("on"), Kind: kind, With: profile.Names(v["with"]), Today: c.Today,
		}
		return s.make(change, func(c *ui.Context) string {
			s.show(meetTab)
			s.choose(c, partRow(profile.TalkWell))
			return "The review is open. Start with what went well: the learner speaks first."
		})
	}
	return ui.Edit{Then: start, Form: ui.Form{
		Key: key, Title: kind.Name(), Send: "start the review",
		Fields: []ui.Field{whoField("Who meets with you?", who), heldOn(c, c.Today)},
	}}
}

func (s *Screen) metForm(c *ui.Context, r profile.Review) ui.Edit {
	const kinds = "progress, appraisal or gateway"
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		kind, _ := forms.OneOf(v["kind"], profile.ReviewKinds)
		return s.make(profile.EditReview{
			ID: r.ID, With: new(profile.Names(v["with"])), On: new(v.Day("on")), Kind: &kind, Today: c.Today,
		}, s.onwards("Kept."))
	}
	kind := ui.Field{ID: "kind", Label: "Which kind of review?", Says: kinds, Value: string(r.Kind), Need: true}
	kind.Check = forms.CheckOneOf(profile.ReviewKinds, kinds)
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-met-" + r.ID, Title: "Who met, when, and what for", Send: "keep it",
		Fields: []ui.Field{whoField("Who met with you?", profile.TypedNames(r.With)), heldOn(c, r.On), kind},
	}}
}

// What is the learner's alone, as a question names it.
const (
	privateNotes   = "private notes"
	rehearsalNotes = "notes of a rehearsal"
)

// alone asks before something that is the learner's alone opens in a meeting, where others see the screen.
func alone(what string, then ui.Then) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if !c.Profile.Meeting() {
			return then(c)
		}
		title := "Open your " + what + "?"
		if name := strings.Fields(c.Profile.Learner.Name.Line()); len(name) > 0 {
			title = name[0] + ", open your " + what + "?"
		}
		return ui.Asks(ui.Choose{Title: title, Says: "Your mentor can see the screen.", Options: []ui.Option{
			{Text: "Not now"}, {Text: "Open them", Then: then},
		}})
	}
}

func (s *Screen) askPrivate(c *ui.Context) []ui.Ask { return alone(privateNotes, s.writePrivate)(c) }

func (s *Screen) writePrivate(c *ui.Context) []ui.Ask {
	// The draft has one key before and during the review, so that what was begun before it is there when it starts.
	form := ui.Form{Key: "review-private", Title: "Private notes", Says: privateWords(c), Send: "keep the notes"}
	asks := map[string]string{
		profile.ShareWellbeing: "How are you, at work and with the course? All of these may stay empty.",
		profile.ShareWorkload:  "Is there time to learn, and what takes it?",
		profile.ShareSupport:   "What would help, and who could give it?",
		profile.ShareAdjust: "Reasonable adjustments that help you in this meeting and at work: questions " +
			"beforehand, more time, large print, a break, someone beside you. What you need, not why.",
	}
	for _, x := range c.Profile.Private().Notes() {
		form.Fields = append(form.Fields, ui.Field{
			ID: x.About, Label: words.Capital(x.About), Says: asks[x.About], Value: x.Text.Raw(), Lines: 3,
		})
	}
	return ui.Asks(ui.Edit{Form: form, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		change := profile.KeepPrivate{
			Wellbeing: new(v.Text(profile.ShareWellbeing)), Workload: new(v.Text(profile.ShareWorkload)),
			Support: new(v.Text(profile.ShareSupport)), Adjust: new(v.Text(profile.ShareAdjust)),
		}
		return s.make(change, func(c *ui.Context) string { return "Kept. " + privateWords(c) })
	}})
}

// privateWords say that notes stay private and, before a review is open, that they wait for it.
func privateWords(c *ui.Context) string {
	if _, open := c.Profile.OpenReview(); open {
		return privateLine
	}
	return waitLine + " " + privateLine
}

func (s *Screen) agreedForm(r profile.Review) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		now, _ := c.Profile.OpenReview()
		return s.make(appraisal.Agreeing(now, v.Text("agreed")), func(c *ui.Context) string {
			s.choose(c, recordRow)
			return "Kept. Read the record, then close the review."
		})
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-agreed-" + r.ID, Title: "What was agreed", Send: "keep it",
		Says: "Both sides: what you take on, and what was promised to you. Leave out anything about a patient.",
		Fields: []ui.Field{{
			ID: "agreed", Label: "In a few sentences", Value: appraisal.AgreedBeside(r).Raw(),
			Lines: 6,
		}},
	}}
}

func (s *Screen) adviceForm(r profile.Review, x appraisal.Advice) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		now, _ := c.Profile.OpenReview()
		return s.make(x.Answered(now, v.Text("said")), s.onwards("Kept with what was agreed."))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-advice-" + r.ID + x.Ask, Title: "To get more out of it", Says: x.Ask, Send: "keep it",
		Fields: []ui.Field{{ID: "said", Label: "Your answer", Says: appraisal.TakeInHelp, Value: x.Said(r).Raw()}},
	}}
}

func (s *Screen) nextForm(c *ui.Context, r profile.Review) ui.Edit {
	p, today := c.Profile, c.Today
	may := ui.CheckDay(func(d calendar.Date) error { return p.MayBeNext(d, r.On, today) })
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		return s.make(profile.EditReview{ID: r.ID, Next: new(v.Day("next")), Today: c.Today}, s.onwards("Kept."))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-next-" + r.ID, Title: "The next review", Send: "keep the day", Fields: []ui.Field{{
			ID: "next", Label: "By when?", Value: c.Profile.ReviewAfter(r).String(), Need: true, Day: ui.DueDay,
			Check: may,
		}},
	}}
}

func (s *Screen) answerForm(q appraisal.Question, i int, was safetext.Text) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask { return s.keepAnswer(c, i, v.Text("answer")) }
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "rehearsal:" + q.Text, Title: "Your answer", Says: q.Text, Send: "keep it and go on",
		Fields: []ui.Field{{ID: "answer", Label: "In a few words", Says: forms.NoPatients, Value: was.Raw(), Lines: 5}},
	}}
}

// checkMenu asks what became of an action of last time. It says what both need to judge that, and points at the outcome
// that was chosen before, with its reason.
func (s *Screen) checkMenu(c *ui.Context, a profile.Action, g profile.Goal, was profile.Checked) ui.Choose {
	menu := ui.Choose{Title: "What became of it?", Says: checkFacts(c, a, g)}
	menu.Options = ui.Ways(plan.ActionWays, func(outcome profile.ActionStatus, c *ui.Context) []ui.Ask {
		return s.askOutcome(c, a.ID, outcome)
	})
	for i, x := range plan.ActionWays {
		if x.Is == was.Outcome {
			onward := words.After("; it ", onwardWords(c.Profile, a, was))
			menu.At, menu.Options[i].Says = i, "This is what you said"+words.After(": ", was.Reason.Line())+onward
		}
	}
	if a.Due.After(c.Today) {
		menu.Options = append(menu.Options, ui.Option{
			Text: appraisal.GoesOnAsIs,
			Says: "It is kept as changed, and set anew at once in the same words, by " + a.Due.Long() + ".",
			Then: func(c *ui.Context) []ui.Ask { return s.setAgain(c, a.ID) },
		})
	}
	return menu
}

func (s *Screen) verdictMenu(m appraisal.Mark) ui.Choose {
	menu := ui.Choose{Title: m.Text, Says: m.Question}
	for _, v := range profile.Verdicts {
		answer := func(c *ui.Context) []ui.Ask {
			r, _ := c.Profile.OpenReview()
			return s.make(m.Answered(r.ID, v), s.onwards(""))
		}
		menu.Options = append(menu.Options, ui.Option{Text: words.Capital(v), Then: answer})
	}
	return menu
}

func (s *Screen) shareMenu(r profile.Review) ui.Choose {
	menu := ui.Choose{Title: "Include in what is shared?"}
	menu.Says = "All of these are left out unless you include them. Notes of a rehearsal are never shared."
	for _, x := range profile.Shares {
		o := ui.Option{Text: ": left out", Says: "choose to include it"}
		if r.Shares(x) {
			o = ui.Option{Text: ": included", Says: "choose to leave it out"}
		}
		o.Text = words.Capital(profile.ShareName(x)) + o.Text
		o.Then = func(c *ui.Context) []ui.Ask {
			r, _ := c.Profile.OpenReview()
			return s.make(r.ToggleShare(x),
				func(*ui.Context) string { return "Kept. What is not included stays in your file only." })
		}
		menu.Options = append(menu.Options, o)
	}
	return menu
}

func (s *Screen) closeMenu(c *ui.Context, r profile.Review) ui.Choose {
	says := appraisal.ClosingSays(c.Report, c.Profile, r)
	closing := ui.Option{
		Text: "Close it", Then: s.closing(false),
		Says: "From then on it is only read. Until you leave the program, u can take that back; it asks first.",
	}
	menu := ui.Choose{Title: "Close the review?", Says: says, Options: []ui.Option{closing, {Text: "Not yet"}}}
	if x, asks := c.Profile.AsksOfRound(r, c.Standard); asks {
		menu.Options[0].Text += ", and the round " + profile.RoundName(x.ID) + " with it"
		menu.Options = slices.Insert(menu.Options, 1, ui.Option{
			Text: appraisal.RoundGoesOn(x), Then: s.closing(true),
			Says: "The round stays open for what is not rated yet. The record holds no levels then.",
		})
	}
	return menu
}

func (s *Screen) cancelMenu(r profile.Review) ui.Choose {
	cancel := func(*ui.Context) []ui.Ask {
		return s.make(profile.CancelReview{ID: r.ID}, func(*ui.Context) string {
			s.show(prepareTab)
			s.at[meetTab], s.at[afterTab] = page.List{}, page.List{}
			return "Taken back. No review is open; your private notes wait for the next one."
		})
	}
	return ui.Choose{Title: "Take the review back?", Says: appraisal.CancelSays(r), Options: []ui.Option{
		{Text: "Leave it", Says: "the review goes on"},
		{Text: "Take it back", Says: "until you leave the program, u brings it back", Then: cancel},
	}}
}

func (s *Screen) askMinutes(*ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "How long is the meeting?"}
	for _, n := range []int{30, 45, 60, 90} {
		set := ui.Just(func(*ui.Context) { s.minutes = n })
		menu.Options = append(menu.Options, ui.Option{Text: fmt.Sprintf("%d minutes", n), Then: set})
	}
	return ui.Asks(menu)
}

// askRounds offers to rate what is due, to open or close a round, and the rating sheets.
func (s *Screen) askRounds(c *ui.Context) []ui.Ask {
	menu := ui.Choose{Title: "Rounds", Says: strings.TrimSpace(roundHistory(c.Profile) + " " + s.anew())}
	add := func(text, says string, ask ui.Ask) {
		menu.Options = append(menu.Options, ui.Option{Text: text, Says: says, Then: ui.Asking(ask)})
	}
	due := s.known.due
	r, open := c.Profile.Open()
	if !open {
		says := "Nothing is due: all ratings are fresh. You can still rate anything."
		if len(due) > 0 {
			says = "Look at first: " + forwardNames(c, due)
		}
		add("Open a round today", says, ui.Do{
			Change: profile.OpenRound{On: c.Today},
			Then: func(c *ui.Context) []ui.Ask {
				s.learn(c)
				return s.askRounds(c)
			},
		})
	} else {
		if len(due) > 0 {
			rate := ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}
			add("Rate what is due, one after another", forwardNames(c, due), rate)
			add("See why, and choose where to start", "", forwardMenu(c, due))
		}
		says := fmt.Sprintf("You rated %d, %s. It is kept whole, and only read from then on.",
			r.Rated(profile.Self), appraisal.CountsByMentor(r.AllByMentors()))
		add("Close the round "+profile.RoundName(r.ID)+" today", says, closeRound(c, r, due))
	}
	add(sheetMake, sheetMakeWhy, ui.Sheet{})
	add(sheetTake, sheetTakeWhy, ui.Sheet{Take: true})
	return ui.Asks(menu)
}

// anew names KSBs that the learner has rated differently since a level was agreed: these need a new agreement, not a
// rating.
func (s *Screen) anew() string {
	var aged []string
	for _, x := range s.known.pack.Aged {
		aged = append(aged, x.KSB+" ("+x.Words+")")
	}
	if len(aged) == 0 {
		return ""
	}
	return "To agree anew with your mentor: " + strings.Join(aged, ", ") + "."
}

// closeRound asks first while something that is due is not rated, since a digit is easily hit by mistake.
func closeRound(c *ui.Context, r profile.Round, due []appraisal.Forward) ui.Ask {
	closed := ui.Saying("The round is closed and kept whole; u opens it again.")
	closing := ui.Do{Change: profile.CloseRound{On: c.Today}, Then: closed}
	if len(due) == 0 {
		return closing
	}
	return ui.Choose{
		Title: "Close " + profile.RoundName(r.ID) + " as it is?",
		Says: words.Count(len(due), "KSB that was due is", "KSBs that were due are") + " not rated in it. That is " +
			"allowed: a closed round is only read, and the next rating opens a new one.",
		Options: []ui.Option{
			{Text: "Go on rating", Then: ui.Asking(ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true})},
			{Text: "Close it today", Says: "u opens it again, until you leave the program", Then: ui.Asking(closing)},
		},
	}
}

// forwardMenu lists all that is due with the reasons; rating starts at the one that is chosen and follows the
// list.
func forwardMenu(c *ui.Context, due []appraisal.Forward) ui.Choose {
	menu := ui.Choose{
		Title: "What to look at first",
		Says: "Duty by duty, the one with what is furthest behind first, then those with what changed or was rated " +
			"long ago; what was never rated comes last. Everything else can still be rated after.",
	}
	for i, name := range c.Named(appraisal.Codes(due)...) {
		rate := ui.Asking(ui.Go{To: ui.Rate, KSB: due[i].KSB, Forward: true})
		says, id, scale := due[i].Words, due[i].KSB, c.Library.Scale()
		if last := appraisal.Last(c.Profile, scale, id, c.Today); last != "" {
			of, _ := c.Standard.KSB(id)
			says += "; " + last + ": " + scale.Words(due[i].Last).For(of.Kind)
		}
		menu.Options = append(menu.Options, ui.Option{Text: name, Says: says, Then: rate})
	}
	return menu
}

// mostNamed is how many of a list are named before the rest is only counted.
const mostNamed = 8

func forwardNames(c *ui.Context, due []appraisal.Forward) string {
	names := c.Named(appraisal.Codes(due)...)
	says := strings.Join(names[:min(len(names), mostNamed)], ", ")
	if n := len(names) - mostNamed; n > 0 {
		says += fmt.Sprintf("; then %d more", n)
	}
	return says
}

func roundHistory(p profile.Profile) string {
	const shown = 3 // closed ones
	var out []string
	rounds := p.Rounds
	if r, open := p.Open(); open {
		out = append(out, fmt.Sprintf("Open: %s, since %s.", profile.RoundName(r.ID), r.Opened.Long()))
		rounds = rounds[:len(rounds)-1]
	} else {
		out = append(out, "No round is open; the next rating opens one.")
	}
	for _, r := range slices.Backward(rounds[max(len(rounds)-shown, 0):]) {
		out = append(out, fmt.Sprintf("Closed: %s, %s, %d rated.", profile.RoundName(r.ID), r.Closed.Long(),
			r.Rated(profile.Self)))
	}
	if n := len(rounds) - shown; n > 0 {
		out = append(out, fmt.Sprintf("%d more before.", n))
	}
	return strings.Join(out, " ")
}
