package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type reviewStartOptions struct {
	*kit
	kind string
	with []string
	date calendar.Date
	id   string
}

func newReviewStart(k *kit) *cobra.Command {
	o := &reviewStartOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Start a review",
		Long: "Starts a review and notes every open action of the goals in flight. Each has to be checked before new ones can be set, so " +
			"that nothing of last time is forgotten.",
		Example: `ksbcoach review start --kind progress --with "J. Ode"`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.kind, "kind", string(profile.ReviewProgress), "progress, appraisal or gateway")
	f.StringArrayVar(&o.with, "with", nil, "the `NAME` or role of who meets with you; may be given several times")
	f.Var(dateFlag{date: &o.date}, "date", "the day of the meeting; today if not given")
	return cmd
}

func (o *reviewStartOptions) run(cmd *cobra.Command) error {
	if !slices.Contains(profile.ReviewKinds, profile.ReviewKind(o.kind)) {
		return misused(cmd, "--kind %q: say progress, appraisal or gateway", o.kind)
	}
	return o.edit(func(s *session.Session) error {
		if o.date.IsZero() {
			o.date = s.Today()
		}
		o.id = s.NewID("r")
		return s.Do(profile.StartReview{ID: o.id, On: o.date, Kind: profile.ReviewKind(o.kind), With: listOf(o.with, text)})
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().Review(o.id)
		p.para(0, "%s started: %s review of %s, %s to check", r.ID, r.Kind, r.On.Long(), count(len(r.Checked), "action of last time", "actions of last time"))
		for _, c := range r.Checked {
			checkedLine(s, p, c)
		}
		p.next("%s", reviewNext(s))
	})
}

// openReview is the review under way, or an error that says how to start one.
func openReview(s *session.Session) (profile.Review, error) {
	r, open := s.Profile().OpenReview()
	if !open {
		return r, &hinted{errors.New("no review is open"), "ksbcoach review start begins one"}
	}
	return r, nil
}

type reviewCheckOptions struct {
	*kit
	outcome, reason string
}

func newReviewCheck(k *kit) *cobra.Command {
	o := &reviewCheckOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "check ACTION --outcome OUTCOME",
		Short: "Say what became of an action of last time",
		Long: "Says in the open review what became of an action: done, not-done, changed or dropped. All but done need a reason; every one " +
			"of these is an honest ending.",
		Example: `ksbcoach review check a-91xd --outcome not-done --reason "the visit was cancelled"`,
		Args:    takes("ACTION"),
		RunE:    o.run,
	}
	cmd.Flags().StringVar(&o.outcome, "outcome", "", "done, not-done, changed or dropped")
	cmd.Flags().StringVar(&o.reason, "reason", "", "what got in the way, or what takes its place")
	return cmd
}

func (o *reviewCheckOptions) run(cmd *cobra.Command, args []string) error {
	outcome := profile.ActionStatus(o.outcome)
	switch {
	case o.outcome == "":
		return misused(cmd, "--outcome is missing: say done, not-done, changed or dropped")
	case outcome == profile.ActionOpen || !slices.Contains(profile.ActionStatuses, outcome):
		return misused(cmd, "--outcome %q: say done, not-done, changed or dropped", o.outcome)
	case outcome != profile.ActionDone && text(o.reason).Empty():
		return misused(cmd, "--reason is missing: say what got in the way, or what takes its place")
	}
	return o.edit(func(s *session.Session) error {
		r, err := openReview(s)
		if err != nil {
			return err
		}
		return s.Do(profile.CheckAction{Review: r.ID, Action: args[0], Outcome: outcome, Reason: text(o.reason), On: s.Today()})
	}, func(s *session.Session, p *page) {
		a, _, _ := s.Profile().Action(args[0])
		p.para(0, "%s %s: %s", a.ID, strings.ReplaceAll(o.outcome, "-", " "), a.Text.Line())
		p.next("%s", reviewNext(s))
	})
}

type reviewNoteOptions struct {
	*kit
	agreed, wellbeing, workload, support, share string
	with                                        []string
}

func newReviewNote(k *kit) *cobra.Command {
	o := &reviewNoteOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "note",
		Short: "Keep what was agreed, and how you are",
		Long: "Keeps what was said in the open review. What was agreed goes into the record; wellbeing, workload and support stay private " +
			"unless --share names them. An empty text takes the words away.",
		Example: `ksbcoach review note --agreed "one teaching session, watched, by March" --workload "two clinics short"`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.agreed, "agreed", "", "what was agreed, in words")
	f.StringVar(&o.wellbeing, "wellbeing", "", "how you are; private")
	f.StringVar(&o.workload, "workload", "", "how the work is to carry; private")
	f.StringVar(&o.support, "support", "", "what support you want; private")
	f.StringVar(&o.share, "share", "", "the private parts to include in the record, a `LIST` of "+strings.Join(profile.Shares, ", ")+"; none shares nothing")
	f.StringArrayVar(&o.with, "with", nil, "the `NAME` or role of who meets with you; may be given several times")
	return cmd
}

