package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type rateOptions struct {
	*kit
	as               profile.Rater
	note, reason, by safetext.Text

	level   level.Level
	ksb     standard.KSB
	instead string // about the ratings by other mentors that it replaces or that are kept
	opens   bool   // it opens a round after others
	then    string // the KSB that follows on the list of those that are due, or ""
}

func newRate(k *kit) *cobra.Command {
	o := &rateOptions{kit: k, as: profile.Self}
	cmd := &cobra.Command{
		Use: "rate KSB LEVEL", Short: "Give one rating",
		Long: "Gives one KSB a level from 0 to 4, or none where your post gives you no chance to try it. Rating " +
			"again in the same round replaces the level and keeps the note. A round keeps the rating of every " +
			"mentor: --by says whose it is.\n\nA mentor's rating alone never changes the level that counts; what you " +
			"both agreed on does, with a reason.",
		Example: `ksbcoach rate K7 2 --note "prompted on the limits of each check"`, RunE: o.run,
	}
	f := cmd.Flags()
	f.Var(wordFlag(&o.as, profile.Raters), "as", "whose view it is: self, mentor or agreed")
	f.Var(textFlag(&o.note), "note", `a note; "" removes the old one`)
	f.Var(textFlag(&o.reason), "reason", "why, for an agreed rating")
	f.Var(textFlag(&o.by), "by", "the `NAME` of the mentor")
	return cmd
}

func (o *rateOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.check(cmd, args[1]); err != nil {
		return err
	}
	return o.edit(func(s *session.Session) error {
		var err error
		if o.ksb, err = ksbCode(s.Standard(), args[0]); err != nil {
			return err
		}
		if o.as == profile.Self {
			s.SetPosition(o.ksb.ID)
			o.then = thenForward(s.Due(), o.ksb.ID)
		}
		who := s.Profile().MentorNamed(o.by)
		round, open := s.Profile().Open()
		o.opens = !open && len(s.Profile().Rounds) > 0
		c := profile.Rate{
			KSB: o.ksb.ID, By: o.as, Level: o.level, On: s.Today(),
			Note: given(cmd, "note", o.note), Who: who, Reason: o.reason,
		}
		if o.as == profile.Mentor {
			if err := o.amongMentors(&c, round); err != nil {
				return err
			}
		} else if was, ok := round.Ratings[o.as][o.ksb.ID]; ok && was.ByAnother(who) {
			o.instead = "; " + appraisal.InPlaceOf(was)
		}
		return s.Do(c)
	}, o.say)
}

// amongMentors attributes a mentor's rating. Without a name it is refused if a named mentor has rated the KSB, since it
// could be theirs. With a name it replaces an equal rating of the same day that has no name.
func (o *rateOptions) amongMentors(c *profile.Rate, round profile.Round) error {
	beside := round.Beside(c.KSB, c.Who)
	if len(beside) > 0 && c.Who.Empty() {
		return withHint(fmt.Errorf("%s rated %s in this round, and it is not known whose rating this is",
			appraisal.MentorNames(beside), c.KSB),
			fmt.Sprintf("add --by %q to change that one, or another name to put one beside it", beside[0].By.Line()))
	}
	if x, ok := round.MentorRating(c.KSB, safetext.Text{}); ok && !c.Who.Empty() && x.Level == c.Level &&
		x.On == c.On && (c.Note == nil || *c.Note == x.Note) {
		c.Instead = &x.By
		beside = slices.DeleteFunc(beside, func(x profile.Rating) bool { return x.By.Empty() })
	}
	if n := len(beside); n > 0 {
		o.instead = "; the " + words.Form(n, "rating", "ratings") + " by " + appraisal.MentorNames(beside) + " " +
			words.Form(n, "is", "are") + " kept too"
	}
	return nil
}

func (o *rateOptions) check(cmd *cobra.Command, word string) error {
	var err error
	if o.level, err = typedLevel(cmd, word); err != nil {
		return err
	}
	switch {
	case o.as == profile.Agreed && o.reason.Empty():
		return misused(cmd, "an agreed rating needs --reason with what you both based it on")
	case o.as != profile.Agreed && !o.reason.Empty():
		return misused(cmd, "--reason belongs to an agreed rating; use --note, or add --as agreed")
	case o.as == profile.Self && !o.by.Empty():
		return misused(cmd, "--by names the mentor; add --as mentor or --as agreed")
	}
	return nil
}

