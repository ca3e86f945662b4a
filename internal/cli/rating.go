package cli

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
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

	level       level.Level
	ksb         standard.KSB
	aboutOthers string // says which rating it replaces, or which ones by other mentors are kept
	opensRound  bool   // it opens a new round, which is not the first
	nextDue     string // the KSB after this one on the list of those that are due, or ""
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
	if err := o.checkFlags(cmd, args[1]); err != nil {
		return err
	}
	return o.edit(func(s *session.Session) error {
		var err error
		if o.ksb, err = ksbCode(s.Standard(), args[0]); err != nil {
			return err
		}
		if o.as == profile.Self {
			s.SetPosition(o.ksb.ID)
			o.nextDue = nextDueAfter(s.Due(), o.ksb.ID)
		}
		who := s.Profile().MentorNamed(o.by)
		round, open := s.Profile().Open()
		o.opensRound = !open && len(s.Profile().Rounds) > 0
		c := profile.Rate{
			KSB: o.ksb.ID, By: o.as, Level: o.level, On: s.Today(),
			Note: given(cmd, "note", o.note), Who: who, Reason: o.reason,
		}
		if o.as == profile.Mentor {
			if err := o.attribute(&c, round); err != nil {
				return err
			}
		} else if was, ok := round.Ratings[o.as][o.ksb.ID]; ok && was.ByAnother(who) {
			o.aboutOthers = "; " + appraisal.InPlaceOf(was)
		}
		return s.Do(c)
	}, o.say)
}

// attribute settles which mentor a rating is by. Without a name it is refused if a named mentor has rated the KSB in
// this round, since it could be theirs. With a name it replaces an equal rating of the same day that has no name.
func (o *rateOptions) attribute(c *profile.Rate, round profile.Round) error {
	others := round.OtherMentors(c.KSB, c.Who)
	if len(others) > 0 && c.Who.Empty() {
		return withHint(fmt.Errorf("%s rated %s in this round, and it is not known whose rating this is",
			appraisal.MentorNames(others), c.KSB),
			fmt.Sprintf("add --by %q to change that one, or another name to put one beside it", others[0].By.Line()))
	}
	nameless, ok := round.MentorRating(c.KSB, safetext.Text{})
	sameNote := c.Note == nil || *c.Note == nameless.Note
	if ok && !c.Who.Empty() && nameless.Level == c.Level && nameless.On == c.On && sameNote {
		c.Instead = &nameless.By
		others = slices.DeleteFunc(others, func(x profile.Rating) bool { return x.By.Empty() })
	}
	if n := len(others); n > 0 {
		o.aboutOthers = "; the " + words.Form(n, "rating", "ratings") + " by " + appraisal.MentorNames(others) + " " +
			words.Form(n, "is", "are") + " kept too"
	}
	return nil
}

