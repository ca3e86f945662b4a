package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

func newEvidence(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "evidence", Short: "Add, change, remove or list examples and evidence",
		Long: "Keeps dated, titled things that show your KSBs. They stay where they are; the profile only says " +
			"where, and never holds patient data.",
		Example: `ksbcoach evidence add --ksb S7 --title "Reported a worn probe lead and followed it up"`,
	}, newEvidenceAdd(k), newEvidenceEdit(k), &cobra.Command{
		Use: "remove EVIDENCE", Short: "Take a piece of evidence out of the profile",
		Long: "Takes a piece of evidence out of your profile; the thing itself stays where it is. It says which " +
			"claims of 3 or 4 lose their evidence. ksbcoach evidence list has the ids.",
		Example: "ksbcoach evidence remove e-n5ju",
		RunE: func(_ *cobra.Command, args []string) error {
			return k.changeEvidence(args[0], "removed:", func(*session.Session) (profile.Change, error) {
				return profile.RemoveEvidence{ID: args[0]}, nil
			})
		},
	}, newEvidenceList(k), newEvidenceIndex(k))
}

// evidenceWords are the flags for the parts of a piece of evidence that adding and editing share.
type evidenceWords struct {
	title, where, witness safetext.Text
	kind                  string
	date                  calendar.Date
	ksbs                  []string
}

func (w *evidenceWords) flags(k *kit, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(codesFlag(&w.ksbs), "ksb", "all that it shows; several are divided by commas")
	f.Var(textFlag(&w.title), "title", "one line that names it")
	f.Var(k.dateFlag(&w.date, calendar.Past, false), "date",
		"when it was, such as \"3 Nov 2026\", 3/11/26 or yesterday")
	f.Var(wordFlag(&w.kind, profile.Kinds), "kind", "one of "+strings.Join(profile.Kinds, ", "))
	f.Var(textFlag(&w.where), "where", "where it is kept, such as a folder or a portfolio section")
	f.Var(textFlag(&w.witness), "witness", "who saw it")
}

type evidenceAddOptions struct {
	*kit
	evidenceWords
	duty int
}

func newEvidenceAdd(k *kit) *cobra.Command {
	o := &evidenceAddOptions{kit: k}
	cmd := &cobra.Command{
		Use: "add --ksb KSB --title TITLE", Short: "Add an example or a piece of evidence",
		Long: "Adds something with a date that shows one or more KSBs. Without --kind it is an example if it shows " +
			"one KSB, and a work product if it shows several; without --date it is of today. Leave out names, dates " +
			"of birth and anything else that could identify a patient.",
		Example: `ksbcoach evidence add --ksb K7,S7 --title "Probe check log, anonymised" --kind work-product --where "Equipment folder"`,
		RunE:    o.run,
	}
	o.flags(k, cmd)
	cmd.Flags().IntVar(&o.duty, "duty", 0, "the `NUMBER` of the duty that it comes from")
	return cmd
}

func (o *evidenceAddOptions) run(cmd *cobra.Command, _ []string) error {
	switch {
	case len(o.ksbs) == 0:
		return misused(cmd, "--ksb is missing: evidence shows at least one KSB")
	case o.title.Empty():
		return misused(cmd, "--title is missing: one line that names it")
	}
	var made profile.Evidence
	return o.edit(func(s *session.Session) error {
		if err := checkDuty(cmd, s.Standard(), o.duty); err != nil {
			return err
		}
		ksbs, err := ksbCodes(s.Standard(), o.ksbs)
		if err != nil {
			return err
		}
		made = profile.Evidence{
			ID: s.NewID("e"), KSBs: ksbs, On: cmp.Or(o.date, s.Today()), Kind: cmp.Or(o.kind, profile.KindFor(ksbs)),
			Title: o.title, Where: o.where, Witness: o.witness, Duty: o.duty,
		}
		return s.Do(profile.AddEvidence{Evidence: made, Today: s.Today()})
	}, func(s *session.Session, p *page) {
		p.Para(0, "%s added: %s, %s, for %s", made.ID, profile.KindName(made.Kind), made.On.Long(),
			strings.Join(made.KSBs, ", "))
		p.next("%s", unsupportedNext(s))
	})
}

