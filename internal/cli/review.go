package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newReview(k *kit) *cobra.Command {
	o := &reviewOptions{kit: k}
	return group(&cobra.Command{
		Use: "review", Short: "Prepare, hold and close a review, with its record",
		Long: "Prepares a progress review or appraisal, and keeps what was agreed in it. Every action of last time " +
			"is checked before new ones are made. Wellbeing, workload, support, adjustments and reflections are " +
			"never shared unless you include them.\n\nOn its own, the command lists your reviews and says when the " +
			"next one is due.",
		Example: "ksbcoach review prepare", RunE: func(*cobra.Command, []string) error { return o.read(o.run) },
	}, newReviewPrepare(k), newReviewRehearse(k), newReviewAgenda(k), newReviewStart(k), newReviewCheck(k),
		newReviewNote(k), newReviewEdit(k), newReviewClose(k), newReviewCancel(k), newReviewShow(k), newReviewRecord(k),
		newReviewSettings(k))
}

type reviewOptions struct {
	*kit
	private bool
}

// reviewObject is one review. Its private parts are null unless they are shared or private is true; its agenda is empty
// once the review is closed; unchanged says whether its record still has the hash it was closed with.
func reviewObject(s *session.Session, r profile.Review, private bool) object {
	p := s.Profile()
	out := object{
		"id", r.ID, "on", r.On, "kind", r.Kind, "with", r.With, "round", r.Round,
		"checked", lists.Each(r.Checked, func(c profile.Checked) object {
			a, _ := appraisal.ActionIn(p, r, c.Action)
			return object{
				"action", c.Action, "text", a.Text, "outcome", c.Outcome,
				"reason", c.Reason, "before", c.Before, "since", c.Since, "next", c.Next,
			}
		}),
		"actions", r.Actions, "agreed", r.Agreed, "talked", r.Talked,
		"agenda", lists.Each(agendaParts(s, r), func(x agendaPart) object {
			return object{"id", x.part.ID, "done", x.Done, "by_hand", x.ByHand, "words", x.Words}
		}),
	}
	for _, note := range r.Private().Notes() {
		out = append(out, note.About, known(note.Text, private || r.Shares(note.About)))
	}
	closing := object{"clear", r.Clear, "helped", r.Helped, "valued", r.Valued}
	return append(out, "share", r.Share, "closing", closing, "next", r.Next, "closed", r.Closed, "hash", r.Hash,
		"unchanged", known(appraisal.Changed(p, s.Standard(), r) == "", r.Hash != ""))
}

func (o *reviewOptions) run(s *session.Session) error {
	all := s.Profile().Reviews
	due := s.Profile().ReviewDue()
	return o.answer(object{
		"due", due, "appraisal_due", s.Profile().AppraisalDue(s.Today()), "every", s.Profile().Settings.EveryMonths(),
		"reviews", lists.Each(all, func(r profile.Review) object { return reviewObject(s, r, false) }),
	}, func(p *page) {
		p.Para(0, "%s. %s", words.Count(len(all), "review", "reviews"), plan.ReviewLine(s.Profile(), s.Today()))
		if words := plan.Yearly(s.Profile(), s.Today()); words != "" {
			p.Para(0, "The %s.", words)
		}
		for _, r := range all {
			p.Blank()
			p.Para(0, "%s, %s review, %s", r.ID, r.Kind, reviewDates(r))
			if len(r.With) > 0 {
				p.Para(2, "with %s", safetext.Lines(r.With))
			}
			if !r.Agreed.Empty() {
				p.Para(2, "agreed: %s", r.Agreed.Line())
			}
		}
		p.next("%s", reviewNext(s))
	})
}

func reviewDates(r profile.Review) string {
	if r.Closed.IsZero() {
		return r.On.Long() + ", open"
	}
	return r.On.Long() + ", closed on " + r.Closed.Long()
}

func newReviewShow(k *kit) *cobra.Command {
	o := &reviewOptions{kit: k}
	cmd := &cobra.Command{
		Use: "show [REVIEW]", Short: "Show one review",
		Long: "Shows one review, the open or newest one if none is named. What you keep private is left out unless " +
			"you ask for it.",
		Example: "ksbcoach review show --private",
		RunE: func(_ *cobra.Command, args []string) error {
			return o.read(func(s *session.Session) error { return o.show(s, args) })
		},
	}
	cmd.Flags().BoolVar(&o.private, "private", false, "with wellbeing, workload, support and adjustments")
	return cmd
}

