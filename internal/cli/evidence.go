package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newEvidence(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:     "evidence",
		Short:   "Add, change, remove or list examples and evidence",
		Long:    "Keeps dated, titled things that show your KSBs. They stay where they lie; the profile says where, and never holds patient data.",
		Example: `ksbcoach evidence add --ksb S7 --title "Reported a worn probe lead and followed it up"`,
	}, newEvidenceAdd(k), newEvidenceEdit(k), newEvidenceRemove(k), newEvidenceList(k))
}

type evidenceAddOptions struct {
	*kit
	title, kind, where, witness string
	date                        calendar.Date
	ksbs                        []string
	duty                        int
	made                        profile.Evidence
}

func newEvidenceAdd(k *kit) *cobra.Command {
	o := &evidenceAddOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "add --ksb KSB --title TITLE",
		Short: "Add an example or a piece of evidence",
		Long: "Adds a dated thing that shows one or more KSBs. For one KSB it is an example if no kind is given, for several a work " +
			"product. Leave out names, dates of birth and anything else that could identify a patient.",
		Example: `ksbcoach evidence add --ksb K7,S7 --title "Probe check log, anonymised" --kind work-product --where "Equipment folder"`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.Var(codesFlag{&o.ksbs}, "ksb", "what it shows; several are divided by commas")
	f.StringVar(&o.title, "title", "", "one line that names it")
	f.Var(dateFlag{k: k, date: &o.date, month: calendar.FirstOf}, "date", "when it was, such as \"3 Nov 2026\", 3/11/26 or yesterday; today if not given")
	f.StringVar(&o.kind, "kind", "", "one of "+strings.Join(profile.Kinds, ", "))
	f.StringVar(&o.where, "where", "", "where it lies, such as a folder or a portfolio section")
	f.StringVar(&o.witness, "witness", "", "who saw it")
	f.IntVar(&o.duty, "duty", 0, "the `NUMBER` of the duty that it comes from")
	return cmd
}

func (o *evidenceAddOptions) run(cmd *cobra.Command) error {
	o.kind = asWord(o.kind)
	switch {
	case len(o.ksbs) == 0:
		return misused(cmd, "--ksb is missing: evidence shows at least one KSB")
	case text(o.title).Empty():
		return misused(cmd, "--title is missing: one line that names it")
	case o.kind != "" && !slices.Contains(profile.Kinds, o.kind):
		return misused(cmd, "--kind %q: the kinds are %s", o.kind, strings.Join(profile.Kinds, ", "))
	}
	return o.edit(func(s *session.Session) error {
		if _, ok := s.Standard().Duty(o.duty); !ok && cmd.Flags().Changed("duty") {
			return misused(cmd, "--duty %d: %s has duties 1 to %d", o.duty, s.Standard().Reference, len(s.Standard().Duties))
		}
		ksbs, err := ksbCodes(s.Standard(), o.ksbs)
		if err != nil {
			return err
		}
		o.made = profile.Evidence{
			ID: s.NewID("e"), KSBs: ksbs, On: o.date, Kind: o.kind,
			Title: text(o.title), Where: text(o.where), Witness: text(o.witness), Duty: o.duty,
		}
		if o.made.Kind == "" {
			o.made.Kind = profile.KindFor(ksbs)
		}
		if o.made.On.IsZero() {
			o.made.On = s.Today()
		}
		return s.Do(profile.AddEvidence{Evidence: o.made, Today: s.Today()})
	}, o.say)
}

func (o *evidenceAddOptions) say(s *session.Session, p *page) {
	p.Para(0, "%s added: %s, %s, for %s", o.made.ID, profile.KindName(o.made.Kind), o.made.On.Long(), strings.Join(o.made.KSBs, ", "))
	p.next("%s", unsupportedNext(o.kit, s))
}

// unsupportedNext leads to the next claim without an example.
func unsupportedNext(k *kit, s *session.Session) string {
	r := s.Report()
	rows := r.Unsupported()
	if len(rows) == 0 {
		return k.next(s, r).Text
	}
	id := rows[0].KSB.ID
	left := words.Count(len(rows), "claim of 3 or 4 is", "claims of 3 or 4 are") + " unsupported"
	return fmt.Sprintf("%s; the first is %s %s: ksbcoach evidence add --ksb %s --title TITLE", left, id, s.Titles()(id), id)
}
