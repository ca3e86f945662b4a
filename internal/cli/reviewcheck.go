package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type reviewCheckOptions struct {
	*kit
	actionWords
	outcome profile.ActionStatus
	reason  safetext.Text
	onward  *profile.Action // its replacement, or nil
}

func newReviewCheck(k *kit) *cobra.Command {
	o := &reviewCheckOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "check ACTION OUTCOME",
		Short: "Say what became of an action of last time, or of what was left open",
		Long: "Records in the open review what became of an action: done, not-done, changed or dropped. All but done " +
			"need a reason; for done, the reason is what shows it. Every one of these is an honest ending.\n\n" +
			"An action that simply continues is changed: with --due, --text, --who or --shows a new action replaces " +
			"it at once, in the same words unless you give others. Checked again with --text \"\", it has no " +
			"replacement, and an earlier one is removed.\n\n" +
			"In place of ACTION you can give a KSB on which you recorded that you differ, or the word agreed for " +
			"what was agreed in words, and say what came of that: done, not-done or dropped, with or without a " +
			"reason, before the review or in it. ksbcoach review prepare lists them.",
		Example: "ksbcoach review check a-91xd changed --reason \"the visit was cancelled\" --due 2027-02-14\n" +
			"ksbcoach review check S6 done",
		Args: checkArgs,
		RunE: o.run,
	}
	cmd.Flags().Var(wordFlag(&o.outcome, profile.ActionEndings), "outcome",
		"the same as OUTCOME: done, not-done, changed or dropped")
	cmd.Flags().Var(textFlag(&o.reason), "reason", "what got in the way, or what takes its place; for done, what "+
		"shows it")
	o.onwardFlags(k, cmd)
	return cmd
}

func checkArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return takes("ACTION")(cmd, args)
	}
	return atMost(2)(cmd, args)
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
		return o.answer(cmd, name)
	}
	switch {
	case o.outcome == "":
		return misused(cmd, "OUTCOME is missing: say done, not-done, changed or dropped")
	case !slices.Contains(profile.ActionEndings, o.outcome):
		return misused(cmd, "the outcome %q: say done, not-done, changed or dropped", o.outcome)
	case o.outcome != profile.ActionDone && o.reason.Empty():
		return misused(cmd, "--reason is missing: say what got in the way, or what takes its place")
	}
	ends := o.outcome == profile.ActionChanged && cmd.Flags().Changed("text") && o.text.Empty()
	goesOn, err := false, error(nil)
	switch {
	case !ends:
		goesOn, err = o.changesNext(cmd, o.outcome)
	case slices.ContainsFunc([]string{"due", "who", "shows"}, cmd.Flags().Changed):
		err = misused(cmd, "--text is empty, so nothing takes its place: leave out --due, --who and --shows")
	}
	if err != nil {
		return err
	}
	return o.edit(func(s *session.Session) error {
		r, err := openReview(s)
		if err != nil {
			return err
		}
		if goesOn {
			if o.onward, err = o.replacingAction(cmd, s, args[0]); err != nil {
				return err
			}
		}
		return s.Do(profile.CheckAction{
			Review: r.ID, Action: args[0], Outcome: o.outcome, Reason: o.reason, On: s.Today(), Next: o.onward,
			NoNext: ends,
		})
	}, func(s *session.Session, p *page) { o.say(s, p, args[0]) })
}

// leftName reads an argument that names something the last review left open: a KSB or leftAgreed. It is "" for an
// action.
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

// leftAgreed is the name of what the last review agreed in words.
const leftAgreed = "agreed"

// answer says what came of something that the last review left.
func (o *reviewCheckOptions) answer(cmd *cobra.Command, name string) error {
	switch {
	case !slices.Contains(profile.LeftOutcomes, o.outcome):
		return misused(cmd, "the outcome %q: say done, not-done or dropped of what was left open", o.outcome)
	case slices.ContainsFunc([]string{"due", "text", "who", "shows"}, cmd.Flags().Changed):
		return misused(cmd, "--due, --text, --who and --shows belong to an action that is changed; here there is "+
			"--reason")
	}
	var l profile.Left
	return o.edit(func(s *session.Session) error {
		if name != leftAgreed {
			if _, err := ksbCode(s.Standard(), name); err != nil {
				return err
			}
		}
		var ok bool
		if l, ok = appraisal.LeftAs(s.Profile(), name); !ok {
			return &hinted{
				fmt.Errorf("the last review left nothing open for %s", name),
				"ksbcoach review prepare lists what it left",
			}
		}
		return s.Do(profile.AnswerLeft{Review: l.Review, KSB: l.KSB, Outcome: o.outcome, Note: o.reason, On: s.Today()})
	}, func(s *session.Session, p *page) {
		p.Para(0, "%s %s: %s", name, o.outcome.Words(), appraisal.LeftWords(s.Profile(), l))
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
	sayFollowing(p, o.onward)
	if o.outcome == profile.ActionChanged && o.onward == nil {
		p.Para(0, "If it continues, check it again with --due DATE, which sets the new one at once; or add one to "+
			"goal %s later.", g.ID)
	}
	p.next("%s", reviewNext(s))
}

type reviewEditOptions struct {
	*kit
	reviewWords
}

func newReviewEdit(k *kit) *cobra.Command {
	o := &reviewEditOptions{kit: k}
	cmd := &cobra.Command{
		Use:     "edit",
		Short:   "Change the kind, the day or the names of the open review",
		Long:    "Changes what kind of review is open, on which day it was, and who met. What you do not name stays.",
		Example: "ksbcoach review edit --kind appraisal",
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(k, cmd, "", "")
	return cmd
}

func (o *reviewEditOptions) run(cmd *cobra.Command, _ []string) error {
	if err := needsChange(cmd); err != nil {
		return err
	}
	return o.edit(func(s *session.Session) error {
		r, err := openReview(s)
		if err != nil {
			return err
		}
		return s.Do(profile.EditReview{
			ID: r.ID, Kind: given(cmd, "kind", o.kind), On: given(cmd, "date", o.date),
			With: given(cmd, "with", o.with), Today: s.Today(),
		})
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().OpenReview()
		p.Para(0, "%s: %s review of %s with %s", r.ID, r.Kind, r.On.Long(), safetext.Lines(r.With))
		p.next("%s", reviewNext(s))
	})
}

func newReviewCancel(k *kit) *cobra.Command {
	was := profile.Review{}
	return &cobra.Command{
		Use:   "cancel",
		Short: "Cancel a review that was started by mistake",
		Long: "Cancels the open review: the actions checked in it are open again, those that replaced one are " +
			"removed, and your private notes are kept for the next review. What was agreed in words is lost. " +
			"Ratings, agreed levels and other new actions stay.",
		Example: "ksbcoach review cancel",
		Args:    takes(),
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
