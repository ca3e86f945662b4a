package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// commandFor is the command for a step, in brackets, or "" if it needs more than one.
func commandFor(s plan.NextStep) string {
	switch s.Kind {
	case plan.NextRate:
		return fmt.Sprintf(" (ksbcoach rate %s LEVEL)", s.KSB)
	case plan.NextAction, plan.NextGoals:
		return " (ksbcoach plan)"
	case plan.NextGateway:
		return " (ksbcoach review start --kind gateway)"
	case plan.NextExample:
		return fmt.Sprintf(" (ksbcoach evidence add --ksb %s --title TITLE)", s.KSB)
	}
	return ""
}

// compareNext says what to settle next with the mentor.
func compareNext(s *session.Session) string {
	open := appraisal.Open(s.Profile(), s.Standard())
	round, _ := s.Profile().Open()
	equal, others := round.EqualBy(s.Profile().MeetingMentor(s.Today()))
	_, reviewing := s.Profile().OpenReview()
	// Where the two ratings are of different rounds, one may be out of date.
	outdated, anyOutdated := lists.First(appraisal.Compare(s.Profile(), s.Standard()),
		func(d appraisal.Difference) bool { return d.Old && !d.Settled() })
	switch {
	case len(open) > 0:
		const both = `ksbcoach compare agree %s LEVEL --reason "...", or ksbcoach compare differ %[1]s --note "..."`
		return fmt.Sprintf(both, open[0].KSB)
	case len(equal) > 0:
		return fmt.Sprintf("ksbcoach compare equal agrees the %s that you rated the same",
			words.Count(len(equal), "KSB", "KSBs"))
	case len(others) > 0:
		return fmt.Sprintf("%s is rated the same by %s, who agrees it: ksbcoach compare equal --by NAME", others[0],
			appraisal.MentorNames(round.Mentors(others[0])))
	case len(round.Reasoned()) > 0:
		id := round.Reasoned()[0]
		said, agreed := round.Ratings[profile.Self][id].Level, round.Ratings[profile.Agreed][id].Level
		return fmt.Sprintf("%s: you both say %s now, but agreed %s before: ksbcoach compare agree %[1]s LEVEL "+
			`--reason "..."`, id, said, agreed)
	case anyOutdated:
		return fmt.Sprintf("%s was rated in different rounds: ksbcoach rate %[1]s LEVEL, and the same with --as "+
			"mentor, then compare again", outdated.KSB)
	case reviewing:
		return reviewNext(s)
	case s.Profile().Covered() > 0:
		return "rate it too, or ksbcoach compare reveal opens what only your mentor rated"
	case round.Rated(profile.Mentor) == 0:
		return "your mentor has rated nothing in this round: ksbcoach sheet make -o FILE, or ksbcoach rate KSB LEVEL " +
			"--as mentor"
	}
	if n := appraisal.Recorded(s.Profile(), s.Standard()); n > 0 {
		return "you recorded that you differ on " + words.Count(n, "KSB", "KSBs") +
			", and nothing else is left open: ksbcoach plan"
	}
	return "every difference is settled: ksbcoach plan"
}

// reviewNext says what comes next in the open review, or how to start one.
func reviewNext(s *session.Session) string {
	r, open := s.Profile().OpenReview()
	if !open {
		return "ksbcoach review prepare shows what to bring; ksbcoach review start begins one"
	}
	left := s.Profile().Unchecked(r)
	switch {
	case len(left) > 0:
		return fmt.Sprintf("%s to check; the first is ksbcoach review check %s done",
			words.Count(len(left), "action is left", "actions are left"), left[0].ID)
	case len(s.Profile().Unanswered()) > 0:
		return "ksbcoach review prepare asks what came of what was left last time; ksbcoach review check says it"
	case len(appraisal.Open(s.Profile(), s.Standard())) > 0:
		return "ksbcoach compare shows the differences to talk about"
	case appraisal.AgreedBeside(r).Empty():
		return `ksbcoach review note --agreed "..." keeps what you agreed`
	}
	if len(s.Profile().NewActions(r)) == 0 {
		return "ksbcoach gaps and ksbcoach action add set three to five actions; then ksbcoach review close"
	}
	return "ksbcoach review close --clear yes --helped yes --valued yes, with your own answers"
}

// unsupportedNext names the first claim without a recent example, or the next step if there is none.
func unsupportedNext(s *session.Session) string {
	rows := s.Report().Unsupported()
	if len(rows) == 0 {
		return s.Next().Text
	}
	id := rows[0].KSB.ID
	left := words.Count(len(rows), "claim of 3 or 4 is", "claims of 3 or 4 are") + " without a recent example"
	return fmt.Sprintf("%s; the first is %s %s: ksbcoach evidence add --ksb %[2]s --title TITLE", left, id,
		s.Titles()(id))
}

// roundNext names the first rating that is due in the open round, or says how to open or close one.
func roundNext(s *session.Session) string {
	if _, open := s.Profile().Open(); !open {
		return "ksbcoach round open, or rate a KSB, which opens one"
	}
	due := s.Due()
	if len(due) == 0 {
		return "nothing is due in this round: ksbcoach compare, or ksbcoach round close"
	}
	return fmt.Sprintf("%s due: ksbcoach round due; the first is ksbcoach rate %s LEVEL",
		words.Count(len(due), "KSB is", "KSBs are"), due[0].KSB)
}

func newNext(k *kit) *cobra.Command {
	return &cobra.Command{
		Use: "next", Short: "Say in one line what to do next",
		Long: "Says in one line what to do next, in this order: make a start with rating, finish a review from " +
			"another day, see to a gateway that has passed, to a review that is overdue or is today or tomorrow, or " +
			"to an action that is long overdue, rate what is due in your round or not rated yet, see to other " +
			"overdue actions, prepare a review that is near, choose goals, or back up a claim.",
		Example: "ksbcoach next", RunE: func(*cobra.Command, []string) error { return k.read(k.sayNext) },
	}
}

func (k *kit) sayNext(s *session.Session) error {
	step := s.Next()
	return k.answer(nextObject(step), func(p *page) { p.Line("%s", step.Text) })
}
