package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

type standardExportOptions struct {
	*kit
	outputFlags
	format string
}

func newStandardExport(k *kit) *cobra.Command {
	o := &standardExportOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "export [REFERENCE] -o FILE",
		Short: "Write a standard as a file that another system loads",
		Long: "Writes the duties and KSBs of a standard for a system of a training provider, so that it is loaded in one step: " +
			"moodle is a competency framework as CSV, with the scale of levels and references from a KSB to its other duties; dls is " +
			"the bulk upload sheet of NHS Digital Learning Solutions. Nothing of a learner is in it. Without --format the ending " +
			"of the file chooses. --json lists the systems, and writes no file.",
		Example: "ksbcoach standard export --format moodle -o st0413.csv",
		Args:    atMost(1),
		RunE:    o.run,
	}
	o.flags(cmd)
	f := cmd.Flags()
	f.Lookup("output").Usage = "the `FILE` to write"
	f.Var(wordFlag(&o.format, listOf(export.Systems, func(x export.System) string { return x.Word })), "format",
		"the system that is to load it")
	return cmd
}

func (o *standardExportOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	ref := library.Default
	if len(args) > 0 {
		ref = strings.ToUpper(args[0])
	}
	std := o.library.Standard(ref)
	switch {
	case std == nil:
		return unknownStandard(ref)
	case o.asJSON():
		return o.writeJSON(append(countsObject(std), object{{"systems", listOf(export.Systems, func(x export.System) object {
			return object{{"word", x.Word}, {"name", x.Name}, {"ending", x.Ending}, {"says", x.Says}}
		})}}...))
	case o.into == "":
		return misused(cmd, "-o is missing: name the file to write")
	}
	i := slices.IndexFunc(export.Systems, func(x export.System) bool {
		return x.Word == o.format || o.format == "" && strings.EqualFold(filepath.Ext(o.into), x.Ending)
	})
	if i < 0 {
		return misused(cmd, "-o %s ends in nothing that is known: say --format", safetext.Quote(o.into))
	}
	return o.write(export.Systems[i], std)
}

func (o *standardExportOptions) write(system export.System, std *standard.Standard) error {
	data, err := system.Write(export.Framework{
		Standard: std, Scale: o.library.Scale(),
		Title:     func(ksb string) string { return o.library.Title(std.Reference, ksb) },
		DutyTitle: func(duty int) string { return o.library.DutyTitle(std.Reference, duty) },
	})
	if err == nil {
		own, _ := o.sessionOptions() // without a place for a profile there is none to be spared
		err = o.writeBeside(own.Path, o.into, data, o.force)
	}
	if err != nil {
		return err
	}
	p := o.page()
	p.path("written to", o.into)
	p.Para(0, "%s: %s", system.Name, countsWords(std))
	p.Para(0, "%s", system.Says)
	return nil
}
