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
	return alone(group(&cobra.Command{
		Use:   "standard",
		Short: "Show the standard, its coaching and its facts",
		Long: "Shows the duties and KSBs of the standard letter for letter, what good looks like, and the dated facts behind them. " +
			"Without a further word it shows the standard.",
		Example: "ksbcoach standard coach K7",
	}, newStandardShow(k), newStandardList(k), newStandardCheck(k), newStandardCoach(k), newStandardFacts(k)), func() error { return show.run(library.Default) })
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

type standardJSON struct {
	Reference string      `json:"reference"`
	Title     string      `json:"title"`
	Level     int         `json:"level"`
	Status    string      `json:"status"`
	Caveat    string      `json:"caveat"`
	Source    string      `json:"source"`
	Licence   string      `json:"licence"`
	Duties    []dutyText  `json:"duties"`
	KSBs      []statement `json:"ksbs"`
}

type dutyText struct {
	Number int      `json:"number"`
	Title  string   `json:"title"`
	Text   string   `json:"text"`
	KSBs   []string `json:"ksbs"`
}

type statement struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Duties []int  `json:"duties"`
}

// unknownStandard refuses the reference of a standard that is not built in.
func unknownStandard(ref string) error {
	return &usageError{fmt.Sprintf("the standard %q is not known here", safetext.Line(ref)), "ksbcoach standard list shows those it has"}
}

func (o *standardOptions) run(ref string) error {
	std := o.library.Standard(ref)
	if std == nil {
		return unknownStandard(ref)
	}
	return o.answer(o.object(std), func(p *page) {
		p.Para(0, "%s %s, level %d", std.Reference, std.Title, std.Level)
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

func (o *standardOptions) object(std *standard.Standard) standardJSON {
	return standardJSON{
		Reference: std.Reference, Title: std.Title, Level: std.Level, Status: std.Status, Caveat: standard.Caveat,
		Source: standard.Source, Licence: standard.Licence,
		Duties: listOf(std.Duties, func(d standard.Duty) dutyText {
			return dutyText{d.Number, o.library.DutyTitle(std.Reference, d.Number), d.Text, list(d.KSBs)}
		}),
		KSBs: listOf(std.KSBs, func(x standard.KSB) statement {
			return statement{x.ID, x.Kind.String(), o.library.Title(std.Reference, x.ID), x.Text, list(x.Duties)}
		}),
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

type standardCounts struct {
	Reference  string `json:"reference"`
	Title      string `json:"title"`
	Level      int    `json:"level"`
	Status     string `json:"status"`
	Duties     int    `json:"duties"`
	Knowledge  int    `json:"knowledge"`
	Skills     int    `json:"skills"`
	Behaviours int    `json:"behaviours"`
	Links      int    `json:"links"`
}

func countStandard(s *standard.Standard) standardCounts {
	return standardCounts{
		s.Reference, s.Title, s.Level, s.Status, len(s.Duties),
		s.Count(standard.Knowledge), s.Count(standard.Skill), s.Count(standard.Behaviour), s.Links(),
	}
}

// String is the counts in words.
func (c standardCounts) String() string {
	return fmt.Sprintf("%s %s, level %d: %d duties, %d knowledge, %d skills, %d behaviours, %d links",
		c.Reference, c.Title, c.Level, c.Duties, c.Knowledge, c.Skills, c.Behaviours, c.Links)
}

func (k *kit) listStandards() error {
	counts := listOf(k.library.References(), func(ref string) standardCounts { return countStandard(k.library.Standard(ref)) })
	return k.answer(map[string][]standardCounts{"standards": counts}, func(p *page) {
		for _, c := range counts {
			p.Para(0, "%s", c)
		}
		i := slices.IndexFunc(counts, func(c standardCounts) bool { return c.Reference == library.Default })
		p.next("ksbcoach standard show %s", counts[max(i, 0)].Reference)
	})
}
