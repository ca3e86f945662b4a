package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	forms "github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type sheetShowOptions struct {
	*kit
}

func newSheetShow(k *kit) *cobra.Command {
	o := &sheetShowOptions{kit: k}
	return &cobra.Command{
		Use:   "show FILE",
		Short: "Show what is filled in on a sheet",
		Long: "Shows whom a sheet is for, who rated, and the levels and notes that are filled in. It needs no " +
			"profile and changes nothing. Lines that cannot be read are all named, so it is also the check of a " +
			"sheet that was filled in by hand.",
		Example: "ksbcoach sheet show sheet.toml",
		Args:    takes("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
}

func (o *sheetShowOptions) run(path string) error {
	sheet, err := session.LoadSheet(store.OS(), path, o.library.Standard, calendar.Date{})
	var faults file.Faults
	switch {
	case errors.As(err, &faults) && len(faults) > 1 && !o.asJSON():
		return o.faults(path, faults)
	case err != nil:
		return err
	case o.asJSON():
		return o.writeSheet(sheet)
	}
	p := o.page()
	p.Pair(0, labelWidth, "sheet for", "%s, %s", sheet.Learner.Name.Line(), sheet.Standard)
	p.Pair(0, labelWidth, "rated by", "%s", sheetBy(sheet))
	p.Pair(0, labelWidth, "filled in", "%d of %s", sheet.Filled(), words.Count(len(sheet.Asked), "KSB", "KSBs"))
	r, _ := sheet.Open()
	for _, id := range sheet.Asked {
		x, rated := r.Ratings[profile.Mentor][id]
		if !rated {
			continue
		}
		p.Blank()
		p.Pair(0, 5, id, "%s: %s", o.library.Scale().Named(x.Level), o.library.Title(sheet.Standard, id))
		if !x.Note.Empty() {
			p.Para(5, "%s", x.Note.Line())
		}
	}
	switch form := forms.FormatFor("", path); {
	case sheet.Filled() == 0 && form.Elsewhere != "":
		p.next("%s", form.Elsewhere)
		return nil
	case sheet.Filled() == 0:
		p.next("the mentor fills it in: ksbcoach sheet fill %s", store.Argument(path))
		return nil
	}
	p.next("%s takes it in: ksbcoach sheet take %s", sheet.Learner.Name.Line(), store.Argument(path))
	return nil
}

// faults lists what has to be corrected in an editor.
func (o *sheetShowOptions) faults(path string, faults file.Faults) error {
	p := o.page()
	for _, x := range faults {
		place := fmt.Sprintf("line %d", x.Pos.Line)
		if x.Cell != "" {
			place = x.Place()
		}
		p.Para(0, "%s: %s", place, x.What())
		p.Para(2, "%s", x.Hint)
	}
	return &hinted{
		fmt.Errorf("%s: %d lines need correcting", path, len(faults)),
		"correct them in an editor, and show the sheet again",
	}
}

// sheetBy names the mentor and the day of a sheet, as far as it says.
func sheetBy(s profile.Profile) string {
	who := s.SheetMentor().Line()
	if who == "" {
		who = "nobody named yet"
	}
	if s.SheetDay().IsZero() {
		return who
	}
	return fmt.Sprintf("%s, on %s", who, s.SheetDay().Long())
}
