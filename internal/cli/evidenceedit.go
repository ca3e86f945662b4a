package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type evidenceEditOptions struct {
	*kit
	title, kind, where, witness, duty string
	date                              calendar.Date
	ksbs                              []string
	lost                              []string // the claims that this leaves unsupported
}

func newEvidenceEdit(k *kit) *cobra.Command {
	o := &evidenceEditOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "edit EVIDENCE",
		Short: "Change a piece of evidence",
		Long: "Changes what you name and leaves the rest; an empty text takes --where or --witness away. What a closed review says of your " +
			"evidence stays as it was agreed.",
		Example: `ksbcoach evidence edit e-n5ju --ksb K7,S7 --where "Portfolio, section 4"`,
		Args:    takes("EVIDENCE"),
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.Var(codesFlag{&o.ksbs}, "ksb", "what it shows, all of it; several are divided by commas")
	f.StringVar(&o.title, "title", "", "one line that names it")
	f.Var(dateFlag{k: k, date: &o.date, month: calendar.FirstOf}, "date", "when it was, such as \"3 Nov 2026\"")
	f.StringVar(&o.kind, "kind", "", "one of "+strings.Join(profile.Kinds, ", "))
	f.StringVar(&o.where, "where", "", "where it lies")
	f.StringVar(&o.witness, "witness", "", "who saw it")
	f.StringVar(&o.duty, "duty", "", "the `NUMBER` of the duty that it comes from; none takes it away")
	return cmd
}

func (o *evidenceEditOptions) run(cmd *cobra.Command, args []string) error {
	changed := cmd.Flags().Changed
	o.kind = asWord(o.kind)
	c := profile.EditEvidence{ID: args[0], Title: given(cmd, "title", o.title), Where: given(cmd, "where", o.where), Witness: given(cmd, "witness", o.witness)}
	switch {
	case !slices.ContainsFunc([]string{"ksb", "title", "date", "kind", "where", "witness", "duty"}, changed):
		return misused(cmd, "nothing to change was named")
	case changed("kind") && !slices.Contains(profile.Kinds, o.kind):
		return misused(cmd, "--kind %q: the kinds are %s", o.kind, strings.Join(profile.Kinds, ", "))
	}
	if changed("kind") {
		c.Kind = &o.kind
	}
	if changed("date") {
		c.On = &o.date
	}
	if changed("duty") {
		duty, err := strconv.Atoi(o.duty)
		if o.duty == "none" {
			duty, err = 0, nil
		}
		if err != nil || duty == 0 && o.duty != "none" {
			return misused(cmd, "--duty %q: give the number of a duty, or none", o.duty)
		}
		c.Duty = &duty
	}
	return o.edit(func(s *session.Session) error {
		if changed("ksb") {
			ksbs, err := ksbCodes(s.Standard(), o.ksbs)
			if err != nil {
				return err
			}
			c.KSBs = &ksbs
		}
		c.Today = s.Today()
		return doLosing(s, c, &o.lost)
	}, func(s *session.Session, p *page) {
		e, _ := s.Profile().Piece(args[0])
		p.evidence("changed:", e)
		sayLost(p, o.lost)
		p.next("%s", unsupportedNext(o.kit, s))
	})
}

// doLosing makes a change of the evidence and keeps which claims it leaves unsupported.
func doLosing(s *session.Session, c profile.Change, lost *[]string) error {
	before := s.Profile()
	err := s.Do(c)
	*lost = profile.LosesSupport(before, s.Profile(), s.Today())
	return err
}

// evidence says what became of a piece of evidence.
func (p *page) evidence(became string, e profile.Evidence) {
	d := doc.Doc{Title: became}
	appraisal.AddEvidence(&d, e)
	p.document(d)
}

func sayLost(p *page, ksbs []string) {
	if len(ksbs) > 0 {
		p.Para(0, "unsupported now: %s. Nothing else that is young enough shows the 3 or 4 there.", strings.Join(ksbs, ", "))
	}
}

type evidenceRemoveOptions struct {
	*kit
	lost []string
	was  profile.Evidence
}

func newEvidenceRemove(k *kit) *cobra.Command {
	o := &evidenceRemoveOptions{kit: k}
	return &cobra.Command{
		Use:   "remove EVIDENCE",
		Short: "Take a piece of evidence out of the profile",
		Long: "Takes a piece of evidence out of your profile; the thing itself stays where it lies. It says which claims of 3 or 4 nothing " +
			"shows any more. ksbcoach evidence list has the ids.",
		Example: "ksbcoach evidence remove e-n5ju",
		Args:    takes("EVIDENCE"),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.edit(func(s *session.Session) error {
				o.was, _ = s.Profile().Piece(args[0])
				return doLosing(s, profile.RemoveEvidence{ID: args[0]}, &o.lost)
			}, o.say)
		},
	}
}

func (o *evidenceRemoveOptions) say(s *session.Session, p *page) {
	p.evidence("removed:", o.was)
	sayLost(p, o.lost)
	p.next("%s", unsupportedNext(o.kit, s))
}
