package lines

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Whose hands the keyboard is in. Each visit of a mentor counts for itself, since it may be another one.
const (
	learnerHands = iota
	bothHands
	mentorHands
)

// errDuties says that the mentor goes back to the choice of duties.
var errDuties = errors.New("duties")

// errLooked says that learner and mentor have looked together, which ends the visit.
var errLooked = errors.New("looked")

// A visit is a mentor at the keyboard, who rates without hearing what the learner said.
type visit struct {
	*talk
	who   safetext.Text
	given map[string]bool // what was rated on this visit, and may be said again
	sheet bool            // a mentor elsewhere fills a rating sheet: it is theirs, and nobody is there to look with
}

// sheet has a mentor who works elsewhere fill a rating sheet.
func (t *talk) sheet() error {
	v := &visit{talk: t, who: t.s.Profile().SheetMentor(), given: map[string]bool{}, sheet: true}
	t.front, t.open = true, v.rateFound
	t.say.Para(0, "A rating sheet for %s. Rate what you have seen, against the words of each level; leave out what you "+
		"have not. Nothing of the learner's own ratings is on it.", t.s.Profile().Learner.Name.Line())
	for v.who.Empty() {
		who, err := t.typedName()
		if err != nil && !errors.Is(err, errMenu) && !errors.Is(err, errBack) {
			return err
		}
		v.who = who
	}
	for {
		if err := v.until(v.duty); err != nil && !errors.Is(err, errMenu) {
			return err
		}
		v.say.Para(0, "These are all the duties. quit leaves.")
	}
}

// shows says whether a rating of this mentor's own may be said again.
func (v *visit) shows(ksb string) bool { return v.sheet || v.given[ksb] }

// mentor hands the keyboard over: first the mentor rates blind, then the two look at where they differ.
func (t *talk) mentor() error {
	if !t.mayChange() {
		return nil
	}
	t.say.Para(0, "For the mentor who sits beside you. They rate first, and blind: nothing that you said of your level "+
		"is read out meanwhile. Every statement is there, duty by duty; what they have not seen they leave out.")
	who, err := t.mentorName()
	if err != nil {
		return err
	}
	v := &visit{talk: t, who: who, given: map[string]bool{}}
	v.sit()
	if err = v.rounds(); err == nil {
		v.handBack()
	}
	return err
}

// mentorName asks who rates: somebody who is known here, or somebody else, whose name may be typed at once.
func (t *talk) mentorName() (who safetext.Text, err error) {
	known := t.s.Profile().MetBefore()
	known = known[:min(len(known), 8)]
	if len(known) == 0 {
		return t.typedName()
	}
	err = t.until(func() error {
		n, err := t.number(question{
			Ask: " or a name",
			Says: func() {
				t.say.Para(0, "Mentor: who are you?")
				for i, name := range known {
					t.say.Item(0, "%d. %s", i+1, sentence(name.Line()))
				}
				t.say.Item(0, "%d. Somebody else.", len(known)+1)
			},
			Word: func(said string) bool {
				typed := safetext.New(said)
				if profile.MayRate(typed) != nil {
					return false
				}
				who = t.s.Profile().MentorNamed(typed)
				return true
			},
		}, len(known)+1, 0)
		switch {
		case err != nil:
			return err
		case n > len(known):
			if who, err = t.typedName(); errors.Is(err, errBack) {
				return nil // to the names
			} else if err != nil {
				return err
			}
		case n > 0:
			who = known[n-1]
		}
		return errBack
	})
	if err == nil && who.Empty() {
		err = errBack
	}
	return who, err
}

// typedName asks a mentor for their name. One that is known here is taken as it was written before.
func (t *talk) typedName() (safetext.Text, error) {
	fields := []field{{
		ID: "name", Ask: "Mentor: what is your name?", Says: "It is kept with your ratings in the file.",
		Need: true, May: func(text string) error { return profile.MayRate(safetext.New(text)) },
	}}
	a, err := t.fill("", fields)
	return t.s.Profile().MentorNamed(a.text(fields, "name")), err
}

// sit takes the learner's part out of reach.
func (v *visit) sit() {
	v.visits++
	v.front, v.open, v.last = true, v.rateFound, ""
	v.s.HandTo(mentorHands + v.visits)
	v.say.Para(0, "%s, you rate now. What was said before is not part of it: please do not scroll or read back.",
		v.who.Line())
}

// handBack gives the keyboard to the learner, who may not see what the mentor rated until both look or they have rated
// it too.
func (v *visit) handBack() {
	if v.front {
		v.say.Para(0, "Back to the learner. What %s rated stays covered until you both look: please do not scroll or "+
			"read back.", v.who.Line())
	}
	v.front, v.open, v.last = false, v.statement, ""
	v.s.HandTo(learnerHands)
}

// rounds asks for one duty after the other, until the two look together or the mentor leaves.
func (v *visit) rounds() error {
	for {
		err := v.until(v.duty)
		switch {
		case errors.Is(err, errLooked), errors.Is(err, errMenu) && !v.front:
			return nil
		case err != nil && !errors.Is(err, errMenu):
			return err
		}
		yes, err := v.sure("Hand back to the learner? What is said next is the learner's own. What you rated is kept.")
		if err != nil && !errors.Is(err, errBack) {
			return err
		}
		if yes {
			return nil
		}
	}
}

// duty asks which duty the mentor has seen.
func (v *visit) duty() error {
	var options []option
	for _, d := range v.s.Standard().Duties {
		n := 0
		for _, id := range d.KSBs {
			if _, done := v.mine(id); done {
				n++
			}
		}
		options = append(options, option{
			Text: fmt.Sprintf("%s, %d of %d rated by you", v.s.DutyTitle(d.Number), n, len(d.KSBs)),
			Do:   func() error { return v.walkBlind(d) },
		})
	}
	if !v.sheet {
		options = append(options, option{Text: "We are both ready: look at where we differ", Do: v.look})
	}
	return v.choose("Which duty have you seen?", returning(options), 0)
}

