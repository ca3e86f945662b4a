package cli

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

func newEvidence(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:   "evidence",
		Short: "Add, change, remove or list examples and evidence",
		Long: "Keeps dated, titled things that show your KSBs. They stay where they are; the profile only says " +
			"where, and never holds patient data.",
		Example: `ksbcoach evidence add --ksb S7 --title "Reported a worn probe lead and followed it up"`,
	}, newEvidenceAdd(k), newEvidenceEdit(k), newEvidenceRemove(k), newEvidenceList(k), newEvidenceIndex(k))
}

// evidenceWords are the flags for what a piece of evidence says.
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
	f.Var(dateFlag{k: k, date: &w.date, month: calendar.FirstOf}, "date",
		"when it was, such as \"3 Nov 2026\", 3/11/26 or yesterday")
	f.Var(wordFlag(&w.kind, profile.Kinds), "kind", "one of "+strings.Join(profile.Kinds, ", "))
	f.Var(textFlag(&w.where), "where", "where it is kept, such as a folder or a portfolio section")
	f.Var(textFlag(&w.witness), "witness", "who saw it")
}

type evidenceAddOptions struct {
	*kit
	evidenceWords
	duty int
	made profile.Evidence
}

func newEvidenceAdd(k *kit) *cobra.Command {
	o := &evidenceAddOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "add --ksb KSB --title TITLE",
		Short: "Add an example or a piece of evidence",
		Long: "Adds a dated thing that shows one or more KSBs. For one KSB it is an example if no kind is given, for " +
			"several a work product. It is of today if no date is given. Leave out names, dates of birth and " +
			"anything else that could identify a patient.",
		Example: `ksbcoach evidence add --ksb K7,S7 --title "Probe check log, anonymised" --kind work-product --where "Equipment folder"`,
		Args:    takes(),
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
	return o.edit(func(s *session.Session) error {
		if err := checkDuty(cmd, s.Standard(), o.duty); err != nil {
			return err
		}
		ksbs, err := ksbCodes(s.Standard(), o.ksbs)
		if err != nil {
			return err
		}
		o.made = profile.Evidence{
			ID: s.NewID("e"), KSBs: ksbs, On: cmp.Or(o.date, s.Today()), Kind: cmp.Or(o.kind, profile.KindFor(ksbs)),
			Title: o.title, Where: o.where, Witness: o.witness, Duty: o.duty,
		}
		return s.Do(profile.AddEvidence{Evidence: o.made, Today: s.Today()})
	}, o.say)
}

func (o *evidenceAddOptions) say(s *session.Session, p *page) {
	p.Para(0, "%s added: %s, %s, for %s", o.made.ID, profile.KindName(o.made.Kind), o.made.On.Long(),
		strings.Join(o.made.KSBs, ", "))
	p.next("%s", unsupportedNext(o.kit, s))
}
