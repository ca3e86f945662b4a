package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

func newNext(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:   "next",
		Short: "Say in one line what to do next",
		Long: "Says in one line what to do next, in this order: make a start with rating, finish a review of another " +
			"day, see to a gateway that has passed, to a review that is overdue or is today or tomorrow, or to an " +
			"action that is long overdue, rate what is due in your round or not rated yet, see to other overdue " +
			"actions, prepare a review that is near, choose goals, or back up a claim.",
		Example: "ksbcoach next",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return k.look(k.sayNext) },
	}
}

func (k *kit) sayNext(s *session.Session) error {
	step := k.next(s, s.Report())
	return k.answer(nextObject(step), func(p *page) { p.Line("%s", step.Text) })
}
