package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type compareOptions struct {
	*kit
	open bool
}

func newCompare(k *kit) *cobra.Command {
	o := &compareOptions{kit: k}
	cmd := group(&cobra.Command{
		Use: "compare", Short: "Show where you and your mentor differ, and agree",
		Long: "Shows the KSBs that you and your mentor rated differently, the largest difference first, with the " +
			"round and the day of each figure; nothing is averaged. Where several mentors rated one, each is listed " +
			"by name, and the largest difference to any of them counts. Levels that you agreed and have rated " +
			"differently since are listed separately, and so is what only your mentor rated, once you have looked at " +
			"it together (compare reveal). Agree a level with a reason, or record that you differ.\n\nIn JSON, " +
			"mentor, by and mentor_note are of the mentor who rated last, others has the other mentors, and " +
			"difference is self minus mentor. widest is self minus the mentor who is furthest from it, and decides " +
			"the order. self_blind and mentor_blind are the levels given before you looked together, if they were " +
			"changed after that.",
		Example: `ksbcoach compare`, RunE: func(*cobra.Command, []string) error { return o.read(o.run) },
	}, &cobra.Command{
		Use: "reveal", Short: "Open the mentor's ratings to both of you",
		Long: "Records that you and your mentor looked at the ratings together. It opens what only your mentor " +
			"rated, which stays covered until then or until you have rated it yourself. If one of you changes a " +
			"level after that, the level given blind is kept with it, and the comparison over rounds uses that one.",
		Example: "ksbcoach compare reveal",
		RunE: func(*cobra.Command, []string) error {
			var opened []profile.Rating
			return k.edit(func(s *session.Session) error {
				opened = s.Profile().ToReveal()
				return s.Do(profile.Reveal{On: s.Today()})
			}, func(_ *session.Session, p *page) {
				p.Para(0, "you can both see these ratings now: %s; a change from now on is recorded as a change",
					appraisal.CountsByMentor(opened))
				p.next("ksbcoach compare shows where you differ, and what only your mentor rated")
			})
		},
	}, newCompareAgree(k), newCompareDiffer(k), newCompareEqual(k))
	cmd.Flags().BoolVar(&o.open, "open", false, "only what you still have to talk about")
	return cmd
}

func (o *compareOptions) run(s *session.Session) error {
	all := appraisal.Compare(s.Profile(), s.Standard())
	if o.open {
		all = appraisal.Open(s.Profile(), s.Standard())
	}
	round, _ := s.Profile().Open()
	title := s.Titles()
	alone := appraisal.Alone(s.Profile(), s.Standard())
	return o.answer(object{
		"differences", lists.Each(all, func(d appraisal.Difference) object { return differenceObject(d, title) }),
		"equal", round.Equal(), "aged", agedObjects(s),
		"mentor_only", lists.Each(alone, func(d appraisal.Difference) object {
			return object{"ksb", d.KSB, "title", title(d.KSB), "mentors", mentorObjects(d, 0), "agreed", d.Agreed}
		}),
	}, func(p *page) {
		p.Para(0, "%s.", words.Count(len(all), "difference", "differences"))
		for _, d := range all {
			showDifference(p, d, title, s.Today())
		}
		p.agedAgreements(s)
		p.section("Rated by a mentor alone", lists.Each(alone, func(d appraisal.Difference) string {
			return d.KSB + " " + title(d.KSB) + ": " + d.Words() + " (" + d.When(s.Today()) + ")"
		})...)
		if equal := round.Equal(); len(equal) > 0 {
			p.Blank()
			p.Hang(fmt.Sprintf("%d rated the same, not agreed yet: ", len(equal)), strings.Join(equal, ", "))
		}
		if kept := round.Reasoned(); len(kept) > 0 {
			p.Blank()
			p.Hang(fmt.Sprintf("%d rated the same now, agreed at another level before: ", len(kept)),
				strings.Join(kept, ", "))
		}
		if n := s.Profile().Covered(); n > 0 {
			p.Blank()
			p.Para(0, "%s rated by a mentor and not by you in the same round or since. What they say stays "+
				"covered until you have rated it, or look at it together.", words.Count(n, "KSB is", "KSBs are"))
		}
		p.next("%s", compareNext(s))
	})
}