type evidenceEditOptions struct {
	*kit
	evidenceWords
	duty string
}

func newEvidenceEdit(k *kit) *cobra.Command {
	o := &evidenceEditOptions{kit: k}
	cmd := &cobra.Command{
		Use: "edit EVIDENCE", Short: "Change a piece of evidence",
		Long: "Changes what you name and leaves the rest; an empty text removes --where or --witness. What a closed " +
			"review says of your evidence stays as it was agreed.",
		Example: `ksbcoach evidence edit e-n5ju --ksb K7,S7 --where "Portfolio, section 4"`, RunE: o.run,
	}
	o.flags(k, cmd)
	cmd.Flags().StringVar(&o.duty, "duty", "", "the `NUMBER` of the duty that it comes from; none removes it")
	return cmd
}

func (o *evidenceEditOptions) run(cmd *cobra.Command, args []string) error {
	if err := needsChange(cmd); err != nil {
		return err
	}
	duty, err := strconv.Atoi(o.duty)
	if cmd.Flags().Changed("duty") && o.duty != "none" && (err != nil || duty == 0) {
		return misused(cmd, "--duty %q: give the number of a duty, or none", o.duty)
	}
	return o.changeEvidence(args[0], "changed:", func(s *session.Session) (profile.Change, error) {
		ksbs, err := ksbCodes(s.Standard(), o.ksbs)
		return profile.EditEvidence{
			ID: args[0], KSBs: given(cmd, "ksb", ksbs), On: given(cmd, "date", o.date),
			Kind:  given(cmd, "kind", o.kind),
			Title: given(cmd, "title", o.title), Where: given(cmd, "where", o.where),
			Witness: given(cmd, "witness", o.witness), Duty: given(cmd, "duty", duty), Today: s.Today(),
		}, err
	})
}

// changeEvidence changes or removes a piece of evidence, shows it under the heading, and says which claims of 3 or 4 no
// longer have a recent example.
func (k *kit) changeEvidence(id, heading string, change func(*session.Session) (profile.Change, error)) error {
	var piece profile.Evidence
	var lost []string
	return k.edit(func(s *session.Session) error {
		before := s.Profile()
		piece, _ = before.Piece(id)
		c, err := change(s)
		if err != nil {
			return err
		}
		if err := s.Do(c); err != nil {
			return err
		}
		lost = profile.LosesSupport(before, s.Profile(), s.Today())
		return nil
	}, func(s *session.Session, p *page) {
		if changed, ok := s.Profile().Piece(id); ok {
			piece = changed
		}
		d := doc.Doc{Title: heading}
		appraisal.AddEvidence(&d, piece)
		p.document(d)
		if len(lost) > 0 {
			p.Para(0, "without a recent example now: %s. No other recent evidence shows the 3 or 4 there.",
				strings.Join(lost, ", "))
		}
		p.next("%s", unsupportedNext(s))
	})
}

type evidenceListOptions struct {
	*kit
	stale, without, unsupported, cover bool
	ksb                                string
}

