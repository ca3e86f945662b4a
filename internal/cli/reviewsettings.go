package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type reviewSettingsOptions struct {
	*kit
	every, stale int
	next         calendar.Date
}

func newReviewSettings(k *kit) *cobra.Command {
	o := &reviewSettingsOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Show or set the interval of reviews, the next date and the age limit",
		Long: "Shows, or sets, how many months there are between reviews, when the next one is, and after how many " +
			"months evidence is too old to support a claim. 0 goes back to the default: 3 and 12. A review every 3 " +
			"months is due by the end of the third month after the last one, unless you set its day. The yearly " +
			"appraisal comes round beside them.",
		Example: "ksbcoach review settings --every 4 --next 2026-12-11",
		Args:    takes(),
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.IntVar(&o.every, "every", 0, "the `MONTHS` between reviews")
	f.IntVar(&o.stale, "stale", 0, "the `MONTHS` until evidence is too old")
	f.Var(dateFlag{k, &o.next, calendar.LastOf, true}, "next", "the day of the next review; none removes it")
	return cmd
}

func (o *reviewSettingsOptions) run(cmd *cobra.Command, _ []string) error {
	every, stale, dated := cmd.Flags().Changed("every"), cmd.Flags().Changed("stale"), cmd.Flags().Changed("next")
	asked := profile.SetSettings{Settings: profile.Settings{Every: o.every, Stale: o.stale}}
	if _, err := asked.Apply(profile.Profile{}, nil); err != nil {
		return neverRight(err)
	}
	if every || stale || dated {
		passed := ""
		return o.edit(func(s *session.Session) error {
			passed = s.Profile().Passed(o.next, s.Today())
			now := s.Profile().Settings
			if every {
				now.Every = o.every
			}
			if stale {
				now.Stale = o.stale
			}
			learner := s.Profile().Learner
			if dated {
				learner.Review = o.next
			}
			return s.Do(profile.Batch{Name: "settings", Changes: []profile.Change{
				profile.SetSettings{Settings: now}, profile.SetLearner{Learner: learner, Today: s.Today()},
			}})
		}, func(s *session.Session, p *page) {
			if passed != "" {
				p.Para(0, "%s", passed)
			}
			settings(s, p)
		})
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	x := s.Profile().Settings
	return o.answer(object{
		{"every", x.EveryMonths()}, {"stale", x.StaleMonths()}, {"due", s.Profile().ReviewDue()},
	}, func(p *page) { settings(s, p) })
}

func settings(s *session.Session, p *page) {
	x := s.Profile().Settings
	p.Para(0, "a review every %s, by the end of the month", words.Count(x.EveryMonths(), "month", "months"))
	p.Para(0, "evidence supports a claim for %s", words.Count(x.StaleMonths(), "month", "months"))
	p.Para(0, "%s", plan.ReviewLine(s.Profile(), s.Today()))
	p.next("ksbcoach review prepare; a date that is set already stays when the interval changes")
}