func differenceObject(d appraisal.Difference, title plan.Titles) object {
	var earlier *object
	if d.Earlier != nil {
		earlier = new(viewObject(*d.Earlier))
	}
	return object{
		"ksb", d.KSB, "title", title(d.KSB), "self", d.Self, "mentor", d.Mentor, "agreed", d.Agreed,
		"difference", known(d.Difference, d.Sized()), "widest", known(d.Widest(), !d.Opportunity()),
		"differ", d.Differ, "old", d.Old, "by", d.By, "self_note", d.SelfNote, "mentor_note", d.MentorNote,
		"reason", d.Reason, "others", mentorObjects(d, 1), "self_on", d.SelfOn, "self_round", d.SelfRound,
		"self_blind", blindOf(d.Own()), "mentor_on", d.MentorOn, "mentor_round", d.MentorRounds[0],
		"mentor_blind", blindOf(d.Mentors()[0]), "earlier", earlier, "words", d.Words(),
	}
}

// mentorObjects are the mentors' ratings, the newest first; skip leaves out that many of them.
func mentorObjects(d appraisal.Difference, skip int) []object {
	out := []object{}
	for i, x := range d.Mentors()[skip:] {
		out = append(out, object{
			"by", x.By, "level", x.Level, "on", x.On, "note", x.Note, "round", d.MentorRounds[skip+i],
			"blind", blindOf(x),
		})
	}
	return out
}

func blindOf(x profile.Rating) *level.Level { return known(x.Blind, x.Changed) }

func showDifference(p *page, d appraisal.Difference, title plan.Titles, today calendar.Date) {
	p.Blank()
	p.Pair(0, 5, d.KSB, "%s", title(d.KSB))
	p.Para(5, "%s", d.Words())
	p.Para(5, "%s", d.When(today))
	line := func(label string, text safetext.Text) {
		if !text.Empty() {
			p.Para(5, "%s: %s", label, text.Line())
		}
	}
	line("your note", d.SelfNote)
	for _, x := range d.Mentors() {
		label := "your mentor's note"
		if len(d.Others) > 0 {
			label = "note by " + appraisal.MentorName(x.By)
		}
		line(label, x.Note)
	}
	line("reason", d.Reason)
	if d.Earlier != nil {
		words := fmt.Sprintf("agreed %s before that, on %s", d.Earlier.Level, d.Earlier.On.Near(today))
		if reason := d.Earlier.GivenReason(); !reason.Empty() {
			words += ": " + reason.Line()
		}
		p.Para(5, "%s", words)
	}
}

type agreeOptions struct {
	*kit
	reason, by safetext.Text
}

func newCompareAgree(k *kit) *cobra.Command {
	o := &agreeOptions{kit: k}
	cmd := &cobra.Command{
		Use: "agree KSB LEVEL --reason TEXT", Short: "Agree a level with a reason",
		Long: "Records the level that you and your mentor agreed on, with what you both based it on. It is the level " +
			"that counts from then on.",
		Example: `ksbcoach compare agree K7 2 --reason "knows every check; prompted on the limits"`, RunE: o.agree,
	}
	cmd.Flags().Var(textFlag(&o.reason), "reason", "what you both based it on")
	cmd.Flags().Var(textFlag(&o.by), "by", "the `NAME` of the mentor, if not the one who rated it or if nobody did")
	return cmd
}