// pickReview finds the review with the id in args, or the newest one if args is empty.
func pickReview(p profile.Profile, args []string) (profile.Review, error) {
	if len(args) > 0 {
		r, ok := p.Review(args[0])
		if !ok {
			return r, withHint(fmt.Errorf("there is no review %q", args[0]),
				"ksbcoach review lists them with their ids")
		}
		return r, nil
	}
	if len(p.Reviews) == 0 {
		return profile.Review{}, withHint(errors.New("there is no review yet"), "ksbcoach review start begins one")
	}
	return p.Reviews[len(p.Reviews)-1], nil
}

func (o *reviewOptions) show(s *session.Session, args []string) error {
	r, err := pickReview(s.Profile(), args)
	if err != nil {
		return err
	}
	return o.answer(reviewObject(s, r, o.private), func(p *page) {
		p.Para(0, "%s, %s review, %s", r.ID, r.Kind, reviewDates(r))
		o.showParts(p, r)
		p.paras(appraisal.Changed(s.Profile(), s.Standard(), r))
		checkedParts(s, p, r)
		meetingPart(s, p, r)
		p.next("%s", reviewNext(s))
	})
}

// An agendaPart is one part of the meeting and how far it has got.
type agendaPart struct {
	part appraisal.Item
	appraisal.PartState
}

// agendaParts are the parts of the meeting of an open review; a closed review has none.
func agendaParts(s *session.Session, r profile.Review) []agendaPart {
	if !r.Closed.IsZero() {
		return nil
	}
	return lists.Each(appraisal.Agenda(appraisal.MinMinutes), func(part appraisal.Item) agendaPart {
		return agendaPart{part, appraisal.StateOf(s.Profile(), s.Standard(), r, part.ID)}
	})
}

func meetingPart(s *session.Session, p *page, r profile.Review) {
	p.section("The meeting so far", lists.Each(agendaParts(s, r), func(x agendaPart) string {
		words := "open"
		switch {
		case x.Done:
			words = "done"
		case x.ByHand:
			words = "open; --talked " + x.part.ID + " ticks it"
		}
		if x.Words != "" {
			words += ". " + strings.TrimSuffix(x.Words, ".")
		}
		return x.part.Title + ": " + words
	})...)
}

// checkedParts lists the actions of last time and, separately, those added since.
func checkedParts(s *session.Session, p *page, r profile.Review) {
	var lastTime, since []string
	for _, c := range r.Checked {
		line := checkedLine(s.Profile(), r, c)
		if c.Since {
			since = append(since, line)
		} else {
			lastTime = append(lastTime, line)
		}
	}
	p.section("Actions of last time", lastTime...)
	p.section("Actions added since", since...)
}

func checkedLine(p profile.Profile, r profile.Review, c profile.Checked) string {
	a, _ := appraisal.ActionIn(p, r, c.Action)
	outcome := c.Outcome.Words()
	if c.Outcome == profile.ActionOpen {
		outcome = "not checked yet"
	}
	outcome += c.Reason.After(": ") + words.After("; it ", appraisal.Onward(p, r, c))
	return fmt.Sprintf("%s %s (%s)", c.Action, a.Text.Line(), outcome)
}

// showParts writes what a review says. A private part that is left out is still named, so that it does not seem lost.
func (o *reviewOptions) showParts(p *page, r profile.Review) {
	p.fact("with", safetext.Lines(r.With))
	p.fact("round", profile.RoundName(r.Round))
	p.fact("agreed", r.Agreed.Line())
	for _, note := range r.Private().Notes() {
		switch {
		case note.Text.Empty():
		case o.private || r.Shares(note.About):
			p.fact(note.About, note.Text.Line())
		default:
			p.fact(note.About, "private; --private shows it here")
		}
	}
	p.fact("shared", strings.Join(r.Share, ", "))
	p.fact("clear", r.Clear)
	p.fact("helped", r.Helped)
	p.fact("valued", r.Valued)
	p.fact("next", r.Next.Long())
	p.fact("check code", appraisal.Code(r.Hash))
}

type reviewRecordOptions struct {
	*kit
	outputFlags
}

func newReviewRecord(k *kit) *cobra.Command {
	o := &reviewRecordOptions{kit: k}
	cmd := &cobra.Command{
		Use: "record [REVIEW]", Short: "Write the record of a review to share",
		Long: "Writes the record of a review, the newest if none is named: who met, agreed levels with their " +
			"reasons, actions and the closing questions. Wellbeing, workload, support, adjustments, reflections and " +
			"your answers to the closing questions are left out unless you included them.\n\n" + appraisal.HashWords,
		Example: "ksbcoach review record -o review.txt",
		RunE: func(_ *cobra.Command, args []string) error {
			return o.read(func(s *session.Session) error { return o.run(s, args) })
		},
	}
	o.flags(cmd)
	return cmd
}