func (o *reviewNoteOptions) run(cmd *cobra.Command) error {
	c := profile.EditReview{
		Agreed: given(cmd, "agreed", o.agreed), Wellbeing: given(cmd, "wellbeing", o.wellbeing),
		Workload: given(cmd, "workload", o.workload), Support: given(cmd, "support", o.support),
	}
	if cmd.Flags().Changed("share") {
		share, err := readShares(cmd, o.share)
		if err != nil {
			return err
		}
		c.Share = &share
	}
	if cmd.Flags().Changed("with") {
		with := listOf(o.with, text)
		c.With = &with
	}
	if c.Agreed == nil && c.Wellbeing == nil && c.Workload == nil && c.Support == nil && c.Share == nil && c.With == nil {
		return misused(cmd, "nothing to keep was named")
	}
	return o.edit(func(s *session.Session) error {
		r, err := openReview(s)
		if err != nil {
			return err
		}
		c.ID = r.ID
		return s.Do(c)
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().Review(c.ID)
		p.para(0, "kept in %s. %s", r.ID, sharedWords(r))
		p.next("%s", reviewNext(s))
	})
}

// readShares reads the parts to share.
func readShares(cmd *cobra.Command, list string) ([]string, error) {
	words := strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return r == ',' || r == ' ' })
	if len(words) == 0 || len(words) == 1 && words[0] == "none" {
		return nil, nil
	}
	for _, w := range words {
		if !slices.Contains(profile.Shares, w) {
			return nil, misused(cmd, "--share %q: the parts are %s, or none", w, strings.Join(profile.Shares, ", "))
		}
	}
	slices.Sort(words)
	return slices.Compact(words), nil
}

func sharedWords(r profile.Review) string {
	if len(r.Share) == 0 {
		return "Wellbeing, workload, support and reflections stay out of the record."
	}
	return "The record includes your " + strings.Join(r.Share, ", ") + "."
}

type reviewCloseOptions struct {
	*kit
	clear, helped, valued string
	next                  calendar.Date
	with                  []string
	keepRound             bool

	id, hash string
	round    string
}

func newReviewClose(k *kit) *cobra.Command {
	o := &reviewCloseOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "close --clear ANSWER --helped ANSWER --valued ANSWER",
		Short: "Close the review with its record",
		Long: "Closes the open review with the names of who met, the date, the three closing questions and a hash of its record. The open " +
			"round is closed with it, and the date of the next review is set.\n\n" + appraisal.HashWords,
		Example: `ksbcoach review close --clear yes --helped partly --valued yes --with "J. Ode"`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.clear, "clear", "", "clear objectives were set: yes, partly or no")
	f.StringVar(&o.helped, "helped", "", "it helped you do your job better: yes, partly or no")
	f.StringVar(&o.valued, "valued", "", "it left you feeling valued: yes, partly or no")
	f.Var(dateFlag{date: &o.next}, "next", "when the next one is due; by the interval of your settings if not given")
	f.StringArrayVar(&o.with, "with", nil, "the `NAME` or role of who met with you; may be given several times")
	f.BoolVar(&o.keepRound, "keep-round", false, "leave the round of rating open")
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
	if o.next.IsZero() && r.Next.IsZero() {
		o.next = appraisal.NextReview(r.On, s.Profile().Settings.EveryMonths())
	}
	if err := s.Do(profile.EditReview{ID: r.ID, Clear: &o.clear, Helped: &o.helped, Valued: &o.valued}); err != nil {
		return err
	}
	var with []safetext.Text
	if len(o.with) > 0 {
		with = listOf(o.with, text)
	}
	// A round without any rating in it cannot be closed, and waits for one.
	round, open := s.Profile().Open()
	rated := open && round.Rated(profile.Self)+round.Rated(profile.Mentor)+round.Rated(profile.Agreed) > 0
	if rated && !o.keepRound {
		o.round = round.ID
	}
	c := profile.CloseReview{ID: r.ID, On: s.Today(), With: with, Next: o.next, Round: o.round != ""}
	if c, _, err = appraisal.Close(s.Profile(), s.Standard(), c); err != nil {
		return err
	}
	o.hash = c.Hash
	return s.Do(c)
}

func (o *reviewCloseOptions) say(s *session.Session, p *page) {
	r, _ := s.Profile().Review(o.id)
	p.para(0, "%s closed on %s: %s review of %s with %s", r.ID, r.Closed.Long(), r.Kind, r.On.Long(), names(r.With))
	if o.round != "" {
		p.para(0, "round %s is closed with it", o.round)
	}
	p.para(0, "the next review is due by %s", r.Next.Long())
	for _, words := range appraisal.MarksCheck(r.Clear, r.Helped, r.Valued) {
		p.item(2, "%s", words)
	}
	p.para(0, "%s", sharedWords(r))
	p.line("%s", o.hash)
	p.para(0, "%s", appraisal.HashWords)
	p.next("ksbcoach review record %s -o FILE writes the record to share", r.ID)
}