func (o *rateOptions) checkFlags(cmd *cobra.Command, word string) error {
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

// say writes one line, wrapped only on a terminal. For a mentor it says nothing of the learner's own levels, since
// mentors rate blind.
func (o *rateOptions) say(s *session.Session, p *page) {
	scale, who := o.library.Scale(), s.Profile().MentorNamed(o.by)
	means := scale.Seen(o.level, o.ksb.Kind)
	if o.as == profile.Self {
		means = scale.Words(o.level).For(o.ksb.Kind)
	}
	what := o.ksb.ID + " rated " + ratedBy(scale, o.level, o.as, who) + ": " + means + o.aboutOthers
	round, _ := s.Profile().Open()
	if x, _ := round.MentorRating(o.ksb.ID, who); o.as == profile.Mentor && x.Changed {
		what += "; kept as a change: " + appraisal.Level(x)
	}
	if o.opensRound {
		what += "; no round was open, so this opened " + profile.RoundName(round.ID)
	}
	r := s.Report()
	if row, _ := r.Row(o.ksb.ID); o.as == profile.Self {
		what += stillCounts(row, o.level, s.Today())
		if row.Unsupported() {
			what += "; " + r.EvidenceProblem(row)
		}
	}
	next := s.Next()
	then := next.Text
	switch {
	case o.as == profile.Mentor:
		then = o.nextForMentor(s)
	case o.as == profile.Self && o.nextDue != "":
		then = o.nextDue + " " + s.Titles()(o.nextDue)
	case next.Kind == "rate":
		then = next.KSB + " " + s.Titles()(next.KSB)
	}
	p.message("%s; next: %s", what, then)
}

// stillCounts says that an agreed level still counts, if it differs from the learner's new rating.
func stillCounts(row gap.Row, l level.Level, today calendar.Date) string {
	if row.By != profile.Agreed || row.Level == l {
		return ""
	}
	return fmt.Sprintf("; your view is kept, and level %s, agreed on %s, counts until you agree again", row.Level,
		row.On.Near(today))
}

// nextForMentor is the first KSB after this one that this mentor has not rated in the open round or, for a mentor
// without a name, the first that no mentor has rated.
func (o *rateOptions) nextForMentor(s *session.Session) string {
	round, _ := s.Profile().Open()
	who := s.Profile().MentorNamed(o.by)
	walk := s.Standard().Walk()
	at := s.Standard().Place(o.ksb.ID)
	for _, id := range slices.Concat(walk[at:], walk[:at]) {
		_, rated := round.MentorRating(id, who)
		if who.Empty() {
			rated = len(round.Mentors(id)) > 0
		}
		if !rated {
			return id + " " + s.Titles()(id)
		}
	}
	if s.Profile().Sheet {
		return "the sheet is full: send it back to " + s.Profile().Learner.Name.Line()
	}
	return "every KSB is rated in this round; look at the differences together"
}

// nextDueAfter is the KSB after this one on the list of those that are due, back to the first after the last. It is ""
// if this one is not on the list or was never rated: those are rated in walk order anyway.
func nextDueAfter(due []appraisal.Forward, ksb string) string {
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

func newRound(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "round", Short: "Show, open or close a round of rating",
		Long: "A round is one pass of rating: the baseline, then one for each review. A closed round stays as it is. " +
			"On its own, the command lists your rounds and what changed in each.",
		Example: "ksbcoach round due", RunE: func(*cobra.Command, []string) error { return k.read(k.showRounds) },
	}, newRoundOpen(k), &cobra.Command{
		Use: "close", Short: "Close the open round",
		Long: "Closes the open round with today's date. Nothing in it can be changed after that; the next rating " +
			"opens a new one.",
		Example: "ksbcoach round close",
		RunE: func(*cobra.Command, []string) error {
			return k.do(profile.CloseRound{On: k.today()}, func(s *session.Session, p *page) {
				rounds := s.Profile().Rounds
				r := rounds[len(rounds)-1]
				p.Para(0, "round %s closed on %s, %s of yours in it", profile.RoundName(r.ID), r.Closed.Long(),
					words.Count(r.Rated(profile.Self), "rating", "ratings"))
				p.next("ksbcoach progress shows what became of the levels")
			})
		},
	}, newRoundDue(k))
}

func (k *kit) showRounds(s *session.Session) error {
	rounds := s.Profile().Rounds
	changes := roundChanges(s)
	out := []object{}
	for i, r := range rounds {
		out = append(out, object{
			"id", r.ID, "opened", r.Opened, "closed", r.Closed, "self", r.Rated(profile.Self),
			"mentor", r.Rated(profile.Mentor), "agreed", r.Rated(profile.Agreed), "differ", len(r.Differ),
			"changed", lists.Each(changes[i], func(c appraisal.Change) string { return c.Words }),
		})
	}
	return k.answer(object{"rounds", out}, func(p *page) {
		p.Para(0, "%s.", words.Count(len(rounds), "round", "rounds"))
		for i, r := range rounds {
			p.Blank()
			p.Para(0, "%s: %s", profile.RoundName(r.ID), roundDates(r))
			p.Para(2, "rated: you %d, %s; agreed: %d", r.Rated(profile.Self),
				appraisal.CountsByMentor(r.AllByMentors()), r.Rated(profile.Agreed))
			p.Para(2, "changed: %s", appraisal.InWords(changes[i]))
		}
		p.next("%s", roundNext(s))
	})
}

func roundDates(r profile.Round) string {
	if r.Closed.IsZero() {
		return "open since " + r.Opened.Long()
	}
	return r.Opened.Long() + " to " + r.Closed.Long()
}

