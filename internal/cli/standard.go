package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newStandard(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "standard", Short: "Show the standard, its coaching and its facts",
		Long: "Shows the duties and KSBs of the standard word for word, what good looks like, and the dated facts " +
			"behind them. On its own, the command shows the standard.",
		Example: "ksbcoach standard coach K7", RunE: k.showStandard,
	}, &cobra.Command{
		Use: "show [REFERENCE]", Short: "Show a standard as it was published",
		Long:    "Shows every duty with its KSBs, and every KSB in its published wording.",
		Example: "ksbcoach standard show --json", RunE: k.showStandard,
	}, &cobra.Command{
		Use: "list", Short: "List the standards that a profile can be on",
		Long:    "Lists the standards that are built in.",
		Example: "ksbcoach standard list", RunE: func(*cobra.Command, []string) error { return k.listStandards() },
	}, &cobra.Command{
		Use: "check FILE", Short: "Read a standard from a file and say what is in it",
		Long: "Reads the text of a standard as its page gives it when copied, or our TOML form of it, and says how " +
			"many duties and KSBs it has, or which line cannot be read.",
		Example: "ksbcoach standard check my-standard.txt",
		RunE:    func(_ *cobra.Command, args []string) error { return k.checkStandard(args[0]) },
	}, newStandardCoach(k), newStandardFacts(k), newStandardExport(k))
}

// standardNamed is the standard with the reference in args, or the default one if args is empty.
func (k *kit) standardNamed(args []string) (*standard.Standard, error) {
	if len(args) == 0 {
		return k.library.Standard(library.Default), nil
	}
	ref := strings.ToUpper(args[0])
	if std := k.library.Standard(ref); std != nil {
		return std, nil
	}
	return nil, unknownStandard(ref)
}

func unknownStandard(ref string) error {
	says := fmt.Sprintf("the standard %q is not known here", safetext.Line(ref))
	return &usageError{says, "ksbcoach standard list shows those it has"}
}

func (k *kit) showStandard(_ *cobra.Command, args []string) error {
	std, err := k.standardNamed(args)
	if err != nil {
		return err
	}
	return k.answer(k.standardObject(std), func(p *page) {
		p.Para(0, "%s", std.Heading())
		p.Para(0, "Status at the source: %s (%s).", std.Status, standard.Caveat)
		for _, d := range std.Duties {
			p.Blank()
			p.Hang(fmt.Sprintf("Duty %d  ", d.Number), d.Text)
			for _, id := range d.KSBs {
				p.statement(std, d.Number, id)
			}
		}
		p.Blank()
		p.Para(0, "Source: %s, under the %s.", standard.Source, standard.Licence)
		p.next("ksbcoach standard coach %s says what good looks like", std.Walk()[0])
	})
}

// statement writes a KSB of a duty in full the first time, and after that names that duty: behaviours recur.
func (p *page) statement(std *standard.Standard, duty int, id string) {
	x, _ := std.KSB(id)
	if x.Duties[0] != duty {
		p.Pair(2, 5, id, "as in Duty %d", x.Duties[0])
		return
	}
	p.Pair(2, 5, id, "%s", x.Text)
}

func (k *kit) standardObject(std *standard.Standard) object {
	return object{
		"reference", std.Reference, "title", std.Title, "level", std.Level, "status", std.Status,
		"caveat", standard.Caveat, "source", standard.Source, "licence", standard.Licence,
		"duties", lists.Each(std.Duties, func(d standard.Duty) object {
			title := k.library.DutyTitle(std.Reference, d.Number)
			return object{"number", d.Number, "title", title, "text", d.Text, "ksbs", d.KSBs}
		}),
		"ksbs", lists.Each(std.KSBs, func(x standard.KSB) object {
			title := k.library.Title(std.Reference, x.ID)
			return object{"id", x.ID, "kind", x.Kind.String(), "title", title, "text", x.Text, "duties", x.Duties}
		}),
	}
}

func countsObject(s *standard.Standard) object {
	return object{
		"reference", s.Reference, "title", s.Title, "level", s.Level, "status", s.Status,
		"duties", len(s.Duties), "knowledge", s.Count(standard.Knowledge), "skills", s.Count(standard.Skill),
		"behaviours", s.Count(standard.Behaviour), "links", s.Links(),
	}
}

func countsWords(s *standard.Standard) string {
	return fmt.Sprintf("%s: %d duties, %d knowledge, %d skills, %d behaviours, %d links", s.Heading(), len(s.Duties),
		s.Count(standard.Knowledge), s.Count(standard.Skill), s.Count(standard.Behaviour), s.Links())
}

