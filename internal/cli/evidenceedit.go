package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type evidenceEditOptions struct {
	*kit
	evidenceWords
	duty string
	lost []string // the claims that this leaves unsupported
}

func newEvidenceEdit(k *kit) *cobra.Command {
	o := &evidenceEditOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "edit EVIDENCE",
		Short: "Change a piece of evidence",
		Long: "Changes what you name and leaves the rest; an empty text removes --where or --witness. What a closed " +
			"review says of your evidence stays as it was agreed.",
		Example: `ksbcoach evidence edit e-n5ju --ksb K7,S7 --where "Portfolio, section 4"`,
		Args:    takes("EVIDENCE"),
		RunE:    o.run,
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
	return o.edit(func(s *session.Session) error {
		ksbs, err := ksbCodes(s.Standard(), o.ksbs)
		if err != nil {
			return err
		}
		return doLosing(s, profile.EditEvidence{
			ID: args[0], KSBs: given(cmd, "ksb", ksbs), On: given(cmd, "date", o.date),
			Kind:  given(cmd, "kind", o.kind),
			Title: given(cmd, "title", o.title), Where: given(cmd, "where", o.where),
			Witness: given(cmd, "witness", o.witness),
			Duty:    given(cmd, "duty", duty), Today: s.Today(),
		}, &o.lost)
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
		p.Para(0, "without a recent example now: %s. No other recent evidence shows the 3 or 4 there.", strings.Join(ksbs, ", "))
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
		Long: "Takes a piece of evidence out of your profile; the thing itself stays where it is. It says which " +
			"claims of 3 or 4 lose their evidence. ksbcoach evidence list has the ids.",
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
