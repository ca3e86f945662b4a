package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type reviewStartOptions struct {
	*kit
	kind string
	with []string
	date calendar.Date
	id   string
	why  string // why the kind was chosen
}

func newReviewStart(k *kit) *cobra.Command {
	o := &reviewStartOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Start a review",
		Long: "Starts a review and notes the actions of the last one, whatever became of their goals, and every other open action that does not wait with a parked goal. Each that is open " +
			"has to be checked before new ones can be set, so that nothing of last time is forgotten. Private notes that you kept before are taken over.\n\n" +
			"A review is started on its day or afterwards; a day to come belongs in ksbcoach review settings --next.",
		Example: `ksbcoach review start --kind progress --with "J. Ode, ward manager"`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.kind, "kind", "", "`progress`, appraisal or gateway; if not given, appraisal when the yearly one is due, else progress")
	f.StringArrayVar(&o.with, "with", nil, withFlag)
	f.Var(dateFlag{k: k, date: &o.date, month: calendar.FirstOf}, "date", "the day of the meeting; today if not given")
	return cmd
}

func (o *reviewStartOptions) run(cmd *cobra.Command) error {
	if o.kind = asWord(o.kind); cmd.Flags().Changed("kind") && !slices.Contains(profile.ReviewKinds, profile.ReviewKind(o.kind)) {
		return misused(cmd, "--kind %q: say progress, appraisal or gateway", o.kind)
	}
	return o.edit(func(s *session.Session) error {
		if o.date.IsZero() {
			o.date = s.Today()
		}
		kind := profile.ReviewKind(o.kind)
		if kind == "" {
			kind, o.why = s.Profile().UsualKind(s.Today()), plan.Yearly(s.Profile(), s.Today())
		}
		o.id = s.NewID("r")
		return s.Do(profile.StartReview{ID: o.id, On: o.date, Kind: kind, With: people(o.with), Today: s.Today()})
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().Review(o.id)
		if r.Kind == profile.ReviewAppraisal && o.why != "" {
			p.Para(0, "The %s, so this is it.", o.why)
		}
		p.Para(0, "%s started: %s review of %s, %s to check", r.ID, r.Kind, r.On.Long(), words.Count(len(s.Profile().Unchecked(r)), "action", "actions"))
		checkedParts(s, p, r)
		p.next("%s", reviewNext(s))
	})
}

var errNoReview = errors.New("no review is open")

// openReview is the review under way, or an error that says how to start one.
func openReview(s *session.Session) (profile.Review, error) {
	r, open := s.Profile().OpenReview()
	if !open {
		return r, &hinted{errNoReview, "ksbcoach review start begins one"}
	}
	return r, nil
}

type reviewNoteOptions struct {
	*kit
	agreed, wellbeing, workload, support, adjust, share, talked string
	with                                                        []string
}

func newReviewNote(k *kit) *cobra.Command {
	o := &reviewNoteOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "note",
		Short: "Keep what was agreed, and how you are",
		Long: "Keeps what was said in the open review. What was agreed goes into the record; wellbeing, workload, support and reasonable " +
			"adjustments stay private unless --share names them. These four can be kept before a review too; it takes them over when it starts. An empty text takes " +
			"the words away.",
		Example: `ksbcoach review note --agreed "one teaching session, watched, by March" --workload "two clinics short"`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.agreed, "agreed", "", "what was agreed, in words")
	f.StringVar(&o.wellbeing, "wellbeing", "", "how you are; private")
	f.StringVar(&o.workload, "workload", "", "how you find the workload; private")
	f.StringVar(&o.support, "support", "", "what support you want; private")
	f.StringVar(&o.adjust, "adjustments", "", "the reasonable adjustments that help you; private")
	f.StringVar(&o.share, "share", "", "the private parts to include in the record, a `LIST` of "+strings.Join(profile.Shares, ", ")+"; none shares nothing")
	f.StringVar(&o.talked, "talked", "", "the parts of the meeting that you have talked through, a `LIST` of "+strings.Join(profile.Talks, ", ")+"; none takes the ticks away")
	f.StringArrayVar(&o.with, "with", nil, withFlag)
	return cmd
}

