package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type gapsOptions struct {
	*kit
	behind bool
	duty   int
	kind   string
}

func newGaps(k *kit) *cobra.Command {
	o := &gapsOptions{kit: k}
	cmd := &cobra.Command{
		Use: "gaps", Short: "Show your gaps, ranked, each with its reasons",
		Long: "Shows every rated KSB below its target, in this order: " + gap.RankRule + ". What your post gives no " +
			"chance to try, claims without a recent example, strengths and what is not rated yet are lists of their " +
			"own.",
		Example: "ksbcoach gaps --duty 2", RunE: o.run,
	}
	f := cmd.Flags()
	f.BoolVar(&o.behind, "behind", false, "only what is behind where the month should be")
	f.IntVar(&o.duty, "duty", 0, "only the KSBs of duty `N`")
	f.StringVar(&o.kind, "kind", "", "only `K`, S or B")
	return cmd
}

func (o *gapsOptions) run(cmd *cobra.Command, _ []string) error {
	if o.kind != "" {
		kind, ok := standard.ReadKind(o.kind)
		if !ok {
			return misused(cmd, "--kind %q: say K, S or B", o.kind)
		}
		o.kind = string(kind)
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	if err := checkDuty(cmd, s.Standard(), o.duty); err != nil {
		return err
	}
	r := s.Report()
	return o.answer(o.object(s, r), func(p *page) {
		p.document(r.Doc(o.library.Scale(), s.Titles(), o.asked))
		if top := o.keep(plan.Firsts(r)); len(top) > 0 {
			p.next("ksbcoach standard coach %s says how to close the first gap; ksbcoach plan has goals", top[0].KSB.ID)
			return
		}
		p.next("%s", s.Next().Text)
	})
}

// asked says whether the flags ask for a row.
func (o *gapsOptions) asked(row gap.Row) bool {
	return (o.duty == 0 || slices.Contains(row.KSB.Duties, o.duty)) &&
		(o.kind == "" || string(row.KSB.Kind) == o.kind) && (!o.behind || row.Late())
}

func (o *gapsOptions) keep(rows []gap.Row) []gap.Row {
	return slices.DeleteFunc(rows, func(row gap.Row) bool { return !o.asked(row) })
}

func (o *gapsOptions) object(s *session.Session, r *gap.Report) object {
	title, all := s.Titles(), r.Tally(0)
	rows := func(rows []gap.Row) []object {
		return listOf(o.keep(rows), func(x gap.Row) object {
			return object{
				"ksb", x.KSB.ID, "title", title(x.KSB.ID), "kind", x.KSB.Kind.String(), "duties", x.KSB.Duties,
				"level", known(x.Level, x.Rated), "evidence", x.Evidence, "agreement", agedObject(x, title, r.AsOf),
			}
		})
	}
	return object{
		"standard", s.Standard().Reference, "as_of", r.AsOf, "month", known(r.Month, r.Timed), "rated", all.Rated,
		"total", all.Total, "gaps", listOf(o.keep(r.Gaps()), func(x gap.Row) object { return gapObject(r, x, title) }),
		"opportunity", rows(r.Opportunities()), "unsupported", rows(r.Unsupported()), "strengths", rows(r.Strengths()),
		"unrated", rows(r.Unrated()), "aged", rows(r.Aged()),
	}
}

func gapObject(r *gap.Report, x gap.Row, title plan.Titles) object {
	return object{
		"ksb", x.KSB.ID, "title", title(x.KSB.ID), "kind", x.KSB.Kind.String(), "duties", x.KSB.Duties,
		"level", x.Level, "target", x.Target, "expected", known(x.Expected()), "gap", x.Gap(),
		"behind", known(x.Behind()), "evidence", x.Evidence, "reasons", r.Reasons(x), "by", x.By,
		"agreement", agedObject(x, title, r.AsOf),
	}
}

type opportunityOptions struct {
	*kit
	outputFlags
}

func newOpportunity(k *kit) *cobra.Command {
	o := &opportunityOptions{kit: k}
	cmd := &cobra.Command{
		Use: "opportunity", Short: "List the chances to ask for, by duty",
		Long: "Turns what you rated as no opportunity into a list to take to your manager, by duty: what you ask " +
			"for, how it could be given (shadowing, a rotation, an audit, an SOP review) and who could help, and " +
			"says what is in your plan already. No opportunity is a fact about the post, not a low score. The list " +
			"holds no level, note or evidence of yours.",
		Example: "ksbcoach opportunity -o requests.txt",
		RunE:    func(*cobra.Command, []string) error { return o.look(o.run) },
	}
	o.flags(cmd)
	return cmd
}

func (o *opportunityOptions) run(s *session.Session) error {
	all := s.Requests()
	if o.asJSON() {
		return o.writeJSON(object{"requests", listOf(all, requestObject)})
	}
	p := o.page()
	switch {
	case len(all) == 0:
		p.Para(0, "0 chances to ask for.")
		p.next("ksbcoach rate KSB none, for what your post gives no chance to try")
	case o.into == "":
		p.document(s.RequestsDoc())
		p.next("ksbcoach opportunity -o FILE writes it to take to your manager")
	default:
		holds := words.Count(len(all), "chance", "chances") +
			" to ask for. It holds no level, note or evidence of yours."
		return o.writeDoc(s, o.outputFlags, s.RequestsDoc(), holds, "take it to your manager")
	}
	return nil
}
