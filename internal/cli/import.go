package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

type importOptions struct {
	*kit
	intake.Options
	scales             []string
	dry, yes, doubtful bool

	proposal intake.Proposal
	taking   intake.Taking
}

func newImport(k *kit) *cobra.Command {
	o := &importOptions{kit: k}
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Take in ratings from a skills scan",
		Long: "Takes ratings, comments and dates from a skills scan: an Excel workbook (.xlsx), CSV or JSON, such as " +
			"a training provider's or the export of the NHS Digital Learning Solutions self-assessment. It finds the " +
			"sheet, the columns and the KSBs, by their codes or by their wording, shows what it understood and what " +
			"that would change, and asks. Without a terminal it changes nothing unless you add --yes.\n\nLevels on " +
			"another scale become levels 0 to 4; one that falls between two becomes the lower. If the file does not " +
			"say which scale it uses, you are asked, or --scale says it: " + words.Either(intake.ScaleWords) + ", " +
			"any other numbers such as 0-5, or each answer with its level. A mentor's column may have a scale of " +
			"its own: --scale mentor:0-5.\n\nRatings in your profile that are newer, and the notes there, are " +
			"kept. Agreed levels are not taken in: they are for the two of you to agree.",
		Example: "ksbcoach import scan.xlsx --scale 1-5 --dry-run", RunE: o.run,
	}
	f := cmd.Flags()
	scale := manyFlag(&o.scales, "SCALE")
	scale.choices = intake.ScaleWords
	f.Var(scale, "scale", "the scale of the file, such as 1-9 or red=1,amber=2,green=3; mentor:SCALE for a mentor's")
	f.Var(wordFlag(&o.As, []profile.Rater{profile.Self, profile.Mentor}), "as",
		"take only the ratings by self or by mentor; a column that does not say whose it is counts as theirs")
	f.Var(textFlag(&o.By), "by", "the `NAME` of the mentor, where the file has none")
	f.Var(k.dateFlag(&o.On, calendar.Past, false), "on", "the date of all ratings, whatever the file says")
	f.StringVar(&o.Sheet, "sheet", "", "the `NAME` of the sheet")
	f.StringVar(&o.Column, "column", "", "the heading or letter of the `COLUMN` with the levels")
	f.BoolVar(&o.doubtful, "doubtful", false, "take what is in doubt too")
	f.BoolVar(&o.dry, "dry-run", false, "show what it would change, and change nothing")
	f.BoolVar(&o.yes, "yes", false, "change it without asking")
	return cmd
}

func (o *importOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.readScales(cmd); err != nil {
		return err
	}
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	tables, err := session.LoadScan(store.OS(), args[0])
	if err != nil {
		return err
	}
	if o.proposal, err = o.understand(s, tables); err != nil {
		return err
	}
	if o.taking, err = intake.Take(s.Profile(), o.proposal, ground(s), o.doubtful); err != nil {
		return err
	}
	if o.dry && o.asJSON() {
		return o.writeJSON(o.object())
	}
	if !o.asJSON() {
		o.show(s)
	}
	agreed, err := o.confirmed(s)
	if err != nil || !agreed {
		return err
	}
	return o.edit(func(s *session.Session) error {
		// Take again: the profile may have changed since it was shown.
		if o.taking, err = intake.Take(s.Profile(), o.proposal, ground(s), o.doubtful); err != nil {
			return err
		}
		return s.Do(o.taking.Batch)
	}, o.done)
}

// readScales reads --scale, which may be given for both raters at once or for each.
func (o *importOptions) readScales(cmd *cobra.Command) error {
	o.Scales = map[profile.Rater]intake.Scale{}
	for _, typed := range o.scales {
		raters := []profile.Rater{profile.Self, profile.Mentor}
		if who, rest, ok := strings.Cut(typed, ":"); ok {
			switch rater := profile.Rater(asWord(who)); rater {
			case profile.Self, profile.Mentor:
				raters, typed = []profile.Rater{rater}, rest
			default:
				return misused(cmd, "--scale %q: write self or mentor before the colon", typed)
			}
		}
		scale, err := intake.ReadScale(typed, o.library.Scale())
		if err != nil {
			return misused(cmd, "--scale: %v", err)
		}
		for _, by := range raters {
			o.Scales[by] = scale
		}
	}
	return nil
}

func ground(s *session.Session) intake.Ground {
	return intake.Ground{Standard: s.Standard(), Scale: s.Library().Scale(), Today: s.Today()}
}

