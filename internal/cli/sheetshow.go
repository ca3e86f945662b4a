package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
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
		Long: "Shows whom a sheet is for, who rated, and the levels and notes that are filled in. It needs no profile and changes nothing. " +
			"Lines that cannot be read are all named, so it is also the check of a sheet that was filled in by hand.",
		Example: "ksbcoach sheet show sheet.toml",
		Args:    takes("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
}

type sheetRowJSON struct {
	KSB   string        `json:"ksb"`
	Title string        `json:"title"`
	Level *level.Level  `json:"level"`
	Note  safetext.Text `json:"note"`
}

func (o *sheetShowOptions) run(path string) error {
	file, err := store.Load(store.OS(), path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return err
	}
	sheet, err := appraisal.ReadSheet(file.Bytes(), o.library.Standard)
	var faults appraisal.SheetFaults
	switch {
	case errors.As(err, &faults) && len(faults) > 1 && !o.asJSON():
		return o.faults(path, faults)
	case err != nil:
		return session.SheetFault(path, err)
	}
	if o.asJSON() {
		return o.writeSheet(sheet)
	}
	p := o.page()
	p.Pair(0, labelWidth, "sheet for", "%s, %s", sheet.Learner.Line(), sheet.Standard)
	p.Pair(0, labelWidth, "rated by", "%s", sheetBy(sheet))
	p.Pair(0, labelWidth, "filled in", "%d of %s", sheet.Filled(), words.Count(len(sheet.Rows), "KSB", "KSBs"))
	for _, r := range sheet.Rows {
		if !r.Rated {
			continue
		}
		p.Blank()
		p.Pair(0, 5, r.KSB, "%s: %s", levelWords(o.library.Scale(), r.Level), o.library.Title(sheet.Standard, r.KSB))
		if !r.Note.Empty() {
			p.Para(5, "%s", r.Note.Line())
		}
	}
	if sheet.Filled() == 0 {
		p.next("the mentor fills it in: ksbcoach sheet fill %q", path)
		return nil
	}
	p.next("%s takes it in: ksbcoach sheet take %q", sheet.Learner.Line(), path)
	return nil
}

// writeSheet tells what is on a sheet as JSON, for whoever shows, makes or fills one.
func (k *kit) writeSheet(sheet appraisal.Sheet) error {
	return k.writeJSON(struct {
		ID        string         `json:"id"`
		Standard  string         `json:"standard"`
		Learner   safetext.Text  `json:"learner"`
		LearnerID *string        `json:"learner_id"`
		Made      *calendar.Date `json:"made"`
		By        safetext.Text  `json:"by"`
		On        *calendar.Date `json:"on"`
		Filled    int            `json:"filled"`
		Total     int            `json:"total"`
		Ratings   []sheetRowJSON `json:"ratings"`
	}{
		sheet.ID, sheet.Standard, sheet.Learner, known(sheet.LearnerID, sheet.LearnerID != ""), knownDate(sheet.Made), sheet.By, knownDate(sheet.On),
		sheet.Filled(), len(sheet.Rows), listOf(sheet.Rows, func(r appraisal.SheetRow) sheetRowJSON {
			return sheetRowJSON{r.KSB, k.library.Title(sheet.Standard, r.KSB), known(r.Level, r.Rated), r.Note}
		}),
	})
}

// faults lists what is to be corrected, for whoever has the sheet in an editor.
func (o *sheetShowOptions) faults(path string, faults appraisal.SheetFaults) error {
	p := o.page()
	for _, x := range faults {
		msg := x.Msg
		if x.Key != "" && !strings.HasPrefix(msg, x.Key) {
			msg = x.Key + ": " + msg
		}
		p.Para(0, "line %d: %s", x.Pos.Line, msg)
		p.Para(2, "%s", x.Hint)
	}
	return &hinted{fmt.Errorf("%s: %d lines need correcting", path, len(faults)), "correct them in an editor, and show the sheet again"}
}

// sheetBy is who rated and when, as far as the sheet says.
func sheetBy(s appraisal.Sheet) string {
	who := s.By.Line()
	if s.By.Empty() {
		who = "nobody named yet"
	}
	if s.On.IsZero() {
		return who
	}
	return fmt.Sprintf("%s, on %s", who, s.On.Long())
}