func (o *reviewNoteOptions) run(cmd *cobra.Command) error {
	c := profile.EditReview{
		Agreed: given(cmd, "agreed", o.agreed), Wellbeing: given(cmd, "wellbeing", o.wellbeing),
		Workload: given(cmd, "workload", o.workload), Support: given(cmd, "support", o.support),
		Adjust: given(cmd, "adjustments", o.adjust),
	}
	if cmd.Flags().Changed("share") {
		share, err := readParts(cmd, "share", o.share, profile.Shares)
		if err != nil {
			return err
		}
		c.Share = &share
	}
	if cmd.Flags().Changed("talked") {
		talked, err := readParts(cmd, "talked", o.talked, profile.Talks)
		if err != nil {
			return err
		}
		c.Talked = &talked
	}
	if cmd.Flags().Changed("with") {
		with := people(o.with)
		c.With = &with
	}
	private := profile.KeepPrivate{Wellbeing: c.Wellbeing, Workload: c.Workload, Support: c.Support, Adjust: c.Adjust}
	meeting := c.Agreed != nil || c.Share != nil || c.Talked != nil || c.With != nil
	if !meeting && private == (profile.KeepPrivate{}) {
		return misused(cmd, "nothing to keep was named")
	}
	return o.edit(func(s *session.Session) error {
		r, open := s.Profile().OpenReview()
		switch {
		case open:
			c.ID = r.ID
			return s.Do(c)
		case meeting:
			return &hinted{errNoReview, "ksbcoach review start begins one; --wellbeing, --workload, --support and --adjustments can be kept before"}
		}
		return s.Do(private)
	}, func(s *session.Session, p *page) {
		r, open := s.Profile().OpenReview()
		if !open {
			p.Para(0, "kept for your next review, for you alone. ksbcoach review prepare --private shows it.")
			p.next("%s", reviewNext(s))
			return
		}
		p.Para(0, "kept in %s. %s", r.ID, sharedWords(r))
		if cmd.Flags().Changed("talked") {
			meetingPart(s, p, r)
		}
		p.next("%s", reviewNext(s))
	})
}

func sharedWords(r profile.Review) string {
	if len(r.Share) == 0 {
		return "Wellbeing, workload, support, adjustments, reflections and your closing answers stay out of the record."
	}
	return "The record includes your " + strings.ReplaceAll(strings.Join(r.Share, ", "), profile.ShareAnswers, "closing answers") + "."
}

type reviewCloseOptions struct {
	*kit
	clear, helped, valued string
	next                  calendar.Date
	with                  []string
	keepRound, closeRound bool
	usual                 bool // the next one is due by the interval

	id, hash   string
	bare       string // what one would look for in the record and is not in it
	unanswered string // what of last time nobody has said anything of
	round      string
}

func newReviewClose(k *kit) *cobra.Command {
	o := &reviewCloseOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "close --clear ANSWER --helped ANSWER --valued ANSWER",
		Short: "Close the review with its record",
		Long: "Closes the open review with the names of who met, the date, the three closing questions and a check code of its record. Its " +
			"round is closed with it; of one that is not finished, and in which nothing is agreed, " +
			"you say --keep-round or --close-round. The date of the next review is set. What the record tells of stays as it is then, whatever you " +
			"change later.\n\n" + appraisal.HashWords,
		Example: `ksbcoach review close --clear yes --helped partly --valued yes`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.clear, "clear", "", "clear objectives were set: yes, partly or no")
	f.StringVar(&o.helped, "helped", "", "it helped you do your job better: yes, partly or no")
	f.StringVar(&o.valued, "valued", "", "it left you feeling valued: yes, partly or no")
	f.Var(dateFlag{k: k, date: &o.next, month: calendar.LastOf}, "next", "when the next one is due; if not given, the end of the month that the interval of your settings leads to")
	f.StringArrayVar(&o.with, "with", nil, "the `NAME` or role of who met with you, if it was not named at the start; divide several by commas")
	f.BoolVar(&o.keepRound, "keep-round", false, "leave the round of rating open; only while nothing is agreed in it")
	f.BoolVar(&o.closeRound, "close-round", false, "close the round of rating although it is not finished")
	return cmd
}

