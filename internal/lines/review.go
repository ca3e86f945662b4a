package lines

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const meetingMinutes = 60

// review starts a review if none is open, and goes through it.
func (t *talk) review() error {
	if _, open := t.s.Profile().OpenReview(); !open {
		err := t.once(t.startReview)
		_, started := t.s.Profile().OpenReview()
		if err != nil || !started {
			return err
		}
	}
	return t.until(t.meeting)
}

func (t *talk) startReview() error {
	options := lists.Each(profile.ReviewKinds, func(kind profile.ReviewKind) option {
		return option{Text: kind.Name(), Do: func() error {
			met := t.metFields(profile.Review{On: t.s.Today()})
			return t.edit("", met, "The review is open", func(a answers) profile.Change {
				with, today := profile.Names(a.text("with").Line()), t.s.Today()
				return profile.StartReview{ID: t.s.NewID("v"), On: a.days["on"], Kind: kind, With: with, Today: today}
			})
		}}
	})
	usual := 1 + slices.Index(profile.ReviewKinds, t.s.Profile().UsualKind(t.s.Today()))
	return t.choose("Which kind of review? Each open action of your plan is asked about in it, before new ones are "+
		"set.", options, usual)
}

// metFields asks who meets, and on which day.
func (t *talk) metFields(r profile.Review) []field {
	with := field{
		ID: "with", Ask: "Who meets with you?", Help: appraisal.WithHelp, Required: true,
		Check: func(text string) error { return profile.MayBeNames(profile.Names(text)) },
	}
	known := t.s.Profile().LikelyParticipants(t.s.Today())
	switch {
	case len(r.With) > 0:
		with.Was = safetext.New(profile.TypedNames(r.With))
	case len(known) > 0:
		with.Was = safetext.New(known[0])
	}
	check := func(d calendar.Date) error { return t.s.Profile().MayHold(d, t.s.Today()) }
	on := &day{Tense: calendar.Past, Offered: r.On, Check: check}
	return []field{with, {ID: "on", Ask: "On which day?", Required: true, Day: on}}
}

// partsOf lists the parts of the meeting as options. next is the number of the first one that is not done, or 0.
func (t *talk) partsOf(r profile.Review) (parts []option, next int) {
	for i, part := range appraisal.Agenda(meetingMinutes) {
		state := appraisal.StateOf(t.s.Profile(), t.s.Standard(), r, part.ID)
		detail := state.Words
		if state.Done {
			detail = "Done. " + detail
		} else if next == 0 {
			next = i + 1
		}
		parts = append(parts, option{Text: part.Title, Detail: strings.TrimSpace(detail), Do: func() error {
			return t.until(func() error { return t.meetingPart(part) })
		}})
	}
	return parts, next
}

// meeting asks where to go on in the open review.
func (t *talk) meeting() error {
	r, open := t.s.Profile().OpenReview()
	if !open {
		return errBack // it is closed, or was taken back
	}
	parts, next := t.partsOf(r)
	var goOn option
	if next > 0 {
		goOn = parts[next-1]
		goOn.Text = "Go on with: " + goOn.Text
	}
	options := []option{
		goOn,
		t.asking("Another part of the meeting", func() error {
			return t.choose(words.Count(len(parts), "part", "parts")+" in this order. The learner speaks first.", parts,
				next)
		}),
		offerIf(next > 0 && next < len(parts),
			option{Text: "Close the review", Do: func() error { return t.until(t.closing) }}),
		t.asking("Change who meets, or the day", func() error {
			return t.edit("", t.metFields(r), "Kept", func(a answers) profile.Change {
				with := profile.Names(a.text("with").Line())
				return profile.EditReview{ID: r.ID, With: &with, On: new(a.days["on"]), Today: t.s.Today()}
			})
		}),
		t.asking("Take this review back: it was started by mistake", func() error {
			ask := appraisal.CancelSays(r) + " Take it back?"
			return t.confirmChange(ask, profile.CancelReview{ID: r.ID}, "Taken back: no review is open")
		}),
	}
	return t.choose(sentence(appraisal.Heading(r)), options, min(next, 1))
}