// roundChanges lists for each round what changed since the one before was closed.
func roundChanges(s *session.Session) [][]appraisal.Change {
	var from, to calendar.Date
	return lists.Each(s.Profile().Rounds, func(r profile.Round) []appraisal.Change {
		from, to = to, cmp.Or(r.Closed, s.Today())
		return appraisal.Since(s.Profile(), s.Standard(), from, to)
	})
}

func newRoundOpen(k *kit) *cobra.Command {
	var id string
	cmd := &cobra.Command{
		Use: "open", Short: "Open a new round",
		Long:    "Opens a new round. Your last levels and notes are kept and shown with it; what is due comes first.",
		Example: "ksbcoach round open --id spring-review",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if id == "" && cmd.Flags().Changed("id") {
				return misused(cmd, "--id: the name of the round is empty")
			}
			return k.do(profile.OpenRound{ID: id, On: k.today()}, func(s *session.Session, p *page) {
				r, _ := s.Profile().Open()
				p.Para(0, "round %s opened on %s", profile.RoundName(r.ID), r.Opened.Long())
				p.next("%s", roundNext(s))
			})
		},
	}
	cmd.Flags().StringVar(&id, "id", "", "the `NAME` of the round; baseline, review-1 and so on if not given")
	return cmd
}

// usualDue is how many due KSBs are shown before the rest is only counted.
const usualDue = 8

type roundDueOptions struct {
	*kit
	most int
}

func newRoundDue(k *kit) *cobra.Command {
	o := &roundDueOptions{kit: k}
	cmd := &cobra.Command{
		Use: "due", Short: "Show what to rate first, with the reasons",
		Long: "Lists what is due to be rated in this round, duty by duty: first the duty of the KSB that is furthest " +
			"behind, then those where you rate differently from what was agreed, there is new evidence or the rating " +
			"is old, and last what was never rated. You can still rate everything else.",
		Example: "ksbcoach round due --most 20", RunE: o.run,
	}
	cmd.Flags().IntVar(&o.most, "most", 0, fmt.Sprintf("no more than this `NUMBER`; %d if not given, and all of them "+
		"with --json", usualDue))
	return cmd
}

func (o *roundDueOptions) run(cmd *cobra.Command, _ []string) error {
	if o.most < 0 || o.most == 0 && cmd.Flags().Changed("most") {
		return misused(cmd, "--most %d: give a number from 1", o.most)
	}
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	all := s.Due()
	due := all[:min(cmp.Or(o.most, usualDue), len(all))]
	if o.most == 0 && o.asJSON() {
		due = all
	}
	title := s.Titles()
	round, open := s.Profile().Open()
	return o.answer(object{
		"as_of", s.Today(), "round", known(round.ID, open), "total", len(all),
		"due", lists.Each(due, func(f appraisal.Forward) object {
			last, _ := s.Profile().Newest(f.KSB, profile.Self)
			return object{
				"ksb", f.KSB, "title", title(f.KSB), "level", known(f.Last, f.Rated),
				"by", known(f.By, f.Rated), "note", last.Note, "reasons", dueReasons(f), "words", f.Words,
			}
		}),
		"aged", agedObjects(s),
	}, func(p *page) {
		p.Para(0, "%s due.", words.Count(len(all), "KSB is", "KSBs are"))
		for _, f := range due {
			showDue(s, p, f, title(f.KSB))
		}
		if n := len(all) - len(due); n > 0 {
			p.Blank()
			p.Para(0, "Then %d more: ksbcoach round due --most %d shows them all.", n, len(all))
		}
		p.agedAgreements(s)
		if len(due) == 0 {
			p.next("nothing is due: ksbcoach compare, or ksbcoach round close")
			return
		}
		p.next("ksbcoach rate %s LEVEL", due[0].KSB)
	})
}

// showDue writes a KSB that is due, with its last level and what that means.
func showDue(s *session.Session, p *page, f appraisal.Forward, title string) {
	p.Blank()
	p.Pair(0, 5, f.KSB, "%s", title)
	p.Para(5, "%s", f.Words)
	if !f.Rated {
		return
	}
	k, _ := s.Standard().KSB(f.KSB)
	scale := s.Library().Scale()
	p.Para(5, "%s: %s", appraisal.Last(s.Profile(), scale, f.KSB, s.Today()), scale.Words(f.Last).For(k.Kind))
	if last, _ := s.Profile().Newest(f.KSB, profile.Self); !last.Note.Empty() {
		p.Para(5, "your note: %s", last.Note.Line())
	}
}

