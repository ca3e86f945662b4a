package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

type initOptions struct {
	*kit
	name, role, standard string
	learner              profile.Learner
}

func newInit(k *kit) *cobra.Command {
	o := &initOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "init --name NAME",
		Short: "Make your profile without the form",
		Long: "Makes a new profile file. Only the name is needed; without a start date the program cannot say what is expected by " +
			"now. A file that exists is never touched.",
		Example: `ksbcoach init --name "Sam Reed" --role Audiology --start 2026-09-14 --review 2026-12-11`,
		Args:    takes(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&o.name, "name", "", "your name, or what you like to be called")
	f.StringVar(&o.role, "role", "", "your role or specialism")
	f.Var(dateFlag{k: k, date: &o.learner.Start, month: calendar.FirstOf}, "start", "the first day of the programme")
	f.Var(dateFlag{k: k, date: &o.learner.Gateway, month: calendar.LastOf}, "gateway", "the planned gateway; 36 months after the start if not given")
	f.Var(dateFlag{k: k, date: &o.learner.Review, month: calendar.LastOf}, "review", "the next appraisal or progress review")
	f.StringVar(&o.standard, "standard", library.Default, "the `REFERENCE` of the standard")
	return cmd
}

func (o *initOptions) run(cmd *cobra.Command) error {
	if text(o.name).Empty() {
		return misused(cmd, "--name is missing: a profile needs a name")
	}
	std := o.library.Standard(o.standard)
	if std == nil {
		return &hinted{fmt.Errorf("the standard %q is not known here", o.standard), "ksbcoach standard list shows those it has"}
	}
	o.learner.Name, o.learner.Role = text(o.name), text(o.role)
	p, err := newProfile(std, o.learner, o.today())
	if err != nil {
		return err
	}
	where, err := o.sessionOptions()
	if err != nil {
		return err
	}
	s, err := session.Create(where, p)
	if errors.Is(err, store.ErrExists) {
		return &hinted{err, "ksbcoach status shows what is in it; --profile FILE makes a new one under another name"}
	}
	if err != nil {
		return err
	}
	defer s.Close()
	page := o.page()
	page.line("made %s for %s", where.Path, p.Learner.Name.Line())
	if p.Learner.Start.IsZero() {
		page.para(0, "No start date is given, so what is expected by now stays unknown.")
	}
	if says := (profile.Profile{}).Passed(p.Learner.Review, o.today()); says != "" {
		page.para(0, "%s ksbcoach review settings --next DATE sets another day.", says)
	}
	page.next("%s (ksbcoach rate %s LEVEL, or ksbcoach for the full screen)", o.next(s, o.report(s)).Text, std.Walk()[0])
	return nil
}

// newProfile is an empty profile for a learner, checked by the rules of every change.
func newProfile(std *standard.Standard, l profile.Learner, today calendar.Date) (profile.Profile, error) {
	return profile.SetLearner{Learner: l, Today: today}.Apply(profile.Profile{Standard: std.Reference}, std)
}
