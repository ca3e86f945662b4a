package lines

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// look opens what both said, once both are ready, and goes through where they differ.
func (v *visit) look() error {
	yes, err := v.sure("Are you both ready? From now on the learner's levels and notes are read out too.")
	if err != nil || !yes {
		return err
	}
	v.front, v.open, v.last = false, v.statement, ""
	v.s.HandTo(bothHands)
	if len(v.s.Profile().Unopened()) > 0 {
		v.do(profile.Reveal{On: v.s.Today()}, func() string { return "Both of you can hear all ratings now" })
	}
	if err := v.until(v.together); err != nil {
		return err
	}
	v.handBack()
	return errLooked
}

// together says how much there is to talk about, and asks what to do.
func (v *visit) together() error {
	p, std := v.s.Profile(), v.s.Standard()
	open, alone := appraisal.Open(p, std), appraisal.Alone(p, std)
	round, _ := p.Open()
	who := p.MentorHere(v.s.Today(), v.who)
	equal, others := round.EqualBy(who)
	var options []option
	if len(open) > 0 {
		options = append(options, option{
			Text: "Talk over " + words.Count(len(open), "difference", "differences") + ", the largest first",
			Do:   func() error { return v.talkOver(open) },
		})
	}
	if len(equal) > 0 {
		options = append(options, option{
			Text: "Agree " + words.Count(len(equal), "level that", "levels that") + " you both gave",
			Says: strings.Join(equal, ", "),
			Do: func() error {
				change := profile.AgreeEqual{On: v.s.Today(), Met: who}
				v.do(change, func() string { return "Agreed: " + strings.Join(equal, ", ") })
				return nil
			},
		})
	}
	if len(alone) > 0 {
		options = append(options, option{
			Text: "Look at " + words.Count(len(alone), "statement", "statements") + " that only a mentor rated",
			Do:   func() error { return v.talkOver(alone) },
		})
	}
	options = append(options, option{Text: "Done: hand back to the learner", Do: func() error { return errBack }})
	if len(others) > 0 {
		v.say.Para(0, "You both see these the same, and they are left for the mentor who rated them: %s.",
			strings.Join(others, ", "))
	}
	const title = "Looking together. The learner speaks first; the words of the level decide, not the middle."
	return v.choose(title, options, 1)
}

// talkOver goes through differences one by one.
func (v *visit) talkOver(list []appraisal.Difference) error {
	return inOrder(len(list), func(i int) error { return v.settle(list[i]) })
}

// settle asks which level the two agree on, or what would decide it.
func (v *visit) settle(d appraisal.Difference) error {
	k, _ := v.s.Standard().KSB(d.KSB)
	ask := d.KSB + ": agree 0 to 4 or n, differ, skip, back, undo, quit, or ?"
	more := "A digit agrees that level, and asks why. differ records that you see it differently, with what would " +
		"decide it. skip leaves it for now."
	if d.Alone || d.TalkedOver() {
		ask = d.KSB + ": agree 0 to 4 or n, skip, back, undo, quit, or ?"
		more = "A digit agrees that level, and asks why. skip leaves it for now."
	}
	q := question{Ask: ask, More: more, Says: func() { v.sayDifference(d, k.Text) }}
	for {
		said, err := v.ask(q)
		if err != nil {
			return err
		}
		q.Says = nil
		word := strings.ToLower(said)
		switch {
		case word == "s" || word == "skip":
			return nil
		case (word == "d" || word == "differ") && !d.Alone && !d.TalkedOver():
			return v.differ(d)
		}
		l, err := level.Typed(said)
		if err != nil {
			v.say.Para(0, "%q is no level.", safetext.Brief(said, 40))
			continue
		}
		return v.agree(d, l)
	}
}

func (v *visit) sayDifference(d appraisal.Difference, text string) {
	scale := v.o.Library.Scale()
	k, _ := v.s.Standard().KSB(d.KSB)
	v.say.Blank()
	v.say.Para(0, "%s: %s", d.KSB, sentence(text))
	v.say.Para(0, "%s %s", sentence(words.Capital(d.Words())), sentence(words.Capital(d.When(v.s.Today()))))
	heard := map[level.Level]bool{}
	say := func(who string, l level.Level, note safetext.Text) {
		if !heard[l] {
			heard[l] = true
			v.say.Item(0, "%s: %s", words.Capital(v.named(l)), sentence(scale.Seen(l, k.Kind)))
		}
		if !note.Empty() {
			v.say.Item(0, "%s: %s", who, sentence(note.Line()))
		}
	}
	if !d.Alone {
		say("The learner's note", d.Self, d.SelfNote)
	}
	for _, x := range d.Mentors() {
		say("Note by "+appraisal.MentorName(x.By), x.Level, x.Note)
	}
	if e := d.Earlier; e != nil {
		v.say.Item(0, "Agreed before: %s", sentence(v.named(e.Level)+words.After(", ", e.Said().Line())))
	}
}

func (v *visit) agree(d appraisal.Difference, l level.Level) error {
	fields := []field{{ID: "why", Ask: "Why " + v.named(l) + "?", Says: appraisal.AskReason, Need: true}}
	a, err := v.fill("", fields)
	if err != nil {
		return err
	}
	v.do(profile.Agree{KSB: d.KSB, Level: l, Reason: a.text(fields, "why"), On: v.s.Today(), Who: v.who}, func() string {
		return fmt.Sprintf("%s is agreed at %s", d.KSB, v.named(l))
	})
	return nil
}

func (v *visit) differ(d appraisal.Difference) error {
	fields := []field{{ID: "why", Ask: appraisal.AskDecides, Need: true, Long: true}}
	a, err := v.fill("", fields)
	if err != nil {
		return err
	}
	v.do(profile.RecordDiffer{KSB: d.KSB, On: v.s.Today(), Note: a.text(fields, "why")}, func() string {
		return "It is recorded that you differ on " + d.KSB
	})
	return nil
}
