package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type initOptions struct {
	*kit
	learnerFlags
	standard string
}

func newInit(k *kit) *cobra.Command {
	o := &initOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "init --name NAME",
		Short: "Make your profile without the form",
		Long: "Makes a new profile file. Only the name is needed; without a start date the program cannot say what " +
			"is expected by now. A file that exists is never touched.",
		Example: `ksbcoach init --name "Sam Reed" --role Audiology --start 2026-09-14 --review 2026-12-11`,
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(k, cmd, false)
	cmd.Flags().StringVar(&o.standard, "standard", library.Default, "the `REFERENCE` of the standard")
	return cmd
}

func (o *initOptions) run(cmd *cobra.Command, _ []string) error {
	if o.name.Empty() {
		return misused(cmd, "--name is missing: a profile needs a name")
	}
	std := o.library.Standard(strings.ToUpper(o.standard))
	if std == nil {
		return unknownStandard(o.standard)
	}
	learner := profile.Learner{Name: o.name, Role: o.role, Start: o.start, Gateway: o.gateway, Review: o.review}
	p, err := newProfile(std, learner, o.today())
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
	o.changed = true
	return o.written(profile.Profile{Standard: p.Standard}, s.Profile(), func(page *page) { o.say(s, page) })
}

func (o *initOptions) say(s *session.Session, page *page) {
	l := s.Profile().Learner
	page.Line("made %s for %s", s.Path(), l.Name.Line())
	if !l.Role.Empty() {
		page.Pair(0, labelWidth, "field", "%s", o.fieldSays(s.Standard().Reference, l))
	}
	for _, x := range []struct {
		label string
		day   calendar.Date
	}{{"start", l.Start}, {"gateway", l.Gateway}, {"next review", l.Review}} {
		if !x.day.IsZero() {
			page.Pair(0, labelWidth, x.label, "%s", x.day.Full())
		}
	}
	if l.Start.IsZero() {
		page.Para(0, "No start date is given, so what is expected by now stays unknown.")
	}
	if says := (profile.Profile{}).Passed(l.Review, o.today()); says != "" {
		page.Para(0, "%s ksbcoach review settings --next DATE sets another day.", says)
	}
	for _, term := range words.FirstTerms() {
		page.Para(0, "%s", term)
	}
	page.next("%s (ksbcoach rate %s LEVEL, or ksbcoach for the full screen)", o.next(s, s.Report()).Text,
		s.Standard().Walk()[0])
}
