package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// outputFlags are -o and --force, for commands that can write into a file what they show. They are checked before the
// command runs.
type outputFlags struct {
	into  string
	force bool
}

func (f *outputFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&f.into, "output", "o", "", "write it into this `FILE`: "+export.Endings())
	cmd.Flags().BoolVar(&f.force, "force", false, "replace that file if it is there")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		switch {
		case cmd.Flags().Changed("output") && f.into == "":
			return misused(cmd, "-o: the name of the file is empty")
		case cmd.Flags().Changed("force") && f.into == "":
			return misused(cmd, "--force belongs to -o FILE")
		case cmd.Flags().Changed("json") && f.into != "":
			return misused(cmd, "-o and --json cannot be combined")
		}
		return nil
	}
}

// formatFlags are for a command that writes the same thing in several formats.
type formatFlags struct {
	outputFlags
	format string
}

func (f *formatFlags) flags(cmd *cobra.Command, formats []export.Format) {
	f.outputFlags.flags(cmd)
	cmd.Flags().Lookup("output").Usage = "write it into this `FILE`; without --format its ending chooses"
	known := lists.Each(formats, func(x export.Format) string { return x.Word })
	cmd.Flags().Var(wordFlag(&f.format, known), "format",
		words.Either(known)+"; if not given, the ending of FILE chooses; without FILE it is "+known[0])
}

// chosen is the format of --format, or the one for the ending of -o FILE. Unless the result is wanted as JSON, a format
// that a terminal cannot show needs a file or a folder.
func (f *formatFlags) chosen(cmd *cobra.Command, formats []export.Format, asJSON bool) (export.Format, error) {
	format, ok := export.ForReport(f.format, f.into)
	known := slices.ContainsFunc(formats, func(x export.Format) bool { return x.Word == format.Word })
	switch {
	case !ok || !known:
		return format, noFormat(cmd, f.into)
	case format.Folder && f.into == "" && !asJSON:
		return format, misused(cmd, "the format %s makes a folder of files: add -o FOLDER", format.Word)
	case format.Binary && f.into == "" && !asJSON:
		return format, misused(cmd, "the format %s goes into a file: add -o FILE", format.Word)
	}
	return format, nil
}

// noFormat refuses a file of which the ending does not say the format.
func noFormat(cmd *cobra.Command, path string) error {
	return misused(cmd, "-o %s: no format goes with the ending of this name; add --format", safetext.Quote(path))
}

// writeDoc writes a document to the file of -o, in the format for the ending of its name, and says so; content says
// what is in it.
func (k *kit) writeDoc(s *session.Session, f outputFlags, d doc.Doc, content, next string) error {
	k.guard(s.GuardDoc(f.into, d))
	data, err := export.ForFile(f.into).Write(d)
	if err != nil {
		return err
	}
	if err := k.writeFile(s.Path(), f.into, data, f.force); err != nil {
		return err
	}
	k.sayWritten(f.into, content, next)
	return nil
}

// sayWritten says where a file is, what is in it and what to do next.
func (k *kit) sayWritten(path, content, next string) {
	p := k.page()
	p.path("written to", path)
	p.paras(content)
	p.next("%s", next)
}

// writeFile writes a file to hand on. Not even --force lets it overwrite the profile.
func (k *kit) writeFile(profile, path string, data []byte, force bool) error {
	target, err := os.Stat(path)
	own, ownErr := os.Stat(profile)
	if err == nil && ownErr == nil && os.SameFile(target, own) {
		return withHint(fmt.Errorf("%s is your profile", path), "choose another name")
	}
	if err := session.HasFolder(path); err != nil {
		return err
	}
	if err := store.Write(store.OS(), path, data, force); err != nil {
		return err
	}
	k.changed = true
	return nil
}

// readSheet reads a rating sheet. See session.LoadSheet for what today does.
func (k *kit) readSheet(path string, today calendar.Date) (profile.Profile, error) {
	sheet, err := session.LoadSheet(store.OS(), path, k.library.Standard, today)
	var faults file.Faults
	if errors.As(err, &faults) && len(faults) > 1 {
		return sheet, withHint(err,
			fmt.Sprintf("%s; ksbcoach sheet show %s lists %d more", hintOf(err), store.Argument(path), len(faults)-1))
	}
	return sheet, err
}

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
			"A mentor gets everything except what you still have to prove; a training provider gets no questions; a " +
			"line manager gets no single levels, gaps, differences or evidence, but the chances in full. Your " +
			"private notes, your reflections and the notes on ratings and goals are in it only if --include names " +
			"them. With --redacted it holds codes, levels and dates only: no names, and nothing that anybody " +
			"typed.\n\n--format ics writes only the dates of reviews and actions, with reminders, for a calendar. " +
			handout.DatesTaken + " A profile that has no id yet gets one then, so that the calendar recognises the " +
			"dates when you import them again.",
		Example: "ksbcoach report --format md --for mentor -o report.md", RunE: o.run,
	}
	o.flags(cmd, export.Formats)
	f := cmd.Flags()
	f.Var(wordFlag(&o.For, handout.Audiences), "for",
		"who reads it: "+words.Either(handout.Audiences)+"; you yourself if not given")
	f.Var(partsFlag(&o.Include, handout.Parts), "include",
		"the private parts to include, divided by commas: "+strings.Join(handout.Parts, ", "))
	f.BoolVar(&o.Redacted, "redacted", false, "codes, levels and dates only")
	return cmd
}

func (o *reportOptions) run(cmd *cobra.Command, _ []string) error {
	if o.Redacted && len(o.Include) > 0 {
		return misused(cmd, "--redacted and --include cannot be combined")
	}
	format, err := o.chosen(cmd, export.Formats, o.asJSON())
	if err != nil {
		return err
	}
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeJSON(o.object(s, format))
	}
	if format.Dated() {
		s = o.withLearnerID(s) // the id of each event is made from it, so a calendar can tell when an event was moved
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
	o.sayWritten(o.into, o.Says(), "read it through before you hand it on")
	return nil
}

// writeAll writes the report: one file, or a folder of files.
func (o *reportOptions) writeAll(s *session.Session, format export.Format, files []export.File) error {
	if !format.Folder {
		return o.writeFile(s.Path(), o.into, files[0].Data, o.force)
	}
	if err := session.HasFolder(o.into); err != nil {
		return err
	}
	err := s.WriteFolder(o.into, files, o.force)
	o.changed = err == nil
	return err
}

// print writes the report to standard output. A script gets nothing else there, so that it can pipe the report on.
func (o *reportOptions) print(s *session.Session, format export.Format) error {
	p := o.page()
	if format.Word == export.Formats[0].Word { // plain text, as wide as the terminal
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
	if p.onTerminal {
		p.next("ksbcoach report --format %s -o FILE writes it to hand on", format.Word)
	}
	return nil
}

// object describes the report, and has it as plain text.
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