func newEvidenceList(k *kit) *cobra.Command {
	o := &evidenceListOptions{kit: k}
	cmd := &cobra.Command{
		Use: "list", Short: "List your evidence, newest first, or what still needs some",
		Long: "Lists your examples and evidence, newest first, all or for one KSB. It uses these words: without a " +
			"recent example, for a claim of 3 or 4 that no recent evidence shows; without evidence, for a KSB rated " +
			"above 0 with nothing to show for it; too old, for a piece that no longer supports a claim; file not " +
			"found, for a piece whose file is not where you said. It can also say which one new piece would show " +
			"most.",
		Example: "ksbcoach evidence list --cover", RunE: o.run,
	}
	f := cmd.Flags()
	f.StringVar(&o.ksb, "ksb", "", "only what shows this `KSB`")
	f.BoolVar(&o.stale, "stale", false, "only what is too old to support a claim; ksbcoach review settings --stale "+
		"says from when")
	f.BoolVar(&o.unsupported, "claims", false, "the claims of 3 or 4 without a recent example instead")
	f.BoolVar(&o.unsupported, "unsupported", false, "the same as --claims")
	_ = f.MarkHidden("unsupported") // an older name, for scripts
	f.BoolVar(&o.without, "without", false, "the KSBs rated above 0 that are without evidence instead")
	f.BoolVar(&o.without, "missing", false, "the same as --without")
	_ = f.MarkHidden("missing") // an older name, for scripts
	f.BoolVar(&o.cover, "cover", false, "which one new piece would help with most gaps instead")
	return cmd
}

func (o *evidenceListOptions) run(cmd *cobra.Command, _ []string) error {
	list := o.list
	others := 0
	for _, other := range []struct {
		chosen bool
		list   func(*session.Session) error
	}{{o.without, o.listWithout}, {o.unsupported, o.listUnsupported}, {o.cover, o.listCover}} {
		if other.chosen {
			list = other.list
			others++
		}
	}
	switch {
	case others > 1:
		return misused(cmd, "--without, --claims and --cover cannot be combined")
	case others > 0 && (o.stale || o.ksb != ""):
		return misused(cmd, "--without, --claims and --cover cannot be combined with --stale or --ksb")
	}
	return o.read(list)
}

