package lines

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Who is at the keyboard, for session.HandTo: nobody can undo what somebody else did. Each visit of a mentor has a
// number of its own, mentorHands plus visits, since it may be another mentor.
const (
	learnerHands = iota
	bothHands
	mentorHands
)

// More places to go than back and menu.
var (
	errDuties = errors.New("duties") // to the choice of duties
	errLooked = errors.New("looked") // back to the learner, since the two have looked together
)

// A visit is a mentor's turn at the keyboard, who rates without hearing what the learner said.
type visit struct {
	*talk
	name     safetext.Text   // of the mentor
	ratedNow map[string]bool // KSBs rated on this visit; older ratings may be another mentor's of the same name
	onSheet  bool            // a mentor elsewhere fills in a rating sheet: no learner is there to hand back to
}

// sheet asks a mentor who works elsewhere to fill in a rating sheet.
func (t *talk) sheet() error {
	v := &visit{talk: t, name: t.s.Profile().SheetMentor(), ratedNow: map[string]bool{}, onSheet: true}
	t.blind, t.openKSB = true, v.rateFound
	t.tell("A rating sheet for %s. Rate what you have seen, against the words of each level; leave out what you "+
		"have not. Nothing of the learner's own ratings is on it.", t.s.Profile().Learner.Name.Line())
	for v.name.Empty() {
		name, err := t.typedName()
		if err != nil && !errors.Is(err, errMenu) && !errors.Is(err, errBack) {
			return err
		}
		v.name = name
	}
	for {
		if err := v.until(v.chooseDuty); err != nil && !errors.Is(err, errMenu) {
			return err
		}
		v.tell("These are all the duties. quit leaves.")
	}
}

// mayShow says whether this mentor's own rating of a KSB may be read out.
func (v *visit) mayShow(ksb string) bool { return v.onSheet || v.ratedNow[ksb] }

// mentor is a visit from beginning to end: the mentor rates blind, then both look at where they differ.
func (t *talk) mentor() error {
	if !t.mayChange() {
		return nil
	}
	t.tell("This is for a mentor who is with you. They rate first, and blind: none of your own levels is read out " +
		"meanwhile. All statements come up, duty by duty; they leave out what they have not seen.")
	who, err := t.mentorName()
	if err != nil {
		return err
	}
	v := &visit{talk: t, name: who, ratedNow: map[string]bool{}}
	v.handOver()
	err = v.rateDuties()
	if err == nil {
		v.handBack()
	}
	return err
}

