package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type pauseOptions struct{ *kit }

func newPause(k *kit) *cobra.Command {
	o := &pauseOptions{kit: k}
	return &cobra.Command{
		Use:   "pause FROM TO",
		Short: "Record a break in learning",
		Long: "Records a break in learning, such as leave or illness, from its first to its last day. The programme month stands still " +
			"for it, so that nobody is behind for having been away.",
		Example: "ksbcoach pause 2027-02-01 2027-03-31",
		Args:    takes("FROM", "TO"),
		RunE:    o.run,
	}
}

func (o *pauseOptions) run(cmd *cobra.Command, args []string) error {
	var pause profile.Pause
	for i, to := range []*calendar.Date{&pause.From, &pause.To} {
		var err error
		if *to, err = calendar.Meant(args[i], o.today(), []calendar.Whole{calendar.FirstOf, calendar.LastOf}[i]); err != nil {
			return misused(cmd, "%v", err)
		}
	}
	return o.do(profile.AddPause{Pause: pause, Today: o.today()}, func(s *session.Session, p *page) {
		p.para(0, "away from %s to %s, %s", pause.From.Long(), pause.To.Long(), count(pause.From.Days(pause.To)+1, "day", "days"))
		if month, ok := s.Profile().Month(s.Today()); ok {
			length, _ := s.Profile().Length()
			p.next("it is month %d of %d now; ksbcoach gaps shows what is expected", month, length)
			return
		}
		p.next("the month is not known, since no start date is set in %s", s.Path())
	})
}
