package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

type evidenceListOptions struct {
	*kit
	stale, without, unsupported, cover bool
	ksb                                string
}

func newEvidenceList(k *kit) *cobra.Command {
	o := &evidenceListOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List your evidence, newest first, or what wants some",
		Long: "Lists your examples and evidence, newest first, all or for one KSB. The words are: without a " +
			"recent example, a claim of 3 or 4 that no evidence young enough shows; without evidence, a KSB rated above 0 with " +
			"nothing to show for it; too old, a piece that no longer supports a claim; file not found, a piece whose " +
			"place on this machine is gone. It can also say which one piece would show most.",
		Example: "ksbcoach evidence list --cover",
		Args:    takes(),
		RunE:    o.run,
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
	f.BoolVar(&o.cover, "cover", false, "which one new piece would show most gaps instead")
	return cmd
}

func (o *evidenceListOptions) run(cmd *cobra.Command, _ []string) error {
	others := 0
	for _, chosen := range []bool{o.without, o.unsupported, o.cover} {
		if chosen {
			others++
		}
	}
	switch {
	case others > 1:
		return misused(cmd, "--without, --claims and --cover cannot be combined")
	case others > 0 && (o.stale || o.ksb != ""):
		return misused(cmd, "--without, --claims and --cover cannot be combined with --stale or --ksb")
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	switch {
	case o.without:
		return o.listWithout(s)
	case o.unsupported:
		return o.listUnsupported(s)
	case o.cover:
		return o.listCover(s)
	}
	return o.list(s)
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
	return o.answer(object{{"evidence", listOf(all, func(e profile.Evidence) object {
		found, looked := files[e.ID]
		return object{
			{"id", e.ID},
			{"ksbs", e.KSBs},
			{"on", e.On},
			{"kind", e.Kind},
			{"title", e.Title},
			{"where", e.Where},
			{"witness", e.Witness},
			{"duty", known(e.Duty, e.Duty != 0)},
			{"stale", !fresh(e)},
			{"file", known(stateOf(found), looked)},
		}
	})}}, func(p *page) {
		p.document(appraisal.EvidenceDoc(all, files, limit, o.stale, s.Today()))
		p.next("%s", unsupportedNext(o.kit, s))
	})
}

// listWithout lists what is rated above 0 and without evidence, the highest level first.
func (o *evidenceListOptions) listWithout(s *session.Session) error {
	r, title := s.Report(), s.Titles()
	return o.answer(object{{"missing", listOf(appraisal.WithoutEvidence(r), func(x gap.Row) object {
		return object{{"ksb", x.KSB.ID}, {"title", title(x.KSB.ID)}, {"level", x.Level}, {"claim", x.Unsupported()}}
	})}}, func(p *page) {
		p.document(appraisal.WithoutDoc(r, o.library.Scale(), title))
		p.next("ksbcoach evidence list --cover says which one piece would show most")
	})
}

// listUnsupported lists the claims of 3 or 4 without evidence that is young enough, in walk order.
func (o *evidenceListOptions) listUnsupported(s *session.Session) error {
	r, title := s.Report(), s.Titles()
	newest := appraisal.NewestEvidence(s.Profile())
	return o.answer(object{{"unsupported", listOf(r.Unsupported(), func(x gap.Row) object {
		return object{{"ksb", x.KSB.ID}, {"title", title(x.KSB.ID)}, {"level", x.Level}, {"newest", newest[x.KSB.ID]}}
	})}}, func(p *page) {
		p.document(appraisal.UnsupportedDoc(r, s.Profile(), title))
		p.next("%s", unsupportedNext(o.kit, s))
	})
}

func (o *evidenceListOptions) listCover(s *session.Session) error {
	r, growth := s.Report(), o.library.Growth(s.Standard().Reference)
	all := appraisal.Cover(r, growth)
	return o.answer(object{{"cover", listOf(all, func(c appraisal.Coverage) object {
		bundle := "" // the id of the project that it could come from
		if c.Bundle != nil {
			bundle = c.Bundle.ID
		}
		return object{
			{"duty", c.Duty},
			{"title", s.DutyTitle(c.Duty)},
			{"ksbs", c.KSBs},
			{"all", c.All},
			{"words", c.Words},
			{"bundle", bundle},
		}
	})}}, func(p *page) {
		p.document(appraisal.CoverDoc(r, growth, s.DutyTitle))
		if len(all) == 0 {
			p.next("%s", unsupportedNext(o.kit, s))
			return
		}
		p.next("ksbcoach evidence add --ksb %s --duty %d --title TITLE", strings.Join(all[0].KSBs, ","), all[0].Duty)
	})
}

// stateOf is the word for a file of evidence in JSON.
func stateOf(found bool) string {
	if found {
		return "found"
	}
	return "not found"
}
