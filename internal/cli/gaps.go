package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
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
		Use:   "gaps",
		Short: "Show your gaps, ranked, each with its reasons",
		Long: "Shows every rated KSB below its target, in this order: " + gap.RankRule + ". What your post gives no chance to try, " +
			"claims without an example, strengths and what is not rated yet are lists of their own.",
		Example: "ksbcoach gaps --duty 2",
		Args:    takes(),
		RunE:    o.run,
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
		if top := o.keep(r.Gaps()); len(top) > 0 {
			p.next("ksbcoach standard coach %s says how to close the first gap; ksbcoach plan has goals", top[0].KSB.ID)
			return
		}
		p.next("%s", o.next(s, r).Text)
	})
}

// asked says whether the flags ask for a row.
func (o *gapsOptions) asked(row gap.Row) bool {
	return (o.duty == 0 || slices.Contains(row.KSB.Duties, o.duty)) &&
		(o.kind == "" || string(row.KSB.Kind) == o.kind) &&
		(!o.behind || row.Late())
}

func (o *gapsOptions) keep(rows []gap.Row) []gap.Row {
	return slices.DeleteFunc(rows, func(row gap.Row) bool { return !o.asked(row) })
}

type gapJSON struct {
	KSB      string       `json:"ksb"`
	Title    string       `json:"title"`
	Kind     string       `json:"kind"`
	Duties   []int        `json:"duties"`
	Level    level.Level  `json:"level"`
	Target   level.Level  `json:"target"`
	Expected *level.Level `json:"expected"`
	Gap      int          `json:"gap"`
	Behind   *int         `json:"behind"`
	Evidence int          `json:"evidence"`
	Reasons  []string     `json:"reasons"`
	By       string       `json:"by"`
	Aged     *agedJSON    `json:"agreement"`
}

// rowJSON is a KSB in one of the lists beside the gaps. Level is null for what is not rated.
type rowJSON struct {
	KSB      string       `json:"ksb"`
	Title    string       `json:"title"`
	Kind     string       `json:"kind"`
	Duties   []int        `json:"duties"`
	Level    *level.Level `json:"level"`
	Evidence int          `json:"evidence"`
	Aged     *agedJSON    `json:"agreement"`
}

type gapsJSON struct {
	Standard    string        `json:"standard"`
	AsOf        calendar.Date `json:"as_of"`
	Month       *int          `json:"month"`
	Rated       int           `json:"rated"`
	Total       int           `json:"total"`
	Gaps        []gapJSON     `json:"gaps"`
	Opportunity []rowJSON     `json:"opportunity"`
	Unsupported []rowJSON     `json:"unsupported"`
	Strengths   []rowJSON     `json:"strengths"`
	Unrated     []rowJSON     `json:"unrated"`
	Aged        []rowJSON     `json:"aged"`
}

func (o *gapsOptions) object(s *session.Session, r *gap.Report) gapsJSON {
	title := s.Titles()
	row := func(x gap.Row) rowJSON {
		return rowJSON{x.KSB.ID, title(x.KSB.ID), x.KSB.Kind.String(), x.KSB.Duties, known(x.Level, x.Rated), x.Evidence, agedRow(x, title, r.AsOf)}
	}
	all := r.Tally(0)
	return gapsJSON{
		Standard: s.Standard().Reference, AsOf: r.AsOf, Month: known(r.Month, r.Timed), Rated: all.Rated, Total: all.Total,
		Gaps:        listOf(o.keep(r.Gaps()), func(x gap.Row) gapJSON { return gapObject(r, x, title) }),
		Opportunity: listOf(o.keep(r.Opportunities()), row),
		Unsupported: listOf(o.keep(r.Unsupported()), row),
		Strengths:   listOf(o.keep(r.Strengths()), row),
		Unrated:     listOf(o.keep(r.Unrated()), row),
		Aged:        listOf(o.keep(r.Aged()), row),
	}
}

func gapObject(r *gap.Report, x gap.Row, title plan.Titles) gapJSON {
	return gapJSON{
		KSB: x.KSB.ID, Title: title(x.KSB.ID), Kind: x.KSB.Kind.String(), Duties: x.KSB.Duties,
		Level: x.Level, Target: x.Target, Expected: known(x.Expected()), Gap: x.Gap(), Behind: known(x.Behind()),
		Evidence: x.Evidence, Reasons: list(r.Reasons(x)), By: string(x.By), Aged: agedRow(x, title, r.AsOf),
	}
}