func (o *reviewCloseOptions) run(cmd *cobra.Command) error {
	for _, x := range []struct{ flag, answer string }{{"clear", o.clear}, {"helped", o.helped}, {"valued", o.valued}} {
		switch {
		case x.answer == "":
			return misused(cmd, "--%s is missing: say yes, partly or no", x.flag)
		case !slices.Contains(profile.Verdicts, x.answer):
			return misused(cmd, "--%s %q: say yes, partly or no", x.flag, x.answer)
		}
	}
	return o.edit(o.close, o.say)
}

func (o *reviewCloseOptions) close(s *session.Session) error {
	r, err := openReview(s)
	if err != nil {
		return err
	}
	o.id = r.ID
	if o.usual = o.next.IsZero() && r.Next.IsZero(); o.usual {
		o.next = appraisal.NextReview(r.On, s.Profile().Settings.EveryMonths())
	}
	if err := s.Do(profile.EditReview{ID: r.ID, Clear: &o.clear, Helped: &o.helped, Valued: &o.valued}); err != nil {
		return err
	}
	var with []safetext.Text
	if len(o.with) > 0 {
		with = people(o.with)
	}
	if o.keepRound && o.closeRound {
		return &usageError{"--keep-round and --close-round exclude each other", "say one of them"}
	}
	if round, asks := s.Profile().AsksOfRound(r, s.Standard()); asks && !o.keepRound && !o.closeRound {
		return &hinted{fmt.Errorf("the round %s is not finished: shall it close with the review?", round.ID), "say --keep-round, and rating goes on, or --close-round; the record holds levels only of a round that is closed"}
	}
	// A round without any rating in it cannot be closed, and waits for one.
	if round, closes := s.Profile().ClosesWith(r); closes && !o.keepRound {
		o.round = round.ID
	}
	c := profile.CloseReview{ID: r.ID, On: s.Today(), With: with, Next: o.next, Round: o.round != ""}
	if c, _, err = appraisal.Close(s.Profile(), s.Standard(), c); err != nil {
		return err
	}
	r, _ = s.Profile().OpenReview()
	o.hash, o.bare, o.unanswered = c.Hash, appraisal.Bare(s.Profile(), r), appraisal.NotAnswered(s.Profile())
	return s.Do(c)
}

func (o *reviewCloseOptions) say(s *session.Session, p *page) {
	r, _ := s.Profile().Review(o.id)
	p.Para(0, "%s closed on %s: %s review of %s with %s", r.ID, r.Closed.Long(), r.Kind, r.On.Long(), names(r.With))
	if o.round != "" {
		p.Para(0, "round %s is closed with it", o.round)
	} else if _, open := s.Profile().Open(); open && r.Round == "" {
		p.Para(0, "rating goes on, so the record holds no levels")
	} else if r.Round == "" {
		p.Para(0, "nothing was rated for it, so the record holds no levels")
	}
	usual := ""
	if o.usual {
		usual = fmt.Sprintf(" (every %s, by the end of the month)", words.Count(s.Profile().Settings.EveryMonths(), "month", "months"))
	}
	p.Para(0, "the next review is due by %s%s", r.Next.Long(), usual)
	for _, words := range appraisal.MarksCheck(r.Clear, r.Helped, r.Valued) {
		p.Item(2, "%s", words)
	}
	p.Para(0, "%s", sharedWords(r))
	if o.bare != "" {
		p.Para(0, "%s", o.bare)
	}
	if o.unanswered != "" {
		p.Para(0, "%s", o.unanswered)
	}
	p.Para(0, "%s", appraisal.HashWords)
	p.path("check code", appraisal.Code(o.hash))
	p.next("ksbcoach review record %s -o FILE writes the record to share", r.ID)
}
