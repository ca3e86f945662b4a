package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newSheet(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:   "sheet",
		Short: "Have a mentor elsewhere rate, by a file",
		Long: "Makes a rating sheet without any rating of yours, for a mentor who works elsewhere. They fill it with " +
			"their own ksbcoach, in a browser, in Excel or in any editor and send it back; you take it in and compare.",
		Example: "ksbcoach sheet make -o sheet.toml",
	}, newSheetMake(k), newSheetFill(k), newSheetShow(k), newSheetTake(k))
}

type sheetMakeOptions struct {
	*kit
	ksbs   []string
	file   string
	format string
	force  bool
}

func newSheetMake(k *kit) *cobra.Command {
	o := &sheetMakeOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "make -o FILE",
		Short: "Make a rating sheet for your mentor",
		Long: "Writes a rating sheet for all KSBs, or for some. It holds your name, and nothing that you said about " +
			"yourself. It also has an id that tells you from someone of the same name; an older profile without one " +
			"gets it now.\n\n" + sheetForms(),
		Example: "ksbcoach sheet make --ksb K7,S6,S7 -o sheet.html",
		Args:    takes(),
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.Var(codesFlag(&o.ksbs), "ksb", "only these; several are divided by commas")
	f.StringVarP(&o.file, "output", "o", "", "the `FILE` to write")
	f.Var(wordFlag(&o.format, listOf(sheet.Formats, func(x sheet.Format) string { return x.Word })), "format",
		"the form; the ending of FILE chooses if it is not given")
	f.BoolVar(&o.force, "force", false, "replace that file if it is there")
	return cmd
}

func (o *sheetMakeOptions) run(cmd *cobra.Command, _ []string) error {
	if o.file == "" {
		return misused(cmd, "-o is missing: name the file to write")
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	ksbs, err := ksbCodes(s.Standard(), o.ksbs)
	if err != nil {
		return err
	}
	s = o.identified(s)
	format := sheet.FormatFor(o.format, o.file)
	src, err := s.SheetOf(s.Profile(), format, ksbs)
	if err != nil {
		return err
	}
	o.guard(s.GuardFile(o.file)) // of what was typed it holds the learner's name alone
	if err := o.writeOut(s, o.file, src, o.force); err != nil {
		return err
	}
	made, err := o.readSheet(o.file, calendar.Date{})
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeSheet(made)
	}
	p := o.page()
	p.path("written to", o.file)
	p.Para(0, "%s to rate, none of your ratings in it", words.Count(len(made.Asked), "KSB", "KSBs"))
	if made.Learner.ID == "" {
		p.Para(0, "Your profile could not be written to just now, so the sheet has only your name. It works, but "+
			"cannot tell you from someone of the same name.")
	}
	p.next("send it to your mentor: %s; when it is back: ksbcoach sheet take %s", format.Next, store.Argument(o.file))
	return nil
}

// sheetForms says who takes which form.
func sheetForms() string {
	var out []string
	for _, f := range sheet.Formats {
		out = append(out, f.Word+", "+f.Name+": "+f.For)
	}
	return strings.Join(out, "\n")
}

// identified is the profile with an id for its learner. One without gets it now; where it cannot be written, since
// another ksbcoach has it open for instance, it is left without.
func (k *kit) identified(s *session.Session) *session.Session {
	o, err := k.sessionOptions()
	if err != nil || s.Profile().Learner.ID != "" {
		return s
	}
	o.Wait = lockWait
	w, err := session.Open(o)
	if err != nil {
		return s
	}
	defer w.Close()
	if w.ReadOnly() != nil || w.Identify() != nil || w.Save() != nil {
		return s
	}
	k.warn(w.Warning())
	k.note(w.Elsewhere())
	return w
}

func newSheetTake(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:   "take FILE",
		Short: "Take in a sheet that your mentor filled",
		Long: "Takes your mentor's ratings and notes from a sheet into the open round. A sheet for another learner " +
			"or another standard is refused. Ratings by other mentors are kept. Your own level changes only by what " +
			"you agree.",
		Example: "ksbcoach sheet take sheet.toml",
		Args:    takes("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return takeSheet(k, args[0]) },
	}
}

func takeSheet(k *kit, path string) error {
	sheet, err := k.readSheet(path, k.today())
	if err != nil {
		return err
	}
	var taken appraisal.Taken
	return k.edit(func(s *session.Session) error {
		taken, err = appraisal.TakeSheet(s.Profile(), sheet, s.Today())
		if err != nil || len(taken.New) == 0 {
			return err
		}
		return s.Do(taken.Batch)
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().Open()
		for _, l := range taken.Words(sheet, r.ID) {
			p.Para(0, "%s", l)
		}
		p.next("%s", "ksbcoach compare shows where you differ, when you sit together")
	})
}
