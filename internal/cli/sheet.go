package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

func newSheet(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:   "sheet",
		Short: "Have a mentor elsewhere rate, by a file",
		Long: "Makes a rating sheet without any rating of yours, for a mentor who sits somewhere else. They fill it with their own ksbcoach or " +
			"in any editor and send it back; you take it in and compare.",
		Example: "ksbcoach sheet make -o sheet.toml",
	}, newSheetMake(k), newSheetFill(k), newSheetTake(k))
}

type sheetMakeOptions struct {
	*kit
	ksbs  []string
	file  string
	force bool
}

func newSheetMake(k *kit) *cobra.Command {
	o := &sheetMakeOptions{kit: k}
	cmd := &cobra.Command{
		Use:     "make -o FILE",
		Short:   "Make a rating sheet for your mentor",
		Long:    "Writes a rating sheet for all KSBs, or for some. Your name is in it and nothing that you said of yourself.",
		Example: "ksbcoach sheet make --ksb K7,S6,S7 -o sheet.toml",
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.Var(codesFlag{&o.ksbs}, "ksb", "only these; several are divided by commas")
	f.StringVarP(&o.file, "output", "o", "", "the `FILE` to write")
	f.BoolVar(&o.force, "force", false, "replace that file if it is there")
	return cmd
}

func (o *sheetMakeOptions) run(cmd *cobra.Command) error {
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
	src, err := appraisal.MakeSheet(s.Profile(), s.Standard(), o.library.Scale(), o.titles(s), s.Today(), ksbs)
	if err != nil {
		return err
	}
	sheet, err := appraisal.ReadSheet(src, o.library.Standard)
	if err != nil {
		return err
	}
	if err := writeOut(s, o.file, src, o.force); err != nil {
		return err
	}
	p := o.page()
	p.path("written to", o.file)
	p.para(0, "%s to rate, none of your ratings in it", count(len(sheet.Rows), "KSB", "KSBs"))
	p.next("send it to your mentor; when it is back: ksbcoach sheet take %q", o.file)
	return nil
}

// readSheet reads a sheet; it needs no profile. A fault is said with the file and the line.
func (k *kit) readSheet(path string) (*store.File, appraisal.Sheet, error) {
	file, err := store.Load(store.OS(), path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return nil, appraisal.Sheet{}, err
	}
	sheet, err := appraisal.ReadSheet(file.Bytes(), k.library.Standard)
	if err != nil {
		var fault *tomledit.Error
		if errors.As(err, &fault) {
			return nil, sheet, &hinted{fmt.Errorf("%s: %w", path, err), cmp.Or(fault.Hint, "correct that line in an editor, or have the sheet sent again")}
		}
		return nil, sheet, &session.FileError{Path: path, Err: err}
	}
	return file, sheet, nil
}

type sheetFillOptions struct {
	*kit
	note, by string
}

func newSheetFill(k *kit) *cobra.Command {
	o := &sheetFillOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "fill FILE KSB LEVEL --by NAME",
		Short: "Rate one KSB on a learner's sheet, as the mentor",
		Long: "For the mentor: gives one KSB of a sheet a level from 0 to 4, or none for no opportunity. It needs no profile and shows nothing " +
			"of the learner's own ratings. The name is needed once.",
		Example: `ksbcoach sheet fill sheet.toml K7 2 --by "J. Ode" --note "prompted on the limits"`,
		Args:    takes("FILE", "KSB", "LEVEL"),
		RunE:    o.run,
	}
	cmd.Flags().StringVar(&o.note, "note", "", "what you saw")
	cmd.Flags().StringVar(&o.by, "by", "", "your `NAME`")
	return cmd
}

func (o *sheetFillOptions) run(cmd *cobra.Command, args []string) error {
	l, err := level.Parse(strings.ToLower(args[2]))
	if err != nil {
		return misused(cmd, "%q is no level: %v", args[2], err)
	}
	file, sheet, err := o.readSheet(args[0])
	if err != nil {
		return err
	}
	by := text(o.by)
	if by.Empty() {
		by = sheet.By
	}
	if by.Empty() {
		return misused(cmd, "--by is missing: the sheet does not say yet who rates")
	}
	x, err := ksbCode(o.library.Standard(sheet.Standard), args[1])
	if err != nil {
		return err
	}
	row, ok := sheetRow(sheet, x.ID)
	if !ok {
		return &hinted{fmt.Errorf("%s is not on this sheet", x.ID), "it has " + strings.Join(listOf(sheet.Rows, rowKSB), ", ")}
	}
	row.Rated, row.Level = true, l
	if cmd.Flags().Changed("note") {
		row.Note = text(o.note)
	}
	src, err := appraisal.FillSheet(file.Bytes(), o.library.Standard, by, o.today(), []appraisal.SheetRow{row})
	if err != nil {
		return err
	}
	if err := file.Save(src); err != nil {
		return err
	}
	return o.say(args[0], x.ID, l)
}

func rowKSB(r appraisal.SheetRow) string { return r.KSB }

func sheetRow(s appraisal.Sheet, id string) (appraisal.SheetRow, bool) {
	for _, r := range s.Rows {
		if r.KSB == id {
			return r, true
		}
	}
	return appraisal.SheetRow{}, false
}

func (o *sheetFillOptions) say(path, id string, l level.Level) error {
	_, sheet, err := o.readSheet(path)
	if err != nil {
		return err
	}
	k, _ := o.library.Standard(sheet.Standard).KSB(id)
	words := o.library.Scale().Words(l)
	what := words.Name
	if l != level.NoOpportunity {
		what = l.String() + " " + what
	}
	p := o.page()
	p.para(0, "%s rated %s by %s: %s", id, what, sheet.By.Line(), words.For(k.Kind))
	p.para(0, "%d of %d rated on this sheet", sheet.Filled(), len(sheet.Rows))
	for _, r := range sheet.Rows {
		if !r.Rated {
			p.next("ksbcoach sheet fill %q %s LEVEL (%s)", path, r.KSB, o.library.Title(sheet.Standard, r.KSB))
			return nil
		}
	}
	p.next("the sheet is full: send it back to %s", sheet.Learner.Line())
	return nil
}

func newSheetTake(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:   "take FILE",
		Short: "Take in a sheet that your mentor filled",
		Long: "Takes your mentor's ratings and notes from a sheet into the open round. A sheet for another learner or another standard is " +
			"refused. Your own level changes only by what you agree.",
		Example: "ksbcoach sheet take sheet.toml",
		Args:    takes("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return takeSheet(k, args[0]) },
	}
}

func takeSheet(k *kit, path string) error {
	_, sheet, err := k.readSheet(path)
	if err != nil {
		return err
	}
	return k.edit(func(s *session.Session) error {
		batch, err := appraisal.TakeSheet(s.Profile(), sheet, s.Today())
		if err != nil {
			return err
		}
		return s.Do(batch)
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().Open()
		p.para(0, "%s by %s taken into the round %s", count(sheet.Filled(), "rating", "ratings"), sheet.By.Line(), r.ID)
		p.next("%s", "ksbcoach compare shows where you differ, when you sit together")
	})
}
