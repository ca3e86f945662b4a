package cli

import (
	"cmp"
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
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// reviewWords are the flags for the kind of a review, its date and the people in it. The texts kind and date end the
// help of those two flags.
type reviewWords struct {
	kind profile.ReviewKind
	date calendar.Date
	with []safetext.Text
}

func (w *reviewWords) flags(k *kit, cmd *cobra.Command, kind, date string) {
	f := cmd.Flags()
	f.Var(wordFlag(&w.kind, profile.ReviewKinds), "kind", words.Either(profile.ReviewKinds)+kind)
	f.Var(k.dateFlag(&w.date, calendar.Past, false), "date", "the day of the meeting"+date)
	f.Var(namesFlag(&w.with), "with", withUsage)
}

type reviewStartOptions struct {
	*kit
	reviewWords
}

func newReviewStart(k *kit) *cobra.Command {
	o := &reviewStartOptions{kit: k}
	cmd := &cobra.Command{
		Use: "start", Short: "Start a review",
		Long: "Starts a review and lists the actions of the last one, whatever became of their goals, and every " +
			"other open action except those of parked goals. Each open one has to be checked before new ones can be " +
			"set, so that nothing from last time is forgotten. Private notes that you kept before are taken over.\n\n" +
			"Start a review on its day or afterwards; for a day in the future use ksbcoach review settings --next.",
		Example: `ksbcoach review start --kind progress --with "J. Ode, ward manager"`,
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	o.flags(k, cmd, "; if not given, appraisal when the yearly one is due, else progress", "; today if not given")
	return cmd
}

func (o *reviewStartOptions) run() error {
	yearly := "" // says when the yearly appraisal is due, if that decided the kind
	return o.edit(func(s *session.Session) error {
		if o.kind == "" {
			o.kind = s.Profile().UsualKind(s.Today())
			yearly = plan.Yearly(s.Profile(), s.Today())
		}
		return s.Do(profile.StartReview{
			ID: s.NewID("r"), On: cmp.Or(o.date, s.Today()), Kind: o.kind, With: o.with, Today: s.Today(),
		})
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().OpenReview()
		if r.Kind == profile.ReviewAppraisal && yearly != "" {
			p.Para(0, "The %s, so this is it.", yearly)
		}
		p.Para(0, "%s started: %s review of %s, %s to check", r.ID, r.Kind, r.On.Long(),
			words.Count(len(s.Profile().Unchecked(r)), "action", "actions"))
		checkedParts(s, p, r)
		p.next("%s", reviewNext(s))
	})
}

var errNoReview = errors.New("no review is open")

// openReview is the open review, or an error that says how to start one.
func openReview(s *session.Session) (profile.Review, error) {
	r, open := s.Profile().OpenReview()
	if !open {
		return r, withHint(errNoReview, "ksbcoach review start begins one")
	}
	return r, nil
}

type reviewNoteOptions struct {
	*kit
	agreed, wellbeing, workload, support, adjust safetext.Text
	share, talked                                []string
	with                                         []safetext.Text
}

func newReviewNote(k *kit) *cobra.Command {
	o := &reviewNoteOptions{kit: k}
	cmd := &cobra.Command{
		Use: "note", Short: "Keep what was agreed, and how you are",
		Long: "Keeps what was said in the open review. What was agreed goes into the record; wellbeing, workload, " +
			"support and reasonable adjustments stay private unless --share names them. You can keep these four " +
			"before a review too; it takes them over when it starts. An empty text removes the words.",
		Example: `ksbcoach review note --agreed "one teaching session, watched, by March" --workload "two clinics short"`,
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.Var(textFlag(&o.agreed), "agreed", "what was agreed, in words")
	f.Var(textFlag(&o.wellbeing), "wellbeing", "how you are; private")
	f.Var(textFlag(&o.workload), "workload", "how you find the workload; private")
	f.Var(textFlag(&o.support), "support", "what support you want; private")
	f.Var(textFlag(&o.adjust), "adjustments", "the reasonable adjustments that help you; private")
	f.Var(partsFlag(&o.share, profile.Shares), "share", "the private parts to include in the record: "+
		strings.Join(profile.Shares, ", ")+"; none shares nothing")
	f.Var(partsFlag(&o.talked, profile.Talks), "talked", "the parts of the meeting that you have talked through: "+
		strings.Join(profile.Talks, ", ")+"; none removes the ticks")
	f.Var(namesFlag(&o.with), "with", withUsage)
	return cmd
}

func (o *reviewNoteOptions) run(cmd *cobra.Command, _ []string) error {
	c := profile.EditReview{
		Agreed: given(cmd, "agreed", o.agreed), Wellbeing: given(cmd, "wellbeing", o.wellbeing),
		Workload: given(cmd, "workload", o.workload), Support: given(cmd, "support", o.support),
		Adjust: given(cmd, "adjustments", o.adjust), Share: given(cmd, "share", o.share),
		Talked: given(cmd, "talked", o.talked), With: given(cmd, "with", o.with),
	}
	private := profile.KeepPrivate{Wellbeing: c.Wellbeing, Workload: c.Workload, Support: c.Support, Adjust: c.Adjust}
	meeting := c.Agreed != nil || c.Share != nil || c.Talked != nil || c.With != nil
	if !anyFlagGiven(cmd) {
		return misused(cmd, "nothing to keep was named")
	}
	return o.edit(func(s *session.Session) error {
		r, open := s.Profile().OpenReview()
		switch {
		case open:
			c.ID = r.ID
			return s.Do(c)
		case meeting:
			return withHint(errNoReview, "ksbcoach review start begins one; --wellbeing, --workload, --support and "+
				"--adjustments can be kept before")
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
	return "The record includes your " + strings.ReplaceAll(strings.Join(r.Share, ", "), profile.ShareAnswers,
		"closing answers") + "."
}

type reviewCloseOptions struct {
	*kit
	clear, helped, valued string
	next                  calendar.Date
	with                  []safetext.Text
	keepRound, closeRound bool
	byInterval            bool // the date of the next review follows from the interval in the settings

	id, hash   string
	missing    string // what a reader would expect in the record and will not find
	unanswered string // what was left open last time and is not answered yet
	instead    string // which planned date the next one replaces
	round      string // the round that closes with the review, or ""
}

func newReviewClose(k *kit) *cobra.Command {
	o := &reviewCloseOptions{kit: k}
	cmd := &cobra.Command{
		Use: "close --clear ANSWER --helped ANSWER --valued ANSWER", Short: "Close the review with its record",
		Long: "Closes the open review with the people who met, the date, the three closing questions and a check " +
			"code of its record. Its round is closed too; if that is not finished and nothing in it is agreed, say " +
			"--keep-round or --close-round. The date of the next review is set. The record keeps what it says now, " +
			"whatever you change later.\n\n" + appraisal.HashWords,
		Example: `ksbcoach review close --clear yes --helped partly --valued yes`, RunE: o.run,
	}
	f := cmd.Flags()
	f.Var(wordFlag(&o.clear, profile.Verdicts), "clear", "clear objectives were set: yes, partly or no")
	f.Var(wordFlag(&o.helped, profile.Verdicts), "helped", "it helped you do your job better: yes, partly or no")
	f.Var(wordFlag(&o.valued, profile.Verdicts), "valued", "it left you feeling valued: yes, partly or no")
	f.Var(k.dateFlag(&o.next, calendar.Future, false), "next", "when the next one is due; if not given, "+
		"the end of the month that the interval of your settings leads to")
	f.Var(namesFlag(&o.with), "with", "the `NAME` or role of a person who met with you, if not named at the start; "+
		"divide several by commas")
	f.BoolVar(&o.keepRound, "keep-round", false, "leave the round of rating open; only while nothing is agreed in it")
	f.BoolVar(&o.closeRound, "close-round", false, "close the round of rating although it is not finished")
	return cmd
}

func (o *reviewCloseOptions) run(cmd *cobra.Command, _ []string) error {
	for _, x := range []struct{ flag, answer string }{{"clear", o.clear}, {"helped", o.helped}, {"valued", o.valued}} {
		if x.answer == "" {
			return misused(cmd, "--%s is missing: say yes, partly or no", x.flag)
		}
	}
	return o.edit(o.close, o.say)
}

func (o *reviewCloseOptions) close(s *session.Session) error {
	r, err := openReview(s)
	if err != nil {
		return err
	}
	o.id, o.byInterval = r.ID, o.next.IsZero() && r.Next.IsZero()
	said := profile.EditReview{ID: r.ID, Clear: &o.clear, Helped: &o.helped, Valued: &o.valued, Today: s.Today()}
	if len(o.with) > 0 {
		said.With = &o.with
	}
	if !o.next.IsZero() {
		said.Next = &o.next
	}
	if err := s.Do(said); err != nil {
		return err
	}
	r, _ = s.Profile().OpenReview()
	if o.keepRound && o.closeRound {
		return &usageError{"--keep-round and --close-round cannot be combined", "give one of them"}
	}
	if round, asks := s.Profile().AsksAboutRound(r, s.Standard()); asks && !o.keepRound && !o.closeRound {
		return withHint(fmt.Errorf("the round %s is not finished: shall it close with the review?",
			profile.RoundName(round.ID)),
			"say --keep-round to go on rating, or --close-round; the record holds levels only of a closed round")
	}
	c := appraisal.Closing(s.Profile(), s.Standard(), r, s.Today(), o.keepRound)
	if round, closes := s.Profile().ClosesWith(r); closes && c.Round {
		o.round = round.ID
	}
	o.hash, o.missing, o.unanswered = c.Hash, appraisal.Bare(s.Profile(), r), appraisal.NotAnswered(s.Profile())
	o.instead = appraisal.Instead(s.Profile(), r)
	return s.Do(c)
}

func (o *reviewCloseOptions) say(s *session.Session, p *page) {
	r, _ := s.Profile().Review(o.id)
	p.Para(0, "%s closed on %s: %s review of %s with %s", r.ID, r.Closed.Long(), r.Kind, r.On.Long(),
		safetext.Lines(r.With))
	if o.round != "" {
		p.Para(0, "round %s is closed with it", profile.RoundName(o.round))
	} else if _, open := s.Profile().Open(); open && r.Round == "" {
		p.Para(0, "the round stays open, so the record holds no levels")
	} else if r.Round == "" {
		p.Para(0, "nothing was rated for it, so the record holds no levels")
	}
	interval := ""
	if o.byInterval {
		interval = fmt.Sprintf(" (every %s, by the end of the month)",
			words.Count(s.Profile().Settings.EveryMonths(), "month", "months"))
	}
	p.Para(0, "the next review is due by %s%s%s", r.Next.Long(), interval, words.After(", ", o.instead))
	for _, words := range appraisal.MarksCheck(r.Clear, r.Helped, r.Valued) {
		p.Item(2, "%s", words)
	}
	p.paras(sharedWords(r), o.missing, o.unanswered, appraisal.HashWords)
	p.path("check code", appraisal.Code(o.hash))
	p.next("ksbcoach review record %s -o FILE writes the record to share", r.ID)
}

type reviewCheckOptions struct {
	*kit
	actionWords
	outcome     profile.ActionStatus
	reason      safetext.Text
	replacement *profile.Action // or nil
}

func newReviewCheck(k *kit) *cobra.Command {
	o := &reviewCheckOptions{kit: k}
	cmd := &cobra.Command{
		Use: "check ACTION OUTCOME", Short: "Say what became of an action of last time, or of what was left open",
		Long: "Records in the open review what became of an action: done, not-done, changed or dropped. All but done " +
			"need a reason; for done, the reason is what shows it. Every one of these is an honest ending.\n\nAn " +
			"action that simply continues is changed: with --due, --text, --who or --shows a new action replaces it " +
			"at once, in the same words unless you give others. Checked again with --text \"\", it has no " +
			"replacement, and an earlier one is removed.\n\nIn place of ACTION you can give a KSB on which you " +
			"recorded that you differ, or the word agreed for what was agreed in words, and say what came of that: " +
			"done, not-done or dropped, with or without a reason, before the review or in it. ksbcoach review " +
			"prepare lists them.",
		Example: "ksbcoach review check a-91xd changed --reason \"the visit was cancelled\" --due 2027-02-14\n" +
			"ksbcoach review check S6 done",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return exactArgs("ACTION")(cmd, args)
			}
			return maxArgs(2)(cmd, args)
		},
		RunE: o.run,
	}
	cmd.Flags().Var(wordFlag(&o.outcome, profile.ActionEndings), "outcome",
		"another way to give OUTCOME: done, not-done, changed or dropped")
	cmd.Flags().Var(textFlag(&o.reason), "reason", "what got in the way, or what takes its place; for done, what "+
		"shows it")
	o.replacementFlags(k, cmd)
	return cmd
}

func (o *reviewCheckOptions) run(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		outcome := profile.ActionStatus(asWord(args[1]))
		if o.outcome != "" && o.outcome != outcome {
			return misused(cmd, "the outcome is given twice: %s and --outcome %s", outcome, o.outcome)
		}
		o.outcome = outcome
	}
	if name := leftName(args[0]); name != "" {
		return o.answerLeft(cmd, name)
	}
	switch {
	case o.outcome == "":
		return misused(cmd, "OUTCOME is missing: say done, not-done, changed or dropped")
	case !slices.Contains(profile.ActionEndings, o.outcome):
		return misused(cmd, "the outcome %q: say done, not-done, changed or dropped", o.outcome)
	case o.outcome != profile.ActionDone && o.reason.Empty():
		return misused(cmd, "--reason is missing: say what got in the way, or what takes its place")
	}
	// An empty --text says that nothing replaces the action, not even what replaced it before.
	noReplacement := o.outcome == profile.ActionChanged && cmd.Flags().Changed("text") && o.text.Empty()
	replaced := false
	if !noReplacement {
		var err error
		if replaced, err = o.givesReplacement(cmd, o.outcome); err != nil {
			return err
		}
	} else if slices.ContainsFunc([]string{"due", "who", "shows"}, cmd.Flags().Changed) {
		return misused(cmd, "--text is empty, so nothing takes its place: leave out --due, --who and --shows")
	}
	return o.edit(func(s *session.Session) error {
		r, err := openReview(s)
		if err != nil {
			return err
		}
		if replaced {
			if o.replacement, err = o.replacementFor(cmd, s, args[0]); err != nil {
				return err
			}
		}
		return s.Do(profile.CheckAction{
			Review: r.ID, Action: args[0], Outcome: o.outcome, Reason: o.reason, On: s.Today(), Next: o.replacement,
			NoNext: noReplacement,
		})
	}, func(s *session.Session, p *page) { o.say(s, p, args[0]) })
}

// leftName is the KSB or the word leftAgreed, if the argument names something that the last review left open. It is ""
// if the argument is the id of an action.
func leftName(arg string) string {
	if strings.EqualFold(arg, leftAgreed) {
		return leftAgreed
	}
	if ksb := standard.Code(arg); len(ksb) > 1 {
		if _, _, ok := standard.SplitCode(ksb); ok {
			return ksb
		}
	}
	return ""
}

// leftAgreed names, as an argument, what the last review agreed in words.
const leftAgreed = "agreed"

// answerLeft records what came of something that the last review left open.
func (o *reviewCheckOptions) answerLeft(cmd *cobra.Command, name string) error {
	switch {
	case !slices.Contains(profile.LeftOutcomes, o.outcome):
		return misused(cmd, "the outcome %q: say done, not-done or dropped of what was left open", o.outcome)
	case slices.ContainsFunc([]string{"due", "text", "who", "shows"}, cmd.Flags().Changed):
		return misused(cmd, "--due, --text, --who and --shows belong to an action that is changed; here there is "+
			"--reason")
	}
	var left profile.Left
	return o.edit(func(s *session.Session) error {
		if name != leftAgreed {
			if _, err := ksbCode(s.Standard(), name); err != nil {
				return err
			}
		}
		found, ok := appraisal.LeftAs(s.Profile(), name)
		if !ok {
			return withHint(fmt.Errorf("the last review left nothing open for %s", name),
				"ksbcoach review prepare lists what it left")
		}
		left = found
		return s.Do(profile.AnswerLeft{
			Review: left.Review, KSB: left.KSB, Outcome: o.outcome, Note: o.reason, On: s.Today(),
		})
	}, func(s *session.Session, p *page) {
		p.Para(0, "%s %s: %s", name, o.outcome.Words(), appraisal.LeftWords(s.Profile(), left))
		if n := len(s.Profile().Unanswered()); n > 0 {
			p.next("ksbcoach review prepare (%s to answer)", words.Count(n, "more was left", "more were left"))
			return
		}
		p.next("%s", reviewNext(s))
	})
}

func (o *reviewCheckOptions) say(s *session.Session, p *page, id string) {
	a, g, _ := s.Profile().Action(id)
	p.Para(0, "%s %s: %s", a.ID, o.outcome.Words(), a.Text.Line())
	sayReplacement(p, o.replacement)
	if o.outcome == profile.ActionChanged && o.replacement == nil {
		p.Para(0, "If it continues, check it again with --due DATE, which sets the new one at once; or add one to "+
			"goal %s later.", g.ID)
	}
	p.next("%s", reviewNext(s))
}

func newReviewEdit(k *kit) *cobra.Command {
	var w reviewWords
	cmd := &cobra.Command{
		Use: "edit", Short: "Change the kind, the day or the names of the open review",
		Long:    "Changes what kind of review is open, on which day it was, and who met. What you do not name stays.",
		Example: "ksbcoach review edit --kind appraisal",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needsChange(cmd); err != nil {
				return err
			}
			return k.edit(func(s *session.Session) error {
				r, err := openReview(s)
				if err != nil {
					return err
				}
				return s.Do(profile.EditReview{
					ID: r.ID, Kind: given(cmd, "kind", w.kind), On: given(cmd, "date", w.date),
					With: given(cmd, "with", w.with), Today: s.Today(),
				})
			}, func(s *session.Session, p *page) {
				r, _ := s.Profile().OpenReview()
				p.Para(0, "%s: %s review of %s with %s", r.ID, r.Kind, r.On.Long(), safetext.Lines(r.With))
				p.next("%s", reviewNext(s))
			})
		},
	}
	w.flags(k, cmd, "", "")
	return cmd
}

func newReviewCancel(k *kit) *cobra.Command {
	was := profile.Review{}
	return &cobra.Command{
		Use: "cancel", Short: "Cancel a review that was started by mistake",
		Long: "Cancels the open review: the actions checked in it are open again, those that replaced one are " +
			"removed, and your private notes are kept for the next review. What was agreed in words is lost. " +
			"Ratings, agreed levels and other new actions stay.",
		Example: "ksbcoach review cancel",
		RunE: func(*cobra.Command, []string) error {
			return k.edit(func(s *session.Session) error {
				var err error
				if was, err = openReview(s); err != nil {
					return err
				}
				return s.Do(profile.CancelReview{ID: was.ID})
			}, func(s *session.Session, p *page) {
				p.Para(0, "%s cancelled: the %s review of %s. Actions that were checked in it are open again.", was.ID,
					was.Kind, was.On.Long())
				if !was.Agreed.Empty() {
					p.Para(0, "these agreed words are lost: %s", was.Agreed.Line())
				}
				p.next("%s", reviewNext(s))
			})
		},
	}
}
