package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

type gapsOptions struct {
	*kit
	json   bool
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
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, "write JSON")
	f.BoolVar(&o.behind, "behind", false, "only what is behind where the month should be")
	f.IntVar(&o.duty, "duty", 0, "only the KSBs of duty `N`")
	f.StringVar(&o.kind, "kind", "", "only `K`, S or B")
	return cmd
}

func (o *gapsOptions) run(cmd *cobra.Command) error {
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
	if _, ok := s.Standard().Duty(o.duty); !ok && cmd.Flags().Changed("duty") {
		return misused(cmd, "--duty %d: %s has duties 1 to %d", o.duty, s.Standard().Reference, len(s.Standard().Duties))
	}
	r := s.Report()
	if o.json {
		return o.writeJSON(o.object(s, r))
	}
	o.show(s, r)
	return nil
}

// keep leaves the rows that the flags ask for.
func (o *gapsOptions) keep(rows []gap.Row) []gap.Row {
	return slices.DeleteFunc(rows, func(row gap.Row) bool {
		return o.duty != 0 && !slices.Contains(row.KSB.Duties, o.duty) ||
			o.kind != "" && string(row.KSB.Kind) != o.kind ||
			o.behind && !row.Late()
	})
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

// agedRow is the agreement behind a row that the learner has rated otherwise since, or nil.
func agedRow(x gap.Row, title plan.Titles, today calendar.Date) *agedJSON {
	if x.Aged == nil {
		return nil
	}
	out := agedOf(*x.Aged, title, today)
	return &out
}

func (o *gapsOptions) show(s *session.Session, r *gap.Report) {
	p, title := o.page(), s.Titles()
	p.Para(0, "%s", r.Summary())
	gaps := o.keep(r.Gaps())
	if len(gaps) > 0 {
		p.Blank()
		p.Para(0, "Gaps, in this order: %s.", gap.RankRule)
	}
	for _, row := range gaps {
		p.Line("%s", gapLine(row, title(row.KSB.ID)))
		p.Para(5, "%s", strings.Join(r.Reasons(row), ", "))
	}
	o.rows(p, r.AsOf, "No opportunity in this post; ask for a rotation or for shadowing:", o.keep(r.Opportunities()), title)
	o.rows(p, r.AsOf, "Unsupported claims of 3 or 4, without a fresh example yet:", o.keep(r.Unsupported()), title)
	o.rows(p, r.AsOf, "Strengths, at target or above:", o.keep(r.Strengths()), title)
	if unrated := o.keep(r.Unrated()); len(unrated) > 0 {
		p.Blank()
		p.Hang("Not rated yet: ", strings.Join(listOf(unrated, func(x gap.Row) string { return x.KSB.ID }), ", "))
	}
	if len(gaps) == 0 {
		p.next("%s", o.next(s, r).Text)
		return
	}
	top := gaps[0].KSB.ID
	p.next("ksbcoach standard coach %s says how to close the first gap; ksbcoach plan has goals", top)
}

// gapLine keeps its parts in columns.
func gapLine(row gap.Row, title string) string {
	l := export.Pad(row.KSB.ID, 5) + export.Pad(title, 40) + fmt.Sprintf("level %s  target %s", row.Level, row.Target)
	if e, ok := row.Expected(); ok {
		l += fmt.Sprintf("  expected %s", e)
	}
	return l
}

func (o *gapsOptions) rows(p *page, today calendar.Date, heading string, rows []gap.Row, title plan.Titles) {
	if len(rows) == 0 {
		return
	}
	p.Blank()
	p.Para(0, "%s", heading)
	for _, row := range rows {
		l := export.Pad(row.KSB.ID, 5) + export.Pad(title(row.KSB.ID), 40)
		if !row.Opportunity() {
			l += fmt.Sprintf("level %s  target %s", row.Level, row.Target)
		}
		p.Line("%s", l)
		if row.Aged != nil {
			p.Para(5, "%s", row.Aged.Words(today))
		}
	}
}