func (o *agreeOptions) agree(cmd *cobra.Command, args []string) error {
	l, err := typedLevel(cmd, args[1])
	switch {
	case err != nil:
		return err
	case o.reason.Empty():
		return misused(cmd, "--reason is missing: say what you both based it on")
	}
	return o.editKSB(args[0], func(s *session.Session, x standard.KSB) error {
		who := s.Profile().MentorNamed(o.by)
		if who.Empty() {
			rated, ok := s.Profile().Newest(x.ID, profile.Mentor)
			if round, _ := s.Profile().Open(); !ok && len(round.Mentors(x.ID)) > 0 {
				rated, ok = round.Mentors(x.ID)[0], true
			}
			if !ok {
				return withHint(fmt.Errorf("no mentor has rated %s, so it is not known who agreed", x.ID),
					"--by says who agreed")
			}
			who = rated.By
		}
		return s.Do(profile.Agree{KSB: x.ID, Level: l, Reason: o.reason, On: s.Today(), Who: who})
	}, func(s *session.Session, p *page, x standard.KSB) {
		p.Para(0, "%s agreed at %s: %s", x.ID, o.library.Scale().Named(l), o.reason.Line())
		p.next("%s", compareNext(s))
	})
}

func newCompareDiffer(k *kit) *cobra.Command {
	var note safetext.Text
	cmd := &cobra.Command{
		Use: "differ KSB --note TEXT", Short: "Record that you differ, for now",
		Long: "Records that you and your mentor see a KSB differently and leave it at that. The note says what " +
			"evidence would decide it.",
		Example: `ksbcoach compare differ S6 --note "ten traces with artefact, by the next review"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if note.Empty() {
				return misused(cmd, "--note is missing: say what would decide it")
			}
			return k.editKSB(args[0], func(s *session.Session, x standard.KSB) error {
				return s.Do(profile.RecordDiffer{KSB: x.ID, On: s.Today(), Note: note})
			}, func(s *session.Session, p *page, x standard.KSB) {
				p.Para(0, "%s: recorded that you differ: %s", x.ID, note.Line())
				p.next("%s", compareNext(s))
			})
		},
	}
	cmd.Flags().Var(textFlag(&note), "note", "what would decide it, or what each of you saw")
	return cmd
}

func newCompareEqual(k *kit) *cobra.Command {
	var by safetext.Text
	cmd := &cobra.Command{
		Use: "equal", Short: "Agree every level that you both rated the same",
		Long: "Agrees at once every level in the open round that you and the mentor you are meeting both gave. --by " +
			"says which mentor that is; otherwise it is the only mentor who rated today. If that cannot be told, all " +
			"are agreed, each in the name of the mentor who rated it. What only other mentors rated is left for " +
			"them, and what you have agreed in this round for a reason of its own stays as it is.",
		Example: `ksbcoach compare equal --by "J. Ode"`,
		RunE:    func(*cobra.Command, []string) error { return k.agreeEqual(by) },
	}
	cmd.Flags().Var(textFlag(&by), "by", "the `NAME` of the mentor who meets with you")
	return cmd
}

func (k *kit) agreeEqual(by safetext.Text) error {
	var agreed, others, kept []string
	return k.edit(func(s *session.Session) error {
		round, _ := s.Profile().Open()
		met := s.Profile().MeetingMentor(s.Today(), by)
		agreed, others = round.EqualBy(met)
		kept = round.Reasoned()
		return s.Do(profile.AgreeEqual{On: s.Today(), Met: met})
	}, func(s *session.Session, p *page) {
		p.Para(0, "%s agreed, rated the same by both of you: %s", words.Count(len(agreed), "KSB", "KSBs"),
			strings.Join(agreed, ", "))
		if len(others) > 0 {
			p.Para(0, "left for the mentor who rated them: %s", strings.Join(others, ", "))
		}
		if len(kept) > 0 {
			p.Para(0, "left as you agreed them, for a reason of its own: %s", strings.Join(kept, ", "))
		}
		p.next("%s", compareNext(s))
	})
}
