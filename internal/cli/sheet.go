package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newSheet(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "sheet", Short: "Let a mentor who works elsewhere rate you, in a file",
		Long: "Makes a rating sheet without any rating of yours, for a mentor who works elsewhere. They fill it in " +
			"with their own ksbcoach, a browser, Excel or any text editor and send it back; you take it in and " +
			"compare.",
		Example: "ksbcoach sheet make -o sheet.toml",
	}, newSheetMake(k), newSheetFill(k), &cobra.Command{
		Use: "show FILE", Short: "Show what is filled in on a sheet",
		Long: "Shows whom a sheet is for, who rated, and the levels and notes that are filled in. It needs no " +
			"profile and changes nothing. It names every line that cannot be read, so use it to check a sheet that " +
			"was filled in by hand.",
		Example: "ksbcoach sheet show sheet.toml",
		RunE:    func(_ *cobra.Command, args []string) error { return k.showSheet(args[0]) },
	}, &cobra.Command{
		Use: "take FILE", Short: "Take in a sheet that your mentor filled",
		Long: "Takes your mentor's ratings and notes from a sheet into the open round. A sheet for another learner " +
			"or another standard is refused. Ratings by other mentors are kept. Your own level changes only by what " +
			"you agree.",
		Example: "ksbcoach sheet take sheet.toml",
		RunE:    func(_ *cobra.Command, args []string) error { return k.takeSheet(args[0]) },
	})
}

type sheetMakeOptions struct {
	*kit
	ksbs         []string
	into, format string
	force        bool
}

func newSheetMake(k *kit) *cobra.Command {
	o := &sheetMakeOptions{kit: k}
	cmd := &cobra.Command{
		Use: "make -o FILE", Short: "Make a rating sheet for your mentor",
		Long: "Writes a rating sheet for all KSBs, or for some. It holds your name, and nothing that you said about " +
			"yourself. It also has an id that tells you from someone of the same name; an older profile without one " +
			"gets it now.\n\n" + strings.Join(lists.Each(sheet.Formats, formatLine), "\n\n"),
		Example: "ksbcoach sheet make --ksb K7,S6,S7 -o sheet.html", RunE: o.run,
	}
	f := cmd.Flags()
	f.Var(codesFlag(&o.ksbs), "ksb", "only these; several are divided by commas")
	f.StringVarP(&o.into, "output", "o", "", "the `FILE` to write")
	forms := lists.Each(sheet.Formats, func(x sheet.Format) string { return x.Word })
	f.Var(wordFlag(&o.format, forms), "format", words.Either(forms)+"; if not given, the ending of FILE chooses")
	f.BoolVar(&o.force, "force", false, "replace that file if it is there")
	return cmd
}

func (o *sheetMakeOptions) run(cmd *cobra.Command, _ []string) error {
	if o.into == "" {
		return misused(cmd, "-o is missing: name the file to write")
	}
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	ksbs, err := ksbCodes(s.Standard(), o.ksbs)
	if err != nil {
		return err
	}
	s = o.withLearnerID(s)
	format := sheet.FormatFor(o.format, o.into)
	src, err := s.SheetOf(s.Profile(), format, ksbs)
	if err != nil {
		return err
	}
	o.guard(s.GuardFile(o.into)) // the name of the file is enough: the sheet holds no typed text but the learner's name
	if err := o.writeFile(s.Path(), o.into, src, o.force); err != nil {
		return err
	}
	made, err := o.readSheet(o.into, calendar.Date{})
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeSheet(made)
	}
	p := o.page()
	p.path("written to", o.into)
	p.Para(0, "%s to rate, none of your ratings in it", words.Count(len(made.Asked), "KSB", "KSBs"))
	if made.Learner.ID == "" {
		p.Para(0, "Your profile could not be written to just now, so the sheet has only your name. It works, but "+
			"cannot tell you from someone of the same name.")
	}
	p.next("send it to your mentor: %s; when it is back: ksbcoach sheet take %s", format.Next, store.Argument(o.into))
	return nil
}

// formatLine says which mentor a format of the sheet is for.
func formatLine(f sheet.Format) string { return f.Word + ", " + f.Name + ": " + f.For }

