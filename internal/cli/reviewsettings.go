package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type reviewSettingsOptions struct {
	*kit
	json         bool
	every, stale int
}

func newReviewSettings(k *kit) *cobra.Command {
	o := &reviewSettingsOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Show or set the interval of reviews and the age limit",
		Long: "Shows, or sets, how many months lie between reviews and after how many months evidence is too old to support a claim. 0 goes " +
			"back to the default: 3 and 12.",
		Example: "ksbcoach review settings --every 4 --stale 18",
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.IntVar(&o.every, "every", 0, "the `MONTHS` between reviews")
	f.IntVar(&o.stale, "stale", 0, "the `MONTHS` until evidence is too old")
	f.BoolVar(&o.json, "json", false, "write JSON")
	return cmd
}

func (o *reviewSettingsOptions) run(cmd *cobra.Command) error {
	every, stale := cmd.Flags().Changed("every"), cmd.Flags().Changed("stale")
	if every || stale {
		if o.json {
			return misused(cmd, "--json shows the settings; leave out --every and --stale")
		}
		return o.edit(func(s *session.Session) error {
			now := s.Profile().Settings
			if every {
				now.Every = o.every
			}
			if stale {
				now.Stale = o.stale
			}
			return s.Do(profile.SetSettings{Settings: now})
		}, func(s *session.Session, p *page) { settings(s, p) })
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	if o.json {
		x := s.Profile().Settings
		return o.writeJSON(map[string]int{"every": x.EveryMonths(), "stale": x.StaleMonths()})
	}
	settings(s, o.page())
	return nil
}

func settings(s *session.Session, p *page) {
	x := s.Profile().Settings
	p.para(0, "a review every %s", count(x.EveryMonths(), "month", "months"))
	p.para(0, "evidence supports a claim for %s", count(x.StaleMonths(), "month", "months"))
	p.next("ksbcoach review says when the next review is due; a date that is set already stays")
}