// say is one line, wrapped only on a terminal. To a mentor it says nothing of the learner's levels, since mentors rate
// blind.
func (o *rateOptions) say(s *session.Session, p *page) {
	scale, who := o.library.Scale(), s.Profile().MentorNamed(o.by)
	means := scale.Seen(o.level, o.ksb.Kind)
	if o.as == profile.Self {
		means = scale.Words(o.level).For(o.ksb.Kind)
	}
	what := o.ksb.ID + " rated " + ratedBy(scale, o.level, o.as, who) + ": " + means + o.instead
	round, _ := s.Profile().Open()
	if x, _ := round.MentorRating(o.ksb.ID, who); o.as == profile.Mentor && x.Changed {
		what += "; kept as a change: " + appraisal.Level(x)
	}
	if o.opens {
		what += "; no round was open, so this opened " + profile.RoundName(round.ID)
	}
	r := s.Report()
	if row, _ := r.Row(o.ksb.ID); o.as == profile.Self {
		what += counts(row, o.level, s.Today())
		if row.Unsupported() {
			what += "; " + r.Wanting(row)
		}
	}
	next := s.Next()
	then := next.Text
	switch {
	case o.as == profile.Mentor:
		then = o.nextForMentor(s)
	case o.as == profile.Self && o.then != "":
		then = o.then + " " + s.Titles()(o.then)
	case next.Kind == "rate":
		then = next.KSB + " " + s.Titles()(next.KSB)
	}
	p.message("%s; next: %s", what, then)
}

// counts says that an agreed level still counts, if the learner's own is different.
func counts(row gap.Row, l level.Level, today calendar.Date) string {
	if row.By != profile.Agreed || row.Level == l {
		return ""
	}
	return fmt.Sprintf("; your view is kept, and level %s, agreed on %s, counts until you agree again", row.Level,
		row.On.Near(today))
}

// nextForMentor is the first KSB after this one that this mentor has not rated in the open round. Without a name it is
// one that no mentor has rated.
func (o *rateOptions) nextForMentor(s *session.Session) string {
	round, _ := s.Profile().Open()
	who := s.Profile().MentorNamed(o.by)
	walk := s.Standard().Walk()
	at := s.Standard().Place(o.ksb.ID)
	for _, id := range append(slices.Clone(walk[at:]), walk[:at]...) {
		_, theirs := round.MentorRating(id, who)
		if any := len(round.Mentors(id)) > 0; !theirs && !(any && who.Empty()) {
			return id + " " + s.Titles()(id)
		}
	}
	if s.Profile().Sheet {
		return "the sheet is full: send it back to " + s.Profile().Learner.Name.Line()
	}
	return "every KSB is rated in this round; look at the differences together"
}

// thenForward is the KSB after this one on the list of those that are due, wrapping round to the first. It is "" if
// this one is not on the list, or was never rated, since those follow in walk order anyway.
func thenForward(due []appraisal.Forward, ksb string) string {
	i := slices.IndexFunc(due, func(f appraisal.Forward) bool { return f.KSB == ksb && f.Rated })
	if i < 0 || len(due) == 1 {
		return ""
	}
	return due[(i+1)%len(due)].KSB
}

func newTarget(k *kit) *cobra.Command {
	return &cobra.Command{
		Use: "target KSB LEVEL", Short: "Set the level you want by gateway",
		Long:    "Sets the level wanted at gateway for one KSB, from 1 to 4. It is 3 where nothing else is set.",
		Example: "ksbcoach target S17 4", RunE: k.setTarget,
	}
}

func (k *kit) setTarget(cmd *cobra.Command, args []string) error {
	l, err := level.Typed(args[1])
	if err != nil || l < 1 {
		return misused(cmd, "%q is no target: choose 1, 2, 3 or 4", args[1])
	}
	return k.editKSB(args[0], func(s *session.Session, x standard.KSB) error {
		return s.Do(profile.SetTarget{KSB: x.ID, Level: l, Default: k.library.Scale().Target})
	}, func(_ *session.Session, p *page, x standard.KSB) {
		means := k.library.Scale().Words(l)
		p.Para(0, "%s is wanted at %s %s by gateway: %s", x.ID, l, means.Name, means.For(x.Kind))
		p.next("ksbcoach gaps")
	})
}
