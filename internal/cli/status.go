package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newStatus(k *kit) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show where you stand, and where your files are",
		Long: "Shows how far you have rated, what is below target and behind, what is due, and where the profile and " +
			"its backups are.",
		Example: "ksbcoach status", RunE: func(*cobra.Command, []string) error { return k.status() },
	}
}

func (k *kit) status() error {
	s, err := k.openToRead()
	if err != nil {
		k.whereBackupsAre(err)
		return err
	}
	r := s.Report()
	copies := s.LookForCopies()()
	object := append(k.statusObject(s, r), "copies", lists.Each(copies, copyObject))
	return k.answer(object, func(p *page) { k.showStatus(p, s, r, copies) })
}

// whereBackupsAre names the profile and its newest backup when the profile cannot be read.
func (k *kit) whereBackupsAre(err error) {
	var broken *session.FileError
	if !errors.As(err, &broken) || k.asJSON() {
		return
	}
	where, err := k.sessionOptions()
	if err != nil {
		return
	}
	p := k.page()
	p.path("profile", where.Path)
	if backup := newestBackup(where); backup != "" {
		p.path("backup", backup)
		p.next("ksbcoach restore says what the older versions hold, and brings one back")
	}
}

// newestBackup is the path of the newest backup, or "".
func newestBackup(o session.Options) string {
	file, err := store.Load(o.Ops, o.Path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return ""
	}
	_, path, err := store.NewBackups(o.Ops, o.Places.State, file.Resolved()).Newest()
	if err != nil {
		return ""
	}
	return path
}

func (k *kit) statusObject(s *session.Session, r *gap.Report) object {
	p, all := s.Profile(), r.Tally(0)
	return object{
		"learner", p.Learner.Name, "role", p.Learner.Role, "standard", p.Standard, "as_of", r.AsOf,
		"month", known(r.Month, r.Timed), "length", known(r.Length, r.Timed), "rated", all.Rated,
		"total", all.Total, "behind", known(all.Behind, r.Timed), "below_target", all.Below,
		"opportunity", all.NoOpportunity, "unsupported", len(r.Unsupported()), "evidence", len(p.Evidence),
		"goals_in_flight", p.InFlight(), "actions_overdue", len(p.Overdue(r.AsOf)),
		"duties", lists.Each(s.Standard().Duties, func(d standard.Duty) object {
			t := r.Tally(d.Number)
			return object{
				"number", d.Number, "title", k.library.DutyTitle(p.Standard, d.Number), "rated", t.Rated,
				"total", t.Total, "behind", known(t.Behind, r.Timed), "below_target", t.Below,
			}
		}),
		"next", nextObject(s.Next()), "review_due", p.ReviewDue(), "appraisal_due", p.AppraisalDue(s.Today()),
		"gateway", p.GatewayDate(), "profile", s.Path(),
	}
}

func (k *kit) showStatus(p *page, s *session.Session, r *gap.Report, copies []session.Copy) {
	prof, all := s.Profile(), r.Tally(0)
	p.Para(0, "%s", prof.Learner.Title())
	p.Para(0, "%s (%s)", s.Standard().Heading(), standard.Caveat)
	p.Blank()
	p.fact("field", k.fieldWords(s.Standard().Reference, prof.Learner))
	p.fact("month", monthWords(prof, r))
	p.fact("review", plan.ReviewFact(prof, r.AsOf))
	p.fact("appraisal", words.After("yearly, ", plan.YearlyDue(prof, r.AsOf)))
	p.fact("round", roundWords(prof))
	p.fact("rated", fmt.Sprintf("%d of %d, %d with no opportunity", all.Rated, all.Total, all.NoOpportunity))
	if r.Timed {
		p.fact("behind", fmt.Sprint(all.Behind))
	}
	p.fact("below target", fmt.Sprint(all.Below))
	p.fact("goals", plan.Counts(prof))
	p.fact("actions", actionCounts(prof, r.AsOf))
	p.fact("evidence", words.Count(len(prof.Evidence), "piece", "pieces")+", "+gap.ClaimsInWords(len(r.Unsupported())))
	p.Blank()
	p.Table(0, dutyRows(s, r))
	p.Blank()
	p.path("profile", s.Path())
	if where, err := k.sessionOptions(); err == nil {
		if backup := newestBackup(where); backup != "" {
			p.path("backups", filepath.Dir(backup))
		}
	}
	if len(copies) > 0 {
		p.Blank()
		k.showCopies(p, copies)
	}
	step := s.Next()
	p.next("%s%s", step.Text, commandFor(step))
}

