package cli

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type statusOptions struct {
	*kit
}

func newStatus(k *kit) *cobra.Command {
	o := &statusOptions{kit: k}
	return &cobra.Command{
		Use:   "status",
		Short: "Show where you stand, and where your files are",
		Long: "Shows how far you have rated, what is below target and behind, what is due, and where the profile " +
			"and its backups are.",
		Example: "ksbcoach status",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
}

func (o *statusOptions) run() error {
	s, err := o.reading()
	if err != nil {
		o.whereBackupsAre(err)
		return err
	}
	r := s.Report()
	copies := s.LookForCopies()()
	whole := append(o.object(s, r), "copies", listOf(copies, copyObject))
	return o.answer(whole, func(p *page) { o.show(p, s, r, copies) })
}

// whereBackupsAre helps a learner when the profile cannot be read.
func (o *statusOptions) whereBackupsAre(err error) {
	var broken *session.FileError
	if !errors.As(err, &broken) || o.asJSON() {
		return
	}
	where, err := o.sessionOptions()
	if err != nil {
		return
	}
	p := o.page()
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

func (o *statusOptions) object(s *session.Session, r *gap.Report) object {
	p, all := s.Profile(), r.Tally(0)
	return object{
		"learner", p.Learner.Name, "role", p.Learner.Role, "standard", p.Standard, "as_of", r.AsOf,
		"month", known(r.Month, r.Timed), "length", known(r.Length, r.Timed), "rated", all.Rated,
		"total", all.Total, "behind", known(all.Behind, r.Timed), "below_target", all.Below,
		"opportunity", all.Opportunity, "unsupported", len(r.Unsupported()), "evidence", len(p.Evidence),
		"goals_in_flight", p.InFlight(), "actions_overdue", len(p.Overdue(r.AsOf)),
		"duties", listOf(s.Standard().Duties, func(d standard.Duty) object {
			t := r.Tally(d.Number)
			return object{
				"number", d.Number, "title", o.library.DutyTitle(p.Standard, d.Number), "rated", t.Rated,
				"total", t.Total, "behind", known(t.Behind, r.Timed), "below_target", t.Below,
			}
		}),
		"next", nextObject(o.next(s, r)), "review_due", p.ReviewDue(), "appraisal_due", p.AppraisalDue(s.Today()),
		"gateway", p.GatewayDate(), "profile", s.Path(),
	}
}

func (o *statusOptions) show(p *page, s *session.Session, r *gap.Report, copies []session.Copy) {
	prof, all := s.Profile(), r.Tally(0)
	p.Para(0, "%s", prof.Learner.Title())
	p.Para(0, "%s (%s)", s.Standard().Heading(), standard.Caveat)
	p.Blank()
	fact := func(label, format string, args ...any) { p.Pair(0, labelWidth, label, format, args...) }
	if !prof.Learner.Role.Empty() {
		fact("field", "%s", o.fieldSays(s.Standard().Reference, prof.Learner))
	}
	fact("month", "%s", monthWords(prof, r))
	if words := plan.ReviewFact(prof, r.AsOf); words != "" {
		fact("review", "%s", words)
	}
	if words := plan.YearlyDue(prof, r.AsOf); words != "" {
		fact("appraisal", "yearly, %s", words)
	}
	fact("round", "%s", roundWords(prof))
	fact("rated", "%d of %d, %d with no opportunity", all.Rated, all.Total, all.Opportunity)
	if r.Timed {
		fact("behind", "%d", all.Behind)
	}
	fact("below target", "%d", all.Below)
	fact("goals", "%s", plan.Counts(prof))
	fact("actions", "%s", actionCounts(prof, r.AsOf))
	fact("evidence", "%s, %s", words.Count(len(prof.Evidence), "piece", "pieces"),
		gap.ClaimsInWords(len(r.Unsupported())))
	p.Blank()
	o.duties(p, s, r)
	p.Blank()
	p.path("profile", s.Path())
	if where, err := o.sessionOptions(); err == nil {
		if backup := newestBackup(where); backup != "" {
			p.path("backups", filepath.Dir(backup))
		}
	}
	if len(copies) > 0 {
		p.Blank()
		o.copies(p, copies)
	}
	step := o.next(s, r)
	p.next("%s%s", step.Text, commandFor(step))
}

func (o *statusOptions) duties(p *page, s *session.Session, r *gap.Report) {
	rows := [][]string{{"duty", "", "rated", "below target"}}
	if r.Timed {
		rows[0] = []string{"duty", "", "behind", "rated", "below target"}
	}
	for _, d := range s.Standard().Duties {
		t := r.Tally(d.Number)
		row := []string{fmt.Sprintf("%4d", d.Number), s.DutyTitle(d.Number)}
		if r.Timed {
			row = append(row, fmt.Sprint(t.Behind))
		}
		row = append(row, fmt.Sprintf("%d/%d", t.Rated, t.Total), fmt.Sprint(t.Below))
		rows = append(rows, row)
	}
	p.Table(0, rows)
}

func actionCounts(p profile.Profile, today calendar.Date) string {
	soon, overdue := 0, 0
	due, _ := p.DueSoon(today)
	for _, x := range due {
		switch {
		case x.Action == "":
		case x.Due.Before(today):
			overdue++
		default:
			soon++
		}
	}
	return plan.OpenInWords(len(p.Pending()), overdue) + fmt.Sprintf(", %d due this week", soon)
}

// monthWords say how far the programme is.
func monthWords(p profile.Profile, r *gap.Report) string {
	switch {
	case !r.Timed:
		return "not known: no start date is set"
	case p.GatewayDate().Before(r.AsOf):
		return fmt.Sprintf("%d; gateway was planned for %s, month %d", r.Month, p.GatewayDate().Long(), r.Length)
	}
	return fmt.Sprintf("%d of %d, gateway %s", r.Month, r.Length, p.GatewayDate().Long())
}

// roundWords say which round ratings go into.
func roundWords(p profile.Profile) string {
	if r, open := p.Open(); open {
		return fmt.Sprintf("%s, open since %s", profile.RoundName(r.ID), r.Opened.Long())
	}
	return "none is open; the next rating opens " + profile.RoundName(p.NextRound())
}
