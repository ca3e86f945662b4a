package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// readSheet reads a sheet; it needs no profile.
func (k *kit) readSheet(path string) (*store.File, appraisal.Sheet, error) {
	return session.LoadSheet(store.OS(), path, k.library.Standard)
}

type sheetFillOptions struct {
	*kit
	note, by string
	ascii    bool
}

func newSheetFill(k *kit) *cobra.Command {
	o := &sheetFillOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "fill FILE [KSB LEVEL|clear]",
		Short: "Fill in a learner's sheet, as the mentor",
		Long: "For the mentor: opens a sheet on the full screen, to rate what you have seen. Each rating is saved in the sheet at once. It needs " +
			"no profile and shows nothing of the learner's own ratings.\n\n" +
			"With a KSB and a level, from 0 to 4 or none for no opportunity, that one rating is filled in and nothing opened. Your name is " +
			"needed once; a sheet has one mentor. With clear in place of the level the rating is taken off again, with its note.",
		Example: "ksbcoach sheet fill sheet.toml",
		Args:    atMost(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return o.onScreen(cmd, args[0])
			}
			if err := takes("FILE", "KSB", "LEVEL")(cmd, args); err != nil {
				return err
			}
			return o.run(cmd, args)
		},
	}
	cmd.Flags().StringVar(&o.note, "note", "", "what you saw; goes with a KSB")
	cmd.Flags().StringVar(&o.by, "by", "", "your `NAME`")
	cmd.Flags().BoolVar(&o.ascii, "ascii", false, "draw with plain ASCII characters only")
	return cmd
}

// onScreen opens a sheet on the full screen. What is rated there is kept in a record of its own in a temporary place, and
// every save of that writes the sheet.
func (o *sheetFillOptions) onScreen(cmd *cobra.Command, path string) error {
	if cmd.Flags().Changed("note") {
		return misused(cmd, "--note goes with a KSB and a level")
	}
	if o.asJSON() {
		return misused(cmd, "--json goes with a KSB and a level")
	}
	file, sheet, err := o.readSheet(path)
	switch {
	case err != nil:
		return err
	case len(sheet.Rows) == 0:
		return &hinted{fmt.Errorf("%s asks for no KSB", path), "have the sheet sent again"}
	}
	if err := o.needScreen("ksbcoach sheet fill FILE KSB LEVEL fills in one rating"); err != nil {
		return err
	}
	if sheet.By, err = o.rater(sheet); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ksbcoach-sheet-")
	if err != nil {
		return &hinted{err, "make room in the folder for temporary files, or set TMPDIR to another"}
	}
	defer func() { _ = os.RemoveAll(dir) }() // the system clears that folder too
	filling := &sheetFilling{kit: o.kit, path: path, opened: sheet, file: file, src: file.Bytes()}
	err = o.sheetScreen(session.Options{
		Path: filepath.Join(dir, "sheet.toml"), Places: store.Places{State: filepath.Join(dir, "state"), Config: filepath.Join(dir, "config")},
		Ops: store.OS(), Library: o.library, Now: o.env.Now, Today: o.asOf, Random: o.env.Random, Also: filling.save,
	}, path, sheet, o.ascii)
	if err != nil {
		return err
	}
	if _, sheet, err = o.readSheet(path); err != nil {
		return err
	}
	p := o.page()
	p.Para(0, "%d of %d rated on this sheet", sheet.Filled(), len(sheet.Rows))
	o.nextOnSheet(p, path, sheet)
	return nil
}

// A sheetFilling is a sheet that is filled on the screen.
type sheetFilling struct {
	*kit
	path   string
	opened appraisal.Sheet // what it said before
	file   *store.File
	src    []byte               // its text without what is rated here
	wrote  []appraisal.SheetRow // what the last save put into it
}

// save writes what stands on the screen into the sheet. Whoever has changed the file meanwhile keeps every row that was not
// touched here.
func (f *sheetFilling) save(p profile.Profile) error {
	is := f.opened.From(p)
	rows := changedRows(f.opened, is)
	for {
		src := f.src
		if len(rows) > 0 || is.By != f.opened.By {
			var err error
			if src, err = appraisal.FillSheet(f.src, f.library.Standard, is.By, f.today(), rows); err != nil {
				return session.SheetFault(f.path, err)
			}
		}
		err := f.file.Save(src)
		if err == nil {
			f.wrote = rows
		}
		if !errors.Is(err, store.ErrChanged) {
			return err
		}
		if err := f.again(); err != nil {
			return err
		}
	}
}