// withLearnerID is the profile with an id for its learner. Older profiles have none and get one now, unless the file
// cannot be written, for instance because another ksbcoach has it open: then it is s as it was.
func (k *kit) withLearnerID(s *session.Session) *session.Session {
	o, err := k.sessionOptions()
	if err != nil || s.Profile().Learner.ID != "" {
		return s
	}
	o.Wait = lockWait
	writable, err := session.Open(o)
	if err != nil {
		return s
	}
	defer writable.Close()
	if writable.ReadOnly() != nil || writable.Identify() != nil || writable.Save() != nil {
		return s
	}
	k.warn(writable.Warning())
	k.note(writable.ChangedElsewhere())
	return writable
}

func (k *kit) takeSheet(path string) error {
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
		p.paras(taken.Words(sheet, r.ID)...)
		p.next("%s", "ksbcoach compare shows where you differ, when you sit together")
	})
}

type sheetFillOptions struct {
	*kit
	display
	note, by safetext.Text
}

func newSheetFill(k *kit) *cobra.Command {
	o := &sheetFillOptions{kit: k}
	cmd := &cobra.Command{
		Use: "fill FILE [KSB LEVEL|clear]", Short: "Fill in a learner's sheet, as the mentor",
		Long: "For the mentor: opens a sheet on the full screen, or with --lines line by line, to rate what you have " +
			"seen. Each rating is saved in the sheet at once. It needs no profile and shows nothing of the learner's " +
			"own ratings.\n\nWith a KSB and a level, from 0 to 4 or none for no opportunity, that one rating is " +
			"filled in and nothing opened. Your name is needed once; a sheet has one mentor. With clear instead of " +
			"the level, the rating is removed again, with its note.",
		Example: "ksbcoach sheet fill sheet.toml",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return o.onScreen(cmd, args[0])
			}
			if err := exactArgs("FILE", "KSB", "LEVEL")(cmd, args); err != nil {
				return err
			}
			return o.run(cmd, args)
		},
	}
	cmd.Flags().Var(textFlag(&o.note), "note", "what you saw; goes with a KSB")
	cmd.Flags().Var(textFlag(&o.by), "by", "your `NAME`; goes with a KSB")
	o.display.flags(cmd)
	return cmd
}

// onScreen opens a sheet on the full screen, or line by line: to both, a sheet is a kind of profile.
func (o *sheetFillOptions) onScreen(cmd *cobra.Command, path string) error {
	for _, flag := range []string{"note", "by"} {
		if cmd.Flags().Changed(flag) {
			return misused(cmd, "--%s goes with a KSB and a level", flag)
		}
	}
	if o.asJSON() {
		return misused(cmd, "--json goes with a KSB and a level")
	}
	if err := session.MayFill(store.OS(), path); err != nil {
		return err
	}
	if _, err := o.readSheet(path, calendar.Date{}); err != nil {
		return err
	}
	err := o.needScreen(o.display, "ksbcoach sheet fill FILE --lines works anywhere; with KSB LEVEL it fills in one "+
		"rating")
	if err != nil {
		return err
	}
	o.profilePath = path
	if err := o.open(o.display); err != nil {
		return err
	}
	sheet, err := o.readSheet(path, calendar.Date{})
	if err == nil {
		o.nextOnSheet(o.page(), path, sheet)
	}
	return err
}

// clearWord is given in place of a level to take a rating off.
const clearWord = "clear"

