package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type detailsOptions struct {
	*kit
	learnerFlags
	theme profile.Theme
}

func newDetails(k *kit) *cobra.Command {
	o := &detailsOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "details",
		Short: "Show or change your name, role, dates and colours",
		Long: "Shows your name, role, dates and the colours of the full screen, or changes those that you name and " +
			"leaves the rest. Your role also " +
			"decides which field the coaching takes its examples from; the shell completes --role with the names of " +
			"the fields.",
		Example: `ksbcoach details --role Audiology --gateway 2029-09-13`,
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(k, cmd, true)
	cmd.Flags().Var(wordFlag(&o.theme, profile.Themes), "theme",
		"the colours of the full screen: "+words.Either(profile.Themes))
	return cmd
}

func (o *detailsOptions) run(cmd *cobra.Command, _ []string) error {
	if !named(cmd) {
		return o.look(o.show)
	}
	return o.edit(func(s *session.Session) error {
		l := s.Profile().Learner
		take(cmd, "name", &l.Name, o.name)
		take(cmd, "role", &l.Role, o.role)
		take(cmd, "start", &l.Start, o.start)
		take(cmd, "gateway", &l.Gateway, o.gateway)
		take(cmd, "review", &l.Review, o.review)
		settings := s.Profile().Settings
		take(cmd, "theme", &settings.Theme, o.theme)
		return s.Do(profile.Batch{Name: "your details", Changes: []profile.Change{
			profile.SetLearner{Learner: l, Today: s.Today()}, profile.SetSettings{Settings: settings},
		}})
	}, o.say)
}

func (o *detailsOptions) show(s *session.Session) error {
	l := s.Profile().Learner
	return o.answer(object{
		{"id", l.ID},
		{"name", l.Name},
		{"role", l.Role},
		{"field", o.field(s.Standard().Reference, l)},
		{"start", l.Start},
		{"gateway", l.Gateway},
		{"review", l.Review},
		{"theme", s.Profile().Settings.Looks()},
	}, func(p *page) { o.say(s, p) })
}

func (o *detailsOptions) say(s *session.Session, p *page) {
	l := s.Profile().Learner
	p.Pair(0, labelWidth, "name", "%s", l.Name.Line())
	p.Pair(0, labelWidth, "role", "%s", orNotSet(l.Role.Line()))
	if !l.Role.Empty() {
		p.Pair(0, labelWidth, "field", "%s", o.fieldSays(s.Standard().Reference, l))
	}
	p.Pair(0, labelWidth, "start", "%s", orNotSet(l.Start.Full()))
	gateway := orNotSet(l.Gateway.Full())
	if l.Gateway.IsZero() && !l.Start.IsZero() {
		gateway = s.Profile().GatewayDate().Full() + ", 36 months after the start"
	}
	p.Pair(0, labelWidth, "gateway", "%s", gateway)
	p.Pair(0, labelWidth, "next review", "%s", orNotSet(l.Review.Full()))
	p.Pair(0, labelWidth, "colours", "%s", s.Profile().Settings.Looks())
	if says := (profile.Profile{}).Passed(l.Review, s.Today()); says != "" {
		p.Para(0, "%s", says)
	}
	p.next("ksbcoach status shows where you stand")
}