// dutyRows is the table of duties. Without a start date nothing can be behind, so that column is left out.
func dutyRows(s *session.Session, r *gap.Report) [][]string {
	rows := [][]string{{"duty", "", "behind", "rated", "below target"}}
	for _, d := range s.Standard().Duties {
		t := r.Tally(d.Number)
		rows = append(rows, []string{
			fmt.Sprintf("%4d", d.Number), s.DutyTitle(d.Number), fmt.Sprint(t.Behind),
			fmt.Sprintf("%d/%d", t.Rated, t.Total), fmt.Sprint(t.Below),
		})
	}
	if !r.Timed {
		return lists.Each(rows, func(row []string) []string { return slices.Delete(row, 2, 3) })
	}
	return rows
}

// actionCounts says how many actions are open, overdue and due this week.
func actionCounts(p profile.Profile, today calendar.Date) string {
	due, _ := p.DueSoon(today)
	due = lists.Where(due, func(x profile.DueItem) bool { return x.Action != "" })
	overdue := lists.Count(due, func(x profile.DueItem) bool { return x.Due.Before(today) })
	soon := len(due) - overdue
	return plan.OpenInWords(len(p.Pending()), overdue) + fmt.Sprintf(", %d due this week", soon)
}

// monthWords says which month of the programme it is, and when the gateway is planned.
func monthWords(p profile.Profile, r *gap.Report) string {
	switch {
	case !r.Timed:
		return "not known: no start date is set"
	case p.GatewayDate().Before(r.AsOf):
		return fmt.Sprintf("%d; gateway was planned for %s, month %d", r.Month, p.GatewayDate().Long(), r.Length)
	}
	return fmt.Sprintf("%d of %d, gateway %s", r.Month, r.Length, p.GatewayDate().Long())
}

// roundWords says which round the next rating belongs to.
func roundWords(p profile.Profile) string {
	if r, open := p.Open(); open {
		return fmt.Sprintf("%s, open since %s", profile.RoundName(r.ID), r.Opened.Long())
	}
	return "none is open; the next rating opens " + profile.RoundName(p.NextRound())
}

type gapsOptions struct {
	*kit
	behind bool
	duty   int
	kind   string
}

func newGaps(k *kit) *cobra.Command {
	o := &gapsOptions{kit: k}
	cmd := &cobra.Command{
		Use: "gaps", Short: "Show your gaps, ranked, each with its reasons",
		Long: "Shows every rated KSB below its target, in this order: " + gap.RankRule + ". Below that are separate " +
			"lists of what your post gives no chance to try, claims without a recent example, strengths, and what is " +
			"not rated yet.",
		Example: "ksbcoach gaps --duty 2", RunE: o.run,
	}
	f := cmd.Flags()
	f.BoolVar(&o.behind, "behind", false, "only what is behind the level expected by this month")
	f.IntVar(&o.duty, "duty", 0, "only the KSBs of duty `N`")
	f.StringVar(&o.kind, "kind", "", "only this `KIND`: K, S or B")
	return cmd
}

func (o *gapsOptions) run(cmd *cobra.Command, _ []string) error {
	if o.kind != "" {
		kind, ok := standard.ReadKind(o.kind)
		if !ok {
			return misused(cmd, "--kind %q: say K, S or B", o.kind)
		}
		o.kind = string(kind)
	}
	s, err := o.openToRead()
	if err != nil {
		return err
	}
	if err := checkDuty(cmd, s.Standard(), o.duty); err != nil {
		return err
	}
	r := s.Report()
	return o.answer(o.object(s, r), func(p *page) {
		p.document(r.Doc(o.library.Scale(), s.Titles(), o.wants))
		if top := o.filter(plan.Firsts(r)); len(top) > 0 {
			p.next("ksbcoach standard coach %s says how to close the first gap; ksbcoach plan has goals", top[0].KSB.ID)
			return
		}
		p.next("%s", s.Next().Text)
	})
}

