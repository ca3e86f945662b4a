package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

type sheetFillOptions struct {
	*kit
	look
	note, by safetext.Text
	ksb      standard.KSB
}

func newSheetFill(k *kit) *cobra.Command {
	o := &sheetFillOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "fill FILE [KSB LEVEL|clear]",
		Short: "Fill in a learner's sheet, as the mentor",
		Long: "For the mentor: opens a sheet on the full screen, or with --lines line by line, to rate what you have " +
			"seen. Each rating is saved in the sheet at once. It needs no profile and shows nothing of the learner's own ratings.\n\n" +
			"With a KSB and a level, from 0 to 4 or none for no opportunity, that one rating is filled in and " +
			"nothing opened. Your name is needed once; a sheet has one mentor. With clear in place of the level the " +
			"rating is taken off again, with its note.",
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
	cmd.Flags().Var(textFlag(&o.note), "note", "what you saw; goes with a KSB")
	cmd.Flags().Var(textFlag(&o.by), "by", "your `NAME`; goes with a KSB")
	o.look.flags(cmd)
	return cmd
}

// onScreen opens a sheet on the full screen, as the profile that it is.
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
	if !o.lines && !o.dumb() {
		err := o.needScreen("ksbcoach sheet fill FILE --lines works anywhere; with KSB LEVEL it fills in one rating")
		if err != nil {
			return err
		}
	}
	o.file = path
	if err := o.open(o.look); err != nil {
		return err
	}
	sheet, err := o.readSheet(path, calendar.Date{})
	if err != nil {
		return err
	}
	o.nextOnSheet(o.page(), path, sheet)
	return nil
}

// clearWord is given in place of a level to take a rating off.
const clearWord = "clear"

func (o *sheetFillOptions) run(cmd *cobra.Command, args []string) error {
	path, off := args[0], strings.ToLower(args[2]) == clearWord
	l, err := level.Typed(args[2])
	switch {
	case off && cmd.Flags().Changed("note"):
		return misused(cmd, "--note goes with a level")
	case !off && err != nil:
		return misused(cmd, "%q is no level: %v; clear takes a rating off", args[2], err)
	case profile.SameName(o.by, text(profile.BlankName)):
		return &usageError{"--by: that is no name yet", "write your own name there"}
	}
	if err := session.MayFill(store.OS(), path); err != nil {
		return err
	}
	sheet, err := o.readSheet(path, calendar.Date{})
	if err != nil {
		return err
	}
	if o.by.Empty() && sheet.SheetMentor().Empty() && !off {
		return misused(cmd, "--by is missing: the sheet does not say yet who rates")
	}
	o.file = path
	return o.edit(func(s *session.Session) error {
		if o.ksb, err = ksbCode(s.Standard(), args[1]); err != nil {
			return err
		}
		if off {
			return s.Do(profile.Unrate{KSB: o.ksb.ID, Who: s.Profile().SheetMentor()})
		}
		return s.Do(profile.Rate{
			KSB: o.ksb.ID, By: profile.Mentor, Level: l, On: s.Today(),
			Note: given(cmd, "note", o.note), Who: o.by,
		})
	}, func(s *session.Session, p *page) {
		r, _ := s.Profile().Open()
		x := r.Ratings[profile.Mentor][o.ksb.ID]
		if off {
			p.Para(0, "the rating of %s is removed from the sheet", o.ksb.ID)
		} else {
			scale := o.library.Scale()
			p.Para(0, "%s rated %s: %s", o.ksb.ID, ratedBy(scale, l, profile.Mentor, x.By), scale.Seen(l, o.ksb.Kind))
		}
		if !x.Note.Empty() && !cmd.Flags().Changed("note") {
			p.Para(0, "its note is kept: %s", x.Note.Line())
		}
		o.nextOnSheet(p, path, s.Profile())
	})
}

// nextOnSheet leads on to what is not rated yet. A sheet need not be full: what the mentor has not seen stays out.
func (k *kit) nextOnSheet(p *page, path string, sheet profile.Profile) {
	p.Para(0, "%d of %d rated on this sheet", sheet.Filled(), len(sheet.Asked))
	switch sheet.Filled() {
	case 0:
		p.next("ksbcoach sheet fill %s begins again; with nothing rated there is nothing to send back yet", store.Argument(path))
	case len(sheet.Asked):
		p.next("the sheet is full: send it back to %s", sheet.Learner.Name.Line())
	default:
		p.next("send it back to %s; what you have not seen may stay empty. ksbcoach sheet fill %s goes on with "+
			"the rest", sheet.Learner.Name.Line(), store.Argument(path))
	}
}
