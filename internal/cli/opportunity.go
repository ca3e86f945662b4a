package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/words"
)

type opportunityOptions struct {
	*kit
	outputFlags
}

func newOpportunity(k *kit) *cobra.Command {
	o := &opportunityOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "opportunity",
		Short: "List the chances to ask for, by duty",
		Long: "Turns what you rated as no opportunity into a list to take to your manager, by duty: what you ask " +
			"for, how it could be given (shadowing, a rotation, an audit, an SOP review) and who could help, and " +
			"says what is in your plan already. No opportunity is a fact about the post, not a low score. The list " +
			"holds no level, note or evidence of yours.",
		Example: "ksbcoach opportunity -o requests.txt",
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(cmd)
	return cmd
}

func (o *opportunityOptions) run(cmd *cobra.Command, _ []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	all := s.Requests()
	if o.asJSON() {
		return o.writeJSON(object{{"requests", listOf(all, requestObject)}})
	}
	p := o.page()
	switch {
	case len(all) == 0:
		p.Para(0, "0 chances to ask for.")
		p.next("ksbcoach rate KSB none, for what your post gives no chance to try")
		return nil
	case o.into == "":
		p.document(s.RequestsDoc())
		p.next("ksbcoach opportunity -o FILE writes it to take to your manager")
		return nil
	}
	if p, err = o.writeDoc(s, o.outputFlags, s.RequestsDoc()); err != nil {
		return err
	}
	p.Para(0, "%s to ask for. It holds no level, note or evidence of yours.",
		words.Count(len(all), "chance", "chances"))
	p.next("take it to your manager")
	return nil
}