// again reads the sheet that somebody else has changed. What was saved from here and still stands in it is taken back to
// what the sheet said before.
func (f *sheetFilling) again() error {
	file, sheet, err := f.readSheet(f.path)
	if err != nil {
		return err
	}
	src := file.Bytes()
	for _, row := range f.wrote {
		if is, ok := sheetRow(sheet, row.KSB); !ok || !is.Rated || is != row {
			continue
		}
		if was, _ := sheetRow(f.opened, row.KSB); was.Rated {
			src, err = appraisal.FillSheet(src, f.library.Standard, safetext.Text{}, calendar.Date{}, []appraisal.SheetRow{was})
		} else {
			src, err = appraisal.ClearSheet(src, f.library.Standard, row.KSB)
		}
		if err != nil {
			return session.SheetFault(f.path, err)
		}
	}
	f.file, f.src = file, src
	return nil
}

// changedRows are those that were rated here.
func changedRows(was, is appraisal.Sheet) []appraisal.SheetRow {
	var out []appraisal.SheetRow
	for i, r := range is.Rows {
		if r != was.Rows[i] {
			out = append(out, r)
		}
	}
	return out
}

// rater is who rates: who is named now, else who stands on the sheet. What is rated under one name never goes to another.
func (o *sheetFillOptions) rater(sheet appraisal.Sheet) (safetext.Text, error) {
	by := text(o.by)
	switch {
	case appraisal.IsBlankName(by):
		return by, &usageError{"--by: that is no name yet", "write your own name there"}
	case by.Empty():
		return sheet.By, nil
	case profile.MayRate(by) != nil:
		return by, profile.MayRate(by)
	case sheet.Filled() == 0 || sheet.By.Empty() || profile.SameName(by, sheet.By):
		return by, nil
	}
	return by, &hinted{
		fmt.Errorf("%s rated on this sheet, and a sheet has one mentor", sheet.By.Line()),
		"have a sheet of your own made; if it is only the name that is wrong, correct the line by = in the file",
	}
}

// clearWord is what stands in place of a level to take a rating off.
const clearWord = "clear"

func (o *sheetFillOptions) run(cmd *cobra.Command, args []string) error {
	off := strings.ToLower(args[2]) == clearWord
	l, err := level.Typed(args[2])
	switch {
	case off && cmd.Flags().Changed("note"):
		return misused(cmd, "--note goes with a level")
	case !off && err != nil:
		return misused(cmd, "%q is no level: %v; clear takes a rating off", args[2], err)
	}
	file, sheet, err := o.readSheet(args[0])
	if err != nil {
		return err
	}
	by, err := o.rater(sheet)
	if err != nil {
		return err
	}
	if by.Empty() && !off {
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
	if off {
		return o.clear(args[0], file, x.ID)
	}
	noted := !row.Note.Empty() && !cmd.Flags().Changed("note")
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
	o.changed = true
	return o.say(args[0], x.ID, l, noted)
}

// clear takes a rating off the sheet.
func (o *sheetFillOptions) clear(path string, file *store.File, id string) error {
	src, err := appraisal.ClearSheet(file.Bytes(), o.library.Standard, id)
	if err != nil {
		return err
	}
	if err := file.Save(src); err != nil {
		return err
	}
	o.changed = true
	_, sheet, err := o.readSheet(path)
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeSheet(sheet)
	}
	p := o.page()
	p.Para(0, "the rating of %s is off the sheet", id)
	p.Para(0, "%d of %d rated on this sheet", sheet.Filled(), len(sheet.Rows))
	o.nextOnSheet(p, path, sheet)
	return nil
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

// say tells what was rated; noted says that the note of before stays.
func (o *sheetFillOptions) say(path, id string, l level.Level, noted bool) error {
	_, sheet, err := o.readSheet(path)
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeSheet(sheet)
	}
	k, _ := o.library.Standard(sheet.Standard).KSB(id)
	scale := o.library.Scale()
	p := o.page()
	p.Para(0, "%s rated %s: %s", id, ratedBy(scale, l, profile.Mentor, sheet.By), scale.Seen(l, k.Kind))
	if row, _ := sheetRow(sheet, id); noted {
		p.Para(0, "its note stays: %s", row.Note.Line())
	}
	p.Para(0, "%d of %d rated on this sheet", sheet.Filled(), len(sheet.Rows))
	o.nextOnSheet(p, path, sheet)
	return nil
}

// nextOnSheet leads on to what is not rated yet. A sheet need not be full: what the mentor has not seen stays out.
func (k *kit) nextOnSheet(p *page, path string, sheet appraisal.Sheet) {
	if sheet.Filled() == 0 {
		p.next("ksbcoach sheet fill %q begins again; with nothing rated there is nothing to send back yet", path)
		return
	}
	for _, r := range sheet.Rows {
		if !r.Rated {
			p.next("send it back to %s; what you have not seen may stay empty. ksbcoach sheet fill %q goes on with the rest", sheet.Learner.Line(), path)
			return
		}
	}
	p.next("the sheet is full: send it back to %s", sheet.Learner.Line())
}
