package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

type opportunityOptions struct {
	*kit
	json  bool
	file  string
	force bool
}

func newOpportunity(k *kit) *cobra.Command {
	o := &opportunityOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "opportunity",
		Short: "List the chances to ask for, by duty",
		Long: "Turns what you rated as no opportunity into a list to take to your manager, by duty: what you ask for, how it could be given " +
			"(shadowing, a rotation, an audit, an SOP review) and who could help, and says what is in your plan already. No opportunity is a fact about the post, not a low " +
			"score. The list holds no level, note or evidence of yours.",
		Example: "ksbcoach opportunity -o requests.txt",
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, "write JSON")
	f.StringVarP(&o.file, "output", "o", "", "write it into this `FILE`")
	f.BoolVar(&o.force, "force", false, "replace that file if it is there")
	return cmd
}

type requestJSON struct {
	Duty     int      `json:"duty"`
	KSB      string   `json:"ksb"`
	Title    string   `json:"title"`
	Exposure []string `json:"exposure"`
	Ask      []string `json:"ask"`
	Words    string   `json:"words"`

	Text  string        `json:"text"`
	Since calendar.Date `json:"since"`
	Want  string        `json:"want"`
	Ways  []string      `json:"ways"`

	Planned *plannedJSON `json:"planned"`
}

// plannedJSON is null where nothing is planned; the next step is null where no action is open.
type plannedJSON struct {
	Goal   string         `json:"goal"`
	Status string         `json:"status"`
	Since  calendar.Date  `json:"since"`
	Action *string        `json:"action"`
	Due    *calendar.Date `json:"due"`
}

func plannedObject(x appraisal.Planned) *plannedJSON {
	if !x.Known() {
		return nil
	}
	out := &plannedJSON{Goal: x.Goal.ID, Status: string(x.Goal.Status), Since: x.Goal.Set, Due: knownDate(x.Action.Due)}
	if x.Action.ID != "" {
		out.Action = &x.Action.ID
	}
	return out
}

func requestObject(q appraisal.Request) requestJSON {
	return requestJSON{q.Duty, q.KSB, q.Title, list(q.Exposure), list(q.Ask), q.Words, q.Text, q.Since, q.Want, list(q.Ways), plannedObject(q.Plan)}
}

func (o *opportunityOptions) run(cmd *cobra.Command) error {
	if err := checkOutput(cmd, o.file, o.json); err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	all := appraisal.Requests(o.report(s), s.Profile(), o.coach(s), o.titles(s))
	if o.json {
		return o.writeJSON(map[string][]requestJSON{"requests": listOf(all, requestObject)})
	}
	p := o.page()
	switch {
	case len(all) == 0:
		p.para(0, "0 chances to ask for.")
		p.next("ksbcoach rate KSB none, for what your post gives no chance to try")
		return nil
	case o.file == "":
		o.letter(p, s, all)
		p.next("ksbcoach opportunity -o FILE writes it to take to your manager")
		return nil
	}
	text, err := o.chancePaper(s)
	if err != nil {
		return err
	}
	if err := o.writeOut(s, o.file, text, o.force); err != nil {
		return err
	}
	p.path("written to", o.file)
	p.para(0, "%s to ask for. It holds no level, note or evidence of yours.", count(len(all), "chance", "chances"))
	p.next("take it to your manager")
	return nil
}

// chancePaper is the letter as it goes into a file.
func (k *kit) chancePaper(s *session.Session) ([]byte, error) {
	all := appraisal.Requests(k.report(s), s.Profile(), k.coach(s), k.titles(s))
	return paper(func(p *page) { k.letter(p, s, all) })
}

// letter writes the requests as a manager reads them: who asks and why, and by duty what would help.
func (k *kit) letter(p *page, s *session.Session, all []appraisal.Request) {
	who := s.Profile().Learner.Name.Line()
	if role := s.Profile().Learner.Role; !role.Empty() {
		who += ", " + role.Line()
	}
	std := s.Standard()
	p.para(0, "%s to ask for: %s", count(len(all), "chance", "chances"), who)
	p.para(0, "%s %s, level %d (%s). %s", std.Reference, std.Title, std.Level, standard.Caveat, s.Today().Long())
	p.blank()
	p.para(0, "My post gives me no chance to try what stands below, and the apprenticeship asks for it. Each could begin with something small. What stands beside them is advice written to apprentices.")
	duty := 0
	for _, q := range all {
		if q.Duty != duty {
			duty = q.Duty
			p.blank()
			p.hang(fmt.Sprintf("Duty %d: ", duty), k.library.DutyTitle(std.Reference, duty))
		}
		request(p, q)
	}
}

func request(p *page, q appraisal.Request) {
	p.blank()
	p.pair(2, 5, q.KSB, "%s", q.Title)
	for _, x := range []struct{ label, text string }{
		{"standard", q.Text}, {"ask for", q.Want}, {"how", strings.Join(q.Ways, "; or ")}, {"to try", q.Exposure[0]}, {"who", strings.Join(q.Ask, "; ")}, {"so far", q.Plan.Words()},
	} {
		if x.text == "" {
			continue
		}
		p.pair(7, 10, x.label, "%s", x.text)
	}
}