// wants says whether the flags let a row through.
func (o *gapsOptions) wants(row gap.Row) bool {
	return (o.duty == 0 || slices.Contains(row.KSB.Duties, o.duty)) &&
		(o.kind == "" || string(row.KSB.Kind) == o.kind) && (!o.behind || row.Late())
}

func (o *gapsOptions) filter(rows []gap.Row) []gap.Row {
	return slices.DeleteFunc(rows, func(row gap.Row) bool { return !o.wants(row) })
}

func (o *gapsOptions) object(s *session.Session, r *gap.Report) object {
	title, all := s.Titles(), r.Tally(0)
	rows := func(rows []gap.Row) []object {
		return lists.Each(o.filter(rows), func(x gap.Row) object {
			return object{
				"ksb", x.KSB.ID, "title", title(x.KSB.ID), "kind", x.KSB.Kind.String(), "duties", x.KSB.Duties,
				"level", known(x.Level, x.Rated), "evidence", x.Evidence, "agreement", agedObject(x, title, r.AsOf),
			}
		})
	}
	return object{
		"standard", s.Standard().Reference, "as_of", r.AsOf, "month", known(r.Month, r.Timed), "rated", all.Rated,
		"total", all.Total,
		"gaps", lists.Each(o.filter(r.Gaps()), func(x gap.Row) object { return gapObject(r, x, title) }),
		"opportunity", rows(r.NoOpportunity()), "unsupported", rows(r.Unsupported()), "strengths", rows(r.Strengths()),
		"unrated", rows(r.Unrated()), "aged", rows(r.Aged()),
	}
}

func gapObject(r *gap.Report, x gap.Row, title plan.Titles) object {
	return object{
		"ksb", x.KSB.ID, "title", title(x.KSB.ID), "kind", x.KSB.Kind.String(), "duties", x.KSB.Duties,
		"level", x.Level, "target", x.Target, "expected", known(x.Expected()), "gap", x.Gap(),
		"behind", known(x.Behind()), "evidence", x.Evidence, "reasons", r.Reasons(x), "by", x.By,
		"agreement", agedObject(x, title, r.AsOf),
	}
}

type opportunityOptions struct {
	*kit
	outputFlags
}

func newOpportunity(k *kit) *cobra.Command {
	o := &opportunityOptions{kit: k}
	cmd := &cobra.Command{
		Use: "opportunity", Short: "List the chances to ask for, by duty",
		Long: "Turns what you rated as no opportunity into a list to take to your manager, by duty: what you ask " +
			"for, how it could be given (shadowing, a rotation, an audit, an SOP review) and who could help, and " +
			"says what is in your plan already. No opportunity is a fact about the post, not a low score. The list " +
			"holds no level, note or evidence of yours.",
		Example: "ksbcoach opportunity -o requests.txt",
		RunE:    func(*cobra.Command, []string) error { return o.read(o.run) },
	}
	o.flags(cmd)
	return cmd
}

func (o *opportunityOptions) run(s *session.Session) error {
	all := s.Requests()
	if o.asJSON() {
		return o.writeJSON(object{"requests", lists.Each(all, requestObject)})
	}
	p := o.page()
	switch {
	case len(all) == 0:
		p.Para(0, "0 chances to ask for.")
		p.next("ksbcoach rate KSB none, for what your post gives no chance to try")
	case o.into == "":
		p.document(s.RequestsDoc())
		p.next("ksbcoach opportunity -o FILE writes it to take to your manager")
	default:
		holds := words.Count(len(all), "chance", "chances") +
			" to ask for. It holds no level, note or evidence of yours."
		return o.writeDoc(s, o.outputFlags, s.RequestsDoc(), holds, "take it to your manager")
	}
	return nil
}