func (o *evidenceListOptions) list(s *session.Session) error {
	all := slices.Clone(s.Profile().Evidence)
	if o.ksb != "" {
		x, err := ksbCode(s.Standard(), o.ksb)
		if err != nil {
			return err
		}
		all = s.Profile().EvidenceFor(x.ID)
	}
	limit := s.Profile().Settings.StaleMonths()
	fresh := func(e profile.Evidence) bool { return e.Fresh(s.Today(), limit) }
	if o.stale {
		all = slices.DeleteFunc(slices.Clone(all), fresh)
	}
	sorting.By(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	files := s.LookForEvidence()()
	return o.answer(object{"evidence", lists.Each(all, func(e profile.Evidence) object {
		found, looked := files[e.ID]
		return object{
			"id", e.ID, "ksbs", e.KSBs, "on", e.On, "kind", e.Kind, "title", e.Title, "where", e.Where,
			"witness", e.Witness, "duty", known(e.Duty, e.Duty != 0), "stale", !fresh(e),
			"file", known(lists.Pick(found, "found", "not found"), looked),
		}
	})}, func(p *page) {
		p.document(appraisal.EvidenceDoc(all, files, limit, o.stale, s.Today()))
		p.next("%s", unsupportedNext(s))
	})
}

// listWithout lists the KSBs that are rated above 0 and have no evidence, the highest level first.
func (o *evidenceListOptions) listWithout(s *session.Session) error {
	r, title := s.Report(), s.Titles()
	return o.answer(object{"missing", lists.Each(appraisal.WithoutEvidence(r), func(x gap.Row) object {
		return object{"ksb", x.KSB.ID, "title", title(x.KSB.ID), "level", x.Level, "claim", x.Unsupported()}
	})}, func(p *page) {
		p.document(appraisal.WithoutDoc(r, o.library.Scale(), title))
		p.next("ksbcoach evidence list --cover says which one piece would show most")
	})
}

// listUnsupported lists the claims of 3 or 4 without recent evidence, in walk order.
func (o *evidenceListOptions) listUnsupported(s *session.Session) error {
	r, title := s.Report(), s.Titles()
	newest := appraisal.NewestEvidence(s.Profile())
	return o.answer(object{"unsupported", lists.Each(r.Unsupported(), func(x gap.Row) object {
		return object{"ksb", x.KSB.ID, "title", title(x.KSB.ID), "level", x.Level, "newest", newest[x.KSB.ID]}
	})}, func(p *page) {
		p.document(appraisal.UnsupportedDoc(r, s.Profile(), title))
		p.next("%s", unsupportedNext(s))
	})
}

func (o *evidenceListOptions) listCover(s *session.Session) error {
	r, growth := s.Report(), o.library.Growth(s.Standard().Reference)
	all := appraisal.Cover(r, growth)
	return o.answer(object{"cover", lists.Each(all, func(c appraisal.Coverage) object {
		var bundle string // the id of a small project that would produce it
		if c.Bundle != nil {
			bundle = c.Bundle.ID
		}
		return object{
			"duty", c.Duty, "title", s.DutyTitle(c.Duty), "ksbs", c.KSBs, "all", c.All, "words", c.Words,
			"bundle", bundle,
		}
	})}, func(p *page) {
		p.document(appraisal.CoverDoc(r, growth, s.DutyTitle))
		if len(all) == 0 {
			p.next("%s", unsupportedNext(s))
			return
		}
		p.next("ksbcoach evidence add --ksb %s --duty %d --title TITLE", strings.Join(all[0].KSBs, ","), all[0].Duty)
	})
}

type evidenceIndexOptions struct {
	*kit
	formatFlags
	handout.Options
}

func newEvidenceIndex(k *kit) *cobra.Command {
	o := &evidenceIndexOptions{kit: k}
	cmd := &cobra.Command{
		Use: "index", Short: "Write the index of your portfolio: which piece shows which KSB",
		Long: "Lists your evidence, newest first, then every KSB with what shows it, and says what is without " +
			"evidence and what is too old to support a claim. As a workbook (.xlsx) it is a matrix, KSBs down and " +
			"pieces across, with counts, and the list. It holds titles, places and witnesses, and no level or note; " +
			"--redacted leaves codes and dates.",
		Example: "ksbcoach evidence index -o portfolio.html", RunE: o.run,
	}
	o.flags(cmd, export.IndexFormats())
	cmd.Flags().BoolVar(&o.Redacted, "redacted", false, "codes and dates only")
	return cmd
}

func (o *evidenceIndexOptions) run(cmd *cobra.Command, _ []string) error {
	format, err := o.chosen(cmd, export.IndexFormats(), o.asJSON())
	if err != nil {
		return err
	}
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	x := s.PortfolioIndex(o.Options)
	switch {
	case o.asJSON():
		return o.writeJSON(indexObject(x))
	case o.into == "" && format.Word == export.Formats[0].Word:
		p := o.page()
		p.document(x.Doc())
		p.next("ksbcoach evidence index -o portfolio.xlsx writes it as a matrix")
		return nil
	}
	o.guard(s.GuardDoc(o.into, x.Doc()))
	data, err := format.Index(x)
	if err != nil {
		return err
	}
	if o.into == "" {
		_, err = o.out.Write(data)
		return err
	}
	if err := o.writeFile(s.Path(), o.into, data, o.force); err != nil {
		return err
	}
	o.sayWritten(o.into, x.Says()[0], "read it through before you hand it on")
	return nil
}

func indexObject(x handout.Index) object {
	return object{
		"as_of", x.AsOf, "stale_after", x.Limit,
		"pieces", lists.Each(x.Pieces, func(p handout.Piece) object {
			return object{"no", p.Mark, "id", p.ID, "on", p.On, "title", p.Title, "stale", p.Old}
		}),
		"shown", lists.Each(x.KSBs, func(k handout.Shown) object {
			return object{
				"ksb", k.KSB.ID, "state", string(k.State),
				"pieces", lists.Each(k.Pieces, func(i int) string { return x.Pieces[i].Mark }),
			}
		}),
		"words", x.Says(),
	}
}
