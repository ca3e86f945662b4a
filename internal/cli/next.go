package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/plan"
)

type nextOptions struct {
	*kit
	json bool
}

func newNext(k *kit) *cobra.Command {
	o := &nextOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "next",
		Short: "Say in one line what to do next",
		Long: "Says in one line what to do next, in this order: make a start with rating, finish a review of another day, see to a gateway that has " +
			"passed, to a review that is overdue or is today or tomorrow, or to an action that is long overdue, rate what your round puts forward or what is not rated, see to other overdue actions, prepare a review that is near, choose goals, or back up a claim.",
		Example: "ksbcoach next",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	return cmd
}

type nextJSON struct {
	Kind plan.NextKind `json:"kind"`
	Text string        `json:"text"`
	KSB  *string       `json:"ksb"`
}

func nextObject(s plan.NextStep) nextJSON { return nextJSON{s.Kind, s.Text, known(s.KSB, s.KSB != "")} }

func (o *nextOptions) run() error {
	s, err := o.reading()
	if err != nil {
		return err
	}
	step := o.next(s, s.Report())
	if o.json {
		return o.writeJSON(nextObject(step))
	}
	o.page().Line("%s", step.Text)
	return nil
}