// mine is this mentor's rating of a KSB in this round.
func (v *visit) mine(ksb string) (profile.Rating, bool) {
	round, _ := v.s.Profile().Open()
	return round.MentorRating(ksb, v.who)
}

// walkBlind asks in turn for the KSBs of a duty that the mentor has not rated, or for all where none is left.
func (v *visit) walkBlind(d standard.Duty) error {
	done := func(id string) bool { _, done := v.mine(id); return done }
	ksbs := slices.DeleteFunc(slices.Clone(d.KSBs), done)
	if len(ksbs) == 0 {
		ksbs = d.KSBs
	}
	switch err := v.inTurn(ksbs, func(i int) error { return v.rateBlind(ksbs[i], i < len(ksbs)-1) }); {
	case errors.Is(err, errDuties):
		return nil
	case err != nil:
		return err
	}
	v.say.Para(0, "That was Duty %d.", d.Number)
	return nil
}

// rateFound asks for the level of one KSB that was looked for.
func (v *visit) rateFound(ksb string) error { return v.rateBlind(ksb, false) }

// rateBlind asks for the mentor's level of one KSB. Where it goes on, the next question takes a note on this one.
func (v *visit) rateBlind(ksb string, goesOn bool) error {
	was, _ := v.mine(ksb)
	if !was.Shown.IsZero() {
		v.say.Para(0, "%s: you both looked at it on %s, so it is changed when you look together.", ksb,
			was.Shown.Near(v.s.Today()))
		return nil
	}
	of, adds := v.last, ""
	if of == "" {
		of, adds = ksb, "note, "
	} // else it was named with the rating
	q := question{
		Ask: ksb + ": 0 to 4, n, skip, " + adds + "duties, back, undo, find, quit, or ?",
		More: "A digit rates " + ksb + "; n says that the post gives no chance to try it. skip leaves out what you have " +
			"not seen. note keeps what you saw, for " + of + ". duties goes to the choice of duties, menu hands back to the " +
			"learner. brief leaves the levels out, full " +
			"has them again.",
		Says: func() { v.sayBlind(ksb) },
	}
	for {
		said, err := v.ask(q)
		if err != nil {
			return err
		}
		q.Says = nil
		switch word := strings.ToLower(said); word {
		case "":
			if _, rated := v.mine(ksb); rated && v.shows(ksb) {
				return nil
			}
			v.say.Para(0, "%s", nothingTyped)
			continue
		case "s", "skip":
			v.say.Para(0, "%s is left out.", ksb)
			v.last = ""
			return nil
		case "brief", "full":
			v.brief = word == "brief"
			v.say.Para(0, "%s it is.", words.Capital(word))
			continue
		case "duties":
			return errDuties
		case "note":
			if err := v.noteBlind(of); err != nil && !errors.Is(err, errBack) {
				return err
			}
			continue
		}
		l, err := level.Typed(said)
		if err != nil {
			v.say.Para(0, "%q is no level. One line rates one statement.", safetext.Brief(said, 40))
			continue
		}
		if v.do(profile.Rate{KSB: ksb, By: profile.Mentor, Level: l, On: v.s.Today(), Who: v.who}, func() string {
			return ksb + " is " + v.named(l)
		}) {
			v.given[ksb], v.last = true, ksb
			if goesOn {
				v.say.Para(0, "Type note to add what you saw of %s.", ksb)
			}
			return nil
		}
	}
}

// sayBlind reads out a KSB with its levels, and nothing of what anybody said of it.
func (v *visit) sayBlind(ksb string) {
	std, scale := v.s.Standard(), v.o.Library.Scale()
	k, _ := std.KSB(ksb)
	v.say.Blank()
	v.say.Para(0, "%s: %s", ksb, sentence(k.Text))
	if was, rated := v.mine(ksb); rated && !v.shows(ksb) {
		v.say.Para(0, "%s", appraisal.Covered(was.On))
	}
	if was, rated := v.mine(ksb); rated && v.shows(ksb) {
		v.say.Para(0, "You said %s. Enter keeps it.%s", v.named(was.Level),
			words.After(" Your note: ", sentence(was.Note.Line())))
	}
	if v.brief {
		return
	}
	for _, l := range all {
		head := "Level " + l.Key()
		if l == level.NoOpportunity {
			head = l.Key()
		}
		v.say.Item(0, "%s, %s: %s", head, scale.Words(l).Name, sentence(scale.Seen(l, k.Kind)))
	}
	if e, ok := v.s.Coach()(ksb); ok {
		name, text := plan.Between(e, gap.Row{Target: profile.DefaultTarget}, level.NoOpportunity)
		v.say.Para(0, "%s %s", sentence(name), text)
	}
}

// noteBlind keeps what the mentor saw, with the rating.
func (v *visit) noteBlind(ksb string) error {
	was, rated := v.mine(ksb)
	if !rated || !v.shows(ksb) {
		v.say.Para(0, "A note goes with a rating: rate %s first, then type note.", ksb)
		return nil
	}
	fields := []field{{
		ID: "note", Ask: "What you saw of " + ksb + ", in a line or two?", Was: was.Note, Long: true,
		Says: "One situation, what was done, what came of it. Nothing about a patient.",
	}}
	a, err := v.fill("", fields)
	if err != nil {
		return err
	}
	text := a.text(fields, "note")
	v.do(profile.Note{KSB: ksb, By: profile.Mentor, Who: v.who, Text: text}, func() string {
		return "Your note is kept with " + ksb
	})
	return nil
}
