package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

func newStandard(k *kit) *cobra.Command {
	show := &standardOptions{kit: k}
	return groupThatShows(group(&cobra.Command{
		Use:   "standard",
		Short: "Show the standard, its coaching and its facts",
		Long: "Shows the duties and KSBs of the standard letter for letter, what good looks like, and the dated " +
			"facts behind them. Without a further word it shows the standard.",
		Example: "ksbcoach standard coach K7",
	}, newStandardShow(k), newStandardList(k), newStandardCheck(k), newStandardCoach(k), newStandardFacts(k), newStandardExport(k)),
		func() error { return show.run(library.Default) })
}

type standardOptions struct {
	*kit
}

func newStandardShow(k *kit) *cobra.Command {
	o := &standardOptions{kit: k}
	return &cobra.Command{
		Use:     "show [REFERENCE]",
		Short:   "Show a standard as it was published",
		Long:    "Shows every duty with its KSBs, and every KSB in its published wording.",
		Example: "ksbcoach standard show --json",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return o.run(strings.ToUpper(args[0]))
			}
			return o.run(library.Default)
		},
	}
}

// unknownStandard refuses the reference of a standard that is not built in.
func unknownStandard(ref string) error {
	return &usageError{
		fmt.Sprintf("the standard %q is not known here", safetext.Line(ref)),
		"ksbcoach standard list shows those it has",
	}
}

func (o *standardOptions) run(ref string) error {
	std := o.library.Standard(ref)
	if std == nil {
		return unknownStandard(ref)
	}
	return o.answer(o.object(std), func(p *page) {
		p.Para(0, "%s", std.Heading())
		p.Para(0, "Status at the source: %s (%s).", std.Status, standard.Caveat)
		for _, d := range std.Duties {
			p.Blank()
			p.Hang(fmt.Sprintf("Duty %d  ", d.Number), d.Text)
			for _, id := range d.KSBs {
				o.statement(p, std, d.Number, id)
			}
		}
		p.Blank()
		p.Para(0, "Source: %s, under the %s.", standard.Source, standard.Licence)
		p.next("ksbcoach standard coach %s says what good looks like", std.Walk()[0])
	})
}

// statement writes the wording where the walk meets it first; behaviours recur and are only named again.
func (o *standardOptions) statement(p *page, std *standard.Standard, duty int, id string) {
	x, _ := std.KSB(id)
	if x.Duties[0] != duty {
		p.Pair(2, 5, id, "as in Duty %d", x.Duties[0])
		return
	}
	p.Pair(2, 5, id, "%s", x.Text)
}

func (o *standardOptions) object(std *standard.Standard) object {
	return object{
		{"reference", std.Reference},
		{"title", std.Title},
		{"level", std.Level},
		{"status", std.Status},
		{"caveat", standard.Caveat},
		{"source", standard.Source},
		{"licence", standard.Licence},
		{"duties", listOf(std.Duties, func(d standard.Duty) object {
			title := o.library.DutyTitle(std.Reference, d.Number)
			return object{{"number", d.Number}, {"title", title}, {"text", d.Text}, {"ksbs", d.KSBs}}
		})},
		{"ksbs", listOf(std.KSBs, func(x standard.KSB) object {
			title := o.library.Title(std.Reference, x.ID)
			return object{
				{"id", x.ID},
				{"kind", x.Kind.String()},
				{"title", title},
				{"text", x.Text},
				{"duties", x.Duties},
			}
		})},
	}
}

func newStandardList(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the standards that a profile can be on",
		Long:    "Lists the standards that are built in.",
		Example: "ksbcoach standard list",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return k.listStandards() },
	}
}

func countsObject(s *standard.Standard) object {
	return object{
		{"reference", s.Reference},
		{"title", s.Title},
		{"level", s.Level},
		{"status", s.Status},
		{"duties", len(s.Duties)},
		{"knowledge", s.Count(standard.Knowledge)},
		{"skills", s.Count(standard.Skill)},
		{"behaviours", s.Count(standard.Behaviour)},
		{"links", s.Links()},
	}
}

func countsWords(s *standard.Standard) string {
	return fmt.Sprintf("%s: %d duties, %d knowledge, %d skills, %d behaviours, %d links", s.Heading(), len(s.Duties),
		s.Count(standard.Knowledge), s.Count(standard.Skill), s.Count(standard.Behaviour), s.Links())
}

func (k *kit) listStandards() error {
	all := listOf(k.library.References(), k.library.Standard)
	return k.answer(object{{"standards", listOf(all, countsObject)}}, func(p *page) {
		for _, s := range all {
			p.Para(0, "%s", countsWords(s))
		}
		i := slices.IndexFunc(all, func(s *standard.Standard) bool { return s.Reference == library.Default })
		p.next("ksbcoach standard show %s", all[max(i, 0)].Reference)
	})
}