func (k *kit) listStandards() error {
	all := lists.Each(k.library.References(), k.library.Standard)
	return k.answer(object{"standards", lists.Each(all, countsObject)}, func(p *page) {
		for _, s := range all {
			p.Para(0, "%s", countsWords(s))
		}
		i := slices.IndexFunc(all, func(s *standard.Standard) bool { return s.Reference == library.Default })
		p.next("ksbcoach standard show %s", all[max(i, 0)].Reference)
	})
}

func (k *kit) checkStandard(path string) error {
	file, err := store.Load(store.OS(), path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return err
	}
	std, err := readStandard(file.Bytes())
	if err != nil {
		return withHint(fmt.Errorf("%s: %w", path, err), standardHint(err))
	}
	return k.answer(countsObject(std), func(p *page) {
		p.Para(0, "%s", countsWords(std))
		p.next("compare these numbers with the published page")
	})
}

// readStandard reads the text of a published page, or our TOML form of it. The first line tells which: a published page
// does not begin with a TOML key or comment.
func readStandard(src []byte) (*standard.Standard, error) {
	if !looksLikeTOML(string(src)) {
		return standard.ParsePublished(string(src))
	}
	// Check comes first: without its limits some texts make the TOML parser take gigabytes.
	if err := tomledit.Check(src, tomledit.ProfileLimits); err != nil {
		return nil, err
	}
	std, err := standard.Decode(string(src))
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return nil, &standard.LineError{
			Line: parse.Position.Line, Msg: parse.Message,
			Hint: "open the file in an editor and correct this line",
		}
	}
	return std, err
}

func looksLikeTOML(src string) bool {
	for line := range strings.Lines(strings.TrimPrefix(src, "\ufeff")) {
		line = strings.TrimSpace(line)
		if line != "" {
			return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "reference")
		}
	}
	return false
}

func standardHint(err error) string {
	var line *standard.LineError
	var edit *tomledit.Error
	switch {
	case errors.As(err, &line) && line.Hint != "":
		return line.Hint
	case errors.As(err, &edit) && edit.Hint != "":
		return edit.Hint
	}
	return "compare it with what ksbcoach standard show prints"
}

type standardExportOptions struct {
	*kit
	outputFlags
	format string
}

func newStandardExport(k *kit) *cobra.Command {
	o := &standardExportOptions{kit: k}
	cmd := &cobra.Command{
		Use: "export [REFERENCE] -o FILE", Short: "Write a standard as a file that another system loads",
		Long: "Writes the duties and KSBs of a standard so that the system of a training provider can load them in " +
			"one step: moodle is a competency framework as CSV, with the scale of levels and references from a KSB " +
			"to its other duties; dls is the bulk upload sheet of NHS Digital Learning Solutions. It holds nothing " +
			"about a learner. Without --format the ending of the file chooses. --json lists the systems, and writes " +
			"no file.",
		Example: "ksbcoach standard export --format moodle -o st0413.csv", RunE: o.run,
	}
	o.flags(cmd)
	f := cmd.Flags()
	f.Lookup("output").Usage = "the `FILE` to write"
	systems := lists.Each(export.Systems, func(x export.System) string { return x.Word })
	f.Var(wordFlag(&o.format, systems), "format", "the system that is to load it: "+words.Either(systems))
	return cmd
}

func (o *standardExportOptions) run(cmd *cobra.Command, args []string) error {
	std, err := o.standardNamed(args)
	switch {
	case err != nil:
		return err
	case o.asJSON():
		systems := lists.Each(export.Systems, func(x export.System) object {
			return object{"word", x.Word, "name", x.Name, "ending", x.Ending, "says", x.Says}
		})
		return o.writeJSON(append(countsObject(std), "systems", systems))
	case o.into == "":
		return misused(cmd, "-o is missing: name the file to write")
	}
	i := slices.IndexFunc(export.Systems, func(x export.System) bool {
		return x.Word == o.format || o.format == "" && strings.EqualFold(filepath.Ext(o.into), x.Ending)
	})
	if i < 0 {
		return noFormat(cmd, o.into)
	}
	return o.writeFor(export.Systems[i], std)
}

func (o *standardExportOptions) writeFor(system export.System, std *standard.Standard) error {
	data, err := system.Write(export.Framework{
		Standard: std, Scale: o.library.Scale(),
		Title:     func(ksb string) string { return o.library.Title(std.Reference, ksb) },
		DutyTitle: func(duty int) string { return o.library.DutyTitle(std.Reference, duty) },
	})
	if err != nil {
		return err
	}
	own, _ := o.sessionOptions() // if there is no place for a profile, there is none to protect
	if err := o.writeFile(own.Path, o.into, data, o.force); err != nil {
		return err
	}
	p := o.page()
	p.path("written to", o.into)
	p.Para(0, "%s: %s", system.Name, countsWords(std))
	p.Para(0, "%s", system.Says)
	return nil
}