// understand reads the tables. If the file does not say which scale it uses, it asks, where somebody can answer.
func (o *importOptions) understand(s *session.Session, tables []xlsx.Table) (intake.Proposal, error) {
	for {
		proposal, err := intake.Understand(tables, ground(s), o.Options)
		var unclear *intake.Unclear
		if !errors.As(err, &unclear) || len(unclear.Fits) == 0 || !o.canAsk() {
			return proposal, err
		}
		p := o.page()
		p.Para(0, "%s. Which one is it?", words.Capital(unclear.Error()))
		for i, scale := range unclear.Fits {
			p.Line("%3d  %s", i+1, scale)
		}
		typed, err := o.ask("Its number, or the scale as --scale takes it: ")
		if err != nil {
			return proposal, err
		}
		n, _ := strconv.Atoi(typed)
		switch scale, wrong := intake.ReadScale(typed, o.library.Scale()); {
		case n >= 1 && n <= len(unclear.Fits):
			o.Scales[unclear.By] = unclear.Fits[n-1]
		case wrong == nil:
			o.Scales[unclear.By] = scale
		default:
			p.Para(0, "%v", wrong)
		}
	}
}

func (o *importOptions) show(s *session.Session) {
	p := o.page()
	p.document(intake.Doc(o.proposal, o.taking, o.library.Scale(), s.Today()))
	p.Blank()
	p.Para(0, "What the file does not say: --by names the mentor, --on the day, --sheet and --column what is read.")
}

// confirmed says whether to make the change, which it may ask. If not, it has said why.
func (o *importOptions) confirmed(s *session.Session) (bool, error) {
	if len(o.taking.Doubt) > 0 && o.canAsk() && !o.dry && !o.yes {
		var err error
		o.doubtful, err = o.askYesNo(fmt.Sprintf("\nTake what is in doubt too (%d)? [y/N] ", len(o.taking.Doubt)))
		if err != nil {
			return false, err
		}
		if o.taking, err = intake.Take(s.Profile(), o.proposal, ground(s), o.doubtful); err != nil {
			return false, err
		}
	}
	n := len(o.taking.New) + len(o.taking.Other)
	switch {
	case o.dry:
		o.page().next("nothing is changed; without --dry-run it asks, and with --yes it does not")
	case n == 0 && o.asJSON():
		return false, o.writeChanged(s.Profile(), s.Profile())
	case n == 0 && len(o.taking.Doubt) > 0:
		o.page().next("nothing is changed; --doubtful takes what is in doubt")
	case n == 0:
		o.page().next("nothing needs doing")
	case o.yes:
		return true, nil
	default:
		return o.confirm(fmt.Sprintf("Take in %s?", words.Count(n, "rating", "ratings")),
			"add --yes to make the change, or --dry-run to look only")
	}
	return false, nil
}

func (o *importOptions) done(s *session.Session, p *page) {
	p.Blank()
	p.Para(0, "%s taken in, in one change", words.Count(len(o.taking.New)+len(o.taking.Other), "rating", "ratings"))
	if id := s.BackupID(); id != "" {
		p.Para(0, "to take it back: ksbcoach restore %s", id)
	}
	p.next("ksbcoach gaps shows where you are now")
}

func (o *importOptions) object() object {
	t := o.taking
	row := func(x intake.Outcome) object {
		return object{
			"ksb", x.KSB, "rater", x.By, "given_by", x.Who, "level", known(x.Level, !x.Hidden), "on", x.On,
			"note", known(x.Note, !x.Hidden), "where", x.Where, "words", x.Says,
		}
	}
	scale := func(m intake.Mapped) object {
		return object{
			"rater", m.By, "scale", m.Scale.Name(), "because", m.From,
			"steps", lists.Each(m.Steps, func(s intake.Step) object {
				return object{"answer", s.Answer, "level", s.Level}
			}),
		}
	}
	return object{
		"sheet", o.proposal.Sheet, "row", o.proposal.Heading,
		"columns", lists.Each(o.proposal.Columns, func(c intake.Column) object {
			return object{"column", c.Letter, "heading", c.Heading, "means", c.Means}
		}),
		"scales", lists.Each(o.proposal.Scales, scale), "new", lists.Each(t.New, row),
		"replaced", lists.Each(t.Other, row), "doubtful", lists.Each(t.Doubt, row), "kept", lists.Each(t.Kept, row),
		"refused", lists.Each(t.Barred, row), "same", t.Same,
		"missed", lists.Each(o.proposal.Missed,
			func(m intake.Missed) object { return object{"where", m.Where, "words", m.Says} }),
	}
}