func (o *reviewRecordOptions) run(s *session.Session, args []string) error {
	r, err := pickReview(s.Profile(), args)
	if err != nil {
		return err
	}
	record := appraisal.Record(s.Profile(), s.Standard(), r)
	hash := appraisal.Hash(record)
	if words := appraisal.Changed(s.Profile(), s.Standard(), r); words != "" {
		o.warn(words + " Its check code was " + appraisal.Code(r.Hash))
	}
	if o.asJSON() {
		return o.writeJSON(object{
			"id", r.ID, "record", record, "hash", hash, "closed", !r.Closed.IsZero(),
			"unchanged", known(r.Hash == hash, r.Hash != ""), "words", appraisal.HashWords,
		})
	}
	coded := appraisal.CodedRecord(s.Profile(), s.Standard(), r)
	next := reviewNext(s)
	if !r.Closed.IsZero() {
		next = "the next review " + plan.DueBy(r.Next, s.Today())
	}
	if o.into != "" {
		return o.writeDoc(s, o.outputFlags, coded, sharedWords(r), next)
	}
	p := o.page()
	if r.Closed.IsZero() {
		p.document(coded)
	} else { // The check code is of the text with its long lines whole, as -o writes it; here they are wrapped.
		p.document(appraisal.RecordDoc(s.Profile(), s.Standard(), r))
		p.Blank()
		p.Para(0, "%s -o FILE writes the text that the code belongs to.", appraisal.HashWords)
		p.path("check code", appraisal.Code(hash))
	}
	p.next("%s", next)
	return nil
}

type reviewSettingsOptions struct {
	*kit
	every, stale int
	next         calendar.Date
}

func newReviewSettings(k *kit) *cobra.Command {
	o := &reviewSettingsOptions{kit: k}
	cmd := &cobra.Command{
		Use: "settings", Short: "Show or set the interval of reviews, the next date and the age limit",
		Long: "Shows, or sets, how many months there are between reviews, when the next one is, and after how many " +
			"months evidence is too old to support a claim. 0 goes back to the default: 3 and 12. A review every 3 " +
			"months is due by the end of the third month after the last one, unless you set its day. The yearly " +
			"appraisal is counted separately.",
		Example: "ksbcoach review settings --every 4 --next 2026-12-11", RunE: o.run,
	}
	f := cmd.Flags()
	f.IntVar(&o.every, "every", 0, "the `MONTHS` between reviews")
	f.IntVar(&o.stale, "stale", 0, "the `MONTHS` until evidence is too old")
	f.Var(k.dateFlag(&o.next, calendar.Future, true), "next", "the day of the next review; none removes it")
	return cmd
}

func (o *reviewSettingsOptions) run(cmd *cobra.Command, _ []string) error {
	asked := profile.SetSettings{Settings: profile.Settings{Every: o.every, Stale: o.stale}}
	if _, err := asked.Apply(profile.Profile{}, nil); err != nil { // wrong in any profile
		return asUsageError(err)
	}
	if anyFlagGiven(cmd) {
		passed := ""
		return o.edit(func(s *session.Session) error {
			passed = s.Profile().AskIfPast(o.next, s.Today())
			now, learner := s.Profile().Settings, s.Profile().Learner
			setIfGiven(cmd, "every", &now.Every, o.every)
			setIfGiven(cmd, "stale", &now.Stale, o.stale)
			setIfGiven(cmd, "next", &learner.Review, o.next)
			return s.Do(profile.Batch{Name: "settings", Changes: []profile.Change{
				profile.SetSettings{Settings: now}, profile.SetLearner{Learner: learner, Today: s.Today()},
			}})
		}, func(s *session.Session, p *page) {
			p.paras(passed)
			sayReviewSettings(s, p)
		})
	}
	return o.read(func(s *session.Session) error {
		x := s.Profile().Settings
		return o.answer(object{
			"every", x.EveryMonths(), "stale", x.StaleMonths(), "due", s.Profile().ReviewDue(),
		}, func(p *page) { sayReviewSettings(s, p) })
	})
}

func sayReviewSettings(s *session.Session, p *page) {
	x := s.Profile().Settings
	p.Para(0, "a review every %s, by the end of the month", words.Count(x.EveryMonths(), "month", "months"))
	p.Para(0, "evidence supports a claim for %s", words.Count(x.StaleMonths(), "month", "months"))
	p.Para(0, "%s", plan.ReviewLine(s.Profile(), s.Today()))
	p.next("ksbcoach review prepare; a date that is set already stays when the interval changes")
}