// meetingPart asks what to do in one part of the meeting.
func (t *talk) meetingPart(part appraisal.Item) error {
	r, open := t.s.Profile().OpenReview()
	if !open {
		return errBack
	}
	state := appraisal.StateOf(t.s.Profile(), t.s.Standard(), r, part.ID)
	var options []option
	add := func(text string, do func() error) { options = append(options, option{Text: text, Do: do}) }
	switch part.ID {
	case appraisal.AgendaLast:
		return t.lastTime(r)
	case appraisal.AgendaClose:
		return t.closing()
	case appraisal.AgendaNew:
		if len(t.s.Profile().Unchecked(r)) > 0 {
			t.tell("%s.", words.Capital(profile.ChecksFirst))
			return t.lastTime(r)
		}
		add("To the plan: goals and actions", t.plan)
	case profile.TalkReveal, appraisal.AgendaAgree:
		add("To the mentor: rate blind, then look together and agree", t.mentor)
	case profile.TalkSupport:
		add("Open your private notes. Whoever sits beside you hears them", t.private)
	}
	if state.ByHand {
		tick := "Talked through: tick it"
		if r.HasTicked(part.ID) {
			tick = "Untick it"
		}
		add(tick, func() error {
			if t.do(r.ToggleTalk(part.ID), "Kept") && !r.HasTicked(part.ID) {
				return errBack
			}
			return nil
		})
	}
	add("Back to the meeting", func() error { return errBack })
	return t.choose(strings.Join(words.Given(part.Title+".", part.Words, sentence(state.Words)), " "), options, 1)
}

// lastTime asks what became of each action of the last review, and then of everything else that it left open.
func (t *talk) lastTime(r profile.Review) error {
	p := t.s.Profile()
	if left := p.Unchecked(r); len(left) > 0 {
		return t.checkAction(r, left[0], p.CountUnchecked(r)+" to check. ")
	}
	if left := p.Unanswered(); len(left) > 0 {
		return t.whatCame(left[0])
	}
	options := []option{{Text: "Back to the meeting", Do: func() error { return errBack }}}
	for _, checked := range r.Checked {
		if a, _, ok := p.Action(checked.Action); ok && !checked.Before {
			options = append(options, option{
				Text:   "Change: " + a.Text.Line(),
				Detail: words.Capital(checked.Outcome.Words()) + words.After(": ", checked.Reason.Line()),
				Do:     func() error { return t.checkAction(r, a, "") },
			})
		}
	}
	return t.choose("Everything from last time is answered.", options, 1)
}

// checkAction asks what became of an action. left says how many there are to check, or is "".
func (t *talk) checkAction(r profile.Review, a profile.Action, left string) error {
	keep := func(c profile.CheckAction) error { t.do(c, keptAs(c.Outcome, c.Next)); return nil }
	// What the outcomes mean is only explained for the first action.
	explained := slices.ContainsFunc(r.Checked, func(x profile.Checked) bool {
		return !x.Before && x.Outcome != profile.ActionOpen
	})
	options := wayOptions(plan.ActionWays, func(outcome profile.ActionStatus) error {
		reason, next, err := t.askOutcome(a, outcome)
		if err != nil {
			return err
		}
		return keep(profile.CheckAction{
			Review: r.ID, Action: a.ID, Outcome: outcome, Reason: reason, On: t.s.Today(), Next: next,
			NoNext: next == nil,
		})
	})
	if explained {
		for i := range options {
			options[i].Detail = ""
		}
	}
	if a.Due.After(t.s.Today()) {
		options = append(options, option{Text: appraisal.GoesOnAsIs, Do: func() error {
			return keep(appraisal.NotDueYet(r, a, t.s.NewID("a"), t.s.Today()))
		}})
	}
	return t.choose(left+"What became of it? "+t.actionText(a), options, 0)
}

// closing is the menu for closing a review: the closing questions, what was agreed, the next date, what is shared.
func (t *talk) closing() error {
	r, open := t.s.Profile().OpenReview()
	if !open {
		return errBack
	}
	once := func(ask func(profile.Review) error) func() error {
		return func() error { return t.once(func() error { return ask(r) }) }
	}
	agreed := "What was agreed, in your words"
	own := appraisal.AgreedBeside(r)
	if !own.Empty() {
		agreed += ": " + own.Line()
	}
	marks := appraisal.Marks(t.o.Library.Appraisal())
	answered := lists.Count(marks, func(m appraisal.Mark) bool { return m.Answer(r) != "" })
	share := "all left out"
	if len(r.Share) > 0 {
		share = strings.Join(lists.Each(r.Share, profile.ShareName), ", ") + " included"
	}
	left := t.s.Profile().Unchecked(r)
	closeIt := option{Text: "Close the review", Do: once(t.closeReview)}
	if len(left) > 0 {
		closeIt.Detail = t.s.Profile().CountUnchecked(r) + words.Form(len(left), " comes", " come") + " first"
		closeIt.Do = func() error { return t.until(func() error { return t.lastTime(r) }) }
	}
	options := []option{
		{
			Text:   words.Count(len(marks), "closing question", "closing questions"),
			Detail: words.Count(answered, "is answered", "are answered"),
			Do:     func() error { return t.closingQuestions(marks) },
		},
		{Text: agreed, Do: once(t.askAgreed)},
		{Text: "The next review: by " + t.s.Profile().ReviewAfter(r).Full(), Do: once(t.askNextReview)},
		{Text: "Private parts of the record: " + share, Do: func() error { return t.until(t.sharing) }},
		t.hearing("Hear the record as it would be shared", func() doc.Doc {
			return appraisal.CodedRecord(t.s.Profile(), t.s.Standard(), r)
		}),
		closeIt,
	}
	usual := len(options)
	switch {
	case answered < len(marks):
		usual = 1
	case own.Empty():
		usual = 2
	}
	return t.choose("Closing the review.", options, usual)
}