func dueReasons(f appraisal.Forward) []string {
	reasons := []string{}
	for _, reason := range []struct {
		word    string
		applies bool
	}{{"behind", f.Behind > 0}, {"aged", f.Aged}, {"changed", f.Changed}, {"stale", f.Stale}, {"unrated", !f.Rated}} {
		if reason.applies {
			reasons = append(reasons, reason.word)
		}
	}
	return reasons
}

func newProgress(k *kit) *cobra.Command {
	var codes []string
	cmd := &cobra.Command{
		Use: "progress", Short: "Show rounds over time, and a forecast with its basis",
		Long: "Shows your levels round by round for each kind and duty, how your ratings compare with your mentor's " +
			"(if there are several, with the one who rated last), and what the ratings so far say about gateway. The " +
			"forecast says what it is based on and what it cannot know; it is a calculation, not a promise.",
		Example: "ksbcoach progress --ksb K7,S7",
		RunE: func(*cobra.Command, []string) error {
			return k.read(func(s *session.Session) error { return k.progress(s, codes) })
		},
	}
	cmd.Flags().Var(codesFlag(&codes), "ksb", "the KSBs whose levels to show, round by round")
	return cmd
}

func (k *kit) progress(s *session.Session, codes []string) error {
	ksbs, err := ksbCodes(s.Standard(), codes)
	if err != nil {
		return err
	}
	r := s.Report()
	moments := appraisal.Timeline(s.Profile(), s.Standard(), k.library.Scale(), s.Today())
	return k.answer(progressObject(s, r, moments, ksbs), func(p *page) {
		p.document(appraisal.ProgressDoc(r, s.Profile(), moments, ksbs, s.Titles(), s.DutyTitle))
		next := s.Next()
		if len(moments) > 0 {
			next.Text += commandFor(next)
		}
		p.next("%s", next.Text)
	})
}

func progressObject(s *session.Session, r *gap.Report, moments []appraisal.Moment, ksbs []string) object {
	f := appraisal.Project(r, s.Profile())
	forecast := object{
		"known", f.Known, "gateway", f.Gateway, "now", known(f.Now, f.Known), "low", known(f.Low, f.Known),
		"high", known(f.High, f.Known), "total", f.Total, "basis", f.Basis, "wide", f.Wide, "narrow", f.Narrow,
		"unknown", f.Unknown, "words", f.Words,
	}
	return object{
		"as_of", s.Today(),
		"rounds", lists.Each(moments, func(m appraisal.Moment) object { return momentObject(m, ksbs) }),
		"aged", agedObjects(s),
		"calibration", lists.Each(appraisal.Calibrate(s.Profile(), s.Standard()), func(c appraisal.Calibration) object {
			return object{
				"kind", c.Kind.String(), "pairs", c.N, "rounds", c.Rounds, "mean", known(c.Mean(), c.Known),
				"words", c.Words,
			}
		}),
		"forecast", forecast,
	}
}

func momentObject(m appraisal.Moment, ksbs []string) object {
	share := func(x appraisal.Share) object {
		mean, scored := x.Mean()
		return object{
			"duty", known(x.Duty, x.Duty != 0), "kind", known(x.Kind.String(), x.Kind != 0), "total", x.Total,
			"rated", x.Rated, "at_target", x.Met, "mean", known(appraisal.Tenth(mean), scored),
			"expected", known(appraisal.Tenth(x.ExpectedMean()), m.Timed),
		}
	}
	only := func(in map[string]level.Level) map[string]level.Level {
		out := map[string]level.Level{}
		for id, l := range in {
			if len(ksbs) == 0 || slices.Contains(ksbs, id) {
				out[id] = l
			}
		}
		return out
	}
	return object{
		"id", m.Round, "on", m.On, "open", m.Open, "month", known(m.Month, m.Timed), "all", share(m.All),
		"duties", lists.Each(m.Duties, share), "kinds", lists.Each(m.Kinds, share), "levels", only(m.Levels),
		"self", only(m.Self), "mentor", only(m.Mentor),
	}
}
