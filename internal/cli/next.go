package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type nextOptions struct {
	*kit
}

func newNext(k *kit) *cobra.Command {
	o := &nextOptions{kit: k}
	return &cobra.Command{
		Use:   "next",
		Short: "Say in one line what to do next",
		Long: "Says in one line what to do next, in this order: make a start with rating, finish a review of another day, see to a gateway that has " +
			"passed, to a review that is overdue or is today or tomorrow, or to an action that is long overdue, rate what your round puts forward or what is not rated, see to other overdue actions, prepare a review that is near, choose goals, or back up a claim.",
		Example: "ksbcoach next",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.look(o.run) },
	}
}

type nextJSON struct {
	Kind plan.NextKind `json:"kind"`
	Text string        `json:"text"`
	KSB  *string       `json:"ksb"`
}

func nextObject(s plan.NextStep) nextJSON { return nextJSON{s.Kind, s.Text, known(s.KSB, s.KSB != "")} }

func (o *nextOptions) run(s *session.Session) error {
	step := o.next(s, s.Report())
	return o.answer(nextObject(step), func(p *page) { p.Line("%s", step.Text) })
}
