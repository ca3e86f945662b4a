package lines

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// meetingMinutes is the length of the meeting that the agenda is for.
const meetingMinutes = 60

// reviewOption is the way to the review: to start one, or on with the one that is open.
func (t *talk) reviewOption() option {
	if r, open := t.s.Profile().OpenReview(); open {
		return option{Text: "Go on with the review of " + r.On.Long(), Do: t.review}
	}
	return option{Text: "Hold the review: the meeting, and closing it", Do: t.review}
}

// review starts a review where none is open, and goes through it.
func (t *talk) review() error {
	if _, open := t.s.Profile().OpenReview(); !open {
		err := t.until(once(t.startReview))
		if _, open = t.s.Profile().OpenReview(); err != nil || !open {
			return err
		}
	}
	return t.until(t.meeting)
}

func (t *talk) startReview() error {
	p := t.s.Profile()
	usual := p.UsualKind(t.s.Today())
	var options []option
	at := 0
	for i, kind := range profile.ReviewKinds {
		if kind == usual {
			at = i + 1
		}
		options = append(options, option{Text: kind.Name(), Do: func() error { return t.startAs(kind) }})
	}
	return t.choose("Which kind of review? Each open action of your plan is asked about in it, before new ones are set.",
		options, at)
}

func (t *talk) startAs(kind profile.ReviewKind) error {
	a, fields, err := t.askMet(profile.Review{On: t.s.Today()})
	if err != nil {
		return err
	}
	t.do(profile.StartReview{
		ID: t.s.NewID("v"), On: a.days["on"], Kind: kind, With: profile.Names(a.text(fields, "with").Line()),
		Today: t.s.Today(),
	}, func() string { return "The review is open" })
	return nil
}

// askMet asks who meets, and on which day.
func (t *talk) askMet(r profile.Review) (answers, []field, error) {
	was := field{
		ID: "with", Ask: "Who meets with you?", Says: appraisal.WithHelp, Need: true,
		May: func(text string) error { return profile.MayMeet(profile.Names(text)) },
	}
	known := t.s.Profile().Companies(t.s.Today())
	switch {
	case len(r.With) > 0:
		was.Was = safetext.New(profile.TypedNames(r.With))
	case len(known) > 0:
		was.Was = safetext.New(known[0])
	}
	held := func(d calendar.Date) error { return t.s.Profile().MayHold(d, t.s.Today()) }
	fields := []field{was, {
		ID: "on", Ask: "On which day?", Need: true, Day: &day{Month: calendar.FirstOf, Was: r.On, May: held},
	}}
	a, err := t.fill("", fields)
	return a, fields, err
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
		parts = append(parts, option{Text: part.Title, Says: strings.TrimSpace(says), Do: func() error {
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
	var options []option
	if next > 0 {
		options = append(options, option{
			Text: "Go on with: " + parts[next-1].Text, Says: parts[next-1].Says, Do: parts[next-1].Do,
		})
	}
	options = append(options, option{Text: "Another part of the meeting", Do: func() error {
		return t.until(once(func() error {
			return t.choose(words.Count(len(parts), "part", "parts")+" in this order. The learner speaks first.", parts, next)
		}))
	}})
	if next > 0 && parts[next-1].Text != parts[len(parts)-1].Text {
		options = append(options, option{Text: "Close the review", Do: func() error { return t.until(t.closing) }})
	}
	options = append(options,
		option{Text: "Change who meets, or the day", Do: func() error {
			return t.until(once(func() error { return t.changeMet(r) }))
		}},
		option{Text: "Take this review back: it was started by mistake", Do: func() error {
			return t.until(once(func() error { return t.cancelReview(r) }))
		}})
	usual := 1
	if next == 0 {
		usual = 0
	}
	title := r.Kind.Name() + " of " + r.On.Long() + ", with " + sentence(appraisal.MetBy(r))
	return t.choose(title, options, usual)
}

func (t *talk) changeMet(r profile.Review) error {
	a, fields, err := t.askMet(r)
	if err != nil {
		return err
	}
	t.do(profile.EditReview{
		ID: r.ID, With: new(profile.Names(a.text(fields, "with").Line())), On: new(a.days["on"]), Today: t.s.Today(),
	}, func() string { return "Kept" })
	return nil
}

func (t *talk) cancelReview(r profile.Review) error {
	yes, err := t.sure(appraisal.CancelSays(r) + " Take it back?")
	if yes {
		t.do(profile.CancelReview{ID: r.ID}, func() string { return "Taken back: no review is open" })
	}
	return err
}

// meetingPart goes through one part of the agenda.
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
			t.say.Para(0, "%s.", words.Capital(profile.ChecksFirst))
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
		if r.HasTalked(part.ID) {
			label = "Take its tick away"
		}
		add(label, func() error {
			ticked := !r.HasTalked(part.ID)
			made := t.do(r.ToggleTalk(part.ID), func() string { return "Kept" })
			if made && ticked {
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
		return t.checkAction(r, left[0], len(left))
	}
	if left := p.Unanswered(); len(left) > 0 {
		return t.cameOf(left[0])
	}
	options := []option{{Text: "Back to the meeting", Do: func() error { return errBack }}}
	for _, x := range r.Checked {
		if a, _, ok := p.Action(x.Action); ok && !x.Before {
			options = append(options, option{
				Text: "Change: " + a.Text.Line(), Says: words.Capital(x.Outcome.Words()) + words.After(": ", x.Reason.Line()),
				Do: func() error { return t.checkAction(r, a, 0) },
			})
		}
	}
	return t.choose("All that was left of last time is answered.", options, 1)
}

func (t *talk) checkAction(r profile.Review, a profile.Action, left int) error {
	keep := func(c profile.CheckAction) { t.do(c, func() string { return keptAs(c.Outcome, c.Next) }) }
	// What the outcomes mean is said once, before anything is checked.
	heard := slices.ContainsFunc(r.Checked, func(x profile.Checked) bool {
		return !x.Before && x.Outcome != profile.ActionOpen
	})
	var options []option
	for _, w := range plan.ActionWays {
		says := w.Says
		if heard {
			says = ""
		}
		options = append(options, option{Text: w.Text, Says: says, Do: func() error {
			reason, next, err := t.ended(a, w.Is)
			if err != nil {
				return err
			}
			keep(profile.CheckAction{
				Review: r.ID, Action: a.ID, Outcome: w.Is, Reason: reason, On: t.s.Today(), Next: next, NoNext: next == nil,
			})
			return nil
		}})
	}
	if a.Due.After(t.s.Today()) {
		options = append(options, option{Text: appraisal.GoesOnAsIs, Do: func() error {
			keep(appraisal.NotDueYet(r, a, t.s.NewID("a"), t.s.Today()))
			return nil
		}})
	}
	count := ""
	if left > 0 {
		count = words.Count(left, "action", "actions") + " of last time to check. "
	}
	return t.choose(count+"What became of it? "+t.action(a), options, 0)
}
