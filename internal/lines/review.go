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

// review starts a review where none is open, and goes through it.
func (t *talk) review() error {
	if _, open := t.s.Profile().OpenReview(); !open {
		err := t.once(t.startReview)
		if _, open = t.s.Profile().OpenReview(); err != nil || !open {
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
	at := 1 + slices.Index(profile.ReviewKinds, t.s.Profile().UsualKind(t.s.Today()))
	return t.choose("Which kind of review? Each open action of your plan is asked about in it, before new ones are "+
		"set.", options, at)
}

func (t *talk) metFields(r profile.Review) []field {
	was := field{
		ID: "with", Ask: "Who meets with you?", Help: appraisal.WithHelp, Required: true,
		Check: func(text string) error { return profile.MayBeNames(profile.Names(text)) },
	}
	known := t.s.Profile().LikelyParticipants(t.s.Today())
	switch {
	case len(r.With) > 0:
		was.Was = safetext.New(profile.TypedNames(r.With))
	case len(known) > 0:
		was.Was = safetext.New(known[0])
	}
	held := func(d calendar.Date) error { return t.s.Profile().MayHold(d, t.s.Today()) }
	on := &day{Tense: calendar.Past, Offered: r.On, Check: held}
	return []field{was, {ID: "on", Ask: "On which day?", Required: true, Day: on}}
}

// partsOf are the parts of the meeting, each with how far it is, and the number of the first one that is not done.
func (t *talk) partsOf(r profile.Review) (parts []option, next int) {
	for i, part := range appraisal.Agenda(meetingMinutes) {
		at := appraisal.StateOf(t.s.Profile(), t.s.Standard(), r, part.ID)
		says := at.Words
		if at.Done {
			says = "Done. " + says
		} else if next == 0 {
			next = i + 1
		}
		parts = append(parts, option{Text: part.Title, Detail: strings.TrimSpace(says), Do: func() error {
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
	var on option // with the first part that is not done
	if next > 0 {
		on = parts[next-1]
		on.Text = "Go on with: " + on.Text
	}
	options := []option{
		on,
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

func (t *talk) meetingPart(part appraisal.Item) error {
	r, open := t.s.Profile().OpenReview()
	if !open {
		return errBack
	}
	at := appraisal.StateOf(t.s.Profile(), t.s.Standard(), r, part.ID)
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
	if at.ByHand {
		label := "Talked through: tick it"
		if r.HasTicked(part.ID) {
			label = "Take its tick away"
		}
		add(label, func() error {
			if t.do(r.ToggleTalk(part.ID), "Kept") && !r.HasTicked(part.ID) {
				return errBack
			}
			return nil
		})
	}
	add("Back to the meeting", func() error { return errBack })
	return t.choose(strings.Join(words.Given(part.Title+".", part.Words, sentence(at.Words)), " "), options, 1)
}

// lastTime asks of each action of last time what became of it, and then of all else that was left open.
func (t *talk) lastTime(r profile.Review) error {
	p := t.s.Profile()
	if left := p.Unchecked(r); len(left) > 0 {
		return t.checkAction(r, left[0], p.CountUnchecked(r)+" to check. ")
	}
	if left := p.Unanswered(); len(left) > 0 {
		return t.whatCame(left[0])
	}
	options := []option{{Text: "Back to the meeting", Do: func() error { return errBack }}}
	for _, x := range r.Checked {
		if a, _, ok := p.Action(x.Action); ok && !x.Before {
			options = append(options, option{
				Text: "Change: " + a.Text.Line(), Detail: words.Capital(x.Outcome.Words()) +
					words.After(": ", x.Reason.Line()),
				Do: func() error { return t.checkAction(r, a, "") },
			})
		}
	}
	return t.choose("All that was left of last time is answered.", options, 1)
}

func (t *talk) checkAction(r profile.Review, a profile.Action, left string) error {
	keep := func(c profile.CheckAction) error { t.do(c, keptAs(c.Outcome, c.Next)); return nil }
	// What the outcomes mean is said once, before anything is checked.
	heard := slices.ContainsFunc(r.Checked, func(x profile.Checked) bool {
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
	for i := range options {
		if heard {
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

// closing asks what closes a review: the three questions, what was agreed, the next date, what is shared.
func (t *talk) closing() error {
	r, open := t.s.Profile().OpenReview()
	if !open {
		return errBack
	}
	one := func(ask func(profile.Review) error) func() error {
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
	closes := option{Text: "Close the review", Do: one(t.closeReview)}
	if len(left) > 0 {
		closes.Detail = t.s.Profile().CountUnchecked(r) + words.Form(len(left), " comes", " come") + " first"
		closes.Do = func() error { return t.until(func() error { return t.lastTime(r) }) }
	}
	options := []option{
		{
			Text:   words.Count(len(marks), "closing question", "closing questions"),
			Detail: words.Count(answered, "is answered", "are answered"), Do: func() error { return t.closingQuestions(marks) },
		},
		{Text: agreed, Do: one(t.askAgreed)},
		{Text: "The next review: by " + t.s.Profile().ReviewAfter(r).Full(), Do: one(t.askNextReview)},
		{Text: "Private parts of the record: " + share, Do: func() error { return t.until(t.sharing) }},
		t.hearing("Hear the record as it would be shared", func() doc.Doc {
			return appraisal.CodedRecord(t.s.Profile(), t.s.Standard(), r)
		}),
		closes,
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

// marks asks the closing questions, and then what the advice on their answers asks.
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
	may := func(d calendar.Date) error { return p.MayBeNext(d, r.On, t.s.Today()) }
	by := &day{Tense: calendar.Future, Offered: p.ReviewAfter(r), Check: may}
	fields := []field{{ID: "next", Ask: "By when is the next review?", Required: true, Day: by}}
	return t.edit("", fields, "Kept", func(a answers) profile.Change {
		return profile.EditReview{ID: r.ID, Next: new(a.days["next"]), Today: t.s.Today()}
	})
}

func (t *talk) sharing() error {
	r, _ := t.s.Profile().OpenReview()
	options := lists.Each(profile.Shares, func(x string) option {
		is := "left out; choose it to include it"
		if r.Shares(x) {
			is = "included; choose it to leave it out"
		}
		return t.doing(words.Capital(profile.ShareName(x))+": "+is, r.ToggleShare(x),
			"Kept. What is not included stays in your file only")
	})
	options = append(options, option{Text: "It is right like this", Do: func() error { return errBack }})
	return t.choose("Include in what is shared? All of these are left out unless you include them.", options,
		len(options))
}

func (t *talk) closeReview(r profile.Review) error {
	now := func() error { return t.closeNow(r, false) }
	options := []option{{Text: "Close it", Detail: "From then on it is only read", Do: now}}
	if x, asks := t.s.Profile().AsksAboutRound(r, t.s.Standard()); asks {
		options[0].Text += ", and the round " + profile.RoundName(x.ID) + " with it"
		options = append(options, option{
			Text: appraisal.RoundGoesOn(x), Detail: "The record holds no levels then",
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
	now, _ := t.s.Profile().Review(r.ID)
	t.tell("The next one is due by %s. %s", now.Next.Full(), appraisal.HashWords)
	t.tell("Check code: %s", appraisal.Code(now.Hash))
	return nil
}
