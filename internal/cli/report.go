package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type reportOptions struct {
	*kit
	formatFlags
	handout.Options
}

func newReport(k *kit) *cobra.Command {
	o := &reportOptions{kit: k, Options: handout.Options{For: handout.Audiences[0]}}
	cmd := &cobra.Command{
		Use: "report", Short: "Write everything there is to show into one paper",
		Long: "Puts where you are into one paper: a summary in plain words, the duties at a glance, progress, " +
			"strengths, gaps with reasons, differences, agreed levels and their age, goals and actions, evidence, " +
			"questions, chances to ask for, a place to sign, and what the figures mean.\n\n--for says who reads it. " +
			"A mentor gets all of it but what you still have to prove; a training provider no questions; a line " +
			"manager no single levels, gaps, differences or evidence, and the chances in full. Your private notes, " +
			"reflections and the notes beside ratings and goals are in it only where --include names them. " +
			"--redacted leaves codes, levels and dates: no name and no words that anybody typed.\n\n--format ics " +
			"leaves the reviews and the days of actions alone, with reminders, for a calendar. " +
			handout.DatesTaken + " An older profile without an id gets one then, so that a calendar knows its dates " +
			"again.",
		Example: "ksbcoach report --format md --for mentor -o report.md", RunE: o.run,
	}
	o.flags(cmd, export.Formats)
	f := cmd.Flags()
	f.Var(wordFlag(&o.For, handout.Audiences), "for", "who reads it; you yourself if not given")
	f.Var(partsFlag(&o.Include, handout.Parts), "include",
		"what is private and goes in all the same, divided by commas")
	f.BoolVar(&o.Redacted, "redacted", false, "codes, levels and dates only")
	return cmd
}

func (o *reportOptions) run(cmd *cobra.Command, _ []string) error {
	if o.Redacted && len(o.Include) > 0 {
		return misused(cmd, "--redacted and --include cannot be combined")
	}
	format, err := o.chosen(cmd, export.Formats, "is known", o.asJSON())
	if err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeJSON(o.object(s, format))
	}
	if format.Dated() {
		s = o.identified(s) // so that a calendar knows the dates again
	}
	o.guard(s.GuardReport(o.into, format, o.Options))
	if o.into == "" {
		return o.print(s, format)
	}
	files, err := format.Report(s.ReportMaterial(o.Options))
	if err != nil {
		return err
	}
	if err := o.writeAll(s, format, files); err != nil {
		return err
	}
	if format.Dated() {
		p := o.page()
		p.path("written to", o.into)
		p.paras(s.ReportMaterial(o.Options).Dates().Says(o.Options), handout.DatesTaken)
		return nil
	}
	o.wrote(o.into, o.Says(), "read it through before you hand it on")
	return nil
}

// writeAll writes the one file of a report, or the folder of them.
func (o *reportOptions) writeAll(s *session.Session, format export.Format, files []export.File) error {
	if !format.Folder {
		return o.kit.write(s.Path(), o.into, files[0].Data, o.force)
	}
	if err := session.HasFolder(o.into); err != nil {
		return err
	}
	err := s.WriteFolder(o.into, files, o.force)
	o.changed = err == nil
	return err
}

// print writes the report to standard output: alone, so that it can be sent on from there. Plain text is as wide as the
// terminal.
func (o *reportOptions) print(s *session.Session, format export.Format) error {
	p := o.page()
	if format.Word == export.Formats[0].Word {
		p.document(s.ReportDoc(o.Options))
	} else {
		files, err := format.Report(s.ReportMaterial(o.Options))
		if err != nil {
			return err
		}
		if _, err := o.out.Write(files[0].Data); err != nil {
			return err
		}
	}
	if p.reads {
		p.next("ksbcoach report --format %s -o FILE writes it to hand on", format.Word)
	}
	return nil
}

// object tells what the report would hold, and has it as plain text.
func (o *reportOptions) object(s *session.Session, format export.Format) object {
	d := s.ReportDoc(o.Options)
	return object{
		"as_of", s.Today(), "for", o.For, "format", format.Word,
		"formats", lists.Each(export.Formats, func(f export.Format) object {
			return object{"word", f.Word, "name", f.Name, "ending", f.Endings[0], "binary", f.Binary}
		}),
		"include", o.Include, "redacted", o.Redacted, "parts", d.Parts(),
		"text", string(export.Text(d, export.PlainWidth)), "words", o.Says(),
	}
}