func (o *sheetFillOptions) run(cmd *cobra.Command, args []string) error {
	path, clears := args[0], strings.ToLower(args[2]) == clearWord
	l, err := level.Typed(args[2])
	switch {
	case clears && cmd.Flags().Changed("note"):
		return misused(cmd, "--note goes with a level")
	case !clears && err != nil:
		return misused(cmd, "%q is not a level: %v; clear takes a rating off", args[2], err)
	case profile.SameName(o.by, text(profile.BlankName)):
		return &usageError{"--by: that is not a name yet", "write your own name there"}
	}
	if err := session.MayFill(store.OS(), path); err != nil {
		return err
	}
	sheet, err := o.readSheet(path, calendar.Date{})
	if err != nil {
		return err
	}
	if o.by.Empty() && sheet.SheetMentor().Empty() && !clears {
		return misused(cmd, "--by is missing: the sheet does not say yet who rates")
	}
	o.profilePath = path
	return o.editKSB(args[1], func(s *session.Session, ksb standard.KSB) error {
		if clears {
			return s.Do(profile.Unrate{KSB: ksb.ID, Who: s.Profile().SheetMentor()})
		}
		return s.Do(profile.Rate{
			KSB: ksb.ID, By: profile.Mentor, Level: l, On: s.Today(), Note: given(cmd, "note", o.note), Who: o.by,
		})
	}, func(s *session.Session, p *page, ksb standard.KSB) {
		r, _ := s.Profile().Open()
		x := r.Ratings[profile.Mentor][ksb.ID]
		if clears {
			p.Para(0, "the rating of %s is removed from the sheet", ksb.ID)
		} else {
			scale := o.library.Scale()
			p.Para(0, "%s rated %s: %s", ksb.ID, ratedBy(scale, l, profile.Mentor, x.By), scale.Seen(l, ksb.Kind))
		}
		if !x.Note.Empty() && !cmd.Flags().Changed("note") {
			p.Para(0, "its note is kept: %s", x.Note.Line())
		}
		o.nextOnSheet(p, path, s.Profile())
	})
}

// nextOnSheet says how far the sheet is and what to do with it. It need not be full: a mentor leaves empty what they
// have not seen.
func (k *kit) nextOnSheet(p *page, path string, sheet profile.Profile) {
	p.Para(0, "%d of %d rated on this sheet", sheet.Filled(), len(sheet.Asked))
	switch sheet.Filled() {
	case 0:
		p.next("ksbcoach sheet fill %s begins again; with nothing rated there is nothing to send back yet",
			store.Argument(path))
	case len(sheet.Asked):
		p.next("the sheet is full: send it back to %s", sheet.Learner.Name.Line())
	default:
		p.next("send it back to %s; what you have not seen can be left empty. ksbcoach sheet fill %s goes on with "+
			"the rest", sheet.Learner.Name.Line(), store.Argument(path))
	}
}

func (k *kit) showSheet(path string) error {
	filled, err := session.LoadSheet(store.OS(), path, k.library.Standard, calendar.Date{})
	var faults file.Faults
	switch {
	case errors.As(err, &faults) && len(faults) > 1 && !k.asJSON():
		return k.sheetFaults(path, faults)
	case err != nil:
		return err
	case k.asJSON():
		return k.writeSheet(filled)
	}
	p := k.page()
	p.Pair(0, labelWidth, "sheet for", "%s, %s", filled.Learner.Name.Line(), filled.Standard)
	p.Pair(0, labelWidth, "rated by", "%s", cmp.Or(filled.SheetMentor().Line(), "nobody named yet")+
		words.After(", on ", filled.SheetDay().Long()))
	p.Pair(0, labelWidth, "filled in", "%d of %s", filled.Filled(), words.Count(len(filled.Asked), "KSB", "KSBs"))
	r, _ := filled.Open()
	for _, id := range filled.Asked {
		x, rated := r.Ratings[profile.Mentor][id]
		if !rated {
			continue
		}
		p.Blank()
		p.Pair(0, 5, id, "%s: %s", k.library.Scale().Named(x.Level), k.library.Title(filled.Standard, id))
		if !x.Note.Empty() {
			p.Para(5, "%s", x.Note.Line())
		}
	}
	switch form := sheet.FormatFor("", path); {
	case filled.Filled() == 0 && form.Elsewhere != "":
		p.next("%s", form.Elsewhere)
	case filled.Filled() == 0:
		p.next("the mentor fills it in: ksbcoach sheet fill %s", store.Argument(path))
	default:
		p.next("%s takes it in: ksbcoach sheet take %s", filled.Learner.Name.Line(), store.Argument(path))
	}
	return nil
}

// sheetFaults lists all faults of a sheet, so that they can be corrected in one go.
func (k *kit) sheetFaults(path string, faults file.Faults) error {
	p := k.page()
	for _, x := range faults {
		place := fmt.Sprintf("line %d", x.Pos.Line)
		if x.Cell != "" {
			place = x.Place()
		}
		p.Para(0, "%s: %s", place, x.What())
		p.Para(2, "%s", x.Hint)
	}
	return withHint(fmt.Errorf("%s: %d lines need correcting", path, len(faults)),
		"correct them in an editor, and show the sheet again")
}