// closingQuestions asks the closing questions and then, where an answer was no or partly, what would help.
func (t *talk) closingQuestions(marks []appraisal.Mark) error {
	err := t.once(func() error {
		return inOrder(len(marks), func(i int) error {
			r, _ := t.s.Profile().OpenReview()
			was := 1 + slices.Index(profile.Verdicts, marks[i].Answer(r))
			options := lists.Each(profile.Verdicts, func(verdict string) option {
				return t.doing(words.Capital(verdict), marks[i].Answered(r.ID, verdict), "Kept")
			})
			return t.choose(sentence(marks[i].Text)+" "+marks[i].Question, options, was)
		})
	})
	r, open := t.s.Profile().OpenReview()
	advice := appraisal.MarksAdvice(r)
	if err != nil || !open || r.Clear+r.Helped+r.Valued == "" {
		return err
	}
	return t.once(func() error {
		return inOrder(len(advice), func(i int) error {
			r, _ := t.s.Profile().OpenReview()
			was := advice[i].Said(r)
			said, err := t.askText(field{Ask: advice[i].Ask, Help: appraisal.TakeInHelp, Was: was})
			if err == nil && said != was {
				t.do(advice[i].Answered(r, said), "Kept with what was agreed")
			}
			return err
		})
	})
}

func (t *talk) askAgreed(r profile.Review) error {
	return t.edit("review-agreed-"+r.ID, []field{{
		ID: "agreed", Ask: "What was agreed, in a few sentences?", Was: appraisal.AgreedBeside(r), Multiline: true,
		Help: "What you take on, and what was promised to you. Leave out anything about a patient.",
	}}, "Kept", func(a answers) profile.Change { return appraisal.Agreeing(r, a.text("agreed")) })
}

func (t *talk) askNextReview(r profile.Review) error {
	p := t.s.Profile()
	check := func(d calendar.Date) error { return p.MayBeNext(d, r.On, t.s.Today()) }
	by := &day{Tense: calendar.Future, Offered: p.ReviewAfter(r), Check: check}
	fields := []field{{ID: "next", Ask: "By when is the next review?", Required: true, Day: by}}
	return t.edit("", fields, "Kept", func(a answers) profile.Change {
		return profile.EditReview{ID: r.ID, Next: new(a.days["next"]), Today: t.s.Today()}
	})
}

// sharing asks which private parts are included in the record that is shared.
func (t *talk) sharing() error {
	r, _ := t.s.Profile().OpenReview()
	options := lists.Each(profile.Shares, func(part string) option {
		state := "left out; choose it to include it"
		if r.Shares(part) {
			state = "included; choose it to leave it out"
		}
		return t.doing(words.Capital(profile.ShareName(part))+": "+state, r.ToggleShare(part),
			"Kept. What is not included stays in your file only")
	})
	options = append(options, option{Text: "This is right as it is", Do: func() error { return errBack }})
	return t.choose("Include in what is shared? All of these are left out unless you include them.", options,
		len(options))
}

// closeReview asks whether to close the review, and whether its round goes on.
func (t *talk) closeReview(r profile.Review) error {
	closeIt := func() error { return t.closeNow(r, false) }
	options := []option{{Text: "Close it", Detail: "After that it can only be read", Do: closeIt}}
	if round, asks := t.s.Profile().AsksAboutRound(r, t.s.Standard()); asks {
		options[0].Text += ", and the round " + profile.RoundName(round.ID) + " with it"
		options = append(options, option{
			Text: appraisal.RoundGoesOn(round), Detail: "The record then has no levels",
			Do: func() error { return t.closeNow(r, true) },
		})
	}
	options = append(options, option{Text: "Not yet"})
	return t.choose("Close the review? "+appraisal.ClosingSays(t.s.Report(), t.s.Profile(), r), options, 0)
}

func (t *talk) closeNow(r profile.Review, goesOn bool) error {
	change := appraisal.Closing(t.s.Profile(), t.s.Standard(), r, t.s.Today(), goesOn)
	if !t.do(change, "The review is closed") {
		return nil
	}
	closed, _ := t.s.Profile().Review(r.ID)
	t.tell("The next one is due by %s. %s", closed.Next.Full(), appraisal.HashWords)
	t.tell("Check code: %s", appraisal.Code(closed.Hash))
	return nil
}
