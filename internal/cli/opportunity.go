package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
)

type opportunityOptions struct {
	*kit
	json bool
}

func newOpportunity(k *kit) *cobra.Command {
	o := &opportunityOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "opportunity",
		Short: "List the chances to ask for, by duty",
		Long: "Turns what you rated as no opportunity into a list to take to your manager: what to see or try, and whom to ask. No " +
			"opportunity is a fact about the post, not a low score.",
		Example: "ksbcoach opportunity",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	return cmd
}

type requestJSON struct {
	Duty     int      `json:"duty"`
	KSB      string   `json:"ksb"`
	Title    string   `json:"title"`
	Exposure []string `json:"exposure"`
	Ask      []string `json:"ask"`
	Words    string   `json:"words"`
}

func requestObject(q appraisal.Request) requestJSON {
	return requestJSON{q.Duty, q.KSB, q.Title, list(q.Exposure), list(q.Ask), q.Words}
}

func (o *opportunityOptions) run() error {
	s, err := o.reading()
	if err != nil {
		return err
	}
	all := appraisal.Requests(o.report(s), o.coach(s), o.titles(s))
	if o.json {
		return o.writeJSON(map[string][]requestJSON{"requests": listOf(all, requestObject)})
	}
	p := o.page()
	p.para(0, "%s to ask for.", count(len(all), "chance", "chances"))
	duty := 0
	for _, q := range all {
		if q.Duty != duty {
			duty = q.Duty
			p.blank()
			p.hang(fmt.Sprintf("Duty %d: ", duty), o.library.DutyTitle(s.Standard().Reference, duty))
		}
		request(p, q)
	}
	if len(all) == 0 {
		p.next("ksbcoach rate KSB none, for what your post gives no chance to try")
		return nil
	}
	p.next("take the list to your manager; ksbcoach review prepare has it too")
	return nil
}

func request(p *page, q appraisal.Request) {
	p.pair(2, 5, q.KSB, "%s", q.Title)
	for _, x := range q.Exposure {
		p.para(7, "%s", x)
	}
	for _, who := range q.Ask {
		p.para(7, "ask: %s", who)
	}
}
