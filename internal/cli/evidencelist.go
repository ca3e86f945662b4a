package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type evidenceListOptions struct {
	*kit
	json, stale, missing, cover bool
	ksb                         string
}

func newEvidenceList(k *kit) *cobra.Command {
	o := &evidenceListOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List your evidence, newest first, or what is missing",
		Long: "Lists your examples and evidence, newest first, all or for one KSB, and says when a file on this machine is no longer where it " +
			"was. It can also list what is too old, which KSBs have none, and which one piece would show most.",
		Example: "ksbcoach evidence list --cover",
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, "write JSON")
	f.StringVar(&o.ksb, "ksb", "", "only what shows this `KSB`")
	f.BoolVar(&o.stale, "stale", false, "only what is too old to support a claim")
	f.BoolVar(&o.missing, "missing", false, "the rated KSBs that have no evidence instead")
	f.BoolVar(&o.cover, "cover", false, "which one new piece would show most gaps instead")
	return cmd
}

func (o *evidenceListOptions) run(cmd *cobra.Command) error {
	switch {
	case o.missing && o.cover:
		return misused(cmd, "--missing and --cover exclude each other")
	case (o.missing || o.cover) && (o.stale || o.ksb != ""):
		return misused(cmd, "--missing and --cover stand without --stale and --ksb")
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	switch {
	case o.missing:
		return o.listMissing(s)
	case o.cover:
		return o.listCover(s)
	}
	return o.list(s)
}

type evidenceJSON struct {
	ID      string        `json:"id"`
	KSBs    []string      `json:"ksbs"`
	On      calendar.Date `json:"on"`
	Kind    string        `json:"kind"`
	Title   safetext.Text `json:"title"`
	Where   safetext.Text `json:"where"`
	Witness safetext.Text `json:"witness"`
	Duty    *int          `json:"duty"`
	Stale   bool          `json:"stale"`
	File    *string       `json:"file"`
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
	slices.SortStableFunc(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
	files := s.LookForEvidence()()
	if o.json {
		return o.writeJSON(map[string][]evidenceJSON{"evidence": listOf(all, func(e profile.Evidence) evidenceJSON {
			found, looked := files[e.ID]
			return evidenceJSON{e.ID, list(e.KSBs), e.On, e.Kind, e.Title, e.Where, e.Witness, known(e.Duty, e.Duty != 0), !fresh(e), known(stateOf(found), looked)}
		})})
	}
	p := o.page()
	p.para(0, "%s%s.", count(len(all), "piece of evidence", "pieces of evidence"), olderThan(o.stale, limit))
	for _, e := range all {
		p.blank()
		evidence(p, e)
		if !fresh(e) && !o.stale {
			p.para(2, "older than %s: no longer supports a claim", count(limit, "month", "months"))
		}
		if found, looked := files[e.ID]; looked && !found {
			p.para(2, "the file is not there any more, or not on this machine")
		}
	}
	p.next("%s", unsupportedNext(o.kit, s))
	return nil
}

func olderThan(stale bool, months int) string {
	if !stale {
		return ""
	}
	return " older than " + count(months, "month", "months")
}

func evidence(p *page, e profile.Evidence) {
	p.para(0, "%s, %s, %s", e.ID, e.On.Long(), strings.ReplaceAll(e.Kind, "-", " "))
	p.para(2, "%s", e.Title.Line())
	parts := []string{"shows " + strings.Join(e.KSBs, ", ")}
	if e.Duty != 0 {
		parts = append(parts, fmt.Sprintf("from Duty %d", e.Duty))
	}
	if !e.Where.Empty() {
		parts = append(parts, "in "+e.Where.Line())
	}
	if !e.Witness.Empty() {
		parts = append(parts, "seen by "+e.Witness.Line())
	}
	p.para(2, "%s", strings.Join(parts, "; "))
}

type missingJSON struct {
	KSB   string      `json:"ksb"`
	Title string      `json:"title"`
	Level level.Level `json:"level"`
	Claim bool        `json:"claim"`
}

// listMissing lists what is rated above 0 and has no evidence, claims first.
func (o *evidenceListOptions) listMissing(s *session.Session) error {
	var rows []gap.Row
	for _, row := range o.report(s).Rows {
		if row.Rated && row.Level > 0 && row.Evidence == 0 {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b gap.Row) int { return int(b.Level) - int(a.Level) })
	title := o.titles(s)
	if o.json {
		return o.writeJSON(map[string][]missingJSON{"missing": listOf(rows, func(r gap.Row) missingJSON {
			return missingJSON{r.KSB.ID, title(r.KSB.ID), r.Level, r.Unsupported()}
		})})
	}
	p := o.page()
	p.para(0, "%s rated above 0 without any evidence.", count(len(rows), "KSB", "KSBs"))
	for _, r := range rows {
		p.raw(pad(r.KSB.ID, 5) + pad(title(r.KSB.ID), 40) + "level " + r.Level.String())
	}
	p.next("ksbcoach evidence list --cover says which one piece would show most")
	return nil
}

type coverJSON struct {
	Duty  int      `json:"duty"`
	Title string   `json:"title"`
	KSBs  []string `json:"ksbs"`
	All   []string `json:"all"`
	Words string   `json:"words"`
}

func (o *evidenceListOptions) listCover(s *session.Session) error {
	all := appraisal.Cover(o.report(s))
	title := func(duty int) string { return o.library.DutyTitle(s.Standard().Reference, duty) }
	if o.json {
		return o.writeJSON(map[string][]coverJSON{"cover": listOf(all, func(c appraisal.Coverage) coverJSON {
			return coverJSON{c.Duty, title(c.Duty), list(c.KSBs), list(c.All), c.Words}
		})})
	}
	p := o.page()
	p.para(0, "%s gaps without fresh evidence.", count(len(all), "duty has", "duties have"))
	for _, c := range all {
		p.blank()
		p.para(0, "Duty %d: %s", c.Duty, title(c.Duty))
		p.para(2, "%s", c.Words)
	}
	if len(all) == 0 {
		p.next("%s", unsupportedNext(o.kit, s))
		return nil
	}
	p.next("ksbcoach evidence add --ksb %s --duty %d --title TITLE", strings.Join(all[0].KSBs, ","), all[0].Duty)
	return nil
}

// stateOf is the word for a file of evidence in JSON.
func stateOf(found bool) string {
	if found {
		return "found"
	}
	return "missing"
}