// mentorName asks which mentor it is: one who is known here by number, or somebody else by name.
func (t *talk) mentorName() (who safetext.Text, err error) {
	known := t.s.Profile().MetBefore()
	known = known[:min(len(known), 8)]
	if len(known) == 0 {
		return t.typedName()
	}
	err = t.until(func() error {
		n, err := t.askNumber(question{
			Prompt: " or a name",
			ReadOut: func() {
				t.tell("Mentor: who are you?")
				for i, name := range known {
					t.item("%d. %s", i+1, sentence(name.Line()))
				}
				t.item("%d. Somebody else.", len(known)+1)
			},
			Accept: func(said string) bool {
				typed := safetext.New(said)
				if profile.MayBeMentor(typed) != nil {
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
			who, err = t.typedName()
			if errors.Is(err, errBack) {
				return nil // to the names
			}
			if err != nil {
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

// typedName asks a mentor for their name. A name that is known here gets its earlier spelling.
func (t *talk) typedName() (safetext.Text, error) {
	name, err := t.askText(field{
		Ask: "Mentor: what is your name?", Help: "It is kept with your ratings in the file.", Required: true,
		Check: func(text string) error { return profile.MayBeMentor(safetext.New(text)) },
	})
	return t.s.Profile().MentorNamed(name), err
}

// handOver puts the learner's ratings, and undo of them, out of the mentor's reach.
func (v *visit) handOver() {
	v.visits++
	v.blind, v.openKSB, v.lastRated = true, v.rateFound, ""
	v.s.HandTo(mentorHands + v.visits)
	v.tell("%s, you rate now. What was said before is the learner's: please do not scroll or read back.",
		v.name.Line())
}

// handBack gives the keyboard back to the learner. The mentor's rating of a KSB stays covered until the learner has
// rated it too, or both look together.
func (v *visit) handBack() {
	if v.blind {
		v.tell("Back to the learner. What %s rated stays covered until you have rated it too, or look together: "+
			"please do not scroll or read back.", v.name.Line())
	}
	v.blind, v.openKSB, v.lastRated = false, v.statement, ""
	v.s.HandTo(learnerHands)
}

// rateDuties asks for one duty after the other, until both look together or the mentor hands back.
func (v *visit) rateDuties() error {
	for {
		err := v.until(v.chooseDuty)
		switch {
		case errors.Is(err, errLooked), errors.Is(err, errMenu) && !v.blind:
			return nil
		case err != nil && !errors.Is(err, errMenu):
			return err
		}
		yes, err := v.confirm("Hand back to the learner? From then on the learner's own levels are read out again. " +
			"Yours are kept.")
		if err != nil && !errors.Is(err, errBack) {
			return err
		}
		if yes {
			return nil
		}
	}
}

func (v *visit) chooseDuty() error {
	options := lists.Each(v.s.Standard().Duties, func(d standard.Duty) option {
		rated := lists.Count(d.KSBs, v.hasRated)
		text := fmt.Sprintf("%s, %d of %d rated by you", v.s.DutyTitle(d.Number), rated, len(d.KSBs))
		return option{Text: text, Do: func() error { return v.walkBlind(d) }}
	})
	if !v.onSheet {
		options = append(options, option{Text: "We are both ready: look at where we differ", Do: v.lookTogether})
	}
	return v.choose("Which duty have you seen?", returning(options), 0)
}

// mentorRating is this mentor's rating of a KSB in the open round.
func (v *visit) mentorRating(ksb string) (profile.Rating, bool) {
	round, _ := v.s.Profile().Open()
	return round.MentorRating(ksb, v.name)
}

func (v *visit) hasRated(ksb string) bool { _, done := v.mentorRating(ksb); return done }

// walkBlind asks for the KSBs of a duty that the mentor has not rated yet, or for all of them if none is left.
func (v *visit) walkBlind(d standard.Duty) error {
	ksbs := slices.DeleteFunc(slices.Clone(d.KSBs), v.hasRated)
	if len(ksbs) == 0 {
		ksbs = d.KSBs
	}
	err := v.inTurn(ksbs, func(i int) error { return v.rateBlind(ksbs[i], i < len(ksbs)-1) })
	switch {
	case errors.Is(err, errDuties):
		return nil
	case err != nil:
		return err
	}
	v.tell("That was Duty %d.", d.Number)
	return nil
}

// rateFound asks for the level of a KSB that was found by search.
func (v *visit) rateFound(ksb string) error { return v.rateBlind(ksb, false) }

// rateBlind asks for the mentor's level of a KSB. With goesOn another KSB follows, whose question also takes a note on
// this one.
func (v *visit) rateBlind(ksb string, goesOn bool) error {
	was, _ := v.mentorRating(ksb)
	if !was.Shown.IsZero() {
		v.tell("%s: you both looked at it on %s, so change it when you look at it together.", ksb,
			was.Shown.Near(v.s.Today()))
		return nil
	}
	subject, extra := v.lastRated, "" // note was offered right after that rating
	if subject == "" {
		subject, extra = ksb, "note, "
	}
	menu := ", menu hands back to the learner"
	if v.onSheet {
		menu = ""
	}
	q := question{
		Prompt: ksb + ": 0 to 4, n, skip, " + extra + "duties, back, undo, find, quit, or ?",
		Help: "A digit rates " + ksb + "; n says that the post gives no chance to try it. skip leaves out what you " +
			"have not seen. note keeps what you saw, for " + subject + ". duties goes to the choice of duties" + menu +
			". brief leaves the levels out, full has them again.",
		ReadOut: func() { v.sayBlind(ksb) },
	}
	for {
		said, err := v.ask(q)
		if err != nil {
			return err
		}
		q.ReadOut = nil
		switch word := strings.ToLower(said); word {
		case "":
			if _, rated := v.mentorRating(ksb); rated && v.mayShow(ksb) {
				return nil
			}
			v.tell("%s", nothingTyped)
			continue
		case "s", "skip":
			v.tell("%s is left out.", ksb)
			v.lastRated = ""
			return nil
		case "brief", "full":
			v.brief = word == "brief"
			v.tell("%s it is.", words.Capital(word))
			continue
		case "duties":
			return errDuties
		case "note":
			if err := v.noteBlind(subject); err != nil && !errors.Is(err, errBack) {
				return err
			}
			continue
		}
		l, err := level.Typed(said)
		if err != nil {
			v.tell("%q is not a level. One line rates one statement.", safetext.Brief(said, 40))
			continue
		}
		rate := profile.Rate{KSB: ksb, By: profile.Mentor, Level: l, On: v.s.Today(), Who: v.name}
		if v.do(rate, ksb+" is "+v.levelText(l)) {
			v.ratedNow[ksb], v.lastRated = true, ksb
			if goesOn {
				v.tell("Type note to add what you saw of %s.", ksb)
			}
			return nil
		}
	}
}

// sayBlind reads out a KSB with its levels, and nobody's rating but this mentor's own.
func (v *visit) sayBlind(ksb string) {
	std, scale := v.s.Standard(), v.o.Library.Scale()
	k, _ := std.KSB(ksb)
	v.page.Blank()
	v.tell("%s: %s", ksb, sentence(k.Text))
	was, rated := v.mentorRating(ksb)
	switch {
	case rated && v.mayShow(ksb):
		v.tell("You said %s. Enter keeps it.%s", v.levelText(was.Level),
			words.After(" Your note: ", sentence(was.Note.Line())))
	case rated:
		v.tell("%s", appraisal.Covered(was.On))
	}
	if v.brief {
		return
	}
	for _, l := range levelOrder {
		key := "Level " + l.Key()
		if l == level.NoOpportunity {
			key = l.Key()
		}
		v.item("%s, %s: %s", key, scale.Words(l).Name, sentence(scale.Seen(l, k.Kind)))
	}
	if e, ok := v.s.Coach()(ksb); ok {
		name, text := plan.Between(e, gap.Row{Target: profile.DefaultTarget}, level.NoOpportunity)
		v.tell("%s %s", sentence(name), text)
	}
}

func (v *visit) noteBlind(ksb string) error {
	was, rated := v.mentorRating(ksb)
	if !rated || !v.mayShow(ksb) {
		v.tell("A note goes with a rating: rate %s first, then type note.", ksb)
		return nil
	}
	return v.keep(field{
		Ask: "What you saw of " + ksb + ", in a line or two?", Was: was.Note, Multiline: true,
		Help: "One situation, what was done, what came of it. Nothing about a patient.",
	}, "Your note is kept with "+ksb, func(said safetext.Text) profile.Change {
		return profile.Note{KSB: ksb, By: profile.Mentor, Who: v.name, Text: said}
	})
}

// lookTogether uncovers both sides' ratings, once both are ready, and goes through the differences.
func (v *visit) lookTogether() error {
	yes, err := v.confirm("Are you both ready? From now on the learner's levels and notes are read out too.")
	if err != nil || !yes {
		return err
	}
	v.blind, v.openKSB, v.lastRated = false, v.statement, ""
	v.s.HandTo(bothHands)
	if len(v.s.Profile().ToReveal()) > 0 {
		v.do(profile.Reveal{On: v.s.Today()}, "Both of you can hear all ratings now")
	}
	if err := v.until(v.talkMenu); err != nil {
		return err
	}
	v.handBack()
	return errLooked
}

// talkMenu says how much there is to talk about, and asks what to do.
func (v *visit) talkMenu() error {
	p, std := v.s.Profile(), v.s.Standard()
	open, alone := appraisal.Open(p, std), appraisal.Alone(p, std)
	round, _ := p.Open()
	who := p.MeetingMentor(v.s.Today(), v.name)
	equal, others := round.EqualBy(who)
	agree := v.doing("Agree "+words.Count(len(equal), "level that", "levels that")+" you both gave",
		profile.AgreeEqual{On: v.s.Today(), Met: who}, "Agreed: "+strings.Join(equal, ", "))
	agree.Detail = strings.Join(equal, ", ")
	options := []option{
		offerIf(len(open) > 0, option{
			Text: "Talk over " + words.Count(len(open), "difference", "differences") + ", the largest first",
			Do:   func() error { return v.talkOver(open) },
		}),
		offerIf(len(equal) > 0, agree),
		offerIf(len(alone) > 0, option{
			Text: "Look at " + words.Count(len(alone), "statement", "statements") + " that only a mentor rated",
			Do:   func() error { return v.talkOver(alone) },
		}),
		{Text: "Done: hand back to the learner", Do: func() error { return errBack }},
	}
	if len(others) > 0 {
		v.tell("You both see these the same, and they are left for the mentor who rated them: %s.",
			strings.Join(others, ", "))
	}
	const title = "Looking together. The learner speaks first. Go by the words of the level, not by the middle."
	return v.choose(title, options, 1)
}

func (v *visit) talkOver(list []appraisal.Difference) error {
	return inOrder(len(list), func(i int) error { return v.settleDifference(list[i]) })
}

// settleDifference asks which level the two agree on or, if they do not, what would decide it.
func (v *visit) settleDifference(d appraisal.Difference) error {
	mayDiffer := !d.Alone && !d.TalkedOver()
	q := question{
		Prompt:  d.KSB + ": agree 0 to 4 or n, skip, back, undo, quit, or ?",
		Help:    "A digit agrees that level, and asks why. skip leaves it for now.",
		ReadOut: func() { v.sayDifference(d) },
	}
	if mayDiffer {
		q.Prompt = d.KSB + ": agree 0 to 4 or n, differ, skip, back, undo, quit, or ?"
		q.Help = "A digit agrees that level, and asks why. differ records that you see it differently, with what " +
			"would decide it. skip leaves it for now."
	}
	for {
		said, err := v.ask(q)
		if err != nil {
			return err
		}
		q.ReadOut = nil
		switch word := strings.ToLower(said); {
		case word == "s" || word == "skip":
			return nil
		case mayDiffer && (word == "d" || word == "differ"):
			return v.differ(d)
		}
		l, err := level.Typed(said)
		if err != nil {
			v.tell("%q is not a level.", safetext.Brief(said, 40))
			continue
		}
		return v.agree(d, l)
	}
}

// sayDifference reads out what each side said of a KSB, with the words of each level once.
func (v *visit) sayDifference(d appraisal.Difference) {
	scale := v.o.Library.Scale()
	k, _ := v.s.Standard().KSB(d.KSB)
	v.page.Blank()
	v.tell("%s: %s", d.KSB, sentence(k.Text))
	v.tell("%s %s", sentence(words.Capital(d.Words())), sentence(words.Capital(d.When(v.s.Today()))))
	described := map[level.Level]bool{}
	say := func(who string, l level.Level, note safetext.Text) {
		if !described[l] {
			described[l] = true
			v.item("%s: %s", words.Capital(v.levelText(l)), sentence(scale.Seen(l, k.Kind)))
		}
		if !note.Empty() {
			v.item("%s: %s", who, sentence(note.Line()))
		}
	}
	if !d.Alone {
		say("The learner's note", d.Self, d.SelfNote)
	}
	for _, x := range d.Mentors() {
		say("Note by "+appraisal.MentorName(x.By), x.Level, x.Note)
	}
	if e := d.Earlier; e != nil {
		v.item("Agreed before: %s", sentence(v.levelText(e.Level)+words.After(", ", e.GivenReason().Line())))
	}
}

func (v *visit) agree(d appraisal.Difference, l level.Level) error {
	why := field{Ask: "Why " + v.levelText(l) + "?", Help: appraisal.AskReason, Required: true}
	return v.keep(why, d.KSB+" is agreed at "+v.levelText(l), func(said safetext.Text) profile.Change {
		return profile.Agree{KSB: d.KSB, Level: l, Reason: said, On: v.s.Today(), Who: v.name}
	})
}

func (v *visit) differ(d appraisal.Difference) error {
	why := field{Ask: appraisal.AskDecides, Required: true, Multiline: true}
	return v.keep(why, "It is recorded that you differ on "+d.KSB, func(said safetext.Text) profile.Change {
		return profile.RecordDiffer{KSB: d.KSB, On: v.s.Today(), Note: said}
	})
}
